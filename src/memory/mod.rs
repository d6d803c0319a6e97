//! What the gate remembers without asking the disk: app sessions by member, gate sessions by token.
//!
//! The store is the truth. What takes trust away is written there before it is done; a miss here is asked there;
//! and when another process revoked something, [`Memory::heed_revocations`] forgets it within two seconds.

mod gates;
mod session;
mod shards;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::settings::Session as SessionSettings;
use crate::model::*;
use crate::seal::{Seal, random};
use crate::store::{Member, SessionRow, Store, StoreResult};
pub use gates::GateSession;
use session::LOGIN_STALE;
pub use session::Session;
use shards::Shards;

/// A state that other processes may change is believed this long (design: two seconds).
const BELIEVED: Duration = Duration::from_secs(2);
/// A session that nobody used for so long is let go of; the store still has it.
const UNUSED: Duration = Duration::from_secs(900);
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
    gates_of: Shards<SessionId, Vec<TokenHash>>,
    /// What ends a browser's streams where its user's session is shared by all browsers.
    browsers: Shards<TokenHash, Option<Arc<CancellationToken>>>,
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
        let session = match self.sessions.get(&key) {
            Some(session) => {
                session.last_seen.store(self.clock.now().0, Ordering::Relaxed);
                Some(session).filter(|s| !s.ended.is_cancelled())
            }
            None => Box::pin(self.load_session_of(key)).await?,
        };
        match session {
            Some(session) if session.is_given_up(self.clock.now()) => {
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
            let session = keys.iter().find_map(|k| self.sessions.get(k)).filter(|s| s.id == fresh.id).unwrap_or(fresh);
            for key in keys {
                self.sessions.insert(key, session.clone());
            }
            if endings == self.endings.load(Ordering::SeqCst) {
                return Ok((!session.ended.is_cancelled()).then_some(session));
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
            let next = Arc::new(session.ended.child_token());
            let mut until_login = session.until_login.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *until_login, next).cancel();
        }
        Ok(begun)
    }

    /// The login failed: the session is what it was, but for the name that was `tried` where nobody could be asked.
    pub async fn login_failed(&self, session: &Session, tried: Option<MemberKey>) -> StoreResult<()> {
        self.store.login_failed(session.id, tried).await?;
        if let Some(tried) = tried {
            session.tried.get_or_init(|| tried);
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
        session.ended.cancel();
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
                if same && session.ended.is_cancelled() {
                    s.ended.cancel();
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

    /// Reads what other processes revoked, and forgets it. Called every half second.
    pub async fn heed_revocations(&self) -> StoreResult<()> {
        let asked_at = self.clock.now();
        let known = self.revision.load(Ordering::Acquire);
        let (newest, revocations) = self.store.revocations_after(known).await?;
        if known >= 0 && !revocations.is_empty() {
            self.endings.fetch_add(1, Ordering::SeqCst);
            for revocation in revocations {
                self.gates.retain(|_, gate| {
                    let hit = gate.row.user.realm == revocation.realm && gate.row.user.id == revocation.user;
                    if hit {
                        self.cancel_streams(gate.row.session);
                    }
                    !hit
                });
            }
        }
        self.revision.store(newest.max(0), Ordering::Release);
        self.believed_until.store(asked_at.plus(BELIEVED).0, Ordering::Release);
        Ok(())
    }

    /// Ends upgrades and streams of a session whose gate sessions were revoked; it is loaded anew when it comes back.
    fn cancel_streams(&self, id: SessionId) {
        self.gates_of.get(&id).unwrap_or_default().iter().for_each(|token| self.end_browser(token));
        self.sessions.retain(|_, session| {
            if session.id == id {
                session.ended.cancel();
            }
            session.id != id
        });
    }

    /// Writes behind when gate sessions were last used, ends the streams of those that are over, and lets go of
    /// what hasn't been used for long; the store still has it.
    pub async fn tidy(&self) -> StoreResult<()> {
        let now = self.clock.now();
        let mut seen = Vec::new();
        let mut over = Vec::new();
        self.gates.retain(|_, gate| {
            let last = gate.last_seen.load(Ordering::Relaxed);
            if last > gate.written.load(Ordering::Relaxed) {
                gate.written.store(last, Ordering::Relaxed);
                seen.push((gate.row.id, Timestamp(last)));
            }
            let alive = now < gate.row.expires_at && now.since(Timestamp(last)) < self.times.idle();
            if !alive {
                over.push(gate.row.clone());
            }
            alive
        });
        for row in over {
            self.forget_gate(&row);
            self.cancel_streams(row.session);
        }
        self.gates_of.retain(|_, tokens| !tokens.is_empty());
        self.naming.retain(|_, turn| Arc::strong_count(turn) > 1);
        // The store still has them. One whose stream hangs on it stays, or ending it would miss the stream.
        self.sessions.retain(|_, session| {
            now.since(Timestamp(session.last_seen.load(Ordering::Relaxed))) < UNUSED || session.has_streams()
        });
        if !seen.is_empty() {
            self.store.touch_gates(&seen).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::SqliteStore;

    #[tokio::test]
    async fn a_session_whose_login_nobody_judged_is_forgotten_and_not_anonymous_again() {
        let dir = tempfile::tempdir().unwrap();
        let (seal, clock) = (Seal::ephemeral(), Clock::frozen(Timestamp(1_800_000_000_000)));
        let store = Arc::new(SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap());
        let times = SessionSettings { lifetime: UNUSED, idle: UNUSED, remember_device: UNUSED };
        let memory = Memory::new(store.clone(), seal.clone(), clock.clone(), &times);
        let app = AppName::new("wiki");
        let key = seal.member("wiki", b"sid", b"1");
        let members = vec![Member { key, name: "sid".into(), path: None, domain: None }];
        let session = memory.create(&app, None, members, None, Affinity::default()).await.unwrap();
        let page = session.until_login();
        assert!(memory.begin_login(&session).await.unwrap() && !memory.begin_login(&session).await.unwrap());
        assert!(page.is_cancelled() && !session.until_login().is_cancelled());
        clock.advance(LOGIN_STALE - Duration::from_secs(1));
        assert!(memory.session_of(key).await.unwrap().is_some_and(|s| s.is_logging_in()));
        clock.advance(Duration::from_secs(1));
        assert!(memory.session_of(key).await.unwrap().is_none());
        assert!(session.ended.is_cancelled() && store.session(session.id).await.unwrap().is_none());
    }
}
