//! One session of an app, shared by all its requests.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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
        Arc::new(Self {
            id: row.id,
            app: row.app,
            user: row.user,
            created_at: row.created_at,
            affinity: row.affinity,
            ended: Arc::default(),
            last_seen: AtomicI64::new(now.0),
            login_since: AtomicI64::new(row.login_since.map_or(0, |t| t.0)),
            members: Mutex::new(row.members),
            asked: Mutex::new(Vec::new()),
            asking: tokio::sync::Mutex::new(()),
        })
    }

    /// Is a login of it on its way to the app?
    pub fn is_logging_in(&self, now: Timestamp) -> bool {
        let since = self.login_since.load(Ordering::Acquire);
        since != 0 && Timestamp(since) > now.minus(LOGIN_STALE)
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
