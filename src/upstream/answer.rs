//! An app's answer on its way, with the connection that it comes from.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;

use super::Lease;
use super::body::{BodyError, Broken, Held};
use crate::memory::Ending;

/// The body of an app's answer. The connection goes back to its pool when it has ended exactly; else it is closed.
#[derive(Debug)]
pub struct AppBody {
    stream: Incoming,
    lease: Option<Lease>,
    until: Option<Ending>,
    /// Let go of at its end.
    _held: Option<Held>,
}

impl AppBody {
    pub(super) fn new(stream: Incoming, lease: Lease) -> Self {
        Self { stream, lease: Some(lease), until: None, _held: None }
    }

    /// Once `until` has come, no further byte is passed on. `held` is held until its end.
    pub fn bind(&mut self, until: Option<Ending>, held: Option<Held>) {
        (self.until, self._held) = (until, held);
    }

    /// It goes out whole, whatever ends meanwhile.
    pub fn set_free(&mut self) {
        self.until = None;
    }

    /// Is there no byte of it to come?
    pub fn is_over(&self) -> bool {
        self.stream.is_end_stream()
    }

    /// What answers a HEAD, or has no body: nothing of it will be asked for.
    pub fn end(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.give_back();
        }
    }

    /// The connection isn't HTTP's any more: a task of its own hands it over.
    pub fn hand_over(&mut self) {
        if let Some(mut lease) = self.lease.take() {
            lease.detach();
        }
    }
}

impl HttpBody for AppBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        if this.until.as_ref().is_some_and(Ending::is_over) {
            this.lease = None;
            return Poll::Ready(Some(Err(Broken::Ended.into())));
        }
        let mut polled = Pin::new(&mut this.stream).poll_frame(cx);
        if polled.is_pending()
            && let Some(lease) = &mut this.lease
        {
            lease.drive(cx);
            polled = Pin::new(&mut this.stream).poll_frame(cx);
        }
        match &polled {
            Poll::Ready(Some(Err(_))) => this.lease = None,
            // hyper doesn't ask for more once as much was written as Content-Length says.
            Poll::Ready(frame) if frame.is_none() || this.stream.is_end_stream() => this.end(),
            _ => {}
        }
        polled.map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        // The lease is given back with the last frame: an end that nobody polls isn't claimed before.
        self.lease.is_none() && self.stream.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.stream.size_hint()
    }
}
