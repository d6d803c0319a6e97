//! Codes by text message through SMSAPI (smsapi.com, smsapi.pl): its `sms.do`.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};

use super::trouble::without_numbers;
use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble, http, sms};
use crate::config::options::{Faults, Is, Key, Options};
use crate::config::settings::MessageSettings;

const KEYS: &[Key] = &[
    Key::new("smsapi_access_token", Is::Secret).or_env(&["SMSAPI_ACCESS_TOKEN"]),
    Key::new("smsapi_from_number", Is::Text),
    Key::new("smsapi_domain", Is::Text),
];
/// Where accounts live; django-trench knows the first only.
const DOMAINS: [&str; 4] = ["smsapi.pl", "smsapi.com", "smsapi.bg", "smsapi.se"];

/// For the registry.
pub fn handler() -> BuiltIn {
    BuiltIn {
        name: "sms_api",
        keys: &[KEYS, sms::KEYS, http::KEYS],
        source_field: Some("phone_number"),
        check,
        factory: Arc::new(|settings, method| {
            let (base, token) = account(&method.options)?;
            Ok(Arc::new(SmsApi {
                base,
                token,
                sender: method.options.text("smsapi_from_number").filter(|s| !s.is_empty()).map(str::to_owned),
                numbers: sms::Numbers::read(&method.options)?,
                text: sms::Text::read(settings, &method.options)?,
                client: http::client(&method.options).map_err(|e| vec![("timeout".into(), e)])?,
            }))
        }),
    }
}

fn check(method: &MessageSettings) -> Faults {
    let mut faults = sms::faults(method);
    faults.extend(account(&method.options).err().unwrap_or_default());
    faults
}

fn account(options: &Options) -> Result<(String, SecretString), Faults> {
    let mut faults = Faults::new();
    let domain = options.text("smsapi_domain").unwrap_or(DOMAINS[0]);
    if !DOMAINS.contains(&domain) {
        faults.push(("smsapi_domain".into(), format!("found {domain:?}; write one of: {}", DOMAINS.join(", "))));
    }
    let base = match options.url("base_url") {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("https://api.{domain}"),
    };
    match options.secret("smsapi_access_token") {
        Some(token) if faults.is_empty() => Ok((base, token.clone())),
        Some(_) => Err(faults),
        None => {
            faults.push(("smsapi_access_token".into(), "write the account's OAuth token, or set SMSAPI_ACCESS_TOKEN".into()));
            Err(faults)
        }
    }
}

#[derive(Debug)]
struct SmsApi {
    base: String,
    token: SecretString,
    sender: Option<String>,
    numbers: sms::Numbers,
    text: sms::Text,
    client: Client,
}

#[async_trait]
impl MessageDispatcher for SmsApi {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let to = match self.numbers.normal(&message.to) {
            Ok(to) => to,
            Err(failed) => return failed,
        };
        let text = self.text.of(message);
        let mut form = vec![("to", to.trim_start_matches('+')), ("message", &text), ("format", "json"), ("encoding", "utf-8")];
        if let Some(sender) = &self.sender {
            form.push(("from", sender));
        }
        let request = self.client.post(format!("{}/sms.do", self.base)).bearer_auth(self.token.expose_secret()).form(&form);
        let reply = match http::send(request).await {
            Ok(reply) => reply,
            Err(none) => return none.failed("SMSAPI"),
        };
        let said = reply.json();
        // Errors come with status 200 too.
        let error = said.get("error").filter(|e| !e.is_null());
        let is_listed = said.pointer("/list/0/id").is_some_and(|id| !id.is_null());
        match error {
            None if reply.is_success() && is_listed => DispatchResponse::Sent,
            None if reply.is_success() => Trouble::Unknown.failed("SMSAPI: an answer that can't be read"),
            None if matches!(reply.status, 401 | 403) => failure(101, ""),
            None => Trouble::Later.failed(format!("SMSAPI: status {}, without a reason", reply.status)),
            Some(code) => {
                let code = code.as_i64().or_else(|| code.as_str()?.parse().ok()).unwrap_or(0);
                failure(code, said.get("message").and_then(serde_json::Value::as_str).unwrap_or(""))
            }
        }
    }

    async fn check(&self) -> Result<String, String> {
        let request = self.client.get(format!("{}/profile", self.base)).bearer_auth(self.token.expose_secret());
        match http::send(request).await {
            Ok(reply) if reply.is_success() => Ok("SMSAPI accepts the token".into()),
            Ok(reply) if matches!(reply.status, 401 | 403) => Err("SMSAPI refuses smsapi_access_token".into()),
            Ok(reply) => Ok(format!("SMSAPI's address answers ({}); the token was not tried", reply.status)),
            Err(none) => Err(format!("SMSAPI can't be reached: {none}")),
        }
    }
}

/// What an error code means (<https://www.smsapi.com/docs>).
fn failure(code: i64, message: &str) -> DispatchResponse {
    let (trouble, advice) = match code {
        13 => (Trouble::Recipient, "the user's number is invalid or blacklisted; correct it"),
        // Sent before, with the same id of one's own.
        53 => return DispatchResponse::Sent,
        8 | 200 | 201 | 202 | 203 | 666 | 999 => (Trouble::Later, "SMSAPI has trouble of its own"),
        52 => (Trouble::Later, "too many messages to one number within a minute"),
        14 => (Trouble::Setup, "check smsapi_from_number: it is no sender of this account"),
        101 | 102 | 105 | 110 => (Trouble::Setup, "check smsapi_access_token and the account's allowed addresses"),
        103 => (Trouble::Setup, "the account has no credit left"),
        11 | 12 => (Trouble::Setup, "the text is empty, too long or of odd letters; check sms_text"),
        1000 | 1001 => (Trouble::Setup, "this action is for the account's main user only"),
        _ => (Trouble::Setup, "see smsapi.com/docs"),
    };
    trouble.failed(format!("SMSAPI {code}: {advice} ({})", without_numbers(message)))
}
