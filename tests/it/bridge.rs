//! Bridges between what a test speaks and what the gate or the app does: TLS, Unix sockets, HTTP/2.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::world::RUNTIME;

/// A certificate of an authority of its own, made with openssl.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub chain: PathBuf,
    pub key: PathBuf,
    pub authority: PathBuf,
}

/// `dir/NAME.pem` and `dir/NAME.key` for these names, and the authority `dir/NAME-ca.pem`.
pub fn certificate(dir: &Path, name: &str, names: &str) -> Certificate {
    let at = |file: &str| dir.join(format!("{name}{file}"));
    let run = |args: &[&str]| {
        let done = Command::new("openssl").args(args).current_dir(dir).output().expect("openssl runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let text = |path: PathBuf| path.display().to_string();
    let (ca, ca_key, key, request, chain) = (at("-ca.pem"), at("-ca.key"), at(".key"), at(".csr"), at(".pem"));
    let of_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
    let ca_args = ["req", "-x509", "-subj", "/CN=an authority of a test", "-keyout"];
    run(&[&ca_args[..], &[&text(ca_key.clone()), "-out", &text(ca.clone())], &of_key[..]].concat());
    run(&[
        &["req", "-subj", &format!("/CN={name}"), "-keyout"][..],
        &[&text(key.clone()), "-out", &text(request.clone())],
        &of_key[..5],
    ]
    .concat());
    let extensions = at(".ext");
    std::fs::write(&extensions, format!("subjectAltName={names}\n")).expect("extensions");
    let signing = ["x509", "-req", "-days", "30", "-CAcreateserial"];
    let files = [("-in", request), ("-CA", ca.clone()), ("-CAkey", ca_key), ("-out", chain.clone()), ("-extfile", extensions)];
    let files: Vec<String> = files.into_iter().flat_map(|(option, path)| [option.to_owned(), text(path)]).collect();
    run(&[&signing[..], &files.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    Certificate { chain, key, authority: ca }
}

/// A client's configuration that trusts one authority.
pub fn trusting(authority: &Path, protocol: &[u8]) -> Arc<ClientConfig> {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).expect("a certificate")).expect("an authority");
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    Arc::new(config)
}

async fn join(mut a: impl AsyncRead + AsyncWrite + Unpin, mut b: impl AsyncRead + AsyncWrite + Unpin) {
    let _ = copy_bidirectional(&mut a, &mut b).await;
}

fn listen() -> (TcpListener, SocketAddr) {
    let listener = RUNTIME.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Plain in, TLS out: a client that speaks plain HTTP reaches a server that speaks TLS.
pub fn into_tls(to: SocketAddr, authority: &Path) -> SocketAddr {
    let (listener, address) = listen();
    let config = trusting(authority, b"http/1.1");
    RUNTIME.spawn(async move {
        while let Ok((from, _)) = listener.accept().await {
            let config = config.clone();
            tokio::spawn(async move {
                let Ok(tcp) = TcpStream::connect(to).await else { return };
                let name = ServerName::try_from("127.0.0.1").expect("a name");
                if let Ok(tls) = TlsConnector::from(config).connect(name, tcp).await {
                    join(from, tls).await;
                }
            });
        }
    });
    address
}

/// TLS in, plain out: an app that speaks plain HTTP looks as if it spoke TLS.
pub fn out_of_tls(to: SocketAddr, certificate: &Certificate) -> SocketAddr {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let (listener, address) = listen();
    let chain = vec![CertificateDer::from_pem_file(&certificate.chain).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_file(&certificate.key).expect("a key");
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    RUNTIME.spawn(async move {
        while let Ok((from, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let (Ok(tls), Ok(tcp)) = (acceptor.accept(from).await, TcpStream::connect(to).await) else { return };
                join(tls, tcp).await;
            });
        }
    });
    address
}

/// A Unix socket in, TCP out.
pub fn out_of_unix(path: &Path, to: SocketAddr) {
    let listener = RUNTIME.block_on(async { UnixListener::bind(path) }).expect("a socket");
    RUNTIME.spawn(async move {
        while let Ok((from, _)) = listener.accept().await {
            if let Ok(tcp) = TcpStream::connect(to).await {
                tokio::spawn(join(from, tcp));
            }
        }
    });
}

/// TCP in, a Unix socket out.
pub fn into_unix(path: &Path) -> SocketAddr {
    let (listener, address) = listen();
    let path = path.to_owned();
    RUNTIME.spawn(async move {
        while let Ok((from, _)) = listener.accept().await {
            if let Ok(unix) = UnixStream::connect(&path).await {
                tokio::spawn(join(from, unix));
            }
        }
    });
    address
}

/// HTTP/2 without TLS in, HTTP/1.1 out; each answer carries the trailer `x-checked: yes`.
pub fn out_of_http2(to: SocketAddr) -> SocketAddr {
    let (listener, address) = listen();
    RUNTIME.spawn(async move {
        while let Ok((from, _)) = listener.accept().await {
            let service = hyper::service::service_fn(move |request| as_http1(to, request));
            let mut http = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
            // As many servers do.
            http.max_concurrent_streams(100);
            tokio::spawn(http.serve_connection(TokioIo::new(from), service));
        }
    });
    address
}

type Frames = Vec<Result<http_body::Frame<bytes::Bytes>, std::convert::Infallible>>;
type Trailing = http_body_util::StreamBody<futures_util::stream::Iter<std::vec::IntoIter<<Frames as IntoIterator>::Item>>>;

async fn as_http1(to: SocketAddr, request: Request<Incoming>) -> Result<Response<Trailing>, hyper::Error> {
    use http_body_util::BodyExt;
    let tcp = TcpStream::connect(to).await.expect("the app");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await?;
    tokio::spawn(connection);
    let (mut head, body) = request.into_parts();
    let host = head.uri.authority().map(|a| a.to_string()).unwrap_or_default();
    head.headers.insert("host", host.parse().expect("a host"));
    head.headers.insert("x-came-by", "h2".parse().expect("a value"));
    head.uri = head.uri.path_and_query().map_or("/", |p| p.as_str()).parse().expect("a path");
    head.version = http::Version::HTTP_11;
    let (mut head, body) = sender.send_request(Request::from_parts(head, body)).await?.into_parts();
    head.headers.remove("connection");
    head.headers.remove("transfer-encoding");
    head.headers.remove("content-length");
    head.headers.insert("trailer", "x-checked".parse().expect("a value"));
    head.version = http::Version::HTTP_2;
    let bytes = body.collect().await?.to_bytes();
    let trailers: http::HeaderMap =
        [("x-checked".parse().expect("a name"), "yes".parse().expect("a value"))].into_iter().collect();
    let frames: Frames = vec![Ok(http_body::Frame::data(bytes)), Ok(http_body::Frame::trailers(trailers))];
    let body = http_body_util::StreamBody::new(futures_util::stream::iter(frames));
    Ok(Response::from_parts(head, body))
}
