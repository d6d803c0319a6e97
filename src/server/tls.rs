//! TLS: certificates by the name that a client asks for, and the handshake.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{ClientHello, ProducesTickets, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::AsyncWriteExt;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::acme::{self, Challenges};
use super::stream::Stream;
use crate::config::settings::{Acme, Certificate, Tls};

/// Reads certificates and keys, and makes a configuration of them. Errors name the file.
pub(super) fn config(
    settings: &Tls,
    tickets: Option<Arc<dyn ProducesTickets>>,
    challenges: &Arc<Challenges>,
) -> Result<ServerConfig, String> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let versions: &[&rustls::SupportedProtocolVersion] =
        if settings.only_13 { &[&rustls::version::TLS13] } else { &[&rustls::version::TLS13, &rustls::version::TLS12] };
    let builder = ServerConfig::builder_with_provider(provider).with_protocol_versions(versions).map_err(|e| e.to_string())?;
    let builder = match &settings.client_ca {
        None => builder.with_no_client_auth(),
        Some(file) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(file)? {
                roots.add(certificate).map_err(|e| format!("{}: {e}", file.display()))?;
            }
            let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build();
            builder.with_client_cert_verifier(verifier.map_err(|e| format!("{}: {e}", file.display()))?)
        }
    };
    let mut all = settings.certificates.iter().map(certified).collect::<Result<Vec<_>, String>>()?;
    // The one that ACME ordered, once it is there.
    let ordered = settings.acme.as_ref().map(Acme::certificate).filter(|files| files.chain.exists());
    all.extend(ordered.as_ref().map(certified).transpose()?);
    let challenges = settings.acme.as_ref().map(|_| challenges.clone());
    let mut protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    protocols.extend(challenges.as_ref().map(|_| acme::ALPN.to_vec()));
    let mut config = builder.with_cert_resolver(Arc::new(ByName { all, challenges }));
    config.alpn_protocols = protocols;
    // Among those that both know, the gate's first choice is taken.
    config.ignore_client_order = true;
    // Two are asked for after each handshake; one is enough for the next visit, and halves the cost.
    config.send_tls13_tickets = 1;
    if let Some(tickets) = tickets {
        config.ticketer = tickets;
    }
    Ok(config)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let all = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match all {
        Ok(all) if all.is_empty() => Err(format!("{}: there is no certificate in it", file.display())),
        Ok(all) => Ok(all),
        Err(e) => Err(format!("{}: {e}", file.display())),
    }
}

fn certified(files: &Certificate) -> Result<Arc<CertifiedKey>, String> {
    let chain = certificates(&files.chain)?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|e| format!("{}: {e}", files.key.display()))?;
    let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).map_err(|e| format!("{}: {e}", files.key.display()))?;
    let certified = CertifiedKey::new(chain, key);
    certified.keys_match().map_err(|_| format!("{} is not the key of {}", files.key.display(), files.chain.display()))?;
    Ok(Arc::new(certified))
}

/// The first certificate that is valid for the name that was asked for; else the first.
#[derive(Debug)]
struct ByName {
    all: Vec<Arc<CertifiedKey>>,
    /// Where ACME asks in the handshake.
    challenges: Option<Arc<Challenges>>,
}

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if let Some(challenges) = &self.challenges
            && hello.alpn().is_some_and(|mut offered| offered.any(|protocol| protocol == acme::ALPN))
        {
            return challenges.alpn(hello.server_name()?);
        }
        if let [only] = &*self.all {
            return Some(only.clone());
        }
        let asked = hello.server_name().and_then(|name| ServerName::try_from(name).ok());
        let fits = |certified: &&Arc<CertifiedKey>| {
            let (Some(name), Some(leaf)) = (&asked, certified.cert.first()) else { return false };
            webpki::EndEntityCert::try_from(leaf).is_ok_and(|leaf| leaf.verify_is_valid_for_subject_name(name).is_ok())
        };
        self.all.iter().find(fits).or(self.all.first()).cloned()
    }
}

/// The handshake, to its last byte: a ticket that waited for the first answer would make some clients wait as well.
pub(super) async fn accept(stream: Stream, config: Arc<ServerConfig>) -> std::io::Result<TlsStream<Stream>> {
    let mut stream = TlsAcceptor::from(config).accept(stream).await?;
    stream.flush().await?;
    Ok(stream)
}
