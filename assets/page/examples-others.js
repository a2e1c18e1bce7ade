// Examples for those who count, watch over, protect and administer.

export const OTHERS = [
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
    filter: {
      project: "WB-RR-I"
      hostTerritory: "XKX"
    }
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
  cases(first: 3) {
    totalCount
    nodes { reference persons { fullName } }
  }
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
