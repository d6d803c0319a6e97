//! Walks a TOML table with its positions, and gathers every mistake instead of stopping at the first.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::SecretString;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use super::literals::{distance, duration, kind, plain, size};

/// The text, and the mistakes found so far.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) base: PathBuf,
    problems: RefCell<Vec<Problem>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, base: &Path) -> Self {
        Self { text, base: base.to_path_buf(), problems: RefCell::default() }
    }

    /// The root table; a syntax error is a problem and gives none.
    pub(super) fn root(&self) -> Option<Spanned<DeTable<'t>>> {
        match DeTable::parse(self.text) {
            Ok(root) => Some(root),
            Err(e) => {
                self.problem(e.span().unwrap_or(0..0), "", format!("this is no TOML: {}", e.message()));
                None
            }
        }
    }

    pub(super) fn problem(&self, at: Range<usize>, key: &str, message: impl Into<String>) {
        let before = &self.text[..at.start.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        self.problems.borrow_mut().push(Problem { line, column, key: key.to_owned(), message: message.into() });
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }
}

/// One value with its key path.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    reader: &'a Reader<'a>,
    pub(super) key: String,
    pub(super) span: Range<usize>,
    pub(super) value: &'a DeValue<'a>,
}

/// One table; what isn't taken out of it is an unknown key.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) key: String,
    pub(super) span: Range<usize>,
    table: Option<&'a DeTable<'a>>,
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Section<'a> {
    pub(super) fn new(reader: &'a Reader<'a>, key: &str, span: Range<usize>, table: Option<&'a DeTable<'a>>) -> Self {
        Self { reader, key: key.to_owned(), span, table, used: RefCell::default() }
    }

    fn path(&self, name: &str) -> String {
        if self.key.is_empty() { name.to_owned() } else { format!("{}.{name}", self.key) }
    }

    /// A mistake of the table as a whole.
    pub(super) fn fault(&self, name: &str, message: impl Into<String>) {
        let span =
            self.table.and_then(|t| t.iter().find(|(k, _)| k.get_ref() == name)).map_or(self.span.clone(), |(k, _)| k.span());
        self.reader.problem(span, &self.path(name), message);
    }

    pub(super) fn get(&self, name: &str) -> Option<Item<'a>> {
        self.used.borrow_mut().insert(name.to_owned());
        let (_, value) = self.table?.iter().find(|(k, _)| k.get_ref() == name)?;
        Some(Item { reader: self.reader, key: self.path(name), span: value.span(), value: value.get_ref() })
    }

    /// A sub-table; absent, an empty one.
    pub(super) fn section(&self, name: &str) -> Section<'a> {
        match self.get(name) {
            Some(item) => item.section().unwrap_or_else(|| Section::new(self.reader, &item.key, item.span, None)),
            None => Section::new(self.reader, &self.path(name), self.span.clone(), None),
        }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.table.map(|t| t.iter().map(|(k, _)| k.get_ref().to_string()).collect()).unwrap_or_default()
    }

    /// The names in the order of the file.
    pub(super) fn names_in_order(&self) -> Vec<String> {
        let mut names: Vec<(usize, String)> =
            self.table.map(|t| t.iter().map(|(k, _)| (k.span().start, k.get_ref().to_string())).collect()).unwrap_or_default();
        names.sort();
        names.into_iter().map(|(_, name)| name).collect()
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.text()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(|i| i.flag()).unwrap_or(false)
    }

    pub(super) fn number(&self, name: &str, default: u64, range: std::ops::RangeInclusive<u64>) -> u64 {
        self.get(name).and_then(|i| i.number(range)).unwrap_or(default)
    }

    pub(super) fn duration(&self, name: &str, default: Duration) -> Duration {
        self.get(name).and_then(|i| i.duration()).unwrap_or(default)
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        self.get(name).map(|i| i.texts()).unwrap_or_default()
    }

    /// Every key that nobody asked for is a mistake.
    pub(super) fn finish(&self) {
        let Some(table) = self.table else { return };
        let used = self.used.borrow();
        for (key, _) in table.iter() {
            let name = key.get_ref();
            if !used.contains(name.as_ref()) {
                let near = used.iter().map(|k| (distance(k, name), k)).filter(|(d, _)| *d <= 3).min();
                let cure = match near {
                    Some((_, near)) => format!("there is no such key; did you mean `{near}`?"),
                    None => "there is no such key; remove it".to_owned(),
                };
                self.reader.problem(key.span(), &self.path(name), cure);
            }
        }
    }
}

impl<'a> Item<'a> {
    pub(super) fn fault(&self, message: impl Into<String>) {
        self.reader.problem(self.span.clone(), &self.key, message);
    }

    fn wrong<T>(&self, wanted: &str) -> Option<T> {
        self.fault(format!("found {}; write {wanted}", kind(self.value)));
        None
    }

    pub(super) fn text(&self) -> Option<String> {
        match self.value {
            DeValue::String(text) => Some(text.to_string()),
            _ => self.wrong("a text in quotes"),
        }
    }

    pub(super) fn text_or_number(&self) -> Option<String> {
        match self.value {
            DeValue::Integer(n) => Some(n.as_str().to_owned()),
            _ => self.text(),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.value, DeValue::Array(_))
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong("true or false"),
        }
    }

    pub(super) fn number(&self, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        match self.value {
            DeValue::Integer(n) => match n.as_str().replace('_', "").parse::<u64>() {
                Ok(n) if range.contains(&n) => Some(n),
                _ => {
                    self.fault(format!("found {}; write {wanted}", n.as_str()));
                    None
                }
            },
            _ => self.wrong(&wanted),
        }
    }

    /// `600` (seconds) or `"10m"`.
    pub(super) fn duration(&self) -> Option<Duration> {
        match self.value {
            DeValue::Integer(_) => self.number(0..=3_200_000_000).map(Duration::from_secs),
            DeValue::String(text) => match duration(text) {
                Some(span) => Some(span),
                None => self.wrong("seconds such as 600, or a text such as \"30s\", \"10m\", \"12h\", \"30d\""),
            },
            _ => self.wrong("seconds such as 600, or a text such as \"10m\""),
        }
    }

    /// `65536` (bytes), `"64KiB"`, `"100MiB"`, `"1GiB"`.
    pub(super) fn size(&self, range: std::ops::RangeInclusive<u64>) -> Option<u64> {
        let read = match self.value {
            DeValue::Integer(n) => n.as_str().replace('_', "").parse().ok(),
            DeValue::String(text) => size(text),
            _ => None,
        };
        match read {
            Some(n) if range.contains(&n) => Some(n),
            Some(n) => {
                self.fault(format!("found {n} bytes; write {} to {} bytes", range.start(), range.end()));
                None
            }
            None => self.wrong("bytes such as 65536, or a text such as \"64KiB\", \"100MiB\", \"1GiB\""),
        }
    }

    /// Where relative paths begin.
    pub(super) fn base(&self) -> &'a Path {
        &self.reader.base
    }

    /// A list of texts, or one.
    pub(super) fn texts(&self) -> Vec<String> {
        match self.value {
            DeValue::String(text) => vec![text.to_string()],
            DeValue::Array(_) => self.items().iter().filter_map(Item::text).collect(),
            _ => self.wrong::<Vec<String>>("a list of texts").unwrap_or_default(),
        }
    }

    pub(super) fn items(&self) -> Vec<Item<'a>> {
        match self.value {
            DeValue::Array(items) => items
                .iter()
                .enumerate()
                .map(|(i, v)| Item { reader: self.reader, key: format!("{}[{i}]", self.key), span: v.span(), value: v.get_ref() })
                .collect(),
            _ => self.wrong::<Vec<Item<'a>>>("a list").unwrap_or_default(),
        }
    }

    pub(super) fn section(&self) -> Option<Section<'a>> {
        match self.value {
            DeValue::Table(table) => Some(Section::new(self.reader, &self.key, self.span.clone(), Some(table))),
            _ => self.wrong("a table"),
        }
    }

    /// A string, `{ env = "NAME" }` or `{ file = "PATH" }`.
    pub(super) fn secret(&self) -> Option<SecretString> {
        if let DeValue::String(text) = self.value {
            return Some(SecretString::from(text.to_string()));
        }
        let section = self.section()?;
        let found = if let Some(name) = section.text("env") {
            #[expect(clippy::disallowed_methods, reason = "the environment is read in this room")]
            match std::env::var(&name) {
                Ok(value) if !value.is_empty() => Some(value),
                _ => {
                    self.fault(format!("the environment variable {name} is not set; set it, or write the secret's file"));
                    None
                }
            }
        } else if let Some(file) = section.text("file") {
            let path = self.reader.base.join(&file);
            match std::fs::read_to_string(&path) {
                Ok(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
                Ok(_) => {
                    self.fault(format!("{file} is empty; put the secret into it"));
                    None
                }
                Err(e) => {
                    self.fault(format!("{file} can't be read: {e}"));
                    None
                }
            }
        } else {
            self.wrong("a text, { env = \"NAME\" } or { file = \"PATH\" }")
        };
        section.finish();
        found.map(SecretString::from)
    }

    /// An address that codes and keys may be sent to.
    pub(super) fn url(&self, accept_http: bool) -> Option<url::Url> {
        let text = self.text()?;
        let Ok(url) = url::Url::parse(&text) else {
            self.fault(format!("found {text:?}; write an address such as \"https://api.example.com\""));
            return None;
        };
        match url.scheme() {
            "https" => Some(url),
            "http" if accept_http || super::literals::is_loopback(&url) => Some(url),
            "http" => {
                self.fault(
                    "codes and keys would cross the network unencrypted; write https://, or add dangerously_accept_http = true",
                );
                None
            }
            _ => {
                self.fault(format!("found {text:?}; write an address that begins with https://"));
                None
            }
        }
    }

    /// Is it `{ env = … }` or `{ file = … }`?
    pub(super) fn is_reference(&self) -> bool {
        match self.value {
            DeValue::Table(table) => table.len() == 1 && table.keys().all(|k| matches!(k.get_ref().as_ref(), "env" | "file")),
            _ => false,
        }
    }

    /// The value as plain TOML, for keys that nobody declared.
    pub(super) fn plain(&self) -> Option<toml::Value> {
        plain(self.value)
    }
}
