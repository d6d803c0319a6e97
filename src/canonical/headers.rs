//! Which headers of a client go on to the app: none that could look like the gate's own word, none of this hop only.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Is this a name that only the gate may say, in any spelling that CGI, WSGI or PHP map to it?
pub(super) fn is_reserved(name: &str) -> bool {
    matches!(
        name,
        "forwarded"
            | "via"
            | "proxy"
            | "x-real-ip"
            | "client-ip"
            | "true-client-ip"
            | "x-client-ip"
            | "x-cluster-client-ip"
            | "cf-connecting-ip"
            | "remote-user"
            | "x-remote-user"
            | "x-auth-user"
            | "x-authenticated-user"
            | "x-authenticated-userid"
            | "x-original-url"
            | "x-original-uri"
            | "x-original-method"
            | "x-original-host"
            | "x-rewrite-url"
            | "x-http-method"
            | "x-http-method-override"
            | "x-method-override"
            | "x-host"
            | "x-scheme"
            | "x-url-scheme"
            | "front-end-https"
            | "ssl-client-verify"
            | "mfa-code"
            | "mfa-method"
            | "x-user"
            | "x-webauth-user"
            | "x-accel-redirect"
            | "x-sendfile"
    ) || ["x-mfa-", "x-forwarded-", "x-ssl-", "x-auth-request-"].iter().any(|prefix| name.starts_with(prefix))
        // These read `_` and `.` as `-`: such a name is a disguise.
        || name.bytes().any(|b| matches!(b, b'_' | b'.'))
}

/// Is this a header of one hop (RFC 9110, 7.6.1)?
pub(super) fn is_of_this_hop(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "http2-settings"
    )
}

/// What a stripped request keeps: what the page needs, nothing that could carry a session.
const STRIPPED: &[HeaderName] = &[
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::ACCEPT_LANGUAGE,
    header::CACHE_CONTROL,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::DNT,
    header::HOST,
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::ORIGIN,
    header::PRAGMA,
    header::RANGE,
    header::REFERER,
    header::USER_AGENT,
    header::UPGRADE_INSECURE_REQUESTS,
    header::ACCESS_CONTROL_REQUEST_HEADERS,
    header::ACCESS_CONTROL_REQUEST_METHOD,
];

/// Takes off what `Connection` names besides headers that go anyway. Before anything is judged: a `Content-Type` that the
/// gate reads and the app doesn't get would hide a login. `true`: there was some.
pub fn drop_named(headers: &mut HeaderMap) -> bool {
    let before = headers.len();
    remove_named(headers, |name| {
        [header::HOST, header::COOKIE, header::CONTENT_LENGTH].contains(name)
            || is_of_this_hop(name.as_str())
            || is_reserved(name.as_str())
    });
    headers.len() != before
}

/// Takes off what belongs to this hop and what only the gate may say, and `Expect`, which the gate answers itself.
pub fn clean(headers: &mut HeaderMap) {
    remove_where(headers, |name| is_of_this_hop(name) || name == "expect" || is_reserved(name));
}

/// Does the client take what stands behind a body (gRPC)? Only that of `TE` goes on.
pub fn takes_trailers(headers: &HeaderMap) -> bool {
    let words =
        |line: &HeaderValue| line.to_str().is_ok_and(|te| te.split(',').any(|t| t.trim().eq_ignore_ascii_case("trailers")));
    headers.contains_key(header::TE) && headers.get_all(header::TE).iter().any(words)
}

/// Takes the headers of this hop off an app's answer.
pub fn clean_answer(headers: &mut HeaderMap) {
    remove_named(headers, |name| [header::SET_COOKIE, header::CONTENT_LENGTH].contains(name));
    remove_where(headers, |name| is_of_this_hop(name) && !matches!(name, "trailer" | "proxy-authorization" | "http2-settings"));
}

/// `Connection` may name more headers of this hop; it must not be a way to take off some others.
fn remove_named(headers: &mut HeaderMap, but: impl Fn(&HeaderName) -> bool) {
    match headers.get(header::CONNECTION).map(HeaderValue::as_bytes) {
        None | Some(b"keep-alive" | b"close") if headers.get_all(header::CONNECTION).iter().count() < 2 => return,
        _ => {}
    }
    let lines = headers.get_all(header::CONNECTION).iter().filter_map(|v| v.to_str().ok());
    let names = lines.flat_map(|v| v.split(',')).filter_map(|n| n.trim().parse().ok());
    let named: Vec<HeaderName> = names.filter(|n| !but(n)).collect();
    for name in named {
        headers.remove(name);
    }
}

fn remove_where(headers: &mut HeaderMap, test: impl Fn(&str) -> bool) {
    // Mostly there is nothing to take off, and nothing is allocated.
    let off: Vec<HeaderName> = headers.keys().filter(|name| test(name.as_str())).cloned().collect();
    for name in off {
        headers.remove(name);
    }
}

/// Keeps only the allow-list of a stripped request.
pub fn keep_stripped(headers: &mut HeaderMap) {
    let off: Vec<HeaderName> = headers.keys().filter(|name| !STRIPPED.contains(name)).cloned().collect();
    off.into_iter().for_each(|name| drop(headers.remove(name)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_only_the_gate_may_say_goes_on() {
        let mut headers = HeaderMap::new();
        for name in [
            "x-mfa-user",
            "x_mfa_user",
            "x.mfa.user",
            "x-mfa_user",
            "x-forwarded-for",
            "forwarded",
            "x-original-url",
            "x-http-method-override",
            "proxy",
            "remote_user",
            "mfa-code",
            "expect",
            "te",
            "keep-alive",
            "x-hop",
        ] {
            headers.insert(HeaderName::from_static(name), "1".parse().unwrap());
        }
        headers.insert("accept", "*/*".parse().unwrap());
        headers.insert("x-csrf-token", "1".parse().unwrap());
        headers.insert("connection", "keep-alive, X-Hop".parse().unwrap());
        assert!(drop_named(&mut headers) && !drop_named(&mut headers));
        clean(&mut headers);
        let mut left: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["accept", "x-csrf-token"]);
    }

    #[test]
    fn a_stripped_request_keeps_a_short_list() {
        let mut headers = HeaderMap::new();
        headers.insert("accept", "*/*".parse().unwrap());
        headers.insert("x-api-key", "secret".parse().unwrap());
        headers.insert("authorization", "secret".parse().unwrap());
        headers.insert("cookie", "secret".parse().unwrap());
        keep_stripped(&mut headers);
        assert_eq!(headers.len(), 1);
    }
}
