// Every client follows the inbox of Baghdad while Pristina lets persons depart: live, over a line that is cut, and after it
// is mended. Then each asks, acknowledges, is refused, is shown out, comes back, and is told that the server stops.

import { isDeepStrictEqual } from "node:util";
import { Inbox } from "./inbox.mjs";
import { NOTICE, later } from "./library.mjs";
import { Line } from "./line.mjs";
import { Partner, jtiOf, tokenOf } from "./partner.mjs";

const [server, , , , serverProcess] = process.argv.slice(2);
const RECIPIENT = "iom-baghdad";
// How long it has to be silent on a line that is cut.
const SILENCE = 500;
const begun = Date.now();
const [pristina, baghdad, admin] = ["iom-pristina", RECIPIENT, "admin"].map((client) => new Partner(client));

const names = ["graphql-ws", "graphql-sse", "eventsource", "apollo", "urql", "gql"];
const runs = await Promise.all(
  names.map(async (name) => ({ client: await import(`./${name}.mjs`), line: await Line.to(server), holds: new Set(), fault: null })),
);
let checks = 0;

// What the script is for: something that must be so of each client that it concerns. Of whom it is not, nothing more is asked.
async function each(sentence, actual, expected = () => true, concerns = () => true) {
  const asked = runs.filter((run) => !run.fault && concerns(run));
  await Promise.all(
    asked.map(async (run) => {
      checks += 1;
      const got = await (async () => actual(run))().catch((fault) => fault.message);
      const wanted = expected(run);
      if (isDeepStrictEqual(got, wanted)) return run.holds.add(sentence);
      run.fault = `${sentence}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`;
    }),
  );
}

const INBOX = `query Inbox($after: Int) { notices(first: 100, filter: { afterSequence: $after }) { nodes { ${NOTICE} } } }`;
const inboxAfter = async (after) => (await baghdad.asks(INBOX, { after })).notices.nodes;
const head = async () => (await baghdad.asks("{ notices(last: 1) { nodes { sequence } } }")).notices.nodes[0].sequence;

const { cases } = await pristina.asks(
  `{ cases(first: 100, filter: { state: [READY_TO_DEPART], countryOfReturn: "IRQ" }) { nodes { id version } } }`,
);
const ready = cases.nodes;

// Lets the next case depart that may; answers with the place of what Baghdad was told of it.
async function departs() {
  const before = await head();
  while (ready.length) {
    const { id, version } = ready.shift();
    const now = new Date().toISOString();
    const { errors } = await pristina.gives("confirmDeparture", "ConfirmDepartureInput", "case { state }", {
      caseId: id, expectedVersion: version, departedAt: now, declarationSignedAt: now,
      exitFormalities: { borderPoint: "Pristina airport", doneAt: now },
    });
    if (errors.length) continue;
    const told = (await inboxAfter(before)).find(({ type }) => type === "DEPARTED");
    if (told) return told.sequence;
  }
  throw new Error("the demo has no more cases that may depart");
}

async function follow(after) {
  for (const run of runs.filter((run) => !run.fault)) {
    run.token = tokenOf(RECIPIENT);
    run.inbox = new Inbox(after);
    run.hangsUp = run.client.follows(run.line.address, run.token, run.inbox);
  }
  // From the last notice but one: whoever has the last is listening.
  await each("follows", async ({ inbox }) => ((await inbox.comesTo(after + 1)), inbox.ended ?? inbox.last > after));
}

async function isTold(sentence, place) {
  const first = runs[0].inbox.first;
  const inbox = (await inboxAfter(first)).filter(({ sequence }) => sequence <= place);
  await each(
    sentence,
    async (run) => {
      await run.inbox.comesTo(place);
      return run.inbox.ended ?? run.inbox.arrived.filter(({ sequence }) => sequence <= place);
    },
    () => inbox,
  );
}

async function play() {
  await follow((await head()) - 1);
  await isTold("departure live", await departs());

  await each("cut off", ({ line }) => line.cut());
  const missed = await departs();
  await later(SILENCE);
  await each("misses a departure", ({ inbox }) => inbox.last < missed);
  for (const { line } of runs) line.mend();
  await isTold("caught up after a cut", missed);
  await isTold("no gap or double", await departs());

  const { first, last } = runs[0].inbox;
  const inbox = await inboxAfter(first);
  await each(
    "query",
    async ({ client, line, token }) => (await client.asks(line.address, token, INBOX, { after: first })).data.notices.nodes,
    () => inbox,
  );
  await acknowledge(first, last);
  await refuse();

  await each("shown out", async (run) => ((await revoke(run.token)), await run.inbox.hasEnded(), run.inbox.ended), (run) => ({
    code: "UNAUTHENTICATED",
    lastSequence: run.inbox.last,
  }));
  await follow(last - 1);
  process.kill(Number(serverProcess));
  await each("told of the stop", async ({ inbox }) => ((await inbox.hasEnded()), inbox.ended?.code), () => "complete");
}

async function acknowledge(first, last) {
  const query = "mutation($input: AcknowledgeNoticesInput!) { acknowledgeNotices(input: $input) { errors { code } unacknowledged } }";
  await each(
    "acknowledged",
    async ({ client, line, token }) => {
      const input = { idempotencyKey: `clients-${client.name}`, notices: { upToSequence: last } };
      return (await client.asks(line.address, token, query, { input })).data.acknowledgeNotices.errors;
    },
    () => [],
    ({ client }) => client.commands !== false,
  );
  const { notices } = await baghdad.asks(
    `query($after: Int) { notices(first: 100, filter: { afterSequence: $after }) { nodes { sequence acknowledgement { by } } } }`,
    { after: first },
  );
  const open = notices.nodes.filter(({ sequence, acknowledgement }) => sequence <= last && acknowledgement?.by !== RECIPIENT);
  if (open.length) throw new Error(`not acknowledged: ${JSON.stringify(open)}`);
}

// A token that was never good, and one that was.
async function refuse() {
  const [head, claims, signature] = tokenOf(RECIPIENT).split(".");
  const forged = [head, claims, [...signature].reverse().join("")].join(".");
  const revoked = tokenOf(RECIPIENT);
  await revoke(revoked);
  await each(
    "refused",
    async ({ client, line }) => [await client.isRefused(line.address, forged), await client.isRefused(line.address, revoked)],
    ({ client }) => client.refusal,
  );
}

async function revoke(token) {
  revoke.client ??= (await admin.asks(`{ organisations(first: 100) { nodes { clients { id clientId } } } }`)).organisations.nodes
    .flatMap(({ clients }) => clients)
    .find(({ clientId }) => clientId === RECIPIENT).id;
  const { errors } = await admin.gives("revokeToken", "RevokeTokenInput", "client { clientId }", {
    id: revoke.client, jti: jtiOf(token), reason: "PRECAUTION",
  });
  if (errors.length) throw new Error(`revokeToken: ${JSON.stringify(errors)}`);
}

try {
  await play();
} catch (fault) {
  console.error(`clients: ${fault.message}`);
  process.exit(1);
}
for (const { client, holds, fault } of runs) {
  const held = [...holds].map((sentence) => (sentence === "refused" ? `refused (forged ${client.refusal.join(", revoked ")})` : sentence));
  console.log(`${client.name} ${client.version}: ${fault ? `NOT SO: ${fault}` : `${held.join(", ")}: ok`}`);
}
const good = runs.filter(({ fault }) => !fault).length;
console.log(`\n${good} of ${runs.length} clients hold: ${checks} checks, ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
process.exit(good === runs.length ? 0 : 1);
