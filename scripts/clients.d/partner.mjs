// A partner of the programme who needs no library: it asks over HTTP, and gives the commands that the others hear of.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { bearer } from "./library.mjs";

const [server, gateway] = process.argv.slice(2);

export const tokenOf = (client) => execFileSync(gateway, ["token", client, "--demo"], { encoding: "utf8" }).trim();

export class Partner {
  constructor(client) {
    this.token = tokenOf(client);
  }

  async asks(query, variables) {
    const answer = await fetch(`${server}/graphql`, {
      method: "POST",
      headers: { authorization: bearer(this.token), "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(`${query}\n  got ${JSON.stringify(errors)}`);
    return data;
  }

  // Gives a command; answers with the codes of the rules that refused, and the row.
  async gives(command, type, row, input) {
    const query = `mutation($input: ${type}!) { ${command}(input: $input) { errors { code } ${row} } }`;
    return (await this.asks(query, { input: { idempotencyKey: randomUUID(), ...input } }))[command];
  }
}

// The name of a token, by which it is revoked.
export const jtiOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString()).jti;
