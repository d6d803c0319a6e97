//! What the gate itself says to the app: where the request came from, who it is, and one Cookie line.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;

use foldhash::fast::RandomState;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::Way;
use crate::canonical::cookies::{CookieClass, Pair};
use crate::config::settings::App;
use crate::decide::{Because, Kind};
use crate::model::{User, UserId, Verification};
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

/// How many clients, and verified users, a thread remembers the headers of: they send many requests in a row.
const REMEMBERED: usize = 256;

/// What the gate says.
type Said = Vec<(HeaderName, HeaderValue)>;

/// What is said of a client, and of a verified user.
#[derive(Default)]
struct Known {
    clients: Vec<Option<(IpAddr, HeaderValue)>>,
    users: Vec<Option<(UserId, Verification, [HeaderValue; 3])>>,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
    static HASHER: RandomState = RandomState::default();
}

/// The one at this key's place, if it is the right one; else it is made and takes the place.
fn remembered<T, V: Clone>(
    all: &mut Vec<Option<T>>,
    key: impl Hash,
    read: impl Fn(&T) -> Option<V>,
    make: impl FnOnce() -> Option<T>,
) -> Option<V> {
    if all.is_empty() {
        all.resize_with(REMEMBERED, || None);
    }
    let place = &mut all[HASHER.with(|hasher| hasher.hash_one(key)) as usize % REMEMBERED];
    if let Some(found) = place.as_ref().and_then(&read) {
        return Some(found);
    }
    *place = make();
    place.as_ref().and_then(read)
}

/// `X-Forwarded-*`: where the request came from, by which scheme and host. What the client sent under these names, or as
/// `Forwarded` (RFC 7239), is gone already.
pub(super) fn say_where(said: &mut Said, map: &HeaderMap, way: Way<'_>) {
    let Some(host) = map.get(header::HOST).cloned() else { return };
    let client = KNOWN.with_borrow_mut(|known| {
        let read = |(ip, value): &(IpAddr, HeaderValue)| (*ip == way.client.ip).then(|| value.clone());
        remembered(&mut known.clients, way.client.ip, read, || {
            Some((way.client.ip, HeaderValue::from_str(&way.client.ip.to_string()).ok()?))
        })
    });
    if let Some(client) = client {
        said.push((X_FORWARDED_FOR, client));
    }
    said.push((X_FORWARDED_PROTO, HeaderValue::from_static(way.scheme)));
    said.push((X_FORWARDED_HOST, host));
}

/// `X-MFA-*`: who was verified, how and when.
pub(super) fn say_who(said: &mut Said, user: &User, because: &Because) {
    match because {
        Because::Verification(verification) => {
            let values = KNOWN.with_borrow_mut(|known| {
                let key = (user.id.as_str(), verification.at.0);
                let read = |(id, of, values): &(UserId, Verification, [HeaderValue; 3])| {
                    (*id == user.id && of == verification).then(|| values.clone())
                };
                remembered(&mut known.users, key, read, || {
                    let values = [
                        HeaderValue::from_bytes(user.id.as_str().as_bytes()).ok()?,
                        HeaderValue::from_str(verification.method.as_str()).ok()?,
                        HeaderValue::from(verification.at.seconds()),
                    ];
                    Some((user.id.clone(), verification.clone(), values))
                })
            });
            if let Some([id, method, at]) = values {
                said.extend([(X_MFA_USER, id), (X_MFA_METHOD, method), (X_MFA_VERIFIED_AT, at)]);
            }
        }
        because => {
            if let Ok(id) = HeaderValue::from_bytes(user.id.as_str().as_bytes()) {
                said.push((X_MFA_USER, id));
            }
            if *because == Because::TrustRule {
                said.push((X_MFA_METHOD, HeaderValue::from_static("trust")));
            }
        }
    }
}
