//! What a client gets instead of the app: the way to the challenge, or the gate's own answer to a logout.

use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::decide::Challenge;
use crate::gate::{Gate, Room};
use crate::identity::Identified;
use crate::model::{RequestId, Visitor};
use crate::no::No;
use crate::portal::{Asking, clear_gate_cookie, gate_cookie, refusal};
use crate::proxy::set_cookie;
use crate::seal::Token;
use crate::store::GateRow;
use crate::upstream::body::Body;

/// The gate session in which the challenge stands; a new one comes with its token.
pub async fn open_challenge(gate: &Gate, why: &Challenge, identified: &Identified) -> Result<(GateRow, Option<Token>), No> {
    let (Some(session), Some(user)) = (&identified.session, identified.user()) else { return Err(No::BadRequest) };
    match (&identified.gate, why) {
        (Some(shown), Challenge::StepUp(wanted)) => {
            if shown.row.step_up.as_deref() != Some(wanted) {
                gate.audit("challenged", user, &identified.arrived.visitor()).await;
            }
            gate.memory.set_step_up(&shown.row, wanted).await?;
            Ok((GateRow { step_up: Some(Box::new(wanted.clone())), ..shown.row.clone() }, None))
        }
        (Some(shown), Challenge::First(_)) => Ok((shown.row.clone(), None)),
        (None, _) => {
            let (token, pending, is_new) = gate.memory.pending(session, user, None, gate.is_shared(&session.app)).await?;
            if is_new {
                gate.audit("challenged", user, &identified.arrived.visitor()).await;
            }
            Ok((pending.row.clone(), Some(token)))
        }
    }
}

/// Sends a client to the challenge: a page by redirect or in place, a script by 401.
pub async fn challenge(gate: &Gate, why: Challenge, identified: &Identified) -> Result<Response<Body>, No> {
    let (row, token) = open_challenge(gate, &why, identified).await?;
    let cookie = token.map(|token| gate_cookie(&gate.settings.server, &token));
    let arrived = &identified.arrived;
    // Only what was read can be asked for again by its address.
    let reads = matches!(arrived.parts.method, Method::GET | Method::HEAD) && !arrived.upgrade;
    let next = arrived.parts.uri.path_and_query().filter(|_| reads).map_or("/", |p| p.as_str());
    let mut answer = challenge_answer(gate, &Client::of(identified), next, &row, matches!(why, Challenge::StepUp(_))).await;
    if let Some(cookie) = cookie.and_then(|c| HeaderValue::from_str(&c).ok()) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    crate::watch::expire_foreign(&identified.foreign, &mut answer);
    tracing::debug!(request_id = %identified.arrived.id, user = %row.user.id, ?why, "challenged");
    Ok(answer)
}

/// What the form of an answer depends on.
#[derive(Debug)]
pub struct Client {
    /// Who.
    pub visitor: Visitor,
    pub(crate) headers: HeaderMap,
    method: Method,
    upgrade: bool,
    pub(crate) id: RequestId,
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

impl Client {
    /// The Host that it asked for.
    pub fn host(&self) -> Option<&str> {
        self.headers.get(header::HOST).and_then(|h| h.to_str().ok())
    }
}

/// The challenge in the form that this client understands.
pub async fn challenge_answer(gate: &Gate, client: &Client, next: &str, row: &GateRow, step_up: bool) -> Response<Body> {
    let headers = &client.headers;
    let prefix = &gate.settings.server.prefix;
    if refusal::wants_page(headers) && !client.upgrade {
        if matches!(client.method, http::Method::GET | http::Method::HEAD) {
            return refusal::challenge_redirect(prefix, next).map(Body::from);
        }
        let asking = Asking {
            visitor: client.visitor.clone(),
            gate: Some(std::sync::Arc::new(row.clone())),
            device: None,
            request_id: client.id.to_string(),
            language: gate.language(&client.visitor.wish),
        };
        return gate.challenge_page(asking, &came_from(headers), client.id).await;
    }
    let methods = match gate.flows.choices(row).await {
        Ok(choices) => choices.into_iter().map(|m| m.name.to_string()).collect(),
        Err(_) => Vec::new(),
    };
    refusal::challenge_problem(
        prefix,
        next,
        if step_up { "step_up" } else { "second_factor_required" },
        &methods,
        headers,
        gate.language(&client.visitor.wish),
    )
    .map(Body::from)
}

/// The page on which a form was, where it was one of this host's.
pub fn came_from(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let from = text(header::REFERER).and_then(|r| url::Url::parse(r).ok());
    let own = from.filter(|url| text(header::HOST).is_some_and(|host| url.authority() == host));
    own.map_or_else(|| "/".to_owned(), |url| url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}

/// The gate's own answer to a logout of a session that isn't verified: nothing is forwarded.
pub async fn leave(gate: &Gate, room: &Room, identified: &Identified) -> Result<Response<Body>, No> {
    let mut answer = Response::new(Body::Empty);
    *answer.status_mut() = StatusCode::SEE_OTHER;
    let headers = answer.headers_mut();
    headers.insert(header::LOCATION, HeaderValue::from_static("/"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let shared = room.app.identity.is_shared();
    if let (Some(shown), true) = (&identified.gate, shared) {
        gate.memory.end_gate(&shown.row).await?;
    } else if let (Some(session), false) = (&identified.session, shared) {
        let members = session.members();
        gate.memory.end(session).await?;
        for line in set_cookie::expire(&members) {
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
