//! The life of one request on one screen: arrive, own page?, identify, decide, then forward, challenge or refuse.

mod along;
mod arrive;
mod challenge;
mod login;

use std::net::IpAddr;

use http::request::Parts;
use http::{Request, Response};
use hyper::body::Incoming;

use crate::canonical;
use crate::canonical::marks::{Mark, Marks};
use crate::decide::{Decision, Facts, Kind, Permit, Refuse, Standing, decide};
use crate::gate::{Gate, Room};
use crate::identity::recognise::recognise;
use crate::identity::{Arrived, Identified};
use crate::model::RequestId;
use crate::no::No;
use crate::proxy;
use crate::seal::request_id;
use crate::upstream::body::Body;
use crate::watch::{changes_something, watch};
use crate::words::Wish;

/// What a request comes to. Heads and answers go through many hands: what is moved is a pointer.
type Answered = Result<Box<Response<Body>>, No>;

/// Answers one request. It can't fail: every failure has a page, for those who want one.
pub async fn route(gate: &Gate, mut head: Box<Parts>, body: Incoming, peer: IpAddr) -> Box<Response<Body>> {
    let id = request_id();
    let read = arrive::same_as_http1(&mut head);
    let mut marks = Marks::of(&head.headers);
    if marks.has(Mark::Connection) && canonical::headers::drop_named(&mut head.headers) {
        marks = Marks::of(&head.headers);
    }
    let wish = Wish::of(&head.headers);
    let done = match read {
        Ok(()) => through(gate, head, body, marks, peer, id).await,
        Err(no) => Err(no),
    };
    done.unwrap_or_else(|no| gate.refuse(no, &gate.asked(marks.wants_page, id, gate.language(&wish))).into())
}

async fn through(gate: &Gate, head: Box<Parts>, body: Incoming, marks: Marks, peer: IpAddr, id: RequestId) -> Answered {
    let client = gate.client(&head.headers, peer);
    let host = arrive::check(gate, &head, marks)?;
    if gate.is_own_file(head.uri.path()) {
        return Ok(Box::pin(gate.own_file(Request::from_parts(*head, body), client, id)).await.into());
    }
    let room = gate.room(host)?;
    if gate.is_own(head.uri.path()) {
        return Box::pin(gate.own_page(room, Request::from_parts(*head, body), client, id)).await.map(Box::new);
    }
    let arrived = arrive::read(gate, room, head, body, marks, arrive::From { client, peer, id }).await?;
    gate.believe()?;
    let identified = recognise(gate.context(room), arrived).await?;
    match decide(&facts(room, &identified), gate.clock.now()) {
        Decision::Admit(permit) => admit(gate, room, permit, identified).await,
        Decision::Challenge(why) if let Some(along) = along::Along::of(&identified.arrived.parts.headers) => {
            Box::pin(along::pass(gate, room, why, along, identified)).await
        }
        Decision::Challenge(challenge) => Box::pin(challenge::challenge(gate, challenge, &identified)).await.map(Box::new),
        Decision::Leave => Box::pin(challenge::leave(gate, room, &identified)).await.map(Box::new),
        Decision::Refuse(Refuse::SignInFirst) if room.app.identity.asks_password() => Err(No::PasswordFirst),
        Decision::Refuse(refuse) => Err(No::Decided(refuse)),
    }
}

async fn admit(gate: &Gate, room: &Room, permit: Permit, identified: Identified) -> Answered {
    // What is rare stands in a box, so that what is common is small to move.
    if permit.kind().is_login() {
        return Box::pin(login::login(gate, room, permit, identified)).await.map(Box::new);
    }
    forward(gate, room, permit, identified).await
}

async fn forward(gate: &Gate, room: &Room, permit: Permit, identified: Identified) -> Answered {
    let kind = permit.kind();
    let way = gate.way(room, &identified.arrived);
    let (answer, sent) = proxy::forward(way, permit.admit(identified)).await?;
    if sent.is_overtaken() {
        return Err(No::Decided(Refuse::LoginInProgress));
    }
    if !changes_something(kind, &sent, &answer) {
        return Ok(answer);
    }
    let answer = Box::pin(watch(gate.context(room), &room.names, kind, &sent, answer)).await?.ok_or(No::UserChanged)?;
    Ok(if kind == Kind::Logout { challenge::without_gate_cookie(gate, *answer).into() } else { answer })
}

/// What the decision may depend on, of a request whose session is known.
pub fn facts<'a>(room: &'a Room, identified: &'a Identified) -> Facts<'a> {
    let arrived = &identified.arrived;
    let Arrived { parts, purpose, upgrade, client, .. } = &**arrived;
    let standing = match &identified.session {
        Some(session) if session.is_logging_in() => Standing::LoggingIn,
        Some(session) => match &session.user {
            Some(user) => Standing::LoggedIn { user, gate: identified.gate.as_ref().map(|g| &g.row) },
            None => Standing::Anonymous,
        },
        None => Standing::Stranger,
    };
    let names_another = identified.names_another();
    Facts {
        app: &room.app,
        path: arrived.path(),
        method: &parts.method,
        client: *client,
        upgrade: *upgrade,
        purpose,
        standing,
        names_another,
    }
}
