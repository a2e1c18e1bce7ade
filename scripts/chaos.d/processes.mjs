// The processes of the program: each at an address of its own on one database, started again whenever it has ended, as
// whoever runs them would see to it.

import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { HANGS, LOCKED_OUT, PROCESSES, fault, gateway, later, scratch } from "./settings.mjs";

const database = process.env.AVRR_TEST_POSTGRES_URL;
const logOf = (number) => `${scratch}/process-${number}.log`;

// Metrics that are counted over all lives of all processes.
const COUNTED = /^(avrr_(?:webhook_lease_takeovers|webhook_deliveries|lease_takeovers|slow_readers_closed)_total\S*) (\d+)$/gm;

// A port that is free, below the range from which systems hand out ports: whoever is away for a moment finds it free again.
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 9_000);
    const door = createServer();
    const free = await new Promise((answer) => {
      door.once("error", () => answer(false));
      door.listen(port, "127.0.0.1", () => door.close(() => answer(true)));
    });
    if (free) return port;
  }
}

class Process {
  child = null;
  ready = false;
  wanted = false;
  // Whether it was this script that ended it.
  killed = false;
  counts = new Map();
  lives = 0;

  constructor(number, port, environment) {
    Object.assign(this, { number, port, environment, address: `http://127.0.0.1:${port}` });
  }

  start() {
    this.wanted = true;
    this.killed = false;
    this.lives += 1;
    const log = openSync(logOf(this.number), "a");
    const child = spawn(
      gateway,
      ["serve", "--demo", "--database-url", database, "--listen", `127.0.0.1:${this.port}`, "--roles", "api,deliver"],
      { env: this.environment, cwd: scratch, stdio: ["ignore", log, log] },
    );
    closeSync(log);
    this.child = child;
    child.once("exit", (code, signal) => this.ended(child, code, signal));
    return this.comesUp(child);
  }

  // Without a database a program does not start, and is tried again. One that has been ready has no reason to end.
  ended(child, code, signal) {
    if (this.child !== child) return;
    this.child = null;
    if (this.ready && !this.killed) fault(`process ${this.number} ended by itself (${code ?? signal})`);
    this.ready = false;
    if (this.wanted) setTimeout(() => this.wanted && !this.child && this.start(), 500);
  }

  async comesUp(child) {
    while (this.child === child) {
      const text = await this.reads("/readyz", 5_000);
      if (text?.startsWith("ready\n") && this.child === child) return (this.ready = true);
      await later(100);
    }
    return false;
  }

  async reads(path, patience) {
    try {
      return await (await fetch(this.address + path, { signal: AbortSignal.timeout(patience) })).text();
    } catch {
      return null;
    }
  }

  // Keeps what a life has counted so far; a process that is killed takes with it what came after.
  async counted(patience = 3_000) {
    const life = this.lives;
    for (const [, name, count] of ((await this.reads("/metrics", patience)) ?? "").matchAll(COUNTED)) {
      const key = `${life} ${name}`;
      this.counts.set(key, Math.max(this.counts.get(key) ?? 0, Number(count)));
    }
  }

  // Says whether there was anything to kill.
  async kill(away) {
    await this.counted(500);
    const { child } = this;
    if (!child) return false;
    this.wanted = false;
    this.killed = true;
    this.ready = false;
    child.kill("SIGKILL");
    setTimeout(() => this.start(), away * 1_000);
    return true;
  }
}

export class Processes {
  static async start(webhookPorts) {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AVRR_"));
    const environment = {
      ...Object.fromEntries(own),
      AVRR_WEBHOOKS__ALLOW: JSON.stringify(webhookPorts.map((port) => `127.0.0.1:${port}`)),
      AVRR_WEBHOOKS__TIMEOUT_SECONDS: String(HANGS),
      AVRR_DATABASE__STATEMENT_TIMEOUT_SECONDS: String(LOCKED_OUT),
    };
    const processes = new Processes();
    processes.all = [];
    for (let number = 0; number < PROCESSES; number += 1) {
      processes.all.push(new Process(number, await freePort(), environment));
    }
    process.on("exit", () => processes.all.forEach(({ child }) => child?.kill("SIGKILL")));
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(130));
    // The first makes the tables and loads the demo; the others find both.
    for (const one of processes.all) {
      if (!(await one.start())) throw new Error(`process ${one.number} does not start`);
    }
    return processes;
  }

  // Any process, up or down: who asks does not know. Not the one that it has just asked in vain.
  any(but = null) {
    const others = this.all.filter((one) => one !== but);
    return others[Math.floor(Math.random() * others.length)];
  }

  async countsAll() {
    await Promise.all(this.all.map((one) => one.counted()));
  }

  total(name) {
    let total = 0;
    for (const { counts } of this.all) {
      for (const [key, count] of counts) if (key.endsWith(` ${name}`)) total += count;
    }
    return total;
  }

  // A task that panics takes no process with it: the log alone tells.
  havePanicked() {
    for (const { number } of this.all) {
      const found = /^.*panicked at.*$/m.exec(readFileSync(logOf(number), "utf8"));
      if (found) fault(`process ${number}: ${found[0]}`);
    }
  }

  async allReady(patience) {
    const deadline = Date.now() + patience;
    while (!this.all.every(({ ready }) => ready) && Date.now() < deadline) await later(100);
    return this.all.every(({ ready }) => ready);
  }
}
