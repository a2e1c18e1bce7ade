// How long to wait before the next attempt: longer each time, never all clients at once, and as long as the gateway says.

import { setTimeout as later } from "node:timers/promises";

const FIRST = 500;
const LONGEST = 60_000;

export class Pause {
  private attempts = 0;

  /** It went well: the next trouble is the first one again. */
  wentWell(): void {
    this.attempts = 0;
  }

  /** Ends early, without a fault, when the program is told to stop. */
  async wait(signal: AbortSignal, seconds?: number): Promise<void> {
    const most = Math.min(LONGEST, FIRST * 2 ** this.attempts);
    this.attempts = Math.min(this.attempts + 1, 16);
    const spread = most / 2 + (Math.random() * most) / 2;
    await later((seconds ?? 0) * 1_000 + spread, undefined, { signal }).catch(() => undefined);
  }
}
