//! The pages: challenge, enrolment, settings. They work without JavaScript, but for keys, which browsers give to scripts only.

mod challenge;
mod enrol;
mod settings;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::Portal;
use super::addresses::{Act, Call};
use super::cookies::clear_gate_cookie;
use super::pages::Frame;
use crate::flows::{FlowError, FlowResult};
use crate::model::Timestamp;
use crate::store::GateRow;

const CSS: &str = include_str!("../../static/gate.css");
const JS: &str = include_str!("../../static/gate.js");

pub(super) async fn act(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    match call.act {
        Act::Home => Ok(see_other(&format!("{}/settings", portal.settings.server.prefix))),
        Act::ChallengePage | Act::ChallengeVerify | Act::ChallengeSend => challenge::act(portal, call).await,
        Act::EnrolPage | Act::EnrolBegin | Act::EnrolConfirm => enrol::act(portal, call).await,
        Act::SettingsPage
        | Act::SettingsPrimary
        | Act::SettingsRemovePage
        | Act::SettingsRemove
        | Act::SettingsBackupPage
        | Act::SettingsBackup
        | Act::SettingsSend
        | Act::SettingsDevices => settings::act(portal, call).await,
        Act::Leave => leave(portal, call).await,
        Act::Language => Ok(super::language::switch(portal, call)),
        Act::Css => Ok(asset("text/css; charset=utf-8", CSS)),
        Act::Js => Ok(asset("text/javascript; charset=utf-8", JS)),
        _ => Err(FlowError::NoSession),
    }
}

fn frame(portal: &Portal, gate: &GateRow) -> Frame {
    Frame {
        brand: portal.settings.brand.name.clone(),
        prefix: portal.settings.server.prefix.clone(),
        support: portal.settings.brand.support.clone(),
        user: gate.user.id.to_string(),
        form_token: portal.seal.form_token(&gate.id.0),
    }
}

pub(super) fn is_own_path(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.chars().any(char::is_control)
}

async fn leave(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let mut lines = vec![clear_gate_cookie(&portal.settings.server)];
    let mut answer = see_other("/");
    match call.gate.as_deref() {
        Some(gate) => lines.extend(portal.doors.leave(gate).await?),
        // Nobody knows which cookies are at fault: all of this site's go.
        None => drop(answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cookies\""))),
    }
    for line in lines.iter().filter_map(|line| HeaderValue::from_str(line).ok()) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    Ok(answer)
}

pub(super) fn see_other(to: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    answer.headers_mut().insert(header::LOCATION, HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/")));
    answer
}

fn asset(kind: &'static str, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    answer
}

fn at(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|t| t.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}

/// The sentence of a refusal, with the time until when where there is one.
pub(super) fn sentence(error: &FlowError, now: Timestamp) -> String {
    error.sentence(now).to_string()
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_paths_of_this_origin_are_followed() {
        for good in ["/", "/a?b=c", "/a//b"] {
            assert!(is_own_path(good), "{good}");
        }
        for bad in ["", "a", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x"] {
            assert!(!is_own_path(bad), "{bad}");
        }
    }
}
