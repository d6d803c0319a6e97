//! That every sentence is there, in every language, whole; and that everybody gets the language that they ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use http::header::{HeaderMap, HeaderName};
use intl_pluralrules::{PluralRuleType, PluralRules};

use super::*;

/// One way in which a message can come out: what stands in it, and its tags.
#[derive(Clone, Debug, Default)]
struct Form {
    shown: BTreeSet<String>,
    tags: Vec<String>,
}

/// What a test wants to know of a message.
#[derive(Debug, Default)]
struct Message {
    forms: Vec<Form>,
    /// Everything that it names, chosen by or shown.
    names: BTreeSet<String>,
    /// The keys of each choice.
    choices: Vec<Vec<String>>,
    text: String,
}

fn read(language: Language) -> BTreeMap<String, Message> {
    let text = FILES[language.0].text;
    let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("locales/{language}.ftl: {errors:?}"));
    let mut all = BTreeMap::new();
    for entry in &resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            other => panic!("locales/{language}.ftl: only messages stand here, not {other:?}"),
        };
        let id = message.id.name.to_owned();
        assert!(message.attributes.is_empty(), "locales/{language}.ftl: {id} has an attribute");
        let mut read = Message::default();
        let pattern = message.value.as_ref().unwrap_or_else(|| panic!("locales/{language}.ftl: {id} is empty"));
        read.forms = forms(pattern, &mut read.names, &mut read.choices, &mut read.text);
        assert!(all.insert(id.clone(), read).is_none(), "locales/{language}.ftl: {id} stands there twice");
    }
    all
}

fn forms(pattern: &Pattern<&str>, names: &mut BTreeSet<String>, choices: &mut Vec<Vec<String>>, text: &mut String) -> Vec<Form> {
    let mut so_far = vec![Form::default()];
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                text.push_str(value);
                let tags = value.split('<').skip(1).map(|rest| rest.split_inclusive('>').next().unwrap_or(rest).to_owned());
                let tags: Vec<String> = tags.collect();
                so_far.iter_mut().for_each(|form| form.tags.extend(tags.iter().cloned()));
            }
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::VariableReference { id } => {
                    names.insert(id.name.to_owned());
                    text.push('…');
                    so_far.iter_mut().for_each(|form| form.shown.extend([id.name.to_owned()]));
                }
                InlineExpression::StringLiteral { value } => text.push_str(value),
                other => panic!("only variables stand in sentences, not {other:?}"),
            },
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                match selector {
                    InlineExpression::VariableReference { id } => names.extend([id.name.to_owned()]),
                    InlineExpression::FunctionReference { id, arguments: CallArguments { .. } } => {
                        panic!("{} is no variable", id.name)
                    }
                    other => panic!("{other:?} is no variable"),
                }
                let key = |key: &VariantKey<&str>| match key {
                    VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name } => (*name).to_owned(),
                };
                choices.push(variants.iter().map(|v| key(&v.key)).collect());
                let mut after = Vec::new();
                for variant in variants {
                    for inner in forms(&variant.value, names, choices, text) {
                        for form in &so_far {
                            let mut form = form.clone();
                            form.shown.extend(inner.shown.iter().cloned());
                            form.tags.extend(inner.tags.iter().cloned());
                            after.push(form);
                        }
                    }
                }
                so_far = after;
            }
        }
    }
    for form in &mut so_far {
        form.tags.sort();
    }
    so_far
}

#[test]
fn every_language_has_exactly_the_sentences_of_english() {
    let english = read(Language::ENGLISH);
    for language in Language::all() {
        let own = read(language);
        let (wanted, had): (BTreeSet<_>, BTreeSet<_>) = (english.keys().collect(), own.keys().collect());
        let missing: Vec<_> = wanted.difference(&had).collect();
        let odd: Vec<_> = had.difference(&wanted).collect();
        assert!(missing.is_empty() && odd.is_empty(), "locales/{language}.ftl lacks {missing:?} and has {odd:?} too much");
    }
}

#[test]
fn no_name_and_no_tag_is_lost_or_invented_in_any_form_of_a_sentence() {
    let english = read(Language::ENGLISH);
    for language in Language::all() {
        for (id, own) in read(language) {
            let Some(pattern) = english.get(&id) else { continue };
            let place = format!("locales/{language}.ftl: {id}");
            assert!(own.names.is_subset(&pattern.names), "{place} names {:?}, English {:?}", own.names, pattern.names);
            let always = |name: &&String| pattern.forms.iter().all(|form| form.shown.contains(*name));
            for form in &own.forms {
                let lost: Vec<_> = pattern.names.iter().filter(always).filter(|name| !form.shown.contains(*name)).collect();
                assert!(lost.is_empty(), "{place}: a form of it lacks {lost:?}");
                let known = pattern.forms.iter().any(|other| other.tags == form.tags);
                assert!(known, "{place}: a form of it has the tags {:?}", form.tags);
            }
            let shown = |message: &Message| message.forms.iter().flat_map(|f| f.shown.clone()).collect::<BTreeSet<_>>();
            assert_eq!(shown(&own), shown(pattern), "{place}");
        }
    }
}

#[test]
fn every_count_has_the_forms_that_its_language_needs() {
    for language in Language::all() {
        // The rules go by language alone: `zh` for `zh-Hans`.
        let bare: LanguageIdentifier = language.tag().split('-').next().unwrap().parse().unwrap();
        let rules = PluralRules::create(bare, PluralRuleType::CARDINAL).unwrap_or_else(|why| panic!("{language}: {why}"));
        let needed: BTreeSet<String> =
            (0..=210_usize).map(|n| format!("{:?}", rules.select(n).unwrap()).to_lowercase()).collect();
        const ALL: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
        for (id, message) in read(language) {
            for keys in message.choices.iter().filter(|keys| keys.iter().any(|key| ALL.contains(&key.as_str()))) {
                let lacks: Vec<_> = needed.iter().filter(|form| !keys.contains(form)).collect();
                assert!(lacks.is_empty(), "locales/{language}.ftl: {id} lacks {lacks:?}");
                let odd: Vec<_> = keys.iter().filter(|k| !ALL.contains(&k.as_str()) && k.parse::<u32>().is_err()).collect();
                assert!(odd.is_empty(), "locales/{language}.ftl: {id} has {odd:?}");
            }
        }
    }
}

/// Every file under a folder of this project.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut dirs = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { dirs.push(path) } else { found.push(path) }
        }
    }
    found.retain(|path| !path.ends_with("words/tests.rs"));
    found
}

/// The names of the `.with("name", …)` that follow.
fn names_after(mut rest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    while let Some(inside) = rest.trim_start().strip_prefix(".with(").map(str::trim_start) {
        let name = inside.split('"').nth(1).unwrap_or("");
        names.insert(name.to_owned());
        let mut depth = 1;
        let end = inside.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        rest = &inside[end.map_or(inside.len(), |end| end + 1)..];
    }
    names
}

#[test]
fn every_sentence_that_is_said_is_there_and_every_one_that_is_there_is_said() {
    let english = read(Language::ENGLISH);
    // The build reads this one.
    let mut said = BTreeSet::from(["language-name".to_owned()]);
    let mut wrong = Vec::new();
    for path in files("src").into_iter().chain(files("templates")) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let mut uses: Vec<(String, BTreeSet<String>)> = Vec::new();
        // In the templates of e-mails, for instance `say("mail-code", code=code)`.
        for (at, found) in text.match_indices("{{ say(") {
            let (call, _) = text[at + found.len()..].split_once(')').unwrap();
            let (id, names) = call.split_once(',').unwrap_or((call, ""));
            let names = names.split(',').filter_map(|pair| Some(pair.split_once('=')?.0.trim().to_owned())).collect();
            uses.push((id.trim_matches(['"', '\'']).to_owned(), names));
        }
        for (at, found) in text.match_indices("words.say(\"").chain(text.match_indices("words().say(\"")) {
            let rest = &text[at + found.len()..];
            let (id, rest) = rest.split_once('"').unwrap();
            uses.push((id.to_owned(), names_after(rest.strip_prefix(')').unwrap_or(""))));
        }
        for (at, _) in text.match_indices("id::") {
            let rest = &text[at + 4..];
            let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            let before = &text[..at];
            let begins = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if name.len() > 1 && begins {
                let id = name.to_lowercase().replace('_', "-");
                // A constant that goes elsewhere first gets its names there.
                let said_here = before.ends_with("Sentence::new(") || before.ends_with("say(") || before.ends_with("words::");
                match said_here.then(|| rest.strip_prefix(')')).flatten() {
                    Some(rest) => uses.push((id, names_after(rest))),
                    None => said.extend([id]),
                }
            }
        }
        for (id, names) in uses {
            match english.get(&id) {
                None => wrong.push(format!("{}: there is no sentence {id:?}", path.display())),
                Some(message) if message.names != names => {
                    wrong.push(format!("{}: {id} wants {:?} and gets {names:?}", path.display(), message.names));
                }
                Some(_) => {}
            }
            said.insert(id);
        }
    }
    let silent: Vec<_> = english.keys().filter(|id| !said.contains(*id)).collect();
    assert!(wrong.is_empty() && silent.is_empty(), "wrong: {wrong:#?}\nnever said: {silent:#?}");
}

#[test]
fn a_sentence_is_said_with_what_stands_in_it() {
    let english = Language::ENGLISH.words();
    assert_eq!(english.say(id::SPAN_MINUTES).with("minutes", 1_u32).to_string(), "1 minute");
    assert_eq!(english.say(id::SPAN_MINUTES).with("minutes", 12_u32).to_string(), "12 minutes");
    assert_eq!(english.value_of(Arg::Moment(1_767_323_045_000)), "2026-01-02 03:04 UTC");
}

#[test]
fn a_date_is_one_piece_in_every_language_and_stands_apart_in_one_from_right_to_left() {
    for language in Language::all() {
        let words = language.words();
        let moment = words.value_of(Arg::Moment(1_767_323_045_000));
        assert!(!moment.contains(['\u{2068}', '\u{2069}']), "{language}: {moment:?}");
        let whole = words.say(id::NOTICE_WHEN).with("when", Arg::Moment(1_767_323_045_000)).to_string();
        let apart = whole.contains(&format!("\u{2068}{moment}\u{2069}"));
        assert_eq!(apart, language.dir() == "rtl", "{language}: {whole:?}");
    }
}

impl Words {
    /// One value, as sentences of this language have it.
    fn value_of(&self, arg: impl Into<Arg>) -> String {
        let arg = arg.into();
        match self.value(&arg, false) {
            fluent_bundle::FluentValue::String(text) => text.into_owned(),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_language_that_is_not_there_has_its_nearest() {
    let tags = ["en", "nb", "pl", "pt", "sr-Cyrl", "sr-Latn", "zh-Hans", "zh-Hant"];
    for (range, tag) in [
        ("pl", "pl"),
        ("PL-pl", "pl"),
        ("pt-BR", "pt"),
        ("en-GB-oxendict", "en"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sr", "sr-Cyrl"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
    ] {
        assert_eq!(choice::nearest(range, &tags), Some(tag), "{range}");
    }
    assert_eq!(choice::nearest("zh-TW", &["en", "zh"]), Some("zh"));
    assert_eq!(choice::nearest("tlh", &tags), None);
    assert_eq!(choice::nearest("p", &tags), None);
}

fn wish(accepted: &str, cookies: &str) -> Wish {
    let mut headers = HeaderMap::new();
    for (name, value) in [("accept-language", accepted), ("cookie", cookies)] {
        if !value.is_empty() {
            headers.insert(HeaderName::from_static(name), value.parse().unwrap());
        }
    }
    Wish::of(&headers)
}

#[test]
fn the_switch_goes_before_the_browser_and_its_order_counts() {
    let (site, polish) = (Languages::default(), Language::of("pl").unwrap());
    for (accepted, cookies, wanted) in [
        ("pl", "", polish),
        ("pl-PL,pl;q=0.9,en-US;q=0.8,en;q=0.7", "", polish),
        ("en;q=0.7, pl;q=0.8", "", polish),
        ("tlh, pl;q=0.1", "", polish),
        ("pl;q=0.8, en", "", Language::ENGLISH),
        ("en", "a=b; mfa-language=pl", polish),
        ("pl", "mfa-language=en;x=y", Language::ENGLISH),
        ("pl", "mfa-language=xx", polish),
        ("pl", "mfa-language=", polish),
        ("en", "xmfa-language=pl; mfa-languages=pl", Language::ENGLISH),
    ] {
        assert_eq!(site.choose(&wish(accepted, cookies)), wanted, "{accepted} {cookies}");
    }
    let only_english = Languages::new(vec![Language::ENGLISH], Language::ENGLISH);
    assert_eq!(only_english.choose(&wish("pl", "mfa-language=pl")), Language::ENGLISH);
}

#[test]
fn whoever_asks_for_nothing_that_is_offered_gets_the_sites_language() {
    let site = Languages::default();
    for line in ["", "tlh", "xx-YY, *;q=0", "pl;q=0", "pl;q=2", ";;;,,,", "\u{e4}"] {
        assert_eq!(site.choose(&wish(line, "")), Language::ENGLISH, "{line}");
    }
}
