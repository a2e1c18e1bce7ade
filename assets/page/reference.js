// The schema reference: every type and field with who may read it, to be searched, and of it what the chosen client has.
//
// The whole comes from the SDL, which needs no token; what the client has of it is what introspection shows to that client.

import { ask } from "./ask.js";
import { byId, count, footnote, make } from "./dom.js";
import { parse } from "./sdl.js";
import * as who from "./who.js";

const VISIBLE = `{ __schema { types { name
  fields(includeDeprecated: true) { name } inputFields { name } enumValues(includeDeprecated: true) { name } } } }`;
const ROOTS = { Query: "Questions", Mutation: "Commands", Subscription: "Live" };
const KINDS = { type: "Types", interface: "Interfaces", union: "Unions", input: "Inputs", enum: "Vocabularies", scalar: "Scalars" };
const MOST = 60;

let types = new Map();
// Names as `Type` and `Type.field` that the chosen client has; null while that is not known.
let visible = null;
// Which of its questions is the last: an answer to an earlier one comes too late.
let turn = 0;

const mine = (name) => !byId("only-mine").checked || !visible || visible.has(name);

// "…. Read by: a, b; in part by: c (how)." in its parts.
function told(description) {
  const [, text, verb, whole, part] = /^(.*?)\s*(?:(Read by|For): ([^;]*?)(?:; (?:in part by: )?(.*?))?\.)?$/s.exec(description) ?? [null, description];
  const list = (names) => (names ?? "").split(/, (?![^(]*\))/).filter(Boolean);
  return { text, verb, whole: list(whole), part: list(part) };
}

function readers({ verb, whole, part }) {
  if (!verb) return "";
  return make(
    "p",
    { class: "readers" },
    make("span", { class: "quiet" }, verb === "For" ? "for " : "read by "),
    whole.map((name) => make("span", { class: "reader" }, name)),
    part.length ? make("span", { class: "quiet" }, verb === "For" ? " " : " in part by ") : "",
    part.map((name) => make("span", { class: "reader part" }, name)),
    whole.length + part.length === 0 ? make("span", { class: "reader" }, "nobody") : "",
  );
}

// `[Case!]!` with a link to what it is made of.
function typeLink(type) {
  const [, before, name, after] = /^(\[*)(\w+)(.*)$/.exec(type);
  return make("code", { class: "type" }, before, types.has(name) ? make("a", { href: `#/${name}` }, name) : name, after);
}

function argument({ name, type, preset, description }) {
  return make("li", {}, make("code", {}, `${name}: `), typeLink(type), preset === null ? "" : make("code", {}, ` = ${preset}`), make("span", { class: "quiet" }, ` ${description}`));
}

function fieldEntry(type, field) {
  const words = told(field.description);
  const own = !visible || visible.has(`${type.name}.${field.name}`);
  return make(
    "li",
    { id: `/${type.name}.${field.name}`, class: own ? "field" : "field foreign", tabindex: "-1" },
    make(
      "p",
      { class: "name" },
      make("code", {}, field.name),
      field.type ? make("code", {}, ": ") : "",
      field.type ? typeLink(field.type) : "",
      field.preset ? make("code", {}, ` = ${field.preset}`) : "",
      field.directives.deprecated ? make("span", { class: "badge bad" }, "deprecated") : "",
      own ? "" : make("span", { class: "badge" }, "not for this client"),
    ),
    make("p", {}, words.text),
    readers(words),
    field.args.length ? make("details", {}, make("summary", {}, count(field.args.length, "argument")), make("ul", {}, field.args.map(argument))) : "",
  );
}

function showType(name, field) {
  const type = types.get(name);
  const article = byId("type");
  if (!type) {
    article.replaceChildren(make("p", {}, `There is no ${name} in the schema.`));
    return;
  }
  const words = told(type.description);
  const shown = type.fields.filter((one) => one.name === field || mine(`${name}.${one.name}`));
  const hidden = type.fields.length - shown.length;
  const note = make("p", { class: "footnote" });
  const related = [...type.interfaces, ...type.members];
  article.replaceChildren(
    make("h3", { id: `/${name}`, tabindex: "-1" }, make("span", { class: "quiet" }, `${type.kind} `), name, "oneOf" in type.directives ? make("span", { class: "badge" }, "exactly one of these") : ""),
    make("p", {}, words.text),
    readers(words),
    related.length ? make("p", { class: "related" }, type.interfaces.length ? "is a " : "is one of ", related.map((one) => [typeLink(one), " "]).flat()) : "",
    make("ul", { class: "fields" }, shown.map((one) => fieldEntry(type, one))),
    hidden ? make("p", { class: "quiet" }, `${count(hidden, "more entry", "more entries")} that this client does not have.`) : "",
    note,
  );
  footnote(note, article.textContent);
  for (const link of byId("types").querySelectorAll("a")) {
    if (link.getAttribute("href") === `#/${name}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function group(title, list) {
  return list.length
    ? make("details", { open: title !== KINDS.input && title !== KINDS.enum }, make("summary", {}, `${title} (${list.length})`), make("ul", {}, list.map((one) => make("li", {}, make("a", { href: `#/${one}` }, one)))))
    : null;
}

function listAll() {
  const all = [...types.values()].filter((type) => mine(type.name));
  const groups = [["Where to begin", all.filter((type) => type.name in ROOTS)]];
  for (const [kind, title] of Object.entries(KINDS)) groups.push([title, all.filter((type) => type.kind === kind && !(type.name in ROOTS))]);
  byId("types").replaceChildren(...groups.map(([title, list]) => group(title, list.map((type) => type.name))).filter(Boolean));
  const fields = all.reduce((sum, type) => sum + type.fields.filter((field) => mine(`${type.name}.${field.name}`)).length, 0);
  byId("schema-count").textContent = `${count(all.length, "type")}, ${count(fields, "field")}`;
}

// How well an entry answers the search; 0 where it does not.
function rank(wanted, name, description) {
  const lower = name.toLowerCase();
  const last = lower.split(".").at(-1);
  if (lower === wanted || last === wanted) return 4;
  if (last.startsWith(wanted) || lower.startsWith(wanted)) return 3;
  if (lower.includes(wanted)) return 2;
  return description.toLowerCase().includes(wanted) ? 1 : 0;
}

function find(text) {
  const wanted = text.toLowerCase();
  const entries = [...types.values()].flatMap((type) => [
    { name: type.name, description: type.description },
    ...type.fields.map((field) => ({ name: `${type.name}.${field.name}`, description: field.description })),
  ]);
  const hits = entries
    .filter(({ name }) => mine(name))
    .map((entry) => ({ ...entry, rank: rank(wanted, entry.name, entry.description) }))
    .filter((entry) => entry.rank > 0)
    .sort((one, other) => other.rank - one.rank || one.name.length - other.name.length);
  byId("schema-count").textContent = hits.length > MOST ? `the best ${MOST} of ${count(hits.length, "hit")}` : count(hits.length, "hit");
  byId("types").replaceChildren(
    make(
      "ul",
      { class: "hits" },
      hits.slice(0, MOST).map(({ name, description }) => make("li", {}, make("a", { href: `#/${name}` }, name), make("span", { class: "quiet" }, ` ${told(description).text}`))),
    ),
  );
}

function list() {
  const text = byId("search").value.trim();
  if (text) find(text);
  else listAll();
}

// Goes to what the address names after `#/`.
function go() {
  const [, name, field] = /^#\/(\w+)(?:\.(\w+))?$/.exec(location.hash) ?? [];
  if (!name || types.size === 0) return;
  showType(name, field);
  const target = document.getElementById(field ? `/${name}.${field}` : `/${name}`) ?? byId("type");
  target.scrollIntoView({ block: field ? "center" : "nearest" });
  target.focus({ preventScroll: true });
}

async function learn() {
  const [client, own] = [who.current(), ++turn];
  visible = null;
  const token = await who.tokenOf(client?.clientId);
  const { answer } = token ? await ask(token, VISIBLE) : {};
  if (own !== turn) return;
  if (answer?.data) {
    const names = answer.data.__schema.types.flatMap((type) => [
      type.name,
      ...[...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])].map((entry) => `${type.name}.${entry.name}`),
    ]);
    visible = new Set(names);
  }
  byId("only-mine").disabled = !visible;
  byId("only-mine-text").textContent = client ? `Only what ${client.organisation} has` : "Only what this client has";
  list();
  const shown = byId("type").querySelector("h3")?.id.slice(1);
  showType(shown ?? "Query");
}

export async function begin() {
  byId("search").addEventListener("input", list);
  byId("only-mine").addEventListener("change", () => {
    list();
    showType(byId("type").querySelector("h3")?.id.slice(1) ?? "Query");
  });
  window.addEventListener("hashchange", go);
  who.changes.addEventListener("chosen", () => learn().catch(() => list()));
  const answer = await fetch(new URL("schema.graphql", document.baseURI), { cache: "no-cache" });
  types = parse(await answer.text());
  if (who.current() || !who.isDemo()) await learn();
  go();
}
