//! The nouns of the product. Small types that can't be mixed up; they know nothing of HTTP, storage or configuration.

mod attributes;
mod names;

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::words::Wish;
pub use attributes::Attributes;
pub use names::{AppName, MethodName, Name, Realm, UserId};

macro_rules! bytes_type {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $len]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // The first bytes are enough to follow one value through a log, and too few to use it.
                write!(f, "{}({}…)", stringify!($name), data_encoding::HEXLOWER.encode(&self.0[..4]))
            }
        }
    };
}

bytes_type!(
    /// The gate's own id of one session of an app.
    SessionId, 16
);
bytes_type!(
    /// The id of one gate session; never the token in the cookie.
    GateId, 16
);
bytes_type!(
    /// Keyed hash of (app, exact name, value) of one credential that the app issued.
    MemberKey, 16
);
bytes_type!(
    /// Keyed hash of a gate token or a device token, as it is stored.
    TokenHash, 32
);
bytes_type!(
    /// Keyed hash of a one-time code, bound to what it was sent for.
    CodeHash, 32
);
bytes_type!(
    /// The id of one enrolment.
    EnrolmentId, 16
);

/// Names one request in log lines and on error pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(pub u64);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment plus a span.
    pub fn plus(self, span: std::time::Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// This moment minus a span.
    pub fn minus(self, span: std::time::Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero if it isn't after.
    pub fn since(self, earlier: Self) -> std::time::Duration {
        std::time::Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Whole seconds since the epoch.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

impl From<Timestamp> for crate::words::Arg {
    fn from(at: Timestamp) -> Self {
        Self::Moment(at.0)
    }
}

/// A user as the identity source and the directory describe them.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Which set of enrolments counts.
    pub realm: Realm,
    /// The id within the realm.
    pub id: UserId,
    /// What the app or the directory said of them.
    pub attributes: Attributes,
}

/// Where a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address, after `trusted_proxies`.
    pub ip: IpAddr,
    /// Is it the client's? Where a trusted proxy doesn't say, or not so that it can be read, the address is the proxy's.
    pub is_known: bool,
}

/// Who is asking, for limits, messages and the audit.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    /// The client's address, after `trusted_proxies`.
    pub ip: IpAddr,
    /// Is it the client's own, and not that of a proxy that doesn't say?
    pub is_known: bool,
    /// The browser, as it calls itself; cut to 200 characters.
    pub user_agent: String,
    /// The languages that they read.
    pub wish: Wish,
}

impl Visitor {
    /// Where they are.
    pub fn client(&self) -> Client {
        Client { ip: self.ip, is_known: self.is_known }
    }

    /// The network that limits count by: the address for IPv4, the /64 for IPv6.
    pub fn network(&self) -> String {
        match self.ip.to_canonical() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => {
                let s = ip.segments();
                format!("{:x}:{:x}:{:x}:{:x}::/64", s[0], s[1], s[2], s[3])
            }
        }
    }
}

/// One passed second factor: which method, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The method's name; `backup` for a backup code.
    pub method: MethodName,
    /// When it was passed.
    pub at: Timestamp,
}

/// Passed second factors, newest last. Most sessions have one, which needs no place of its own in memory.
pub type Verifications = SmallVec<[Verification; 1]>;

/// The name under which a remembered device passes: a memory of a second factor, not one.
pub const DEVICE: &str = "device";

/// What a step-up wants: one of these methods (any, if empty), no longer ago than `max_age`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Acceptable methods; empty: any.
    pub methods: Vec<MethodName>,
    /// Greatest age of the verification in milliseconds.
    pub max_age_ms: Option<i64>,
}

impl Requirement {
    /// Does one of these verifications meet the requirement now?
    pub fn is_met_by(&self, verifications: &[Verification], now: Timestamp) -> bool {
        verifications.iter().any(|v| {
            (v.method.as_str() != DEVICE || *self == Self::default())
                && (self.methods.is_empty() || self.methods.contains(&v.method))
                && self.max_age_ms.is_none_or(|max| now.0.saturating_sub(v.at.0) <= max)
        })
    }
}

/// What keeps a visitor on one of an app's servers: sessions carry it, and strangers have it by their address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Affinity(pub u64);

impl Affinity {
    /// A stranger's.
    pub fn of(ip: std::net::IpAddr) -> Self {
        Self(match ip {
            std::net::IpAddr::V4(ip) => u64::from(u32::from(ip)),
            // One household has a /64.
            std::net::IpAddr::V6(ip) => (u128::from(ip) >> 64) as u64,
        })
    }
}
