// Examples for those who act on a case: embassies, police and missions.

const key = (word) => `${word}-${crypto.randomUUID()}`;

export const PARTNERS = [
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
  travelDocumentRequests(
    first: 1
    filter: { state: [SUBMITTED, ACKNOWLEDGED] }
  ) {
    nodes {
      state
      plannedDepartureOn
      applicant {
        fullName sex dateOfBirth
        placeOfBirth parentsNames
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
    find: `{ travelDocumentRequests(first: 1, filter: { state: [SUBMITTED] }) {
      nodes { id version case { hostTerritory { code } } } } }`,
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
    query: `mutation TakeNote($input: AcknowledgeTravelDocumentRequestInput!) {
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
  notices(
    last: 1
    filter: { types: [DEPARTURE_PLANNED] }
  ) {
    nodes {
      sequence
      case {
        reference
        state
        hostTerritory { name footnote }
        persons {
          fullName dateOfBirth phone hostAddress
        }
        legalStatusAtApplication
        cashGrants { id }
      }
      itinerary {
        segments {
          flight departsAtLocal
          departureAirport arrivalAirport
        }
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
  cases(
    first: 3
    filter: { state: [PRE_DEPARTURE, READY_TO_DEPART] }
  ) {
    totalCount
    nodes {
      reference
      state
      legalStatusAtApplication
      hostTerritory { name footnote }
      countryOfReturn { name }
      persons {
        fullName dateOfBirth phone hostAddress
      }
      itineraries {
        attemptNo
        state
        segments { flight departsAtLocal }
      }
      cashGrants {
        state
        amount { amountMinor currency }
      }
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
    find: `{ cases(first: 25, filter: { state: [READY_TO_DEPART] }) {
      nodes { id version reference consents { recipientClass active } } } }`,
    fill: (found) => {
      // The police are told of whoever has signed that they may be.
      const { nodes } = found.cases;
      const open = ({ consents }) => consents.some(({ recipientClass, active }) => active && recipientClass === "HOST_POLICE");
      const leaves = nodes.find((one) => one.reference === "XK-2020-1105") ?? nodes.find(open) ?? nodes[0];
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
];
