//! Fills a form with every field that some runtime could see in query and body.

use super::{Encoding, Entry, Form, ODD, Place};
use crate::canonical::Malformed;
use crate::canonical::content_type::is_known_charset;
use crate::canonical::fold::fold;
use crate::canonical::json::Json;
use crate::canonical::multipart;
use crate::canonical::urlencoded::{decode_lossy, halves, has_odd_escape, has_percent_u, items};

impl Form {
    pub(super) fn add_body(&mut self, encoding: &Encoding, bytes: &[u8], is_login: bool) -> Result<(), Malformed> {
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
            Encoding::Doubtful(_) => Err(ODD),
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

    pub(super) fn add_pairs(&mut self, bytes: &[u8], place: Place, is_sure: bool) -> Result<(), Malformed> {
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
            Ok(Json::Object(fields)) => self.add_fields(fields, Place::Json, false),
            Ok(other) => self.add_json(other, false),
            Err(_) => Ok(()),
        }
    }

    fn add_json(&mut self, json: Json, is_login: bool) -> Result<(), Malformed> {
        match json {
            Json::Object(fields) => self.add_fields(fields, Place::Json, true),
            _ if is_login => Err(ODD),
            // Nobody should see fields in these; some do in a list of one (Jackson can be told to).
            Json::Array(items) => {
                let place = if items.len() == 1 { Place::Json } else { Place::List };
                items.into_iter().try_for_each(|item| match item {
                    Json::Object(fields) => self.add_fields(fields, place, false),
                    _ => Ok(()),
                })
            }
            Json::Scalar(text) => self.add_pairs(text.as_bytes(), Place::Body, false),
        }
    }

    /// Rails and others call `{"user": {"email": …}}` what a form calls `user[email]`.
    fn add_fields(&mut self, fields: Vec<(String, Json)>, place: Place, is_sure: bool) -> Result<(), Malformed> {
        for (name, json) in fields {
            match json {
                Json::Scalar(value) => self.add(name, value, place, is_sure)?,
                Json::Object(inner) if !inner.is_empty() && name.len() <= multipart::NAME_MAX => {
                    for (key, json) in inner {
                        let (end, value) = match json {
                            Json::Scalar(value) => ("", value),
                            _ => ("[]", String::new()),
                        };
                        self.add(format!("{name}[{key}]{end}"), value, place, is_sure)?;
                    }
                }
                _ => self.add(format!("{name}[]"), String::new(), place, is_sure)?,
            }
        }
        Ok(())
    }

    /// Some read the whole form in the charset that the field `_charset_` names (RFC 7578, 4.6).
    pub(super) fn check_charset(&mut self) {
        let is_foreign = |e: &Entry| e.name == "_charset_" && !e.value.is_empty() && !is_known_charset(&e.value);
        if self.entries.iter().any(is_foreign) {
            self.entries.iter_mut().for_each(|e| e.is_sure = false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{form, sent};
    use super::super::{Field, Sent};
    use super::*;

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
    fn a_form_that_names_another_charset_is_not_sure() {
        assert_eq!(form("", "_charset_=UTF-8&user=a").field("user"), Field::Once("a"));
        assert_eq!(form("", "_charset_=&user=a").field("user"), Field::Once("a"));
        assert_eq!(form("", "_charset_=utf-7&user=a").field("user"), Field::Ambiguous);
    }
}
