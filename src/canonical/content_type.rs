//! The one reading of a Content-Type. What one runtime would read as a form and another one not is in doubt.

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
    /// Some runtimes read it as a form or as JSON, and others don't, or not as the same one.
    Doubtful(Doubt),
}

/// What is certain of a body all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It is `multipart/form-data`.
    Parts,
    /// It may be any kind of form, or JSON.
    Kind,
    /// In its charset even a plain letter may be another byte.
    Letters,
}

const BLANKS: [char; 2] = [' ', '\t'];

impl Encoding {
    /// From a Content-Type; `None` for what is no form. In doubt is another charset than UTF-8, and whatever isn't written
    /// as RFC 9110 (8.3.1) wants it where somebody could see a form in it.
    pub fn of(content_type: &str) -> Option<Self> {
        let lower = content_type.to_ascii_lowercase();
        if lower.trim_matches(BLANKS).is_empty() {
            return Some(Self::Unsaid);
        }
        let says = |word: &str| lower.contains(word);
        let Some((kind, parameters)) = parse(content_type) else {
            // Many look for these words anywhere in the line.
            let is_form = says("urlencoded") || says("form-data") || says("json");
            let doubt = if says("charset") { Doubt::Letters } else { Doubt::Kind };
            return is_form.then_some(Self::Doubtful(doubt));
        };
        let mut charsets = parameters.iter().filter(|(name, _)| name == "charset").map(|(_, value)| *value);
        let letters_move = !charsets.clone().all(has_plain_letters);
        let doubtful = |doubt| Some(Self::Doubtful(if letters_move { Doubt::Letters } else { doubt }));
        let encoding = match kind.split_once('/') {
            Some(("application", "x-www-form-urlencoded")) if of_form(&parameters).is_some() => Self::Urlencoded,
            _ if says("urlencoded") => return doubtful(Doubt::Kind),
            Some(("multipart", "form-data")) => match of_form(&parameters) {
                Some(Some(boundary)) => Self::Multipart(boundary.to_owned()),
                _ if says("json") => return doubtful(Doubt::Kind),
                _ => return doubtful(Doubt::Parts),
            },
            _ if says("form-data") => return doubtful(Doubt::Kind),
            Some(("multipart", _)) => return Some(Self::Parts),
            Some((_, "json" | "x-json" | "jsonrequest")) => Self::Json,
            Some((_, kind)) if kind.ends_with("+json") => Self::Json,
            _ => return None,
        };
        match encoding {
            encoding if charsets.all(is_known_charset) => Some(encoding),
            Self::Multipart(_) => doubtful(Doubt::Parts),
            _ => doubtful(Doubt::Kind),
        }
    }
}

/// The boundary of a form, if it has one; `None`: there is more than that and a charset, or it is none for everybody.
fn of_form<'a>(parameters: &[(String, &'a str)]) -> Option<Option<&'a str>> {
    let mut boundary = None;
    for (name, value) in parameters.iter().filter(|(name, _)| name != "charset") {
        if name != "boundary" || !is_boundary(value) || boundary.replace(*value).is_some() {
            return None;
        }
    }
    Some(boundary)
}

/// May this stand at a form's field, which is no file?
pub(super) fn is_fields_own(content_type: &str) -> bool {
    parse(content_type).is_some_and(|(kind, parameters)| {
        let mut charsets = parameters.iter().filter(|(name, _)| name == "charset");
        !kind.starts_with("multipart/") && charsets.all(|(_, value)| is_known_charset(value))
    })
}

/// Is this a charset in which nobody reads other names and values than the gate?
pub(super) fn is_known_charset(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Is a letter of ASCII the same byte in this charset, and that byte no part of another character?
fn has_plain_letters(charset: &str) -> bool {
    let lower = charset.to_ascii_lowercase();
    let numbered = ["iso-8859-", "iso8859-", "iso_8859-", "windows-125", "cp125", "latin", "koi8-"];
    is_known_charset(&lower)
        || numbered.iter().any(|family| lower.strip_prefix(family).is_some_and(|n| (1..=2).contains(&n.len())))
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
            assert_eq!(Encoding::of(text), kind, "{text}");
        }
    }

    #[test]
    fn what_two_runtimes_read_differently_is_in_doubt() {
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
            assert!(matches!(Encoding::of(text), Some(Encoding::Doubtful(_))), "{text}");
        }
        for (text, doubt) in [
            ("application/x-www-form-urlencoded; charset=ISO-8859-2", Doubt::Kind),
            ("application/json; charset=windows-1250", Doubt::Kind),
            ("application/x-www-form-urlencoded; charset=utf-7", Doubt::Letters),
            ("application/x-www-form-urlencoded; charset=shift_jis", Doubt::Letters),
            ("application/x-www-form-urlencoded; charset*=utf-7", Doubt::Letters),
            ("application/x-www-form-urlencoded; boundary=X; charset=utf-16", Doubt::Letters),
            ("multipart/form-data; charset=ibm037; boundary=X", Doubt::Letters),
            ("multipart/form-data; boundary=----=_Part_0", Doubt::Kind),
            ("multipart/form-data; boundary=X; boundary=Y", Doubt::Parts),
            ("multipart/form-data; boundary=X; type=json", Doubt::Kind),
        ] {
            assert_eq!(Encoding::of(text), Some(Encoding::Doubtful(doubt)), "{text}");
        }
    }
}
