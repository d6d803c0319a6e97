//! What the app's answer changes: values that become members, sessions that end, and what a login's answer means.
//! Whatever a client is told was committed before.

mod login;

use http::{Response, header};

use crate::canonical::cookies::{CookieClass, Names};
use crate::config::settings::Source;
use crate::decide::Kind;
use crate::identity::Unclear;
use crate::identity::probe::{self, Answer, Ask};
use crate::identity::recognise::Context;
use crate::memory::Session;
use crate::proxy::Sent;
use crate::proxy::set_cookie::{self, Set};
use crate::store::Member;
use crate::upstream::body::Body;
pub use login::{LoginResult, watch_login};

/// Can this answer change anything that the gate remembers? Most can't.
pub fn changes_something<B>(kind: Kind, sent: &Sent, answer: &Response<B>) -> bool {
    kind == Kind::Logout || !sent.foreign.is_empty() || answer.headers().contains_key(header::SET_COOKIE)
}

/// Watches the answer to a request that was no login. `None`: it is another user's, and nothing of it goes out.
pub async fn watch(
    cx: Context<'_>,
    names: &Names,
    kind: Kind,
    sent: &Sent,
    mut answer: Response<Body>,
) -> Result<Option<Response<Body>>, Unclear> {
    let sets = set_cookie::read(answer.headers_mut(), names, cx.app.name.as_str(), cx.seal, cx.clock);
    match kind {
        Kind::Stripped | Kind::LoginPage => {
            note_anonymous(cx, kind, sent, sets, &mut answer).await?;
        }
        Kind::Verified | Kind::Trusted => {
            if let Some(session) = &sent.session
                && !rotate(cx, session, sent, sets).await?
            {
                return Ok(None);
            }
        }
        Kind::Logout => {
            if (answer.status().is_success() || answer.status().is_redirection())
                && let Some(session) = &sent.session
            {
                // The logout's own answer still goes out; everything else of the session stops.
                if let Body::App(body) = answer.body_mut() {
                    body.until = None;
                }
                let members = session.members();
                cx.memory.end(session).await?;
                for member in members {
                    if !sets.iter().any(|s| s.member.name == member.name)
                        && let Some(line) = set_cookie::expire(&member)
                    {
                        answer.headers_mut().append(header::SET_COOKIE, line);
                    }
                }
            }
        }
        Kind::Login | Kind::LoginAgain => {}
    }
    expire_foreign(&sent.foreign, &mut answer);
    Ok(Some(answer))
}

/// Members of other sessions are taken off the client, unless this answer sets the same name.
pub fn expire_foreign<B>(foreign: &[Member], answer: &mut Response<B>) {
    for member in foreign {
        let set_now = answer
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .any(|line| line.as_bytes().starts_with(format!("{}=", member.name).as_bytes()));
        if !set_now && let Some(line) = set_cookie::expire(member) {
            answer.headers_mut().append(header::SET_COOKIE, line);
        }
    }
}

/// Values set for strangers belong to an anonymous session; one that was stripped isn't overwritten.
async fn note_anonymous(
    cx: Context<'_>,
    kind: Kind,
    sent: &Sent,
    sets: Vec<Set>,
    answer: &mut Response<Body>,
) -> Result<(), Unclear> {
    let own_credentials_went = kind == Kind::LoginPage && sent.session.as_ref().is_some_and(|s| s.user.is_none());
    if sent.stripped_known && !own_credentials_went {
        let is_session = |name: &str| sets.iter().any(|s| s.member.name == name && s.class == CookieClass::Session);
        set_cookie::drop_names(answer.headers_mut(), is_session);
        return Ok(());
    }
    let members: Vec<Member> =
        sets.into_iter().filter(|s| s.class == CookieClass::Session && !s.deletes).map(|s| s.member).collect();
    if members.is_empty() || !sent.reads {
        return Ok(());
    }
    match &sent.session {
        Some(session) => {
            cx.memory.add_members(session, members).await?;
        }
        None => {
            // A value that belongs to a session already (an app that hands out fixed values) stays there.
            for member in &members {
                if cx.memory.session_of(member.key).await?.is_some() {
                    return Ok(());
                }
            }
            cx.memory.create(&cx.app.name, None, members, None).await?;
        }
    }
    Ok(())
}

/// New values in the answer to a verified request. `false`: the app names another user for them.
async fn rotate(cx: Context<'_>, session: &std::sync::Arc<Session>, sent: &Sent, sets: Vec<Set>) -> Result<bool, Unclear> {
    let (new, companions): (Vec<Set>, Vec<Set>) = sets
        .into_iter()
        .filter(|s| !s.deletes && s.class != CookieClass::Harmless && !session.has_member(s.member.key))
        .partition(|s| s.class == CookieClass::Session);
    let mut members: Vec<Member> = companions.into_iter().map(|s| s.member).collect();
    let mut same_user = true;
    if !new.is_empty() {
        if let Some(probe) = cx.app.identity.probe() {
            match probe::ask(cx.app, probe, ask_after(cx, sent, &new)).await {
                Answer::User(name, attributes) => {
                    let user = crate::identity::recognise::named(cx, &name, attributes);
                    same_user = user.is_some() && user.as_ref().map(|u| &u.id) == session.user.as_ref().map(|u| &u.id);
                    if same_user {
                        members.extend(new.into_iter().map(|s| s.member));
                    }
                }
                // Nobody's: the client is a stranger with it, logs in again, and loses nothing but that.
                Answer::Nobody => {}
                Answer::Undecided(why) => tracing::warn!(app = %cx.app.name, %why, "a new session cookie was not confirmed"),
            }
        } else if cx.app.identity.follow_rotation && matches!(cx.app.identity.source, Source::LoginForm) {
            members.extend(new.into_iter().map(|s| s.member));
        }
    }
    if !same_user {
        cx.memory.end(session).await?;
        return Ok(false);
    }
    cx.memory.add_members(session, members).await?;
    Ok(true)
}

/// The client's cookies as they will be after this answer, for asking the app about them.
fn ask_after(cx: Context<'_>, sent: &Sent, new: &[Set]) -> Ask {
    let mut line = String::new();
    let mut push = |name: &str, value: &str| {
        if !line.is_empty() {
            line.push_str("; ");
        }
        line.push_str(name);
        line.push('=');
        line.push_str(value);
    };
    for pair in &sent.carried {
        if !new.iter().any(|s| s.member.name == pair.name()) {
            push(pair.name(), pair.value());
        }
    }
    for set in new.iter().filter(|s| !s.deletes) {
        push(&set.member.name, &set.value);
    }
    Ask { cookie: line, authorization: None, like: sent.like.clone(), scheme: cx.scheme }
}
