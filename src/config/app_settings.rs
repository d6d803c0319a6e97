//! What gate.toml says of one app: where it is, how it is recognised, its rules.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;

use super::globs::Globs;
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
    /// Header names (lower case) that carry a session, beside Authorization.
    pub session_headers: Vec<String>,
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

/// `[apps.identity]`: where the identity comes from, and what confirms it.
#[derive(Clone, Debug)]
pub struct Identity {
    /// How the gate learns who logs in.
    pub source: Source,
    /// `[apps.identity.confirm]`: must agree. Only a probe as yet.
    pub confirm: Option<Probe>,
    /// `username_field`; default `username`. Also used to recognise login requests anywhere.
    pub username_field: String,
    /// `password_field`; default `password`.
    pub password_field: String,
    /// `failure`: signs of a failed login; `None`: the default signs.
    pub failure: Option<LoginSigns>,
    /// `success`: signs of a login that succeeded; where given, all else is failure.
    pub success: Option<LoginSigns>,
    /// `login_answer = "pass"`: the body of a successful script login is passed on.
    pub pass_login_answer: bool,
    /// `dangerously_follow_rotation`
    pub follow_rotation: bool,
}

impl Identity {
    /// The source that can ask the app who a session is: the probe, or the confirming probe.
    pub fn probe(&self) -> Option<&Probe> {
        match &self.source {
            Source::Probe(probe) => Some(probe),
            Source::LoginForm => self.confirm.as_ref(),
        }
    }
}

/// `identity.source`
#[derive(Clone, Debug)]
pub enum Source {
    /// The submitted login form.
    LoginForm,
    /// A request to the app with the session's credentials.
    Probe(Probe),
}

/// `source = "probe"`
#[derive(Clone, Debug)]
pub struct Probe {
    /// `path`: path and query on the app, asked with GET.
    pub path: String,
    /// `user`
    pub user: Extract,
    /// `attributes`
    pub attributes: Vec<(String, Extract)>,
    /// `anonymous`: an exact value of `user` that means nobody.
    pub anonymous: Option<String>,
    /// `refresh`; default 30 s.
    pub refresh: Duration,
    /// `timeout`; default 5 s.
    pub timeout: Duration,
}

/// How a value is taken out of a probe's answer.
#[derive(Clone, Debug)]
pub enum Extract {
    /// `json:/pointer` (RFC 6901)
    Json(String),
    /// `css:SELECTOR` (text) or `css:SELECTOR@ATTRIBUTE`
    Css {
        /// The selector.
        selector: String,
        /// The attribute; `None`: the text.
        attribute: Option<String>,
    },
    /// `header:NAME`
    Header(String),
    /// `regex:…(…)…`: the first group
    Regex(regex::Regex),
}

/// `identity.failure` / `identity.success`: every sign that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct LoginSigns {
    /// `status`: one of these.
    pub status: Vec<u16>,
    /// `location`: a glob over the redirect's path.
    pub location: Option<Globs>,
    /// `cookie`: a cookie of this name is set (not deleted).
    pub cookie: Option<String>,
    /// `css`: the page has such an element.
    pub css: Option<String>,
}

/// `[apps.directory]`; `sql`, `ldap` and `http` are not supported yet.
#[derive(Clone, Debug)]
pub enum Directory {
    /// `source = "file"`: `[users.NAME]` tables with attributes. The id is the table's name; `email` and every entry of `aliases` find it too, case and outer space ignored.
    File(PathBuf),
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
