// What was said on the command line, and what the whole script agrees on.

import { createRequire } from "node:module";

export const [gateway, scratch] = process.argv.slice(2);
export const seed = Number(process.argv[4]);
export const seconds = Number(process.argv[5]) * 60;

// Libraries are taken from where scripts/chaos has installed them, and nowhere else.
export const library = createRequire(`${scratch}/`);

// Who reads an inbox, in all four ways: the missions of one journey, the consular post and the authorities.
export const RECIPIENTS = ["iom-pristina", "iom-istanbul", "iom-baghdad", "embassy-iraq-belgrade", "police-kosovo", "migration-kosovo"];
export const WAYS = ["websocket", "sse", "pull", "webhook"];

// How many processes share the database. Each delivers, so that they contend for the leases of webhooks.
export const PROCESSES = 3;

// How long a process waits for a webhook, in seconds: shorter than usual, so that one that hangs does so more often.
export const HANGS = 3;

// How long a statement of the program waits for a lock, in seconds: shorter than usual, so that one that is held is felt.
export const LOCKED_OUT = 3;

// How long everything may take to come up and to arrive once there are no more faults: a lease that a killed process held
// expires after a minute.
export const PATIENCE = 120_000;

export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const begun = Date.now();
export const clock = () => ((Date.now() - begun) / 1000).toFixed(1).padStart(7);
export const tell = (sentence) => console.log(`${clock()} s  ${sentence}`);

// What was found wrong, in the order in which it was found; the rest of the run goes on.
export const faults = [];
export function fault(sentence) {
  faults.push(sentence);
  if (faults.length <= 40) tell(`NOT SO: ${sentence}`);
}
