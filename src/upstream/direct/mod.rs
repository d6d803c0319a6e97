//! A connection of HTTP/1.1 to the app that is spoken to without hyper, at half the cost: for requests that are at hand
//! whole, as most are. What streams to the app, an upgrade and HTTP/2 are hyper's.

mod chunks;
mod head;
mod stream;

use std::cell::RefCell;
use std::future::poll_fn;
use std::io::ErrorKind;
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::task::coop::unconstrained;
use tokio::time::{Instant, Sleep, sleep};
use tokio_rustls::client::TlsStream;

use super::answer::AppBody;
use super::body::Body;
use super::pool::{Key, Reusable};
use super::{Class, Failed, Outgoing, reuse};
pub(super) use head::HEAD_MAX;
use head::Head;
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

/// TCP, TLS or a Unix socket.
pub(super) trait Io: AsyncRead + AsyncWrite + Unpin + Send + Sync {
    /// Has nothing come, and no end, as the kernel says? What the runtime last heard of it may be a moment old.
    fn is_quiet(&self) -> bool;
}

impl Io for TcpStream {
    fn is_quiet(&self) -> bool {
        is_quiet(self)
    }
}

impl Io for UnixStream {
    fn is_quiet(&self) -> bool {
        is_quiet(self)
    }
}

impl Io for TlsStream<TcpStream> {
    fn is_quiet(&self) -> bool {
        self.get_ref().0.is_quiet()
    }
}

fn is_quiet(socket: &impl AsFd) -> bool {
    SockRef::from(socket).peek(&mut [MaybeUninit::uninit()]).is_err_and(|e| e.kind() == ErrorKind::WouldBlock)
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
mod tests {
    use http::Request;
    use http_body_util::BodyExt;
    use hyper::client::conn::http1;
    use hyper_util::rt::TokioIo;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::net::TcpListener;
    use tokio::runtime::{Builder, Runtime};
    use tokio::task::coop::consume_budget;

    use super::super::pool;
    use super::*;

    impl Io for DuplexStream {
        fn is_quiet(&self) -> bool {
            true
        }
    }

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().unwrap()
    }

    #[test]
    fn what_nobody_asked_for_is_seen_by_a_task_that_has_done_its_share() {
        runtime().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let (mut theirs, _) = listener.accept().await.unwrap();
            let mut line = Direct::new(ours);
            assert!(line.is_ready(Class::Credentialed));
            theirs.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
            let spent = poll_fn(|cx| {
                while pin!(consume_budget()).poll(cx).is_ready() {}
                Poll::Ready(line.is_ready(Class::Credentialed))
            });
            assert!(!spent.await);
        });
    }

    #[test]
    fn what_came_this_moment_is_seen_before_the_runtime_has_heard_of_it() {
        runtime().block_on(async {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let (mut theirs, mut line) = (listener.accept().unwrap().0, Direct::new(ours));
            assert!(line.is_ready(Class::Stripped));
            // Nothing is waited for in between.
            std::io::Write::write_all(&mut theirs, b"H").unwrap();
            assert!(!line.is_ready(Class::Stripped));
        });
    }

    /// Answers, once it was asked, in pieces of this size, and closes.
    async fn app(mut io: DuplexStream, bytes: Vec<u8>, step: usize) {
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") && io.read_buf(&mut asked).await.is_ok_and(|n| n > 0) {}
        for piece in bytes.chunks(step) {
            if io.write_all(piece).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    type Read = Option<(u16, Bytes)>;

    /// An answer that ended, as this client reads it.
    async fn ours(io: DuplexStream) -> Read {
        let outgoing = Outgoing::from(Request::get("/").body(Body::Empty).unwrap());
        let answer = Direct::new(io).exchange((0, Class::Stripped), outgoing, Duration::from_secs(5)).await.ok()?;
        let status = answer.status().as_u16();
        Some((status, answer.into_body().collect().await.ok()?.to_bytes()))
    }

    /// And as hyper's does.
    async fn hypers(io: DuplexStream) -> Read {
        let (mut sender, connection) = http1::handshake(TokioIo::new(io)).await.unwrap();
        let driver = tokio::spawn(connection);
        let answer = sender.send_request(Request::get("/").body(Body::Empty).unwrap()).await.ok()?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.ok()?.to_bytes();
        driver.abort();
        Some((status, body))
    }

    const ANSWERS: [&[u8]; 7] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nA: b\r\n\r\nhello worldHTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n06 ;a=b\r\n world\r\n0\r\n\r\nHTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx: y\r\nz: \r\n\r\n",
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2, 2\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nServer: a\r\n\r\nhello",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404\r\nContent-Length: 1\r\n\r\na",
    ];

    #[test]
    fn no_answer_ends_elsewhere_than_hyper_says() {
        let runtime = runtime();
        let bytes = prop_oneof![any::<u8>(), proptest::sample::select(b"\r\n ,;:0159aef\0\t".to_vec())];
        let changes = proptest::collection::vec((any::<prop::sample::Index>(), bytes, 0..3_u8), 0..4);
        let config =
            ProptestConfig { cases: 20_000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() };
        proptest!(config, |(which in 0..ANSWERS.len(), changes in changes, step in 1..80_usize, cut: prop::sample::Index)| {
            let mut text = ANSWERS[which].to_vec();
            for (at, byte, what) in changes {
                let at = at.index(text.len());
                match what {
                    0 => text[at] = byte,
                    1 => text.insert(at, byte),
                    _ => drop(text.remove(at)),
                }
            }
            if step % 3 == 0 {
                text.truncate(cut.index(text.len() + 1));
            }
            let (ours, hypers) = runtime.block_on(async {
                let ((a, b), (c, d)) = (duplex(1 << 16), duplex(1 << 16));
                let ours = async { tokio::join!(ours(a), app(b, text.clone(), step)).0 };
                let hypers = async { tokio::join!(hypers(c), app(d, text.clone(), step)).0 };
                tokio::join!(ours, hypers)
            });
            // What is refused is refused; what is read is read as hyper does.
            if ours.is_some() {
                prop_assert_eq!(&ours, &hypers, "{:?}", String::from_utf8_lossy(&text));
            }
            prop_assert!(pool::direct((0, Class::Stripped)).is_none(), "it is closed");
        });
    }
}
