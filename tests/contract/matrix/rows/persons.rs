//! The persons of the story.

use super::place;
use super::safeguards::Who;
use super::{Row, Truth, Whose};
use crate::support::fixtures::Person;
use serde_json::{Value, json};

pub fn a_person(person: &Person, who: Who) -> Row {
    let input = &person.input;
    let values = json!({
        "fullName": person.full_name(),
        "dateOfBirth": input["dateOfBirth"],
        "sex": input["sex"],
        "nationality": place("IRQ"),
        "placeOfBirth": input["placeOfBirth"],
        "parentsNames": input["parentsNames"],
        "phone": input["phone"],
        "email": input["email"],
        "maritalStatus": input["maritalStatus"],
        "occupation": input["occupation"],
        "education": input["education"],
        "hostAddress": input["hostAddress"],
        "addressInCountryOfReturn": input["addressInCountryOfReturn"],
        "language": input["language"],
        "headOfHousehold": input["headOfHousehold"],
    });
    let (protected, mut rows) = who.of_person(person);
    let (Value::Object(mut values), Value::Object(protected)) = (values, protected) else {
        panic!("fields with their values")
    };
    values.extend(protected);
    rows.extend([("id", Truth::Id), ("photo", Truth::One("Photo"))]);
    Row::new("Person", Whose::Parties, Value::Object(values), &rows)
}
