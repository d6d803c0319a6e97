//! The keys that a dispatcher takes from its method's table: what each may be, and what was written.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::SecretString;

/// What may stand under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// A text.
    Text,
    /// A text, `{ env = … }` or `{ file = … }`; never shown.
    Secret,
    /// An `https://` address; `http://` on loopback, or with `dangerously_accept_http = true` beside it.
    Url,
    /// A span of time.
    Span,
    /// True or false.
    Flag,
    /// A text or a list of texts.
    Texts,
    /// The path of a file that is there, relative to gate.toml.
    File,
}

/// A key of a dispatcher.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub(super) name: &'static str,
    pub(super) is: Is,
    pub(super) env: &'static [&'static str],
}

impl Key {
    /// A key of this kind.
    pub const fn new(name: &'static str, is: Is) -> Self {
        Self { name, is, env: &[] }
    }

    /// The environment variables that give the value where the key isn't written; the first that is set.
    pub const fn or_env(self, env: &'static [&'static str]) -> Self {
        Self { env, ..self }
    }
}

/// Mistakes: which key, and what to write instead.
pub type Faults = Vec<(String, String)>;

/// One value as it was written.
#[derive(Clone, Debug)]
pub(super) enum Written {
    Text(String),
    Secret(SecretString),
    Url(url::Url),
    Span(Duration),
    Flag(bool),
    Texts(Vec<String>),
    Plain(toml::Value),
}

/// What was written under a dispatcher's keys.
#[derive(Clone, Debug, Default)]
pub struct Options(pub(super) BTreeMap<String, Written>);

impl Options {
    /// A text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.0.get(name)? {
            Written::Text(text) => Some(text),
            Written::Plain(value) => value.as_str(),
            _ => None,
        }
    }

    /// A secret.
    pub fn secret(&self, name: &str) -> Option<&SecretString> {
        match self.0.get(name)? {
            Written::Secret(secret) => Some(secret),
            _ => None,
        }
    }

    /// An address.
    pub fn url(&self, name: &str) -> Option<&url::Url> {
        match self.0.get(name)? {
            Written::Url(url) => Some(url),
            _ => None,
        }
    }

    /// A span of time.
    pub fn span(&self, name: &str) -> Option<Duration> {
        match self.0.get(name)? {
            Written::Span(span) => Some(*span),
            _ => None,
        }
    }

    /// A flag; false where it isn't written.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Written::Flag(true)))
    }

    /// Texts; none where the key isn't written.
    pub fn texts(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            Some(Written::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Anything else, under a key that the dispatcher didn't declare.
    pub fn plain(&self, name: &str) -> Option<&toml::Value> {
        match self.0.get(name)? {
            Written::Plain(value) => Some(value),
            _ => None,
        }
    }
}
