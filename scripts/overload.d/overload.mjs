// Runs the attacks, beside a client that behaves, and judges them: `overload.mjs GATEWAY quick|full [PART OF A NAME]`.

import { spawn } from "node:child_process";
import { attacks, wrong } from "./attacks.mjs";
import { Client, percentile } from "./client.mjs";
import { Server } from "./server.mjs";
import { stopUnderLoad } from "./stop.mjs";
import { later } from "./wire.mjs";

const [gateway, mode, named = ""] = process.argv.slice(2);
const quick = mode === "quick";
const SECONDS = quick ? 0.6 : 6;
// Requests a second of an attack that paces itself by nothing else.
const RATE = 40;
// Milliseconds between two questions on each of the two lines of the client that behaves.
const PACE = 40;
const GROWTH = 64;
// The same of all attacks together, which --quick makes side by side and often against a debug build.
const GROWTH_OF_ALL = 2 * GROWTH;
const RATIO = 3;
// So many attacks, then the quiet value is measured again.
const QUIET_EVERY = 8;
const NICE = "10";
// A demo forgives clocks 30 seconds: only then a token of one second has expired.
const EXPIRES = 33_000;

const begun = Date.now();
const server = await Server.start(gateway);
process.once("exit", () => server.lives && server.process.kill("SIGKILL"));
const expired = server.token("iom-sarajevo", "--expires", "1s");
const tokens = Object.fromEntries(["iom-sarajevo", "iom-skopje"].map((client) => [client, { attacker: server.token(client), expired }]));
const expires = Date.now() + EXPIRES;
const client = new Client(server, "iom-pristina", PACE);
const faults = [];
const quiet = [];

const broken = (name, what) => {
  faults.push(`${name}: ${what}`);
};

// In a process of its own, which is nicer than the program and the client: two cores are all that many machines have.
async function strike(nth, token) {
  if (/expired/.test(attacks[nth].name)) await later(expires - Date.now());
  const attacker = spawn("nice", ["-n", NICE, process.execPath, new URL("attacker.mjs", import.meta.url).pathname], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const result = new Promise((done) => {
    attacker.once("message", done);
    attacker.once("exit", () => done({ requests: 0, tally: {}, fault: "the attack itself ended without a word" }));
  });
  attacker.send({ nth, address: server.address, tokens: tokens[token], seconds: SECONDS, rate: RATE });
  return result;
}

function line(attack, { requests, tally }, growth, ratio) {
  const told = Object.entries(tally).sort((a, b) => b[1] - a[1]).map(([what, times]) => `${what} ×${times}`);
  const cells = [attack.name.padEnd(52), attack.transport.padEnd(4), String(requests).padStart(6), growth.padStart(6), ratio.padStart(5), told.join(", ")];
  console.log(cells.join("  "));
}

async function measureQuiet(seconds) {
  const { waited, refused } = await client.asksFor(seconds);
  if (refused.size) throw new Error(`the client that behaves is refused when it is quiet: ${JSON.stringify([...refused])}`);
  quiet.push(...waited);
  return percentile(waited, 0.99);
}

// One attack, and the client beside it from its first request to its last.
async function beside(nth, token) {
  server.forgetMost();
  const before = server.memory();
  let going = true;
  const asks = client.asksWhile(() => going);
  const result = await strike(nth, token);
  going = false;
  const { waited, refused } = await asks;
  const after = server.memory();
  const growth = before ? Math.max(0, after.most - before.now) : null;
  return { result, waited, refused, growth };
}

async function attackInFull(nth) {
  const attack = attacks[nth];
  let { result, waited, refused, growth } = await beside(nth, "iom-sarajevo");
  let ratio = percentile(waited, 0.99) / percentile(quiet, 0.99);
  // What is broken once may be the machine: only what is broken twice, with its quiet value measured in between, is the program.
  if (ratio > RATIO) {
    await later(1_000);
    const value = await measureQuiet(6);
    const again = await beside(nth, "iom-sarajevo");
    ratio = Math.min(ratio, percentile(again.waited, 0.99) / value);
  }
  const told = wrong(attack, result);
  line(attack, result, growth === null ? "-" : growth.toFixed(1), ratio.toFixed(2));
  if (told) broken(attack.name, told);
  if (refused.size) broken(attack.name, `the client that behaves was refused: ${JSON.stringify([...refused])}`);
  if (growth > GROWTH) broken(attack.name, `${growth.toFixed(1)} MiB more memory`);
  if (ratio > RATIO) broken(attack.name, `the p99 of the client that behaves was ${ratio.toFixed(2)} times its quiet value`);
  if (!server.lives) throw new Error(`${attack.name}: the program is gone (${server.gone}):\n${server.log}`);
  await later(500);
}

async function attackQuickly(nth, token) {
  const result = await strike(nth, token);
  line(attacks[nth], result, "", "");
  const told = wrong(attacks[nth], result);
  if (told) broken(attacks[nth].name, told);
  if (!server.lives) throw new Error(`${attacks[nth].name}: the program is gone (${server.gone}):\n${server.log}`);
}

async function quickly(chosen) {
  const before = server.memory();
  let going = true;
  const asks = client.asksWhile(() => going);
  // Those that take their time take it beside the others, with a client of their own.
  const lane = async (nths, token) => {
    for (const nth of nths) await attackQuickly(nth, token);
  };
  const last = (nth) => (/expired/.test(attacks[nth].name) ? 1 : 0);
  const short = chosen.filter((nth) => !attacks[nth].lasts).sort((a, b) => last(a) - last(b));
  await Promise.all([lane(short, "iom-sarajevo"), lane(chosen.filter((nth) => attacks[nth].lasts), "iom-skopje")]);
  going = false;
  const { refused, waited } = await asks;
  if (refused.size) broken("all", `the client that behaves was refused: ${JSON.stringify([...refused])}`);
  await later(1_000);
  const growth = before ? server.memory().now - before.now : 0;
  console.log(`\n${waited.length} questions of the client that behaves were answered; memory grew by ${growth.toFixed(1)} MiB in all.`);
  if (growth > GROWTH_OF_ALL) broken("all", `${growth.toFixed(1)} MiB more memory that stays`);
}

async function fully(chosen) {
  console.log(`quiet: p99 ${(await measureQuiet(12)).toFixed(1)} ms of ${quiet.length} questions\n`);
  for (const [place, nth] of chosen.entries()) {
    await attackInFull(nth);
    if (place % QUIET_EVERY === QUIET_EVERY - 1) await measureQuiet(5);
  }
  console.log(`\nquiet: p50 ${percentile(quiet, 0.5).toFixed(1)} ms, p99 ${percentile(quiet, 0.99).toFixed(1)} ms of ${quiet.length} questions.`);
}

try {
  // Warm: what is built once is no growth.
  await client.asksFor(quick ? 2 : 6);
  const chosen = [...attacks.keys()].filter((nth) => attacks[nth].name.includes(named));
  console.log(`${"attack".padEnd(52)}  by    requests  MiB    p99  answered`);
  await (quick ? quickly(chosen) : fully(chosen));
  client.web.close();
  const { took, told, faults: untold } = await stopUnderLoad(server, "iom-tirana");
  console.log(`The program stopped in ${Math.round(took)} ms with 500 streams open; ${told} of them were told.`);
  for (const what of untold) broken("the stop", what);
  console.log(`${chosen.length} attacks, ${((Date.now() - begun) / 1000).toFixed(0)} s.`);
} catch (fault) {
  broken("overload", fault.stack);
}
for (const fault of faults) console.error(`BROKEN: ${fault}`);
process.exit(faults.length ? 1 : 0);
