// Says to the gateway what is in the book, and only that: notices by their ids, once they are on disk. A restart begins
// with those that were left.

import { createHash } from "node:crypto";
import { setTimeout as later } from "node:timers/promises";
import type { BookFile } from "./file.js";
import { GatewayError, judge } from "./faults.js";
import type { Gateway } from "./gateway.js";
import { AcknowledgeDocument } from "./gql/graphql.js";
import { Pause } from "./pause.js";
import { say } from "./say.js";

const AT_A_TIME = 100;
// What comes within this time is acknowledged together.
const GATHERED = 200;

export class Acknowledger {
  private running: Promise<void> | null = null;
  private atATime = AT_A_TIME;
  private readonly pause = new Pause();

  constructor(
    private readonly file: BookFile,
    private readonly gateway: Gateway,
    private readonly signal: AbortSignal,
  ) {}

  /** Has what waits acknowledged, beside whatever else is done. */
  wake(): void {
    this.running ??= this.run().finally(() => (this.running = null));
  }

  /** Returns once nothing waits, or nothing can be done about it now. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    const { book } = this.file;
    await later(GATHERED);
    while (book.waiting.length > 0 && !this.signal.aborted) {
      const ids = book.waiting.slice(0, this.atATime);
      try {
        await this.file.saved();
        await this.acknowledge(ids);
        this.pause.wentWell();
      } catch (fault) {
        if (fault instanceof GatewayError && fault.code === "NOT_FOUND") {
          // One of them is not kept any more. Alone, it is passed over.
          if (ids.length > 1) this.atATime = 1;
          else await this.isDone(ids, "cannot be acknowledged any more");
          continue;
        }
        const verdict = judge(fault);
        if (this.signal.aborted) return;
        say("not acknowledged yet:", verdict.why);
        // A client that is not let in learns that where it listens, and what waits is left to the next time.
        if (verdict.kind !== "again" || verdict.refused) return;
        await this.pause.wait(this.signal, verdict.seconds);
      }
    }
    this.atATime = AT_A_TIME;
  }

  private async acknowledge(ids: string[]): Promise<void> {
    // The same ids make the same key: to send it again, after a lost answer or a crash, changes nothing.
    const idempotencyKey = `listener-${createHash("sha256").update(ids.join()).digest("hex")}`;
    const input = { idempotencyKey, notices: { ids } };
    const { acknowledgeNotices } = await this.gateway.asks(AcknowledgeDocument, { input }, this.signal);
    const [refused] = acknowledgeNotices.errors;
    if (refused) throw new GatewayError(refused.code, refused.message);
    await this.isDone(ids, "acknowledged");
  }

  private async isDone(ids: string[], how: string): Promise<void> {
    const done = new Set(ids);
    this.file.book.waiting = this.file.book.waiting.filter((id) => !done.has(id));
    await this.file.save();
    say(how, ids.length);
  }
}
