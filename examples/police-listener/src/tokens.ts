// Access tokens: taken when one is needed, kept for as long as the gateway takes them, and never written down.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Settings } from "./settings.js";

const run = promisify(execFile);

// How long whoever makes tokens may take.
const PATIENCE = 30_000;

export class Tokens {
  private kept: Promise<string> | undefined;
  private last = "";

  constructor(private readonly settings: Settings) {}

  /** One token for all who ask at the same time. */
  async current(): Promise<string> {
    this.kept ??= this.made();
    try {
      return (this.last = await this.kept);
    } catch (fault) {
      this.kept = undefined;
      throw fault;
    }
  }

  /** The gateway does not take this one any more: the next is a new one. */
  spent(token: string): void {
    if (this.last === token) this.kept = undefined;
  }

  private async made(): Promise<string> {
    const { tokenCommand, tokenFile } = this.settings;
    const text = tokenFile
      ? await readFile(tokenFile, "utf8")
      : (await run("/bin/sh", ["-c", tokenCommand ?? ""], { timeout: PATIENCE })).stdout;
    const token = text.trim();
    if (!/^[\w.~+/=-]+$/.test(token)) throw new Error("what should be a token is none");
    return token;
  }
}
