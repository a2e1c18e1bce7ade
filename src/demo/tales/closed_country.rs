//! A country on the way was closed for a fortnight: nobody is booked through it, what was booked is flagged, and nothing goes
//! on by itself when it opens again (scenario 16).

use super::{Part, Tale};
use crate::demo::closure::{CLOSED, OPEN_AGAIN};
use crate::demo::places::{CAIRO, ISTANBUL};
use crate::demo::step::Step;
use crate::demo::story::{Hand, Story, Telling};
use crate::domain::case_file::CaseFile;
use crate::domain::itinerary::SuspensionReason;
use crate::policy::actions::Action;

pub(super) const TALES: &[Tale] = &[
    Tale::of(2, Part::opened(70).from("BIH").to("IRQ"), held_until_it_opens),
    Tale::of(2, Part::opened(68).from("SRB").to("IRQ"), led_another_way),
    Tale::of(1, Part::opened(66).from("XKX").to("IRQ"), still_on_hold),
];

/// The case of a journey by way of the country, booked for a day on which it will be closed.
fn told_of_the_closure(story: &mut Story<'_>) -> Telling {
    story.goes_by(CAIRO);
    story.registered(60)?;
    story.documented(58)?;
    story.booked(40, CLOSED - 4)?;
    story.on(38)?;
    story.does(Step::Ticket)?;
    story.on(CLOSED)?;
    story.is_told_of_the_closure()
}

fn held_until_it_opens(story: &mut Story<'_>) -> Telling {
    told_of_the_closure(story)?;
    story.does(Step::Suspend(SuspensionReason::CountryClosed))?;
    story.on(OPEN_AGAIN - 1)?;
    story.hand(Hand::Clerk, Action::ResumeCase, CaseFile::resume)?;
    story.booked(10, -3)?;
    story.on(8)?;
    story.does(Step::Ticket)
}

fn led_another_way(story: &mut Story<'_>) -> Telling {
    told_of_the_closure(story)?;
    story.hand(Hand::Clerk, Action::ResumeCase, CaseFile::resume)?;
    story.goes_by(ISTANBUL);
    let (id, flights) = (story.last_journey()?.id, story.flights_on(CLOSED - 8));
    story.may_leave_on(story.day(CLOSED - 8))?;
    story.hand(Hand::Clerk, Action::RebookItinerary, |file, c| {
        file.voluntary()?.rebook_itinerary(id, flights, None, c)
    })?;
    story.on(CLOSED - 4)?;
    story.all(&[Step::Ticket, Step::Ready])?;
    story.departed(CLOSED - 8)?;
    story.on(CLOSED - 9)?;
    story.does(Step::Arrive)
}

/// The country is open again; the persons have not been reached yet.
fn still_on_hold(story: &mut Story<'_>) -> Telling {
    told_of_the_closure(story)?;
    story.does(Step::Suspend(SuspensionReason::CountryClosed))
}
