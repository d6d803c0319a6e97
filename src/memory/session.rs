//! One session of an app, shared by all its requests.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::model::*;
use crate::store::{Member, SessionRow};

/// A login whose answer never came is given up after this long.
pub(super) const LOGIN_STALE: Duration = Duration::from_secs(120);

/// One session of an app, shared by all its requests.
#[derive(Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The app.
    pub app: AppName,
    /// Who is logged in; never changes: another user is another session.
    pub user: Option<User>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Which of the app's servers it stays with.
    pub affinity: Affinity,
    /// Cancelled when it ends; upgrades and streams hang on it.
    pub ended: Arc<CancellationToken>,
    pub(super) last_seen: AtomicI64,
    pub(super) login_since: AtomicI64,
    /// Cancelled when a login begins, and when it ends; then there is a new one.
    pub(super) until_login: Mutex<Arc<CancellationToken>>,
    pub(super) tried: OnceLock<MemberKey>,
    pub(super) members: Mutex<Vec<Member>>,
    asked: Mutex<Vec<Asked>>,
    /// One probe in flight per session.
    pub asking: tokio::sync::Mutex<()>,
}

/// What the app said when it was asked who these credentials are.
#[derive(Clone, Debug)]
struct Asked {
    carriers: [u8; 16],
    at: Timestamp,
}

impl Session {
    pub(super) fn from_row(row: SessionRow, now: Timestamp) -> Arc<Self> {
        let ended: Arc<CancellationToken> = Arc::default();
        Arc::new(Self {
            id: row.id,
            app: row.app,
            user: row.user,
            created_at: row.created_at,
            affinity: row.affinity,
            until_login: Mutex::new(Arc::new(ended.child_token())),
            tried: row.tried.map_or_else(OnceLock::new, OnceLock::from),
            ended,
            last_seen: AtomicI64::new(now.0),
            login_since: AtomicI64::new(row.login_since.map_or(0, |t| t.0)),
            members: Mutex::new(row.members),
            asked: Mutex::new(Vec::new()),
            asking: tokio::sync::Mutex::new(()),
        })
    }

    /// Is a login of it on its way to the app?
    pub fn is_logging_in(&self) -> bool {
        self.login_since.load(Ordering::Acquire) != 0
    }

    /// Has nobody judged the answer to its login, for so long that nobody will? Somebody may be logged in.
    pub(super) fn is_given_up(&self, now: Timestamp) -> bool {
        let since = self.login_since.load(Ordering::Acquire);
        since != 0 && Timestamp(since) <= now.minus(LOGIN_STALE)
    }

    /// The name of a login that looked failed, though nobody could be asked: its user may be logged in all the same.
    pub fn tried(&self) -> Option<MemberKey> {
        self.tried.get().copied()
    }

    /// Cancelled when a login of it begins: what the app says from then on may be said to somebody.
    pub fn until_login(&self) -> Arc<CancellationToken> {
        self.until_login.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn has_streams(&self) -> bool {
        let until_login = self.until_login.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::strong_count(&self.ended) > 1 || Arc::strong_count(&until_login) > 1
    }

    /// The members as they are now.
    pub fn members(&self) -> Vec<Member> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Is this value one of its members?
    pub fn has_member(&self, key: MemberKey) -> bool {
        self.members.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|m| m.key == key)
    }

    /// Did the app name this session's user for exactly these credentials, no longer ago than `refresh`?
    pub fn was_asked(&self, carriers: [u8; 16], now: Timestamp, refresh: Duration) -> bool {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().any(|a| a.carriers == carriers && now.since(a.at) < refresh && a.at <= now)
    }

    /// Notes that it did just now.
    pub fn note_asked(&self, carriers: [u8; 16], at: Timestamp) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|a| a.carriers != carriers);
        // A session has few sets of credentials (by path); more means someone plays with them.
        if asked.len() >= 8 {
            asked.remove(0);
        }
        asked.push(Asked { carriers, at });
    }
}
