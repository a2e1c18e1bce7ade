//! What is done in the registry and to what belongs to no case: each leaves an entry in the history of its row.

use crate::codes;

codes! { "What was done to a row that belongs to no case." RegistryEvent {
    OrganisationRegistered = "ORGANISATION_REGISTERED": "An organisation was registered.",
    ClientRegistered = "CLIENT_REGISTERED": "A client was registered.",
    ClientSuspended = "CLIENT_SUSPENDED": "A client was suspended.",
    ClientResumed = "CLIENT_RESUMED": "A client may act again.",
    TokensRevoked = "TOKENS_REVOKED": "All tokens of a client were revoked that had been issued until then.",
    TokenRevoked = "TOKEN_REVOKED": "One token of a client was revoked.",
    AgreementRecorded = "AGREEMENT_RECORDED": "An agreement on the transfer of personal data was recorded.",
    AgreementEnded = "AGREEMENT_ENDED": "An agreement on the transfer of personal data was ended before its time.",
    JurisdictionConfigured = "JURISDICTION_CONFIGURED": "What holds in a host territory was changed.",
    ProjectRegistered = "PROJECT_REGISTERED": "A project was registered.",
    GrantRuleDefined = "GRANT_RULE_DEFINED": "A rule for cash grants was defined.",
    GrantRuleEnded = "GRANT_RULE_ENDED": "A rule for cash grants was ended.",
    ExchangeRateRecorded = "EXCHANGE_RATE_RECORDED": "An exchange rate was recorded.",
    OutreachVisitRecorded = "OUTREACH_VISIT_RECORDED": "A visit of a mobile team was recorded.",
    OperationsSuspended = "OPERATIONS_SUSPENDED": "Operations for a country were suspended.",
    OperationsResumed = "OPERATIONS_RESUMED": "The suspension of a country was lifted.",
    ComplaintLodged = "COMPLAINT_LODGED": "A complaint was received.",
    ComplaintAcknowledged = "COMPLAINT_ACKNOWLEDGED": "Somebody took a complaint on.",
    ComplaintInvestigated = "COMPLAINT_INVESTIGATED": "A complaint is looked into.",
    ComplaintResolved = "COMPLAINT_RESOLVED": "A complaint was resolved.",
    ComplaintReferred = "COMPLAINT_REFERRED": "A complaint was handed to another body.",
    NoticesAcknowledged = "NOTICES_ACKNOWLEDGED": "Notices of an inbox were acknowledged.",
} }
