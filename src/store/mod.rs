//! The questions that the product asks of its memory. Nothing here says which database answers.
//!
//! Where a race would pay an attacker (codes, TOTP steps, backup codes, attempts) the question is one atomic
//! operation that answers who won. Every error means "cannot tell" and is never read as "there is none".

pub mod sqlite;

use std::time::Duration;

use async_trait::async_trait;

use crate::model::*;

/// The store failed: the gate can't tell, and so doesn't forward.
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {0}")]
pub struct StoreError(pub String);

/// The result of every question.
pub type StoreResult<T> = Result<T, StoreError>;

/// A credential value that belongs to a session, and how to take it off the client again.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Keyed hash of (app, name, value).
    pub key: MemberKey,
    /// The cookie's name; for headers the lower-case header name preceded by `:`.
    pub name: String,
    /// `Path` that the cookie was set with.
    pub path: Option<String>,
    /// `Domain` that the cookie was set with.
    pub domain: Option<String>,
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
    /// The newest 64 values that the app issued for it, oldest first.
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
    pub verifications: Vec<Verification>,
    /// A step-up that was asked for and isn't met yet.
    pub step_up: Option<Requirement>,
    /// Where the login's answer wanted to go: a path of the app.
    pub target: Option<String>,
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
    /// The last time step that was accepted (TOTP), or 0.
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
    /// How long it is locked once one more than `max` was asked for.
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

/// Something another process took away; the memory of this one must forget it.
#[derive(Clone, Debug, PartialEq)]
pub struct Revocation {
    /// Rising number.
    pub revision: i64,
    /// Realm of the user.
    pub realm: Realm,
    /// All of this user's gate sessions are void.
    pub user: UserId,
}

/// The product's memory.
#[async_trait]
pub trait Store: Send + Sync + std::fmt::Debug + 'static {
    // -- sessions of apps
    /// The session that a credential value belongs to, with all its members.
    async fn session_by_member(&self, key: MemberKey) -> StoreResult<Option<SessionRow>>;
    /// The session with this id, with all its members.
    async fn session(&self, id: SessionId) -> StoreResult<Option<SessionRow>>;
    /// Writes a new session, takes its members away from every other session, and ends `ends`
    /// (its members that the new one doesn't have, its gate sessions), all in one step.
    async fn create_session(&self, new: &SessionRow, ends: Option<SessionId>) -> StoreResult<()>;
    /// Adds members and keeps the newest 64. `false`: the session is gone.
    async fn add_members(&self, id: SessionId, members: &[Member]) -> StoreResult<bool>;
    /// Sets who is logged in (an asking source named them). `false`: the session is gone.
    async fn set_session_user(&self, id: SessionId, user: &User) -> StoreResult<bool>;
    /// Marks that a login is on its way, unless one is that began after `stale_before`. `true`: marked by this call.
    async fn begin_login(&self, id: SessionId, now: Timestamp, stale_before: Timestamp) -> StoreResult<bool>;
    /// The login failed: the session is what it was.
    async fn login_failed(&self, id: SessionId) -> StoreResult<()>;
    /// Forgets a session, its members and the gate sessions bound to it.
    async fn end_session(&self, id: SessionId) -> StoreResult<()>;

    // -- gate sessions
    /// Writes a gate session; one with the same token hash already there is left as it is.
    async fn put_gate(&self, row: &GateRow) -> StoreResult<()>;
    /// The gate session with this token.
    async fn gate_by_token(&self, token: TokenHash) -> StoreResult<Option<GateRow>>;
    /// Replaces a gate session by one with a new token (at a verification). `false`: the old one is gone, nothing is written.
    async fn replace_gate(&self, old: GateId, new: &GateRow) -> StoreResult<bool>;
    /// Sets or clears the open step-up. `false`: the gate session is gone.
    async fn set_step_up(&self, id: GateId, step_up: Option<&Requirement>) -> StoreResult<bool>;
    /// Marks the first code as sent. `true` for the one call that marked it.
    async fn mark_auto_sent(&self, id: GateId) -> StoreResult<bool>;
    /// Writes when gate sessions were last used (behind the requests).
    async fn touch_gates(&self, seen: &[(GateId, Timestamp)]) -> StoreResult<()>;
    /// Ends one gate session.
    async fn end_gate(&self, id: GateId) -> StoreResult<()>;
    /// Ends all gate sessions and devices of a user, and writes a revocation for other processes.
    async fn revoke_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()>;
    /// Revocations after `revision`, oldest first, and the newest revision.
    async fn revocations_after(&self, revision: i64) -> StoreResult<(i64, Vec<Revocation>)>;

    // -- users and enrolments
    /// Notes a user; there already: nothing changes.
    async fn note_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()>;
    /// One user.
    async fn user(&self, realm: &Realm, user: &UserId) -> StoreResult<Option<UserRow>>;
    /// All users, by realm and id.
    async fn users(&self) -> StoreResult<Vec<UserRow>>;
    /// Makes a method primary (notes the user where needed); `None`: back to the default.
    async fn set_primary(&self, realm: &Realm, user: &UserId, method: Option<&MethodName>, now: Timestamp) -> StoreResult<()>;
    /// A user's enrolments, pending ones too, oldest first.
    async fn enrolments(&self, realm: &Realm, user: &UserId) -> StoreResult<Vec<EnrolmentRow>>;
    /// Begins an enrolment: replaces a pending one of the same user and method.
    async fn put_pending_enrolment(&self, row: &EnrolmentRow) -> StoreResult<()>;
    /// A pending enrolment becomes active, with the time step that proved it. `true` for the one call that made it so.
    async fn confirm_enrolment(&self, id: EnrolmentId, step: i64, now: Timestamp) -> StoreResult<bool>;
    /// Removes the user's enrolments of a method, pending ones too. `true`: there was an active one.
    async fn remove_enrolment(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<bool>;
    /// Accepts a time step if it is later than the last one. `true` for the one call that took it.
    async fn advance_step(&self, id: EnrolmentId, step: i64) -> StoreResult<bool>;
    /// Everything of a user goes: enrolments, backup codes, codes, gate sessions, devices, locks; with a revocation.
    async fn reset_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()>;

    // -- codes
    /// Writes the live code of a user and method; the old one dies.
    async fn put_code(&self, row: &CodeRow) -> StoreResult<()>;
    /// The live code of a user and method, if any (for resend_after).
    async fn code(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<Option<CodeRow>>;
    /// Spends a code, once. Compares user, method, gate session and purpose through the hash.
    async fn consume_code(
        &self,
        realm: &Realm,
        user: &UserId,
        method: &MethodName,
        hash: CodeHash,
        now: Timestamp,
    ) -> StoreResult<CodeOutcome>;
    /// Replaces all backup codes: (keyed hash of the prefix, password hash of the whole).
    async fn replace_backup_codes(
        &self,
        realm: &Realm,
        user: &UserId,
        codes: &[(CodeHash, String)],
        now: Timestamp,
    ) -> StoreResult<()>;
    /// Unused backup codes with this prefix: (row id, password hash).
    async fn backup_codes(&self, realm: &Realm, user: &UserId, prefix: CodeHash) -> StoreResult<Vec<(i64, String)>>;
    /// How many backup codes are left unused.
    async fn backup_codes_left(&self, realm: &Realm, user: &UserId) -> StoreResult<u32>;
    /// Spends a backup code. `true` for the one call that spent it.
    async fn consume_backup_code(&self, row: i64, now: Timestamp) -> StoreResult<bool>;

    // -- limits
    /// Counts one try under this key before it is made.
    async fn reserve(&self, key: &str, limit: Limit, now: Timestamp) -> StoreResult<Reserved>;
    /// Gives one counted try back (it was right), and lifts a lock that others set meanwhile; the others still count.
    async fn give_back(&self, key: &str) -> StoreResult<()>;
    /// Until when this key is locked, without counting anything.
    async fn locked_until(&self, key: &str, now: Timestamp) -> StoreResult<Option<Timestamp>>;
    /// Forgets the count of a key (helpdesk).
    async fn clear_limit(&self, key: &str) -> StoreResult<()>;

    // -- devices
    /// Remembers a device.
    async fn put_device(&self, row: &DeviceRow) -> StoreResult<()>;
    /// A device's token is used: it is replaced by `new` if it belongs to this user and hasn't ended. `true` for the one call that did.
    async fn rotate_device(
        &self,
        realm: &Realm,
        user: &UserId,
        old: TokenHash,
        new: TokenHash,
        now: Timestamp,
    ) -> StoreResult<bool>;
    /// A user's devices.
    async fn devices(&self, realm: &Realm, user: &UserId) -> StoreResult<Vec<DeviceRow>>;
    /// Forgets all devices of a user.
    async fn forget_devices(&self, realm: &Realm, user: &UserId) -> StoreResult<()>;

    // -- audit and housekeeping
    /// Writes one audit line.
    async fn record(&self, row: &AuditRow) -> StoreResult<()>;
    /// Audit lines since a moment, oldest first, of one user or all; at most `max`, the newest.
    async fn audit(&self, user: Option<&str>, since: Timestamp, max: u32) -> StoreResult<Vec<AuditRow>>;
    /// Deletes what has ended: sessions and gate sessions past their time, codes, pending enrolments over 10 minutes, old counters.
    async fn purge(&self, now: Timestamp, sessions_before: Timestamp) -> StoreResult<()>;
    /// Can it be read and written now?
    async fn ping(&self) -> StoreResult<()>;
}
