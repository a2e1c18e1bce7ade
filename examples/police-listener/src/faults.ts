// What may go wrong, and what to do then: docs/errors.md and docs/delivery.md as a table.

/** Come back, with what is known of when. */
export interface Again {
  readonly kind: "again";
  readonly why: string;
  readonly seconds?: number;
  /** The client was not let in, or was shown out: a new token may help, and if it does not, nothing will. */
  readonly refused?: boolean;
  /** There is nothing to wait for. */
  readonly atOnce?: boolean;
}

/** Nothing that this program can do by itself will help. */
export interface Stop {
  readonly kind: "stop";
  readonly why: string;
}

export type Verdict = Again | Stop;

const again = (why: string, more: Partial<Again> = {}): Again => ({ kind: "again", why, ...more });
const stop = (why: string): Stop => ({ kind: "stop", why });

/** An error that the gateway spelled out: beside `data`, at the end of a stream, or with a status of HTTP. */
export class GatewayError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly seconds?: number,
  ) {
    super(`${code}: ${message}`);
  }
}

/** The handshake of a WebSocket was answered by HTTP. */
export class HandshakeError extends Error {
  constructor(
    readonly status: number,
    readonly seconds?: number,
  ) {
    super(`the handshake was answered with status ${status}`);
  }
}

/** The program is not to go on before somebody has looked. */
export class NeedsSomebody extends Error {}

/** `Retry-After` in seconds, where a header says so. */
export function secondsOf(header: string | null | undefined): number | undefined {
  return header && /^\d+$/.test(header) ? Number(header) : undefined;
}

function byCode({ code, message, seconds }: GatewayError): Verdict {
  switch (code) {
    case "TOKEN_EXPIRED":
      return again(message, { atOnce: true });
    case "UNAUTHENTICATED":
      return again(message, { refused: true });
    case "RATE_LIMITED":
    case "OVERLOADED":
      return again(message, seconds === undefined ? {} : { seconds });
    case "INTERNAL":
    case "TIMEOUT":
    case "TOO_SLOW":
    case "CURSOR_EXPIRED": // whoever comes back looks where the inbox begins
      return again(message);
    default:
      // PURPOSE_REQUIRED, FORBIDDEN, GRAPHQL_VALIDATION_FAILED and the like: the same request gets the same answer.
      return stop(message);
  }
}

function byClose(code: number, reason: string): Verdict {
  const why = `${code} ${reason}`.trim();
  switch (code) {
    case 4401:
      return again(why, { refused: true });
    case 4403:
      return reason.startsWith("Token expired") ? again(why, { atOnce: true }) : again(why, { refused: true });
    case 4400:
    case 4409:
    case 4429:
    case 1009:
      return stop(why);
    default:
      // 1011, 1012, 1013, 4408, a line that broke (1006), and codes of the library's own: come back after the last place.
      return again(why);
  }
}

export function judge(fault: unknown): Verdict {
  if (fault instanceof NeedsSomebody) return stop(fault.message);
  if (fault instanceof GatewayError) return byCode(fault);
  if (fault instanceof HandshakeError) {
    if (fault.status === 401) return again(fault.message, { refused: true });
    return again(fault.message, fault.seconds === undefined ? {} : { seconds: fault.seconds });
  }
  const close = fault as { code?: unknown; reason?: unknown } | null;
  if (typeof close?.code === "number") return byClose(close.code, String(close.reason ?? ""));
  return again(fault instanceof Error ? fault.message : String(fault));
}
