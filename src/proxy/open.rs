//! What stays open long after it was judged: WebSockets and streams of events. Where gate.toml is read again, its rules
//! judge each once more, and what they wouldn't let in ends.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::uri::PathAndQuery;
use http::{HeaderMap, Method, header};

use crate::memory::{Ending, GateSession};
use crate::model::{AppName, Client, Timestamp, User};

/// What was asked for, by whom and when.
#[derive(Debug)]
pub struct Opened {
    /// The app.
    pub app: AppName,
    /// The target as the client sent it.
    pub target: PathAndQuery,
    /// The method.
    pub method: Method,
    /// Is it a WebSocket?
    pub upgrade: bool,
    /// Where the client is.
    pub client: Client,
    /// The session's user.
    pub user: User,
    /// The gate session that was shown.
    pub gate: Option<Arc<GateSession>>,
    /// When it was let in.
    pub at: Timestamp,
}

type Judge = Box<dyn Fn(&Opened) -> bool + Send + Sync>;

/// All of a gate.
#[derive(Clone, Default)]
pub struct Open(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    /// The newest rules, once they were changed.
    judge: Option<Judge>,
    all: HashMap<u64, (Opened, Ending)>,
    next: u64,
}

/// One that is open; it is forgotten with this.
#[derive(Debug)]
pub struct Noted {
    of: Open,
    number: u64,
    /// When it must end.
    pub until: Ending,
}

impl Open {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what opens, and ends with `ended`. Where the rules changed since it was let in, it may end at once.
    pub(super) fn note(&self, opened: Opened, ended: &Ending) -> Noted {
        let until = ended.within();
        let mut inner = self.lock();
        if inner.judge.as_ref().is_some_and(|admits| !admits(&opened)) {
            until.end();
        }
        let number = inner.next;
        inner.next += 1;
        inner.all.insert(number, (opened, until.clone()));
        Noted { of: self.clone(), number, until }
    }

    /// From now on these rules count, for what is open and for what is on its way.
    pub fn judge(&self, admits: impl Fn(&Opened) -> bool + Send + Sync + 'static) {
        let mut inner = self.lock();
        inner.all.values().filter(|(opened, _)| !admits(opened)).for_each(|(_, until)| until.end());
        inner.judge = Some(Box::new(admits));
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        self.of.lock().all.remove(&self.number);
    }
}

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open").finish_non_exhaustive()
    }
}

/// Does this answer have no end that anybody could wait for?
pub(super) fn is_endless(answer: &HeaderMap) -> bool {
    let kind = answer.get(header::CONTENT_TYPE).map_or(&[][..], |kind| kind.as_bytes());
    let is = |prefix: &str| kind.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()));
    is("text/event-stream") || is("multipart/x-mixed-replace") || is("application/grpc")
}
