// One partner of the programme: asks any process over HTTP, and asks another where it gets no answer. A command keeps its
// key from one process to the next, so that it happens once whatever broke.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { gateway, later } from "./settings.mjs";

// How long an answer is waited for: longer than the program takes to say that it has none.
const PATIENCE = 40_000;

// How long nothing can be had from anybody before it is too long: PostgreSQL comes back, and processes do.
const DESPAIR = 90_000;

// What says nothing of whether a command was carried out.
const UNKNOWN = ["INTERNAL", "TIMEOUT"];

export const counts = { asked: 0, done: 0, repeated: 0, twins: 0 };

const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AVRR_")));

export class Partner {
  constructor(name, processes) {
    this.name = name;
    this.processes = processes;
    const printed = execFileSync(gateway, ["token", name, "--demo", "--expires", "24h"], { encoding: "utf8", env: clean });
    this.token = printed.trim();
  }

  get authorization() {
    return `Bearer ${this.token}`;
  }

  // One request to one process: GraphQL's answer, or nothing where nobody knows.
  async post(one, query, variables) {
    try {
      const answer = await fetch(`${one.address}/graphql`, {
        method: "POST",
        headers: { authorization: this.authorization, "content-type": "application/json" },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status >= 500) return void (await answer.text());
      const said = await answer.json();
      return said.errors?.some(({ extensions }) => UNKNOWN.includes(extensions?.code)) ? undefined : said;
    } catch {
      return undefined;
    }
  }

  // Asks until somebody answers, each time another process.
  async asks(query, variables = {}, onceMore = () => {}) {
    const deadline = Date.now() + DESPAIR;
    for (let one = this.processes.any(); ; one = this.processes.any(one)) {
      const said = await this.post(one, query, variables);
      if (said?.errors) throw new Error(`${this.name} asked ${query}: ${JSON.stringify(said.errors)}`);
      if (said) return said.data;
      if (Date.now() > deadline) throw new Error(`${this.name} gets no answer to ${query}`);
      onceMore();
      await later(100 + Math.random() * 400);
    }
  }

  // Asks one process once; nothing where it does not answer.
  async asksOnce(query, variables = {}) {
    const said = await this.post(this.processes.any(), query, variables);
    if (said?.errors) throw new Error(`${this.name} asked ${query}: ${JSON.stringify(said.errors)}`);
    return said?.data;
  }

  // Gives a command until it is answered. One that is nervous gives it to two processes at once, under the same key.
  async gives(command, row, input, nervous = false) {
    const type = `${command[0].toUpperCase()}${command.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${command}(input: $input) { errors { code field } ${row} } }`;
    const variables = { input: { idempotencyKey: randomUUID(), ...input } };
    counts.asked += 1;
    const give = async () => (await this.asks(query, variables, () => (counts.repeated += 1)))[command];
    const [first, twin] = await Promise.all(nervous ? [give(), give()] : [give()]);
    if (twin) counts.twins += 1;
    return { first, twin };
  }

  // Gives a command that has to be carried out; answers with its row.
  async does(command, row, input, nervous = false) {
    const { first, twin } = await this.gives(command, row, input, nervous);
    for (const answer of twin ? [first, twin] : [first]) {
      if (answer.errors.length > 0) throw new Error(`${this.name} may not ${command}: ${JSON.stringify(answer.errors)}`);
    }
    const [done, again] = [first, twin].map((answer) => answer && Object.values(answer).find((value) => !Array.isArray(value)));
    if (twin && done?.id !== again?.id) throw new Error(`${command} under one key is ${done?.id} and ${again?.id}`);
    counts.done += 1;
    return done;
  }

  async head() {
    return (await this.asks("{ noticesHead { sequence count chain oldestSequence oldestChain } }")).noticesHead;
  }
}
