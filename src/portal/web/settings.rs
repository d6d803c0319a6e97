//! The settings page, and the changes on it; what weakens an account asks for a code.

use axum::body::Body;
use http::{Response, StatusCode};

use super::challenge::{on_its_way, options_of};
use super::{Act, activity, lead, see_other, sentence};
use crate::flows::{FlowError, FlowResult, Kind, MethodView, Proof};
use crate::model::MethodName;
use crate::portal::Portal;
use crate::portal::addresses::Call;
use crate::portal::frame::Frame;
use crate::portal::pages::{BackupCodes, ConfirmPage, Happened, SettingsPage};
use crate::portal::refusal::page_of;
use crate::store::AuditRow;
use crate::words::id;

pub(super) async fn act(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let visitor = &call.asking.visitor;
    let home = format!("{}/settings", portal.settings.server.prefix);
    match call.act {
        Act::SettingsPrimary => {
            let method = MethodName::new(call.field("method").unwrap_or(""));
            portal.flows.make_primary(call.gate()?, &method, None, visitor).await?;
            Ok(see_other(&home))
        }
        Act::SettingsRemovePage => confirm(portal, call, Change::Remove, None).await,
        Act::SettingsRemove => {
            let method = MethodName::new(call.field("method").unwrap_or(""));
            let proof = proof(call);
            match portal.flows.deactivate(call.gate()?, &method, call.field("key"), proof.as_ref(), visitor).await {
                Ok(()) => Ok(see_other(&home)),
                Err(error) => confirm(portal, call, Change::Remove, Some(error)).await,
            }
        }
        Act::SettingsBackupPage => confirm(portal, call, Change::BackupCodes, None).await,
        Act::SettingsBackup => {
            let gate = call.gate()?;
            match portal.flows.regenerate(gate, proof(call).as_ref(), visitor).await {
                Ok(codes) => {
                    let frame = Frame::of(portal, gate, call.asking.language, "").once();
                    let heading = frame.words.say(id::BACKUP_TITLE).to_string();
                    Ok(page_of(&BackupCodes { heading, added: None, codes: &codes, done: &home, frame: &frame }))
                }
                Err(FlowError::CodeRequired) => Ok(see_other(&format!("{home}/backup-codes"))),
                Err(error) => confirm(portal, call, Change::BackupCodes, Some(error)).await,
            }
        }
        Act::SettingsSend => send(portal, call).await,
        Act::SettingsDevices => {
            portal.flows.forget_devices(call.gate()?, visitor).await?;
            Ok(see_other(&home))
        }
        _ => settings(portal, call).await,
    }
}

/// So long a change is confirmed on the page of settings.
const JUST_NOW: std::time::Duration = std::time::Duration::from_secs(15);

/// A change that asks for a code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Remove,
    BackupCodes,
}

fn proof(call: &Call) -> Option<Proof> {
    let code = call.code()?;
    Some(Proof { method: call.field("by").map(MethodName::new), code })
}

/// Sends a code for a change, and goes back to its page.
async fn send(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let by = MethodName::new(call.field("by").unwrap_or(""));
    let change = if call.field("change") == Some("remove") { Change::Remove } else { Change::BackupCodes };
    match portal.flows.request_code(call.gate()?, Some(&by), &call.asking.visitor).await {
        Ok(_) => confirm(portal, call, change, None).await,
        Err(error) => confirm(portal, call, change, Some(error)).await,
    }
}

/// The page that asks for a code of the method, or of a stronger one.
async fn confirm(portal: &Portal, call: &Call, change: Change, error: Option<FlowError>) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let overview = portal.flows.overview(gate).await?;
    let field = |name: &str| call.field(name).unwrap_or("").to_owned();
    let mut frame = Frame::of(portal, gate, call.asking.language, "");
    let (floor, preferred, heading, action, mut hidden) = match change {
        Change::Remove => {
            let method = MethodName::new(field("method"));
            let key = call.field("key").filter(|k| !k.is_empty());
            let view = portal.flows.removable(gate, &method, key).await?;
            let name = key.and_then(|id| view.keys.iter().find(|k| k.id == id)).map(|k| k.name.clone());
            let name = name.unwrap_or_else(|| frame.name_of(&view));
            let mut hidden = vec![("method".to_owned(), field("method"))];
            hidden.extend(key.map(|key| ("key".to_owned(), key.to_owned())));
            (view.kind, view.name.clone(), frame.words.say(id::CONFIRM_REMOVE).with("name", name), "remove", hidden)
        }
        Change::BackupCodes => {
            let primary = overview.primary().map(|m| m.name.clone()).ok_or(FlowError::UnknownMethod)?;
            (Kind::Message, primary, frame.words.say(id::CONFIRM_BACKUP), "backup-codes", Vec::new())
        }
    };
    let fitting: Vec<&MethodView> = overview.active().filter(|m| m.kind >= floor).collect();
    let wanted = call.field("by").map(MethodName::new).unwrap_or(preferred);
    let by = fitting.iter().find(|m| m.name == wanted).or(fitting.first()).copied().ok_or(FlowError::NotAllowed)?;
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&hidden).finish();
    hidden.push(("by".to_owned(), by.name.to_string()));
    frame.comes_back_to(format!("{}/settings/{action}?{query}&by={}", portal.settings.server.prefix, by.name));
    let locked = matches!(error, Some(FlowError::Locked { .. }));
    let (options, failed) = if locked { (None, None) } else { options_of(portal, call, by).await? };
    let error = error.or(failed);
    let sent = on_its_way(portal, gate, by).await?;
    let page = ConfirmPage {
        heading: heading.to_string(),
        lead: lead::change(&frame, by, sent.is_some()),
        action,
        hidden: &hidden,
        query: &query,
        method: by,
        others: fitting.iter().filter(|m| m.name != by.name).copied().collect(),
        sent,
        options,
        error: error.as_ref().map(|e| sentence(&frame, e, portal.clock.now())),
        frame: &frame,
    };
    let mut answer = page_of(&page);
    if let Some(error) = error {
        *answer.status_mut() = StatusCode::from_u16(error.status_and_reason().0).unwrap_or(StatusCode::UNAUTHORIZED);
    }
    Ok(answer)
}

async fn settings(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let gate = call.gate()?;
    let overview = portal.flows.overview(gate).await?;
    let devices = portal.flows.devices(gate).await?.len();
    let lines = portal.flows.activity(gate).await?;
    let frame = Frame::of(portal, gate, call.asking.language, format!("{}/settings", portal.settings.server.prefix));
    let name_of = |name: &MethodName| overview.methods.iter().find(|m| &m.name == name).map(|m| frame.name_of(m));
    // What was changed a moment ago is confirmed at the top.
    let now = portal.clock.now();
    let newest = lines.first().filter(|line| now.since(line.at) < JUST_NOW && line.at <= now);
    let notice = newest.and_then(|line| {
        let name = line.method.as_deref().map(MethodName::new).and_then(|name| name_of(&name)).unwrap_or_default();
        Some(frame.words.say(activity::done(&line.event)?).with("method", name).to_string())
    });
    let happened = |line: AuditRow| {
        let method = line.method.map(|name| name_of(&MethodName::new(&name)).unwrap_or(name));
        let how = [method, line.ip].into_iter().flatten().collect::<Vec<_>>().join(", ");
        Happened {
            at: line.at,
            what: activity::happened(&line.event).map_or(line.event.clone(), |id| frame.words.say(id).to_string()),
            how,
        }
    };
    let page = SettingsPage {
        heading: frame.words.say(id::SETTINGS_TITLE).to_string(),
        overview: &overview,
        notice,
        devices,
        activity: lines.into_iter().map(happened).collect(),
        backup_on: portal.settings.backup_codes.quantity > 0,
        frame: &frame,
    };
    Ok(page_of(&page))
}
