//! What a form says for certain; where two runtimes could read two things, whatever any of them could see in it.

use super::content_type::{Doubt, Encoding, is_known_charset};
use super::escapes::{of_asp, texts, unescape};
use super::fold::fold;
use super::form::{Form, Place, Sent};
use super::multipart::{self, NAME_MAX};
use super::search::{Begins, LETTERS_MAX, Wanted};
use super::urlencoded::{decode, halves, items};

/// Query and body of a request, as read.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Everybody reads these fields, or the form says of a field that it is in doubt.
    Sure(Form),
    /// It can't be read with certainty.
    Unsure(Possible),
}

impl Reading {
    /// Reads query and body.
    pub fn of(query: &str, body: Sent<'_>) -> Self {
        Form::read(query, body).map_or_else(|_| Self::Unsure(Possible::of(query, body)), Self::Sure)
    }
}

/// Every name of a field that could be seen in what can't be read with certainty, and more: this errs on one side only.
#[derive(Clone, Debug, Default)]
pub struct Possible {
    /// Where a name begins, and what follows it; without a place what is read within something else.
    names: Vec<(Option<Place>, String)>,
    /// Texts like JSON: a name may begin at any word.
    texts: Vec<String>,
    /// Names may be written in ways that aren't looked into.
    is_anything: bool,
}

impl Possible {
    /// Looks into query and body.
    pub fn of(query: &str, body: Sent<'_>) -> Self {
        let mut possible = Self::default();
        possible.add_pairs(query.as_bytes(), Some(Place::Address));
        let Sent::Read { encoding, bytes, .. } = body else { return possible };
        let is_parts = matches!(encoding, Encoding::Multipart(_) | Encoding::Parts | Encoding::Doubtful(Doubt::Parts));
        let is_any = matches!(encoding, Encoding::Doubtful(Doubt::Kind | Doubt::Letters));
        // Jackson finds UTF-16 by its zeros.
        let moves_letters = *encoding == Encoding::Doubtful(Doubt::Letters) || *encoding == Encoding::Json && bytes.contains(&0);
        possible.is_anything = moves_letters && !bytes.is_empty();
        if is_parts || is_any {
            possible.add_parts(bytes);
        }
        if !is_parts {
            possible.add_pairs(bytes, Some(Place::Body));
            possible.add_pairs(&decode(bytes, true), None);
        }
        // Whatever it is called, what begins like JSON is JSON to some.
        let begin = bytes.iter().find(|b| b.is_ascii_graphic());
        if *encoding == Encoding::Json || begin.is_some_and(|b| b"{[\"'/#".contains(b)) {
            for text in texts(bytes) {
                possible.texts.extend(text.contains('\\').then(|| unescape(&text)));
                possible.texts.push(text);
            }
        }
        possible
    }

    /// Could somebody see a field of this name?
    pub fn may_have(&self, name: &str) -> bool {
        let name: Vec<char> = fold(name).chars().collect();
        if self.is_anything || !(1..=LETTERS_MAX).contains(&name.len()) {
            return true;
        }
        let (wanted, whole) = (Wanted::new(&name), 1 << name.len());
        if self.names.iter().any(|(_, text)| wanted.beginnings(text, Begins::AtOnce) & whole != 0) {
            return true;
        }
        let in_texts =
            |wanted: &Wanted| self.texts.iter().fold(0, |found, text| found | wanted.beginnings(text, Begins::AtAnyWord));
        // `{"user": {"x": 1, "name": …}}` is `user[name]`.
        let found = in_texts(&wanted);
        let is_rest = |at: usize| in_texts(&Wanted::new(&name[at..])) & 1 << (name.len() - at) != 0;
        found & whole != 0 || (1..name.len()).any(|at| found & 1 << at != 0 && is_rest(at))
    }

    /// The names in the address and in a form's body, as far as they are written out; `None`: there could be any.
    pub fn names(&self) -> Option<impl Iterator<Item = (Place, String)>> {
        let names = self.names.iter().filter_map(|(place, text)| Some(((*place)?, text)));
        let names = names.flat_map(|(place, text)| {
            let plain = text.replace('\\', "");
            let of = |text: &str| [BEFORE_QUOTE, BEFORE_BLANK].map(|ends| (place, written(text, ends)));
            of(text).into_iter().chain(of(&plain))
        });
        (!self.is_anything).then_some(names)
    }

    fn add_pairs(&mut self, bytes: &[u8], place: Option<Place>) {
        for item in items(bytes, b'&') {
            for part in std::iter::once(item).chain(items(item, b';').skip(1)) {
                let (raw, value) = halves(part);
                self.is_anything |=
                    raw == CHARSET.as_bytes() && !value.is_empty() && !is_known_charset(&String::from_utf8_lossy(value));
                self.names.extend(texts(raw).map(|text| (None, text)));
                self.names.extend(texts(&decode(raw, true)).map(|text| (place, of_asp(text))));
            }
        }
    }

    /// `name=` in the header of a part, or what looks like one anywhere.
    fn add_parts(&mut self, bytes: &[u8]) {
        let lower = bytes.to_ascii_lowercase();
        for word in [&b"name"[..], b"content-id"] {
            for start in multipart::behind(&lower, word) {
                let is_file = lower[..start - word.len()].ends_with(b"file");
                let gap = bytes[start..].iter().take_while(|b| b.is_ascii_whitespace() || b.is_ascii_control()).count();
                let rest = &bytes[start + gap..];
                let rest = &rest[..rest.len().min(NAME_MAX)];
                match rest.first() {
                    // `name*=utf-8''…`, `name*0=…`
                    Some(b'*') if !is_file => self.is_anything = true,
                    // `name (comment)="…"`: mail libraries skip it.
                    Some(b'(') if !is_file => self.is_anything |= rest.contains(&b'='),
                    Some(b'=' | b':') => {
                        let (raw, decoded) = (&rest[1..], decode(&rest[1..], false));
                        self.is_anything |= !is_file && texts(raw).any(|text| is_encoded(&text));
                        self.names.extend(texts(raw).chain(texts(&decoded)).map(|text| (Some(Place::Body), text)));
                    }
                    _ => {}
                }
            }
        }
    }
}

const BEFORE_QUOTE: &[char] = &['"', '\'', ';', '\r', '\n'];
const BEFORE_BLANK: &[char] = &['"', '\'', ';', '\r', '\n', '\t', ' ', ','];

/// The name at the beginning of a text, by itself.
fn written(text: &str, ends: &[char]) -> String {
    text.trim_start_matches(BEFORE_BLANK).split(ends).next().unwrap_or_default().to_owned()
}

/// Some read names, too, by the charset that this field names.
const CHARSET: &str = "_charset_";

/// Is there a name in it that mail's rules decode (`=?utf-8?q?…?=`, or one with a comment before it), or the charset of names?
fn is_encoded(text: &str) -> bool {
    let text = text.trim_start();
    let (text, end) = match text.strip_prefix('"') {
        Some(quoted) => (quoted, text_end(quoted)),
        None => (text, text.find(['\r', '\n']).unwrap_or(text.len())),
    };
    text.starts_with('(') || text.starts_with(CHARSET) || text[..end].contains("=?")
}

/// Up to the next quote without a backslash before it.
fn text_end(quoted: &str) -> usize {
    quoted.match_indices('"').map(|(at, _)| at).find(|at| !quoted[..*at].ends_with('\\')).unwrap_or(quoted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn possible(query: &str, encoding: &Encoding, body: &[u8]) -> Possible {
        match Reading::of(query, Sent::Read { encoding, bytes: body, is_login: false }) {
            Reading::Unsure(possible) => possible,
            Reading::Sure(form) => panic!("{body:?} is {form:?}"),
        }
    }

    fn may_log_in(possible: &Possible) -> bool {
        possible.may_have("user_name") && possible.may_have("password")
    }

    fn parts() -> Encoding {
        Encoding::Multipart("X".into())
    }

    #[test]
    fn a_name_in_any_spelling_is_found() {
        let (form, json, kind) = (Encoding::Urlencoded, Encoding::Json, Encoding::Doubtful(Doubt::Kind));
        let odd = "%u0041=1";
        for (encoding, body) in [
            (&form, format!("{odd}&username=a&password=b")),
            (&form, format!("{odd}&%u0075sername=a&password=b")),
            (&form, format!("{odd}&%username=a&password=b")),
            (&form, format!("{odd}&user%00=1&user%5Bname%5D=a&pass.word[]=b")),
            (&form, format!("{odd};UserName=a;[password=b")),
            (&form, format!("{odd}&x=%26username%3Da%26password%3Db")),
            (&form, format!("_charset_=utf-7&{odd}&+AHUA-sername=a")),
            (&form, format!(" {{\"user\\x6eame\":1,'password':2}}&{odd}")),
            (&kind, "username=a&password=b".into()),
            (&kind, "Content-Disposition: form-data; name=username\n\nContent-Disposition: x; NAME = 'password'".into()),
            (&Encoding::Doubtful(Doubt::Letters), "x".into()),
            (&json, "{\"user\\u006eame\": 1, \"password\": 2, \"x\": \"\\ud800\"}".into()),
            (&json, "{username: 1, 'pass\\167ord'/**/: 2}".into()),
            (&json, "{\"user\": {\"x\": 1e999, \"name\": 2}, \"password\": 3}".into()),
            (&json, "{\"a\": 1}\n{\"USERNAME\": 1}\n{\"u\": \"\", \"password\\u0000\" : 2}".into()),
            (&json, "{\"u\u{17f}ername\": 1, \"pa\u{df}word\": 2, }".into()),
            (&json, "\"&username=a&password=b&\" x".into()),
            (&json, "{\0\"\0u\0".into()),
        ] {
            assert!(may_log_in(&possible("", encoding, body.as_bytes())), "{encoding:?} {body}");
        }
        assert!(may_log_in(&possible("user-name=a", &form, format!("{odd}&password=b").as_bytes())));
        assert!(may_log_in(&possible("%u0041&username=a", &json, br#"{"a":1,"password":2}"#)));
    }

    #[test]
    fn a_parts_name_is_found_however_it_is_written() {
        for name in [
            "name=username",
            "name = \"username\"",
            "name='username'",
            "NAME=\"user\\\"name\"",
            "name=\"user%6eame\"",
            "name*=utf-8''%75sername",
            "name*0=user; name*1=name",
            "name=\"=?utf-8?q?user?= =?utf-8?q?name?=\"",
            "name=(a comment)username",
            "filename=\"\\\"; name=\"username\"",
            "name=\"user[name]\"",
            "name=\"username\0x\"",
            "xname=\"username;x\"",
            "name=\"_charset_\"",
        ] {
            let part = |name: &str| format!("--X\r\nContent-Disposition: form-data; {name}\r\n\r\na\r\n");
            let body = format!("{}{}--X--", part(name), part("name=\"password\""));
            for body in [format!("\n{body}"), format!("--X\r\nContent-ID: user.name\r\n\r\n{}", part("name=password"))] {
                assert!(may_log_in(&possible("", &parts(), body.as_bytes())), "{body}");
            }
        }
        let latin2 = b"--X\r\nContent-Disposition: form-data; name=\"u\xdfername\"\r\n\r\n\r\nname=password";
        assert!(may_log_in(&possible("", &parts(), latin2)));
    }

    #[test]
    fn what_is_like_a_login_and_is_none_is_not_found() {
        let (form, json) = (Encoding::Urlencoded, Encoding::Json);
        for (encoding, body) in [
            (&form, "%u0041=1&usernames=a&xpassword=b"),
            (&form, "%u0041=username&x=password"),
            (&json, r#"{"text": "the username and the password", "x": "\ud800"}"#),
            (&json, r#"{"usernames": 1e999, "password_hint": 2}"#),
            (&json, "{\"username\": 1}\n{\"username\": 2}"),
            (&json, "{\"\u{17c}\u{f3}\u{142}w\": 1, \"\u{43a}\u{43b}\u{44e}\u{447}\": \"\\ud83d\"}\n:"),
        ] {
            assert!(!may_log_in(&possible("", encoding, body.as_bytes())), "{encoding:?} {body}");
        }
        let file = b"--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"has\xb3o \\\"password\\\".txt\"\r\n\r\nusername=a&password=b\r\n--X--\r\n";
        assert!(!may_log_in(&possible("", &parts(), file)));
    }

    #[test]
    fn a_hard_text_is_looked_through_quickly() {
        let begun = std::time::Instant::now();
        for (encoding, piece) in [(Encoding::Json, "\\1:\u{df}:"), (Encoding::Doubtful(Doubt::Kind), "&s"), (parts(), "name=s")] {
            let text = piece.repeat(64 * 1024 / piece.len());
            possible("", &encoding, text.as_bytes()).may_have(&"s".repeat(100));
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
