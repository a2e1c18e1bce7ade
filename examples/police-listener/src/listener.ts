// Follows an inbox for as long as it may: comes back after whatever ends a stream, from the place in the book.

import { beginAgain, enter, type Notice } from "./book.js";
import { Acknowledger } from "./acknowledger.js";
import type { BookFile } from "./file.js";
import { judge, NeedsSomebody } from "./faults.js";
import type { Gateway } from "./gateway.js";
import {
  AheadDocument, HeadDocument, type AheadQuery, type HeadQuery, type JourneyFragment, type TravellersFragment,
} from "./gql/graphql.js";
import { Pause } from "./pause.js";
import { say } from "./say.js";
import { inbox } from "./stream.js";

type Head = NonNullable<HeadQuery["noticesHead"]>;

// A line that holds is left after this time all the same: whoever comes back proves that nothing is missing.
const A_DAY = 86_400_000;
// How long a last acknowledgement may take when the program is told to stop.
const FAREWELL = 5_000;
// How often a token is offered again that was refused and for which there is no new one yet, in a file for example.
const OFFERS = 10;

export class Listener {
  private readonly pause = new Pause();
  // The tokens that were refused in succession, since it was let in.
  private readonly refused = new Map<string, number>();
  // What the gateway said that the chain will be at a place that is still ahead.
  private proof: Head | null = null;

  constructor(
    private readonly file: BookFile,
    private readonly gateway: Gateway,
    private readonly stopped: AbortSignal,
  ) {}

  /** Returns when it was told to stop; fails where it may not go on. */
  async listen(): Promise<void> {
    const enough = new AbortController();
    const acknowledger = new Acknowledger(this.file, this.gateway, enough.signal);
    try {
      while (!this.stopped.aborted) {
        let token = "";
        try {
          token = await this.gateway.tokens.renewed();
          await this.follow(acknowledger);
          if (!this.stopped.aborted) await this.comesBack("the gateway ended the stream");
        } catch (fault) {
          if (!this.stopped.aborted) await this.deal(fault, token);
        }
      }
    } finally {
      const last = setTimeout(() => enough.abort(), FAREWELL);
      await acknowledger.settled();
      clearTimeout(last);
      await this.file.save();
    }
  }

  private async follow(acknowledger: Acknowledger): Promise<void> {
    const { book } = this.file;
    await this.look();
    acknowledger.wake();
    const letIn = (): void => {
      this.refused.clear();
      say("listening after", book.place);
    };
    const signal = AbortSignal.any([this.stopped, AbortSignal.timeout(A_DAY)]);
    for await (const notice of inbox(this.gateway, book.place, signal, letIn)) {
      await this.take(notice);
      this.pause.wentWell();
      acknowledger.wake();
      if (this.stopped.aborted) return;
    }
  }

  // Into the book, the book to disk; acknowledged is it later.
  private async take(notice: Notice): Promise<void> {
    const { book } = this.file;
    const deed = enter(book, notice, new Date());
    if (deed === null) return;
    await this.file.save();
    say(book.place, notice.type ?? "", notice.case?.reference ?? "", deed);
    this.prove();
  }

  // Where the inbox stands, whether it is the one that we know, and whether it reaches back to our place.
  private async look(): Promise<void> {
    const { noticesHead } = await this.gateway.asks(HeadDocument, {}, this.stopped);
    if (!noticesHead) throw new NeedsSomebody("this client has no inbox");
    if (noticesHead.oldestSequence > this.file.book.place + 1) await this.beginAgain(noticesHead);
    this.proof = noticesHead;
    this.prove();
  }

  private prove(): void {
    const { book } = this.file;
    const { proof } = this;
    if (!proof || proof.sequence > book.place) return;
    if (proof.sequence < book.place || proof.chain !== book.chain) {
      throw new NeedsSomebody(
        `the inbox is not the one that was read up to ${book.place}: it stands at ${proof.sequence}. The gateway was restored ` +
          `from a backup, or the file is of another client; docs/delivery.md says what to do`,
      );
    }
    this.proof = null;
    say("complete up to", book.place);
  }

  private async deal(fault: unknown, token: string): Promise<void> {
    const verdict = judge(fault);
    if (verdict.kind === "stop") throw fault instanceof NeedsSomebody ? fault : new NeedsSomebody(verdict.why);
    if (verdict.refused) this.isRefused(token, verdict.why);
    if (verdict.atOnce) say("coming back:", verdict.why);
    else await this.comesBack(verdict.why, verdict.seconds);
  }

  // One new token is tried; after that it is for people to find out why.
  private isRefused(token: string, why: string): void {
    const offers = (this.refused.get(token) ?? 0) + 1;
    this.refused.set(token, offers);
    if (this.refused.size > 1 || offers > OFFERS) {
      throw new NeedsSomebody(`not let in (${why}), and a new token does not help: ask the administration`);
    }
  }

  private async comesBack(why: string, seconds?: number): Promise<void> {
    say("coming back in a while:", why);
    await this.pause.wait(this.stopped, seconds);
  }

  private async beginAgain(head: Head): Promise<void> {
    const { book } = this.file;
    const [from, to] = [book.place + 1, head.oldestSequence - 1];
    beginAgain(book, head, await this.ahead());
    await this.file.save();
    say("MISSED", from, "to", to, "which are not kept any more; what lies ahead was read from the rows");
  }

  private async ahead(): Promise<{ travellers: TravellersFragment; journey: JourneyFragment }[]> {
    const found: { travellers: TravellersFragment; journey: JourneyFragment }[] = [];
    const from = new Date().toISOString();
    let after: string | null = null;
    do {
      const { itineraries }: AheadQuery = await this.gateway.asks(AheadDocument, { from, after }, this.stopped);
      for (const { case: travellers, ...journey } of itineraries.nodes) if (travellers) found.push({ travellers, journey });
      after = itineraries.pageInfo.hasNextPage ? (itineraries.pageInfo.endCursor ?? null) : null;
    } while (after !== null);
    return found;
  }
}
