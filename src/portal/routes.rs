//! The router, made from the table of addresses: state, CSRF and body are checked before any handler sees a request.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::{MethodFilter, on};
use http::request::Parts;
use http::{HeaderMap, Request, Response, header};

use super::addresses::{ADDRESSES, Act, Address, Call, Csrf, Needs};
use super::refusal::{self, Refusal, wants_page};
use super::{Asking, Portal, api, cookies, web};
use crate::canonical::urlencoded::pairs;
use crate::flows::FlowError;
use crate::model::{Requirement, Timestamp};
use crate::store::GateRow;
use crate::words::{Language, id};

/// Bodies of the portal are short; the longest is a key's certificate.
const BODY_MAX: usize = 64 * 1024;
/// One is sent in this time, or its client isn't waited for.
const FORM_TIME: Duration = Duration::from_secs(30);
const FRESH_MS: i64 = 10 * 60 * 1000;

pub(super) fn router(portal: &Portal) -> Router {
    let mut router = Router::new();
    for address in ADDRESSES {
        let portal = portal.clone();
        let filter = if address.method == "GET" { MethodFilter::GET } else { MethodFilter::POST };
        let handler = move |request: Request<Body>| async move { enter(&portal, *address, request).await };
        router = router.route(address.path, on(filter, handler));
    }
    let (absent, wrong) = (portal.clone(), portal.clone());
    router
        .fallback(move |request: Request<Body>| async move {
            plain(&absent, &request.into_parts().0, 404, "not_found", id::OWN_NOT_FOUND_TITLE, id::OWN_NOT_FOUND)
        })
        .method_not_allowed_fallback(move |request: Request<Body>| async move {
            plain(&wrong, &request.into_parts().0, 405, "method_not_allowed", id::OWN_WRONG_METHOD_TITLE, id::OWN_WRONG_METHOD)
        })
}

/// State, CSRF and body are checked here, for every address alike.
async fn enter(portal: &Portal, address: Address, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Some(asking) = head.extensions.get::<Asking>().cloned() else {
        return Response::new(Body::empty());
    };
    let is_page = !address.path.starts_with("/api/");
    let headers = &head.headers;
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let refuse = |status, reason, title, sentence| plain(portal, &head, status, reason, title, sentence);
    if text("service-worker") == Some("script")
        || (is_page
            && address.method == "GET"
            && !address.path.starts_with("/static/")
            && text("sec-fetch-dest") == Some("empty"))
    {
        return refuse(403, "not_for_scripts", id::OWN_NOT_FOR_SCRIPTS_TITLE, id::OWN_NOT_FOR_SCRIPTS);
    }
    if (address.csrf != Csrf::Reads || address.act == Act::Language) && is_cross_site(portal, headers) {
        return refuse(403, "cross_site", id::OWN_CROSS_SITE_TITLE, id::OWN_CROSS_SITE);
    }
    if address.csrf == Csrf::Api && !text("content-type").unwrap_or("application/json").starts_with("application/json") {
        return refuse(415, "json_only", id::OWN_JSON_ONLY_TITLE, id::OWN_JSON_ONLY);
    }
    let gate = asking.gate.clone();
    if let Some(refused) = lacks(portal, address, gate.as_deref(), &head, is_page).await {
        return refused;
    }
    let asked = portal.asked(&head.headers, &asking, is_page);
    let patience = portal.settings.server.patience.body.min(FORM_TIME);
    let Ok(read) = tokio::time::timeout(patience, to_bytes(body, BODY_MAX)).await else {
        return refusal::answer(&Refusal::new(408, "too_slow", id::NO_TOO_SLOW_TITLE, id::NO_TOO_SLOW), &asked);
    };
    let Ok(bytes) = read else {
        return refusal::answer(&Refusal::new(413, "too_large", id::NO_TOO_LARGE_TITLE, id::OWN_TOO_LARGE), &asked);
    };
    let mut fields: Vec<(String, String)> = head.uri.query().map(|q| pairs(q.as_bytes()).collect()).unwrap_or_default();
    let mut json = serde_json::Value::Null;
    match address.csrf {
        Csrf::Form => fields.extend(pairs(&bytes)),
        Csrf::Api if !bytes.is_empty() => match serde_json::from_slice(&bytes) {
            Ok(value) => json = value,
            Err(_) => return refusal::answer(&Refusal::new(400, "bad_request", id::OWN_NO_JSON_TITLE, id::OWN_NO_JSON), &asked),
        },
        _ => {}
    }
    let method_used = cookies::method_used(&portal.settings, &head.headers);
    let call = Call { act: address.act, gate, method_used, path: head.uri.path().to_owned(), fields, json, asking };
    let has_token = |gate: &GateRow| call.field("form_token").is_some_and(|t| portal.seal.is_form_token(&gate.id.0, t));
    if address.csrf == Csrf::Form && address.needs != Needs::Nobody && !call.gate.as_deref().is_some_and(has_token) {
        let released = call.gate.as_deref().is_some_and(|g| !g.verifications.is_empty() && g.step_up.is_none());
        if released && matches!(address.act, Act::ChallengeVerify | Act::ChallengeSend) {
            // Another tab was faster: this one goes on to its own page.
            return refusal::challenge_redirect(&portal.settings.server.prefix, call.field("next").unwrap_or("/"));
        }
        return refusal::answer(&Refusal::new(403, "stale_form", id::OWN_STALE_TITLE, id::OWN_STALE), &asked);
    }
    let done = if is_page { web::act(portal, &call).await } else { api::act(portal, &call).await };
    match done {
        Ok(answer) => answer,
        Err(error) => flow_refused(portal, &call, &error, &asked),
    }
}

/// What is missing for this address, as an answer; `None`: nothing.
async fn lacks(
    portal: &Portal,
    address: Address,
    gate: Option<&GateRow>,
    request: &Parts,
    is_page: bool,
) -> Option<Response<Body>> {
    let no_session = || plain(portal, request, 403, "no_session", id::FLOW_NO_SESSION_TITLE, id::FLOW_NO_SESSION_NEXT);
    let (wanted, age) = match address.needs {
        Needs::Nobody => return None,
        Needs::Pending => return gate.is_none().then(no_session),
        Needs::Enrolling | Needs::Verified => (true, None),
        Needs::Fresh => (true, Some(FRESH_MS)),
    };
    let Some(gate) = gate else { return Some(no_session()) };
    let requirement = Requirement { methods: Vec::new(), max_age_ms: age };
    if !wanted || requirement.is_met_by(&gate.verifications, portal.clock.now()) {
        return None;
    }
    if address.needs == Needs::Enrolling {
        // A user without any method has nothing to verify with; the flow decides whether they may enrol.
        match portal.flows.overview(gate).await {
            Ok(overview) if overview.active().next().is_none() => return None,
            _ => {}
        }
    }
    if !gate.verifications.is_empty() && portal.doors.set_step_up(gate, &requirement).await.is_err() {
        return Some(no_session());
    }
    if is_page {
        let back =
            if address.method == "GET" { request.uri.path_and_query().map_or(address.path, |p| p.as_str()) } else { "/settings" };
        let prefix = &portal.settings.server.prefix;
        return Some(refusal::challenge_redirect(prefix, &format!("{prefix}{back}")));
    }
    Some(plain(portal, request, 403, "verify_first", id::OWN_VERIFY_FIRST_TITLE, id::FLOW_VERIFY_FIRST))
}

/// Is this from another site? A client that says nothing of it is no browser.
fn is_cross_site(portal: &Portal, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return true;
    }
    match headers.get(header::ORIGIN).map(|o| o.to_str().unwrap_or("null")) {
        None => false,
        Some(origin) => {
            let own = portal.settings.server.public_url.origin().ascii_serialization();
            let host = text("host").unwrap_or("");
            origin != own && origin != format!("{}://{host}", portal.settings.server.public_url.scheme())
        }
    }
}

fn plain(
    portal: &Portal,
    request: &Parts,
    status: u16,
    reason: &'static str,
    title: &'static str,
    sentence: &'static str,
) -> Response<Body> {
    let asking = request.extensions.get::<Asking>();
    let is_page = !request.uri.path().starts_with("/api/") && wants_page(&request.headers);
    let id = asking.map(|a| a.request_id.clone()).unwrap_or_default();
    let language = asking.map(|a| a.language).unwrap_or_default();
    refusal::answer(&Refusal::new(status, reason, title, sentence), &portal.asked_as(is_page, id, language))
}

/// A flow's refusal, as page or problem.
fn flow_refused(portal: &Portal, call: &Call, error: &FlowError, asked: &refusal::Asked) -> Response<Body> {
    if let FlowError::Unavailable(why) = error {
        tracing::error!(request_id = %call.asking.request_id, %why, "a flow failed");
    }
    refusal::answer(&refused(error, portal.clock.now()), asked)
}

/// A flow's refusal in words.
pub fn refused(error: &FlowError, now: Timestamp) -> Refusal {
    let (status, reason) = error.status_and_reason();
    let mut refusal = Refusal::new(status, reason, error.title(), error.sentence(now));
    refusal.next = Some(error.next());
    refusal.retry_after = error.retry_at().map(|until| until.since(now).as_secs().saturating_add(1));
    if let FlowError::Provider { others, .. } = error {
        refusal.methods = others.iter().map(|(name, _)| name.to_string()).collect();
    }
    refusal
}

impl Portal {
    pub(super) fn asked(&self, headers: &HeaderMap, asking: &Asking, is_page: bool) -> refusal::Asked {
        // A form is answered with a page even by clients that don't say what they accept.
        let wants = is_page && (wants_page(headers) || !headers.contains_key(header::ACCEPT) || is_form(headers));
        self.asked_as(wants, asking.request_id.clone(), asking.language)
    }

    fn asked_as(&self, wants_page: bool, request_id: String, language: Language) -> refusal::Asked {
        refusal::Asked { wants_page, request_id, look: self.look.clone(), language }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}
