//! What gate.toml says of one app: where it is, how it is recognised, its rules.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;

use super::globs::Globs;
use super::identity_settings::{Directory, Identity};
use crate::model::{AppName, Realm};

/// `[[apps]]`
#[derive(Clone, Debug)]
pub struct App {
    /// `name`
    pub name: AppName,
    /// `realm`; default: the name.
    pub realm: Realm,
    /// `host`, lower case, without port; `None` (only with one app): the host of public_url and every spelling of loopback.
    pub host: Option<String>,
    /// `upstream` and what belongs to it.
    pub upstream: Upstream,
    /// Globs over cookie names.
    pub session_cookies: Globs,
    /// Globs over cookie names.
    pub harmless_cookies: Globs,
    /// Headers that carry a session, beside Authorization.
    pub session_headers: Vec<http::HeaderName>,
    /// Names of address parameters that may carry a session id.
    pub session_params: Vec<String>,
    /// `refused_params`: names of address parameters that carry a key of this app's own, which nobody may use; no login
    /// may have such a field either.
    pub refused_params: Vec<String>,
    /// `login_paths`
    pub login_paths: Vec<PathRule>,
    /// `logout_paths`
    pub logout_paths: Vec<PathRule>,
    /// `not_login_paths`
    pub not_login_paths: Vec<PathRule>,
    /// `dangerously_allow_paths`: which of `"//"`, `";"`, `"%2f"`, `"%5c"`, `"\\"`, `"."` are let through. Default none.
    pub allow_in_path: Vec<String>,
    /// `[apps.identity]`
    pub identity: Identity,
    /// `[apps.directory]`; `None`: attributes come from the identity source alone.
    pub directory: Option<Directory>,
    /// `[[apps.rules]]`, first match wins.
    pub rules: Vec<Rule>,
}

/// Where the app is: one server or several alike.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// `upstream`, at least one.
    pub servers: Vec<AppServer>,
    /// `[apps.upstream_tls]`
    pub tls: UpstreamTls,
    /// `[apps.health]`; `None`: a server is thought to be down only after it refused a connection.
    pub health: Option<Health>,
}

/// One server of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppServer {
    /// Where.
    pub place: Place,
    /// How it is spoken to.
    pub speaks: Speaks,
}

/// An address to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Host name or address, without brackets, and port.
    Tcp(Arc<str>, u16),
    /// `unix:PATH`, made absolute.
    Unix(PathBuf),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tcp(host, port) if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp(host, port) => write!(f, "{host}:{port}"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// What a server of the app speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// `http://`: HTTP/1.1.
    Http1,
    /// `h2c://`: HTTP/2 without TLS; upgrades go by HTTP/1.1.
    Http2,
    /// `https://`: TLS, and HTTP/2 where the server offers it.
    Tls,
}

/// `[apps.upstream_tls]`: whose certificate counts.
#[derive(Clone, Debug, Default)]
pub struct UpstreamTls {
    /// `ca`: PEM of an own certificate authority; default: those that the machine trusts.
    pub ca: Option<PathBuf>,
    /// `fingerprint`: SHA-256 of the server's own certificate, for boxes that signed it themselves; no name is checked then.
    pub fingerprint: Option<[u8; 32]>,
    /// `name`: in place of the host in `upstream`.
    pub name: Option<String>,
}

/// `[apps.health]`: a server is asked at times whether it is well.
#[derive(Clone, Debug)]
pub struct Health {
    /// `path`: a page that answers below 400 to strangers. Default `/`.
    pub path: String,
    /// `every`; default 5 s.
    pub every: Duration,
    /// `timeout`; default 2 s.
    pub timeout: Duration,
}

/// One entry of login_paths, logout_paths, not_login_paths: a string, or a table for apps that do everything on one address.
#[derive(Clone, Debug)]
pub struct PathRule {
    /// `path`: exact or glob.
    pub path: Globs,
    /// `method`, upper case; `None`: any unsafe method for login paths, any for logout paths.
    pub method: Option<String>,
    /// `query`: name and value that must occur exactly once in the query.
    pub query: Vec<(String, String)>,
    /// `field`: name and value that must occur exactly once over query and body.
    pub field: Vec<(String, String)>,
}

/// `[[apps.rules]]`
#[derive(Clone, Debug)]
pub struct Rule {
    /// `path`: globs; empty: every path.
    pub path: Globs,
    /// `http_methods`, upper case; empty: all. (The key `methods` is the step-up's.)
    pub http_methods: Vec<String>,
    /// `networks`; empty: all.
    pub networks: Vec<IpNet>,
    /// `users`; empty: all, unknown ones too.
    pub users: Vec<String>,
    /// `action`
    pub action: Action,
}

/// `action` of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A second factor, with the step-up of `max_age` and `methods`.
    Require(crate::model::Requirement),
    /// Forwarded without credentials, never challenged.
    Anonymous,
    /// No second factor. Needs `networks` or `users`.
    Trust,
    /// 403 for everyone.
    Deny,
}
