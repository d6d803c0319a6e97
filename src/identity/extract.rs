//! Takes a user name or an attribute out of an app's answer: JSON pointer, CSS selector, header, regex.

use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;
use lol_html::send::{HtmlRewriter, Settings};
use lol_html::{element, text};

use crate::config::settings::Extract;

/// A user's name, or an attribute, is no longer.
const NAME_MAX: usize = 256;
/// A token is no longer: it has to fit into a header.
const TOKEN_MAX: usize = 4096;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Exactly one text.
    Text(String),
    /// Nothing, null, or empty.
    Nothing,
    /// Something that can't be read.
    Unclear(String),
}

impl Extract {
    /// Reads a name or an attribute out of an answer's head and (uncompressed) body.
    pub fn read(&self, headers: &HeaderMap, body: &[u8]) -> Found {
        self.read_up_to(NAME_MAX, headers, body)
    }

    /// Reads a token, which is longer.
    pub fn read_token(&self, headers: &HeaderMap, body: &[u8]) -> Found {
        self.read_up_to(TOKEN_MAX, headers, body)
    }

    fn read_up_to(&self, max: usize, headers: &HeaderMap, body: &[u8]) -> Found {
        match self {
            Self::Header(name) => {
                let mut values = headers.get_all(name.as_str()).iter();
                match (values.next(), values.next()) {
                    (None, _) => Found::Nothing,
                    (Some(value), None) => match value.to_str() {
                        Ok(text) => found(text, max),
                        Err(_) => Found::Unclear(format!("the header {name} holds more than ASCII")),
                    },
                    _ => Found::Unclear(format!("the header {name} stands twice")),
                }
            }
            Self::Json(pointer) => match serde_json::from_slice::<serde_json::Value>(body) {
                Err(e) => Found::Unclear(format!("it is no JSON ({e})")),
                Ok(value) => match value.pointer(pointer) {
                    None | Some(serde_json::Value::Null) => Found::Nothing,
                    Some(serde_json::Value::String(text)) => found(text, max),
                    Some(serde_json::Value::Number(number)) => found(&number.to_string(), max),
                    Some(_) => Found::Unclear(format!("{pointer} is neither text nor number")),
                },
            },
            Self::Regex(regex) => {
                let text = String::from_utf8_lossy(body);
                let mut all = regex.captures_iter(&text).filter_map(|c| c.get(1)).map(|m| m.as_str());
                match all.next() {
                    None => Found::Nothing,
                    Some(first) if all.all(|other| other == first) => found(first, max),
                    Some(_) => Found::Unclear("the regex finds different texts".into()),
                }
            }
            Self::Css { selector, attribute } => css(selector, attribute.as_deref(), body, max),
        }
    }
}

fn found(text: &str, max: usize) -> Found {
    let text = text.trim();
    if text.is_empty() {
        Found::Nothing
    } else if text.len() > max || text.chars().any(char::is_control) {
        Found::Unclear("it is too long or holds control characters".into())
    } else {
        Found::Text(text.to_owned())
    }
}

/// Is there an element like this in the page?
pub fn has_element(selector: &str, body: &[u8]) -> Result<bool, String> {
    match css(selector, Some("\u{0}none"), body, NAME_MAX) {
        Found::Unclear(why) if why == SEVERAL => Ok(true),
        Found::Unclear(why) => Err(why),
        Found::Nothing => Ok(false),
        Found::Text(_) => Ok(true),
    }
}

const SEVERAL: &str = "the selector finds different texts";

fn css(selector: &str, attribute: Option<&str>, body: &[u8], max: usize) -> Found {
    let texts: Arc<Mutex<Vec<String>>> = Arc::default();
    let begin = texts.clone();
    let more = texts.clone();
    let wanted = attribute.map(str::to_owned);
    let only_presence = attribute == Some("\u{0}none");
    let Ok(parsed) = selector.parse::<lol_html::Selector>() else {
        return Found::Unclear(format!("`{selector}` is no CSS selector"));
    };
    drop(parsed);
    let on_element = element!(selector, move |el| {
        let value = match &wanted {
            _ if only_presence => Some("present".to_owned()),
            Some(name) => el.get_attribute(name),
            None => Some(String::new()),
        };
        if let Some(value) = value {
            begin.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        }
        Ok(())
    });
    let mut settings = Settings::new_send().append_element_content_handler(on_element);
    if attribute.is_none() {
        settings = settings.append_element_content_handler(text!(selector, move |chunk| {
            if let Some(last) = more.lock().unwrap_or_else(PoisonError::into_inner).last_mut() {
                last.push_str(chunk.as_str());
            }
            Ok(())
        }));
    }
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    if let Err(e) = rewriter.write(body).and_then(|()| rewriter.end()) {
        return Found::Unclear(format!("the page can't be read ({e})"));
    }
    let texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
    let mut decoded = texts.iter().map(|t| html_escape::decode_html_entities(t).trim().to_owned()).filter(|t| !t.is_empty());
    match decoded.next() {
        None => Found::Nothing,
        Some(first) if decoded.all(|other| other == first) => found(&first, max),
        Some(_) => Found::Unclear(SEVERAL.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(extract: &Extract, body: &str) -> Found {
        extract.read(&HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn a_json_pointer_names_one_text_or_nobody() {
        let user = Extract::Json("/user/name".into());
        assert_eq!(read(&user, r#"{"user":{"name":"alice"}}"#), Found::Text("alice".into()));
        assert_eq!(read(&user, r#"{"user":null}"#), Found::Nothing);
        assert_eq!(read(&user, r#"{"user":{"name":""}}"#), Found::Nothing);
        assert!(matches!(read(&user, "<html>"), Found::Unclear(_)));
        assert!(matches!(read(&user, r#"{"user":{"name":["a"]}}"#), Found::Unclear(_)));
    }

    #[test]
    fn a_selector_reads_text_or_attribute_with_entities() {
        let text = Extract::Css { selector: "#user strong".into(), attribute: None };
        assert_eq!(read(&text, "<div id=user>Hi <strong>A &amp; B</strong></div>"), Found::Text("A & B".into()));
        assert_eq!(read(&text, "<div>nobody</div>"), Found::Nothing);
        let value = Extract::Css { selector: "input#email".into(), attribute: Some("value".into()) };
        assert_eq!(read(&value, "<input id=email value='a@b.c'>"), Found::Text("a@b.c".into()));
        assert!(matches!(read(&text, "<p id=user><strong>a</strong><strong>b</strong></p>"), Found::Unclear(_)));
    }

    #[test]
    fn an_element_is_there_or_not() {
        assert_eq!(has_element("input[name=\"password\"]", b"<form><input name=password></form>"), Ok(true));
        assert_eq!(has_element("input[name=\"password\"]", b"<form></form>"), Ok(false));
    }
}
