// Lints schema.graphql, once it is shown on samples that the rules find what they are for.

import { library, read, versionOf } from "./library.mjs";
import { configuration, exceptions, off, on } from "./rules.mjs";
import { faults, schema } from "./samples.mjs";

const { ESLint } = library("eslint");
const PLUGIN = "@graphql-eslint/eslint-plugin";

// A plugin keeps the first schema that it is given, so each schema has one of its own.
const freshPlugin = () => {
  for (const file of Object.keys(library.cache)) if (file.includes("/@graphql-eslint/")) delete library.cache[file];
  return library(PLUGIN);
};

// What the rules find in a schema, as the rule with its words.
const found = async (text) => {
  const plugin = freshPlugin();
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: configuration(plugin, text) });
  const [{ messages }] = await eslint.lintText(text, { filePath: "schema.graphql" });
  return messages.map(({ ruleId, line, message }) => ({ rule: String(ruleId).replace("@graphql-eslint/", ""), line, message }));
};

const complaints = [];
const decided = new Set([...Object.keys(on), ...Object.keys(off)]);
for (const [name, { meta }] of Object.entries(freshPlugin().rules)) {
  const isForSchemas = [meta.docs.category].flat().includes("Schema");
  if (isForSchemas && !decided.has(name)) complaints.push(`rules.mjs does not say whether ${name} holds`);
}
for (const { rule, message } of await found(schema({}))) complaints.push(`the good sample is refused: ${rule}: ${message}`);
for (const [rule, parts] of faults) {
  const rules = (await found(schema(parts))).map(({ rule }) => rule);
  if (!rules.includes(rule)) complaints.push(`${rule} does not find ${JSON.stringify(parts)}, only ${rules.join(", ") || "nothing"}`);
}
const tried = complaints.length;

const text = read("schema.graphql");
const lines = text.split("\n");
// The type that a line is of.
const typeAt = (line) => {
  const head = lines.slice(0, line).findLast((words) => /^(type|input|enum|interface|union|scalar) /.test(words));
  return head?.split(" ")[1];
};
const unused = new Set(exceptions);
for (const { rule, line, message } of await found(text)) {
  const placed = `${typeAt(line)}: ${message.replaceAll("\n", " ")}`;
  const exception = exceptions.find(([excepted, words]) => excepted === rule && [message, placed].includes(words));
  if (exception) unused.delete(exception);
  else complaints.push(`schema.graphql:${line}: ${rule}: ${placed}`);
}
for (const [rule, words] of unused) complaints.push(`rules.mjs excepts from ${rule} what is there no more: ${words}`);
const rules = Object.keys(on).length + 1;
const versions = `graphql-eslint ${versionOf(PLUGIN)}`;
console.log(`${versions}: ${rules} rules, tried on ${faults.length} faults: ${complaints.length === 0 ? "ok" : "NOT SO"}`);
for (const complaint of complaints) console.log(`  ${complaint}`);
if (tried > 0) console.log("  (the lint itself is not what it should be)");
process.exit(complaints.length === 0 ? 0 : 1);
