// A reader by WebSocket: graphql-ws, a new client for each connection, which subscribes after the last notice that it has.

import { library } from "./settings.mjs";
import { NOTICE, Stream } from "./stream.mjs";

const { createClient } = library("graphql-ws");
const WebSocket = library("ws");

const QUERY = `subscription($after: Int) { notices(afterSequence: $after) { ${NOTICE} } }`;

export class BySocket extends Stream {
  constructor(partner, after) {
    super(partner, "websocket", after);
  }

  connect(one) {
    return new Promise((over) => {
      const client = createClient({
        url: `${one.address.replace(/^http/, "ws")}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { Authorization: this.partner.authorization },
        retryAttempts: 0,
        on: {
          opened: (socket) => {
            this.connections += 1;
            // What the library calls to terminate is a farewell; this is none.
            this.line = { destroy: () => socket.terminate() };
          },
        },
      });
      const ends = () => {
        client.dispose();
        over();
      };
      client.subscribe({ query: QUERY, variables: { after: this.received.last } }, {
        next: (answer) => this.hears(answer),
        error: (fault) => {
          if (Array.isArray(fault)) this.hears({ errors: fault });
          ends();
        },
        complete: ends,
      });
    });
  }
}
