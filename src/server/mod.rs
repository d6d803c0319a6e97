//! The doors: one thread per core, each with its own runtime, listeners and pool; limits round the plain route.

pub mod acme;
mod connection;
mod heads;
mod listen;
mod peer;
mod pulse;
mod redirect;
mod service;
mod stream;
mod streams;
mod tls;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption, Guard};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::settings::Server;
use crate::gate::{Gate, StartError};
use crate::upstream;
use connection::Doorman;
pub use listen::{Listener, Way, bind};

/// Out of file descriptors, mostly: wait for some to be closed.
const BREATH: Duration = Duration::from_millis(50);
/// A handshake that is under way when the gate stops has this time to end.
const HANDSHAKE: Duration = Duration::from_millis(250);
/// How often a thread looks for connections to the app that nobody uses.
const TIDY_EVERY: Duration = Duration::from_secs(5);

/// The gate that serves now, and its certificates; both can be changed under way.
#[derive(Debug)]
pub struct House {
    gate: ArcSwap<Gate>,
    tls: ArcSwapOption<rustls::ServerConfig>,
    /// Counts the changes of what a connection needs to be let in.
    terms: AtomicU32,
    tickets: Option<Arc<dyn rustls::server::ProducesTickets>>,
    challenges: Arc<acme::Challenges>,
}

impl House {
    /// Opens with a gate; reads its certificates.
    pub fn new(gate: Gate) -> Result<Self, StartError> {
        let tickets = rustls::crypto::aws_lc_rs::Ticketer::new().ok();
        let house = Self {
            gate: ArcSwap::from_pointee(gate),
            tls: ArcSwapOption::empty(),
            terms: AtomicU32::new(0),
            tickets,
            challenges: Arc::default(),
        };
        house.read_certificates()?;
        Ok(house)
    }

    /// The gate as it is now.
    pub fn gate(&self) -> Guard<Arc<Gate>> {
        self.gate.load()
    }

    /// The terms on which connections are let in now: where those of a connection were others, it has to come again.
    pub(crate) fn terms(&self) -> u32 {
        self.terms.load(Ordering::SeqCst)
    }

    /// Reads the certificates again. An error changes nothing.
    pub fn read_certificates(&self) -> Result<(), StartError> {
        self.tls.store(self.tls_of(&self.gate())?);
        Ok(())
    }

    fn tls_of(&self, gate: &Gate) -> Result<Option<Arc<rustls::ServerConfig>>, StartError> {
        let Some(settings) = &gate.settings.server.tls else { return Ok(None) };
        // Where clients need a certificate, a ticket from before it was demanded is worth nothing.
        let tickets = match &settings.client_ca {
            None => self.tickets.clone(),
            Some(_) => rustls::crypto::aws_lc_rs::Ticketer::new().ok(),
        };
        let config = tls::config(settings, tickets, &self.challenges).map_err(StartError)?;
        Ok(Some(Arc::new(config)))
    }

    /// Puts another gate in place of the one that serves; what is in flight ends with the old one, and what stays open is
    /// judged again. An error changes nothing.
    pub fn replace(&self, gate: Gate) -> Result<(), StartError> {
        let (tls, gate) = (self.tls_of(&gate)?, Arc::new(gate));
        gate.memory.set_times(&gate.settings.session);
        let old = self.gate.swap(gate.clone());
        self.tls.store(tls);
        if terms(&old.settings.server) != terms(&gate.settings.server) {
            self.terms.fetch_add(1, Ordering::SeqCst);
        }
        gate.judge_open();
        Ok(())
    }
}

/// What a connection had to show when it was let in.
fn terms(server: &Server) -> impl PartialEq + '_ {
    (server.tls.as_ref().map(|tls| (&tls.client_ca, tls.only_13)), &server.proxy_protocol)
}

/// Serves on one set of listeners per thread until `stop`; returns when every thread is done.
pub fn serve(house: &Arc<House>, listeners: Vec<Vec<Listener>>, stop: &CancellationToken) -> Result<(), StartError> {
    let mut threads = Vec::new();
    for (n, listeners) in listeners.into_iter().enumerate() {
        // A token of the thread's own: no lock that other threads wait for.
        let (house, stop) = (house.clone(), stop.child_token());
        let thread = std::thread::Builder::new().name(format!("gate-{n}")).spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(thread(house, listeners, stop))
        });
        threads.push(thread.map_err(|e| StartError(format!("a thread can't be started: {e}")))?);
    }
    for thread in threads {
        match thread.join() {
            Ok(Ok(())) => {}
            Ok(Err(e)) => return Err(StartError(format!("a thread ended: {e}"))),
            Err(_) => return Err(StartError("a thread broke down".into())),
        }
    }
    Ok(())
}

async fn thread(house: Arc<House>, listeners: Vec<Listener>, stop: CancellationToken) -> std::io::Result<()> {
    let doorman =
        Arc::new(Doorman { house, stop: stop.clone(), in_flight: Arc::new(AtomicUsize::new(0)), open: TaskTracker::new() });
    let tidying = tokio::spawn(async {
        let mut turn = tokio::time::interval(TIDY_EVERY);
        loop {
            turn.tick().await;
            upstream::let_go();
        }
    });
    let mut accepting = Vec::new();
    for listener in listeners {
        accepting.push(accept(doorman.clone(), listener.start()?));
    }
    futures_util::future::join_all(accepting).await;
    doorman.open.close();
    let tunnels = doorman.house.gate().tunnels.clone();
    tunnels.open.close();
    let patience = doorman.house.gate().settings.server.patience.stop;
    let ended = async { tokio::join!(doorman.open.wait(), tunnels.open.wait()) };
    let _ = tokio::time::timeout(patience, ended).await;
    tidying.abort();
    Ok(())
}

async fn accept(doorman: Arc<Doorman>, listener: listen::Accepting) {
    loop {
        if doorman.open.len() >= doorman.house.gate().settings.server.patience.max_connections {
            // Somebody may hold all places for long: that doesn't keep the gate from stopping.
            tokio::select! {
                () = doorman.stop.cancelled() => break,
                () = tokio::time::sleep(BREATH) => continue,
            }
        }
        let accepted = tokio::select! {
            biased;
            () = doorman.stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        admit(&doorman, listener.way, accepted).await;
    }
    // Who is in the queue was let in by the kernel already, and who is on the way in will be; another process may listen on
    // the same address by now.
    let way = listener.way;
    if listener.turn_away() {
        let coming = async {
            loop {
                admit(&doorman, way, listener.accept().await).await;
            }
        };
        let _: Result<(), _> = tokio::time::timeout(HANDSHAKE, coming).await;
    }
    let Ok(queue) = listener.into_queue() else { return };
    for accepted in queue {
        admit(&doorman, way, Ok(accepted)).await;
    }
}

async fn admit(doorman: &Arc<Doorman>, way: Way, accepted: std::io::Result<(stream::Stream, std::net::SocketAddr)>) {
    match accepted {
        Ok((stream, peer)) => {
            let doorman = doorman.clone();
            let open = doorman.open.clone();
            match way {
                Way::Gate => drop(open.spawn(connection::serve(doorman, stream, peer))),
                Way::Redirect => drop(open.spawn(redirect::serve(doorman, stream))),
            }
        }
        Err(error) => {
            tracing::warn!(%error, "a connection was not accepted");
            tokio::time::sleep(BREATH).await;
        }
    }
}
