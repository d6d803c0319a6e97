//! The names of an app's cookies: which are sessions, and what some runtime takes for one.

use std::sync::atomic::{AtomicU64, Ordering};

use http::header::{COOKIE, HeaderMap};

use super::AMBIGUOUS;
use crate::canonical::Malformed;
use crate::canonical::urlencoded::decode_lossy;
use crate::config::settings::{App, Globs};
use crate::model::Timestamp;
use crate::words;

/// What a cookie's name makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieClass {
    /// In `harmless_cookies`: no credential.
    Harmless,
    /// In `session_cookies`.
    Session,
    /// Neither: a credential, in case it is one.
    Other,
}

/// An app's cookie names, ready to compare.
#[derive(Clone, Debug)]
pub struct Names {
    /// Unlike every other's: what was read by other names doesn't count for these.
    pub(super) id: u64,
    session: Globs,
    harmless: Globs,
    /// The session names as a lenient runtime would write them.
    folded: Globs,
    /// Those of them that a form's field is held for as well. `*Token` says too little of a field.
    fields: Globs,
    pub(super) gate: &'static str,
    pub(super) device: &'static str,
}

fn next_id() -> u64 {
    static IDS: AtomicU64 = AtomicU64::new(0);
    IDS.fetch_add(1, Ordering::Relaxed)
}

impl Names {
    /// Prepares the names of an app.
    pub fn new(app: &App, https: bool) -> Self {
        let (gate, device) = if https { ("__Host-mfa", "__Host-mfa-device") } else { ("mfa", "mfa-device") };
        Self::of(&app.session_cookies, &app.harmless_cookies, gate, device)
    }

    pub(super) fn of(session: &Globs, harmless: &Globs, gate: &'static str, device: &'static str) -> Self {
        let folded: Vec<String> = session.texts().iter().map(|t| fold_glob(t)).collect();
        let fields: Vec<String> = folded.iter().filter(|t| !t.starts_with(['*', '?', '[', '{'])).cloned().collect();
        let globs = |texts: &[String]| Globs::new(texts).unwrap_or_else(|_| session.clone());
        Self {
            id: next_id(),
            session: session.clone(),
            harmless: harmless.clone(),
            folded: globs(&folded),
            fields: globs(&fields),
            gate,
            device,
        }
    }

    /// What a cookie of this name is.
    pub fn class(&self, name: &str) -> CookieClass {
        if self.session.matches(name) {
            CookieClass::Session
        } else if self.harmless.matches(name) {
            CookieClass::Harmless
        } else {
            CookieClass::Other
        }
    }

    /// The names in a request that are, or look like, a session cookie's: what a page that clears them expires.
    pub fn suspects(&self, headers: &HeaderMap) -> Vec<String> {
        // The values may be anything; a name that can't be written can't be expired.
        let items = headers.get_all(COOKIE).iter().flat_map(|line| line.as_bytes().split(|b| *b == b';'));
        let names = items.filter_map(|item| std::str::from_utf8(item.split(|b| *b == b'=').next()?).ok()).map(str::trim);
        let suspect = |name: &&str| self.class(name) == CookieClass::Session || self.refuse_look_alike(name).is_err();
        let mut suspects: Vec<String> = names.filter(|n| n.is_ascii()).filter(suspect).map(str::to_owned).collect();
        suspects.sort();
        suspects.dedup();
        suspects
    }

    /// Does some runtime take the session from a field of this name?
    pub fn is_read_as_session(&self, name: &str) -> bool {
        self.fields.matches(&fold(name.trim_matches([' ', '[', ']'])))
    }

    /// Does another cookie begin within this value for some? At a blank for Python, at a comma for Perl and old Rack.
    pub(super) fn hides_session(&self, value: &str) -> bool {
        if !value.contains('=') {
            return false;
        }
        let mut before = "";
        value.split([' ', '\t', ',', '"', '\'']).skip(1).filter(|part| !part.is_empty()).any(|part| {
            let name = match part.split_once('=') {
                Some(("", _)) => std::mem::take(&mut before),
                Some((name, _)) => name,
                None => {
                    before = part;
                    return false;
                }
            };
            !name.is_empty() && self.looks_alike(name)
        })
    }

    /// Is this how some runtime writes a session cookie's name, or that name itself?
    fn looks_alike(&self, name: &str) -> bool {
        let is_same_to_all = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
        if is_same_to_all { self.folded.matches(name) } else { self.folded.matches(&fold(name)) }
    }

    pub(super) fn refuse_look_alike(&self, name: &str) -> Result<(), Malformed> {
        // `$Version` makes some Java servers read the whole line by the rules of RFC 2109.
        let reserved = name.starts_with('$')
            && ["$version", "$path", "$domain", "$port"].iter().any(|own| name.trim_end().eq_ignore_ascii_case(own));
        if reserved || self.looks_alike(name) { Err(AMBIGUOUS) } else { Ok(()) }
    }
}

/// Which method a device used the last time; `__Host-` stands before it on https. It is no credential.
pub const METHOD_COOKIE: &str = "mfa-method";

/// Names that belong to the gate and never reach an app, nor come from one.
pub fn is_gate_name(name: &str) -> bool {
    let own = ["__host-mfa", "mfa", "__host-mfa-device", "mfa-device", "__host-mfa-method", METHOD_COOKIE, words::COOKIE];
    own.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Does this line of an app's answer take the cookie away? An empty value is none.
pub fn is_deletion(cookie: &cookie::Cookie<'_>, now: Timestamp) -> bool {
    let past = match cookie.max_age() {
        Some(age) => !age.is_positive(),
        None => cookie.expires_datetime().is_some_and(|at| at.unix_timestamp() <= now.seconds()),
    };
    past || matches!(cookie.name_value().1, "" | "deleted" | "\"\"")
}

/// A name as the most lenient runtime reads it: trimmed, unquoted, percent-decoded, lower case, and with PHP's changes
/// (leading blanks off; `.`, blank and `[` become `_`; what follows a closed `[` is an index, and what follows NUL is cut).
pub(super) fn fold(name: &str) -> String {
    let mut text = name.to_owned();
    for _ in 0..2 {
        if text.contains(['%', '+']) {
            text = decode_lossy(text.as_bytes(), true);
        }
    }
    let text = text.split('\0').next().unwrap_or_default();
    let text = text.trim().trim_matches(['"', '\'', '$']).trim().to_lowercase();
    let text = match text.find('[') {
        Some(at) if at > 0 && text[at..].contains(']') => text[..at].to_owned(),
        _ => text,
    };
    text.chars().map(|c| if matches!(c, '.' | ' ' | '[' | '\t') { '_' } else { c }).collect()
}

/// The same for a glob: its wildcards stay.
fn fold_glob(glob: &str) -> String {
    glob.to_lowercase().chars().map(|c| if matches!(c, '.' | ' ') { '_' } else { c }).collect()
}
