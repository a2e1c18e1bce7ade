// Both examples against one gateway, whose file is kept when it stops.

import { isDeepStrictEqual } from "node:util";
import { Desk } from "./desk.mjs";
import { Gate } from "./gate.mjs";
import { Administration, Mission } from "./partner.mjs";
import { Police } from "./police.mjs";
import { Server } from "./processes.mjs";

const [gateway, listener, desk, python, scratch] = process.argv.slice(2);
const begun = Date.now();
let checks = 0;

function holds(sentence, actual, expected = true) {
  checks += 1;
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`${sentence}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(actual)}`);
  }
}

try {
  const server = new Server(gateway, `${scratch}/demo.db`);
  await server.start();
  const [mission, administration] = [new Mission(server, "iom-pristina"), new Administration(server, "admin")];
  const all = { holds, server, mission, administration, listener, desk, python, scratch };
  for (const [name, Example] of [["embassy desk", Desk], ["police listener", Police]]) {
    const [before, since] = [checks, Date.now()];
    await new Example({ ...all, gate: await Gate.to(server.port) }).play();
    console.log(`${name}: ${checks - before} checks, ${((Date.now() - since) / 1000).toFixed(1)} s`);
  }
  await server.stop();
  console.log(`\nThe examples hold: ${checks} checks, ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
  process.exit(0);
} catch (fault) {
  console.error(`\nThe examples do not hold: ${fault.message}`);
  process.exit(1);
}
