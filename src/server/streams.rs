//! The streams of a connection of HTTP/2: each is a task of its own, so that one whose client takes nothing ends alone.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::rt::Executor;
use tokio::task::{AbortHandle, Id};
use tokio::time::Instant;

/// A stream that waits for the app, and not for its client.
const WAITS: u32 = u32::MAX;

/// The streams of one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Streams(Arc<Mutex<Vec<Stream>>>);

#[derive(Debug)]
struct Stream {
    id: Id,
    task: AbortHandle,
    mark: Arc<AtomicU32>,
    /// The mark as it was seen last, and since when it is the same.
    seen: u32,
    since: Instant,
}

/// What a stream's answer notes: how often it was asked for more.
#[derive(Debug)]
pub(super) struct Asked {
    streams: Streams,
    id: Id,
    mark: Arc<AtomicU32>,
    times: u32,
}

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Streams {
    fn execute(&self, stream: F) {
        let task = tokio::spawn(stream).abort_handle();
        let mark = Arc::new(AtomicU32::new(WAITS));
        self.lock().push(Stream { id: task.id(), task, mark, seen: WAITS, since: Instant::now() });
    }
}

impl Streams {
    fn lock(&self) -> MutexGuard<'_, Vec<Stream>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For the answer of the stream whose task this is.
    pub(super) fn asked(&self) -> Option<Asked> {
        let id = tokio::task::try_id()?;
        let mark = self.lock().iter().find(|stream| stream.id == id)?.mark.clone();
        Some(Asked { streams: self.clone(), id, mark, times: 0 })
    }

    /// Ends the streams whose answers have more, and whose client took nothing of it for so long.
    pub(super) fn end_held_up(&self, now: Instant, patience: Duration) {
        self.lock().retain_mut(|stream| {
            let mark = stream.mark.load(Ordering::Relaxed);
            if mark == WAITS || mark != stream.seen {
                (stream.seen, stream.since) = (mark, now);
            } else if now - stream.since >= patience {
                stream.task.abort();
                return false;
            }
            !stream.task.is_finished()
        });
    }
}

impl Asked {
    /// It was asked for more; the app has nothing at the moment (`waits`), or it has.
    pub(super) fn note(&mut self, waits: bool) {
        self.times = (self.times + 1) % WAITS;
        self.mark.store(if waits { WAITS } else { self.times }, Ordering::Relaxed);
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.streams.lock().retain(|stream| stream.id != self.id);
    }
}
