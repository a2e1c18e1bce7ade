// Which fault comes when: all of it drawn beforehand, so that a seed and a length say it.

import { dice } from "./dice.mjs";
import { LOCKED_OUT, PROCESSES, RECIPIENTS } from "./settings.mjs";

export const REFUSALS = ["500", "410", "429", "hangs", "refused"];

// Nothing begins so shortly before the end that it would not be over then.
const LAST = 10;

export function schedule(seed, seconds) {
  const { between, one, bag } = dice(seed);
  const all = [
    { at: seconds * 0.5, fault: "postgres", away: between(1, 4) },
    { at: seconds * 0.7, fault: "lock", lasts: 3 * LOCKED_OUT + between(1, 4) },
  ];
  const until = seconds - LAST;
  for (let at = between(4, 8); at < until; at += between(6, 14)) {
    all.push({ at, fault: "kill", process: one([...Array(PROCESSES).keys()]), away: between(1, 5) });
  }
  for (let at = between(3, 5); at < until; at += between(1, 4)) {
    all.push({ at, fault: "cut", recipient: one(RECIPIENTS), way: one(["websocket", "sse"]) });
  }
  // One thing at a time is wrong with a webhook, and in between it has time to catch up.
  const free = new Map(RECIPIENTS.map((recipient) => [recipient, 0]));
  const kinds = bag(REFUSALS);
  for (let at = between(3, 5); at < until; at += between(3, 7)) {
    const well = RECIPIENTS.filter((recipient) => free.get(recipient) <= at);
    if (well.length === 0) continue;
    const recipient = one(well);
    const lasts = between(3, 9);
    free.set(recipient, at + lasts + 4);
    all.push({ at, fault: "outage", recipient, kind: kinds(), lasts, retryAfter: Math.ceil(between(1, 5)) });
  }
  return all.sort((one, other) => one.at - other.at);
}
