//! The one reading of a Content-Type. What one runtime would read as a form and another one not is refused.

use super::Malformed;
use super::form::ODD;

/// How a body is written, as far as the gate reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`
    Urlencoded,
    /// `multipart/form-data` with its boundary.
    Multipart(String),
    /// Another kind of multipart, which is none of the gate's forms.
    Parts,
    /// JSON.
    Json,
    /// Nothing says how. Rack takes a form for granted then.
    Unsaid,
}

const BLANKS: [char; 2] = [' ', '\t'];

impl Encoding {
    /// From a Content-Type; `None` for what is no form. Another charset than UTF-8 is refused, and whatever isn't written
    /// as RFC 9110 (8.3.1) wants it where somebody could see a form in it.
    pub fn of(content_type: &str) -> Result<Option<Self>, Malformed> {
        let lower = content_type.to_ascii_lowercase();
        if lower.trim_matches(BLANKS).is_empty() {
            return Ok(Some(Self::Unsaid));
        }
        let says = |word: &str| lower.contains(word);
        let Some((kind, parameters)) = parse(content_type) else {
            // Many look for these words anywhere in the line.
            return if says("urlencoded") || says("form-data") || says("json") { Err(ODD) } else { Ok(None) };
        };
        let mut boundary = None;
        let is_form = kind == "application/x-www-form-urlencoded" || kind == "multipart/form-data";
        for (name, value) in parameters.iter().filter(|(name, _)| is_form && name != "charset") {
            if name != "boundary" || !is_boundary(value) || boundary.replace(*value).is_some() {
                return Err(ODD);
            }
        }
        let encoding = match kind.split_once('/') {
            Some(("application", "x-www-form-urlencoded")) => Self::Urlencoded,
            _ if says("urlencoded") => return Err(ODD),
            Some(("multipart", "form-data")) => Self::Multipart(boundary.ok_or(ODD)?.to_owned()),
            _ if says("form-data") => return Err(ODD),
            Some(("multipart", _)) => return Ok(Some(Self::Parts)),
            Some((_, "json" | "x-json" | "jsonrequest")) => Self::Json,
            Some((_, kind)) if kind.ends_with("+json") => Self::Json,
            _ => return Ok(None),
        };
        if has_known_charset(&parameters) { Ok(Some(encoding)) } else { Err(ODD) }
    }
}

/// May this stand at a form's field, which is no file?
pub(super) fn is_fields_own(content_type: &str) -> bool {
    parse(content_type).is_some_and(|(kind, parameters)| !kind.starts_with("multipart/") && has_known_charset(&parameters))
}

/// Is this a charset in which nobody reads other names and values than the gate?
pub(super) fn is_known_charset(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn has_known_charset(parameters: &[(String, &str)]) -> bool {
    parameters.iter().filter(|(name, _)| name == "charset").all(|(_, value)| is_known_charset(value))
}

/// What browsers and the usual clients make boundaries of: nothing that ends a value, or means something in a pattern.
/// (`=`, `:` and `/` stand in quotes, or this would be no Content-Type.)
fn is_boundary(text: &str) -> bool {
    (1..=70).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"'_.-+=:/".contains(&b))
}

/// `token/token`, in lower case, and its parameters `token=value`. A `;` with nothing behind it is let pass.
fn parse(text: &str) -> Option<(String, Vec<(String, &str)>)> {
    let (kind, mut rest) = text.split_at(text.find(';').unwrap_or(text.len()));
    let kind = kind.trim_matches(BLANKS).to_ascii_lowercase();
    let (main, sub) = kind.split_once('/')?;
    if !is_token(main) || !is_token(sub) {
        return None;
    }
    let mut parameters = Vec::new();
    while let Some(parameter) = rest.strip_prefix(';') {
        rest = parameter.trim_start_matches(BLANKS);
        if rest.is_empty() || rest.starts_with(';') {
            continue;
        }
        let (name, after) = rest.split_once('=')?;
        let value = match after.strip_prefix('"') {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"')?;
                rest = after;
                value
            }
            None => {
                let (value, after) = after.split_at(after.find([';', ' ', '\t']).unwrap_or(after.len()));
                rest = after;
                if is_token(value) { value } else { return None }
            }
        };
        // `name*` is another parameter to one, and the same to another (RFC 2231).
        if !is_token(name) || name.contains('*') || value.contains('\\') {
            return None;
        }
        parameters.push((name.to_ascii_lowercase(), value));
        rest = rest.trim_start_matches(BLANKS);
    }
    rest.is_empty().then_some((kind, parameters))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multipart(boundary: &str) -> Option<Encoding> {
        Some(Encoding::Multipart(boundary.to_owned()))
    }

    #[test]
    fn what_clients_send_is_read() {
        for (text, kind) in [
            ("application/x-www-form-urlencoded", Some(Encoding::Urlencoded)),
            ("application/x-www-form-urlencoded; charset=UTF-8", Some(Encoding::Urlencoded)),
            ("application/x-www-form-urlencoded;charset=utf-8;", Some(Encoding::Urlencoded)),
            ("Application/X-WWW-Form-Urlencoded ; charset=\"utf-8\"", Some(Encoding::Urlencoded)),
            ("application/json", Some(Encoding::Json)),
            ("application/json; charset=utf-8; odata.metadata=minimal", Some(Encoding::Json)),
            ("application/ld+json; profile=\"http://a.example/b; c\"", Some(Encoding::Json)),
            ("application/vnd.api+json", Some(Encoding::Json)),
            ("text/json", Some(Encoding::Json)),
            ("text/plain", None),
            ("text/html; q", None),
            ("text/plain; charset=iso-8859-2", None),
            ("multipart/mixed; boundary=\"batch 1\"; charset=x", Some(Encoding::Parts)),
            ("application/x-ndjson", None),
            ("application/soap+xml; action=http://a.example/b", None),
            ("image/png", None),
            ("nonsense", None),
            ("", Some(Encoding::Unsaid)),
            ("multipart/form-data; boundary=----WebKitFormBoundaryAbC123", multipart("----WebKitFormBoundaryAbC123")),
            (
                "multipart/form-data; boundary=---------------------------735323031399963166993862150",
                multipart("---------------------------735323031399963166993862150"),
            ),
            ("multipart/form-data; boundary=----geckoformboundaryd8b4", multipart("----geckoformboundaryd8b4")),
            ("multipart/form-data; boundary=\"0a1b-2c3d\"", multipart("0a1b-2c3d")),
            ("multipart/form-data; boundary=\"===============1234==\"", multipart("===============1234==")),
            ("multipart/form-data; boundary=\"----=_Part_0_17.25\"", multipart("----=_Part_0_17.25")),
            ("multipart/form-data;boundary=dart-http-boundary-+_.x; charset=utf-8", multipart("dart-http-boundary-+_.x")),
        ] {
            assert_eq!(Encoding::of(text), Ok(kind), "{text}");
        }
    }

    #[test]
    fn what_two_runtimes_read_differently_is_refused() {
        for text in [
            "application/x-www-form-urlencoded x+json",
            "application/x-www-form-urlencoded,x+json",
            "application/x-www-form-urlencoded+json",
            "application/x-www-form-urlencoded; charset=utf-7",
            "application/x-www-form-urlencoded; charset*=utf-7",
            "application/x-www-form-urlencoded; x=y",
            "application/x-www-form-urlencoded; charset",
            "application/x-www-form-urlencoded\u{fffd}",
            "text/plain; a=urlencoded",
            "application/json; a=\"application/x-www-form-urlencoded\"",
            "application/json; charset=utf-16",
            "application/json, text/plain",
            "multipart/form-data",
            "multipart/form-data; boundary=X,Y",
            "multipart/form-data; boundary=\"X,Y\"",
            "multipart/form-data; boundary=\"X\\Y\"",
            "multipart/form-data; boundary=\"X",
            "multipart/form-data; boundary=X Y",
            "multipart/form-data; boundary=----=_Part_0",
            "multipart/form-data; boundary=\"X?\"",
            "multipart/form-data; boundary= X",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=urlencoded",
            "multipart/form-data; boundary=X; boundary=Y",
            "multipart/form-data; xboundary=X; boundary=Y",
            "multipart/form-data; boundary=Y; boundary*=utf-8''X",
            "multipart/form-data, boundary=X",
        ] {
            assert_eq!(Encoding::of(text), Err(ODD), "{text}");
        }
    }
}
