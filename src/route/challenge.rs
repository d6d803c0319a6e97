//! What a client gets instead of the app: the way to the challenge, or the gate's own answer to a logout.

use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::decide::Challenge;
use crate::gate::Gate;
use crate::identity::Identified;
use crate::model::{RequestId, Visitor};
use crate::no::No;
use crate::portal::{clear_gate_cookie, gate_cookie, refusal};
use crate::proxy::set_cookie;
use crate::upstream::body::Body;

/// Sends a client to the challenge: a page by redirect or in place, a script by 401.
pub async fn challenge(gate: &Gate, why: Challenge, identified: &Identified) -> Result<Response<Body>, No> {
    let (Some(session), Some(user)) = (&identified.session, identified.user()) else { return Err(No::BadRequest) };
    let mut cookie = None;
    let shown = match (&identified.gate, &why) {
        (Some(shown), Challenge::StepUp(wanted)) => {
            gate.memory.set_step_up(&shown.row, wanted).await?;
            shown.clone()
        }
        (Some(shown), Challenge::First(_)) => shown.clone(),
        (None, _) => {
            let (token, pending) = gate.memory.pending(session, user, None).await?;
            cookie = Some(gate_cookie(&gate.settings.server, &token));
            pending
        }
    };
    let next = identified.arrived.parts.uri.path_and_query().map_or("/", |p| p.as_str());
    let mut answer = challenge_answer(gate, &Client::of(identified), next, &shown.row, matches!(why, Challenge::StepUp(_))).await;
    if let Some(cookie) = cookie.and_then(|c| HeaderValue::from_str(&c).ok()) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    crate::watch::expire_foreign(&identified.foreign, &mut answer);
    tracing::debug!(request_id = %identified.arrived.id, user = %user.id, ?why, "challenged");
    Ok(answer)
}

/// What the form of an answer depends on.
#[derive(Debug)]
pub struct Client {
    /// Who.
    pub visitor: Visitor,
    headers: HeaderMap,
    method: Method,
    upgrade: bool,
    id: RequestId,
}

impl Client {
    /// Of a request that goes elsewhere now.
    pub fn of(identified: &Identified) -> Self {
        let arrived = &identified.arrived;
        Self {
            visitor: arrived.visitor(),
            headers: arrived.parts.headers.clone(),
            method: arrived.parts.method.clone(),
            upgrade: arrived.upgrade,
            id: arrived.id,
        }
    }
}

/// The challenge in the form that this client understands.
pub async fn challenge_answer(
    gate: &Gate,
    client: &Client,
    next: &str,
    row: &crate::store::GateRow,
    step_up: bool,
) -> Response<Body> {
    let headers = &client.headers;
    let prefix = &gate.settings.server.prefix;
    if refusal::wants_page(headers) && !client.upgrade {
        if matches!(client.method, http::Method::GET | http::Method::HEAD) {
            return refusal::challenge_redirect(prefix, next).map(Body::from);
        }
        return gate.refuse(No::SendAgain, &gate.asked(true, client.id));
    }
    let methods = match gate.flows.choices(row).await {
        Ok(choices) => choices.into_iter().map(|m| m.name.to_string()).collect(),
        Err(_) => Vec::new(),
    };
    let is_read = matches!(client.method, http::Method::GET | http::Method::HEAD);
    let next = if is_read && !client.upgrade { next } else { "/" };
    refusal::challenge_problem(prefix, next, if step_up { "step_up" } else { "second_factor_required" }, &methods, headers)
        .map(Body::from)
}

/// The gate's own answer to a logout of a session that isn't verified: nothing is forwarded.
pub async fn leave(gate: &Gate, identified: &Identified) -> Result<Response<Body>, No> {
    let mut answer = Response::new(Body::Empty);
    *answer.status_mut() = StatusCode::SEE_OTHER;
    let headers = answer.headers_mut();
    headers.insert(header::LOCATION, HeaderValue::from_static("/"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(session) = &identified.session {
        let members = session.members();
        gate.memory.end(session).await?;
        for line in members.iter().filter_map(set_cookie::expire) {
            headers.append(header::SET_COOKIE, line);
        }
    }
    crate::watch::expire_foreign(&identified.foreign, &mut answer);
    Ok(if identified.arrived.cookies.gate.is_some() { without_gate_cookie(gate, answer) } else { answer })
}

/// Takes the gate session's cookie off the client.
pub fn without_gate_cookie(gate: &Gate, mut answer: Response<Body>) -> Response<Body> {
    if let Ok(line) = HeaderValue::from_str(&clear_gate_cookie(&gate.settings.server)) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    answer
}
