//! HTTP/2 says some things otherwise than HTTP/1.1: host, cookies and upgrades are put into the one form that is judged.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use data_encoding::BASE64;
use http::header::{self, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Method, Uri};
use hyper::ext::Protocol;

use super::Malformed;
use crate::words::id;

const SEC_WEBSOCKET_KEY: HeaderName = HeaderName::from_static("sec-websocket-key");
const BAD_HOST: Malformed = Malformed::new(400, "bad_host", id::ODD_HOST);
const BAD_COOKIE: Malformed = Malformed::new(400, "ambiguous_cookie", id::ODD_COOKIES_UNREADABLE);
const NO_TUNNEL: Malformed = Malformed::new(501, "method_not_supported", id::ODD_ONLY_WEBSOCKETS);

/// The authority becomes the Host, the target a path, cookie crumbs (RFC 9113, 8.2.3) one line, and a WebSocket by
/// extended CONNECT (RFC 8441) the GET with `Upgrade` that it stands for.
pub fn same_as_http1(head: &mut Parts) -> Result<(), Malformed> {
    if let Some(authority) = head.uri.authority() {
        let host = HeaderValue::from_str(authority.as_str()).map_err(|_| BAD_HOST)?;
        if head.headers.get(header::HOST).is_some_and(|given| !given.as_bytes().eq_ignore_ascii_case(host.as_bytes())) {
            return Err(BAD_HOST);
        }
        head.headers.insert(header::HOST, host);
    }
    let mut parts = http::uri::Parts::default();
    parts.path_and_query = head.uri.path_and_query().cloned();
    if parts.path_and_query.is_some() {
        head.uri = Uri::from_parts(parts).map_err(|_| BAD_HOST)?;
    }
    let mut crumbs = head.headers.get_all(header::COOKIE).iter();
    if let (Some(_), Some(_)) = (crumbs.next(), crumbs.next()) {
        let all: Vec<&[u8]> = head.headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
        let line = HeaderValue::from_bytes(&all.join(&b"; "[..])).map_err(|_| BAD_COOKIE)?;
        head.headers.insert(header::COOKIE, line);
    }
    if head.method == Method::CONNECT {
        match head.extensions.remove::<Protocol>() {
            Some(protocol) if protocol.as_str() == "websocket" => {}
            _ => return Err(NO_TUNNEL),
        }
        let mut key = [0; 16];
        SystemRandom::new().fill(&mut key).map_err(|_| NO_TUNNEL)?;
        let key = HeaderValue::from_str(&BASE64.encode(&key)).map_err(|_| NO_TUNNEL)?;
        head.method = Method::GET;
        let headers = &mut head.headers;
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(SEC_WEBSOCKET_KEY, key);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn host_target_and_cookies_take_their_one_form() {
        let head = |request: http::request::Builder| request.body(()).unwrap().into_parts().0;
        let mut one = head(Request::get("https://wiki.example.com/a?b=c").header("cookie", "a=1").header("cookie", "sid=2"));
        same_as_http1(&mut one).unwrap();
        assert_eq!(one.uri, "/a?b=c");
        assert_eq!(one.headers["host"], "wiki.example.com");
        assert_eq!(one.headers.get_all(header::COOKIE).iter().collect::<Vec<_>>(), ["a=1; sid=2"]);
        let mut other = head(Request::get("https://a.example/").header("host", "b.example"));
        assert_eq!(same_as_http1(&mut other).unwrap_err().reason, "bad_host");
    }

    #[test]
    fn of_all_tunnels_only_websockets_open() {
        let connect = |protocol: &'static str| {
            let (mut head, ()) = Request::connect("https://a.example/ws").body(()).unwrap().into_parts();
            head.extensions.insert(Protocol::from_static(protocol));
            let done = same_as_http1(&mut head);
            (done, head)
        };
        let (done, head) = connect("websocket");
        assert!(done.is_ok());
        assert_eq!((head.method, head.uri.path()), (Method::GET, "/ws"));
        assert_eq!(head.headers["sec-websocket-key"].len(), 24);
        assert_eq!(connect("connect-udp").0.unwrap_err().status, 501);
        let (mut plain, ()) = Request::connect("a.example:443").body(()).unwrap().into_parts();
        assert!(same_as_http1(&mut plain).is_err());
    }
}
