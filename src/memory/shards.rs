//! A map in 64 parts, so that no two requests wait for one lock.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::{PoisonError, RwLock};

use foldhash::fast::RandomState;

const SHARDS: usize = 64;

/// A concurrent map; values are cheap to clone.
#[derive(Debug)]
pub struct Shards<K, V> {
    hasher: RandomState,
    shards: Vec<RwLock<HashMap<K, V, RandomState>>>,
}

impl<K: Eq + Hash, V: Clone> Shards<K, V> {
    pub fn new() -> Self {
        Self { hasher: RandomState::default(), shards: (0..SHARDS).map(|_| RwLock::default()).collect() }
    }

    fn shard(&self, key: &K) -> &RwLock<HashMap<K, V, RandomState>> {
        let at = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or(0);
        &self.shards[at]
    }

    pub fn get(&self, key: &K) -> Option<V> {
        self.shard(key).read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// The same, after `note` was done with it: whoever looks through the map sees that done, or doesn't see the entry yet.
    pub fn get_noting(&self, key: &K, note: impl FnOnce(&V)) -> Option<V> {
        self.shard(key).read().unwrap_or_else(PoisonError::into_inner).get(key).inspect(|value| note(value)).cloned()
    }

    pub fn insert(&self, key: K, value: V) {
        self.shard(&key).write().unwrap_or_else(PoisonError::into_inner).insert(key, value);
    }

    /// Inserts; a shard that is full of such entries is emptied first.
    pub fn insert_bounded(&self, key: K, value: V, max: usize) {
        let mut shard = self.shard(&key).write().unwrap_or_else(PoisonError::into_inner);
        if shard.len() >= max / SHARDS {
            shard.clear();
        }
        shard.insert(key, value);
    }

    /// Changes a value in place, from the default where there was none.
    pub fn update<T>(&self, key: K, change: impl FnOnce(&mut V) -> T) -> T
    where
        V: Default,
    {
        change(self.shard(&key).write().unwrap_or_else(PoisonError::into_inner).entry(key).or_default())
    }

    pub fn take(&self, key: &K) -> Option<V> {
        self.shard(key).write().unwrap_or_else(PoisonError::into_inner).remove(key)
    }

    pub fn remove(&self, key: &K) {
        self.shard(key).write().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    pub fn remove_if(&self, key: &K, test: impl Fn(&V) -> bool) {
        let mut shard = self.shard(key).write().unwrap_or_else(PoisonError::into_inner);
        if shard.get(key).is_some_and(test) {
            shard.remove(key);
        }
    }

    pub fn retain(&self, mut keep: impl FnMut(&K, &V) -> bool) {
        for shard in &self.shards {
            let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|k, v| keep(k, v));
            // Room that a busy hour took is given back.
            if shard.capacity() > 64 && shard.len() < shard.capacity() / 4 {
                let twice = shard.len() * 2;
                shard.shrink_to(twice);
            }
        }
    }
}
