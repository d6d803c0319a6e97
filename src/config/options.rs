//! The keys that a dispatcher takes from its method's table: what each may be, and what was written.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::SecretString;

use super::reader::Section;
use super::settings::MessageSettings;

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
    name: &'static str,
    is: Is,
    env: &'static [&'static str],
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

/// What the configuration must know of a dispatcher.
#[derive(Clone)]
pub struct MessageHandler {
    /// The name that `handler` takes.
    pub name: String,
    /// Its own keys, in groups; `None`: any.
    pub keys: Option<&'static [&'static [Key]]>,
    /// The attribute with the address where `source_field` isn't written; `None`: it must be.
    pub source_field: Option<&'static str>,
    /// What must hold between its keys.
    pub check: fn(&MessageSettings) -> Faults,
}

impl std::fmt::Debug for MessageHandler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MessageHandler").field("name", &self.name).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
enum Written {
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
pub struct Options(BTreeMap<String, Written>);

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

/// Reads the keys of one dispatcher; `common` are those of every method by message.
pub(super) fn read(section: &Section<'_>, handler: &MessageHandler, common: &[&str]) -> Options {
    let mut options = Options::default();
    match handler.keys {
        Some(groups) => {
            let accept_http = section.flag("dangerously_accept_http");
            for key in groups.iter().copied().flatten() {
                if let Some(written) = declared(section, *key, accept_http) {
                    options.0.insert(key.name.to_owned(), written);
                }
            }
        }
        None => {
            for name in section.names().into_iter().filter(|name| !common.contains(&name.as_str())) {
                let Some(item) = section.get(&name) else { continue };
                let secret = item.is_reference().then(|| item.secret()).flatten().map(Written::Secret);
                if let Some(written) = secret.or_else(|| item.plain().map(Written::Plain)) {
                    options.0.insert(name, written);
                }
            }
        }
    }
    options
}

fn declared(section: &Section<'_>, key: Key, accept_http: bool) -> Option<Written> {
    let Some(item) = section.get(key.name) else {
        let text = super::from_environment(key.env)?;
        return Some(if key.is == Is::Secret { Written::Secret(SecretString::from(text)) } else { Written::Text(text) });
    };
    Some(match key.is {
        Is::Text => Written::Text(item.text()?),
        Is::Secret => Written::Secret(item.secret()?),
        Is::Url => Written::Url(item.url(accept_http)?),
        Is::Span => Written::Span(item.duration()?),
        Is::Flag => Written::Flag(item.flag()?),
        Is::Texts => Written::Texts(item.texts()),
        Is::File => {
            let text = item.text()?;
            if !section.reader.base.join(&text).is_file() {
                item.fault("there is no such file; write a path relative to this file");
            }
            Written::Text(text)
        }
    })
}
