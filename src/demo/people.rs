//! The demo's people: families of one to six, in the proportions of age and sex that DOMAIN 1.6 gives
//! (Slovakia 2004 to 2022: 7 % children, 48 % of 18 to 30, 39 % of 31 to 50, 6 % older; 27 % women).
//!
//! Household, age and sex are drawn without a look at the country of return, and so is what becomes of the case.

use super::dice::Dice;
use super::names::{family_name, given_name};
use super::place;
use super::places::{Host, Origin, later};
use crate::domain::case::LegalStatus;
use crate::domain::person::{Education, MaritalStatus, Sex};
use crate::domain::steps::case::NewPerson;
use chrono::{Datelike, NaiveDate};

/// Who returns together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Household {
    adults: u8,
    children: u8,
}

/// How many of a thousand cases are of which household; the others are persons who return alone.
///
/// One case in twenty has children, which makes them one person in fourteen.
const HOUSEHOLDS: [(Household, usize); 8] = [
    (
        Household {
            adults: 2,
            children: 0,
        },
        26,
    ),
    (
        Household {
            adults: 2,
            children: 1,
        },
        9,
    ),
    (
        Household {
            adults: 2,
            children: 2,
        },
        11,
    ),
    (
        Household {
            adults: 2,
            children: 3,
        },
        6,
    ),
    (
        Household {
            adults: 2,
            children: 4,
        },
        4,
    ),
    (
        Household {
            adults: 1,
            children: 1,
        },
        7,
    ),
    (
        Household {
            adults: 1,
            children: 2,
        },
        4,
    ),
    (
        Household {
            adults: 1,
            children: 3,
        },
        2,
    ),
];

impl Household {
    pub(super) const ALONE: Self = Self {
        adults: 1,
        children: 0,
    };

    /// A household of so many adults and children.
    pub(super) const fn of(adults: u8, children: u8) -> Self {
        Self { adults, children }
    }

    /// So many households in their proportions, in any order.
    pub(super) fn deck(cards: usize, dice: &mut Dice) -> Vec<Self> {
        let families = HOUSEHOLDS.iter().flat_map(|(household, of_1000)| {
            let share = (cards * of_1000 + 500) / 1000;
            std::iter::repeat_n(*household, share)
        });
        let mut deck: Vec<Self> = families
            .chain(std::iter::repeat(Self::ALONE))
            .take(cards)
            .collect();
        dice.shuffle(&mut deck);
        deck
    }

    /// How many persons.
    pub(super) fn size(self) -> usize {
        usize::from(self.adults) + usize::from(self.children)
    }
}

/// What the persons of one family have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Family<'a> {
    /// Where they are.
    pub host: &'static Host,
    /// Where they come from.
    pub origin: &'static Origin,
    /// Legal status of the case.
    pub status: LegalStatus,
    /// Where they go.
    pub city: &'a str,
    /// The day that their case is opened on.
    pub today: NaiveDate,
}

impl Family<'_> {
    /// The persons of a household, the head first.
    pub(super) fn persons(&self, household: Household, dice: &mut Dice) -> Vec<NewPerson> {
        let address = self.host.address(self.status, dice);
        let mut ages = Vec::new();
        let mut persons: Vec<NewPerson> = Vec::new();
        for _ in 0..household.adults {
            let age = age_of_adult(household, dice);
            let sex = match persons.first() {
                // Fewer women than men return alone; couples and lone parents bring the share of women to a quarter.
                None if household == Household::ALONE => woman_in_a_hundred(21, dice),
                None if household.adults == 1 => woman_in_a_hundred(70, dice),
                None => woman_in_a_hundred(30, dice),
                Some(head) if head.sex == Sex::Female => Sex::Male,
                Some(_) => Sex::Female,
            };
            let mut adult = self.person(sex, age, family_name(self.origin.state, dice), &address, dice);
            adult.head_of_household = persons.is_empty();
            adult.phone = dice.in_a_hundred(80).then(|| self.host.phone(dice));
            tell_of_life(&mut adult, household);
            ages.push(age);
            persons.push(adult);
        }
        let oldest = ages.iter().map(|age| age - 18).min().unwrap_or_default().min(17);
        // Infants travel only once health staff have seen them.
        let mut ages: Vec<i64> = (0..household.children)
            .map(|_| dice.within(2..=oldest.max(2)))
            .collect();
        ages.sort_unstable_by(|one, other| other.cmp(one));
        let names = self.names_of_parents(&persons, dice);
        for age in ages {
            let name = persons[0].family_name.clone();
            let mut child = self.person(woman_in_a_hundred(50, dice), age, &name, &address, dice);
            // Nobody gives two children one name.
            while persons.iter().any(|other| other.given_names == child.given_names) {
                given_name(self.origin.state, child.sex, dice).clone_into(&mut child.given_names);
            }
            child.parents_names = Some(names.clone());
            persons.push(child);
        }
        persons
    }

    fn person(&self, sex: Sex, age: i64, name: &str, address: &str, dice: &mut Dice) -> NewPerson {
        let state = self.origin.state;
        let father = given_name(state, Sex::Male, dice);
        let mother = given_name(state, Sex::Female, dice);
        NewPerson {
            head_of_household: false,
            family_name: name.to_owned(),
            given_names: given_name(state, sex, dice).to_owned(),
            // The last birthday was at least a day and less than a year ago.
            date_of_birth: later(same_day_years_before(self.today, age), -dice.within(1..=360)),
            sex,
            nationality: place(state),
            place_of_birth: Some((*dice.pick(self.origin.cities)).to_owned()),
            parents_names: Some(format!("{father} and {mother} {name}")),
            phone: None,
            email: None,
            marital_status: None,
            occupation: None,
            education: None,
            host_address: Some(address.to_owned()),
            address_in_country_of_return: dice
                .in_a_hundred(60)
                .then(|| format!("With relatives, {}", self.city)),
            language: Some(self.origin.language.to_owned()),
        }
    }

    fn names_of_parents(&self, adults: &[NewPerson], dice: &mut Dice) -> String {
        let name = |adult: &NewPerson| format!("{} {}", adult.given_names, adult.family_name);
        match adults {
            [one, other] => format!("{} and {}", name(one), name(other)),
            [alone] => {
                let other = if alone.sex == Sex::Female {
                    Sex::Male
                } else {
                    Sex::Female
                };
                format!(
                    "{} and {}",
                    name(alone),
                    given_name(self.origin.state, other, dice)
                )
            }
            _ => String::new(),
        }
    }
}

/// What an adult lived on, and how to write to one who can be called; it goes by the name and the birthday alone, so that no
/// throw of the dice depends on it.
fn tell_of_life(adult: &mut NewPerson, household: Household) {
    use Education::{LowerSecondary, Primary, Tertiary, UpperSecondary, Vocational};
    const OCCUPATIONS: [&str; 7] = [
        "Baker",
        "Driver",
        "Farmer",
        "Mason",
        "Nurse",
        "Shopkeeper",
        "Tailor",
    ];
    const EDUCATIONS: [Education; 5] = [Primary, LowerSecondary, UpperSecondary, Vocational, Tertiary];
    let day = adult.date_of_birth.ordinal() as usize;
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let (given, family) = (letters(&adult.given_names), letters(&adult.family_name));
    adult.email = adult
        .phone
        .as_ref()
        .map(|_| format!("{given}.{family}@mail.example"));
    adult.occupation = Some(OCCUPATIONS[day % OCCUPATIONS.len()].to_owned());
    adult.education = Some(EDUCATIONS[day % EDUCATIONS.len()]);
    adult.marital_status = Some(match (household.adults, household.children) {
        (1, 0) => MaritalStatus::Single,
        (1, _) => MaritalStatus::Widowed,
        _ => MaritalStatus::Married,
    });
}

fn age_of_adult(household: Household, dice: &mut Dice) -> i64 {
    if household.children > 0 {
        return dice.within(26..=45);
    }
    match dice.weigh(&[(18, 523), (31, 417), (51, 60)]) {
        18 => dice.within(18..=30),
        31 => dice.within(31..=50),
        _ => dice.within(51..=67),
    }
}

fn woman_in_a_hundred(women: i64, dice: &mut Dice) -> Sex {
    if dice.in_a_hundred(women) {
        Sex::Female
    } else {
        Sex::Male
    }
}

pub(super) fn same_day_years_before(day: NaiveDate, years: i64) -> NaiveDate {
    let months = u32::try_from(12 * years).unwrap_or_default();
    day.checked_sub_months(chrono::Months::new(months)).unwrap_or(day)
}

/// A legal status, as often as the programme meets it (S0:15, S3:587).
pub(super) fn legal_status(dice: &mut Dice) -> LegalStatus {
    dice.weigh(&[
        (LegalStatus::AsylumRejected, 24),
        (LegalStatus::Irregular, 34),
        (LegalStatus::AsylumPending, 14),
        (LegalStatus::AsylumWithdrawn, 14),
        (LegalStatus::Stranded, 11),
        (LegalStatus::Regular, 3),
    ])
}
