//! The one body type: the app's stream, a few bytes of ours, or a read beginning before a stream.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tokio_util::sync::CancellationToken;

use crate::upstream::Lease;

/// Any error of a body.
pub type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// What flows through the gate in either direction.
#[derive(Debug)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Bytes at hand.
    Bytes(Bytes),
    /// A client's stream.
    Incoming(Incoming),
    /// What was read of a client's stream, then the rest of it.
    Prefixed(Bytes, Incoming),
    /// An app's answer. The connection goes back to its pool when it has ended exactly.
    App(AppBody),
    /// A page of the gate's own. (The lock is never contended: axum's body is no Sync, and this type has to be.)
    Page(Mutex<axum::body::Body>),
}

/// An app's answer on its way to the client.
#[derive(Debug)]
pub struct AppBody {
    /// The stream.
    pub stream: Incoming,
    /// The connection it comes from.
    pub lease: Option<Lease>,
    /// Set for verified sessions: once it is cancelled, no further byte is passed on.
    pub until: Option<Arc<CancellationToken>>,
}

impl Body {
    /// A text or page at hand.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        if bytes.is_empty() { Self::Empty } else { Self::Bytes(bytes) }
    }
}

impl From<axum::body::Body> for Body {
    fn from(page: axum::body::Body) -> Self {
        Self::Page(Mutex::new(page))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        match this {
            Self::Empty => Poll::Ready(None),
            Self::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                *this = Self::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Self::Incoming(stream) => Pin::new(stream).poll_frame(cx).map_err(Into::into),
            Self::Prefixed(prefix, stream) => {
                if prefix.is_empty() {
                    Pin::new(stream).poll_frame(cx).map_err(Into::into)
                } else {
                    Poll::Ready(Some(Ok(Frame::data(std::mem::take(prefix)))))
                }
            }
            Self::App(body) => {
                if body.until.as_ref().is_some_and(|ended| ended.is_cancelled()) {
                    body.lease = None;
                    return Poll::Ready(Some(Err("the session has ended".into())));
                }
                let polled = Pin::new(&mut body.stream).poll_frame(cx);
                match &polled {
                    Poll::Ready(Some(Err(_))) => body.lease = None,
                    // hyper doesn't ask for more once as much was written as Content-Length says.
                    Poll::Ready(frame) if frame.is_none() || body.stream.is_end_stream() => {
                        if let Some(lease) = body.lease.take() {
                            lease.give_back();
                        }
                    }
                    _ => {}
                }
                polled.map_err(Into::into)
            }
            Self::Page(page) => {
                Pin::new(page.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(cx).map_err(Into::into)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Incoming(stream) => stream.is_end_stream(),
            Self::Prefixed(prefix, stream) => prefix.is_empty() && stream.is_end_stream(),
            // The lease is given back with the last frame: an end that nobody polls isn't claimed before.
            Self::App(body) => body.lease.is_none() && body.stream.is_end_stream(),
            Self::Page(page) => page.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Empty => SizeHint::with_exact(0),
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Incoming(stream) => stream.size_hint(),
            Self::Prefixed(prefix, stream) => {
                let rest = stream.size_hint();
                let mut hint = SizeHint::new();
                hint.set_lower(rest.lower() + prefix.len() as u64);
                if let Some(upper) = rest.upper() {
                    hint.set_upper(upper + prefix.len() as u64);
                }
                hint
            }
            Self::App(body) => body.stream.size_hint(),
            Self::Page(page) => page.lock().unwrap_or_else(PoisonError::into_inner).size_hint(),
        }
    }
}
