//! The app behind `make bench`: `bench_app LISTEN`. `/login` lets anybody in, `/bytes/N` sends N bytes, a POST to `/sink` is read
//! and counted, `/ws` sends back what it gets, `/events` says the time every 20 ms, and anything else is a small page.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Nothing more is sent at once.
const PIECE: usize = 64 * 1024;
static ZEROS: [u8; PIECE] = [b'x'; PIECE];

/// What is still to be said.
enum Said {
    Zeros(u64),
    Text(Bytes),
    Events(tokio::time::Interval),
}

impl Body for Said {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match self.get_mut() {
            Self::Zeros(0) => return Poll::Ready(None),
            Self::Zeros(left) => {
                let length = (*left).min(PIECE as u64);
                *left -= length;
                Bytes::from_static(&ZEROS[..length as usize])
            }
            Self::Text(text) if text.is_empty() => return Poll::Ready(None),
            Self::Text(text) => std::mem::take(text),
            Self::Events(turn) => {
                std::task::ready!(turn.poll_tick(cx));
                // What the kernel calls monotonic is the same to every process.
                let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
                Bytes::from(format!("data: {}\n\n", now.tv_sec * 1_000_000_000 + now.tv_nsec))
            }
        };
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Zeros(left) => SizeHint::with_exact(*left),
            Self::Text(text) => SizeHint::with_exact(text.len() as u64),
            Self::Events(_) => SizeHint::default(),
        }
    }
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Said>, hyper::Error> {
    let text = |text: String| Response::new(Said::Text(text.into()));
    if request.uri().path() == "/ws" {
        let upgrade = hyper::upgrade::on(&mut request);
        tokio::spawn(async move {
            let Ok(upgraded) = upgrade.await else { return };
            let mut stream = TokioIo::new(upgraded);
            let mut buffer = vec![0; PIECE];
            while let Ok(n) = stream.read(&mut buffer).await {
                if n == 0 || stream.write_all(&buffer[..n]).await.is_err() {
                    return;
                }
            }
        });
        let mut answer = text(String::new());
        *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        answer.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        return Ok(answer);
    }
    let (head, mut body) = request.into_parts();
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        read += frame?.data_ref().map_or(0, Bytes::len);
    }
    Ok(match (head.method, head.uri.path()) {
        (Method::POST, "/login") => {
            let mut answer = text(String::new());
            let cookie = format!("sid={}; Path=/", "5f".repeat(32));
            answer.headers_mut().extend(HeaderValue::from_str(&cookie).ok().map(|cookie| (header::SET_COOKIE, cookie)));
            answer.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
            *answer.status_mut() = StatusCode::FOUND;
            answer
        }
        (Method::POST | Method::PUT, _) => text(read.to_string()),
        (_, "/events") => {
            let mut answer = Response::new(Said::Events(tokio::time::interval(Duration::from_millis(20))));
            answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
            answer
        }
        (_, path) => match path.strip_prefix("/bytes/").and_then(|n| n.parse().ok()) {
            Some(n) => Response::new(Said::Zeros(n)),
            None => text("x".repeat(58)),
        },
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listen: SocketAddr = std::env::args().nth(1).ok_or("bench_app LISTEN")?.parse()?;
    let listener = TcpListener::bind(listen).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let _ = stream.set_nodelay(true);
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new());
        let connection = http.serve_connection(TokioIo::new(stream), service_fn(answer)).with_upgrades();
        tokio::spawn(async move {
            let _ = connection.await;
        });
    }
}
