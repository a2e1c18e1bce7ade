//! INV-13 for every combination of what may be in place for a child: a departure names the gates that are missing, all of
//! them at once, each once, and no other.

use crate::domain::case::LegalStatus;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::party::{Author, Directory};
use crate::domain::person::Sex;
use crate::domain::safeguards::{
    BestInterestsResult, ChildSafeguards, Escort, EscortKind, EscortState, Guardian, VulnerabilityCategory,
};
use crate::domain::steps::case::{NewCase, NewPerson};
use crate::domain::territory::CountryCode;
use crate::domain::transition::Reason;
use crate::ids::PersonId;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What is in place for one child.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is there or not, independently of the others: that is what is tried"
)]
struct InPlace {
    best_interests: Option<BestInterestsResult>,
    guardian: bool,
    guardian_consented: bool,
    child_consented: bool,
    family_assessed: bool,
    somebody_receives: bool,
    escort: Option<EscortState>,
}

/// Nothing, and everything.
const NOTHING: InPlace = InPlace {
    best_interests: None,
    guardian: false,
    guardian_consented: false,
    child_consented: false,
    family_assessed: false,
    somebody_receives: false,
    escort: None,
};
const EVERYTHING: InPlace = InPlace {
    best_interests: Some(BestInterestsResult::Return),
    guardian: true,
    guardian_consented: true,
    child_consented: true,
    family_assessed: true,
    somebody_receives: true,
    escort: Some(EscortState::Assigned),
};

/// Every combination of them.
fn combinations() -> Vec<InPlace> {
    let results = [
        None,
        Some(BestInterestsResult::Recorded),
        Some(BestInterestsResult::Remain),
        Some(BestInterestsResult::Return),
    ];
    let escorts = [
        None,
        Some(EscortState::Recommended),
        Some(EscortState::Approved),
        Some(EscortState::Assigned),
        Some(EscortState::Cancelled),
    ];
    let mut all = Vec::new();
    for best_interests in results {
        for escort in escorts {
            for bits in 0..32_u8 {
                let is = |place: u8| bits & (1 << place) != 0;
                all.push(InPlace {
                    best_interests,
                    guardian: is(0),
                    guardian_consented: is(1),
                    child_consented: is(2),
                    family_assessed: is(3),
                    somebody_receives: is(4),
                    escort,
                });
            }
        }
    }
    all
}

/// The rule, written once more in words.
fn expected(of: InPlace) -> Vec<Reason> {
    let best_interests = match of.best_interests {
        Some(BestInterestsResult::Return) => None,
        Some(BestInterestsResult::Remain) => Some(Reason::BestInterestsAgainst),
        _ => Some(Reason::BestInterestsMissing),
    };
    let received = of.family_assessed || of.somebody_receives;
    let escorted = of.escort == Some(EscortState::Assigned);
    let missing = [
        best_interests,
        (!of.guardian).then_some(Reason::GuardianMissing),
        (!of.guardian_consented).then_some(Reason::GuardianConsentMissing),
        (!of.child_consented).then_some(Reason::ChildConsentMissing),
        (!received).then_some(Reason::FamilyAssessmentMissing),
        (!escorted).then_some(Reason::EscortNotAssigned),
    ];
    missing.into_iter().flatten().collect()
}

fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_442_000, 0).expect("a moment")
}

fn person(head_of_household: bool, given_names: &str, born: i32) -> NewPerson {
    NewPerson {
        head_of_household,
        family_name: "Amiri".to_owned(),
        given_names: given_names.to_owned(),
        date_of_birth: NaiveDate::from_ymd_opt(born, 5, 4).expect("a day"),
        sex: Sex::Male,
        nationality: CountryCode::parse("AFG").expect("a country"),
        place_of_birth: None,
        parents_names: None,
        phone: None,
        email: None,
        marital_status: None,
        occupation: None,
        education: None,
        host_address: None,
        address_in_country_of_return: None,
        language: None,
    }
}

/// Two children who travel together without parents.
fn two_children(c: &Circumstances<'_>) -> CaseFile {
    let new = NewCase {
        reference: "BEG-1".to_owned(),
        host_territory: CountryCode::parse("SRB").expect("a territory"),
        country_of_return: CountryCode::parse("AFG").expect("a country"),
        destination_city: None,
        legal_status: LegalStatus::Irregular,
        family: None,
        funding_project: None,
        persons: vec![person(true, "Navid", 2011), person(false, "Omid", 2014)],
    };
    let mut file = CaseFile::open(new, c.by.organisation, c)
        .expect("a case")
        .next()
        .clone();
    for child in file.persons.clone() {
        let alone = [VulnerabilityCategory::UnaccompaniedChild];
        let assessed = file.record_vulnerability(child.id, &alone, &[], c.today(), c);
        file = assessed.expect("an assessment").next().clone();
    }
    file
}

fn put_in_place(file: &mut CaseFile, child: PersonId, of: InPlace) {
    let case_id = file.case.id;
    let guardian = || Guardian {
        name: "Vesna Ilic".to_owned(),
        contact: "+38111000000".to_owned(),
        authority: "A centre for social work".to_owned(),
    };
    file.safeguards.children.push(ChildSafeguards {
        id: Uuid::from_u128(1).into(),
        case_id,
        person_id: child,
        best_interests: of.best_interests,
        guardian: of.guardian.then(guardian),
        guardian_consented_at: of.guardian_consented.then(morning),
        child_consented_at: of.child_consented.then(morning),
        family_assessed_on: of.family_assessed.then(|| morning().date_naive()),
        handover_party: of.somebody_receives.then(|| "An uncle".to_owned()),
    });
    if let Some(state) = of.escort {
        file.safeguards.escorts.push(Escort {
            id: Uuid::from_u128(2).into(),
            case_id,
            person_id: child,
            number: 1,
            kind: EscortKind::Family,
            state,
            name: None,
            recommended_by: "somebody".to_owned(),
            mhd_reference: None,
        });
    }
}

/// What a departure lacks that is about the children, each rule as often as it is named.
fn lacking(file: &CaseFile, c: &Circumstances<'_>) -> Vec<Reason> {
    let refusal = file.check_ready(c).expect_err("there is no journey yet");
    let named = refusal.each().map(|refusal| refusal.reason);
    let others = [Reason::ItineraryNotTicketed, Reason::TravelDocumentMissing];
    let (others_named, of_children): (Vec<_>, Vec<_>) = named.partition(|reason| others.contains(reason));
    assert_eq!(others_named, others, "what is missing besides");
    of_children
}

#[test]
fn inv_13_exactly_the_missing_gates_are_named_whatever_is_in_place_for_a_child() {
    let directory = Directory::default();
    let clerk = Author {
        organisation: Uuid::from_u128(1).into(),
        ..Author::time()
    };
    let c = Circumstances {
        now: morning(),
        directory: &directory,
        by: &clerk,
    };
    let file = two_children(&c);
    let (one, other) = (file.persons[0].id, file.persons[1].id);
    let mut seen = BTreeSet::new();
    for of_one in combinations() {
        // The second child lacks everything or nothing: what is missing for both is named once, and one does not hide the other.
        for of_other in [EVERYTHING, NOTHING] {
            let mut file = file.clone();
            put_in_place(&mut file, one, of_one);
            put_in_place(&mut file, other, of_other);
            let named = lacking(&file, &c);
            let mut all = expected(of_one);
            all.extend(expected(of_other));
            let sorted = |reasons: &[Reason]| {
                let mut words: Vec<String> = reasons.iter().map(|reason| format!("{reason:?}")).collect();
                words.sort_unstable();
                words
            };
            let mut once = sorted(&all);
            once.dedup();
            assert_eq!(sorted(&named), once, "{of_one:?} beside {of_other:?}");
            seen.insert(once);
        }
    }
    assert!(
        seen.contains(&Vec::new()),
        "no combination lets the children leave"
    );
    assert!(seen.len() > 64, "only {} outcomes were met", seen.len());
}
