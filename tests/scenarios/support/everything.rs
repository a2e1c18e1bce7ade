//! Everything that a viewer can ask of its cases at once, for stories about what somebody does not learn.

use super::actor::Actor;
use super::ask::Answer;
use serde_json::json;

/// Every listing with every field of every row.
pub const EVERYTHING: &str = "
query Everything {
    viewer { clientId kind organisation { code } }
    cases(first: 100) { totalCount nodes { ...everyCase } }
    travelDocumentRequests(first: 100) { totalCount nodes { ...everyRequest case { id } } }
    itineraries(first: 100) { totalCount nodes { ...everyItinerary case { id } } }
    cashGrants(first: 100) { totalCount nodes { ...everyGrant case { id } } }
    reintegrationPackages(first: 100) { totalCount nodes { ...everyPackage case { id } } }
    notices(first: 100) { totalCount nodes {
        id sequence type occurredAt retractedAt supersededBy { sequence } acknowledgement { at by note }
        recipient { code } case { id } itinerary { id } travelDocumentRequest { id } cashGrant { id } } }
}
fragment everyPlace on Territory { code name footnote }
fragment everyCase on Case {
    id reference state returnMode legalStatusAtApplication version personCount
    hostTerritory { ...everyPlace } countryOfReturn { ...everyPlace } destinationCity
    sendingMission { code } receivingMission { code } mimosaReference prismReference
    asylumClaims { stage number lodgedOn decidedOn authority { code } version }
    openedAt registeredAt applicationSignedAt voluntarinessRecordedAt declarationSignedAt departedAt arrivedAt
    withdrawalReason
    persons { ...everyPerson }
    consents { id active recipientClass purpose category signedAt revokedAt }
    travelDocumentRequests { ...everyRequest }
    itineraries { ...everyItinerary }
    cashGrants { ...everyGrant }
    reintegrationPackages { ...everyPackage }
    aftercare { admittedOn returningState { code } counselledAt satisfactionSurveyOffered sustainabilitySurveyOn
        sustainabilitySurveyWaived }
    handovers { person { id } to relation at acceptedBy refusal }
}
fragment everyPerson on Person {
    id fullName dateOfBirth sex nationality { ...everyPlace } placeOfBirth parentsNames phone email
    maritalStatus occupation education hostAddress
    addressInCountryOfReturn language headOfHousehold
}
fragment everyRequest on TravelDocumentRequest {
    id state expedited submittedAt acknowledgedAt nationalityConfirmedAt endedAt plannedDepartureOn
    refusalReason version
    applicant { id } consularPost { code } document { type number mrz issuedOn expiresOn }
    stateSince informationRequests { askedAt items question answeredAt answer }
    interviews { at mode place } custody { location since } disclosureSnapshot { content sha256 }
    alternativePosts { code }
}
fragment everyItinerary on Itinerary {
    id attemptNo state replacesAttemptNo bookedAt ticketedAt ticketNumber bookingReference suspendedAt suspensionReason
    version segments { flight departureAirport departureTimeZone departsAt arrivalAirport arrivalTimeZone arrivesAt }
}
fragment everyGrant on CashGrant {
    id state amount { amountMinor currency } proposedAt approvedAt version payee { id } payeeAccount { kind number }
    tranches { number amount { amountMinor currency } state paidAt }
}
fragment everyPackage on ReintegrationPackage {
    id state ceiling { amountMinor currency } plan proposedAt version beneficiary { id }
    cashAllowed revision agreedAt donorApprovalReference suspensionReason transferredTo { code } endedAt
    items { position category modality description amount { amountMinor currency } exceptional state deliveredAt
        receiptReference receiptVerifiedAt }
    monitoringContacts { mode result on by }
}";

impl Actor {
    /// Everything that the actor can read now, with what is kept back; the answer has no errors.
    pub async fn everything(&self) -> Answer {
        let answer = self.ask(EVERYTHING, json!({})).await;
        assert!(answer.errors.is_empty(), "{}: {}", self.client, answer.text);
        answer
    }
}
