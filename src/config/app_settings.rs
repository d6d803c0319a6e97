//! What gate.toml says of one app: where it is, how it is recognised, its rules.

use std::sync::Arc;

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
    /// `upstream`: `http://HOST:PORT`, nothing else yet.
    pub upstream: Upstream,
    /// Globs over cookie names.
    pub session_cookies: Globs,
    /// Globs over cookie names.
    pub harmless_cookies: Globs,
    /// Headers that carry a session, beside Authorization.
    pub session_headers: Vec<http::HeaderName>,
    /// Names of address parameters that may carry a session id.
    pub session_params: Vec<String>,
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

/// Where the app is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Upstream {
    /// Host name or address, without brackets.
    pub host: Arc<str>,
    /// Port; default 80.
    pub port: u16,
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
