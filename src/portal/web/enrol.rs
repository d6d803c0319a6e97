//! The pages of an enrolment: choose a method, set it up, confirm it.

use axum::body::Body;
use http::{Response, StatusCode};

use super::challenge::next_of;
use super::{Act, lead, see_other, sentence};
use crate::flows::{Begun, FlowError, FlowResult, Kind, MayEnrol, MethodView};
use crate::methods::app::Shown;
use crate::portal::Portal;
use crate::portal::addresses::Call;
use crate::portal::api::adopt;
use crate::portal::frame::Frame;
use crate::portal::pages::{BackupCodes, EnrolApp, EnrolCode, EnrolKey, EnrolPage};
use crate::portal::refusal::{challenge_redirect, page_of};
use crate::store::GateRow;
use crate::words::id;

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
    let first = overview.active().next().is_none();
    let frame = frame(portal, call, gate);
    Ok(page_of(&EnrolPage { heading: frame.words.say(id::ENROL_TITLE).to_string(), methods, first, frame: &frame }))
}

/// A page that can't be asked for again by its address: the switch of languages begins anew.
fn frame(portal: &Portal, call: &Call, gate: &GateRow) -> Frame {
    Frame::of(portal, gate, call.asking.language, format!("{}/enrol", portal.settings.server.prefix))
}

/// The method that a page is about.
async fn view(portal: &Portal, gate: &GateRow, call: &Call) -> FlowResult<MethodView> {
    let method = call.method();
    let overview = portal.flows.overview(gate).await?;
    overview.methods.into_iter().find(|m| m.name == method).ok_or(FlowError::UnknownMethod)
}

async fn begin(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let view = view(portal, gate, call).await?;
    let begun = portal.flows.activate(gate, &view.name, &call.asking.visitor).await?;
    let frame = frame(portal, call, gate);
    Ok(match begun {
        Begun::App(Shown { uri, secret, qr_svg }) => {
            let heading = frame.words.say(id::ENROL_APP_TITLE).to_string();
            let method = view.name.as_str();
            page_of(&EnrolApp { heading, method, uri: &uri, secret: &secret, qr_svg: &qr_svg, frame: &frame })
        }
        Begun::Message(_) => code_page(&frame, &view, None),
        Begun::Yubikey => key_page(&frame, &view, "", None, None),
        Begun::Webauthn(options) => key_page(&frame, &view, "", Some(options.to_string()), None),
    })
}

fn code_page(frame: &Frame, method: &MethodView, error: Option<String>) -> Response<Body> {
    let again = if method.kind == Kind::Message { id::PAGE_SEND_AGAIN } else { id::ENROL_APP_ANEW };
    page_of(&EnrolCode {
        heading: frame.words.say(id::ENROL_CODE_TITLE).to_string(),
        lead: lead::new_method(frame, method),
        again: frame.words.say(again).to_string(),
        method,
        error,
        frame,
    })
}

fn key_page(frame: &Frame, method: &MethodView, name: &str, options: Option<String>, error: Option<String>) -> Response<Body> {
    let heading = if options.is_some() { id::ENROL_KEY_TITLE } else { id::ENROL_YUBIKEY_TITLE };
    page_of(&EnrolKey { heading: frame.words.say(heading).to_string(), method, name, options, error, frame })
}

async fn confirm(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let view = view(portal, gate, call).await?;
    let code = call.code().unwrap_or_default();
    match portal.flows.confirm(gate, &view.name, &code, call.field("name"), &call.asking.visitor).await {
        Ok((passed, codes)) => {
            let first = passed.is_some();
            let settings = format!("{}/settings", portal.settings.server.prefix);
            let done = if first { next_of(call) } else { settings };
            let mut answer = if codes.is_empty() && !first {
                see_other(&done)
            } else {
                finished(&frame(portal, call, gate).once(), &view, &codes, &done)
            };
            if let Some(passed) = passed {
                adopt(portal, call, passed, &mut answer).await?;
            }
            Ok(answer)
        }
        Err(
            error @ (FlowError::CodeWrong { .. }
            | FlowError::CodeUsed
            | FlowError::CodeExpired
            | FlowError::KeyRefused { .. }
            | FlowError::Provider { .. }),
        ) => again(portal, call, &view, error).await,
        Err(error) => Err(error),
    }
}

/// A method was added: what it means, and the backup codes that came with it.
fn finished(frame: &Frame, method: &MethodView, codes: &[String], done: &str) -> Response<Body> {
    let heading = if codes.is_empty() { id::ENROL_DONE_TITLE } else { id::BACKUP_TITLE };
    page_of(&BackupCodes {
        heading: frame.words.say(heading).to_string(),
        added: Some(frame.words.say(id::ENROL_DONE).with("method", frame.name_of(method)).to_string()),
        codes,
        done,
        frame,
    })
}

/// The page once more, with what went wrong. A secret isn't shown twice; a key is asked for anew.
async fn again(portal: &Portal, call: &Call, view: &MethodView, error: FlowError) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let frame = frame(portal, call, gate);
    let told = Some(sentence(&frame, &error, portal.clock.now()));
    let name = call.field("name").unwrap_or("");
    let mut answer = match view.kind {
        Kind::Yubikey => key_page(&frame, view, name, None, told),
        Kind::Webauthn => match portal.flows.activate(gate, &view.name, &call.asking.visitor).await? {
            Begun::Webauthn(options) => key_page(&frame, view, name, Some(options.to_string()), told),
            _ => return Err(error),
        },
        _ => code_page(&frame, view, told),
    };
    *answer.status_mut() = StatusCode::from_u16(error.status_and_reason().0).unwrap_or(StatusCode::UNAUTHORIZED);
    Ok(answer)
}
