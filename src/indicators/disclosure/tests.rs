//! Leaves are large enough, lose nobody, and tell of nobody more than the tree says.

use super::*;
use crate::demo::RETURNED_TO_KOSOVO_IN_2010;
use Dimension as D;
use proptest::prelude::*;

const PERSONS_ALONE: Watch = Watch {
    cases: false,
    rate: false,
};

fn thresholds(usual: i64) -> Thresholds {
    Thresholds {
        usual,
        of_territories: BTreeMap::new(),
    }
}

fn persons(persons: i64) -> Count {
    Count {
        persons,
        cases: persons,
        met: 0,
    }
}

#[test]
fn the_kosovar_table_of_2010_gives_away_neither_slovakia_nor_australia() {
    // S3: 2,204 Kosovar returnees by host; SK 8 and AU 1 are small, and their sum 9 would be too.
    let rows: Vec<_> = RETURNED_TO_KOSOVO_IN_2010
        .map(|(host, count)| (vec![host.to_owned()], persons(count)))
        .into();
    let leaves = leaves(&rows, &[D::HostTerritory], PERSONS_ALONE, &thresholds(10));
    let gone: Vec<_> = leaves.iter().filter(|leaf| !leaf.withheld.is_empty()).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(
        (gone[0].withheld.join(" ").as_str(), gone[0].count.persons),
        ("AUS CZE SVK", 19)
    );
    assert_eq!(leaves.iter().map(|leaf| leaf.count.persons).sum::<i64>(), 2204);
}

#[test]
fn the_monitoring_in_sri_lanka_shows_britain_alone() {
    // S3: 163 = UK 136 + FR 23 + CH 3 + BE 1; 3 and 1 are four together, so France goes too.
    let counts = [("GBR", 136), ("FRA", 23), ("CHE", 3), ("BEL", 1)];
    let rows: Vec<_> = counts
        .map(|(host, count)| (vec![host.to_owned()], persons(count)))
        .into();
    let leaves = leaves(&rows, &[D::HostTerritory], PERSONS_ALONE, &thresholds(10));
    let shown: Vec<_> = leaves.iter().filter(|leaf| leaf.withheld.is_empty()).collect();
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].keys[0].as_str(), shown[0].count.persons), ("GBR", 136));
}

#[test]
fn a_territory_may_ask_for_more_than_is_usual() {
    let rows: Vec<_> = [("SRB", 12), ("XKX", 12), ("ALB", 30)]
        .map(|(host, count)| (vec![host.to_owned()], persons(count)))
        .into();
    let strict = Thresholds {
        usual: 10,
        of_territories: BTreeMap::from([(CountryCode::KOSOVO, 20)]),
    };
    let leaves = leaves(&rows, &[D::HostTerritory], PERSONS_ALONE, &strict);
    let gone = leaves
        .iter()
        .find(|leaf| !leaf.withheld.is_empty())
        .expect("Kosovo* is withheld");
    assert_eq!(
        (gone.withheld.join(" ").as_str(), gone.count.persons),
        ("SRB XKX", 24)
    );
}

#[test]
fn a_rate_needs_some_on_both_sides() {
    let watch = Watch {
        cases: false,
        rate: true,
    };
    let count = |persons, met| Count {
        persons,
        cases: 0,
        met,
    };
    assert!(watch.is_enough(count(50, 38), 10));
    assert!(!watch.is_enough(count(50, 48), 10), "two who did not");
    assert!(!watch.is_enough(count(50, 2), 10), "two who did");
    assert!(!watch.is_enough(count(50, 50), 10), "everybody");
    assert!(!watch.is_enough(count(9, 5), 10), "too few in all");
}

/// Persons by host territory, sex and band of age; some of them head a case.
fn rows() -> impl Strategy<Value = Vec<(Vec<String>, Count)>> {
    let groups = (0..6_usize, 0..3_usize, 0..5_usize);
    let count = (1..25_i64, 0..100_i64, 0..100_i64);
    prop::collection::btree_map(groups, count, 1..40).prop_map(|rows| {
        rows.into_iter()
            .map(|((host, sex, age), (persons, heads, met))| {
                let keys = vec![
                    ["SRB", "XKX", "BIH", "MKD", "MNE", "ALB"][host].to_owned(),
                    sex.to_string(),
                    age.to_string(),
                ];
                let count = Count {
                    persons,
                    cases: persons * heads / 100,
                    met: persons * met / 100,
                };
                (keys, count)
            })
            .collect()
    })
}

proptest! {
    /// INV-20: no leaf is below the threshold, unless all together are; nobody is lost, nobody is told twice.
    #[test]
    fn inv_20_no_leaf_is_smaller_than_the_threshold(rows in rows(), threshold in 2..15_i64, cases: bool, rate: bool) {
        let watch = Watch { cases, rate };
        let all: Count = rows.iter().map(|(_, count)| *count).sum();
        prop_assume!(watch.is_enough(all, threshold));
        let dimensions = [D::HostTerritory, D::Sex, D::AgeBand];
        let leaves = leaves(&rows, &dimensions, watch, &thresholds(threshold));
        prop_assert_eq!(leaves.iter().map(|leaf| leaf.count).sum::<Count>(), all);
        for leaf in &leaves {
            let of_the_case = leaf.keys.is_empty();
            let watch = Watch { cases: cases && of_the_case, rate };
            prop_assert!(watch.is_enough(leaf.count, threshold), "{leaf:?}");
            prop_assert!(leaf.withheld.len() != 1, "one group alone is withheld by nothing: {leaf:?}");
            // Everybody of the leaf is in it, and nobody else.
            let within = |keys: &[String]| {
                keys.starts_with(&leaf.keys)
                    && (leaf.withheld.is_empty() || leaf.withheld.contains(&keys[leaf.keys.len()]))
            };
            let expected: Count = rows.iter().filter(|(keys, _)| within(keys)).map(|(_, count)| *count).sum();
            prop_assert_eq!(leaf.count, expected);
        }
    }

    /// The host territory is split in the same way, whatever comes after it.
    #[test]
    fn the_first_dimension_is_split_the_same_way_in_every_tree(rows in rows(), threshold in 2..15_i64) {
        let watch = Watch { cases: true, rate: false };
        let withheld = |dimensions: &[Dimension], order: &[usize]| {
            let rows: Vec<_> = rows
                .iter()
                .map(|(keys, count)| (order.iter().map(|at| keys[*at].clone()).collect::<Vec<_>>(), *count))
                .collect();
            let leaves = leaves(&rows, dimensions, watch, &thresholds(threshold));
            leaves.into_iter().find(|leaf| leaf.keys.is_empty()).map(|leaf| (leaf.withheld, leaf.count))
        };
        let by_sex = withheld(&[D::HostTerritory, D::Sex, D::AgeBand], &[0, 1, 2]);
        prop_assert_eq!(&by_sex, &withheld(&[D::HostTerritory, D::VulnerabilityGroup], &[0, 2]));
        prop_assert_eq!(&by_sex, &withheld(&[D::HostTerritory], &[0]));
    }
}
