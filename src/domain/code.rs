//! Closed vocabularies: each word has one spelling in the database, the schema and the logs.

/// A closed vocabulary whose words are written in `SCREAMING_SNAKE_CASE` wherever they leave the program.
pub trait Code: Copy + Eq + std::fmt::Debug + Send + Sync + 'static {
    /// Name of the vocabulary, as the schema shows it.
    const NAME: &'static str;
    /// One sentence that says what the vocabulary describes.
    const DOC: &'static str;
    /// Every word: value, spelling, meaning.
    const ALL: &'static [(Self, &'static str, &'static str)];

    /// The spelling of this word.
    fn code(self) -> &'static str;

    /// The word with this spelling, if there is one.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, spelling, _)| *spelling == code)
            .map(|(word, _, _)| *word)
    }
}

/// Declares a closed vocabulary: `codes! { "meaning" Name { Word = "WORD": "meaning", … } }`.
#[macro_export]
macro_rules! codes {
    ($doc:literal $name:ident { $($variant:ident = $code:literal : $meaning:literal),+ $(,)? }) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = $meaning] #[serde(rename = $code)] $variant),+
        }

        impl $crate::domain::code::Code for $name {
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = $doc;
            const ALL: &'static [(Self, &'static str, &'static str)] = &[$((Self::$variant, $code, $meaning)),+];

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::domain::code::Code::code(*self))
            }
        }
    };
}
