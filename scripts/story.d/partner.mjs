// One partner of the programme, outside the server: asks by curl, listens by graphql-ws. It knows no more of the
// server than its address and its schema.

import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { isDeepStrictEqual, promisify } from "node:util";

const [server, gateway, packages] = process.argv.slice(2);
const require = createRequire(`${packages}/`);
const { createClient } = require("graphql-ws");
const WebSocket = require("ws");
const run = promisify(execFile);

// How long a notice may take to arrive.
const PATIENCE = 10_000;

let checks = 0;

// What the script is for: something that must be so.
export function holds(sentence, actual, expected = true) {
  checks += 1;
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`${sentence}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(actual)}`);
  }
}

export const checksMade = () => checks;

// What a command takes, and which row it answers with.
const REQUEST = "travelDocumentRequest { id version state consularPost { code } case { id } }";
const ITINERARY = "itinerary { id version attemptNo state replacesAttemptNo }";
const GRANT = "cashGrant { id version state tranches { number state } }";
const CASE = "case { id version state persons { id } }";
const COMMANDS = {
  openCase: ["OpenCaseInput", CASE],
  recordCounselling: ["RecordCounsellingInput", CASE],
  decideEligibility: ["DecideEligibilityInput", CASE],
  signApplication: ["SignApplicationInput", CASE],
  requestObjectionCheck: ["RequestObjectionCheckInput", CASE],
  decideObjection: ["DecideObjectionInput", CASE],
  startPreDeparture: ["StartPreDepartureInput", CASE],
  registerCase: ["RegisterCaseInput", CASE],
  requestTravelDocument: ["RequestTravelDocumentInput", REQUEST],
  acknowledgeTravelDocumentRequest: ["AcknowledgeTravelDocumentRequestInput", REQUEST],
  confirmNationality: ["ConfirmNationalityInput", REQUEST],
  issueTravelDocument: ["IssueTravelDocumentInput", REQUEST],
  bookItinerary: ["BookItineraryInput", ITINERARY],
  suspendItinerary: ["SuspendItineraryInput", ITINERARY],
  ticketItinerary: ["TicketItineraryInput", ITINERARY],
  proposeCashGrant: ["ProposeCashGrantInput", GRANT],
  approveCashGrant: ["ApproveCashGrantInput", GRANT],
  payTranche: ["PayTrancheInput", GRANT],
  proposeReintegrationPackage: ["ProposeReintegrationPackageInput", "reintegrationPackage { id state }"],
  confirmTransit: ["ConfirmTransitInput", ITINERARY],
  confirmReception: ["ConfirmReceptionInput", ITINERARY],
  markReadyToDepart: ["MarkReadyToDepartInput", CASE],
  confirmDeparture: ["ConfirmDepartureInput", CASE],
  confirmArrival: ["ConfirmArrivalInput", CASE],
  withdrawCase: ["WithdrawCaseInput", CASE],
  acknowledgeNotices: ["AcknowledgeNoticesInput", "unacknowledged"],
};

const NOTICE = `sequence type case { id reference hostTerritory { name footnote } }
  itinerary { id version attemptNo state segments { flight departureAirport arrivalAirport } }
  travelDocumentRequest { id version state applicant { fullName } } cashGrant { state }`;

export class Partner {
  constructor(name, token) {
    Object.assign(this, { name, token });
  }

  // A demo client, with a token as the program prints it.
  static async called(name) {
    const { stdout } = await run(gateway, ["token", name, "--demo"]);
    return new Partner(name, stdout.trim());
  }

  async post(query, variables) {
    const headers = [`Authorization: Bearer ${this.token}`, "Content-Type: application/json"];
    const curl = run("curl", [
      "-sS", "--max-time", "30", `${server}/graphql`, ...headers.flatMap((header) => ["-H", header]), "--data-binary", "@-",
    ], { maxBuffer: 1 << 26 });
    curl.child.stdin.end(JSON.stringify({ query, variables }));
    return JSON.parse((await curl).stdout);
  }

  // Asks, and takes nothing but an answer.
  async asks(query, variables) {
    const answer = await this.post(query, variables);
    if (answer.errors) throw new Error(`${this.name} asked ${query}\n  got ${JSON.stringify(answer.errors)}`);
    return answer;
  }

  async commanded(command, input) {
    const [type, row] = COMMANDS[command];
    const query = `mutation($input: ${type}!) { ${command}(input: $input) { errors { code field } ${row} } }`;
    const answer = await this.asks(query, { input: { idempotencyKey: randomUUID(), ...input } });
    return answer.data[command];
  }

  // Gives a command that has to be carried out; answers with the row.
  async does(command, input) {
    const { errors, ...row } = await this.commanded(command, input);
    holds(`${this.name} may do ${command}`, errors, []);
    return Object.values(row)[0];
  }

  // Gives a command that a rule has to refuse.
  async isRefused(code, command, input) {
    const { errors } = await this.commanded(command, input);
    holds(`${command} by ${this.name} is refused`, errors.map((error) => error.code), [code]);
  }

  // Gives a command on a row that has to be out of reach.
  async cannotFind(command, input) {
    const [type] = COMMANDS[command];
    const query = `mutation($input: ${type}!) { ${command}(input: $input) { errors { code } } }`;
    const { errors } = await this.post(query, { input: { idempotencyKey: randomUUID(), ...input } });
    holds(`${this.name} finds no row for ${command}`, errors?.map((error) => error.extensions.code), ["NOT_FOUND"]);
  }

  async caseById(id) {
    return (await this.asks("query($id: ID!) { node(id: $id) { ... on Case { id version state } } }", { id })).data.node;
  }

  async grantById(id) {
    return (await this.asks("query($id: ID!) { node(id: $id) { ... on CashGrant { id version state } } }", { id })).data.node;
  }

  // The inbox after a place in it, by plain query.
  async inbox(after) {
    const { data } = await this.asks(
      `query($after: Int!) { notices(first: 100, filter: { afterSequence: $after }) { nodes { id ${NOTICE}
         supersededBy { sequence } retractedAt acknowledgement { by note } } } }`,
      { after },
    );
    return data.notices.nodes;
  }

  // The last place of the inbox.
  async head() {
    const { data } = await this.asks("{ notices(last: 1) { nodes { sequence } } }");
    return data.notices.nodes[0]?.sequence ?? 0;
  }

  listens(after) {
    return new Subscription(this, after);
  }
}

// A WebSocket of one partner on which its notices arrive. Each has to be the next in its inbox.
class Subscription {
  arrived = [];
  waiting = null;
  fault = null;

  constructor(partner, after) {
    Object.assign(this, { partner, last: after });
    this.connect();
  }

  connect() {
    let dropped = false;
    const client = createClient({
      url: `${server.replace(/^http/, "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { Authorization: `Bearer ${this.partner.token}` },
      retryAttempts: 0,
    });
    client.subscribe(
      {
        query: `subscription($after: Int) { notices(afterSequence: $after) { ${NOTICE} } }`,
        variables: { after: this.last },
      },
      {
        next: (answer) => dropped || this.take(answer),
        error: (fault) => dropped || this.fail(fault),
        complete: () => dropped || this.fail("the server ended the subscription"),
      },
    );
    this.hangUp = () => {
      dropped = true;
      client.terminate();
    };
  }

  // The line breaks: no farewell, and what arrives meanwhile is missed.
  drops() {
    this.hangUp();
  }

  // A new socket, which says what was the last notice that the old one had.
  returns() {
    this.connect();
  }

  take({ data, errors }) {
    if (errors) return this.fail(JSON.stringify(errors));
    const notice = data.notices;
    if (notice.sequence !== this.last + 1) return this.fail(`notice ${notice.sequence} came after ${this.last}`);
    this.last = notice.sequence;
    this.arrived.push(notice);
    this.waiting?.();
  }

  fail(fault) {
    this.fault = fault instanceof Error ? fault.message : String(fault?.reason || fault?.code || fault);
    this.waiting?.();
  }

  // The next notice has to be of this type.
  async gets(type, remark = "") {
    const deadline = Date.now() + PATIENCE;
    while (this.arrived.length === 0 && !this.fault && Date.now() < deadline) {
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        this.waiting = () => (clearTimeout(timer), resolve());
      });
    }
    if (this.fault) throw new Error(`the subscription of ${this.partner.name} failed: ${this.fault}`);
    const notice = this.arrived.shift();
    holds(`${this.partner.name} is told ${type}`, notice?.type ?? "nothing, for 10 seconds", type);
    holds("Kosovo* comes with its footnote", footnoted(notice.case));
    const flights = notice.itinerary?.segments ?? [];
    const route = flights.length > 0 ? [flights[0].departureAirport, ...flights.map((flight) => flight.arrivalAirport)] : [];
    const attempt = notice.itinerary?.attemptNo ? `attempt ${notice.itinerary.attemptNo}` : "";
    const words = [type.padEnd(19), route.join("-"), attempt, remark].filter(Boolean).join("  ");
    console.log(`        ${this.partner.name.padEnd(14)} ${String(notice.sequence).padStart(5)}  ${words}`.trimEnd());
    return notice;
  }
}

// Whether the territory of a case comes with Kosovo's asterisk and footnote.
export function footnoted(seen) {
  const { name, footnote } = seen?.hostTerritory ?? {};
  return name === "Kosovo*" && /UNSCR 1244\/1999/.test(footnote ?? "");
}
