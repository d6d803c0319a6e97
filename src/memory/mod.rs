//! What the gate remembers without asking the disk: app sessions by member, gate sessions by token.
//!
//! The store is the truth. What takes trust away is written there before it is done; a miss here is asked there;
//! and when another process revoked something, [`Memory::heed_revocations`] forgets it within two seconds.

mod by_member;
mod ending;
mod gates;
mod session;
mod sessions;
mod shards;
#[cfg(test)]
mod tests;
mod upkeep;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use smallvec::SmallVec;

use crate::clock::Clock;
use crate::config::settings::Session as SessionSettings;
use crate::model::*;
use crate::seal::Seal;
use crate::store::{Store, StoreError, StoreResult};
use by_member::ByMember;
pub use ending::Ending;
pub use gates::GateSession;
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
    sessions: ByMember,
    /// Whose turn it is to remember what was read from the store, or written there: one session is one object, or ending it
    /// would miss a copy. It counts what was changed, after that was committed: what was read before is read again.
    joining: Mutex<u64>,
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
            sessions: ByMember::new(),
            joining: Mutex::default(),
            gates: Shards::new(),
            gates_of: Shards::new(),
            browsers: Shards::new(),
            unknown: Shards::new(),
            given: Shards::new(),
            naming: Shards::new(),
            revision: AtomicI64::new(-1),
            believed_until: AtomicI64::new(0),
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

    /// How many changes there were. Who reads from the store remembers it only if there were no more.
    fn changes(&self) -> u64 {
        *self.joining.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something was changed in the store. Who read it before has remembered it by now, so that it is found, or reads it again.
    fn changed(&self) {
        *self.joining.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    }

    /// May what is remembered be believed, or has the store been silent for too long?
    pub fn is_believed(&self) -> bool {
        self.clock.now().0 < self.believed_until.load(Ordering::Acquire)
    }
}

/// Does it to its end, though who waits for it goes away, as a client may: what was committed must be followed in memory.
async fn whole<T: Send + 'static>(work: impl Future<Output = StoreResult<T>> + Send + 'static) -> StoreResult<T> {
    tokio::spawn(work).await.unwrap_or_else(|error| Err(StoreError(error.to_string())))
}
