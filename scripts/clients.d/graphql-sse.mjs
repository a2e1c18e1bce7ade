// graphql-sse, the reference client of GraphQL over SSE, in distinct connections mode. It comes back by itself and asks for
// its headers anew. It hands on no ids of events, but the id is the sequence of the notice.

import { AGAIN, FOLLOW, bearer, later, library, versionOf } from "./library.mjs";

const { createClient } = library("graphql-sse");

export const name = "graphql-sse";
export const version = versionOf(name);
export const refusal = ["401", "401"];

const connects = (address, token, options = {}) =>
  createClient({ url: `${address}/graphql`, headers: { Authorization: bearer(token) }, retryAttempts: 0, ...options });

export function follows(address, token, inbox) {
  const client = connects(address, token, {
    headers: () => ({ Authorization: bearer(token), "Last-Event-ID": String(inbox.last) }),
    retryAttempts: Infinity,
    retry: () => later(AGAIN),
  });
  // The variable stays where it began: the header counts.
  client.subscribe({ query: FOLLOW, variables: { after: inbox.first } }, {
    next: (answer) => inbox.hears(answer),
    error: (fault) => inbox.ends(String(fault.response?.status ?? fault.message)),
    complete: () => inbox.ends("complete"),
  });
  return () => client.dispose();
}

export async function asks(address, token, query, variables) {
  const client = connects(address, token);
  for await (const answer of client.iterate({ query, variables })) {
    client.dispose();
    return answer;
  }
}

export async function isRefused(address, token) {
  try {
    await asks(address, token, "{ __typename }");
    return "nothing";
  } catch (fault) {
    return String(fault.response?.status ?? fault.message);
  }
}
