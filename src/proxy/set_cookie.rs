//! Reads what an app's answer sets and deletes, and writes lines that expire cookies in the client.

use cookie::Cookie;
use http::header::{HeaderMap, HeaderValue, SET_COOKIE};

use crate::canonical::cookies::{CookieClass, Names, is_deletion, is_gate_name};
use crate::clock::Clock;
use crate::model::Name;
use crate::seal::Seal;
use crate::store::Member;

/// One cookie that an answer sets.
#[derive(Clone, Debug)]
pub struct Set {
    /// As a member, if it were one.
    pub member: Member,
    /// The exact value, for asking the app about it.
    pub value: String,
    /// What its name makes of it.
    pub class: CookieClass,
    /// A deletion or an empty value: a member of nothing.
    pub deletes: bool,
}

/// Everything that an answer sets, without the gate's own names, which are taken off the answer.
pub fn read(headers: &mut HeaderMap, names: &Names, app: &str, seal: &Seal, clock: &Clock) -> Vec<Set> {
    if !headers.contains_key(SET_COOKIE) {
        return Vec::new();
    }
    let mut sets = Vec::new();
    retain(headers, |line| {
        let Ok(cookie) = Cookie::parse(line) else { return false };
        if is_gate_name(cookie.name()) {
            return false;
        }
        // `name_value` keeps quotes, as the client will send them back.
        let (name, value) = cookie.name_value();
        sets.push(Set {
            member: Member {
                key: seal.member(app, name.as_bytes(), value.as_bytes()),
                name: Name::new(name),
                path: cookie.path().map(Name::new),
                domain: cookie.domain().map(Name::new),
            },
            value: value.to_owned(),
            class: names.class(name),
            deletes: is_deletion(&cookie, clock.now()),
        });
        true
    });
    sets
}

/// Of several lines for one cookie (name, path, domain) only the last counts, as browsers see it (RFC 6265, 5.3), and only it
/// goes out. Gives back the name of a session cookie that had another value before.
pub fn keep_last(headers: &mut HeaderMap, names: &Names) -> Option<String> {
    let lines: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().cloned().collect();
    let read = |line: &HeaderValue| {
        let cookie = Cookie::parse(line.to_str().ok()?.to_owned()).ok()?;
        let of = (cookie.name().to_owned(), cookie.path().map(str::to_owned), cookie.domain().map(str::to_owned));
        Some((of, cookie.value().to_owned()))
    };
    let all: Vec<_> = lines.iter().map(read).collect();
    let later = |at: usize| all[at].as_ref().and_then(|(of, _)| all[at + 1..].iter().flatten().rfind(|(other, _)| other == of));
    let mut replaced = None;
    if (0..all.len()).any(|at| later(at).is_some()) {
        headers.remove(SET_COOKIE);
        for (at, line) in lines.into_iter().enumerate() {
            match (later(at), &all[at]) {
                (Some((_, last)), Some(((name, ..), value))) => {
                    if value != last && names.class(name) == CookieClass::Session {
                        replaced = Some(name.clone());
                    }
                }
                _ => drop(headers.append(SET_COOKIE, line)),
            }
        }
    }
    replaced
}

/// Takes the lines of some cookies off an answer.
pub fn drop_names(headers: &mut HeaderMap, drop: impl Fn(&str) -> bool) {
    if headers.contains_key(SET_COOKIE) {
        retain(headers, |line| {
            let name = line.split(['=', ';']).next().unwrap_or("").trim();
            !drop(name)
        });
    }
}

fn retain(headers: &mut HeaderMap, mut keep: impl FnMut(&str) -> bool) {
    let lines: Vec<HeaderValue> = headers.get_all(SET_COOKIE).iter().cloned().collect();
    let kept: Vec<&HeaderValue> = lines.iter().filter(|line| line.to_str().is_ok_and(&mut keep)).collect();
    if kept.len() != lines.len() {
        headers.remove(SET_COOKIE);
        for line in kept {
            headers.append(SET_COOKIE, line.clone());
        }
    }
}

/// Expires cookies of which only the names are known, at the root.
pub fn expire_names(names: &[String], headers: &mut HeaderMap) {
    for name in names {
        let line = format!("{name}=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        if let Ok(line) = HeaderValue::from_str(&line) {
            headers.append(SET_COOKIE, line);
        }
    }
}

/// Lines that expire cookies in the client, one for each however many of its values there are.
pub fn expire(members: &[Member]) -> impl Iterator<Item = HeaderValue> {
    let is_first = |at: usize| !members[..at].iter().any(|before| before.is_same_cookie(&members[at]));
    (0..members.len()).filter(move |at| is_first(*at)).filter_map(|at| expiring(&members[at]))
}

/// With the path and domain that it was set with.
fn expiring(member: &Member) -> Option<HeaderValue> {
    if member.name.starts_with(':') {
        return None;
    }
    let path = member.path.as_deref().unwrap_or("/");
    let mut line = format!("{}=; Path={path}; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT", member.name);
    if let Some(domain) = &member.domain {
        line.push_str("; Domain=");
        line.push_str(domain);
    }
    // Without Secure, browsers refuse to touch a cookie whose name has one of these prefixes.
    if member.name.starts_with("__Host-") || member.name.starts_with("__Secure-") {
        line.push_str("; Secure");
    }
    HeaderValue::from_str(&line).ok()
}
