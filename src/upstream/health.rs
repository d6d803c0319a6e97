//! Asks an app's servers at times whether they are well.

use std::sync::Arc;

use http::{Request, header};
use tokio_util::sync::CancellationToken;

use super::Class;
use super::body::Body;
use super::connect::{Line, Wanted, connect, for_http2};
use super::exchange;
use super::servers::{Server, Servers};
use crate::config::settings::Health;

/// Asks each server in turn, for ever or until `stop`; nothing where gate.toml has no `[apps.health]`.
pub async fn watch(servers: Arc<Servers>, stop: CancellationToken) {
    let Some(health) = servers.health.clone() else { return };
    let mut turn = tokio::time::interval(health.every);
    turn.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = turn.tick() => {}
        }
        let asked = servers.all().iter().map(|server| async {
            let said = tokio::time::timeout(health.timeout, ask(server, &health)).await;
            let said = said.unwrap_or_else(|_| Err(format!("no answer within {:?}", health.timeout)));
            match said {
                Ok(()) if server.is_now(true) => tracing::info!(server = %server.name, "the app's server is well again"),
                Err(why) if server.is_now(false) => tracing::warn!(server = %server.name, why, "the app's server is unwell"),
                _ => {}
            }
        });
        futures_util::future::join_all(asked).await;
    }
}

async fn ask(server: &Server, health: &Health) -> Result<(), String> {
    let request = Request::get(&*health.path).header(header::HOST, &*server.name).header(header::USER_AGENT, "mfa-gate");
    let request = request.body(Body::Empty).map_err(|e| e.to_string())?;
    let status = match connect(server, Wanted::Whole).await.map_err(|e| e.to_string())? {
        Line::Http1(line) => {
            let tried = exchange(line, server.key(Class::Stripped), request.into(), health.timeout).await;
            tried.map(|answer| answer.status()).map_err(|failed| failed.why)
        }
        Line::Http2(mut sender) => {
            sender.send_request(for_http2(server, request)).await.map(|answer| answer.status()).map_err(Into::into)
        }
    };
    let status = status.map_err(|e| e.to_string())?;
    if status.as_u16() < 400 { Ok(()) } else { Err(format!("it answered {}", status.as_u16())) }
}
