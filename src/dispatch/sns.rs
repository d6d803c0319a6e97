//! Codes by text message through Amazon SNS: one `Publish`, signed with Signature Version 4.

use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::{digest, hmac};
use data_encoding::HEXLOWER;
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};

use super::trouble::without_numbers;
use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble, http, sms};
use crate::clock::Clock;
use crate::config::options::{Faults, Is, Key, Options};
use crate::config::settings::MessageSettings;
use crate::model::Timestamp;

const KEYS: &[Key] = &[
    Key::new("aws_access_key", Is::Text).or_env(&["AWS_ACCESS_KEY_ID"]),
    Key::new("aws_secret_key", Is::Secret).or_env(&["AWS_SECRET_ACCESS_KEY"]),
    Key::new("aws_session_token", Is::Secret).or_env(&["AWS_SESSION_TOKEN"]),
    Key::new("aws_region", Is::Text).or_env(&["AWS_REGION", "AWS_DEFAULT_REGION"]),
    Key::new("aws_sender_id", Is::Text),
];
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// For the registry.
pub fn handler() -> BuiltIn {
    BuiltIn {
        name: "aws_sns",
        keys: &[KEYS, sms::KEYS, http::KEYS],
        source_field: Some("phone_number"),
        check,
        factory: Arc::new(|settings, method| {
            Ok(Arc::new(Sns {
                account: Account::read(&method.options)?,
                sender: method.options.text("aws_sender_id").map(str::to_owned),
                numbers: sms::Numbers::read(&method.options)?,
                text: sms::Text::read(settings, &method.options)?,
                client: http::client(&method.options).map_err(|e| vec![("timeout".into(), e)])?,
                clock: Clock::system(),
            }))
        }),
    }
}

fn check(method: &MessageSettings) -> Faults {
    let mut faults = sms::faults(method);
    faults.extend(Account::read(&method.options).err().unwrap_or_default());
    let sender = method.options.text("aws_sender_id");
    if sender.is_some_and(|s| s.is_empty() || s.len() > 11 || !s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
        faults.push(("aws_sender_id".into(), "write one to eleven letters, digits or hyphens".into()));
    }
    faults
}

#[derive(Debug)]
struct Account {
    url: url::Url,
    region: String,
    key: String,
    secret: SecretString,
    token: Option<SecretString>,
}

impl Account {
    fn read(options: &Options) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut wanted = |key: &str, fix: &str| faults.push((key.to_owned(), fix.to_owned()));
        let region = options.text("aws_region").unwrap_or("");
        if region.is_empty() || !region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            wanted("aws_region", "write the region such as \"eu-central-1\", or set AWS_REGION");
        }
        let key = options.text("aws_access_key").unwrap_or("");
        if key.is_empty() {
            wanted("aws_access_key", "write the access key's id, or set AWS_ACCESS_KEY_ID");
        }
        if options.secret("aws_secret_key").is_none() {
            wanted("aws_secret_key", "write the secret access key, or set AWS_SECRET_ACCESS_KEY");
        }
        let own = || url::Url::parse(&format!("https://sns.{region}.amazonaws.com/")).ok();
        match (options.url("base_url").cloned().or_else(own), options.secret("aws_secret_key")) {
            (Some(url), Some(secret)) if faults.is_empty() => Ok(Self {
                url,
                region: region.to_owned(),
                key: key.to_owned(),
                secret: secret.clone(),
                token: options.secret("aws_session_token").cloned(),
            }),
            _ => Err(faults),
        }
    }

    /// A signed request (AWS Signature Version 4) with this form.
    fn request(&self, client: &Client, form: &[(&str, &str)], now: Timestamp) -> RequestBuilder {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let at = jiff::Timestamp::from_millisecond(now.0).map(|t| t.strftime("%Y%m%dT%H%M%SZ").to_string()).unwrap_or_default();
        let day = at.get(..8).unwrap_or("");
        let scope = format!("{day}/{}/sns/aws4_request", self.region);
        let mut headers =
            vec![("content-type", FORM.to_owned()), ("host", self.url.authority().to_owned()), ("x-amz-date", at.clone())];
        if let Some(token) = &self.token {
            headers.push(("x-amz-security-token", token.expose_secret().to_owned()));
        }
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let canonical = format!("POST\n{}\n\n{lines}\n{names}\n{}", self.url.path(), sha256(&body));
        let to_sign = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{}", sha256(&canonical));
        let secret = format!("AWS4{}", self.secret.expose_secret());
        let key = [day, &self.region, "sns", "aws4_request"]
            .iter()
            .fold(secret.into_bytes(), |key, part| mac(&key, part).as_ref().to_vec());
        let signature = HEXLOWER.encode(mac(&key, &to_sign).as_ref());
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}", self.key);
        let mut request = client.post(self.url.clone()).body(body).header("authorization", authorization);
        for (name, value) in headers.iter().filter(|(name, _)| *name != "host") {
            request = request.header(*name, value);
        }
        request
    }
}

fn sha256(text: &str) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}

fn mac(key: &[u8], text: &str) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes())
}

#[derive(Debug)]
struct Sns {
    account: Account,
    sender: Option<String>,
    numbers: sms::Numbers,
    text: sms::Text,
    client: Client,
    clock: Clock,
}

#[async_trait]
impl MessageDispatcher for Sns {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let to = match self.numbers.normal(&message.to) {
            Ok(to) => to,
            Err(failed) => return failed,
        };
        let text = self.text.of(message);
        let mut form = vec![
            ("Action", "Publish"),
            ("Version", "2010-03-31"),
            ("PhoneNumber", &to),
            ("Message", &text),
            ("MessageAttributes.entry.1.Name", "AWS.SNS.SMS.SMSType"),
            ("MessageAttributes.entry.1.Value.DataType", "String"),
            ("MessageAttributes.entry.1.Value.StringValue", "Transactional"),
        ];
        if let Some(sender) = &self.sender {
            form.push(("MessageAttributes.entry.2.Name", "AWS.SNS.SMS.SenderID"));
            form.push(("MessageAttributes.entry.2.Value.DataType", "String"));
            form.push(("MessageAttributes.entry.2.Value.StringValue", sender));
        }
        let reply = match http::send(self.account.request(&self.client, &form, self.clock.now())).await {
            Ok(reply) => reply,
            Err(none) => return none.failed("Amazon SNS"),
        };
        let said = String::from_utf8_lossy(&reply.body);
        if reply.is_success() {
            return match element(&said, "MessageId") {
                Some(_) => DispatchResponse::Sent,
                None => Trouble::Unknown.failed("Amazon SNS: an answer that can't be read"),
            };
        }
        failure(reply.status, element(&said, "Code").unwrap_or(""), element(&said, "Message").unwrap_or(""))
    }

    async fn check(&self) -> Result<String, String> {
        let form = [("Action", "GetSMSAttributes"), ("Version", "2010-03-31")];
        match http::send(self.account.request(&self.client, &form, self.clock.now())).await {
            Ok(reply) if reply.is_success() => Ok("Amazon SNS accepts the key".into()),
            Ok(reply) => match element(&String::from_utf8_lossy(&reply.body), "Code").unwrap_or("") {
                // The key is right; it may do less than we asked, and Publish may be all that it may.
                "AuthorizationError" | "AccessDenied" => Ok("Amazon SNS knows the key".into()),
                code => Err(format!("Amazon SNS: status {} {code}", reply.status)),
            },
            Err(none) => Err(format!("Amazon SNS can't be reached: {none}")),
        }
    }
}

/// The text of the first element of this name; Amazon's answers nest it at different depths.
fn element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once("</").map(|(text, _)| text)
}

/// What an error code means (the service's model of `Publish`).
fn failure(status: u16, code: &str, message: &str) -> DispatchResponse {
    let (trouble, advice) = match code {
        "InvalidParameter" | "InvalidParameterValue" | "ParameterValueInvalid" => {
            (Trouble::Recipient, "the user's number or the text is refused; correct the number")
        }
        "OptedOut" | "OptInRequired" => (Trouble::OptedOut, "the user has opted out"),
        "InvalidClientTokenId" | "SignatureDoesNotMatch" | "InvalidSecurity" | "ExpiredToken" | "IncompleteSignature" => {
            (Trouble::Setup, "check aws_access_key and aws_secret_key, and this machine's clock")
        }
        "AuthorizationError" | "AccessDenied" => (Trouble::Setup, "the key may not do sns:Publish; allow it"),
        "Throttling" | "ThrottlingException" | "Throttled" => {
            (Trouble::Later, "Amazon asks to send more slowly, or the month's limit is spent")
        }
        _ if status >= 500 => (Trouble::Later, "Amazon has trouble of its own"),
        _ => (Trouble::Setup, "see the service's error codes"),
    };
    trouble.failed(format!("Amazon SNS {status} {code}: {advice} ({})", without_numbers(message)))
}
