//! Connections to the app: pools per thread on hyper's client, no lock and no task per request.
//!
//! Verified and stripped traffic never share a connection. A connection goes back to its pool only after an
//! exchange that ended exactly; one that was closed meanwhile is noticed before anything is sent.

mod alone;
pub mod answer;
pub mod body;
pub mod brief;
mod connect;
mod health;
mod pool;
mod servers;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use answer::AppBody;
use futures_util::future::Either;
use futures_util::{FutureExt, TryFutureExt};
use http::{Request, Response, header};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;

use crate::model::Affinity;
use alone::Alone;
use body::Body;
use connect::{Line, connect};
pub use health::watch as watch_health;
pub use pool::let_go;
use pool::{Key, Lease, Place};
use servers::Server;
pub use servers::Servers;

/// Which traffic a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// With a session's credentials.
    Credentialed,
    /// Without.
    Stripped,
}

/// The head of an answer, its body ([`Body::App`]) to come. It goes through many hands: what is moved is a pointer.
pub type Exchanged = Result<Box<Response<Body>>, UpstreamError>;

/// A request that was not sent comes back with the reason.
type Unsent = Box<TrySendError<Request<Body>>>;

/// Why the app didn't answer.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No connection.
    #[error("the app at {0} can't be reached: {1}")]
    Connect(Arc<str>, std::io::Error),
    /// The connection broke, or what came wasn't HTTP.
    #[error("the app at {0} broke off: {1}")]
    Broke(Arc<str>, hyper::Error),
    /// No answer in time.
    #[error("the app gave no answer within {0:?}")]
    Slow(Duration),
}

/// Sends a request and waits for the head of the answer.
pub fn send(
    servers: &Servers,
    class: Class,
    affinity: Affinity,
    request: Request<Body>,
    patience: Duration,
) -> impl Future<Output = Exchanged> {
    let pieces = request.body().pieces();
    // The request goes into the connection's hands at once: what waits here is small.
    let server = servers.choose(affinity, &[]);
    let exchange = match pool::checkout(server.key(class)) {
        Some(line) => {
            let tried = exchange(line, server.key(class), request);
            Either::Left(tried.or_else(move |unsent| Box::pin(again(servers, class, affinity, unsent))))
        }
        None => Either::Right(Box::pin(anew(servers, class, affinity, request))),
    };
    match pieces {
        None => Either::Left(
            tokio::time::timeout(patience, exchange).map(move |done| done.unwrap_or(Err(UpstreamError::Slow(patience)))),
        ),
        Some(pieces) => Either::Right(Box::pin(while_it_uploads(exchange, pieces, patience))),
    }
}

/// Sends a request on this connection, and waits for the head of the answer.
fn exchange(mut line: Alone, key: Key, request: Request<Body>) -> impl Future<Output = Result<Box<Response<Body>>, Unsent>> {
    let tried = line.begin(request);
    async move {
        let mut tried = pin!(tried);
        let tried = poll_fn(|cx| {
            line.drive(cx);
            tried.as_mut().poll(cx)
        });
        match tried.await {
            Ok(answer) => Ok(from(answer, Lease::of(key, line))),
            Err(unsent) => Err(Box::new(unsent)),
        }
    }
}

fn from(answer: Response<Incoming>, lease: Lease) -> Box<Response<Body>> {
    Box::new(answer.map(|stream| Body::App(AppBody::new(stream, lease))))
}

/// While a client sends, the app isn't waited for: a large body takes its time.
async fn while_it_uploads(exchange: impl Future<Output = Exchanged>, pieces: Arc<AtomicU64>, patience: Duration) -> Exchanged {
    let (mut exchange, mut seen) = (std::pin::pin!(exchange), 0);
    loop {
        if let Ok(done) = tokio::time::timeout(patience, exchange.as_mut()).await {
            return done;
        }
        let now = pieces.load(Ordering::Relaxed);
        if now == seen {
            return Err(UpstreamError::Slow(patience));
        }
        seen = now;
    }
}

/// A pooled connection can turn out closed under our hands; hyper then gives the request back unsent, and it goes on
/// the next one. Bounded by the number of idle connections.
async fn again(servers: &Servers, class: Class, affinity: Affinity, mut unsent: Unsent) -> Exchanged {
    let server = servers.choose(affinity, &[]);
    while let Some(request) = unsent.take_message() {
        let key = server.key(class);
        let Some(line) = pool::checkout(key) else { return anew(servers, class, affinity, request).await };
        match exchange(line, key, request).await {
            Ok(answer) => return Ok(answer),
            Err(error) => unsent = error,
        }
    }
    Err(UpstreamError::Broke(server.name.clone(), unsent.into_error()))
}

/// On a new connection; where a server can't be reached, nothing was sent, and the next one is tried.
async fn anew(servers: &Servers, class: Class, affinity: Affinity, mut request: Request<Body>) -> Exchanged {
    let (mut tried, mut turns_left) = (Vec::new(), 3);
    loop {
        let server = servers.choose(affinity, &tried);
        let (line, place) = match line(server, class, request.headers().contains_key(header::UPGRADE)).await {
            Ok(line) => line,
            Err(error) => {
                server.refused();
                tried.push(server.id);
                if tried.len() < servers.len() {
                    tracing::warn!(%error, "the next server is tried");
                    continue;
                }
                return Err(UpstreamError::Connect(server.name.clone(), error));
            }
        };
        server.answered();
        match (line, place) {
            (Line::Http1(line), _) => {
                let tried = exchange(line, server.key(class), request).await;
                return tried.map_err(|unsent| UpstreamError::Broke(server.name.clone(), unsent.into_error()));
            }
            (Line::Http2(mut sender), place) => match sender.try_send_request(connect::for_http2(server, request)).await {
                Ok(answer) => return Ok(from(answer, Lease::shared(place))),
                // The connection was closing: nothing of it was sent.
                Err(mut unsent) => match unsent.take_message() {
                    Some(given_back) if turns_left > 0 => {
                        turns_left -= 1;
                        request = given_back;
                    }
                    _ => return Err(UpstreamError::Broke(server.name.clone(), unsent.into_error())),
                },
            },
        }
    }
}

/// A shared HTTP/2 connection where the server speaks it, and the place on it; else a new one.
async fn line(server: &Server, class: Class, upgrade: bool) -> std::io::Result<(Line, Option<Place>)> {
    let key = server.key(class);
    if !upgrade && let Some((sender, place)) = pool::shared(key) {
        return Ok((Line::Http2(sender), Some(place)));
    }
    let line = connect(server, upgrade).await?;
    let place = match &line {
        Line::Http2(sender) => Some(pool::share(key, sender.clone())),
        Line::Http1(_) => None,
    };
    Ok((line, place))
}
