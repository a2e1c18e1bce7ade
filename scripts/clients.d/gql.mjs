// Python's gql, in a process of its own for each thing that it does (gql_client.py).

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { FOLLOW, socketOf } from "./library.mjs";

const python = process.argv[5];
const script = fileURLToPath(new URL("gql_client.py", import.meta.url));
const versionOf = (name) =>
  execFileSync(python, ["-c", `import importlib.metadata as m; print(m.version("${name}"))`], { encoding: "utf8" }).trim();

export const name = "gql (Python)";
export const version = `${versionOf("gql")} on websockets ${versionOf("websockets")}`;
export const refusal = ["4401", "4403"];

function starts(action, address, token, query, variables) {
  const child = spawn(python, [script, action, socketOf(address), query, JSON.stringify(variables)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(`${token}\n`);
  // However the driver ends: whoever follows would come back for ever.
  process.on("exit", () => child.kill());
  return child;
}

export function follows(address, token, inbox) {
  const child = starts("follow", address, token, FOLLOW, { after: inbox.last });
  createInterface(child.stdout).on("line", (line) => {
    const { complete, ...answer } = JSON.parse(line);
    complete ? inbox.ends("complete") : inbox.hears(answer);
  });
  child.on("exit", (status) => inbox.ends(`the process ended with ${status}`));
  return () => child.kill();
}

export async function asks(address, token, query, variables = {}) {
  const child = starts("ask", address, token, query, variables);
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error("no answer");
}

export const isRefused = async (address, token) => String((await asks(address, token, "{ __typename }")).closed ?? "nothing");
