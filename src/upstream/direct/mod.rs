//! A connection of HTTP/1.1 to the app that is spoken to without hyper, at half the cost: for requests that are at hand
//! whole, as most are. What streams to the app, an upgrade and HTTP/2 are hyper's.

mod chunks;
mod head;
mod io;
mod stream;

use std::cell::RefCell;
use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::coop::unconstrained;
use tokio::time::{Instant, Sleep, sleep};

use super::answer::AppBody;
use super::body::Body;
use super::pool::{Key, Reusable};
use super::{Class, Failed, Outgoing, reuse};
pub(super) use head::HEAD_MAX;
use head::Head;
pub(super) use io::Io;
pub(super) use stream::Stream;

/// What is read at once of a head and a small body.
const SCRATCH: usize = 16 * 1024;
/// What TLS sends in one record.
const RECORD: usize = 16 * 1024;
/// A connection that isn't used keeps a buffer of this size for the next head.
const KEPT: usize = 4 * 1024;

/// Why an answer can't be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Odd {
    #[error("the head of its answer is too large")]
    TooLarge,
    #[error("the head of its answer isn't HTTP")]
    Head,
    #[error("its answer doesn't say clearly where it ends")]
    Length,
    #[error("the chunks of its answer are broken")]
    Chunks,
    #[error("it switched protocols though nobody asked")]
    Switched,
    #[error("it closed the connection before its answer was over")]
    Closed,
    #[error("it gave no answer within {0:?}")]
    Slow(Duration),
}

/// One request at a time; nobody but the one who waits for its answer carries it on.
pub(super) struct Direct(Box<Inner>);

struct Inner {
    io: Box<dyn Io>,
    /// Set anew for each request, which costs less than a new one.
    alarm: Pin<Box<Sleep>>,
    patience: Duration,
    /// What goes out, and how much of it went.
    out: Vec<u8>,
    sent: usize,
    is_flushed: bool,
    /// The request, until it went out: where none of it could be sent, it comes back.
    outgoing: Option<Outgoing>,
    asked: Method,
    /// Does the request make the connection its user's?
    is_bound: bool,
    /// The beginning of a head.
    begun: Vec<u8>,
    /// Nothing more can be sent.
    is_broken: bool,
}

thread_local! {
    static READ: RefCell<Box<[u8]>> = RefCell::new(vec![0; SCRATCH].into());
}

impl std::fmt::Debug for Direct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Direct").field("is_broken", &self.0.is_broken).finish_non_exhaustive()
    }
}

impl Direct {
    pub(super) fn new(io: impl Io + 'static) -> Self {
        Self(Box::new(Inner {
            io: Box::new(io),
            alarm: Box::pin(sleep(Duration::ZERO)),
            patience: Duration::ZERO,
            out: Vec::new(),
            sent: 0,
            is_flushed: true,
            outgoing: None,
            asked: Method::GET,
            is_bound: false,
            begun: Vec::new(),
            is_broken: false,
        }))
    }

    /// Sends a request, and waits for the head of the answer.
    pub(super) fn exchange(
        mut self,
        key: Key,
        outgoing: Outgoing,
        patience: Duration,
    ) -> impl Future<Output = Result<Box<Response<Body>>, Box<Failed>>> {
        let inner = &mut *self.0;
        inner.out.clear();
        head::write(&mut inner.out, &outgoing);
        (inner.sent, inner.is_flushed, inner.asked) = (0, false, outgoing.head.method.clone());
        inner.is_bound = reuse::binds(&outgoing.head.headers);
        inner.outgoing = Some(outgoing);
        inner.patience = patience;
        inner.alarm.as_mut().reset(Instant::now() + patience);
        let mut line = Some(self);
        poll_fn(move |cx| {
            let Some(waiting) = &mut line else { return Poll::Pending };
            let Poll::Ready(polled) = waiting.0.poll(cx) else {
                // An app that never stops sending what is no answer is too slow as well.
                let is_over = pin!(unconstrained(waiting.0.alarm.as_mut())).poll(cx).is_ready();
                return if is_over { Poll::Ready(Err(Failed::broke(Odd::Slow(waiting.0.patience)))) } else { Poll::Pending };
            };
            let (head, read) = polled?;
            let Head { answer, ends, keeps } = head;
            let keeps = keeps && !waiting.0.is_bound && !reuse::is_bound(answer.headers());
            let stream = line.take().map(|line| Stream::new(line, key, ends, keeps, read));
            Poll::Ready(Ok(Box::new(answer.map(|()| stream.map_or(Body::Empty, |stream| Body::App(AppBody::direct(stream)))))))
        })
    }
}

impl Inner {
    /// Writes what is left of the request. An error is told only where none of it went out.
    fn write(&mut self, cx: &mut Context<'_>) -> Result<(), Box<Failed>> {
        while self.sent < self.out.len() && !self.is_broken {
            // TLS may fail in the middle of one write. Of a single record that didn't go out whole the app sees nothing.
            let most = if self.sent == 0 { self.out.len().min(RECORD) } else { self.out.len() };
            match Pin::new(&mut self.io).poll_write(cx, &self.out[self.sent..most]) {
                Poll::Pending => return Ok(()),
                Poll::Ready(Ok(n)) if n > 0 => self.sent += n,
                Poll::Ready(wrote) => {
                    // It may have answered all the same.
                    self.is_broken = true;
                    if self.sent == 0 {
                        let error = wrote.err().unwrap_or_else(|| ErrorKind::WriteZero.into());
                        return Err(Failed::unsent(self.outgoing.take(), error));
                    }
                }
            }
        }
        self.outgoing = None;
        if !self.is_flushed && !self.is_broken {
            match Pin::new(&mut self.io).poll_flush(cx) {
                Poll::Pending => {}
                Poll::Ready(Ok(())) => {
                    self.is_flushed = true;
                    self.sent = 0;
                    self.out.clear();
                    self.out.shrink_to(KEPT);
                }
                Poll::Ready(Err(_)) => self.is_broken = true,
            }
        }
        Ok(())
    }

    /// The head of the answer, and what was read behind it.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<(Head, Bytes), Box<Failed>>> {
        self.write(cx)?;
        loop {
            let mut read = match ready!(self.read(cx)) {
                // Whatever that is, it answers nothing that went out.
                _ if self.sent == 0 && !self.is_flushed => {
                    return Poll::Ready(Err(Failed::unsent(self.outgoing.take(), Odd::Closed)));
                }
                Ok(read) if read.is_empty() => return Poll::Ready(Err(Failed::broke(Odd::Closed))),
                Ok(read) => read,
                Err(error) => return Poll::Ready(Err(Failed::broke(error))),
            };
            if !self.begun.is_empty() {
                self.begun.extend_from_slice(&read);
                read = std::mem::take(&mut self.begun).into();
            }
            match head::read(&mut read, &self.asked) {
                Ok(Some(head)) => return Poll::Ready(Ok((head, read))),
                Ok(None) => self.begun = read.into(),
                Err(odd) => return Poll::Ready(Err(Failed::broke(odd))),
            }
        }
    }

    /// Some bytes, in a buffer of just their size; none: the other side has closed.
    fn read(&mut self, cx: &mut Context<'_>) -> Poll<std::io::Result<Bytes>> {
        READ.with_borrow_mut(|scratch| {
            let mut buffer = ReadBuf::new(scratch);
            ready!(Pin::new(&mut self.io).poll_read(cx, &mut buffer))?;
            Poll::Ready(Ok(Bytes::copy_from_slice(buffer.filled())))
        })
    }

    /// Did everything of the request go out, as far as this machine knows?
    fn is_sent(&self) -> bool {
        self.sent == self.out.len() && self.is_flushed && !self.is_broken
    }
}

impl Reusable for Direct {
    /// Nothing may have come that nobody asked for, not even an end.
    fn is_ready(&mut self, class: Class) -> bool {
        // Among strangers anybody can make the app say something: the kernel itself is asked, which costs a system call.
        if class == Class::Stripped && !self.0.io.is_quiet() {
            return false;
        }
        // What TLS has read already. A task that has done its share for now reads nothing, and everything looks quiet to it.
        let look = unconstrained(poll_fn(|cx| self.0.read(cx)));
        pin!(look).poll(&mut Context::from_waker(Waker::noop())).is_pending()
    }

    fn is_closed(&self) -> bool {
        !self.0.is_sent()
    }
}

#[cfg(test)]
mod tests;
