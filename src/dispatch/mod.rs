//! What carries a code to a user: the `MessageDispatcher` trait and the registry of its makers.
//!
//! A new dispatcher is one file here and one line in [`Registry::built_in`]; an outside one is registered by name.

pub mod email;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::config::settings::{MessageSettings, Settings};
use crate::model::{MethodName, Timestamp, User, Visitor};

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
        /// A sentence for the user; no hosts, credentials or traces.
        details: String,
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
    async fn check(&self) -> Result<String, String>;
}

/// Makes a dispatcher from a method's settings. An error is a list of (key, what to write instead).
pub type Factory =
    Arc<dyn Fn(&Settings, &MessageSettings) -> Result<Arc<dyn MessageDispatcher>, Vec<(String, String)>> + Send + Sync>;

/// The makers of dispatchers, by handler name.
#[derive(Clone, Default)]
pub struct Registry(BTreeMap<String, Factory>);

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Registry {
    /// The dispatchers that come with the gate, a line each.
    pub fn built_in() -> Self {
        let mut registry = Self::default();
        registry.register("email", email::factory());
        registry
    }

    /// Registers a maker under a handler name.
    pub fn register(&mut self, handler: &str, factory: Factory) {
        self.0.insert(handler.to_owned(), factory);
    }

    /// The maker of this handler.
    pub fn factory(&self, handler: &str) -> Option<&Factory> {
        self.0.get(handler)
    }

    /// The registered names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
