//! The gates before a departure: what has to be in place, and which of it is not.
//!
//! Whoever finds a case ready learns of every missing gate at once. A gate is one line of [`GATES`]: what is checked, and
//! whether it is checked once more when the persons leave, because it may have fallen meanwhile.

use super::case_file::{CaseFile, Circumstances};
use super::itinerary::{Itinerary, ItineraryState};
use super::person::Person;
use super::safeguards::{
    BestInterestsResult, ClearanceKind, EscortKind, FitnessState, TravelCondition, VulnerabilityCategory,
};
use super::transition::{Reason, Refusal};
use chrono::{DateTime, Utc};

/// Something that has to be in place before the persons leave.
#[derive(Clone, Copy)]
struct Gate {
    /// Gives the rules that say no.
    missing: fn(&Preparation<'_>) -> Vec<Refusal>,
    /// Whether it is checked again at the departure.
    again_at_departure: bool,
}

/// Every gate, in the order in which the missing ones are named.
const GATES: &[Gate] = &[
    Gate {
        missing: journey,
        again_at_departure: false,
    },
    Gate {
        missing: operations,
        again_at_departure: true,
    },
    Gate {
        missing: documents,
        again_at_departure: false,
    },
    Gate {
        missing: statutory_period,
        again_at_departure: true,
    },
    Gate {
        missing: best_interests,
        again_at_departure: true,
    },
    Gate {
        missing: guardian,
        again_at_departure: true,
    },
    Gate {
        missing: consent_of_the_child,
        again_at_departure: true,
    },
    Gate {
        missing: family,
        again_at_departure: true,
    },
    Gate {
        missing: fitness,
        again_at_departure: true,
    },
    Gate {
        missing: escorts,
        again_at_departure: true,
    },
    Gate {
        missing: clearance,
        again_at_departure: true,
    },
    Gate {
        missing: coordination,
        again_at_departure: false,
    },
    Gate {
        missing: health,
        again_at_departure: true,
    },
];

/// A case in preparation, as the gates look at it.
struct Preparation<'a> {
    file: &'a CaseFile,
    c: &'a Circumstances<'a>,
    /// The journey that is ticketed.
    journey: Option<&'a Itinerary>,
    /// When the persons leave, or would.
    departure: DateTime<Utc>,
}

impl CaseFile {
    /// Goes on only if everything is in place for the departure.
    ///
    /// # Errors
    ///
    /// Every gate that is not, each once.
    pub(super) fn check_ready(&self, c: &Circumstances<'_>) -> Result<(), Refusal> {
        self.check_gates(c, |_| true)
    }

    /// Goes on only if everything is still in place that may have fallen since.
    ///
    /// # Errors
    ///
    /// Every gate that is not, each once.
    pub(super) fn check_still_ready(&self, c: &Circumstances<'_>) -> Result<(), Refusal> {
        self.check_gates(c, |gate| gate.again_at_departure)
    }

    fn check_gates(&self, c: &Circumstances<'_>, concerned: impl Fn(&Gate) -> bool) -> Result<(), Refusal> {
        let mut journeys = self.itineraries.iter();
        let journey = journeys.find(|journey| journey.state == ItineraryState::Ticketed);
        let departure = journey.and_then(Itinerary::departs_at).unwrap_or(c.now);
        let preparation = Preparation {
            file: self,
            c,
            journey,
            departure,
        };
        let gates = GATES.iter().filter(|gate| concerned(gate));
        let mut missing: Vec<Refusal> = Vec::new();
        for rule in gates.flat_map(|gate| (gate.missing)(&preparation)) {
            if !missing.contains(&rule) {
                missing.push(rule);
            }
        }
        Refusal::all(missing).map_or(Ok(()), Err)
    }
}

impl Preparation<'_> {
    fn persons(&self) -> impl Iterator<Item = &Person> {
        self.file.persons.iter()
    }

    /// A rule says no as soon as it does for one of the children who travel without parents.
    fn of_children(&self, missing: impl Fn(&Person) -> Option<Reason>) -> Vec<Refusal> {
        let children = self.file.unaccompanied_children(self.c.today());
        children.filter_map(missing).map(Refusal::from).collect()
    }
}

fn journey(case: &Preparation<'_>) -> Vec<Refusal> {
    match case.journey {
        Some(_) => Vec::new(),
        None => vec![Reason::ItineraryNotTicketed.into()],
    }
}

fn coordination(case: &Preparation<'_>) -> Vec<Refusal> {
    case.journey
        .map(|journey| case.file.coordination_gates(journey))
        .unwrap_or_default()
}

/// Nobody leaves for, or by way of, a country in which operations are suspended, whenever the journey was booked (INV-19).
fn operations(of: &Preparation<'_>) -> Vec<Refusal> {
    let mut suspensions = of.c.directory.suspensions.iter();
    let stopped = of
        .journey
        .is_some_and(|journey| suspensions.any(|suspension| suspension.stops(journey)));
    stopped
        .then(|| Refusal::from(Reason::OperationsSuspended))
        .into_iter()
        .collect()
}

fn documents(case: &Preparation<'_>) -> Vec<Refusal> {
    let arrival = case.journey.and_then(Itinerary::arrives_at).unwrap_or(case.c.now);
    let checked = case.file.check_documents(arrival.date_naive(), false);
    checked.err().into_iter().collect()
}

fn statutory_period(p: &Preparation<'_>) -> Vec<Refusal> {
    let departure = p.departure.date_naive();
    p.file
        .check_statutory_period(departure)
        .err()
        .into_iter()
        .collect()
}

fn best_interests(case: &Preparation<'_>) -> Vec<Refusal> {
    case.of_children(|child| {
        let safeguards = case.file.child_safeguards_of(child.id);
        match safeguards.and_then(|safeguards| safeguards.best_interests) {
            Some(BestInterestsResult::Return) => None,
            Some(BestInterestsResult::Remain) => Some(Reason::BestInterestsAgainst),
            Some(BestInterestsResult::Recorded) | None => Some(Reason::BestInterestsMissing),
        }
    })
}

fn guardian(case: &Preparation<'_>) -> Vec<Refusal> {
    let mut missing = case.of_children(|child| {
        let safeguards = case.file.child_safeguards_of(child.id);
        let known = safeguards.is_some_and(|safeguards| safeguards.guardian.is_some());
        (!known).then_some(Reason::GuardianMissing)
    });
    missing.extend(case.of_children(|child| {
        let safeguards = case.file.child_safeguards_of(child.id);
        let consented = safeguards.is_some_and(|safeguards| safeguards.guardian_consented_at.is_some());
        (!consented).then_some(Reason::GuardianConsentMissing)
    }));
    missing
}

fn consent_of_the_child(case: &Preparation<'_>) -> Vec<Refusal> {
    case.of_children(|child| {
        let safeguards = case.file.child_safeguards_of(child.id);
        let consented = safeguards.is_some_and(|safeguards| safeguards.child_consented_at.is_some());
        (!consented).then_some(Reason::ChildConsentMissing)
    })
}

fn family(case: &Preparation<'_>) -> Vec<Refusal> {
    case.of_children(|child| {
        let safeguards = case.file.child_safeguards_of(child.id);
        let expected = safeguards.is_some_and(|safeguards| {
            safeguards.family_assessed_on.is_some() || safeguards.handover_party.is_some()
        });
        (!expected).then_some(Reason::FamilyAssessmentMissing)
    })
}

/// Whether nobody leaves before health staff have seen this person: who needs medical care or is pregnant,
/// and everybody for whom they have been asked.
fn needs_fitness(case: &Preparation<'_>, person: &Person) -> bool {
    let file = case.file;
    let ill = [
        VulnerabilityCategory::MedicalNeeds,
        VulnerabilityCategory::Pregnant,
    ];
    let ill = ill
        .iter()
        .any(|category| file.is_vulnerable(person.id, *category));
    ill || file.fitness_of(person.id).is_some()
}

fn fitness(case: &Preparation<'_>) -> Vec<Refusal> {
    let concerned = case.persons().filter(|person| needs_fitness(case, person));
    let missing = concerned.filter_map(|person| {
        let Some(assessment) = case.file.fitness_of(person.id) else {
            return Some(Reason::FitnessMissing);
        };
        let holds = assessment.valid_until.is_some_and(|last| case.departure <= last);
        match assessment.state {
            FitnessState::Unfit => Some(Reason::UnfitToTravel),
            FitnessState::Fit | FitnessState::FitWithConditions if holds => None,
            FitnessState::Fit | FitnessState::FitWithConditions => Some(Reason::FitnessExpired),
            FitnessState::Requested | FitnessState::Expired => Some(Reason::FitnessMissing),
        }
    });
    missing.map(Refusal::from).collect()
}

fn escorts(case: &Preparation<'_>) -> Vec<Refusal> {
    let file = case.file;
    let today = case.c.today();
    let lacks = |person: &&Person| {
        let has = |kind: EscortKind| {
            let mut escorts = file.escorts_of(person.id);
            escorts.any(|escort| escort.kind == kind && escort.state.is_assigned())
        };
        let needs = |condition: TravelCondition, kind: EscortKind| {
            file.travels_under(person.id, condition) && !has(kind)
        };
        let unassigned = file
            .escorts_of(person.id)
            .any(|escort| !escort.state.is_assigned());
        let alone = file.escorts_of(person.id).next().is_none()
            && file
                .unaccompanied_children(today)
                .any(|child| child.id == person.id);
        unassigned
            || alone
            || needs(TravelCondition::MedicalEscort, EscortKind::Medical)
            || needs(TravelCondition::OperationalEscort, EscortKind::Operational)
    };
    let missing = case.persons().filter(lacks);
    missing.map(|_| Reason::EscortNotAssigned.into()).collect()
}

fn clearance(case: &Preparation<'_>) -> Vec<Refusal> {
    let file = case.file;
    let needed = case.persons().any(|person| {
        let mut escorts = file.escorts_of(person.id);
        escorts.any(|escort| escort.kind == EscortKind::Medical)
            || file.travels_under(person.id, TravelCondition::Oxygen)
            || file.travels_under(person.id, TravelCondition::MedicalEscort)
    });
    let given = file.safeguards.clearances.iter().any(|clearance| {
        let of_journey = case
            .journey
            .is_some_and(|journey| journey.id == clearance.itinerary_id);
        clearance.kind == ClearanceKind::Medical && of_journey
    });
    if needed && !given {
        vec![Reason::AirlineClearanceMissing.into()]
    } else {
        Vec::new()
    }
}

fn health(case: &Preparation<'_>) -> Vec<Refusal> {
    let all_met = case
        .file
        .safeguards
        .requirements
        .iter()
        .all(|requirement| requirement.is_met_at(case.departure));
    if all_met {
        Vec::new()
    } else {
        vec![Reason::HealthRequirementMissing.into()]
    }
}

#[cfg(test)]
mod tests;
