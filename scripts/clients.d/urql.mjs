// urql: queries and mutations by its fetchExchange, subscriptions by graphql-ws. Its exchange keeps the variables, as that of
// Apollo does: the application comes back.

import { AGAIN, FOLLOW, bearer, library, versionOf } from "./library.mjs";
import { connects } from "./graphql-ws.mjs";

const { Client, fetchExchange, subscriptionExchange } = library("@urql/core");
const { onEnd, pipe, subscribe } = library("wonka");

export const name = "@urql/core";
export const version = versionOf(name);
export const refusal = ["4401 and 401", "4403 and 401"];

function opens(address, token) {
  const socket = connects(address, token);
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
  });
  return new Client({
    url: `${address}/graphql`,
    fetchOptions: { headers: { Authorization: bearer(token) } },
    preferGetMethod: false,
    exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })],
  });
}

const codeOf = ({ networkError, message, response }) => String(networkError?.code ?? response?.status ?? message);

export function follows(address, token, inbox) {
  let open;
  const subscribes = () => {
    let broken = false;
    const hears = ({ data, error }) => {
      if (!error?.networkError) return inbox.hears({ data, errors: error?.graphQLErrors });
      broken = true;
      setTimeout(subscribes, AGAIN);
    };
    // A client of its own each time: one that has ended a subscription remembers it.
    const notices = opens(address, token).subscription(FOLLOW, { after: inbox.last });
    open = pipe(notices, onEnd(() => broken || inbox.ends("complete")), subscribe(hears));
  };
  subscribes();
  return () => open.unsubscribe();
}

export async function asks(address, token, query, variables) {
  const client = opens(address, token);
  const asked = query.startsWith("mutation") ? client.mutation(query, variables) : client.query(query, variables);
  const { data, error } = await asked.toPromise();
  if (error) throw error;
  return { data };
}

export async function isRefused(address, token) {
  const { error } = await opens(address, token).subscription(FOLLOW, {}).toPromise();
  const byHttp = await asks(address, token, "{ __typename }").catch(codeOf);
  return `${codeOf(error)} and ${byHttp.data ? "nothing" : byHttp}`;
}
