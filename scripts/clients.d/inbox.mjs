// What one client has heard, and how it ended: written by the client, judged by the driver.

import { later } from "./library.mjs";

// How long a notice may take to arrive.
const PATIENCE = 10_000;

export class Inbox {
  arrived = [];
  // How the server, or the library, ended the stream: a code of ours, of a close frame or of HTTP.
  ended = null;

  constructor(after) {
    this.first = after;
    this.last = after;
  }

  // An event: GraphQL's answer, with data or with errors.
  hears({ data, errors }) {
    if (errors?.length) return this.ends(errors[0].extensions?.code ?? errors[0].message, errors[0].extensions?.lastSequence);
    this.arrived.push(data.notices);
    this.last = data.notices.sequence;
  }

  ends(code, lastSequence) {
    this.ended ??= { code, lastSequence };
  }

  // Returns once the place has come, or once it will not come any more.
  async comesTo(place) {
    return this.until(() => this.last >= place);
  }

  async hasEnded() {
    return this.until(() => false);
  }

  async until(enough) {
    const deadline = Date.now() + PATIENCE;
    while (!enough() && !this.ended && Date.now() < deadline) await later(20);
  }
}
