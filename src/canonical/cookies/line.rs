//! A Cookie line and its cookies, with what was worked out of them.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use http::header::HeaderValue;

use super::names::CookieClass;
use crate::model::{AppName, MemberKey, TokenHash};
use crate::seal::Seal;

/// One cookie of a request, octet for octet.
#[derive(Clone)]
pub struct Pair {
    pub(super) line: Arc<Line>,
    pub(super) index: usize,
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
    /// What it is.
    pub class: CookieClass,
    /// Does it go on with its session? Harmless ones do; members are marked when their session is known.
    pub kept: bool,
}

impl Pair {
    /// Name.
    pub fn name(&self) -> &str {
        &self.line.text[self.name.clone()]
    }

    /// Value, with quotes if it had some.
    pub fn value(&self) -> &str {
        &self.line.text[self.value.clone()]
    }

    /// Its key as a member of this app's sessions.
    pub fn key(&self, seal: &Seal, app: &AppName) -> MemberKey {
        let mut keys = self.line.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() <= self.index {
            keys.resize(self.index + 1, None);
        }
        *keys[self.index].get_or_insert_with(|| seal.member(app.as_str(), self.name().as_bytes(), self.value().as_bytes()))
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value may be a credential.
        f.debug_struct("Pair").field("name", &self.name()).field("class", &self.class).finish_non_exhaustive()
    }
}

/// A Cookie line, and what was worked out of it: clients send the same one with many requests.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: Box<str>,
    keys: Mutex<Vec<Option<MemberKey>>>,
    token: OnceLock<TokenHash>,
    /// The line that was made of these of its cookies.
    made: Mutex<Option<(Vec<usize>, HeaderValue)>>,
}

impl Line {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.into(), keys: Mutex::default(), token: OnceLock::new(), made: Mutex::default() }
    }
}

/// The gate's token as a client showed it.
#[derive(Clone, Debug)]
pub struct GateToken(pub(super) Arc<Line>, pub(super) Range<usize>);

impl GateToken {
    /// Its stored form.
    pub fn hash(&self, seal: &Seal) -> TokenHash {
        *self.0.token.get_or_init(|| seal.token_hash(self.as_str()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0.text[self.1.clone()]
    }
}

/// One Cookie line of these cookies of one request. `None`: there are none.
pub fn line(pairs: &[Pair]) -> Option<HeaderValue> {
    let whole = &pairs.first()?.line;
    let mut made = whole.made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, line)) = &*made
        && of.len() == pairs.len()
        && of.iter().zip(pairs).all(|(index, pair)| *index == pair.index)
    {
        return Some(line.clone());
    }
    let mut text = String::with_capacity(whole.text.len());
    for pair in pairs {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(pair.name());
        text.push('=');
        text.push_str(pair.value());
    }
    let line = HeaderValue::from_maybe_shared(Bytes::from(text)).ok()?;
    *made = Some((pairs.iter().map(|pair| pair.index).collect(), line.clone()));
    Some(line)
}
