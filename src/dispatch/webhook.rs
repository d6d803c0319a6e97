//! Codes by an administrator's own service: JSON by POST, signed with HMAC-SHA256.

use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::hmac;
use data_encoding::HEXLOWER;
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};

use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble, http};
use crate::config::options::{Faults, Is, Key};
use crate::config::settings::MessageSettings;
use crate::words::Sentence;

const KEYS: &[Key] =
    &[Key::new("url", Is::Url), Key::new("base_url", Is::Url), Key::new("secret", Is::Secret), Key::new("timeout", Is::Span)];

/// For the registry.
pub fn handler() -> BuiltIn {
    BuiltIn {
        name: "webhook",
        keys: &[KEYS],
        source_field: None,
        check,
        factory: Arc::new(|_, method| {
            let (Some((url, secret)), client) = (target(method), http::client(&method.options)) else {
                return Err(check(method));
            };
            let client = client.map_err(|e| vec![("timeout".into(), e)])?;
            Ok(Arc::new(Webhook { url, key: hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes()), client }))
        }),
    }
}

fn target(method: &MessageSettings) -> Option<(url::Url, &SecretString)> {
    let url = method.options.url("url").or_else(|| method.options.url("base_url"))?;
    Some((url.clone(), method.options.secret("secret")?))
}

fn check(method: &MessageSettings) -> Faults {
    let mut faults = Faults::new();
    if method.options.url("url").is_none() && method.options.url("base_url").is_none() {
        faults.push(("url".into(), "write the address that the code is posted to".into()));
    }
    match method.options.secret("secret") {
        None => faults.push(("secret".into(), "write the secret that signs what is posted, such as { env = \"NAME\" }".into())),
        Some(secret) if secret.expose_secret().is_empty() => faults.push(("secret".into(), "the secret is empty".into())),
        Some(_) => {}
    }
    faults
}

struct Webhook {
    url: url::Url,
    key: hmac::Key,
    client: Client,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

#[async_trait]
impl MessageDispatcher for Webhook {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let body = message.to_json().to_string();
        let at = message.asked_at.seconds().to_string();
        // Over time and body, so that neither can be changed nor sent again later.
        let signature = HEXLOWER.encode(hmac::sign(&self.key, format!("{at}.{body}").as_bytes()).as_ref());
        let request = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header("x-mfa-timestamp", at)
            .header("x-mfa-signature", format!("sha256={signature}"))
            .body(body);
        match http::send(request).await {
            Ok(reply) if reply.is_success() => DispatchResponse::Sent,
            Ok(reply) => {
                let log = format!("the webhook answered {}", reply.status);
                // The administrator's own service may say it better.
                match reply.json().get("details").and_then(serde_json::Value::as_str) {
                    Some(own) if !own.trim().is_empty() => {
                        let details = Sentence::verbatim(own.chars().filter(|c| !c.is_control()).take(200).collect::<String>());
                        DispatchResponse::Failed { details, log }
                    }
                    _ if reply.status >= 500 || reply.status == 429 => Trouble::Later.failed(log),
                    _ => Trouble::Setup.failed(log),
                }
            }
            Err(none) => none.failed("the webhook"),
        }
    }

    async fn check(&self) -> Result<String, String> {
        match http::send(self.client.request(reqwest::Method::OPTIONS, self.url.clone())).await {
            Ok(reply) => Ok(format!("the webhook's address answers ({}); nothing was sent", reply.status)),
            Err(none) => Err(format!("the webhook can't be reached: {none}")),
        }
    }
}
