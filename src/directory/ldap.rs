//! A directory behind LDAP (RFC 4511): bind, one search with the name escaped (RFC 4515), attributes and groups.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ldap3::{LdapConnAsync, LdapConnSettings, Scope, SearchEntry, SearchOptions, ldap_escape};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use secrecy::ExposeSecret;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Entry, Lookup};
use crate::config::settings::LdapDirectory;
use crate::model::UserId;

/// More entries than that are no answer to who somebody is.
const ENTRIES_MAX: i32 = 100;

/// A server as directory; one connection is kept.
#[derive(Debug)]
pub(super) struct Ldap {
    settings: LdapDirectory,
    trust: Option<Arc<rustls::ClientConfig>>,
    timeout: Duration,
    connection: Mutex<Option<ldap3::Ldap>>,
}

impl Ldap {
    pub(super) fn new(settings: &LdapDirectory, timeout: Duration) -> Result<Self, String> {
        let trust = match &settings.ca {
            None => None,
            Some(path) => {
                let mut roots = rustls::RootCertStore::empty();
                let pem = CertificateDer::pem_file_iter(path).map_err(|e| format!("{}: {e}", path.display()))?;
                for certificate in pem {
                    let certificate = certificate.map_err(|e| format!("{}: {e}", path.display()))?;
                    roots.add(certificate).map_err(|e| format!("{}: {e}", path.display()))?;
                }
                Some(Arc::new(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()))
            }
        };
        Ok(Self { settings: settings.clone(), trust, timeout, connection: Mutex::new(None) })
    }

    async fn connect(&self) -> Result<ldap3::Ldap, String> {
        let mut options = LdapConnSettings::new().set_conn_timeout(self.timeout).set_starttls(self.settings.start_tls);
        if let Some(trust) = &self.trust {
            options = options.set_config(trust.clone());
        }
        let opened = LdapConnAsync::with_settings(options, self.settings.url.as_str()).await;
        let (connection, mut ldap) = opened.map_err(|e| e.to_string())?;
        tokio::spawn(async move {
            if let Err(error) = connection.drive().await {
                tracing::debug!(%error, "the connection to the LDAP server ended");
            }
        });
        if let Some((dn, password)) = &self.settings.bind {
            let bound = ldap.with_timeout(self.timeout).simple_bind(dn, password.expose_secret()).await;
            bound.and_then(ldap3::LdapResult::success).map_err(|e| format!("bind as {dn}: {e}"))?;
        }
        Ok(ldap)
    }

    async fn search(&self, ldap: &mut ldap3::Ldap, spelling: &str) -> Result<Vec<ldap3::ResultEntry>, ldap3::LdapError> {
        let filter = self.settings.filter.replace("{login}", &ldap_escape(spelling));
        let mut wanted: Vec<&str> = self.settings.attributes.iter().map(|(_, from)| from.as_str()).collect();
        wanted.push(&self.settings.id_attribute);
        let limit = SearchOptions::new().sizelimit(ENTRIES_MAX);
        let searched = ldap.with_timeout(self.timeout).with_search_options(limit);
        let found = searched.search(&self.settings.base, Scope::Subtree, &filter, wanted).await?;
        // 4 is sizeLimitExceeded: more than anyone can be meant by.
        if found.1.rc == 4 { Ok(found.0) } else { found.success().map(|(entries, _)| entries) }
    }
}

#[async_trait]
impl Lookup for Ldap {
    async fn find(&self, spelling: &str) -> Result<Vec<Entry>, String> {
        let kept = self.connection.lock().await.clone();
        let answered = match kept {
            Some(mut ldap) => self.search(&mut ldap, spelling).await.ok(),
            None => None,
        };
        // A connection that broke is no answer: a new one is tried once.
        let entries = match answered {
            Some(entries) => entries,
            None => {
                let mut ldap = self.connect().await?;
                let entries = self.search(&mut ldap, spelling).await.map_err(|e| e.to_string())?;
                *self.connection.lock().await = Some(ldap);
                entries
            }
        };
        let users = entries.into_iter().filter(|e| !e.is_ref() && !e.is_intermediate()).map(SearchEntry::construct);
        users.map(|user| self.entry(user)).collect()
    }
}

impl Ldap {
    fn entry(&self, user: SearchEntry) -> Result<Entry, String> {
        let values = |name: &str| user.attrs.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_slice());
        let Some([id]) = values(&self.settings.id_attribute) else {
            return Err(format!("{} has no single {}", user.dn, self.settings.id_attribute));
        };
        let attribute = |(name, from): &(String, String)| {
            let value = match values(from)? {
                _ if name == "groups" => Value::from(values(from)?.to_vec()),
                [one] => Value::from(one.clone()),
                [] => return None,
                // The first of several addresses; the order is the server's.
                [first, ..] => Value::from(first.clone()),
            };
            Some((name.clone(), value))
        };
        Ok(Entry { id: UserId::new(id), attributes: self.settings.attributes.iter().filter_map(attribute).collect() })
    }
}
