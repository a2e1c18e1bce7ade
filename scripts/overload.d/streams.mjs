// Attacks on server-sent events.

import { LARGE, Line, head, later } from "./siege.mjs";

const EVENTS = "text/event-stream";
const events = (siege, query, more = {}) => {
  const body = JSON.stringify({ query });
  return head("POST", "/graphql", { ...siege.headers, accept: EVENTS, "content-length": body.length, ...more }) + body;
};
const codes = (text) => [...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code);

// A stream that is refused says so by an event, and ends.
const refused = (name, code, query) => ({
  name, transport: "SSE", expects: [`event ${code}`],
  run: async (siege) => {
    while (siege.goes) {
      const line = new Line(siege.address);
      siege.requests += 1;
      line.write(events(siege, query, { connection: "close" }));
      await line.endsWithin(3_000);
      siege.told(/"data":\{/.test(line.text) ? "data" : `event ${codes(line.text)[0] ?? "without a code"}`);
      line.hangUp();
      await later(50);
    }
  },
});

export const attacks = [
  refused("two streams in one subscription", "GRAPHQL_VALIDATION_FAILED", "subscription { a: notices { sequence } b: departures { sequence } }"),
  refused("a subscription with 10,000 aliases", "LIMIT_EXCEEDED", `subscription { notices { ${Array.from({ length: 10_000 }, (_, nth) => `a${nth}: sequence`).join(" ")} } }`),
  {
    name: "places that are none", transport: "SSE", expects: ["400 BAD_REQUEST"],
    run: (siege) => siege.floods((nth) => ({
      headers: { ...siege.headers, accept: EVENTS, "last-event-id": ["-1", "x", "9".repeat(40), "1.5"][nth % 4] }, body: JSON.stringify({ query: "subscription { notices { sequence } }" }),
    })),
  },
  {
    name: "streams without a token", transport: "SSE", expects: ["401 UNAUTHENTICATED", "429 RATE_LIMITED"],
    run: (siege) => siege.floods({ headers: { accept: EVENTS, "content-type": "application/json" }, body: JSON.stringify({ query: "subscription { notices { sequence } }" }) }),
  },
  {
    // A few answers fill the buffers of the machine: the next ones on the same line have to wait for them.
    name: "5 peers that read no event", transport: "SSE", expects: ["hung up on"], lasts: 9_000,
    run: async (siege) => {
      const { text } = await siege.asks({ headers: { ...siege.headers, accept: EVENTS }, body: JSON.stringify({ query: LARGE }) }).finally(() => (siege.tally = {}));
      await siege.unread(5, events(siege, LARGE).repeat(20), 20 * text.length, 9_000);
    },
  },
  {
    name: "500 streams at once", transport: "SSE", expects: ["open"], lasts: 4_000,
    run: async (siege) => {
      const lines = Array.from({ length: 500 }, () => new Line(siege.address));
      for (const line of lines) {
        siege.requests += 1;
        line.write(events(siege, "subscription { notices(afterSequence: 1000000) { sequence } }"));
        if (siege.requests % 50 === 0) await later(100);
      }
      await later(2_500);
      for (const line of lines) {
        siege.told(line.ended ? "hung up on" : /^HTTP\/1\.1 200/.test(line.text) ? "open" : line.answers()[0] ?? "silence");
        line.hangUp();
      }
    },
  },
];
