//! Codes by e-mail: a plain and an HTML part from templates.

use std::sync::Arc;

use async_trait::async_trait;
use minijinja::{Environment, UndefinedBehavior, context};

use super::relay::Relay;
use super::say::say;
use super::{BuiltIn, DispatchResponse, Message, MessageDispatcher, Trouble};
use crate::config::options::{Faults, Is, Key};
use crate::config::settings::{MessageSettings, Settings};

const KEYS: &[Key] =
    &[Key::new("email_subject", Is::Text), Key::new("email_plain_template", Is::File), Key::new("email_html_template", Is::File)];
const PARTS: [(&str, &str, &str); 2] = [
    ("code.txt", "email_plain_template", include_str!("../../templates/email/code.txt")),
    ("code.html", "email_html_template", include_str!("../../templates/email/code.html")),
];
const SUBJECT: &str = "{{ say('mail-subject') }}";

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
struct Email {
    relay: Relay,
    templates: Environment<'static>,
    brand: String,
    host: String,
}

impl Email {
    fn new(settings: &Settings, method: &MessageSettings) -> Result<Self, Faults> {
        Ok(Self {
            relay: Relay::new(settings)?,
            templates: templates(method)?,
            brand: settings.brand.name.clone(),
            host: settings.server.public_url.host_str().unwrap_or("").to_owned(),
        })
    }

    fn render(&self, name: &str, message: &Message) -> Result<String, minijinja::Error> {
        self.templates.get_template(name)?.render(context! {
            code => &message.code, verbose_name => &message.verbose_name, brand => &self.brand, minutes => message.minutes(),
            host => &self.host, user => message.user.id.as_str(), when => super::notice::when(message.asked_at, message.language),
            network => message.visitor.ip.to_string(), browser => &message.visitor.user_agent,
            language => message.language.tag(), dir => message.language.dir(),
        })
    }
}

/// Reads the templates and tries them once; a broken one is a mistake in gate.toml, not a mail that never came.
fn templates(method: &MessageSettings) -> Result<Environment<'static>, Faults> {
    let mut faults = Faults::new();
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_fuel(Some(100_000));
    templates.add_function("say", say);
    let subject = method.options.text("email_subject").unwrap_or(SUBJECT).to_owned();
    let mut sources = vec![("subject", "email_subject", Ok(subject))];
    for (name, key, built_in) in PARTS {
        let source = match method.options.text(key) {
            Some(file) => std::fs::read_to_string(method.base_dir.join(file)).map_err(|e| format!("{file} can't be read: {e}")),
            None => Ok(built_in.to_owned()),
        };
        sources.push((name, key, source));
    }
    for (name, key, source) in sources {
        let sample = context! { code => "123456", verbose_name => "email", brand => "B", minutes => 10, host => "h", user => "u",
        when => "now", network => "127.0.0.1", browser => "b", language => "en", dir => "ltr" };
        let tried = source.and_then(|text| {
            let added = templates.add_template_owned(name, text);
            added
                .and_then(|()| templates.get_template(name)?.render(sample))
                .map_err(|e| format!("the template is broken: {e:#}"))
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
        let rendered = [self.render("subject", message), self.render("code.txt", message), self.render("code.html", message)];
        match rendered {
            [Ok(subject), Ok(plain), Ok(html)] => self.relay.send(&message.to, subject.trim(), plain, html).await,
            [Err(e), ..] | [_, Err(e), _] | [.., Err(e)] => Trouble::Setup.failed(format!("e-mail template: {e:#}")),
        }
    }

    async fn check(&self) -> Result<String, String> {
        self.relay.check().await
    }
}
