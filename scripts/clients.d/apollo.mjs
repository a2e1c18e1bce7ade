// Apollo Client: queries and mutations by its HttpLink, subscriptions by graphql-ws. Its link keeps the variables that it
// was first given, so that coming back is the application's part: a new subscription, after the last notice.

import { AGAIN, FOLLOW, bearer, library, versionOf } from "./library.mjs";
import { connects } from "./graphql-ws.mjs";

const { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } = library("@apollo/client/core");
const { GraphQLWsLink } = library("@apollo/client/link/subscriptions");
// The link compares with a constant of this global, which Node.js 20 does not have.
globalThis.WebSocket ??= library("ws");

export const name = "@apollo/client";
export const version = versionOf(name);
export const refusal = ["4401 and 401", "4403 and 401"];

// Its cache asks for the type of every row besides.
const asAsked = (data) => JSON.parse(JSON.stringify(data, (key, value) => (key === "__typename" ? undefined : value)));

function opens(address, token) {
  const byHttp = new HttpLink({ uri: `${address}/graphql`, headers: { Authorization: bearer(token) } });
  const bySocket = new GraphQLWsLink(connects(address, token));
  const link = ApolloLink.split(({ operationType }) => operationType === "subscription", bySocket, byHttp);
  const uncached = { fetchPolicy: "no-cache" };
  return new ApolloClient({ link, cache: new InMemoryCache(), defaultOptions: { query: uncached, mutate: uncached } });
}

export function follows(address, token, inbox) {
  const client = opens(address, token);
  let open;
  const subscribes = () => {
    let broken = false;
    const fails = (error) => {
      if (CombinedGraphQLErrors.is(error)) return inbox.hears({ errors: error.errors });
      broken = true;
      setTimeout(subscribes, AGAIN);
    };
    open = client.subscribe({ query: gql(FOLLOW), variables: { after: inbox.last }, fetchPolicy: "no-cache" }).subscribe({
      next: ({ data, error }) => (error ? fails(error) : inbox.hears({ data: asAsked(data) })),
      error: fails,
      complete: () => broken || inbox.ends("complete"),
    });
  };
  subscribes();
  return () => open.unsubscribe();
}

export async function asks(address, token, query, variables) {
  const client = opens(address, token);
  const document = gql(query);
  const isCommand = document.definitions[0].operation === "mutation";
  const answer = isCommand ? client.mutate({ mutation: document, variables }) : client.query({ query: document, variables });
  return { data: asAsked((await answer).data) };
}

export async function isRefused(address, token) {
  const client = opens(address, token);
  const bySocket = await new Promise((refused) => {
    const said = (error) => refused(/\b4\d{3}\b/.exec(error.message)?.[0] ?? error.message);
    client.subscribe({ query: gql(FOLLOW) }).subscribe({ next: ({ error }) => error && said(error), error: said });
  });
  const byHttp = await asks(address, token, "{ __typename }").catch((error) => error.statusCode ?? error.message);
  return `${bySocket} and ${byHttp}`;
}
