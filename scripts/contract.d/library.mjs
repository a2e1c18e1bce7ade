// Where the packages are that scripts/contract has installed, and where the tree is.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [root, packages] = process.argv.slice(2).map((path) => resolve(path));

// Taken from there and nowhere else.
export const library = createRequire(`${packages}/`);
export const versionOf = (name) => JSON.parse(readFileSync(`${packages}/node_modules/${name}/package.json`, "utf8")).version;

export const read = (file) => readFileSync(join(root, file), "utf8");

// A reason for a deprecation says until when: a day that there is.
export const removalOf = (reason) => {
  const day = /\bRemoval: (\d{4}-\d{2}-\d{2})$/.exec(reason ?? "")?.[1];
  const known = day && new Date(`${day}T00:00:00Z`);
  return known && !Number.isNaN(known.valueOf()) && known.toISOString().startsWith(day) ? day : undefined;
};
