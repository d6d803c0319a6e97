//! `basic` (RFC 7617): the app is asked with the name and password, once it has shown that it refuses strangers there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use data_encoding::BASE64;
use http::{Method, StatusCode, header};

use super::{Answer, Ask, probe};
use crate::model::Attributes;
use crate::upstream::Servers;

/// Remembers that the path refuses strangers: else its answer says nothing about a password.
#[derive(Debug, Default)]
pub(super) struct Guard {
    refuses: AtomicBool,
}

impl Guard {
    pub(super) async fn ask(&self, servers: &Servers, page: (&Method, &str), ask: &Ask, patience: Duration) -> Answer {
        let Some(name) = ask.headers.iter().find(|(n, _)| *n == header::AUTHORIZATION).and_then(|(_, v)| name(v.as_bytes()))
        else {
            return Answer::Nobody;
        };
        // Name and password alone: what else the client sent isn't judged by them.
        let headers = ask.headers.iter().filter(|(n, _)| *n == header::AUTHORIZATION).cloned().collect();
        let alone = Ask { cookies: Vec::new(), headers, ..ask.clone() };
        if !self.refuses.load(Ordering::Acquire) {
            let stranger = Ask { headers: Vec::new(), ..alone.clone() };
            match probe::get(servers, page, &stranger, patience).await {
                Ok(told) if told.status == StatusCode::UNAUTHORIZED => self.refuses.store(true, Ordering::Release),
                Ok(told) => {
                    let why = format!(
                        "it answers strangers with {}, not 401; set identity.path to a page that wants a password",
                        told.status
                    );
                    return Answer::Undecided(why);
                }
                Err(why) => return Answer::Undecided(why),
            }
        }
        match probe::get(servers, page, &alone, patience).await {
            Ok(told) if matches!(told.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => Answer::Nobody,
            Ok(told) if told.status.is_success() || told.status.is_redirection() => Answer::User(name, Attributes::default()),
            Ok(told) => Answer::Undecided(format!("it answered {}", told.status)),
            Err(why) => Answer::Undecided(why),
        }
    }
}

/// The name in `Basic BASE64(name:password)`; none, if it can be read in two ways.
fn name(value: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(value).ok()?;
    let (scheme, code) = text.split_once(' ')?;
    let plain = scheme.eq_ignore_ascii_case("basic").then(|| BASE64.decode(code.as_bytes()).ok()).flatten()?;
    let (name, _) = std::str::from_utf8(&plain).ok()?.split_once(':').map(|(n, p)| (n.to_owned(), p))?;
    (!name.trim().is_empty() && !plain.iter().any(u8::is_ascii_control)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn only_a_plain_name_is_read() {
        assert_eq!(name(b"Basic YWxpY2U6cGFzczp3").as_deref(), Some("alice"));
        assert_eq!(name(b"basic YWxpY2U6").as_deref(), Some("alice"));
        for odd in
            ["Basic  YWxpY2U6cA==", "Basic YWxpY2U", "Basic OnB3", "Bearer YWxpY2U6", "Basic YWwACmljZTpw", "Basic /4A6cA=="]
        {
            assert_eq!(name(odd.as_bytes()), None, "{odd}");
        }
    }
}
