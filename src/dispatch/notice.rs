//! Notices by e-mail of what befell an account: a backup code was used, a method was added or removed.

use minijinja::{Environment, context};

use super::DispatchResponse;
use super::letter::{self, HTML, Letter, Letterhead, PLAIN, SUBJECT, one_line};
use super::relay::Relay;
use crate::config::options::Faults;
use crate::config::settings::{Handler, Settings};
use crate::model::{Timestamp, User, Visitor};
use crate::words::{Language, Sentence};

const PARTS: [(&str, &str); 3] = [
    (SUBJECT, "{{ brand }}: {{ what }}"),
    (PLAIN, include_str!("../../templates/email/notice.txt")),
    (HTML, include_str!("../../templates/email/notice.html")),
];

/// Sends notices, where there is a relay and the user has an address.
#[derive(Debug)]
pub struct Notices {
    relay: Relay,
    templates: Environment<'static>,
    head: Letterhead,
    /// The attributes that may hold the address.
    fields: Vec<String>,
}

impl Notices {
    /// `None` without `[smtp]`.
    pub fn new(settings: &Settings) -> Result<Option<Self>, Faults> {
        if settings.smtp.is_none() {
            return Ok(None);
        }
        let templates = templates().map_err(|e| vec![("smtp".into(), e.to_string())])?;
        let of_method = |handler: &Handler| match handler {
            Handler::Message(message) if message.dispatcher == "email" => Some(message.source_field.clone()),
            _ => None,
        };
        let mut fields: Vec<String> = settings.methods.iter().filter_map(|m| of_method(&m.handler)).collect();
        fields.push("email".into());
        Ok(Some(Self { relay: Relay::new(settings)?, templates, head: Letterhead::new(settings), fields }))
    }

    /// Tells a user; a failure is said in the log and stops nothing.
    pub async fn tell(&self, user: &User, what: &Sentence, at: Timestamp, visitor: &Visitor, language: Language) {
        let Some(to) = self.fields.iter().find_map(|field| user.attributes.text(field)) else { return };
        let letter = match self.letter(user, what, at, visitor, language) {
            Ok(letter) => letter,
            Err(error) => return tracing::error!(%error, "a notice can't be written"),
        };
        if let DispatchResponse::Failed { log, .. } = self.relay.send(&to, letter).await {
            tracing::warn!(user = %user.id, %log, "a notice was not sent");
        }
    }

    /// What a user is told.
    pub(super) fn letter(
        &self,
        user: &User,
        what: &Sentence,
        at: Timestamp,
        visitor: &Visitor,
        language: Language,
    ) -> Result<Letter, minijinja::Error> {
        let about = context! {
            what => one_line(&what.say(language)), user => one_line(user.id.as_str()), when => when(at, language),
            network => visitor.ip.to_string(), browser => one_line(&visitor.user_agent),
            language => language.tag(), dir => language.dir(),
        };
        self.head.write(&self.templates, about)
    }
}

fn templates() -> Result<Environment<'static>, minijinja::Error> {
    let mut templates = letter::templates()?;
    for (name, source) in PARTS {
        templates.add_template(name, source)?;
    }
    Ok(templates)
}

/// A moment as people of this language read it.
pub fn when(at: Timestamp, language: Language) -> String {
    language.words().moment(at.0)
}
