//! The one reading of a path: decoded once for the rules, passed on as it came, refused where servers disagree.

use std::borrow::Cow;

use super::Malformed;
use super::carriers::IN_ADDRESS;
use crate::words::id;

const ODD: Malformed = Malformed::new(400, "ambiguous_path", id::ODD_ADDRESS);
/// The path that rules are matched on. `allowed` opens single oddities: `//`, `;`, `%2f`, `%5c`, `\`, `.`.
pub fn read<'a>(raw: &'a str, allowed: &[String]) -> Result<Cow<'a, str>, Malformed> {
    if !raw.starts_with('/') {
        return Err(ODD);
    }
    let open = |what: &str| allowed.iter().any(|a| a.eq_ignore_ascii_case(what));
    let lower_has = |needle: &str| raw.to_ascii_lowercase().contains(needle);
    if raw.bytes().any(|b| b <= 0x20 || b == 0x7f) {
        return Err(ODD);
    }
    let odd_bytes = raw.bytes().any(|b| matches!(b, b'%' | b';' | b'\\' | b'.' | b'(')) || raw.contains("//");
    if !odd_bytes {
        return Ok(Cow::Borrowed(raw));
    }
    if raw.contains(";jsessionid=") || lower_has("/(s(") {
        return Err(IN_ADDRESS);
    }
    let decoded = if raw.contains('%') {
        if (lower_has("%2f") && !open("%2f")) || (lower_has("%5c") && !open("%5c")) || lower_has("%3b") && !open(";") {
            return Err(ODD);
        }
        Cow::Owned(decode(raw)?)
    } else {
        Cow::Borrowed(raw)
    };
    let refused = (decoded.contains("//") && !open("//"))
        || (raw.contains(';') && !open(";"))
        || (decoded.contains('\\') && !open("\\") && !open("%5c"))
        || decoded.chars().any(char::is_control)
        || (decoded.split('/').any(|segment| segment == "." || segment == "..") && !open("."));
    if refused { Err(ODD) } else { Ok(decoded) }
}

/// Percent-decodes once; `%00` and what isn't UTF-8 afterwards is refused.
fn decode(raw: &str) -> Result<String, Malformed> {
    let bytes = raw.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'%' {
            let hex = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok()).ok_or(ODD)?;
            let byte = u8::from_str_radix(hex, 16).map_err(|_| ODD)?;
            if byte == 0 {
                return Err(ODD);
            }
            out.push(byte);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).map_err(|_| ODD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_paths_are_read_as_people_read_them() {
        assert_eq!(read("/wiki/start.html", &[]).unwrap(), "/wiki/start.html");
        assert_eq!(read("/a%20b/%C5%82", &[]).unwrap(), "/a b/ł");
    }

    #[test]
    fn what_servers_disagree_about_is_refused_unless_opened() {
        for bad in [
            "/a/../b",
            "/%2e%2e/b",
            "/a/./b",
            "//a",
            "/a//b",
            "/a;x=1",
            "/a%2fb",
            "/a%5Cb",
            "/a\\b",
            "/a%00",
            "/a%zz",
            "/%ff",
            "/a%0a",
            "/a%3Bb",
            "a",
        ] {
            assert!(read(bad, &[]).is_err(), "{bad}");
        }
        assert!(read("/a;x=1", &[";".into()]).is_ok());
        assert!(read("/a;jsessionid=1", &[";".into()]).is_err());
        assert!(read("/a%2Fb", &["%2f".into()]).is_ok());
    }
}
