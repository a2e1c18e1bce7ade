// Compares schema.graphql with that of the last release, once it is shown on samples what is found.

import { read, versionOf } from "./library.mjs";
import { judged } from "./changes.mjs";

const OLD = 'input I { a: Int } type T { plain: Int old: Int @deprecated(reason: "Use `plain`. Removal: 2026-06-30") gone(by: Int): Gone } type Gone { a: Int } enum E { A B } type Query { t(i: I, by: E): T }';
const log = (lines) => `# Changelog\n\n## Unreleased\n\n### Added\n\n${lines}\n\n## 0.1.0\n\n- **Breaking:** \`T.plain\`\n`;

// What is changed, what the changelog says, the day, and what has to be found: a failure of a place, or none.
const samples = [
  [["plain: Int ", ""], "", "2026-12-31", "T.plain"],
  [["plain: Int ", ""], "- `T.plain` is gone.", "2026-12-31", "T.plain"],
  [["plain: Int ", ""], "- **Breaking:** all of `T`", "2026-12-31", "T.plain"],
  [["plain: Int ", ""], "- **Breaking:** no more\n  `T.plain`: ask for nothing.", "2026-12-31", undefined],
  [["plain: Int ", "plain: Int! "], "", "2026-12-31", undefined],
  [["plain: Int ", "plain: String "], "", "2026-12-31", "T.plain"],
  [[/old: .*?\) gone/, "gone"], "- `T.old` is gone.", "2026-06-29", "T.old"],
  [[/old: .*?\) gone/, "gone"], "", "2026-12-31", "T.old"],
  [[/old: .*?\) gone/, "gone"], "### Removed\n\n- `T.old` is gone.", "2026-06-30", undefined],
  [["gone(by: Int): Gone", ""], "- **Breaking:** `T.gone`", "2026-12-31", undefined],
  [["gone(by: Int)", "gone"], "", "2026-12-31", "T.gone(by:)"],
  [["gone(by: Int)", "gone(by: Int!)"], "", "2026-12-31", "T.gone(by:)"],
  [["input I { a: Int }", "input I { a: Int b: Int! }"], "", "2026-12-31", "I.b"],
  [["enum E { A B }", "enum E { A }"], "", "2026-12-31", "E.B"],
  [["enum E { A B }", "enum E { A B C }"], "", "2026-12-31", undefined],
];

const complaints = [];
for (const [[from, to], lines, today, place] of samples) {
  const changed = OLD.replace(from, to);
  const { failures } = await judged(OLD, changed, log(lines), today);
  const places = failures.map((failure) => failure.split(": ")[0]);
  if (changed === OLD || places.join() !== (place ?? "")) complaints.push(`${to || `without ${from}`}, "${lines}", ${today}: found ${places.join() || "nothing"}, not ${place}`);
}
const added = await judged(OLD, OLD.replace("A B", "A B C"), log(""), "2026-12-31");
if (added.dangerous.length !== 1) complaints.push("a word that is added to a vocabulary is not called dangerous");
if (added.overdue.length !== 1) complaints.push("what is overdue is not told");
const tried = complaints.length;

const today = new Date().toISOString().slice(0, 10);
const result = await judged(read("tests/golden/released.graphql"), read("schema.graphql"), read("CHANGELOG.md"), today);
complaints.push(...result.failures);
const counts = `${result.told.length + result.failures.length} breaking, ${result.dangerous.length} dangerous, ${result.others} other changes since the release; ${result.deprecated} deprecated`;
const verdict = complaints.length === 0 ? "ok" : "NOT SO";
console.log(`graphql-inspector ${versionOf("@graphql-inspector/core")}: tried on ${samples.length} samples; ${counts}: ${verdict}`);
for (const complaint of complaints) console.log(`  ${complaint}`);
if (tried > 0) console.log("  (the comparison itself is not what it should be)");
for (const line of result.told) console.log(`  breaking: ${line}`);
for (const line of result.dangerous) console.log(`  dangerous: ${line}`);
for (const line of result.overdue) console.log(`  overdue: ${line}: take it away, or give it more time in src/graphql/deprecations.rs`);
process.exit(complaints.length === 0 ? 0 : 1);
