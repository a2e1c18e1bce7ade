// Follows the inbox of a police authority. Ends with 0 when it was told to stop (SIGTERM, SIGINT), with 1 where it may not
// or must not go on, and with 2 where it was started wrongly.

import { BookFile } from "./file.js";
import { NeedsSomebody } from "./faults.js";
import { Gateway } from "./gateway.js";
import { Listener } from "./listener.js";
import { say } from "./say.js";
import { settings, USAGE, type Settings } from "./settings.js";
import { Tokens } from "./tokens.js";

async function main(): Promise<number> {
  let chosen: Settings;
  try {
    chosen = settings(process.argv.slice(2));
  } catch (fault) {
    process.stderr.write(`${(fault as Error).message}\n${USAGE}\n`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  const file = await BookFile.at(chosen.state);
  try {
    await new Listener(file, new Gateway(chosen, new Tokens(chosen)), stop.signal).listen();
    say("stopped at", file.book.place);
    return 0;
  } catch (fault) {
    if (!(fault instanceof NeedsSomebody)) throw fault;
    say("STOPPED at", file.book.place, fault.message);
    return 1;
  }
}

process.exitCode = await main();
