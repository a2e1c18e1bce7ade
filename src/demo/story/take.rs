//! How each step of a script is taken: which row it is about, and the details that a script leaves open.

use super::{Hand, Story};
use crate::demo::assistance::{CEILING_IN_EUROS, euros};
use crate::demo::consents::{signed, usual};
use crate::demo::dice::Dice;
use crate::demo::places::later;
use crate::demo::step::Step;
use crate::domain::cash_grant::{CashGrantState, Milestone, MilestoneKind, PayeeAccountKind};
use crate::domain::consent::RecipientClass;
use crate::domain::handling::{TransitHandlingState, TransitIncidentKind};
use crate::domain::itinerary::{ExitFormalities, Itinerary, Ticket};
use crate::domain::steps::consular_post::NewDocument;
use crate::domain::steps::departure::Departure;
use crate::domain::steps::grants::GrantProposal;
use crate::domain::steps::package::NewPackage;
use crate::domain::steps::transit::NewIncident;
use crate::domain::transition::{Reason, Refusal};
use crate::domain::travel_document::{TravelDocumentRequest, TravelDocumentType};
use crate::ids::{ItineraryId, PersonId};
use crate::policy::actions::Action;
use chrono::{NaiveDate, TimeDelta};

impl Story<'_> {
    /// Takes a step now.
    pub(super) fn take(&mut self, step: Step) -> Result<(), Refusal> {
        match step {
            Step::Register => self.register(),
            Step::Consent(class) => self.consent(class),
            Step::Revoke(class) => self.revoke(class),
            Step::Request(person) => self.request(person),
            Step::Acknowledge(person) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.voluntary()?.acknowledge_request(id, c))
            }
            Step::AskMore(_)
            | Step::AnswerPost(_)
            | Step::Interview(_)
            | Step::Receive(_)
            | Step::HandOver(_)
            | Step::Lose(_) => self.of_a_document(step),
            Step::Confirm(person) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.voluntary()?.confirm_nationality(id, c))
            }
            Step::Issue(person) => self.issue(person),
            Step::Refuse(person, reason) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.voluntary()?.refuse_request(id, reason, c))
            }
            Step::CancelRequest(person) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.voluntary()?.cancel_request(id, c))
            }
            Step::Book(leaves) => self.book(later(self.opened, leaves)),
            Step::Ticket => {
                let id = self.journey()?;
                let number = format!(
                    "{}-{:010}",
                    self.dice.within(100..=999),
                    self.dice.within(1..=9_999_999_999)
                );
                let ticket = self.ticket(number);
                self.step(|file, c| file.voluntary()?.ticket_itinerary(id, ticket, c))
            }
            Step::Suspend(reason) => {
                let id = self.journey()?;
                self.step(|file, c| file.voluntary()?.suspend_itinerary(id, reason, c))
            }
            Step::CancelJourney => {
                let id = self.journey()?;
                self.step(|file, c| file.voluntary()?.cancel_itinerary(id, c))
            }
            Step::Ready => self.ready(),
            Step::Depart => self.depart(),
            Step::MissConnection => self.miss_connection(),
            Step::Arrive => self.arrive(),
            Step::ProposeGrants => self.propose_grants(),
            Step::ApproveGrants => self.approve_grants(),
            Step::Pay(number) => self.pay(number),
            Step::ProposePackage => self.propose_package(),
            Step::Withdraw(reason) => self.step(|file, c| file.withdraw(reason, c)),
        }
    }

    fn consent(&mut self, class: RecipientClass) -> Result<(), Refusal> {
        if self.file.consents_to(class) {
            return Ok(());
        }
        for line in usual(class) {
            let consent = signed(*line, self.now, self.signatory());
            self.step(|file, c| file.record_consent(consent, c))?;
        }
        Ok(())
    }

    fn revoke(&mut self, class: RecipientClass) -> Result<(), Refusal> {
        let of_class = self
            .file
            .consents
            .iter()
            .filter(|line| line.recipient_class == class && line.is_active());
        let lines: Vec<_> = of_class.map(|line| line.id).collect();
        for id in lines {
            self.step(|file, c| file.revoke_consent(id, c))?;
        }
        Ok(())
    }

    fn request(&mut self, person: usize) -> Result<(), Refusal> {
        let applicant = self.person(person)?;
        let nationality = self.file.persons[person].nationality;
        let day = self.now.date_naive();
        let directory = &self.scene.directory;
        let mut posts = directory.accredited_posts(nationality, self.file.case.host_territory, day);
        let before = self.asked_for(person).map(|request| request.consular_post).ok();
        if posts.len() > 1 {
            posts.retain(|post| before != Some(*post));
        }
        // A family stays with one post.
        let of_family = self.file.requests.last().map(|request| request.consular_post);
        let preferred = of_family.filter(|post| before.is_none() && posts.contains(post));
        let preferred = preferred.or_else(|| (!posts.is_empty()).then(|| *self.dice.pick(&posts)));
        let expedited = self.dice.in_a_hundred(15);
        self.step(|file, c| {
            file.voluntary()?
                .request_travel_document(applicant, preferred, expedited, c)
        })
    }

    fn issue(&mut self, person: usize) -> Result<(), Refusal> {
        let (document_type, days) = match self.dice.within(1..=7) {
            1 => (TravelDocumentType::Passport, 1_826),
            _ => (TravelDocumentType::EmergencyTravelDocument, 180),
        };
        self.issue_for(person, document_type, days)
    }

    /// The post issues a document of a kind that is good for so many days.
    pub(in crate::demo) fn issue_for(
        &mut self,
        person: usize,
        document_type: TravelDocumentType,
        days: i64,
    ) -> Result<(), Refusal> {
        let id = self.asked_for(person)?.id;
        let today = self.now.date_naive();
        let letter = char::from(*self.dice.pick(b"ABCDEGHJKLMNPRSTUVWXYZ"));
        let number = format!("{letter}{:07}", self.dice.within(1..=9_999_999));
        let document = NewDocument {
            document_type,
            number,
            issued_on: today,
            expires_on: later(today, days),
            single_journey: None,
            destination_only: None,
            mrz: None,
        };
        self.step(|file, c| file.voluntary()?.issue_document(id, document, c))
    }

    pub(in crate::demo) fn book(&mut self, leaves: NaiveDate) -> Result<(), Refusal> {
        let flights = self.route.flights(leaves, &mut self.dice);
        self.may_leave_on(leaves)?;
        let reference = letters_and_digits(6, &mut self.dice);
        self.step(|file, c| file.voluntary()?.book_itinerary(flights, Some(reference), c))
    }

    /// Missions on the way and at the end confirm, and then everything is in place.
    pub(in crate::demo) fn ready(&mut self) -> Result<(), Refusal> {
        let id = self.journey()?;
        let asked = self.file.handlings.iter();
        let asked: Vec<_> = asked
            .filter(|handling| handling.itinerary == id && handling.state == TransitHandlingState::Requested)
            .map(|handling| handling.mission)
            .collect();
        for mission in asked {
            self.step_by((mission, Action::ConfirmTransit), |file, c| {
                file.voluntary()?.confirm_transit(id, c)
            })?;
        }
        let confirmed = |journey: &Itinerary| journey.id == id && journey.reception_confirmed_at.is_some();
        if let Some(receiving) = self.file.case.receiving_mission
            && !self.file.itineraries.iter().any(confirmed)
        {
            self.step_by((receiving, Action::ConfirmReception), |file, c| {
                file.voluntary()?.confirm_reception(id, c)
            })?;
        }
        self.step(|file, c| file.voluntary()?.mark_ready(c))
    }

    fn ticket(&mut self, number: String) -> Ticket {
        Ticket {
            number,
            fare_basis: Some("YHUMA".to_owned()),
            cost: Some(euros(self.dice.within(180..=640))),
            booking_reference: None,
            before_document: None,
        }
    }

    fn propose_package(&mut self) -> Result<(), Refusal> {
        if !self.file.packages.is_empty() {
            return Ok(());
        }
        let (head, venture) = (self.person(0)?, self.venture);
        let package = NewPackage {
            person: head,
            ceiling: euros(CEILING_IN_EUROS),
            cash_allowed: true,
            plan: Some(venture.plan.to_owned()),
            items: venture.items(),
        };
        self.step(|file, c| file.propose_package(package, c))
    }

    pub(in crate::demo) fn depart(&mut self) -> Result<(), Refusal> {
        let journey = self.file.live_itinerary().ok_or(Reason::ItineraryNotTicketed)?;
        let scheduled = journey.departs_at().ok_or(Reason::ItineraryNotTicketed)?;
        let declared = scheduled - TimeDelta::minutes(self.dice.within(75..=150));
        let departed = scheduled + TimeDelta::minutes(self.dice.within(0..=20));
        let departure = Departure {
            declaration_signed_at: Some(declared),
            exit_formalities: Some(ExitFormalities {
                border_point: format!("{} airport", journey.segments[0].departure_airport),
                airport_access: true,
                done_at: Some(scheduled - TimeDelta::minutes(40)),
            }),
            departed_at: departed,
        };
        self.now = self
            .now
            .max(departed + TimeDelta::minutes(self.dice.within(5..=30)));
        self.step(|file, c| file.voluntary()?.confirm_departure(departure, c))
    }

    fn miss_connection(&mut self) -> Result<(), Refusal> {
        let journey = self.file.itineraries.last().ok_or(Reason::WrongState)?;
        let [first, second] = journey.segments.as_slice() else {
            return Ok(());
        };
        let (id, landed) = (journey.id, first.arrives_at);
        let incident = NewIncident {
            segment: second.position,
            kind: TransitIncidentKind::MissedConnection,
            airport: None,
            occurred_at: second.departs_at,
        };
        self.now = self
            .now
            .max(landed.max(second.departs_at) + TimeDelta::minutes(self.dice.within(5..=60)));
        self.step(|file, c| file.voluntary()?.report_incident(id, incident, c))
    }

    pub(in crate::demo) fn arrive(&mut self) -> Result<(), Refusal> {
        let journey = self.file.itineraries.last().ok_or(Reason::WrongState)?;
        let scheduled = journey.arrives_at().ok_or(Reason::WrongState)?;
        let arrived = scheduled + TimeDelta::minutes(self.dice.within(0..=40));
        self.now = self
            .now
            .max(arrived + TimeDelta::minutes(self.dice.within(20..=90)));
        self.step(|file, c| file.voluntary()?.confirm_arrival(arrived, Vec::new(), c))
    }

    fn propose_grants(&mut self) -> Result<(), Refusal> {
        let today = self.now.date_naive();
        let adults: Vec<_> = self
            .file
            .persons
            .iter()
            .filter(|person| person.age_on(today) >= 18)
            .map(|person| person.id)
            .collect();
        for adult in adults {
            let means = self.means.clone();
            let order = format!(
                "PO-{}-{:02}",
                self.now.format("%y%m%d"),
                self.file.grants.len() + 1
            );
            let proposal = GrantProposal {
                account: Some((PayeeAccountKind::CashOffice, order)),
                ..GrantProposal::usual(adult, None, None)
            };
            self.step(|file, c| file.propose_grant(proposal, &means, c))?;
        }
        Ok(())
    }

    fn approve_grants(&mut self) -> Result<(), Refusal> {
        let proposed = self
            .file
            .grants
            .iter()
            .filter(|grant| grant.state == CashGrantState::Proposed);
        let proposed: Vec<_> = proposed.map(|grant| grant.id).collect();
        for id in proposed {
            let means = self.means.clone();
            self.supervised(|file, c| file.approve_grant(id, &means, c))?;
        }
        Ok(())
    }

    fn pay(&mut self, number: i32) -> Result<(), Refusal> {
        let payable = self.file.grants.iter().filter(|grant| {
            let approved = matches!(
                grant.state,
                CashGrantState::Approved | CashGrantState::PartiallyPaid
            );
            let next = grant.tranches.iter().find(|tranche| tranche.state.is_unpaid());
            approved && next.is_some_and(|tranche| tranche.number == number)
        });
        let payable: Vec<_> = payable.map(|grant| grant.id).collect();
        for id in payable {
            if number == 1 {
                self.step(|file, c| file.pay_tranche(id, number, None, c))?;
            } else {
                let visit = Milestone {
                    kind: MilestoneKind::Visit,
                    reference: format!("V-{:04}", self.dice.within(1..=9_999)),
                };
                let mission = self.author(Hand::Receiving);
                self.step_as(mission, |file, c| file.pay_tranche(id, number, Some(visit), c))?;
            }
        }
        Ok(())
    }

    pub(in crate::demo) fn person(&self, nth: usize) -> Result<PersonId, Refusal> {
        self.file
            .persons
            .get(nth)
            .map(|person| person.id)
            .ok_or(Reason::NotOnThisCase.into())
    }

    /// The request that was made last for a person.
    pub(in crate::demo) fn asked_for(&self, nth: usize) -> Result<&TravelDocumentRequest, Refusal> {
        let person = self.person(nth)?;
        let mut latest_first = self.file.requests.iter().rev();
        latest_first
            .find(|request| request.person_id == person)
            .ok_or(Reason::WrongState.into())
    }

    pub(in crate::demo) fn journey(&self) -> Result<ItineraryId, Refusal> {
        self.file
            .live_itinerary()
            .map(|itinerary| itinerary.id)
            .ok_or(Reason::WrongState.into())
    }
}

fn letters_and_digits(count: usize, dice: &mut Dice) -> String {
    (0..count)
        .map(|_| char::from(*dice.pick(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789")))
        .collect()
}
