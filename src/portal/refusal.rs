//! Every refusal of the gate, as a page for people or problem+json (RFC 9457) for machines.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;

use super::frame::Frame;
use super::look::Look;
use super::pages::RefusalPage;
use super::policy;
use crate::canonical::marks::Marks;
use crate::words::{Language, Sentence, id};

/// What is refused, in words for both.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Status.
    pub status: u16,
    /// For machines.
    pub reason: &'static str,
    /// Title of the page.
    pub title: Sentence,
    /// What happened.
    pub sentence: Sentence,
    /// What to do now.
    pub next: Option<Sentence>,
    /// Seconds until it is worth trying again.
    pub retry_after: Option<u64>,
    /// Names of other methods to try.
    pub methods: Vec<String>,
    /// Where to sign in again.
    pub sign_in: Option<String>,
}

impl Refusal {
    /// With nothing more to offer.
    pub fn new(status: u16, reason: &'static str, title: impl Into<Sentence>, sentence: impl Into<Sentence>) -> Self {
        let (title, sentence) = (title.into(), sentence.into());
        Self { status, reason, title, sentence, next: None, retry_after: None, methods: Vec::new(), sign_in: None }
    }
}

/// How the answer is to look.
#[derive(Clone, Debug)]
pub struct Asked {
    /// A page, or problem+json?
    pub wants_page: bool,
    /// The request's id.
    pub request_id: String,
    /// What all pages share.
    pub look: Arc<Look>,
    /// Its language.
    pub language: Language,
}

/// Does this client want a page?
pub fn wants_page(headers: &HeaderMap) -> bool {
    Marks::of(headers).wants_page
}

/// The refusal as this client understands it.
pub fn answer(refusal: &Refusal, asked: &Asked) -> Response<Body> {
    let words = asked.language.words();
    let (title, sentence) = (words.say(&refusal.title).to_string(), words.say(&refusal.sentence).to_string());
    let mut answer = if asked.wants_page {
        let next = refusal.next.as_ref().map(|next| words.say(next).to_string()).unwrap_or_default();
        let frame = Frame::bare(&asked.look, asked.language);
        let leave = match refusal.reason {
            "use_another_account" | "user_changed" => Some(id::PAGE_ANOTHER_ACCOUNT),
            "ambiguous_cookie" => Some(id::REFUSAL_CLEAR),
            _ => None,
        };
        let page = RefusalPage {
            heading: &title,
            sentence: &sentence,
            next: &next,
            request_id: &asked.request_id,
            sign_in: refusal.sign_in.as_deref(),
            offers_challenge: refusal.reason == "second_factor_required",
            leave: leave.map(|id| frame.words.say(id).to_string()),
            frame: &frame,
        };
        page_of(&page)
    } else {
        let mut problem = json!({
            "type": format!("urn:mfa-gate:{}", refusal.reason.replace('_', "-")),
            "title": title, "status": refusal.status, "reason": refusal.reason,
            "details": sentence, "detail": sentence, "request_id": asked.request_id,
        });
        if let Some(seconds) = refusal.retry_after {
            problem["retry_after"] = json!(seconds);
        }
        if !refusal.methods.is_empty() {
            problem["methods"] = json!(refusal.methods);
        }
        problem_of(&problem)
    };
    *answer.status_mut() = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = refusal.retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if refusal.status == 401 {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("MFA"));
    }
    policy(answer.headers_mut());
    in_language(answer.headers_mut(), asked.language);
    answer
}

/// Says in which language an answer is, and what it depends on.
pub(super) fn in_language(headers: &mut HeaderMap, language: Language) {
    headers.entry(header::CONTENT_LANGUAGE).or_insert(HeaderValue::from_static(language.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
}

/// A rendered page.
pub fn page_of(page: &impl Template) -> Response<Body> {
    let text = page.render().unwrap_or_else(|error| {
        tracing::error!(%error, "a page was not rendered");
        "The page can't be shown. Tell your administrator.".to_owned()
    });
    let mut answer = Response::new(Body::from(text));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer
}

fn problem_of(problem: &serde_json::Value) -> Response<Body> {
    let mut answer = Response::new(Body::from(problem.to_string()));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    answer
}

/// The address of the challenge page, coming back to `next`.
fn challenge_url(prefix: &str, next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{prefix}/challenge?next={next}")
}

/// A navigation is sent to the challenge.
pub fn challenge_redirect(prefix: &str, next: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(to) = HeaderValue::from_str(&challenge_url(prefix, next)) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    policy(answer.headers_mut());
    answer
}

/// A script is told where the challenge is.
pub fn challenge_problem(
    prefix: &str,
    next: &str,
    reason: &str,
    methods: &[String],
    asked: &HeaderMap,
    language: Language,
) -> Response<Body> {
    let words = language.words();
    let url = challenge_url(prefix, next);
    let mut answer = problem_of(&json!({
        "type": "urn:mfa-gate:second-factor-required", "status": 401, "reason": reason,
        "title": words.say(id::API_SECOND_FACTOR_TITLE).to_string(), "details": words.say(id::API_SECOND_FACTOR).to_string(),
        "challenge_url": url, "methods": methods,
    }));
    *answer.status_mut() = StatusCode::UNAUTHORIZED;
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("MFA"));
    if asked.contains_key("hx-request")
        && let Ok(to) = HeaderValue::from_str(&url)
    {
        answer.headers_mut().insert("hx-redirect", to);
    }
    policy(answer.headers_mut());
    in_language(answer.headers_mut(), language);
    answer
}
