//! What a connection is doing, noted by flags alone: a timer looks at them now and then, and no request sets one.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::heads::Heads;
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
    /// The same for all connections of the thread.
    of_thread: Arc<AtomicUsize>,
    /// Bytes came since the last request began.
    reading: AtomicBool,
    /// HTTP/2: a head or another frame is on its way.
    is_head_open: AtomicBool,
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
    /// Its answer is out, and what is left of its body may still be coming.
    Draining,
    /// The client doesn't take what is for it.
    Blocked,
}

impl Pulse {
    pub(super) fn new(of_thread: Arc<AtomicUsize>) -> Arc<Self> {
        Arc::new(Self {
            begun: AtomicU32::new(0),
            in_flight: AtomicU32::new(0),
            bodies: AtomicU32::new(0),
            of_thread,
            reading: AtomicBool::new(false),
            is_head_open: AtomicBool::new(false),
            blocked: AtomicBool::new(false),
            moved: AtomicBool::new(false),
        })
    }

    /// What it is doing now.
    pub(super) fn look(&self) -> Look {
        let moved = self.moved.swap(false, Ordering::Relaxed);
        let seen = if self.blocked.load(Ordering::Relaxed) {
            Seen::Blocked
        } else if self.in_flight.load(Ordering::Relaxed) > 0 {
            Seen::Busy
        } else if self.bodies.load(Ordering::Relaxed) > 0 {
            Seen::Draining
        } else if self.reading.load(Ordering::Relaxed) || self.is_head_open.load(Ordering::Relaxed) {
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

    /// A request's body may be coming, or a tunnel is open; it ends with the guard. Until then the connection is not between two requests.
    pub(super) fn begin_body(self: &Arc<Self>) -> Held {
        self.bodies.fetch_add(1, Ordering::Relaxed);
        Held(Arc::new(Coming(self.clone())))
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
    io: Io,
    /// For HTTP/2.
    heads: Option<Box<Heads>>,
    pulse: Arc<Pulse>,
}

impl Watched {
    pub(super) fn new(first: Bytes, io: Io, pulse: Arc<Pulse>) -> Self {
        Self { first, io, heads: None, pulse }
    }

    pub(super) fn of_http2(io: Io, pulse: Arc<Pulse>) -> Self {
        pulse.is_head_open.store(true, Ordering::Relaxed);
        Self { heads: Some(Box::default()), ..Self::new(Bytes::new(), io, pulse) }
    }

    pub(super) fn into_inner(self) -> Io {
        self.io
    }

    fn read(&mut self, bytes: &[u8]) {
        self.pulse.moved.store(true, Ordering::Relaxed);
        match &mut self.heads {
            None => self.pulse.reading.store(true, Ordering::Relaxed),
            Some(heads) => {
                heads.pass(bytes);
                self.pulse.is_head_open.store(heads.are_open(), Ordering::Relaxed);
            }
        }
    }

    fn wrote<T>(&self, done: Poll<std::io::Result<T>>) -> Poll<std::io::Result<T>> {
        self.pulse.blocked.store(done.is_pending(), Ordering::Relaxed);
        if done.is_ready() {
            self.pulse.moved.store(true, Ordering::Relaxed);
        }
        done
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        if !self.first.is_empty() {
            let length = self.first.len().min(buffer.remaining());
            buffer.put_slice(&self.first.split_to(length));
            self.pulse.reading.store(true, Ordering::Relaxed);
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let done = Pin::new(&mut self.io).poll_read(cx, buffer);
        if done.is_ready() {
            self.read(&buffer.filled()[before..]);
        }
        done
    }
}

impl AsyncWrite for Watched {
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
        let done = Pin::new(&mut self.io).poll_shutdown(cx);
        // One that is being closed must not come to rest: what a client still sends on it is nobody's request.
        self.pulse.blocked.store(done.is_pending(), Ordering::Relaxed);
        done
    }
}
