//! Asks the app itself who some credentials are. Only the configured answer names somebody, only the configured signs
//! mean nobody, and everything else is undecided.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Limited};

use super::{Answer, Ask, local_path};
use crate::config::settings::{App, Probe};
use crate::identity::extract::Found;
use crate::identity::login::leads_to_login;
use crate::upstream::body::Body;
use crate::upstream::{self, Class, Servers};

/// A probe's answer is read up to here.
const ANSWER_MAX: usize = 512 * 1024;

/// The app's answer to a question of the gate's own.
pub(super) struct Told {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// One request that changes nothing, with the credentials, as the client would send it.
pub(super) async fn get(
    servers: &Servers,
    (method, path): (&Method, &str),
    ask: &Ask,
    patience: std::time::Duration,
) -> Result<Told, String> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT, "application/json, text/html;q=0.9, */*;q=0.5")
        .header("x-mfa-probe", "1")
        .header("x-forwarded-for", ask.like.ip.to_string())
        .header("x-forwarded-proto", ask.scheme);
    let as_is =
        [(header::HOST, &ask.like.host), (header::USER_AGENT, &ask.like.agent), (header::ACCEPT_LANGUAGE, &ask.like.language)];
    for (name, value) in as_is {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    let line = ask.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    if !line.is_empty() {
        request = request.header(header::COOKIE, line);
    }
    let request = request.body(Body::Empty).map_err(|e| e.to_string())?;
    let answer =
        upstream::send(servers, Class::Judging, ask.affinity, request.into(), patience).await.map_err(|e| e.to_string())?;
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, ANSWER_MAX).collect().await.map_err(|e| format!("the answer can't be read: {e}"))?.to_bytes();
    Ok(Told { status: head.status, headers: head.headers, body })
}

/// `source = "probe"`: a page that names the user.
pub(super) fn page(app: &App, probe: &Probe, told: &Told) -> Answer {
    match told.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Answer::Nobody,
        status if status.is_redirection() => {
            let to = told.headers.get(header::LOCATION).and_then(|l| l.to_str().ok());
            let is_anonymous = |to: &str| probe.anonymous.is_some() && local_path(to) == probe.anonymous;
            return if to.is_some_and(|to| leads_to_login(app, to) || is_anonymous(to)) {
                Answer::Nobody
            } else {
                Answer::Undecided(format!("it answered {status} to somewhere else than a login path"))
            };
        }
        StatusCode::OK => {}
        status => return Answer::Undecided(format!("it answered {status}")),
    }
    if told.headers.contains_key(header::CONTENT_ENCODING) {
        return Answer::Undecided("the answer is compressed though nobody asked for it".into());
    }
    let user = match probe.user.read(&told.headers, &told.body) {
        Found::Text(user) if probe.anonymous.as_deref() == Some(&user) => return Answer::Nobody,
        Found::Text(user) => probe.only_user.clone().unwrap_or(user),
        Found::Nothing => return Answer::Nobody,
        Found::Unclear(why) => return Answer::Undecided(why),
    };
    let attributes = probe
        .attributes
        .iter()
        .filter_map(|(name, extract)| match extract.read(&told.headers, &told.body) {
            Found::Text(text) => Some((name.clone(), serde_json::Value::String(text))),
            _ => None,
        })
        .collect();
    Answer::User(user, attributes)
}
