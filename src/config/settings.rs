//! The configuration as it is used: typed and complete. Nothing here is checked again later.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::SecretString;

pub use super::globs::Globs;
use crate::model::{AppName, MethodName, Realm};

/// Everything that gate.toml says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `[server]`
    pub server: Server,
    /// `[store] url`, the file of `sqlite:PATH`, made absolute.
    pub store: PathBuf,
    /// `[secrets] key_file`, made absolute.
    pub key_file: PathBuf,
    /// `[smtp]`; there whenever an e-mail method is.
    pub smtp: Option<Smtp>,
    /// `[brand]`
    pub brand: Brand,
    /// `[[apps]]`, at least one.
    pub apps: Vec<App>,
    /// `[enrolment]`
    pub enrolment: Enrolment,
    /// `[session]`
    pub session: Session,
    /// `[limits]`
    pub limits: Limits,
    /// `[backup_codes]`
    pub backup_codes: BackupCodes,
    /// `[methods.NAME]` in the order of the file.
    pub methods: Vec<MethodSettings>,
}

impl Settings {
    /// The settings of a method.
    pub fn method(&self, name: &MethodName) -> Option<&MethodSettings> {
        self.methods.iter().find(|m| &m.name == name)
    }
}

/// `[server]`
#[derive(Clone, Debug)]
pub struct Server {
    /// Where to listen (TCP). Default `127.0.0.1:8080`.
    pub listen: Vec<SocketAddr>,
    /// Origin for links and cookies, without a trailing slash: `https://wiki.example.com`.
    pub public_url: url::Url,
    /// Path of the gate's own pages, no trailing slash. Default `/.mfa`.
    pub prefix: String,
    /// `/healthz`, `/readyz`.
    pub admin_listen: Option<SocketAddr>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Threads, each with its own runtime. Default: one per core. (`server.threads`)
    pub threads: usize,
    /// Time for a request's head. Default 10 s. (`server.header_timeout`)
    pub header_timeout: Duration,
    /// Time until the app's first byte. Default 60 s. (`server.upstream_timeout`)
    pub upstream_timeout: Duration,
    /// Most requests in flight per thread; more get 503. Default 10,000. (`server.max_in_flight`)
    pub max_in_flight: usize,
}

impl Server {
    /// Are gate cookies `Secure` with the `__Host-` prefix?
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// How the mail relay is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// Plain text.
    None,
    /// Plain, then STARTTLS; no mail without it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// `[smtp]`
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Relay.
    pub host: String,
    /// Port; default 25, 587 with starttls, 465 with tls.
    pub port: u16,
    /// `tls`
    pub tls: SmtpTls,
    /// `ca_file`: a PEM file of an own certificate authority.
    pub ca_file: Option<PathBuf>,
    /// `username` and `password`, both or none; refused with tls = "none" unless the host is loopback.
    pub credentials: Option<(String, SecretString)>,
    /// `from`, a mailbox such as `Wiki <no-reply@example.com>` (checked to parse as a lettre Mailbox).
    pub from: String,
    /// `timeout`; default 10 s.
    pub timeout: Duration,
}

/// `[brand]`
#[derive(Clone, Debug)]
pub struct Brand {
    /// Page title and issuer. Default: the host of public_url. No `:` in it.
    pub name: String,
    /// `support`: e-mail address or URL of the helpdesk, shown on every page where set.
    pub support: Option<String>,
}

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

/// `[enrolment]`. `policy` is "required" ("optional", "grace:…" and "invite" are not supported yet).
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// `confirm_with`: names of configured methods.
    pub confirm_with: Vec<MethodName>,
    /// `first_enrolment = "open"`; default "guarded".
    pub first_open: bool,
    /// `enrol_networks`: from here a first enrolment is allowed even if guarded.
    pub networks: Vec<IpNet>,
}

/// `[session]`
#[derive(Clone, Debug)]
pub struct Session {
    /// `lifetime`; default 12 h.
    pub lifetime: Duration,
    /// `idle`; default 1 h.
    pub idle: Duration,
    /// `remember_device`; default 0 (off).
    pub remember_device: Duration,
}

/// `[limits]`
#[derive(Clone, Debug)]
pub struct Limits {
    /// `attempts = { max, within, lock }`; default 5, 15m, 15m.
    pub attempts: Attempts,
    /// `sends = { max, within, resend_after }`; default 5, 1h, 30s.
    pub sends: Sends,
}

/// `limits.attempts`
#[derive(Clone, Copy, Debug)]
pub struct Attempts {
    /// Wrong codes allowed.
    pub max: u32,
    /// In this time.
    pub within: Duration,
    /// Then locked so long.
    pub lock: Duration,
}

/// `limits.sends`
#[derive(Clone, Copy, Debug)]
pub struct Sends {
    /// Messages allowed.
    pub max: u32,
    /// In this time.
    pub within: Duration,
    /// Wait between two of one gate session.
    pub resend_after: Duration,
}

/// `[backup_codes]`
#[derive(Clone, Copy, Debug)]
pub struct BackupCodes {
    /// `quantity`; default 8; 0 turns them off.
    pub quantity: u32,
    /// `length`; default 12, 10 to 64.
    pub length: usize,
}

/// `[methods.NAME]`
#[derive(Clone, Debug)]
pub struct MethodSettings {
    /// The table's name; never `backup` or `trust`.
    pub name: MethodName,
    /// `verbose_name`; default: the name.
    pub verbose_name: String,
    /// The kind and its keys.
    pub handler: Handler,
}

/// `handler`: a closed list, so that a new kind doesn't compile until every place knows it.
#[derive(Clone, Debug)]
pub enum Handler {
    /// A code by message; what carries it is a dispatcher from the registry.
    Message(MessageSettings),
    /// `app`: an authenticator app (TOTP).
    App(AppSettings),
}

/// Keys common to all codes by message.
#[derive(Clone, Debug)]
pub struct MessageSettings {
    /// The handler's name as written: `email`, or one that was registered.
    pub dispatcher: String,
    /// `validity_period`; default 10 m.
    pub validity: Duration,
    /// `source_field`: dotted path of the attribute with the address. Default `email`.
    pub source_field: String,
    /// `enrol = "directory"` (default, true) or "self" (false).
    pub enrol_directory: bool,
    /// `code_length`; default 6, 6 to 12.
    pub code_length: usize,
    /// All other keys of the table, for the dispatcher's factory (`email_subject`, …), checked by it at start.
    pub options: BTreeMap<String, toml::Value>,
    /// Directory of gate.toml, for relative paths in `options`.
    pub base_dir: PathBuf,
}

/// Keys of `handler = "app"`.
#[derive(Clone, Copy, Debug)]
pub struct AppSettings {
    /// `validity_period`: the TOTP period in seconds; default 30.
    pub period: u64,
}
