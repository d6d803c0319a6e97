//! Joins the two sides of an upgrade (WebSocket) until one of them, or the session, ends, or the gate stops.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderMap, Response, StatusCode, header};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::frames::Frames;
use super::open::{Noted, Open};
use crate::config::settings::App;
use crate::memory::Ending;
use crate::upstream::body::{Body, Held};

/// A frame that is under way when the gate stops has this time to end.
const LAST_FRAME: Duration = Duration::from_secs(2);
/// What is carried at once.
const PIECE: usize = 32 * 1024;
/// Status codes of RFC 6455 (7.4.1).
const GOING_AWAY: u16 = 1001;
const POLICY: u16 = 1008;

type Side = TokioIo<Upgraded>;

/// The upgrades of a gate, which end when it stops.
#[derive(Clone, Debug, Default)]
pub struct Tunnels {
    /// Cancelled when the gate stops.
    pub stop: CancellationToken,
    /// Those that are open.
    pub open: TaskTracker,
    /// What a change of the rules can end.
    pub noted: Open,
}

/// What a client asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its side, once its answer went out.
    pub(super) client: OnUpgrade,
    /// By extended CONNECT (RFC 8441), which is answered by 200.
    pub(super) http2: bool,
    /// Its connection is not idle meanwhile.
    pub(super) held: Option<Held>,
}

/// Marks an answer that opens a tunnel.
#[derive(Clone, Copy, Debug)]
pub struct Opened;

/// Answers the client's upgrade with the app's 101 and carries bytes both ways.
pub(super) fn join(
    app: &App,
    mut answer: Box<Response<Body>>,
    asked: Option<Asked>,
    noted: Option<Noted>,
    tunnels: &Tunnels,
) -> Box<Response<Body>> {
    let (Some(asked), Some(noted)) = (asked, noted) else {
        // Nobody asked for an upgrade, so a 101 is no answer.
        tracing::warn!(app = %app.name, "the app switched protocols though nobody asked");
        let mut refusal = Box::new(Response::new(Body::from_bytes("The app gave an answer that can't be passed on.\n")));
        *refusal.status_mut() = StatusCode::BAD_GATEWAY;
        return refusal;
    };
    let mut head = Box::new(Response::new(Body::Empty));
    *head.status_mut() = if asked.http2 { StatusCode::OK } else { StatusCode::SWITCHING_PROTOCOLS };
    head.extensions_mut().insert(Opened);
    copy_headers(answer.headers(), head.headers_mut(), asked.http2);
    if let Some(body) = answer.body_mut().of_app() {
        body.hand_over();
    }
    let app_side = hyper::upgrade::on(&mut *answer);
    let stop = tunnels.stop.clone();
    tunnels.open.spawn(async move {
        let _held = asked.held;
        let joined = async { tokio::join!(asked.client, app_side) };
        let (Ok(client), Ok(app)) = (tokio::select! {
            joined = joined => joined,
            () = stop.cancelled() => return,
        }) else {
            return;
        };
        carry(TokioIo::new(client), TokioIo::new(app), &noted.until, &stop).await;
    });
    head
}

fn copy_headers(from: &HeaderMap, to: &mut HeaderMap, http2: bool) {
    for (name, value) in from {
        let of_http1 = http2 && matches!(name.as_str(), "connection" | "upgrade" | "sec-websocket-accept");
        let of_gate = matches!(*name, header::CONTENT_LENGTH | header::TRANSFER_ENCODING | header::SET_COOKIE);
        if !of_gate && !of_http1 {
            to.append(name.clone(), value.clone());
        }
    }
}

/// Carries until both sides have ended. A session that ends, or a rule that forbids it, stops it between two bytes, a gate
/// that stops between two frames; both sides are told where a frame may stand.
async fn carry(mut client: Side, mut app: Side, ended: &Ending, stop: &CancellationToken) {
    let (mut up, mut down) = (Direction::default(), Direction::default());
    let mut told = told(ended.clone(), stop.clone());
    let code = poll_fn(|cx| {
        if let Poll::Ready(code) = Pin::new(&mut told).poll(cx) {
            return Poll::Ready(Some(code.unwrap_or(GOING_AWAY)));
        }
        let a = up.poll(&mut client, &mut app, ended, cx);
        let b = down.poll(&mut app, &mut client, ended, cx);
        match (a, b) {
            (Poll::Ready(Ok(())), Poll::Ready(Ok(()))) => Poll::Ready(None),
            (Poll::Ready(Err(_)), _) | (_, Poll::Ready(Err(_))) if ended.is_over() => Poll::Ready(Some(POLICY)),
            (Poll::Ready(Err(_)), _) | (_, Poll::Ready(Err(_))) => Poll::Ready(None),
            _ => Poll::Pending,
        }
    });
    let Some(code) = code.await else { return };
    if code == GOING_AWAY {
        let frame_ends = poll_fn(|cx| {
            let a = if up.between_frames() { Poll::Ready(Ok(())) } else { up.poll(&mut client, &mut app, ended, cx) };
            let b = if down.between_frames() { Poll::Ready(Ok(())) } else { down.poll(&mut app, &mut client, ended, cx) };
            if a.is_ready() && b.is_ready() || up.between_frames() && down.between_frames() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        tokio::select! {
            biased;
            () = ended.over() => {}
            () = frame_ends => {}
            () = tokio::time::sleep(LAST_FRAME) => {}
        }
    }
    let [high, low] = code.to_be_bytes();
    let client_told = async {
        if down.between_frames() {
            let _ = client.write_all(&[0x88, 2, high, low]).await;
        }
        client.shutdown().await
    };
    let app_told = async {
        if up.between_frames() {
            // What clients send is masked; a mask of zeros is one.
            let _ = app.write_all(&[0x88, 0x82, 0, 0, 0, 0, high, low]).await;
        }
        app.shutdown().await
    };
    let _ = tokio::time::timeout(LAST_FRAME, async { tokio::join!(client_told, app_told) }).await;
}

/// Tells a tunnel that it must end, and why. A task of its own waits for that: asking two tokens with each piece would cost as
/// much as carrying it.
fn told(ended: Ending, stop: CancellationToken) -> oneshot::Receiver<u16> {
    let (mut tell, told) = oneshot::channel();
    tokio::spawn(async move {
        let code = tokio::select! {
            biased;
            () = ended.over() => POLICY,
            () = stop.cancelled() => GOING_AWAY,
            () = tell.closed() => return,
        };
        let _ = tell.send(code);
    });
    told
}

/// One direction. An idle one holds no buffer.
#[derive(Default)]
struct Direction {
    frames: Frames,
    /// Read, and not taken by the other side yet.
    rest: Vec<u8>,
    at: usize,
    is_over: bool,
}

thread_local! {
    static PIECES: RefCell<Vec<u8>> = RefCell::new(vec![0; PIECE]);
}

impl Direction {
    fn between_frames(&self) -> bool {
        self.is_over || self.rest.is_empty() && self.frames.at_boundary()
    }

    /// Carries what there is. Where the session has `ended`, an error between two pieces.
    fn poll(&mut self, from: &mut Side, to: &mut Side, ended: &Ending, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        if self.is_over {
            return Poll::Ready(Ok(()));
        }
        loop {
            if ended.is_over() {
                return Poll::Ready(Err(std::io::ErrorKind::PermissionDenied.into()));
            }
            while self.at < self.rest.len() {
                match ready!(Pin::new(&mut *to).poll_write(cx, &self.rest[self.at..]))? {
                    0 => return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into())),
                    n => self.at += n,
                }
            }
            if !self.rest.is_empty() {
                (self.rest, self.at) = (Vec::new(), 0);
            }
            let read = PIECES.with_borrow_mut(|piece| {
                let mut buffer = ReadBuf::new(piece);
                match Pin::new(&mut *from).poll_read(cx, &mut buffer) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Err(e)) => return Poll::Ready(Err(e)),
                    Poll::Ready(Ok(())) => {}
                }
                let bytes = buffer.filled();
                self.frames.pass(bytes);
                let mut written = 0;
                while written < bytes.len() {
                    match Pin::new(&mut *to).poll_write(cx, &bytes[written..]) {
                        Poll::Ready(Ok(0)) => return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into())),
                        Poll::Ready(Ok(n)) => written += n,
                        Poll::Ready(Err(e)) => return Poll::Ready(Err(e)),
                        Poll::Pending => {
                            self.rest = bytes[written..].to_vec();
                            break;
                        }
                    }
                }
                Poll::Ready(Ok(bytes.len()))
            });
            match read {
                Poll::Pending => {
                    // What was written may wait in a TLS or HTTP/2 layer.
                    ready!(Pin::new(&mut *to).poll_flush(cx))?;
                    return Poll::Pending;
                }
                Poll::Ready(Ok(0)) => {
                    ready!(Pin::new(&mut *to).poll_shutdown(cx))?;
                    self.is_over = true;
                    return Poll::Ready(Ok(()));
                }
                Poll::Ready(read) => drop(read?),
            }
        }
    }
}
