//! The one reading of the Cookie line. Names that an app's runtime could take for a session cookie are refused.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use foldhash::fast::RandomState;
use http::header::{COOKIE, HeaderMap, HeaderValue};

use super::Malformed;
use crate::config::settings::{App, Globs};
use crate::model::{AppName, MemberKey, Timestamp, TokenHash};
use crate::seal::Seal;
use crate::words::{self, id};

const AMBIGUOUS: Malformed = Malformed { status: 400, reason: "ambiguous_cookie", sentence: id::ODD_COOKIE, clear_cookies: true };

/// What a cookie's name makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieClass {
    /// In `harmless_cookies`: no credential.
    Harmless,
    /// In `session_cookies`.
    Session,
    /// Neither: a credential, in case it is one.
    Other,
}

/// One cookie of a request, octet for octet.
#[derive(Clone)]
pub struct Pair {
    line: Arc<Line>,
    index: usize,
    name: Range<usize>,
    value: Range<usize>,
    /// What it is.
    pub class: CookieClass,
    /// Does it go on with its session? Harmless ones do; members are marked when their session is known.
    pub kept: bool,
}

/// A Cookie line, and what was worked out of it: clients send the same one with many requests.
#[derive(Debug)]
struct Line {
    text: Box<str>,
    keys: Mutex<Vec<Option<MemberKey>>>,
    token: OnceLock<TokenHash>,
    /// The line that was made of these of its cookies.
    made: Mutex<Option<(Vec<usize>, HeaderValue)>>,
}

impl Pair {
    /// Name.
    pub fn name(&self) -> &str {
        &self.line.text[self.name.clone()]
    }

    /// Value, with quotes if it had some.
    pub fn value(&self) -> &str {
        &self.line.text[self.value.clone()]
    }

    /// Its key as a member of this app's sessions.
    pub fn key(&self, seal: &Seal, app: &AppName) -> MemberKey {
        let mut keys = self.line.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() <= self.index {
            keys.resize(self.index + 1, None);
        }
        *keys[self.index].get_or_insert_with(|| seal.member(app.as_str(), self.name().as_bytes(), self.value().as_bytes()))
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value may be a credential.
        f.debug_struct("Pair").field("name", &self.name()).field("class", &self.class).finish_non_exhaustive()
    }
}

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

/// The gate's token as a client showed it.
#[derive(Clone, Debug)]
pub struct GateToken(Arc<Line>, Range<usize>);

impl GateToken {
    /// Its stored form.
    pub fn hash(&self, seal: &Seal) -> TokenHash {
        *self.0.token.get_or_init(|| seal.token_hash(self.as_str()))
    }

    fn as_str(&self) -> &str {
        &self.0.text[self.1.clone()]
    }
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

/// Names that belong to the gate and never reach an app, nor come from one.
pub fn is_gate_name(name: &str) -> bool {
    ["__host-mfa", "mfa", "__host-mfa-device", "mfa-device", words::COOKIE].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Does this line of an app's answer take the cookie away? An empty value is none.
pub fn is_deletion(cookie: &cookie::Cookie<'_>, now: Timestamp) -> bool {
    let past = match cookie.max_age() {
        Some(age) => !age.is_positive(),
        None => cookie.expires_datetime().is_some_and(|at| at.unix_timestamp() <= now.seconds()),
    };
    past || matches!(cookie.name_value().1, "" | "deleted" | "\"\"")
}

/// An app's cookie names, ready to compare.
#[derive(Clone, Debug)]
pub struct Names {
    /// Unlike every other's: what was read by other names doesn't count for these.
    id: u64,
    session: Globs,
    harmless: Globs,
    /// The session names as a lenient runtime would write them.
    folded: Globs,
    /// Those of them that a form's field is held for as well. `*Token` says too little of a field.
    fields: Globs,
    gate: &'static str,
    device: &'static str,
}

fn next_id() -> u64 {
    static IDS: AtomicU64 = AtomicU64::new(0);
    IDS.fetch_add(1, Ordering::Relaxed)
}

impl Names {
    /// Prepares the names of an app.
    pub fn new(app: &App, https: bool) -> Self {
        let (gate, device) = if https { ("__Host-mfa", "__Host-mfa-device") } else { ("mfa", "mfa-device") };
        Self::of(&app.session_cookies, &app.harmless_cookies, gate, device)
    }

    fn of(session: &Globs, harmless: &Globs, gate: &'static str, device: &'static str) -> Self {
        let folded: Vec<String> = session.texts().iter().map(|t| fold_glob(t)).collect();
        let fields: Vec<String> = folded.iter().filter(|t| !t.starts_with(['*', '?', '[', '{'])).cloned().collect();
        let globs = |texts: &[String]| Globs::new(texts).unwrap_or_else(|_| session.clone());
        Self {
            id: next_id(),
            session: session.clone(),
            harmless: harmless.clone(),
            folded: globs(&folded),
            fields: globs(&fields),
            gate,
            device,
        }
    }

    /// What a cookie of this name is.
    pub fn class(&self, name: &str) -> CookieClass {
        if self.session.matches(name) {
            CookieClass::Session
        } else if self.harmless.matches(name) {
            CookieClass::Harmless
        } else {
            CookieClass::Other
        }
    }

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
                    let line = Arc::new(Line {
                        text: self.readable(line)?.into(),
                        keys: Mutex::default(),
                        token: OnceLock::new(),
                        made: Mutex::default(),
                    });
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

    /// The names in a request that are, or look like, a session cookie's: what a page that clears them expires.
    pub fn suspects(&self, headers: &HeaderMap) -> Vec<String> {
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let names = lines.flat_map(|line| line.split(';')).map(|item| item.split('=').next().unwrap_or("").trim());
        let suspect = |name: &&str| self.class(name) == CookieClass::Session || self.refuse_look_alike(name).is_err();
        let mut suspects: Vec<String> = names.filter(suspect).map(str::to_owned).collect();
        suspects.sort();
        suspects.dedup();
        suspects
    }

    /// Does some runtime take the session from a field of this name?
    pub fn is_read_as_session(&self, name: &str) -> bool {
        self.fields.matches(&fold(name.trim_matches([' ', '[', ']'])))
    }

    /// Does another cookie begin within this value for some? At a blank for Python, at a comma for Perl and old Rack.
    fn hides_session(&self, value: &str) -> bool {
        if !value.contains('=') {
            return false;
        }
        let mut before = "";
        value.split([' ', '\t', ',', '"', '\'']).skip(1).filter(|part| !part.is_empty()).any(|part| {
            let name = match part.split_once('=') {
                Some(("", _)) => std::mem::take(&mut before),
                Some((name, _)) => name,
                None => {
                    before = part;
                    return false;
                }
            };
            !name.is_empty() && self.looks_alike(name)
        })
    }

    /// Is this how some runtime writes a session cookie's name, or that name itself?
    fn looks_alike(&self, name: &str) -> bool {
        let is_same_to_all = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
        if is_same_to_all { self.folded.matches(name) } else { self.folded.matches(&fold(name)) }
    }

    fn refuse_look_alike(&self, name: &str) -> Result<(), Malformed> {
        // `$Version` makes some Java servers read the whole line by the rules of RFC 2109.
        let reserved = name.starts_with('$')
            && ["$version", "$path", "$domain", "$port"].iter().any(|own| name.trim_end().eq_ignore_ascii_case(own));
        if reserved || self.looks_alike(name) { Err(AMBIGUOUS) } else { Ok(()) }
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

/// A name as the most lenient runtime reads it: trimmed, unquoted, percent-decoded, lower case, and with PHP's changes
/// (leading blanks off; `.`, blank and `[` become `_`; what follows a closed `[` is an index, and what follows NUL is cut).
fn fold(name: &str) -> String {
    let mut text = name.to_owned();
    for _ in 0..2 {
        if text.contains(['%', '+']) {
            text = super::form::decode_lossy(text.as_bytes(), true);
        }
    }
    let text = text.split('\0').next().unwrap_or_default();
    let text = text.trim().trim_matches(['"', '\'', '$']).trim().to_lowercase();
    let text = match text.find('[') {
        Some(at) if at > 0 && text[at..].contains(']') => text[..at].to_owned(),
        _ => text,
    };
    text.chars().map(|c| if matches!(c, '.' | ' ' | '[' | '\t') { '_' } else { c }).collect()
}

/// The same for a glob: its wildcards stay.
fn fold_glob(glob: &str) -> String {
    glob.to_lowercase().chars().map(|c| if matches!(c, '.' | ' ') { '_' } else { c }).collect()
}

/// One Cookie line of these cookies of one request. `None`: there are none.
pub fn line(pairs: &[Pair]) -> Option<HeaderValue> {
    let whole = &pairs.first()?.line;
    let mut made = whole.made.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, line)) = &*made
        && of.len() == pairs.len()
        && of.iter().zip(pairs).all(|(index, pair)| *index == pair.index)
    {
        return Some(line.clone());
    }
    let mut text = String::with_capacity(whole.text.len());
    for pair in pairs {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(pair.name());
        text.push('=');
        text.push_str(pair.value());
    }
    let line = HeaderValue::from_maybe_shared(Bytes::from(text)).ok()?;
    *made = Some((pairs.iter().map(|pair| pair.index).collect(), line.clone()));
    Some(line)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

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
