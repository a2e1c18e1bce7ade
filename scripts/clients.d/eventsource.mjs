// eventsource, the EventSource of browsers: GET alone. It comes back by itself, and names the last id that it was given; the
// address stays the same, so that the header alone says where to go on.

import { FOLLOW, bearer, library, versionOf } from "./library.mjs";

const { EventSource } = library("eventsource");

export const name = "eventsource";
export const version = versionOf(name);
export const refusal = ["401", "401"];
// EventSource sends no mutation.
export const commands = false;

function opens(address, token, query, variables) {
  const url = new URL(`${address}/graphql`);
  url.searchParams.set("query", query);
  url.searchParams.set("variables", JSON.stringify(variables));
  const withToken = (input, init) => fetch(input, { ...init, headers: { ...init.headers, Authorization: bearer(token) } });
  return new EventSource(url, { fetch: withToken });
}

export function follows(address, token, inbox) {
  const source = opens(address, token, FOLLOW, { after: inbox.first });
  source.addEventListener("next", ({ data, lastEventId }) => {
    inbox.hears(JSON.parse(data));
    if (lastEventId !== String(inbox.last)) inbox.ends(`the id ${lastEventId} of the notice ${inbox.last}`);
  });
  // Whoever does not close here comes back.
  source.addEventListener("complete", () => (source.close(), inbox.ends("complete")));
  source.addEventListener("error", ({ code }) => source.readyState === EventSource.CLOSED && inbox.ends(String(code)));
  return () => source.close();
}

export function asks(address, token, query, variables = {}) {
  const source = opens(address, token, query, variables);
  return new Promise((answered, refused) => {
    source.addEventListener("next", ({ data }) => answered(JSON.parse(data)));
    source.addEventListener("error", refused);
  }).finally(() => source.close());
}

export async function isRefused(address, token) {
  try {
    await asks(address, token, "{ __typename }");
    return "nothing";
  } catch ({ code, message }) {
    return String(code ?? message);
  }
}
