//! Codes by text message through Twilio: its Messages resource, API version 2010-04-01.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};

use super::trouble::without_numbers;
use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble, http, sms};
use crate::config::options::{Faults, Is, Key, Options};
use crate::config::settings::MessageSettings;

const KEYS: &[Key] = &[
    Key::new("twilio_account_sid", Is::Text).or_env(&["TWILIO_ACCOUNT_SID"]),
    Key::new("twilio_auth_token", Is::Secret).or_env(&["TWILIO_AUTH_TOKEN"]),
    Key::new("twilio_api_key", Is::Text).or_env(&["TWILIO_API_KEY"]),
    Key::new("twilio_api_secret", Is::Secret).or_env(&["TWILIO_API_SECRET", "TWILIO_API_KEY_SECRET"]),
    Key::new("twilio_verified_from_number", Is::Text),
    Key::new("twilio_messaging_service_sid", Is::Text),
];

/// For the registry.
pub fn handler() -> BuiltIn {
    BuiltIn {
        name: "twilio",
        keys: &[KEYS, sms::KEYS, http::KEYS],
        source_field: Some("phone_number"),
        check,
        factory: Arc::new(|settings, method| {
            Ok(Arc::new(Twilio {
                account: Account::read(&method.options)?,
                numbers: sms::Numbers::read(&method.options)?,
                text: sms::Text::read(settings, &method.options)?,
                client: http::client(&method.options).map_err(|e| vec![("timeout".into(), e)])?,
            }))
        }),
    }
}

fn check(method: &MessageSettings) -> Faults {
    let mut faults = sms::faults(method);
    faults.extend(Account::read(&method.options).err().unwrap_or_default());
    faults
}

/// Who sends, and with which key.
#[derive(Debug)]
struct Account {
    url: String,
    user: String,
    password: SecretString,
    /// `From` or `MessagingServiceSid`.
    sender: (&'static str, String),
}

impl Account {
    fn read(options: &Options) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut fault = |key: &str, fix: &str| faults.push((key.to_owned(), fix.to_owned()));
        let sid = options.text("twilio_account_sid").unwrap_or("");
        if !is_sid(sid, "AC") {
            fault("twilio_account_sid", "write the account's SID (AC and 32 hex digits), or set TWILIO_ACCOUNT_SID");
        }
        let by_key = options.text("twilio_api_key").zip(options.secret("twilio_api_secret"));
        let by_token = options.secret("twilio_auth_token").map(|token| (sid, token));
        let Some((user, password)) = by_key.or(by_token) else {
            let fix = "write the auth token, or twilio_api_key with twilio_api_secret, or set TWILIO_AUTH_TOKEN";
            fault("twilio_auth_token", fix);
            return Err(faults);
        };
        let sender = match (options.text("twilio_messaging_service_sid"), options.text("twilio_verified_from_number")) {
            (Some(service), _) => {
                if !is_sid(service, "MG") {
                    fault("twilio_messaging_service_sid", "write the service's SID: MG and 32 hex digits");
                }
                ("MessagingServiceSid", service.to_owned())
            }
            (None, Some(number)) => ("From", sender_number(number)),
            (None, None) => {
                fault("twilio_verified_from_number", "write the number that messages come from, or twilio_messaging_service_sid");
                return Err(faults);
            }
        };
        let base = options.url("base_url").map_or("https://api.twilio.com", |url| url.as_str()).trim_end_matches('/');
        let url = format!("{base}/2010-04-01/Accounts/{sid}/Messages.json");
        let account = Self { url, user: user.to_owned(), password: password.clone(), sender };
        if faults.is_empty() { Ok(account) } else { Err(faults) }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.user, Some(self.password.expose_secret()))
    }
}

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// `+48 123 456 789` without blanks; a name (`MyShop`) or a short code stays as it is.
fn sender_number(text: &str) -> String {
    match text.trim().strip_prefix('+') {
        Some(rest) => std::iter::once('+').chain(rest.chars().filter(char::is_ascii_digit)).collect(),
        None => text.trim().to_owned(),
    }
}

#[derive(Debug)]
struct Twilio {
    account: Account,
    numbers: sms::Numbers,
    text: sms::Text,
    client: Client,
}

#[async_trait]
impl MessageDispatcher for Twilio {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let to = match self.numbers.normal(&message.to) {
            Ok(to) => to,
            Err(failed) => return failed,
        };
        let lives = message.expires_at.since(message.asked_at).as_secs().clamp(6, 36_000).to_string();
        let body = self.text.of(message);
        let (sender, value) = &self.account.sender;
        // Twilio keeps neither the code nor the whole number where the account allows that.
        let form = [("To", to.as_str()), ("Body", &body), (sender, value), ("ValidityPeriod", &lives)];
        let request = self.account.signed(self.client.post(&self.account.url)).form(&form);
        let reply = match http::send(request).await {
            Ok(reply) => reply,
            Err(none) => return none.failed("Twilio"),
        };
        let said = reply.json();
        if reply.is_success() && said.get("sid").is_some_and(serde_json::Value::is_string) {
            return DispatchResponse::Sent;
        }
        let code = said.get("code").and_then(serde_json::Value::as_i64);
        let message = said.get("message").and_then(serde_json::Value::as_str).unwrap_or("");
        failure(reply.status, code, message)
    }

    async fn check(&self) -> Result<String, String> {
        let request = self.account.signed(self.client.get(format!("{}?PageSize=1", self.account.url)));
        match http::send(request).await {
            Ok(reply) if reply.is_success() => Ok("Twilio accepts the credentials".into()),
            Ok(reply) if matches!(reply.status, 401 | 403) => Err("Twilio refuses the credentials".into()),
            Ok(reply) => Ok(format!("Twilio's address answers ({}); the credentials were not tried", reply.status)),
            Err(none) => Err(format!("Twilio can't be reached: {none}")),
        }
    }
}

/// What a refusal means (<https://www.twilio.com/docs/api/errors>).
fn failure(status: u16, code: Option<i64>, message: &str) -> DispatchResponse {
    let Some(code) = code else {
        return match status {
            // What looks like a success and names no message may be one.
            200..300 => Trouble::Unknown.failed(format!("Twilio: status {status}, and an answer that can't be read")),
            401 | 403 => {
                Trouble::Setup.failed(format!("Twilio: status {status}; check twilio_account_sid and twilio_auth_token"))
            }
            _ => Trouble::Later.failed(format!("Twilio: status {status}, without a reason")),
        };
    };
    let (trouble, advice) = match code {
        20003 | 20005 | 20404 => (Trouble::Setup, "check twilio_account_sid, twilio_auth_token and that the account is active"),
        20429 | 14107 | 30001 => (Trouble::Later, "Twilio asks to send more slowly"),
        21211 | 21614 | 21217 | 21401 | 21407 | 21604 => {
            (Trouble::Recipient, "the user's number can't get text messages; correct it")
        }
        21610 => (Trouble::OptedOut, "the user has answered STOP to this sender"),
        21612 => (Trouble::Recipient, "the user's number can't be reached from this sender; try another sender or service"),
        21408 => (Trouble::Setup, "the account may not send to this country; allow it in Twilio's geo permissions"),
        21606 | 21212 | 21603 | 21611 | 21659 | 21660 => (
            Trouble::Setup,
            "check twilio_verified_from_number: it is not a number of this account that sends messages, or its queue is full",
        ),
        21608 => (Trouble::Setup, "a trial account sends to verified numbers only; verify the user's number or upgrade"),
        21602 | 21605 | 21617 => (Trouble::Setup, "the text is empty or too long; check sms_text"),
        21701..=21705 => (Trouble::Setup, "check twilio_messaging_service_sid"),
        30002 => (Trouble::Setup, "the account is suspended"),
        _ if status >= 500 => (Trouble::Later, "Twilio has trouble of its own"),
        _ => (Trouble::Setup, "see twilio.com/docs/errors"),
    };
    trouble.failed(format!("Twilio {code}: {advice} ({})", without_numbers(message)))
}
