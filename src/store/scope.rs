//! Reach as SQL. Every select of governed rows starts here, so no read goes around `policy::rows`.

use crate::domain::code::Code;
use crate::domain::disclosure::DisclosureRelation;
use crate::domain::party::{OrganisationKind, PartyRelation};
use crate::policy::ledger::types_open_to;
use crate::policy::relation::Relation;
use crate::policy::rows::{Needed, PartyReach, Reach, Resource, Window};
use entity::{
    break_glass_access, campaign_report, case, case_party, cash_grant, client, complaint, consent,
    disclosure, escalation, escalation_rule, exchange_rate, grant_rule, itinerary, jurisdiction,
    manifest_line, movement, notice, operations_suspension, organisation, outreach_visit, partner_survey,
    person, project, referral, reintegration_package, retention_certificate, training,
    travel_document_request, webhook,
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

/// A table of governed rows: how its rows hang on a case, and which of them concern one organisation itself.
pub trait Governable: EntityTrait<Model: Send + Sync> {
    /// The resource that its rows are.
    const RESOURCE: Resource;
    /// The column that names the case of a row.
    fn case_column() -> Option<Self::Column>;
    /// The column that rows are paged by.
    fn id_column() -> Self::Column;
    /// Rows that concern the organisation itself, where only those are within reach.
    fn own(window: &Window, organisation: uuid::Uuid) -> Condition {
        let _ = (window, organisation);
        nothing()
    }
    /// Rows within the reach of a party.
    fn within(reach: &PartyReach) -> Condition {
        match Self::case_column() {
            Some(case_column) => of_party::<Self>(case_column, reach),
            None => nothing(),
        }
    }
    /// Rows that every partner knows of, and the organisation's own, where that is the reach.
    fn known_to(organisation: uuid::Uuid) -> Condition {
        let _ = organisation;
        nothing()
    }
    /// Rows that are not about an organisation, where that is the reach.
    fn not_about(organisation: uuid::Uuid) -> Condition {
        let _ = organisation;
        nothing()
    }
    /// Rows addressed to an organisation, where that is the reach.
    fn addressed_to(organisation: uuid::Uuid) -> Condition {
        let _ = organisation;
        nothing()
    }
}

macro_rules! governable {
    ($module:ident, $resource:ident, $case:expr) => {
        impl Governable for $module::Entity {
            const RESOURCE: Resource = Resource::$resource;
            fn case_column() -> Option<Self::Column> {
                $case
            }
            fn id_column() -> Self::Column {
                $module::Column::Id
            }
        }
    };
}

/// A table whose rows are an organisation's own, and hang on no case.
macro_rules! owned {
    ($($module:ident $resource:ident),+ $(,)?) => {$(
        impl Governable for $module::Entity {
            const RESOURCE: Resource = Resource::$resource;
            fn case_column() -> Option<Self::Column> {
                None
            }
            fn id_column() -> Self::Column {
                $module::Column::Id
            }
            fn addressed_to(organisation: uuid::Uuid) -> Condition {
                Condition::all().add($module::Column::OrganisationId.eq(organisation))
            }
        }
    )+};
}

owned!(
    outreach_visit OutreachVisit,
    training Training,
    campaign_report ProgrammeRecord,
    partner_survey ProgrammeRecord,
    webhook Webhook,
);

governable!(case, Case, Some(case::Column::Id));
governable!(
    break_glass_access,
    BreakGlassAccess,
    Some(break_glass_access::Column::CaseId)
);
governable!(cash_grant, CashGrant, Some(cash_grant::Column::CaseId));
governable!(escalation, Escalation, Some(escalation::Column::CaseId));
governable!(escalation_rule, EscalationRule, None);
governable!(
    reintegration_package,
    ReintegrationPackage,
    Some(reintegration_package::Column::CaseId)
);

impl Governable for organisation::Entity {
    const RESOURCE: Resource = Resource::Organisation;
    fn case_column() -> Option<Self::Column> {
        None
    }
    fn id_column() -> Self::Column {
        organisation::Column::Id
    }
    fn known_to(organisation: uuid::Uuid) -> Condition {
        Condition::any()
            .add(organisation::Column::Kind.ne(OrganisationKind::ServiceProvider.code()))
            .add(organisation::Column::Id.eq(organisation))
    }
}

governable!(client, Client, None);

impl Governable for complaint::Entity {
    const RESOURCE: Resource = Resource::Complaint;
    /// A complaint may be about a case, and hangs on none: whoever reaches the case learns nothing of it.
    fn case_column() -> Option<Self::Column> {
        None
    }
    fn id_column() -> Self::Column {
        complaint::Column::Id
    }
    fn not_about(organisation: uuid::Uuid) -> Condition {
        Condition::all().add(complaint::Column::AboutId.ne(organisation))
    }
}

governable!(jurisdiction, Jurisdiction, None);
governable!(project, Funding, None);
governable!(grant_rule, Funding, None);
governable!(exchange_rate, Funding, None);
governable!(operations_suspension, OperationsSuspension, None);
governable!(retention_certificate, RetentionCertificate, None);

impl Governable for person::Entity {
    const RESOURCE: Resource = Resource::Person;
    fn case_column() -> Option<Self::Column> {
        Some(person::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        person::Column::Id
    }
    fn own(window: &Window, organisation: uuid::Uuid) -> Condition {
        if window.relation == PartyRelation::Service {
            return referred_to(organisation);
        }
        let request = travel_document_request::Entity;
        let person_id = Expr::col((request, travel_document_request::Column::PersonId));
        let asked = Query::select()
            .expr(Expr::val(1))
            .from(request)
            .and_where(person_id.equals((person::Entity, person::Column::Id)))
            .cond_where(asked_of(window, organisation))
            .to_owned();
        Condition::all().add(Expr::exists(asked))
    }
}

impl Governable for travel_document_request::Entity {
    const RESOURCE: Resource = Resource::TravelDocumentRequest;
    fn case_column() -> Option<Self::Column> {
        Some(travel_document_request::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        travel_document_request::Column::Id
    }
    fn own(window: &Window, organisation: uuid::Uuid) -> Condition {
        asked_of(window, organisation)
    }
}

/// Persons whom a service was asked to protect, as long as the referral lasts.
fn referred_to(service: uuid::Uuid) -> Condition {
    use referral::{Column, Entity};
    let person_id = Expr::col((Entity, Column::PersonId));
    let asked = Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(person_id.equals((person::Entity, person::Column::Id)))
        .and_where(Expr::col((Entity, Column::RecipientId)).eq(service))
        .and_where(Expr::col((Entity, Column::EndedAt)).is_null())
        .to_owned();
    Condition::all().add(Expr::exists(asked))
}

/// Requests made of a consular post that have not ended, or not too long ago.
fn asked_of(window: &Window, post: uuid::Uuid) -> Condition {
    use travel_document_request::{Column, Entity};
    let ended_at = || Expr::col((Entity, Column::EndedAt));
    let open = window.cutoff.map(|cutoff| {
        Condition::any()
            .add(ended_at().is_null())
            .add(ended_at().gt(cutoff))
    });
    Condition::all()
        .add(Column::ConsularPostId.eq(post))
        .add_option(open)
}

impl Governable for itinerary::Entity {
    const RESOURCE: Resource = Resource::Itinerary;
    fn case_column() -> Option<Self::Column> {
        Some(itinerary::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        itinerary::Column::Id
    }
    fn own(_: &Window, organisation: uuid::Uuid) -> Condition {
        let (case, journey) = (itinerary::Column::CaseId, itinerary::Column::Id);
        told_of::<Self>(case, journey, organisation)
    }
}

/// Rows about a journey of which an organisation was told.
fn told_of<E: EntityTrait>(case: E::Column, journey: E::Column, organisation: uuid::Uuid) -> Condition {
    let of_notice = |column: notice::Column| Expr::col((notice::Entity, column));
    let told = Query::select()
        .expr(Expr::val(1))
        .from(notice::Entity)
        .and_where(of_notice(notice::Column::CaseId).equals((E::default(), case)))
        .and_where(of_notice(notice::Column::ItineraryId).equals((E::default(), journey)))
        .and_where(notice::Column::RecipientId.eq(organisation))
        .to_owned();
    Condition::all().add(Expr::exists(told))
}

impl Governable for manifest_line::Entity {
    const RESOURCE: Resource = Resource::Movement;
    fn case_column() -> Option<Self::Column> {
        Some(manifest_line::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        manifest_line::Column::Id
    }
    fn own(_: &Window, organisation: uuid::Uuid) -> Condition {
        use manifest_line::Column::{CaseId, ItineraryId};
        told_of::<Self>(CaseId, ItineraryId, organisation)
    }
}

impl Governable for movement::Entity {
    const RESOURCE: Resource = Resource::Movement;
    fn case_column() -> Option<Self::Column> {
        None
    }
    fn id_column() -> Self::Column {
        movement::Column::Id
    }
    /// Movements that the organisation organises, or on whose manifest a line is within its reach.
    fn within(reach: &PartyReach) -> Condition {
        let line = manifest_line::Entity;
        let of_movement = Expr::col((line, manifest_line::Column::MovementId));
        let lines = Query::select()
            .expr(Expr::val(1))
            .from(line)
            .and_where(of_movement.equals((movement::Entity, movement::Column::Id)))
            .cond_where(manifest_line::Entity::within(reach))
            .to_owned();
        Condition::any()
            .add(movement::Column::OrganiserId.eq(reach.organisation.uuid()))
            .add(Expr::exists(lines))
    }
}

impl Governable for consent::Entity {
    const RESOURCE: Resource = Resource::Consent;
    fn case_column() -> Option<Self::Column> {
        Some(consent::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        consent::Column::Id
    }
    fn own(window: &Window, organisation: uuid::Uuid) -> Condition {
        use consent::Column::{RecipientClass, RecipientId};
        if window.relation == PartyRelation::Receiving {
            return Condition::all().add(RecipientId.is_null());
        }
        match Relation::from(window.relation).recipient_class() {
            Some(class) => {
                let named = class.is_by_name().then(|| RecipientId.eq(organisation));
                Condition::all()
                    .add(RecipientClass.eq(class.code()))
                    .add_option(named)
            }
            None => nothing(),
        }
    }
}

impl Governable for disclosure::Entity {
    const RESOURCE: Resource = Resource::Disclosure;
    fn case_column() -> Option<Self::Column> {
        Some(disclosure::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        disclosure::Column::Id
    }
    /// What the organisation was told itself, and what those were told who are there for every case: which authority reads
    /// may give a claim away, that a service does, or what consents and referrals there are, gives protection away, and what
    /// oversight reads behind the table that something is looked into.
    fn own(window: &Window, organisation: uuid::Uuid) -> Condition {
        use DisclosureRelation::{Consular, Oversight, Police, Transit};
        use disclosure::Column::{BreakGlassId, OrganisationId, Relation as Recipient, RowType};
        let usual = |row_type: &&str| !["Consent", "HistoryEntry", "Referral"].contains(row_type);
        let open = types_open_to(window.relation.into()).filter(usual);
        let of_others = Condition::all()
            .add(
                Condition::any()
                    .add(Recipient.is_in([Consular, Police, Transit].map(Code::code)))
                    .add(Recipient.eq(Oversight.code()).and(BreakGlassId.is_null())),
            )
            .add(RowType.is_in(open));
        Condition::any()
            .add(OrganisationId.eq(organisation))
            .add(of_others)
    }
}

impl Governable for referral::Entity {
    const RESOURCE: Resource = Resource::Referral;
    fn case_column() -> Option<Self::Column> {
        Some(referral::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        referral::Column::Id
    }
    fn own(_: &Window, organisation: uuid::Uuid) -> Condition {
        Condition::any()
            .add(referral::Column::SenderId.eq(organisation))
            .add(referral::Column::RecipientId.eq(organisation))
    }
}

impl Governable for notice::Entity {
    const RESOURCE: Resource = Resource::Notice;
    fn case_column() -> Option<Self::Column> {
        Some(notice::Column::CaseId)
    }
    fn id_column() -> Self::Column {
        notice::Column::Id
    }
    fn addressed_to(organisation: uuid::Uuid) -> Condition {
        Condition::all().add(notice::Column::RecipientId.eq(organisation))
    }
}

/// A select of the rows within reach: the only way in which governed rows are selected for a viewer.
pub(super) fn select<E: Governable>(reach: &Reach) -> Select<E> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the place where selects of governed rows start"
    )]
    E::find().filter(within::<E>(reach))
}

/// Reach as a condition on the rows of a table.
pub(super) fn within<E: Governable>(reach: &Reach) -> Condition {
    match reach {
        Reach::Nothing => nothing(),
        Reach::Everything => Condition::all(),
        Reach::Known(organisation) => E::known_to(organisation.uuid()),
        Reach::AddressedTo(organisation) => E::addressed_to(organisation.uuid()),
        Reach::NotAbout(organisation) => E::not_about(organisation.uuid()),
        Reach::OfParty(reach) => E::within(reach),
    }
}

fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// Rows of cases in which the organisation has a part, within its window and with consent.
fn of_party<E: Governable>(case_column: E::Column, reach: &PartyReach) -> Condition {
    let organisation = reach.organisation.uuid();
    let (own, whole): (Vec<&Window>, Vec<&Window>) = reach.windows.iter().partition(|window| window.own_only);
    let mut parts = Condition::any();
    if !whole.is_empty() {
        parts = parts.add(part::<E>(case_column, organisation, &whole));
    }
    for window in own {
        let concerned = Condition::all()
            .add(part::<E>(case_column, organisation, &[window]))
            .add(E::own(window, organisation));
        parts = parts.add(concerned);
    }
    let mut condition = Condition::all().add(parts);
    if let Some(Needed { class, purpose }) = reach.consent {
        let given = Alias::new("given");
        let column = |column: consent::Column| Expr::col((given.clone(), column));
        let consents: SelectStatement = Query::select()
            .expr(Expr::val(1))
            .from_as(consent::Entity, given.clone())
            .and_where(column(consent::Column::CaseId).equals((E::default(), case_column)))
            .and_where(column(consent::Column::RecipientClass).eq(class.code()))
            .and_where(column(consent::Column::Purpose).eq(purpose.code()))
            .and_where(column(consent::Column::Category).eq(class.opening().code()))
            .and_where(column(consent::Column::RevokedAt).is_null())
            .and_where_option(
                class
                    .is_by_name()
                    .then(|| column(consent::Column::RecipientId).eq(organisation)),
            )
            .to_owned();
        condition = condition.add(Expr::exists(consents));
    }
    condition
}

/// Whether the organisation has a part in the row's case, in one of these relations and within its window.
fn part<E: Governable>(case_column: E::Column, organisation: uuid::Uuid, windows: &[&Window]) -> Expr {
    // The alias keeps the inner table apart where the outer select reads the same one.
    let part = Alias::new("part");
    let column = |column: case_party::Column| Expr::col((part.clone(), column));
    let mut open = Condition::any();
    for window in windows {
        let mut one = Condition::all().add(column(case_party::Column::Relation).eq(window.relation.code()));
        if let Some(cutoff) = window.cutoff {
            let ended_at = || column(case_party::Column::EndedAt);
            one = one.add(
                Condition::any()
                    .add(ended_at().is_null())
                    .add(ended_at().gt(cutoff)),
            );
        }
        open = open.add(one);
    }
    let parties: SelectStatement = Query::select()
        .expr(Expr::val(1))
        .from_as(case_party::Entity, part.clone())
        .and_where(column(case_party::Column::CaseId).equals((E::default(), case_column)))
        .and_where(column(case_party::Column::OrganisationId).eq(organisation))
        .cond_where(open)
        .to_owned();
    Expr::exists(parties)
}
