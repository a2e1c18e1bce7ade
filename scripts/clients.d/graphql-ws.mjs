// graphql-ws, the reference client of graphql-transport-ws. It comes back by itself, and sends the request of its
// subscription anew: the variables are read then, so that it goes on after the last notice.

import { AGAIN, FOLLOW, bearer, later, library, socketOf, versionOf } from "./library.mjs";

const { createClient } = library("graphql-ws");
const WebSocket = library("ws");

export const name = "graphql-ws";
export const version = versionOf(name);
export const refusal = ["4401", "4403"];

export function connects(address, token, options = {}) {
  const connectionParams = { Authorization: bearer(token) };
  return createClient({ url: socketOf(address), webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, ...options });
}

export function follows(address, token, inbox) {
  const client = connects(address, token, { retryAttempts: Infinity, retryWait: () => later(AGAIN), shouldRetry: () => true });
  const variables = {
    get after() {
      return inbox.last;
    },
  };
  return client.subscribe({ query: FOLLOW, variables }, {
    next: (answer) => inbox.hears(answer),
    error: (fault) => (Array.isArray(fault) ? inbox.hears({ errors: fault }) : inbox.ends(String(fault.code ?? fault.message))),
    complete: () => inbox.ends("complete"),
  });
}

export async function asks(address, token, query, variables) {
  const client = connects(address, token);
  for await (const answer of client.iterate({ query, variables })) {
    await client.dispose();
    return answer;
  }
}

export async function isRefused(address, token) {
  try {
    await asks(address, token, "{ __typename }");
    return "nothing";
  } catch (closed) {
    return String(closed.code ?? closed.message);
  }
}
