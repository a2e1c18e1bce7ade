// Attacks by the shape of a request, its body, its address and its token.

import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { JSON_TYPE, Line, head, later } from "./siege.mjs";

const query = JSON.stringify({ query: "{ __typename }" });
const many = (text, count) => text.repeat(count);
const simple = (name, expects, request) => ({ name, transport: "HTTP", expects, run: (siege) => siege.floods(typeof request === "function" ? (nth) => request(siege, nth) : request) });
const BAD = ["400 BAD_REQUEST"];
const base64 = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

const claims = () => {
  const now = Math.floor(Date.now() / 1_000);
  return base64({ iss: "urn:avrr-gateway", aud: "avrr-gateway", sub: "x", client_id: "iom-pristina", iat: now, exp: now + 900, jti: randomBytes(8).toString("hex") });
};
const forged = [
  () => `${base64({ alg: "none", typ: "at+jwt" })}.${claims()}.`,
  () => `${base64({ alg: "EdDSA", typ: "at+jwt", kid: randomBytes(16).toString("hex") })}.${claims()}.${randomBytes(64).toString("base64url")}`,
  () => `${base64({ alg: "HS256", typ: "at+jwt" })}.${claims()}.${randomBytes(32).toString("base64url")}`,
  () => `${base64({ alg: "EdDSA", typ: "at+jwt", pad: many("x", 5_000) })}.${claims()}.${randomBytes(64).toString("base64url")}`,
  () => many("a", 20_000),
  () => randomBytes(300).toString("base64url"),
];

export const attacks = [
  simple("1,000 requests in a batch", BAD, { body: `[${Array.from({ length: 1_000 }, () => query).join(",")}]` }),
  simple("a body of 1 MiB", ["413 LIMIT_EXCEEDED", "cut"], { body: `{"query":"${many("a", 1 << 20)}"}` }),
  simple("JSON nested 100,000 deep", BAD, { body: `{"query":"{a}","variables":{"a":${many("[", 100_000)}${many("]", 100_000)}}}` }),
  simple("the same key twice", BAD, { body: '{"query":"{ __typename }","query":"{ viewer { clientId } }"}' }),
  simple("bytes that are no UTF-8", BAD, { body: Buffer.concat([Buffer.from('{"query":"{ __typename } # '), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')]) }),
  simple("a bomb in gzip", ["415 BAD_REQUEST", ...BAD], (siege) => ({
    headers: { ...siege.headers, "content-encoding": "gzip" }, body: (siege.bomb ??= gzipSync(Buffer.alloc(64 << 20))).subarray(0, 60_000),
  })),
  simple("other types of content", ["415 BAD_REQUEST"], (siege, nth) => ({
    headers: { ...siege.headers, "content-type": ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/graphql", `${JSON_TYPE}; charset=utf-16`][nth % 5] }, body: query,
  })),
  simple("a mutation by GET", ["405 BAD_REQUEST"], { method: "GET", path: `/graphql?query=${encodeURIComponent("mutation { __typename }")}` }),
  simple("other methods", ["405 BAD_REQUEST", "405 nothing"], (_, nth) => ({ method: ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"][nth % 6] })),
  simple("types that nobody speaks, 3,000 of them", ["406 BAD_REQUEST"], (siege) => ({ headers: { ...siege.headers, accept: many("a/b;q=0.1,", 3_000) }, body: query })),
  simple("purposes that are made up", ["400 PURPOSE_NOT_REGISTERED"], (siege, nth) => ({ headers: { ...siege.headers, "x-purpose": `P${nth}` }, body: query })),
  simple("forged tokens: alg none, unknown keys, long heads", ["401 UNAUTHENTICATED", "429 RATE_LIMITED"], (siege, nth) => ({ headers: { ...siege.headers, authorization: `Bearer ${forged[nth % forged.length]()}` }, body: query })),
  simple("an expired token", ["401 UNAUTHENTICATED", "429 RATE_LIMITED"], (siege) => ({ headers: { ...siege.headers, authorization: `Bearer ${siege.tokens.expired}` }, body: query })),
  simple("addresses that there are not", ["404 NOT_FOUND"], (_, nth) => ({ method: "GET", path: `/${nth}/../../etc/passwd?${many("x", 5_000)}` })),
  {
    name: "two tokens at once", transport: "HTTP", expects: ["401 UNAUTHENTICATED", "429 RATE_LIMITED"],
    run: (siege) => siege.writes(`POST /graphql HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${siege.token}\r\nauthorization: Bearer x\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: ${query.length}\r\nconnection: close\r\n\r\n${query}`),
  },
  {
    name: "a head of 300 KB", transport: "HTTP", expects: ["431"],
    run: (siege) => siege.writes(head("POST", "/graphql", { "x-long": many("a", 300_000) })),
  },
  {
    name: "5,000 headers", transport: "HTTP", expects: ["431"],
    run: (siege) => siege.writes(`GET /graphql HTTP/1.1\r\nhost: gateway\r\n${Array.from({ length: 5_000 }, (_, nth) => `x-${nth}: a\r\n`).join("")}\r\n`),
  },
  {
    name: "no HTTP at all", transport: "HTTP", expects: ["400", "hung up on"],
    run: (siege) => siege.writes(Buffer.concat([Buffer.from([0x16, 3, 1, 2, 0, 1, 0]), randomBytes(500), Buffer.from("\r\n\r\n")])),
  },
  {
    // Whatever a proxy before it believes, nothing within a body is taken for a request.
    name: "lengths that contradict each other", transport: "HTTP", expects: ["400", "400 BAD_REQUEST", "hung up on"],
    run: async (siege) => {
      const within = "GET /livez HTTP/1.1\r\nhost: gateway\r\n\r\n";
      const shapes = [
        { "content-length": within.length + 5, "transfer-encoding": "chunked" },
        { "transfer-encoding": "chunked", "content-length": within.length + 5 },
        { "transfer-encoding": "xchunked", "content-length": within.length + 5 },
        { "content-length": `5\r\ncontent-length: ${within.length + 5}` },
        { "content-length": "+5" },
        { "transfer-encoding": "chunked, identity" },
      ];
      while (siege.goes) {
        for (const shape of shapes) {
          const line = new Line(siege.address);
          siege.requests += 1;
          line.write(head("POST", "/graphql", { ...siege.headers, ...shape }) + `0\r\n\r\n${within}`);
          await line.endsWithin(300);
          const answers = line.answers();
          if (/alive/.test(line.text)) siege.told("took what was within for a request");
          siege.told(answers[0] ?? (line.ended ? "hung up on" : "silence"));
          line.hangUp();
        }
        await later(100);
      }
    },
  },
  {
    name: "500 requests down one line, unread", transport: "HTTP", expects: ["401 UNAUTHENTICATED", "429 RATE_LIMITED", "hung up on"],
    run: async (siege) => {
      while (siege.goes) {
        const line = new Line(siege.address, { reads: false });
        await line.open;
        siege.requests += 500;
        line.write(many(head("POST", "/graphql", { "content-length": 0 }), 500));
        await later(500);
        line.reads();
        await line.endsWithin(700);
        for (const answer of line.answers()) siege.told(answer);
        line.hangUp();
      }
    },
  },
];
