//! Each thread's idle connections, and the ones that many requests share (HTTP/2).

use std::cell::RefCell;
use std::time::Duration;

use hyper::client::conn::{http1, http2};
use rustix::time::{ClockId, clock_gettime};

use super::Class;
use super::body::Body;

/// Idle connections kept per thread, server and class.
const IDLE_MAX: usize = 128;
/// Most servers close an idle connection after 5 to 75 s; below that a stale one is rare.
const IDLE_TIME: Duration = Duration::from_secs(4);

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

struct Idle {
    sender: http1::SendRequest<Body>,
    since: Moment,
}

#[derive(Default)]
struct Pool {
    // A gate has few servers: a list is faster than a map.
    idle: Vec<(Key, Vec<Idle>)>,
    shared: Vec<(Key, http2::SendRequest<Body>)>,
}

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

/// A connection in use. Dropped, it is closed; [`Lease::give_back`] keeps it for the next request.
#[derive(Debug)]
pub struct Lease(Option<(Key, http1::SendRequest<Body>)>);

impl Lease {
    pub(super) fn of(key: Key, sender: http1::SendRequest<Body>) -> Self {
        Self(Some((key, sender)))
    }

    /// Of a connection that others use as well: there is nothing to give back.
    pub(super) fn shared() -> Self {
        Self(None)
    }

    /// The exchange ended exactly: the connection may be used again.
    pub fn give_back(self) {
        let Some((key, sender)) = self.0.filter(|(_, sender)| !sender.is_closed()) else { return };
        POOL.with_borrow_mut(|pool| {
            let idle = Idle { sender, since: Moment::now() };
            match pool.idle.iter_mut().find(|(known, _)| *known == key) {
                Some((_, all)) if all.len() < IDLE_MAX => all.push(idle),
                Some(_) => {}
                None => pool.idle.push((key, vec![idle])),
            }
        });
    }
}

pub(super) fn checkout(key: Key) -> Option<http1::SendRequest<Body>> {
    POOL.with_borrow_mut(|pool| {
        let (_, idle) = pool.idle.iter_mut().find(|(known, _)| *known == key)?;
        // The newest is the warmest, and what is behind it is older still.
        while let Some(last) = idle.pop() {
            if last.sender.is_ready() && last.since.is_younger(IDLE_TIME) {
                return Some(last.sender);
            }
        }
        None
    })
}

/// The HTTP/2 connection of this server, while it is open.
pub(super) fn shared(key: Key) -> Option<http2::SendRequest<Body>> {
    POOL.with_borrow_mut(|pool| {
        let at = pool.shared.iter().position(|(known, _)| *known == key)?;
        if pool.shared[at].1.is_closed() {
            pool.shared.swap_remove(at);
            return None;
        }
        Some(pool.shared[at].1.clone())
    })
}

pub(super) fn share(key: Key, sender: http2::SendRequest<Body>) {
    POOL.with_borrow_mut(|pool| {
        pool.shared.retain(|(known, _)| *known != key);
        pool.shared.push((key, sender));
    });
}

/// Closes what this thread hasn't used for a while. Called at times.
pub fn let_go() {
    POOL.with_borrow_mut(|pool| {
        pool.idle.iter_mut().for_each(|(_, all)| all.retain(|i| !i.sender.is_closed() && i.since.is_younger(IDLE_TIME)));
        pool.idle.retain(|(_, all)| !all.is_empty());
        pool.shared.retain(|(_, sender)| !sender.is_closed());
    });
}
