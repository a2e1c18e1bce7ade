// Pictures of the page for people to look at, wide and narrow, light and dark, each of an embassy that has asked.

import { run } from "./checks.mjs";

const SIZES = { wide: [1360, 1080], narrow: [360, 780] };

export async function pictures(browser, folder) {
  for (const [name, [width, height]] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context } = await browser.open("/", { width, height, colorScheme });
      await page.waitForSelector("html[data-ready]");
      await run(page, "embassy-withheld");
      await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
      await page.screenshot({ path: `${folder}/page-${name}-${colorScheme}.png` });
      // There is something to be told of once or twice, and not for every picture.
      await page.click(name === "wide" ? '[data-scene="mission-depart"]' : "#listen");
      await page.locator(name === "wide" ? "#notice-list .new" : "#notice-list li").first().waitFor();
      await page.click('#kept a[href="#/Person.hostAddress"]');
      await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
      await page.screenshot({ path: `${folder}/whole-${name}-${colorScheme}.png`, fullPage: true });
      await context.close();
    }
  }
}
