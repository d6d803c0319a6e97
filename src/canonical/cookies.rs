//! The one reading of the Cookie line. Names that an app's runtime could take for a session cookie are refused.

mod line;
mod names;

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::RandomState;
use http::header::{COOKIE, HeaderMap, HeaderValue};

use super::Malformed;
use crate::words::id;
use line::Line;
pub use line::{GateToken, Pair, line};
use names::fold;
pub use names::{CookieClass, METHOD_COOKIE, Names, is_deletion, is_gate_name};

const AMBIGUOUS: Malformed = Malformed { status: 400, reason: "ambiguous_cookie", sentence: id::ODD_COOKIE, clear_cookies: true };

/// The cookies of one request; the gate's own are apart.
#[derive(Clone, Debug, Default)]
pub struct Cookies {
    /// The app's, in their order, identical copies collapsed.
    pub app: Vec<Pair>,
    /// The gate's token, if there is exactly one.
    pub gate: Option<GateToken>,
    /// The device's token, if there is exactly one.
    pub device: Option<Arc<str>>,
}

/// Lines that this thread read lately.
const REMEMBERED: usize = 256;

struct Remembered {
    /// Whose names they were read by.
    names: u64,
    cookies: Cookies,
    line: Arc<Line>,
}

thread_local! {
    static LINES: (RandomState, RefCell<Vec<Option<Remembered>>>) = (RandomState::default(), RefCell::default());
}

impl Names {
    /// Reads the Cookie line of a request.
    pub fn read(&self, headers: &HeaderMap) -> Result<Cookies, Malformed> {
        let mut lines = headers.get_all(COOKIE).iter();
        let Some(line) = lines.next() else { return Ok(Cookies::default()) };
        if lines.next().is_some() {
            return Err(Malformed { clear_cookies: false, ..AMBIGUOUS });
        }
        LINES.with(|(hasher, lines)| {
            let mut lines = lines.borrow_mut();
            if lines.is_empty() {
                lines.resize_with(REMEMBERED, || None);
            }
            let at = (hasher.hash_one(line.as_bytes()) ^ self.id) as usize % REMEMBERED;
            match &lines[at] {
                Some(known) if known.names == self.id && known.line.text.as_bytes() == line.as_bytes() => {
                    Ok(known.cookies.clone())
                }
                _ => {
                    let line = Arc::new(Line::new(&self.readable(line)?));
                    let cookies = self.read_line(&line)?;
                    lines[at] = Some(Remembered { names: self.id, cookies: cookies.clone(), line });
                    Ok(cookies)
                }
            }
        })
    }

    /// The line without cookies that no app could have set: one with other bytes than ASCII comes from elsewhere, and must
    /// not lock anybody out. As a session cookie it is refused.
    fn readable<'a>(&self, line: &'a HeaderValue) -> Result<Cow<'a, str>, Malformed> {
        if let Ok(text) = line.to_str() {
            return Ok(text.into());
        }
        let mut kept = Vec::new();
        for item in line.as_bytes().split(|b| *b == b';') {
            match std::str::from_utf8(item).ok().filter(|text| text.is_ascii()) {
                Some(text) => kept.push(text),
                None => {
                    let text = String::from_utf8_lossy(item);
                    let name = text.split('=').next().unwrap_or("").trim();
                    if self.class(name) == CookieClass::Session {
                        return Err(AMBIGUOUS);
                    }
                    self.refuse_look_alike(name)?;
                }
            }
        }
        Ok(kept.join(";").into())
    }

    fn read_line(&self, whole: &Arc<Line>) -> Result<Cookies, Malformed> {
        let (line, mut cookies) = (&*whole.text, Cookies::default());
        let place = |part: &str| {
            let start = part.as_ptr() as usize - line.as_ptr() as usize;
            start..start + part.len()
        };
        cookies.app.reserve(8);
        let (mut gate, mut device) = (One::default(), One::default());
        for item in line.split(';') {
            let item = item.trim_matches([' ', '\t']);
            // A cookie without `=` or without a name: no app needs it, and runtimes disagree on what it is.
            let Some((name, value)) = item.split_once('=') else {
                self.refuse_look_alike(item)?;
                continue;
            };
            if name == self.gate {
                gate.take(value);
                continue;
            }
            if name == self.device {
                device.take(value);
                continue;
            }
            if is_gate_name(name) {
                continue;
            }
            let class = self.class(name);
            if class != CookieClass::Session {
                self.refuse_look_alike(name)?;
                if !name.bytes().all(is_token_byte) || name.is_empty() || self.hides_session(value) {
                    continue;
                }
            }
            if let Some(same) = cookies.app.iter().find(|p| p.name() == name) {
                if same.value() == value {
                    continue;
                }
                if class == CookieClass::Session {
                    return Err(AMBIGUOUS);
                }
            }
            if class == CookieClass::Session && cookies.app.iter().any(|p| p.class == class) {
                let folded = fold(name);
                if cookies.app.iter().any(|p| p.class == class && p.name() != name && fold(p.name()) == folded) {
                    return Err(AMBIGUOUS);
                }
            }
            let kept = class == CookieClass::Harmless;
            let index = cookies.app.len();
            cookies.app.push(Pair { line: whole.clone(), index, name: place(name), value: place(value), class, kept });
        }
        cookies.gate = gate.only().map(|token| GateToken(whole.clone(), place(token)));
        cookies.device = device.only().map(Into::into);
        Ok(cookies)
    }
}

/// A token, if all its copies are the same.
#[derive(Default)]
struct One<'a> {
    value: Option<&'a str>,
    differ: bool,
}

impl<'a> One<'a> {
    fn take(&mut self, value: &'a str) {
        self.differ |= self.value.is_some_and(|old| old != value);
        self.value = Some(value);
    }

    fn only(self) -> Option<&'a str> {
        self.value.filter(|_| !self.differ)
    }
}

fn is_token_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~[]".contains(&b)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::settings::Globs;

    pub(in super::super) fn names(session: &[&str]) -> Names {
        let texts: Vec<String> = session.iter().map(|s| (*s).to_owned()).collect();
        Names::of(&Globs::new(&texts).unwrap(), &Globs::new(&["lang".to_owned()]).unwrap(), "mfa", "mfa-device")
    }

    fn read(names: &Names, line: &str) -> Result<Cookies, Malformed> {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, line.parse().unwrap());
        names.read(&headers)
    }

    #[test]
    fn the_same_session_cookie_twice_is_refused_unless_identical() {
        let names = names(&["sid"]);
        assert_eq!(read(&names, "sid=1; sid=2").unwrap_err().reason, "ambiguous_cookie");
        assert_eq!(read(&names, "sid=1; a=b; sid=1").unwrap().app.len(), 2);
    }

    #[test]
    fn look_alikes_of_a_session_cookie_are_refused() {
        let names = names(&["my_sid", "remember_*"]);
        for bad in [
            "my.sid",
            "my sid",
            "my[sid",
            "My_Sid",
            "%6dy_sid",
            "\"my_sid\"",
            "my_sid[]",
            "my_sid[a]",
            "$my_sid",
            "$Version",
            "REMEMBER_me",
            "remember.me",
            "my_sid%00x",
            "+my_sid",
        ] {
            assert!(read(&names, &format!("{bad}=x; my_sid=1")).is_err(), "{bad}");
            assert!(read(&names, &format!("{bad}=x")).is_err(), "{bad} alone");
        }
        assert!(read(&names, "my_sid=1; remember_me=2; theme=dark").is_ok());
    }

    #[test]
    fn a_cookie_that_hides_a_session_in_its_value_is_left_out() {
        let names = names(&["my_sid", "remember_*"]);
        for value in [
            "de my_sid=1",
            "de\tmy_sid=1",
            "de,my_sid=1",
            "de, my.sid=1",
            " my_sid=1",
            "\"de\" my_sid = 1",
            "\"de\"my_sid=1",
            "a=b c=d, My_Sid=1",
            "x 'remember_a'=1",
        ] {
            for name in ["lang", "theme"] {
                let cookies = read(&names, &format!("{name}={value}; a=b")).unwrap();
                assert_eq!(cookies.app.iter().map(Pair::name).collect::<Vec<_>>(), ["a"], "{name}={value}");
            }
        }
        for value in [r#"{"a": 1, "b": "c d"}"#, "a, b=c", "\"a b\"", "abc==", "my_sid", "{\"my_sid\": 1}"] {
            assert_eq!(read(&names, &format!("lang={value}")).unwrap().app[0].value(), value);
        }
    }

    #[test]
    fn the_gates_cookies_are_apart_and_two_different_ones_are_none() {
        let names = names(&["sid"]);
        let cookies = read(&names, "mfa=a; sid=1; mfa-device=d; MFA=x").unwrap();
        let gate = cookies.gate.as_ref().map(GateToken::as_str);
        assert_eq!((gate, cookies.device.as_deref(), cookies.app.len()), (Some("a"), Some("d"), 1));
        assert!(read(&names, "mfa=a; mfa=b").unwrap().gate.is_none());
    }

    #[test]
    fn two_cookie_lines_are_refused() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1".parse().unwrap());
        headers.append(COOKIE, "sid=1".parse().unwrap());
        assert!(names(&["sid"]).read(&headers).is_err());
    }
}
