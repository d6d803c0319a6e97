//! What all text messages have in common: the number in E.164, and a text that phones read and fill in.

use minijinja::{Environment, UndefinedBehavior, context};
use phonenumber::{Mode, Type, country};

use super::{DispatchResponse, Message, Trouble};
use crate::config::options::{Faults, Is, Key, Options};
use crate::config::settings::{MessageSettings, Settings};
use crate::words::id;

/// Keys of every handler that sends text messages.
pub const KEYS: &[Key] = &[Key::new("region", Is::Text), Key::new("countries", Is::Texts), Key::new("sms_text", Is::Text)];

/// Which numbers are sent to.
#[derive(Clone, Debug)]
pub struct Numbers {
    region: Option<country::Id>,
    countries: Vec<country::Id>,
}

impl Numbers {
    /// `region` for numbers without a country, `countries` that may be sent to.
    pub fn read(options: &Options) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut country = |key: &str, text: &str| {
            let id = text.parse::<country::Id>().ok();
            if id.is_none() {
                faults.push((key.into(), format!("found {text:?}; write a country's two letters such as \"PL\"")));
            }
            id
        };
        let region = options.text("region").and_then(|text| country("region", text));
        let countries = options.texts("countries").iter().filter_map(|text| country("countries", text)).collect();
        if faults.is_empty() { Ok(Self { region, countries }) } else { Err(faults) }
    }

    /// The number in E.164 (`+48123456789`), or what is said instead.
    pub fn normal(&self, text: &str) -> Result<String, DispatchResponse> {
        let trimmed = text.trim();
        let international = trimmed.strip_prefix("00").map(|rest| format!("+{rest}"));
        let number = phonenumber::parse(self.region, international.as_deref().unwrap_or(trimmed));
        let Ok(number) = number else {
            let how = if self.region.is_none() { "; write it as +48…, or set region" } else { "" };
            return Err(Trouble::Recipient.failed(format!("the number on file is no phone number{how}")));
        };
        let country = number.country().id();
        if !self.countries.is_empty() && !country.is_some_and(|id| self.countries.contains(&id)) {
            return Err(Trouble::Recipient.failed("the number is of a country that `countries` doesn't name"));
        }
        if matches!(number.number_type(&phonenumber::metadata::DATABASE), Type::PremiumRate | Type::SharedCost) {
            return Err(Trouble::Recipient.failed("the number on file is a premium-rate number; nothing is sent there"));
        }
        Ok(number.format().mode(Mode::E164).to_string())
    }
}

/// The text of a message.
#[derive(Debug)]
pub struct Text {
    template: Option<Environment<'static>>,
    brand: String,
    host: String,
}

impl Text {
    /// Reads `sms_text` and tries it once.
    pub fn read(settings: &Settings, options: &Options) -> Result<Self, Faults> {
        let brand = settings.brand.name.clone();
        let host = settings.server.public_url.host_str().unwrap_or("").trim_matches(['[', ']']).to_owned();
        Ok(Self { template: template(options)?, brand, host })
    }

    /// The text, its last line bound to this origin (WICG origin-bound one-time codes), in one segment where it can be.
    pub fn of(&self, message: &Message) -> String {
        let minutes = message.minutes();
        let own = self.template.as_ref().and_then(|t| t.get_template("sms").ok()).and_then(|t| {
            t.render(context! { code => &message.code, brand => &self.brand, minutes => minutes, host => &self.host }).ok()
        });
        let code = &message.code;
        let bound = format!("@{} #{code}", self.host);
        let said = own.unwrap_or_else(|| {
            let words = message.language.words();
            let named = words.say(id::SMS_CODE_BRAND).with("code", code).with("brand", &self.brand).bare();
            let plain = words.say(id::SMS_CODE).with("code", code).bare();
            // A brand outside GSM 03.38 would halve what fits into a segment, where the language itself doesn't.
            let costs = !is_gsm(&named) && is_gsm(&plain);
            if !costs && fits_one_segment(&format!("{named}\n\n{bound}")) { named } else { plain }
        });
        format!("{said}\n\n{bound}")
    }
}

/// Mistakes in the keys that all text messages share.
pub fn faults(method: &MessageSettings) -> Faults {
    let mut faults = Numbers::read(&method.options).err().unwrap_or_default();
    faults.extend(template(&method.options).err().unwrap_or_default());
    faults
}

fn template(options: &Options) -> Result<Option<Environment<'static>>, Faults> {
    let Some(source) = options.text("sms_text") else { return Ok(None) };
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_fuel(Some(100_000));
    let sample = context! { code => "123456", brand => "B", minutes => 1, host => "h" };
    let tried =
        templates.add_template_owned("sms", source.to_owned()).and_then(|()| templates.get_template("sms")?.render(sample));
    match tried {
        Ok(text) if text.contains("123456") => Ok(Some(templates)),
        Ok(_) => Err(vec![("sms_text".into(), "the code is missing; write {{ code }} where it is to stand".into())]),
        Err(e) => Err(vec![("sms_text".into(), format!("the template can't be used: {e:#}"))]),
    }
}

/// One message is 160 characters of GSM 03.38, or 70 of UCS-2.
fn fits_one_segment(text: &str) -> bool {
    if is_gsm(text) { text.chars().count() <= 160 } else { text.encode_utf16().count() <= 70 }
}

/// Is this of the basic GSM 03.38 alphabet?
fn is_gsm(text: &str) -> bool {
    let basic = |c: char| matches!(c, ' '..='Z' | 'a'..='z' | '\n') || "£¥èéùìòÇØøÅåÆæßÉ¡ÄÖÑÜ§¿äöñüàΔΦΓΛΩΠΨΣΘΞ@_".contains(c);
    text.chars().all(basic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn numbers(region: Option<&str>, countries: &[&str]) -> Numbers {
        let id = |text: &str| text.parse().ok();
        Numbers { region: region.and_then(id), countries: countries.iter().filter_map(|c| id(c)).collect() }
    }

    #[test]
    fn the_text_is_one_message_in_every_language() {
        for language in Language::all() {
            let words = language.words();
            let plain = words.say(id::SMS_CODE).with("code", "123456").bare();
            let named = words.say(id::SMS_CODE_BRAND).with("code", "123456").with("brand", "Wiki").bare();
            for said in [plain, named] {
                assert!(said.starts_with("123456"), "{language}: {said}");
                assert!(fits_one_segment(&format!("{said}\n\n@wiki.example.com #123456")), "{language}: {said}");
            }
        }
    }

    #[test]
    fn numbers_become_e164() {
        let any = numbers(None, &[]);
        for (written, sent) in
            [("+48 123 456 789", "+48123456789"), ("0048-500-100-200", "+48500100200"), ("+1 (415) 555-2671", "+14155552671")]
        {
            assert_eq!(any.normal(written), Ok(sent.to_owned()), "{written}");
        }
        assert_eq!(numbers(Some("PL"), &[]).normal("500 100 200"), Ok("+48500100200".into()));
        assert_eq!(numbers(Some("GB"), &[]).normal("07911 123456"), Ok("+447911123456".into()));
        for odd in ["500100200", "", "alice", "+", "+48", "+999999999999999999999"] {
            assert!(any.normal(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn other_countries_and_premium_numbers_get_nothing() {
        assert!(numbers(None, &["PL", "DE"]).normal("+14155552671").is_err());
        assert!(numbers(None, &["PL", "DE"]).normal("+48500100200").is_ok());
        assert!(numbers(None, &[]).normal("+1 900 555 0123").is_err());
    }
}
