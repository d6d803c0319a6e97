//! Plain http where https is served: everything is led there, and nothing of the app is said.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};

use super::connection::Doorman;
use super::stream::Stream;
use super::{House, acme};
use crate::canonical;

/// Serves a connection to its end.
pub(super) async fn serve(doorman: Arc<Doorman>, stream: Stream) {
    let patience = doorman.house.gate().settings.server.patience;
    let service = service_fn(|request| {
        let house = doorman.house.clone();
        async move { Ok::<_, Infallible>(lead(&house, &request)) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.header).max_header_size(patience.header_max);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = connection => {}
        () = doorman.stop.cancelled() => {}
        () = tokio::time::sleep(patience.idle) => {}
    }
}

/// The same address by https; a host that no app has is not repeated.
fn lead(house: &House, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    if let Some(token) = request.uri().path().strip_prefix(acme::HTTP_PATH)
        && let Some(answer) = house.challenges.http(token)
    {
        return Response::new(Full::from(answer));
    }
    let gate = house.gate();
    let public = &gate.settings.server.public_url;
    let host = canonical::host(request.uri(), request.headers()).ok().filter(|host| gate.room(host).is_ok());
    let mut answer = Response::new(Full::default());
    let target = request.uri().path_and_query().map_or("/", |p| p.as_str());
    let known = host.filter(|_| gate.rooms().iter().any(|room| room.app.host.is_some())).or(public.host_str());
    let port = public.port().map(|port| format!(":{port}")).unwrap_or_default();
    let location = known.and_then(|host| HeaderValue::from_str(&format!("https://{host}{port}{target}")).ok());
    match location.filter(|_| target.starts_with('/')) {
        Some(location) => {
            *answer.status_mut() = StatusCode::PERMANENT_REDIRECT;
            answer.headers_mut().insert(header::LOCATION, location);
        }
        None => *answer.status_mut() = StatusCode::BAD_REQUEST,
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
