// All attacks. Each has a name, a transport, what it may be told (`expects`), what it has to be told at least once
// (`needs`), and where it takes its own time, how long that is (`lasts`, in milliseconds).

import { attacks as documents } from "./documents.mjs";
import { attacks as lines } from "./lines.mjs";
import { attacks as requests } from "./requests.mjs";
import { attacks as sockets } from "./sockets.mjs";
import { attacks as streams } from "./streams.mjs";

export const attacks = [...documents, ...requests, ...lines, ...sockets, ...streams];

// What is wrong with what an attack was told; none where it was refused as it should be.
export function wrong(attack, { tally, requests, fault }) {
  if (fault) return fault;
  if (!requests || !Object.keys(tally).length) return "nothing was asked";
  const unexpected = Object.keys(tally).filter((told) => !attack.expects.includes(told));
  if (unexpected.length) return `told ${unexpected.map((told) => `${told} (${tally[told]})`).join(", ")}, expected ${attack.expects.join(" or ")}`;
  const missing = (attack.needs ?? []).filter((told) => !tally[told]);
  return missing.length ? `never told ${missing.join(", ")}` : null;
}
