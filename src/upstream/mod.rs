//! Connections to the app: pools per thread, no lock and no task per request.
//!
//! Verified and stripped traffic never share a connection, and answers by which the gate judges somebody share none at all. A
//! connection goes back to its pool only after an exchange that ended exactly; one that was closed meanwhile is noticed
//! before anything is sent, as far as this machine has heard of it.

mod alone;
pub mod answer;
pub mod body;
pub mod brief;
mod connect;
mod direct;
mod health;
mod outgoing;
mod pool;
mod reuse;
mod servers;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use answer::AppBody;
use futures_util::TryFutureExt;
use futures_util::future::Either;
use http::Response;
use hyper::body::Incoming;

use crate::model::Affinity;
use alone::Alone;
use body::Body;
use connect::{Line, Wanted, connect};
pub use health::watch as watch_health;
use outgoing::Failed;
pub use outgoing::{Outgoing, UpstreamError};
pub use pool::let_go;
use pool::{Http1, Key, Lease, Place};
use servers::Server;
pub use servers::Servers;

/// Which traffic a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// With a session's credentials.
    Credentialed,
    /// Without.
    Stripped,
    /// An answer by which somebody is judged: to a login, or to who they are. Each has a connection of its own, so that nothing
    /// that the app says too late to somebody else can be taken for it.
    Judging,
}

/// The head of an answer, its body ([`Body::App`]) to come. It goes through many hands: what is moved is a pointer.
pub type Exchanged = Result<Box<Response<Body>>, UpstreamError>;

/// Sends a request and waits for the head of the answer.
pub fn send(
    servers: &Servers,
    class: Class,
    affinity: Affinity,
    outgoing: Outgoing,
    patience: Duration,
) -> impl Future<Output = Exchanged> {
    let key = servers.choose(affinity, &[]).key(class);
    let line = if outgoing.wanted() == Wanted::Whole { pool::direct(key) } else { None };
    match line {
        // The common case is small, and the only one that isn't in a box.
        Some(line) => Either::Left(
            line.exchange(key, outgoing, patience)
                .or_else(move |failed| Box::pin(within(patience, None, again(servers, class, affinity, failed, patience)))),
        ),
        None => {
            let pieces = outgoing.body.pieces();
            Either::Right(Box::pin(within(patience, pieces, otherwise(servers, class, affinity, outgoing, patience))))
        }
    }
}

/// Waits so long. While a client sends, the app isn't waited for: a large body takes its time.
async fn within(patience: Duration, pieces: Option<Arc<AtomicU64>>, exchange: impl Future<Output = Exchanged>) -> Exchanged {
    let (mut exchange, mut seen) = (pin!(exchange), 0);
    loop {
        if let Ok(done) = tokio::time::timeout(patience, exchange.as_mut()).await {
            return done;
        }
        match &pieces {
            Some(pieces) if pieces.load(Ordering::Relaxed) != seen => seen = pieces.load(Ordering::Relaxed),
            _ => return Err(UpstreamError::Slow(patience)),
        }
    }
}

/// On a connection of hyper's that is there already, or a new one.
async fn otherwise(servers: &Servers, class: Class, affinity: Affinity, outgoing: Outgoing, patience: Duration) -> Exchanged {
    let key = servers.choose(affinity, &[]).key(class);
    let line = if outgoing.wanted() == Wanted::Whole { None } else { pool::alone(key) };
    let Some(line) = line else { return anew(servers, class, affinity, outgoing, patience).await };
    match by_hyper(line, key, outgoing).await {
        Ok(answer) => Ok(answer),
        Err(failed) => again(servers, class, affinity, failed, patience).await,
    }
}

/// Sends a request on this connection, and waits for the head of the answer.
async fn exchange(line: Http1, key: Key, outgoing: Outgoing, patience: Duration) -> Result<Box<Response<Body>>, Box<Failed>> {
    match line {
        Http1::Direct(line) => line.exchange(key, outgoing, patience).await,
        Http1::Alone(line) => by_hyper(line, key, outgoing).await,
    }
}

async fn by_hyper(mut line: Alone, key: Key, outgoing: Outgoing) -> Result<Box<Response<Body>>, Box<Failed>> {
    let (asked, is_bound) = (outgoing.head.method.clone(), reuse::binds(&outgoing.head.headers));
    let mut tried = pin!(line.begin(outgoing.into_request()));
    let tried = poll_fn(|cx| {
        line.drive(cx);
        tried.as_mut().poll(cx)
    });
    match tried.await {
        Ok(answer) => {
            let keeps = !is_bound
                && !reuse::is_bound(answer.headers())
                && !reuse::may_say_more(&asked, answer.status(), answer.headers());
            Ok(from(answer, Lease::of(keeps.then_some(key), line)))
        }
        Err(mut error) => Err(Failed::unsent(error.take_message().map(Outgoing::from), error.into_error())),
    }
}

fn from(answer: Response<Incoming>, lease: Lease) -> Box<Response<Body>> {
    Box::new(answer.map(|stream| Body::App(AppBody::new(stream, lease))))
}

/// A pooled connection can turn out closed under our hands; a request of which nothing was sent goes on the next one.
/// Bounded by the number of idle connections.
async fn again(servers: &Servers, class: Class, affinity: Affinity, mut failed: Box<Failed>, patience: Duration) -> Exchanged {
    let server = servers.choose(affinity, &[]);
    while let Some(outgoing) = failed.unsent.take() {
        let key = server.key(class);
        let Some(line) = pool::checkout(key, outgoing.wanted() == Wanted::Whole) else {
            return anew(servers, class, affinity, outgoing, patience).await;
        };
        match exchange(line, key, outgoing, patience).await {
            Ok(answer) => return Ok(answer),
            Err(once_more) => failed = once_more,
        }
    }
    Err(failed.of_server(server))
}

/// On a new connection; where a server can't be reached, nothing was sent, and the next one is tried.
async fn anew(servers: &Servers, class: Class, affinity: Affinity, mut outgoing: Outgoing, patience: Duration) -> Exchanged {
    let (mut tried, mut turns_left) = (Vec::new(), 3);
    loop {
        let server = servers.choose(affinity, &tried);
        let (line, place) = match line(server, class, outgoing.wanted()).await {
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
                let tried = exchange(line, server.key(class), outgoing, patience).await;
                return tried.map_err(|failed| failed.of_server(server));
            }
            (Line::Http2(mut sender), place) => {
                match sender.try_send_request(connect::for_http2(server, outgoing.into_request())).await {
                    Ok(answer) => return Ok(from(answer, Lease::shared(place))),
                    // The connection was closing: nothing of it was sent.
                    Err(mut error) => match error.take_message() {
                        Some(given_back) if turns_left > 0 => {
                            turns_left -= 1;
                            outgoing = given_back.into();
                        }
                        _ => return Err(Failed::broke(error.into_error()).of_server(server)),
                    },
                }
            }
        }
    }
}

/// A shared HTTP/2 connection where the server speaks it, and the place on it; else a new one.
async fn line(server: &Server, class: Class, wanted: Wanted) -> std::io::Result<(Line, Option<Place>)> {
    let key = server.key(class);
    if wanted != Wanted::Upgrade
        && let Some((sender, place)) = pool::shared(key)
    {
        return Ok((Line::Http2(sender), Some(place)));
    }
    let line = connect(server, wanted).await?;
    let place = match &line {
        Line::Http2(sender) => Some(pool::share(key, sender.clone())),
        Line::Http1(_) => None,
    };
    Ok((line, place))
}
