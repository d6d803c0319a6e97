//! `[apps.identity]`: the source, the one that confirms, and what a login's answer means.

use std::time::Duration;

use http::{HeaderName, Method};

use super::apps::{globs, path_globs};
use super::question::question;
use super::reader::{Item, Section};
use super::settings::*;

const SOURCES: &str = "write \"login_form\", \"probe\", \"response_header\", \"request_header\", \"jwt\", \"basic\" or \"sql\"";

/// What an app with this identity can't do without.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs {
    pub(super) cookies: bool,
    pub(super) login: bool,
}

pub(super) fn needs(identity: &Identity) -> Needs {
    let by_itself = match &identity.source {
        Source::LoginForm => false,
        Source::RequestHeader(_) => true,
        Source::Witness(witness) => matches!(witness.asks, Asks::Jwt(_) | Asks::Basic { .. }),
    };
    Needs { cookies: !by_itself && identity.token.is_none(), login: !by_itself }
}

impl Witness {
    /// The one cookie that it reads, where it reads one.
    pub fn cookie(&self) -> Option<&str> {
        match &self.asks {
            Asks::Jwt(jwt) => jwt.cookie.as_deref(),
            Asks::Sql(sql) => Some(&sql.cookie),
            _ => None,
        }
    }
}

pub(super) fn read(section: &Section<'_>) -> Option<Identity> {
    let source = match section.text("source").as_deref() {
        None | Some("login_form") => Some(Source::LoginForm),
        Some("request_header") => header(section).map(Source::RequestHeader),
        Some(name) => witness(section, name).map(|w| Source::Witness(Box::new(w))),
    };
    let confirm = section.get("confirm").and_then(|item| item.section()).and_then(|confirm| {
        if matches!(source, Some(Source::RequestHeader(_))) {
            section.fault("confirm", "what a trusted proxy says needs no second source; remove it");
        }
        let name = confirm.text("source").unwrap_or_else(|| "probe".into());
        let witness = witness(&confirm, &name);
        confirm.finish();
        witness
    });
    if confirm.is_some() && matches!(source, Some(Source::Witness(_))) {
        section.fault("confirm", "a source that can be asked is confirmed by nothing else; use it with source = \"login_form\"");
    }
    let answer = section.text("login_answer");
    if answer.as_deref().is_some_and(|a| a != "pass" && a != "gate") {
        section.fault("login_answer", "write \"pass\", or remove it");
    }
    let identity = source.map(|source| Identity {
        source,
        confirm,
        username_field: section.text("username_field").unwrap_or_else(|| "username".into()),
        password_field: section.text("password_field").unwrap_or_else(|| "password".into()),
        failure: section.get("failure").and_then(|i| i.section()).map(|s| signs(&s)),
        success: section.get("success").and_then(|i| i.section()).map(|s| signs(&s)),
        token: section.get("token").and_then(|item| extract(&item)),
        pass_login_answer: answer.as_deref() == Some("pass"),
        follow_rotation: section.flag("dangerously_follow_rotation"),
    });
    section.finish();
    identity
}

fn witness(section: &Section<'_>, source: &str) -> Option<Witness> {
    let asks = match source {
        "probe" => probe(section).map(Asks::Probe),
        "response_header" => {
            let path = path(section, "/");
            header(section).map(|header| Asks::Header { path, header })
        }
        "basic" => Some(Asks::Basic { path: path(section, "/"), method: asking_method(section) }),
        "jwt" => jwt(section).map(Asks::Jwt),
        "sql" => sql(section).map(Asks::Sql),
        other => {
            section.fault("source", format!("found {other:?}; {SOURCES}"));
            None
        }
    };
    Some(Witness {
        refresh: section.duration("refresh", Duration::from_secs(30)),
        timeout: section.duration("timeout", Duration::from_secs(5)),
        asks: asks?,
    })
}

fn header(section: &Section<'_>) -> Option<HeaderName> {
    let name = section.text("header").and_then(|text| text.parse::<HeaderName>().ok());
    if name.is_none() {
        section.fault("header", "the header's name is missing; write header = \"X-App-User\"");
    }
    name.filter(|name| {
        let fine = ![http::header::COOKIE, http::header::SET_COOKIE, http::header::HOST].contains(name)
            && !name.as_str().starts_with("x-mfa-");
        if !fine {
            section.fault("header", "this header has a meaning of its own; name the one that carries the user's name");
        }
        fine
    })
}

/// Only methods that change nothing.
fn asking_method(section: &Section<'_>) -> Method {
    match section.text("method").as_deref() {
        None | Some("GET") => Method::GET,
        Some("PROPFIND") => Method::from_bytes(b"PROPFIND").unwrap_or(Method::GET),
        Some(other) => {
            section.fault("method", format!("found {other:?}; write \"GET\" or \"PROPFIND\""));
            Method::GET
        }
    }
}

fn path(section: &Section<'_>, default: &str) -> String {
    let path = section.text("path").unwrap_or_else(|| default.to_owned());
    if !path.starts_with('/') || path.parse::<http::Uri>().is_err() {
        section.fault("path", "write an address of the app that begins with /");
    }
    path
}

const HMAC: [&str; 3] = ["HS256", "HS384", "HS512"];
const SIGNED: [&str; 9] = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

fn jwt(section: &Section<'_>) -> Option<Jwt> {
    let algorithms = section.texts("algorithm");
    let family = |name: &str| name.chars().take(2).collect::<String>();
    let known = algorithms.iter().all(|a| HMAC.contains(&a.as_str()) || SIGNED.contains(&a.as_str()));
    let one_family = algorithms.windows(2).all(|pair| family(&pair[0]) == family(&pair[1]));
    if algorithms.is_empty() || !known || !one_family {
        let all = [&HMAC[..], &SIGNED[..]].concat().join(", ");
        section.fault("algorithm", format!("write the algorithm that the app signs with, and no other; one of: {all}"));
        return None;
    }
    let hmac = HMAC.contains(&algorithms[0].as_str());
    let key = match (section.get("key"), section.get("jwks_url")) {
        (Some(item), None) => item.secret().map(JwtKey::Given),
        (None, Some(item)) if !hmac => item.url(false).map(JwtKey::Url),
        _ => {
            section.fault("key", "write one of key = { file = \"public.pem\" } and, where the algorithm isn't HS…, jwks_url");
            None
        }
    };
    let jwt = Jwt {
        cookie: section.text("cookie"),
        user_claim: section.text("user_claim").unwrap_or_else(|| "sub".into()),
        attributes: pairs(&section.section("attributes")),
        issuer: section.text("issuer"),
        audience: section.text("audience"),
        algorithms,
        key: key?,
    };
    if let (JwtKey::Given(key), false) = (&jwt.key, hmac)
        && let Err(why) = crate::config::keys::check(&jwt.algorithms[0], key)
    {
        section.fault("key", format!("this is no public key for {}: {why}", jwt.algorithms[0]));
        return None;
    }
    Some(jwt)
}

fn sql(section: &Section<'_>) -> Option<SqlSessions> {
    let cookie = section.text("cookie");
    if cookie.is_none() {
        section.fault("cookie", "whose value the query gets is missing; write cookie = \"sessionid\"");
    }
    let hashed = match section.text("hash").as_deref() {
        None => false,
        Some("sha256") => true,
        Some(other) => {
            section.fault("hash", format!("found {other:?}; write \"sha256\", or remove it"));
            false
        }
    };
    Some(SqlSessions { question: question(section, "session")?, cookie: cookie?, hashed })
}

/// Every name and text of a table.
pub(super) fn pairs(section: &Section<'_>) -> Vec<(String, String)> {
    let pairs = section.names().into_iter().filter_map(|name| Some((name.clone(), section.text(&name)?))).collect();
    section.finish();
    pairs
}

fn signs(section: &Section<'_>) -> LoginSigns {
    let status = section.get("status").map(|item| match item.value.is_array() {
        true => item.items().iter().filter_map(|i| i.number(100..=599)).collect(),
        false => item.number(100..=599).into_iter().collect::<Vec<u64>>(),
    });
    let signs = LoginSigns {
        text: section.text("text"),
        status: status.unwrap_or_default().into_iter().filter_map(|n| u16::try_from(n).ok()).collect(),
        location: section.get("location").map(|item| path_globs(&item)),
        cookie: section.get("cookie").map(|_| globs(section, "cookie")),
        css: section.get("css").and_then(|item| selector(&item, &item.text()?)),
    };
    section.finish();
    signs
}

fn selector(item: &Item<'_>, text: &str) -> Option<String> {
    if text.parse::<lol_html::Selector>().is_err() {
        item.fault(format!("{text:?} is no CSS selector that the gate understands"));
        return None;
    }
    Some(text.to_owned())
}

fn probe(section: &Section<'_>) -> Option<Probe> {
    let path = section.get("path").map(|_| path(section, "/"));
    if path.is_none() {
        section.fault("path", "the address to ask is missing; write path = \"/api/me\"");
    }
    let user = section.get("user");
    if user.is_none() {
        section.fault("user", "where the user's id stands is missing; write user = \"json:/username\"");
    }
    let user = user.and_then(|item| extract(&item));
    let attributes = section.section("attributes");
    let named =
        attributes.names().into_iter().filter_map(|name| Some((name.clone(), extract(&attributes.get(&name)?)?))).collect();
    let (anonymous, only_user) = (section.text("anonymous"), section.text("only_user"));
    if only_user.as_deref().is_some_and(|name| name.trim().is_empty()) {
        section.fault("only_user", "write the one user's id, as the directory has it");
    }
    Some(Probe { path: path?, attributes: named, anonymous, only_user, user: user? })
}

fn extract(item: &Item<'_>) -> Option<Extract> {
    let text = item.text()?;
    let found = match text.split_once(':') {
        Some(("json", pointer)) if pointer.is_empty() || pointer.starts_with('/') => Some(Extract::Json(pointer.into())),
        Some(("header", name)) => name.parse::<http::HeaderName>().ok().map(|n| Extract::Header(n.to_string())),
        Some(("regex", pattern)) => match regex::Regex::new(pattern) {
            Ok(regex) if regex.captures_len() >= 2 => Some(Extract::Regex(regex)),
            Ok(_) => {
                item.fault("the regex has no group; put ( ) round what is the value");
                return None;
            }
            Err(e) => {
                item.fault(format!("this is no regex: {e}"));
                return None;
            }
        },
        Some(("css", rest)) => {
            let (selector_text, attribute) = match rest.rsplit_once('@') {
                Some((s, a)) if !a.contains(['"', ']', ' ']) => (s, Some(a.to_owned())),
                _ => (rest, None),
            };
            Some(Extract::Css { selector: selector(item, selector_text)?, attribute })
        }
        _ => None,
    };
    if found.is_none() {
        item.fault(format!("found {text:?}; write \"json:/pointer\", \"css:selector\", \"header:Name\" or \"regex:…(…)…\""));
    }
    found
}
