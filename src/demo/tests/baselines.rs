//! The first phase gives the baselines of the results matrix.

use super::*;
use crate::domain::instruments::Instruments;
use crate::domain::statistics::{Measure, facts_of};

#[test]
fn the_first_phase_gives_the_positive_baselines_of_persons_whatever_the_seed_and_the_day() {
    for (seed, day) in [(1, 0), (2, 100), (3, 464)] {
        let programme = programme(seed, now() + Days::new(day));
        let finished = programme
            .projects
            .iter()
            .find(|project| project.code == "WB-RR-I");
        let finished = finished.expect("the first phase").id;
        let instruments = Instruments::default();
        let facts = programme
            .files
            .iter()
            .flat_map(|file| facts_of(file.into(), &instruments).into_values());
        let facts: Vec<_> = facts.filter(|fact| fact.project == Some(finished)).collect();
        let count = |measure| facts.iter().filter(|fact| fact.measure == measure).count();
        assert_eq!(count(Measure::AssistedToReturn), 2_521);
        assert_eq!(count(Measure::ReintegrationAssisted), 571);
        assert_eq!(count(Measure::ReturnCounselled), 2_000);
        assert_eq!(count(Measure::ReintegrationCounselled), 250);
        let heard = facts
            .iter()
            .filter(|fact| fact.measure == Measure::HeardThroughOutreach);
        let (heard, others): (Vec<_>, Vec<_>) = heard.partition(|fact| fact.met);
        assert_eq!((heard.len(), others.len()), (304, 96), "76 of a hundred");
        assert!(
            facts
                .iter()
                .any(|fact| fact.measure == Measure::MonitoringAsked && !fact.met)
        );
    }
}
