//! `mfa-gate run`: the gate until it is told to stop.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use http::StatusCode;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpSocket;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::reload::{self, Changed, Files, Reload, watch_health};
use super::{Failure, runtime, settings};
use crate::gate::Builder;
use crate::server::{self, House, Listener, acme};
use crate::store::StoreResult;

/// Revocations of other processes must be heeded within two seconds.
const HEED_EVERY: Duration = Duration::from_millis(500);
/// Streams end within two seconds of their session's time, but where there are several hundred thousand sessions.
const TIDY_EVERY: Duration = Duration::from_secs(1);
/// A look at all of them takes no more than this part of the time, or is taken so seldom.
const TIDY_SHARE: u32 = 30;
const TIDY_AT_LEAST_EVERY: Duration = Duration::from_secs(5);
/// What nobody uses takes only memory.
const LET_GO_EVERY: Duration = Duration::from_secs(60);
const PURGE_EVERY: Duration = Duration::from_secs(600);
/// How often files are looked at that may have changed.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(super) fn run(builder: &Builder, config: &Path) -> Result<(), Failure> {
    log();
    let files = Files::of(config);
    let settings = settings(builder, config)?;
    let files = files.with(&settings);
    let runtime = runtime()?;
    let listeners = server::bind(&settings.server)?;
    let house = Arc::new(House::new(runtime.block_on(builder.clone().build(settings))?)?);
    let gate = house.gate();
    for listen in listeners.first().into_iter().flatten() {
        tracing::info!(%listen, public_url = %gate.settings.server.public_url, tls = gate.settings.server.tls.is_some(), "listening");
    }
    if let Some(address) = gate.settings.server.admin_listen {
        runtime.block_on(admin(&house, address))?;
    }
    drop(gate);
    let reload = Reload { builder: builder.clone(), config: config.to_owned(), files };
    until_stopped(&runtime, &house, listeners, Some(reload))
}

/// Serves until a signal comes; the work beside the requests runs on `runtime`.
pub(super) fn until_stopped(
    runtime: &tokio::runtime::Runtime,
    house: &Arc<House>,
    listeners: Vec<Vec<Listener>>,
    reload: Option<Reload>,
) -> Result<(), Failure> {
    let stop = CancellationToken::new();
    let serving = {
        let (house, stop) = (house.clone(), stop.clone());
        std::thread::spawn(move || server::serve(&house, listeners, &stop))
    };
    runtime.block_on(keep(house, &stop, reload))?;
    // What is in flight may take a while yet: other processes' revocations count for it, and the times of its sessions.
    runtime.block_on(async {
        let served = async {
            while !serving.is_finished() {
                tokio::time::sleep(HEED_EVERY / 10).await;
            }
        };
        tokio::select! {
            () = served => {}
            () = heed(house) => {}
            () = tidy(house) => {}
        }
    });
    match serving.join() {
        Ok(done) => Ok(done?),
        Err(_) => Err(Failure::Other("the server broke down".into())),
    }
}

/// `/healthz` (the process runs) and `/readyz` (the store answers) on a listener of their own.
pub(super) async fn admin(house: &Arc<House>, address: SocketAddr) -> Result<SocketAddr, Failure> {
    let fault = |e: std::io::Error| Failure::Other(format!("server.admin_listen {address}: {e}"));
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.map_err(fault)?;
    // The next process may listen before this one stops.
    socket.set_reuseport(true).and_then(|()| socket.set_reuseaddr(true)).and_then(|()| socket.bind(address)).map_err(fault)?;
    let listener = socket.listen(128).map_err(fault)?;
    let at = listener.local_addr().map_err(fault)?;
    let memory = house.gate().memory.clone();
    let ready = move || {
        let memory = memory.clone();
        async move {
            match memory.store().ping().await {
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
async fn keep(house: &Arc<House>, stop: &CancellationToken, mut reload: Option<Reload>) -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let fault = |e: std::io::Error| Failure::Other(e.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(fault)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(fault)?;
    let mut hangup = signal(SignalKind::hangup()).map_err(fault)?;
    let work = async {
        let mut let_go = tokio::time::interval(LET_GO_EVERY);
        let mut purge = tokio::time::interval(PURGE_EVERY);
        let mut look = tokio::time::interval(LOOK_EVERY);
        let mut health = watch_health(house);
        let mut ordering = tokio::spawn(acme::keep(house.clone()));
        loop {
            let mut changed = Changed::Nothing;
            let memory = house.gate().memory.clone();
            let done = tokio::select! {
                _ = hangup.recv() => {
                    changed = Changed::Configuration;
                    Ok(())
                }
                _ = look.tick() => {
                    changed = reload.as_mut().map_or(Changed::Nothing, |reload| reload.files.look());
                    Ok(())
                }
                _ = let_go.tick() => memory.let_go().await,
                _ = purge.tick() => {
                    let gate = house.gate().clone();
                    let now = gate.clock.now();
                    memory.store().purge(now, now.minus(gate.settings.session.lifetime.saturating_mul(4))).await
                }
            };
            tell(done);
            match (changed, &mut reload) {
                (Changed::Configuration, Some(with)) => {
                    reload::reload(with, house);
                    health.cancel();
                    health = watch_health(house);
                    ordering.abort();
                    ordering = tokio::spawn(acme::keep(house.clone()));
                }
                (Changed::Certificates, Some(_)) => match house.read_certificates() {
                    Ok(()) => tracing::info!("the certificates were read again"),
                    Err(error) => tracing::error!(%error, "the certificates were not taken over; the old ones go on"),
                },
                _ => {}
            }
        }
    };
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    tokio::select! {
        () = work => {}
        () = heed(house) => {}
        () = tidy(house) => {}
        () = tell_that_it_lives() => {}
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
    stop.cancel();
    house.gate().tunnels.stop.cancel();
    Ok(())
}

/// Keeps what is remembered believable. Beside the other work: that may take longer than memory is believed.
async fn heed(house: &House) {
    let mut turn = tokio::time::interval(HEED_EVERY);
    turn.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turn.tick().await;
        let memory = house.gate().memory.clone();
        tell(memory.heed_revocations().await);
    }
}

/// Ends what is over, in time whatever else is done.
async fn tidy(house: &House) {
    loop {
        let (memory, begun) = (house.gate().memory.clone(), Instant::now());
        tell(memory.tidy().await);
        tokio::time::sleep((begun.elapsed() * TIDY_SHARE).clamp(TIDY_EVERY, TIDY_AT_LEAST_EVERY)).await;
    }
}

fn tell(done: StoreResult<()>) {
    if let Err(error) = done {
        tracing::error!(%error, "the store can't be used; protected pages answer 503 until it can");
    }
}

/// Where systemd has a watchdog on the gate, it hears twice in the time that it gives that the work beside the requests still turns.
async fn tell_that_it_lives() {
    let Some(within) = sd_notify::watchdog_enabled().filter(|within| !within.is_zero()) else {
        return std::future::pending().await;
    };
    let mut turn = tokio::time::interval(within / 2);
    loop {
        turn.tick().await;
        let _ = sd_notify::notify(&[sd_notify::NotifyState::Watchdog]);
    }
}

pub(super) fn log() {
    let filter = crate::config::log_filter().and_then(|f| EnvFilter::try_new(f).ok());
    // Why a key was refused is said once, in the gate's own words.
    let filter = filter.unwrap_or_else(|| EnvFilter::new("warn,mfa_gate=info,webauthn_rs_core=off"));
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
