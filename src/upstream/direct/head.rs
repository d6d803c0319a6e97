//! Heads of HTTP/1.1 (RFC 9112): a request's is written; an answer's is read, with where its body ends.

use std::mem::MaybeUninit;

use bytes::{Buf, Bytes};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use httparse::{Header, ParserConfig, Status};
use hyper::ext::ReasonPhrase;

use super::super::body::Body;
use super::super::{Outgoing, reuse};
use super::Odd;

/// The head of an answer: more than any server sends on purpose.
pub(in crate::upstream) const HEAD_MAX: usize = 64 * 1024;
const FIELDS_MAX: usize = 100;

/// Writes a request that is whole. What stands in it can't end a line: the types see to that.
pub(super) fn write(out: &mut Vec<u8>, Outgoing { head, said, body }: &Outgoing) {
    let target = head.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let slash = if target.starts_with(['/', '*']) { "" } else { "/" };
    for piece in [head.method.as_str(), " ", slash, target, " HTTP/1.1\r\n"] {
        out.extend_from_slice(piece.as_bytes());
    }
    // A length is said where there is a body, or could be one.
    let mut says_length = [Method::POST, Method::PUT, Method::PATCH].contains(&head.method);
    for (name, value) in &head.headers {
        match *name {
            header::CONTENT_LENGTH => says_length = true,
            header::TRANSFER_ENCODING => {}
            _ if said.iter().any(|(own, _)| own == name) => {}
            _ => field(out, name.as_str().as_bytes(), value.as_bytes()),
        }
    }
    for (name, value) in said {
        field(out, name.as_str().as_bytes(), value.as_bytes());
    }
    let bytes = if let Body::Bytes(bytes) = body { &bytes[..] } else { &[] };
    if says_length || !bytes.is_empty() {
        field(out, b"content-length", bytes.len().to_string().as_bytes());
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(bytes);
}

fn field(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    for piece in [name, b": ", value, b"\r\n"] {
        out.extend_from_slice(piece);
    }
}

/// Where an answer's body ends (RFC 9112, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// With the head.
    AtOnce,
    After(u64),
    WithLastChunk,
    WithConnection,
}

/// An answer's head.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) answer: Response<()>,
    pub(super) ends: Ends,
    /// May the connection be used again?
    pub(super) keeps: bool,
}

/// Takes a head off what was read, and interim ones before it. `None`: it isn't whole.
pub(super) fn read(read: &mut Bytes, asked: &Method) -> Result<Option<Head>, Odd> {
    loop {
        let mut fields = [const { MaybeUninit::<Header<'_>>::uninit() }; FIELDS_MAX];
        let mut parsed = httparse::Response::new(&mut []);
        let length = match ParserConfig::default().parse_response_with_uninit_headers(&mut parsed, read, &mut fields) {
            Ok(Status::Complete(length)) if length <= HEAD_MAX => length,
            Ok(Status::Partial) if read.len() <= HEAD_MAX => return Ok(None),
            Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err(Odd::TooLarge),
            Err(_) => return Err(Odd::Head),
        };
        let status = StatusCode::from_u16(parsed.code.unwrap_or_default()).map_err(|_| Odd::Head)?;
        if status == StatusCode::SWITCHING_PROTOCOLS {
            return Err(Odd::Switched);
        }
        let head = if status.is_informational() { None } else { Some(head(read, status, &parsed, asked)?) };
        read.advance(length);
        if head.is_some() {
            return Ok(head);
        }
    }
}

fn head(read: &Bytes, status: StatusCode, parsed: &httparse::Response<'_, '_>, asked: &Method) -> Result<Head, Odd> {
    let mut headers = HeaderMap::with_capacity(parsed.headers.len());
    let is_newest = parsed.version == Some(1);
    let mut is_identity = false;
    let (mut length, mut is_chunked, mut is_odd, mut closes, mut stays) = (None, false, false, false, is_newest);
    for field in &*parsed.headers {
        let name = HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| Odd::Head)?;
        match name {
            header::CONTENT_LENGTH => {
                // The same length may be said several times (RFC 9110, 8.6); it goes on once.
                for said in field.value.split(|b| *b == b',').map(|said| digits(said.trim_ascii())) {
                    is_odd |= said.is_none() || length.is_some() && length != said;
                    length = said;
                }
                headers.insert(name, HeaderValue::from(length.unwrap_or_default()));
                continue;
            }
            header::TRANSFER_ENCODING => {
                for coding in field.value.split(|b| *b == b',').map(<[u8]>::trim_ascii) {
                    match coding {
                        // Apps that pass on another's answer say it twice, and mean it once.
                        _ if coding.eq_ignore_ascii_case(b"chunked") => closes |= std::mem::replace(&mut is_chunked, true),
                        // Nothing, in the words of RFC 2616.
                        _ if coding.eq_ignore_ascii_case(b"identity") => is_identity = true,
                        _ => is_odd = true,
                    }
                }
            }
            header::CONNECTION => {
                let says = |word: &[u8]| field.value.split(|b| *b == b',').any(|w| w.trim_ascii().eq_ignore_ascii_case(word));
                closes |= says(b"close");
                stays |= says(b"keep-alive");
            }
            _ => {}
        }
        headers.append(name, HeaderValue::from_maybe_shared(read.slice_ref(field.value)).map_err(|_| Odd::Head)?);
    }
    is_odd |= is_chunked && (is_identity || !is_newest);
    let mut keeps = stays && !closes && !is_identity && !is_odd && !reuse::may_say_more(asked, status, &headers);
    let ends = if reuse::ends_at_once(asked, status) {
        if is_odd {
            headers.remove(header::CONTENT_LENGTH);
        }
        Ends::AtOnce
    } else if is_odd {
        return Err(Odd::Length);
    } else if is_chunked {
        // A length beside it is somebody's trick or mistake: it says nothing, and this connection ends (RFC 9112, 6.3).
        keeps &= headers.remove(header::CONTENT_LENGTH).is_none();
        Ends::WithLastChunk
    } else if let Some(length) = length {
        Ends::After(length)
    } else {
        keeps = false;
        Ends::WithConnection
    };
    let mut answer = Response::new(());
    (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
    let reason = parsed.reason.unwrap_or_default();
    if status.canonical_reason() != Some(reason)
        && let Ok(reason) = ReasonPhrase::try_from(reason.as_bytes())
    {
        answer.extensions_mut().insert(reason);
    }
    Ok(Head { answer, ends, keeps })
}

fn digits(text: &[u8]) -> Option<u64> {
    let all = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    if all { str::from_utf8(text).ok()?.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn written(request: http::request::Builder, body: Body) -> String {
        let mut outgoing = Outgoing::from(request.body(body).unwrap());
        outgoing.said.push((HeaderName::from_static("x-mfa-user"), HeaderValue::from_static("alice")));
        let mut out = Vec::new();
        write(&mut out, &outgoing);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_request_says_its_own_length_once() {
        let get = Request::get("/a?b=c").header("host", "h").header("X-MFA-User", "eve").header("cookie", "sid=1");
        let of_get = "GET /a?b=c HTTP/1.1\r\nhost: h\r\ncookie: sid=1\r\nx-mfa-user: alice\r\n\r\n";
        assert_eq!(written(get, Body::Empty), of_get, "and only the gate says what it says");
        let post = || Request::post("/").header("content-length", "99").header("transfer-encoding", "chunked");
        assert_eq!(
            written(post(), Body::from_bytes("hello")),
            "POST / HTTP/1.1\r\nx-mfa-user: alice\r\ncontent-length: 5\r\n\r\nhello"
        );
        assert_eq!(written(post(), Body::Empty), "POST / HTTP/1.1\r\nx-mfa-user: alice\r\ncontent-length: 0\r\n\r\n");
        assert!(written(Request::get("http://h?a"), Body::Empty).starts_with("GET /?a HTTP/1.1\r\n"));
        assert!(written(Request::options("*"), Body::Empty).starts_with("OPTIONS * HTTP/1.1\r\n"));
        assert_eq!(written(Request::delete("/"), Body::Empty), "DELETE / HTTP/1.1\r\nx-mfa-user: alice\r\n\r\n");
    }

    fn answer(text: &str, asked: Method) -> Result<Option<(Head, String)>, Odd> {
        let mut bytes = Bytes::copy_from_slice(text.as_bytes());
        let head = read(&mut bytes, &asked)?;
        Ok(head.map(|head| (head, String::from_utf8(bytes.to_vec()).unwrap())))
    }

    #[test]
    fn an_answer_ends_where_it_says() {
        for (text, ends, keeps) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Ends::After(5), true),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length: 5\r\n\r\n", Ends::After(5), true),
            ("HTTP/1.1 200 OK\r\ncontent-length: 5\r\nConnection: Keep-Alive, CLOSE\r\n\r\n", Ends::After(5), false),
            ("HTTP/1.0 200 OK\r\ncontent-length: 5\r\n\r\n", Ends::After(5), false),
            ("HTTP/1.0 200 OK\r\ncontent-length: 5\r\nConnection: keep-alive\r\n\r\n", Ends::After(5), true),
            (
                "HTTP/1.0 200 OK\r\ncontent-length: 5\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n",
                Ends::After(5),
                false,
            ),
            ("HTTP/1.1 200 OK\r\ncontent-length: 5, 5\r\n\r\n", Ends::After(5), true),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", Ends::WithLastChunk, true),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", Ends::WithLastChunk, false),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n", Ends::WithLastChunk, false),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", Ends::WithLastChunk, false),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n", Ends::After(5), false),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n", Ends::WithConnection, false),
            ("HTTP/1.1 200 OK\r\n\r\n", Ends::WithConnection, false),
            ("HTTP/1.1 204 No Content\r\n\r\n", Ends::AtOnce, true),
            ("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", Ends::AtOnce, true),
            ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", Ends::AtOnce, false),
            ("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", Ends::AtOnce, false),
            ("HTTP/1.1 204 No Content\r\nContent-Length: -1\r\n\r\n", Ends::AtOnce, false),
            ("HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n", Ends::AtOnce, true),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", Ends::AtOnce, false),
            ("HTTP/1.0 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", Ends::AtOnce, false),
            ("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Ends::After(0), true),
        ] {
            let (head, rest) = answer(&format!("{text}rest"), Method::GET).unwrap().unwrap();
            assert_eq!((head.ends, head.keeps, rest.as_str()), (ends, keeps, "rest"), "{text}");
            assert!(head.answer.headers().get_all("content-length").iter().count() < 2);
            for end in 0..text.len() {
                assert!(answer(&text[..end], Method::GET).unwrap().is_none(), "{text} up to {end}");
            }
        }
        let (head, _) = answer("HTTP/1.1 200 Fine\r\nContent-Length: 5\r\n\r\n", Method::HEAD).unwrap().unwrap();
        assert_eq!((head.ends, &head.answer.headers()["content-length"]), (Ends::AtOnce, &HeaderValue::from_static("5")));
        assert_eq!(head.answer.extensions().get::<ReasonPhrase>().unwrap().as_bytes(), b"Fine");
        assert!(!head.keeps, "a body may come all the same");
        let (head, _) = answer("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", Method::HEAD).unwrap().unwrap();
        assert!(!head.answer.headers().contains_key("content-length"), "a length that is none is nobody's business");
    }

    #[test]
    fn an_answer_that_ends_in_two_places_is_none() {
        for field in [
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5, 6",
            "Content-Length: 5,",
            "Content-Length: 5 5",
            "Content-Length: +5",
            "Content-Length: -5",
            "Content-Length: 0x5",
            "Content-Length:",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked,",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: -1",
            "Transfer-Encoding: chunked;q=1",
            "Transfer-Encoding:",
            "Transfer-Encoding: \u{b}chunked",
            "Content-Length : 5",
            "a: b\r\n folded: c",
        ] {
            let text = format!("HTTP/1.1 200 OK\r\n{field}\r\n\r\n");
            assert!(answer(&text, Method::GET).is_err(), "{text}");
        }
        let old = "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(answer(old, Method::GET).unwrap_err(), Odd::Length);
        assert_eq!(answer("HTTP/1.1 101 Switching Protocols\r\n\r\n", Method::GET).unwrap_err(), Odd::Switched);
        assert_eq!(answer("ICY 200 OK\r\n\r\n", Method::GET).unwrap_err(), Odd::Head);
        let large = format!("HTTP/1.1 200 OK\r\na: {}\r\n\r\n", "x".repeat(HEAD_MAX));
        assert_eq!(answer(&large, Method::GET).unwrap_err(), Odd::TooLarge);
        assert_eq!(answer(&large[..HEAD_MAX + 8], Method::GET).unwrap_err(), Odd::TooLarge);
        let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(FIELDS_MAX + 1));
        assert_eq!(answer(&many, Method::GET).unwrap_err(), Odd::TooLarge);
    }
}
