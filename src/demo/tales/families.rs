//! Families whose members return in several cases: what the rule leaves for one of them goes by what all of them have had.

use super::{Cast, Part, Tale};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::steps::grants::GrantProposal;
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::together(
        Part::opened(70).from("SRB").to("IRQ").family(2, 1),
        &[Part::opened(30).from("SRB").to("IRQ")],
        the_grandfather_follows,
    ),
    Tale::together(
        Part::opened(90).from("BIH").to("PAK").family(1, 3),
        &[
            Part::opened(80).from("BIH").to("PAK"),
            Part::opened(60).from("BIH").to("PAK"),
        ],
        three_ways_home,
    ),
];

/// A grant for each person of the case, approved; also for children, as the rule has it.
fn granted(story: &mut Story<'_>) -> Telling {
    let persons: Vec<_> = story.file.persons.iter().map(|person| person.id).collect();
    for person in persons {
        let means = story.means();
        let proposal = GrantProposal::usual(person, None, None);
        story.hand(Hand::Clerk, Action::ProposeCashGrant, |file, c| {
            file.propose_grant(proposal, &means, c)
        })?;
        let (id, means) = (story.grant()?, story.means());
        story.hand(Hand::Supervisor, Action::ApproveCashGrant, |file, c| {
            file.approve_grant(id, &means, c)
        })?;
    }
    Ok(())
}

/// Three persons have had their amount; what the cap leaves for the fourth, who follows, is less than that (scenario 4).
fn the_grandfather_follows(cast: &mut Cast<'_>) -> Telling {
    let mut first = cast.begin(None)?;
    first.ticketed(30)?;
    granted(&mut first)?;
    first.on(32)?;
    first.all(&[Step::Ready, Step::Pay(1)])?;
    first.departed(30)?;
    first.on(29)?;
    first.does(Step::Arrive)?;
    let mut follows = cast.begin(Some(first.file.case.family))?;
    follows.registered(24)?;
    follows.documented(22)?;
    follows.is_related_to(&first);
    follows.booked(8, -4)?;
    follows.on(6)?;
    follows.does(Step::Ticket)?;
    granted(&mut follows)?;
    cast.end(first)?;
    cast.end(follows)
}

/// A mother and her children left first; two grown sons come later, each with a case of his own.
fn three_ways_home(cast: &mut Cast<'_>) -> Telling {
    let mut first = cast.begin(None)?;
    let family = first.file.case.family;
    first.returned(50)?;
    let mut son = cast.begin(Some(family))?;
    son.returned(40)?;
    let mut brother = cast.begin(Some(family))?;
    brother.registered(50)?;
    brother.documented(46)?;
    brother.on(12)?;
    brother.prepare()?;
    cast.end(first)?;
    cast.end(son)?;
    cast.end(brother)
}
