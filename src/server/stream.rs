//! A client's connection as bytes: TCP or a Unix socket, with TLS or without.

use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::server::TlsStream;

use crate::upstream::brief::write_pieces;

/// What was accepted.
#[derive(Debug)]
pub(super) enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// What HTTP is spoken on.
#[derive(Debug)]
pub(super) enum Io {
    Plain(Stream),
    Tls(Box<TlsStream<Stream>>),
}

impl Stream {
    /// Waits until there is something to read, or the end.
    pub(super) async fn readable(&self) -> std::io::Result<()> {
        match self {
            Self::Tcp(tcp) => tcp.ready(Interest::READABLE).await.map(drop),
            Self::Unix(unix) => unix.ready(Interest::READABLE).await.map(drop),
        }
    }

    /// Looks at what comes next and leaves it where it is. Nothing where that can't be done.
    pub(super) async fn peek(&self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Tcp(tcp) => tcp.peek(buffer).await,
            Self::Unix(_) => Ok(0),
        }
    }
}

impl Io {
    /// Waits until there is something to read, or the end.
    pub(super) async fn readable(&mut self) -> std::io::Result<()> {
        match self {
            Self::Plain(stream) => stream.readable().await,
            Self::Tls(tls) => {
                let (stream, session) = tls.get_mut();
                // A request that came right behind the handshake was taken from the socket with it.
                let was_read = |state: rustls::IoState| state.plaintext_bytes_to_read() > 0 || state.peer_has_closed();
                if session.process_new_packets().map_or(true, was_read) {
                    return Ok(());
                }
                stream.readable().await
            }
        }
    }
}

macro_rules! each {
    ($self:ident, $kind:ident: $($variant:ident)|+, $io:ident => $call:expr) => {
        match $self.get_mut() { $($kind::$variant($io) => $call),+ }
    };
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        each!(self, Self: Tcp | Unix, io => Pin::new(io).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        each!(self, Self: Tcp | Unix, io => Pin::new(io).poll_write(cx, bytes))
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<std::io::Result<usize>> {
        each!(self, Self: Tcp | Unix, io => Pin::new(io).poll_write_vectored(cx, bytes))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        each!(self, Self: Tcp | Unix, io => Pin::new(io).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        each!(self, Self: Tcp | Unix, io => Pin::new(io).poll_shutdown(cx))
    }
}

impl AsyncRead for Io {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        each!(self, Self: Plain | Tls, io => Pin::new(io).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Io {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        each!(self, Self: Plain | Tls, io => Pin::new(io).poll_write(cx, bytes))
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<std::io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(io) => write_pieces(io, cx, bytes),
            // rustls gathers by itself.
            Self::Tls(io) => Pin::new(io).poll_write_vectored(cx, bytes),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        each!(self, Self: Plain | Tls, io => Pin::new(io).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        each!(self, Self: Plain | Tls, io => Pin::new(io).poll_shutdown(cx))
    }
}
