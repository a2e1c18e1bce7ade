// Who asks. In a demo one of its clients, each with a token that the demo gives; elsewhere whoever has a token.
//
// A token is held in memory alone. Of the client chosen only its name goes into this tab's session storage.

import { byId, make } from "./dom.js";
import { KINDS } from "./examples.js";

const STORED = "avrr:client";

// Says "chosen" when somebody else asks from now on.
export const changes = new EventTarget();

let clients = [];
let chosen = null;
let demo = false;

const address = (path) => new URL(path, document.baseURI);

async function read(path) {
  const answer = await fetch(address(path), { cache: "no-store" });
  return answer.json();
}

function secondsLeft(token) {
  try {
    const claims = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")));
    return claims.exp - Date.now() / 1000;
  } catch {
    return 0;
  }
}

export const isDemo = () => demo;

export const find = (clientId) => clients.find((client) => client.clientId === clientId);

// The client that asks now; null where it is whoever owns the token in the field.
export const current = () => chosen;

// A token of this client. A demo's token runs out after minutes: then the demo gives new ones.
export async function tokenOf(clientId) {
  if (!demo) return byId("token").value.trim();
  if (secondsLeft(find(clientId)?.token ?? "") < 60) clients = await read("page/clients.json");
  return find(clientId)?.token ?? "";
}

// Has this client ask from now on.
export function choose(clientId) {
  const client = find(clientId);
  if (!client || client.clientId === chosen?.clientId) return;
  chosen = client;
  sessionStorage.setItem(STORED, clientId);
  const button = document.querySelector(`input[name="client"][value="${CSS.escape(clientId)}"]`);
  button.checked = true;
  byId("who-short").replaceChildren(client.organisation);
  changes.dispatchEvent(new Event("chosen"));
}

// What the request is for, where whoever has the token says so.
export const purpose = () => byId("purpose").value.trim();

// A client's name; with the asterisk where it names Kosovo*.
export function named(clientId) {
  const code = make("code", {}, clientId);
  return clientId.includes("kosovo") ? [code, make("a", { href: "#kosovo", class: "asterisk", "aria-label": "footnote" }, "*")] : [code];
}

function list() {
  const groups = KINDS.map(([kind, word]) => {
    const members = clients.filter((client) => client.kind === kind);
    if (members.length === 0) return null;
    const buttons = members.map(({ clientId, organisation }) =>
      make(
        "label",
        { class: "client" },
        make("input", { type: "radio", name: "client", value: clientId, change: () => choose(clientId) }),
        make("span", {}, make("span", { class: "organisation" }, organisation), " ", make("span", { class: "id" }, clientId.replace(/kosovo$/, "kosovo*"))),
      ),
    );
    return make("fieldset", {}, make("legend", {}, word), buttons);
  });
  byId("clients").replaceChildren(...groups.filter(Boolean));
}

// Finds out whom one can be, and is somebody: whom this tab was before, or an embassy.
export async function begin(about) {
  demo = about.demo;
  // A narrow screen has better use for its height.
  byId("who-details").open = window.matchMedia("(min-width: 60rem)").matches || !demo;
  if (demo) {
    clients = await read("page/clients.json");
    list();
    const before = sessionStorage.getItem(STORED);
    choose(find(before) ? before : "embassy-iraq-belgrade");
    return;
  }
  byId("who-hint").textContent = "Give the access token of your client. What you may see and do follows from it.";
  byId("token-box").hidden = false;
  byId("token-box").addEventListener("change", () => changes.dispatchEvent(new Event("chosen")));
  byId("token-box").addEventListener("submit", (event) => event.preventDefault());
  changes.dispatchEvent(new Event("chosen"));
}
