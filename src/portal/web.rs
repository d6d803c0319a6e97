//! The pages: challenge, enrolment, settings. They work without JavaScript, but for keys, which browsers give to scripts only.

mod activity;
mod challenge;
mod enrol;
mod lead;
mod settings;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::Portal;
use super::addresses::{Act, Call};
use super::cookies::clear_gate_cookie;
use super::frame::Frame;
use crate::flows::{FlowError, FlowResult};
use crate::model::Timestamp;

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
        Act::Static => Ok(portal.look.serve(call.path.rsplit('/').next().unwrap_or(""))),
        _ => Err(FlowError::NoSession),
    }
}

pub(super) fn is_own_path(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.is_ascii()
        && !next.chars().any(char::is_control)
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

/// A refusal of a step, in the page's language.
fn sentence(frame: &Frame, error: &FlowError, now: Timestamp) -> String {
    frame.words.say(error.sentence(now)).to_string()
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_paths_of_this_origin_are_followed() {
        for good in ["/", "/a?b=c", "/a//b"] {
            assert!(is_own_path(good), "{good}");
        }
        for bad in ["", "a", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x", "/\u{202e}x"] {
            assert!(!is_own_path(bad), "{bad}");
        }
    }
}
