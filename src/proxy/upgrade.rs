//! Joins the two sides of an upgrade (WebSocket) until one of them, or the session, ends.

use std::sync::Arc;

use http::{Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio_util::sync::CancellationToken;

use crate::config::settings::App;
use crate::upstream::body::Body;

/// Answers the client's upgrade with the app's 101 and carries bytes both ways.
pub(super) fn join(
    app: &App,
    answer: Response<Incoming>,
    client: Option<OnUpgrade>,
    ended: Option<Arc<CancellationToken>>,
) -> Response<Body> {
    let (Some(client), Some(ended)) = (client, ended) else {
        // Nobody asked for an upgrade, so a 101 is no answer.
        tracing::warn!(app = %app.name, "the app switched protocols though nobody asked");
        let mut refusal = Response::new(Body::from_bytes("The app gave an answer that can't be passed on.\n"));
        *refusal.status_mut() = StatusCode::BAD_GATEWAY;
        return refusal;
    };
    let mut head = Response::new(Body::Empty);
    *head.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    for (name, value) in answer.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::TRANSFER_ENCODING && *name != header::SET_COOKIE {
            head.headers_mut().append(name.clone(), value.clone());
        }
    }
    let app_side = hyper::upgrade::on(answer);
    tokio::spawn(async move {
        let (Ok(client), Ok(app)) = tokio::join!(client, app_side) else { return };
        let (mut client, mut app) = (TokioIo::new(client), TokioIo::new(app));
        tokio::select! {
            () = ended.cancelled() => {}
            _ = tokio::io::copy_bidirectional(&mut client, &mut app) => {}
        }
    });
    head
}
