//! From credentials to a session: members first, and where a source can ask the app, the app's word.

use std::sync::Arc;

use http::header::AUTHORIZATION;

use super::probe::{self, Answer, Ask, Likeness};
use super::{Arrived, Identified, Purpose, Unclear};
use crate::canonical::cookies::{self, CookieClass, Pair};
use crate::clock::Clock;
use crate::config::settings::{App, Probe, Source};
use crate::directory::Directory;
use crate::memory::{GateSession, Memory, Session};
use crate::model::{MemberKey, User, UserId};
use crate::seal::Seal;
use crate::store::Member;

/// What recognising needs besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The app.
    pub app: &'a App,
    /// Its directory, if it has one.
    pub directory: Option<&'a Directory>,
    /// Sessions.
    pub memory: &'a Memory,
    /// Keys.
    pub seal: &'a Seal,
    /// Time.
    pub clock: &'a Clock,
    /// `https` or `http`, as clients see the gate.
    pub scheme: &'static str,
}

/// One credential of the request.
struct Credential {
    /// Index into the cookies; `None`: the Authorization header.
    cookie: Option<usize>,
    key: MemberKey,
    session: Option<Arc<Session>>,
    /// Could it carry a login (session cookie or header), or is it any other cookie?
    carries: bool,
}

/// Finds the session of a request.
pub async fn recognise(cx: Context<'_>, arrived: Arrived) -> Result<Identified, Unclear> {
    let gate = match &arrived.cookies.gate {
        Some(token) => cx.memory.gate_of(token).await?.filter(|g| g.row.app == cx.app.name),
        None => None,
    };
    let credentials = look_up(cx, &arrived).await?;
    let session = choose(&credentials, gate.as_deref());
    let mut identified =
        Identified { keep_authorization: false, foreign: Vec::new(), carriers: [0; 16], session: None, gate: None, arrived };
    let session = match cx.app.identity.probe() {
        Some(probe) if !was_asked(cx, probe, &credentials, session.as_deref()) => {
            Box::pin(ask_where_needed(cx, probe, &identified.arrived, &credentials, session, gate.as_deref())).await?
        }
        _ => session,
    };
    settle(&mut identified, &credentials, session.as_ref());
    identified.gate = gate.filter(|gate| {
        session
            .as_ref()
            .is_some_and(|s| s.id == gate.row.session && s.user.as_ref().is_some_and(|u| same_user(u, &gate.row.user)))
    });
    identified.session = session;
    Ok(identified)
}

fn same_user(a: &User, b: &User) -> bool {
    a.id == b.id && a.realm == b.realm
}

async fn look_up(cx: Context<'_>, arrived: &Arrived) -> Result<Vec<Credential>, Unclear> {
    let app = cx.app.name.as_str();
    let mut credentials = Vec::with_capacity(4);
    for (index, pair) in arrived.cookies.app.iter().enumerate() {
        if pair.class != CookieClass::Harmless {
            let key = cx.seal.member(app, pair.name().as_bytes(), pair.value().as_bytes());
            let session = cx.memory.session_of(key).await?;
            let carries = pair.class == CookieClass::Session;
            credentials.push(Credential { cookie: Some(index), key, session, carries });
        }
    }
    if let Some(value) = arrived.parts.headers.get(AUTHORIZATION) {
        let key = cx.seal.member(app, b":authorization", value.as_bytes());
        let session = cx.memory.session_of(key).await?;
        credentials.push(Credential { cookie: None, key, session, carries: true });
    }
    Ok(credentials)
}

/// One session a request: that of the gate cookie, else the newest login, else the newest.
fn choose(credentials: &[Credential], gate: Option<&GateSession>) -> Option<Arc<Session>> {
    let mut sessions = credentials.iter().filter_map(|c| c.session.as_ref());
    let bound = gate.and_then(|gate| sessions.clone().find(|s| s.id == gate.row.session));
    bound.or_else(|| sessions.by_ref().max_by_key(|s| (s.user.is_some(), s.created_at))).cloned()
}

/// Marks what is kept, what is foreign, and sums up the credentials.
fn settle(identified: &mut Identified, credentials: &[Credential], session: Option<&Arc<Session>>) {
    // A session made just now, or a value that just joined one, isn't in what was looked up before.
    let is_new = |c: &Credential| {
        session.is_some_and(|s| c.session.as_ref().is_none_or(|old| old.ended.is_cancelled()) && s.has_member(c.key))
    };
    for credential in credentials {
        let is_member = match (session, &credential.session) {
            (Some(session), Some(other)) if session.id == other.id => true,
            _ => is_new(credential),
        };
        if is_member {
            match credential.cookie {
                Some(index) => identified.arrived.cookies.app[index].kept = true,
                None => identified.keep_authorization = true,
            }
            if credential.carries {
                add(&mut identified.carriers, credential.key);
            }
        } else if let Some(other) = &credential.session {
            identified.foreign.extend(other.members().into_iter().filter(|m| m.key == credential.key));
        }
    }
}

fn add(sum: &mut [u8; 16], key: MemberKey) {
    for (byte, more) in sum.iter_mut().zip(key.0) {
        *byte ^= more;
    }
}

/// Is there a user in this session, by the app's own and recent word on the very credentials that were sent?
fn was_asked(cx: Context<'_>, probe: &Probe, credentials: &[Credential], session: Option<&Session>) -> bool {
    let Some(session) = session.filter(|s| s.user.is_some()) else { return false };
    let mut carriers = [0; 16];
    let of_session = credentials.iter().filter(|c| c.carries && c.session.as_ref().is_some_and(|s| s.id == session.id));
    of_session.for_each(|c| add(&mut carriers, c.key));
    session.was_asked(carriers, cx.clock.now(), probe.refresh)
}

/// Asks the app where its word is missing or old.
async fn ask_where_needed(
    cx: Context<'_>,
    probe: &Probe,
    arrived: &Arrived,
    credentials: &[Credential],
    session: Option<Arc<Session>>,
    gate: Option<&GateSession>,
) -> Result<Option<Arc<Session>>, Unclear> {
    let is_source = matches!(cx.app.identity.source, Source::Probe(_));
    let of_session = |id| credentials.iter().filter(move |c| c.carries && c.session.as_ref().map(|s| s.id) == id);
    match session {
        Some(session) if session.user.is_some() => {
            if session.is_logging_in(cx.clock.now()) {
                return Ok(Some(session));
            }
            let chosen: Vec<&Credential> = of_session(Some(session.id)).collect();
            if chosen.is_empty() {
                // Only companions of the session were sent: nothing that could be logged in. Nobody's request.
                return Ok(None);
            }
            confirm_session(cx, probe, arrived, &chosen, session, is_source).await
        }
        anonymous_or_none => {
            let chosen: Vec<&Credential> = of_session(anonymous_or_none.as_ref().map(|s| s.id)).collect();
            if chosen.is_empty() || arrived.purpose == Purpose::Logout {
                return Ok(anonymous_or_none);
            }
            let verified = gate.filter(|g| g.is_verified());
            // On login paths an anonymous session's own credentials go to the app: it must be nobody's indeed.
            let goes = anonymous_or_none.is_some() && arrived.purpose != Purpose::Ordinary;
            let may_join = anonymous_or_none.is_none() && verified.is_some() && !matches!(arrived.purpose, Purpose::Login(_));
            if !goes && !may_join && (!is_source || matches!(arrived.purpose, Purpose::Login(_))) {
                return Ok(anonymous_or_none);
            }
            name_session(cx, probe, arrived, &chosen, anonymous_or_none, verified, goes).await
        }
    }
}

/// A logged-in session: does the app still name the same user for exactly these credentials?
async fn confirm_session(
    cx: Context<'_>,
    probe: &Probe,
    arrived: &Arrived,
    chosen: &[&Credential],
    session: Arc<Session>,
    is_source: bool,
) -> Result<Option<Arc<Session>>, Unclear> {
    let mut carriers = [0; 16];
    chosen.iter().for_each(|c| add(&mut carriers, c.key));
    if session.was_asked(carriers, cx.clock.now(), probe.refresh) {
        return Ok(Some(session));
    }
    let turn = session.clone();
    let _one_at_a_time = turn.asking.lock().await;
    if session.was_asked(carriers, cx.clock.now(), probe.refresh) {
        return Ok(Some(session));
    }
    let asked_at = cx.clock.now();
    match probe::ask(cx.app, probe, ask_for(cx, arrived, chosen)).await {
        Answer::Undecided(why) => Err(Unclear::Probe { path: probe.path.clone(), why }),
        Answer::Nobody => {
            // The app has forgotten this session: so do we, or its user would be challenged for nothing.
            cx.memory.end(&session).await?;
            Ok(None)
        }
        Answer::User(name, attributes) => match named(cx, &name, attributes) {
            Some(user) if session.user.as_ref().is_some_and(|u| same_user(u, &user)) => {
                session.note_asked(carriers, asked_at);
                Ok(Some(session))
            }
            // The user changed inside the session: it is another session now, or nobody's.
            Some(user) if is_source => {
                let members = members_of(&session, chosen);
                let new = cx.memory.create(&cx.app.name, Some(user), members, Some(&session)).await?;
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
    probe: &Probe,
    arrived: &Arrived,
    chosen: &[&Credential],
    anonymous: Option<Arc<Session>>,
    verified: Option<&GateSession>,
    goes: bool,
) -> Result<Option<Arc<Session>>, Unclear> {
    let is_source = matches!(cx.app.identity.source, Source::Probe(_));
    let mut carriers = [0; 16];
    chosen.iter().for_each(|c| add(&mut carriers, c.key));
    let now = cx.clock.now();
    // The app's no is remembered on the anonymous session, unless its credentials are to go to the app now;
    // strangers' values are asked about each time.
    if let Some(session) = &anonymous
        && !goes
        && session.was_asked(carriers, now, probe.refresh)
    {
        return Ok(anonymous);
    }
    match probe::ask(cx.app, probe, ask_for(cx, arrived, chosen)).await {
        Answer::Undecided(why) => Err(Unclear::Probe { path: probe.path.clone(), why }),
        Answer::Nobody => {
            if let Some(session) = &anonymous {
                session.note_asked(carriers, now);
            }
            Ok(anonymous)
        }
        Answer::User(name, attributes) => {
            let Some(user) = named(cx, &name, attributes) else {
                return Err(Unclear::Probe {
                    path: probe.path.clone(),
                    why: "it names a user whom the directory doesn't know".into(),
                });
            };
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
            let new = cx.memory.create(&cx.app.name, Some(user), members, anonymous.as_deref()).await?;
            new.note_asked(carriers, now);
            Ok(Some(new))
        }
    }
}

fn members_of(session: &Session, chosen: &[&Credential]) -> Vec<Member> {
    session.members().into_iter().filter(|m| chosen.iter().any(|c| c.key == m.key)).collect()
}

fn bare_member(arrived: &Arrived, credential: &Credential) -> Member {
    let name = credential.cookie.map_or(":authorization", |index| arrived.cookies.app[index].name());
    Member { key: credential.key, name: name.to_owned(), path: None, domain: None }
}

fn ask_for(cx: Context<'_>, arrived: &Arrived, chosen: &[&Credential]) -> Ask {
    // Harmless cookies go along (language); everything else in the line stays off.
    let pairs: Vec<&Pair> = arrived
        .cookies
        .app
        .iter()
        .enumerate()
        .filter(|(i, p)| p.class == CookieClass::Harmless || chosen.iter().any(|c| c.cookie == Some(*i)))
        .map(|(_, p)| p)
        .collect();
    Ask {
        cookie: cookies::line(pairs.into_iter()),
        authorization: chosen
            .iter()
            .any(|c| c.cookie.is_none())
            .then(|| arrived.parts.headers.get(AUTHORIZATION).cloned())
            .flatten(),
        like: Likeness::of(&arrived.parts.headers, arrived.ip),
        scheme: cx.scheme,
    }
}

/// The user of a name that the app gave: the directory's where there is one, else as the app says.
pub fn named(cx: Context<'_>, name: &str, attributes: crate::model::Attributes) -> Option<User> {
    match cx.directory {
        Some(directory) => {
            let mut user = directory.find(&cx.app.realm, name)?;
            // What the app says completes what the directory says, and doesn't overrule it.
            let mut all = (*attributes.0).clone();
            all.extend(user.attributes.0.iter().map(|(k, v)| (k.clone(), v.clone())));
            user.attributes = all.into_iter().collect();
            Some(user)
        }
        None => Some(User { realm: cx.app.realm.clone(), id: UserId::new(name), attributes }),
    }
}
