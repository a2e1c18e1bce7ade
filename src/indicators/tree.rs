//! The fixed family of tables: which dimensions are published together, and in which order they are refined.
//!
//! Nationality is in none: most persons return to the country of their nationality, and whoever knows that could subtract
//! the one from the other.
//!
//! Every table that can be asked for is a sum over the leaves of one tree. Trees have the host territory in common at
//! most, always as their first dimension and always split in the same way; therefore what one of them tells narrows
//! nothing in another (`docs/disclosure-control.md`). Adding a tree means showing that this still holds.

use super::dimension::Dimension;
use crate::codes;
use Dimension as D;

codes! { "A tree of tables that are published together." Tree {
    Corridor = "CORRIDOR": "By host territory, then region, then country of return.",
    Host = "HOST": "By host territory alone.",
    Origin = "ORIGIN": "By region, then country of return, wherever they were hosted.",
    HostDemography = "HOST_DEMOGRAPHY": "By host territory, then sex, then band of age.",
    Demography = "DEMOGRAPHY": "By sex, then band of age, wherever they were hosted.",
    HostVulnerability = "HOST_VULNERABILITY": "By host territory, then group of vulnerability.",
    Vulnerability = "VULNERABILITY": "By group of vulnerability, wherever they were hosted.",
    HostLegalStatus = "HOST_LEGAL_STATUS": "By host territory, then legal status.",
    LegalStatus = "LEGAL_STATUS": "By legal status, wherever they were hosted.",
    ReturnMode = "RETURN_MODE": "By how they returned.",
} }

/// Ways to publish a subject of which a reporting period gets one: the first that loses little, or else the last.
pub const SUBJECTS: &[&[&[Tree]]] = &[
    &[&[Tree::Corridor], &[Tree::Host, Tree::Origin]],
    &[&[Tree::HostDemography], &[Tree::Demography]],
    &[&[Tree::HostVulnerability], &[Tree::Vulnerability]],
    &[&[Tree::HostLegalStatus], &[Tree::LegalStatus]],
    &[&[Tree::ReturnMode]],
];

impl Tree {
    /// Its dimensions, in the order in which they are refined.
    #[must_use]
    pub fn dimensions(self) -> &'static [Dimension] {
        match self {
            Self::Corridor => &[D::HostTerritory, D::Region, D::CountryOfReturn],
            Self::Host => &[D::HostTerritory],
            Self::Origin => &[D::Region, D::CountryOfReturn],
            Self::HostDemography => &[D::HostTerritory, D::Sex, D::AgeBand],
            Self::Demography => &[D::Sex, D::AgeBand],
            Self::HostVulnerability => &[D::HostTerritory, D::VulnerabilityGroup],
            Self::Vulnerability => &[D::VulnerabilityGroup],
            Self::HostLegalStatus => &[D::HostTerritory, D::LegalStatus],
            Self::LegalStatus => &[D::LegalStatus],
            Self::ReturnMode => &[D::ReturnMode],
        }
    }

    /// Whether it tells of all these dimensions together.
    #[must_use]
    pub fn tells_of(self, dimensions: &[Dimension]) -> bool {
        dimensions
            .iter()
            .all(|dimension| self.dimensions().contains(dimension))
    }
}

/// The trees of one subject that tell of these dimensions together, in the order of preference; empty where none does.
///
/// Of what several subjects tell, each tells the same: the first is enough.
#[must_use]
pub fn trees_for(dimensions: &[Dimension]) -> Vec<Tree> {
    let told = SUBJECTS.iter().map(|ways| {
        let trees = ways.iter().flat_map(|way| way.iter()).copied();
        trees.filter(|tree| tree.tells_of(dimensions)).collect::<Vec<_>>()
    });
    told.into_iter()
        .find(|trees| !trees.is_empty())
        .unwrap_or_default()
}

/// All trees of the subject of a tree.
#[must_use]
pub fn subject_of(tree: Tree) -> Vec<Tree> {
    let subject = SUBJECTS
        .iter()
        .map(|ways| ways.iter().flat_map(|way| way.iter()).copied());
    subject
        .map(Iterator::collect::<Vec<_>>)
        .find(|trees| trees.contains(&tree))
        .unwrap_or_default()
}

/// What can be asked for together, in words: for whoever asked for something else.
#[must_use]
pub fn together() -> String {
    let richest = SUBJECTS
        .iter()
        .filter_map(|ways| ways.first())
        .flat_map(|way| way.iter());
    let sets: Vec<String> = richest
        .map(|tree| {
            let names: Vec<String> = tree.dimensions().iter().map(ToString::to_string).collect();
            names.join(" + ")
        })
        .collect();
    sets.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::Code;

    #[test]
    fn trees_have_the_host_territory_in_common_at_most_and_as_their_first_dimension() {
        for ways in SUBJECTS {
            for other in SUBJECTS.iter().filter(|other| *other != ways) {
                for one in ways.iter().flat_map(|way| way.iter()) {
                    for tree in other.iter().flat_map(|way| way.iter()) {
                        let common: Vec<_> = one
                            .dimensions()
                            .iter()
                            .filter(|dimension| tree.tells_of(&[**dimension]))
                            .collect();
                        assert!(
                            common.is_empty() || common == [&D::HostTerritory],
                            "{one} and {tree}: {common:?}"
                        );
                    }
                }
            }
        }
        for (tree, ..) in Tree::ALL {
            assert!(
                tree.dimensions()
                    .iter()
                    .skip(1)
                    .all(|dimension| *dimension != D::HostTerritory)
            );
            assert!(tree.dimensions().len() <= 3);
        }
    }

    #[test]
    fn vulnerability_nationality_and_host_are_never_asked_for_together() {
        assert!(trees_for(&[D::VulnerabilityGroup, D::Nationality]).is_empty());
        assert!(trees_for(&[D::VulnerabilityGroup, D::CountryOfReturn]).is_empty());
        assert!(trees_for(&[D::Nationality, D::HostTerritory]).is_empty());
        assert_eq!(trees_for(&[D::Sex]), [Tree::HostDemography, Tree::Demography]);
        assert_eq!(trees_for(&[D::HostTerritory]), [Tree::Corridor, Tree::Host]);
        assert_eq!(
            subject_of(Tree::Origin),
            [Tree::Corridor, Tree::Host, Tree::Origin]
        );
        assert!(together().contains("HOST_TERRITORY + REGION + COUNTRY_OF_RETURN"));
    }
}
