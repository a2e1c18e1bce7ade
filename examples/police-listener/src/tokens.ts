// Access tokens: a new one for each connection, and never written down. One that was kept while a line was down may have
// expired meanwhile, and to be refused with it would say nothing.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Settings } from "./settings.js";

const run = promisify(execFile);

// How long whoever makes tokens may take.
const PATIENCE = 30_000;

export class Tokens {
  private kept: Promise<string> | undefined;

  constructor(private readonly settings: Settings) {}

  /** A new one, which is the current one from now on. */
  async renewed(): Promise<string> {
    this.kept = undefined;
    return this.current();
  }

  /** One token for all who ask at the same time. */
  async current(): Promise<string> {
    this.kept ??= this.made();
    try {
      return await this.kept;
    } catch (fault) {
      this.kept = undefined;
      throw fault;
    }
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
