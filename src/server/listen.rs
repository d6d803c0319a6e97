//! Listeners: TCP once per thread, so that the kernel spreads connections; Unix sockets; what systemd passes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener as StdUnix;
use std::path::Path;

use listenfd::ListenFd;
use socket2::{Domain, Protocol, SockFilter, SockRef, Socket, Type};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};

use super::stream::Stream;
use crate::config::settings::{Listen, Server};
use crate::gate::StartError;

/// The other end of a Unix socket.
const THIS_MACHINE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// Connections that wait for being accepted.
const BACKLOG: i32 = 4096;
/// Who may connect to a Unix socket: its owner and group.
const SOCKET_MODE: u32 = 0o660;
/// Drops a segment that begins a connection (SYN without ACK), lets all others through. For the filters that Linux runs over
/// what comes to a socket of TCP the segment begins with its header (RFC 9293, 3.1).
const NO_SYN: [SockFilter; 5] = [
    SockFilter::new(0x30, 0, 0, 13),       // load the byte of the flags
    SockFilter::new(0x54, 0, 0, 0x12),     // keep SYN and ACK
    SockFilter::new(0x15, 0, 1, 0x02),     // SYN alone?
    SockFilter::new(0x06, 0, 0, 0),        // drop
    SockFilter::new(0x06, 0, 0, u32::MAX), // let through
];

/// What a listener is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the gate.
    Gate,
    /// Plain http, led to https.
    Redirect,
}

/// A listener of one thread.
#[derive(Debug)]
pub struct Listener {
    way: Way,
    /// Does another process hold the very same socket? systemd does, and passes it to the next one.
    is_lent: bool,
    socket: Kind<std::net::TcpListener, StdUnix>,
}

#[derive(Debug)]
enum Kind<T, U> {
    Tcp(T),
    Unix(U),
}

/// A listener that accepts.
pub(super) struct Accepting {
    pub(super) way: Way,
    is_lent: bool,
    socket: Kind<TcpListener, UnixListener>,
}

impl std::fmt::Display for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.socket {
            Kind::Tcp(tcp) => tcp.local_addr().map_err(|_| std::fmt::Error)?.fmt(f),
            Kind::Unix(unix) => {
                let address = unix.local_addr().map_err(|_| std::fmt::Error)?;
                write!(f, "unix:{}", address.as_pathname().unwrap_or(Path::new("")).display())
            }
        }
    }
}

impl Listener {
    /// The address, where it is one of TCP.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.socket {
            Kind::Tcp(tcp) => tcp.local_addr().ok(),
            Kind::Unix(_) => None,
        }
    }

    pub(super) fn start(self) -> std::io::Result<Accepting> {
        let socket = match self.socket {
            Kind::Tcp(tcp) => Kind::Tcp(TcpListener::from_std(tcp)?),
            Kind::Unix(unix) => Kind::Unix(UnixListener::from_std(unix)?),
        };
        Ok(Accepting { way: self.way, is_lent: self.is_lent, socket })
    }
}

impl Accepting {
    /// Leaves new connections to the process that listens on the same address by now; what began goes on to be accepted. A
    /// handshake under way when a listener closes would be reset, and so would what comes behind its last look into the queue. Who
    /// is turned away knocks again a second later. `false`: that isn't needed here.
    pub(super) fn turn_away(&self) -> bool {
        matches!(&self.socket, Kind::Tcp(tcp) if !self.is_lent && SockRef::from(tcp).attach_filter(&NO_SYN).is_ok())
    }

    /// Stops waiting, and asks the kernel itself for who is there already: what the runtime last heard of it is a moment old.
    pub(super) fn into_queue(self) -> std::io::Result<impl Iterator<Item = (Stream, SocketAddr)>> {
        let socket = match self.socket {
            Kind::Tcp(tcp) => Kind::Tcp(tcp.into_std()?),
            Kind::Unix(unix) => Kind::Unix(unix.into_std()?),
        };
        let next = move || match &socket {
            Kind::Tcp(listener) => {
                let (tcp, peer) = listener.accept()?;
                tcp.set_nonblocking(true)?;
                tcp.set_nodelay(true)?;
                Ok((Stream::Tcp(TcpStream::from_std(tcp)?), peer))
            }
            Kind::Unix(listener) => {
                let (unix, _) = listener.accept()?;
                unix.set_nonblocking(true)?;
                Ok((Stream::Unix(UnixStream::from_std(unix)?), THIS_MACHINE))
            }
        };
        // Who is gone already is passed over; a queue holds no more than this.
        let mut tries = 0..=BACKLOG;
        Ok(std::iter::from_fn(move || {
            tries.by_ref().map(|_| next()).take_while(|tried| !is_empty(tried)).find_map(std::io::Result::ok)
        }))
    }

    /// The next connection and its other end; that of a Unix socket is this machine.
    pub(super) async fn accept(&self) -> std::io::Result<(Stream, SocketAddr)> {
        match &self.socket {
            Kind::Tcp(listener) => {
                let (tcp, peer) = listener.accept().await?;
                tcp.set_nodelay(true)?;
                Ok((Stream::Tcp(tcp), peer))
            }
            Kind::Unix(listener) => Ok((Stream::Unix(listener.accept().await?.0), THIS_MACHINE)),
        }
    }
}

/// Nobody waits any more.
fn is_empty<T>(accepted: &std::io::Result<T>) -> bool {
    accepted.as_ref().is_err_and(|e| e.kind() == std::io::ErrorKind::WouldBlock)
}

/// Binds every address once per thread. What systemd passes takes the place of `server.listen`.
pub fn bind(server: &Server) -> Result<Vec<Vec<Listener>>, StartError> {
    let mut all: Vec<Vec<Listener>> = (0..server.threads).map(|_| Vec::new()).collect();
    let mut passed = ListenFd::from_env();
    if passed.len() > 0 {
        for at in 0..passed.len() {
            let socket = match passed.take_tcp_listener(at) {
                Ok(Some(tcp)) => Kind::Tcp(tcp),
                _ => match passed.take_unix_listener(at) {
                    Ok(Some(unix)) => Kind::Unix(unix),
                    _ => return Err(StartError(format!("the socket {at} that systemd passes is neither TCP nor Unix"))),
                },
            };
            share(Way::Gate, true, &socket, &mut all).map_err(|e| StartError(format!("the socket {at} of systemd: {e}")))?;
        }
    } else {
        server.listen.iter().try_for_each(|listen| bind_on(Way::Gate, listen, &mut all))?;
    }
    server.redirect_listen.iter().try_for_each(|listen| bind_on(Way::Redirect, listen, &mut all))?;
    Ok(all)
}

fn bind_on(way: Way, listen: &Listen, all: &mut [Vec<Listener>]) -> Result<(), StartError> {
    let fault = |e: std::io::Error| StartError(format!("{listen} can't be listened on: {e}"));
    match listen {
        Listen::Unix(path) => share(way, false, &Kind::Unix(bind_unix(path).map_err(fault)?), all).map_err(fault),
        Listen::Tcp(address) => {
            let mut address = *address;
            for listeners in all {
                let tcp = bind_tcp(address).map_err(fault)?;
                // Port 0: the first thread's port is everyone's.
                address = tcp.local_addr().map_err(fault)?;
                listeners.push(Listener { way, is_lent: false, socket: Kind::Tcp(tcp) });
            }
            Ok(())
        }
    }
}

/// One socket for all threads.
fn share(
    way: Way,
    is_lent: bool,
    socket: &Kind<std::net::TcpListener, StdUnix>,
    all: &mut [Vec<Listener>],
) -> std::io::Result<()> {
    for listeners in all {
        let socket = match socket {
            Kind::Tcp(tcp) => {
                tcp.set_nonblocking(true)?;
                Kind::Tcp(tcp.try_clone()?)
            }
            Kind::Unix(unix) => {
                unix.set_nonblocking(true)?;
                Kind::Unix(unix.try_clone()?)
            }
        };
        listeners.push(Listener { way, is_lent, socket });
    }
    Ok(())
}

/// `SO_REUSEPORT` also lets the next process listen before this one stops.
fn bind_tcp(address: SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// A new socket takes an old one's place at once: nobody is refused in between.
fn bind_unix(path: &Path) -> std::io::Result<StdUnix> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let beside = Path::new(&beside);
    let _ = std::fs::remove_file(beside);
    let socket = StdUnix::bind(beside)?;
    std::fs::set_permissions(beside, std::fs::Permissions::from_mode(SOCKET_MODE))?;
    std::fs::rename(beside, path)?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream as StdTcp;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_listener_that_turns_away_keeps_who_came_and_lets_nobody_new_in() {
        for is_lent in [false, true] {
            let tcp = bind_tcp("127.0.0.1:0".parse().unwrap()).unwrap();
            let address = tcp.local_addr().unwrap();
            let listener = Listener { way: Way::Gate, is_lent, socket: Kind::Tcp(tcp) }.start().unwrap();
            let _before = StdTcp::connect(address).unwrap();
            assert_eq!(listener.turn_away(), !is_lent, "what is systemd's stays as it is");
            let after = StdTcp::connect_timeout(&address, Duration::from_millis(100));
            assert_eq!(after.is_ok(), is_lent);
            assert_eq!(listener.into_queue().unwrap().count(), if is_lent { 2 } else { 1 });
        }
    }
}
