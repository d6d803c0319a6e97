//! `mfa-gate run`: the gate until it is told to stop.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use http::StatusCode;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::{Failure, runtime, settings};
use crate::gate::{Builder, Gate};
use crate::server;

/// Revocations of other processes must be heeded within two seconds.
const HEED_EVERY: Duration = Duration::from_millis(500);
const TIDY_EVERY: Duration = Duration::from_secs(5);
const PURGE_EVERY: Duration = Duration::from_secs(600);

pub(super) fn run(gate: &Builder, config: &Path) -> Result<(), Failure> {
    log();
    let settings = settings(gate, config)?;
    let (listen, threads) = (settings.server.listen.clone(), settings.server.threads);
    let runtime = runtime()?;
    let gate = Arc::new(runtime.block_on(gate.clone().build(settings))?);
    let listeners = server::bind(&listen, threads)?;
    for address in listeners.first().into_iter().flatten().filter_map(|l| l.local_addr().ok()) {
        tracing::info!(%address, public_url = %gate.settings.server.public_url, "listening");
    }
    if let Some(address) = gate.settings.server.admin_listen {
        runtime.block_on(admin(&gate, address))?;
    }
    until_stopped(&runtime, &gate, listeners)
}

/// Serves until a signal comes; the work beside the requests runs on `runtime`.
pub(super) fn until_stopped(
    runtime: &tokio::runtime::Runtime,
    gate: &Arc<Gate>,
    listeners: Vec<Vec<std::net::TcpListener>>,
) -> Result<(), Failure> {
    let stop = CancellationToken::new();
    let serving = {
        let (gate, stop) = (gate.clone(), stop.clone());
        std::thread::spawn(move || server::serve(&gate, listeners, &stop))
    };
    runtime.block_on(keep(gate, &stop))?;
    match serving.join() {
        Ok(done) => Ok(done?),
        Err(_) => Err(Failure::Other("the server broke down".into())),
    }
}

/// `/healthz` (the process runs) and `/readyz` (the store answers) on a listener of their own.
pub(super) async fn admin(gate: &Arc<Gate>, address: SocketAddr) -> Result<SocketAddr, Failure> {
    let fault = |e: std::io::Error| Failure::Other(format!("server.admin_listen {address}: {e}"));
    let listener = TcpListener::bind(address).await.map_err(fault)?;
    let at = listener.local_addr().map_err(fault)?;
    let gate = gate.clone();
    let ready = move || {
        let gate = gate.clone();
        async move {
            match gate.memory.store().ping().await {
                Ok(()) => (StatusCode::OK, "ready\n"),
                Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store can't be used\n"),
            }
        }
    };
    let router = Router::new()
        .route("/", get(|| async { "mfa-gate: /healthz and /readyz\n" }))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    Ok(at)
}

/// The work beside the requests, until a signal comes.
async fn keep(gate: &Arc<Gate>, stop: &CancellationToken) -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let fault = |e: std::io::Error| Failure::Other(e.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(fault)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(fault)?;
    let mut hangup = signal(SignalKind::hangup()).map_err(fault)?;
    let work = async {
        let mut heed = tokio::time::interval(HEED_EVERY);
        let mut tidy = tokio::time::interval(TIDY_EVERY);
        let mut purge = tokio::time::interval(PURGE_EVERY);
        loop {
            let done = tokio::select! {
                _ = heed.tick() => gate.memory.heed_revocations().await,
                _ = hangup.recv() => {
                    tracing::warn!("gate.toml is not read again while running yet; restart the gate to apply changes");
                    Ok(())
                }
                _ = tidy.tick() => gate.memory.tidy().await,
                _ = purge.tick() => {
                    let now = gate.clock.now();
                    gate.memory.store().purge(now, now.minus(gate.settings.session.lifetime.saturating_mul(4))).await
                }
            };
            if let Err(error) = done {
                tracing::error!(%error, "the store can't be used; protected pages answer 503 until it can");
            }
        }
    };
    tokio::select! {
        () = work => {}
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    stop.cancel();
    Ok(())
}

pub(super) fn log() {
    let filter = crate::config::log_filter().and_then(|f| EnvFilter::try_new(f).ok());
    // Why a key was refused is said once, in the gate's own words.
    let filter = filter.unwrap_or_else(|| EnvFilter::new("warn,mfa_gate=info,webauthn_rs_core=off"));
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
