//! Sessions and tokens that come by another way than the Cookie line.

use super::Malformed;
use super::form::{Form, Place};

pub(super) const IN_ADDRESS: Malformed = Malformed::new(
    400,
    "session_in_address",
    "The address carries a session or a token. Sign in with cookies turned on instead.",
);

/// Address parameters that many apps take a session or a token from.
const USUAL: &[&str] = &["phpsessid", "jsessionid", "sid", "access_token", "aspsessionid", "session_id", "sessionid"];

/// Refuses an address parameter that apps take a session or a token from, unless `session_params` allows it by name; and
/// those that `refused_params` names.
pub fn check(form: &Form, allowed: &[String], refused: &[String]) -> Result<(), Malformed> {
    for entry in form.entries() {
        let refusal = match entry.place {
            Place::Address if refused.iter().any(|name| entry.is_read_as(name)) => return Err(IN_ADDRESS),
            Place::Address if is_usual(&entry.name) => IN_ADDRESS,
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

#[cfg(test)]
mod tests {
    use super::super::form::Sent;
    use super::*;

    fn address(query: &str, allowed: &[&str]) -> Result<(), Malformed> {
        let allowed: Vec<String> = allowed.iter().map(|a| (*a).to_owned()).collect();
        check(&Form::read(query, Sent::Nothing)?, &allowed, &[])
    }

    #[test]
    fn sessions_in_the_address_are_refused() {
        for query in
            ["a=1&PHPSESSID=2", "a=1&%50HPSESSID=2", "+sid=2", "[sid]=2", "sid]=2", "sid[]=2", "a=1;sid=2", "access_token=2"]
        {
            assert_eq!(address(query, &[]), Err(IN_ADDRESS), "{query}");
        }
        assert!(address("sid%00x=2", &[]).is_err());
        assert!(address("a=1&PHPSESSID=2", &["PHPSESSID"]).is_ok());
        for query in ["a=1", "a[sid]=1", "side=1", "s_id=1"] {
            assert!(address(query, &[]).is_ok(), "{query}");
        }
    }

    #[test]
    fn what_an_app_takes_a_key_from_is_refused_in_every_spelling() {
        let refused = ["key".to_owned()];
        let check = |query: &str| check(&Form::read(query, Sent::Nothing)?, &refused, &refused);
        for query in ["key=1", "a=1&key=1", "key", "KEY=1", "%6bey=1", "a=1;key=1", "[key]=1", "]key=1", "key[]=1", "+key=1"] {
            assert_eq!(check(query), Err(IN_ADDRESS), "{query}");
        }
        for query in ["keys=1", "monkey=1", "a=key", "a=%3Bkey%3D1", "a[key]=1"] {
            assert!(check(query).is_ok(), "{query}");
        }
    }
}
