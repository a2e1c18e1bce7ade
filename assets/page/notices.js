// Live notices: the inbox of one client as it grows, by server-sent events. The line stays with whom it was opened as, so that
// one can act as somebody else and see it come.

import { tally } from "./answer.js";
import { ask, follow } from "./ask.js";
import { lookUp } from "./box.js";
import { byId, footnote, make } from "./dom.js";
import { EXAMPLES } from "./examples.js";
import * as who from "./who.js";

const HEAD = "{ noticesHead { sequence } }";
const FOLLOW = `subscription Inbox($after: Int) {
  notices(afterSequence: $after) {
    sequence
    type
    occurredAt
    case { reference state hostTerritory { name } countryOfReturn { name } persons { fullName } }
  }
}`;

// How many of the notices that were there before are shown with those that come.
const BEFORE = 3;

// A line that was held for so many milliseconds was a good one: the count of attempts begins anew.
const SETTLED = 5_000;

const MISSIONS = { SRB: "iom-belgrade", XKX: "iom-pristina", BIH: "iom-sarajevo", MKD: "iom-skopje", MNE: "iom-podgorica", ALB: "iom-tirana" };

// Who listens, and what is done meanwhile; who does it is said in the example.
const SCENES = [
  {
    listener: () => "police-kosovo",
    example: "mission-depart",
    title: "A departure",
    note: "You listen as the border police of Kosovo*; IOM Pristina records that somebody has left.",
  },
  {
    listener: (found) => MISSIONS[found.travelDocumentRequests.nodes[0].case.hostTerritory.code],
    example: "embassy-acknowledge",
    title: "A travel document",
    note: "You listen as the mission that asked for it; the Embassy of Iraq in Belgrade takes note.",
  },
];

let line = null;

const words = (code) => code.replace(/^TDR_/, "TRAVEL_DOCUMENT_REQUEST_").toLowerCase().replaceAll("_", " ");

function entry({ notices: notice }, redactions, isNew) {
  const { case: file } = notice;
  const persons = (file?.persons ?? []).map((person) => person.fullName).filter(Boolean);
  const territories = [file?.hostTerritory?.name, file?.countryOfReturn?.name].filter(Boolean).join(" → ");
  const kept = tally(redactions);
  return make(
    "li",
    { class: isNew ? "new" : null },
    make("span", { class: "sequence" }, String(notice.sequence)),
    make(
      "div",
      {},
      make("p", {}, make("strong", {}, words(notice.type)), isNew ? make("span", { class: "badge good" }, "new") : ""),
      make(
        "p",
        { class: "quiet" },
        [persons.join(", "), territories, file?.reference, file?.state ? words(file.state) : null].filter(Boolean).join(" · ") || "of whom, is closed by now",
      ),
      kept.length ? make("ul", { class: "kept-line", "aria-label": "Withheld or told in part" }, make("li", { class: "quiet" }, "not told in full"), kept) : "",
    ),
    make("time", { datetime: notice.occurredAt }, new Date(notice.occurredAt).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })),
  );
}

function say(...parts) {
  byId("line").replaceChildren(...parts);
}

function rest() {
  byId("hang-up").hidden = line === null;
  const client = who.current();
  byId("listen").hidden = Boolean(line && line.clientId === client?.clientId);
  byId("listen").replaceChildren("Listen", ...(client ? [" as ", make("span", {}, client.organisation)] : []));
}

export function hangUp(why = "Nobody listens.") {
  line?.stop.abort();
  line = null;
  say(why);
  rest();
}

// Opens a line as this client. The promise is kept once the line is open.
export function listen(clientId) {
  hangUp();
  byId("notice-list").replaceChildren();
  const mine = { clientId, stop: new AbortController() };
  line = mine;
  rest();
  say("Calling …");
  return new Promise((open) => {
    stay(mine, open).catch((error) => {
      if (line === mine) hangUp(`The line is closed: ${error.message}`);
      open(false);
    });
  });
}

async function stay(mine, open) {
  const { answer } = await ask(await who.tokenOf(mine.clientId), HEAD);
  if (answer?.errors) throw new Error(answer.errors[0].message);
  if (!answer?.data?.noticesHead) throw new Error("nothing is addressed to this client");
  const head = answer.data.noticesHead.sequence;
  let after = Math.max(0, head - BEFORE);
  const organisation = who.find(mine.clientId)?.organisation ?? "whoever has this token";
  const told = ({ data, errors, extensions }) => {
    if (errors) throw new Error(errors[0].message);
    after = data.notices.sequence;
    byId("notice-list").prepend(entry(data, extensions?.redactions ?? [], after > head));
    footnote(byId("notice-footnote"), byId("notice-list").textContent);
  };
  const opened = () => {
    say(make("span", { class: "dot" }), " Listening as ", make("strong", {}, organisation), " ", ...(who.isDemo() ? who.named(mine.clientId) : []));
    rest();
    open(true);
  };
  // A line that breaks is opened again after the last notice that came; one that is refused is not.
  for (let tries = 0; tries < 5 && line === mine; tries += 1) {
    const begun = performance.now();
    try {
      await follow(await who.tokenOf(mine.clientId), FOLLOW, { after }, mine.stop.signal, { opened, told });
    } catch (error) {
      if (error.refused) throw new Error(`the server said ${error.status}`);
      if (error.name !== "TypeError") throw error;
    }
    if (performance.now() - begun > SETTLED) tries = 0;
    if (line === mine) await new Promise((over) => setTimeout(over, 500 * 2 ** tries));
  }
  if (line === mine) throw new Error("it was lost too often");
}

async function play(scene) {
  const said = byId("scene-said");
  const example = EXAMPLES.find((one) => one.id === scene.example);
  said.textContent = scene.note;
  let given;
  let listener;
  try {
    const found = await lookUp(example, example.client);
    given = example.fill(found);
    listener = scene.listener(found);
  } catch {
    said.textContent = "Nobody is left in the state that this starts from: start the demo anew.";
    return;
  }
  if (!(await listen(listener))) return;
  const { answer } = await ask(await who.tokenOf(example.client), example.query, given);
  const refusal = answer?.errors?.[0] ?? Object.values(answer?.data ?? {})[0]?.errors?.[0];
  said.textContent = refusal ? `It was refused: ${refusal.message}` : `${scene.note} Done.`;
}

export function begin() {
  who.changes.addEventListener("chosen", () => {
    // Outside a demo a new token is somebody else.
    if (!who.isDemo()) {
      if (line) hangUp();
      byId("notice-list").replaceChildren();
    }
    rest();
  });
  byId("listen").addEventListener("click", () => listen(who.current()?.clientId));
  byId("hang-up").addEventListener("click", () => hangUp());
  const scenes = SCENES.map((scene) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", "data-scene": scene.example, click: () => play(scene) },
        make("span", { class: "title" }, scene.title),
        make("span", { class: "what" }, scene.note),
      ),
    ),
  );
  byId("scene-list").replaceChildren(...scenes);
}

export function offerScenes() {
  byId("scenes").hidden = !who.isDemo();
}
