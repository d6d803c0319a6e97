//! `[methods.NAME]`: names and keys as in django-trench, in lower case.

use std::time::Duration;

use secrecy::SecretString;

use super::handlers::{self, MessageHandler};
use super::reader::Section;
use super::settings::*;
use super::values::alphabet;
use crate::model::MethodName;

/// Handlers that send nothing and so need no dispatcher.
const OWN: [&str; 3] = ["app", "yubikey", "webauthn"];
/// Names with a meaning of their own.
const RESERVED: &[&str] = &["backup", "trust", "device", "primary"];
/// Keys of every method by message.
const COMMON: &[&str] = &[
    "handler",
    "verbose_name",
    "validity_period",
    "enrol",
    "source_field",
    "code_length",
    "code_alphabet",
    "uses_third_party_client",
];
/// Yubico's own servers, asked all at once.
const YUBICLOUD: [&str; 5] = [
    "https://api.yubico.com",
    "https://api2.yubico.com",
    "https://api3.yubico.com",
    "https://api4.yubico.com",
    "https://api5.yubico.com",
];
const YUBICLOUD_PATH: &str = "/wsapi/2.0/verify";

pub(super) fn all(section: &Section<'_>, public_url: Option<&url::Url>, handlers: &[MessageHandler]) -> Vec<MethodSettings> {
    section
        .names_in_order()
        .into_iter()
        .filter_map(|name| {
            let table = section.get(&name)?.section()?;
            if RESERVED.contains(&name.as_str()) || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)) {
                section.fault(&name, "this name can't be a method's; write another one of letters, digits, `_` and `-`");
            }
            one(&name, &table, public_url, handlers)
        })
        .collect()
}

fn one(name: &str, section: &Section<'_>, public_url: Option<&url::Url>, handlers: &[MessageHandler]) -> Option<MethodSettings> {
    let written = section.text("verbose_name");
    let is_named = written.is_some();
    let verbose_name = written.unwrap_or_else(|| name.to_owned());
    // django-trench's word; which kind a method is follows from its handler here.
    let _ = section.get("uses_third_party_client").and_then(|item| item.flag());
    let Some(handler) = section.text("handler") else {
        section.fault("handler", "the handler is missing; write handler = \"email\" or \"app\"");
        return None;
    };
    let handler = match handler.as_str() {
        "app" => Handler::App(app(section)),
        "yubikey" => Handler::Yubikey(yubikey(section)?),
        "webauthn" => Handler::Webauthn(webauthn(section, public_url?)?),
        other => match handlers.iter().find(|h| h.name == other) {
            Some(handler) => Handler::Message(Box::new(message(handler, section))),
            None => {
                let names: Vec<&str> = OWN.into_iter().chain(handlers.iter().map(|h| h.name.as_str())).collect();
                section.fault("handler", format!("there is no handler {other:?}; write one of: {}", names.join(", ")));
                return None;
            }
        },
    };
    section.finish();
    Some(MethodSettings { name: MethodName::new(name), verbose_name, is_named, handler })
}

fn app(section: &Section<'_>) -> AppSettings {
    let issuer = section.text("issuer");
    if issuer.as_deref().is_some_and(|n| n.contains(':') || n.trim().is_empty()) {
        section.fault("issuer", "authenticator apps can't show this name; write one without a colon");
    }
    AppSettings {
        period: section.number("validity_period", 30, 15..=300),
        secret_length: usize::try_from(section.number("secret_length", 32, 32..=128)).unwrap_or(32),
        issuer,
    }
}

fn yubikey(section: &Section<'_>) -> Option<YubikeySettings> {
    // django-trench gives this method no period, and neither does a key have one.
    let _ = section.get("validity_period").and_then(|item| item.duration());
    let Some(client_id) = section.get("yubicloud_client_id").and_then(|item| item.text_or_number()) else {
        section.fault("yubicloud_client_id", "the client id is missing; get one with a secret key at Yubico's site");
        return None;
    };
    let key = section.get("yubicloud_secret_key").and_then(|item| {
        let secret = item.secret()?;
        let is_base64 = data_encoding::BASE64.decode(secrecy::ExposeSecret::expose_secret(&secret).as_bytes());
        if is_base64.is_err() {
            item.fault("this is no secret key of YubiCloud; it is base64 and ends in `=`");
        }
        is_base64.ok().map(|bytes| SecretString::from(data_encoding::BASE64.encode(&bytes)))
    });
    let accept_http = section.flag("dangerously_accept_http") || key.is_some();
    let mut urls = Vec::new();
    for name in ["yubicloud_urls", "base_url"] {
        let items = section.get(name).map(|item| if item.is_list() { item.items() } else { vec![item] });
        urls.extend(items.into_iter().flatten().filter_map(|item| item.url(accept_http)));
    }
    if urls.is_empty() {
        urls.extend(YUBICLOUD.iter().filter_map(|text| url::Url::parse(text).ok()));
    }
    for url in urls.iter_mut().filter(|url| matches!(url.path(), "" | "/")) {
        url.set_path(YUBICLOUD_PATH);
    }
    Some(YubikeySettings { client_id, key, urls, timeout: section.duration("timeout", Duration::from_secs(8)) })
}

fn webauthn(section: &Section<'_>, public_url: &url::Url) -> Option<WebauthnSettings> {
    let host = public_url.domain().unwrap_or("");
    let rp_id = section.text("rp_id").unwrap_or_else(|| host.to_owned());
    if host.is_empty() || (public_url.scheme() != "https" && !super::literals::is_loopback(public_url)) {
        let fix = "WebAuthn needs a host name and https; write such a server.public_url (http://localhost works on this machine)";
        section.fault("handler", fix);
        return None;
    }
    if rp_id != host && !host.strip_suffix(&rp_id).is_some_and(|rest| rest.ends_with('.') && rp_id.contains('.')) {
        section.fault("rp_id", format!("found {rp_id:?}; write {host:?} or a domain above it"));
    }
    let user_verification = match section.text("user_verification").as_deref() {
        None | Some("preferred") => UserVerification::Preferred,
        Some("required") => UserVerification::Required,
        Some(other) => {
            section.fault("user_verification", format!("found {other:?}; write \"preferred\" or \"required\""));
            UserVerification::Required
        }
    };
    let timeout = section.duration("validity_period", Duration::from_secs(300));
    if timeout < Duration::from_secs(30) || timeout > Duration::from_secs(600) {
        section.fault("validity_period", "people need from 30 seconds to ten minutes to find and touch their key");
    }
    Some(WebauthnSettings { rp_id, user_verification, timeout })
}

fn message(handler: &MessageHandler, section: &Section<'_>) -> MessageSettings {
    let validity = section.duration("validity_period", Duration::from_secs(600));
    if validity.is_zero() || validity > Duration::from_secs(3600) {
        section.fault("validity_period", "a code must live from one second to an hour");
    }
    let enrol_directory = match section.text("enrol").as_deref() {
        None | Some("directory") => true,
        Some("self") => false,
        Some(other) => {
            section.fault("enrol", format!("found {other:?}; write \"directory\" or \"self\""));
            true
        }
    };
    let source_field = section.text("source_field").or(handler.source_field.map(str::to_owned));
    if source_field.is_none() {
        section.fault("source_field", "write the user's attribute that holds the address, such as source_field = \"pager_id\"");
    }
    let code_length = usize::try_from(section.number("code_length", 6, 6..=12)).unwrap_or(6);
    let code_alphabet = section.get("code_alphabet").and_then(|item| alphabet(&item)).unwrap_or_else(|| "0123456789".into());
    let options = handlers::read(section, handler, COMMON);
    let settings = MessageSettings {
        dispatcher: handler.name.clone(),
        validity,
        source_field: source_field.unwrap_or_default(),
        enrol_directory,
        code_length,
        code_alphabet,
        options,
        base_dir: section.reader.base.clone(),
    };
    for (key, fix) in (handler.check)(&settings) {
        section.fault(&key, fix);
    }
    settings
}
