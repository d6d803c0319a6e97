//! Asks the app who some credentials are. Only the configured answer names somebody, only the configured signs
//! mean nobody, and everything else is undecided.

use std::net::IpAddr;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt, Limited};

use crate::config::settings::{App, Probe};
use crate::identity::extract::Found;
use crate::model::Attributes;
use crate::upstream::body::Body;
use crate::upstream::{self, Class};

/// A probe's answer is read up to here.
const ANSWER_MAX: usize = 512 * 1024;

/// What the app said.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It is this user, by the app's own id, with these attributes.
    User(String, Attributes),
    /// Nobody.
    Nobody,
    /// It can't be told from the answer; the reason is for the log.
    Undecided(String),
}

/// How the client is described to the app: some bind their sessions to its address or browser.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// Its address.
    pub ip: IpAddr,
    /// The Host header of its request.
    pub host: Option<HeaderValue>,
    /// Its browser.
    pub agent: Option<HeaderValue>,
    /// Its languages.
    pub language: Option<HeaderValue>,
}

impl Likeness {
    /// Of a request's headers.
    pub fn of(headers: &HeaderMap, ip: IpAddr) -> Self {
        let get = |name| headers.get(name).cloned();
        Self { ip, host: get(header::HOST), agent: get(header::USER_AGENT), language: get(header::ACCEPT_LANGUAGE) }
    }
}

/// The credentials that are asked about, and whose they are.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The Cookie line.
    pub cookie: String,
    /// The Authorization header.
    pub authorization: Option<HeaderValue>,
    /// The client.
    pub like: Likeness,
    /// `https` or `http`, as the client sees it.
    pub scheme: &'static str,
}

/// Asks.
pub async fn ask(app: &App, probe: &Probe, ask: Ask) -> Answer {
    match tokio::time::timeout(probe.timeout, exchange(app, probe, ask)).await {
        Ok(answer) => answer,
        Err(_) => Answer::Undecided(format!("no answer within {:?}", probe.timeout)),
    }
}

async fn exchange(app: &App, probe: &Probe, ask: Ask) -> Answer {
    let mut request = Request::get(&probe.path)
        .header(header::ACCEPT, "application/json, text/html;q=0.9, */*;q=0.5")
        .header("x-mfa-probe", "1")
        .header("x-forwarded-for", ask.like.ip.to_string())
        .header("x-forwarded-proto", ask.scheme);
    let as_is = [
        (header::HOST, ask.like.host),
        (header::USER_AGENT, ask.like.agent),
        (header::ACCEPT_LANGUAGE, ask.like.language),
        (header::AUTHORIZATION, ask.authorization),
    ];
    for (name, value) in as_is {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    if !ask.cookie.is_empty() {
        request = request.header(header::COOKIE, ask.cookie);
    }
    let request = match request.body(Body::Empty) {
        Ok(request) => request,
        Err(e) => return Answer::Undecided(e.to_string()),
    };
    let (answer, lease) = match upstream::send(&app.upstream, Class::Credentialed, request, probe.timeout).await {
        Ok(answer) => answer,
        Err(e) => return Answer::Undecided(e.to_string()),
    };
    let (head, body) = answer.into_parts();
    let bytes: Bytes = match Limited::new(body, ANSWER_MAX).collect().await {
        Ok(body) => body.to_bytes(),
        Err(e) => return Answer::Undecided(format!("the answer can't be read: {e}")),
    };
    lease.give_back();
    match head.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Answer::Nobody,
        status if status.is_redirection() => {
            let to = head.headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).and_then(local_path);
            return match to {
                Some(path) if app.login_paths.iter().any(|rule| rule.path.matches(&path)) => Answer::Nobody,
                _ => Answer::Undecided(format!("it answered {status} to somewhere else than a login path")),
            };
        }
        StatusCode::OK => {}
        status => return Answer::Undecided(format!("it answered {status}")),
    }
    if head.headers.contains_key(header::CONTENT_ENCODING) {
        return Answer::Undecided("the answer is compressed though nobody asked for it".into());
    }
    let user = match probe.user.read(&head.headers, &bytes) {
        Found::Text(user) if probe.anonymous.as_deref() == Some(&user) => return Answer::Nobody,
        Found::Text(user) => user,
        Found::Nothing => return Answer::Nobody,
        Found::Unclear(why) => return Answer::Undecided(why),
    };
    let attributes = probe
        .attributes
        .iter()
        .filter_map(|(name, extract)| match extract.read(&head.headers, &bytes) {
            Found::Text(text) => Some((name.clone(), serde_json::Value::String(text))),
            _ => None,
        })
        .collect();
    Answer::User(user, attributes)
}

/// The path of a Location, whether it is relative or absolute.
pub fn local_path(location: &str) -> Option<String> {
    let base = url::Url::parse("http://app.invalid/").ok()?;
    Some(base.join(location).ok()?.path().to_owned())
}
