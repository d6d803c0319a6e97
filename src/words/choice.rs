//! Which language somebody gets: the one that they chose, else the best of those that their browser asks for, else the site's.

use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT_LANGUAGE, COOKIE as COOKIES, HeaderMap, HeaderValue};

use super::Language;

/// The cookie of the switch on the gate's pages. It is no credential, and never reaches an app.
pub const COOKIE: &str = "mfa-language";

/// A browser asks for a handful; what comes after so many counts for nothing.
const MOST: usize = 32;

/// Codes that browsers still send for a language that has another now, or that is read by the same people.
const ALIASES: [(&str, &str); 5] = [("no", "nb"), ("nn", "nb"), ("iw", "he"), ("in", "id"), ("tl", "fil")];

/// What a request says of languages. Cheap to take along: nothing is read before an answer of the gate's own is written.
#[derive(Clone, Default, PartialEq)]
pub struct Wish {
    accepted: Option<HeaderValue>,
    cookies: Option<HeaderValue>,
}

impl fmt::Debug for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The Cookie line has credentials in it.
        f.debug_struct("Wish").field("accepted", &self.accepted).field("chosen", &self.chosen()).finish()
    }
}

impl Wish {
    /// Of these headers.
    pub fn of(headers: &HeaderMap) -> Self {
        Self { accepted: headers.get(ACCEPT_LANGUAGE).cloned(), cookies: headers.get(COOKIES).cloned() }
    }

    fn chosen(&self) -> Option<Language> {
        Language::of(plain_cookie(self.cookies.as_ref()?, COOKIE)?)
    }
}

/// The first value of this name on a Cookie line. For cookies of the gate's own that are no credentials: what is, is read by
/// `canonical` alone.
pub fn plain_cookie<'l>(line: &'l HeaderValue, name: &str) -> Option<&'l str> {
    let mut pairs = line.as_bytes().split(|b| *b == b';').map(<[u8]>::trim_ascii);
    let value = pairs.find_map(|pair| pair.strip_prefix(name.as_bytes())?.strip_prefix(b"="))?;
    std::str::from_utf8(value).ok()
}

/// The languages that a site offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages {
    offered: Arc<[Language]>,
    fallback: Language,
}

impl Default for Languages {
    fn default() -> Self {
        Self::new(Language::all().collect(), Language::ENGLISH)
    }
}

impl Languages {
    /// These, and `fallback` for everyone who wants none of them.
    pub fn new(mut offered: Vec<Language>, fallback: Language) -> Self {
        if !offered.contains(&fallback) {
            offered.push(fallback);
        }
        Self { offered: offered.into(), fallback }
    }

    /// Those of the switch.
    pub fn offered(&self) -> &[Language] {
        &self.offered
    }

    /// The site's own.
    pub fn fallback(&self) -> Language {
        self.fallback
    }

    /// The language of the answer to a request.
    pub fn choose(&self, wish: &Wish) -> Language {
        let chosen = wish.chosen().filter(|language| self.offered.contains(language));
        let accepted = || wish.accepted.as_ref().and_then(|line| self.best(&String::from_utf8_lossy(line.as_bytes())));
        chosen.or_else(accepted).unwrap_or(self.fallback)
    }

    /// The best answer to an `Accept-Language` (RFC 9110, 12.5.4).
    fn best(&self, line: &str) -> Option<Language> {
        let mut ranges: Vec<(&str, u16)> = line.split(',').take(MOST).filter_map(range).collect();
        ranges.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
        let tags: Vec<&str> = self.offered.iter().map(|language| language.tag()).collect();
        let near = |range: &str| if range == "*" { Some(self.fallback) } else { nearest(range, &tags).and_then(Language::of) };
        ranges.into_iter().find_map(|(range, _)| near(range))
    }
}

/// The language itself; else one of the same language and script; else one of the same language.
pub(super) fn nearest<'t>(range: &str, tags: &[&'t str]) -> Option<&'t str> {
    let wanted = Parts::of(range);
    let find = |test: &dyn Fn(&Parts) -> bool| tags.iter().copied().find(|tag| test(&Parts::of(tag)));
    tags.iter()
        .copied()
        .find(|tag| tag.eq_ignore_ascii_case(range))
        .or_else(|| find(&|had| had.language == wanted.language && had.script == wanted.script))
        .or_else(|| find(&|had| had.language == wanted.language))
}

/// One range with its weight in thousandths; one of weight 0 is none.
fn range(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let quality = match weight {
        None => 1.0,
        Some(text) => text.trim().parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q))?,
    };
    let thousandths = (quality * 1000.0) as u16;
    (thousandths > 0).then_some((range, thousandths))
}

/// What counts of a tag.
#[derive(PartialEq, Eq)]
struct Parts {
    language: String,
    script: Option<String>,
}

impl Parts {
    fn of(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        let first = parts.next().unwrap_or("");
        let language = ALIASES.iter().find(|(old, _)| *old == first).map_or(first, |(_, new)| new).to_owned();
        let rest: Vec<&str> = parts.collect();
        let mut script = rest.iter().find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())).copied();
        if language == "zh" && script.is_none() {
            // Who says only the place means the script that is written there.
            let traditional = rest.iter().any(|part| matches!(*part, "tw" | "hk" | "mo"));
            script = Some(if traditional { "hant" } else { "hans" });
        }
        Self { language, script: script.map(str::to_owned) }
    }
}
