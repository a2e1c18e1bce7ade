// A writer: plays one return after another, as scripts/story does, each command by whoever has to give it, to any process.
// Each finds what it has to act on in its own inbox: ids of one partner are of no use to another.

import { File, hasAcknowledged } from "./deeds.mjs";
import { dice } from "./dice.mjs";
import { later, seed } from "./settings.mjs";

const DAY = 86_400_000;
const CASE = "case { id version state persons { id } }";
const REQUEST = "travelDocumentRequest { id version state }";
const ITINERARY = "itinerary { id version state }";
const GRANT = "cashGrant { id version state }";

// Time between two commands of one writer, in milliseconds.
const PACE = [500, 1_100];

// How many commands are given to two processes at once.
const NERVOUS = 0.1;

// How long somebody may have to wait until what was done is in an inbox: as long as nobody answers.
const PATIENCE = 90_000;

const letters = (number) => [...String(number)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
const now = () => new Date().toISOString();
const after = (days, hours = 0) => new Date(Date.now() + days * DAY + hours * 3_600_000).toISOString();
const day = (days) => after(days).slice(0, 10);
const named = (row, key) => ({ [key]: row.id, expectedVersion: row.version });

const flights = (days) => [
  { flight: "TK1018", departureAirport: "PRN", arrivalAirport: "IST", departsAt: after(days), arrivesAt: after(days, 2) },
  { flight: "TK802", departureAirport: "IST", arrivalAirport: "BGW", departsAt: after(days, 5), arrivesAt: after(days, 8) },
];

const NOTICE = `id sequence type case { id version persons { fullName } } itinerary { id version }
  travelDocumentRequest { id version applicant { fullName } }`;

let documents = Number(String(Date.now()).slice(-7));

export class Writer {
  writing = true;
  played = 0;

  constructor(number, partners) {
    Object.assign(this, { number, partners, chance: dice(seed + 1_000 * (number + 1)) });
    this.ended = this.write();
  }

  async write() {
    while (this.writing) await this.plays();
  }

  async stop() {
    this.writing = false;
    await this.ended;
  }

  // A return from its beginning to its end; where the writer is told to stop, it is left where it stands.
  async plays() {
    const nth = (this.played += 1);
    this.surname = `Chaos-${letters(this.number)}-${letters(nth)}`;
    this.file = new File(`CHAOS-${this.number}-${nth}`);
    this.heads = new Map();
    try {
      await this.journey();
    } catch (reason) {
      if (reason !== STOPPED) throw reason;
    }
  }

  async does(who, command, row, input, stage) {
    if (!this.writing) throw STOPPED;
    const done = await this.partners.get(who).does(command, row, input, this.chance.roll() < NERVOUS);
    this.file.did(command, stage);
    await later(this.chance.between(...PACE));
    return done;
  }

  // A command on the case, by the mission that answers for it.
  async goesOn(command, input = {}, stage) {
    const pristina = this.partners.get("iom-pristina");
    const { node } = await pristina.asks("query($id: ID!) { node(id: $id) { ... on Case { id version } } }", { id: this.id });
    const row = await this.does("iom-pristina", command, CASE, { ...named(node, "caseId"), ...input }, stage);
    this.file.state = row.state;
    return row;
  }

  async pristina(command, row, input) {
    return this.does("iom-pristina", command, row, input);
  }

  // Where an inbox ends before something is done of which its owner is told.
  async notes(...who) {
    for (const one of who) this.heads.set(one, (await this.partners.get(one).head()).sequence);
  }

  // What a partner is told of this person, after the place that was noted.
  async told(who, type) {
    const partner = this.partners.get(who);
    const deadline = Date.now() + PATIENCE;
    let place = this.heads.get(who);
    for (;;) {
      const { notices } = await partner.asks(
        `query($after: Int!) { notices(first: 100, filter: { afterSequence: $after }) { nodes { ${NOTICE} } } }`,
        { after: place },
      );
      const about = ({ case: file, travelDocumentRequest }) =>
        [...(file?.persons ?? []), travelDocumentRequest?.applicant].some((person) => person?.fullName?.endsWith(this.surname));
      const found = notices.nodes.find((notice) => notice.type === type && about(notice));
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`${who} is not told ${type} of ${this.surname}`);
      place = notices.nodes.at(-1)?.sequence ?? place;
      await later(500);
    }
  }

  async journey() {
    await this.opens();
    await this.asksForDocument();
    if (this.chance.roll() < 0.2) {
      await this.books(2);
      return this.goesOn("withdrawCase", {}, "asked");
    }
    await this.issues();
    for (let attempts = Math.floor(this.chance.between(0, 3)); attempts > 0; attempts -= 1) {
      const itinerary = await this.books(3);
      await this.pristina("suspendItinerary", ITINERARY, { ...named(itinerary, "itineraryId"), reason: "PUBLIC_HEALTH" });
    }
    await this.getsReady();
    if (this.chance.roll() < 0.25) return this.goesOn("withdrawCase", { reason: "FAMILY_REASONS" }, "ready");
    await this.leaves();
  }

  async opens() {
    const opened = await this.pristina("openCase", CASE, {
      reference: this.file.reference, countryOfReturn: "IRQ", destinationCity: "Diwaniya", legalStatus: "ASYLUM_REJECTED",
      persons: [
        {
          headOfHousehold: true, sex: "M", nationality: "IRQ", language: "ar", dateOfBirth: day(-25 * 365), placeOfBirth: "Diwaniya",
          phone: "+38344100200", hostAddress: "Asylum centre, Magure", givenNames: "Samir", familyName: this.surname,
          parentsNames: "Nuri and Hana",
        },
      ],
    });
    Object.assign(this, { id: opened.id, person: opened.persons[0].id });
    this.file.state = opened.state;
    await this.goesOn("recordCounselling", {
      kind: "RETURN", mode: "IN_PERSON", language: "ar", languageUnderstood: true, facilityKind: "ASYLUM_CENTRE", heldOn: day(0),
    });
    await this.goesOn("decideEligibility", {
      outcome: "ELIGIBLE", vulnerabilityAssessedAt: now(),
      voluntariness: { recordedAt: now(), freeChoice: true, informed: true, capacity: true, decides: "SELF" },
    });
    const consents = ["IOM_TRANSIT", "IOM_RECEIVING", "EMBASSY", "HOST_POLICE", "HOST_MIGRATION"].map((recipientClass) => ({
      recipientClass, category: "IDENTITY", signedAt: now(),
      purpose: recipientClass === "EMBASSY" ? "TRAVEL_DOCUMENT" : "DEPARTURE_NOTICE",
    }));
    await this.goesOn("signApplication", { application: { signedAt: now(), dataExchangeForm: "SIGNED", consents } });
    await this.goesOn("registerCase", { mimosaReference: `MIMOSA-${this.file.reference}` });
    await this.notes("migration-kosovo");
    await this.goesOn("requestObjectionCheck");
    const question = await this.told("migration-kosovo", "OBJECTION_CHECK_REQUESTED");
    await this.does("migration-kosovo", "decideObjection", "case { id }", { caseId: question.case.id, outcome: "CLEAR" });
    await this.goesOn("startPreDeparture");
  }

  async asksForDocument() {
    await this.notes("embassy-iraq-belgrade");
    await this.pristina("requestTravelDocument", REQUEST, { caseId: this.id, personId: this.person });
    const { travelDocumentRequest } = await this.told("embassy-iraq-belgrade", "TDR_SUBMITTED");
    let request = travelDocumentRequest;
    for (const command of ["acknowledgeTravelDocumentRequest", "confirmNationality"]) {
      request = await this.does("embassy-iraq-belgrade", command, REQUEST, named(request, "travelDocumentRequestId"));
    }
    this.request = request;
  }

  async issues() {
    await this.does("embassy-iraq-belgrade", "issueTravelDocument", REQUEST, {
      ...named(this.request, "travelDocumentRequestId"), documentType: "EMERGENCY_TRAVEL_DOCUMENT",
      number: `LP${(documents += 1)}`, issuedOn: day(0), expiresOn: day(90),
    });
  }

  async books(days) {
    await this.notes("iom-istanbul", "iom-baghdad");
    return this.pristina("bookItinerary", ITINERARY, { caseId: this.id, segments: flights(days), bookingReference: "XQ4T7L" });
  }

  async getsReady() {
    const itinerary = await this.books(1);
    await this.pristina("ticketItinerary", ITINERARY, { ...named(itinerary, "itineraryId"), ticketNumber: "2352401234567" });
    for (const [mission, command] of [["iom-istanbul", "confirmTransit"], ["iom-baghdad", "confirmReception"]]) {
      const booked = await this.told(mission, "ITINERARY_BOOKED");
      await this.does(mission, command, ITINERARY, named(booked.itinerary, "itineraryId"));
    }
    const asked = { caseId: this.id, personId: this.person };
    const grant = await this.pristina("proposeCashGrant", GRANT, {
      ...asked, amount: { amountMinor: 50_000, currency: "EUR" }, trancheAmountsMinor: [20_000, 30_000],
    });
    this.grant = await this.does("iom-pristina-supervisor", "approveCashGrant", GRANT, named(grant, "cashGrantId"));
    await this.goesOn("markReadyToDepart");
  }

  async leaves() {
    const { node: due } = await this.partners
      .get("iom-pristina")
      .asks("query($id: ID!) { node(id: $id) { ... on CashGrant { id version } } }", { id: this.grant.id });
    await this.pristina("payTranche", GRANT, { ...named(due, "cashGrantId"), number: 1 });
    await this.notes("iom-baghdad", "police-kosovo");
    await this.goesOn("confirmDeparture", {
      declarationSignedAt: now(), departedAt: now(), exitFormalities: { borderPoint: "Pristina airport", doneAt: now() },
    });
    for (const who of ["police-kosovo", "iom-baghdad"]) {
      const { id } = await this.told(who, "DEPARTED");
      await this.does(who, "acknowledgeNotices", "unacknowledged", { notices: { ids: [id] } });
      hasAcknowledged(who, [id]);
    }
    const { case: file } = await this.told("iom-baghdad", "DEPARTED");
    const arrived = await this.does("iom-baghdad", "confirmArrival", "case { id state }", {
      ...named(file, "caseId"), arrivedAt: now(),
    });
    this.file.state = arrived.state;
  }
}

const STOPPED = new Error("stopped");
