//! The one table of the portal's addresses: what each needs before its handler sees a request.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::{MethodFilter, on};
use http::request::Parts;
use http::{HeaderMap, Request, Response, header};

use super::refusal::{self, Refusal, wants_page};
use super::{Asking, Portal, api, web};
use crate::canonical::form::pairs;
use crate::flows::FlowError;
use crate::model::Requirement;
use crate::store::GateRow;

/// Bodies of the portal are short.
const BODY_MAX: usize = 16 * 1024;
const FRESH_MS: i64 = 10 * 60 * 1000;

/// Which state an address needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing.
    Nobody,
    /// A gate session, pending or verified.
    Pending,
    /// A verified one, or a pending one of a user without any method who may enrol (checked by the flow).
    Enrolling,
    /// A verified one.
    Verified,
    /// One verified within ten minutes.
    Fresh,
}

/// How a request proves that the gate's own page sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Csrf {
    /// It changes nothing.
    Reads,
    /// The form's token and its Origin.
    Form,
    /// JSON and its Origin.
    Api,
}

/// What an address does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Home,
    ChallengePage,
    ChallengeVerify,
    ChallengeSend,
    EnrolPage,
    EnrolBegin,
    EnrolConfirm,
    SettingsPage,
    SettingsPrimary,
    SettingsRemove,
    SettingsBackup,
    SettingsDevices,
    Leave,
    Css,
    Js,
    ApiSession,
    ApiConfig,
    ApiSend,
    ApiVerify,
    ApiMethods,
    ApiActivate,
    ApiConfirm,
    ApiDeactivate,
    ApiBackup,
    ApiPrimary,
}

/// One address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) needs: Needs,
    pub(super) csrf: Csrf,
    pub(super) act: Act,
}

const fn get(path: &'static str, needs: Needs, act: Act) -> Address {
    Address { method: "GET", path, needs, csrf: Csrf::Reads, act }
}

const fn form(path: &'static str, needs: Needs, act: Act) -> Address {
    Address { method: "POST", path, needs, csrf: Csrf::Form, act }
}

const fn call(path: &'static str, needs: Needs, act: Act) -> Address {
    Address { method: "POST", path, needs, csrf: Csrf::Api, act }
}

/// Every address under the prefix.
pub(super) const ADDRESSES: &[Address] = &[
    get("/", Needs::Nobody, Act::Home),
    get("/challenge", Needs::Pending, Act::ChallengePage),
    form("/challenge", Needs::Pending, Act::ChallengeVerify),
    form("/challenge/send", Needs::Pending, Act::ChallengeSend),
    get("/enrol", Needs::Enrolling, Act::EnrolPage),
    form("/enrol/{method}", Needs::Enrolling, Act::EnrolBegin),
    form("/enrol/{method}/confirm", Needs::Enrolling, Act::EnrolConfirm),
    get("/settings", Needs::Verified, Act::SettingsPage),
    form("/settings/primary", Needs::Fresh, Act::SettingsPrimary),
    form("/settings/remove", Needs::Fresh, Act::SettingsRemove),
    form("/settings/backup-codes", Needs::Fresh, Act::SettingsBackup),
    form("/settings/devices/forget", Needs::Verified, Act::SettingsDevices),
    // Ending a session needs no token of it: the Origin is checked, and a stale page must still work.
    Address { method: "POST", path: "/logout", needs: Needs::Nobody, csrf: Csrf::Form, act: Act::Leave },
    get("/static/gate.css", Needs::Nobody, Act::Css),
    get("/static/gate.js", Needs::Nobody, Act::Js),
    get("/api/v1/session", Needs::Nobody, Act::ApiSession),
    get("/api/v1/config", Needs::Nobody, Act::ApiConfig),
    call("/api/v1/code/request", Needs::Pending, Act::ApiSend),
    call("/api/v1/verify", Needs::Pending, Act::ApiVerify),
    get("/api/v1/methods", Needs::Verified, Act::ApiMethods),
    call("/api/v1/methods/primary", Needs::Verified, Act::ApiPrimary),
    call("/api/v1/methods/{method}/activate", Needs::Enrolling, Act::ApiActivate),
    call("/api/v1/methods/{method}/activate/confirm", Needs::Enrolling, Act::ApiConfirm),
    call("/api/v1/methods/{method}/deactivate", Needs::Verified, Act::ApiDeactivate),
    call("/api/v1/backup-codes/regenerate", Needs::Verified, Act::ApiBackup),
];

/// What a handler gets: everything was checked.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) act: Act,
    pub(super) asking: Asking,
    pub(super) gate: Option<std::sync::Arc<GateRow>>,
    pub(super) path: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) json: serde_json::Value,
}

impl Call {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(super) fn gate(&self) -> Result<&GateRow, FlowError> {
        self.gate.as_deref().ok_or(FlowError::NoSession)
    }

    /// The `{method}` in the path.
    pub(super) fn method(&self) -> crate::model::MethodName {
        let parts: Vec<&str> = self.path.split('/').collect();
        let at = parts.iter().position(|p| *p == "enrol" || *p == "methods").map_or(0, |i| i + 1);
        crate::model::MethodName::new(parts.get(at).copied().unwrap_or(""))
    }
}

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
            plain(
                &absent,
                &request.into_parts().0,
                404,
                "not_found",
                "There is no such page",
                "The gate has no page at this address.",
            )
        })
        .method_not_allowed_fallback(move |request: Request<Body>| async move {
            plain(
                &wrong,
                &request.into_parts().0,
                405,
                "method_not_allowed",
                "This doesn't work here",
                "The gate's page takes another method.",
            )
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
    let refuse = |status, reason: &str, title: &str, sentence: &str| plain(portal, &head, status, reason, title, sentence);
    if text("service-worker") == Some("script")
        || (is_page
            && address.method == "GET"
            && !address.path.starts_with("/static/")
            && text("sec-fetch-dest") == Some("empty"))
    {
        return refuse(403, "not_for_scripts", "This page is for people", "Scripts use the gate's API.");
    }
    if address.csrf != Csrf::Reads && is_cross_site(portal, headers) {
        return refuse(403, "cross_site", "This came from another site", "Open the page itself and try again.");
    }
    if address.csrf == Csrf::Api && !text("content-type").unwrap_or("application/json").starts_with("application/json") {
        return refuse(415, "json_only", "JSON only", "Send JSON with Content-Type: application/json.");
    }
    let gate = asking.gate.clone();
    if let Some(refused) = lacks(portal, address, gate.as_deref(), &head, is_page).await {
        return refused;
    }
    let asked = portal.asked(&head.headers, &asking, is_page);
    let Ok(bytes) = to_bytes(body, BODY_MAX).await else {
        return refusal::answer(&words(413, "too_large", "This is too large", "The gate's pages take short forms only."), &asked);
    };
    let mut fields: Vec<(String, String)> = head.uri.query().map(|q| pairs(q.as_bytes()).collect()).unwrap_or_default();
    let mut json = serde_json::Value::Null;
    match address.csrf {
        Csrf::Form => fields.extend(pairs(&bytes)),
        Csrf::Api if !bytes.is_empty() => match serde_json::from_slice(&bytes) {
            Ok(value) => json = value,
            Err(_) => return refusal::answer(&words(400, "bad_request", "This can't be read", "The body is no JSON."), &asked),
        },
        _ => {}
    }
    let call = Call { act: address.act, gate, path: head.uri.path().to_owned(), fields, json, asking };
    let has_token = |gate: &GateRow| call.field("form_token").is_some_and(|t| portal.seal.is_form_token(&gate.id.0, t));
    if address.csrf == Csrf::Form && address.needs != Needs::Nobody && !call.gate.as_deref().is_some_and(has_token) {
        let released = call.gate.as_deref().is_some_and(|g| !g.verifications.is_empty() && g.step_up.is_none());
        if released && matches!(address.act, Act::ChallengeVerify | Act::ChallengeSend) {
            // Another tab was faster: this one goes on to its own page.
            return refusal::challenge_redirect(&portal.settings.server.prefix, call.field("next").unwrap_or("/"));
        }
        return refusal::answer(
            &words(403, "stale_form", "This page is out of date", "Go back, reload the page and try again."),
            &asked,
        );
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
    let no_session =
        || plain(portal, request, 403, "no_session", "Your sign-in has ended", "Go back to the app and sign in again.");
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
        let back = if address.method == "GET" { address.path } else { "/settings" };
        let prefix = &portal.settings.server.prefix;
        return Some(refusal::challenge_redirect(prefix, &format!("{prefix}{back}")));
    }
    Some(plain(portal, request, 403, "verify_first", "Second factor first", "Pass your second factor first."))
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

fn words(status: u16, reason: &str, title: &str, sentence: &str) -> Refusal {
    Refusal {
        status,
        reason: reason.into(),
        title: title.into(),
        sentence: sentence.into(),
        next: String::new(),
        retry_after: None,
    }
}

fn plain(portal: &Portal, request: &Parts, status: u16, reason: &str, title: &str, sentence: &str) -> Response<Body> {
    let asking = request.extensions.get::<Asking>();
    let is_page = !request.uri.path().starts_with("/api/") && wants_page(&request.headers);
    let id = asking.map(|a| a.request_id.clone()).unwrap_or_default();
    refusal::answer(&words(status, reason, title, sentence), &portal.asked_as(is_page, id))
}

/// A flow's refusal, as page or problem.
fn flow_refused(portal: &Portal, call: &Call, error: &FlowError, asked: &refusal::Asked) -> Response<Body> {
    let (status, reason) = error.status_and_reason();
    if let FlowError::Unavailable(why) = error {
        tracing::error!(request_id = %call.asking.request_id, %why, "a flow failed");
    }
    let now = portal.clock.now();
    let mut refusal = words(status, reason, web::title(error), &web::sentence(error, now));
    refusal.next = web::what_next(error).to_owned();
    refusal.retry_after = error.retry_at().map(|until| until.since(now).as_secs().saturating_add(1));
    refusal::answer(&refusal, asked)
}

impl Portal {
    pub(super) fn asked(&self, headers: &HeaderMap, asking: &Asking, is_page: bool) -> refusal::Asked {
        // A form is answered with a page even by clients that don't say what they accept.
        let wants = is_page && (wants_page(headers) || !headers.contains_key(header::ACCEPT) || is_form(headers));
        self.asked_as(wants, asking.request_id.clone())
    }

    fn asked_as(&self, wants_page: bool, request_id: String) -> refusal::Asked {
        refusal::Asked {
            wants_page,
            request_id,
            brand: self.settings.brand.name.clone(),
            support: self.settings.brand.support.clone(),
            prefix: self.settings.server.prefix.clone(),
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_something_is_a_post_with_a_check() {
        for address in ADDRESSES {
            assert_eq!(address.method == "POST", address.csrf != Csrf::Reads, "{}", address.path);
            let sensitive =
                address.path.contains("settings") || address.path.contains("methods") || address.path.contains("enrol");
            assert!(!sensitive || !matches!(address.needs, Needs::Nobody | Needs::Pending), "{}", address.path);
        }
    }
}
