//! Where a client is, as far as trusted proxies tell it.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

use super::Gate;
use crate::model::Client;

impl Gate {
    /// The client: the peer, or what a trusted proxy says of it.
    pub fn client(&self, headers: &HeaderMap, peer: IpAddr) -> Client {
        let proxies = &self.settings.server.trusted_proxies;
        let trusted = |ip: &IpAddr| proxies.iter().any(|n| n.contains(ip));
        let mut client = Client { ip: peer.to_canonical(), is_known: true };
        if !trusted(&client.ip) {
            return client;
        }
        // From the nearest backwards: the first that isn't one of our proxies is the client. What stands before
        // something that is no address was written by nobody whom we trust.
        let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().map(|v| v.to_str().unwrap_or("?")).collect();
        client.is_known = !lines.is_empty();
        for part in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            match address(part.trim()) {
                Some(ip) => client.ip = ip,
                None => client.is_known = false,
            }
            if !client.is_known || !trusted(&client.ip) {
                break;
            }
        }
        client
    }
}

/// An address as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let ip = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|a| a.ip()));
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    ip.ok().or_else(bare).map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_read_with_and_without_its_port() {
        for text in ["203.0.113.9", "203.0.113.9:50123", "::ffff:203.0.113.9"] {
            assert_eq!(address(text), "203.0.113.9".parse().ok(), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443"] {
            assert_eq!(address(text), "2001:db8::1".parse().ok(), "{text}");
        }
        for text in ["", "unknown", "_hidden", "203.0.113.9:", "203.0.113.9:x", "[2001:db8::1", "2001:db8::1]"] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
