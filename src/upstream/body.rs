//! The one body type: the app's stream, a few bytes of ours, or what a client sends.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::Sleep;

use super::answer::AppBody;
use crate::memory::Ending;

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
    Upload(Box<Upload>),
    /// An app's answer.
    App(AppBody),
    /// A page of the gate's own. (The lock is never contended: axum's body is no Sync, and this type has to be.)
    Page(Mutex<axum::body::Body>),
}

/// What a client sends, on its way to the app.
#[derive(Debug)]
pub struct Upload {
    /// What was read of it already.
    read: Bytes,
    stream: Incoming,
    /// The client isn't waited for longer than this between two pieces.
    patience: Duration,
    /// Runs while the client is waited for.
    waiting: Option<Pin<Box<Sleep>>>,
    /// Bytes that may still come, where that is limited.
    left: Option<u64>,
    /// Pieces that were passed on.
    pieces: Arc<AtomicU64>,
    /// Once it has come, no further piece is passed on.
    until: Option<Ending>,
    /// Let go of when nothing more of it is read.
    _held: Option<Held>,
}

/// What is held as long as a body, or a tunnel, may go on. A client's connection knows by it that something may still come.
#[derive(Clone, Debug)]
pub struct Held(pub Arc<dyn std::fmt::Debug + Send + Sync>);

/// Why a body broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The client sends nothing more.
    #[error("the client stopped sending")]
    Stalled,
    /// The client sends more than `server.body_max`.
    #[error("the client sent more than server.body_max")]
    TooLarge,
    /// The session ended while its request or its answer was on the way.
    #[error("the session has ended")]
    Ended,
}

impl Upload {
    /// A client's stream, of which `read` was read already.
    pub fn new(read: Bytes, stream: Incoming, patience: Duration, most: Option<u64>, held: Option<Held>) -> Self {
        let left = most.map(|most| most.saturating_sub(read.len() as u64));
        Self { read, stream, patience, waiting: None, left, pieces: Arc::default(), until: None, _held: held }
    }

    /// No piece goes to the app after this end: its session's credentials went before.
    pub fn ends_with(&mut self, until: Option<Ending>) {
        self.until = until;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.until.as_ref().is_some_and(Ending::is_over) {
            return Poll::Ready(Some(Err(Broken::Ended.into())));
        }
        if !self.read.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.read)))));
        }
        match Pin::new(&mut self.stream).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.waiting = None;
                self.pieces.fetch_add(1, Ordering::Relaxed);
                // What stands behind a body some apps take for headers: it ends here.
                let Some(data) = frame.data_ref() else { return Poll::Ready(None) };
                if let Some(left) = &mut self.left {
                    match left.checked_sub(data.len() as u64) {
                        Some(rest) => *left = rest,
                        None => return Poll::Ready(Some(Err(Broken::TooLarge.into()))),
                    }
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(ended) => Poll::Ready(ended.map(|e| e.map_err(Into::into))),
            Poll::Pending => {
                let patience = self.patience;
                let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
                waiting.as_mut().poll(cx).map(|()| Some(Err(Broken::Stalled.into())))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, read) = (self.stream.size_hint(), self.read.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower() + read);
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + read);
        }
        hint
    }
}

impl Body {
    /// Counts the pieces of what a client still sends.
    pub fn pieces(&self) -> Option<Arc<AtomicU64>> {
        match self {
            Self::Upload(upload) => Some(upload.pieces.clone()),
            _ => None,
        }
    }

    /// The app's part of it.
    pub fn of_app(&mut self) -> Option<&mut AppBody> {
        if let Self::App(body) = self { Some(body) } else { None }
    }

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
            Self::Upload(upload) => upload.poll(cx),
            Self::App(body) => Pin::new(body).poll_frame(cx),
            Self::Page(page) => {
                Pin::new(page.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(cx).map_err(Into::into)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Upload(upload) => upload.read.is_empty() && upload.stream.is_end_stream(),
            Self::App(body) => body.is_end_stream(),
            Self::Page(page) => page.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Empty => SizeHint::with_exact(0),
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Upload(upload) => upload.size_hint(),
            Self::App(body) => body.size_hint(),
            Self::Page(page) => page.lock().unwrap_or_else(PoisonError::into_inner).size_hint(),
        }
    }
}
