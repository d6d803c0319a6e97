//! The settings page, and the changes on it; what weakens an account asks for a code.

use axum::body::Body;
use http::{Response, StatusCode};

use super::challenge::options_of;
use super::{Act, at, frame, see_other, sentence};
use crate::flows::{FlowError, FlowResult, Kind, MethodView, Proof};
use crate::model::MethodName;
use crate::portal::Portal;
use crate::portal::addresses::Call;
use crate::portal::pages::{BackupCodes, ConfirmPage, SettingsPage};
use crate::portal::refusal::page_of;

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
                Ok(codes) => Ok(page_of(&BackupCodes { frame: &frame(portal, gate), codes: &codes, done: &home })),
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
    let (floor, preferred, title, action, mut hidden) = match change {
        Change::Remove => {
            let method = MethodName::new(field("method"));
            let key = call.field("key").filter(|k| !k.is_empty());
            let view = portal.flows.removable(gate, &method, key).await?;
            let name = key.and_then(|id| view.keys.iter().find(|k| k.id == id)).map_or(&view.verbose_name, |k| &k.name);
            let mut hidden = vec![("method".to_owned(), field("method"))];
            hidden.extend(key.map(|key| ("key".to_owned(), key.to_owned())));
            (view.kind, view.name.clone(), format!("Remove {name}"), "remove", hidden)
        }
        Change::BackupCodes => {
            let primary = overview.primary().map(|m| m.name.clone()).ok_or(FlowError::UnknownMethod)?;
            (Kind::Message, primary, "Make new backup codes".to_owned(), "backup-codes", Vec::new())
        }
    };
    let fitting: Vec<&MethodView> = overview.active().filter(|m| m.kind >= floor).collect();
    let wanted = call.field("by").map(MethodName::new).unwrap_or(preferred);
    let by = fitting.iter().find(|m| m.name == wanted).or(fitting.first()).copied().ok_or(FlowError::NotAllowed)?;
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&hidden).finish();
    hidden.push(("by".to_owned(), by.name.to_string()));
    let locked = matches!(error, Some(FlowError::Locked { .. }));
    let (options, failed) = if locked { (None, None) } else { options_of(portal, call, by).await? };
    let error = error.or(failed);
    let now = portal.clock.now();
    let live = if by.kind == Kind::Message { portal.flows.live_code(gate, &by.name).await? } else { None };
    let page = ConfirmPage {
        frame: &frame(portal, gate),
        title: &title,
        action,
        hidden: &hidden,
        query: &query,
        method: by,
        others: fitting.iter().filter(|m| m.name != by.name).copied().collect(),
        sent: live.is_some(),
        resend_in: live.as_ref().map_or(0, |s| s.resend_at.since(now).as_secs()),
        options,
        error: error.as_ref().map(|e| sentence(e, now)),
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
    let activity = lines
        .into_iter()
        .map(|l| (at(l.at), l.event.replace('_', " "), [l.method, l.ip].into_iter().flatten().collect::<Vec<_>>().join(", ")))
        .collect();
    let backup_on = portal.settings.backup_codes.quantity > 0;
    Ok(page_of(&SettingsPage { frame: &frame(portal, gate), overview: &overview, devices, activity, backup_on }))
}
