//! From hyper to the route and back: counts what is in flight, and keeps a panic to its own request.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;

use super::House;
use super::connection::Caller;
use super::pulse::{InFlight, Pulse};
use super::streams::{Asked, Streams};
use crate::no::No;
use crate::portal::refusal::wants_page;
use crate::proxy::tunnel::Opened;
use crate::route::route;
use crate::seal::request_id;
use crate::upstream::body::{Body, BodyError};
use crate::words::Wish;

/// What is given to HTTP/2 at once: it keeps a piece whole until its client has taken it.
const PIECE: usize = 32 * 1024;

/// An answer on its way; its request is in flight until it is out.
#[derive(Debug)]
pub(super) struct Answer {
    body: Body,
    http2: Option<Box<Streamed>>,
    _request: InFlight,
}

/// By HTTP/2: what is left of the last piece, and what the stream notes.
#[derive(Debug)]
struct Streamed {
    rest: Bytes,
    asked: Asked,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        let Some(streamed) = &mut this.http2 else { return Pin::new(&mut this.body).poll_frame(cx) };
        let polled = if streamed.rest.is_empty() {
            Pin::new(&mut this.body).poll_frame(cx)
        } else {
            Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut streamed.rest)))))
        };
        streamed.asked.note(polled.is_pending());
        polled.map_ok(|frame| match frame.into_data() {
            Ok(mut data) => {
                streamed.rest = data.split_off(data.len().min(PIECE));
                Frame::data(data)
            }
            Err(frame) => frame,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.http2.as_ref().is_none_or(|streamed| streamed.rest.is_empty()) && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let hint = self.body.size_hint();
        let Some(streamed) = &self.http2 else { return hint };
        let rest = streamed.rest.len() as u64;
        let mut whole = SizeHint::new();
        whole.set_lower(hint.lower() + rest);
        if let Some(upper) = hint.upper() {
            whole.set_upper(upper + rest);
        }
        whole
    }
}

/// Answers one request.
pub(super) async fn answer(
    house: Arc<House>,
    pulse: Arc<Pulse>,
    streams: Option<Streams>,
    caller: Caller,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let in_flight = pulse.begin();
    let (head, body) = request.into_parts();
    let mut head = Box::new(head);
    let tunnel = head.method == http::Method::CONNECT;
    if tunnel || !body.is_end_stream() {
        head.extensions.insert(pulse.begin_body());
    }
    let gate = house.gate();
    let hsts = gate.settings.server.hsts.clone();
    let refuse = |no: No, headers: &HeaderMap| {
        Box::new(gate.refuse(no, &gate.asked(wants_page(headers), request_id(), gate.language(&Wish::of(headers)))))
    };
    let mut answer = if house.terms() != caller.terms {
        let mut answer = refuse(No::OldTerms, &head.headers);
        if head.version < http::Version::HTTP_2 {
            answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        answer
    } else if pulse.of_thread() > gate.settings.server.patience.max_in_flight {
        refuse(No::Busy, &head.headers)
    } else {
        // Where it stands it stays: moving what waits here would cost more than all the rest.
        let mut routed = std::pin::pin!(route(&gate, head, body, caller.ip));
        let caught = std::future::poll_fn(|cx| {
            let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| routed.as_mut().poll(cx)));
            polled.map_or_else(|broke| Poll::Ready(Err(broke)), |polled| polled.map(Ok))
        });
        match caught.await {
            Ok(answer) if tunnel && answer.status().is_success() && answer.extensions().get::<Opened>().is_none() => {
                // To HTTP/2's CONNECT a success is a tunnel, and this is none.
                let asked = gate.asked(false, request_id(), gate.settings.brand.languages.fallback());
                Box::new(gate.refuse(No::Broke("the app didn't open the WebSocket".into()), &asked))
            }
            Ok(answer) => answer,
            Err(_) => {
                tracing::error!("a request made the gate panic");
                let body = Body::from_bytes("The gate made a mistake. Try again, or tell your administrator.\n");
                let mut answer = Box::new(Response::new(body));
                *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                answer
            }
        }
    };
    if let Some(hsts) = hsts {
        answer.headers_mut().entry(header::STRICT_TRANSPORT_SECURITY).or_insert(hsts);
    }
    let http2 = streams.as_ref().and_then(Streams::asked).map(|asked| Box::new(Streamed { rest: Bytes::new(), asked }));
    Ok(answer.map(|body| Answer { body, http2, _request: in_flight }))
}
