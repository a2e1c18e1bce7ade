// The client that behaves: its own token, two connections that stay, a question every few milliseconds whatever the last one
// took, and of each how long it waited. A question that should have been asked and was not, because the one before it was
// still waiting, counts from when it should have been asked: a program that stands still is not measured as one slow answer.

import http from "node:http";
import { randomUUID } from "node:crypto";
import { Web, later } from "./wire.mjs";

const QUESTIONS = [
  { query: "{ cases(first: 20) { nodes { id reference state version } } }" },
  { query: "{ notices(last: 10) { nodes { sequence type occurredAt } } }" },
  { query: "{ viewer { clientId } }" },
];
const COMMAND = `mutation($input: AcknowledgeNoticesInput!) { acknowledgeNotices(input: $input) { errors { code } unacknowledged } }`;
// One question in so many is a command.
const COMMAND_EVERY = 12;
const LINES = 2;

export class Client {
  constructor(server, name, pace) {
    this.headers = { authorization: `Bearer ${server.token(name)}`, "content-type": "application/json" };
    this.web = new Web(server.address, new http.Agent({ keepAlive: true, maxSockets: LINES }));
    this.pace = pace;
    this.nth = 0;
  }

  question() {
    this.nth += 1;
    if (this.nth % COMMAND_EVERY) return QUESTIONS[this.nth % QUESTIONS.length];
    return { query: COMMAND, variables: { input: { idempotencyKey: randomUUID(), notices: { upToSequence: 1 } } } };
  }

  // Asks until it is told to stop; answers with milliseconds of each, and with what was refused.
  async asksWhile(going) {
    const waited = [];
    const refused = new Map();
    const line = async (first) => {
      let due = performance.now() + first;
      while (going()) {
        await later(due - performance.now());
        const answer = await this.web.ask({ headers: this.headers, body: JSON.stringify(this.question()) });
        waited.push(performance.now() - due);
        if (!["200 data", "200 payload"].includes(answer.told)) refused.set(answer.told, (refused.get(answer.told) ?? 0) + 1);
        due = Math.max(due + this.pace, performance.now() - 20 * this.pace);
      }
    };
    await Promise.all(Array.from({ length: LINES }, (_, nth) => line((nth * this.pace) / LINES)));
    return { waited, refused };
  }

  async asksFor(seconds) {
    const end = performance.now() + seconds * 1_000;
    return this.asksWhile(() => performance.now() < end);
  }
}

export function percentile(waited, share) {
  const sorted = [...waited].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
