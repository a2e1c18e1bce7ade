// Questions and commands over HTTP, as the generated types have them.

import { GatewayError, secondsOf } from "./faults.js";
import type { TypedDocumentString } from "./gql/graphql.js";
import type { Settings } from "./settings.js";
import type { Tokens } from "./tokens.js";

// The gateway gives up after 30 seconds, if nothing else is set.
const PATIENCE = 40_000;

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

export class Gateway {
  constructor(
    private readonly settings: Settings,
    readonly tokens: Tokens,
  ) {}

  /** What a connection or a request has to say of who asks. */
  async credentials(): Promise<Record<string, string>> {
    const { purpose } = this.settings;
    return { Authorization: `Bearer ${await this.tokens.current()}`, ...(purpose ? { "X-Purpose": purpose } : {}) };
  }

  get socketAddress(): string {
    return `${this.settings.server.replace(/^http/, "ws")}/graphql`;
  }

  /** Fails with a GatewayError where the gateway says why, and with another where there is no answer. */
  async asks<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Result> {
    const answer = await fetch(`${this.settings.server}/graphql`, {
      method: "POST",
      headers: { ...(await this.credentials()), "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      redirect: "error",
    });
    const text = await answer.text();
    let said: Answer<Result>;
    try {
      said = JSON.parse(text) as Answer<Result>;
    } catch {
      // Not the gateway, but what stands in front of it.
      throw new GatewayError(answer.status < 500 ? "BAD_REQUEST" : "OVERLOADED", `status ${answer.status} without an answer`,
        secondsOf(answer.headers.get("retry-after")));
    }
    const [error] = said.errors ?? [];
    if (error) {
      throw new GatewayError(error.extensions?.code ?? "INTERNAL", error.message, secondsOf(answer.headers.get("retry-after")));
    }
    if (!said.data) throw new Error(`status ${answer.status} without data`);
    return said.data;
  }
}
