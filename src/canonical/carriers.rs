//! Sessions and tokens that come by another way than the Cookie line.

use super::Malformed;
use super::cookies::Names;
use super::form::{Entry, Form, Place};
use crate::words::id;

pub(super) const IN_ADDRESS: Malformed = Malformed::new(400, "session_in_address", id::ODD_SESSION_IN_ADDRESS);
const IN_FORM: Malformed = Malformed::new(400, "session_in_form", id::ODD_SESSION_IN_FORM);

/// Address parameters that many apps take a session or a token from.
const USUAL: &[&str] = &["phpsessid", "jsessionid", "sid", "access_token", "aspsessionid", "session_id", "sessionid"];

/// Refuses an address parameter that apps take a session or a token from, and a form's field with the name of the app's own
/// session cookie (PHP without `session.use_only_cookies` takes both), unless `session_params` allows it by name; and address
/// parameters that `refused_params` names.
pub fn check(form: &Form, names: &Names, allowed: &[String], refused: &[String]) -> Result<(), Malformed> {
    for entry in form.entries() {
        let refusal = match entry.place {
            Place::Address if refused.iter().any(|name| entry.is_read_as(name)) => return Err(IN_ADDRESS),
            Place::Address if is_usual(&entry.name) || names.is_read_as_session(&entry.name) => IN_ADDRESS,
            Place::Body if !is_ticked_box(entry) && names.is_read_as_session(&entry.name) => IN_FORM,
            _ => continue,
        };
        if !allowed.iter().any(|name| name.eq_ignore_ascii_case(&entry.name)) {
            return Err(refusal);
        }
    }
    Ok(())
}

fn is_usual(name: &str) -> bool {
    // `[sid]` is `sid` to Rack.
    let name = name.trim_start_matches([' ', '[', ']']).split(['[', ']']).next().unwrap_or_default();
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

    fn address(query: &str, session: &[&str], allowed: &[&str]) -> Result<(), Malformed> {
        let allowed: Vec<String> = allowed.iter().map(|a| (*a).to_owned()).collect();
        check(&Form::read(query, Sent::Nothing)?, &names(session), &allowed, &[])
    }

    fn body(body: &str, session: &[&str]) -> Result<(), Malformed> {
        let read = Sent::Read { encoding: &Encoding::Urlencoded, bytes: body.as_bytes(), is_login: true };
        check(&Form::read("", read)?, &names(session), &[], &[])
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
        let check = |query: &str| check(&Form::read(query, Sent::Nothing)?, &names(&["other"]), &refused, &refused);
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
}
