//! From hyper to the route and back: counts what is in flight, and keeps a panic to its own request.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;

use super::House;
use super::pulse::{Answering, Pulse};
use crate::no::No;
use crate::portal::refusal::wants_page;
use crate::proxy::tunnel::Opened;
use crate::route::route;
use crate::seal::request_id;
use crate::upstream::body::{Body, BodyError};
use crate::words::Wish;

/// An answer on its way; its request is in flight until it is out.
#[derive(Debug)]
pub(super) struct Answer {
    body: Body,
    answering: Answering,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.body).poll_frame(cx);
        this.answering.was_asked(polled.is_pending());
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Answers one request.
pub(super) async fn answer(
    house: Arc<House>,
    pulse: Arc<Pulse>,
    peer: IpAddr,
    mut request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let in_flight = pulse.begin();
    if !request.body().is_end_stream() {
        request.extensions_mut().insert(pulse.begin_body());
    }
    let gate = house.gate();
    let tunnel = request.method() == http::Method::CONNECT;
    let answer = if pulse.of_thread() > gate.settings.server.patience.max_in_flight {
        gate.refuse(
            No::Busy,
            &gate.asked(wants_page(request.headers()), request_id(), gate.language(&Wish::of(request.headers()))),
        )
    } else {
        // Where it stands it stays: moving what waits here would cost more than all the rest.
        let mut routed = std::pin::pin!(route(&gate, request, peer));
        let caught = std::future::poll_fn(|cx| {
            let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| routed.as_mut().poll(cx)));
            polled.map_or_else(|broke| Poll::Ready(Err(broke)), |polled| polled.map(Ok))
        });
        match caught.await {
            Ok(answer) if tunnel && answer.status().is_success() && answer.extensions().get::<Opened>().is_none() => {
                // To HTTP/2's CONNECT a success is a tunnel, and this is none.
                gate.refuse(
                    No::Broke("the app didn't open the WebSocket".into()),
                    &gate.asked(false, request_id(), gate.settings.brand.languages.fallback()),
                )
            }
            Ok(answer) => answer,
            Err(_) => {
                tracing::error!("a request made the gate panic");
                let mut answer =
                    Response::new(Body::from_bytes("The gate made a mistake. Try again, or tell your administrator.\n"));
                *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                answer
            }
        }
    };
    Ok(answer.map(|body| Answer { body, answering: Answering::new(in_flight) }))
}
