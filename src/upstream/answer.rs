//! An app's answer on its way, with the connection that it comes from.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;

use super::body::{BodyError, Broken, Held};
use super::direct::Stream;
use super::pool::Lease;
use crate::memory::Ending;

/// The body of an app's answer. The connection goes back to its pool when it has ended exactly; else it is closed.
#[derive(Debug)]
pub struct AppBody {
    source: Source,
    until: Option<Ending>,
    /// Let go of at its end.
    _held: Option<Held>,
}

/// Who reads it.
#[derive(Debug)]
enum Source {
    Direct(Stream),
    Hyper { stream: Incoming, lease: Option<Lease> },
}

impl AppBody {
    pub(super) fn direct(stream: Stream) -> Self {
        Self { source: Source::Direct(stream), until: None, _held: None }
    }

    pub(super) fn new(stream: Incoming, lease: Lease) -> Self {
        Self { source: Source::Hyper { stream, lease: Some(lease) }, until: None, _held: None }
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
        match &self.source {
            Source::Direct(stream) => stream.is_over(),
            Source::Hyper { stream, .. } => stream.is_end_stream(),
        }
    }

    /// What answers a HEAD, or has no body: nothing of it will be asked for.
    pub fn end(&mut self) {
        match &mut self.source {
            Source::Direct(stream) => stream.end(),
            Source::Hyper { lease, .. } => give_back(lease),
        }
    }

    /// The connection isn't HTTP's any more: a task of its own hands it over.
    pub fn hand_over(&mut self) {
        if let Source::Hyper { lease, .. } = &mut self.source
            && let Some(mut lease) = lease.take()
        {
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
            match &mut this.source {
                Source::Direct(stream) => stream.close(),
                Source::Hyper { lease, .. } => *lease = None,
            }
            return Poll::Ready(Some(Err(Broken::Ended.into())));
        }
        match &mut this.source {
            Source::Direct(stream) => stream.poll(cx),
            Source::Hyper { stream, lease } => poll_hyper(stream, lease, cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        // The connection is given back with the last frame: an end that nobody polls isn't claimed before.
        match &self.source {
            Source::Direct(stream) => stream.is_ended(),
            Source::Hyper { stream, lease } => lease.is_none() && stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Direct(stream) => stream.size_hint(),
            Source::Hyper { stream, .. } => stream.size_hint(),
        }
    }
}

fn give_back(lease: &mut Option<Lease>) {
    if let Some(lease) = lease.take() {
        lease.give_back();
    }
}

/// The next frame, from a connection that hyper speaks on.
fn poll_hyper(
    stream: &mut Incoming,
    lease: &mut Option<Lease>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
    let mut polled = Pin::new(&mut *stream).poll_frame(cx);
    if polled.is_pending()
        && let Some(open) = lease
    {
        open.drive(cx);
        polled = Pin::new(&mut *stream).poll_frame(cx);
    }
    match &polled {
        Poll::Ready(Some(Err(_))) => *lease = None,
        // hyper doesn't ask for more once as much was written as Content-Length says.
        Poll::Ready(frame) if frame.is_none() || stream.is_end_stream() => give_back(lease),
        _ => {}
    }
    polled.map_err(Into::into)
}
