//! From credentials to a session: members first, and where a source can ask the app, the app's word.

mod asked;
mod named;

use std::sync::Arc;

use super::credentials::{Carrier, Credential, choose, look_up, settle};
use super::witness::Witness;
use super::{Arrived, Identified, Purpose, Unclear};
use crate::canonical::cookies::CookieClass;
use crate::clock::Clock;
use crate::config::settings::{App, Source};
use crate::directory::Directory;
use crate::memory::{GateSession, Memory, Session};
use crate::model::User;
use crate::seal::Seal;
use asked::{ask_where_needed, bare_member, was_asked};
pub use named::{named, named_as_typed, tried};

/// What recognising needs besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The app.
    pub app: &'a App,
    /// Its directory, if it has one.
    pub directory: Option<&'a Directory>,
    /// The source that can be asked, if it has one.
    pub witness: Option<&'a Witness>,
    /// Sessions.
    pub memory: &'a Arc<Memory>,
    /// Keys.
    pub seal: &'a Seal,
    /// Time.
    pub clock: &'a Clock,
    /// `https` or `http`, as clients see the gate.
    pub scheme: &'static str,
}

/// Finds the session of a request.
pub async fn recognise(cx: Context<'_>, arrived: Box<Arrived>) -> Result<Identified, Unclear> {
    let gate = match &arrived.cookies.gate {
        Some(token) => cx.memory.gate_of_hash(token.hash(cx.seal)).await?.filter(|g| g.row.app == cx.app.name),
        None => None,
    };
    let mut credentials = look_up(cx, &arrived).await?;
    let mut session = choose(&credentials, gate.as_deref());
    if let Some(doubtful) = session.as_ref().filter(|s| s.user.is_none() && s.tried().is_some())
        && cx.witness.is_none()
        && !Box::pin(may_try_again(cx, doubtful, &arrived)).await?
    {
        // A stranger's request, then; the cookies stay in the client for the form that is open there.
        let id = doubtful.id;
        credentials.iter_mut().filter(|c| c.session.as_ref().is_some_and(|s| s.id == id)).for_each(|c| c.session = None);
        session = None;
    }
    let mut identified = Identified {
        keep_headers: Vec::new(),
        keep_vouched: false,
        foreign: Vec::new(),
        carriers: [0; 16],
        session: None,
        gate: None,
        ended: None,
        arrived,
    };
    let session = match (cx.witness, &cx.app.identity.source) {
        (_, Source::RequestHeader(_)) => Box::pin(vouched_session(cx, &identified.arrived, &credentials)).await?,
        (Some(witness), _) if !was_asked(cx, witness, &credentials, session.as_deref()) => {
            Box::pin(ask_where_needed(cx, witness, &identified.arrived, &credentials, session, gate.as_deref())).await?
        }
        (None, _) => session.filter(|s| is_shown(s, &credentials, gate.as_deref())),
        _ => session,
    };
    let session = match (&gate, session) {
        (Some(gate), None) if takes_tokens(cx.app) && credentials.iter().all(|c| !c.carries) => {
            Box::pin(token_session(cx, gate)).await?
        }
        (_, session) => session,
    };
    settle(&mut identified, &credentials, session.as_ref());
    if matches!(identified.arrived.purpose, Purpose::LoginPage | Purpose::Login { .. }) {
        keep_given(cx, &mut identified, &credentials);
    }
    identified.gate = gate.filter(|gate| {
        session
            .as_ref()
            .is_some_and(|s| s.id == gate.row.session && s.user.as_ref().is_some_and(|u| same_user(u, &gate.row.user)))
    });
    if let (Some(gate), Some(session), true) = (&identified.gate, &session, cx.app.identity.is_shared()) {
        identified.ended = Some(cx.memory.browser(&gate.row, session));
    }
    identified.session = session;
    Ok(identified)
}

/// Does this client have the session, or only what the app sets beside its cookie (`theme=dark`)? That may be what anybody
/// sends: it goes nowhere, and lets nobody near the user's challenge. The gate's own cookie was given for the session's.
fn is_shown(session: &Session, credentials: &[Credential], gate: Option<&GateSession>) -> bool {
    let is_of_session = |c: &Credential| c.session.as_ref().is_some_and(|s| s.id == session.id);
    session.user.is_none()
        || gate.is_some_and(|gate| gate.row.session == session.id)
        || credentials.iter().any(|c| c.carries && is_of_session(c))
}

/// A login that looked failed may have let its user in, where no source can be asked: what such a session carries goes
/// to the app with another try of the same name only, and is nobody else's. Ordinary requests are stripped anyway.
async fn may_try_again(cx: Context<'_>, doubtful: &Session, arrived: &Arrived) -> Result<bool, Unclear> {
    Ok(match arrived.purpose {
        Purpose::Ordinary | Purpose::Inside { .. } | Purpose::Logout => true,
        Purpose::LoginPage => false,
        Purpose::Login { .. } => doubtful.tried() == Some(tried(cx, arrived.login_name.as_deref()).await?),
    })
}

/// A login page gets its own test cookie back, as the app gave it to a stranger. In any other spelling, or from
/// elsewhere, it could be what logs somebody in.
fn keep_given(cx: Context<'_>, identified: &mut Identified, credentials: &[Credential]) {
    let given = |c: &Credential| c.session.is_none() && cx.memory.was_given(c.key);
    let not_given: Vec<usize> = credentials
        .iter()
        .filter_map(|c| match c.carrier {
            Carrier::Cookie(index) if !given(c) => Some(index),
            _ => None,
        })
        .collect();
    let mut index = 0;
    identified.arrived.cookies.app.retain(|pair| {
        let off = pair.class == CookieClass::Other && !pair.kept && not_given.contains(&index);
        index += 1;
        !off
    });
}

fn same_user(a: &User, b: &User) -> bool {
    a.id == b.id && a.realm == b.realm
}

/// Does the app take tokens, which a browser's navigation doesn't carry?
fn takes_tokens(app: &App) -> bool {
    app.identity.token.is_some() || !app.session_headers.is_empty()
}

/// A request without any credential, from the browser of a session that is a token: its gate session tells whose it is.
async fn token_session(cx: Context<'_>, gate: &GateSession) -> Result<Option<Arc<Session>>, Unclear> {
    let session = cx.memory.session(gate.row.session).await?;
    Ok(session.filter(|s| s.user.is_some() && s.members().iter().any(|m| m.name.starts_with(':'))))
}

/// The session of a user whom a trusted proxy names: one for all their browsers, which the gate cookie tells apart.
async fn vouched_session(
    cx: Context<'_>,
    arrived: &Arrived,
    credentials: &[Credential],
) -> Result<Option<Arc<Session>>, Unclear> {
    let Some(vouched) = credentials.iter().find(|c| matches!(c.carrier, Carrier::Vouched)) else { return Ok(None) };
    if vouched.session.is_some() {
        return Ok(vouched.session.clone());
    }
    let turn = cx.memory.naming(vouched.key.0);
    let _one_at_a_time = turn.lock().await;
    if let Some(made) = cx.memory.session_of(vouched.key).await? {
        return Ok(Some(made));
    }
    let name = arrived.vouched.as_deref().unwrap_or_default();
    let user = named_as_typed(cx, name).await?.ok_or(Unclear::UnknownUser)?;
    Ok(Some(cx.memory.create(&cx.app.name, Some(user), vec![bare_member(arrived, vouched)], None, arrived.affinity()).await?))
}
