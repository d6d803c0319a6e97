//! The floor for `make bench`: hyper in, hyper out, nothing in between. Also the fastest auth server there is.
//!
//! `bare_proxy LISTEN HOST:PORT` passes everything through; `bare_proxy LISTEN answer` says 204 to everything.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use http::{Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};

type Pool = Rc<RefCell<Vec<SendRequest<Incoming>>>>;
type Lent = Option<(Pool, SendRequest<Incoming>)>;

/// Nothing, or an answer whose connection is free again when it has ended.
enum Passed {
    Nothing,
    Answer(Incoming, Lent),
}

impl Body for Passed {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Self::Answer(body, lent) = self.get_mut() else { return Poll::Ready(None) };
        let polled = Pin::new(&mut *body).poll_frame(cx);
        // hyper doesn't ask for more once as much was written as Content-Length says.
        let ended = matches!(polled, Poll::Ready(None)) || polled.is_ready() && body.is_end_stream();
        if ended && let Some((pool, sender)) = lent.take() {
            pool.borrow_mut().push(sender);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Nothing => SizeHint::with_exact(0),
            Self::Answer(body, _) => body.size_hint(),
        }
    }
}

fn status(status: StatusCode) -> Response<Passed> {
    let mut answer = Response::new(Passed::Nothing);
    *answer.status_mut() = status;
    answer
}

async fn pass(pool: Pool, upstream: SocketAddr, request: Request<Incoming>) -> Result<Response<Passed>, hyper::Error> {
    let pooled = pool.borrow_mut().pop();
    let mut sender = match pooled.filter(SendRequest::is_ready) {
        Some(sender) => sender,
        None => {
            let Ok(stream) = TcpStream::connect(upstream).await else { return Ok(status(StatusCode::BAD_GATEWAY)) };
            let _ = stream.set_nodelay(true);
            let (sender, connection) = handshake(TokioIo::new(stream)).await?;
            tokio::task::spawn_local(connection);
            sender
        }
    };
    let (head, body) = sender.send_request(request).await?.into_parts();
    Ok(Response::from_parts(head, Passed::Answer(body, Some((pool, sender)))))
}

#[tokio::main(flavor = "local")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, listen, upstream] = arguments.as_slice() else { return Err("bare_proxy LISTEN HOST:PORT|answer".into()) };
    let upstream: Option<SocketAddr> = if upstream == "answer" { None } else { Some(upstream.parse()?) };
    let listener = TcpListener::bind(listen).await?;
    let pool = Pool::default();
    loop {
        let (stream, _) = listener.accept().await?;
        let _ = stream.set_nodelay(true);
        let pool = pool.clone();
        tokio::task::spawn_local(async move {
            let service = service_fn(move |request| {
                let pool = pool.clone();
                async move {
                    match upstream {
                        Some(upstream) => pass(pool, upstream, request).await,
                        None => Ok(status(StatusCode::NO_CONTENT)),
                    }
                }
            });
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new());
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
