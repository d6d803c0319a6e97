//! What the gate says to people, in their language: the languages, their sentences, and the choice between them.
//!
//! A language is one file, `locales/TAG.ftl` (Fluent); what a language doesn't say is said in English. Nothing is read or
//! parsed before the first sentence in a language is wanted.

mod choice;
mod say;
mod sentence;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::OnceLock;

use unic_langid::{CharacterDirection, LanguageIdentifier};

pub use choice::{COOKIE, Languages, Wish, plain_cookie};
pub use say::{Html, Said, Words};
pub use sentence::{Arg, Sentence};

/// The id of every sentence, as `locales/en.ftl` has it.
pub mod id {
    include!(concat!(env!("OUT_DIR"), "/ids.rs"));
}

/// One file of `locales/`.
struct File {
    tag: &'static str,
    own_name: &'static str,
    text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

const COUNT: usize = FILES.len();

/// What was parsed so far.
static WORDS: [OnceLock<Words>; COUNT] = [const { OnceLock::new() }; COUNT];

/// A language that the gate speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(usize);

impl Language {
    /// The one that has every sentence.
    pub const ENGLISH: Self = Self(place_of_english());

    /// All of them, by their tags.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..COUNT).map(Self)
    }

    /// The language of exactly this tag (BCP 47), in any case.
    pub fn of(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// `pl`, `zh-Hans`: for `lang` and `Content-Language`.
    pub fn tag(self) -> &'static str {
        FILES[self.0].tag
    }

    /// Its name in itself: `Polski`.
    pub fn own_name(self) -> &'static str {
        FILES[self.0].own_name
    }

    /// `ltr` or `rtl`: for `dir`.
    pub fn dir(self) -> &'static str {
        match self.identifier().character_direction() {
            CharacterDirection::RTL => "rtl",
            _ => "ltr",
        }
    }

    /// Its sentences; parsed when they are first wanted.
    pub fn words(self) -> &'static Words {
        WORDS[self.0].get_or_init(|| Words::parse(self, FILES[self.0].text))
    }

    fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

const fn place_of_english() -> usize {
    let mut at = 0;
    while at < COUNT {
        if matches!(FILES[at].tag.as_bytes(), b"en") {
            return at;
        }
        at += 1;
    }
    panic!("locales/en.ftl is missing")
}
