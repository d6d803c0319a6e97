//! What the gate itself says to the app: where the request came from, who it is, and one Cookie line.

use std::cell::RefCell;
use std::net::IpAddr;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::Way;
use crate::canonical::cookies::{CookieClass, Pair};
use crate::config::settings::App;
use crate::decide::{Because, Kind};
use crate::model::User;
use crate::store::Member;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_MFA_USER: HeaderName = HeaderName::from_static("x-mfa-user");
const X_MFA_METHOD: HeaderName = HeaderName::from_static("x-mfa-method");
const X_MFA_VERIFIED_AT: HeaderName = HeaderName::from_static("x-mfa-verified-at");

/// Does a cookie go to the app, in this way of forwarding?
pub(super) fn goes(app: &App, kind: Kind, pair: &Pair, anonymous: bool, foreign: &[Member]) -> bool {
    match kind {
        Kind::Verified | Kind::Trusted | Kind::LoginAgain | Kind::Logout => pair.kept,
        Kind::Stripped => pair.class == CookieClass::Harmless,
        // The login page may need its own test cookie; session cookies only of an anonymous session.
        Kind::LoginPage | Kind::Login => match pair.class {
            CookieClass::Harmless => true,
            CookieClass::Session => pair.kept && anonymous,
            CookieClass::Other if pair.kept => anonymous,
            // Where no session cookie is listed, any of them may be one.
            CookieClass::Other if app.session_cookies.texts().is_empty() => false,
            CookieClass::Other => !foreign.iter().any(|m| m.name == pair.name()),
        },
    }
}

/// What is said of one client at one host; clients send many requests in a row.
struct Said {
    client: IpAddr,
    host: HeaderValue,
    scheme: &'static str,
    forwarded_for: HeaderValue,
    forwarded: HeaderValue,
}

thread_local! {
    static SAID: RefCell<Option<Said>> = const { RefCell::new(None) };
}

/// `Forwarded` (RFC 7239) and its older relatives; what the client sent under these names is gone already.
pub(super) fn say_where(map: &mut HeaderMap, way: Way<'_>) {
    let Some(host) = map.get(header::HOST).cloned() else { return };
    let said = SAID.with_borrow_mut(|last| {
        let fits = last.as_ref().is_some_and(|s| s.client == way.client && s.host == host && s.scheme == way.scheme);
        if !fits {
            *last = said(way.client, &host, way.scheme);
        }
        last.as_ref().map(|s| (s.forwarded_for.clone(), s.forwarded.clone()))
    });
    if let Some((forwarded_for, forwarded)) = said {
        map.insert(X_FORWARDED_FOR, forwarded_for);
        map.insert(header::FORWARDED, forwarded);
    }
    map.insert(X_FORWARDED_PROTO, HeaderValue::from_static(way.scheme));
    map.insert(X_FORWARDED_HOST, host);
}

fn said(client: IpAddr, host: &HeaderValue, scheme: &'static str) -> Option<Said> {
    let node = match client {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("\"[{ip}]\""),
    };
    let text = host.to_str().ok()?;
    Some(Said {
        client,
        host: host.clone(),
        scheme,
        forwarded_for: HeaderValue::from_str(&client.to_string()).ok()?,
        forwarded: HeaderValue::from_str(&format!("for={node};host=\"{text}\";proto={scheme}")).ok()?,
    })
}

/// `X-MFA-*`: who was verified, how and when.
pub(super) fn say_who(map: &mut HeaderMap, user: &User, because: &Because) {
    if let Ok(value) = HeaderValue::from_bytes(user.id.as_str().as_bytes()) {
        map.insert(X_MFA_USER, value);
    }
    match because {
        Because::Verification(verification) => {
            if let Ok(value) = HeaderValue::from_str(verification.method.as_str()) {
                map.insert(X_MFA_METHOD, value);
            }
            map.insert(X_MFA_VERIFIED_AT, HeaderValue::from(verification.at.seconds()));
        }
        Because::TrustRule => drop(map.insert(X_MFA_METHOD, HeaderValue::from_static("trust"))),
        _ => {}
    }
}
