//! `mfa-gate run`: the gate until it is told to stop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::{Failure, runtime, settings};
use crate::gate::Gate;
use crate::server;

/// Revocations of other processes must be heeded within two seconds.
const HEED_EVERY: Duration = Duration::from_millis(500);
const TIDY_EVERY: Duration = Duration::from_secs(5);
const PURGE_EVERY: Duration = Duration::from_secs(600);

pub(super) fn run(config: &Path) -> Result<(), Failure> {
    log();
    let settings = settings(config)?;
    let (listen, threads) = (settings.server.listen.clone(), settings.server.threads);
    let runtime = runtime()?;
    let gate = Arc::new(runtime.block_on(Gate::builder().build(settings))?);
    let listeners = server::bind(&listen, threads)?;
    for address in listeners.first().into_iter().flatten().filter_map(|l| l.local_addr().ok()) {
        tracing::info!(%address, public_url = %gate.settings.server.public_url, "listening");
    }
    let stop = CancellationToken::new();
    let serving = {
        let (gate, stop) = (gate.clone(), stop.clone());
        std::thread::spawn(move || server::serve(&gate, listeners, &stop))
    };
    runtime.block_on(keep(&gate, &stop))?;
    match serving.join() {
        Ok(done) => Ok(done?),
        Err(_) => Err(Failure::Other("the server broke down".into())),
    }
}

/// The work beside the requests, until a signal comes.
async fn keep(gate: &Arc<Gate>, stop: &CancellationToken) -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let fault = |e: std::io::Error| Failure::Other(e.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(fault)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(fault)?;
    let work = async {
        let mut heed = tokio::time::interval(HEED_EVERY);
        let mut tidy = tokio::time::interval(TIDY_EVERY);
        let mut purge = tokio::time::interval(PURGE_EVERY);
        loop {
            let done = tokio::select! {
                _ = heed.tick() => gate.memory.heed_revocations().await,
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

fn log() {
    let filter = crate::config::log_filter().and_then(|f| EnvFilter::try_new(f).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new("warn,mfa_gate=info"));
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
