//! What the gate itself says to the app: where the request came from, who it is, and one Cookie line.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::{Rebuilt, Way};
use crate::canonical::cookies::{CookieClass, Pair, line};
use crate::decide::{Because, Kind};
use crate::identity::Identified;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_MFA_USER: HeaderName = HeaderName::from_static("x-mfa-user");
const X_MFA_METHOD: HeaderName = HeaderName::from_static("x-mfa-method");
const X_MFA_VERIFIED_AT: HeaderName = HeaderName::from_static("x-mfa-verified-at");

/// The one Cookie line for this way of forwarding.
pub(super) fn cookie_line(kind: Kind, identified: &Identified) -> String {
    line(going(kind, identified))
}

/// The same cookies apart: name, value, class.
pub fn cookies_sent(kind: Kind, identified: &Identified) -> Vec<(String, String, CookieClass)> {
    going(kind, identified).map(|p| (p.name.clone(), p.value.clone(), p.class)).collect()
}

/// The cookies that go to the app.
fn going(kind: Kind, identified: &Identified) -> impl Iterator<Item = &Pair> {
    let anonymous = identified.session.as_ref().is_none_or(|s| s.user.is_none());
    let pairs = identified.arrived.cookies.app.iter().zip(&identified.kept);
    pairs.filter_map(move |(pair, kept)| {
        let goes = match kind {
            Kind::Verified | Kind::Trusted | Kind::LoginAgain | Kind::Logout => *kept,
            Kind::Stripped => pair.class == CookieClass::Harmless,
            // The login page may need its own test cookie; session cookies only of an anonymous session.
            Kind::LoginPage | Kind::Login => match pair.class {
                CookieClass::Harmless => true,
                CookieClass::Session => *kept && anonymous,
                CookieClass::Other if *kept => anonymous,
                CookieClass::Other => !identified.foreign.iter().any(|m| m.name == pair.name),
            },
        };
        goes.then_some(pair)
    })
}

/// `Forwarded` (RFC 7239) and its older relatives; what the client sent under these names is gone already.
pub(super) fn say_where(map: &mut HeaderMap, way: Way<'_>) {
    let client = way.client.to_canonical();
    let host = map.get(header::HOST).cloned();
    let node = match client {
        std::net::IpAddr::V4(ip) => ip.to_string(),
        std::net::IpAddr::V6(ip) => format!("\"[{ip}]\""),
    };
    if let Ok(value) = HeaderValue::from_str(&client.to_string()) {
        map.insert(X_FORWARDED_FOR, value);
    }
    map.insert(X_FORWARDED_PROTO, HeaderValue::from_static(way.scheme));
    if let Some(host) = host {
        if let Ok(text) = host.to_str()
            && let Ok(value) = HeaderValue::from_str(&format!("for={node};host=\"{text}\";proto={}", way.scheme))
        {
            map.insert(header::FORWARDED, value);
        }
        map.insert(X_FORWARDED_HOST, host);
    }
}

/// `X-MFA-*`: who was verified, how and when.
pub(super) fn say_who(request: &mut Rebuilt, kind: Kind, because: &Because) {
    if !kind.is_credentialed() {
        return;
    }
    let map = &mut request.head.headers;
    if let Some(user) = &request.user
        && let Ok(value) = HeaderValue::from_bytes(user.id.as_str().as_bytes())
    {
        map.insert(X_MFA_USER, value);
    }
    match because {
        Because::Verification(verification) => {
            if let Ok(value) = HeaderValue::from_str(verification.method.as_str()) {
                map.insert(X_MFA_METHOD, value);
            }
            if let Ok(value) = HeaderValue::from_str(&verification.at.seconds().to_string()) {
                map.insert(X_MFA_VERIFIED_AT, value);
            }
        }
        Because::TrustRule => {
            map.insert(X_MFA_METHOD, HeaderValue::from_static("trust"));
        }
        _ => {}
    }
}
