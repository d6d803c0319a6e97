//! The search for a name in whatever spelling some runtime reads as that name.

use super::escapes::ANY;
use super::fold::letters;

/// Where in a text a name may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    /// At the beginning of the text.
    AtOnce,
    /// At any word of a text like JSON, where more stands behind it.
    AtAnyWord,
}

/// Longer names aren't looked for.
pub(super) const LETTERS_MAX: usize = 120;

/// The letters of a name, and where each stands in it.
pub(super) struct Wanted<'a> {
    letters: &'a [char],
    /// By letter of ASCII: bit n, it is the one after the first n.
    places: [u128; 128],
}

impl<'a> Wanted<'a> {
    pub(super) fn new(letters: &'a [char]) -> Self {
        let mut places = [0; 128];
        for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.is_ascii()) {
            places[*letter as usize] |= 1 << at;
        }
        Self { letters, places }
    }

    /// Where `read` goes on by this letter.
    fn step(&self, read: u128, letter: char) -> u128 {
        let places = self.places.get(letter as usize).copied().unwrap_or_else(|| {
            self.letters.iter().enumerate().filter(|(_, l)| **l == letter).fold(0, |places, (at, _)| places | 1 << at)
        });
        (read & places) << 1
    }

    /// How many of these letters stand in the text as a name: bit n, the first n of them. Of what is no UTF-8 only some
    /// charsets' `ı` and `ß` are letters of ASCII to somebody.
    pub(super) fn beginnings(&self, text: &str, begins: Begins) -> u128 {
        let (all, anywhere) = ((1 << self.letters.len()) - 1, u128::from(begins == Begins::AtAnyWord));
        // Bit n: the first n letters stand before here, with nothing but marks behind them.
        let (mut read, mut may_begin, mut found) = (1u128, true, 0u128);
        for c in text.chars() {
            let is_mark = match c {
                ANY | char::REPLACEMENT_CHARACTER => true,
                _ if c.is_ascii() => !c.is_ascii_alphanumeric(),
                _ => letters(c).next().is_none(),
            };
            if is_mark && ends_a_name(c, begins) {
                found |= read;
            }
            if is_mark || may_begin {
                read |= anywhere;
            }
            may_begin = is_mark;
            match c {
                ANY => read |= (read & all) << 1,
                char::REPLACEMENT_CHARACTER => {
                    let s = self.step(read, 's');
                    read |= self.step(read, 'i') | s | self.step(s, 's');
                }
                _ if c.is_ascii() && is_mark => {}
                _ if c.is_ascii() => read = self.step(read, c.to_ascii_lowercase()),
                _ => read = letters(c).fold(read, |read, letter| self.step(read, letter)),
            }
            if read == 0 && anywhere == 0 {
                break;
            }
        }
        // In a text something stands behind every key.
        found | if anywhere == 0 { read } else { 0 }
    }
}

/// Where names are known to begin, anything that runtimes don't read as a part of one ends it; in a text, what JSON (or a
/// form in it) has behind a key, a comment before that, or a control character.
fn ends_a_name(c: char, begins: Begins) -> bool {
    match begins {
        Begins::AtOnce => c.is_ascii() && !matches!(c, '.' | '-' | '_' | '%' | '+'),
        Begins::AtAnyWord => matches!(c, ':' | '=' | '[' | '&' | '/' | '#') || c.is_control() && !c.is_whitespace(),
    }
}
