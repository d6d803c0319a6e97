//! What a connection is doing, noted by flags alone: a timer looks at them now and then, and no request sets one.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;

use super::stream::Io;
use crate::upstream::body::Held;

/// What a connection is doing.
#[derive(Debug)]
pub(super) struct Pulse {
    /// Requests that ever began.
    begun: AtomicU32,
    /// Requests whose answers aren't out yet.
    in_flight: AtomicU32,
    /// Bodies of requests that may still be coming, whether their answers are out or not.
    bodies: AtomicU32,
    /// Answers that are on their way, and those of them that wait for the app.
    answers: AtomicU32,
    waiting: AtomicU32,
    /// An answer was asked for more since somebody looked.
    asked: AtomicBool,
    /// The same for all connections of the thread.
    of_thread: Arc<AtomicUsize>,
    /// Bytes came since the last request began.
    reading: AtomicBool,
    /// Bytes wait for a client that takes none.
    blocked: AtomicBool,
    /// Something moved since somebody looked.
    moved: AtomicBool,
}

/// What somebody sees who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) seen: Seen,
    /// Did anything move since the last look?
    pub(super) moved: bool,
    /// Requests that ever began.
    pub(super) begun: u32,
}

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Nothing is asked.
    Idle,
    /// A request's head is on its way.
    Reading,
    /// A request is being answered.
    Busy,
    /// The client doesn't take what is for it.
    Blocked,
}

impl Pulse {
    pub(super) fn new(of_thread: Arc<AtomicUsize>) -> Arc<Self> {
        Arc::new(Self {
            begun: AtomicU32::new(0),
            in_flight: AtomicU32::new(0),
            bodies: AtomicU32::new(0),
            answers: AtomicU32::new(0),
            waiting: AtomicU32::new(0),
            asked: AtomicBool::new(false),
            of_thread,
            reading: AtomicBool::new(false),
            blocked: AtomicBool::new(false),
            moved: AtomicBool::new(false),
        })
    }

    /// What it is doing now.
    pub(super) fn look(&self) -> Look {
        let moved = self.moved.swap(false, Ordering::Relaxed);
        let seen = if self.blocked.load(Ordering::Relaxed) {
            Seen::Blocked
        } else if self.in_flight.load(Ordering::Relaxed) > 0 || self.bodies.load(Ordering::Relaxed) > 0 {
            Seen::Busy
        } else if self.reading.load(Ordering::Relaxed) {
            Seen::Reading
        } else {
            Seen::Idle
        };
        Look { seen, moved, begun: self.begun.load(Ordering::Relaxed) }
    }

    /// A request begins; it ends with the guard.
    pub(super) fn begin(self: &Arc<Self>) -> InFlight {
        self.reading.store(false, Ordering::Relaxed);
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        self.of_thread.fetch_add(1, Ordering::Relaxed);
        InFlight(self.clone())
    }

    /// A request's body may be coming; it ends with the guard. Until then the connection is not between two requests.
    pub(super) fn begin_body(self: &Arc<Self>) -> Held {
        self.bodies.fetch_add(1, Ordering::Relaxed);
        Held(Arc::new(Coming(self.clone())))
    }

    /// Is there an answer that the app has more of, and that the client's side has not asked for since the last look?
    pub(super) fn is_held_up(&self) -> bool {
        let asked = self.asked.swap(false, Ordering::Relaxed);
        !asked && self.answers.load(Ordering::Relaxed) > self.waiting.load(Ordering::Relaxed)
    }

    /// Requests in flight on all connections of the thread.
    pub(super) fn of_thread(&self) -> usize {
        self.of_thread.load(Ordering::Relaxed)
    }
}

/// A body that may still be coming.
#[derive(Debug)]
struct Coming(Arc<Pulse>);

impl Drop for Coming {
    fn drop(&mut self) {
        self.0.reading.store(false, Ordering::Relaxed);
        self.0.bodies.fetch_sub(1, Ordering::Relaxed);
        self.0.moved.store(true, Ordering::Relaxed);
    }
}

/// An answer that is on its way.
#[derive(Debug)]
pub(super) struct Answering {
    request: InFlight,
    waits: bool,
}

impl Answering {
    pub(super) fn new(request: InFlight) -> Self {
        request.0.answers.fetch_add(1, Ordering::Relaxed);
        Self { request, waits: false }
    }

    /// It was asked for more; the app has nothing at the moment, or it has.
    pub(super) fn was_asked(&mut self, waits: bool) {
        let pulse = &self.request.0;
        pulse.asked.store(true, Ordering::Relaxed);
        if waits && !self.waits {
            pulse.waiting.fetch_add(1, Ordering::Relaxed);
        } else if !waits && self.waits {
            pulse.waiting.fetch_sub(1, Ordering::Relaxed);
        }
        self.waits = waits;
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.was_asked(false);
        self.request.0.answers.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request whose answer isn't out yet.
#[derive(Debug)]
pub(super) struct InFlight(Arc<Pulse>);

impl Drop for InFlight {
    fn drop(&mut self) {
        // What was read until now was its body.
        self.0.reading.store(false, Ordering::Relaxed);
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
        self.0.of_thread.fetch_sub(1, Ordering::Relaxed);
        self.0.moved.store(true, Ordering::Relaxed);
    }
}

/// A client's connection under a doctor's hand.
#[derive(Debug)]
pub(super) struct Watched {
    /// Read before, and not used yet.
    first: Bytes,
    io: TokioIo<Io>,
    pulse: Arc<Pulse>,
}

impl Watched {
    pub(super) fn new(first: Bytes, io: Io, pulse: Arc<Pulse>) -> Self {
        Self { first, io: TokioIo::new(io), pulse }
    }

    pub(super) fn into_inner(self) -> Io {
        self.io.into_inner()
    }

    fn wrote<T>(&self, done: Poll<std::io::Result<T>>) -> Poll<std::io::Result<T>> {
        self.pulse.blocked.store(done.is_pending(), Ordering::Relaxed);
        if done.is_ready() {
            self.pulse.moved.store(true, Ordering::Relaxed);
        }
        done
    }
}

impl Read for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<std::io::Result<()>> {
        if !self.first.is_empty() {
            let length = self.first.len().min(buffer.remaining());
            buffer.put_slice(&self.first.split_to(length));
            self.pulse.reading.store(true, Ordering::Relaxed);
            return Poll::Ready(Ok(()));
        }
        let read = Pin::new(&mut self.io).poll_read(cx, buffer);
        if read.is_ready() {
            self.pulse.moved.store(true, Ordering::Relaxed);
            self.pulse.reading.store(true, Ordering::Relaxed);
        }
        read
    }
}

impl Write for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let done = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.wrote(done)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let done = Pin::new(&mut self.io).poll_write_vectored(cx, bytes);
        self.wrote(done)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let done = Pin::new(&mut self.io).poll_flush(cx);
        self.pulse.blocked.store(done.is_pending(), Ordering::Relaxed);
        done
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
