//! A map in many parts, so that two requests seldom want one lock, and nobody who looks through all keeps them from reading for long.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::{PoisonError, RwLock};

use foldhash::fast::RandomState;

const SHARDS: usize = 256;
/// So many go while a part is locked.
const REMOVED_AT_ONCE: usize = 64;

/// A concurrent map.
#[derive(Debug)]
pub struct Shards<K, V> {
    hasher: RandomState,
    shards: Vec<RwLock<HashMap<K, V, RandomState>>>,
}

impl<K: Copy + Eq + Hash, V> Shards<K, V> {
    pub fn new() -> Self {
        Self { hasher: RandomState::default(), shards: (0..SHARDS).map(|_| RwLock::default()).collect() }
    }

    fn shard(&self, key: &K) -> &RwLock<HashMap<K, V, RandomState>> {
        let at = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or(0);
        &self.shards[at]
    }

    pub fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.look(key, V::clone)
    }

    /// What `note` makes of a value. Whoever looks through the map sees that done, or doesn't see the entry yet.
    pub fn look<T>(&self, key: &K, note: impl FnOnce(&V) -> T) -> Option<T> {
        self.shard(key).read().unwrap_or_else(PoisonError::into_inner).get(key).map(note)
    }

    /// What stood there comes back.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.shard(&key).write().unwrap_or_else(PoisonError::into_inner).insert(key, value)
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

    pub fn take_if(&self, key: &K, test: impl FnOnce(&V) -> bool) -> Option<V> {
        let mut shard = self.shard(key).write().unwrap_or_else(PoisonError::into_inner);
        if shard.get(key).is_some_and(test) { shard.remove(key) } else { None }
    }

    /// Takes out what isn't to be kept, and gives it back. Others go on reading meanwhile, so `keep` is asked again before
    /// something goes: it may have been used.
    pub fn retain(&self, mut keep: impl FnMut(&K, &V) -> bool) -> Vec<V> {
        self.shards.iter().flat_map(|part| retain(part, &mut keep)).collect()
    }

    /// The same for many and in no hurry: between two parts other work has its turn.
    pub async fn retain_in_turns(&self, mut keep: impl FnMut(&K, &V) -> bool) -> Vec<V> {
        let mut gone = Vec::new();
        for part in &self.shards {
            gone.extend(retain(part, &mut keep));
            tokio::task::yield_now().await;
        }
        gone
    }
}

fn retain<K: Copy + Eq + Hash, V>(part: &RwLock<HashMap<K, V, RandomState>>, keep: &mut impl FnMut(&K, &V) -> bool) -> Vec<V> {
    let shard = part.read().unwrap_or_else(PoisonError::into_inner);
    let going: Vec<K> = shard.iter().filter(|(key, value)| !keep(key, value)).map(|(key, _)| *key).collect();
    drop(shard);
    let mut gone = Vec::new();
    for some in going.chunks(REMOVED_AT_ONCE) {
        let mut shard = part.write().unwrap_or_else(PoisonError::into_inner);
        for key in some {
            if shard.get(key).is_some_and(|value| !keep(key, value)) {
                gone.extend(shard.remove(key));
            }
        }
    }
    if !going.is_empty() {
        // Room that a busy hour took is given back.
        let mut shard = part.write().unwrap_or_else(PoisonError::into_inner);
        if shard.capacity() > 64 && shard.len() < shard.capacity() / 4 {
            let twice = shard.len() * 2;
            shard.shrink_to(twice);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_looks_through_all_keeps_nobody_from_reading_and_takes_nothing_that_is_used_meanwhile() {
        let map = Arc::new(Shards::new());
        for key in 0..1000 {
            map.insert(key, key * 2);
        }
        let mut asked = 0;
        let gone = map.retain(|key, _| {
            if *key == 500 {
                let (says, heard) = mpsc::channel();
                let (reader, key) = (map.clone(), *key);
                std::thread::spawn(move || says.send(reader.get(&key)));
                assert_eq!(heard.recv_timeout(Duration::from_secs(10)), Ok(Some(1000)));
            }
            if *key == 7 {
                asked += 1;
                return asked > 1;
            }
            key % 10 != 0 || *key == 500
        });
        assert_eq!((gone.len(), asked), (99, 2));
        assert_eq!((map.get(&7), map.get(&10), map.get(&500)), (Some(14), None, Some(1000)));
    }
}
