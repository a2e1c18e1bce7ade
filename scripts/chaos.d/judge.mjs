// What has to be so in the end: each inbox proves itself, and each way had all of it.

import { createHash } from "node:crypto";
import { files, isTold } from "./deeds.mjs";
import { inboxOf } from "./pull.mjs";
import { PATIENCE, RECIPIENTS, WAYS, fault, later, tell } from "./settings.mjs";

// Waits until every reader has come to the end of its inbox, gaps or none; inboxes may grow meanwhile, by what time alone does.
export async function everybodyHasEverything(partners, readers) {
  const deadline = Date.now() + PATIENCE;
  let behind = [];
  do {
    await later(500);
    behind = [];
    for (const recipient of RECIPIENTS) {
      const { sequence } = await partners.get(recipient).head();
      for (const way of WAYS) {
        const { received } = readers.get(recipient)[way];
        if (received.last < sequence) behind.push(`${received.name} (${received.last} of ${sequence})`);
      }
    }
  } while (behind.length > 0 && Date.now() < deadline);
  if (behind.length === 0) return tell("every reader has come to the end of its inbox");
  fault(`not everything came within ${PATIENCE / 1_000} s: ${behind.join(", ")}`);
  for (const recipient of RECIPIENTS) {
    const { webhook } = readers.get(recipient);
    if (behind.some((name) => name.startsWith(`${recipient} by webhook`))) tell(`${recipient}: ${JSON.stringify(await webhook.state())}`);
  }
}

// The chain as the schema describes it: sequence, id, type and occurredAt as this client reads them.
function chained(before, inbox) {
  return inbox.reduce((chain, { sequence, id, type, occurredAt }) => {
    const text = [chain, sequence, id, type, occurredAt].join("\n");
    return createHash("sha256").update(text, "utf8").digest("hex");
  }, before);
}

async function provenInbox(partner) {
  for (;;) {
    const head = await partner.head();
    const inbox = await inboxOf(partner, head.oldestSequence - 1);
    const { sequence } = await partner.head();
    // Somebody was told something meanwhile: once more.
    if (sequence !== head.sequence) continue;
    const gap = inbox.findIndex((notice, nth) => notice.sequence !== head.oldestSequence + nth);
    if (gap >= 0) fault(`the inbox of ${partner.name} has ${inbox[gap].sequence} in the place of ${head.oldestSequence + gap}`);
    if (inbox.length !== head.count) fault(`the inbox of ${partner.name} has ${inbox.length} notices and says ${head.count}`);
    if (inbox.at(-1)?.sequence !== sequence) fault(`the inbox of ${partner.name} ends with ${inbox.at(-1)?.sequence} and says ${sequence}`);
    if (new Set(inbox.map(({ id }) => id)).size !== inbox.length) fault(`the inbox of ${partner.name} has an id twice`);
    const chain = chained(head.oldestChain, inbox);
    if (chain !== head.chain) fault(`the chain of ${partner.name} is ${chain} and says ${head.chain}`);
    return inbox;
  }
}

export async function judge(partners, readers, began) {
  const rows = [];
  for (const recipient of RECIPIENTS) {
    const whole = await provenInbox(partners.get(recipient));
    const inbox = whole.filter(({ sequence }) => sequence > began.get(recipient));
    isTold(recipient, inbox);
    for (const way of WAYS) {
      const { received, connections, errors } = readers.get(recipient)[way];
      received.compare(inbox);
      const { doubles, gaps, missing, notices } = received;
      const said = [...errors].map(([code, count]) => `${code} ${count}`).join(", ");
      rows.push([recipient, way, inbox.length, notices.size, doubles, gaps, missing, connections, said]);
    }
  }
  for (const file of files) if (file.state) await file.isAsAnswered(partners.get("iom-pristina"));
  return rows;
}

export function table(rows) {
  const all = [["recipient", "way", "inbox", "received", "doubles", "gaps", "missing", "connections", "errors heard"], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => String(row[column]).length)));
  const isNumber = (column) => column >= 2 && column <= 7;
  const cell = (value, column) => String(value)[isNumber(column) ? "padStart" : "padEnd"](widths[column]);
  return all.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}
