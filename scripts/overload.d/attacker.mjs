// One attack in a process of its own, so that it takes no time from the client that behaves.

import { attacks } from "./attacks.mjs";
import { Siege } from "./siege.mjs";

process.once("message", async ({ nth, ...settings }) => {
  const siege = new Siege(settings);
  let fault = null;
  try {
    await attacks[nth].run(siege);
  } catch (cause) {
    fault = `the attack itself failed: ${cause.stack}`;
  }
  process.send({ requests: siege.requests, tally: siege.tally, fault }, () => process.exit(0));
});
