//! Connections to the app: one pool per thread on hyper's HTTP/1.1 client, no lock and no task per request.
//!
//! Verified and stripped traffic never share a connection. A connection goes back to its pool only after an
//! exchange that ended exactly; one that was closed meanwhile is noticed before anything is sent.

pub mod body;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Either, ready};
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::config::settings::Upstream;
use body::Body;

/// Idle connections kept per thread, app and class.
const IDLE_MAX: usize = 128;
/// Most servers close an idle connection after 5 to 75 s; below that a stale one is rare.
const IDLE_TIME: Duration = Duration::from_secs(4);
/// An app on the same network answers a SYN in milliseconds; more than this is down.
const CONNECT_TIME: Duration = Duration::from_secs(5);

/// Which traffic a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// With a session's credentials.
    Credentialed,
    /// Without.
    Stripped,
}

/// The head of an answer, its body to come, and the connection that carries it.
pub type Exchanged = Result<(Response<Incoming>, Lease), UpstreamError>;

/// Why the app didn't answer.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No connection.
    #[error("the app at {0}:{1} can't be reached: {2}")]
    Connect(Arc<str>, u16, std::io::Error),
    /// The connection broke, or what came wasn't HTTP.
    #[error("the app at {0}:{1} broke off: {2}")]
    Broke(Arc<str>, u16, hyper::Error),
    /// No answer in time.
    #[error("the app at {0}:{1} gave no answer within {2:?}")]
    Slow(Arc<str>, u16, Duration),
}

struct Idle {
    sender: SendRequest<Body>,
    since: Instant,
}

type Key = (Upstream, Class);

thread_local! {
    /// A gate has few apps: a list is faster than a map.
    static POOL: RefCell<Vec<(Key, Vec<Idle>)>> = const { RefCell::new(Vec::new()) };
}

/// A connection in use. Dropped, it is closed; [`Lease::give_back`] keeps it for the next request.
#[derive(Debug)]
pub struct Lease {
    key: Key,
    sender: SendRequest<Body>,
}

impl Lease {
    /// The exchange ended exactly: the connection may be used again.
    pub fn give_back(self) {
        if self.sender.is_closed() {
            return;
        }
        POOL.with_borrow_mut(|pool| {
            let idle = Idle { sender: self.sender, since: Instant::now() };
            match pool.iter_mut().find(|(key, _)| *key == self.key) {
                Some((_, all)) if all.len() < IDLE_MAX => all.push(idle),
                Some(_) => {}
                None => pool.push((self.key, vec![idle])),
            }
        });
    }
}

/// Sends a request and waits for the head of the answer.
pub fn send(upstream: &Upstream, class: Class, request: Request<Body>, patience: Duration) -> impl Future<Output = Exchanged> {
    let key = (upstream.clone(), class);
    let (host, port) = (upstream.host.clone(), upstream.port);
    // The request goes into the connection's hands at once: what waits here is small.
    let exchange = match checkout(&key) {
        Some(mut sender) => Either::Left(sender.try_send_request(request).then(move |tried| match tried {
            Ok(answer) => Either::Left(ready(Ok((answer, Lease { key, sender })))),
            Err(unsent) => Either::Right(Box::pin(again(key, unsent))),
        })),
        None => Either::Right(Box::pin(on_a_new_connection(key, request))),
    };
    tokio::time::timeout(patience, exchange)
        .map(move |done| done.unwrap_or_else(|_| Err(UpstreamError::Slow(host, port, patience))))
}

/// A pooled connection can turn out closed under our hands; hyper then gives the request back unsent, and it goes on
/// the next one. Bounded by the number of idle connections.
async fn again(key: Key, mut unsent: TrySendError<Request<Body>>) -> Exchanged {
    while let Some(request) = unsent.take_message() {
        let Some(mut sender) = checkout(&key) else { return on_a_new_connection(key, request).await };
        match sender.try_send_request(request).await {
            Ok(answer) => return Ok((answer, Lease { key, sender })),
            Err(error) => unsent = error,
        }
    }
    Err(UpstreamError::Broke(key.0.host, key.0.port, unsent.into_error()))
}

async fn on_a_new_connection(key: Key, request: Request<Body>) -> Exchanged {
    let mut sender = connect(&key.0).await?;
    match sender.send_request(request).await {
        Ok(answer) => Ok((answer, Lease { key, sender })),
        Err(e) => Err(UpstreamError::Broke(key.0.host, key.0.port, e)),
    }
}

fn checkout(key: &Key) -> Option<SendRequest<Body>> {
    POOL.with_borrow_mut(|pool| {
        let (_, idle) = pool.iter_mut().find(|(known, _)| known == key)?;
        let now = Instant::now();
        let mut index = idle.len();
        while index > 0 {
            index -= 1;
            if idle[index].sender.is_closed() || now.duration_since(idle[index].since) > IDLE_TIME {
                idle.swap_remove(index);
            } else if idle[index].sender.is_ready() {
                return Some(idle.swap_remove(index).sender);
            }
        }
        None
    })
}

async fn connect(upstream: &Upstream) -> Result<SendRequest<Body>, UpstreamError> {
    let fault = |e| UpstreamError::Connect(upstream.host.clone(), upstream.port, e);
    let tcp = tokio::time::timeout(CONNECT_TIME, TcpStream::connect((&*upstream.host, upstream.port)))
        .await
        .map_err(|_| fault(std::io::ErrorKind::TimedOut.into()))?
        .map_err(fault)?;
    tcp.set_nodelay(true).map_err(fault)?;
    let (sender, connection) = Builder::new()
        .handshake(TokioIo::new(tcp))
        .await
        .map_err(|e| UpstreamError::Broke(upstream.host.clone(), upstream.port, e))?;
    tokio::spawn(async move {
        if let Err(error) = connection.with_upgrades().await {
            tracing::debug!(%error, "connection to the app ended");
        }
    });
    Ok(sender)
}
