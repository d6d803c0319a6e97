//! What memory does beside the requests: it heeds what others revoked, writes what was used, and lets go of what wasn't.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{BELIEVED, Ending, GateSession, Memory, Session};
use crate::model::{GateId, SessionId, Timestamp, TokenHash, User};
use crate::store::{Revoked, StoreResult};

/// What nobody used for so long is let go of; the store still has it, and gives it back in a fraction of a millisecond.
const UNUSED: Duration = Duration::from_secs(180);
/// So many are written at once: a login waits for no more than that.
const WRITTEN_AT_ONCE: usize = 500;
/// When a gate session was last used is written once it is off by this part of the time that it may rest.
const PRECISION: u32 = 32;

impl Memory {
    /// Reads what other processes revoked, and forgets it. Called every half second, and never behind other work: what
    /// is remembered is believed for two seconds only.
    pub async fn heed_revocations(&self) -> StoreResult<()> {
        let asked_at = self.clock.now();
        let known = self.revision.load(Ordering::Acquire);
        let (newest, revocations) = self.store.revocations_after(known).await?;
        if known >= 0 && !revocations.is_empty() {
            self.changed();
            let (mut sessions, mut users) = (HashSet::new(), HashSet::new());
            for revoked in revocations {
                match revoked {
                    Revoked::Everything => {
                        let note = |session: &Arc<Session>| {
                            sessions.insert(session.id);
                            true
                        };
                        self.sessions.retain_in_turns(note).await;
                        self.gates.retain_in_turns(|_, _| false).await;
                    }
                    Revoked::User(realm, id) => drop(users.insert((realm, id))),
                    Revoked::Session(id) => drop(sessions.insert(id)),
                    Revoked::Gate(token) => {
                        self.end_browser(&token);
                        if let Some(gate) = self.gates.get(&token) {
                            self.forget_gate(&gate.row);
                        }
                    }
                }
            }
            if !users.is_empty() {
                let is_one = |user: &User| users.contains(&(user.realm.clone(), user.id.clone()));
                let note = |session: &Arc<Session>| {
                    if session.user.as_ref().is_some_and(is_one) {
                        sessions.insert(session.id);
                    }
                    true
                };
                self.sessions.retain_in_turns(note).await;
                let keep = |_: &TokenHash, gate: &Arc<GateSession>| {
                    let hit = is_one(&gate.row.user);
                    if hit {
                        sessions.insert(gate.row.session);
                    }
                    !hit
                };
                self.gates.retain_in_turns(keep).await;
            }
            self.let_be_read_anew(&sessions).await;
        }
        self.revision.store(newest.max(0), Ordering::Release);
        self.believed_until.store(asked_at.plus(BELIEVED).0, Ordering::Release);
        Ok(())
    }

    /// Ends upgrades and streams of sessions that aren't what they were; those that live are read anew when they come back.
    async fn let_be_read_anew(&self, ids: &HashSet<SessionId>) {
        if ids.is_empty() {
            return;
        }
        for token in ids.iter().filter_map(|id| self.gates_of.take(id)).flatten() {
            self.gates.take(&token);
            self.end_browser(&token);
        }
        let keep = |session: &Arc<Session>| {
            let hit = ids.contains(&session.id);
            if hit {
                session.end();
            }
            !hit
        };
        self.sessions.retain_in_turns(keep).await;
    }

    /// Ends the streams of gate sessions that are over, and writes behind when the others were last used.
    pub async fn tidy(&self) -> StoreResult<()> {
        let now = self.clock.now();
        self.browsers.retain(|_, ended| ended.as_ref().is_some_and(Ending::is_held));
        self.naming.retain(|_, turn| Arc::strong_count(turn) > 1);
        let mut seen = Vec::new();
        let idle = self.times.idle();
        let keep = |_: &TokenHash, gate: &Arc<GateSession>| {
            let is_live = gate.is_live(now, idle);
            if is_live && gate.unwritten() > idle / PRECISION {
                seen.push(gate.clone());
            }
            is_live
        };
        let over = self.gates.retain_in_turns(keep).await;
        over.iter().for_each(|gate| self.forget_gate(&gate.row));
        // On one that waits for its challenge nothing hangs.
        let verified = over.iter().filter(|gate| gate.is_verified());
        self.let_be_read_anew(&verified.map(|gate| gate.row.session).collect()).await;
        self.write_seen(&seen).await
    }

    /// Lets go of what hasn't been used for long, once it is written when that was.
    pub async fn let_go(&self) -> StoreResult<()> {
        let now = self.clock.now();
        // What a request or a stream hangs on stays, or ending it would miss them.
        let mut in_use = HashSet::new();
        let keep = |session: &Arc<Session>| {
            let is_in_use = session.is_in_use();
            if is_in_use {
                in_use.insert(session.id);
            }
            is_in_use || now.since(Timestamp(session.last_seen.load(Ordering::Relaxed))) < UNUSED
        };
        self.sessions.retain_in_turns(keep).await;
        let mut seen = Vec::new();
        let keep = |_: &TokenHash, gate: &Arc<GateSession>| {
            if now.since(gate.last_seen()) < UNUSED || in_use.contains(&gate.row.session) {
                return true;
            }
            let goes = gate.unwritten().is_zero();
            if !goes {
                seen.push(gate.clone());
            }
            !goes
        };
        for gate in self.gates.retain_in_turns(keep).await {
            self.unlist(&gate.row);
        }
        self.gates_of.retain_in_turns(|_, tokens| !tokens.is_empty()).await;
        self.write_seen(&seen).await
    }

    /// Writes when these were last used.
    async fn write_seen(&self, seen: &[Arc<GateSession>]) -> StoreResult<()> {
        for some in seen.chunks(WRITTEN_AT_ONCE) {
            let times: Vec<(GateId, Timestamp)> = some.iter().map(|gate| (gate.row.id, gate.last_seen())).collect();
            self.store.touch_gates(&times).await?;
            for (gate, (_, at)) in some.iter().zip(times) {
                gate.written.fetch_max(at.0, Ordering::Relaxed);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::settings::Session as Times;
    use crate::model::*;
    use crate::seal::Seal;
    use crate::store::sqlite::SqliteStore;
    use crate::store::{Member, Store};

    const DAY: Duration = Duration::from_secs(86_400);

    #[tokio::test]
    async fn what_nobody_uses_is_let_go_of_with_the_time_of_its_last_use_and_comes_back_from_the_store() {
        let dir = tempfile::tempdir().unwrap();
        let (seal, clock) = (Seal::ephemeral(), Clock::frozen(Timestamp(1_800_000_000_000)));
        let store = Arc::new(SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap());
        let times = Times { lifetime: DAY, idle: DAY, remember_device: DAY };
        let memory = Arc::new(Memory::new(store.clone(), seal.clone(), clock.clone(), &times));
        let user = User { realm: Realm::new("wiki"), id: UserId::new("ada"), attributes: Attributes::default() };
        let (mut sessions, mut tokens) = (Vec::new(), Vec::new());
        for n in 0..2u8 {
            let key = seal.member("wiki", b"sid", &[n]);
            let members = vec![Member { key, name: "sid".into(), path: None, domain: None }];
            let app = AppName::new("wiki");
            let session = memory.create(&app, Some(user.clone()), members, None, Affinity::default()).await.unwrap();
            sessions.push((key, session));
            let (token, ..) = memory.pending(&sessions[usize::from(n)].1, &user, None, false).await.unwrap();
            tokens.push(token);
        }
        let streamed = Ending::of(&sessions[1].1);
        sessions[1].1 = memory.session_of(sessions[1].0).await.unwrap().unwrap();
        let first = sessions.remove(0).0;
        drop(sessions);
        clock.advance(UNUSED - Duration::from_secs(1));
        assert!(memory.gate_of(tokens[0].expose()).await.unwrap().is_some());
        let used_at = clock.now();
        clock.advance(UNUSED);
        memory.let_go().await.unwrap();
        memory.let_go().await.unwrap();
        let hashes: Vec<TokenHash> = tokens.iter().map(|token| seal.token_hash(token.expose())).collect();
        assert!(memory.sessions.get(first).is_none() && memory.gates.get(&hashes[0]).is_none());
        assert_eq!(store.gate_by_token(hashes[0]).await.unwrap().unwrap().last_seen, used_at);
        // The other has a stream.
        assert!(memory.gates.get(&hashes[1]).is_some() && !streamed.is_over());
        let back = memory.session_of(first).await.unwrap().unwrap();
        assert_eq!(memory.gate_of(tokens[0].expose()).await.unwrap().unwrap().row.session, back.id);
        memory.end(&back).await.unwrap();
        assert!(memory.gate_of(tokens[0].expose()).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn what_one_process_ends_another_believes_no_longer_and_its_own_logins_go_on() {
        let dir = tempfile::tempdir().unwrap();
        let (seal, clock) = (Seal::ephemeral(), Clock::frozen(Timestamp(1_800_000_000_000)));
        let times = Times { lifetime: DAY, idle: DAY, remember_device: DAY };
        let mut processes = Vec::new();
        for _ in 0..2 {
            let store = SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap();
            processes.push(Arc::new(Memory::new(Arc::new(store), seal.clone(), clock.clone(), &times)));
            processes.last().unwrap().heed_revocations().await.unwrap();
        }
        let [one, other] = &processes[..] else { unreachable!() };
        let app = AppName::new("wiki");
        let user = User { realm: Realm::new("wiki"), id: UserId::new("ada"), attributes: Attributes::default() };
        let member = |n: u8| Member { key: seal.member("wiki", b"sid", &[n]), name: "sid".into(), path: None, domain: None };
        let made = |n: u8, user: Option<User>| one.create(&app, user, vec![member(n)], None, Affinity::default());
        // A session that is left.
        let left = { made(1, Some(user.clone())).await.unwrap() };
        let (token, ..) = one.pending(&left, &user, None, false).await.unwrap();
        let seen = other.session_of(member(1).key).await.unwrap().unwrap();
        assert!(other.gate_of(token.expose()).await.unwrap().is_some());
        one.end(&left).await.unwrap();
        other.heed_revocations().await.unwrap();
        assert!(seen.is_over() && other.session_of(member(1).key).await.unwrap().is_none());
        assert!(other.gate_of(token.expose()).await.unwrap().is_none());
        // A gate session that has another token after its challenge.
        let stays = made(2, Some(user.clone())).await.unwrap();
        let (token, gate, _) = one.pending(&stays, &user, None, false).await.unwrap();
        let seen = other.session_of(member(2).key).await.unwrap().unwrap();
        assert!(other.gate_of(token.expose()).await.unwrap().is_some());
        one.end_gate(&gate.row).await.unwrap();
        other.heed_revocations().await.unwrap();
        assert!(other.gate_of(token.expose()).await.unwrap().is_none() && !seen.is_over());
        // A login that begins, fails, and takes the value away for the session that it makes.
        let stranger = made(3, None).await.unwrap();
        let seen = other.session_of(member(3).key).await.unwrap().unwrap();
        assert!(one.begin_login(&stranger).await.unwrap());
        for memory in [one, other] {
            memory.heed_revocations().await.unwrap();
            assert!(memory.session_of(member(3).key).await.unwrap().is_some_and(|s| s.is_logging_in()));
        }
        assert!(seen.is_over() && !stranger.is_over());
        one.login_failed(&stranger, None).await.unwrap();
        other.heed_revocations().await.unwrap();
        assert!(other.session_of(member(3).key).await.unwrap().is_some_and(|s| !s.is_logging_in()));
        made(3, Some(user)).await.unwrap();
        other.heed_revocations().await.unwrap();
        assert!(other.session_of(member(3).key).await.unwrap().is_some_and(|s| s.user.is_some()));
        // Who slept until what was told is told no more believes nothing.
        let left = made(4, None).await.unwrap();
        let (seen, unharmed) = (other.session_of(member(4).key).await.unwrap().unwrap(), other.session_of(member(2).key));
        let unharmed = unharmed.await.unwrap().unwrap();
        one.end(&left).await.unwrap();
        one.store().purge(Timestamp(4_000_000_000_000), Timestamp(0)).await.unwrap();
        other.heed_revocations().await.unwrap();
        assert!(seen.is_over() && unharmed.is_over());
    }

    #[tokio::test]
    async fn when_gate_sessions_were_used_is_written_for_many_at_once_and_never_goes_back() {
        let dir = tempfile::tempdir().unwrap();
        let (seal, clock) = (Seal::ephemeral(), Clock::frozen(Timestamp(1_800_000_000_000)));
        let store = Arc::new(SqliteStore::open(&dir.path().join("gate.db"), seal.clone()).await.unwrap());
        let (now, user) =
            (clock.now(), User { realm: Realm::new("wiki"), id: UserId::new("ada"), attributes: Attributes::default() });
        let mut seen = Vec::new();
        for n in 0..3u8 {
            let row = crate::store::GateRow {
                id: GateId([n; 16]),
                token: TokenHash([n; 32]),
                session: SessionId([n; 16]),
                app: AppName::new("wiki"),
                user: user.clone(),
                verifications: Verifications::new(),
                step_up: None,
                target: None,
                auto_sent: false,
                created_at: now,
                last_seen: now,
                expires_at: now.plus(DAY),
            };
            store.put_gate(&row).await.unwrap();
            seen.push((row.id, now.plus(Duration::from_secs(u64::from(n)))));
        }
        // Later ones don't go back, and ids that are gone are no error.
        seen.push((GateId([9; 16]), now));
        store.touch_gates(&seen[1..]).await.unwrap();
        store.touch_gates(&[(GateId([2; 16]), now)]).await.unwrap();
        for n in 0..3u8 {
            let expected = now.plus(Duration::from_secs(u64::from(n)));
            assert_eq!(store.gate_by_token(TokenHash([n; 32])).await.unwrap().unwrap().last_seen, expected);
        }
    }
}
