//! The questions that the product asks of its memory. Nothing here says which database answers.
//!
//! Where a race would pay an attacker (codes, TOTP steps, backup codes, attempts) the question is one atomic
//! operation that answers who won. Every error means "cannot tell" and is never read as "there is none".

mod rows;
pub mod sqlite;

use async_trait::async_trait;

use crate::model::*;
pub use rows::*;

/// The store failed: the gate can't tell, and so doesn't forward.
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {0}")]
pub struct StoreError(pub String);

/// The result of every question.
pub type StoreResult<T> = Result<T, StoreError>;

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
    /// Adds members and keeps the newest 64; what is another session's stays there. Which are the session's now; `None`: it is gone.
    async fn add_members(&self, id: SessionId, members: &[Member]) -> StoreResult<Option<Vec<MemberKey>>>;
    /// Sets who is logged in (an asking source named them). `false`: the session is gone.
    async fn set_session_user(&self, id: SessionId, user: &User) -> StoreResult<bool>;
    /// Marks that a login is on its way, unless one is that began after `stale_before`. `true`: marked by this call.
    async fn begin_login(&self, id: SessionId, now: Timestamp, stale_before: Timestamp) -> StoreResult<bool>;
    /// The login failed: the session is what it was, but for the name that was `tried` where nobody could be asked.
    async fn login_failed(&self, id: SessionId, tried: Option<MemberKey>) -> StoreResult<()>;
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
    /// Ends all gate sessions and devices of a user. Other processes are told of that, as of everything that takes trust away.
    async fn revoke_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()>;
    /// What was revoked after `revision`, oldest first, and the newest revision. Of sessions only what others ended.
    async fn revocations_after(&self, revision: i64) -> StoreResult<(i64, Vec<Revoked>)>;

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
    /// A pending enrolment becomes active, with the secret, label and step that `row` has now. `true` for the one call that made it so.
    async fn confirm_enrolment(&self, row: &EnrolmentRow, now: Timestamp) -> StoreResult<bool>;
    /// Removes one active enrolment of the user. `true`: there was one.
    async fn remove_key(&self, realm: &Realm, user: &UserId, id: EnrolmentId) -> StoreResult<bool>;
    /// Removes the user's enrolments of a method, pending ones too. `true`: there was an active one.
    async fn remove_enrolment(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<bool>;
    /// Accepts a time step if it is later than the last one. `true` for the one call that took it.
    async fn advance_step(&self, id: EnrolmentId, step: i64) -> StoreResult<bool>;
    /// Everything of a user goes: enrolments, backup codes, codes, gate sessions, devices, locks; with a revocation.
    async fn reset_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()>;

    // -- ceremonies and what is accepted once
    /// Keeps what finishing a ceremony needs; the newest eight of a gate session are kept.
    async fn put_ceremony(&self, row: &CeremonyRow) -> StoreResult<()>;
    /// Takes a ceremony's state out. `Some` for the one call that took it, in time.
    async fn take_ceremony(&self, realm: &Realm, user: &UserId, key: CodeHash, now: Timestamp) -> StoreResult<Option<Vec<u8>>>;
    /// Notes that something was accepted. `true` for the first call with this key.
    async fn spend(&self, key: CodeHash, until: Timestamp) -> StoreResult<bool>;

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
