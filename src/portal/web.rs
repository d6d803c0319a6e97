//! The pages: challenge, enrolment, settings. They work without JavaScript.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::Portal;
use super::addresses::{Act, Call};
use super::api::adopt;
use super::cookies::clear_gate_cookie;
use super::pages::{BackupCodes, ChallengePage, EnrolApp, EnrolCode, EnrolPage, Frame, SettingsPage};
use super::refusal::{challenge_redirect, page_of};
use crate::flows::{BACKUP, Begun, FlowError, FlowResult, Kind, MayEnrol};
use crate::methods::app::Shown;
use crate::model::{MethodName, Timestamp};
use crate::store::GateRow;

const CSS: &str = include_str!("../../static/gate.css");
const JS: &str = include_str!("../../static/gate.js");

pub(super) async fn act(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let visitor = &call.asking.visitor;
    match call.act {
        Act::Home => Ok(see_other(&format!("{}/settings", portal.settings.server.prefix))),
        Act::ChallengePage => challenge(portal, call).await,
        Act::ChallengeVerify => verify(portal, call).await,
        Act::ChallengeSend => {
            let method = call.field("method").map(MethodName::new);
            match portal.flows.request_code(call.gate()?, method.as_ref(), visitor).await {
                Ok(_) => Ok(see_other(&here(portal, call, "/challenge", method.as_ref()))),
                Err(error) => show(portal, call, method.as_ref(), Some(error)).await,
            }
        }
        Act::EnrolPage => enrol(portal, call).await,
        Act::EnrolBegin => begin(portal, call).await,
        Act::EnrolConfirm => confirm(portal, call).await,
        Act::SettingsPage => settings(portal, call).await,
        Act::SettingsPrimary | Act::SettingsRemove => {
            let method = MethodName::new(call.field("method").unwrap_or(""));
            match call.act {
                Act::SettingsPrimary => portal.flows.make_primary(call.gate()?, &method, visitor).await?,
                _ => portal.flows.deactivate(call.gate()?, &method, visitor).await?,
            }
            Ok(see_other(&format!("{}/settings", portal.settings.server.prefix)))
        }
        Act::SettingsBackup => {
            let gate = call.gate()?;
            let codes = portal.flows.regenerate(gate, visitor).await?;
            let done = format!("{}/settings", portal.settings.server.prefix);
            Ok(page_of(&BackupCodes { frame: &frame(portal, gate), codes: &codes, done: &done }))
        }
        Act::SettingsDevices => {
            portal.flows.forget_devices(call.gate()?, visitor).await?;
            Ok(see_other(&format!("{}/settings", portal.settings.server.prefix)))
        }
        Act::Leave => leave(portal, call).await,
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

/// Where to go afterwards: a path of this origin, nothing else.
fn next_of(call: &Call) -> String {
    let fallback = call.gate.as_ref().and_then(|g| g.target.clone()).unwrap_or_else(|| "/".into());
    match call.field("next") {
        Some(next) if is_own_path(next) => next.to_owned(),
        _ => fallback,
    }
}

fn is_own_path(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.chars().any(char::is_control)
}

async fn challenge(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let next = next_of(call);
    let prefix = &portal.settings.server.prefix;
    if !gate.verifications.is_empty() {
        let wanted = if next.starts_with(prefix.as_str()) {
            gate.step_up.clone()
        } else {
            portal.doors.wanted(gate, next.split('?').next().unwrap_or("/"), &call.asking.visitor)
        };
        match wanted {
            None => return Ok(see_other(&next)),
            Some(wanted) => portal.doors.set_step_up(gate, &wanted).await?,
        }
    }
    if let Some(device) = &call.asking.device
        && let Some(passed) = portal.flows.known_device(gate, device, &call.asking.visitor).await?
    {
        let mut answer = see_other(&next);
        adopt(portal, call, passed, &mut answer)?;
        return Ok(answer);
    }
    let method = call.field("method").map(MethodName::new);
    let error = match (portal.flows.locked(gate).await?, &method) {
        (Some(until), _) => Some(FlowError::Locked { until }),
        (None, None) => portal.flows.first_send(gate, &call.asking.visitor).await.err(),
        (None, Some(_)) => None,
    };
    show(portal, call, method.as_ref(), error).await
}

/// The challenge page, with what went wrong if something did.
async fn show(portal: &Portal, call: &Call, method: Option<&MethodName>, error: Option<FlowError>) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let choices = portal.flows.choices(gate).await?;
    let Some(chosen) = method.and_then(|name| choices.iter().find(|m| &m.name == name)).or_else(|| choices.first()) else {
        return match portal.flows.overview(gate).await?.may_enrol {
            _ if gate.step_up.is_some() => Err(FlowError::NotAllowed),
            MayEnrol::Yes => Ok(see_other(&format!("{}/enrol", portal.settings.server.prefix))),
            _ if !portal.settings.enrolment.networks.is_empty() => {
                Ok(see_other(&format!("{}/enrol", portal.settings.server.prefix)))
            }
            _ => Err(FlowError::NeedsInvite),
        };
    };
    let now = portal.clock.now();
    let live = if chosen.kind == Kind::Message { portal.flows.live_code(gate, &chosen.name).await? } else { None };
    let next = next_of(call);
    let page = ChallengePage {
        frame: &frame(portal, gate),
        method: chosen,
        others: choices.iter().filter(|m| m.name != chosen.name).collect(),
        next: &next,
        notice: match (&live, &error) {
            _ if call.field("unsent").is_some() => {
                Some("What you sent was not passed on: you hadn't passed your second factor. Send it again after this.".into())
            }
            (None, None) if chosen.kind == Kind::Message => Some("No code is on its way to you. Send one below.".into()),
            _ => None,
        },
        error: error.as_ref().map(|e| sentence(e, now)),
        is_message: chosen.kind == Kind::Message,
        is_backup: chosen.name.as_str() == BACKUP,
        resend_in: live.as_ref().map_or(0, |s| s.resend_at.since(now).as_secs()),
        expires_minutes: live.as_ref().map_or(0, |s| s.expires_at.since(now).as_secs().div_ceil(60)),
        remember_days: portal.settings.session.remember_device.as_secs() / 86_400,
        step_up: !gate.verifications.is_empty(),
        locked: matches!(error, Some(FlowError::Locked { .. })),
    };
    let mut answer = page_of(&page);
    if let Some(error) = error {
        let (status, _) = error.status_and_reason();
        *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNAUTHORIZED);
        if let Some(until) = error.retry_at() {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(until.since(now).as_secs() + 1));
        }
    }
    Ok(answer)
}

async fn verify(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let method = call.field("method").map(MethodName::new);
    let code = call.field("code").unwrap_or("");
    let remember = call.field("remember").is_some();
    match portal.flows.verify(call.gate()?, method.as_ref(), code, remember, &call.asking.visitor).await {
        Ok(passed) => {
            let mut answer = see_other(&next_of(call));
            adopt(portal, call, passed, &mut answer)?;
            Ok(answer)
        }
        Err(error @ (FlowError::NoSession | FlowError::Unavailable(_))) => Err(error),
        Err(error) => show(portal, call, method.as_ref(), Some(error)).await,
    }
}

async fn enrol(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let overview = portal.flows.overview(gate).await?;
    match overview.may_enrol {
        MayEnrol::After(wanted) => {
            portal.doors.set_step_up(gate, &wanted).await?;
            let prefix = &portal.settings.server.prefix;
            return Ok(challenge_redirect(prefix, &format!("{prefix}/enrol")));
        }
        MayEnrol::NeedsInvite if portal.settings.enrolment.networks.is_empty() => return Err(FlowError::NeedsInvite),
        _ => {}
    }
    let methods = overview.methods.iter().filter(|m| !m.active && (m.kind == Kind::App || m.masked.is_some())).collect();
    Ok(page_of(&EnrolPage { frame: &frame(portal, gate), methods }))
}

async fn begin(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let method = call.method();
    let frame = frame(portal, gate);
    Ok(match portal.flows.activate(gate, &method, &call.asking.visitor).await? {
        Begun::App(Shown { uri, secret, qr_svg }) => {
            page_of(&EnrolApp { frame: &frame, method: method.as_str(), uri: &uri, secret: &secret, qr_svg: &qr_svg })
        }
        Begun::Message(sent) => {
            page_of(&EnrolCode { frame: &frame, method: method.as_str(), masked: sent.masked.unwrap_or_default(), error: None })
        }
    })
}

async fn confirm(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let method = call.method();
    let code = call.field("code").unwrap_or("");
    match portal.flows.confirm(gate, &method, code, &call.asking.visitor).await {
        Ok((passed, codes)) => {
            let first = passed.is_some();
            let settings = format!("{}/settings", portal.settings.server.prefix);
            let done = if first { next_of(call) } else { settings };
            let mut answer = if codes.is_empty() {
                see_other(&done)
            } else {
                page_of(&BackupCodes { frame: &frame(portal, gate), codes: &codes, done: &done })
            };
            if let Some(passed) = passed {
                adopt(portal, call, passed, &mut answer)?;
            }
            Ok(answer)
        }
        Err(error @ (FlowError::CodeWrong { .. } | FlowError::CodeUsed | FlowError::CodeExpired)) => {
            let page = EnrolCode {
                frame: &frame(portal, gate),
                method: method.as_str(),
                masked: String::new(),
                error: Some(sentence(&error, portal.clock.now())),
            };
            let mut answer = page_of(&page);
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
            Ok(answer)
        }
        Err(error) => Err(error),
    }
}

async fn settings(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let overview = portal.flows.overview(gate).await?;
    let devices = portal.flows.devices(gate).await?.len();
    let lines = portal.flows.activity(gate).await?;
    let activity = lines
        .into_iter()
        .map(|l| (at(l.at), l.event.replace('_', " "), [l.method, l.ip].into_iter().flatten().collect::<Vec<_>>().join(", ")))
        .collect();
    let backup_on = portal.settings.backup_codes.quantity > 0;
    Ok(page_of(&SettingsPage { frame: &frame(portal, gate), overview: &overview, devices, activity, backup_on }))
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

fn here(portal: &Portal, call: &Call, path: &str, method: Option<&MethodName>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &next_of(call));
    if let Some(method) = method {
        query.append_pair("method", method.as_str());
    }
    format!("{}{path}?{}", portal.settings.server.prefix, query.finish())
}

fn see_other(to: &str) -> Response<Body> {
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
    match error.retry_at() {
        Some(until) => {
            let seconds = until.since(now).as_secs();
            let span =
                if seconds > 90 { format!("{} minutes", seconds.div_ceil(60)) } else { format!("{} seconds", seconds + 1) };
            format!("{error} You can go on in {span}, at {}.", at(until))
        }
        None => error.to_string(),
    }
}

/// The title of a refusal's page.
pub(super) fn title(error: &FlowError) -> &'static str {
    match error {
        FlowError::Locked { .. } => "Too many wrong codes",
        FlowError::TooManySends { .. } | FlowError::ResendWait { .. } => "Too many codes",
        FlowError::NoSession => "Your sign-in has ended",
        FlowError::NeedsInvite => "Your account needs a second factor",
        FlowError::Unavailable(_) => "Just a moment",
        _ => "This didn't work",
    }
}

/// What a person does now.
pub(super) fn what_next(error: &FlowError) -> &'static str {
    match error {
        FlowError::NoSession => "Go back to the app and sign in again.",
        FlowError::NeedsInvite => "Your administrator can reset or invite you.",
        FlowError::Unavailable(_) => "Try again in a moment.",
        _ => "Go back and try again.",
    }
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
