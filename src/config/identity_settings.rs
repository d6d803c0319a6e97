//! What gate.toml says of how an app's users are recognised, and of where they are described.

use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderName, Method};
use secrecy::SecretString;

use super::globs::Globs;

/// `[apps.identity]`: where the identity comes from, and what confirms it.
#[derive(Clone, Debug)]
pub struct Identity {
    /// How the gate learns who is logged in.
    pub source: Source,
    /// `[apps.identity.confirm]`: must agree.
    pub confirm: Option<Witness>,
    /// `username_field`; default `username`. Also used to recognise login requests anywhere.
    pub username_field: String,
    /// `password_field`; default `password`.
    pub password_field: String,
    /// `failure`: signs of a failed login; `None`: the default signs.
    pub failure: Option<LoginSigns>,
    /// `success`: signs of a login that succeeded; where given, all else is failure.
    pub success: Option<LoginSigns>,
    /// `token`: where a login's answer has the token that scripts send as `Authorization: Bearer` afterwards.
    pub token: Option<Extract>,
    /// `login_answer = "pass"`: the body of a successful script login is passed on.
    pub pass_login_answer: bool,
    /// `dangerously_follow_rotation`
    pub follow_rotation: bool,
}

impl Identity {
    /// The source that can be asked who some credentials are: the source itself, or the one that confirms.
    pub fn witness(&self) -> Option<&Witness> {
        match &self.source {
            Source::Witness(witness) => Some(witness),
            Source::LoginForm | Source::RequestHeader(_) => self.confirm.as_ref(),
        }
    }

    /// The header of the app's answers that names the user; the client doesn't see it.
    pub fn answer_header(&self) -> Option<&HeaderName> {
        match &self.witness()?.asks {
            Asks::Header { header, .. } => Some(header),
            _ => None,
        }
    }

    /// The header in which a trusted proxy names the user.
    pub fn request_header(&self) -> Option<&HeaderName> {
        match &self.source {
            Source::RequestHeader(header) => Some(header),
            _ => None,
        }
    }

    /// Do all browsers of a user show the same credential? Then a logout ends one browser's verification only.
    pub fn is_shared(&self) -> bool {
        self.request_header().is_some() || self.asks_password()
    }

    /// Is a user's name what somebody typed, which an app may read as another spelling's (`alice `)?
    pub fn names_are_typed(&self) -> bool {
        match self.witness() {
            Some(witness) => matches!(witness.asks, Asks::Basic { .. }),
            None => self.request_header().is_none(),
        }
    }

    /// Is there more than the look of a page that tells a login that worked: a source that can be asked, a token, or a cookie
    /// that `success` names?
    pub fn tells_logins(&self) -> bool {
        self.witness().is_some() || self.token.is_some() || self.success_names_cookie()
    }

    /// Does `success` name a cookie?
    pub fn success_names_cookie(&self) -> bool {
        self.success.as_ref().is_some_and(|signs| signs.cookie.is_some())
    }

    /// Is it `basic`?
    pub fn asks_password(&self) -> bool {
        matches!(&self.source, Source::Witness(witness) if matches!(witness.asks, Asks::Basic { .. }))
    }
}

/// `identity.source`
#[derive(Clone, Debug)]
pub enum Source {
    /// `login_form`: the submitted form.
    LoginForm,
    /// `request_header`: what a trusted proxy in front says.
    RequestHeader(HeaderName),
    /// Every other: it can be asked about credentials.
    Witness(Box<Witness>),
}

/// A source that can be asked who some credentials are.
#[derive(Clone, Debug)]
pub struct Witness {
    /// How.
    pub asks: Asks,
    /// `refresh`: how long its word counts; default 30 s.
    pub refresh: Duration,
    /// `timeout`; default 5 s.
    pub timeout: Duration,
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum Asks {
    /// `probe`: a page of the app that names the user.
    Probe(Probe),
    /// `response_header`: the header that the app puts on its answers; `path` (default `/`) is asked for it.
    Header {
        /// `path`
        path: String,
        /// `header`
        header: HeaderName,
    },
    /// `basic`: the app takes the user's name and password with every request; `path` refuses strangers.
    Basic {
        /// `path`
        path: String,
        /// `method`: GET, or PROPFIND for apps that speak WebDAV.
        method: Method,
    },
    /// `jwt`: a signed token, checked here.
    Jwt(Jwt),
    /// `sql`: the app's own session table.
    Sql(SqlSessions),
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
    /// `anonymous`: an exact value of `user`, or the path of a redirect, that means nobody.
    pub anonymous: Option<String>,
    /// `only_user`: the app has one password and no user names; whomever `user` finds is this one.
    pub only_user: Option<String>,
}

/// `source = "jwt"` (RFC 7519)
#[derive(Clone, Debug)]
pub struct Jwt {
    /// `algorithm`: one, or a list of one family.
    pub algorithms: Vec<String>,
    /// `key` or `jwks_url`
    pub key: JwtKey,
    /// `cookie`; `None`: `Authorization: Bearer`.
    pub cookie: Option<String>,
    /// `user_claim`; default `sub`.
    pub user_claim: String,
    /// `attributes`: name and claim.
    pub attributes: Vec<(String, String)>,
    /// `issuer`
    pub issuer: Option<String>,
    /// `audience`
    pub audience: Option<String>,
}

/// What a token's signature is checked with.
#[derive(Clone, Debug)]
pub enum JwtKey {
    /// `key`: the shared secret (HS…) or the public key as PEM.
    Given(SecretString),
    /// `jwks_url`
    Url(url::Url),
}

/// `source = "sql"`
#[derive(Clone, Debug)]
pub struct SqlSessions {
    /// `url` and `query` with `:session`.
    pub question: Question,
    /// `cookie`: whose value is asked about.
    pub cookie: String,
    /// `hash = "sha256"`: the table has the value's hash, in hexadecimal.
    pub hashed: bool,
}

/// A query to a database of the app's.
#[derive(Clone, Debug)]
pub struct Question {
    /// `url`
    pub url: SecretString,
    /// The same without a password.
    pub place: String,
    /// The query with the driver's own parameters.
    pub sql: String,
    /// How often the value is bound.
    pub parameters: usize,
}

/// How a value is taken out of an answer of the app.
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
    /// `cookie`: a cookie of such a name is set (not deleted).
    pub cookie: Option<Globs>,
    /// `css`: the page has such an element.
    pub css: Option<String>,
    /// `text`: this stands in the answer's body.
    pub text: Option<String>,
}

/// `[apps.directory]`
#[derive(Clone, Debug)]
pub struct Directory {
    /// `source`
    pub source: DirectorySource,
    /// `cache`: how long an answer counts; default 5 min.
    pub cache: Duration,
    /// `timeout`; default 5 s.
    pub timeout: Duration,
    /// `exact`: the app tells users apart whose names differ in case only.
    pub exact: bool,
}

/// `directory.source`
#[derive(Clone, Debug)]
pub enum DirectorySource {
    /// `file`: `[users.NAME]` tables with attributes. The id is the table's name; `email` and every entry of `aliases` find it too, case and outer space ignored.
    File(PathBuf),
    /// `sql`
    Sql(Question),
    /// `ldap`
    Ldap(LdapDirectory),
    /// `http`
    Http(HttpDirectory),
}

/// `source = "ldap"`
#[derive(Clone, Debug)]
pub struct LdapDirectory {
    /// `url`: `ldap://` or `ldaps://`
    pub url: url::Url,
    /// `start_tls`
    pub start_tls: bool,
    /// `ca`: a PEM file to trust instead of the system's.
    pub ca: Option<PathBuf>,
    /// `bind_dn` and `bind_password`
    pub bind: Option<(String, SecretString)>,
    /// `base`
    pub base: String,
    /// `filter`, with `{login}`
    pub filter: String,
    /// `id_attribute`; default `uid`.
    pub id_attribute: String,
    /// `attributes`: name here, name there. `groups` is a list.
    pub attributes: Vec<(String, String)>,
}

/// `source = "http"`
#[derive(Clone, Debug)]
pub struct HttpDirectory {
    /// `url`, with `{login}`
    pub url: String,
    /// `headers`
    pub headers: Vec<(HeaderName, SecretString)>,
    /// `id`: a JSON pointer; default `/id`.
    pub id: String,
    /// `attributes`: name and JSON pointer; none: every field of the answer.
    pub attributes: Vec<(String, String)>,
}
