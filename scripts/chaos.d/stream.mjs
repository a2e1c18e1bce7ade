// What WebSockets and server-sent events have in common: a reader comes back to any process whenever its line breaks, and
// says what it has. Its line can be cut.

import { Received } from "./received.mjs";
import { later } from "./settings.mjs";

// What is asked of each notice: something of the person too, so that the disclosure ledger has its part.
export const NOTICE = "id sequence type occurredAt case { reference persons { fullName } }";

export class Stream {
  line = null;
  reading = true;
  connections = 0;
  // Errors that came in place of a notice or at the end of a stream, by their codes.
  errors = new Map();

  constructor(partner, way, after) {
    this.partner = partner;
    this.received = new Received(partner.name, way, after);
    this.ended = this.read();
  }

  async read() {
    while (this.reading) {
      this.received.began = this.received.last;
      await this.connect(this.partner.processes.any());
      this.line = null;
      await later(100 + Math.random() * 400);
    }
  }

  hears({ data, errors }) {
    for (const error of errors ?? []) {
      const code = error.extensions?.code ?? error.message;
      this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
    }
    if (data?.notices) this.received.takesInOrder(data.notices);
  }

  // The line breaks: no farewell, and what was on its way is lost. Says whether there was a line.
  cut() {
    const { line } = this;
    line?.destroy();
    return Boolean(line);
  }

  async stop() {
    this.reading = false;
    this.line?.destroy();
    await this.ended;
  }
}
