// The embassy desk: one request from waiting to issued, one refused, and what goes wrong on the way.

import { readFileSync, rmSync } from "node:fs";
import { Process, until } from "./processes.mjs";

const CLIENT = "embassy-iraq-belgrade";
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export class Desk {
  constructor({ holds, server, gate, mission, administration, desk, python, scratch }) {
    Object.assign(this, { holds, gate, mission, administration, desk, python });
    this.memory = `${scratch}/desk.json`;
    this.environment = {
      PATH: process.env.PATH, DESK_SERVER: gate.address, DESK_MEMORY: this.memory,
      DESK_TOKEN_COMMAND: `'${server.gateway}' token ${CLIENT} --demo`,
    };
  }

  begins(...args) {
    return new Process(this.python, ["-m", "desk", ...args], { cwd: this.desk, env: this.environment });
  }

  // What it ends with, and what it says.
  async says(...args) {
    const process = this.begins(...args);
    return { code: await process.ends(), text: process.lines.join("\n") };
  }

  async is(what, args, code, pattern) {
    const said = await this.says(...args);
    this.holds(`${what} (${said.text.slice(-300)})`, [said.code, pattern.test(said.text)], [code, true]);
    return said.text;
  }

  async play() {
    const { gate } = this;
    const listing = await this.is("what waits", ["waiting"], 0, /^\d+ requests wait\.$/m);
    this.holds("Kosovo* comes with its footnote", /UNSCR 1244\/1999/.test(listing), true);
    const lines = listing.split("\n").filter((line) => /^\S{20,} .* days {2}/.test(line));
    const [request] = lines.find((line) => / SUBMITTED .* in Kosovo\*/.test(line)).split(" ");
    await this.is("nothing is decided unread", ["confirm", request], 2, /desk show/);
    const shown = await this.is("one request", ["show", request], 0, /^state +SUBMITTED/m);
    this.holds("withheld is not unknown", [/^address +\(withheld\)$/m.test(shown), /^legal status +\(withheld\)$/m.test(shown)], [true, true]);
    const document = ["--document-type", "EMERGENCY_TRAVEL_DOCUMENT", "--number", `LP${String(Date.now()).slice(-8)}`, "--issued-on", day(0), "--expires-on", day(90)];
    await this.is("a rule refuses by its code", ["issue", request, ...document], 1, /^refused: WRONG_STATE: /m);
    await this.is("note is taken", ["acknowledge", request], 0, /^acknowledge: ACKNOWLEDGED/m);
    const question = "How is the family name written in Arabic?";
    await this.is("more is asked", ["ask", request, "--item", "NAME_SPELLING", "--question", question], 0, /^ask: MORE_INFO_REQUESTED/m);
    await this.mission.answers({ to: question, says: "With an alif." });
    await this.is("a version that is not the newest", ["confirm", request], 1, /^refused: CONFLICT/m);
    await this.is("after a conflict it has to be read", ["confirm", request], 2, /desk show/);
    await this.is("the answer", ["show", request], 0, /^answered +With an alif\.$/m);
    await this.is("an interview", ["interview", request, "--at", `${day(3)}T10:00+01:00`, "--mode", "VIDEO"], 0, /^interview: INTERVIEW_SCHEDULED/m);
    await this.isRepeated(request, document);
    const [other] = lines.find((line) => / (SUBMITTED|ACKNOWLEDGED|RESUBMITTED) /.test(line) && !line.startsWith(request)).split(" ");
    await this.is("another", ["show", other], 0, /^state /m);
    await this.is("a refusal", ["refuse", other, "--reason", "NATIONALITY_NOT_CONFIRMED"], 0, /^refuse: (REFUSED|NATIONALITY_NOT_CONFIRMED), version/m);
    gate.isBusy("query Request", 1, 2);
    await this.is("Retry-After is obeyed", ["show", request], 0, /^document +EMERGENCY_TRAVEL_DOCUMENT LP/m);
    this.holds("for as long as it says", gate.obeyed);
    await this.is("of another post's request it finds nothing", ["show", `${request.slice(0, -2)}AA`], 1, /no such request|NOT_FOUND/);
    await this.administration.suspends(CLIENT);
    await this.is("a suspended desk is not let in", ["waiting"], 3, /UNAUTHENTICATED/);
    await this.administration.resumes(CLIENT);
  }

  async isRepeated(request, document) {
    const { gate, holds } = this;
    gate.came.length = 0;
    gate.commands = "lose";
    const confirmed = await this.is("a lost answer is asked for again", ["confirm", request], 0, /^confirm: NATIONALITY_CONFIRMED, version \d+$/m);
    holds("by the same words", [gate.came.length, gate.came[0] === gate.came[1]], [2, true]);
    const version = Number(/version (\d+)/.exec(confirmed)[1]);

    gate.commands = "hold";
    gate.done = 0;
    const killed = this.begins("issue", request, ...document);
    await until("the document is issued, and nobody is told", () => gate.done === 1);
    await killed.kill();
    const [open] = JSON.parse(readFileSync(this.memory, "utf8")).open;
    holds("the command is written down", [open?.name, open?.version], ["issue", version]);
    gate.commands = "pass";
    await this.is("another command has to wait", ["refuse", request, "--reason", "OTHER"], 2, /desk again/);
    await this.is("the same is sent again", ["again"], 0, new RegExp(`^issue: ISSUED, version ${version + 1}, document LP`, "m"));
    holds("by the same words", gate.came.at(-1) === gate.came.at(-2), true);
    await this.is("once issued, it is issued once", ["issue", request, ...document], 1, /^refused: WRONG_STATE/m);

    // What happens without the key: the desk forgets what it had sent, and is told that the row has changed since.
    holds("nothing is open", JSON.parse(readFileSync(this.memory, "utf8")).open, []);
    rmSync(this.memory);
  }
}
