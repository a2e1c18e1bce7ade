//! Data Exchange forms: what the demo's persons consent to, line by line.

use super::dice::Dice;
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass, Signatory};
use crate::domain::steps::case::NewConsent;
use chrono::{DateTime, Utc};

/// One line of a form, before it is signed.
pub(super) type Line = (RecipientClass, Purpose, ConsentCategory);

/// The lines that nearly everybody signs for a class of recipient.
pub(super) fn usual(class: RecipientClass) -> &'static [Line] {
    use ConsentCategory::{Contact, FamilyAddress, Identity, Photo, TravelPlan};
    use Purpose::{CaseManagement, DepartureNotice, Reintegration, TravelDocument};
    use RecipientClass::{
        CooAuthority, Donor, Embassy, HostMigration, HostPolice, IomReceiving, IomTransit, ServiceProvider,
    };
    match class {
        IomTransit => &[
            (IomTransit, DepartureNotice, Identity),
            (IomTransit, DepartureNotice, TravelPlan),
        ],
        IomReceiving => &[
            (IomReceiving, CaseManagement, Identity),
            (IomReceiving, CaseManagement, Contact),
            (IomReceiving, DepartureNotice, TravelPlan),
            (IomReceiving, Reintegration, FamilyAddress),
        ],
        Embassy => &[
            (Embassy, TravelDocument, Identity),
            (Embassy, TravelDocument, Photo),
        ],
        HostPolice => &[
            (HostPolice, DepartureNotice, Identity),
            (HostPolice, DepartureNotice, TravelPlan),
        ],
        HostMigration => &[
            (HostMigration, DepartureNotice, Identity),
            (HostMigration, DepartureNotice, TravelPlan),
        ],
        CooAuthority => &[(CooAuthority, Reintegration, Identity)],
        ServiceProvider => &[(ServiceProvider, Reintegration, Contact)],
        Donor => &[(Donor, Reintegration, Identity)],
    }
}

/// The usual lines of several classes.
pub(super) fn usual_for(classes: &[RecipientClass]) -> Vec<Line> {
    classes.iter().flat_map(|class| usual(*class)).copied().collect()
}

/// A form as one family or another signs it: whole, in part, or with more than is usual.
pub(super) fn form(to_the_embassy: bool, dice: &mut Dice) -> Vec<Line> {
    use RecipientClass::{
        CooAuthority, Donor, Embassy, HostMigration, HostPolice, IomReceiving, IomTransit, ServiceProvider,
    };
    let chance = |class| match class {
        IomTransit | IomReceiving => 100,
        Embassy => 100 * i64::from(to_the_embassy),
        HostPolice | HostMigration => 92,
        ServiceProvider => 25,
        Donor => 10,
        CooAuthority => 4,
    };
    let classes = [
        IomTransit,
        IomReceiving,
        Embassy,
        HostPolice,
        HostMigration,
        ServiceProvider,
        Donor,
        CooAuthority,
    ];
    let mut lines: Vec<Line> = Vec::new();
    for class in classes {
        if dice.in_a_hundred(chance(class)) {
            lines.extend(usual(class));
        }
    }
    for (category, percent) in [
        (ConsentCategory::Contact, 45),
        (ConsentCategory::FamilyAddress, 25),
    ] {
        if dice.in_a_hundred(percent) && to_the_embassy {
            lines.push((Embassy, Purpose::TravelDocument, category));
        }
    }
    if dice.in_a_hundred(10) {
        lines.push((IomReceiving, Purpose::Reintegration, ConsentCategory::Health));
    }
    lines
}

/// The line as signed at a moment, by the persons themselves or a guardian.
pub(super) fn signed(
    (recipient_class, purpose, category): Line,
    signed_at: DateTime<Utc>,
    signed_by: Signatory,
) -> NewConsent {
    NewConsent {
        recipient_class,
        purpose,
        category,
        recipient: None,
        signed_at,
        signed_by,
    }
}
