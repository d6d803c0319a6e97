//! The one reading of a request. What two parsers could read differently is refused here, before anyone decides.

pub mod carriers;
mod content_type;
pub mod cookies;
mod escapes;
mod fold;
pub mod form;
pub mod headers;
pub mod http2;
mod json;
pub mod marks;
mod multipart;
pub mod path;
pub mod reading;
mod search;
pub mod urlencoded;

use http::header::{self, HeaderMap};
use http::{Method, Uri};

use crate::words::id;
use marks::{Mark, Marks};

/// Why a request is refused before it is judged: a status, a fixed reason, and a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The status.
    pub status: u16,
    /// For machines.
    pub reason: &'static str,
    /// For people: the id of a sentence.
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
pub fn check_framing(method: &Method, headers: &HeaderMap, marks: Marks) -> Result<(), Malformed> {
    match method.as_str() {
        "TRACE" => {
            return Err(Malformed::new(405, "method_not_allowed", id::ODD_NO_TRACE));
        }
        "CONNECT" => {
            return Err(Malformed::new(501, "method_not_supported", id::ODD_NO_PROXY));
        }
        "GET" | "POST" => {}
        other if METHODS.contains(&other) => {}
        _ => {
            return Err(Malformed::new(501, "method_not_supported", id::ODD_METHOD));
        }
    }
    if let Some(length) = headers.get(header::CONTENT_LENGTH).filter(|_| marks.has(Mark::ContentLength)) {
        let digits = length.as_bytes();
        let canonical = digits.iter().all(u8::is_ascii_digit)
            && !digits.is_empty()
            && digits.len() <= 18
            && (digits == b"0" || digits[0] != b'0');
        if !canonical || marks.has_two(Mark::ContentLength) || marks.has(Mark::TransferEncoding) {
            return Err(Malformed::new(400, "ambiguous_length", id::ODD_LENGTH));
        }
    }
    let coding = headers.get(header::TRANSFER_ENCODING).filter(|_| marks.has(Mark::TransferEncoding));
    if coding.is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"chunked")) || marks.has_two(Mark::TransferEncoding) {
        return Err(Malformed::new(400, "ambiguous_length", id::ODD_ONLY_CHUNKED));
    }
    if [Mark::Authorization, Mark::ContentType, Mark::Host, Mark::Upgrade].iter().any(|mark| marks.has_two(*mark)) {
        return Err(Malformed::new(400, "repeated_header", id::ODD_HEADER_TWICE));
    }
    Ok(())
}

/// The host that was asked for, without port. One valid Host, equal to the target's if that has one.
pub fn host<'a>(uri: &Uri, headers: &'a HeaderMap) -> Result<&'a str, Malformed> {
    const BAD: Malformed = Malformed::new(400, "bad_host", id::ODD_HOST);
    let given = headers.get(header::HOST).and_then(|h| h.to_str().ok()).ok_or(BAD)?;
    if let Some(target) = uri.authority()
        && !target.as_str().eq_ignore_ascii_case(given)
    {
        return Err(BAD);
    }
    let end = if given.starts_with('[') { given.find(']').ok_or(BAD)? + 1 } else { given.find(':').unwrap_or(given.len()) };
    let (host, port) = given.split_at(end);
    let port_fine = match port.strip_prefix(':') {
        Some(digits) => (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    let name_fine = match host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        Some(ip) => ip.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)) && !host.ends_with('.'),
    };
    if port_fine && name_fine && !host.is_empty() { Ok(host) } else { Err(BAD) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(build: http::request::Builder) -> http::request::Parts {
        build.body(()).unwrap().into_parts().0
    }

    fn framing(build: http::request::Builder) -> Result<(), Malformed> {
        let parts = parts(build);
        check_framing(&parts.method, &parts.headers, Marks::of(&parts.headers))
    }

    #[test]
    fn lengths_that_two_parsers_could_read_differently_are_refused() {
        for bad in ["002", "+2", "", "2, 2", "-1", "0x2"] {
            let post = http::Request::post("/").header("content-length", bad);
            assert_eq!(framing(post).unwrap_err().status, 400, "{bad:?}");
        }
        let one = || http::Request::post("/").header("content-length", "2");
        assert!(framing(one().header("content-length", "2")).is_err());
        assert!(framing(one().header("transfer-encoding", "chunked")).is_err());
        assert!(framing(one()).is_ok());
    }

    #[test]
    fn methods_are_a_list() {
        for (method, status) in [("TRACE", 405), ("CONNECT", 501), ("get", 501), ("FOO", 501)] {
            assert_eq!(framing(http::Request::builder().method(method).uri("/")).unwrap_err().status, status, "{method}");
        }
    }

    #[test]
    fn one_host_and_the_same_in_the_target() {
        let host_of = |h: &str| {
            let parts = parts(http::Request::get("/").header("host", h));
            host(&parts.uri, &parts.headers).map(str::to_owned)
        };
        assert_eq!(host_of("wiki.example.com:8080").unwrap(), "wiki.example.com");
        assert_eq!(host_of("[::1]:8080").unwrap(), "[::1]");
        for bad in ["", "a b", "a@b", "wiki.example.com.", "a/b", "a:", "a:b", "a:1:2", "[::1", "[x]", "[::1]x", ":80"] {
            assert!(host_of(bad).is_err(), "{bad:?}");
        }
        let absolute = parts(http::Request::get("http://a.example/").header("host", "b.example"));
        assert!(host(&absolute.uri, &absolute.headers).is_err());
    }
}
