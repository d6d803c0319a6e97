//! A sentence before anybody knows in which language it is said: its id, and what stands in it.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use super::Language;

/// The id of what isn't the gate's own.
pub(super) const VERBATIM: &str = "";

/// What stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A name, an address, a code: the same in every language.
    Text(String),
    /// A count: the sentence may have a form for each.
    Number(u64),
    /// A moment in milliseconds since the Unix epoch, as the language writes it.
    Moment(i64),
    /// A time from now on: "12 minutes".
    Span(Duration),
    /// Another sentence.
    Sentence(Box<Sentence>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! from_numbers {
    ($($number:ty),*) => {
        $(impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(number as u64)
            }
        }
        impl From<&$number> for Arg {
            fn from(number: &$number) -> Self {
                Self::Number(*number as u64)
            }
        })*
    };
}
from_numbers!(u8, u16, u32, u64, usize);

impl From<Duration> for Arg {
    fn from(span: Duration) -> Self {
        Self::Span(span)
    }
}

impl From<Sentence> for Arg {
    fn from(sentence: Sentence) -> Self {
        Self::Sentence(Box::new(sentence))
    }
}

/// A sentence that can be said in any language. `Display` says it in English, for logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub(super) id: &'static str,
    pub(super) args: Vec<(Cow<'static, str>, Arg)>,
}

impl Sentence {
    /// What somebody else wrote, the same in every language.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { id: VERBATIM, args: vec![("".into(), Arg::Text(text.into()))] }
    }

    /// The sentence of this id (`words::id`).
    pub const fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The sentence of an id that was written elsewhere, if there is one.
    pub fn find(id: &str) -> Option<Self> {
        super::id::ALL.iter().find(|known| **known == id).copied().map(Self::new)
    }

    /// With this in the place of `{ $name }`.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, arg: impl Into<Arg>) -> Self {
        self.args.push((name.into(), arg.into()));
        self
    }

    /// Its id.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// In this language.
    pub fn say(&self, language: Language) -> String {
        language.words().say(self.clone()).to_string()
    }
}

impl From<&'static str> for Sentence {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

impl From<&Sentence> for Sentence {
    fn from(sentence: &Sentence) -> Self {
        sentence.clone()
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::ENGLISH))
    }
}
