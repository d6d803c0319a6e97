//! Certificates by ACME (RFC 8555): ordered where there is none, renewed in time, kept in files; the challenge is
//! answered on the plain listener (HTTP-01) or in the TLS handshake itself (TLS-ALPN-01, RFC 8737).

use std::collections::HashMap;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use instant_acme::{
    Account, AuthorizationStatus, ChallengeHandle, ChallengeType, Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::House;
use crate::clock::Clock;
use crate::config::settings::Acme;

/// What a client of TLS-ALPN-01 offers.
pub(super) const ALPN: &[u8] = b"acme-tls/1";
/// Where HTTP-01 looks.
pub(super) const HTTP_PATH: &str = "/.well-known/acme-challenge/";

/// How often it is looked whether a certificate must be renewed.
const LOOK_EVERY: Duration = Duration::from_secs(3600);
/// After a failure; doubled up to [`LOOK_EVERY`] each time.
const AGAIN: Duration = Duration::from_secs(60);

/// The answers to challenges that are open.
#[derive(Debug, Default)]
pub struct Challenges {
    http: Mutex<HashMap<String, String>>,
    alpn: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl Challenges {
    /// The answer to HTTP-01's token.
    pub(super) fn http(&self, token: &str) -> Option<String> {
        self.http.lock().unwrap_or_else(PoisonError::into_inner).get(token).cloned()
    }

    /// The certificate that answers TLS-ALPN-01 for a name.
    pub(super) fn alpn(&self, name: &str) -> Option<Arc<CertifiedKey>> {
        self.alpn.lock().unwrap_or_else(PoisonError::into_inner).get(&name.to_ascii_lowercase()).cloned()
    }

    fn clear(&self) {
        self.http.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.alpn.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Orders and renews as long as the gate runs; nothing where gate.toml has no `tls.acme`.
pub async fn keep(house: Arc<House>) {
    let mut again = AGAIN;
    loop {
        let (settings, clock) = {
            let gate = house.gate();
            (gate.settings.server.tls.as_ref().and_then(|tls| tls.acme.clone()), gate.clock.clone())
        };
        let Some(settings) = settings else { return };
        let wait = if is_due(&settings, &clock) {
            let ordered = order(&settings, &house.challenges).await;
            house.challenges.clear();
            match ordered.and_then(|()| house.read_certificates().map_err(|e| e.to_string())) {
                Ok(()) => {
                    tracing::info!(domains = settings.domains.join(", "), "a certificate was issued");
                    again = AGAIN;
                    LOOK_EVERY
                }
                Err(why) => {
                    tracing::error!(domains = settings.domains.join(", "), why, "no certificate was issued; it is tried again");
                    let wait = again;
                    again = (again * 2).min(LOOK_EVERY);
                    wait
                }
            }
        } else {
            LOOK_EVERY
        };
        tokio::time::sleep(wait).await;
    }
}

/// Is there none, is it for other names, or has less than a third of its life been left?
fn is_due(settings: &Acme, clock: &Clock) -> bool {
    let Ok(leaf) = CertificateDer::from_pem_file(&settings.certificate().chain) else { return true };
    let Ok((_, parsed)) = x509_parser::parse_x509_certificate(&leaf) else { return true };
    let (from, until) = (parsed.validity().not_before.timestamp(), parsed.validity().not_after.timestamp());
    let covers = |name: &String| {
        let name = rustls::pki_types::ServerName::try_from(name.as_str());
        let leaf = webpki::EndEntityCert::try_from(&leaf);
        name.is_ok_and(|name| leaf.is_ok_and(|leaf| leaf.verify_is_valid_for_subject_name(&name).is_ok()))
    };
    clock.now().seconds() > until - (until - from) / 3 || !settings.domains.iter().all(covers)
}

async fn order(settings: &Acme, challenges: &Challenges) -> Result<(), String> {
    let fault = |e: instant_acme::Error| e.to_string();
    let account = account(settings).await?;
    let names: Vec<Identifier> = settings.domains.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&names)).await.map_err(fault)?;
    let kind = if settings.by_http { ChallengeType::Http01 } else { ChallengeType::TlsAlpn01 };
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization.map_err(fault)?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let mut challenge =
            authorization.challenge(kind.clone()).ok_or_else(|| format!("the authority offers no {kind:?} challenge"))?;
        answer(&challenge, &kind, challenges)?;
        challenge.set_ready().await.map_err(fault)?;
    }
    let patience = RetryPolicy::new().timeout(Duration::from_secs(120));
    match order.poll_ready(&patience).await.map_err(fault)? {
        OrderStatus::Ready | OrderStatus::Valid => {}
        status => return Err(format!("the authority could not check these names (order {status:?})")),
    }
    let key = order.finalize().await.map_err(fault)?;
    let chain = order.poll_certificate(&patience).await.map_err(fault)?;
    let files = settings.certificate();
    // The key first: a certificate without its key would not be taken.
    write(&files.key, &key)?;
    write(&files.chain, &chain)
}

fn answer(challenge: &ChallengeHandle<'_>, kind: &ChallengeType, challenges: &Challenges) -> Result<(), String> {
    let authorization = challenge.key_authorization();
    if *kind == ChallengeType::Http01 {
        let mut http = challenges.http.lock().unwrap_or_else(PoisonError::into_inner);
        http.insert(challenge.token.clone(), authorization.as_str().to_owned());
        return Ok(());
    }
    let name = challenge.identifier().to_string();
    let made = (|| {
        let mut params = CertificateParams::new(vec![name.clone()])?;
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(authorization.digest().as_ref())];
        let key = KeyPair::generate()?;
        Ok::<_, rcgen::Error>((params.self_signed(&key)?.der().clone(), key.serialize_der()))
    })();
    let (certificate, key) = made.map_err(|e| e.to_string())?;
    let key = PrivateKeyDer::try_from(key).map_err(ToOwned::to_owned)?;
    let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).map_err(|e| e.to_string())?;
    let certified = Arc::new(CertifiedKey::new(vec![certificate], key));
    challenges.alpn.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_ascii_lowercase(), certified);
    Ok(())
}

/// The account of the cache, or a new one.
async fn account(settings: &Acme) -> Result<Account, String> {
    let fault = |e: instant_acme::Error| e.to_string();
    let builder = match &settings.ca {
        Some(file) => Account::builder_with_root(file),
        None => Account::builder(),
    };
    let (builder, file) = (builder.map_err(fault)?, settings.cache.join("account.json"));
    if let Ok(text) = std::fs::read_to_string(&file) {
        let credentials = serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        return builder.from_credentials(credentials).await.map_err(fault);
    }
    let contact = settings.contact.as_ref().map(|mail| format!("mailto:{mail}"));
    let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
    let new = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
    let (account, credentials) = builder.create(&new, settings.directory.to_string(), None).await.map_err(fault)?;
    write(&file, &serde_json::to_string(&credentials).map_err(|e| e.to_string())?)?;
    Ok(account)
}

/// Whole or not at all, and for the gate's eyes only.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let fault = |e: std::io::Error| format!("{}: {e}", path.display());
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(fault)?;
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside).map_err(fault)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).and_then(|()| file.sync_all()).map_err(fault)?;
    std::fs::rename(&beside, path).map_err(fault)
}
