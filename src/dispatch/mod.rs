//! What carries a code to a user: the `MessageDispatcher` trait and the registry of its makers.
//!
//! A new dispatcher is one file here and one line in [`Registry::built_in`]; an outside one is registered by name.

pub mod command;
pub mod email;
pub mod http;
pub mod letter;
mod logo;
pub mod notice;
pub mod relay;
mod say;
pub mod sms;
pub mod smsapi;
pub mod sns;
pub mod trouble;
pub mod twilio;
pub mod webhook;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::config::handlers::MessageHandler;
use crate::config::options::{Faults, Key};
use crate::config::settings::{MessageSettings, Settings};
use crate::model::{MethodName, Timestamp, User, Visitor};
use crate::words::{Language, Sentence};
pub use trouble::Trouble;

/// A code on its way to a user. `Debug` doesn't show the code.
#[derive(Clone)]
pub struct Message {
    /// The address or number, from the user's attributes or enrolment.
    pub to: String,
    /// The code.
    pub code: String,
    /// Who it is for.
    pub user: User,
    /// By which method.
    pub method: MethodName,
    /// The method's name for people.
    pub verbose_name: String,
    /// When the code ends.
    pub expires_at: Timestamp,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Who asked.
    pub visitor: Visitor,
    /// In which language they are written to.
    pub language: Language,
}

impl Message {
    /// How long the code lives, in whole minutes, at least one.
    pub fn minutes(&self) -> u64 {
        self.expires_at.since(self.asked_at).as_secs().div_ceil(60).max(1)
    }

    /// `{ to, code, user, method, expires_at }`, the last in seconds since the epoch.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "to": self.to, "code": self.code, "user": self.user.id, "method": self.method,
            "expires_at": self.expires_at.seconds(),
        })
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("user", &self.user.id).field("method", &self.method).finish_non_exhaustive()
    }
}

/// What a dispatcher says of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DispatchResponse {
    /// It is on its way.
    Sent,
    /// It isn't.
    Failed {
        /// A sentence for the user; no hosts, credentials or traces. `Sentence::verbatim` says a dispatcher's own words.
        details: Sentence,
        /// A sentence for the administrator's log; no credentials.
        log: String,
    },
}

/// Carries a code to a user.
#[async_trait]
pub trait MessageDispatcher: Send + Sync + fmt::Debug {
    /// Sends one message, within the dispatcher's own time limit.
    async fn dispatch(&self, message: &Message) -> DispatchResponse;
    /// Tries what `mfa-gate check` can try without sending: a sentence either way.
    async fn check(&self) -> Result<String, String> {
        Ok("it has nothing to try without sending".into())
    }
}

/// Makes a dispatcher from a method's settings. An error is a list of (key, what to write instead).
pub type Factory = Arc<dyn Fn(&Settings, &MessageSettings) -> Result<Arc<dyn MessageDispatcher>, Faults> + Send + Sync>;

/// A dispatcher that comes with the gate: its name, its keys, its maker.
pub struct BuiltIn {
    name: &'static str,
    keys: &'static [&'static [Key]],
    source_field: Option<&'static str>,
    check: fn(&MessageSettings) -> Faults,
    factory: Factory,
}

impl fmt::Debug for BuiltIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BuiltIn").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The makers of dispatchers, by handler name.
#[derive(Clone, Default)]
pub struct Registry(BTreeMap<String, (MessageHandler, Factory)>);

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Registry {
    /// The dispatchers that come with the gate, a line each.
    pub fn built_in() -> Self {
        let mut registry = Self::default();
        registry.add(email::handler());
        registry.add(twilio::handler());
        registry.add(smsapi::handler());
        registry.add(sns::handler());
        registry.add(webhook::handler());
        registry.add(command::handler());
        registry
    }

    fn add(&mut self, built_in: BuiltIn) {
        let BuiltIn { name, keys, source_field, check, factory } = built_in;
        let handler = MessageHandler { name: name.to_owned(), keys: Some(keys), source_field, check };
        self.0.insert(name.to_owned(), (handler, factory));
    }

    /// Registers a maker under a handler name. It may take any keys.
    pub fn register(&mut self, handler: &str, factory: Factory) {
        let spec = MessageHandler { name: handler.to_owned(), keys: None, source_field: Some("email"), check: |_| Faults::new() };
        self.0.insert(handler.to_owned(), (spec, factory));
    }

    /// The maker of this handler.
    pub fn factory(&self, handler: &str) -> Option<&Factory> {
        self.0.get(handler).map(|(_, factory)| factory)
    }

    /// What the configuration must know of each.
    pub fn handlers(&self) -> Vec<MessageHandler> {
        self.0.values().map(|(handler, _)| handler.clone()).collect()
    }
}
