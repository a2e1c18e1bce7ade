// HTTP, WebSockets and server-sent events without a library: an attacker writes what no library would.

import http from "node:http";
import net from "node:net";
import { randomBytes } from "node:crypto";

export const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The code of an answer: of its first error, or of the first rule that refused a command; `data` where it has neither.
export function codeOf(text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return text ? "no JSON" : "nothing";
  }
  const code = body.errors?.[0]?.extensions?.code;
  if (code) return body.data && Object.values(body.data).some((value) => value !== null) ? `${code} and data` : code;
  for (const field of Object.values(body.data ?? {})) {
    if (field?.errors?.length) return `payload ${field.errors[0].code}`;
  }
  return body.data === undefined ? "no data" : Object.values(body.data).every((value) => value === null) ? "null" : "data";
}

export class Web {
  constructor(address, agent) {
    this.url = new URL(address);
    this.agent = agent ?? new http.Agent({ keepAlive: true, maxSockets: 16 });
  }

  // One request: its status, code, text and milliseconds. `cut` where the connection ended before the answer.
  ask({ method = "POST", path = "/graphql", headers = {}, body = "" }) {
    const begun = performance.now();
    return new Promise((done) => {
      const ends = (answer) => done({ ...answer, milliseconds: performance.now() - begun });
      const request = http.request(
        { host: this.url.hostname, port: this.url.port, agent: this.agent, method, path, headers },
        (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.on("error", () => ends({ told: "cut" }));
          response.on("end", () => {
            const text = Buffer.concat(parts).toString();
            ends({ status: response.statusCode, headers: response.headers, text, told: `${response.statusCode} ${codeOf(text)}` });
          });
        },
      );
      request.on("error", () => ends({ told: "cut" }));
      request.end(body);
    });
  }

  close() {
    this.agent.destroy();
  }
}

// A connection on which anything can be written; what came is in `text`, and `over` is done once it has ended.
export class Line {
  // Where it does not read, nothing is known of its end until it does.
  constructor(address, { reads = true } = {}) {
    const url = new URL(address);
    this.text = "";
    this.ended = false;
    this.socket = net.connect({ host: url.hostname, port: url.port, allowHalfOpen: true });
    this.socket.setNoDelay(true);
    this.open = new Promise((done) => this.socket.once("connect", () => done(true)).once("error", () => done(false)));
    this.over = new Promise((done) => {
      const ends = () => {
        this.ended = true;
        this.socket.destroy();
        done(true);
      };
      this.socket.once("end", ends).once("close", ends).on("error", ends);
    });
    if (reads) this.socket.on("data", (part) => (this.text += part.toString("latin1")));
    else this.socket.pause();
  }

  write(what) {
    if (!this.ended) this.socket.write(what);
  }

  // Whether it ends within this time.
  async endsWithin(milliseconds) {
    return Promise.race([this.over, later(milliseconds).then(() => false)]);
  }

  reads() {
    this.socket.on("data", (part) => (this.text += part.toString("latin1")));
    this.socket.resume();
  }

  // Takes what comes and counts it.
  counts() {
    this.bytes = 0;
    this.socket.on("data", (part) => (this.bytes += part.length));
    this.socket.resume();
  }

  // The answers that came, as `status code`.
  answers() {
    const answers = [];
    for (const part of this.text.split(/(?=HTTP\/1\.1 \d{3})/)) {
      const status = part.match(/^HTTP\/1\.1 (\d{3})/)?.[1];
      if (!status || status === "100") continue;
      const body = part.split("\r\n\r\n").slice(1).join("\r\n\r\n");
      answers.push(body ? `${status} ${codeOf(body)}` : status);
    }
    return answers;
  }

  hangUp() {
    this.socket.destroy();
  }
}

export const head = (method, path, headers, version = "1.1") =>
  `${method} ${path} HTTP/${version}\r\n${Object.entries({ host: "gateway", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

// A frame as a client sends it.
export function frame(opcode, payload, { masked = true, first = 0x80 | opcode, length } = {}) {
  const bytes = Buffer.from(payload);
  const said = length ?? bytes.length;
  const size = said < 126 ? [said] : said < 65536 ? [126, said >> 8, said & 255] : [127, ...big(said)];
  size[0] |= masked ? 0x80 : 0;
  if (!masked) return Buffer.concat([Buffer.from([first, ...size]), bytes]);
  const mask = randomBytes(4);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] ^= mask[at & 3];
  return Buffer.concat([Buffer.from([first, ...size]), mask, bytes]);
}

function big(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return [...bytes];
}

// A WebSocket of which every frame is ours: messages that came, and how it was closed, as `code words`; `cut` without a word.
export class Socket {
  constructor(address, { protocol = "graphql-transport-ws" } = {}) {
    this.line = new Line(address, { reads: false });
    this.messages = [];
    this.farewell = null;
    this.handshake = null;
    this.rest = Buffer.alloc(0);
    this.waiting = [];
    this.line.socket.on("data", (part) => this.hears(part));
    this.line.socket.resume();
    this.line.write(
      head("GET", "/graphql", {
        connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": 13,
        "sec-websocket-key": randomBytes(16).toString("base64"), "sec-websocket-protocol": protocol,
      }),
    );
    this.over = this.line.over.then(() => {
      this.farewell ??= "cut";
      this.wakes();
    });
  }

  hears(part) {
    this.rest = Buffer.concat([this.rest, part]);
    if (this.handshake === null) {
      const end = this.rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.handshake = Number(this.rest.subarray(9, 12).toString());
      if (this.handshake !== 101) {
        this.farewell = `${this.handshake} ${codeOf(this.rest.subarray(end + 4).toString())}`;
        this.line.hangUp();
        return;
      }
      this.rest = this.rest.subarray(end + 4);
    }
    for (;;) {
      if (this.rest.length < 2) break;
      let size = this.rest[1] & 127;
      let at = 2;
      if (size === 126) [size, at] = this.rest.length < 4 ? [Infinity, 4] : [this.rest.readUInt16BE(2), 4];
      else if (size === 127) [size, at] = this.rest.length < 10 ? [Infinity, 10] : [Number(this.rest.readBigUInt64BE(2)), 10];
      if (this.rest.length < at + size) break;
      this.takes(this.rest[0] & 15, this.rest.subarray(at, at + size));
      this.rest = this.rest.subarray(at + size);
    }
    this.wakes();
  }

  takes(opcode, payload) {
    if (opcode === 1) this.messages.push(JSON.parse(payload.toString()));
    else if (opcode === 9) this.line.write(frame(10, payload));
    else if (opcode === 8) {
      this.farewell = payload.length < 2 ? "no code" : `${payload.readUInt16BE(0)} ${payload.subarray(2).toString().split(";")[0]}`;
      this.line.write(frame(8, payload.subarray(0, 2)));
    }
  }

  wakes() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  // Waits until something holds, or the time is up.
  async until(holds, milliseconds = 10_000) {
    const end = performance.now() + milliseconds;
    while (!holds() && !this.line.ended && performance.now() < end) {
      await Promise.race([new Promise((wake) => this.waiting.push(wake)), later(Math.min(200, end - performance.now()))]);
    }
    return holds();
  }

  say(message) {
    this.line.write(frame(1, typeof message === "string" ? message : JSON.stringify(message)));
  }

  async init(token) {
    this.say({ type: "connection_init", payload: { Authorization: `Bearer ${token}` } });
    return this.until(() => this.messages.some(({ type }) => type === "connection_ack"));
  }

  subscribe(id, query, variables) {
    this.say({ type: "subscribe", id, payload: { query, variables } });
  }

  // How it ends within this time; what is still open has no farewell.
  async ends(milliseconds = 10_000) {
    await Promise.race([this.over, this.until(() => this.farewell, milliseconds)]);
    return this.farewell ?? "open";
  }

  // What an operation was told last.
  toldOf(id) {
    const mine = this.messages.filter((message) => message.id === id);
    const error = mine.find(({ type }) => type === "error");
    if (error) return `error ${error.payload[0]?.extensions?.code}`;
    const next = mine.find(({ type }) => type === "next");
    return next ? `next ${codeOf(JSON.stringify(next.payload))}` : mine.length ? mine[0].type : "silence";
  }

  hangUp() {
    this.line.hangUp();
  }
}
