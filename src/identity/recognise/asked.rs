//! The app's word on whose some credentials are, asked for where it is missing or old.

use std::sync::Arc;

use super::named::named;
use super::{Context, same_user};
use crate::canonical::cookies::CookieClass;
use crate::config::settings::Source;
use crate::identity::credentials::{Carrier, Credential, add};
use crate::identity::witness::{Answer, Ask, Likeness, Witness};
use crate::identity::{Arrived, Purpose, Unclear};
use crate::memory::{GateSession, Session};
use crate::model::Name;
use crate::store::Member;

/// Is there a user in this session, by the app's own and recent word on the very credentials that were sent?
pub(super) fn was_asked(cx: Context<'_>, witness: &Witness, credentials: &[Credential], session: Option<&Session>) -> bool {
    let Some(session) = session.filter(|s| s.user.is_some()) else { return false };
    let mut carriers = [0; 16];
    let of_session = credentials.iter().filter(|c| c.carries && c.session.as_ref().is_some_and(|s| s.id == session.id));
    of_session.for_each(|c| add(&mut carriers, c.key));
    session.was_asked(carriers, cx.clock.now(), witness.refresh())
}

/// Asks the app where its word is missing or old.
pub(super) async fn ask_where_needed(
    cx: Context<'_>,
    witness: &Witness,
    arrived: &Arrived,
    credentials: &[Credential],
    session: Option<Arc<Session>>,
    gate: Option<&GateSession>,
) -> Result<Option<Arc<Session>>, Unclear> {
    let is_source = matches!(cx.app.identity.source, Source::Witness(_));
    let of_session = |id| credentials.iter().filter(move |c| c.carries && c.session.as_ref().map(|s| s.id) == id);
    // Only companions of a session were sent, nothing that could be logged in: it is nobody's request, or another
    // credential's that the app has renewed.
    let has_carrier =
        |s: &Arc<Session>| credentials.iter().any(|c| c.carries && c.session.as_ref().is_some_and(|o| o.id == s.id));
    let session = session.filter(|s| s.user.is_none() || s.is_logging_in() || has_carrier(s));
    match session {
        Some(session) if session.user.is_some() => {
            if session.is_logging_in() {
                return Ok(Some(session));
            }
            let chosen: Vec<&Credential> = of_session(Some(session.id)).collect();
            confirm_session(cx, witness, arrived, &chosen, session, is_source).await
        }
        anonymous_or_none => {
            let chosen: Vec<&Credential> = of_session(anonymous_or_none.as_ref().map(|s| s.id)).collect();
            if chosen.is_empty() || arrived.purpose == Purpose::Logout {
                return Ok(anonymous_or_none);
            }
            let verified = gate.filter(|g| g.is_verified());
            // On login paths an anonymous session's own credentials go to the app: it must be nobody's indeed.
            let goes = anonymous_or_none.is_some() && !arrived.purpose.is_ordinary();
            let may_join = anonymous_or_none.is_none() && verified.is_some() && !matches!(arrived.purpose, Purpose::Login { .. });
            if !goes && !may_join && (!is_source || matches!(arrived.purpose, Purpose::Login { .. })) {
                return Ok(anonymous_or_none);
            }
            name_session(cx, witness, arrived, &chosen, anonymous_or_none, verified, goes).await
        }
    }
}

/// A logged-in session: does the app still name the same user for exactly these credentials?
async fn confirm_session(
    cx: Context<'_>,
    witness: &Witness,
    arrived: &Arrived,
    chosen: &[&Credential],
    session: Arc<Session>,
    is_source: bool,
) -> Result<Option<Arc<Session>>, Unclear> {
    let mut carriers = [0; 16];
    chosen.iter().for_each(|c| add(&mut carriers, c.key));
    if session.was_asked(carriers, cx.clock.now(), witness.refresh()) {
        return Ok(Some(session));
    }
    let turn = session.clone();
    let _one_at_a_time = turn.asking().lock().await;
    if session.was_asked(carriers, cx.clock.now(), witness.refresh()) {
        return Ok(Some(session));
    }
    let asked_at = cx.clock.now();
    match witness.ask(cx.app, ask_for(cx, arrived, chosen, Some(&session))).await {
        Answer::Undecided(why) => Err(Unclear::Witness { place: witness.place().to_owned(), why }),
        Answer::Nobody => {
            // The app has forgotten this session: so do we, or its user would be challenged for nothing.
            cx.memory.end(&session).await?;
            Ok(None)
        }
        Answer::User(name, attributes) => match named(cx, &name, attributes).await? {
            Some(user) if session.user.as_ref().is_some_and(|u| same_user(u, &user)) => {
                session.note_asked(carriers, asked_at);
                Ok(Some(session))
            }
            // The user changed inside the session: it is another session now, or nobody's.
            Some(user) if is_source => {
                let members = members_of(&session, chosen);
                let new = cx.memory.create(&cx.app.name, Some(user), members, Some(&session), session.affinity).await?;
                new.note_asked(carriers, asked_at);
                Ok(Some(new))
            }
            _ => {
                cx.memory.end(&session).await?;
                Ok(None)
            }
        },
    }
}

/// Values that nobody logged in with through the gate: does the app name somebody for them?
async fn name_session(
    cx: Context<'_>,
    witness: &Witness,
    arrived: &Arrived,
    chosen: &[&Credential],
    anonymous: Option<Arc<Session>>,
    verified: Option<&GateSession>,
    goes: bool,
) -> Result<Option<Arc<Session>>, Unclear> {
    let is_source = matches!(cx.app.identity.source, Source::Witness(_));
    let mut carriers = [0; 16];
    chosen.iter().for_each(|c| add(&mut carriers, c.key));
    let now = cx.clock.now();
    // The app's no is remembered on the anonymous session, unless its credentials are to go to the app now;
    // strangers' values are asked about each time.
    if let Some(session) = &anonymous
        && !goes
        && session.was_asked(carriers, now, witness.refresh())
    {
        return Ok(anonymous);
    }
    // Parallel requests of one browser ask once, and find what the first has made.
    let turn = cx.memory.naming(carriers);
    let _one_at_a_time = turn.lock().await;
    if anonymous.is_none()
        && let Some(made) = cx.memory.session_of(chosen[0].key).await?
        && made.user.is_some()
        && made.was_asked(carriers, cx.clock.now(), witness.refresh())
    {
        return Ok(Some(made));
    }
    match witness.ask(cx.app, ask_for(cx, arrived, chosen, anonymous.as_deref())).await {
        Answer::Undecided(why) => Err(Unclear::Witness { place: witness.place().to_owned(), why }),
        Answer::Nobody => {
            if let Some(session) = &anonymous {
                session.note_asked(carriers, now);
            }
            Ok(anonymous)
        }
        Answer::User(name, attributes) => {
            let user = named(cx, &name, attributes).await?.ok_or(Unclear::UnknownUser)?;
            let members: Vec<Member> = chosen.iter().map(|c| bare_member(arrived, c)).collect();
            if let Some(gate) = verified
                && anonymous.is_none()
                && same_user(&gate.row.user, &user)
                && let Some(session) = cx.memory.session(gate.row.session).await?
                && session.user.as_ref().is_some_and(|u| same_user(u, &user))
            {
                // A refreshed credential of the user who is verified in this browser.
                if cx.memory.add_members(&session, members).await? {
                    session.note_asked(carriers, now);
                    return Ok(Some(session));
                }
                return Ok(None);
            }
            if !is_source && anonymous.is_none() {
                return Ok(None);
            }
            let new = cx.memory.create(&cx.app.name, Some(user), members, anonymous.as_ref(), arrived.affinity()).await?;
            new.note_asked(carriers, now);
            Ok(Some(new))
        }
    }
}

fn members_of(session: &Session, chosen: &[&Credential]) -> Vec<Member> {
    session.members().into_iter().filter(|m| chosen.iter().any(|c| c.key == m.key)).collect()
}

pub(super) fn bare_member(arrived: &Arrived, credential: &Credential) -> Member {
    let name = match &credential.carrier {
        Carrier::Cookie(index) => arrived.cookies.app[*index].name().to_owned(),
        Carrier::Header(name) => format!(":{name}"),
        Carrier::Vouched => ":vouched".to_owned(),
    };
    Member { key: credential.key, name: Name::new(name), path: None, domain: None }
}

fn ask_for(cx: Context<'_>, arrived: &Arrived, chosen: &[&Credential], session: Option<&Session>) -> Ask {
    let is_chosen = |i: usize| chosen.iter().any(|c| matches!(c.carrier, Carrier::Cookie(index) if index == i));
    // Harmless cookies go along (language); everything else in the line stays off.
    let pairs = arrived.cookies.app.iter().enumerate().filter(|(i, p)| p.class == CookieClass::Harmless || is_chosen(*i));
    let header = |c: &&Credential| match &c.carrier {
        Carrier::Header(name) => Some((name.clone(), arrived.parts.headers.get(name)?.clone())),
        _ => None,
    };
    Ask {
        cookies: pairs.map(|(_, p)| (p.name().to_owned(), p.value().to_owned())).collect(),
        headers: chosen.iter().filter_map(header).collect(),
        like: Likeness::of(&arrived.parts.headers, arrived.client.ip),
        affinity: session.map_or(arrived.affinity(), |s| s.affinity),
        scheme: cx.scheme,
    }
}
