//! What a request asks for, as far as the database needs to know: which relations of a row, and of theirs in turn.

use crate::policy::fields::Field;

/// The governed fields that are asked for, each with what is asked of the rows behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Want(Vec<(Field, Want)>);

impl Want {
    /// Adds a field.
    pub fn add(&mut self, field: Field, of_it: Self) {
        match self.0.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) => of_it
                .0
                .into_iter()
                .for_each(|(field, of_it)| known.add(field, of_it)),
            None => self.0.push((field, of_it)),
        }
    }

    /// What is asked of the rows behind a field, if the field is asked for.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<&Self> {
        self.0
            .iter()
            .find(|(known, _)| *known == field)
            .map(|(_, of_it)| of_it)
    }
}
