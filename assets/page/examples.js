// Questions and commands that are worth trying, for each kind of partner. Each runs as it stands against a fresh demo.
//
// What a command has to know, such as an id and a version, is looked up first (`find`), as the same client: ids are the
// viewer's own. `fill` makes the variables of what was found and of the moment.

const key = (word) => `${word}-${crypto.randomUUID()}`;

export const KINDS = [
  ["CONSULAR_POST", "Embassy"],
  ["POLICE", "Police"],
  ["MISSION", "Mission"],
  ["DASHBOARD", "Dashboard"],
  ["MIGRATION_AUTHORITY", "Migration authority"],
  ["SERVICE_PROVIDER", "Protection service"],
  ["AUDITOR", "Data protection"],
  ["ADMIN", "Administration"],
];

export const EXAMPLES = [
  {
    id: "embassy-waits",
    kind: "CONSULAR_POST",
    client: "embassy-iraq-belgrade",
    title: "Who waits for a document",
    note: "Requests that wait for the embassy, each with the days that it has been in its state.",
    query: `query WhoWaits {
  travelDocumentRequests(
    last: 5
    filter: { state: [SUBMITTED, ACKNOWLEDGED, RESUBMITTED] }
  ) {
    totalCount
    nodes {
      state
      ageInDays
      applicant { fullName dateOfBirth }
      case { hostTerritory { name footnote } }
    }
  }
}`,
  },
  {
    id: "embassy-withheld",
    kind: "CONSULAR_POST",
    client: "embassy-iraq-belgrade",
    title: "Read one, and what is withheld",
    note: "It learns what a consulate knows a national by. Not where he lives, whether he asked for asylum, the journey, or the money.",
    query: `query OneRequest {
  travelDocumentRequests(first: 1, filter: { state: [SUBMITTED] }) {
    nodes {
      state
      plannedDepartureOn
      applicant {
        fullName sex dateOfBirth placeOfBirth parentsNames
        phone hostAddress
      }
      case {
        reference
        legalStatusAtApplication
        itineraries { id }
        cashGrants { id }
      }
    }
  }
}`,
  },
  {
    id: "embassy-acknowledge",
    kind: "CONSULAR_POST",
    client: "embassy-iraq-belgrade",
    title: "Take note of a request",
    command: true,
    note: "A command. The mission that asked is told at once. Send it twice: the key is the same, so the first result comes again.",
    find: `{ travelDocumentRequests(first: 1, filter: { state: [SUBMITTED] }) { nodes { id version } } }`,
    fill: (found) => {
      const request = found.travelDocumentRequests.nodes[0];
      return {
        input: {
          idempotencyKey: key("note"),
          travelDocumentRequestId: request.id,
          expectedVersion: request.version,
        },
      };
    },
    query: `mutation TakeNote($input: TravelDocumentRequestInput!) {
  acknowledgeTravelDocumentRequest(input: $input) {
    errors { code message field currentVersion }
    travelDocumentRequest {
      state
      version
      applicant { fullName }
    }
  }
}`,
  },
  {
    id: "police-plan",
    kind: "POLICE",
    client: "police-kosovo",
    title: "The newest plan, and what is not told",
    note: "Who leaves, when, by which flight. The state of the case is told in part, and the rest of it not at all.",
    query: `query NewestPlan {
  notices(last: 1, filter: { types: [DEPARTURE_PLANNED] }) {
    nodes {
      sequence
      case {
        reference
        state
        hostTerritory { name footnote }
        persons { fullName dateOfBirth phone hostAddress }
        legalStatusAtApplication
        cashGrants { id }
      }
      itinerary {
        segments { flight departureAirport arrivalAirport departsAtLocal }
      }
    }
  }
}`,
  },
  {
    id: "police-inbox",
    kind: "POLICE",
    client: "police-kosovo",
    title: "The inbox, newest last",
    note: "Numbered without gaps. A notice that became obsolete says by which; a week after a departure the person is closed, and only that it was told remains.",
    query: `query Inbox {
  noticesHead { sequence }
  notices(last: 8) {
    nodes {
      sequence
      type
      occurredAt
      supersededBy { sequence }
      retractedAt
      case { reference state persons { fullName } }
    }
  }
}`,
  },
  {
    id: "police-seen",
    kind: "POLICE",
    client: "police-kosovo",
    title: "Acknowledge what was read",
    command: true,
    note: "To be delivered is not to be read: this says up to where the shift has read.",
    find: `{ noticesHead { sequence } }`,
    fill: (found) => ({
      input: {
        idempotencyKey: key("seen"),
        note: "Shift 2",
        notices: { upToSequence: found.noticesHead.sequence },
      },
    }),
    query: `mutation Seen($input: AcknowledgeNoticesInput!) {
  acknowledgeNotices(input: $input) {
    errors { code message }
    unacknowledged
  }
}`,
  },
  {
    id: "mission-cases",
    kind: "MISSION",
    client: "iom-pristina",
    title: "Cases in preparation",
    note: "The sending mission sees the whole: persons, journey, documents, money. Run the same as an embassy or as the police.",
    query: `query InPreparation {
  cases(first: 3, filter: { state: [PRE_DEPARTURE, READY_TO_DEPART] }) {
    totalCount
    nodes {
      reference
      state
      legalStatusAtApplication
      hostTerritory { name footnote }
      countryOfReturn { name }
      persons { fullName dateOfBirth phone hostAddress }
      itineraries { attemptNo state segments { flight departsAtLocal } }
      cashGrants { state amount { amountMinor currency } }
    }
  }
}`,
  },
  {
    id: "mission-open",
    kind: "MISSION",
    client: "iom-pristina",
    title: "Open a case",
    command: true,
    note: "Someone asks for help. The reference is the mission's own; other partners get other references, and learn nothing yet.",
    fill: () => ({
      input: {
        idempotencyKey: key("open"),
        reference: `PAGE-${new Date().toISOString()}`,
        countryOfReturn: "IRQ",
        destinationCity: "Baghdad",
        legalStatus: "ASYLUM_REJECTED",
        persons: [
          {
            headOfHousehold: true,
            givenNames: "Samir",
            familyName: "Al-Dabbagh",
            sex: "M",
            nationality: "IRQ",
            dateOfBirth: "1999-03-14",
            placeOfBirth: "Baghdad",
            phone: "+38344100200",
            language: "ar",
          },
        ],
      },
    }),
    query: `mutation OpenCase($input: OpenCaseInput!) {
  openCase(input: $input) {
    errors { code message field }
    case {
      id
      reference
      version
      state
      persons { fullName nationality { name } }
    }
  }
}`,
  },
  {
    id: "mission-depart",
    kind: "MISSION",
    client: "iom-pristina",
    title: "Somebody departs",
    command: true,
    note: "A command that tells many: the police, the receiving mission, the migration authority. Listen below as one of them, then run it.",
    find: `{ cases(first: 25, filter: { state: [READY_TO_DEPART] }) { nodes { id version reference } } }`,
    fill: (found) => {
      const { nodes } = found.cases;
      const leaves = nodes.find((one) => one.reference === "XK-2020-1105") ?? nodes[0];
      const now = new Date().toISOString();
      return {
        input: {
          idempotencyKey: key("departs"),
          caseId: leaves.id,
          expectedVersion: leaves.version,
          departedAt: now,
          declarationSignedAt: now,
          exitFormalities: { borderPoint: "Pristina airport", doneAt: now },
        },
      };
    },
    query: `mutation Departs($input: ConfirmDepartureInput!) {
  confirmDeparture(input: $input) {
    errors { code message field currentVersion }
    case {
      reference
      state
      persons { fullName }
    }
  }
}`,
  },
  {
    id: "mission-ledger",
    kind: "MISSION",
    client: "iom-pristina",
    title: "Who was told what",
    note: "Whatever a partner has read of a person of this mission's cases is in the ledger, field by field, and can be told to that person.",
    query: `query Told {
  disclosures(last: 5) {
    totalCount
    nodes {
      disclosedAt
      organisation { name }
      purpose
      rowType
      fieldsShown
      fieldsMasked
    }
  }
}`,
  },
  {
    id: "dashboard-matrix",
    kind: "DASHBOARD",
    client: "dashboard-denmark",
    title: "The results matrix",
    note: "25 indicators by their numbers. A figure that is withheld is not 0: it says that it is suppressed, and why.",
    variables: { project: "WB-RR-I" },
    query: `query Matrix($project: String) {
  indicators(filter: { project: $project }) {
    number
    code
    unit
    baseline
    target
    value
    achieved
    suppressed
    reason
  }
}`,
  },
  {
    id: "dashboard-table",
    kind: "DASHBOARD",
    client: "dashboard-denmark",
    title: "Returns by territory and sex",
    note: "No cell names fewer persons than the threshold, and no subtraction finds one.",
    query: `query Returns {
  returns(
    groupBy: [HOST_TERRITORY, SEX, AGE_BAND]
    filter: { project: "WB-RR-I", hostTerritory: "XKX" }
  ) {
    threshold
    totalPersons
    withheldPersons
    rows {
      keys { label footnote }
      persons
      suppressed
      reason
    }
  }
}`,
  },
  {
    id: "dashboard-nobody",
    kind: "DASHBOARD",
    client: "dashboard-denmark",
    title: "No person, whoever asks",
    note: "It may ask for cases as everybody may, and there are none: a dashboard reads figures.",
    query: `query Nobody {
  viewer { kind purpose organisation { name } }
  cases(first: 3) { totalCount nodes { reference persons { fullName } } }
}`,
  },
  {
    id: "migration-inbox",
    kind: "MIGRATION_AUTHORITY",
    client: "migration-kosovo",
    title: "Registered, planned, departed",
    note: "The authority is told of who has signed that it may be. Money and health are not for it.",
    query: `query Told {
  notices(last: 3) {
    totalCount
    nodes {
      sequence
      type
      occurredAt
      case {
        reference
        state
        registeredAt
        hostTerritory { name footnote }
        persons { fullName placeOfBirth hostAddress }
        cashGrants { id }
      }
      itinerary { state segments { flight departsAtLocal } }
    }
  }
}`,
  },
  {
    id: "protection-referrals",
    kind: "SERVICE_PROVIDER",
    client: "protection-serbia",
    title: "Whom it is to protect",
    note: "The service learns what has to be done, and not why, or where to the person returns.",
    query: `query Referrals {
  referrals(first: 3) {
    totalCount
    nodes {
      state
      service
      sender { name }
      person { fullName needs }
      case { reference state countryOfReturn { name } }
    }
  }
}`,
  },
  {
    id: "auditor-ledger",
    kind: "AUDITOR",
    client: "auditor",
    title: "The ledger, entry by entry",
    note: "Who was told what, by which token and for which purpose; each entry is bound to all before it.",
    query: `query Ledger {
  disclosures(last: 5) {
    totalCount
    nodes {
      sequence
      disclosedAt
      organisation { name }
      client
      purpose
      rowType
      fieldsShown
      fieldsMasked
      hash
    }
  }
}`,
  },
  {
    id: "auditor-cases",
    kind: "AUDITOR",
    client: "auditor",
    title: "Cases without names",
    note: "Oversight reads what was done. Who the person is stays withheld until it gives a reason, which is noted.",
    query: `query Oversight {
  cases(first: 2) {
    totalCount
    nodes {
      state
      legalStatusAtApplication
      consents { recipientClass active }
      persons { fullName dateOfBirth phone }
    }
  }
}`,
  },
  {
    id: "admin-register",
    kind: "ADMIN",
    client: "admin",
    title: "Organisations and their clients",
    note: "Who takes part, and with which clients. Whoever administers access sees no case.",
    query: `query Register {
  organisations(first: 10) {
    totalCount
    nodes {
      code
      name
      kind
      clients { clientId purposes suspendedAt }
    }
  }
  cases(first: 3) { totalCount }
}`,
  },
];
