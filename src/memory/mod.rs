//! What the gate remembers without asking the disk: app sessions by member, gate sessions by token.
//!
//! The store is the truth. What takes trust away is written there before it is done; a miss here is asked there;
//! and when another process revoked something, [`Memory::heed_revocations`] forgets it within two seconds.

mod ending;
mod gates;
mod session;
mod shards;
mod upkeep;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use smallvec::SmallVec;

use crate::clock::Clock;
use crate::config::settings::Session as SessionSettings;
use crate::model::*;
use crate::seal::{Seal, random};
use crate::store::{Member, SessionRow, Store, StoreResult};
pub use ending::Ending;
pub use gates::GateSession;
use session::LOGIN_STALE;
pub use session::Session;
use shards::Shards;

/// A state that other processes may change is believed this long (design: two seconds).
const BELIEVED: Duration = Duration::from_secs(2);
/// Values that the store doesn't know are remembered as such, so that strangers don't cost a read each.
const UNKNOWN_MAX: usize = 100_000;

/// The memory of one gate process.
#[derive(Debug)]
pub struct Memory {
    store: Arc<dyn Store>,
    seal: Seal,
    clock: Clock,
    times: Times,
    sessions: Shards<MemberKey, Arc<Session>>,
    gates: Shards<TokenHash, Arc<GateSession>>,
    /// The gate sessions of a session, so that ending one costs no search.
    gates_of: Shards<SessionId, SmallVec<[TokenHash; 1]>>,
    /// What ends a browser's streams where its user's session is shared by all browsers.
    browsers: Shards<TokenHash, Option<Ending>>,
    unknown: Shards<MemberKey, Timestamp>,
    /// Cookies beside the session's that the app gave to strangers.
    given: Shards<MemberKey, ()>,
    /// Who is asked about credentials that no session has yet: one question at a time for the same ones.
    naming: Shards<[u8; 16], Arc<tokio::sync::Mutex<()>>>,
    revision: AtomicI64,
    believed_until: AtomicI64,
    /// Counts what was ended, after it was committed: what was read from the store before is read again.
    endings: AtomicU64,
}

/// `[session]`, in milliseconds.
#[derive(Debug, Default)]
struct Times {
    idle: AtomicU64,
    lifetime: AtomicU64,
}

impl Times {
    fn idle(&self) -> Duration {
        Duration::from_millis(self.idle.load(Ordering::Relaxed))
    }

    fn lifetime(&self) -> Duration {
        Duration::from_millis(self.lifetime.load(Ordering::Relaxed))
    }
}

impl Memory {
    /// Empty; it fills from the store as requests come.
    pub fn new(store: Arc<dyn Store>, seal: Seal, clock: Clock, times: &SessionSettings) -> Self {
        let memory = Self {
            store,
            seal,
            clock,
            times: Times::default(),
            sessions: Shards::new(),
            gates: Shards::new(),
            gates_of: Shards::new(),
            browsers: Shards::new(),
            unknown: Shards::new(),
            given: Shards::new(),
            naming: Shards::new(),
            revision: AtomicI64::new(-1),
            believed_until: AtomicI64::new(0),
            endings: AtomicU64::new(0),
        };
        memory.set_times(times);
        memory
    }

    /// How long gate sessions live; changed when the configuration is read again.
    pub fn set_times(&self, times: &SessionSettings) {
        let ms = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        self.times.idle.store(ms(times.idle), Ordering::Relaxed);
        self.times.lifetime.store(ms(times.lifetime), Ordering::Relaxed);
    }

    /// The store behind it.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Whoever asks about these credentials (their sum) holds this.
    pub fn naming(&self, carriers: [u8; 16]) -> Arc<tokio::sync::Mutex<()>> {
        self.naming.get(&carriers).unwrap_or_else(|| {
            let turn: Arc<tokio::sync::Mutex<()>> = Arc::default();
            self.naming.insert_bounded(carriers, turn.clone(), UNKNOWN_MAX);
            turn
        })
    }

    /// Notes a cookie that the app gave to a stranger, beside its session's.
    pub fn note_given(&self, key: MemberKey) {
        if self.given.get(&key).is_none() {
            self.given.insert_bounded(key, (), UNKNOWN_MAX);
        }
    }

    /// Did the app give this to a stranger?
    pub fn was_given(&self, key: MemberKey) -> bool {
        self.given.get(&key).is_some()
    }

    /// The session that a value belongs to.
    pub async fn session_of(&self, key: MemberKey) -> StoreResult<Option<Arc<Session>>> {
        let now = self.clock.now();
        let session = match self.sessions.get_noting(&key, |s| s.last_seen.store(now.0, Ordering::Relaxed)) {
            Some(session) if !session.is_over() => Some(session),
            // The store knows whether it lives.
            _ => Box::pin(self.load_session_of(key)).await?,
        };
        match session {
            Some(session) if session.is_given_up(now) => {
                Box::pin(self.end(&session)).await?;
                Ok(None)
            }
            session => Ok(session),
        }
    }

    async fn load_session_of(&self, key: MemberKey) -> StoreResult<Option<Arc<Session>>> {
        let now = self.clock.now();
        if self.unknown.get(&key).is_some_and(|at| now.since(at) < BELIEVED && at <= now) {
            return Ok(None);
        }
        loop {
            let endings = self.endings.load(Ordering::SeqCst);
            let Some(row) = self.store.session_by_member(key).await? else {
                self.unknown.insert_bounded(key, now, UNKNOWN_MAX);
                return Ok(None);
            };
            // Another thread may have loaded it meanwhile: one session is one object, or ending it would miss a copy.
            let fresh = Session::from_row(row, now);
            let keys: Vec<MemberKey> = fresh.members().iter().map(|m| m.key).collect();
            let session =
                keys.iter().find_map(|k| self.sessions.get(k)).filter(|s| s.id == fresh.id && !s.is_over()).unwrap_or(fresh);
            for key in keys {
                self.sessions.insert(key, session.clone());
            }
            if endings == self.endings.load(Ordering::SeqCst) {
                return Ok((!session.is_over()).then_some(session));
            }
            self.forget(&session);
        }
    }

    /// A new session, committed, that takes its members away from any other and ends `ends`, whose server it stays with.
    pub async fn create(
        &self,
        app: &AppName,
        user: Option<User>,
        members: Vec<Member>,
        ends: Option<&Session>,
        affinity: Affinity,
    ) -> StoreResult<Arc<Session>> {
        let row = SessionRow {
            id: SessionId(random()),
            app: app.clone(),
            user,
            created_at: self.clock.now(),
            login_since: None,
            tried: None,
            affinity: ends.map_or(affinity, |old| old.affinity),
            members,
        };
        self.store.create_session(&row, ends.map(|s| s.id)).await?;
        if let Some(old) = ends {
            self.drop_session(old);
        }
        let session = Session::from_row(row, self.clock.now());
        for member in session.members() {
            self.sessions.insert(member.key, session.clone());
            self.unknown.remove(&member.key);
        }
        Ok(session)
    }

    /// More values of a session, committed. `false`: it has ended meanwhile.
    pub async fn add_members(&self, session: &Arc<Session>, members: Vec<Member>) -> StoreResult<bool> {
        if members.is_empty() {
            return Ok(true);
        }
        if !self.store.add_members(session.id, &members).await? {
            self.drop_session(session);
            return Ok(false);
        }
        {
            let mut all = session.members.lock().unwrap_or_else(PoisonError::into_inner);
            for member in &members {
                if !all.iter().any(|m| m.key == member.key) {
                    all.push(member.clone());
                }
            }
            while all.len() > 64 {
                // As in the store: what a newer value of the same cookie replaces goes first.
                let replaced = (0..all.len()).find(|i| all[i + 1..].iter().any(|newer| newer.is_same_cookie(&all[*i])));
                let old = all.remove(replaced.unwrap_or(0));
                self.sessions.remove(&old.key);
            }
        }
        for member in members {
            self.unknown.remove(&member.key);
            // A value that is another session's stays there: the store kept it there too.
            if self.sessions.get(&member.key).is_none_or(|other| other.id == session.id) {
                self.sessions.insert(member.key, session.clone());
            }
        }
        Ok(true)
    }

    /// A login of this session goes to the app now; written down before. `false`: one is on its way already.
    pub async fn begin_login(&self, session: &Session) -> StoreResult<bool> {
        let now = self.clock.now();
        let begun = self.store.begin_login(session.id, now, now.minus(LOGIN_STALE)).await?;
        if begun {
            session.login_since.store(now.0, Ordering::Release);
            session.end_pages();
        }
        Ok(begun)
    }

    /// The login failed: the session is what it was, but for the name that was `tried` where nobody could be asked.
    pub async fn login_failed(&self, session: &Session, tried: Option<MemberKey>) -> StoreResult<()> {
        self.store.login_failed(session.id, tried).await?;
        if let Some(tried) = tried {
            session.note_tried(tried);
        }
        session.login_since.store(0, Ordering::Release);
        Ok(())
    }

    /// Forgets a session, its members and gate sessions; committed before memory follows.
    pub async fn end(&self, session: &Session) -> StoreResult<()> {
        self.store.end_session(session.id).await?;
        self.drop_session(session);
        Ok(())
    }

    /// What was ended in the store ends here.
    fn drop_session(&self, session: &Session) {
        self.endings.fetch_add(1, Ordering::SeqCst);
        session.end();
        self.forget(session);
        for token in self.gates_of.take(&session.id).unwrap_or_default() {
            self.gates.remove(&token);
            self.end_browser(&token);
        }
    }

    fn forget(&self, session: &Session) {
        for member in session.members() {
            self.sessions.remove_if(&member.key, |s| {
                let same = s.id == session.id;
                if same && session.is_over() {
                    s.end();
                }
                same
            });
        }
    }

    /// The session of this id, if it is alive.
    pub async fn session(&self, id: SessionId) -> StoreResult<Option<Arc<Session>>> {
        let Some(row) = self.store.session(id).await? else { return Ok(None) };
        match row.members.first() {
            Some(member) => self.session_of(member.key).await,
            None => Ok(Some(Session::from_row(row, self.clock.now()))),
        }
    }

    /// May what is remembered be believed, or has the store been silent for too long?
    pub fn is_believed(&self) -> bool {
        self.clock.now().0 < self.believed_until.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::SqliteStore;

    const HOUR: Duration = Duration::from_secs(3600);

    #[tokio::test]
    async fn a_session_whose_login_nobody_judged_is_forgotten_and_not_anonymous_again() {
        let dir = tempfile::tempdir().unwrap();
        let (seal, clock) = (Seal::ephemeral(), Clock::frozen(Timestamp(1_800_000_000_000)));
        let store = Arc::new(SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap());
        let times = SessionSettings { lifetime: HOUR, idle: HOUR, remember_device: HOUR };
        let memory = Memory::new(store.clone(), seal.clone(), clock.clone(), &times);
        let app = AppName::new("wiki");
        let key = seal.member("wiki", b"sid", b"1");
        let members = vec![Member { key, name: "sid".into(), path: None, domain: None }];
        let session = memory.create(&app, None, members, None, Affinity::default()).await.unwrap();
        let page = session.until_login();
        assert!(memory.begin_login(&session).await.unwrap() && !memory.begin_login(&session).await.unwrap());
        assert!(page.is_over() && !session.until_login().is_over());
        clock.advance(LOGIN_STALE - Duration::from_secs(1));
        assert!(memory.session_of(key).await.unwrap().is_some_and(|s| s.is_logging_in()));
        clock.advance(Duration::from_secs(1));
        assert!(memory.session_of(key).await.unwrap().is_none());
        assert!(session.is_over() && store.session(session.id).await.unwrap().is_none());
    }
}
