//! `[methods.NAME]`: names and keys as in django-trench, in lower case.

use std::collections::BTreeMap;
use std::time::Duration;

use super::reader::Section;
use super::settings::*;
use crate::model::MethodName;

/// Handlers of the design that this version doesn't have.
const NOT_YET: &[&str] = &["twilio", "sms_api", "aws_sns", "yubikey", "webauthn", "webhook", "command"];
/// Names with a meaning of their own.
const RESERVED: &[&str] = &["backup", "trust", "device"];

pub(super) fn all(section: &Section<'_>, dispatchers: &[&str]) -> Vec<MethodSettings> {
    section
        .names_in_order()
        .into_iter()
        .filter_map(|name| {
            let table = section.get(&name)?.section()?;
            if RESERVED.contains(&name.as_str()) || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)) {
                section.fault(&name, "this name can't be a method's; write another one of letters, digits, `_` and `-`");
            }
            one(&name, &table, dispatchers)
        })
        .collect()
}

fn one(name: &str, section: &Section<'_>, dispatchers: &[&str]) -> Option<MethodSettings> {
    let verbose_name = section.text("verbose_name").unwrap_or_else(|| name.to_owned());
    // django-trench's word; which kind a method is follows from its handler here.
    let _ = section.get("uses_third_party_client").and_then(|item| item.flag());
    let Some(handler) = section.text("handler") else {
        section.fault("handler", "the handler is missing; write handler = \"email\" or \"app\"");
        return None;
    };
    let handler = match handler.as_str() {
        "app" => {
            let period = section.number("validity_period", 30, 15..=300);
            section.finish();
            Handler::App(AppSettings { period })
        }
        other if dispatchers.contains(&other) => Handler::Message(message(other, section)),
        other if NOT_YET.contains(&other) => {
            section.fault("handler", format!("{other:?} is not supported yet; remove this method"));
            return None;
        }
        other => {
            section.fault("handler", format!("there is no handler {other:?}; write one of: app, {}", dispatchers.join(", ")));
            return None;
        }
    };
    Some(MethodSettings { name: MethodName::new(name), verbose_name, handler })
}

fn message(dispatcher: &str, section: &Section<'_>) -> MessageSettings {
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
    let source_field = section.text("source_field").unwrap_or_else(|| "email".into());
    let code_length = usize::try_from(section.number("code_length", 6, 6..=12)).unwrap_or(6);
    let own: &[&str] =
        if dispatcher == "email" { &["email_subject", "email_plain_template", "email_html_template"] } else { &[] };
    let mut options = BTreeMap::new();
    for name in own.iter().copied().map(str::to_owned).chain(if dispatcher == "email" { Vec::new() } else { section.names() }) {
        const COMMON: &[&str] =
            &["handler", "verbose_name", "validity_period", "enrol", "source_field", "code_length", "uses_third_party_client"];
        if COMMON.contains(&name.as_str()) {
            continue;
        }
        if let Some(value) = section.get(&name).and_then(|item| item.plain()) {
            if dispatcher == "email" && !value.is_str() {
                section.fault(&name, "write a text in quotes");
            }
            if name.ends_with("_template") && value.as_str().is_some_and(|file| !section.reader.base.join(file).is_file()) {
                section.fault(&name, "there is no such file; write the path of a template, relative to this file");
            }
            options.insert(name, value);
        }
    }
    section.finish();
    MessageSettings {
        dispatcher: dispatcher.to_owned(),
        validity,
        source_field,
        enrol_directory,
        code_length,
        options,
        base_dir: section.reader.base.clone(),
    }
}
