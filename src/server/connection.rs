//! One connection of a client, from its first byte to its last. While nothing is asked on it, it is a socket and little
//! else: hyper's part of it is given back after a moment, and made anew when bytes come.

use std::future::poll_fn;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::pulse::{Look, Pulse, Seen, Watched};
use super::stream::{Io, Stream};
use super::streams::Streams;
use super::{House, acme, peer, service, tls};
use crate::config::settings::Patience;

/// A connection that nothing was asked on for so long is put to rest.
const REST_AFTER: Duration = Duration::from_secs(2);
/// How often a connection is looked at; one that is being answered less often.
const LOOK: Duration = Duration::from_secs(1);
const LOOK_BUSY: Duration = Duration::from_secs(5);
/// HTTP/2 (RFC 9113): what one client may have under way, and send before somebody reads it.
const STREAMS: u32 = 128;
const WINDOW: u32 = 1024 * 1024;
/// A client of HTTP/2 that doesn't answer a ping is gone.
const PING: Duration = Duration::from_secs(20);
const PREFACE: &[u8] = b"PRI * HTTP/2.0";

/// What the connections of a thread share.
pub(super) struct Doorman {
    pub(super) house: Arc<House>,
    pub(super) stop: CancellationToken,
    pub(super) in_flight: Arc<AtomicUsize>,
    pub(super) open: TaskTracker,
}

/// Who is at the other end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    pub(super) ip: IpAddr,
    /// The terms on which it was let in.
    pub(super) terms: u32,
}

/// Serves a connection to its end.
pub(super) async fn serve(doorman: Arc<Doorman>, stream: Stream, peer: SocketAddr) {
    let patience = doorman.house.gate().settings.server.patience;
    let terms = doorman.house.terms();
    let Some((io, ip, is_http2)) = Box::pin(welcome(&doorman, stream, peer.ip(), &patience)).await else { return };
    let caller = Caller { ip, terms };
    if is_http2 { speak_http2(&doorman, io, caller, &patience).await } else { speak_http1(&doorman, io, caller, &patience).await }
}

/// PROXY header, TLS, and which HTTP it is.
async fn welcome(doorman: &Doorman, stream: Stream, ip: IpAddr, patience: &Patience) -> Option<(Io, IpAddr, bool)> {
    let gate = doorman.house.gate();
    let (stream, ip) = match timeout(patience.header, peer::introduced(stream, ip, &gate.settings.server.proxy_protocol)).await {
        Ok(Ok(introduced)) => introduced,
        Ok(Err(error)) => {
            tracing::debug!(%ip, %error, "a connection did not begin as it must");
            return None;
        }
        Err(_) => return None,
    };
    let Some(config) = doorman.house.tls.load_full() else {
        let mut first = [0; PREFACE.len()];
        let looked = timeout(patience.header, stream.peek(&mut first)).await.ok()?.ok()?;
        let is_http2 = looked == PREFACE.len() && first == PREFACE;
        return Some((Io::Plain(stream), ip, is_http2));
    };
    match timeout(patience.header, tls::accept(stream, config)).await {
        Ok(Ok(stream)) => {
            let protocol = stream.get_ref().1.alpn_protocol();
            // The handshake was all that it is for.
            if protocol == Some(acme::ALPN) {
                return None;
            }
            let is_http2 = protocol == Some(b"h2");
            Some((Io::Tls(Box::new(stream)), ip, is_http2))
        }
        Ok(Err(error)) => {
            tracing::debug!(%ip, %error, "a TLS handshake failed");
            None
        }
        Err(_) => None,
    }
}

async fn speak_http1(doorman: &Arc<Doorman>, mut io: Io, caller: Caller, patience: &Patience) {
    // The first request comes soon, or never.
    let (mut first, mut until) = (Bytes::new(), Instant::now() + patience.header);
    loop {
        if first.is_empty() {
            // Bytes that are no request, such as empty records of TLS, gain no time.
            let readable = tokio::select! {
                biased;
                () = sleep_until(until) => false,
                readable = io.readable() => readable.is_ok(),
                () = doorman.stop.cancelled() => false,
            };
            if !readable || doorman.house.terms() != caller.terms {
                return;
            }
        }
        match Box::pin(awake(doorman, first, io, caller, patience)).await {
            Some(Rest { read, io: resting, was_asked }) => {
                (first, io) = (read, resting);
                if was_asked {
                    until = Instant::now() + patience.idle.saturating_sub(REST_AFTER);
                }
            }
            None => return,
        }
    }
}

/// A connection that nothing is asked on any more.
struct Rest {
    /// What was read of it already.
    read: Bytes,
    io: Io,
    /// Was there a request since it rested last?
    was_asked: bool,
}

/// Speaks until nothing is asked any more: then the connection comes back.
async fn awake(doorman: &Arc<Doorman>, first: Bytes, io: Io, caller: Caller, patience: &Patience) -> Option<Rest> {
    let pulse = Pulse::new(doorman.in_flight.clone());
    let service = service_fn({
        let (house, pulse) = (doorman.house.clone(), pulse.clone());
        move |request| service::answer(house.clone(), pulse.clone(), None, caller, request)
    });
    let mut http = http1::Builder::new();
    // hyper's own time limit would set a timer for each request.
    http.header_read_timeout(None).max_header_size(patience.header_max.saturating_mul(2));
    let watched = TokioIo::new(Watched::new(first, io, pulse.clone()));
    let mut connection = http.serve_connection(watched, service).with_upgrades();
    let mut watch = Watch::new(&pulse, patience, None);
    let mut stop = pin!(doorman.stop.cancelled());
    let mut stopping = false;
    let rests = poll_fn(|cx| {
        if let Poll::Ready(ended) = Pin::new(&mut connection).poll(cx) {
            if let Err(error) = ended {
                tracing::debug!(%error, "a client's connection ended");
            }
            return Poll::Ready(false);
        }
        while let Poll::Ready(verdict) = watch.poll(cx) {
            match verdict {
                Verdict::GoOn => {}
                Verdict::Rest => return Poll::Ready(true),
                Verdict::Close => return Poll::Ready(false),
            }
        }
        // Asked once: its waker stays the task's. After that, the flag alone.
        if !stopping && (watch.is_new() || doorman.stop.is_cancelled()) && stop.as_mut().poll(cx).is_ready() {
            // The request in flight finishes; the next one finds another process.
            stopping = true;
            Pin::new(&mut connection).graceful_shutdown();
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    })
    .await;
    if !rests {
        return None;
    }
    let parts = connection.into_parts()?;
    Some(Rest { read: parts.read_buf, io: parts.io.into_inner().into_inner(), was_asked: pulse.look().begun > 0 })
}

async fn speak_http2(doorman: &Arc<Doorman>, io: Io, caller: Caller, patience: &Patience) {
    let pulse = Pulse::new(doorman.in_flight.clone());
    let streams = Streams::default();
    let service = service_fn({
        let (house, pulse, streams) = (doorman.house.clone(), pulse.clone(), streams.clone());
        move |request| service::answer(house.clone(), pulse.clone(), Some(streams.clone()), caller, request)
    });
    let mut http = http2::Builder::new(streams.clone());
    http.timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(4 * WINDOW)
        .max_header_list_size(u32::try_from(patience.header_max).unwrap_or(u32::MAX))
        .keep_alive_interval(PING)
        .enable_connect_protocol();
    let watched = TokioIo::new(Watched::of_http2(io, pulse.clone()));
    let mut connection = Box::pin(http.serve_connection(watched, service));
    let mut watch = Watch::new(&pulse, patience, Some(&streams));
    let mut idle_since = Instant::now();
    let mut stop = pin!(doorman.stop.cancelled());
    let mut stopping = false;
    poll_fn(|cx| {
        if let Poll::Ready(ended) = connection.as_mut().poll(cx) {
            if let Err(error) = ended {
                tracing::debug!(%error, "a client's connection ended");
            }
            return Poll::Ready(());
        }
        while let Poll::Ready(verdict) = watch.poll(cx) {
            match verdict {
                Verdict::Close => return Poll::Ready(()),
                // Streams make it hard to rest; it is closed once it was idle for long.
                Verdict::Rest if idle_since.elapsed() >= patience.idle + patience.header => return Poll::Ready(()),
                Verdict::Rest if idle_since.elapsed() >= patience.idle && !stopping => {
                    stopping = true;
                    connection.as_mut().graceful_shutdown();
                    cx.waker().wake_by_ref();
                }
                Verdict::Rest => {}
                Verdict::GoOn => idle_since = Instant::now(),
            }
        }
        if !stopping && (watch.is_new() || doorman.stop.is_cancelled()) && stop.as_mut().poll(cx).is_ready() {
            stopping = true;
            connection.as_mut().graceful_shutdown();
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    })
    .await;
}

/// Looks at a connection's pulse now and then.
struct Watch<'a> {
    pulse: &'a Pulse,
    patience: &'a Patience,
    alarm: Pin<Box<tokio::time::Sleep>>,
    last: Look,
    since: Instant,
    /// Those of HTTP/2.
    streams: Option<&'a Streams>,
    polled: bool,
}

enum Verdict {
    GoOn,
    Rest,
    Close,
}

impl<'a> Watch<'a> {
    fn new(pulse: &'a Pulse, patience: &'a Patience, streams: Option<&'a Streams>) -> Self {
        let last = Look { seen: Seen::Reading, moved: false, begun: 0 };
        let alarm = Box::pin(sleep(look_every(patience)));
        Self { pulse, patience, alarm, last, since: Instant::now(), streams, polled: false }
    }

    /// Is this its first poll?
    fn is_new(&mut self) -> bool {
        !std::mem::replace(&mut self.polled, true)
    }

    fn poll(&mut self, cx: &mut std::task::Context<'_>) -> Poll<Verdict> {
        if self.alarm.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        let (now, look) = (Instant::now(), self.pulse.look());
        if let Some(streams) = self.streams {
            // A client may give a stream no room for what it asked for, and answer pings all the while.
            streams.end_held_up(now, self.patience.body);
        }
        // A head may not drip: only a new request counts as progress while one is read. Nor is a ping of HTTP/2 a request.
        let counts = look.seen != Seen::Reading && !(look.seen == Seen::Idle && self.streams.is_some());
        let same = look.seen == self.last.seen && look.begun == self.last.begun && !(counts && look.moved);
        if !same {
            self.since = now;
        }
        self.last = look;
        let waited = now - self.since;
        let verdict = match look.seen {
            Seen::Idle if waited >= REST_AFTER.min(self.patience.idle) => Verdict::Rest,
            Seen::Reading if waited >= self.patience.header => Verdict::Close,
            Seen::Blocked if waited >= self.patience.body => Verdict::Close,
            // There it may be a WebSocket, and each body has a limit of its own.
            Seen::Draining if waited >= self.patience.body && self.streams.is_none() => Verdict::Close,
            _ => Verdict::GoOn,
        };
        let next = if matches!(look.seen, Seen::Busy | Seen::Draining) {
            LOOK_BUSY.min(self.patience.body)
        } else {
            look_every(self.patience)
        };
        self.alarm.as_mut().reset(now + next);
        Poll::Ready(verdict)
    }
}

/// Often enough for the shortest of the limits.
fn look_every(patience: &Patience) -> Duration {
    let shortest = patience.header.min(patience.body).min(patience.idle);
    LOOK.min(shortest / 4).max(Duration::from_millis(20))
}
