//! Who is who: every spelling that people log in with is one user, with what is known of them.
//!
//! A source is asked at most once for a name within `cache`, whatever it answered. One that fails is an error,
//! never "not known": its request is not passed on.

mod file;
mod http;
mod ldap;
mod sql;
pub mod sqldb;

pub use http::body_of;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use moka::Expiry;
use moka::future::Cache;

use crate::config::settings::{Directory as Settings, DirectorySource};
use crate::model::{Attributes, Realm, User, UserId};

/// So many names are remembered.
const REMEMBERED: u64 = 10_000;
/// A name that wasn't found may have been added meanwhile.
const NOT_FOUND: Duration = Duration::from_secs(10);
/// Longer names are nobody's.
const NAME_MAX: usize = 320;

/// A directory can't be used.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the directory {place} can't be used: {why}")]
pub struct DirectoryError {
    /// Which: a file's name, a server's address; no password in it.
    pub place: String,
    /// The reason.
    pub why: String,
}

/// One user as a directory describes them.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The user's id.
    pub id: UserId,
    /// Everything else.
    pub attributes: Attributes,
}

/// Where a directory's answers come from.
#[async_trait]
trait Lookup: fmt::Debug + Send + Sync {
    /// The users of this spelling; mostly one, or none.
    async fn find(&self, spelling: &str) -> Result<Vec<Entry>, String>;
}

/// A directory, with what it said lately.
#[derive(Clone, Debug)]
pub struct Directory {
    place: String,
    source: Arc<dyn Lookup>,
    timeout: Duration,
    known: Option<Cache<String, Vec<Entry>>>,
    exact: bool,
}

impl Directory {
    /// Opens the directory of an app. Only a file is read now; servers are asked when somebody logs in.
    pub fn open(settings: &Settings) -> Result<Self, DirectoryError> {
        let (place, source): (String, Result<Arc<dyn Lookup>, String>) = match &settings.source {
            DirectorySource::File(path) => {
                (path.display().to_string(), file::File::read(path).map(|f| Arc::new(f) as Arc<dyn Lookup>))
            }
            DirectorySource::Sql(sql) => (sql.place.clone(), Ok(Arc::new(sql::Sql::new(sql, settings.timeout)))),
            DirectorySource::Ldap(ldap) => {
                (ldap.url.to_string(), ldap::Ldap::new(ldap, settings.timeout).map(|l| Arc::new(l) as Arc<dyn Lookup>))
            }
            DirectorySource::Http(http) => {
                (without_userinfo(&http.url), http::Http::new(http, settings.timeout).map(|h| Arc::new(h) as Arc<dyn Lookup>))
            }
        };
        let source = source.map_err(|why| DirectoryError { place: place.clone(), why })?;
        let is_file = matches!(settings.source, DirectorySource::File(_));
        let cache = || Cache::builder().max_capacity(REMEMBERED).expire_after(Lifetime { found: settings.cache }).build();
        Ok(Self { place, source, timeout: settings.timeout, known: (!is_file).then(cache), exact: settings.exact })
    }

    /// The user of this spelling; `None`: not known here, and so denied.
    ///
    /// Of several users for one name, which differ in case only, the one of exactly this id is meant where the app itself
    /// said it (`is_id`), or the administrator says that the app tells them apart. Else it could be any of them.
    pub async fn find(&self, realm: &Realm, typed: &str, is_id: bool) -> Result<Option<User>, DirectoryError> {
        let spelling = fold(typed);
        // A dot alone would be a step in an address, not a name.
        if spelling.is_empty()
            || spelling.bytes().all(|b| b == b'.')
            || spelling.len() > NAME_MAX
            || spelling.chars().any(char::is_control)
        {
            return Ok(None);
        }
        let mut entries = match &self.known {
            // Several who wait for the same name ask once.
            Some(known) => known.try_get_with(spelling.clone(), self.ask(&spelling)).await.map_err(|e| (*e).clone())?,
            None => self.ask(&spelling).await?,
        };
        if entries.len() > 1 {
            let differ_in_case = entries.iter().all(|e| fold(e.id.as_str()) == spelling);
            let count = entries.len();
            entries.retain(|e| differ_in_case && (is_id || self.exact) && e.id.as_str() == typed.trim());
            if entries.len() != 1 {
                tracing::warn!(place = %self.place, count, "several users have the name that somebody signs in with; nobody is meant");
                return Ok(None);
            }
        }
        Ok(entries.pop().map(|entry| User { realm: realm.clone(), id: entry.id, attributes: entry.attributes }))
    }

    async fn ask(&self, spelling: &str) -> Result<Vec<Entry>, DirectoryError> {
        let fault = |why: String| DirectoryError { place: self.place.clone(), why };
        match tokio::time::timeout(self.timeout, self.source.find(spelling)).await {
            Ok(found) => found.map_err(fault),
            Err(_) => Err(fault(format!("no answer within {:?}", self.timeout))),
        }
    }

    /// Asks for a name that nobody has: `Ok` if the directory answers.
    pub async fn try_it(&self) -> Result<String, String> {
        match self.ask("mfa-gate-check").await {
            Ok(_) => Ok(format!("{} answers", self.place)),
            Err(e) => Err(e.to_string()),
        }
    }
}

/// An address as logs may show it.
fn without_userinfo(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            format!("{scheme}://{}{path}", host.rsplit('@').next().unwrap_or(host))
        }
        None => url.to_owned(),
    }
}

/// How long an answer counts.
struct Lifetime {
    found: Duration,
}

impl Expiry<String, Vec<Entry>> for Lifetime {
    fn expire_after_create(&self, _: &String, entries: &Vec<Entry>, _: Instant) -> Option<Duration> {
        Some(if !entries.is_empty() { self.found } else { self.found.min(NOT_FOUND) })
    }
}

/// Case and outer space don't make another user.
pub fn fold(spelling: &str) -> String {
    spelling.trim().to_lowercase()
}
