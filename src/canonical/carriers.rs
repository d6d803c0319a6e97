//! Sessions and tokens that come by another way than the Cookie line.

use super::Malformed;
use super::cookies::{CookieClass, Cookies, Names};
use super::fold::{fold, is_read_as};
use super::form::{Entry, Form, Place};
use super::reading::Possible;
use super::urlencoded::decode_lossy;
use crate::words::id;

pub(super) const IN_ADDRESS: Malformed = Malformed::new(400, "session_in_address", id::ODD_SESSION_IN_ADDRESS);
/// A form's field that apps could take a session from.
pub const IN_FORM: Malformed = Malformed::new(400, "session_in_form", id::ODD_SESSION_IN_FORM);

/// Address parameters that many apps take a session or a token from.
const USUAL: &[&str] = &["phpsessid", "jsessionid", "sid", "access_token", "aspsessionid", "session_id", "sessionid"];

/// What of a form's fields an app may take for a session.
#[derive(Clone, Copy, Debug)]
pub struct Carriers<'a> {
    /// The names of the app's cookies.
    pub names: &'a Names,
    /// `session_params`: these carry none, or are meant to.
    pub allowed: &'a [String],
    /// `refused_params`: never in the address.
    pub refused: &'a [String],
}

impl Carriers<'_> {
    /// Refuses an address parameter that apps take a session or a token from, and a form's field with the name of the app's
    /// own session cookie (PHP without `session.use_only_cookies` takes both), unless `session_params` allows it by name; and
    /// address parameters that `refused_params` names. A form may say once more what a session cookie says: which ones is
    /// returned, since it must be the session that the request goes on with.
    pub fn check(&self, form: &Form, cookies: &Cookies) -> Result<Vec<usize>, Malformed> {
        let mut repeated = Vec::new();
        for entry in form.entries() {
            let Some(refusal) = self.refusal(entry.place, &entry.name) else { continue };
            if entry.place == Place::Address {
                return Err(refusal);
            }
            if is_ticked_box(entry) {
                continue;
            }
            repeated.push(place_of(entry, cookies).ok_or(refusal)?);
        }
        Ok(repeated)
    }

    /// The same where no value can be read for certain.
    pub fn check_possible(&self, possible: &Possible) -> Result<(), Malformed> {
        let mut names = possible.names().ok_or(IN_FORM)?;
        names.find_map(|(place, name)| self.refusal(place, &name)).map_or(Ok(()), Err)
    }

    fn refusal(&self, place: Place, name: &str) -> Option<Malformed> {
        let is_refused = |refused: &String| is_read_as(name, &fold(name), &fold(refused));
        let refusal = match place {
            Place::Address if self.refused.iter().any(is_refused) => return Some(IN_ADDRESS),
            Place::Address if is_usual(name) || self.names.is_read_as_session(name) => IN_ADDRESS,
            Place::Body if self.names.is_read_as_session(name) => IN_FORM,
            _ => return None,
        };
        (!self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))).then_some(refusal)
    }
}

/// The session cookie that this field repeats: same name, same value, encoded or not.
fn place_of(entry: &Entry, cookies: &Cookies) -> Option<usize> {
    let is_same = |value: &str| value == entry.value || decode_lossy(value.as_bytes(), false) == entry.value;
    let is_it = |p: &super::cookies::Pair| p.class == CookieClass::Session && p.name() == entry.name && is_same(p.value());
    cookies.app.iter().position(is_it).filter(|_| entry.is_sure() && !entry.value.is_empty())
}

fn is_usual(name: &str) -> bool {
    // `[sid]` is `sid` to Rack, and `sid` with a NUL to PHP.
    let ends = |c: char| matches!(c, '[' | ']') || c.is_control();
    let name = name.trim_start_matches([' ', '[', ']']).split(ends).next().unwrap_or_default();
    USUAL.iter().any(|usual| name.eq_ignore_ascii_case(usual))
}

/// `remember-me=on`: Spring and others call the box on the login page as the cookie that it leads to.
fn is_ticked_box(entry: &Entry) -> bool {
    const TICKS: &[&str] = &["", "0", "1", "on", "off", "yes", "no", "y", "n", "true", "false", "t", "f", "checked", "forever"];
    TICKS.iter().any(|tick| entry.value.eq_ignore_ascii_case(tick)) || entry.value == entry.name
}

#[cfg(test)]
mod tests {
    use super::super::cookies::tests::names;
    use super::super::form::{Encoding, Sent};
    use super::*;

    fn check(form: &Form, session: &[&str], allowed: &[String], refused: &[String]) -> Result<(), Malformed> {
        Carriers { names: &names(session), allowed, refused }.check(form, &Cookies::default()).map(drop)
    }

    fn address(query: &str, session: &[&str], allowed: &[&str]) -> Result<(), Malformed> {
        let allowed: Vec<String> = allowed.iter().map(|a| (*a).to_owned()).collect();
        check(&Form::read(query, Sent::Nothing)?, session, &allowed, &[])
    }

    fn body(body: &str, session: &[&str]) -> Result<(), Malformed> {
        let read = Sent::Read { encoding: &Encoding::Urlencoded, bytes: body.as_bytes(), is_login: true };
        check(&Form::read("", read)?, session, &[], &[])
    }

    #[test]
    fn sessions_in_the_address_are_refused() {
        for query in
            ["a=1&PHPSESSID=2", "a=1&%50HPSESSID=2", "+sid=2", "[sid]=2", "sid]=2", "sid[]=2", "a=1;sid=2", "access_token=2"]
        {
            assert_eq!(address(query, &["other"], &[]), Err(IN_ADDRESS), "{query}");
        }
        assert!(address("sid%00x=2", &["other"], &[]).is_err());
        assert!(address("a=1&PHPSESSID=2", &["other"], &["PHPSESSID"]).is_ok());
        for query in ["a=1", "a[sid]=1", "side=1", "s_id=1"] {
            assert!(address(query, &["other"], &[]).is_ok(), "{query}");
        }
    }

    #[test]
    fn what_an_app_takes_a_key_from_is_refused_in_every_spelling() {
        let refused = ["key".to_owned()];
        let check = |query: &str| check(&Form::read(query, Sent::Nothing)?, &["other"], &refused, &refused);
        for query in ["key=1", "a=1&key=1", "key", "KEY=1", "%6bey=1", "a=1;key=1", "[key]=1", "]key=1", "key[]=1", "+key=1"] {
            assert_eq!(check(query), Err(IN_ADDRESS), "{query}");
        }
        for query in ["keys=1", "monkey=1", "a=key", "a=%3Bkey%3D1", "a[key]=1"] {
            assert!(check(query).is_ok(), "{query}");
        }
    }

    #[test]
    fn the_apps_own_session_cookies_are_carriers_too() {
        let own = &["wiki_id", "remember_*", "*Token"];
        for query in ["wiki_id=2", "Wiki_ID=2", "wiki.id=2", "+wiki+id=2", "wiki[id=2", "wiki_id[]=2", "remember_x=2"] {
            assert_eq!(address(query, own, &[]), Err(IN_ADDRESS), "{query}");
            assert_eq!(body(query, own), Err(IN_FORM), "{query}");
        }
        assert!(address("wiki_id=2", own, &["wiki_id"]).is_ok());
        assert!(address("wiki=2&id=3", own, &[]).is_ok());
        assert!(body("wpLoginToken=0123456789abcdef", own).is_ok());
    }

    #[test]
    fn a_box_to_tick_carries_no_session() {
        for ticked in ["remember_me=on", "remember_me=1", "remember_me=remember_me", "remember_me=", "sid=5&session_id=6"] {
            assert!(body(ticked, &["remember_*"]).is_ok(), "{ticked}");
        }
        assert!(body("remember_me=0123456789abcdef", &["remember_*"]).is_err());
    }

    #[test]
    fn a_form_may_repeat_a_session_cookie_and_say_nothing_else_of_it() {
        let own = names(&["sid"]);
        let mut headers = http::HeaderMap::new();
        headers.insert("cookie", "a=1; sid=s%3A2".parse().unwrap());
        let cookies = own.read(&headers).unwrap();
        let carriers = Carriers { names: &own, allowed: &[], refused: &[] };
        let check = |text: &str| {
            let read = Sent::Read { encoding: &Encoding::Urlencoded, bytes: text.as_bytes(), is_login: false };
            carriers.check(&Form::read("", read).unwrap(), &cookies)
        };
        assert_eq!(check("x=y&sid=s%3A2"), Ok(vec![1]));
        assert_eq!(check("sid=s%253A2&sid=1"), Ok(vec![1]));
        for other in ["sid=3", "sid=s%3A2&sid=3", "SID=s%3A2", "sid[]=s%3A2", "x=1;sid=s%3A2", "a.sid=1&sid=s%3a2;"] {
            assert_eq!(check(other), Err(IN_FORM), "{other}");
        }
        let doubtful = Sent::Read { encoding: &Encoding::Urlencoded, bytes: b"%u0041=1&sid=s%3A2", is_login: false };
        assert_eq!(carriers.check_possible(&Possible::of("", doubtful)), Err(IN_FORM));
        for address in ["%u0073id=1", "PHPSESSID%00x=1", "%00=1&access_token=1", "a%00;sid=1"] {
            assert_eq!(carriers.check_possible(&Possible::of(address, Sent::Nothing)), Err(IN_ADDRESS), "{address}");
        }
        let encoding = Encoding::Multipart("X".into());
        for name in ["name=sid", "name=sid x", "name = 'sid'", "name=\"s\\id\"", "name=\"%73id\"; x", "name=\"sid[]\""] {
            let part = format!("--X\nContent-Disposition: form-data; {name}\n\n1");
            let doubtful = Sent::Read { encoding: &encoding, bytes: part.as_bytes(), is_login: false };
            assert_eq!(carriers.check_possible(&Possible::of("", doubtful)), Err(IN_FORM), "{name}");
        }
        assert_eq!(carriers.check_possible(&Possible::of("%u0041=1&side=1", Sent::Nothing)), Ok(()));
    }
}
