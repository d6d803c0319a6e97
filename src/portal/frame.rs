//! What every page has around it: the brand, the language, who is signed in; and the names of methods in words.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Portal;
use super::look::Look;
use crate::flows::{Kind, MethodView};
use crate::model::Timestamp;
use crate::store::GateRow;
use crate::words::{Html, Language, Said, Words, id};

/// What every page shows.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) look: Arc<Look>,
    pub(super) words: &'static Words,
    /// Where the switch of languages comes back to; `None`: leaving the page would lose what it shows.
    pub(super) here: Option<String>,
    pub(super) user: Option<String>,
    pub(super) form_token: String,
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame").field("user", &self.user).finish_non_exhaustive()
    }
}

impl Frame {
    /// For a page that nobody is signed in on.
    pub(super) fn bare(look: &Arc<Look>, language: Language) -> Self {
        Self { look: look.clone(), words: language.words(), here: Some("/".to_owned()), user: None, form_token: String::new() }
    }

    /// For a page of this gate session; the switch of languages comes back to `here`.
    pub(super) fn of(portal: &Portal, gate: &GateRow, language: Language, here: impl Into<String>) -> Self {
        Self {
            here: Some(here.into()),
            user: Some(gate.user.id.to_string()),
            form_token: portal.seal.form_token(&gate.id.0),
            ..Self::bare(&portal.look, language)
        }
    }

    /// Where the switch of languages comes back to.
    pub(super) fn comes_back_to(&mut self, here: String) {
        self.here = Some(here);
    }

    /// A page that is shown once: nothing on it leads away by chance.
    pub(super) fn once(self) -> Self {
        Self { here: None, ..self }
    }

    /// The title of the window: an error stands first, since it is read first.
    pub(super) fn title(&self, heading: &str, error: &Option<String>) -> String {
        match error {
            Some(_) => self.words.say(id::PAGE_ERROR_TITLE).with("title", heading).to_string(),
            None => heading.to_owned(),
        }
    }

    /// Whole seconds, rounded up: what a script counts down is over no earlier than what it counts.
    pub(super) fn seconds(&self, span: &Duration) -> u128 {
        span.as_millis().div_ceil(1000)
    }

    /// A moment, as the language writes it.
    pub(super) fn moment(&self, at: Timestamp) -> Said<'static> {
        self.words.say(id::PAGE_MOMENT).with("when", at)
    }

    /// The same for machines.
    pub(super) fn iso(&self, at: &Timestamp) -> String {
        jiff::Timestamp::from_millisecond(at.0).map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
    }

    /// A method's name for people.
    pub(super) fn name_of(&self, method: &MethodView) -> String {
        self.words.say(&method.label).to_string()
    }

    /// What a method is good for, to somebody who chooses one.
    pub(super) fn why(&self, method: &MethodView) -> Html {
        let masked = method.masked.as_deref().unwrap_or_default();
        match method.kind {
            Kind::Webauthn => self.words.say(id::ENROL_WHY_KEY).html(),
            Kind::Yubikey => self.words.say(id::ENROL_WHY_YUBIKEY).html(),
            Kind::App => self.words.say(id::ENROL_WHY_APP).html(),
            Kind::Message | Kind::Backup => self.words.say(id::ENROL_WHY_MESSAGE).with("address", masked).html(),
        }
    }
}
