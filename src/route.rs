//! The life of one request on one screen: arrive, own page?, identify, decide, then forward, challenge or refuse.

mod arrive;
mod challenge;
mod login;

use std::net::IpAddr;

use http::{Request, Response};
use hyper::body::Incoming;

use crate::decide::{Decision, Facts, Kind, Standing, decide};
use crate::gate::{Gate, Room};
use crate::identity::recognise::recognise;
use crate::identity::{Arrived, Identified};
use crate::no::No;
use crate::portal::refusal::wants_page;
use crate::proxy;
use crate::upstream::body::Body;
use crate::watch::{Sent, watch};

/// Answers one request. It can't fail: every failure has a page.
pub async fn route(gate: &Gate, request: Request<Incoming>, peer: IpAddr) -> Response<Body> {
    let asked = gate.asked(&request);
    match through(gate, request, peer, &asked.request_id).await {
        Ok(answer) => answer,
        Err(no) => gate.refuse(no, &asked),
    }
}

async fn through(gate: &Gate, request: Request<Incoming>, peer: IpAddr, request_id: &str) -> Result<Response<Body>, No> {
    let visitor = gate.visitor(&request, peer);
    let host = arrive::check(&request)?;
    let room = gate.room(&host)?;
    if gate.is_own(request.uri().path()) {
        return gate.own_page(room, request, visitor, request_id).await;
    }
    let arrived = arrive::read(gate, room, request, visitor, host, request_id).await?;
    gate.believe()?;
    let identified = recognise(gate.context(room), arrived).await?;
    let decision = decide(&facts(gate, room, &identified), gate.clock.now());
    match decision {
        Decision::Admit(permit) => admit(gate, room, permit, identified).await,
        Decision::Challenge(challenge) => challenge::challenge(gate, room, challenge, &identified).await,
        Decision::Leave => challenge::leave(gate, &identified).await,
        Decision::Refuse(refuse) => Err(No::Decided(refuse)),
    }
}

async fn admit(gate: &Gate, room: &Room, permit: crate::decide::Permit, identified: Identified) -> Result<Response<Body>, No> {
    let kind = permit.kind();
    if kind.is_login() {
        return login::login(gate, room, permit, identified).await;
    }
    let sent = Sent::note(kind, &identified, wants_page(&identified.arrived.parts.headers));
    let way = gate.way(room, &identified.arrived);
    let answer = proxy::forward(way, permit.admit(identified)).await?;
    let answer = watch(gate.context(room), &room.names, kind, &sent, answer).await?.ok_or(No::UserChanged)?;
    Ok(if kind == Kind::Logout { challenge::without_gate_cookie(gate, answer) } else { answer })
}

fn facts<'a>(gate: &Gate, room: &'a Room, identified: &'a Identified) -> Facts<'a> {
    let Arrived { path, parts, purpose, upgrade, visitor, .. } = &identified.arrived;
    let standing = match &identified.session {
        Some(session) if session.is_logging_in(gate.clock.now()) => Standing::LoggingIn,
        Some(session) => match &session.user {
            Some(user) => Standing::LoggedIn { user, gate: identified.gate.as_ref().map(|g| &*g.row) },
            None => Standing::Anonymous,
        },
        None => Standing::Stranger,
    };
    Facts { app: &room.app, path, method: &parts.method, ip: visitor.ip, upgrade: *upgrade, purpose, standing }
}
