// A reader by webhook: a recipient's system that takes letters and verifies them, or refuses them in every way there is; and
// its owner, who does what docs/webhooks.md says once it is well again.

import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import { Received } from "./received.mjs";
import { fault, later } from "./settings.mjs";

// How long the system takes over a letter, in milliseconds: as long as others do, so that leases are held a good while.
const WORK = [60, 240];

const ED25519 = Buffer.from("302a300506032b6570032100", "hex");

export class ByWebhook {
  errors = new Map();
  connections = 0;
  // What is wrong with it now, as the schedule has it.
  outage = null;
  answered = { 500: 0, 410: 0, 429: 0, hangs: 0, refused: 0 };

  constructor(partner, port) {
    Object.assign(this, { partner, port });
    this.door = createServer((letter, answer) => this.receives(letter, answer));
    this.door.on("connection", () => (this.connections += 1));
    // Idle lines are kept: the one who sends closes them.
    this.door.keepAliveTimeout = 120_000;
  }

  opens() {
    return new Promise((open, broken) => this.door.once("error", broken).listen(this.port, "127.0.0.1", open));
  }

  // From here on what comes after this place is sent: a system that registers asks for what it may have missed meanwhile.
  async registers(after) {
    this.received = new Received(this.partner.name, "webhook", after);
    await this.opens();
    const row = "webhook { id version publicKeys }";
    const made = await this.partner.does("registerWebhook", row, { url: `http://127.0.0.1:${this.port}/` });
    this.id = made.id;
    this.keys = made.publicKeys.map((key) => {
      const raw = Buffer.from(key.slice("whpk_".length), "base64");
      return createPublicKey({ key: Buffer.concat([ED25519, raw]), format: "der", type: "spki" });
    });
    await this.sendsAgain();
  }

  receives(letter, answer) {
    let body = "";
    letter.setEncoding("utf8");
    letter.on("error", () => {});
    letter.on("data", (part) => (body += part));
    letter.on("end", () => this.takes(letter.headers, body, answer));
  }

  async takes(headers, body, answer) {
    if (this.outage) return this.refuses(this.outage, answer);
    // Who is still registering does not know the key yet: the letter comes again.
    if (!this.keys) return answer.writeHead(503).end();
    if (!this.isGenuine(headers, body)) return fault(`${this.received.name}: a signature is not good`);
    const { data, type, timestamp } = JSON.parse(body);
    if (headers["webhook-id"] !== data.id || type !== `notice.${data.type.toLowerCase()}` || timestamp !== data.occurredAt) {
      fault(`${this.received.name}: the letter of ${data.sequence} contradicts itself`);
    }
    // What is taken is taken, whether or not the answer arrives.
    this.received.takesAgain(data);
    await later(WORK[0] + Math.random() * (WORK[1] - WORK[0]));
    answer.writeHead(204).end();
  }

  isGenuine(headers, body) {
    const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
    const made = headers["webhook-signature"].split(" ").filter((signature) => signature.startsWith("v1a,"));
    const good = (key) => (signature) => verify(null, signed, key, Buffer.from(signature.slice("v1a,".length), "base64"));
    return this.keys.some((key) => made.some(good(key)));
  }

  refuses({ kind, retryAfter }, answer) {
    this.answered[kind] += 1;
    if (kind === "hangs") return;
    answer.writeHead(Number(kind), kind === "429" ? { "Retry-After": String(retryAfter) } : {}).end();
  }

  async fails(outage) {
    this.outage = outage;
    if (outage.kind === "refused") {
      const closed = new Promise((done) => this.door.close(done));
      this.door.closeAllConnections();
      await closed;
      this.answered.refused += 1;
    }
    await later(outage.lasts * 1_000);
    this.outage = null;
    if (outage.kind === "refused") await this.opens();
    await this.isWellAgain();
  }

  async state() {
    const fields = "id version state deliveredSequence breaker failures nextAttemptAt";
    const { webhook } = await this.partner.asks(`query($id: ID!) { webhook: node(id: $id) { ... on Webhook { ${fields} } } }`, { id: this.id });
    return webhook;
  }

  async isWellAgain() {
    const { id, version, state } = await this.state();
    if (state !== "DISABLED") return this.sendsAgain();
    const { first } = await this.partner.gives("resumeWebhook", "webhook { id }", { webhookId: id, expectedVersion: version });
    return this.did("resumeWebhook", first);
  }

  // Asks for everything after what it has; of a letter that it took and whose answer was lost, the program does not know yet.
  async sendsAgain() {
    const { id, version, deliveredSequence } = await this.state();
    const fromSequence = Math.min(this.received.whole, deliveredSequence) + 1;
    const input = { webhookId: id, expectedVersion: version, fromSequence };
    const { first } = await this.partner.gives("redeliverNotices", "webhook { id }", input);
    return this.did("redeliverNotices", first);
  }

  // Between a look and a command the program may give the webhook up: then there is another look.
  async did(command, { errors }) {
    if (errors.length === 0) return;
    if (!["CONFLICT", "WRONG_STATE"].includes(errors[0].code)) throw new Error(`${command}: ${JSON.stringify(errors)}`);
    await later(200);
    await this.isWellAgain();
  }

  async stop() {
    this.door.close();
    this.door.closeAllConnections();
  }
}
