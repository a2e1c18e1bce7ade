// One connection to the inbox, from a place on, until it ends. It does not come back by itself: the library would ask for
// the old place again, with the old token.

import type { IncomingMessage } from "node:http";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Notice } from "./book.js";
import { GatewayError, HandshakeError, secondsOf } from "./faults.js";
import type { Gateway } from "./gateway.js";
import { InboxDocument, type InboxSubscription } from "./gql/graphql.js";

// The gateway gives a sign of life every 30 seconds. A line that is silent for longer than this is none.
const SILENCE = 75_000;
const ACKNOWLEDGEMENT = 15_000;

interface CodedError {
  readonly message: string;
  readonly extensions?: Record<string, unknown> | undefined;
}

function spelledOut([error]: readonly CodedError[]): Error {
  return new GatewayError(String(error?.extensions?.["code"] ?? "INTERNAL"), error?.message ?? "the stream ended with an error");
}

/** Notices after a place, one after the other, as they come. Ends where the gateway completes it, and fails where it fails. */
export async function* inbox(gateway: Gateway, after: number, signal: AbortSignal, letIn: () => void): AsyncGenerator<Notice> {
  let refusal: HandshakeError | undefined;
  // The library tells of a handshake that failed, but not of the status and how long to wait.
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.on("unexpected-response", (_request: unknown, answer: IncomingMessage) => {
        refusal = new HandshakeError(answer.statusCode ?? 0, secondsOf(answer.headers["retry-after"]));
        this.terminate();
      });
    }
  }

  let silence: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => client.terminate(), SILENCE);
  };
  const client = createClient({
    url: gateway.socketAddress,
    webSocketImpl: Socket,
    connectionParams: () => gateway.credentials(),
    connectionAckWaitTimeout: ACKNOWLEDGEMENT,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    on: { opened: alive, message: alive, connected: letIn },
  });
  const hangUp = (): void => void client.dispose();
  signal.addEventListener("abort", hangUp);
  try {
    const answers = client.iterate<InboxSubscription>({ query: InboxDocument.toString(), variables: { after } });
    for await (const { data, errors } of answers) {
      if (errors?.length) throw spelledOut(errors);
      if (data) yield data.notices;
    }
  } catch (fault) {
    if (refusal) throw refusal;
    throw Array.isArray(fault) ? spelledOut(fault as CodedError[]) : fault;
  } finally {
    signal.removeEventListener("abort", hangUp);
    clearTimeout(silence);
    await client.dispose();
  }
}
