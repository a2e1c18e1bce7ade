// Attacks by what a connection does, or does not do.

import { head, later } from "./siege.mjs";

const SILENCE = 6_000;
const drips = async (line, text, every, until) => {
  for (const letter of text) {
    if (line.ended || performance.now() > until) return;
    line.write(letter);
    await later(every);
  }
};

export const attacks = [
  {
    // Some of so many at once the machine itself lets go before the program hears of them: those wait for nobody.
    name: "1,500 connections that say nothing", transport: "HTTP", expects: ["hung up on", "silence"], needs: ["hung up on"], lasts: SILENCE,
    run: (siege) => siege.lines(1_500, () => {}, { patience: 4 * SILENCE }),
  },
  {
    name: "300 heads, a byte at a time", transport: "HTTP", expects: ["hung up on", "408"], lasts: SILENCE,
    run: (siege) => siege.lines(300, (line) => drips(line, head("GET", "/livez", { "x-slow": "a".repeat(500) }), 250, performance.now() + SILENCE), { patience: SILENCE }),
  },
  {
    name: "250 bodies, a byte at a time", transport: "HTTP", expects: ["504 TIMEOUT", "429 RATE_LIMITED", "hung up on"], needs: ["429 RATE_LIMITED", "504 TIMEOUT"], lasts: 7_000,
    run: (siege) =>
      siege.lines(250, (line) => {
        line.write(head("POST", "/graphql", { ...siege.headers, "content-length": 200, connection: "close" }));
        return drips(line, `{"query":"${"a".repeat(180)}`, 250, performance.now() + 5_000);
      }, { patience: 2_500 }),
  },
  {
    name: "chunks without an end", transport: "HTTP", expects: ["413 LIMIT_EXCEEDED", "hung up on", "429 RATE_LIMITED"], needs: ["413 LIMIT_EXCEEDED"],
    run: async (siege) => {
      while (siege.goes) {
        await siege.lines(8, async (line) => {
          line.write(head("POST", "/graphql", { ...siege.headers, "transfer-encoding": "chunked" }));
          const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
          for (let nth = 0; nth < 64 && !line.ended && !line.text; nth += 1) {
            line.write(chunk);
            await later(5);
          }
        }, { patience: 1_500 });
      }
    },
  },
  {
    name: "500 connections that are half closed", transport: "HTTP", expects: ["hung up on", "400 BAD_REQUEST", "400", "429 RATE_LIMITED"], lasts: SILENCE,
    run: (siege) =>
      siege.lines(500, (line, nth) => {
        if (nth % 2) line.write(head("POST", "/graphql", { ...siege.headers, "content-length": 100 }));
        line.socket.end();
      }, { patience: SILENCE }),
  },
  {
    name: "40 peers that never read what they asked for", transport: "HTTP", expects: ["hung up on"], lasts: 9_000,
    run: async (siege) => {
      const { text } = await siege.web.ask({ method: "GET", path: "/schema.graphql" });
      await siege.unread(40, head("GET", "/schema.graphql", {}).repeat(60), 60 * text.length, 8_000);
    },
  },
];
