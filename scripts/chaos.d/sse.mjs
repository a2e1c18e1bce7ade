// A reader by server-sent events: GraphQL over SSE, distinct connections. It keeps to what every EventSource does: the id of
// the last event, whatever it said, is where it goes on.

import { request } from "node:http";
import { fault } from "./settings.mjs";
import { NOTICE, Stream } from "./stream.mjs";

const QUERY = `subscription { notices { ${NOTICE} } }`;

export class ByEvents extends Stream {
  constructor(partner, after) {
    super(partner, "sse", after);
  }

  connect(one) {
    this.lastEventId ??= String(this.received.after);
    return new Promise((over) => {
      const asked = request(`${one.address}/graphql`, {
        method: "POST",
        agent: false,
        headers: {
          Authorization: this.partner.authorization,
          "Content-Type": "application/json",
          Accept: "text/event-stream",
          "Last-Event-ID": this.lastEventId,
        },
      });
      this.line = { destroy: () => asked.destroy() };
      asked.on("error", () => {});
      asked.on("close", over);
      asked.on("response", (answer) => {
        if (answer.statusCode !== 200) return answer.destroy();
        this.connections += 1;
        answer.setEncoding("utf8");
        answer.on("error", () => {});
        let text = "";
        answer.on("data", (part) => {
          const events = (text + part).split("\n\n");
          text = events.pop();
          for (const event of events) this.event(event, () => answer.destroy());
        });
      });
      asked.end(JSON.stringify({ query: QUERY }));
    });
  }

  event(text, ends) {
    const fields = new Map();
    for (const line of text.split("\n")) {
      const [, name, value] = /^(\w*):? ?(.*)$/.exec(line) ?? [];
      if (name) fields.set(name, value);
    }
    if (fields.has("id")) this.lastEventId = fields.get("id");
    if (fields.get("event") === "complete") return ends();
    if (fields.get("event") !== "next") return;
    const answer = JSON.parse(fields.get("data"));
    const place = answer.data?.notices?.sequence;
    if (place !== undefined && String(place) !== fields.get("id")) {
      fault(`${this.received.name}: the event of ${place} has the id ${fields.get("id")}`);
    }
    this.hears(answer);
  }
}
