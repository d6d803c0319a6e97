//! The servers of one app: which of them a request goes to, and which are thought to be down.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::Class;
use super::connect::{TlsTo, Wanted, connect};
use super::pool::Key;
use crate::config::settings::{Health, Place, Speaks, Upstream};
use crate::model::Affinity;

/// A server that refused a connection is left alone so long, where there are others.
const REFUSED: Duration = Duration::from_secs(10);

/// An app's servers.
#[derive(Debug)]
pub struct Servers {
    all: Vec<Server>,
    pub(super) health: Option<Health>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Server {
    /// Unlike every other's in this process: what pools know it by.
    pub(super) id: u32,
    pub(super) place: Place,
    pub(super) speaks: Speaks,
    /// For `https://`.
    pub(super) tls: Option<TlsTo>,
    /// `HOST:PORT`, for logs and as HTTP/2's authority where there is no Host.
    pub(super) name: Arc<str>,
    salt: u64,
    unwell: AtomicBool,
    /// Milliseconds since `born`.
    refused_until: AtomicU64,
    born: Instant,
}

impl Servers {
    /// Prepares an app's servers; nothing is connected yet.
    pub fn new(upstream: &Upstream) -> Result<Arc<Self>, String> {
        static IDS: AtomicU32 = AtomicU32::new(0);
        let server = |settings: &crate::config::settings::AppServer| {
            let name = settings.place.to_string();
            let mut hasher = DefaultHasher::new();
            name.hash(&mut hasher);
            let tls = match (settings.speaks, &settings.place) {
                (Speaks::Tls, Place::Tcp(host, _)) => Some(TlsTo::new(&upstream.tls, host)?),
                _ => None,
            };
            Ok(Server {
                id: IDS.fetch_add(1, Ordering::Relaxed),
                place: settings.place.clone(),
                speaks: settings.speaks,
                tls,
                name: name.into(),
                salt: hasher.finish(),
                unwell: AtomicBool::new(false),
                refused_until: AtomicU64::new(0),
                born: Instant::now(),
            })
        };
        let all = upstream.servers.iter().map(server).collect::<Result<Vec<_>, String>>()?;
        Ok(Arc::new(Self { all, health: upstream.health.clone() }))
    }

    /// What a server is called where nobody says a Host.
    pub fn host(&self) -> String {
        self.all[0].name.to_string()
    }

    /// Connects to each, as requests will, and says what came of it.
    pub async fn try_all(&self) -> Vec<(Arc<str>, std::io::Result<()>)> {
        let mut all = Vec::new();
        for server in &self.all {
            all.push((server.name.clone(), connect(server, Wanted::Whole).await.map(drop)));
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn all(&self) -> &[Server] {
        &self.all
    }

    /// Always the same for one affinity while it is well (rendezvous hashing: the others keep theirs when one falls out).
    pub(super) fn choose(&self, affinity: Affinity, tried: &[u32]) -> &Server {
        if let [only] = &*self.all {
            return only;
        }
        let rank = |server: &&Server| (!tried.contains(&server.id), server.is_well(), mix(affinity.0 ^ server.salt));
        // gate.toml has at least one.
        self.all.iter().max_by_key(rank).unwrap_or(&self.all[0])
    }
}

impl Server {
    pub(super) fn key(&self, class: Class) -> Key {
        (self.id, class)
    }

    fn is_well(&self) -> bool {
        !self.unwell.load(Ordering::Relaxed) && self.refused_until.load(Ordering::Relaxed) <= self.age()
    }

    fn age(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// It can't be reached.
    pub(super) fn refused(&self) {
        self.refused_until.store(self.age() + REFUSED.as_millis() as u64, Ordering::Relaxed);
    }

    /// It can.
    pub(super) fn answered(&self) {
        self.refused_until.store(0, Ordering::Relaxed);
    }

    /// What its health page says. `true`: that is news.
    pub(super) fn is_now(&self, well: bool) -> bool {
        self.unwell.swap(!well, Ordering::Relaxed) == well
    }
}

/// Spreads a number over all bits (the finaliser of SplitMix64).
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::{AppServer, UpstreamTls};

    fn three() -> Arc<Servers> {
        let server = |port| AppServer { place: Place::Tcp("127.0.0.1".into(), port), speaks: Speaks::Http1 };
        let upstream = Upstream { servers: [1, 2, 3].map(server).into(), tls: UpstreamTls::default(), health: None };
        Servers::new(&upstream).unwrap()
    }

    #[test]
    fn a_visitor_stays_on_one_server_and_comes_back_to_it() {
        let servers = three();
        let all: Vec<Affinity> = (0..300).map(|n| Affinity(mix(n))).collect();
        let before: Vec<u32> = all.iter().map(|a| servers.choose(*a, &[]).id).collect();
        for server in servers.all() {
            let share = before.iter().filter(|id| **id == server.id).count();
            assert!((60..140).contains(&share), "{share}");
        }
        let down = &servers.all()[1];
        down.refused();
        for (affinity, id) in all.iter().zip(&before) {
            let now = servers.choose(*affinity, &[]).id;
            assert!(now != down.id && (*id == down.id || now == *id));
        }
        down.answered();
        assert!(down.is_now(false) && !down.is_now(false));
        assert!(all.iter().all(|a| servers.choose(*a, &[]).id != down.id));
        assert!(down.is_now(true));
        assert!(all.iter().zip(&before).all(|(a, id)| servers.choose(*a, &[]).id == *id));
    }

    #[test]
    fn where_all_are_down_each_is_tried_once() {
        let servers = three();
        servers.all().iter().for_each(Server::refused);
        let mut tried = Vec::new();
        for _ in 0..3 {
            let next = servers.choose(Affinity(7), &tried).id;
            assert!(!tried.contains(&next));
            tried.push(next);
        }
    }
}
