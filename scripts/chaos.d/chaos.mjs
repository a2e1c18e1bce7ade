// The run from its beginning to its end: everybody comes, everything is played and broken at once, everything is mended, and
// then it is judged.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Faults } from "./faults.mjs";
import { everybodyHasEverything, judge, table } from "./judge.mjs";
import { Partner, counts } from "./partner.mjs";
import { Processes, freePort } from "./processes.mjs";
import { ByQuery } from "./pull.mjs";
import { schedule } from "./schedule.mjs";
import { PATIENCE, PROCESSES, RECIPIENTS, WAYS, fault, faults, gateway, later, scratch, seconds, seed, tell } from "./settings.mjs";
import { ByEvents } from "./sse.mjs";
import { ByWebhook } from "./webhook.mjs";
import { BySocket } from "./websocket.mjs";
import { Writer } from "./writer.mjs";

// Writers at work at the same time: together three or four commands a second.
const WRITERS = 4;

// How often the metrics of a process are looked at: what it has counted since is lost when it is killed.
const LOOK = 2_000;

async function play() {
  console.log(`Seed ${seed}, ${seconds} s, ${PROCESSES} processes.\n`);
  const ports = [];
  for (const _ of RECIPIENTS) ports.push(await freePort());
  const processes = await Processes.start(ports);
  tell(`${PROCESSES} processes are ready, and the demo is loaded`);

  const partners = new Map([...RECIPIENTS, "iom-pristina-supervisor"].map((name) => [name, new Partner(name, processes)]));
  const began = new Map();
  const readers = new Map();
  for (const [nth, recipient] of RECIPIENTS.entries()) {
    const partner = partners.get(recipient);
    const after = (await partner.head()).sequence;
    began.set(recipient, after);
    const webhook = new ByWebhook(partner, ports[nth]);
    await webhook.registers(after);
    readers.set(recipient, {
      websocket: new BySocket(partner, after),
      sse: new ByEvents(partner, after),
      pull: new ByQuery(partner, after),
      webhook,
    });
  }
  tell(`${RECIPIENTS.length} recipients read in ${WAYS.length} ways`);

  const looks = setInterval(() => processes.countsAll(), LOOK);
  const writers = [...Array(WRITERS).keys()].map((number) => new Writer(number, partners));
  for (const writer of writers) writer.ended.catch(({ message }) => fault(`a writer gives up: ${message}`));
  const broken = new Faults(schedule(seed, seconds), processes, readers);
  await Promise.all([broken.play(), later(seconds * 1_000)]);

  tell("no more faults, and no more commands");
  await Promise.all([...writers.map((writer) => writer.stop().catch(() => {})), broken.isOver()]);
  if (!(await processes.allReady(PATIENCE))) fault("not every process has come up again");
  await everybodyHasEverything(partners, readers);
  clearInterval(looks);
  await processes.countsAll();
  for (const ways of readers.values()) await Promise.all(Object.values(ways).map((reader) => reader.stop()));

  const rows = await judge(partners, readers, began);
  await ledgerIsWhole();
  processes.havePanicked();
  report(rows, { broken, processes, readers });
}

// What was told is in the disclosure ledger, and its chain holds.
async function ledgerIsWhole() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AVRR_"));
  const database = ["--database-url", process.env.AVRR_TEST_POSTGRES_URL];
  const verified = promisify(execFile)(gateway, ["ledger", "verify", ...database], { cwd: scratch, env: Object.fromEntries(own) });
  const said = await verified.catch(({ stdout, stderr }) => fault(`the disclosure ledger does not hold: ${stdout}${stderr}`));
  if (said) tell(`ledger verify: ${said.stdout.trim()}`);
}

function report(rows, { broken, processes, readers }) {
  console.log(`\n${table(rows)}\n`);
  const answered = { 500: 0, 410: 0, 429: 0, hangs: 0, refused: 0 };
  for (const { webhook } of readers.values()) {
    for (const [kind, count] of Object.entries(webhook.answered)) answered[kind] += count;
  }
  const delivered = (outcome) => processes.total(`avrr_webhook_deliveries_total{outcome="${outcome}"}`);
  const slow = ["websocket", "sse"].map((way) => processes.total(`avrr_slow_readers_closed_total{transport="${way}"}`));
  console.log(
    [
      `faults    kills ${broken.kills}, cut sockets ${broken.cuts}, PostgreSQL restarts ${broken.restarts}, locks ${broken.locks}, ` +
        `outages of webhooks ${broken.outages}`,
      `webhooks  answered 500 ${answered[500]}, 410 ${answered[410]}, 429 ${answered[429]}, hung ${answered.hangs}, closed ${answered.refused}`,
      `commands  done ${counts.done}, repeated ${counts.repeated}, given twice at once ${counts.twins}`,
      `metrics   lease takeovers ${processes.total("avrr_webhook_lease_takeovers_total")} (webhooks), ` +
        `${processes.total("avrr_lease_takeovers_total")} (escalations); delivered ${delivered("delivered")}, ` +
        `retried ${delivered("retried")}, gone ${delivered("disabled_gone")}, lease lost ${delivered("lease_lost")}, ` +
        `slow readers ${slow[0] + slow[1]} (what was counted shortly before a kill is not in it)`,
    ].join("\n"),
  );
  console.log(faults.length === 0 ? `\nNothing is lost: seed ${seed}.` : `\n${faults.length} things are not as they should be: seed ${seed}.`);
  process.exit(faults.length === 0 ? 0 : 1);
}

try {
  await play();
} catch (reason) {
  console.error(`chaos: ${reason.stack ?? reason}`);
  process.exit(1);
}
