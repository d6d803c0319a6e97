//! A new connection to a server of the app: TCP or a Unix socket, TLS, HTTP/1.1 or HTTP/2.

use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderValue, Request, Uri, Version, header};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;

use super::alone::Alone;
use super::body::Body;
use super::brief::Brief;
use super::direct::{Direct, HEAD_MAX, Io};
use super::pool::Http1;
use super::servers::Server;
use crate::config::settings::{Place, Speaks, UpstreamTls};

/// An app on the same network answers a SYN in milliseconds; more than this is down.
const CONNECT_TIME: Duration = Duration::from_secs(5);
/// What an HTTP/2 server may send of one answer before somebody reads it.
const WINDOW: u32 = 256 * 1024;
/// And of all answers on a connection: without a limit of its own (RFC 9113, 6.9.1), or a few clients that read nothing
/// would stop the answers to everybody else.
const WINDOW_OF_ALL: u32 = (1 << 31) - 1;

/// A connection that is ready.
pub(super) enum Line {
    Http1(Http1),
    Http2(http2::SendRequest<Body>),
}

/// How a server is spoken to by TLS.
#[derive(Debug)]
pub(super) struct TlsTo {
    either: Arc<ClientConfig>,
    /// For upgrades, which go by HTTP/1.1.
    http1: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl TlsTo {
    pub(super) fn new(settings: &UpstreamTls, host: &str) -> Result<Self, String> {
        let name = settings.name.as_deref().unwrap_or(host);
        let name = ServerName::try_from(name.to_owned()).map_err(|_| format!("upstream_tls.name: {name:?} is no host's name"))?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?;
        let builder = match (settings.fingerprint, &settings.ca) {
            (Some(fingerprint), _) => {
                builder.dangerous().with_custom_certificate_verifier(Arc::new(Pinned { fingerprint, provider }))
            }
            (None, Some(file)) => {
                let mut roots = RootCertStore::empty();
                let certificates = CertificateDer::pem_file_iter(file).map_err(|e| format!("{}: {e}", file.display()))?;
                for certificate in certificates {
                    let certificate = certificate.map_err(|e| format!("{}: {e}", file.display()))?;
                    roots.add(certificate).map_err(|e| format!("{}: {e}", file.display()))?;
                }
                if roots.is_empty() {
                    return Err(format!("{}: there is no certificate in it", file.display()));
                }
                builder.with_root_certificates(roots)
            }
            (None, None) => builder.with_platform_verifier().map_err(|e| e.to_string())?,
        };
        let mut config = builder.with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let http1 = Arc::new(config.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { either: Arc::new(config), http1, name })
    }
}

/// A certificate that is known by its fingerprint.
#[derive(Debug)]
struct Pinned {
    fingerprint: [u8; 32],
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _chain: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if digest(&SHA256, certificate).as_ref() == self.fingerprint {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A request that is at hand whole.
    Whole,
    /// One whose body streams.
    Streaming,
    /// An upgrade, which goes by HTTP/1.1.
    Upgrade,
}

/// Connects within [`CONNECT_TIME`].
pub(super) async fn connect(server: &Server, wanted: Wanted) -> std::io::Result<Line> {
    let upgrade = wanted == Wanted::Upgrade;
    let connecting = async {
        match &server.place {
            Place::Tcp(host, port) => {
                let tcp = TcpStream::connect((&**host, *port)).await?;
                tcp.set_nodelay(true)?;
                match &server.tls {
                    Some(tls) => {
                        let config = if upgrade { &tls.http1 } else { &tls.either };
                        let stream = TlsConnector::from(config.clone()).connect(tls.name.clone(), tcp).await?;
                        let is_h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                        speak(stream, is_h2, wanted).await
                    }
                    None => speak(tcp, server.speaks == Speaks::Http2 && !upgrade, wanted).await,
                }
            }
            Place::Unix(path) => speak(UnixStream::connect(path).await?, false, wanted).await,
        }
    };
    tokio::time::timeout(CONNECT_TIME, connecting).await.map_err(|_| Error::from(ErrorKind::TimedOut))?
}

async fn speak(stream: impl Io + 'static, http2: bool, wanted: Wanted) -> std::io::Result<Line> {
    if wanted == Wanted::Whole && !http2 {
        return Ok(Line::Http1(Http1::Direct(Direct::new(stream))));
    }
    let io = TokioIo::new(Brief(stream));
    if http2 {
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .initial_stream_window_size(WINDOW)
            .initial_connection_window_size(WINDOW_OF_ALL)
            .keep_alive_interval(Duration::from_secs(20))
            .max_header_list_size(HEAD_MAX as u32);
        let (sender, connection) = builder.handshake(io).await.map_err(Error::other)?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection to the app ended");
            }
        });
        return Ok(Line::Http2(sender));
    }
    let (sender, connection) = http1::Builder::new().max_header_size(HEAD_MAX).handshake(io).await.map_err(Error::other)?;
    let driver = async move {
        if let Err(error) = connection.with_upgrades().await {
            tracing::debug!(%error, "connection to the app ended");
        }
    };
    Ok(Line::Http1(Http1::Alone(Alone::new(sender, Box::pin(driver)))))
}

/// HTTP/2 wants scheme and authority in the target, and knows no Host.
pub(super) fn for_http2(server: &Server, mut request: Request<Body>) -> Request<Body> {
    let host = request.headers_mut().remove(header::HOST);
    // One that comes a second time has its authority already.
    let host = host.as_ref().and_then(|h| h.to_str().ok()).and_then(|h| h.parse::<Authority>().ok());
    let host = host.or_else(|| request.uri().authority().cloned());
    let mut parts = http::uri::Parts::default();
    parts.scheme = Some(if server.tls.is_some() { Scheme::HTTPS } else { Scheme::HTTP });
    parts.authority = host.or_else(|| server.name.parse().ok());
    parts.path_and_query = request.uri().path_and_query().cloned().or(Some(PathAndQuery::from_static("/")));
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    *request.version_mut() = Version::HTTP_2;
    let headers = request.headers_mut();
    headers.remove(header::CONNECTION);
    if headers.remove(header::TE).is_some() {
        headers.insert(header::TE, HeaderValue::from_static("trailers"));
    }
    request
}
