//! Sessions of apps in memory, by the values that belong to them.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use super::session::{LOGIN_STALE, Session};
use super::{BELIEVED, Memory, UNKNOWN_MAX, whole};
use crate::model::*;
use crate::seal::random;
use crate::store::{Member, SessionRow, StoreResult};

impl Memory {
    /// The session that a value belongs to.
    pub async fn session_of(self: &Arc<Self>, key: MemberKey) -> StoreResult<Option<Arc<Session>>> {
        let now = self.clock.now();
        let session = match self.sessions.used(key, now) {
            Some(session) if !session.is_over() => Some(session),
            // The store knows whether it lives.
            _ => Box::pin(self.load_session_of(key)).await?,
        };
        match session {
            Some(session) => self.unless_given_up(session).await,
            None => Ok(None),
        }
    }

    async fn unless_given_up(self: &Arc<Self>, session: Arc<Session>) -> StoreResult<Option<Arc<Session>>> {
        if session.is_given_up(self.clock.now()) {
            Box::pin(self.end(&session)).await?;
            return Ok(None);
        }
        Ok(Some(session))
    }

    async fn load_session_of(&self, key: MemberKey) -> StoreResult<Option<Arc<Session>>> {
        let now = self.clock.now();
        if self.unknown.get(&key).is_some_and(|at| now.since(at) < BELIEVED && at <= now) {
            return Ok(None);
        }
        loop {
            let changes = self.changes();
            let Some(row) = self.store.session_by_member(key).await? else {
                self.unknown.insert_bounded(key, now, UNKNOWN_MAX);
                return Ok(None);
            };
            if let Some(session) = self.join_unless_changed(changes, row, now) {
                return Ok((!session.is_over()).then_some(session));
            }
        }
    }

    /// The session of a row that was read after so many `changes`. `None`: there were more, and the row may be old.
    fn join_unless_changed(&self, changes: u64, row: SessionRow, now: Timestamp) -> Option<Arc<Session>> {
        let turn = self.joining.lock().unwrap_or_else(PoisonError::into_inner);
        (changes == *turn).then(|| self.join(row, now))
    }

    /// The session of a row, as it is remembered already or from now on. Whoever calls has the turn (`joining`).
    fn join(&self, row: SessionRow, now: Timestamp) -> Arc<Session> {
        let (id, members) = (row.id, row.members.clone());
        let lives = |session: &Arc<Session>| session.id == id && !session.is_over();
        let known = members.iter().find_map(|member| self.sessions.get(member.key).filter(lives));
        let session = known.unwrap_or_else(|| Session::from_row(row, now));
        self.give(&session, &members);
        session
    }

    /// These values are this session's now. Whoever calls has the turn (`joining`).
    fn give(&self, session: &Arc<Session>, members: &[Member]) {
        let gone = session.gain(members);
        for member in members.iter().filter(|member| !gone.contains(&member.key)) {
            self.unknown.take(&member.key);
            if let Some(emptied) = self.sessions.put(member.key, session) {
                self.forget(&emptied);
            }
        }
        for key in gone {
            self.sessions.take(key, session);
        }
    }

    /// A new session, committed, that takes its members away from any other and ends `ends`, whose server it stays with.
    pub async fn create(
        self: &Arc<Self>,
        app: &AppName,
        user: Option<User>,
        members: Vec<Member>,
        ends: Option<&Arc<Session>>,
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
        let (memory, ends) = (self.clone(), ends.cloned());
        whole(async move {
            memory.store.create_session(&row, ends.as_ref().map(|old| old.id)).await?;
            let mut turn = memory.joining.lock().unwrap_or_else(PoisonError::into_inner);
            *turn += 1;
            if let Some(old) = ends {
                memory.forget(&old);
            }
            Ok(memory.join(row, memory.clock.now()))
        })
        .await
    }

    /// More values of a session, committed. `false`: it has ended meanwhile.
    pub async fn add_members(&self, session: &Arc<Session>, mut members: Vec<Member>) -> StoreResult<bool> {
        if members.is_empty() {
            return Ok(true);
        }
        let added = self.store.add_members(session.id, &members).await?;
        let mut turn = self.joining.lock().unwrap_or_else(PoisonError::into_inner);
        *turn += 1;
        match &added {
            Some(added) if !session.is_over() => {
                members.retain(|member| added.contains(&member.key));
                self.give(session, &members);
            }
            _ => self.forget(session),
        }
        Ok(added.is_some())
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
    pub async fn end(self: &Arc<Self>, session: &Arc<Session>) -> StoreResult<()> {
        let (memory, session) = (self.clone(), session.clone());
        whole(async move {
            memory.store.end_session(session.id).await?;
            memory.changed();
            memory.forget(&session);
            Ok(())
        })
        .await
    }

    /// What was ended in the store ends here, with what hangs on it.
    fn forget(&self, session: &Session) {
        session.end();
        for member in session.members() {
            self.sessions.take(member.key, session);
        }
        for token in self.gates_of.take(&session.id).unwrap_or_default() {
            self.gates.take(&token);
            self.end_browser(&token);
        }
    }

    /// The session of this id, if it is alive.
    pub async fn session(self: &Arc<Self>, id: SessionId) -> StoreResult<Option<Arc<Session>>> {
        loop {
            let changes = self.changes();
            let Some(row) = self.store.session(id).await? else { return Ok(None) };
            if let Some(session) = self.join_unless_changed(changes, row, self.clock.now()) {
                return self.unless_given_up(session).await;
            }
        }
    }
}
