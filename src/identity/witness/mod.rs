//! Sources that can be asked who some credentials are: the app itself, its session table, a token's signature.

mod basic;
mod jwt;
mod probe;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use serde_json::Value;

use crate::canonical::cookies::CookieClass;
use crate::config::settings::{App, Asks, SqlSessions, Witness as Settings};
use crate::directory::sqldb::Database;
use crate::model::{Affinity, Attributes};
use crate::upstream::Servers;

/// What the app said.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It is this user, by the app's own id, with these attributes.
    User(String, Attributes),
    /// Nobody.
    Nobody,
    /// It can't be told from the answer; the reason is for the log.
    Undecided(String),
}

/// How the client is described to the app: some bind their sessions to its address or browser.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// Its address.
    pub ip: IpAddr,
    /// The Host header of its request.
    pub host: Option<HeaderValue>,
    /// Its browser.
    pub agent: Option<HeaderValue>,
    /// Its languages.
    pub language: Option<HeaderValue>,
}

impl Likeness {
    /// For apps that nobody asks.
    pub fn bare(ip: IpAddr) -> Self {
        Self { ip, host: None, agent: None, language: None }
    }

    /// Of a request's headers.
    pub fn of(headers: &HeaderMap, ip: IpAddr) -> Self {
        let get = |name| headers.get(name).cloned();
        Self { ip, host: get(header::HOST), agent: get(header::USER_AGENT), language: get(header::ACCEPT_LANGUAGE) }
    }
}

/// The credentials that are asked about, and whose they are.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Cookies, name and value.
    pub cookies: Vec<(String, String)>,
    /// Authorization and what `session_headers` names.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The client.
    pub like: Likeness,
    /// Which of the app's servers has the session.
    pub affinity: Affinity,
    /// `https` or `http`, as the client sees it.
    pub scheme: &'static str,
}

/// A source that can be asked, with what it needs for that.
#[derive(Debug)]
pub struct Witness {
    settings: Settings,
    servers: Arc<Servers>,
    jwt: Option<jwt::Checker>,
    database: Option<Database>,
    basic: basic::Guard,
}

impl Witness {
    /// Prepares a source; nothing is asked yet.
    pub fn new(settings: &Settings, servers: &Arc<Servers>) -> Result<Self, String> {
        let jwt = match &settings.asks {
            Asks::Jwt(jwt) => Some(jwt::Checker::new(jwt, settings.timeout)?),
            _ => None,
        };
        let database = match &settings.asks {
            Asks::Sql(sql) => Some(Database::new(&sql.question, settings.timeout)),
            _ => None,
        };
        Ok(Self { settings: settings.clone(), servers: servers.clone(), jwt, database, basic: basic::Guard::default() })
    }

    /// How long its word counts.
    pub fn refresh(&self) -> Duration {
        self.settings.refresh
    }

    /// What is asked, for logs.
    pub fn place(&self) -> &str {
        match &self.settings.asks {
            Asks::Probe(probe) => &probe.path,
            Asks::Header { path, .. } | Asks::Basic { path, .. } => path,
            Asks::Jwt(_) => "the token",
            Asks::Sql(sql) => &sql.question.place,
        }
    }

    /// Is its word about this cookie? Of those that it doesn't look at it can say nothing.
    pub fn judges_cookie(&self, name: &str, class: CookieClass) -> bool {
        match &self.settings.asks {
            Asks::Probe(_) | Asks::Header { .. } => class == CookieClass::Session,
            Asks::Jwt(_) | Asks::Sql(_) => self.settings.cookie() == Some(name),
            Asks::Basic { .. } => false,
        }
    }

    /// Is its word about this header?
    pub fn judges_header(&self, name: &HeaderName) -> bool {
        match &self.settings.asks {
            Asks::Probe(_) | Asks::Header { .. } => true,
            Asks::Jwt(jwt) => jwt.cookie.is_none() && name == header::AUTHORIZATION,
            Asks::Basic { .. } => name == header::AUTHORIZATION,
            Asks::Sql(_) => false,
        }
    }

    /// Is its "nobody" about everything that is sent along? A token's signature or one cookie's row says nothing of the rest.
    pub fn judges_all(&self) -> bool {
        matches!(self.settings.asks, Asks::Probe(_) | Asks::Header { .. })
    }

    /// Asks.
    pub async fn ask(&self, app: &App, ask: Ask) -> Answer {
        let asked = tokio::time::timeout(self.settings.timeout, self.put(app, &ask));
        asked.await.unwrap_or_else(|_| Answer::Undecided(format!("no answer within {:?}", self.settings.timeout)))
    }

    async fn put(&self, app: &App, ask: &Ask) -> Answer {
        let patience = self.settings.timeout;
        match &self.settings.asks {
            Asks::Probe(probe) => match probe::get(&self.servers, (&Method::GET, &probe.path), ask, patience).await {
                Ok(told) => probe::page(app, probe, &told),
                Err(why) => Answer::Undecided(why),
            },
            Asks::Header { path, header } => match probe::get(&self.servers, (&Method::GET, path), ask, patience).await {
                Ok(told) => named_by(header, &told),
                Err(why) => Answer::Undecided(why),
            },
            Asks::Basic { path, method } => self.basic.ask(&self.servers, (method, path), ask, patience).await,
            Asks::Jwt(jwt) => match &self.jwt {
                Some(checker) => checker.check(jwt::token(jwt, ask)).await,
                None => Answer::Nobody,
            },
            Asks::Sql(sql) => match &self.database {
                Some(database) => in_table(sql, database, ask).await,
                None => Answer::Nobody,
            },
        }
    }
}

/// `response_header`: an answer without the header is a stranger's, unless the app is in trouble.
fn named_by(name: &HeaderName, told: &probe::Told) -> Answer {
    let mut values = told.headers.get_all(name).iter();
    match (values.next().map(HeaderValue::to_str), values.next()) {
        (Some(Ok(text)), None) if !text.trim().is_empty() => Answer::User(text.trim().to_owned(), Attributes::default()),
        (None | Some(Ok(_)), None) if !told.status.is_server_error() => Answer::Nobody,
        _ => Answer::Undecided(format!("it answered {} and no single {name}", told.status)),
    }
}

/// `sql`: the row of the cookie's value.
async fn in_table(sql: &SqlSessions, database: &Database, ask: &Ask) -> Answer {
    let Some((_, value)) = ask.cookies.iter().find(|(name, _)| *name == sql.cookie) else { return Answer::Nobody };
    let hash = || data_encoding::HEXLOWER.encode(digest(&SHA256, value.as_bytes()).as_ref());
    let asked = if sql.hashed { hash() } else { value.clone() };
    match database.rows(&asked).await {
        Err(why) => Answer::Undecided(why),
        Ok(rows) if rows.len() > 1 => Answer::Undecided("the query finds two sessions for one value".into()),
        Ok(mut rows) => {
            let Some(row) = rows.pop() else { return Answer::Nobody };
            let Some((_, id)) = row.iter().find(|(name, _)| name == "id") else {
                return Answer::Undecided("the query gives no `id`; write `… as id`".into());
            };
            let id = match id {
                Value::Null => return Answer::Nobody,
                Value::String(text) if text.is_empty() => return Answer::Nobody,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let attributes = row.iter().filter(|(name, value)| name != "id" && !value.is_null()).cloned().collect();
            Answer::User(id, attributes)
        }
    }
}

/// The path of a Location, whether it is relative or absolute.
pub fn local_path(location: &str) -> Option<String> {
    let base = url::Url::parse("http://app.invalid/").ok()?;
    Some(base.join(location).ok()?.path().to_owned())
}
