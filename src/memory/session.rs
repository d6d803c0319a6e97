//! One session of an app, shared by all its requests.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering, fence};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::ending::{End, Ending, HasEnd};
use crate::model::*;
use crate::store::{Member, SessionRow};

/// So many values a session keeps.
const MEMBERS_MAX: usize = 64;
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
    end: End,
    pub(super) last_seen: AtomicI64,
    pub(super) login_since: AtomicI64,
    /// In how many places the map has it.
    pub(super) places: AtomicUsize,
    members: Mutex<Vec<Member>>,
    seldom: OnceLock<Box<Seldom>>,
}

/// What most sessions never need.
#[derive(Debug, Default)]
struct Seldom {
    /// Ends when a login begins, or the session; then there is a new one.
    until_login: Mutex<Option<Ending>>,
    tried: OnceLock<MemberKey>,
    asked: Mutex<Vec<Asked>>,
    asking: tokio::sync::Mutex<()>,
}

/// What the app said when it was asked who these credentials are.
#[derive(Clone, Debug)]
struct Asked {
    carriers: [u8; 16],
    at: Timestamp,
}

impl Session {
    pub(super) fn from_row(mut row: SessionRow, now: Timestamp) -> Arc<Self> {
        row.members.shrink_to_fit();
        let session = Self {
            id: row.id,
            app: row.app,
            user: row.user,
            created_at: row.created_at,
            affinity: row.affinity,
            end: End::default(),
            last_seen: AtomicI64::new(now.0),
            login_since: AtomicI64::new(row.login_since.map_or(0, |t| t.0)),
            places: AtomicUsize::new(0),
            members: Mutex::new(row.members),
            seldom: OnceLock::new(),
        };
        if let Some(tried) = row.tried {
            session.note_tried(tried);
        }
        Arc::new(session)
    }

    fn seldom(&self) -> &Seldom {
        self.seldom.get_or_init(Box::default)
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
        self.seldom.get().and_then(|seldom| seldom.tried.get()).copied()
    }

    pub(super) fn note_tried(&self, name: MemberKey) {
        self.seldom().tried.get_or_init(|| name);
    }

    /// Ends when a login of it begins: what the app says from then on may be said to somebody.
    pub fn until_login(&self) -> Ending {
        let until = self.seldom().until_login.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().clone();
        if self.end.came_first() {
            until.end();
        }
        until
    }

    /// Has it ended?
    pub fn is_over(&self) -> bool {
        self.end.is_over()
    }

    /// It ends, with all that hangs on it.
    pub(super) fn end(&self) {
        self.end.set();
        self.end_pages();
    }

    /// A login begins.
    pub(super) fn end_pages(&self) {
        if let Some(seldom) = self.seldom.get()
            && let Some(until) = seldom.until_login.lock().unwrap_or_else(PoisonError::into_inner).take()
        {
            until.end();
        }
    }

    /// Does a request or a stream hold it, beside the map? Where that changes just now, it is in use.
    pub(super) fn is_in_use(self: &Arc<Self>) -> bool {
        let places = self.places.load(Ordering::SeqCst);
        fence(Ordering::SeqCst);
        let held = Arc::strong_count(self);
        fence(Ordering::SeqCst);
        held > places || self.places.load(Ordering::SeqCst) != places || self.has_pages()
    }

    /// Do pages of a login form that are on their way hang on it? What hangs on its end holds the session itself.
    fn has_pages(&self) -> bool {
        let Some(seldom) = self.seldom.get() else { return false };
        let mut until = seldom.until_login.lock().unwrap_or_else(PoisonError::into_inner);
        until.take_if(|until| !until.is_held());
        until.is_some()
    }

    /// One probe in flight per session.
    pub fn asking(&self) -> &tokio::sync::Mutex<()> {
        &self.seldom().asking
    }

    /// The members as they are now.
    pub fn members(&self) -> Vec<Member> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// These belong to it too; what it has already stays where it is. A session has the newest 64, as in the store: what a
    /// newer value of the same cookie replaces goes first. What went comes back.
    pub(super) fn gain(&self, members: &[Member]) -> Vec<MemberKey> {
        let mut all = self.members.lock().unwrap_or_else(PoisonError::into_inner);
        for member in members {
            if !all.iter().any(|m| m.key == member.key) {
                all.push(member.clone());
            }
        }
        let mut gone = Vec::new();
        while all.len() > MEMBERS_MAX {
            let replaced = (0..all.len()).find(|i| all[i + 1..].iter().any(|newer| newer.is_same_cookie(&all[*i])));
            gone.push(all.remove(replaced.unwrap_or(0)).key);
        }
        gone
    }

    /// Another session has this value now. `true`: this one has none any more.
    pub(super) fn lose(&self, key: MemberKey) -> bool {
        let mut all = self.members.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|m| m.key != key);
        all.is_empty()
    }

    /// Is this value one of its members?
    pub fn has_member(&self, key: MemberKey) -> bool {
        self.members.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|m| m.key == key)
    }

    /// Did the app name this session's user for exactly these credentials, no longer ago than `refresh`?
    pub fn was_asked(&self, carriers: [u8; 16], now: Timestamp, refresh: Duration) -> bool {
        let Some(seldom) = self.seldom.get() else { return false };
        let asked = seldom.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().any(|a| a.carriers == carriers && now.since(a.at) < refresh && a.at <= now)
    }

    /// Notes that it did just now.
    pub fn note_asked(&self, carriers: [u8; 16], at: Timestamp) {
        let mut asked = self.seldom().asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|a| a.carriers != carriers);
        // A session has few sets of credentials (by path); more means someone plays with them.
        if asked.len() >= 8 {
            asked.remove(0);
        }
        asked.push(Asked { carriers, at });
    }
}

impl HasEnd for Session {
    fn own(&self) -> &End {
        &self.end
    }

    fn end(&self) {
        Self::end(self);
    }
}
