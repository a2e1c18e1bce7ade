// What the clients have in common: where their libraries are, and what they ask.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const packages = process.argv[4];

// Libraries are taken from where scripts/clients has installed them, and nowhere else.
export const library = createRequire(`${packages}/`);

export const versionOf = (name) => JSON.parse(readFileSync(`${packages}/node_modules/${name}/package.json`, "utf8")).version;

export const NOTICE = "id sequence type case { reference }";
export const FOLLOW = `subscription Follow($after: Int) { notices(afterSequence: $after) { ${NOTICE} } }`;

export const socketOf = (address) => `${address.replace(/^http/, "ws")}/graphql`;
export const bearer = (token) => `Bearer ${token}`;
export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// How long a client waits before it tries a broken line again.
export const AGAIN = 100;
