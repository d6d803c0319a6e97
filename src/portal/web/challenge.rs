//! The challenge page: one method at a time, the others one step away.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::{Act, is_own_path, lead, see_other, sentence};
use crate::flows::{BACKUP, FlowError, FlowResult, Kind, MayEnrol, MethodView, Passed, Requested};
use crate::model::MethodName;
use crate::portal::Portal;
use crate::portal::addresses::Call;
use crate::portal::api::adopt;
use crate::portal::cookies::method_cookie;
use crate::portal::frame::Frame;
use crate::portal::pages::{ChallengePage, OnItsWay};
use crate::portal::refusal::page_of;
use crate::store::GateRow;
use crate::words::id;

pub(super) async fn act(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    match call.act {
        Act::ChallengeVerify => verify(portal, call).await,
        Act::ChallengeSend => {
            let method = call.field("method").map(MethodName::new);
            match portal.flows.request_code(call.gate()?, method.as_ref(), &call.asking.visitor).await {
                Ok(_) => Ok(see_other(&here(portal, call, "/challenge", method.as_ref()))),
                Err(error) => show(portal, call, method.as_ref(), Some(error)).await,
            }
        }
        _ => challenge(portal, call).await,
    }
}

/// Where to go afterwards: a path of this origin, nothing else.
pub(super) fn next_of(call: &Call) -> String {
    let fallback = call.gate.as_ref().and_then(|g| g.target.as_deref().map(str::to_owned)).unwrap_or_else(|| "/".into());
    match call.field("next") {
        Some(next) if is_own_path(next) => next.to_owned(),
        _ => fallback,
    }
}

async fn challenge(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let next = next_of(call);
    let prefix = &portal.settings.server.prefix;
    if !gate.verifications.is_empty() {
        let wanted = if next.starts_with(prefix.as_str()) {
            gate.step_up.as_deref().cloned()
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
        adopt(portal, call, passed, &mut answer).await?;
        return Ok(answer);
    }
    let (wanted, used) = (call.field("method").map(MethodName::new), call.method_used.clone());
    let error = match (portal.flows.locked(gate).await?, &wanted) {
        (Some(until), _) => Some(FlowError::Locked { until }),
        (None, None) => portal.flows.first_send(gate, used.as_ref(), &call.asking.visitor).await.err(),
        (None, Some(_)) => None,
    };
    show(portal, call, wanted.or(used).as_ref(), error).await
}

/// What a method's field on a page needs beside its name: a key's options, or why there are none.
pub(super) async fn options_of(
    portal: &Portal,
    call: &Call,
    method: &MethodView,
) -> FlowResult<(Option<String>, Option<FlowError>)> {
    if method.kind != Kind::Webauthn {
        return Ok((None, None));
    }
    match portal.flows.request_code(call.gate()?, Some(&method.name), &call.asking.visitor).await {
        Ok(Requested::Touch(options)) => Ok((Some(options.to_string()), None)),
        Ok(Requested::Sent(_)) => Ok((None, None)),
        Err(error) => Ok((None, Some(error))),
    }
}

/// The code of a method that is on its way, if one is.
pub(super) async fn on_its_way(portal: &Portal, gate: &GateRow, method: &MethodView) -> FlowResult<Option<OnItsWay>> {
    if method.kind != Kind::Message {
        return Ok(None);
    }
    let now = portal.clock.now();
    let live = portal.flows.live_code(gate, &method.name).await?;
    Ok(live.map(|sent| OnItsWay { resend_in: sent.resend_at.since(now), expires_in: sent.expires_at.since(now) }))
}

/// The challenge page, with what went wrong if something did.
async fn show(portal: &Portal, call: &Call, method: Option<&MethodName>, error: Option<FlowError>) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let choices = portal.flows.choices(gate).await?;
    let Some(chosen) = method.and_then(|name| choices.iter().find(|m| &m.name == name)).or_else(|| choices.first()) else {
        let enrol = || see_other(&format!("{}/enrol", portal.settings.server.prefix));
        return match portal.flows.overview(gate).await?.may_enrol {
            _ if gate.step_up.is_some() => Err(FlowError::NotAllowed),
            MayEnrol::Yes => Ok(enrol()),
            _ if !portal.settings.enrolment.networks.is_empty() => Ok(enrol()),
            _ => Err(FlowError::NeedsInvite),
        };
    };
    let (now, next) = (portal.clock.now(), next_of(call));
    let locked = matches!(error, Some(FlowError::Locked { .. }));
    let (options, failed) = if locked { (None, None) } else { options_of(portal, call, chosen).await? };
    let error = error.or(failed);
    let sent = on_its_way(portal, gate, chosen).await?;
    let frame = Frame::of(portal, gate, call.asking.language, here(portal, call, "/challenge", method));
    let heading = match gate.verifications.is_empty() {
        _ if locked => id::CHALLENGE_TITLE_LOCKED,
        true => id::CHALLENGE_TITLE,
        false => id::CHALLENGE_TITLE_AGAIN,
    };
    let notice = match (&sent, &error) {
        _ if call.field("unsent").is_some() => Some(id::CHALLENGE_UNSENT),
        (None, None) if chosen.kind == Kind::Message => Some(id::CHALLENGE_NO_CODE),
        _ => None,
    };
    let page = ChallengePage {
        heading: frame.words.say(heading).to_string(),
        method: chosen,
        others: choices.iter().filter(|m| m.name != chosen.name).collect(),
        next: &next,
        purpose: lead::purpose(portal, gate, &frame, &next),
        lead: lead::challenge(&frame, chosen, sent.is_some()),
        why: lead::why(portal, gate, &frame, &next),
        error: error.as_ref().map(|e| sentence(&frame, e, now)),
        notice: notice.map(|id| frame.words.say(id).to_string()),
        options,
        sent,
        remember_days: portal.settings.session.remember_device.as_secs() / 86_400,
        remember: call.field("remember").is_some(),
        since: gate.verifications.last().map_or(0, |v| v.at.seconds()),
        locked,
        left: error.as_ref().filter(|_| locked).and_then(|e| Some(e.retry_at()?.since(now).as_secs())),
        frame: &frame,
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
    let first = portal.flows.choices(call.gate()?).await?.into_iter().next().map(|m| m.name);
    match portal.flows.verify(call.gate()?, method.as_ref(), code, remember, &call.asking.visitor).await {
        Ok(passed) => {
            let mut answer = see_other(&next_of(call));
            let used = used_now(call, first, &passed);
            adopt(portal, call, passed, &mut answer).await?;
            if let Some(line) = used.and_then(|m| HeaderValue::from_str(&method_cookie(&portal.settings.server, &m)).ok()) {
                answer.headers_mut().append(header::SET_COOKIE, line);
            }
            Ok(answer)
        }
        Err(error @ (FlowError::NoSession | FlowError::Unavailable(_))) => Err(error),
        Err(error) => show(portal, call, method.as_ref(), Some(error)).await,
    }
}

/// The method to begin with on this device the next time, where that changes: the one that was used now, if another than the
/// primary, and never a backup code.
fn used_now(call: &Call, first: Option<MethodName>, passed: &Passed) -> Option<MethodName> {
    let used = &passed.gate.verifications.last()?.method;
    let known = call.method_used.as_ref().or(first.as_ref());
    (used.as_str() != BACKUP && Some(used) != known).then(|| used.clone())
}

fn here(portal: &Portal, call: &Call, path: &str, method: Option<&MethodName>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &next_of(call));
    if let Some(method) = method {
        query.append_pair("method", method.as_str());
    }
    format!("{}{path}?{}", portal.settings.server.prefix, query.finish())
}
