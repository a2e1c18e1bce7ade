// Does what the schedule says, when it says it, and counts what was done.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fault, later, tell } from "./settings.mjs";

const run = promisify(execFile);

export class Faults {
  kills = 0;
  cuts = 0;
  outages = 0;
  restarts = 0;
  locks = 0;

  constructor(schedule, processes, readers) {
    Object.assign(this, { schedule, processes, readers, under: [] });
  }

  async play() {
    const begun = Date.now();
    for (const one of this.schedule) {
      await later(Math.max(0, begun + one.at * 1_000 - Date.now()));
      const done = this[one.fault](one).catch(({ message }) => fault(`${one.fault}: ${message}`));
      this.under.push(done);
    }
  }

  async isOver() {
    await Promise.all(this.under);
  }

  async kill({ process, away }) {
    if (!(await this.processes.all[process].kill(away))) return;
    this.kills += 1;
    tell(`kill -9 of process ${process}, away for ${away.toFixed(1)} s`);
  }

  async cut({ recipient, way }) {
    if (this.readers.get(recipient)[way].cut()) this.cuts += 1;
  }

  async outage(outage) {
    const { recipient, kind, lasts, retryAfter } = outage;
    this.outages += 1;
    const asked = kind === "429" ? `, Retry-After: ${retryAfter}` : "";
    tell(`the webhook of ${recipient}: ${kind}${asked}, for ${lasts.toFixed(1)} s`);
    await this.readers.get(recipient).webhook.fails(outage);
  }

  async postgres({ away }) {
    this.restarts += 1;
    tell(`PostgreSQL is stopped at once, away for ${away.toFixed(1)} s`);
    await run("bash", [globalThis.process.env.AVRR_TEST_POSTGRES_RESTART, "immediate", away.toFixed(1)]);
    tell("PostgreSQL is back");
  }

  // Somebody else holds the head of the disclosure ledger, so that nothing that is told can be noted: it must not be told,
  // and must not be lost.
  async lock({ lasts }) {
    this.locks += 1;
    tell(`the disclosure ledger is locked, for ${lasts.toFixed(1)} s`);
    const steps = ["BEGIN", "SELECT FROM ledger_heads FOR UPDATE", `SELECT pg_sleep(${lasts.toFixed(1)})`, "COMMIT"];
    const { AVRR_TEST_POSTGRES_URL } = globalThis.process.env;
    await run("psql", [AVRR_TEST_POSTGRES_URL, "-qAt", "-v", "ON_ERROR_STOP=1", ...steps.flatMap((step) => ["-c", step])]);
  }
}
