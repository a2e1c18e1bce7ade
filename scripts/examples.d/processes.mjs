// The gateway and the examples as processes of their own, which can be stopped, and killed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

// How long anything may take that is waited for.
const PATIENCE = 20_000;

export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function until(what, so) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const got = await so();
    if (got) return got;
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE / 1000} seconds: ${what}`);
    await later(50);
  }
}

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Process {
  lines = [];
  ended = null;

  constructor(command, args, options = {}) {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    running.add(child);
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", (line) => this.lines.push(line));
    this.exit = once(child, "close").then(([code, signal]) => {
      running.delete(child);
      this.ended = code ?? signal;
      return this.ended;
    });
  }

  // Ends by itself; the words are all there then.
  async ends() {
    const late = setTimeout(() => this.child.kill("SIGKILL"), PATIENCE);
    const how = await this.exit;
    clearTimeout(late);
    return how;
  }

  async kill(signal = "SIGKILL") {
    this.child.kill(signal);
    return this.ends();
  }

  // The first line that says so, after the first `from` of them.
  async says(pattern, from = 0) {
    return until(`${pattern}, after ${this.lines.slice(-8).join(" / ")}`, () => {
      const line = this.lines.slice(from).find((one) => pattern.test(one));
      if (!line && this.ended !== null) throw new Error(`ended with ${this.ended} before ${pattern}: ${this.lines.slice(-8).join(" / ")}`);
      return line;
    });
  }
}

// The gateway on a file of its own, which is kept when it stops.
export class Server {
  constructor(gateway, database) {
    Object.assign(this, { gateway, database: `sqlite://${database}?mode=rwc`, port: 0 });
  }

  async start() {
    const args = ["serve", "--demo", "--database-url", this.database, "--listen", `127.0.0.1:${this.port}`];
    this.process = new Process(this.gateway, args);
    const line = await this.process.says(/^listening on http/);
    this.port = Number(new URL(line.slice("listening on ".length)).port);
    this.address = `http://127.0.0.1:${this.port}`;
  }

  stop() {
    return this.process.kill("SIGTERM");
  }

  // One of its other commands, on the same file.
  async runs(...args) {
    const process = new Process(this.gateway, [...args, "--database-url", this.database]);
    if ((await process.ends()) !== 0) throw new Error(`${args.join(" ")}: ${process.lines.join(" / ")}`);
    return process.lines;
  }
}
