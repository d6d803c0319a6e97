//! The gate's own pages and API. Every address stands in one table; state and CSRF are checked before any handler.

mod addresses;
mod api;
mod cookies;
mod frame;
mod icons;
mod language;
pub mod look;
mod openapi;
mod pages;
pub mod refusal;
mod routes;
mod web;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, Response};
use tower::ServiceExt;

use crate::clock::Clock;
use crate::config::settings::Settings;
use crate::flows::{FlowResult, Flows};
use crate::model::{Requirement, Visitor};
use crate::seal::Seal;
use crate::store::GateRow;
use crate::words::Language;
pub use cookies::{clear_gate_cookie, device_cookie, gate_cookie};
pub use routes::refused;

/// What the pages ask of the rest of the gate.
#[async_trait]
pub trait Doors: Send + Sync + std::fmt::Debug {
    /// A verification replaced a gate session: memory follows.
    async fn adopted(&self, old: &GateRow, new: &GateRow);
    /// Ends the gate session and the app's session; what comes back are `Set-Cookie` lines that expire the app's cookies.
    async fn leave(&self, gate: &GateRow) -> FlowResult<Vec<String>>;
    /// The step-up that a path of the app wants from this gate session now.
    fn wanted(&self, gate: &GateRow, path: &str, visitor: &Visitor) -> Option<Requirement>;
    /// Notes a step-up that a page of the portal wants.
    async fn set_step_up(&self, gate: &GateRow, wanted: &Requirement) -> FlowResult<()>;
}

/// Who asks, and what the client showed.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The client.
    pub visitor: Visitor,
    /// The gate session of its cookie, pending or verified.
    pub gate: Option<Arc<GateRow>>,
    /// The token of its device cookie.
    pub device: Option<String>,
    /// For error pages and logs.
    pub request_id: String,
    /// In which the answer is.
    pub language: Language,
}

/// The portal. Built once; cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    pub(crate) settings: Arc<Settings>,
    pub(crate) flows: Flows,
    pub(crate) seal: Seal,
    pub(crate) clock: Clock,
    pub(crate) doors: Arc<dyn Doors>,
    pub(crate) look: Arc<look::Look>,
    router: Option<Router>,
}

impl Portal {
    /// Builds the router from the table of addresses.
    pub fn new(settings: Arc<Settings>, flows: Flows, seal: Seal, clock: Clock, doors: Arc<dyn Doors>) -> Self {
        let look = Arc::new(look::Look::new(&settings));
        let bare = Self { settings, flows, seal, clock, doors, look, router: None };
        let router = routes::router(&bare);
        Self { router: Some(router), ..bare }
    }

    /// What all pages share.
    pub fn look(&self) -> &Arc<look::Look> {
        &self.look
    }

    /// Answers a request to one of the gate's own addresses.
    pub async fn answer(&self, mut request: Request<Body>, asking: Asking) -> Response<Body> {
        let prefix = self.settings.server.prefix.clone();
        let rest = request.uri().path().strip_prefix(prefix.as_str()).unwrap_or("/").to_owned();
        let rest = if rest.is_empty() { "/".to_owned() } else { rest };
        let query = request.uri().query().map(|q| format!("?{q}")).unwrap_or_default();
        if let Ok(uri) = format!("{rest}{query}").parse() {
            *request.uri_mut() = uri;
        }
        let language = asking.language;
        request.extensions_mut().insert(asking);
        let Some(router) = self.router.clone() else { return Response::new(Body::empty()) };
        let mut answer = match router.oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        policy(answer.headers_mut());
        let kind = answer.headers().get(http::header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
        if kind.starts_with(b"text/html") || kind.starts_with(b"application/") {
            refusal::in_language(answer.headers_mut(), language);
        }
        answer
    }
}

/// What every answer of the gate's own says about itself.
pub fn policy(headers: &mut HeaderMap) {
    let pairs = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-frame-options", "DENY"),
        ("x-content-type-options", "nosniff"),
        // `no-referrer` would make browsers send `Origin: null` with the gate's own forms.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in pairs {
        if name == "content-security-policy" && headers.contains_key(name) {
            // A picture has a stricter one.
            continue;
        }
        headers.insert(http::HeaderName::from_static(name), http::HeaderValue::from_static(value));
    }
    if !headers.contains_key("cache-control") {
        headers.insert("cache-control", http::HeaderValue::from_static("no-store"));
    }
}
