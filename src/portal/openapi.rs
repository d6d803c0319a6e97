//! The OpenAPI document of the JSON API, made from the table of addresses, so that none is forgotten.

use serde_json::{Map, Value, json};

use super::Portal;
use super::addresses::{ADDRESSES, Act, Address, Csrf, Needs};

/// The document, with this gate's own prefix.
pub(super) fn document(portal: &Portal) -> Value {
    let mut paths = Map::new();
    for address in ADDRESSES.iter().filter(|a| a.path.starts_with("/api/")) {
        let Some(told) = told(address.act) else { continue };
        paths.insert(address.path.to_owned(), json!({ address.method.to_lowercase(): operation(address, told) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "mfa-gate", "version": env!("CARGO_PKG_VERSION"),
            "description": "The second factor of a session that an app behind the gate has logged in. The cookie that the gate set at login says whose it is; every refusal is a problem (RFC 9457) with a fixed reason.",
        },
        "servers": [{ "url": portal.settings.server.prefix }],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "gateSession": { "type": "apiKey", "in": "cookie", "name": if portal.settings.server.is_https() { "__Host-mfa" } else { "mfa" } },
            },
        },
    })
}

/// What is said of one call: in words, what it takes, what it gives, and which refusals it has beside the common ones.
struct Told {
    summary: &'static str,
    takes: Option<Value>,
    gives: Value,
    refuses: &'static [u16],
}

fn told(act: Act) -> Option<Told> {
    let any = || json!({ "type": "object" });
    let code = json!({ "type": "string", "description": "What was typed." });
    let credential = json!({ "type": "object", "description": "A key's answer (WebAuthn 5.1), in place of a code." });
    let method = json!({ "type": "string", "description": "The name of a method, or `backup`." });
    let object = |properties: Value, required: Value| json!({ "type": "object", "properties": properties, "required": required });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let done = || json!({ "$ref": "#/components/schemas/Done" });
    let proof = || json!({ "type": "object", "properties": { "code": code, "credential": credential, "method": method } });
    const CODE: &[u16] = &[401, 404, 409, 429, 502];
    let (summary, takes, gives, refuses): (_, Option<Value>, Value, &[u16]) = match act {
        Act::ApiDocument => ("This document", None, any(), &[]),
        Act::ApiSession => ("Who is signed in, and how far", None, json!({ "$ref": "#/components/schemas/Session" }), &[]),
        Act::ApiConfig => ("The configured methods and limits", None, json!({ "$ref": "#/components/schemas/Config" }), &[]),
        Act::ApiSend => (
            "Sends a code, or asks for a key: then `options` are for `navigator.credentials.get`",
            Some(object(json!({ "method": method }), json!([]))),
            done(),
            &[404, 429, 502],
        ),
        Act::ApiVerify => (
            "Passes the second factor and sets a new cookie",
            Some(object(
                json!({ "method": method, "code": code, "credential": credential, "remember": { "type": "boolean" } }),
                json!([]),
            )),
            json!({ "$ref": "#/components/schemas/Verified" }),
            CODE,
        ),
        Act::ApiMethods => (
            "The user's active methods",
            None,
            json!({ "type": "array", "items": { "$ref": "#/components/schemas/Method" } }),
            &[],
        ),
        Act::ApiActivate => ("Begins an enrolment; what it shows, it shows once", Some(any()), done(), &[404, 409, 429, 502]),
        Act::ApiConfirm => (
            "Confirms an enrolment; backup codes come where there were none",
            Some(object(
                json!({ "code": code, "credential": credential, "name": { "type": "string", "description": "The user's name for a key." } }),
                json!([]),
            )),
            object(json!({ "backup_codes": texts }), json!(["backup_codes"])),
            CODE,
        ),
        Act::ApiDeactivate => {
            let mut takes = proof();
            takes["properties"]["key"] = json!({ "type": "string", "description": "One of several keys; all, without it." });
            ("Removes a method; wants a code of it or of a stronger one", Some(takes), done(), CODE)
        }
        Act::ApiBackup => (
            "New backup codes; the old ones die",
            Some(proof()),
            object(json!({ "backup_codes": texts }), json!(["backup_codes"])),
            CODE,
        ),
        Act::ApiPrimary => (
            "Makes a method the first that is asked for",
            Some(object(json!({ "method": method, "code": code, "credential": credential }), json!([]))),
            done(),
            CODE,
        ),
        _ => return None,
    };
    Some(Told { summary, takes, gives, refuses })
}

fn operation(address: &Address, told: Told) -> Value {
    let problem = |title: &str| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        json!({ "description": title, "content": { "application/problem+json": { "schema": schema } } })
    };
    let mut responses = Map::new();
    responses.insert("200".into(), json!({ "description": "Done", "content": { "application/json": { "schema": told.gives } } }));
    let posted: &[u16] = if address.csrf == Csrf::Api { &[413, 415] } else { &[] };
    for status in [400, 403, 404, 405, 421, 503].iter().chain(posted).chain(told.refuses) {
        let title = http::StatusCode::from_u16(*status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Refused");
        responses.insert(status.to_string(), problem(title));
    }
    let mut operation = json!({ "summary": told.summary, "responses": responses });
    if let Some(schema) = told.takes {
        operation["requestBody"] = json!({ "content": { "application/json": { "schema": schema } } });
    }
    if address.path.contains("{method}") {
        operation["parameters"] =
            json!([{ "name": "method", "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } }]);
    }
    if address.needs != Needs::Nobody {
        operation["security"] = json!([{ "gateSession": [] }]);
    }
    operation
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer" });
    let maybe_text = json!({ "type": ["string", "null"] });
    let maybe_number = json!({ "type": ["integer", "null"], "description": "Seconds since the epoch." });
    json!({
        "Problem": {
            "type": "object",
            "properties": {
                "type": text, "title": text, "status": number, "reason": { "type": "string", "description": "Fixed, for machines." },
                "details": { "type": "string", "description": "A sentence for the user." }, "request_id": text,
                "retry_after": { "type": "integer", "description": "Seconds." },
                "methods": { "type": "array", "items": text, "description": "Other methods to try." },
            },
            "required": ["type", "title", "status", "reason", "details"],
        },
        "Done": {
            "type": "object",
            "properties": {
                "details": text,
                "options": { "type": "object", "description": "For `navigator.credentials`." },
                "otpauth_uri": text, "secret": text, "qr_svg": text,
            },
            "required": ["details"],
        },
        "Key": {
            "type": "object",
            "properties": { "id": text, "name": text, "since": number },
            "required": ["id", "name", "since"],
        },
        "Method": {
            "type": "object",
            "properties": {
                "name": text, "verbose_name": text, "is_primary": { "type": "boolean" }, "masked": maybe_text,
                "keys": { "type": "array", "items": { "$ref": "#/components/schemas/Key" } },
            },
            "required": ["name", "verbose_name", "is_primary", "masked", "keys"],
        },
        "Session": {
            "type": "object",
            "properties": {
                "state": { "enum": ["anonymous", "unverified", "verified"] }, "user": maybe_text, "verified_at": maybe_number,
                "methods": { "type": "array", "items": { "$ref": "#/components/schemas/Method" } },
            },
            "required": ["state", "user", "methods", "verified_at"],
        },
        "Verified": {
            "type": "object",
            "properties": {
                "state": { "const": "verified" }, "user": text, "method": maybe_text, "verified_at": maybe_number,
                "backup_codes_left": { "type": ["integer", "null"] },
            },
            "required": ["state", "user", "method", "verified_at", "backup_codes_left"],
        },
        "Config": {
            "type": "object",
            "properties": {
                "methods": { "type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "name": text, "verbose_name": text, "handler": text,
                        "validity_period": { "type": ["integer", "null"], "description": "Seconds." },
                    },
                    "required": ["name", "verbose_name", "handler", "validity_period"],
                } },
                "limits": { "type": "object" }, "backup_codes": { "type": "object" },
                "confirm_disable_with_code": { "type": "boolean" },
                "confirm_regeneration_with_code": { "type": "boolean" },
                "allow_backup_codes_regeneration": { "type": "boolean" },
                "remember_device": { "type": "integer", "description": "Seconds; 0: off." },
            },
            "required": ["methods", "limits", "backup_codes", "remember_device"],
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_of_the_api_is_told_of() {
        for address in ADDRESSES.iter().filter(|a| a.path.starts_with("/api/")) {
            assert!(told(address.act).is_some(), "{}", address.path);
        }
    }
}
