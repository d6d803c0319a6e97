//! What kinds of trouble providers have, and the sentence that a user gets for each.

use super::DispatchResponse;
use crate::words::{Sentence, id};

/// Why a message was not sent, as far as it matters to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The address or number can't get messages.
    Recipient,
    /// The recipient told the provider to send nothing any more.
    OptedOut,
    /// The gate's account, keys or sender are at fault.
    Setup,
    /// It may work in a moment.
    Later,
    /// It may have been sent.
    Unknown,
}

impl Trouble {
    /// What the user is told.
    pub fn sentence(self) -> Sentence {
        Sentence::new(match self {
            Self::Recipient => id::TROUBLE_RECIPIENT,
            Self::OptedOut => id::TROUBLE_OPTED_OUT,
            Self::Setup => id::TROUBLE_SETUP,
            Self::Later => id::TROUBLE_LATER,
            Self::Unknown => id::TROUBLE_UNKNOWN,
        })
    }

    /// The dispatcher's answer; `log` is for the administrator.
    pub fn failed(self, log: impl Into<String>) -> DispatchResponse {
        DispatchResponse::Failed { details: self.sentence(), log: log.into() }
    }
}

/// A provider's text without the numbers and addresses in it, for the log.
pub fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().take(300).chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() > 5 { "…" } else { &digits });
        digits.clear();
        if !c.is_control() {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_of_people_stay_out_of_the_log() {
        assert_eq!(super::without_numbers("The 'To' number +14155552671 is bad (21211)"), "The 'To' number +… is bad (21211)");
    }
}
