// A browser of its own, and a page in it that is watched: whatever it complains of or asks elsewhere for is a fault.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const PATIENCE = 30_000;

export class Browser {
  static async start(packages, program, address) {
    const library = createRequire(`${packages}/`);
    const { chromium } = library("playwright-core");
    const browser = new Browser();
    browser.address = address;
    browser.axe = readFileSync(library.resolve("axe-core/axe.min.js"), "utf8");
    // Every start of the library has a new and empty profile.
    browser.chromium = await chromium.launch({ executablePath: program, args: FLAGS });
    return browser;
  }

  // A page that begins at this path. `before` may meddle with it first.
  async open(path = "/", { width = 1440, height = 1000, colorScheme = "light", before } = {}) {
    const context = await this.chromium.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`script: ${error.stack}`));
    page.on("requestfailed", (request) => faults.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol !== "data:" && url.origin !== this.address) faults.push(`asked elsewhere: ${url.href}`);
    });
    await page.exposeFunction("tellFault", (text) => faults.push(text));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.tellFault(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await before?.(page);
    const response = await page.goto(this.address + path);
    return { page, context, faults, response };
  }

  // What axe-core has to say of the page as it stands.
  async complaints(page) {
    await page.evaluate(this.axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }

  stop() {
    return this.chromium.close();
  }
}

// Closes a watched page; nothing may have gone wrong in it. A line that was open when it closes is no fault.
export async function close({ context, faults }, name) {
  const wrong = faults.filter((fault) => !fault.includes("ERR_ABORTED"));
  await context.close();
  assert.deepEqual(wrong, [], name);
}
