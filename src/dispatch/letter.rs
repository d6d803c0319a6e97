//! What every e-mail has around what it says: the brand, its colours, the helpdesk. The frame is `templates/email/frame.html`.

use minijinja::{Environment, Error, UndefinedBehavior, Value, context};

use super::logo::Logo;
use super::say::say;
use crate::config::settings::Settings;
use crate::design::{Palette, Piece, support};

/// The templates of a letter; what their names end in says how values are escaped.
pub const SUBJECT: &str = "subject";
/// Plain text.
pub const PLAIN: &str = "mail.txt";
/// HTML.
pub const HTML: &str = "mail.html";

const FRAME: &str = include_str!("../../templates/email/frame.html");

/// One e-mail, before it has an address.
#[derive(Debug)]
pub struct Letter {
    /// On one line.
    pub subject: String,
    /// Plain text.
    pub plain: String,
    /// HTML.
    pub html: String,
    /// The picture that the HTML names.
    pub logo: Option<Logo>,
}

/// Of `[brand]` and `[server]`, what letters show.
#[derive(Debug)]
pub struct Letterhead {
    brand: String,
    host: String,
    support: String,
    help: Vec<Piece>,
    palette: Palette,
    logo: Option<Logo>,
}

impl Letterhead {
    /// From gate.toml.
    pub fn new(settings: &Settings) -> Self {
        let brand = &settings.brand;
        let support = brand.support.clone().unwrap_or_default();
        Self {
            brand: one_line(&brand.name),
            host: settings.server.public_url.host_str().unwrap_or("").to_owned(),
            help: support::pieces(&support),
            support,
            palette: Palette::new(brand.accent, brand.accent_dark),
            logo: brand.logo.as_ref().and_then(Logo::new),
        }
    }

    /// The variables of templates: these, and what this letter is about. What isn't there is empty.
    fn variables(&self, about: Value) -> Value {
        let Palette { light, dark } = self.palette;
        let size = self.logo.as_ref().and_then(|logo| logo.size);
        let pieces = self.help.iter().map(|p| context! { text => &p.text, to => p.to.as_deref().unwrap_or_default() });
        context! {
            brand => &self.brand, host => &self.host,
            accent => light.accent.to_string(), on_accent => light.on_accent.to_string(), link => light.link.to_string(),
            accent_dark => dark.accent.to_string(), on_accent_dark => dark.on_accent.to_string(), link_dark => dark.link.to_string(),
            logo => self.logo.as_ref().map(Logo::address).unwrap_or_default(),
            logo_width => size.map_or(Value::from(""), |(width, _)| width.into()),
            logo_height => size.map_or(Value::from(""), |(_, height)| height.into()),
            support => &self.support, support_pieces => pieces.collect::<Vec<Value>>(),
            ..about
        }
    }

    /// Writes a letter.
    pub fn write(&self, templates: &Environment<'_>, about: Value) -> Result<Letter, Error> {
        let about = self.variables(about);
        let subject = one_line(&templates.get_template(SUBJECT)?.render(&about)?);
        let about = context! { subject => &subject, ..about };
        let plain = templates.get_template(PLAIN)?.render(&about)?;
        let html = templates.get_template(HTML)?.render(about)?;
        // A picture that nothing names would be shown as an attachment.
        let logo = self.logo.clone().filter(|logo| html.contains(&logo.address()));
        Ok(Letter { subject, plain, html, logo })
    }
}

/// Templates that may say the gate's sentences and stand in its frame.
pub fn templates() -> Result<Environment<'static>, Error> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_fuel(Some(100_000));
    templates.add_function("say", say);
    templates.add_template("frame.html", FRAME)?;
    Ok(templates)
}

/// Tries one with every variable that there is and sentences in English.
pub fn attempt(templates: &Environment<'_>, name: &str, about: Value) -> Result<String, Error> {
    let text = "Help: help@example.com";
    let colour = crate::config::settings::Colour(0, 0, 0);
    let head = Letterhead {
        brand: "B".into(),
        host: "h".into(),
        support: text.into(),
        help: support::pieces(text),
        palette: Palette::new(colour, colour),
        logo: None,
    };
    let about = head.variables(context! { language => "en", dir => "ltr", ..about });
    let about = if name == SUBJECT {
        about
    } else {
        context! { subject => "s", ..about }
    };
    templates.get_template(name)?.render(about)
}

/// What people chose or sent, without what would begin a line or turn one round. The marks that sentences from right to left
/// keep names apart by (UAX #9: FSI and PDI) stay.
pub fn one_line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}' | '\u{2067}');
    let plain: String = text.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{Message, Registry, email::Email, notice::Notices};
    use super::*;
    use crate::config::settings::Handler;
    use crate::model::{Attributes, MethodName, Realm, Timestamp, User, UserId, Visitor};
    use crate::words::{Language, Sentence, Wish};

    const SETTINGS: &str = "[server]\npublic_url = \"https://wiki.example.com\"\n[smtp]\nfrom = \"Wiki <no-reply@example.com>\"\n\
        [brand]\nname = '''BRAND'''\nsupport = '''SUPPORT'''\n[[apps]]\nname = \"wiki\"\nupstream = \"http://127.0.0.1:8000\"\n\
        session_cookies = [\"sid\"]\nlogin_paths = [\"/login\"]\n[apps.identity]\nsource = \"login_form\"\n\
        [methods.email]\nhandler = \"email\"\n";

    #[test]
    fn the_colours_of_mails_are_those_of_pages() {
        let pages = include_str!("../../static/gate.css");
        let mails = [FRAME, include_str!("../../templates/email/code.html"), include_str!("../../templates/email/notice.html")];
        let colours = mails.iter().flat_map(|text| text.split('#').skip(1)).filter_map(|rest| {
            let hex: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
            (hex.len() == 3 || hex.len() == 6).then(|| format!("#{hex}"))
        });
        let colours: std::collections::BTreeSet<String> = colours.collect();
        assert!(colours.len() > 9, "{colours:?}");
        for colour in colours {
            assert!(pages.contains(&format!(": {colour};")), "{colour}");
        }
    }

    #[test]
    fn what_people_chose_breaks_out_of_no_subject_header_or_markup() {
        let bad = "<b>\"x\"</b>\r\nBcc\u{2028}\u{202e}y";
        let text = SETTINGS.replace("BRAND", bad).replace("SUPPORT", "<i>\"s\" https://help.example.com/?a=\"><script>");
        let handlers = Registry::built_in().handlers();
        let settings = crate::config::parse(&text, "gate.toml", Path::new("."), &handlers).unwrap();
        let user = User { realm: Realm::new("wiki"), id: UserId::new(bad), attributes: Attributes::default() };
        let ip = [127, 0, 0, 1].into();
        let visitor = Visitor { ip, is_known: true, user_agent: bad.to_owned(), wish: Wish::default() };
        let message = Message {
            to: "alice@example.com".into(),
            code: "123456".into(),
            user: user.clone(),
            method: MethodName::new("email"),
            verbose_name: bad.into(),
            expires_at: Timestamp(600_000),
            asked_at: Timestamp(0),
            visitor: visitor.clone(),
            language: Language::ENGLISH,
        };
        let Handler::Message(method) = &settings.methods[0].handler else { panic!() };
        let email = Email::new(&settings, method).unwrap();
        let notices = Notices::new(&settings).unwrap().unwrap();
        let head = Letterhead::new(&settings);
        let what = Sentence::verbatim(bad);
        let letters =
            [email.letter(&message).unwrap(), notices.letter(&user, &what, Timestamp(0), &visitor, Language::ENGLISH).unwrap()];
        assert_eq!(head.brand, "<b>\"x\"</b>  Bcc  y");
        for letter in letters {
            let Letter { subject, plain, html, .. } = &letter;
            assert!(!subject.contains(['\r', '\n', '\u{2028}', '\u{202e}']), "{subject:?}");
            assert!(
                !html.contains("<b>") && !html.contains("<i>") && !html.contains("<script") && !html.contains("\"x\""),
                "{html}"
            );
            assert!(html.contains("&lt;b&gt;&quot;x&quot;"), "{html}");
            assert!(!plain.lines().any(|line| line.starts_with("Bcc")) && !plain.contains('\u{202e}'), "{plain}");
            let mail = super::super::relay::Relay::new(&settings).unwrap().mail("alice@example.com", letter).unwrap();
            let raw = String::from_utf8(mail.formatted()).unwrap();
            let (head, _) = raw.split_once("\r\n\r\n").unwrap();
            let names: Vec<&str> =
                head.split("\r\n").filter(|l| !l.starts_with(' ')).filter_map(|l| l.split_once(':')).map(|(n, _)| n).collect();
            assert!(!names.contains(&"Bcc") && names.iter().filter(|n| **n == "Subject").count() == 1, "{head}");
        }
    }
}
