//! Each thread's idle connections, and the ones that many requests share (HTTP/2).

use std::cell::RefCell;
use std::sync::Arc;
use std::task::Context;
use std::time::Duration;

use hyper::client::conn::http2;
use rustix::time::{ClockId, clock_gettime};

use super::Class;
use super::alone::Alone;
use super::body::Body;
use super::direct::Direct;

/// Idle connections kept per thread, server and class.
const IDLE_MAX: usize = 128;
/// Most servers close an idle connection after 5 to 75 s; below that a stale one is rare.
const IDLE_TIME: Duration = Duration::from_secs(4);
/// Requests that share a connection of HTTP/2: servers take a hundred at least (RFC 9113, 6.5.2), and where one takes no
/// more, the next request waits for the slowest of them.
const SHARED_MAX: usize = 100;

/// A server and the traffic that it carries.
pub(super) type Key = (u32, Class);

/// A point of time to a few milliseconds, which costs next to nothing.
#[derive(Clone, Copy)]
struct Moment(i64);

impl Moment {
    fn now() -> Self {
        let now = clock_gettime(ClockId::MonotonicCoarse);
        Self(now.tv_sec * 1000 + now.tv_nsec / 1_000_000)
    }

    fn is_younger(self, than: Duration) -> bool {
        u128::try_from(Self::now().0 - self.0).is_ok_and(|ms| ms < than.as_millis())
    }
}

/// A connection that another request may go on.
pub(super) trait Reusable {
    /// Is it open, as far as the runtime heard, and free for a request? Where `class` wants it, the kernel is asked.
    fn is_ready(&mut self, class: Class) -> bool;
    /// Is it known to be of no use any more?
    fn is_closed(&self) -> bool;
}

struct Idle<L> {
    line: L,
    since: Moment,
}

/// Those of one kind. A gate has few servers: a list is faster than a map.
struct Shelf<L>(Vec<(Key, Vec<Idle<L>>)>);

impl<L> Default for Shelf<L> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<L: Reusable> Shelf<L> {
    /// Keeps one that an exchange has ended on exactly.
    fn keep(&mut self, key: Key, line: L) {
        if line.is_closed() || key.1 == Class::Judging {
            return;
        }
        let idle = Idle { line, since: Moment::now() };
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, all)) if all.len() < IDLE_MAX => all.push(idle),
            Some(_) => {}
            None => self.0.push((key, vec![idle])),
        }
    }

    /// One that is open. The newest is the warmest, and what is behind it is older still.
    fn take(&mut self, key: Key) -> Option<L> {
        let (_, all) = self.0.iter_mut().find(|(known, _)| *known == key)?;
        while let Some(mut idle) = all.pop() {
            if idle.since.is_younger(IDLE_TIME) && idle.line.is_ready(key.1) {
                return Some(idle.line);
            }
        }
        None
    }

    /// Closes what wasn't used for a while.
    fn let_go(&mut self) {
        self.0.iter_mut().for_each(|(key, all)| all.retain_mut(|i| i.since.is_younger(IDLE_TIME) && i.line.is_ready(key.1)));
        self.0.retain(|(_, all)| !all.is_empty());
    }
}

/// A connection of HTTP/2 and the places on it; each that is taken is another owner.
struct Shared {
    key: Key,
    sender: http2::SendRequest<Body>,
    places: Arc<()>,
}

impl Shared {
    fn taken(&self) -> usize {
        Arc::strong_count(&self.places) - 1
    }
}

/// A connection of HTTP/1.1: the gate's own for requests that are at hand whole, or hyper's.
pub(super) enum Http1 {
    Direct(Direct),
    Alone(Alone),
}

/// A request's place on a shared connection.
#[derive(Debug)]
pub(super) struct Place(#[expect(dead_code, reason = "it is counted")] Arc<()>);

#[derive(Default)]
struct Pool {
    direct: Shelf<Direct>,
    alone: Shelf<Alone>,
    shared: Vec<Shared>,
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// A connection in use. Dropped, it is closed; [`Lease::give_back`] keeps it for the next request. A place on a shared
/// one is free again in either case.
#[derive(Debug)]
pub struct Lease(Held);

#[derive(Debug)]
enum Held {
    /// `None`: for this exchange only.
    Alone(Option<Key>, Alone),
    Shared(#[expect(dead_code, reason = "it is counted")] Option<Place>),
}

impl Lease {
    pub(super) fn of(key: Option<Key>, line: Alone) -> Self {
        Self(Held::Alone(key, line))
    }

    /// Carries the connection on.
    pub(super) fn drive(&mut self, cx: &mut Context<'_>) {
        if let Held::Alone(_, line) = &mut self.0 {
            line.drive(cx);
        }
    }

    /// Lets it carry itself on.
    pub(super) fn detach(&mut self) {
        if let Held::Alone(_, line) = &mut self.0 {
            line.detach();
        }
    }

    /// Of a connection that others use as well.
    pub(super) fn shared(place: Option<Place>) -> Self {
        Self(Held::Shared(place))
    }

    /// The exchange ended exactly: the connection may be used again.
    pub fn give_back(self) {
        let Held::Alone(Some(key), line) = self.0 else { return };
        POOL.with_borrow_mut(|pool| pool.alone.keep(key, line));
    }
}

/// Keeps a connection for the next request.
pub(super) fn give_back(key: Key, line: Direct) {
    POOL.with_borrow_mut(|pool| pool.direct.keep(key, line));
}

/// An idle connection for a request that is at hand whole.
pub(super) fn direct(key: Key) -> Option<Direct> {
    POOL.with_borrow_mut(|pool| pool.direct.take(key))
}

/// An idle connection for any request.
pub(super) fn alone(key: Key) -> Option<Alone> {
    POOL.with_borrow_mut(|pool| pool.alone.take(key))
}

/// An idle connection for a request that is at hand whole, or for any.
pub(super) fn checkout(key: Key, is_whole: bool) -> Option<Http1> {
    if is_whole { direct(key).map(Http1::Direct) } else { alone(key).map(Http1::Alone) }
}

/// An HTTP/2 connection of this server that is open and has a place left.
pub(super) fn shared(key: Key) -> Option<(http2::SendRequest<Body>, Place)> {
    POOL.with_borrow_mut(|pool| {
        pool.shared.retain(|shared| shared.key != key || !shared.sender.is_closed());
        let shared = pool.shared.iter().find(|shared| shared.key == key && shared.taken() < SHARED_MAX)?;
        Some((shared.sender.clone(), Place(shared.places.clone())))
    })
}

/// A new one, of which this is the first place.
pub(super) fn share(key: Key, sender: http2::SendRequest<Body>) -> Place {
    let places = Arc::new(());
    POOL.with_borrow_mut(|pool| pool.shared.push(Shared { key, sender, places: places.clone() }));
    Place(places)
}

/// Closes what this thread hasn't used for a while. Called at times.
pub fn let_go() {
    POOL.with_borrow_mut(|pool| {
        pool.direct.let_go();
        pool.alone.let_go();
        // One of each is kept; what was opened for a rush is closed after it.
        let mut kept: Vec<Key> = Vec::new();
        pool.shared.retain(|shared| {
            let keeps = !shared.sender.is_closed() && (shared.taken() > 0 || !kept.contains(&shared.key));
            if keeps {
                kept.push(shared.key);
            }
            keeps
        });
    });
}
