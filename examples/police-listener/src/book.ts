// What a police authority makes of its notices: a list of those who leave, and how. No file, no network, no clock: what
// happens here is one value, which is saved together with the place in the inbox. Put your own work in its place.

import { createHash } from "node:crypto";
import type { InboxSubscription, JourneyFragment, TravellersFragment } from "./gql/graphql.js";

export type Notice = InboxSubscription["notices"];

export interface Departure {
  /** What the newest notice says; AHEAD where it was read from the rows, without one. */
  readonly last: string;
  readonly at: string | null;
  /** The notices that it was made of: what `corrects` of a later one names. */
  readonly notices: readonly string[];
  readonly travellers: TravellersFragment;
  readonly journey: JourneyFragment | null;
}

export interface Entry {
  readonly sequence: number;
  readonly id: string;
  readonly type: string;
  readonly deed: string;
}

export interface Book {
  readonly format: 1;
  /** The last place in the inbox of which this book knows. */
  place: number;
  /** The hash chain up to there, as `noticesHead` has it. */
  chain: string;
  /** Notices that are in the book and are not acknowledged. */
  waiting: string[];
  /** By the id of the case. */
  departures: Record<string, Departure>;
  /** What was done with the last notices; nothing in it is personal. */
  journal: Entry[];
  /** Places that were not kept any more when they were asked for. */
  missed: { readonly from: number; readonly to: number }[];
}

export const emptyBook = (): Book => ({
  format: 1,
  place: 0,
  chain: "0".repeat(64),
  waiting: [],
  departures: {},
  journal: [],
  missed: [],
});

// How many entries the journal keeps, and for how many days a departure that is over: as long as the gateway shows it.
const JOURNAL = 1_000;
const KEPT_DAYS = 7;

const JOURNEY = new Set<string>([
  "DEPARTURE_PLANNED", "DEPARTED", "ARRIVED", "ITINERARY_BOOKED", "ITINERARY_CHANGED", "ITINERARY_SUSPENDED",
  "ITINERARY_CANCELLED", "SEGMENT_BOARDED", "SEGMENT_LANDED", "TRANSIT_INCIDENT",
]);
const TAKES_BACK = new Set<string>([
  "NOTICE_RETRACTED", "APPLICATION_WITHDRAWN", "APPLICATION_TERMINATED", "APPLICATION_EXPIRED",
]);

/** Enters a notice, and answers what was done; null where it had been entered before. */
export function enter(book: Book, notice: Notice, now: Date): string | null {
  const { id, sequence, type, occurredAt } = notice;
  if (sequence == null || type == null) throw new Error(`notice ${id} has no place`);
  if (sequence <= book.place) return null;
  if (sequence !== book.place + 1) throw new Error(`notice ${sequence} came after ${book.place}`);
  const deed = done(book, notice);
  forget(book, now);
  book.place = sequence;
  book.chain = createHash("sha256").update([book.chain, sequence, id, type, occurredAt].join("\n")).digest("hex");
  book.waiting.push(id);
  book.journal = [...book.journal, { sequence, id, type, deed }].slice(-JOURNAL);
  return deed;
}

function done(book: Book, notice: Notice): string {
  const corrected = new Set(notice.corrects?.map(({ id }) => id));
  const concerned = Object.keys(book.departures).filter((key) => book.departures[key]?.notices.some((id) => corrected.has(id)));
  const type = notice.type ?? "";

  // An instruction: copies of what was told have to go. It does not say of whom, but which notices it makes obsolete.
  if (type === "CONSENT_REVOKED") return remove(book, concerned, "forgotten");
  if (TAKES_BACK.has(type)) return remove(book, notice.case ? [...concerned, notice.case.id] : concerned, "taken off the list");
  if (!JOURNEY.has(type)) return "noted";
  // It had been overtaken before we read it. What overtook it comes further on in the inbox.
  if (notice.retractedAt ?? notice.supersededBy) return "obsolete";
  // An envelope: we may not know of whom any more, or have no need to.
  if (!notice.case) {
    remove(book, concerned, "closed");
    return "closed";
  }

  const before = book.departures[notice.case.id];
  book.departures[notice.case.id] = {
    last: type,
    at: notice.occurredAt ?? null,
    notices: [...(before?.notices ?? []), notice.id],
    travellers: notice.case,
    journey: notice.itinerary ?? null,
  };
  return before ? "changed on the list" : "listed";
}

function remove(book: Book, keys: string[], deed: string): string {
  const there = keys.filter((key) => book.departures[key] !== undefined);
  for (const key of there) delete book.departures[key];
  return there.length > 0 ? deed : "noted";
}

/** Departures that are over are not ours to keep. */
export function forget(book: Book, now: Date): void {
  const oldest = now.getTime() - KEPT_DAYS * 86_400_000;
  for (const [key, { last, at }] of Object.entries(book.departures)) {
    const over = last === "DEPARTED" || last === "ARRIVED" || last.startsWith("SEGMENT_");
    if (over && at !== null && Date.parse(at) < oldest) delete book.departures[key];
  }
}

/** The inbox is not kept back to our place: goes on where it begins, with what lies ahead as the rows have it now. */
export function beginAgain(
  book: Book,
  head: { readonly oldestSequence: number; readonly oldestChain: string },
  ahead: readonly { readonly travellers: TravellersFragment; readonly journey: JourneyFragment }[],
): void {
  book.missed.push({ from: book.place + 1, to: head.oldestSequence - 1 });
  book.place = head.oldestSequence - 1;
  book.chain = head.oldestChain;
  book.departures = {};
  for (const { travellers, journey } of ahead) {
    book.departures[travellers.id] = { last: "AHEAD", at: null, notices: [], travellers, journey };
  }
}
