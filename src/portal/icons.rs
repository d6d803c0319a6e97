//! Small drawings. What one says stands beside it in words, so readers skip it.

use std::fmt;

use crate::flows::Kind;

/// A drawing of 24 by 24, in lines of the text's colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Icon(&'static str);

pub(super) const WARNING: Icon = Icon("M12 8v5m0 3.5v.01M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0");
pub(super) const INFO: Icon = Icon("M12 11.5V16m0-8v.01M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0");
pub(super) const GOOD: Icon = Icon("m5 12.5 4.5 4.5L19 7.5");
pub(super) const NEXT: Icon = Icon("m9 5 7 7-7 7");
pub(super) const GLOBE: Icon = Icon("M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0m0 0h18M12 3c5 5.5 5 12.5 0 18-5-5.5-5-12.5 0-18");

/// That of a kind of method.
pub(super) fn of(kind: &Kind) -> Icon {
    Icon(match kind {
        Kind::Message => "M4 5h16v11H9l-5 4z",
        Kind::App => "M9 2.5h6a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2m2 16h2",
        Kind::Yubikey => "M8 8h8a2 2 0 0 1 2 2v11H6V10a2 2 0 0 1 2-2m1 0V3h6v5m-5.5 6.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
        Kind::Webauthn => "M3.5 8a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0m7.7 3.2L20 20v-3m-4-1 2-2",
        Kind::Backup => "M5 6h14M5 12h14M5 18h8",
    })
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let turns = if self.0 == NEXT.0 { " turns" } else { "" };
        write!(f, "<svg class=\"icon{turns}\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{}\"/></svg>", self.0)
    }
}

impl askama::filters::HtmlSafe for Icon {}
