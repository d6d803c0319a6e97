//! A stream that sends what is short by one plain write: gathering a few hundred bytes costs less than `writev` does.

use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// More than most heads with a small answer behind them.
const SHORT: usize = 2048;

/// Gathers several short pieces and writes them as one; longer ones go as they are.
pub fn write_pieces<T: AsyncWrite + Unpin>(
    io: &mut T,
    cx: &mut Context<'_>,
    pieces: &[IoSlice<'_>],
) -> Poll<std::io::Result<usize>> {
    let total: usize = pieces.iter().map(|piece| piece.len()).sum();
    match pieces.iter().filter(|piece| !piece.is_empty()).count() {
        0 | 1 => {
            let piece = pieces.iter().find(|piece| !piece.is_empty());
            Pin::new(io).poll_write(cx, piece.map_or(&[][..], |piece| piece))
        }
        _ if total <= SHORT => {
            let mut gathered = [0; SHORT];
            let mut end = 0;
            for piece in pieces {
                gathered[end..end + piece.len()].copy_from_slice(piece);
                end += piece.len();
            }
            Pin::new(io).poll_write(cx, &gathered[..end])
        }
        _ => Pin::new(io).poll_write_vectored(cx, pieces),
    }
}

/// A stream to the app.
#[derive(Debug)]
pub(super) struct Brief<T>(pub(super) T);

impl<T: AsyncRead + Unpin> AsyncRead for Brief<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Brief<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        write_pieces(&mut self.0, cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
