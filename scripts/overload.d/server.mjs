// The program under attack: a demo of its own, its memory, and its end.

import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

// Limits that are smaller than those built in, so that an attack on them is over in seconds. All others are as built in.
export const SMALL = {
  AVRR_LIMITS__HEADER_TIMEOUT_SECONDS: "3", // 75
  AVRR_LIMITS__SOCKET_INIT_TIMEOUT_SECONDS: "2", // 10
  AVRR_LIMITS__STREAM_PATIENCE_SECONDS: "1", // 5
  AVRR_LIMITS__WRITE_TIMEOUT_SECONDS: "3", // 30
  AVRR_LIMITS__REQUEST_TIMEOUT_SECONDS: "4", // 30
};

export class Server {
  static async start(gateway) {
    const server = new Server();
    server.gateway = gateway;
    server.process = spawn(gateway, ["serve", "--demo", "--listen", "127.0.0.1:0"], {
      env: { ...process.env, ...SMALL },
      stdio: ["ignore", "pipe", "pipe"],
    });
    server.log = "";
    server.ended = new Promise((done) => server.process.once("exit", (code, signal) => {
      server.gone = signal ?? code;
      done(server.gone);
    }));
    // The log is read, so that it does not stop the program; its end is kept for whoever looks for a fault.
    server.process.stderr.on("data", (part) => (server.log = (server.log + part).slice(-4_000)));
    server.address = await new Promise((done, fails) => {
      let said = "";
      server.process.stdout.on("data", (part) => {
        said = (said + part).slice(-100_000);
        const address = said.match(/^listening on (http:\/\/.*)$/m);
        if (address) done(address[1]);
      });
      server.ended.then(() => fails(new Error(`the demo does not start:\n${server.log}`)));
    });
    return server;
  }

  get lives() {
    return this.gone === undefined;
  }

  // A token of a client of the demo.
  token(client, ...more) {
    return execFileSync(this.gateway, ["token", client, "--demo", ...more], { encoding: "utf8" }).trim();
  }

  // Memory in MiB: what is resident now, and the most that ever was. None where the machine has no /proc.
  memory() {
    try {
      const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
      const of = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m"))[1]) / 1024;
      return { now: of("VmRSS"), most: of("VmHWM") };
    } catch {
      return null;
    }
  }

  // Makes the most that ever was what is now, where the machine lets us.
  forgetMost() {
    try {
      execFileSync("sh", ["-c", `echo 5 >/proc/${this.process.pid}/clear_refs`], { stdio: "ignore" });
    } catch {
      // Then the most is that of all attacks so far, which can only say more.
    }
  }

  stop() {
    this.process.kill("SIGTERM");
    return this.ended;
  }
}
