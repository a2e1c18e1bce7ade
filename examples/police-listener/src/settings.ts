// What the program is told when it starts.

import { parseArgs } from "node:util";

export interface Settings {
  /** Address of the gateway, such as https://avrr.example. */
  readonly server: string;
  /** File that holds the place in the inbox and the list of departures. */
  readonly state: string;
  /** Command that prints an access token. */
  readonly tokenCommand: string | undefined;
  /** File that holds an access token, and is kept fresh by somebody else. */
  readonly tokenFile: string | undefined;
  /** Purpose of the requests, for a client that is registered for several. */
  readonly purpose: string | undefined;
}

export const USAGE = `usage: node dist/main.js --server URL (--token-command COMMAND | --token-file FILE) [--state FILE] [--purpose PURPOSE]`;

export function settings(args: string[]): Settings {
  const { values } = parseArgs({
    args,
    options: {
      server: { type: "string" },
      state: { type: "string" },
      "token-command": { type: "string" },
      "token-file": { type: "string" },
      purpose: { type: "string" },
    },
  });
  const { server, state = "departures.json", purpose } = values;
  const [tokenCommand, tokenFile] = [values["token-command"], values["token-file"]];
  if (!server || !/^https?:$/.test(new URL(server).protocol)) throw new Error("--server has to be an address with http or https");
  if ((tokenCommand === undefined) === (tokenFile === undefined)) throw new Error("one of --token-command and --token-file");
  return { server: server.replace(/\/+$/, ""), state, tokenCommand, tokenFile, purpose };
}
