//! Who is asking: from the credentials of a request to a session, its user, and the gate session bound to it.
//!
//! "Cannot tell" is never "nobody": every doubt is an [`Unclear`], and its request goes nowhere.

pub mod credentials;
pub mod extract;
pub mod login;
pub mod recognise;
pub mod witness;

use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName};
use http::request::Parts;

use crate::canonical::Malformed;
use crate::canonical::cookies::Cookies;
use crate::canonical::marks::Marks;
use crate::memory::{Ending, GateSession, Session};
use crate::model::{Affinity, Client, RequestId, User, UserId, Visitor};
use crate::store::Member;
use crate::upstream::body::Body;
use crate::words::Wish;
pub use recognise::recognise;

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Anything.
    Ordinary,
    /// Anything, by a form that only a session which it goes on with may send: it can't be read with certainty (though as a
    /// login by nobody), or says once more what the session's cookie says.
    Inside {
        /// What everybody else is told.
        otherwise: Malformed,
        /// The session cookies that it repeats, by their place.
        repeated: Vec<usize>,
    },
    /// To see the login page: a safe request to a login path.
    LoginPage,
    /// To log in.
    Login {
        /// As this user, if that can be read.
        user: Option<UserId>,
        /// At an address of `login_paths`; else it is known by its fields only.
        listed: bool,
    },
    /// To log out.
    Logout,
}

impl Purpose {
    /// Is it neither a login, nor about one, nor a logout?
    pub fn is_ordinary(&self) -> bool {
        matches!(self, Self::Ordinary | Self::Inside { .. })
    }
}

/// A request that was read, before anyone knows whose it is.
#[derive(Debug)]
pub struct Arrived {
    /// Its head, as it came.
    pub parts: Box<Parts>,
    /// Which headers it has.
    pub marks: Marks,
    /// Its body, a beginning of it perhaps read already.
    pub body: Body,
    /// The path decoded, where that changed it.
    pub decoded: Option<String>,
    /// Its cookies.
    pub cookies: Cookies,
    /// What it is for.
    pub purpose: Purpose,
    /// The user name that a login submits, as typed.
    pub login_name: Option<String>,
    /// Does a login submit a password?
    pub password: bool,
    /// Is it a login at an address of `login_paths`?
    pub listed: bool,
    /// The user whom a trusted proxy names.
    pub vouched: Option<String>,
    /// Does it ask for an upgrade?
    pub upgrade: bool,
    /// Where it came from.
    pub client: Client,
    /// For logs and error pages.
    pub id: RequestId,
}

impl Arrived {
    /// The canonical path, for rules.
    pub fn path(&self) -> &str {
        self.decoded.as_deref().unwrap_or(self.parts.uri.path())
    }

    /// The server that a stranger at this address goes to.
    pub fn affinity(&self) -> Affinity {
        Affinity::of(self.client.ip)
    }

    /// Who sent it.
    pub fn visitor(&self) -> Visitor {
        visitor(&self.parts.headers, self.client)
    }
}

/// A visitor, as limits and messages see them.
pub fn visitor(headers: &HeaderMap, client: Client) -> Visitor {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    Visitor { ip: client.ip, is_known: client.is_known, user_agent: agent.chars().take(200).collect(), wish: Wish::of(headers) }
}

/// A request whose session is known.
#[derive(Debug)]
pub struct Identified {
    /// The request.
    pub arrived: Box<Arrived>,
    /// The session that it belongs to, if any.
    pub session: Option<Arc<Session>>,
    /// The gate session that the client showed, if it is bound to this session and user.
    pub gate: Option<Arc<GateSession>>,
    /// What ends its streams, where that isn't the end of the session: another browser may share it.
    pub ended: Option<Ending>,
    /// The headers that are members of this session: Authorization, or what `session_headers` names.
    pub keep_headers: Vec<HeaderName>,
    /// Does the trusted proxy's word go on with it?
    pub keep_vouched: bool,
    /// Members of other sessions: taken off, and expired in the client.
    pub foreign: Vec<Member>,
    /// Sum of the session credentials that are kept, for the memory of what the app was asked.
    pub carriers: [u8; 16],
}

impl Identified {
    /// Does its form name another session than the one that it goes on with?
    pub fn names_another(&self) -> bool {
        let Purpose::Inside { repeated, .. } = &self.arrived.purpose else { return false };
        let is_own = |index: &usize| self.arrived.cookies.app.get(*index).is_some_and(|pair| pair.kept);
        !repeated.iter().all(is_own)
    }

    /// Who is logged in.
    pub fn user(&self) -> Option<&User> {
        self.session.as_ref().and_then(|s| s.user.as_ref())
    }
}

/// The gate can't tell whose request it is.
#[derive(Debug, thiserror::Error)]
pub enum Unclear {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// Who some credentials are was asked, and there was no clear answer.
    #[error("{place} names nobody clearly: {why}")]
    Witness {
        /// What was asked.
        place: String,
        /// The reason.
        why: String,
    },
    /// The directory failed.
    #[error(transparent)]
    Directory(#[from] crate::directory::DirectoryError),
    /// Somebody is logged in whom the directory doesn't know.
    #[error("somebody is logged in whom the directory doesn't know")]
    UnknownUser,
}
