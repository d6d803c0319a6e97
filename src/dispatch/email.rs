//! Codes by e-mail: a plain and an HTML part from templates.

use std::sync::Arc;

use async_trait::async_trait;
use minijinja::{Environment, Value, context};

use super::letter::{self, HTML, Letter, Letterhead, PLAIN, SUBJECT, one_line};
use super::relay::Relay;
use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble};
use crate::config::options::{Faults, Is, Key};
use crate::config::settings::{MessageSettings, Settings};

const KEYS: &[Key] =
    &[Key::new("email_subject", Is::Text), Key::new("email_plain_template", Is::File), Key::new("email_html_template", Is::File)];
/// Each part's name, the key of an own template or of a file of one, and what stands there without.
const PARTS: [(&str, &str, &str); 3] = [
    (SUBJECT, "email_subject", "{{ say('mail-subject') }}"),
    (PLAIN, "email_plain_template", include_str!("../../templates/email/code.txt")),
    (HTML, "email_html_template", include_str!("../../templates/email/code.html")),
];

/// For the registry.
pub fn handler() -> BuiltIn {
    BuiltIn {
        name: "email",
        keys: &[KEYS],
        source_field: Some("email"),
        check: |method| templates(method).err().unwrap_or_default(),
        factory: Arc::new(|settings, method| Ok(Arc::new(Email::new(settings, method)?))),
    }
}

/// The e-mail dispatcher of one method.
#[derive(Debug)]
pub(super) struct Email {
    relay: Relay,
    templates: Environment<'static>,
    head: Letterhead,
}

impl Email {
    pub(super) fn new(settings: &Settings, method: &MessageSettings) -> Result<Self, Faults> {
        Ok(Self { relay: Relay::new(settings)?, templates: templates(method)?, head: Letterhead::new(settings) })
    }

    /// What carries the code.
    pub(super) fn letter(&self, message: &Message) -> Result<Letter, minijinja::Error> {
        self.head.write(&self.templates, about(message))
    }
}

/// What a mail with a code is about.
fn about(message: &Message) -> Value {
    context! {
        code => &message.code, verbose_name => &message.verbose_name, minutes => message.minutes(),
        user => one_line(message.user.id.as_str()), when => super::notice::when(message.asked_at, message.language),
        network => message.visitor.ip.to_string(), browser => one_line(&message.visitor.user_agent),
        language => message.language.tag(), dir => message.language.dir(),
    }
}

/// Reads the templates and tries them once; a broken one is a mistake in gate.toml, not a mail that never came.
fn templates(method: &MessageSettings) -> Result<Environment<'static>, Faults> {
    let mut faults = Faults::new();
    let mut templates = letter::templates().map_err(|e| vec![("handler".into(), e.to_string())])?;
    for (name, key, built_in) in PARTS {
        let source = match method.options.text(key) {
            Some(text) if name == SUBJECT => Ok(text.to_owned()),
            Some(file) => std::fs::read_to_string(method.base_dir.join(file)).map_err(|e| format!("{file} can't be read: {e}")),
            None => Ok(built_in.to_owned()),
        };
        let about = context! { code => "123456", verbose_name => "email", minutes => 10, user => "u", when => "now",
        network => "127.0.0.1", browser => "b" };
        let tried = source.and_then(|text| {
            let added = templates.add_template_owned(name, text);
            let tried = added.and_then(|()| letter::attempt(&templates, name, about));
            tried.map_err(|e| format!("the template is broken: {e:#}"))
        });
        if let Err(why) = tried {
            faults.push((key.into(), why));
        }
    }
    if faults.is_empty() { Ok(templates) } else { Err(faults) }
}

#[async_trait]
impl MessageDispatcher for Email {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        match self.letter(message) {
            Ok(letter) => self.relay.send(&message.to, letter).await,
            Err(e) => Trouble::Setup.failed(format!("e-mail template: {e:#}")),
        }
    }

    async fn check(&self) -> Result<String, String> {
        self.relay.check().await
    }
}
