// A reader by plain query: what is new, every second, from any process.

import { Received } from "./received.mjs";
import { fault, later } from "./settings.mjs";

const PAGE = 100;

const query = (fields) => `query($after: Int!) { notices(first: ${PAGE}, filter: { afterSequence: $after }) { nodes { ${fields} } } }`;
const QUERY = query("id sequence type occurredAt case { reference persons { fullName } }");
const WHOLE = query("id sequence type occurredAt acknowledgement { by }");

export class ByQuery {
  reading = true;
  errors = new Map();
  connections = 0;

  constructor(partner, after) {
    this.partner = partner;
    this.received = new Received(partner.name, "pull", after);
    this.ended = this.read();
  }

  async read() {
    while (this.reading) {
      await this.look().catch(({ message }) => fault(message));
      await later(1_000);
    }
  }

  async look() {
    for (let full = true; full; ) {
      this.received.began = this.received.last;
      const data = await this.partner.asksOnce(QUERY, { after: this.received.last });
      if (!data) return;
      this.connections += 1;
      for (const notice of data.notices.nodes) this.received.takesInOrder(notice);
      full = data.notices.nodes.length === PAGE;
    }
  }

  async stop() {
    this.reading = false;
    await this.ended;
  }
}

// The whole inbox, page by page, after a place.
export async function inboxOf(partner, after) {
  const inbox = [];
  for (let full = true; full; ) {
    const { notices } = await partner.asks(WHOLE, { after: inbox.at(-1)?.sequence ?? after });
    inbox.push(...notices.nodes);
    full = notices.nodes.length === PAGE;
  }
  return inbox;
}
