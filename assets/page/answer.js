// Shows an answer: in figures what it took, in words what was kept back, and then the answer itself, with a mark at each place
// where something was withheld or told in part.

import { byId, count, footnote, make } from "./dom.js";

const WORDS = { WITHHELD: "withheld", MASKED: "told in part" };

// A value as coloured JSON; `marks` says by path what was kept back.
function draw(value, marks, path = [], indent = "") {
  const access = marks.get(JSON.stringify(path));
  const mark = access ? ["\u00a0", make("span", { class: access === "WITHHELD" ? "withheld" : "masked" }, WORDS[access] ?? access)] : [];
  if (value === null) return [make("span", { class: "null" }, "null"), ...mark];
  if (typeof value !== "object") {
    return [make("span", { class: typeof value }, JSON.stringify(value)), ...mark];
  }
  const list = Array.isArray(value);
  const entries = list ? value.map((one, at) => [at, one]) : Object.entries(value);
  if (entries.length === 0) return [list ? "[]" : "{}", ...mark];
  const deeper = `${indent}  `;
  const lines = entries.flatMap(([name, one], at) => [
    at === 0 ? "\n" : ",\n",
    deeper,
    ...(list ? [] : [make("span", { class: "key" }, JSON.stringify(name)), ": "]),
    ...draw(one, marks, [...path, name], deeper),
  ]);
  return [list ? "[" : "{", ...lines, `\n${indent}`, list ? "]" : "}", ...mark];
}

// The value of `data`, marked, as children of an element.
export function drawn(data, redactions = []) {
  return draw(data, new Map(redactions.map(({ path, access }) => [JSON.stringify(path), access])));
}

// Which fields were kept back how often, each with the way to what the schema says of it.
export function tally(redactions) {
  const fields = new Map();
  for (const { field, access } of redactions) {
    const known = fields.get(field) ?? { field, access, times: 0 };
    known.times += 1;
    fields.set(field, known);
  }
  return [...fields.values()].map(({ field, access, times }) =>
    make(
      "li",
      {},
      make("a", { href: `#/${field}`, class: access === "WITHHELD" ? "withheld" : "masked" }, field),
      times > 1 ? ` × ${times}` : "",
    ),
  );
}

function kept(redactions) {
  const box = byId("kept");
  box.hidden = redactions.length === 0;
  if (box.hidden) return;
  const withheld = redactions.filter(({ access }) => access === "WITHHELD").length;
  const masked = redactions.length - withheld;
  const words = [withheld ? `${count(withheld, "value")} withheld` : "", masked ? `${masked} told in part` : ""].filter(Boolean);
  box.replaceChildren(
    make("p", {}, make("strong", {}, `${words.join(", ")}.`), " Not told is not the same as not known: each is named."),
    make("ul", {}, tally(redactions)),
  );
}

const place = ({ locations, path }) => {
  const at = locations?.[0] ? ` (line ${locations[0].line}, column ${locations[0].column})` : "";
  return path ? `${at} at ${path.join(".")}` : at;
};

function problem(code, message, kind) {
  return make("p", { class: "fault", role: "alert" }, make("span", {}, `${kind} `), code ? make("code", {}, code) : "", ` ${message}`);
}

// What is wrong with the question, and what a rule of the programme refused of a command.
function faults(answer) {
  const wrong = (answer?.errors ?? []).map((error) => problem(error.extensions?.code, `${error.message}${place(error)}`, "Error"));
  const refused = Object.values(answer?.data ?? {})
    .flatMap((payload) => (Array.isArray(payload?.errors) ? payload.errors : []))
    .filter((error) => error?.code)
    .map((error) => problem(error.code, error.message ?? "", "Refused by a rule:"));
  byId("faults").replaceChildren(...wrong, ...refused);
}

const badge = (text, good) => make("span", { class: good === undefined ? "badge" : good ? "badge good" : "badge bad" }, text);

// Everything of one answer, as `ask` gives it.
export function show({ status, words, milliseconds, text, answer }) {
  const { cost, redactions = [] } = answer?.extensions ?? {};
  const well = status < 400 && !answer?.errors;
  byId("figures").replaceChildren(
    badge(`${status} ${words}`.trim(), well),
    badge(`${Math.max(1, Math.round(milliseconds))} ms`),
    cost ? badge(`${count(cost.actualQueryCost, "point")} of ${cost.throttleStatus.currentlyAvailable.toLocaleString("en")}`) : "",
  );
  kept(redactions);
  faults(answer);
  // Where there is no data at all, the errors are the answer.
  const told = answer && "data" in answer ? answer.data : { errors: answer?.errors };
  byId("answer").replaceChildren(...(answer ? drawn(told, redactions) : [text]));
  footnote(byId("answer-footnote"), JSON.stringify(answer?.data ?? text));
}

// Nothing came at all.
export function lost(error) {
  byId("figures").replaceChildren(badge("no answer", false));
  kept([]);
  byId("faults").replaceChildren(problem("", error.message, "The server cannot be reached:"));
  byId("answer").replaceChildren();
  footnote(byId("answer-footnote"), "");
}

// Whoever asks now has nothing to do with what was told before.
export function clear() {
  byId("figures").textContent = "Nothing asked yet.";
  kept([]);
  byId("faults").replaceChildren();
  byId("answer").replaceChildren();
  footnote(byId("answer-footnote"), "");
}
