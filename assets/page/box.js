// The question: examples that fill it, and its way to the server as whoever is chosen.

import { clear, lost, show } from "./answer.js";
import { ask } from "./ask.js";
import { byId, make } from "./dom.js";
import { EXAMPLES, KINDS } from "./examples.js";
import * as who from "./who.js";

const STORED = { query: "avrr:query", variables: "avrr:variables" };
const query = byId("query");
const variables = byId("variables");
const fault = byId("variables-fault");
let kindShown = "CONSULAR_POST";
let turn = 0;

// What an example has to know before it can be sent, looked up as the client that will send it.
export async function lookUp(example, client) {
  if (!example.find) return null;
  const { answer } = await ask(await who.tokenOf(client), example.find);
  return answer?.data;
}

function keep() {
  sessionStorage.setItem(STORED.query, query.value);
  sessionStorage.setItem(STORED.variables, variables.value);
}

// Only the newest question is shown: an answer that comes after somebody else was chosen is nobody's.
async function run(byHand = true) {
  keep();
  fault.textContent = "";
  variables.removeAttribute("aria-invalid");
  let given;
  try {
    given = variables.value.trim() ? JSON.parse(variables.value) : undefined;
  } catch (error) {
    fault.textContent = `The variables are no JSON: ${error.message}`;
    variables.setAttribute("aria-invalid", "true");
    variables.focus();
    return;
  }
  turn += 1;
  const mine = turn;
  byId("run").setAttribute("aria-busy", "true");
  try {
    const came = await ask(await who.tokenOf(who.current()?.clientId), query.value, given);
    if (mine === turn) show(came);
    if (mine === turn && byHand) byId("answer-title").scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (mine === turn) lost(error);
  }
  if (mine === turn) byId("run").removeAttribute("aria-busy");
}

// Takes an example: whom it is for, its question, and the variables of this moment.
export async function take(example) {
  if (who.isDemo()) who.choose(example.client);
  turn += 1;
  const mine = turn;
  clear();
  const note = byId("example-note");
  note.hidden = false;
  note.textContent = example.note;
  query.value = example.query;
  variables.value = "";
  fault.textContent = "";
  mark(example.id);
  try {
    const found = await lookUp(example, who.current()?.clientId);
    if (mine !== turn) return false;
    const given = example.fill ? example.fill(found) : example.variables;
    variables.value = given ? JSON.stringify(given, null, 2) : "";
  } catch {
    note.textContent = `${example.note} What it needs is not there any more: nobody is in the state that it starts from.`;
  }
  keep();
  return true;
}

function mark(id) {
  for (const button of byId("examples").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.example === id));
  }
}

function card(example) {
  return make(
    "li",
    {},
    make(
      "button",
      {
        type: "button",
        "data-example": example.id,
        "aria-pressed": "false",
        click: async () => {
          // A command waits to be sent by hand; a question does no harm.
          if ((await take(example)) && !example.command) await run(false);
        },
      },
      make("span", { class: "title" }, example.title),
      make("span", { class: example.command ? "tag command" : "tag" }, example.command ? "command" : "question"),
    ),
  );
}

function showKind(kind) {
  if (!EXAMPLES.some((example) => example.kind === kind)) return;
  kindShown = kind;
  for (const button of byId("kinds").children) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
  byId("examples").replaceChildren(...EXAMPLES.filter((example) => example.kind === kind).map(card));
}

function chosen() {
  turn += 1;
  byId("run").removeAttribute("aria-busy");
  const client = who.current();
  if (client) {
    byId("asking-as").replaceChildren("as ", make("strong", {}, client.organisation), " ", ...who.named(client.clientId));
    if (client.kind !== kindShown) showKind(client.kind);
  }
  byId("example-note").hidden = true;
  mark(null);
  clear();
}

export function begin() {
  const kinds = KINDS.map(([kind, word]) =>
    make("button", { type: "button", "data-kind": kind, "aria-pressed": "false", click: () => showKind(kind) }, word),
  );
  byId("kinds").replaceChildren(...kinds);
  showKind(kindShown);
  query.value = sessionStorage.getItem(STORED.query) ?? EXAMPLES[1].query;
  variables.value = sessionStorage.getItem(STORED.variables) ?? "";
  who.changes.addEventListener("chosen", chosen);
  byId("run").addEventListener("click", () => run());
  for (const field of [query, variables]) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      run();
    });
    field.addEventListener("input", keep);
  }
}
