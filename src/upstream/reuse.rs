//! Whether a connection may carry another exchange, where the end of an answer alone doesn't tell.

use http::{HeaderMap, HeaderName, Method, StatusCode, header};

/// Does an answer end with its head, whatever it says (RFC 9112, 6.3)?
pub(super) fn ends_at_once(asked: &Method, status: StatusCode) -> bool {
    *asked == Method::HEAD || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

/// May a body come all the same, and later? Some apps send one to HEAD, or where they announce one. It would be read as the
/// next answer.
pub(super) fn may_say_more(asked: &Method, status: StatusCode, answer: &HeaderMap) -> bool {
    ends_at_once(asked, status)
        && (*asked == Method::HEAD
            || answer.contains_key(header::TRANSFER_ENCODING)
            || answer.get_all(header::CONTENT_LENGTH).iter().any(|length| length != "0"))
}

const PERSISTENT_AUTH: HeaderName = HeaderName::from_static("persistent-auth");

/// Does a request make the connection somebody's? NTLM and Negotiate (RFC 4559) authenticate connections, and who comes next
/// on one would be taken for the same.
pub(super) fn binds(request: &HeaderMap) -> bool {
    says_so(request, header::AUTHORIZATION)
}

/// Does an answer say so?
pub(super) fn is_bound(answer: &HeaderMap) -> bool {
    says_so(answer, header::WWW_AUTHENTICATE) || answer.contains_key(PERSISTENT_AUTH)
}

fn says_so(headers: &HeaderMap, name: HeaderName) -> bool {
    headers.get_all(name).iter().any(|said| {
        let scheme =
            said.as_bytes().split(|b| b.is_ascii_whitespace() || *b == b',').find(|part| !part.is_empty()).unwrap_or_default();
        scheme.eq_ignore_ascii_case(b"ntlm") || scheme.eq_ignore_ascii_case(b"negotiate")
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn head(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        fields.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn where_a_body_could_follow_that_nobody_waits_for_a_connection_is_not_used_again() {
        for (asked, status, fields, more) in [
            (Method::GET, 200, &[("content-length", "5")][..], false),
            (Method::HEAD, 200, &[], true),
            (Method::HEAD, 304, &[], true),
            (Method::GET, 304, &[], false),
            (Method::GET, 304, &[("content-length", "5")], true),
            (Method::PUT, 204, &[("content-length", "0")], false),
            (Method::PUT, 204, &[("content-length", "-1")], true),
            (Method::PUT, 204, &[("transfer-encoding", "chunked")], true),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(may_say_more(&asked, status, &head(fields)), more, "{asked} {status} {fields:?}");
        }
    }

    #[test]
    fn a_connection_that_is_somebodys_is_told_by_either_head() {
        for (name, value, binds_it) in [
            ("authorization", "Negotiate YIIB", true),
            ("authorization", "ntlm TlRM", true),
            ("authorization", "NTLM\tTlRM", true),
            ("authorization", "Basic TlRM", false),
            ("authorization", "Bearer negotiate", false),
            ("www-authenticate", "NTLM", true),
            ("www-authenticate", "Negotiate, Basic realm=\"a\"", true),
            ("www-authenticate", "Basic realm=\"NTLM\"", false),
            ("persistent-auth", "true", true),
        ] {
            let head = head(&[(name, value)]);
            assert_eq!(binds(&head) || is_bound(&head), binds_it, "{name}: {value}");
        }
    }
}
