//! What the gate remembers without asking the disk: app sessions by member, gate sessions by token.
//!
//! The store is the truth. What takes trust away is written there before it is done; a miss here is asked there;
//! and when another process revoked something, [`Memory::heed_revocations`] forgets it within two seconds.

mod shards;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::settings::Session as SessionSettings;
use crate::model::*;
use crate::seal::{Seal, Token, random};
use crate::store::{GateRow, Member, SessionRow, Store, StoreError, StoreResult};
use shards::Shards;

/// A login whose answer never came is given up after this long.
const LOGIN_STALE: Duration = Duration::from_secs(120);
/// A state that other processes may change is believed this long (design: two seconds).
const BELIEVED: Duration = Duration::from_secs(2);
/// A session that nobody used for so long is let go of; the store still has it.
const UNUSED: Duration = Duration::from_secs(900);
/// Values that the store doesn't know are remembered as such, so that strangers don't cost a read each.
const UNKNOWN_MAX: usize = 100_000;

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
    /// Cancelled when it ends; upgrades and streams hang on it.
    pub ended: Arc<CancellationToken>,
    last_seen: AtomicI64,
    login_since: AtomicI64,
    members: Mutex<Vec<Member>>,
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
    fn from_row(row: SessionRow, now: Timestamp) -> Arc<Self> {
        Arc::new(Self {
            id: row.id,
            app: row.app,
            user: row.user,
            created_at: row.created_at,
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

/// One gate session in memory.
#[derive(Debug)]
pub struct GateSession {
    /// As stored, but for `last_seen`.
    pub row: Arc<GateRow>,
    last_seen: AtomicI64,
    written: AtomicI64,
}

impl GateSession {
    fn from_row(row: Arc<GateRow>) -> Arc<Self> {
        Arc::new(Self { last_seen: AtomicI64::new(row.last_seen.0), written: AtomicI64::new(row.last_seen.0), row })
    }

    /// Has a second factor been passed in it?
    pub fn is_verified(&self) -> bool {
        !self.row.verifications.is_empty()
    }
}

/// The memory of one gate process.
#[derive(Debug)]
pub struct Memory {
    store: Arc<dyn Store>,
    seal: Seal,
    clock: Clock,
    times: SessionSettings,
    sessions: Shards<MemberKey, Arc<Session>>,
    gates: Shards<TokenHash, Arc<GateSession>>,
    /// The gate sessions of a session, so that ending one costs no search.
    gates_of: Shards<SessionId, Vec<TokenHash>>,
    unknown: Shards<MemberKey, Timestamp>,
    revision: AtomicI64,
    believed_until: AtomicI64,
    /// Counts what was ended, after it was committed: what was read from the store before is read again.
    endings: AtomicU64,
}

impl Memory {
    /// Empty; it fills from the store as requests come.
    pub fn new(store: Arc<dyn Store>, seal: Seal, clock: Clock, times: SessionSettings) -> Self {
        Self {
            store,
            seal,
            clock,
            times,
            sessions: Shards::new(),
            gates: Shards::new(),
            gates_of: Shards::new(),
            unknown: Shards::new(),
            revision: AtomicI64::new(-1),
            believed_until: AtomicI64::new(0),
            endings: AtomicU64::new(0),
        }
    }

    /// The store behind it.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The session that a value belongs to.
    pub async fn session_of(&self, key: MemberKey) -> StoreResult<Option<Arc<Session>>> {
        if let Some(session) = self.sessions.get(&key) {
            session.last_seen.store(self.clock.now().0, Ordering::Relaxed);
            return Ok((!session.ended.is_cancelled()).then_some(session));
        }
        Box::pin(self.load_session_of(key)).await
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

    /// The live gate session of a cookie's value. Anything malformed, unknown or over is none.
    pub async fn gate_of(&self, token: &str) -> StoreResult<Option<Arc<GateSession>>> {
        if token.len() != 43 || !token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return Ok(None);
        }
        let hash = self.seal.token_hash(token);
        let gate = match self.gates.get(&hash) {
            Some(gate) => gate,
            None => match Box::pin(self.load_gate(hash)).await? {
                Some(gate) => gate,
                None => return Ok(None),
            },
        };
        let now = self.clock.now();
        let seen = Timestamp(gate.last_seen.load(Ordering::Relaxed));
        if now >= gate.row.expires_at || now.since(seen) >= self.times.idle {
            return Ok(None);
        }
        gate.last_seen.fetch_max(now.0, Ordering::Relaxed);
        Ok(Some(gate))
    }

    async fn load_gate(&self, hash: TokenHash) -> StoreResult<Option<Arc<GateSession>>> {
        loop {
            let endings = self.endings.load(Ordering::SeqCst);
            let Some(row) = self.store.gate_by_token(hash).await? else { return Ok(None) };
            let gate = self.keep_gate(Arc::new(row));
            if endings == self.endings.load(Ordering::SeqCst) {
                return Ok(Some(gate));
            }
            self.gates.remove(&hash);
        }
    }

    fn keep_gate(&self, row: Arc<GateRow>) -> Arc<GateSession> {
        let (token, session) = (row.token, row.session);
        let gate = GateSession::from_row(row);
        self.gates.insert(token, gate.clone());
        self.gates_of.update(session, |tokens| {
            if !tokens.contains(&token) {
                tokens.push(token);
            }
        });
        gate
    }

    /// A new session, committed, that takes its members away from any other and ends `ends`.
    pub async fn create(
        &self,
        app: &AppName,
        user: Option<User>,
        members: Vec<Member>,
        ends: Option<&Session>,
    ) -> StoreResult<Arc<Session>> {
        let row = SessionRow {
            id: SessionId(random()),
            app: app.clone(),
            user,
            created_at: self.clock.now(),
            login_since: None,
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
                let old = all.remove(0);
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
        }
        Ok(begun)
    }

    /// The login failed: the session is what it was.
    pub async fn login_failed(&self, session: &Session) -> StoreResult<()> {
        self.store.login_failed(session.id).await?;
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

    /// The pending gate session of a logged-in session: one for all parallel requests. `true`: it was made now.
    pub async fn pending(
        &self,
        session: &Session,
        user: &User,
        target: Option<String>,
    ) -> StoreResult<(Token, Arc<GateSession>, bool)> {
        let token = self.seal.pending_token(&session.id.0);
        if let Some(gate) = self.gate_of(token.expose()).await? {
            return Ok((token, gate, false));
        }
        let now = self.clock.now();
        let row = GateRow {
            id: GateId(random()),
            token: self.seal.token_hash(token.expose()),
            session: session.id,
            app: session.app.clone(),
            user: user.clone(),
            verifications: Vec::new(),
            step_up: None,
            target,
            auto_sent: false,
            created_at: now,
            last_seen: now,
            expires_at: now.plus(self.times.lifetime),
        };
        // One that idled away has the same token; it makes room.
        if let Some(old) = self.store.gate_by_token(row.token).await? {
            if now >= old.expires_at || now.since(old.last_seen) >= self.times.idle {
                self.store.end_gate(old.id).await?;
            }
            self.gates.remove(&row.token);
        }
        self.store.put_gate(&row).await?;
        let stored =
            self.store.gate_by_token(row.token).await?.ok_or_else(|| StoreError("a gate session was not kept".into()))?;
        let is_new = stored.id == row.id;
        Ok((token, self.keep_gate(Arc::new(stored)), is_new))
    }

    /// A verification made a new gate session (committed already) in place of an old one.
    pub fn adopt(&self, old: &GateRow, new: Arc<GateRow>) {
        self.endings.fetch_add(1, Ordering::SeqCst);
        self.forget_gate(old);
        self.keep_gate(new);
    }

    fn forget_gate(&self, gate: &GateRow) {
        self.gates.remove(&gate.token);
        self.gates_of.update(gate.session, |tokens| tokens.retain(|t| *t != gate.token));
    }

    /// Notes the step-up that a gate session was asked for.
    pub async fn set_step_up(&self, gate: &GateRow, wanted: &Requirement) -> StoreResult<()> {
        if gate.step_up.as_ref() != Some(wanted) && self.store.set_step_up(gate.id, Some(wanted)).await? {
            self.keep_gate(Arc::new(GateRow { step_up: Some(wanted.clone()), ..gate.clone() }));
        }
        Ok(())
    }

    /// Ends one gate session.
    pub async fn end_gate(&self, gate: &GateRow) -> StoreResult<()> {
        self.store.end_gate(gate.id).await?;
        self.endings.fetch_add(1, Ordering::SeqCst);
        self.forget_gate(gate);
        Ok(())
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
            let alive = now < gate.row.expires_at && now.since(Timestamp(last)) < self.times.idle;
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
        // The store still has them. One whose stream hangs on it stays, or ending it would miss the stream.
        self.sessions.retain(|_, session| {
            now.since(Timestamp(session.last_seen.load(Ordering::Relaxed))) < UNUSED || Arc::strong_count(&session.ended) > 1
        });
        if !seen.is_empty() {
            self.store.touch_gates(&seen).await?;
        }
        Ok(())
    }
}
