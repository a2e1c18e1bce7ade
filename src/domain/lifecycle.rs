//! State machines as tables: which step leads from which state to which. A step that is not in its table is refused,
//! whatever else holds; the diagrams in `docs/state-machines.md` are printed from the same tables.

use super::code::Code;
use super::transition::{Reason, Refusal};

/// One declared step of a state machine.
#[derive(Clone, Copy, Debug)]
pub struct Move<S: 'static> {
    /// The command as the schema names it, or what else makes the step: `time` for the clock, another command's name
    /// for a cascade.
    pub step: &'static str,
    /// The states that it starts from.
    pub from: &'static [S],
    /// The states that it can lead to.
    pub to: &'static [S],
}

/// The state machine of one aggregate.
#[derive(Clone, Copy, Debug)]
pub struct Lifecycle<S: 'static> {
    /// Name of the aggregate in the schema.
    pub name: &'static str,
    /// How a row comes to be: the step, and the state that it begins in.
    pub beginnings: &'static [(&'static str, S)],
    /// Every step from a state to another.
    pub moves: &'static [Move<S>],
}

impl<S: Code> Lifecycle<S> {
    /// The state after a step, if the table has it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` for a step that is not declared from this state to that one.
    pub fn step(&self, step: &str, from: S, to: S) -> Result<S, Refusal> {
        if self.allows(step, from, to) {
            Ok(to)
        } else {
            Err(Reason::WrongState.into())
        }
    }

    /// The first state of a row that a step makes, if the table has it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` for a step that makes no row in that state.
    pub fn begin(&self, step: &str, first: S) -> Result<S, Refusal> {
        if self.beginnings.contains(&(step, first)) {
            Ok(first)
        } else {
            Err(Reason::WrongState.into())
        }
    }

    /// Whether a step starts from this state at all.
    #[must_use]
    pub fn starts(&self, step: &str, from: S) -> bool {
        self.moves
            .iter()
            .any(|declared| declared.step == step && declared.from.contains(&from))
    }

    /// Whether the table declares this step from this state to that one.
    #[must_use]
    pub fn allows(&self, step: &str, from: S, to: S) -> bool {
        self.moves.iter().any(|declared| {
            declared.step == step && declared.from.contains(&from) && declared.to.contains(&to)
        })
    }

    /// The machine as a Mermaid state diagram.
    #[must_use]
    pub fn diagram(&self) -> String {
        let mut lines = vec!["stateDiagram-v2".to_owned()];
        let beginnings = self.beginnings.iter();
        lines.extend(
            beginnings.map(|(step, state)| format!("    [*] --> {state}: {step}", state = state.code())),
        );
        for declared in self.moves {
            for from in declared.from {
                for to in declared.to {
                    lines.push(format!(
                        "    {} --> {}: {}",
                        from.code(),
                        to.code(),
                        declared.step
                    ));
                }
            }
        }
        let ends = S::ALL
            .iter()
            .map(|(state, ..)| *state)
            .filter(|state| self.is_end(*state));
        lines.extend(ends.map(|state| format!("    {} --> [*]", state.code())));
        lines.join("\n")
    }

    /// Whether some step leads from or to a state.
    #[must_use]
    pub fn knows(&self, state: S) -> bool {
        let moved = |declared: &Move<S>| declared.from.contains(&state) || declared.to.contains(&state);
        self.beginnings.iter().any(|(_, first)| *first == state) || self.moves.iter().any(moved)
    }

    /// Whether a state can be reached and never left.
    #[must_use]
    pub fn is_end(&self, state: S) -> bool {
        let reached = self.beginnings.iter().any(|(_, first)| *first == state)
            || self.moves.iter().any(|declared| declared.to.contains(&state));
        reached && !self.moves.iter().any(|declared| declared.from.contains(&state))
    }
}

/// Declares a state machine: `lifecycle! { "doc" NAME "Aggregate": State { begin "openCase" => Inquiry; "counsel": Inquiry | Counselled => Counselled; … } }`.
#[macro_export]
macro_rules! lifecycle {
    ($doc:literal $name:ident $aggregate:literal : $state:ident {
        $(begin $begin:literal => $first:ident;)*
        $($step:literal : $($from:ident)|+ => $($to:ident)|+;)+
    }) => {
        #[doc = $doc]
        pub const $name: $crate::domain::lifecycle::Lifecycle<$state> = $crate::domain::lifecycle::Lifecycle {
            name: $aggregate,
            beginnings: &[$(($begin, $state::$first)),*],
            moves: &[$($crate::domain::lifecycle::Move {
                step: $step,
                from: &[$($state::$from),+],
                to: &[$($state::$to),+],
            }),+],
        };
    };
}
