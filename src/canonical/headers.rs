//! Which headers of a client go on to the app: none that could look like the gate's own word, none of this hop only.

use http::header::{self, HeaderMap, HeaderName};

/// Names that only the gate may say, with every character that CGI maps to `_` read as `-`.
const RESERVED: &[&str] = &[
    "forwarded",
    "via",
    "proxy",
    "x-real-ip",
    "client-ip",
    "true-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "cf-connecting-ip",
    "remote-user",
    "x-remote-user",
    "x-auth-user",
    "x-authenticated-user",
    "x-authenticated-userid",
    "x-original-url",
    "x-original-uri",
    "x-original-method",
    "x-original-host",
    "x-rewrite-url",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-host",
    "x-scheme",
    "x-url-scheme",
    "front-end-https",
    "ssl-client-verify",
    "mfa-code",
    "mfa-method",
    "x-user",
    "x-webauth-user",
    "x-accel-redirect",
    "x-sendfile",
];
const RESERVED_PREFIXES: &[&str] = &["x-mfa-", "x-forwarded-", "x-ssl-", "x-auth-request-"];

/// Headers of this hop (RFC 9110, 7.6.1), and `Expect`, which the gate answers itself.
const HOP: &[HeaderName] = &[
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::EXPECT,
];

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

/// Takes off what belongs to this hop and what only the gate may say.
pub fn clean(headers: &mut HeaderMap) {
    // `Connection` may name more headers of this hop; it must not be a way to take off the gate's own.
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|n| n.trim().parse().ok())
        .filter(|n| *n != header::HOST && *n != header::COOKIE && *n != header::CONTENT_LENGTH)
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP {
        headers.remove(name);
    }
    headers.remove("keep-alive");
    headers.remove("proxy-connection");
    headers.remove("http2-settings");
    let reserved: Vec<HeaderName> = headers.keys().filter(|name| is_reserved(name.as_str())).cloned().collect();
    for name in reserved {
        headers.remove(name);
    }
}

/// Keeps only the allow-list of a stripped request.
pub fn keep_stripped(headers: &mut HeaderMap) {
    let off: Vec<HeaderName> = headers.keys().filter(|name| !STRIPPED.contains(name)).cloned().collect();
    for name in off {
        headers.remove(name);
    }
}

/// Takes the headers of this hop off an app's answer.
pub fn clean_answer(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|n| n.trim().parse().ok())
        .filter(|n: &HeaderName| *n != header::SET_COOKIE && *n != header::CONTENT_LENGTH)
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in [header::CONNECTION, header::PROXY_AUTHENTICATE, header::TE, header::TRANSFER_ENCODING, header::UPGRADE] {
        headers.remove(name);
    }
    headers.remove("keep-alive");
    headers.remove("proxy-connection");
}

fn is_reserved(name: &str) -> bool {
    // CGI, WSGI and PHP map `_`, `.` and `-` to the same; a name with the first two is a disguise.
    name.contains(['_', '.']) || RESERVED.contains(&name) || RESERVED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
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
