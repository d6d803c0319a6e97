//! What gate.toml says of the gate's own doors: where it listens, how, and how patient it is.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;
use ipnet::IpNet;

/// `[server]`
#[derive(Clone, Debug)]
pub struct Server {
    /// Where to listen. Default `127.0.0.1:8080`. Sockets that systemd passes take its place.
    pub listen: Vec<Listen>,
    /// Where plain http is answered with a redirect to https. Default nowhere. (`server.redirect_listen`)
    pub redirect_listen: Vec<Listen>,
    /// Origin for links and cookies, without a trailing slash: `https://wiki.example.com`.
    pub public_url: url::Url,
    /// Path of the gate's own pages, no trailing slash. Default `/.mfa`.
    pub prefix: String,
    /// `/healthz`, `/readyz`.
    pub admin_listen: Option<SocketAddr>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Networks whose connections begin with a PROXY header; nobody else's may. (`server.proxy_protocol`)
    pub proxy_protocol: Vec<IpNet>,
    /// `tls`; `None`: plain http, behind a proxy that does TLS.
    pub tls: Option<Tls>,
    /// `Strict-Transport-Security` on every answer where the app doesn't say it itself. Default: nothing is said. (`server.hsts`)
    pub hsts: Option<HeaderValue>,
    /// Threads, each with its own runtime. Default: one per core. (`server.threads`)
    pub threads: usize,
    /// How long things may take, and how large they may be.
    pub patience: Patience,
}

impl Server {
    /// Are gate cookies `Secure` with the `__Host-` prefix?
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The scheme that clients see.
    pub fn scheme(&self) -> &'static str {
        if self.is_https() { "https" } else { "http" }
    }
}

/// An address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// `HOST:PORT`
    Tcp(SocketAddr),
    /// `unix:PATH`, made absolute.
    Unix(PathBuf),
}

impl std::fmt::Display for Listen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// `server.tls`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// Certificates with their keys, chosen by the name that the client asks for (SNI); the first is for everyone else.
    pub certificates: Vec<Certificate>,
    /// `client_ca`: PEM; only clients with a certificate of it are let in.
    pub client_ca: Option<PathBuf>,
    /// `min_version = "1.3"`; default 1.2.
    pub only_13: bool,
    /// `acme`; `None`: the certificates come from elsewhere.
    pub acme: Option<Acme>,
}

/// `server.tls.acme`: certificates from an authority that speaks ACME.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acme {
    /// `domains`, at least one.
    pub domains: Vec<String>,
    /// `contact`: an e-mail address.
    pub contact: Option<String>,
    /// `cache`: the folder where account and certificates are kept, made absolute.
    pub cache: PathBuf,
    /// `directory`; default Let's Encrypt's.
    pub directory: url::Url,
    /// `ca`: PEM of the authority that the directory's own https is believed by.
    pub ca: Option<PathBuf>,
    /// `challenge`: HTTP-01 on `redirect_listen` where there is one, else TLS-ALPN-01.
    pub by_http: bool,
}

impl Acme {
    /// Where the certificate is kept.
    pub fn certificate(&self) -> Certificate {
        let at = |end: &str| self.cache.join(format!("{}{end}", self.domains[0].replace('*', "_")));
        Certificate { chain: at(".pem"), key: at(".key") }
    }
}

/// A chain and its key, both PEM; read again when they change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// `cert`
    pub chain: PathBuf,
    /// `key`
    pub key: PathBuf,
}

/// Times and sizes of `[server]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a connection's first bytes, a TLS handshake, a request's head. Default 10 s. (`header_timeout`)
    pub header: Duration,
    /// Between two pieces of a body, in either direction. Default 60 s. (`body_timeout`)
    pub body: Duration,
    /// For a connection that nothing is asked on. Default 75 s. (`idle_timeout`)
    pub idle: Duration,
    /// Until the app's first byte. Default 60 s. (`upstream_timeout`)
    pub upstream: Duration,
    /// For requests in flight when the gate stops. Default 20 s. (`stop_timeout`)
    pub stop: Duration,
    /// Bytes of a request's head; more get 431. Default 64 KiB. (`header_max`)
    pub header_max: usize,
    /// Bytes of a request's body; more get 413. Default: any. (`body_max`)
    pub body_max: Option<u64>,
    /// Most requests in flight per thread; more get 503. Default 10,000. (`max_in_flight`)
    pub max_in_flight: usize,
    /// Most connections per thread; more wait. Default 20,000. (`max_connections`)
    pub max_connections: usize,
}
