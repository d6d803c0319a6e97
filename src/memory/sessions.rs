//! Sessions of apps in memory, by the values that belong to them.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use super::session::{LOGIN_STALE, Session};
use super::{BELIEVED, Memory, UNKNOWN_MAX};
use crate::model::*;
use crate::seal::random;
use crate::store::{Member, SessionRow, StoreResult};

impl Memory {
    /// The session that a value belongs to.
    pub async fn session_of(&self, key: MemberKey) -> StoreResult<Option<Arc<Session>>> {
        let now = self.clock.now();
        let session = match self.sessions.used(key, now) {
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
        let mut doubtful: Option<Arc<Session>> = None;
        loop {
            let endings = self.endings.load(Ordering::SeqCst);
            let row = self.store.session_by_member(key).await?;
            if let Some(session) = doubtful.take_if(|session| row.as_ref().is_none_or(|row| row.id != session.id)) {
                session.end();
                self.forget(&session);
            }
            let Some(row) = row else {
                self.unknown.insert_bounded(key, now, UNKNOWN_MAX);
                return Ok(None);
            };
            let (session, is_new) = self.join(row, doubtful.take(), now);
            if endings == self.endings.load(Ordering::SeqCst) {
                return Ok((!session.is_over()).then_some(session));
            }
            // The row may be older than what was ended meanwhile: it is read again. Others may hold what was made of it.
            if is_new {
                self.forget(&session);
            }
            doubtful = Some(session);
        }
    }

    /// The session of a row: as it is remembered, or as it was made before, or new (`true`).
    fn join(&self, row: SessionRow, before: Option<Arc<Session>>, now: Timestamp) -> (Arc<Session>, bool) {
        let _one_at_a_time = self.joining.lock().unwrap_or_else(PoisonError::into_inner);
        let (id, members) = (row.id, row.members.clone());
        let lives = |session: &Arc<Session>| session.id == id && !session.is_over();
        let known = members.iter().find_map(|member| self.sessions.get(member.key).filter(lives));
        let is_new = known.is_none();
        let session = known.or(before.filter(lives)).unwrap_or_else(|| Session::from_row(row, now));
        // Another process may have given it more.
        session.gain(&members);
        for member in &members {
            self.sessions.put(member.key, &session);
        }
        (session, is_new)
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
            self.sessions.put(member.key, &session);
            self.unknown.take(&member.key);
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
        // A value that is another session's stays there: the store kept it there too.
        let is_ours = |key| self.sessions.get(key).is_none_or(|other| other.id == session.id || other.is_over());
        let ours: Vec<Member> = members.into_iter().filter(|m| is_ours(m.key)).collect();
        let gone = session.gain(&ours);
        for member in ours {
            self.unknown.take(&member.key);
            self.sessions.put(member.key, session);
        }
        for key in gone {
            self.sessions.take(key, session);
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
            self.gates.take(&token);
            self.end_browser(&token);
        }
    }

    fn forget(&self, session: &Session) {
        for member in session.members() {
            if let Some(copy) = self.sessions.take(member.key, session).filter(|_| session.is_over()) {
                copy.end();
            }
        }
    }

    /// The session of this id, if it is alive.
    pub async fn session(&self, id: SessionId) -> StoreResult<Option<Arc<Session>>> {
        let Some(row) = self.store.session(id).await? else { return Ok(None) };
        match row.members.first() {
            Some(member) => Ok(self.session_of(member.key).await?.filter(|session| session.id == id)),
            None => Ok(Some(Session::from_row(row, self.clock.now()))),
        }
    }
}
