// A recipient's system: registers a webhook of each scheme, asks for its inbox from the beginning, exchanges the keys, and
// verifies what arrives. It is left for the Python libraries to verify as well.

import { execFileSync } from "node:child_process";
import { createPublicKey, randomUUID, verify } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";

const [server, gateway, scratch, port] = process.argv.slice(2);
const { Webhook, WebhookVerificationError } = createRequire(`${scratch}/`)("standardwebhooks");

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

async function does(command, input, row) {
  const type = `${command[0].toUpperCase()}${command.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${command}(input: $input) { errors { code } ${row} } }`;
  const { errors, ...done } = (await asks(query, { input: { idempotencyKey: randomUUID(), ...input } }))[command];
  if (errors.length) fail(`${command}: ${JSON.stringify(errors)}`);
  return done;
}

const arrived = { "/hmac": [], "/ed25519": [] };
const listener = createServer((request, answer) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    arrived[request.url]?.push({ headers: request.headers, body });
    answer.writeHead(204).end();
  });
});
await new Promise((listening) => listener.listen(Number(port), "127.0.0.1", listening));

async function arrives(path, isThere, what) {
  const begun = Date.now();
  while (!arrived[path].some(isThere)) {
    if (Date.now() - begun > PATIENCE) fail(`${what} does not arrive at ${path} (${arrived[path].length} letters did)`);
    await new Promise((later) => setTimeout(later, 50));
  }
  return arrived[path];
}

const signatures = ({ headers }) => headers["webhook-signature"].split(" ");

// Two ways to verify a letter, by a key: true, or false where the signature is not good.
function byHmac(secret, { headers, body }) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (fault) {
    if (fault instanceof WebhookVerificationError) return false;
    throw fault;
  }
}

async function byEd25519(key) {
  const own = Buffer.from(key.slice("whpk_".length), "base64").toString("base64url");
  const { keys } = await (await fetch(`${server}/.well-known/webhook-keys`)).json();
  const jwk = keys.find(({ x }) => x === own) ?? fail("the key of the webhook is not published");
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  return (letter) => {
    const { headers, body } = letter;
    const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
    const made = signatures(letter).filter((signature) => signature.startsWith("v1a,"));
    return made.some((signature) => verify(null, signed, publicKey, Buffer.from(signature.slice("v1a,".length), "base64")));
  };
}

// What was changed on the way is not taken, whatever it is.
function changed({ headers, body }) {
  const { sequence } = JSON.parse(body).data;
  const other = (header, value) => ({ headers: { ...headers, [header]: value }, body });
  return [
    { headers, body: body.replace(`"sequence":${sequence}`, `"sequence":${sequence + 1}`) },
    { headers, body: `${body} ` },
    other("webhook-id", `${headers["webhook-id"]}x`),
    other("webhook-timestamp", String(Number(headers["webhook-timestamp"]) + 1)),
  ];
}

function judge(scheme, letters, verifies) {
  if (!letters.every(verifies)) fail(`a signature by ${scheme} is not good`);
  const forged = changed(letters[0]);
  if (forged.some((letter) => isDeepStrictEqual(letter, letters[0]))) fail("nothing was changed");
  if (forged.some(verifies)) fail(`a letter that was changed is taken by ${scheme}`);
}

const { notices } = await asks("{ notices(first: 100) { nodes { id sequence type } } }");
const inbox = notices.nodes;
if (!inbox.length) fail(`${CLIENT} was told nothing`);
const last = inbox.at(-1);

async function plays(path, signatureScheme) {
  const row = "webhook { id version publicKeys }";
  const url = `http://127.0.0.1:${port}${path}`;
  const made = await does("registerWebhook", { url, signatureScheme }, `${row} secret`);
  const named = ({ id, version }) => ({ webhookId: id, expectedVersion: version });
  await does("redeliverNotices", { ...named(made.webhook), fromSequence: 1 }, "webhook { id }");
  const all = await arrives(path, ({ headers }) => headers["webhook-id"] === last.id, "the last notice of the inbox");
  const said = all.slice(0, inbox.length).map(({ headers, body }) => [headers["webhook-id"], JSON.parse(body).data]);
  const wanted = inbox.map(({ id, sequence, type }) => [id, { id, sequence, type }]);
  if (!isDeepStrictEqual(said.map(([id, { occurredAt, ...data }]) => [id, data]), wanted)) {
    fail("what arrives is not what the inbox says, in its order");
  }
  const first = all.slice();
  const { webhook } = await asks("query($id: ID!) { webhook: node(id: $id) { ... on Webhook { id version } } }", { id: made.webhook.id });
  const exchanged = await does("rotateWebhookKey", named(webhook), `${row} secret`);
  await does("redeliverNotices", { ...named(exchanged.webhook), fromSequence: last.sequence }, "webhook { id }");
  const letters = await arrives(path, (letter) => signatures(letter).length === 2, "a letter that both keys have signed");
  const keys = signatureScheme === "ED25519" ? exchanged.webhook.publicKeys.toReversed() : [made.secret, exchanged.secret];
  return { keys, first, both: letters.filter((letter) => signatures(letter).length === 2) };
}

const hmac = await plays("/hmac", "HMAC_SHA256");
const ed25519 = await plays("/ed25519", "ED25519");
for (const [scheme, { keys, first, both }, by] of [
  ["HMAC", hmac, (secret) => (letter) => byHmac(secret, letter)],
  ["ed25519", ed25519, byEd25519],
]) {
  const [older, newer] = await Promise.all(keys.map(by));
  judge(scheme, first, older);
  judge(scheme, both, older);
  judge(scheme, both, newer);
  if (first.some(newer)) fail(`the newer key verifies by ${scheme} what it has not signed`);
}

writeFileSync(`${scratch}/arrived.json`, JSON.stringify({ hmac, ed25519 }), { mode: 0o600 });
const count = ({ first, both }) => `${first.length} and ${both.length} while keys are exchanged`;
console.log(`JavaScript: HMAC (standardwebhooks) ${count(hmac)}, ed25519 (node:crypto) ${count(ed25519)}; what was changed is refused`);
process.exit(0);
