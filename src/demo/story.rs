//! Plays a case: takes the steps of its script in the domain, each at its own moment, and notes who is told of what.
//!
//! Nothing is written into a case file from outside, so every row of the demo obeys every rule. What the store adds when
//! it saves a step (versions, the record of who has been told) is added here in the same way.

use super::assistance::{CEILING_IN_EUROS, Venture, euros, grant};
use super::consents::{Line, signed, usual};
use super::dice::Dice;
use super::places::{Route, at, later};
use super::script::{Script, Step};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{CashGrantState, TrancheState};
use crate::domain::consent::RecipientClass;
use crate::domain::notice::{NoticeDraft, Topic, notices_of};
use crate::domain::party::Directory;
use crate::domain::steps::case::{NewCase, Registration};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{TravelDocument, TravelDocumentRequest, TravelDocumentType};
use crate::ids::{ItineraryId, OrganisationId, PersonId};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// What is settled of a case before it begins.
pub(super) struct Plan {
    /// What the case is opened with.
    pub new: NewCase,
    /// The mission that opens it.
    pub sending: OrganisationId,
    /// The day of the opening.
    pub opened: NaiveDate,
    /// How the persons fly.
    pub route: Route,
    /// What they consent to.
    pub consents: Vec<Line>,
    /// What they plan to do after return.
    pub venture: &'static Venture,
    /// What happens.
    pub script: Script,
    /// Chance for what is left open: hours, numbers, amounts.
    pub dice: Dice,
}

/// A case as far as it has been played.
pub(super) struct Story<'a> {
    /// The case as it stands.
    pub file: CaseFile,
    /// Who was told what, and when.
    pub told: Vec<(DateTime<Utc>, NoticeDraft)>,
    /// Every change that was made, for tests that make them again elsewhere.
    #[cfg(test)]
    pub changes: Vec<(DateTime<Utc>, Changed<CaseFile>)>,
    directory: &'a Directory,
    now: DateTime<Utc>,
    dice: Dice,
}

impl<'a> Story<'a> {
    /// Plays a case to the end of its script. A refusal by the domain ends it there, and is returned beside it.
    ///
    /// # Errors
    ///
    /// The refusal, if the case could not even be opened.
    pub(super) fn play(plan: Plan, directory: &'a Directory) -> Result<(Self, Option<Refusal>), Refusal> {
        let mut dice = plan.dice;
        let now = at(plan.opened, 7, dice.within(0..=480)) + TimeDelta::seconds(dice.within(0..=59));
        let opened = CaseFile::open(plan.new, plan.sending, &Circumstances { now, directory })?;
        let file = opened.next().clone();
        #[cfg(test)]
        let changes = vec![(now, opened)];
        let mut story = Self {
            file,
            told: Vec::new(),
            #[cfg(test)]
            changes,
            directory,
            now,
            dice,
        };
        for (day, step) in plan.script.steps {
            story.wait_until(later(plan.opened, day));
            let taken = match step {
                Step::Register => story.register(&plan.consents),
                Step::Book(leaves) => story.book(plan.route, later(plan.opened, leaves)),
                Step::ProposePackage => story.propose_package(plan.venture),
                step => story.take(step),
            };
            if let Err(refusal) = taken {
                return Ok((story, Some(refusal)));
            }
        }
        Ok((story, None))
    }

    /// The next moment of the story: some time of another day's office hours, or minutes later on the same day.
    fn wait_until(&mut self, day: NaiveDate) {
        self.now = if self.now.date_naive() < day {
            at(day, 7, self.dice.within(0..=480))
        } else {
            self.now + TimeDelta::minutes(self.dice.within(3..=9))
        };
        self.now += TimeDelta::seconds(self.dice.within(0..=59));
    }

    fn step(
        &mut self,
        take: impl FnOnce(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal>,
    ) -> Result<(), Refusal> {
        let circumstances = Circumstances { now: self.now, directory: self.directory };
        let changed = take(self.file.clone(), &circumstances)?;
        self.file = self.saved(&changed);
        #[cfg(test)]
        self.changes.push((self.now, changed));
        // Every change has a moment of its own, so that what was made first has the smaller id.
        self.now += TimeDelta::seconds(self.dice.within(20..=40));
        Ok(())
    }

    /// The case file as it would be read again after the store had saved a change, its notices noted.
    fn saved(&mut self, changed: &Changed<CaseFile>) -> CaseFile {
        let mut next = changed.next().clone();
        if let Some(before) = changed.before() {
            count_changes(before, &mut next);
        }
        // All of a change's notices go by what had been told before it, as in one transaction.
        let notices: Vec<_> = changed.events().iter().flat_map(|event| notices_of(event, changed.next(), self.now)).collect();
        for notice in notices {
            let topics = next.told.entry(notice.recipient).or_default();
            if notice.retracts {
                topics.retain(|topic| *topic == Topic::TravelDocument);
            }
            topics.insert(notice.topic);
            self.told.push((self.now, notice));
        }
        next
    }

    fn register(&mut self, consents: &[Line]) -> Result<(), Refusal> {
        let signed_at = self.now - TimeDelta::minutes(self.dice.within(15..=60));
        let registration = Registration {
            mimosa_reference: Some(format!("MIM-{:07}", self.dice.within(1_000_000..=9_999_999))),
            application_signed_at: signed_at,
            voluntariness_recorded_at: signed_at - TimeDelta::minutes(self.dice.within(10..=50)),
            consents: consents.iter().map(|line| signed(*line, signed_at)).collect(),
        };
        self.step(|file, c| file.register(registration, c))
    }

    fn book(&mut self, route: Route, leaves: NaiveDate) -> Result<(), Refusal> {
        let flights = route.flights(leaves, &mut self.dice);
        let reference = letters_and_digits(6, &mut self.dice);
        self.step(|file, c| file.book_itinerary(flights, Some(reference), c))
    }

    fn propose_package(&mut self, venture: &Venture) -> Result<(), Refusal> {
        if !self.file.packages.is_empty() {
            return Ok(());
        }
        let head = self.person(0)?;
        let plan = Some(venture.plan.to_owned());
        self.step(|file, c| file.propose_package(head, euros(CEILING_IN_EUROS), plan, venture.items(), c))
    }

    fn take(&mut self, step: Step) -> Result<(), Refusal> {
        match step {
            Step::Register | Step::Book(_) | Step::ProposePackage => Ok(()),
            Step::Consent(class) => self.consent(class),
            Step::Revoke(class) => self.revoke(class),
            Step::Request(person) => self.request(person),
            Step::Acknowledge(person) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.acknowledge_request(id, c))
            }
            Step::Confirm(person) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.confirm_nationality(id, c))
            }
            Step::Issue(person) => self.issue(person),
            Step::Refuse(person, reason) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.refuse_request(id, reason, c))
            }
            Step::CancelRequest(person) => {
                let id = self.asked_for(person)?.id;
                self.step(|file, c| file.cancel_request(id, c))
            }
            Step::Ticket => {
                let id = self.journey()?;
                let number = format!("{}-{:010}", self.dice.within(100..=999), self.dice.within(1..=9_999_999_999));
                self.step(|file, c| file.ticket_itinerary(id, number, c))
            }
            Step::Suspend(reason) => {
                let id = self.journey()?;
                self.step(|file, c| file.suspend_itinerary(id, reason, c))
            }
            Step::CancelJourney => {
                let id = self.journey()?;
                self.step(|file, c| file.cancel_itinerary(id, c))
            }
            Step::Ready => self.step(CaseFile::mark_ready),
            Step::Depart => self.depart(),
            Step::Arrive => self.arrive(),
            Step::ProposeGrants => self.propose_grants(),
            Step::ApproveGrants => self.approve_grants(),
            Step::Pay(number) => self.pay(number),
            Step::Withdraw(reason) => self.step(|file, c| file.withdraw(reason, c)),
        }
    }

    fn consent(&mut self, class: RecipientClass) -> Result<(), Refusal> {
        if self.file.consents_to(class) {
            return Ok(());
        }
        for line in usual(class) {
            let consent = signed(*line, self.now);
            self.step(|file, c| file.record_consent(consent, c))?;
        }
        Ok(())
    }

    fn revoke(&mut self, class: RecipientClass) -> Result<(), Refusal> {
        let of_class = self.file.consents.iter().filter(|line| line.recipient_class == class && line.is_active());
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
        let mut posts = self.directory.accredited_posts(nationality, self.file.case.host_territory, day);
        let before = self.asked_for(person).map(|request| request.consular_post).ok();
        if posts.len() > 1 {
            posts.retain(|post| before != Some(*post));
        }
        // A family stays with one post.
        let of_family = self.file.requests.last().map(|request| request.consular_post);
        let preferred = of_family.filter(|post| before.is_none() && posts.contains(post));
        let preferred = preferred.or_else(|| (!posts.is_empty()).then(|| *self.dice.pick(&posts)));
        let expedited = self.dice.in_a_hundred(15);
        self.step(|file, c| file.request_travel_document(applicant, preferred, expedited, c))
    }

    fn issue(&mut self, person: usize) -> Result<(), Refusal> {
        let id = self.asked_for(person)?.id;
        let today = self.now.date_naive();
        let (document_type, days) = match self.dice.within(1..=7) {
            1 => (TravelDocumentType::Passport, 1_826),
            _ => (TravelDocumentType::EmergencyTravelDocument, 180),
        };
        let letter = char::from(*self.dice.pick(b"ABCDEGHJKLMNPRSTUVWXYZ"));
        let number = format!("{letter}{:07}", self.dice.within(1..=9_999_999));
        let document = TravelDocument { document_type, number, issued_on: today, expires_on: later(today, days) };
        self.step(|file, c| file.issue_document(id, document, c))
    }

    fn depart(&mut self) -> Result<(), Refusal> {
        let journey = self.file.live_itinerary().ok_or(Reason::ItineraryNotTicketed)?;
        let scheduled = journey.departs_at().ok_or(Reason::ItineraryNotTicketed)?;
        let declared = scheduled - TimeDelta::minutes(self.dice.within(75..=150));
        let departed = scheduled + TimeDelta::minutes(self.dice.within(0..=20));
        self.now = self.now.max(departed + TimeDelta::minutes(self.dice.within(5..=30)));
        self.step(|file, c| file.confirm_departure(Some(declared), departed, c))
    }

    fn arrive(&mut self) -> Result<(), Refusal> {
        let journey = self.file.itineraries.last().ok_or(Reason::WrongState)?;
        let scheduled = journey.arrives_at().ok_or(Reason::WrongState)?;
        let arrived = scheduled + TimeDelta::minutes(self.dice.within(0..=40));
        self.now = self.now.max(arrived + TimeDelta::minutes(self.dice.within(20..=90)));
        self.step(|file, c| file.confirm_arrival(arrived, c))
    }

    fn propose_grants(&mut self) -> Result<(), Refusal> {
        let today = self.now.date_naive();
        let adults: Vec<_> =
            self.file.persons.iter().filter(|person| person.age_on(today) >= 18).map(|person| person.id).collect();
        for adult in adults {
            let (amount, parts) = grant(&mut self.dice);
            self.step(|file, c| file.propose_grant(adult, amount, &parts, c))?;
        }
        Ok(())
    }

    fn approve_grants(&mut self) -> Result<(), Refusal> {
        let proposed = self.file.grants.iter().filter(|grant| grant.state == CashGrantState::Proposed);
        let proposed: Vec<_> = proposed.map(|grant| grant.id).collect();
        for id in proposed {
            self.step(|file, c| file.approve_grant(id, c))?;
        }
        Ok(())
    }

    fn pay(&mut self, number: i32) -> Result<(), Refusal> {
        let payable = self.file.grants.iter().filter(|grant| {
            let approved = matches!(grant.state, CashGrantState::Approved | CashGrantState::PartiallyPaid);
            let next = grant.tranches.iter().find(|tranche| tranche.state == TrancheState::Scheduled);
            approved && next.is_some_and(|tranche| tranche.number == number)
        });
        let payable: Vec<_> = payable.map(|grant| grant.id).collect();
        for id in payable {
            self.step(|file, c| file.pay_tranche(id, number, c))?;
        }
        Ok(())
    }

    fn person(&self, nth: usize) -> Result<PersonId, Refusal> {
        self.file.persons.get(nth).map(|person| person.id).ok_or(Reason::NotOnThisCase.into())
    }

    /// The request that was made last for a person.
    fn asked_for(&self, nth: usize) -> Result<&TravelDocumentRequest, Refusal> {
        let person = self.person(nth)?;
        let mut latest_first = self.file.requests.iter().rev();
        latest_first.find(|request| request.person_id == person).ok_or(Reason::WrongState.into())
    }

    fn journey(&self) -> Result<ItineraryId, Refusal> {
        self.file.live_itinerary().map(|itinerary| itinerary.id).ok_or(Reason::WrongState.into())
    }
}

/// Counts the changes of each row of a case file, as the store does when it saves them.
fn count_changes(before: &CaseFile, next: &mut CaseFile) {
    // A consent is part of the case that a clerk decides on.
    if before.case != next.case || before.consents != next.consents {
        next.case.version = before.case.version + 1;
    }
    macro_rules! count {
        ($rows:ident) => {
            for row in &mut next.$rows {
                if let Some(old) = before.$rows.iter().find(|old| old.id == row.id && *old != row) {
                    row.version = old.version + 1;
                }
            }
        };
    }
    count!(requests);
    count!(itineraries);
    count!(grants);
    count!(packages);
}

fn letters_and_digits(count: usize, dice: &mut Dice) -> String {
    (0..count).map(|_| char::from(*dice.pick(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"))).collect()
}
