// A recipient's system: registers a webhook of each scheme, asks for its inbox from the beginning, and verifies what
// arrives. What was signed with HMAC is left for the Python library to verify as well.

import { execFileSync } from "node:child_process";
import { createPublicKey, randomUUID, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const [server, gateway, scratch, port] = process.argv.slice(2);
const { Webhook } = createRequire(`${scratch}/`)("standardwebhooks");

// How long everything may take to arrive.
const PATIENCE = 60_000;
const CLIENT = "police-kosovo";

const fail = (sentence) => {
  console.error(`webhooks: ${sentence}`);
  process.exit(1);
};

const token = execFileSync(gateway, ["token", CLIENT, "--demo"], { encoding: "utf8" }).trim();
async function asks(query, variables = {}) {
  const answer = await fetch(`${server}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) fail(JSON.stringify(errors));
  return data;
}

const arrived = { "/hmac": [], "/ed25519": [] };
const listener = createServer((request, answer) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    arrived[request.url].push({ headers: request.headers, body });
    answer.writeHead(204).end();
  });
});
await new Promise((listening) => listener.listen(Number(port), "127.0.0.1", listening));

async function registers(path, signatureScheme) {
  const input = { idempotencyKey: randomUUID(), url: `http://127.0.0.1:${port}${path}`, signatureScheme };
  const { registerWebhook: made } = await asks(
    `mutation($input: RegisterWebhookInput!) { registerWebhook(input: $input) {
       webhook { id version publicKeys } secret errors { code } } }`,
    { input },
  );
  if (made.errors.length) fail(JSON.stringify(made.errors));
  const again = { idempotencyKey: randomUUID(), webhookId: made.webhook.id, expectedVersion: made.webhook.version, fromSequence: 1 };
  const { redeliverNotices: sent } = await asks(
    "mutation($input: RedeliverNoticesInput!) { redeliverNotices(input: $input) { errors { code } } }",
    { input: again },
  );
  if (sent.errors.length) fail(JSON.stringify(sent.errors));
  return made;
}

const { notices } = await asks("{ notices(first: 100) { totalCount nodes { id } } }");
const ids = notices.nodes.map((notice) => notice.id);
if (!ids.length) fail(`${CLIENT} was told nothing`);
const hmac = await registers("/hmac", "HMAC_SHA256");
const ed25519 = await registers("/ed25519", "ED25519");
const begun = Date.now();
while (Object.values(arrived).some((of) => of.length < notices.totalCount)) {
  if (Date.now() - begun > PATIENCE) fail(`of ${notices.totalCount} notices ${arrived["/hmac"].length} and ${arrived["/ed25519"].length} arrived`);
  await new Promise((later) => setTimeout(later, 100));
}
for (const of of Object.values(arrived)) {
  const came = of.slice(0, ids.length).map(({ headers }) => headers["webhook-id"]);
  if (JSON.stringify(came) !== JSON.stringify(ids)) fail("what arrives is not what the inbox says, in its order");
}

const official = new Webhook(hmac.secret);
for (const { headers, body } of arrived["/hmac"]) official.verify(body, headers);
let forged = true;
try {
  official.verify(arrived["/hmac"][0].body.replace("notice.", "notices."), arrived["/hmac"][0].headers);
} catch {
  forged = false;
}
if (forged) fail("the library takes a body that was changed");

const published = await (await fetch(`${server}/.well-known/webhook-keys`)).json();
const own = Buffer.from(ed25519.webhook.publicKeys[0].slice("whpk_".length), "base64").toString("base64url");
const jwk = published.keys.find((key) => key.x === own) ?? fail("the key of the webhook is not published");
const key = createPublicKey({ key: jwk, format: "jwk" });
for (const { headers, body } of arrived["/ed25519"]) {
  const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  const [kind, signature] = headers["webhook-signature"].split(",");
  if (kind !== "v1a" || !verify(null, signed, key, Buffer.from(signature, "base64"))) fail("a signature by ed25519 is not good");
}

writeFileSync(`${scratch}/arrived.json`, JSON.stringify({ secret: hmac.secret, arrived: arrived["/hmac"] }), { mode: 0o600 });
console.log(`JavaScript: ${arrived["/hmac"].length} by HMAC (standardwebhooks), ${arrived["/ed25519"].length} by ed25519 (node:crypto)`);
process.exit(0);
