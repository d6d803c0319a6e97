//! What the store keeps, row by row.

use std::time::Duration;

use crate::model::*;

/// A credential value that belongs to a session, and how to take it off the client again.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Keyed hash of (app, name, value).
    pub key: MemberKey,
    /// The cookie's name; for headers the lower-case header name preceded by `:`.
    pub name: Name,
    /// `Path` that the cookie was set with.
    pub path: Option<Name>,
    /// `Domain` that the cookie was set with.
    pub domain: Option<Name>,
}

impl Member {
    /// Does a client that gets both keep the later one only?
    pub fn is_same_cookie(&self, other: &Self) -> bool {
        (&self.name, &self.path, &self.domain) == (&other.name, &other.path, &other.domain)
    }
}

/// One session of an app as the gate remembers it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    /// The gate's id of it.
    pub id: SessionId,
    /// Which app issued it.
    pub app: AppName,
    /// Who is logged in; `None`: an anonymous session.
    pub user: Option<User>,
    /// When it was made, by login or by a stranger's first answer.
    pub created_at: Timestamp,
    /// A login request of it is on its way to the app since then.
    pub login_since: Option<Timestamp>,
    /// Under which name (its keyed hash) a login of it looked failed, with no source that could say so.
    pub tried: Option<MemberKey>,
    /// Which of the app's servers it stays with.
    pub affinity: Affinity,
    /// The newest 64 values that the app issued for it, oldest first; what a newer one replaces went first.
    pub members: Vec<Member>,
}

/// One gate session as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct GateRow {
    /// Its id.
    pub id: GateId,
    /// Keyed hash of the token in the cookie.
    pub token: TokenHash,
    /// The app's session that it is bound to.
    pub session: SessionId,
    /// The app.
    pub app: AppName,
    /// The user that it is bound to, with the attributes known at login (sealed where stored).
    pub user: User,
    /// Passed factors, newest last; empty: pending.
    pub verifications: Verifications,
    /// A step-up that was asked for and isn't met yet.
    pub step_up: Option<Box<Requirement>>,
    /// Where the login's answer wanted to go: a path of the app.
    pub target: Option<Box<str>>,
    /// The first challenge has sent its code already.
    pub auto_sent: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// A user as the gate knows them.
#[derive(Clone, Debug, PartialEq)]
pub struct UserRow {
    /// Realm.
    pub realm: Realm,
    /// Id.
    pub id: UserId,
    /// The method that the user made primary.
    pub primary: Option<MethodName>,
    /// First seen.
    pub created_at: Timestamp,
}

/// A user's method: pending until confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct EnrolmentRow {
    /// Its id.
    pub id: EnrolmentId,
    /// Realm of the user.
    pub realm: Realm,
    /// The user.
    pub user: UserId,
    /// The method.
    pub method: MethodName,
    /// The user's own name for it ("phone").
    pub label: String,
    /// The method's secret (TOTP key, address); sealed where stored, plain here.
    pub secret: Vec<u8>,
    /// `None`: pending, never counts as a factor.
    pub confirmed_at: Option<Timestamp>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The last time step (TOTP) or signature count (WebAuthn) that was accepted, or 0.
    pub last_step: i64,
}

/// A live code by message. One per user and method: a new one replaces the old.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeRow {
    /// Realm of the user.
    pub realm: Realm,
    /// The user.
    pub user: UserId,
    /// The method.
    pub method: MethodName,
    /// The gate session that asked; the code works in no other.
    pub gate: GateId,
    /// What it is for: `challenge` or `confirm` (enrolment).
    pub purpose: String,
    /// Keyed hash of code, user, method, gate session and purpose.
    pub hash: CodeHash,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A WebAuthn ceremony that waits for the browser's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct CeremonyRow {
    /// Keyed hash of user, method, gate session, purpose and challenge.
    pub key: CodeHash,
    /// Realm of the user.
    pub realm: Realm,
    /// The user.
    pub user: UserId,
    /// The gate session that asked.
    pub gate: GateId,
    /// What finishing needs; sealed where stored.
    pub state: Vec<u8>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOutcome {
    /// It was right, and is spent now.
    Consumed,
    /// It was right, and had been spent before.
    Used,
    /// It was right, and too late.
    Expired,
    /// It is not the live code.
    Wrong,
}

/// An answer of the attempt and send counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// Counted; go on.
    Allowed {
        /// How many more are allowed in this window.
        left: u32,
    },
    /// Not counted: locked until then.
    Locked {
        /// When the lock ends.
        until: Timestamp,
    },
}

/// How many within what time, and what happens after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Allowed in one window.
    pub max: u32,
    /// The window, from the first one on.
    pub within: Duration,
    /// How long it is locked once one more than `max` was asked for; zero: until the window ends.
    pub lock: Duration,
}

/// A remembered device.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceRow {
    /// Keyed hash of the token in its cookie.
    pub token: TokenHash,
    /// Realm of the user.
    pub realm: Realm,
    /// The user it was made for.
    pub user: UserId,
    /// Browser, for the settings page.
    pub label: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// One line of the audit.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// What: `challenged`, `sent`, `passed`, `failed`, `locked`, `enrolled`, `removed`, `reset` …
    pub event: String,
    /// Realm.
    pub realm: String,
    /// Who it was about.
    pub user: String,
    /// Which method.
    pub method: Option<String>,
    /// From which address.
    pub ip: Option<String>,
    /// More, in plain words; never a secret.
    pub detail: Option<String>,
}

/// What other processes took away; the memory of this one must forget it.
#[derive(Clone, Debug, PartialEq)]
pub enum Revoked {
    /// More than is kept: nothing that is remembered can be believed.
    Everything,
    /// All gate sessions of a user are void.
    User(Realm, UserId),
    /// A session of an app has ended, or isn't what it was.
    Session(SessionId),
    /// One gate session has ended, or has another token now.
    Gate(TokenHash),
}
