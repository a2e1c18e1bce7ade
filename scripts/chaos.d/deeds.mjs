// What was answered as done: whom each command tells what, and what has to be there of each case in the end.

import { RECIPIENTS, fault } from "./settings.mjs";

// Who is told of a command that was carried out, and what.
const TELLS = {
  registerCase: { "migration-kosovo": "AVRR_REGISTERED" },
  requestObjectionCheck: { "migration-kosovo": "OBJECTION_CHECK_REQUESTED" },
  decideObjection: { "iom-pristina": "OBJECTION_RESULT" },
  startPreDeparture: { "iom-pristina": "STATUTORY_PERIOD_STARTED" },
  requestTravelDocument: { "embassy-iraq-belgrade": "TDR_SUBMITTED" },
  acknowledgeTravelDocumentRequest: { "iom-pristina": "TDR_ACKNOWLEDGED" },
  confirmNationality: { "iom-pristina": "TDR_NATIONALITY_CONFIRMED" },
  issueTravelDocument: { "iom-pristina": "TDR_ISSUED" },
  bookItinerary: { "iom-istanbul": "ITINERARY_BOOKED", "iom-baghdad": "ITINERARY_BOOKED" },
  suspendItinerary: { "iom-istanbul": "ITINERARY_SUSPENDED", "iom-baghdad": "ITINERARY_SUSPENDED" },
  confirmTransit: { "iom-pristina": "TRANSIT_ASSISTANCE_CONFIRMED" },
  confirmReception: { "iom-pristina": "RECEPTION_CONFIRMED" },
  approveCashGrant: { "iom-baghdad": "GRANT_APPROVED" },
  payTranche: { "iom-baghdad": "TRANCHE_PAID" },
  markReadyToDepart: {
    "iom-istanbul": "DEPARTURE_PLANNED", "iom-baghdad": "DEPARTURE_PLANNED",
    "police-kosovo": "DEPARTURE_PLANNED", "migration-kosovo": "DEPARTURE_PLANNED",
  },
  confirmDeparture: {
    "iom-istanbul": "DEPARTED", "iom-baghdad": "DEPARTED", "police-kosovo": "DEPARTED", "migration-kosovo": "DEPARTED",
  },
  confirmArrival: { "iom-pristina": "ARRIVED" },
};

// A withdrawal tells those who had been told: of one before the departure is planned, neither police nor embassy.
const RETRACTED = { "iom-istanbul": "NOTICE_RETRACTED", "iom-baghdad": "NOTICE_RETRACTED", "migration-kosovo": "APPLICATION_WITHDRAWN" };
const WITHDRAWN = {
  asked: { ...RETRACTED, "embassy-iraq-belgrade": "TDR_CANCELLED" },
  ready: { ...RETRACTED, "police-kosovo": "NOTICE_RETRACTED" },
};

// Commands that leave nothing in the history of a case.
const UNWRITTEN = ["acknowledgeNotices"];

const PARTS = ["travelDocumentRequests", "itineraries", "cashGrants", "reintegrationPackages"];

export const files = [];
const acknowledged = new Map();
const told = new Map(RECIPIENTS.map((recipient) => [recipient, new Map()]));

// One case as those who work on it know it.
export class File {
  commands = new Map();
  state = null;

  constructor(reference) {
    this.reference = reference;
    files.push(this);
  }

  did(command, stage) {
    this.commands.set(command, (this.commands.get(command) ?? 0) + 1);
    for (const [recipient, type] of Object.entries(TELLS[command] ?? WITHDRAWN[stage] ?? {})) {
      const types = told.get(recipient);
      types.set(type, (types.get(type) ?? 0) + 1);
    }
  }

  // By the moments in the histories of the case and of its parts: one command writes all that it does at one moment.
  async isAsAnswered(pristina) {
    const parts = PARTS.map((part) => `${part} { history { command occurredAt } }`).join(" ");
    const { cases } = await pristina.asks(
      `query($reference: String!) { cases(filter: { reference: $reference }) { nodes { state history { command occurredAt } ${parts} } } }`,
      { reference: this.reference },
    );
    if (cases.nodes.length !== 1) return fault(`there are ${cases.nodes.length} cases ${this.reference}`);
    const [row] = cases.nodes;
    if (row.state !== this.state) fault(`${this.reference} is ${row.state}, and was answered as ${this.state}`);
    const moments = new Map();
    const rows = [row, ...PARTS.flatMap((part) => row[part])];
    for (const { command, occurredAt } of rows.flatMap(({ history }) => history)) {
      if (!moments.has(command)) moments.set(command, new Set());
      moments.get(command).add(occurredAt);
    }
    moments.delete("time");
    for (const command of UNWRITTEN) this.commands.delete(command);
    for (const command of new Set([...moments.keys(), ...this.commands.keys()])) {
      const [happened, done] = [moments.get(command)?.size ?? 0, this.commands.get(command) ?? 0];
      if (happened !== done) fault(`${this.reference}: ${command} was answered ${done} times as done, and happened ${happened} times`);
    }
  }
}

export function hasAcknowledged(recipient, ids) {
  acknowledged.set(recipient, [...(acknowledged.get(recipient) ?? []), ...ids]);
}

// Of each command, whoever it concerns was told once; and what was acknowledged is.
export function isTold(recipient, inbox) {
  const types = new Map();
  for (const { type } of inbox) types.set(type, (types.get(type) ?? 0) + 1);
  for (const [type, wanted] of told.get(recipient)) {
    const found = types.get(type) ?? 0;
    if (found !== wanted) fault(`${recipient} was told ${type} ${found} times, for ${wanted} commands`);
  }
  const open = new Set(inbox.filter(({ acknowledgement }) => !acknowledgement).map(({ id }) => id));
  const lost = (acknowledged.get(recipient) ?? []).filter((id) => open.has(id));
  if (lost.length > 0) fault(`${recipient} has acknowledged ${lost.length} notices that wait for it`);
}
