//! The body of an answer, as it comes; the connection goes back to its pool at its exact end.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{BufMut, Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use tokio_util::io::poll_read_buf;

use super::super::body::BodyError;
use super::super::pool::{self, Key};
use super::chunks::{Chunks, Piece};
use super::head::Ends;
use super::{Direct, Odd, SCRATCH};

/// What is read at once of a large body, into a buffer that goes on as it is where it is half full: a small piece in a large
/// one would hold that for as long as its client is slow.
const PIECE: usize = 128 * 1024;

/// A body on its way.
#[derive(Debug)]
pub(in crate::upstream) struct Stream {
    /// Until the end.
    line: Option<(Key, Direct)>,
    left: Left,
    keeps: bool,
    /// Read already.
    read: Bytes,
    /// The last piece was as large as it could be, or the first is to come: the next is likely to be large, too.
    is_full: bool,
}

#[derive(Debug)]
enum Left {
    Bytes(u64),
    Chunks(Box<Chunks>),
    UntilClose,
}

impl Stream {
    pub(super) fn new(line: Direct, key: Key, ends: Ends, keeps: bool, read: Bytes) -> Self {
        let left = match ends {
            Ends::AtOnce => Left::Bytes(0),
            Ends::After(length) => Left::Bytes(length),
            Ends::WithLastChunk => Left::Chunks(Box::new(Chunks::new())),
            Ends::WithConnection => Left::UntilClose,
        };
        let is_full = matches!(left, Left::Bytes(_));
        Self { line: Some((key, line)), left, keeps, read, is_full }
    }

    /// Is no byte of it to come?
    pub(in crate::upstream) fn is_over(&self) -> bool {
        matches!(self.left, Left::Bytes(0))
    }

    /// Was its end told?
    pub(in crate::upstream) fn is_ended(&self) -> bool {
        self.line.is_none() && self.is_over()
    }

    pub(in crate::upstream) fn size_hint(&self) -> SizeHint {
        if let Left::Bytes(left) = self.left { SizeHint::with_exact(left) } else { SizeHint::default() }
    }

    /// Closes the connection: nothing more of it is wanted.
    pub(in crate::upstream) fn close(&mut self) {
        self.line = None;
        self.read = Bytes::new();
    }

    /// It is over: the connection may be used again, if nothing came behind the end.
    pub(in crate::upstream) fn end(&mut self) {
        self.left = Left::Bytes(0);
        if let Some((key, line)) = self.line.take()
            && self.keeps
            && self.read.is_empty()
        {
            pool::give_back(key, line);
        }
    }

    /// The next piece.
    pub(in crate::upstream) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let polled = self.piece(cx);
        if let Poll::Ready(Some(Err(_))) = &polled {
            self.close();
        }
        polled
    }

    fn piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        loop {
            match &mut self.left {
                Left::Bytes(0) => {
                    self.end();
                    return Poll::Ready(None);
                }
                Left::Bytes(left) if !self.read.is_empty() => {
                    let piece = self.read.split_to(usize::try_from(*left).unwrap_or(usize::MAX).min(self.read.len()));
                    *left -= piece.len() as u64;
                    if *left == 0 {
                        self.end();
                    }
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
                Left::UntilClose if !self.read.is_empty() => {
                    return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.read)))));
                }
                Left::Chunks(chunks) => match chunks.next(&mut self.read)? {
                    Piece::Data(data) => return Poll::Ready(Some(Ok(Frame::data(data)))),
                    Piece::Trailers(trailers) => {
                        self.end();
                        return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
                    }
                    Piece::End => {
                        self.end();
                        return Poll::Ready(None);
                    }
                    Piece::More => {}
                },
                Left::Bytes(_) | Left::UntilClose => {}
            }
            self.read = ready!(self.more(cx))?;
            if self.read.is_empty() {
                if !matches!(self.left, Left::UntilClose) {
                    return Poll::Ready(Some(Err(Odd::Closed.into())));
                }
                self.end();
                return Poll::Ready(None);
            }
        }
    }

    /// What comes next; nothing: the other side has closed.
    fn more(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, BodyError>> {
        let Some((_, Direct(line))) = &mut self.line else { return Poll::Ready(Err(Odd::Closed.into())) };
        // An app may answer before it has read everything. What it didn't want doesn't spoil what it says.
        if !line.is_sent() {
            let _ = line.write(cx);
        }
        let most = if let Left::Bytes(left) = self.left { usize::try_from(left).unwrap_or(PIECE).min(PIECE) } else { PIECE };
        if !self.is_full || most < SCRATCH {
            let read = ready!(line.read(cx))?;
            self.is_full = read.len() == SCRATCH;
            return Poll::Ready(Ok(read));
        }
        let mut buffer = BytesMut::with_capacity(most).limit(most);
        let read = ready!(poll_read_buf(Pin::new(&mut line.io), cx, &mut buffer))?;
        self.is_full = read >= SCRATCH;
        let buffer = buffer.into_inner();
        Poll::Ready(Ok(if read < most / 2 { Bytes::copy_from_slice(&buffer) } else { buffer.freeze() }))
    }
}
