//! The switch of languages: it sets its cookie and goes back to where it stood.

use axum::body::Body;
use http::{HeaderValue, Response, header};

use super::Portal;
use super::addresses::Call;
use super::cookies::language_cookie;
use super::web::{is_own_path, see_other};
use crate::words::Language;

/// `?to=pl&next=/own/path`. A language that isn't offered changes nothing.
pub(super) fn switch(portal: &Portal, call: &Call) -> Response<Body> {
    let settings = &portal.settings;
    let next = call.field("next").filter(|next| is_own_path(next)).unwrap_or(&settings.server.prefix);
    let mut answer = see_other(next);
    let to = call.field("to").and_then(Language::of).filter(|to| settings.brand.languages.offered().contains(to));
    if let Some(line) = to.and_then(|to| HeaderValue::from_str(&language_cookie(&settings.server, to)).ok()) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    answer
}
