//! The sentences of one language, and how they are said: as text, or as a piece of a page.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::sentence::VERBATIM;
use super::{Arg, Language, Sentence, id};

/// Unicode's marks that keep a name in Latin letters from breaking up an Arabic sentence (UAX #9).
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// One language's sentences. What it doesn't have is said in English.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    pub(super) fn parse(language: Language, text: &str) -> Self {
        // A test sees to it that no file has a mistake; what could be read is said all the same.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
            tracing::error!(%language, ?errors, "a file of locales/ has mistakes");
            resource
        });
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Text from left to right needs no marks, and is easier to copy without them.
        bundle.set_use_isolating(language.dir() == "rtl");
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%language, ?errors, "a file of locales/ has mistakes");
        }
        Self { language, bundle }
    }

    /// A moment in milliseconds since the Unix epoch, as this language writes it.
    pub fn moment(&self, at: i64) -> String {
        // Its parts are numbers that belong together: kept apart, each would stand by itself, and the last first.
        self.write(&moment(at), false).replace(ISOLATES, "")
    }

    /// Which language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence, by its id or whole; `.with(name, value)` puts something into it.
    pub fn say(&self, sentence: impl Into<Sentence>) -> Said<'_> {
        Said { words: self, sentence: sentence.into() }
    }

    fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    fn write(&self, sentence: &Sentence, as_html: bool) -> String {
        if let (VERBATIM, [(_, Arg::Text(text))]) = (sentence.id, &*sentence.args) {
            return if as_html { html_escape::encode_quoted_attribute(text).into_owned() } else { text.clone() };
        }
        if !self.has(sentence.id) && self.language != Language::ENGLISH {
            return Language::ENGLISH.words().write(sentence, as_html);
        }
        let args: FluentArgs<'_> = sentence.args.iter().map(|(name, arg)| (&**name, self.value(arg, as_html))).collect();
        let Some(pattern) = self.bundle.get_message(sentence.id).and_then(|message| message.value()) else {
            tracing::error!(id = sentence.id, "there is no such sentence");
            debug_assert!(false, "there is no sentence {:?}", sentence.id);
            return sentence.id.to_owned();
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(id = sentence.id, language = %self.language, ?errors, "a sentence lacks something");
            debug_assert!(false, "{} in {}: {errors:?}", sentence.id, self.language);
        }
        said
    }

    pub(super) fn value<'a>(&self, arg: &'a Arg, as_html: bool) -> FluentValue<'a> {
        match arg {
            Arg::Text(text) if as_html => html_escape::encode_quoted_attribute(text).into(),
            Arg::Text(text) => Cow::from(text.as_str()).into(),
            Arg::Number(number) => (*number).into(),
            Arg::Moment(at) => self.moment(*at).into(),
            Arg::Span(span) => {
                let seconds = span.as_secs();
                let said = if seconds > 90 {
                    Sentence::new(id::SPAN_MINUTES).with("minutes", seconds.div_ceil(60))
                } else {
                    Sentence::new(id::SPAN_SECONDS).with("seconds", seconds + 1)
                };
                self.write(&said, as_html).into()
            }
            Arg::Sentence(sentence) => self.write(sentence, as_html).into(),
        }
    }
}

/// A moment's parts; each language orders and joins them.
fn moment(at: i64) -> Sentence {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    let padded = |pattern: &str| at.strftime(pattern).to_string();
    Sentence::new(id::MOMENT)
        .with("year", padded("%Y"))
        .with("month", padded("%m"))
        .with("day", padded("%d"))
        .with("hour", padded("%H"))
        .with("minute", padded("%M"))
}

/// A sentence in a language, on its way to a page or a message. `Display` says it; templates escape it as any text.
#[derive(Clone, Debug)]
pub struct Said<'w> {
    words: &'w Words,
    sentence: Sentence,
}

impl Said<'_> {
    /// With this in the place of `{ $name }`.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, arg: impl Into<Arg>) -> Self {
        self.sentence = self.sentence.with(name, arg);
        self
    }

    /// As a piece of a page: the sentence's own `<strong>` and `<code>` count, what stands in it is escaped.
    pub fn html(&self) -> Html {
        Html(self.words.write(&self.sentence, true))
    }

    /// Without the marks around names in right-to-left text: for text messages, where each character counts.
    pub fn bare(&self) -> String {
        self.to_string().replace(ISOLATES, "")
    }
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.write(&self.sentence, false))
    }
}

/// A piece of a page that is escaped already.
#[derive(Clone, Debug)]
pub struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}
