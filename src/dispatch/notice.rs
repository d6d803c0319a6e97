//! Notices by e-mail of what befell an account: a backup code was used, a method was added or removed.

use minijinja::{Environment, UndefinedBehavior, context};

use super::DispatchResponse;
use super::relay::Relay;
use super::say::say;
use crate::config::options::Faults;
use crate::config::settings::{Handler, Settings};
use crate::model::{Timestamp, User, Visitor};
use crate::words::{Language, Sentence};

const PLAIN: &str = include_str!("../../templates/email/notice.txt");
const HTML: &str = include_str!("../../templates/email/notice.html");

/// Sends notices, where there is a relay and the user has an address.
#[derive(Debug)]
pub struct Notices {
    relay: Relay,
    templates: Environment<'static>,
    brand: String,
    host: String,
    /// The attributes that may hold the address.
    fields: Vec<String>,
}

impl Notices {
    /// `None` without `[smtp]`.
    pub fn new(settings: &Settings) -> Result<Option<Self>, Faults> {
        if settings.smtp.is_none() {
            return Ok(None);
        }
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.add_function("say", say);
        for (name, source) in [("notice.txt", PLAIN), ("notice.html", HTML)] {
            templates.add_template(name, source).map_err(|e| vec![("smtp".into(), e.to_string())])?;
        }
        let of_method = |handler: &Handler| match handler {
            Handler::Message(message) if message.dispatcher == "email" => Some(message.source_field.clone()),
            _ => None,
        };
        let mut fields: Vec<String> = settings.methods.iter().filter_map(|m| of_method(&m.handler)).collect();
        fields.push("email".into());
        Ok(Some(Self {
            relay: Relay::new(settings)?,
            templates,
            brand: settings.brand.name.clone(),
            host: settings.server.public_url.host_str().unwrap_or("").to_owned(),
            fields,
        }))
    }

    /// Tells a user; a failure is said in the log and stops nothing.
    pub async fn tell(&self, user: &User, what: &Sentence, at: Timestamp, visitor: &Visitor, language: Language) {
        let Some(to) = self.fields.iter().find_map(|field| user.attributes.text(field)) else { return };
        let what = what.say(language);
        let about = context! { what => &what, language => language.tag(), dir => language.dir(), brand => &self.brand, host => &self.host, user => user.id.as_str(), when => when(at, language),
        network => visitor.ip.to_string(), browser => &visitor.user_agent };
        let render = |name: &str| self.templates.get_template(name).and_then(|t| t.render(&about));
        let (Ok(plain), Ok(html)) = (render("notice.txt"), render("notice.html")) else {
            tracing::error!("a notice can't be written");
            return;
        };
        let subject = format!("{}: {what}", self.brand);
        if let DispatchResponse::Failed { log, .. } = self.relay.send(&to, &subject, plain, html).await {
            tracing::warn!(user = %user.id, %log, "a notice was not sent");
        }
    }
}

/// A moment as people of this language read it.
pub fn when(at: Timestamp, language: Language) -> String {
    language.words().moment(at.0)
}
