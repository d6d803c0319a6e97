//! The pages of an enrolment: choose a method, set it up, confirm it.

use axum::body::Body;
use http::{Response, StatusCode};

use super::challenge::next_of;
use super::{Act, frame, see_other, sentence};
use crate::flows::{Begun, FlowError, FlowResult, Kind, MayEnrol};
use crate::methods::app::Shown;
use crate::portal::Portal;
use crate::portal::addresses::Call;
use crate::portal::api::adopt;
use crate::portal::pages::{BackupCodes, EnrolApp, EnrolCode, EnrolKey, EnrolPage};
use crate::portal::refusal::{challenge_redirect, page_of};

pub(super) async fn act(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    match call.act {
        Act::EnrolBegin => begin(portal, call).await,
        Act::EnrolConfirm => confirm(portal, call).await,
        _ => enrol(portal, call).await,
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
    let offered = |m: &&crate::flows::MethodView| match m.kind {
        Kind::Message => !m.active && m.masked.is_some(),
        kind => kind.holds_several() || !m.active,
    };
    let mut methods: Vec<_> = overview.methods.iter().filter(offered).collect();
    // The strongest first: it is the one that we recommend.
    methods.sort_by_key(|m| std::cmp::Reverse(m.kind));
    Ok(page_of(&EnrolPage { frame: &frame(portal, gate), methods }))
}

async fn begin(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let method = call.method();
    let begun = portal.flows.activate(gate, &method, &call.asking.visitor).await?;
    let (frame, method) = (&frame(portal, gate), method.as_str());
    Ok(match begun {
        Begun::App(Shown { uri, secret, qr_svg }) => {
            page_of(&EnrolApp { frame, method, uri: &uri, secret: &secret, qr_svg: &qr_svg })
        }
        Begun::Message(sent) => {
            page_of(&EnrolCode { frame, method, masked: sent.masked.unwrap_or_default(), error: None, numeric: true })
        }
        Begun::Yubikey => page_of(&EnrolKey { frame, method, name: "", options: None, error: None }),
        Begun::Webauthn(options) => {
            page_of(&EnrolKey { frame, method, name: "", options: Some(options.to_string()), error: None })
        }
    })
}

async fn confirm(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let method = call.method();
    let code = call.code().unwrap_or_default();
    match portal.flows.confirm(gate, &method, &code, call.field("name"), &call.asking.visitor).await {
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
        Err(
            error @ (FlowError::CodeWrong { .. }
            | FlowError::CodeUsed
            | FlowError::CodeExpired
            | FlowError::KeyRefused { .. }
            | FlowError::Provider { .. }),
        ) => again(portal, call, error).await,
        Err(error) => Err(error),
    }
}

/// The page once more, with what went wrong. A secret isn't shown twice; a key is asked for anew.
async fn again(portal: &Portal, call: &Call, error: FlowError) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let method = call.method();
    let overview = portal.flows.overview(gate).await?;
    let view = overview.methods.iter().find(|m| m.name == method).ok_or(FlowError::UnknownMethod)?;
    let told = Some(sentence(&error, portal.clock.now()));
    let name = call.field("name").unwrap_or("");
    let (frame, method) = (&frame(portal, gate), method.as_str());
    let mut answer = match view.kind {
        Kind::Yubikey => page_of(&EnrolKey { frame, method, name, options: None, error: told }),
        Kind::Webauthn => match portal.flows.activate(gate, &view.name, &call.asking.visitor).await? {
            Begun::Webauthn(options) => {
                page_of(&EnrolKey { frame, method, name, options: Some(options.to_string()), error: told })
            }
            _ => return Err(error),
        },
        _ => page_of(&EnrolCode { frame, method, masked: String::new(), error: told, numeric: view.numeric }),
    };
    *answer.status_mut() = StatusCode::from_u16(error.status_and_reason().0).unwrap_or(StatusCode::UNAUTHORIZED);
    Ok(answer)
}
