//! The JSON API: django-trench's endpoints with a gate session in place of a token. The flows are the pages' own.

use axum::body::Body;
use http::{HeaderValue, Response, header};
use serde_json::{Value, json};

use super::Portal;
use super::addresses::{Act, Call};
use super::cookies::{device_cookie, gate_cookie};
use crate::config::settings::Handler;
use crate::flows::{Begun, FlowError, FlowResult, Kind, MethodView, Passed, Proof, Requested};
use crate::methods::app::Shown;
use crate::model::MethodName;
use crate::words::{Words, id};

pub(super) async fn act(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let visitor = &call.asking.visitor;
    let flows = &portal.flows;
    let words = call.asking.language.words();
    Ok(match call.act {
        Act::ApiSession => session(portal, call).await?,
        Act::ApiConfig => config(portal),
        Act::ApiSend => {
            let method = wanted_method(call);
            match flows.request_code(call.gate()?, method.as_ref(), visitor).await? {
                Requested::Sent(_) => answer(&json!({ "details": words.say(id::API_CODE_SENT).to_string() })),
                Requested::Touch(options) => {
                    answer(&json!({ "details": words.say(id::API_TOUCH_KEY).to_string(), "options": options }))
                }
            }
        }
        Act::ApiVerify => {
            let code = call.code().unwrap_or_default();
            let remember = call.json.get("remember").and_then(Value::as_bool).unwrap_or(false);
            let method = wanted_method(call);
            let passed = flows.verify(call.gate()?, method.as_ref(), &code, remember, visitor).await?;
            let last = passed.gate.verifications.last();
            let mut told = answer(&json!({
                "state": "verified", "user": passed.gate.user.id, "method": last.map(|v| &v.method),
                "verified_at": last.map(|v| v.at.seconds()), "backup_codes_left": passed.backup_left,
            }));
            adopt(portal, call, passed, &mut told).await?;
            told
        }
        Act::ApiMethods => {
            let overview = flows.overview(call.gate()?).await?;
            answer(&Value::Array(overview.active().map(|m| method_json(m, words)).collect()))
        }
        Act::ApiActivate => match flows.activate(call.gate()?, &call.method(), visitor).await? {
            Begun::App(Shown { uri, secret, qr_svg }) => {
                answer(&json!({ "details": uri, "otpauth_uri": uri, "secret": secret.replace(' ', ""), "qr_svg": qr_svg }))
            }
            Begun::Message(_) => answer(&json!({ "details": words.say(id::API_CODE_SENT).to_string() })),
            Begun::Yubikey => answer(&json!({ "details": words.say(id::API_TOUCH_YUBIKEY).to_string() })),
            Begun::Webauthn(options) => {
                answer(&json!({ "details": words.say(id::API_TOUCH_KEY).to_string(), "options": options }))
            }
        },
        Act::ApiConfirm => {
            let code = call.code().unwrap_or_default();
            let (passed, backup) = flows.confirm(call.gate()?, &call.method(), &code, call.text("name"), visitor).await?;
            let mut told = answer(&json!({ "backup_codes": backup }));
            if let Some(passed) = passed {
                adopt(portal, call, passed, &mut told).await?;
            }
            told
        }
        Act::ApiDeactivate => {
            let proof = proof(call);
            flows.deactivate(call.gate()?, &call.method(), call.text("key"), proof.as_ref(), visitor).await?;
            answer(&json!({ "details": words.say(id::API_REMOVED).to_string() }))
        }
        Act::ApiBackup => {
            let codes = flows.regenerate(call.gate()?, proof(call).as_ref(), visitor).await?;
            answer(&json!({ "backup_codes": codes }))
        }
        Act::ApiPrimary => {
            let method = wanted_method(call).ok_or(FlowError::UnknownMethod)?;
            // As in django-trench, the code is one of the new primary method.
            let proof = call.code().map(|code| Proof { method: Some(method.clone()), code });
            flows.make_primary(call.gate()?, &method, proof.as_ref(), visitor).await?;
            answer(&json!({ "details": words.say(id::API_PRIMARY_CHANGED).to_string() }))
        }
        Act::ApiDocument => answer(&super::openapi::document(portal)),
        _ => return Err(FlowError::NoSession),
    })
}

/// The code that a change is confirmed with, if one was sent; `method` says of which method it is.
fn proof(call: &Call) -> Option<Proof> {
    call.code().map(|code| Proof { method: wanted_method(call), code })
}

fn wanted_method(call: &Call) -> Option<MethodName> {
    call.json.get("method").and_then(Value::as_str).map(MethodName::new)
}

async fn session(portal: &Portal, call: &Call) -> FlowResult<Response<Body>> {
    let Some(gate) = call.gate.as_deref() else {
        return Ok(answer(&json!({ "state": "anonymous", "user": null, "methods": [], "verified_at": null })));
    };
    let (last, words) = (gate.verifications.last(), call.asking.language.words());
    let choices = portal.flows.choices(gate).await?;
    Ok(answer(&json!({
        "state": if last.is_some() { "verified" } else { "unverified" },
        "user": gate.user.id,
        "methods": choices.iter().map(|m| method_json(m, words)).collect::<Vec<_>>(),
        "verified_at": last.map(|v| v.at.seconds()),
    })))
}

fn config(portal: &Portal) -> Response<Body> {
    let settings = &portal.settings;
    let methods: Vec<Value> = settings
        .methods
        .iter()
        .map(|m| {
            let seconds = match &m.handler {
                Handler::App(app) => Some(app.period),
                Handler::Message(message) => Some(message.validity.as_secs()),
                Handler::Webauthn(webauthn) => Some(webauthn.timeout.as_secs()),
                // A YubiKey's passwords have no end but their use.
                Handler::Yubikey(_) => None,
            };
            let handler = m.handler.name();
            json!({ "name": m.name, "verbose_name": m.verbose_name, "handler": handler, "validity_period": seconds })
        })
        .collect();
    answer(&json!({
        "methods": methods,
        "limits": {
            "attempts": settings.limits.attempts.max, "sends": settings.limits.sends.max,
            "resend_after": settings.limits.sends.resend_after.as_secs(),
        },
        "confirm_disable_with_code": true,
        "confirm_regeneration_with_code": settings.backup_codes.confirm_with_code,
        "allow_backup_codes_regeneration": settings.backup_codes.allow_regeneration,
        "backup_codes": { "quantity": settings.backup_codes.quantity, "length": settings.backup_codes.length },
        "remember_device": settings.session.remember_device.as_secs(),
    }))
}

fn method_json(method: &MethodView, words: &Words) -> Value {
    let keys: Vec<Value> =
        method.keys.iter().map(|k| json!({ "id": k.id, "name": k.name, "since": k.since.seconds() })).collect();
    // What gate.toml names is named so; the backup codes' name is the gate's own.
    let name = if method.kind == Kind::Backup { words.say(&method.label).to_string() } else { method.verbose_name.clone() };
    json!({
        "name": method.name, "verbose_name": name, "is_primary": method.primary, "masked": method.masked,
        "keys": keys,
    })
}

fn answer(value: &Value) -> Response<Body> {
    let mut answer = Response::new(Body::from(value.to_string()));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// Memory takes the new gate session in, and the client its cookies.
pub(super) async fn adopt(portal: &Portal, call: &Call, passed: Passed, answer: &mut Response<Body>) -> FlowResult<()> {
    let server = &portal.settings.server;
    let mut set = |line: String| {
        if let Ok(line) = HeaderValue::from_str(&line) {
            answer.headers_mut().append(header::SET_COOKIE, line);
        }
    };
    set(gate_cookie(server, &passed.token));
    if let Some(device) = &passed.device {
        set(device_cookie(server, device, portal.settings.session.remember_device.as_secs()));
    }
    portal.doors.adopted(call.gate()?, &passed.gate).await;
    Ok(())
}
