//! The challenge page: one method at a time, the others one step away.

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::{Act, frame, is_own_path, see_other, sentence};
use crate::flows::{FlowError, FlowResult, Kind, MayEnrol, MethodView, Requested};
use crate::model::MethodName;
use crate::portal::Portal;
use crate::portal::addresses::Call;
use crate::portal::api::adopt;
use crate::portal::pages::ChallengePage;
use crate::portal::refusal::page_of;

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
    let fallback = call.gate.as_ref().and_then(|g| g.target.clone()).unwrap_or_else(|| "/".into());
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
    let locked = matches!(error, Some(FlowError::Locked { .. }));
    let (options, failed) = if locked { (None, None) } else { options_of(portal, call, chosen).await? };
    let error = error.or(failed);
    let is_message = chosen.kind == Kind::Message;
    let live = if is_message { portal.flows.live_code(gate, &chosen.name).await? } else { None };
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
            (None, None) if is_message => Some("No code is on its way to you. Send one below.".into()),
            _ => None,
        },
        error: error.as_ref().map(|e| sentence(e, now)),
        options,
        resend_in: live.as_ref().map_or(0, |s| s.resend_at.since(now).as_secs()),
        expires_minutes: live.as_ref().map_or(0, |s| s.expires_at.since(now).as_secs().div_ceil(60)),
        remember_days: portal.settings.session.remember_device.as_secs() / 86_400,
        step_up: !gate.verifications.is_empty(),
        locked,
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

fn here(portal: &Portal, call: &Call, path: &str, method: Option<&MethodName>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &next_of(call));
    if let Some(method) = method {
        query.append_pair("method", method.as_str());
    }
    format!("{}{path}?{}", portal.settings.server.prefix, query.finish())
}
