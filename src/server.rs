//! The doors: one thread per core, each with its own runtime, listener and pool; limits round the plain route.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::gate::{Gate, StartError};
use crate::no::No;
use crate::portal::refusal::wants_page;
use crate::route::route;
use crate::seal::request_id;
use crate::upstream::body::Body;

/// In-flight requests may take this long to finish when the gate stops.
const GRACE: Duration = Duration::from_secs(20);

/// Binds every address once per thread, so that the kernel spreads connections.
pub fn bind(listen: &[SocketAddr], threads: usize) -> Result<Vec<Vec<std::net::TcpListener>>, StartError> {
    let mut all: Vec<Vec<std::net::TcpListener>> = (0..threads).map(|_| Vec::new()).collect();
    for address in listen {
        let mut address = *address;
        for listeners in &mut all {
            let listener =
                bind_one(address, threads > 1).map_err(|e| StartError(format!("{address} can't be listened on: {e}")))?;
            // Port 0: the first thread's port is everyone's.
            address = listener.local_addr().map_err(|e| StartError(e.to_string()))?;
            listeners.push(listener);
        }
    }
    Ok(all)
}

fn bind_one(address: SocketAddr, shared: bool) -> std::io::Result<std::net::TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    if shared {
        socket.set_reuse_port(true)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(1024)?;
    Ok(socket.into())
}

/// Serves on one listener per thread until `stop`; returns when every thread is done.
pub fn serve(gate: &Arc<Gate>, listeners: Vec<Vec<std::net::TcpListener>>, stop: &CancellationToken) -> Result<(), StartError> {
    let mut threads = Vec::new();
    for (n, listeners) in listeners.into_iter().enumerate() {
        let (gate, stop) = (gate.clone(), stop.clone());
        let thread = std::thread::Builder::new().name(format!("gate-{n}")).spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut accepting = Vec::new();
                for listener in listeners {
                    accepting.push(accept(gate.clone(), TcpListener::from_std(listener)?, stop.clone()));
                }
                futures_util::future::join_all(accepting).await;
                Ok::<(), std::io::Error>(())
            })
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

async fn accept(gate: Arc<Gate>, listener: TcpListener, stop: CancellationToken) {
    let open = TaskTracker::new();
    let mut http = http1::Builder::new();
    // Without a timer hyper's time limit for heads does nothing.
    http.timer(TokioTimer::new()).header_read_timeout(gate.settings.server.header_timeout).max_buf_size(64 * 1024);
    let limit = ServiceBuilder::new().load_shed().concurrency_limit(gate.settings.server.max_in_flight);
    let shared = limit.service(tower::service_fn({
        let gate = gate.clone();
        move |(request, peer, page): (Request<Incoming>, SocketAddr, bool)| {
            let gate = gate.clone();
            async move { Ok::<_, Infallible>(guarded(&gate, request, peer, page).await) }
        }
    }));
    loop {
        let (stream, peer) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, mostly: wait for some to be closed.
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let (gate, shared) = (gate.clone(), shared.clone());
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let (gate, mut shared) = (gate.clone(), shared.clone());
            async move {
                let page = wants_page(request.headers());
                let answer = match shared.ready().await {
                    Ok(ready) => ready.call((request, peer, page)).await,
                    Err(error) => Err(error),
                };
                Ok::<_, Infallible>(answer.unwrap_or_else(|_| gate.refuse(No::Busy, &gate.asked(page, request_id()))))
            }
        });
        let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let stop = stop.clone();
        open.spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = stop.cancelled() => {
                    // The request in flight finishes; the next one finds another process.
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a client's connection ended");
            }
        });
    }
    drop(listener);
    open.close();
    let _ = tokio::time::timeout(GRACE, open.wait()).await;
}

/// A panic answers 500 and closes nothing but its own request.
async fn guarded(gate: &Gate, request: Request<Incoming>, peer: SocketAddr, page: bool) -> Response<Body> {
    match std::panic::AssertUnwindSafe(route(gate, request, peer.ip(), page)).catch_unwind().await {
        Ok(answer) => answer,
        Err(_) => {
            tracing::error!("a request made the gate panic");
            let mut answer = Response::new(Body::from_bytes("The gate made a mistake. Try again, or tell your administrator.\n"));
            *answer.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            answer
        }
    }
}
