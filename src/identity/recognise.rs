//! From credentials to a session: members first, and where a source can ask the app, the app's word.

use std::sync::Arc;

use super::credentials::{Carrier, Credential, add, choose, look_up, settle};
use super::witness::{Answer, Ask, Likeness, Witness};
use super::{Arrived, Identified, Purpose, Unclear};
use crate::canonical::cookies::CookieClass;
use crate::clock::Clock;
use crate::config::settings::{App, Source};
use crate::directory::{Directory, fold};
use crate::memory::{GateSession, Memory, Session};
use crate::model::{Attributes, MemberKey, Name, User, UserId};
use crate::seal::Seal;
use crate::store::Member;

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
    pub memory: &'a Memory,
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

/// A login that looked failed may have let its user in, where no source can be asked: what such a session carries goes
/// to the app with another try of the same name only, and is nobody else's. Ordinary requests are stripped anyway.
async fn may_try_again(cx: Context<'_>, doubtful: &Session, arrived: &Arrived) -> Result<bool, Unclear> {
    Ok(match arrived.purpose {
        Purpose::Ordinary | Purpose::Inside { .. } | Purpose::Logout => true,
        Purpose::LoginPage => false,
        Purpose::Login { .. } => doubtful.tried() == Some(tried(cx, arrived.login_name.as_deref()).await?),
    })
}

/// Under which name a login is tried: one for all spellings of a user.
pub async fn tried(cx: Context<'_>, name: Option<&str>) -> Result<MemberKey, Unclear> {
    let name = name.unwrap_or_default();
    let user = named_as_typed(cx, name).await?;
    let id = user.map_or_else(|| format!("?{}", fold(name)), |user| user.id.to_string());
    Ok(cx.seal.member(cx.app.name.as_str(), b":tried", id.as_bytes()))
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

/// Is there a user in this session, by the app's own and recent word on the very credentials that were sent?
fn was_asked(cx: Context<'_>, witness: &Witness, credentials: &[Credential], session: Option<&Session>) -> bool {
    let Some(session) = session.filter(|s| s.user.is_some()) else { return false };
    let mut carriers = [0; 16];
    let of_session = credentials.iter().filter(|c| c.carries && c.session.as_ref().is_some_and(|s| s.id == session.id));
    of_session.for_each(|c| add(&mut carriers, c.key));
    session.was_asked(carriers, cx.clock.now(), witness.refresh())
}

/// Asks the app where its word is missing or old.
async fn ask_where_needed(
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
            let new = cx.memory.create(&cx.app.name, Some(user), members, anonymous.as_deref(), arrived.affinity()).await?;
            new.note_asked(carriers, now);
            Ok(Some(new))
        }
    }
}

fn members_of(session: &Session, chosen: &[&Credential]) -> Vec<Member> {
    session.members().into_iter().filter(|m| chosen.iter().any(|c| c.key == m.key)).collect()
}

fn bare_member(arrived: &Arrived, credential: &Credential) -> Member {
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

/// The user of a name that somebody typed, likewise.
pub async fn named_as_typed(cx: Context<'_>, name: &str) -> Result<Option<User>, Unclear> {
    match cx.directory {
        Some(directory) => Ok(directory.find(&cx.app.realm, name, false).await?),
        None => named(cx, name, Attributes::default()).await,
    }
}

/// The user of a name that the app gave: the directory's where there is one, else as the app says. `None`: not known there.
pub async fn named(cx: Context<'_>, name: &str, attributes: Attributes) -> Result<Option<User>, Unclear> {
    let Some(directory) = cx.directory else {
        return Ok(Some(User { realm: cx.app.realm.clone(), id: UserId::new(name), attributes }));
    };
    let Some(mut user) = directory.find(&cx.app.realm, name, true).await? else { return Ok(None) };
    // What the app says completes what the directory says, and doesn't overrule it.
    let mut all = attributes.all();
    all.extend(user.attributes.all());
    user.attributes = all.into_iter().collect();
    Ok(Some(user))
}
