//! The one reading of what a form submits, in query and body: urlencoded, multipart, top-level JSON.

use super::Malformed;
pub use super::content_type::Encoding;
use super::content_type::is_known_charset;
use super::fold::{fold, is_plain, is_read_as};
use super::json::Json;
use super::multipart;
use crate::words::id;

/// Bodies are read for this up to here; no login form is larger.
pub const BODY_MAX: usize = 64 * 1024;

pub(super) const ODD: Malformed = Malformed::new(400, "ambiguous_form", id::ODD_FORM);

/// Everything that was submitted, query first.
#[derive(Clone, Debug, Default)]
pub struct Form {
    entries: Vec<Entry>,
    has_body: bool,
}

/// Where a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the query.
    Address,
    /// In an urlencoded or multipart body.
    Body,
    /// In a JSON body.
    Json,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it stands.
    pub place: Place,
    /// What the name folds to, where that is something else.
    folded: Option<String>,
    /// By the gate's reading. Else only some runtimes see this field.
    is_sure: bool,
}

impl Entry {
    /// Does some runtime read this as the field of this name?
    pub fn is_read_as(&self, name: &str) -> bool {
        is_read_as(&self.name, self.folded(), &fold(name))
    }

    fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.name)
    }
}

/// The body of a request, as far as it was read.
#[derive(Clone, Copy, Debug)]
pub enum Sent<'a> {
    /// There is none.
    Nothing,
    /// There is one, which is no form or too large.
    Unread,
    /// All of it.
    Read {
        /// How it is written.
        encoding: &'a Encoding,
        /// What stands in it.
        bytes: &'a [u8],
        /// On a login path nothing goes on that is no set of fields.
        is_login: bool,
    },
}

/// What a form says of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// Not there.
    Absent,
    /// Once.
    Once(&'a str),
    /// Not there, but one whose name binders take for the same (`userName` for `username`).
    Respelled,
    /// Twice, or as an array, or seen by some parsers only: two would read two things.
    Ambiguous,
}

impl Form {
    /// Reads query and body.
    pub fn read(query: &str, body: Sent<'_>) -> Result<Self, Malformed> {
        let mut form = Self { entries: Vec::new(), has_body: !matches!(body, Sent::Nothing) };
        form.add_pairs(query.as_bytes(), Place::Address, true)?;
        if let Sent::Read { encoding, bytes, is_login } = body {
            form.has_body = !bytes.is_empty();
            form.add_body(encoding, bytes, is_login)?;
            form.check_charset();
        }
        Ok(form)
    }

    /// Nothing was submitted.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All fields, those too that only some runtimes see.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One field, by the strict reading.
    pub fn field(&self, name: &str) -> Field<'_> {
        let folded = fold(name);
        let mut found = Field::Absent;
        for entry in &self.entries {
            let one = if entry.is_sure && entry.name == name {
                Field::Once(&entry.value)
            } else if !is_read_as(&entry.name, entry.folded(), &folded) {
                continue;
            } else if entry.is_sure && is_plain(&entry.name) {
                Field::Respelled
            } else {
                Field::Ambiguous
            };
            found = if found == Field::Absent { one } else { Field::Ambiguous };
        }
        found
    }

    /// Does this field stand in the address though there is a body, in which an app may find another one?
    pub fn is_beside_the_body(&self, name: &str) -> bool {
        self.has_body && self.entries.iter().any(|e| e.place == Place::Address && e.name == name)
    }

    fn add_body(&mut self, encoding: &Encoding, bytes: &[u8], is_login: bool) -> Result<(), Malformed> {
        match encoding {
            Encoding::Urlencoded => {
                self.add_pairs(bytes, Place::Body, true)?;
                self.add_disguised(bytes, is_login)
            }
            Encoding::Multipart(boundary) => {
                for (name, value) in multipart::read(boundary, bytes)? {
                    // With an empty `filename` a file is a field to Django.
                    let is_file = value.is_none();
                    self.add(name, value.unwrap_or_default(), Place::Body, !is_file)?;
                }
                Ok(())
            }
            Encoding::Parts => {
                let mut names = multipart::possible_names(bytes).into_iter();
                names.try_for_each(|name| self.add(name, String::new(), Place::Body, false))
            }
            Encoding::Json if bytes.trim_ascii().is_empty() => Ok(()),
            Encoding::Json => self.add_json(serde_json::from_slice(bytes).map_err(|_| ODD)?, is_login),
            Encoding::Unsaid => {
                self.add_pairs(bytes, Place::Body, false)?;
                self.add_disguised(bytes, false)
            }
        }
    }

    fn add(&mut self, name: String, value: String, place: Place, is_sure: bool) -> Result<(), Malformed> {
        // PHP cuts a name off at NUL. Line ends are let pass: XML and JSON are often sent as what they are not.
        if is_sure && name.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
            return Err(ODD);
        }
        let folded = Some(fold(&name)).filter(|folded| *folded != name).map(|folded| folded.into_owned());
        self.entries.push(Entry { name, value, place, folded, is_sure });
        Ok(())
    }

    fn add_pairs(&mut self, bytes: &[u8], place: Place, is_sure: bool) -> Result<(), Malformed> {
        for item in items(bytes, b'&') {
            let (name, value) = halves(item);
            if is_sure && has_percent_u(name) {
                return Err(ODD);
            }
            self.add(decode_lossy(name, true), decode_lossy(value, true), place, is_sure)?;
            // `;` separates too for some, and what is no escape isn't the same to all (ASP reads `%u0061`).
            if item.contains(&b';') || has_odd_escape(value) {
                for part in items(item, b';') {
                    let (name, value) = halves(part);
                    self.add(decode_lossy(name, true), decode_lossy(value, true), place, false)?;
                }
            }
        }
        Ok(())
    }

    /// JSON that doesn't say that it is, for apps that don't ask.
    fn add_disguised(&mut self, bytes: &[u8], is_login: bool) -> Result<(), Malformed> {
        let text = bytes.trim_ascii();
        if !matches!(text.first(), Some(b'{' | b'[' | b'"')) {
            return Ok(());
        }
        if is_login {
            return Err(ODD);
        }
        match serde_json::from_slice(text) {
            Ok(Json::Object(fields)) => self.add_fields(fields, false),
            Ok(other) => self.add_json(other, false),
            Err(_) => Ok(()),
        }
    }

    fn add_json(&mut self, json: Json, is_login: bool) -> Result<(), Malformed> {
        match json {
            Json::Object(fields) => self.add_fields(fields, true),
            _ if is_login => Err(ODD),
            // Nobody should see fields in these; some might.
            Json::Array(items) => items.into_iter().try_for_each(|item| match item {
                Json::Object(fields) => self.add_fields(fields, false),
                _ => Ok(()),
            }),
            Json::Scalar(text) => self.add_pairs(text.as_bytes(), Place::Body, false),
        }
    }

    /// Rails and others call `{"user": {"email": …}}` what a form calls `user[email]`.
    fn add_fields(&mut self, fields: Vec<(String, Json)>, is_sure: bool) -> Result<(), Malformed> {
        for (name, json) in fields {
            match json {
                Json::Scalar(value) => self.add(name, value, Place::Json, is_sure)?,
                Json::Object(inner) if !inner.is_empty() && name.len() <= multipart::NAME_MAX => {
                    for (key, json) in inner {
                        let (end, value) = match json {
                            Json::Scalar(value) => ("", value),
                            _ => ("[]", String::new()),
                        };
                        self.add(format!("{name}[{key}]{end}"), value, Place::Json, is_sure)?;
                    }
                }
                _ => self.add(format!("{name}[]"), String::new(), Place::Json, is_sure)?,
            }
        }
        Ok(())
    }

    /// Some read the whole form in the charset that the field `_charset_` names (RFC 7578, 4.6).
    fn check_charset(&mut self) {
        let is_foreign = |e: &Entry| e.name == "_charset_" && !e.value.is_empty() && !is_known_charset(&e.value);
        if self.entries.iter().any(is_foreign) {
            self.entries.iter_mut().for_each(|e| e.is_sure = false);
        }
    }
}

/// The pairs of an urlencoded text; `&` separates.
pub fn pairs(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    items(bytes, b'&').map(halves).map(|(name, value)| (decode_lossy(name, true), decode_lossy(value, true)))
}

fn items(bytes: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    bytes.split(move |b| *b == separator).filter(|item| !item.is_empty())
}

fn halves(item: &[u8]) -> (&[u8], &[u8]) {
    match item.iter().position(|b| *b == b'=') {
        Some(at) => (&item[..at], &item[at + 1..]),
        None => (item, &[]),
    }
}

fn has_percent_u(text: &[u8]) -> bool {
    text.windows(2).any(|two| two.eq_ignore_ascii_case(b"%u"))
}

fn has_odd_escape(text: &[u8]) -> bool {
    let is_odd = |rest: &[u8]| rest.len() < 2 || !rest[..2].iter().all(u8::is_ascii_hexdigit);
    text.iter().enumerate().any(|(at, b)| *b == b'%' && is_odd(&text[at + 1..]))
}

/// Percent-decodes; what is no escape stays, what is no UTF-8 becomes U+FFFD.
pub fn decode_lossy(bytes: &[u8], plus: bool) -> String {
    let digit = |at: usize| bytes.get(at).and_then(|b| (*b as char).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        match (bytes[i], digit(i + 1), digit(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
                continue;
            }
            (b'+', ..) if plus => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(query: &str, encoding: Encoding, body: &str, is_login: bool) -> Result<Form, Malformed> {
        Form::read(query, Sent::Read { encoding: &encoding, bytes: body.as_bytes(), is_login })
    }

    fn form(query: &str, body: &str) -> Form {
        sent(query, Encoding::Urlencoded, body, true).unwrap()
    }

    #[test]
    fn a_field_counts_once_over_query_and_body() {
        assert_eq!(form("", "user=a%40b&p=1").field("user"), Field::Once("a@b"));
        assert_eq!(form("user=a", "user=b").field("user"), Field::Ambiguous);
        for odd in [
            "user[]=a",
            "user%5B0%5D=a",
            "+user=a",
            "user=a&user=a",
            "z=1&[user]=a",
            "%5Duser=a",
            "x=1;user=a",
            "user]=a",
            "user=a&User=b",
            "User=a&USER=b",
        ] {
            assert_eq!(form("", odd).field("user"), Field::Ambiguous, "{odd}");
        }
        assert_eq!(form("", "users=1").field("user"), Field::Absent);
        assert_eq!(form("", "User=a").field("user"), Field::Respelled);
    }

    #[test]
    fn a_field_in_brackets_has_look_alikes_too() {
        let name = "user[email]";
        assert_eq!(form("", "user%5Bemail%5D=a&user%5Bpassword%5D=b").field(name), Field::Once("a"));
        for odd in ["user[[email]]", "user[email]]", "user.email", "user[email][]"] {
            assert_eq!(form("", &format!("user[email]=a&{odd}=b")).field(name), Field::Ambiguous, "{odd}");
            assert_eq!(form("", &format!("{odd}=b")).field(name), Field::Ambiguous, "{odd}");
        }
    }

    #[test]
    fn a_name_with_a_control_character_is_refused_everywhere() {
        for name in ["user%00x", "%00user", "user%00", "x%01", "%7f", "%u0075ser", "%U0075ser"] {
            assert_eq!(Form::read(&format!("{name}=a"), Sent::Nothing).unwrap_err(), ODD, "{name}");
            assert_eq!(sent("", Encoding::Urlencoded, &format!("a=b&{name}=a"), false).unwrap_err(), ODD, "{name}");
        }
        assert_eq!(sent("", Encoding::Json, r#"{"user\u0000x":"a"}"#, false).unwrap_err(), ODD);
        assert_eq!(sent("", Encoding::Json, r#"{"user":{"a\u0000":"a"}}"#, false).unwrap_err(), ODD);
        let part = "--X\r\nContent-Disposition: form-data; name=\"user\0x\"\r\n\r\na\r\n--X--\r\n";
        assert_eq!(sent("", Encoding::Multipart("X".into()), part, false).unwrap_err(), ODD);
        // XML that says it is a form goes on; it has no field that a line end cuts out.
        let xml = sent("", Encoding::Urlencoded, "<?xml version=\"1.0\"?>\n<a>b &amp;\n c</a>", false).unwrap();
        assert_eq!(xml.field("user"), Field::Absent);
        assert_eq!(form("", "user%0Ax=a").field("user"), Field::Ambiguous);
    }

    #[test]
    fn a_semicolon_may_separate() {
        assert_eq!(Form::read("a=1;user=b", Sent::Nothing).unwrap().field("user"), Field::Ambiguous);
        assert_eq!(form("", "user=a&z=1;%20user=b").field("user"), Field::Ambiguous);
        assert_eq!(form("", "user=a;b").field("user"), Field::Ambiguous);
        assert_eq!(form("", "user=a%3Bb&z=1;2").field("user"), Field::Once("a;b"));
        for odd in ["user=%u0061lice", "user=alice%zz", "user=alice%", "user=alice%4"] {
            assert_eq!(form("", odd).field("user"), Field::Ambiguous, "{odd}");
        }
    }

    #[test]
    fn parts_that_only_some_take_for_fields_are_not_sure() {
        let file = "--X\r\nContent-Disposition: form-data; name=\"user\"; filename=\"\"\r\n\r\nalice\r\n--X--\r\n";
        assert_eq!(sent("", Encoding::Multipart("X".into()), file, true).unwrap().field("user"), Field::Ambiguous);
        let mixed = "--X\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nalice\r\n--X--\r\n";
        assert_eq!(sent("", Encoding::Parts, mixed, false).unwrap().field("user"), Field::Ambiguous);
    }

    #[test]
    fn json_is_read_with_every_key_and_one_level_down() {
        let form = |body: &str| sent("", Encoding::Json, body, true).unwrap();
        assert_eq!(form(r#"{"user":"a","x":{"user":"b"}}"#).field("user"), Field::Once("a"));
        assert_eq!(form(r#"{"user":"a","user":"b"}"#).field("user"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":["a"]}"#).field("user"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":"a","USER":"b"}"#).field("user"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":"a","u\u017fer":"b"}"#).field("user"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":{"name":"a"}}"#).field("user"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":{"name":"a"}}"#).field("user[name]"), Field::Once("a"));
        assert_eq!(form(r#"{"user":{"name":"a","name":"b"}}"#).field("user[name]"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":{"name":"a"},"user[name]":"b"}"#).field("user[name]"), Field::Ambiguous);
        assert_eq!(form(r#"{"n":1,"t":true,"z":null}"#).field("n"), Field::Once("1"));
        assert_eq!(form("  ").field("user"), Field::Absent);
        assert!(sent("", Encoding::Json, r#"{"user":"#, false).is_err());
    }

    #[test]
    fn json_that_is_no_object_hides_no_login() {
        let pairs = r#""&user=alice&p=1&""#;
        for body in [pairs, r#"[{"user":"alice","p":"1"}]"#, "1", "null"] {
            assert!(sent("user=mallory", Encoding::Json, body, true).is_err(), "{body}");
        }
        for body in [pairs, r#"[{"user":"alice","p":"1"}]"#] {
            assert_eq!(sent("", Encoding::Json, body, false).unwrap().field("user"), Field::Ambiguous, "{body}");
        }
        for body in ["[1,2,[3]]", "true", "\"text\"", "[]", r#"[{"op":"add","path":"/a","value":1}]"#] {
            assert_eq!(sent("", Encoding::Json, body, false).unwrap().field("user"), Field::Absent, "{body}");
        }
    }

    #[test]
    fn json_that_says_it_is_something_else_hides_no_login() {
        let body = r#" {"user":"alice","p":"1"}"#;
        assert!(sent("", Encoding::Urlencoded, body, true).is_err());
        for encoding in [Encoding::Urlencoded, Encoding::Unsaid] {
            assert_eq!(sent("", encoding.clone(), body, false).unwrap().field("user"), Field::Ambiguous, "{encoding:?}");
        }
        assert_eq!(sent("", Encoding::Unsaid, "user=alice&p=1", false).unwrap().field("user"), Field::Ambiguous);
        assert_eq!(sent("", Encoding::Unsaid, "\0\x01=\x02&binary", false).unwrap().field("user"), Field::Absent);
    }

    #[test]
    fn a_name_in_the_address_is_not_that_of_a_body() {
        assert!(form("user=mallory", "p=1").is_beside_the_body("user"));
        assert!(Form::read("user=mallory", Sent::Unread).unwrap().is_beside_the_body("user"));
        assert!(!Form::read("user=mallory", Sent::Nothing).unwrap().is_beside_the_body("user"));
        assert!(!form("user=mallory", "").is_beside_the_body("user"));
        assert!(!form("a=b", "user=alice").is_beside_the_body("user"));
    }

    #[test]
    fn a_form_that_names_another_charset_is_not_sure() {
        assert_eq!(form("", "_charset_=UTF-8&user=a").field("user"), Field::Once("a"));
        assert_eq!(form("", "_charset_=&user=a").field("user"), Field::Once("a"));
        assert_eq!(form("", "_charset_=utf-7&user=a").field("user"), Field::Ambiguous);
    }

    #[test]
    fn only_two_hexadecimal_digits_are_an_escape() {
        assert_eq!(decode_lossy(b"%41%+1%4%zz+", true), "A% 1%4%zz ");
    }
}
