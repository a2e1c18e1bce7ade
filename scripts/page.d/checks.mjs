// What the page has to do, one thing a function. Each opens the page anew and closes it; whatever the browser complained of
// meanwhile is a fault (browser.mjs).

import assert from "node:assert/strict";
import { close } from "./browser.mjs";

const READY = "html[data-ready]";

async function open(browser, options) {
  const opened = await browser.open("/", options);
  await opened.page.waitForSelector(READY);
  return opened;
}

const text = (page, selector) => page.locator(selector).innerText();

// Waits until the place says this, and shows what it says instead if it does not.
async function says(page, selector, pattern, what) {
  const said = ([at, source, flags]) => new RegExp(source, flags).test(document.querySelector(at)?.innerText ?? "");
  await page.waitForFunction(said, [selector, pattern.source, pattern.flags]).catch(() => {});
  assert.match(await text(page, selector), pattern, what);
}

// Takes an example, and sends it where it is a command that waits.
export async function run(page, id, command = false) {
  await page.click(`[data-example="${id}"]`);
  if (command) {
    await page.waitForFunction(() => document.getElementById("variables").value !== "");
    await page.click("#run");
  }
  await page.waitForSelector("#figures .badge");
}

async function itLoads(browser) {
  const opened = await open(browser);
  const { page, response } = opened;
  const policy = response.headers()["content-security-policy"];
  for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.includes(rule), `${policy} lacks ${rule}`);
  }
  assert.ok(!policy.includes("unsafe"), policy);
  const clients = await page.locator('input[name="client"]').count();
  assert.ok(clients > 40, `${clients} clients`);
  await close(opened, "the page loads");
  return `${clients} clients`;
}

async function everyExampleRuns(browser) {
  const opened = await open(browser);
  const { page } = opened;
  const kinds = await page.locator("#kinds button").evaluateAll((buttons) => buttons.map((button) => button.dataset.kind));
  let ran = 0;
  for (const kind of kinds) {
    await page.click(`[data-kind="${kind}"]`);
    const examples = await page
      .locator("#examples button")
      .evaluateAll((buttons) => buttons.map((button) => [button.dataset.example, button.innerText.includes("command")]));
    assert.ok(examples.length > 0, `${kind} has no example`);
    for (const [id, command] of examples) {
      await run(page, id, command);
      await says(page, "#figures", /^200 OK\s+\d+ ms\s+[\d,]+ points? of/, id);
      assert.equal(await text(page, "#faults"), "", id);
      assert.ok((await text(page, "#answer")).length > 60, id);
      const footnote = (await text(page, "#answer")).includes("Kosovo*");
      assert.equal(await page.locator("#answer-footnote").isVisible(), footnote, `${id}: the footnote`);
      ran += 1;
    }
  }
  await close(opened, "examples");
  return `${ran} examples of ${kinds.length} kinds`;
}

async function anEmbassyIsToldThatSomethingIsWithheld(browser) {
  const opened = await open(browser);
  const { page } = opened;
  await page.check('input[value="embassy-iraq-belgrade"]');
  await run(page, "embassy-withheld");
  const kept = await text(page, "#kept");
  for (const field of ["withheld", "Person.hostAddress", "Case.legalStatusAtApplication", "Case.itineraries", "Case.cashGrants"]) {
    assert.ok(kept.includes(field), `${kept} lacks ${field}`);
  }
  const marks = await page.locator("#answer .withheld").count();
  assert.ok(marks >= 4, `${marks} marks in the answer`);
  await page.click('#kept a[href="#/Person.hostAddress"]');
  const entry = '[id="/Person.hostAddress"]';
  await says(page, entry, /read by\s+sending\s+migration/);
  await says(page, entry, /not for this client/);
  // The sending mission asks the same and is told.
  await page.check('input[value="iom-belgrade"]');
  await page.click("#run");
  await page.waitForSelector("#figures .good");
  assert.equal(await page.locator("#kept").isVisible(), false, "the mission is told all");
  await close(opened, "withheld");
  return `${marks} marks`;
}

async function aNoticeComesWhileSomebodyElseActs(browser) {
  const opened = await open(browser);
  const { page } = opened;
  await page.check('input[value="police-kosovo"]');
  await page.click("#listen");
  await page.waitForSelector("#line .dot");
  assert.equal(await page.locator("#notice-list .new").count(), 0);
  await page.click('[data-kind="MISSION"]');
  await run(page, "mission-depart", true);
  await says(page, "#asking-as", /IOM Pristina/);
  const come = page.locator("#notice-list .new").first();
  await come.waitFor();
  assert.match(await come.innerText(), /departed/i);
  await says(page, "#line", /police-kosovo/);
  assert.ok(await page.locator("#notice-footnote").isVisible(), "the footnote");
  await page.click('[data-scene="embassy-acknowledge"]');
  await page.waitForFunction(() => document.getElementById("scene-said").textContent.endsWith("Done."));
  await page.locator("#notice-list .new").first().waitFor();
  await says(page, "#line", /Listening as IOM/);
  await page.click("#hang-up");
  await says(page, "#line", /Nobody listens/);
  // A dashboard has no inbox, and is told so.
  await page.check('input[value="dashboard-public"]');
  await page.click("#listen");
  await page.waitForFunction(() => document.getElementById("line").textContent.startsWith("The line is closed"));
  await close(opened, "notices");
}

async function theSchemaListsAndSearches(browser) {
  const opened = await open(browser);
  const { page } = opened;
  // The page follows its address a moment after a link was clicked.
  const shown = (name) => page.waitForFunction((id) => document.querySelector("#type h3").id === id, `/${name}`);
  const types = async (client) => {
    await page.check(`input[value="${client}"]`);
    await page.waitForFunction((name) => document.getElementById("only-mine-text").textContent.includes(name), {
      "iom-pristina": "IOM Pristina",
      "dashboard-public": "Public dashboard",
    }[client]);
    return parseInt(await text(page, "#schema-count"));
  };
  const [mission, dashboard] = [await types("iom-pristina"), await types("dashboard-public")];
  assert.ok(mission > dashboard && dashboard > 5, `${mission} types for a mission, ${dashboard} for a dashboard`);
  await page.fill("#search", "hostAddress");
  await says(page, "#schema-count", /^0 hits/);
  await page.uncheck("#only-mine");
  await page.locator('#types a[href="#/Person.hostAddress"]').click();
  await shown("Person");
  await page.fill("#search", "");
  const whole = parseInt(await text(page, "#schema-count"));
  assert.ok(whole > mission, `${whole} types in all`);
  await page.locator('#types a[href="#/Case"]').click();
  await shown("Case");
  await page.locator('[id="/Case.hostTerritory"] a[href="#/Territory"]').click();
  await shown("Territory");
  await page.goBack();
  await shown("Case");
  await close(opened, "schema");
  return `${whole} types, ${mission} of a mission, ${dashboard} of a dashboard`;
}

async function whatIsWrongIsSaid(browser) {
  const opened = await open(browser);
  const { page } = opened;
  await page.fill("#query", "{\n  nonsense\n}");
  await page.click("#run");
  await page.waitForSelector("#faults .fault");
  await says(page, "#faults", /GRAPHQL_VALIDATION_FAILED.*Unknown field.*line 2, column 3/);
  assert.ok(await page.locator("#figures .bad").isVisible());
  await page.fill("#variables", "{ not json");
  await page.click("#run");
  await says(page, "#variables-fault", /no JSON/);
  // A rule of the programme says no: the version is an old one.
  await page.click('[data-kind="CONSULAR_POST"]');
  await run(page, "embassy-acknowledge", true);
  await page.waitForSelector("#figures .good");
  const given = JSON.parse(await page.inputValue("#variables"));
  given.input.idempotencyKey += "-again";
  await page.fill("#variables", JSON.stringify(given));
  await page.click("#run");
  await page.waitForSelector("#faults .fault");
  await says(page, "#faults", /Refused by a rule: CONFLICT/);
  await close(opened, "what is wrong");
}

async function theKeyboardIsEnough(browser) {
  const opened = await open(browser);
  const { page } = opened;
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.value || document.activeElement.textContent.trim());
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Skip to the question");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#ask");
  await page.focus('input[value="embassy-iraq-belgrade"]');
  await page.keyboard.press("ArrowDown");
  await says(page, "#asking-as", /Embassy of Algeria/);
  await page.focus("#examples button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#figures .good");
  await page.focus("#query");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("{ viewer { clientId } }");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.getElementById("answer").textContent.includes("embassy-iraq-belgrade"));
  // Tab leaves the question: nobody is caught in it.
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "variables");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "run");
  await page.focus("#search");
  await page.keyboard.type("asylum");
  await page.keyboard.press("Tab");
  await close(opened, "keyboard");
}

async function itIsForEverybody(browser) {
  for (const colorScheme of ["light", "dark"]) {
    const opened = await open(browser, { colorScheme });
    const { page } = opened;
    await run(page, "embassy-withheld");
    await page.click("#listen");
    await page.locator("#notice-list li").first().waitFor();
    await page.click('#kept a[href="#/Person.hostAddress"]');
    assert.deepEqual(await browser.complaints(page), [], colorScheme);
    await close(opened, colorScheme);
  }
}

async function aNarrowScreenIsWideEnough(browser) {
  const opened = await open(browser, { width: 360, height: 740 });
  const { page } = opened;
  const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.equal(await page.locator("#clients").isVisible(), false, "the clients are folded away");
  await run(page, "embassy-withheld");
  await page.click("#listen");
  await page.locator("#notice-list li").first().waitFor();
  await page.fill("#search", "identity");
  await page.click("#who-details summary");
  await page.check('input[value="dashboard-denmark"]');
  await run(page, "dashboard-table");
  const [needs, has] = await widths();
  assert.equal(has, 360);
  assert.ok(needs <= has, `it is ${needs} px wide`);
  assert.deepEqual(await browser.complaints(page), []);
  await close(opened, "narrow");
}

async function nothingIsKeptBeyondTheTab(browser) {
  const given = await (await fetch(`${browser.address}/page/clients.json`)).json();
  const { token } = given.find((client) => client.clientId === "iom-pristina");
  // As where there is no demo: no client to choose, and a field for a token.
  const before = (page) => page.route("**/page/about.json", (route) => route.fulfill({ json: { version: "0", demo: false, explorer: false } }));
  const opened = await open(browser, { before });
  const { page, context } = opened;
  assert.equal(await page.locator('input[name="client"]').count(), 0);
  assert.equal(await page.locator("#scenes").isVisible(), false);
  assert.equal(await page.locator("#explorer-link").isVisible(), false);
  await page.fill("#token", token);
  await page.fill("#query", "{ viewer { clientId } }");
  await page.click("#run");
  await page.waitForFunction(() => document.getElementById("answer").textContent.includes("iom-pristina"));
  // The purpose goes with the request: one that the client is not registered for is refused.
  await page.fill("#purpose", "STATISTICS");
  await page.click("#run");
  await page.waitForFunction(() => document.getElementById("faults").textContent.includes("PURPOSE_NOT_REGISTERED"));
  assert.deepEqual(await browser.complaints(page), []);
  opened.faults.splice(0, Infinity, ...opened.faults.filter((fault) => !fault.includes("status of 400")));
  const kept = await page.evaluate(() => [Object.entries(localStorage), Object.entries(sessionStorage)]);
  assert.deepEqual(kept[0], []);
  assert.ok(!JSON.stringify(kept).includes(token.slice(0, 20)), "a token is kept");
  assert.deepEqual(kept[1].map(([name]) => name).sort(), ["avrr:query", "avrr:variables"]);
  assert.deepEqual(await context.cookies(), []);
  await close(opened, "kept");
}

async function theExplorerIsThereOrSaysHow(browser) {
  const about = await (await fetch(`${browser.address}/page/about.json`)).json();
  if (!about.explorer) {
    const answer = await fetch(`${browser.address}/explorer/`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /scripts\/explorer/);
    const opened = await open(browser);
    assert.equal(await opened.page.locator("#explorer-link").isVisible(), false);
    await close(opened, "no explorer");
    return "not built in";
  }
  const opened = await browser.open("/explorer");
  const { page } = opened;
  assert.equal(new URL(page.url()).pathname, "/explorer/");
  await page.waitForSelector(".graphiql-execute-button");
  await page.click(".graphiql-execute-button");
  await page.waitForFunction(() => document.querySelector(".graphiql-response")?.textContent.includes("totalCount"));
  await close(opened, "explorer");
  return "GraphiQL";
}

export const ALL = {
  "it loads": itLoads,
  "every example runs": everyExampleRuns,
  "what is withheld is said": anEmbassyIsToldThatSomethingIsWithheld,
  "a notice comes live": aNoticeComesWhileSomebodyElseActs,
  "the schema lists and searches": theSchemaListsAndSearches,
  "what is wrong is said": whatIsWrongIsSaid,
  "the keyboard is enough": theKeyboardIsEnough,
  "it is for everybody (axe-core)": itIsForEverybody,
  "a narrow screen is wide enough": aNarrowScreenIsWideEnough,
  "nothing is kept beyond the tab": nothingIsKeptBeyondTheTab,
  "the explorer": theExplorerIsThereOrSaysHow,
};
