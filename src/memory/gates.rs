//! Gate sessions in memory, by token.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::{Ending, Memory, Session, whole};
use crate::model::*;
use crate::seal::{Token, random};
use crate::store::{GateRow, StoreError, StoreResult};

/// So many browsers of one user may stand before the challenge at once; the first of them then begins anew.
const PENDING_MAX: usize = 256;

/// One gate session in memory.
#[derive(Debug)]
pub struct GateSession {
    /// As stored, but for `last_seen`. It stands here itself: each place in memory more is felt where there are many.
    pub row: GateRow,
    pub(super) last_seen: AtomicI64,
    pub(super) written: AtomicI64,
}

impl GateSession {
    fn from_row(row: GateRow) -> Arc<Self> {
        Arc::new(Self { last_seen: AtomicI64::new(row.last_seen.0), written: AtomicI64::new(row.last_seen.0), row })
    }

    /// When it was used last.
    pub(super) fn last_seen(&self) -> Timestamp {
        Timestamp(self.last_seen.load(Ordering::Relaxed))
    }

    /// How far that is ahead of what the store knows.
    pub(super) fn unwritten(&self) -> Duration {
        self.last_seen().since(Timestamp(self.written.load(Ordering::Relaxed)))
    }

    /// Is its time not over, and hasn't it rested for `idle`?
    pub(super) fn is_live(&self, now: Timestamp, idle: Duration) -> bool {
        now < self.row.expires_at && now.since(self.last_seen()) < idle
    }

    /// Has a second factor been passed in it?
    pub fn is_verified(&self) -> bool {
        !self.row.verifications.is_empty()
    }
}

impl Memory {
    /// The live gate session of a cookie's value. Anything malformed, unknown or over is none.
    pub async fn gate_of(&self, token: &str) -> StoreResult<Option<Arc<GateSession>>> {
        if token.len() != 43 || !token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return Ok(None);
        }
        self.gate_of_hash(self.seal.token_hash(token)).await
    }

    /// The same by the stored form.
    pub async fn gate_of_hash(&self, hash: TokenHash) -> StoreResult<Option<Arc<GateSession>>> {
        let (now, idle) = (self.clock.now(), self.times.idle());
        let used = |gate: &Arc<GateSession>| {
            let is_live = gate.is_live(now, idle);
            if is_live {
                gate.last_seen.fetch_max(now.0, Ordering::Relaxed);
            }
            is_live.then(|| gate.clone())
        };
        match self.gates.look(&hash, used) {
            Some(gate) => Ok(gate),
            None => Ok(Box::pin(self.load_gate(hash)).await?.as_ref().and_then(used)),
        }
    }

    /// Reads a gate session from the store, into memory.
    async fn load_gate(&self, hash: TokenHash) -> StoreResult<Option<Arc<GateSession>>> {
        loop {
            let changes = self.changes();
            let Some(row) = self.store.gate_by_token(hash).await? else { return Ok(None) };
            let turn = self.joining.lock().unwrap_or_else(PoisonError::into_inner);
            if changes != *turn {
                continue;
            }
            let session = row.session;
            let gate = GateSession::from_row(row);
            // The store learns later than memory when it was used.
            if let Some(known) = self.gates.get(&hash).filter(|known| known.row.id == gate.row.id) {
                gate.last_seen.fetch_max(known.last_seen().0, Ordering::Relaxed);
            }
            self.gates.insert(hash, gate.clone());
            self.gates_of.update(session, |tokens| {
                if !tokens.contains(&hash) {
                    tokens.push(hash);
                }
            });
            return Ok(Some(gate));
        }
    }

    /// The pending gate session of a logged-in session: one for all parallel requests. `true`: it was made now.
    /// Where all browsers of a user share one session (`shared`), each has its own, or one could end another's.
    pub async fn pending(
        self: &Arc<Self>,
        session: &Session,
        user: &User,
        target: Option<String>,
        shared: bool,
    ) -> StoreResult<(Token, Arc<GateSession>, bool)> {
        let token = if shared { self.seal.new_token() } else { self.seal.pending_token(&session.id.0) };
        if shared {
            self.make_room(session).await?;
        }
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
            verifications: Verifications::new(),
            step_up: None,
            target: target.map(Box::from),
            auto_sent: false,
            created_at: now,
            last_seen: now,
            expires_at: now.plus(self.times.lifetime()),
        };
        // One that idled away has the same token; it makes room.
        if let Some(old) = self.store.gate_by_token(row.token).await? {
            if now >= old.expires_at || now.since(old.last_seen) >= self.times.idle() {
                self.store.end_gate(old.id).await?;
            }
            self.gates.take(&row.token);
        }
        self.store.put_gate(&row).await?;
        self.changed();
        let kept = self.load_gate(row.token).await?.ok_or_else(|| StoreError("a gate session was not kept".into()))?;
        let is_new = kept.row.id == row.id;
        Ok((token, kept, is_new))
    }

    async fn make_room(self: &Arc<Self>, session: &Session) -> StoreResult<()> {
        let tokens = self.gates_of.get(&session.id).unwrap_or_default();
        if tokens.len() >= PENDING_MAX
            && let Some(oldest) = tokens.iter().find_map(|token| self.gates.get(token).filter(|g| !g.is_verified()))
        {
            self.end_gate(&oldest.row).await?;
        }
        Ok(())
    }

    /// What ends the streams of one browser, where its user's session is shared by all browsers.
    pub fn browser(&self, gate: &GateRow, session: &Arc<Session>) -> Ending {
        let ended = self.browsers.update(gate.token, |known| match known {
            Some(ended) if !ended.is_over() => ended.clone(),
            _ => known.insert(Ending::of(session).within()).clone(),
        });
        // It may have ended since it was looked up.
        if self.gates.look(&gate.token, |live| live.row.id == gate.id) != Some(true) {
            ended.end();
        }
        ended
    }

    pub(super) fn end_browser(&self, token: &TokenHash) {
        if let Some(ended) = self.browsers.take(token).flatten() {
            ended.end();
        }
    }

    /// A verification made a new gate session (committed already) in place of an old one. It is read from the store, where
    /// it may have been revoked meanwhile; if that fails, the next request reads it.
    pub async fn adopt(&self, old: &GateRow, new: TokenHash) {
        self.changed();
        // Its streams go on.
        if let Some(ended) = self.browsers.take(&old.token) {
            self.browsers.insert(new, ended);
        }
        self.forget_gate(old);
        let _ = self.load_gate(new).await;
    }

    pub(super) fn forget_gate(&self, gate: &GateRow) {
        self.gates.take(&gate.token);
        self.end_browser(&gate.token);
        self.unlist(gate);
    }

    /// A session is not said to have this gate session, unless that came back meanwhile.
    pub(super) fn unlist(&self, gate: &GateRow) {
        self.gates_of.update(gate.session, |tokens| {
            tokens.retain(|token| *token != gate.token || self.gates.look(token, |_| ()).is_some());
        });
    }

    /// Notes the step-up that a gate session was asked for.
    pub async fn set_step_up(&self, gate: &GateRow, wanted: &Requirement) -> StoreResult<()> {
        if gate.step_up.as_deref() == Some(wanted) {
            return Ok(());
        }
        let is_there = self.store.set_step_up(gate.id, Some(wanted)).await?;
        self.changed();
        if is_there {
            self.load_gate(gate.token).await?;
        } else {
            self.forget_gate(gate);
        }
        Ok(())
    }

    /// Ends one gate session.
    pub async fn end_gate(self: &Arc<Self>, gate: &GateRow) -> StoreResult<()> {
        let (memory, gate) = (self.clone(), gate.clone());
        whole(async move {
            memory.store.end_gate(gate.id).await?;
            memory.changed();
            memory.forget_gate(&gate);
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With the counts of an `Arc` they stand in 256 and 224 bytes: four lines of the processor's cache each.
    #[test]
    fn a_session_and_its_gate_session_stay_small() {
        assert!(size_of::<GateSession>() <= 240, "{}", size_of::<GateSession>());
        assert!(size_of::<Session>() <= 208, "{}", size_of::<Session>());
    }
}
