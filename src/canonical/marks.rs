//! One look at every header of a request: what is there at all, what stands twice, and how much it is.

use std::sync::LazyLock;

use http::header::HeaderMap;

use super::headers::{is_of_this_hop, is_reserved};

/// What a header's name makes of it; a request is asked for these often, and mostly has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Mark {
    /// `Host`
    Host = 1,
    /// `Content-Length`
    ContentLength = 1 << 1,
    /// `Transfer-Encoding`
    TransferEncoding = 1 << 2,
    /// `Content-Type`
    ContentType = 1 << 3,
    /// `Content-Encoding`
    ContentEncoding = 1 << 4,
    /// `Authorization`
    Authorization = 1 << 5,
    /// `Connection`
    Connection = 1 << 6,
    /// `Upgrade`
    Upgrade = 1 << 7,
    /// `TE`
    Te = 1 << 8,
    /// `Sec-Fetch-Mode`
    FetchMode = 1 << 9,
    /// `Sec-Fetch-Dest`
    FetchDest = 1 << 10,
    /// `Accept`
    Accept = 1 << 11,
    /// Any other of this hop, or one that only the gate may say.
    Off = 1 << 12,
}

/// The headers that a request has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    once: u32,
    twice: u32,
    /// Bytes of names and values, as they would stand in HTTP/1.1.
    pub size: usize,
    /// Is a page wanted? `Sec-Fetch-*` decides; `Accept` where it is missing.
    pub wants_page: bool,
}

const NAMED: [(&str, Mark); 12] = [
    ("host", Mark::Host),
    ("content-length", Mark::ContentLength),
    ("transfer-encoding", Mark::TransferEncoding),
    ("content-type", Mark::ContentType),
    ("content-encoding", Mark::ContentEncoding),
    ("authorization", Mark::Authorization),
    ("connection", Mark::Connection),
    ("upgrade", Mark::Upgrade),
    ("te", Mark::Te),
    ("sec-fetch-mode", Mark::FetchMode),
    ("sec-fetch-dest", Mark::FetchDest),
    ("accept", Mark::Accept),
];

/// Names that browsers send with every request, and that mean nothing here.
const ORDINARY: [&str; 15] = [
    "accept-encoding",
    "accept-language",
    "cache-control",
    "cookie",
    "dnt",
    "if-modified-since",
    "if-none-match",
    "origin",
    "pragma",
    "priority",
    "referer",
    "sec-fetch-site",
    "sec-fetch-user",
    "upgrade-insecure-requests",
    "user-agent",
];

type Known = (&'static str, Option<Mark>);

/// Known names by their length: most are found, or known to be none of them, by one comparison.
static BY_LENGTH: LazyLock<Vec<Vec<Known>>> = LazyLock::new(|| {
    let mut table = vec![Vec::new(); 32];
    for name in ORDINARY {
        table[name.len()].push((name, None));
    }
    for (name, mark) in NAMED {
        table[name.len()].push((name, Some(mark)));
    }
    table
});

fn mark(name: &str) -> Option<Mark> {
    let known = BY_LENGTH.get(name.len()).and_then(|names| names.iter().find(|(known, _)| *known == name));
    match known {
        Some((_, mark)) => *mark,
        None => (is_of_this_hop(name) || name == "expect" || is_reserved(name)).then_some(Mark::Off),
    }
}

impl Marks {
    /// Of a request's headers.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut marks = Self::default();
        let (mut mode, mut dest, mut accept) = (None, None, None);
        for (name, value) in headers {
            marks.size += name.as_str().len() + value.len() + 4;
            if let Some(mark) = mark(name.as_str()) {
                marks.twice |= marks.once & mark as u32;
                marks.once |= mark as u32;
                match mark {
                    Mark::FetchMode => mode = mode.or(Some(value)),
                    Mark::FetchDest => dest = dest.or(Some(value)),
                    Mark::Accept => accept = accept.or(Some(value)),
                    _ => {}
                }
            }
        }
        marks.wants_page = match (mode, dest) {
            (Some(mode), _) => mode == "navigate",
            (None, Some(dest)) => matches!(dest.as_bytes(), b"document" | b"iframe" | b"frame"),
            (None, None) => accept.and_then(|v| v.to_str().ok()).is_some_and(|accept| accept.contains("text/html")),
        };
        marks
    }

    /// Is there one?
    pub fn has(self, mark: Mark) -> bool {
        self.once & mark as u32 != 0
    }

    /// Are there two?
    pub fn has_two(self, mark: Mark) -> bool {
        self.twice & mark as u32 != 0
    }

    /// Is there anything that doesn't go on?
    pub fn needs_cleaning(self) -> bool {
        let any =
            Mark::Off as u32 | Mark::Connection as u32 | Mark::Upgrade as u32 | Mark::Te as u32 | Mark::TransferEncoding as u32;
        self.once & any != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_tables_means_what_the_long_way_says() {
        for name in ORDINARY {
            assert!(mark(name).is_none() && !is_of_this_hop(name) && !is_reserved(name), "{name}");
        }
        let mut headers = HeaderMap::new();
        for name in ["x-forwarded-for", "keep-alive", "expect", "x_mfa_user"] {
            headers.insert(http::HeaderName::from_static(name), "1".parse().unwrap());
            assert!(Marks::of(&headers).has(Mark::Off) && Marks::of(&headers).needs_cleaning());
            headers.clear();
        }
        headers.append("host", "a".parse().unwrap());
        headers.append("accept", "b".parse().unwrap());
        let marks = Marks::of(&headers);
        assert!(marks.has(Mark::Host) && !marks.has_two(Mark::Host) && !marks.needs_cleaning());
        assert_eq!(marks.size, "host: a\r\naccept: b\r\n".len());
        headers.append("host", "c".parse().unwrap());
        assert!(Marks::of(&headers).has_two(Mark::Host));
    }
}
