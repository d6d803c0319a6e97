//! The one reading of a request. What two parsers could read differently is refused here, before anyone decides.

pub mod cookies;
pub mod form;
pub mod headers;
pub mod path;

use http::request::Parts;
use http::{Method, header};

/// Why a request is refused before it is judged: a status, a fixed reason, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The status.
    pub status: u16,
    /// For machines.
    pub reason: &'static str,
    /// For people.
    pub sentence: &'static str,
    /// The browser's cookies are at fault: the page offers to clear them.
    pub clear_cookies: bool,
}

impl Malformed {
    const fn new(status: u16, reason: &'static str, sentence: &'static str) -> Self {
        Self { status, reason, sentence, clear_cookies: false }
    }
}

/// The methods that are passed on: those of HTTP and of WebDAV and its relatives.
const METHODS: &[&str] = &[
    "GET",
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
    "MOVE",
    "LOCK",
    "UNLOCK",
    "REPORT",
    "SEARCH",
    "ACL",
    "MKCALENDAR",
    "VERSION-CONTROL",
    "CHECKOUT",
    "CHECKIN",
    "MERGE",
    "MKACTIVITY",
    "BIND",
    "UNBIND",
    "REBIND",
    "QUERY",
];

/// Does this method promise to change nothing (RFC 9110, 9.2.1)?
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Checks what hyper lets through and the app might read otherwise: method, target, host, framing.
pub fn check_framing(parts: &Parts) -> Result<(), Malformed> {
    match parts.method.as_str() {
        "TRACE" => {
            return Err(Malformed::new(405, "method_not_allowed", "TRACE is not allowed here."));
        }
        "CONNECT" => {
            return Err(Malformed::new(501, "method_not_supported", "This is no forward proxy."));
        }
        "GET" | "POST" => {}
        other if METHODS.contains(&other) => {}
        _ => {
            return Err(Malformed::new(501, "method_not_supported", "This method is not supported here."));
        }
    }
    let lengths = &mut parts.headers.get_all(header::CONTENT_LENGTH).iter();
    if let Some(length) = lengths.next() {
        let digits = length.as_bytes();
        let canonical = digits.iter().all(u8::is_ascii_digit)
            && !digits.is_empty()
            && digits.len() <= 18
            && (digits == b"0" || digits[0] != b'0');
        if !canonical || lengths.next().is_some() || parts.headers.contains_key(header::TRANSFER_ENCODING) {
            return Err(Malformed::new(400, "ambiguous_length", "The length of this request can be read in two ways."));
        }
    }
    if let Some(coding) = parts.headers.get(header::TRANSFER_ENCODING) {
        let several = parts.headers.get_all(header::TRANSFER_ENCODING).iter().nth(1).is_some();
        if several || !coding.as_bytes().eq_ignore_ascii_case(b"chunked") {
            return Err(Malformed::new(400, "ambiguous_length", "Only `chunked` is accepted as Transfer-Encoding."));
        }
    }
    for name in [header::AUTHORIZATION, header::CONTENT_TYPE, header::HOST, header::UPGRADE] {
        if parts.headers.get_all(&name).iter().nth(1).is_some() {
            return Err(Malformed::new(400, "repeated_header", "A header that may stand once was sent twice."));
        }
    }
    Ok(())
}

/// The host that was asked for, lower case, without port. One valid Host, equal to the target's if that has one.
pub fn host(parts: &Parts) -> Result<String, Malformed> {
    const BAD: Malformed = Malformed::new(400, "bad_host", "The Host of this request is missing or can't be read.");
    let given = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).ok_or(BAD)?;
    if let Some(target) = parts.uri.authority()
        && !target.as_str().eq_ignore_ascii_case(given)
    {
        return Err(BAD);
    }
    let authority: http::uri::Authority = given.parse().map_err(|_| BAD)?;
    let host = authority.host();
    let fine = !host.is_empty()
        && !host.ends_with('.')
        && !given.contains('@')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]_".contains(&b));
    if !fine {
        return Err(BAD);
    }
    Ok(host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(build: http::request::Builder) -> Parts {
        build.body(()).unwrap().into_parts().0
    }

    #[test]
    fn lengths_that_two_parsers_could_read_differently_are_refused() {
        for bad in ["002", "+2", "", "2, 2", "-1", "0x2"] {
            let parts = parts(http::Request::post("/").header("content-length", bad));
            assert_eq!(check_framing(&parts).unwrap_err().status, 400, "{bad:?}");
        }
        let twice = parts(http::Request::post("/").header("content-length", "2").header("content-length", "2"));
        assert!(check_framing(&twice).is_err());
        let both = parts(http::Request::post("/").header("content-length", "2").header("transfer-encoding", "chunked"));
        assert!(check_framing(&both).is_err());
        assert!(check_framing(&parts(http::Request::post("/").header("content-length", "20"))).is_ok());
    }

    #[test]
    fn methods_are_a_list() {
        for (method, status) in [("TRACE", 405), ("CONNECT", 501), ("get", 501), ("FOO", 501)] {
            let parts = parts(http::Request::builder().method(method).uri("/"));
            assert_eq!(check_framing(&parts).unwrap_err().status, status, "{method}");
        }
    }

    #[test]
    fn one_host_and_the_same_in_the_target() {
        let host_of = |h: &str| host(&parts(http::Request::get("/").header("host", h)));
        assert_eq!(host_of("Wiki.Example.com:8080").unwrap(), "wiki.example.com");
        for bad in ["", "a b", "a@b", "wiki.example.com.", "a/b"] {
            assert!(host_of(bad).is_err(), "{bad:?}");
        }
        let absolute = parts(http::Request::get("http://a.example/").header("host", "b.example"));
        assert!(host(&absolute).is_err());
    }
}
