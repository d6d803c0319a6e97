//! What a connection to the app is made of, and what the kernel knows of it.

use std::io::ErrorKind;
use std::mem::MaybeUninit;
use std::os::fd::AsFd;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::client::TlsStream;

/// TCP, TLS or a Unix socket.
pub(in crate::upstream) trait Io: AsyncRead + AsyncWrite + Unpin + Send + Sync {
    /// Has nothing come, and no end, as the kernel says? What the runtime last heard of it may be a moment old.
    fn is_quiet(&self) -> bool;
}

impl Io for TcpStream {
    fn is_quiet(&self) -> bool {
        is_quiet(self)
    }
}

impl Io for UnixStream {
    fn is_quiet(&self) -> bool {
        is_quiet(self)
    }
}

impl Io for TlsStream<TcpStream> {
    fn is_quiet(&self) -> bool {
        self.get_ref().0.is_quiet()
    }
}

fn is_quiet(socket: &impl AsFd) -> bool {
    SockRef::from(socket).peek(&mut [MaybeUninit::uninit()]).is_err_and(|e| e.kind() == ErrorKind::WouldBlock)
}
