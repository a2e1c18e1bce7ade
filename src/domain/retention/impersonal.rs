//! Columns that retention need not touch.

/// Columns of words that tell of no person: codes, names of organisations and places, and digests. By table, with spaces
/// between.
pub const IMPERSONAL: &[(&str, &str)] = &[
    ("accreditations", "host_territory"),
    ("aftercare", "returning_state sustainability_survey_waived"),
    ("airline_clearances", "kind"),
    ("asylum_claims", "stage"),
    ("airport_transfers", "provider"),
    ("arrivals", "airport onward_travel"),
    ("assistance_provisions", "kind provider"),
    (
        "audit_entries",
        "request_id command aggregate from_state to_state event reason",
    ),
    ("break_glass_accesses", "reason state"),
    ("campaign_reports", "territory platform source"),
    ("case_parties", "relation"),
    (
        "cases",
        "host_territory country_of_return state return_mode legal_status withdrawal_reason \
         intake_channel eligibility ineligibility_reason legal_decision_maker data_exchange_form \
         held_from hold_reason termination_reason",
    ),
    (
        "cash_grants",
        "state currency counted_currency single_tranche_reason end_reason recovery payee_account_kind",
    ),
    ("child_safeguards", "best_interests"),
    ("clients", "client_id purposes rights territory_profile issuer"),
    ("complaints", "reference kind channel state outcome"),
    ("consents", "recipient_class purpose category signed_by state"),
    ("consular_interviews", "mode"),
    ("counselling_sessions", "kind mode language facility_kind"),
    ("custody_entries", "location"),
    ("disclosure_snapshots", "policy_version sha256"),
    // Names of fields, never values; kept whole, as proof.
    (
        "disclosures",
        "means token purpose relation row_type shown masked policy_version request_id snapshot_sha256 hash",
    ),
    ("escalation_rules", "notice_type recipient steps"),
    ("escalation_steps", "action"),
    ("escalations", "notice_type outcome"),
    ("escorts", "kind state"),
    ("exchange_rates", "base quote source"),
    ("fitness_assessments", "state"),
    ("grant_computations", "currency"),
    (
        "grant_rules",
        "code nationalities currency tranche_policy split_policy",
    ),
    ("handovers", "relation refusal"),
    ("health_requirements", "requirement"),
    // The key is made up by a client's system, and the digest of a whole command tells nothing.
    ("idempotency_keys", "key command body_hash"),
    // Digests of an inbox's places, types and times.
    ("inbox_heads", "chain oldest_chain"),
    ("information_requests", "items"),
    ("installation", "name value"),
    (
        "itineraries",
        "state fare_basis ticket_currency ticket_override border_point suspension_reason",
    ),
    (
        "jurisdictions",
        "territory objection_authority warning_days told_of_registration told_of_departure \
         authorities_to_tell currencies points_of_exit offices_at_exits",
    ),
    ("ledger_heads", "hash"),
    ("manifest_lines", "state"),
    ("monitoring_contacts", "mode result"),
    ("movement_flights", "flight departure_airport arrival_airport"),
    ("movements", "reference kind state"),
    ("notices", "kind topic delivered_via"),
    ("objection_checks", "state ground"),
    ("operations_suspensions", "country reason"),
    (
        "organisations",
        "code name kind territory seat_city seat_country sending_state",
    ),
    ("outreach_visits", "territory location populations"),
    ("package_items", "category modality state"),
    ("papers", "kind media_type sha256"),
    ("partner_surveys", "respondents"),
    ("personal_documents", "document_type issuing_state"),
    (
        "person_facts",
        "measure occurred_month host_territory country_of_return nationality sex age_band legal_status vulnerability \
         return_mode",
    ),
    ("persons", "sex nationality"),
    ("pre_departure_circumstances", "accommodation"),
    (
        "projects",
        "code name donor currency management_site prism_reference wbs_reference",
    ),
    ("publication_batches", "measure from_month to_month"),
    ("publication_cells", "audience tree key_1 key_2 key_3 withheld"),
    ("publication_cohorts", "measure from_month to_month"),
    ("publication_heads", "closed_month"),
    ("published_answers", "from_month to_month"),
    ("published_refusals", "from_month to_month"),
    ("published_waiting", "month band"),
    ("registered_documents", "sha256 operation_name document"),
    ("referrals", "service consent_override state rejection"),
    (
        "reintegration_packages",
        "state currency suspended_from suspension_reason",
    ),
    (
        "retention_certificates",
        "made_by category rows_sha256 previous_sha256 sha256",
    ),
    ("retention_marks", "category"),
    ("revoked_tokens", "jti reason"),
    ("segments", "flight departure_airport arrival_airport state"),
    ("statutory_extensions", "reason"),
    ("statutory_periods", "warning_days exceeded"),
    (
        "survey_responses",
        "instrument instrument_version outcome mode language outside_window answers state",
    ),
    ("trainings", "topic territory venue state list_reference"),
    ("tranches", "state evidence_kind"),
    ("transfer_agreements", "reference"),
    ("transit_handlings", "country state"),
    ("transit_incidents", "kind airport"),
    (
        "travel_document_requests",
        "state refusal_reason document_type document_issuing_state",
    ),
    ("vulnerability_assessments", "categories"),
    // The address of a system, and a key that signs for it; an attempt says how a machine answered.
    ("webhooks", "url types scheme state disabled_reason breaker"),
    ("webhook_attempts", "outcome"),
    ("webhook_keys", "public_key secret"),
];
