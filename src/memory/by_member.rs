//! Sessions by the values that belong to them. A session knows in how many places it stands here: who holds it beside those
//! is a request, or hangs on its end.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Session;
use super::shards::Shards;
use crate::model::{MemberKey, Timestamp};

/// A session's place in the map.
#[derive(Debug)]
struct Place(Arc<Session>);

impl Place {
    // The session is held before the place is counted, and let go of after: whoever compares never finds too few holders.
    fn of(session: &Arc<Session>) -> Self {
        let place = Self(session.clone());
        place.0.places.fetch_add(1, Ordering::SeqCst);
        place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.places.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The sessions that are remembered. A session's members are never locked under a lock of the map.
#[derive(Debug)]
pub(super) struct ByMember(Shards<MemberKey, Place>);

impl ByMember {
    pub(super) fn new() -> Self {
        Self(Shards::new())
    }

    /// Whose it is.
    pub(super) fn get(&self, key: MemberKey) -> Option<Arc<Session>> {
        self.0.look(&key, |place| place.0.clone())
    }

    /// The same, for a request.
    pub(super) fn used(&self, key: MemberKey, now: Timestamp) -> Option<Arc<Session>> {
        self.0.look(&key, |place| {
            place.0.last_seen.store(now.0, Ordering::Relaxed);
            place.0.clone()
        })
    }

    /// It is this session's from now on. Whose it was has lost it, and comes back if that was all it had.
    pub(super) fn put(&self, key: MemberKey, session: &Arc<Session>) -> Option<Arc<Session>> {
        let before = self.0.insert(key, Place::of(session))?;
        (before.0.id != session.id && before.0.lose(key)).then(|| before.0.clone())
    }

    /// It is this session's no more.
    pub(super) fn take(&self, key: MemberKey, session: &Session) {
        self.0.take_if(&key, |place| place.0.id == session.id);
    }

    /// Looks at all, and takes out what isn't to be kept; other work has its turn meanwhile.
    pub(super) async fn retain_in_turns(&self, mut keep: impl FnMut(&Arc<Session>) -> bool) {
        self.0.retain_in_turns(|_, place| keep(&place.0)).await;
    }
}
