//! What a page that asks for a second factor says first: what it opens, what to do, and why.

use crate::canonical::urlencoded::decode_lossy;
use crate::flows::{Kind, MethodView};
use crate::portal::Portal;
use crate::portal::frame::Frame;
use crate::store::GateRow;
use crate::words::{Html, id};

/// Longest address that is shown whole, in characters.
const SHOWN: usize = 60;

/// What is opened by it: the app, a page of it, or the user's own methods.
pub(super) fn purpose(portal: &Portal, gate: &GateRow, frame: &Frame, next: &str) -> Html {
    let settings = &portal.settings;
    let app = if settings.apps.len() > 1 { gate.app.to_string() } else { settings.brand.name.clone() };
    let path = next.split(['?', '#']).next().unwrap_or("/");
    match path {
        own if is_of_portal(portal, own) => frame.words.say(id::CHALLENGE_OPENS_METHODS).with("app", app).html(),
        "/" => frame.words.say(id::CHALLENGE_OPENS_APP).with("app", app).html(),
        path => frame.words.say(id::CHALLENGE_OPENS_PAGE).with("app", app).with("path", readable(path)).html(),
    }
}

fn is_of_portal(portal: &Portal, path: &str) -> bool {
    path.strip_prefix(portal.settings.server.prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path as people read it. One with signs in it that could turn a sentence around stays as it came.
fn readable(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/-_.,~+()! ".contains(c);
    let decoded = decode_lossy(path.as_bytes(), false);
    let text = if decoded.chars().all(plain) { decoded.as_str() } else { path };
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// What to do with a method.
pub(super) fn challenge(frame: &Frame, method: &MethodView, is_sent: bool) -> Html {
    let brand = frame.look.brand.as_str();
    match method.kind {
        Kind::Message => message(frame, method, is_sent),
        Kind::App => frame.words.say(id::CHALLENGE_APP).with("brand", brand).html(),
        Kind::Webauthn => frame.words.say(id::CHALLENGE_KEY).html(),
        Kind::Yubikey => frame.words.say(id::CHALLENGE_YUBIKEY).html(),
        Kind::Backup => frame.words.say(id::CHALLENGE_BACKUP).html(),
    }
}

fn message(frame: &Frame, method: &MethodView, is_sent: bool) -> Html {
    if is_sent {
        frame.words.say(id::PAGE_CODE_SENT).with("address", address(frame, method)).html()
    } else {
        frame.words.say(id::PAGE_CODE_COMES).with("address", address(frame, method)).html()
    }
}

/// Where its codes go.
fn address(frame: &Frame, method: &MethodView) -> String {
    method.masked.clone().unwrap_or_else(|| frame.name_of(method))
}

/// What to do before a change.
pub(super) fn change(frame: &Frame, method: &MethodView, is_sent: bool) -> Html {
    match method.kind {
        Kind::Message if is_sent => message(frame, method, true),
        Kind::Message => frame.words.say(id::CONFIRM_SEND_FIRST).with("address", address(frame, method)).html(),
        _ => frame.words.say(id::CONFIRM_WITH).with("method", frame.name_of(method)).html(),
    }
}

/// What to do to confirm a new method.
pub(super) fn new_method(frame: &Frame, method: &MethodView) -> Html {
    match method.kind {
        Kind::Message => message(frame, method, true),
        _ => frame.words.say(id::ENROL_APP_AGAIN).html(),
    }
}

/// Why a second factor is asked for.
pub(super) fn why(portal: &Portal, gate: &GateRow, frame: &Frame, next: &str) -> Html {
    let brand = frame.look.brand.as_str();
    let methods = gate.step_up.as_deref().map_or(&[][..], |wanted| &wanted.methods);
    if is_of_portal(portal, next) && !gate.verifications.is_empty() {
        frame.words.say(id::CHALLENGE_WHY_CHANGES).html()
    } else if gate.verifications.is_empty() {
        frame.words.say(id::CHALLENGE_WHY_FIRST).with("brand", brand).html()
    } else if methods.is_empty() {
        frame.words.say(id::CHALLENGE_WHY_AGAIN).html()
    } else {
        frame.words.say(id::CHALLENGE_WHY_STRONGER).html()
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn paths_are_shown_as_people_read_them_and_never_as_something_else() {
        assert_eq!(readable("/reports/2024"), "/reports/2024");
        assert_eq!(readable("/wiki/%C3%9Cbersicht%20A"), "/wiki/Übersicht A");
        for odd in ["/a%E2%80%AEfdp.exe", "/%3Cb%3E", "/a%0Ab", "/%FF"] {
            assert_eq!(readable(odd), odd);
        }
        assert_eq!(readable(&"/a".repeat(100)).chars().count(), 61);
    }
}
