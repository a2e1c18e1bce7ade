//! What the demo's people plan for the time after the first days.
//!
//! Plans are drawn from the same lists for everybody.

use super::dice::Dice;
use crate::domain::money::{CurrencyCode, Money};
use crate::domain::reintegration::{Modality, NewItem, ReintegrationCategory};

/// What a person plans, with what is needed for it in whole euros.
#[derive(Debug)]
pub(super) struct Venture {
    /// The plan in words.
    pub plan: &'static str,
    items: &'static [(ReintegrationCategory, Modality, &'static str, i64)],
}

/// What a package may cost at most.
pub(super) const CEILING_IN_EUROS: i64 = 2_500;

/// The plan of the case of DOMAIN 1.4.
pub(super) static PRINTING_SHOP: Venture = Venture {
    plan: "A printing shop: designs, banners and business cards, first from home, then in a rented room.",
    items: &[
        (INCOME, IN_KIND, "Used digital printer and plotter", 1_450),
        (INCOME, IN_KIND, "Computer with design software", 620),
        (INCOME, REIMBURSEMENT, "Paper, ink and a shop sign", 260),
        (PAPERS, REIMBURSEMENT, "Registration of the business", 90),
    ],
};

static VENTURES: [Venture; 9] = [
    Venture {
        plan: "A grocery in the home quarter, together with a brother.",
        items: &[
            (INCOME, IN_KIND, "First stock of goods", 1_300),
            (INCOME, IN_KIND, "Refrigerator and shelves", 700),
            (PAPERS, REIMBURSEMENT, "Trading licence", 120),
        ],
    },
    Venture {
        plan: "To finish the vocational course as an electrician and work with a contractor.",
        items: &[
            (EDUCATION, IN_KIND, "Course fees, two terms", 900),
            (INCOME, IN_KIND, "Set of tools", 480),
            (SERVICES, REIMBURSEMENT, "Travel to the training centre", 150),
        ],
    },
    Venture {
        plan: "Sewing at home for shops in the market.",
        items: &[
            (INCOME, IN_KIND, "Two sewing machines and an overlock", 950),
            (INCOME, IN_KIND, "Cloth and thread for the first orders", 400),
            (EDUCATION, IN_KIND, "Course in pattern making", 250),
        ],
    },
    Venture {
        plan: "A room of the parents' house made fit to live in before winter.",
        items: &[
            (HOUSING, REIMBURSEMENT, "Roof, windows and door", 1_600),
            (GOODS, IN_KIND, "Stove, beds and blankets", 450),
        ],
    },
    Venture {
        plan: "Deliveries with a motorcycle for shops and restaurants.",
        items: &[
            (INCOME, IN_KIND, "Used motorcycle with a box", 1_500),
            (PAPERS, REIMBURSEMENT, "Driving licence and insurance", 230),
        ],
    },
    Venture {
        plan: "A few animals on the family's land, and milk for the village.",
        items: &[
            (INCOME, IN_KIND, "Two cows", 1_700),
            (INCOME, IN_KIND, "Feed for six months", 500),
        ],
    },
    Venture {
        plan: "School for the children, and work for the parents once they are settled.",
        items: &[
            (
                EDUCATION,
                IN_KIND,
                "School fees, books and uniforms for a year",
                600,
            ),
            (HOUSING, REIMBURSEMENT, "Rent for four months", 1_000),
            (PAPERS, REIMBURSEMENT, "Certificates and translations", 140),
        ],
    },
    Venture {
        plan: "Repair of mobile telephones in a shared shop.",
        items: &[
            (INCOME, IN_KIND, "Work bench, instruments and spare parts", 1_150),
            (HOUSING, CASH, "Share of the shop's rent for three months", 450),
        ],
    },
    Venture {
        plan: "Treatment first, then a place with the former employer.",
        items: &[
            (HEALTH, REIMBURSEMENT, "Examinations and medicines", 800),
            (SERVICES, CASH, "Travel to the hospital", 120),
            (GOODS, IN_KIND, "Household goods", 350),
        ],
    },
];

const INCOME: ReintegrationCategory = ReintegrationCategory::IncomeGeneration;
const EDUCATION: ReintegrationCategory = ReintegrationCategory::Education;
const HOUSING: ReintegrationCategory = ReintegrationCategory::Housing;
const HEALTH: ReintegrationCategory = ReintegrationCategory::Health;
const GOODS: ReintegrationCategory = ReintegrationCategory::PrimaryGoods;
const PAPERS: ReintegrationCategory = ReintegrationCategory::AdministrativeAndLegal;
const SERVICES: ReintegrationCategory = ReintegrationCategory::AccessToServices;
const IN_KIND: Modality = Modality::InKind;
const CASH: Modality = Modality::Cash;
const REIMBURSEMENT: Modality = Modality::Reimbursement;

impl Venture {
    /// One of the plans.
    pub(super) fn any(dice: &mut Dice) -> &'static Self {
        dice.pick(&VENTURES)
    }

    /// What is needed, in the order of the plan.
    pub(super) fn items(&self) -> Vec<NewItem> {
        self.items
            .iter()
            .map(|(category, modality, description, euros)| NewItem {
                category: *category,
                modality: *modality,
                description: (*description).to_owned(),
                amount_minor: euros * 100,
                exceptional: false,
            })
            .collect()
    }
}

/// An amount of euros.
pub(super) fn euros(whole: i64) -> Money {
    let euro = CurrencyCode::parse("EUR").unwrap_or_else(|| unreachable!("ISO 4217 lists the euro"));
    Money {
        amount_minor: whole * 100,
        currency: euro,
    }
}
