//! `Person`.

use crate::domain::person::Sex;
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::{Language, RowId};
use crate::ids::NodeType;
use crate::policy::mask::BirthDate;
use crate::store::nodes::PersonNode;

governed! { PersonNode "Person" node: "A person who returns, alone or with a family." {
    PersonId: (RowId) = |node| RowId(NodeType::Person, node.person.id.uuid()), "Names the person to this viewer, and to nobody else.";
    PersonFullName: (String) = |node| node.person.full_name(), "Given names and family name, as the travel document will carry them.";
    PersonDateOfBirth: (BirthDate) = |node| BirthDate::Day(node.person.date_of_birth), "Date of birth; the year or an age band where it is masked.";
    PersonSex: (Sex) = |node| node.person.sex, "Sex, as travel documents state it.";
    PersonNationality: (CountryCode) = |node| node.person.nationality, "Nationality.";
    PersonPlaceOfBirth: (Option<String>) = |node| node.person.place_of_birth.clone(), "Place of birth.";
    PersonParentsNames: (Option<String>) = |node| node.person.parents_names.clone(), "Names of the parents.";
    PersonPhone: (Option<String>) = |node| node.person.phone.clone(), "Telephone number, in E.164; an ellipsis where only its existence is shown.";
    PersonHostAddress: (Option<String>) = |node| node.person.host_address.clone(), "Where the person lives in the host territory.";
    PersonReturnAddress: (Option<String>) = |node| node.person.address_in_country_of_return.clone(), "Where the person will live in the country of return.";
    PersonLanguage: (Option<Language>) = |node| node.person.language.clone().map(Language), "The language that the person speaks best.";
    PersonHead: (bool) = |node| node.person.head_of_household, "Whether the person is the head of the household.";
} }
