// Goes through the page as people would, and says what it found.

import assert from "node:assert/strict";
import { Browser, close } from "./browser.mjs";
import * as checks from "./checks.mjs";
import { pictures } from "./pictures.mjs";

const [address, packages, program, folder] = process.argv.slice(2);

const browser = await Browser.start(packages, program, address);
let status = 0;
try {
  for (const [name, check] of Object.entries(checks.ALL)) {
    const begun = performance.now();
    const said = await check(browser);
    console.log(`${name.padEnd(34)} ${((performance.now() - begun) / 1000).toFixed(1)} s${said ? `  (${said})` : ""}`);
  }
  if (folder) await pictures(browser, folder);
} catch (error) {
  console.error(error instanceof assert.AssertionError ? error.message : error);
  if (error instanceof assert.AssertionError) console.error(error.stack);
  status = 1;
} finally {
  await browser.stop();
}
process.exit(status);
