//! A case as chance plays with it: who does what, what the parties have been told, and what is open.

use super::acts::{Act, counsel, euros, find_eligible, new_case, place, register, sign, step};
use crate::domain::case::{CaseState, WithdrawalReason};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::GRANT_LIFECYCLE;
use crate::domain::funding::{Funding, Project};
use crate::domain::handling::TransitHandlingState;
use crate::domain::itinerary::ITINERARY;
use crate::domain::notice::{NoticeDraft, NoticeType, Topic, notices_of};
use crate::domain::objection::ObjectionState;
use crate::domain::party::{
    Accreditation, Author, ClientRight, Directory, Organisation, OrganisationKind, PartyRelation,
};
use crate::domain::referral::REFERRAL;
use crate::domain::safeguards::ESCORT_MACHINE;
use crate::domain::steps::grants::Means;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::OrganisationId;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The mission that assists the person.
pub const PRISTINA: u128 = 1;
/// The mission on the way.
pub const ISTANBUL: u128 = 2;
/// The mission in the country of return.
pub const BAGHDAD: u128 = 3;
const EMBASSY: u128 = 4;
const POLICE: u128 = 5;
pub(super) const AUTHORITY: u128 = 6;
pub(super) const AMMAN: u128 = 7;

/// A notice that was sent, and whether it was taken back.
struct Sent {
    draft: NoticeDraft,
    retracted: bool,
}

/// One case, those who take part, and what they were told.
pub struct Play {
    file: CaseFile,
    now: DateTime<Utc>,
    directory: Directory,
    means: Means,
    sent: Vec<Sent>,
}

type Outcome = Result<Changed<CaseFile>, Refusal>;

fn organisation(nth: u128, kind: OrganisationKind, territory: &str) -> Organisation {
    let post = kind == OrganisationKind::ConsularPost;
    Organisation {
        id: Uuid::from_u128(nth).into(),
        code: format!("organisation-{nth}"),
        name: format!("Organisation {nth}"),
        kind,
        territory: (!post).then(|| place(territory)),
        seat_city: None,
        seat_country: None,
        sending_state: post.then(|| place(territory)),
        version: 1,
    }
}

fn author(nth: u128, subject: &str, rights: Vec<ClientRight>) -> Author {
    Author {
        organisation: Uuid::from_u128(nth).into(),
        client: Uuid::from_u128(100 + nth).into(),
        subject: subject.to_owned(),
        rights,
    }
}

impl Play {
    /// A man from Iraq has registered in Kosovo*, and agrees that every partner does its part.
    pub fn begin() -> Self {
        use OrganisationKind::{ConsularPost, MigrationAuthority, Mission, Police};
        let organisations = [
            (PRISTINA, Mission, "XKX"),
            (ISTANBUL, Mission, "TUR"),
            (BAGHDAD, Mission, "IRQ"),
            (EMBASSY, ConsularPost, "IRQ"),
            (POLICE, Police, "XKX"),
            (AUTHORITY, MigrationAuthority, "XKX"),
            (AMMAN, Mission, "JOR"),
        ];
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        let directory = Directory {
            organisations: organisations
                .map(|(nth, kind, of)| organisation(nth, kind, of))
                .into(),
            accreditations: vec![Accreditation {
                organisation: Uuid::from_u128(EMBASSY).into(),
                host_territory: place("XKX"),
                valid_from: day(2020),
                valid_to: None,
            }],
            ..Directory::default()
        };
        let project = Project {
            id: Uuid::from_u128(50).into(),
            code: "rr".to_owned(),
            name: "Return and reintegration".to_owned(),
            donor: "A ministry".to_owned(),
            starts_on: day(2020),
            ends_on: day(2040),
            budget: euros(0),
            management_site: None,
            prism_reference: None,
            wbs_reference: None,
            reporting_months: None,
            missions: vec![Uuid::from_u128(PRISTINA).into()],
            version: 1,
        };
        let funding = Funding {
            projects: vec![project],
            ..Funding::default()
        };
        let now = DateTime::from_timestamp(1_772_442_000, 0).expect("a moment");
        let clerk = author(PRISTINA, "clerk", Vec::new());
        let c = Circumstances {
            now,
            directory: &directory,
            by: &clerk,
        };
        let opened = CaseFile::open(new_case(day(1998)), clerk.organisation, &c).expect("a case");
        let means = Means {
            funding,
            ..Means::default()
        };
        let mut play = Self {
            file: opened.next().clone(),
            now,
            directory,
            means,
            sent: Vec::new(),
        };
        play.take(&opened);
        for step in [counsel, find_eligible, sign, register] {
            assert!(play.tries(PRISTINA, "clerk", step), "a registration");
        }
        play
    }

    /// Does something, if the rules let it happen now; of several rows it concerns the one at a place.
    pub fn does(&mut self, act: Act, nth: usize) -> bool {
        let means = self.means.clone();
        match act {
            Act::Wait(hours) => {
                self.now += TimeDelta::hours(hours);
                self.time_does_its_part();
                true
            }
            Act::Pay
            | Act::ConfirmReception
            | Act::AgreePackage
            | Act::AcceptReferral
            | Act::StartReferral
            | Act::Arrive
            | Act::SuspendPackage
            | Act::ResumePackage
            | Act::TransferPackage => {
                // The first payment is made at the departure.
                let by = if act == Act::Pay && nth.is_multiple_of(2) {
                    PRISTINA
                } else {
                    BAGHDAD
                };
                self.tries(by, "clerk", |file, c| step(file, act, nth, &means, c))
            }
            Act::ConfirmTransit | Act::Land | Act::Board | Act::Miss => {
                self.tries(ISTANBUL, "clerk", |file, c| step(file, act, nth, &means, c))
            }
            Act::Acknowledge | Act::AskMore | Act::Confirm | Act::Issue => {
                self.tries(EMBASSY, "consul", |file, c| step(file, act, nth, &means, c))
            }
            Act::Clear | Act::Object => {
                self.tries(AUTHORITY, "officer", |file, c| step(file, act, nth, &means, c))
            }
            Act::Approve | Act::RejectGrant | Act::ApproveEscort => {
                self.tries(PRISTINA, "supervisor", |file, c| step(file, act, nth, &means, c))
            }
            _ => self.tries(PRISTINA, "clerk", |file, c| step(file, act, nth, &means, c)),
        }
    }

    fn tries(
        &mut self,
        by: u128,
        subject: &str,
        step: impl FnOnce(CaseFile, &Circumstances<'_>) -> Outcome,
    ) -> bool {
        self.now += TimeDelta::seconds(1);
        let by = author(by, subject, vec![ClientRight::Supervise]);
        let c = Circumstances {
            now: self.now,
            directory: &self.directory,
            by: &by,
        };
        match step(self.file.clone(), &c) {
            Ok(changed) => {
                self.take(&changed);
                true
            }
            Err(_) => false,
        }
    }

    fn time_does_its_part(&mut self) {
        let time = Author::time();
        loop {
            let c = Circumstances {
                now: self.now,
                directory: &self.directory,
                by: &time,
            };
            let Ok(Some(changed)) = self.file.clone().pass_time(&c) else {
                break;
            };
            self.take(&changed);
        }
    }

    /// Keeps a change and sends its notices, as the store does.
    fn take(&mut self, changed: &Changed<CaseFile>) {
        let next = changed.next();
        let events = changed.events().iter();
        for draft in events.flat_map(|event| notices_of(event, next, self.now)) {
            if draft.retracts {
                let of_one = self
                    .sent
                    .iter_mut()
                    .filter(|sent| sent.draft.recipient == draft.recipient);
                for earlier in of_one.filter(|sent| sent.draft.topic.is_retracted()) {
                    earlier.retracted = true;
                }
            }
            self.sent.push(Sent {
                draft,
                retracted: false,
            });
        }
        let mut told: BTreeMap<OrganisationId, BTreeSet<Topic>> = BTreeMap::new();
        for sent in self.sent.iter().filter(|sent| !sent.retracted) {
            told.entry(sent.draft.recipient)
                .or_default()
                .insert(sent.draft.topic);
        }
        self.file = CaseFile { told, ..next.clone() };
    }

    /// The person withdraws with a mission: what has to follow follows, or it is refused and nothing does.
    pub fn withdraws(&mut self, with: u128) -> Result<(), TestCaseError> {
        self.now += TimeDelta::seconds(1);
        let by = author(with, "clerk", Vec::new());
        let c = Circumstances {
            now: self.now,
            directory: &self.directory,
            by: &by,
        };
        let before = self.file.clone();
        let outcome = before.clone().withdraw(WithdrawalReason::ChangedMind, &c);
        if before.case.state == CaseState::Withdrawn {
            let again = outcome.expect("a withdrawal can be repeated");
            prop_assert!(again.events().is_empty());
            prop_assert_eq!(again.next(), &before);
            return Ok(());
        }
        if !before.case.state.is_before_departure() {
            let on_the_way = before.case.state == CaseState::Departed && with == ISTANBUL;
            return match outcome {
                Ok(changed) => {
                    prop_assert!(on_the_way, "{:?} by {with}", before.case.state);
                    self.take(&changed);
                    self.has_ended_everything(&before)
                }
                Err(refusal) if on_the_way => {
                    let codes = [Reason::WrongState, Reason::NotTheMissionThere];
                    prop_assert!(codes.contains(&refusal.reason));
                    Ok(())
                }
                Err(refusal) => {
                    prop_assert_eq!(refusal.reason, Reason::WrongState);
                    Ok(())
                }
            };
        }
        let takes_part = before.relation_of(by.organisation).is_some();
        if with != PRISTINA {
            // Whether it may is not for the domain to say, but that a mission on the way may not is.
            prop_assert!(with != ISTANBUL || !takes_part || outcome.is_err());
            return Ok(());
        }
        let changed = match outcome {
            Ok(changed) => changed,
            Err(refusal) => {
                return Err(TestCaseError::fail(format!(
                    "{:?} in {:?}",
                    refusal, before.case.state
                )));
            }
        };
        let heard = self.sent.len();
        self.take(&changed);
        self.has_ended_everything(&before)?;
        self.has_told_whom_it_had_told(&before, heard)
    }

    fn has_ended_everything(&self, before: &CaseFile) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.file.case.state, CaseState::Withdrawn);
        prop_assert_eq!(
            self.open(),
            Vec::<&str>::new(),
            "withdrawn in {:?}",
            before.case.state
        );
        prop_assert_eq!(paid(&self.file), paid(before));
        Ok(())
    }

    /// Everybody who had been told something that holds no longer, and may still be told, hears of it once; a post whose
    /// request was open hears that it is taken back; nobody else hears anything.
    fn has_told_whom_it_had_told(&self, before: &CaseFile, heard: usize) -> Result<(), TestCaseError> {
        let mut expected: Vec<(OrganisationId, bool)> = before
            .told
            .iter()
            .filter(|(_, topics)| topics.iter().any(|topic| topic.is_retracted()))
            .map(|(recipient, _)| *recipient)
            .filter(|recipient| self.file.may_tell(*recipient))
            .filter(|recipient| {
                let relation = before.relation_of(*recipient);
                !matches!(relation, Some(PartyRelation::Sending | PartyRelation::Consular))
            })
            .map(|recipient| (recipient, true))
            .collect();
        let open = before.requests.iter().filter(|request| request.state.is_open());
        let posts = open.map(|request| request.consular_post);
        expected.extend(
            posts
                .filter(|post| self.file.may_tell(*post))
                .map(|post| (post, false)),
        );
        let mut told = Vec::new();
        for sent in &self.sent[heard..] {
            let of_the_request = sent.draft.kind == NoticeType::TdrCancelled;
            prop_assert!(sent.draft.retracts != of_the_request, "{:?}", sent.draft);
            told.push((sent.draft.recipient, sent.draft.retracts));
        }
        told.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(&told, &expected);
        for (recipient, _) in expected.iter().filter(|(_, retracted)| *retracted) {
            let topics = &self.file.told[recipient];
            prop_assert!(!topics.iter().any(|topic| topic.is_retracted()), "{topics:?}");
        }
        Ok(())
    }

    /// The kinds of rows that are open.
    pub fn open(&self) -> Vec<&'static str> {
        let file = &self.file;
        let grants = file.grants.iter();
        let mut tranches = grants.clone().flat_map(|grant| &grant.tranches);
        let open_grant = |state| GRANT_LIFECYCLE.starts("withdrawCase", state);
        let journeys = file.itineraries.iter();
        let mut items = file.packages.iter().flat_map(|package| &package.items);
        let handlings = file.handlings.iter().filter(|handling| {
            // What a mission confirmed of a journey that broke off on the way was given.
            let journey = journeys.clone().find(|journey| journey.id == handling.itinerary);
            journey.is_some_and(|journey| ITINERARY.starts("withdrawCase", journey.state))
        });
        let registered = file
            .referrals
            .iter()
            .filter(|referral| referral.recipient.is_some());
        let rows = [
            (
                "request",
                file.requests.iter().any(|request| request.state.is_open()),
            ),
            (
                "objection check",
                file.objections
                    .iter()
                    .any(|check| check.state == ObjectionState::Requested),
            ),
            (
                "itinerary",
                journeys
                    .clone()
                    .any(|journey| ITINERARY.starts("withdrawCase", journey.state)),
            ),
            (
                "segment",
                journeys
                    .clone()
                    .flat_map(|journey| &journey.segments)
                    .any(|flight| flight.state.is_ahead()),
            ),
            (
                "handling",
                handlings
                    .clone()
                    .any(|handling| handling.state != TransitHandlingState::Ended),
            ),
            ("grant", file.grants.iter().any(|grant| open_grant(grant.state))),
            ("tranche", tranches.any(|tranche| tranche.state.is_unpaid())),
            (
                "package",
                file.packages.iter().any(|package| package.ended_at.is_none()),
            ),
            ("item", items.any(|item| item.state.is_outstanding())),
            (
                "escort",
                file.safeguards
                    .escorts
                    .iter()
                    .any(|escort| ESCORT_MACHINE.starts("withdrawCase", escort.state)),
            ),
            (
                "referral",
                registered
                    .clone()
                    .any(|referral| REFERRAL.starts("revokeReferral", referral.state)),
            ),
        ];
        rows.into_iter()
            .filter(|(_, open)| *open)
            .map(|(name, _)| name)
            .collect()
    }
}

/// Every payment that a person has, whatever it is called.
fn paid(file: &CaseFile) -> Vec<String> {
    let tranches = file
        .grants
        .iter()
        .flat_map(|grant| grant.tranches.iter().map(move |tranche| (grant.id, tranche)));
    let paid = tranches.filter(|(_, tranche)| tranche.state.is_paid());
    paid.map(|(grant, tranche)| format!("{grant:?} {tranche:?}"))
        .collect()
}
