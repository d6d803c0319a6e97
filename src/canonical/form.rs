//! The one reading of what a form submits, in query and body: urlencoded, multipart, top-level JSON.

use serde_json::Value;

use super::Malformed;

/// Bodies are read for this up to here; no login form is larger.
pub const BODY_MAX: usize = 64 * 1024;

const ODD: Malformed =
    Malformed::new(400, "ambiguous_form", "The form that was sent can be read in two ways, so it is not passed on.");

/// How a body is written, as far as the gate reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`
    Urlencoded,
    /// `multipart/form-data` with its boundary.
    Multipart(String),
    /// JSON.
    Json,
}

impl Encoding {
    /// From a Content-Type; `None` for what is no form. A charset other than UTF-8 is refused.
    pub fn of(content_type: &str) -> Result<Option<Self>, Malformed> {
        let mut parts = content_type.split(';');
        let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
        let encoding = match kind.as_str() {
            "application/x-www-form-urlencoded" => Self::Urlencoded,
            "multipart/form-data" => Self::Multipart(String::new()),
            "application/json" => Self::Json,
            kind if kind.ends_with("+json") => Self::Json,
            _ => return Ok(None),
        };
        let mut boundary = None;
        for parameter in parts {
            let Some((name, value)) = parameter.split_once('=') else { continue };
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "charset" if !["utf-8", "utf8", "us-ascii"].contains(&value.to_ascii_lowercase().as_str()) => {
                    return Err(ODD);
                }
                "boundary" if boundary.replace(value.to_owned()).is_some() => return Err(ODD),
                _ => {}
            }
        }
        match encoding {
            Self::Multipart(_) => {
                let boundary = boundary.filter(|b| !b.is_empty() && b.len() <= 70).ok_or(ODD)?;
                Ok(Some(Self::Multipart(boundary)))
            }
            other => Ok(Some(other)),
        }
    }
}

/// Everything that was submitted, name and value, query first.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, String)>);

/// What a form says of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// Not there.
    Absent,
    /// Once.
    Once(&'a str),
    /// Twice, or as an array: two parsers would read two things.
    Ambiguous,
}

impl Form {
    /// Reads query and body. A body that can't be read is an error only for its reader to judge.
    pub fn read(query: &str, body: Option<(&Encoding, &[u8])>) -> Result<Self, Malformed> {
        let mut all: Vec<(String, String)> = pairs(query.as_bytes()).chain(after_semicolons(query.as_bytes())).collect();
        match body {
            None => {}
            Some((Encoding::Urlencoded, bytes)) => all.extend(pairs(bytes).chain(after_semicolons(bytes))),
            Some((Encoding::Multipart(boundary), bytes)) => all.extend(multipart(boundary, bytes)?),
            Some((Encoding::Json, bytes)) => all.extend(json(bytes)?),
        }
        Ok(Self(all))
    }

    /// One field, by the strict reading.
    pub fn field(&self, name: &str) -> Field<'_> {
        let mut found = Field::Absent;
        for (given, value) in &self.0 {
            if given == name {
                found = if found == Field::Absent { Field::Once(value) } else { Field::Ambiguous };
            } else if is_spelling_of(given, name) {
                found = Field::Ambiguous;
            }
        }
        found
    }
}

/// Is this a name that some runtime reads as the field: `user[]`, `user[0]`, ` user`, `us.er` for `us_er`, Rack's `[user]`?
fn is_spelling_of(given: &str, name: &str) -> bool {
    let base = base_of(given);
    let php = |text: &str| text.replace(['.', ' '], "_");
    given != name && (base == name || php(base) == php(name))
}

/// A name without what runtimes leave off round it.
pub(super) fn base_of(given: &str) -> &str {
    let from = given.trim_start().trim_start_matches([';', '[', ']']).trim_start();
    from.split(['[', ']']).next().unwrap_or("").trim_end_matches('\0')
}

/// What a runtime that also separates by `;` (Rack in addresses, old Python and Perl) reads besides; the names keep the `;`.
pub fn after_semicolons(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    let pieces = bytes.split(|b| *b == b'&').flat_map(|item| item.split(|b| *b == b';').skip(1));
    pieces.flat_map(pairs).map(|(name, value)| (format!(";{name}"), value))
}

/// The pairs of an urlencoded text; `&` separates.
pub fn pairs(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    bytes.split(|b| *b == b'&').filter(|item| !item.is_empty()).map(|item| {
        let at = item.iter().position(|b| *b == b'=');
        let (name, value) = match at {
            Some(at) => (&item[..at], &item[at + 1..]),
            None => (item, &[][..]),
        };
        (decode_lossy(name, true), decode_lossy(value, true))
    })
}

/// Percent-decodes; what is no escape stays, what is no UTF-8 becomes U+FFFD.
pub fn decode_lossy(bytes: &[u8], plus: bool) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[i], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                i += 3;
                continue;
            }
            (b'+', _) if plus => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn json(bytes: &[u8]) -> Result<Vec<(String, String)>, Malformed> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Vec::new());
    }
    // serde_json keeps the last of two equal keys without a word, so the keys are read one by one.
    struct Pairs(Vec<(String, Value)>);
    impl<'de> serde::Deserialize<'de> for Pairs {
        fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
            struct Visit;
            impl<'de> serde::de::Visitor<'de> for Visit {
                type Value = Pairs;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                    let mut pairs = Vec::new();
                    while let Some(pair) = map.next_entry()? {
                        pairs.push(pair);
                    }
                    Ok(Pairs(pairs))
                }
            }
            d.deserialize_map(Visit)
        }
    }
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(_)) => {}
        Ok(_) => return Ok(Vec::new()),
        Err(_) => return Err(ODD),
    }
    let Pairs(pairs) = serde_json::from_slice(bytes).map_err(|_| ODD)?;
    Ok(pairs
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => (name, text),
            Value::Null => (name, String::new()),
            Value::Array(_) | Value::Object(_) => (format!("{name}[]"), String::new()),
            other => (name, other.to_string()),
        })
        .collect())
}

/// Strict multipart (RFC 7578): CRLF everywhere, one `name` a part. Files count by name only.
fn multipart(boundary: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, Malformed> {
    let delimiter = format!("--{boundary}");
    let text_at = |from: usize, needle: &[u8]| -> Option<usize> {
        bytes.get(from..)?.windows(needle.len()).position(|w| w == needle).map(|at| from + at)
    };
    if !bytes.starts_with(delimiter.as_bytes()) {
        return Err(ODD);
    }
    let mut fields = Vec::new();
    let mut at = delimiter.len();
    loop {
        match bytes.get(at..at + 2) {
            Some(b"--") => return Ok(fields),
            Some(b"\r\n") => at += 2,
            _ => return Err(ODD),
        }
        let head_end = text_at(at, b"\r\n\r\n").ok_or(ODD)?;
        let head = std::str::from_utf8(&bytes[at..head_end]).map_err(|_| ODD)?;
        let end_mark = format!("\r\n{delimiter}");
        let body_end = text_at(head_end + 4 - 2, end_mark.as_bytes()).ok_or(ODD)?;
        let body = bytes.get(head_end + 4..body_end).unwrap_or(&[]);
        let (name, is_file) = disposition(head)?;
        let value = if is_file { String::new() } else { String::from_utf8_lossy(body).into_owned() };
        fields.push((name, value));
        at = body_end + end_mark.len();
    }
}

/// `name` and whether there is a `filename` in a part's Content-Disposition.
fn disposition(head: &str) -> Result<(String, bool), Malformed> {
    let mut found = None;
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            return Err(ODD);
        }
        let Some((name, value)) = line.split_once(':') else { return Err(ODD) };
        if name.eq_ignore_ascii_case("content-disposition") {
            if found.is_some() {
                return Err(ODD);
            }
            found = Some(value);
        } else if name.eq_ignore_ascii_case("content-transfer-encoding") {
            return Err(ODD);
        }
    }
    let mut rest = found.ok_or(ODD)?.trim();
    rest = rest.strip_prefix("form-data").ok_or(ODD)?;
    let (mut name, mut is_file) = (None, false);
    while let Some(parameter) = rest.trim_start().strip_prefix(';') {
        let (key, value) = parameter.trim_start().split_once('=').ok_or(ODD)?;
        let value = value.strip_prefix('"').ok_or(ODD)?;
        let end = value.find('"').ok_or(ODD)?;
        if value[..end].contains('\\') {
            return Err(ODD);
        }
        match key {
            "name" if name.replace(value[..end].to_owned()).is_some() => return Err(ODD),
            "name" => {}
            "filename" => is_file = true,
            _ => return Err(ODD),
        }
        rest = &value[end + 1..];
    }
    if !rest.trim().is_empty() {
        return Err(ODD);
    }
    Ok((name.ok_or(ODD)?, is_file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_counts_once_over_query_and_body() {
        let form = |query: &str, body: &str| Form::read(query, Some((&Encoding::Urlencoded, body.as_bytes()))).unwrap();
        assert_eq!(form("", "user=a%40b&p=1").field("user"), Field::Once("a@b"));
        assert_eq!(form("user=a", "user=b").field("user"), Field::Ambiguous);
        for odd in ["user[]=a", "user%5B0%5D=a", "+user=a", "user=a&user=a", "[user]=a", "%5Duser=a", "user]=a", "x=1;user=a"] {
            assert_eq!(form("", odd).field("user"), Field::Ambiguous, "{odd}");
            assert_eq!(form(odd, "user=b").field("user"), Field::Ambiguous, "{odd}");
        }
        assert_eq!(form("", "user=a%3Buser%3Db").field("user"), Field::Once("a;user=b"));
        assert_eq!(form("", "users=1").field("user"), Field::Absent);
    }

    #[test]
    fn json_with_a_key_twice_is_ambiguous() {
        let form = |body: &str| Form::read("", Some((&Encoding::Json, body.as_bytes())));
        assert_eq!(form(r#"{"user":"a","x":{"user":"b"}}"#).unwrap().field("user"), Field::Once("a"));
        assert_eq!(form(r#"{"user":"a","user":"b"}"#).unwrap().field("user"), Field::Ambiguous);
        assert_eq!(form(r#"{"user":["a"]}"#).unwrap().field("user"), Field::Ambiguous);
        assert!(form(r#"{"user":"#).is_err());
    }

    #[test]
    fn multipart_is_read_strictly() {
        let body = b"--X\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nalice\r\n--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\nContent-Type: text/plain\r\n\r\nuser=bob\r\n--X--\r\n";
        let encoding = Encoding::of("multipart/form-data; boundary=X").unwrap().unwrap();
        let form = Form::read("", Some((&encoding, body))).unwrap();
        assert_eq!(form.field("user"), Field::Once("alice"));
        let empty = b"--X\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\n\r\n--X--\r\n";
        assert_eq!(Form::read("", Some((&encoding, empty))).unwrap().field("user"), Field::Once(""));
        for bad in [
            &b"--X\nContent-Disposition: form-data; name=\"user\"\n\nalice\n--X--"[..],
            b"preamble\r\n--X\r\n",
            b"--X\r\nContent-Disposition: form-data; name=user\r\n\r\na\r\n--X--",
        ] {
            assert!(Form::read("", Some((&encoding, bad))).is_err());
        }
    }

    #[test]
    fn another_charset_is_refused() {
        assert!(Encoding::of("application/x-www-form-urlencoded; charset=utf-7").is_err());
        assert_eq!(Encoding::of("text/plain").unwrap(), None);
    }
}
