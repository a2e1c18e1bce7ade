// The story: a man of 25 from Iraq returns from Kosovo* to Baghdad by Istanbul. Two journeys are suspended, the third
// takes him home. A second return is withdrawn on the eve of departure, a third while the embassy still decides.

import { randomUUID } from "node:crypto";
import { Partner, checksMade, footnoted, holds } from "./partner.mjs";

const DAY = 86_400_000;
const begun = Date.now();
const after = (days, hours = 0) => new Date(begun + days * DAY + hours * 3_600_000).toISOString();
const day = (days) => after(days).slice(0, 10);
const now = () => new Date().toISOString();
const mark = String(begun);

let step = 0;
const tell = (sentence) => console.log(`${String((step += 1)).padStart(3)}.  ${sentence}`);

const flights = (days) => [
  { flight: "TK1018", departureAirport: "PRN", arrivalAirport: "IST", departsAt: after(days), arrivesAt: after(days, 2) },
  { flight: "TK802", departureAirport: "IST", arrivalAirport: "BGW", departsAt: after(days, 5), arrivesAt: after(days, 8) },
];

const names = [
  "iom-pristina", "iom-istanbul", "iom-baghdad", "embassy-iraq-belgrade", "police-kosovo", "migration-kosovo",
  "iom-belgrade", "dashboard-denmark", "auditor", "iom-pristina-supervisor",
];
const [pristina, istanbul, baghdad, embassy, police, migration, belgrade, dashboard, auditor, supervisor] = await Promise.all(
  names.map((name) => Partner.called(name)),
);

const assisted = async (partner) =>
  (await partner.asks("{ indicators(codes: [ASSISTED_TO_RETURN]) { value } }")).data.indicators[0].value;

// A case as far as the post has confirmed the nationality: what each of the three returns begins with.
async function begins(nth, person) {
  const opened = await pristina.does("openCase", {
    reference: `STORY-${mark}-${nth}`,
    countryOfReturn: "IRQ",
    destinationCity: "Diwaniya",
    legalStatus: "ASYLUM_REJECTED",
    persons: [
      {
        headOfHousehold: true, sex: "M", nationality: "IRQ", language: "ar", dateOfBirth: day(-25 * 365.25 - 60),
        placeOfBirth: "Diwaniya", phone: "+38344100200", hostAddress: "Asylum centre, Magure", ...person,
      },
    ],
  });
  const goesOn = async (command, input) => pristina.does(command, { ...versioned(await pristina.caseById(opened.id), "caseId"), ...input });
  const counselled = await goesOn("recordCounselling", {
    kind: "RETURN", mode: "IN_PERSON", language: "ar", languageUnderstood: true, facilityKind: "ASYLUM_CENTRE", heldOn: day(0),
  });
  holds("he is counselled in his language", counselled.state, "COUNSELLED");
  await goesOn("decideEligibility", {
    outcome: "ELIGIBLE", vulnerabilityAssessedAt: now(),
    voluntariness: { recordedAt: now(), freeChoice: true, informed: true, capacity: true, decides: "SELF" },
  });
  const forms = ["IOM_TRANSIT", "IOM_RECEIVING", "EMBASSY", "HOST_POLICE", "HOST_MIGRATION"];
  const signed = await goesOn("signApplication", {
    application: {
      signedAt: now(), dataExchangeForm: "SIGNED",
      consents: forms.map((recipientClass) => ({
        recipientClass,
        purpose: recipientClass === "EMBASSY" ? "TRAVEL_DOCUMENT" : "DEPARTURE_NOTICE",
        category: "IDENTITY",
        signedAt: now(),
      })),
    },
  });
  holds("the application is signed", signed.state, "APPLICATION_SIGNED");
  const registered = await goesOn("registerCase", { mimosaReference: `MIMOSA-${mark}-${nth}` });
  holds("the case is registered", registered.state, "REGISTERED");
  const place = await migration.head();
  await goesOn("requestObjectionCheck", {});
  const [question] = await migration.inbox(place);
  holds("the authority is asked whether it objects", question?.type, "OBJECTION_CHECK_REQUESTED");
  await migration.does("decideObjection", { caseId: question.case.id, outcome: "CLEAR" });
  const prepared = await goesOn("startPreDeparture", {});
  holds("the statutory period has begun", prepared.state, "PRE_DEPARTURE");
  return prepared;
}

async function requests(file) {
  const asked = { caseId: file.id, personId: file.persons[0].id, idempotencyKey: randomUUID() };
  const request = await pristina.does("requestTravelDocument", asked);
  holds("the post is found by its accreditation", request.consularPost.code, "embassy-iraq-belgrade");
  const again = await pristina.does("requestTravelDocument", asked);
  holds("the same key and body give the first result again", again.id, request.id);
  return request;
}

// The embassy finds the request by its own notice: ids are of no use to another partner.
async function confirms(place) {
  const [notice] = await embassy.inbox(place);
  holds("the embassy is told of the request", notice?.type, "TDR_SUBMITTED");
  const named = ({ id, version }) => ({ travelDocumentRequestId: id, expectedVersion: version });
  const acknowledged = await embassy.does("acknowledgeTravelDocumentRequest", named(notice.travelDocumentRequest));
  const confirmed = await embassy.does("confirmNationality", named(acknowledged));
  return { issue: () => issues(named(confirmed)) };
}

let numbers = Number(mark.slice(-7));
async function issues(named) {
  const issued = await embassy.does("issueTravelDocument", {
    ...named, documentType: "EMERGENCY_TRAVEL_DOCUMENT", number: `LP${(numbers += 1)}`, issuedOn: day(0), expiresOn: day(90),
  });
  holds("the laissez-passer is issued", issued.state, "ISSUED");
}

const books = (file, days) => pristina.does("bookItinerary", { caseId: file.id, segments: flights(days), bookingReference: "XQ4T7L" });

const versioned = (row, key) => ({ [key]: row.id, expectedVersion: row.version });

async function getsReady(file, itinerary) {
  const ticketed = await pristina.does("ticketItinerary", { ...versioned(itinerary, "itineraryId"), ticketNumber: "2352401234567" });
  holds("tickets are issued", ticketed.state, "TICKETED");
  for (const [mission, confirms] of [[istanbul, "confirmTransit"], [baghdad, "confirmReception"]]) {
    const told = (await mission.inbox((await mission.head()) - 1)).at(-1);
    await mission.does(confirms, versioned(told.itinerary, "itineraryId"));
  }
  return async () => pristina.does("markReadyToDepart", versioned(await pristina.caseById(file.id), "caseId"));
}

const proposesGrant = (file) =>
  pristina.does("proposeCashGrant", {
    caseId: file.id, personId: file.persons[0].id, amount: { amountMinor: 50_000, currency: "EUR" },
    trancheAmountsMinor: [20_000, 30_000],
  });

const proposesPackage = (file) =>
  pristina.does("proposeReintegrationPackage", {
    caseId: file.id, personId: file.persons[0].id, ceiling: { amountMinor: 200_000, currency: "EUR" }, plan: "A printing shop",
    items: [
      { category: "INCOME_GENERATION", modality: "IN_KIND", description: "A printer and its tools", amountMinor: 150_000 },
      { category: "EDUCATION", modality: "REIMBURSEMENT", description: "A course in design", amountMinor: 40_000 },
    ],
  });

const typesOf = (notices) => notices.map((notice) => notice.type);

async function play() {
  const heads = new Map();
  for (const partner of [pristina, istanbul, baghdad, embassy, police, migration]) heads.set(partner, await partner.head());
  const headOf = (partner) => heads.get(partner);
  const [counted, published] = [await assisted(auditor), await assisted(dashboard)];

  console.log("The journey\n");
  tell("Istanbul, Baghdad and the police subscribe, each on a WebSocket of its own.");
  const [toIstanbul, toBaghdad, toPolice] = [istanbul, baghdad, police].map((partner) => partner.listens(headOf(partner)));

  tell("Pristina opens a case, counsels him, registers what he signed; the authority does not object.");
  const file = await begins(1, { givenNames: "Samir", familyName: "Al-Dabbagh", parentsNames: "Nuri and Hana Al-Dabbagh" });

  tell("It asks for a travel document. The Embassy of Iraq in Belgrade is accredited, and is asked.");
  await requests(file);
  tell("The embassy takes note, confirms the nationality and issues a laissez-passer.");
  const { issue } = await confirms(headOf(embassy));
  await issue();
  holds(
    "Pristina is told of each answer",
    typesOf(await pristina.inbox(headOf(pristina))),
    ["OBJECTION_RESULT", "STATUTORY_PERIOD_STARTED", "TDR_ACKNOWLEDGED", "TDR_NATIONALITY_CONFIRMED", "TDR_ISSUED"],
  );

  tell("A first journey is booked, and suspended.");
  const first = await books(file, 3);
  await toIstanbul.gets("ITINERARY_BOOKED");
  await toBaghdad.gets("ITINERARY_BOOKED");
  const suspend = (itinerary) => pristina.does("suspendItinerary", { ...versioned(itinerary, "itineraryId"), reason: "PUBLIC_HEALTH" });
  holds("the journey is suspended", (await suspend(first)).state, "SUSPENDED");
  await toIstanbul.gets("ITINERARY_SUSPENDED");
  await toBaghdad.gets("ITINERARY_SUSPENDED");

  tell("A second is booked. Istanbul's line breaks; meanwhile it is suspended and a third is booked.");
  const second = await books(file, 10);
  await toIstanbul.gets("ITINERARY_BOOKED");
  await toBaghdad.gets("ITINERARY_BOOKED");
  toIstanbul.drops();
  await suspend(second);
  await toBaghdad.gets("ITINERARY_SUSPENDED");
  const third = await books(file, 1);
  await toBaghdad.gets("ITINERARY_BOOKED");
  holds("attempts count on the same case", [first, second, third].map((one) => one.attemptNo), [1, 2, 3]);
  holds("each replaces the one before", [second, third].map((one) => one.replacesAttemptNo), [1, 2]);

  tell(`Istanbul returns with afterSequence ${toIstanbul.last} and has missed nothing.`);
  toIstanbul.returns();
  await toIstanbul.gets("ITINERARY_SUSPENDED", "caught up");
  await toIstanbul.gets("ITINERARY_BOOKED", "caught up");

  tell("Tickets are issued; a grant is proposed and approved, a reintegration package proposed.");
  const ready = await getsReady(file, third);
  const grant = await proposesGrant(file);
  const approved = await supervisor.does("approveCashGrant", versioned(grant, "cashGrantId"));
  await toBaghdad.gets("GRANT_APPROVED");
  await proposesPackage(file);

  tell("Everything is in place: the departure is planned, and the police are told for the first time.");
  await ready();
  for (const subscription of [toIstanbul, toBaghdad, toPolice]) await subscription.gets("DEPARTURE_PLANNED");

  tell("The first tranche is paid.");
  const due = await pristina.grantById(approved.id);
  const paid = await pristina.does("payTranche", { ...versioned(due, "cashGrantId"), number: 1 });
  holds("one tranche of two is paid", paid.tranches.map((tranche) => tranche.state), ["PAID", "SCHEDULED"]);
  await toBaghdad.gets("TRANCHE_PAID");

  tell("Nobody departs without a signed declaration. He signs, and departs.");
  const leaving = async (declaration) => ({
    ...versioned(await pristina.caseById(file.id), "caseId"), ...declaration, departedAt: now(),
    exitFormalities: { borderPoint: "Pristina airport", doneAt: now() },
  });
  await pristina.isRefused("DECLARATION_NOT_SIGNED", "confirmDeparture", await leaving({}));
  const departed = await pristina.does("confirmDeparture", await leaving({ declarationSignedAt: now() }));
  holds("he has departed", departed.state, "DEPARTED");
  let arriving;
  for (const subscription of [toIstanbul, toBaghdad, toPolice]) {
    const notice = await subscription.gets("DEPARTED");
    if (subscription === toBaghdad) arriving = notice.case.id;
  }
  await pristina.isRefused("WRONG_STATE", "withdrawCase", { caseId: file.id });

  tell("Each acknowledges what it was told; each newer notice of the journey supersedes the one before.");
  for (const partner of [istanbul, baghdad, police]) {
    const ids = (await partner.inbox(headOf(partner))).map((notice) => notice.id);
    await partner.does("acknowledgeNotices", { notices: { ids }, note: "seen" });
    const inbox = await partner.inbox(headOf(partner));
    holds(`${partner.name} has acknowledged`, inbox.map((notice) => notice.acknowledgement?.by), ids.map(() => partner.name));
    const journey = inbox.filter((notice) => !["GRANT_APPROVED", "TRANCHE_PAID"].includes(notice.type));
    holds(
      `${partner.name}: each notice of the journey is superseded by the next`,
      journey.map((notice) => notice.supersededBy?.sequence ?? null),
      [...journey.slice(1).map((notice) => notice.sequence), null],
    );
  }

  tell("Baghdad confirms the arrival, and Pristina is told.");
  const arrived = await baghdad.does("confirmArrival", {
    ...versioned(await baghdad.caseById(arriving), "caseId"), arrivedAt: now(),
  });
  holds("he has arrived", arrived.state, "ARRIVED");
  holds("Pristina is told of the arrival", typesOf(await pristina.inbox(headOf(pristina))).at(-1), "ARRIVED");
  holds(
    "the authority of the host territory is told what it has to know",
    typesOf(await migration.inbox(headOf(migration))),
    ["AVRR_REGISTERED", "OBJECTION_CHECK_REQUESTED", "DEPARTURE_PLANNED", "DEPARTED"],
  );
  holds("oversight counts one person more", await assisted(auditor), counted + 1);
  holds("a donor is told once the month is over", await assisted(dashboard), published);

  await isWithdrawn({ headOf, toIstanbul, toBaghdad, toPolice });
  await whatTheEmbassySees(file, headOf);

  for (const subscription of [toIstanbul, toBaghdad, toPolice]) {
    const { partner } = subscription;
    const inbox = await partner.inbox(headOf(partner));
    holds(`${partner.name} got all of its inbox by WebSocket`, inbox.at(-1)?.sequence, subscription.last);
    holds(`${partner.name} got nothing else`, subscription.arrived, []);
    subscription.drops();
  }
}

async function isWithdrawn({ headOf, toIstanbul, toBaghdad, toPolice }) {
  console.log("\nThe withdrawal\n");
  tell("A second man is ready to depart tomorrow: everybody on the way is told.");
  const file = await begins(2, { givenNames: "Karim", familyName: "Haddad" });
  const place = await embassy.head();
  await requests(file);
  await (await confirms(place)).issue();
  const ready = await getsReady(file, await books(file, 1));
  await proposesGrant(file);
  await proposesPackage(file);
  await ready();
  for (const subscription of [toIstanbul, toBaghdad]) {
    await subscription.gets("ITINERARY_BOOKED");
    await subscription.gets("DEPARTURE_PLANNED");
  }
  await toPolice.gets("DEPARTURE_PLANNED");

  tell("He withdraws. Nothing is needed but the wish; those who had been told are told.");
  await pristina.does("withdrawCase", { caseId: file.id, reason: "FAMILY_REASONS" });
  for (const subscription of [toIstanbul, toBaghdad, toPolice]) await subscription.gets("NOTICE_RETRACTED");
  holds(
    "the authority of the host territory is told",
    typesOf(await migration.inbox(headOf(migration))).slice(-4),
    ["AVRR_REGISTERED", "OBJECTION_CHECK_REQUESTED", "DEPARTURE_PLANNED", "APPLICATION_WITHDRAWN"],
  );
  const inbox = (await police.inbox(headOf(police))).slice(-2);
  holds("what the police had been told is taken back", [inbox[0].type, Boolean(inbox[0].retractedAt)], ["DEPARTURE_PLANNED", true]);
  await isAllOver(file, "ISSUED");
  await pristina.isRefused("WRONG_STATE", "confirmDeparture", {
    ...versioned(await pristina.caseById(file.id), "caseId"), declarationSignedAt: now(), departedAt: now(),
  });

  tell("A third withdraws while the embassy still decides: it learns that the request is taken back, not why.");
  const open = await begins(3, { givenNames: "Ziad", familyName: "Nasser" });
  const before = await embassy.head();
  await requests(open);
  await confirms(before);
  await books(open, 2);
  await pristina.does("withdrawCase", { caseId: open.id });
  for (const subscription of [toIstanbul, toBaghdad]) {
    await subscription.gets("ITINERARY_BOOKED");
    await subscription.gets("NOTICE_RETRACTED");
  }
  holds("the embassy's inbox", typesOf(await embassy.inbox(before)), ["TDR_SUBMITTED", "TDR_CANCELLED"]);
  await isAllOver(open, "CANCELLED");
}

async function isAllOver(file, request) {
  const { data } = await pristina.asks(
    `query($id: ID!) { node(id: $id) { ... on Case { state travelDocumentRequests { state } itineraries { state }
       cashGrants { state tranches { state } } reintegrationPackages { state } } } }`,
    { id: file.id },
  );
  const { state, ...parts } = data.node;
  holds("the case is withdrawn", state, "WITHDRAWN");
  const states = [...new Set(JSON.stringify(parts).match(/"state":"\w+"/g))].map((pair) => pair.slice(9, -1));
  const over = ["CANCELLED", "VOIDED", "FORFEITED", request];
  holds("nothing of it is left open", states.filter((one) => !over.includes(one)), []);
}

async function whatTheEmbassySees(file, headOf) {
  console.log("\nWhat the embassy sees\n");
  tell("It was told of three requests, and that one was taken back; of journeys, money and arrivals, nothing.");
  const told = await embassy.inbox(headOf(embassy));
  holds("the embassy's inbox", typesOf(told), ["TDR_SUBMITTED", "TDR_SUBMITTED", "TDR_SUBMITTED", "TDR_CANCELLED"]);
  const answer = await embassy.asks(
    `query($from: DateTime!) {
       travelDocumentRequests(last: 10, filter: { submitted: { from: $from } }) { totalCount nodes {
         state document { number } applicant { fullName nationality { code } phone hostAddress }
         case { id reference hostTerritory { name footnote } state legalStatusAtApplication withdrawalReason
           itineraries { id } cashGrants { id } reintegrationPackages { id } } } }
       itineraries { totalCount } cashGrants { totalCount } reintegrationPackages { totalCount } }`,
    { from: new Date(begun).toISOString() },
  );
  const { travelDocumentRequests, ...others } = answer.data;
  holds("three requests", travelDocumentRequests.totalCount, 3);
  holds("no journey, grant or package", Object.values(others).map((one) => one.totalCount), [0, 0, 0]);
  const withheld = ["applicant.phone", "applicant.hostAddress", "case.state", "case.legalStatusAtApplication",
    "case.withdrawalReason", "case.itineraries", "case.cashGrants", "case.reintegrationPackages"];
  for (const [nth, request] of travelDocumentRequests.nodes.entries()) {
    const value = (path) => path.split(".").reduce((row, key) => row[key], request);
    holds("withheld is null", withheld.map(value), withheld.map(() => null));
    const named = answer.extensions.redactions
      .filter(({ path }) => path.slice(0, 3).join() === ["travelDocumentRequests", "nodes", nth].join())
      .map(({ path, access }) => `${path.slice(3).join(".")} ${access}`);
    holds("withheld is named", withheld.map((path) => named.includes(`${path} WITHHELD`)), withheld.map(() => true));
    holds("Kosovo* comes with its footnote", footnoted(request.case));
    console.log(`        ${request.applicant.fullName.padEnd(20)} ${request.state.padEnd(10)} document ${request.document?.number ?? "none"}; withheld: ${withheld.length} fields`);
  }
  holds("no word of an asylum claim", /magure|asylum_/i.test(JSON.stringify(answer.data)), false);
  holds("its reference of a case is not Pristina's", JSON.stringify(answer.data).includes(mark), false);

  tell("To a mission with no part in the case there is no case.");
  holds("Belgrade cannot read it", await belgrade.caseById(file.id), null);
  await belgrade.cannotFind("withdrawCase", { caseId: file.id });
}

try {
  await play();
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`\nThe story holds: ${step} steps, ${checksMade()} checks, ${seconds} s.`);
  process.exit(0);
} catch (fault) {
  console.error(`\nThe story does not hold: ${fault.message}`);
  process.exit(1);
}
