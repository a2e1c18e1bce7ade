// What attacks have in common: so many requests a second for so long, and a tally of what they were told.

import { Line, Socket, Web, codeOf, head, later } from "./wire.mjs";

// A question with an answer of about half a MiB, for whoever does not read it.
const TYPES = "__schema { types { name description fields { name description args { name description } } } }";
export const LARGE = `{ a: ${TYPES} b: ${TYPES} }`;

export const JSON_TYPE = "application/json";

export class Siege {
  constructor({ address, tokens, seconds, rate }) {
    Object.assign(this, { address, tokens, seconds, rate });
    this.requests = 0;
    this.tally = {};
    this.notes = [];
    this.web = new Web(address);
    this.end = performance.now() + seconds * 1_000;
  }

  get token() {
    return this.tokens.attacker;
  }

  get headers() {
    return { authorization: `Bearer ${this.token}`, "content-type": JSON_TYPE };
  }

  get goes() {
    return performance.now() < this.end;
  }

  told(what, times = 1) {
    this.tally[what] = (this.tally[what] ?? 0) + times;
  }

  note(sentence) {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }

  // One request, counted. What an answer says beyond its code is looked at where there is something to look at.
  async asks(request, looks) {
    this.requests += 1;
    const answer = await this.web.ask({ headers: this.headers, ...request });
    this.told(answer.told);
    if (answer.status === 429 && !answer.headers["retry-after"]) this.told("429 without Retry-After");
    looks?.(answer, this);
    return answer;
  }

  // Requests at an even pace until the time is up, so many in flight at most.
  async floods(request, { looks, rate = this.rate, flight = 16 } = {}) {
    const open = new Set();
    const begun = performance.now();
    for (let nth = 0; this.goes; nth += 1) {
      await later(begun + (nth * 1_000) / rate - performance.now());
      while (open.size >= flight) await Promise.race(open);
      const one = this.asks(typeof request === "function" ? request(nth) : request, looks).then(() => open.delete(one));
      open.add(one);
    }
    await Promise.all(open);
  }

  // A document, sent again and again.
  documents(query, variables, more) {
    return this.floods({ body: JSON.stringify({ query, variables }) }, more);
  }

  // The same writing on one connection after another; what is told is the answers, or how the connection ended.
  async writes(text, { patience = 1_500, rate = 20 } = {}) {
    while (this.goes) {
      const line = new Line(this.address);
      await line.open;
      this.requests += 1;
      line.write(text);
      const over = await line.endsWithin(patience);
      for (const answer of line.answers()) this.told(answer);
      if (!line.answers().length) this.told(over ? "hung up on" : "silence");
      line.hangUp();
      await later(1_000 / rate);
    }
  }

  // So many connections at once, with what is done to each; each is told how it ended.
  async lines(count, does, { patience }) {
    const lines = Array.from({ length: count }, () => new Line(this.address));
    await Promise.all(
      lines.map(async (line, nth) => {
        this.requests += 1;
        if (!(await line.open)) return this.told("not taken");
        await does(line, nth);
        const over = await line.endsWithin(patience);
        const answers = line.answers();
        for (const answer of new Set(answers)) this.told(answer);
        if (!answers.length) this.told(over ? "hung up on" : "silence");
        else if (!over) this.told("still open");
        line.hangUp();
      }),
    );
  }

  // So many connections that ask this and read nothing until this time is up. Then they read: of what they asked for, there
  // is only what was on its way when they were hung up on.
  async unread(count, text, whole, patience) {
    const lines = Array.from({ length: count }, () => new Line(this.address, { reads: false }));
    await Promise.all(
      lines.map(async (line) => {
        this.requests += 1;
        if (!(await line.open)) return this.told("not taken");
        line.write(text);
        await later(patience);
        line.counts();
        const over = await line.endsWithin(5_000);
        if (line.bytes >= whole) this.told("all of it");
        else this.told(over ? "hung up on" : "still open");
        line.hangUp();
      }),
    );
  }

  // One WebSocket after another until the time is up; each is told how it was closed.
  async sockets(does, { patience = 4_000, rate = 15, flight = 8, admitted = true } = {}) {
    const open = new Set();
    const one = async () => {
      const socket = new Socket(this.address);
      this.requests += 1;
      await socket.until(() => socket.handshake !== null);
      if (admitted && !(await socket.init(this.token))) this.told(`not admitted: ${socket.farewell}`);
      else await does(socket, this);
      if (socket.asked) for (const id of socket.asked) this.told(socket.toldOf(id));
      else this.told(await socket.ends(patience));
      socket.hangUp();
    };
    while (this.goes) {
      while (open.size >= flight) await Promise.race(open);
      const going = one().then(() => open.delete(going));
      open.add(going);
      await later(1_000 / rate);
    }
    await Promise.all(open);
  }
}

export { Line, Socket, codeOf, head, later };
