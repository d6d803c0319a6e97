//! The one reading of `multipart/form-data` (RFC 7578): CRLF everywhere, one `name` a part, nothing beside the parts.

use super::Malformed;
use super::content_type::is_fields_own;
use super::form::ODD;

/// No field that the gate looks for has a longer name.
pub(super) const NAME_MAX: usize = 256;

/// Name and value of each field; of a file the name alone.
pub(super) fn read(boundary: &str, bytes: &[u8]) -> Result<Vec<(String, Option<String>)>, Malformed> {
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
            Some(b"--") => break,
            Some(b"\r\n") => at += 2,
            _ => return Err(ODD),
        }
        let head_end = text_at(at, b"\r\n\r\n").ok_or(ODD)?;
        let head = std::str::from_utf8(&bytes[at..head_end]).map_err(|_| ODD)?;
        let end_mark = format!("\r\n{delimiter}");
        let body_end = text_at(head_end + 4 - 2, end_mark.as_bytes()).ok_or(ODD)?;
        let body = bytes.get(head_end + 4..body_end).unwrap_or(&[]);
        let (name, is_file) = disposition(head)?;
        fields.push((name, (!is_file).then(|| String::from_utf8_lossy(body).into_owned())));
        at = body_end + end_mark.len();
    }
    // Many go on behind the last delimiter, or cut at one without its line ends (PHP, Django, Werkzeug).
    let delimiters = bytes.windows(delimiter.len()).filter(|w| *w == delimiter.as_bytes()).count();
    let is_all = matches!(&bytes[at + 2..], b"" | b"\r\n") && delimiters == fields.len() + 1;
    // Who cuts a Content-Type at every `=` has another boundary: no part of that one may stand within a value.
    let hides_none = !boundary.contains('=') || heads(bytes) == fields.len();
    if is_all && hides_none { Ok(fields) } else { Err(ODD) }
}

fn heads(bytes: &[u8]) -> usize {
    const HEAD: &[u8] = b"content-disposition";
    bytes.windows(HEAD.len()).filter(|w| w.eq_ignore_ascii_case(HEAD)).count()
}

/// Whatever some part of another kind of multipart may be called by: Rack and formidable take them all for forms.
pub(super) fn possible_names(bytes: &[u8]) -> Vec<String> {
    let lower = bytes.to_ascii_lowercase();
    let name_at = |start: usize| {
        let rest = bytes[start..].trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
        let rest = &rest[..rest.len().min(NAME_MAX)];
        let end = rest.iter().position(|b| b"\";\r\n".contains(b)).unwrap_or(rest.len());
        String::from_utf8_lossy(&rest[..end]).into_owned()
    };
    behind(&lower, b"name=").chain(behind(&lower, b"content-id:")).map(name_at).collect()
}

/// Where this word ends in the text, each time.
pub(super) fn behind(text: &[u8], word: &[u8]) -> impl Iterator<Item = usize> {
    text.windows(word.len()).enumerate().filter(move |(_, w)| *w == word).map(|(at, w)| at + w.len())
}

/// `name`, and whether there is a `filename`, in a part's Content-Disposition.
fn disposition(head: &str) -> Result<(String, bool), Malformed> {
    let (mut found, mut content_type, mut coding) = (None, None, None);
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) || line.chars().any(|c| c.is_control() && c != '\t') {
            return Err(ODD);
        }
        let Some((name, value)) = line.split_once(':') else { return Err(ODD) };
        let before = match name.to_ascii_lowercase().as_str() {
            "content-disposition" => found.replace(value),
            "content-type" => content_type.replace(value),
            "content-transfer-encoding" => coding.replace(value),
            _ => None,
        };
        if before.is_some() {
            return Err(ODD);
        }
    }
    // These say that nothing is encoded (RFC 2045, 6.2).
    if coding.is_some_and(|c| !["binary", "8bit", "7bit"].iter().any(|plain| c.trim().eq_ignore_ascii_case(plain))) {
        return Err(ODD);
    }
    let mut rest = found.ok_or(ODD)?.trim();
    rest = rest.strip_prefix("form-data").ok_or(ODD)?;
    let (mut name, mut is_file) = (None, false);
    while let Some(parameter) = rest.trim_start().strip_prefix(';') {
        let (key, after) = parameter.trim_start().split_once('=').ok_or(ODD)?;
        if key == "filename*" {
            // RFC 5987 has no quotes.
            let end = after.find([';', ' ', '\t']).unwrap_or(after.len());
            if after[..end].is_empty() || after[..end].contains(['"', '\\', ',']) {
                return Err(ODD);
            }
            (is_file, rest) = (true, &after[end..]);
            continue;
        }
        let quoted = after.strip_prefix('"').ok_or(ODD)?;
        let end = quoted.find('"').ok_or(ODD)?;
        let value = &quoted[..end];
        match key {
            // Java's FileUpload, Tomcat's too, decodes `=?utf-8?q?name?=` (RFC 2047).
            "name" if value.contains('\\') || value.contains("=?") => return Err(ODD),
            "name" if name.replace(value.to_owned()).is_some() => return Err(ODD),
            "name" => {}
            // Before the quote it would take that away for some. Elsewhere it is a path's, and changes the name of a file only.
            "filename" if !value.ends_with('\\') => is_file = true,
            _ => return Err(ODD),
        }
        rest = &quoted[end + 1..];
    }
    if !rest.trim().is_empty() || content_type.is_some_and(|kind| !is_file && !is_fields_own(kind)) {
        return Err(ODD);
    }
    Ok((name.ok_or(ODD)?, is_file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, value: &str) -> String {
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    }

    fn fields(body: &str) -> Vec<(String, Option<String>)> {
        read("X", body.as_bytes()).unwrap()
    }

    #[test]
    fn forms_as_browsers_and_scripts_send_them_are_read() {
        let file = "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a b.txt\"\r\nContent-Type: text/plain; charset=windows-1250\r\n\r\nuser=bob\n\r\n";
        let typed =
            "--X\r\nContent-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n1\r\n2\r\n";
        let body = format!("{}{file}{typed}{}--X--\r\n", part("user", "alice"), part("empty", ""));
        let own = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
        assert_eq!(fields(&body), [own("user", "alice"), ("f".into(), None), own("t", "1\r\n2"), own("empty", "")]);
        assert_eq!(fields("--X--\r\n"), []);
        assert_eq!(fields(&format!("{}--X--", part("user", "alice"))), [own("user", "alice")]);
    }

    #[test]
    fn what_says_nothing_of_a_fields_name_may_stand_beside_it() {
        for file in [
            "filename=\"C:\\temp\\a b.txt\"",
            "filename=\"a.txt\"; filename*=utf-8''%c5%82.txt",
            "filename*=UTF-8''a.txt; filename=\"=?utf-8?b?YQ==?=\"",
        ] {
            for coding in ["", "Content-Transfer-Encoding: binary\r\n", "content-transfer-encoding:8BIT\r\n"] {
                let body = format!("--X\r\n{coding}Content-Disposition: form-data; name=\"f\"; {file}\r\n\r\na\r\n--X--\r\n");
                assert_eq!(fields(&body), [("f".to_owned(), None)], "{body}");
            }
        }
        let python = "===============8230494==";
        let body = part("user", "alice").replace("--X", &format!("--{python}"));
        let body = format!("{body}--{python}--\r\n");
        assert_eq!(read(python, body.as_bytes()).unwrap(), [("user".to_owned(), Some("alice".to_owned()))]);
    }

    #[test]
    fn another_kind_of_multipart_is_searched_for_names() {
        let body = "--X\nContent-Disposition: attachment; NAME=user; x=y\n\na\n--X\nContent-ID: pass\n\nb name=\"c\"";
        assert_eq!(possible_names(body.as_bytes()), ["user", "c", "pass"]);
    }

    #[test]
    fn what_two_parsers_read_differently_is_refused() {
        let user = part("user", "mallory");
        let inner = part("user", "alice");
        for bad in [
            "--X\nContent-Disposition: form-data; name=\"user\"\n\nalice\n--X--".to_owned(),
            format!("preamble\r\n{user}--X--\r\n"),
            "--X\r\nContent-Disposition: form-data; name=user\r\n\r\na\r\n--X--".to_owned(),
            format!("{user}--X--\r\n{inner}--X--\r\n"),
            format!("{user}--X--\r\nepilogue"),
            format!("{user}--X--\n"),
            format!("{user}{}--X--\r\n", part("z", &format!("1\n{inner}"))),
            format!("{user}{}--X--\r\n", part("z", &format!("1{inner}"))),
            format!(
                "{user}--X\r\nContent-Disposition: form-data; name=\"z\"\r\nX-A: b\nContent-Disposition: form-data; name=\"user\"\r\n\r\nalice\r\n--X--\r\n"
            ),
            format!("{user}--X\r\nContent-Disposition: form-data; name=\"z\"; filename=\"a\0b\"\r\n\r\nalice\r\n--X--\r\n"),
            format!(
                "{user}--X\r\nContent-Disposition: form-data; name=\"z\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\na\r\n--X--\r\n"
            ),
            format!(
                "{user}--X\r\nContent-Disposition: form-data; name=\"z\"\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\na\r\n--X--\r\n"
            ),
            format!("{user}{}--X--\r\n", part("=?utf-8?q?user?=", "alice")),
            format!("{user}{}--X--\r\n", part("us\\er", "alice")),
            format!("{user}{}--X--\r\n", part("z\"; filename=\"\\\"; name=\"user", "alice")),
            format!("{user}{}--X--\r\n", part("z\"; filename*=\"a\"; x=\"user", "alice")),
            format!("{user}{}--X--\r\n", part("z\"; name*=utf-8''user", "alice")),
            format!(
                "{user}--X\r\nContent-Disposition: form-data; name=\"z\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n--X--\r\n"
            ),
        ] {
            assert!(read("X", bad.as_bytes()).is_err(), "{bad}");
        }
        let within = "--a=b\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n1\r\n--a\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nalice\r\n--a--\r\n--a=b--\r\n";
        assert!(read("a=b", within.as_bytes()).is_err());
    }
}
