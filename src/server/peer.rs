//! Who is at the other end: the PROXY protocol (versions 1 and 2) of balancers that gate.toml names.

use std::io::{Error, ErrorKind};
use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;
use ppp::{HeaderResult, PartialResult, v1, v2};
use tokio::io::AsyncReadExt;

use super::stream::Stream;

/// The longest header: version 2 with addresses and a few extensions.
const HEADER_MAX: usize = 536;
/// A header that came in pieces is looked at again after this.
const AGAIN: Duration = Duration::from_millis(5);

/// The client whom the header names. A connection from one of these networks must begin with a header, and no other may.
pub(super) async fn introduced(mut stream: Stream, peer: IpAddr, networks: &[IpNet]) -> std::io::Result<(Stream, IpAddr)> {
    let peer = peer.to_canonical();
    if !networks.iter().any(|network| network.contains(&peer)) {
        return Ok((stream, peer));
    }
    let mut looked = [0; HEADER_MAX];
    let (ip, length) = loop {
        let have = stream.peek(&mut looked).await?;
        if have == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let read = HeaderResult::parse(&looked[..have]);
        if read.is_incomplete() && have < HEADER_MAX {
            // What is there stays there, so that it is readable at once: only time brings more.
            tokio::time::sleep(AGAIN).await;
            continue;
        }
        break match read {
            HeaderResult::V1(Ok(header)) => (named_1(&header.addresses).unwrap_or(peer), header.header.len()),
            HeaderResult::V2(Ok(header)) => (named_2(&header).unwrap_or(peer), header.len()),
            _ => return Err(Error::new(ErrorKind::InvalidData, "no PROXY header")),
        };
    };
    stream.read_exact(&mut looked[..length]).await?;
    Ok((stream, ip.to_canonical()))
}

fn named_1(addresses: &v1::Addresses) -> Option<IpAddr> {
    match addresses {
        v1::Addresses::Tcp4(pair) => Some(pair.source_address.into()),
        v1::Addresses::Tcp6(pair) => Some(pair.source_address.into()),
        v1::Addresses::Unknown => None,
    }
}

/// A `LOCAL` one is the balancer's own, such as its health check.
fn named_2(header: &v2::Header<'_>) -> Option<IpAddr> {
    if header.command != v2::Command::Proxy {
        return None;
    }
    match header.addresses {
        v2::Addresses::IPv4(pair) => Some(pair.source_address.into()),
        v2::Addresses::IPv6(pair) => Some(pair.source_address.into()),
        v2::Addresses::Unspecified | v2::Addresses::Unix(_) => None,
    }
}
