//! What the configuration must know of a dispatcher, and the reading of its keys.

use secrecy::SecretString;

use super::options::{Faults, Is, Key, Options, Written};
use super::reader::Section;
use super::settings::MessageSettings;

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
