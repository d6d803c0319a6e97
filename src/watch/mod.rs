//! What the app's answer changes: values that become members, sessions that end, and what a login's answer means.
//! Whatever a client is told was committed before.

mod login;

use std::sync::Arc;

use http::{HeaderValue, Response, header};

use crate::canonical::cookies::{CookieClass, Names};
use crate::config::settings::Source;
use crate::decide::Kind;
use crate::identity::Unclear;
use crate::identity::recognise::{Context, named};
use crate::identity::witness::{Answer, Ask};
use crate::memory::Session;
use crate::model::Attributes;
use crate::proxy::Sent;
use crate::proxy::set_cookie::{self, Set};
use crate::store::Member;
use crate::upstream::body::Body;
pub use login::{LoginResult, Tried, watch_login};

/// Can this answer change anything that the gate remembers? Most can't.
pub fn changes_something<B>(kind: Kind, sent: &Sent, answer: &Response<B>) -> bool {
    kind == Kind::Logout || sent.named.is_some() || !sent.foreign.is_empty() || answer.headers().contains_key(header::SET_COOKIE)
}

/// Watches the answer to a request that was no login. `None`: it is another user's, and nothing of it goes out.
pub async fn watch(
    cx: Context<'_>,
    names: &Names,
    kind: Kind,
    sent: &Sent,
    mut answer: Box<Response<Body>>,
) -> Result<Option<Box<Response<Body>>>, Unclear> {
    set_cookie::keep_last(answer.headers_mut(), names);
    let sets = set_cookie::read(answer.headers_mut(), names, cx.app.name.as_str(), cx.seal, cx.clock);
    match kind {
        Kind::Stripped | Kind::LoginPage => {
            note_given(cx, &sets);
            note_anonymous(cx, kind, sent, sets, &mut answer).await?;
        }
        Kind::Verified | Kind::Trusted => {
            if let Some(session) = &sent.session
                && (!is_for(cx, session, sent).await? || !rotate(cx, session, sent, sets).await?)
            {
                return Ok(None);
            }
        }
        Kind::Logout => {
            if (answer.status().is_success() || answer.status().is_redirection())
                && let Some(session) = &sent.session
            {
                // The logout's own answer still goes out; everything else of the session stops.
                if let Some(body) = answer.body_mut().of_app() {
                    body.set_free();
                }
                if let (Some(shown), true) = (&sent.gate, cx.app.identity.is_shared()) {
                    cx.memory.end_gate(&shown.row).await?;
                    return Ok(Some(answer));
                }
                let mut members = session.members();
                cx.memory.end(session).await?;
                members.retain(|member| !sets.iter().any(|s| s.member.name == member.name));
                for line in set_cookie::expire(&members) {
                    answer.headers_mut().append(header::SET_COOKIE, line);
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
    let is_set_now = |member: &&Member| {
        let set = format!("{}=", member.name);
        answer.headers().get_all(header::SET_COOKIE).iter().any(|line| line.as_bytes().starts_with(set.as_bytes()))
    };
    let gone: Vec<Member> = foreign.iter().filter(|member| !is_set_now(member)).cloned().collect();
    for line in set_cookie::expire(&gone) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
}

/// What stands beside a session in an answer to a stranger: a login page's test cookie.
fn note_given(cx: Context<'_>, sets: &[Set]) {
    let others = sets.iter().filter(|s| s.class == CookieClass::Other && !s.deletes);
    others.for_each(|s| cx.memory.note_given(s.member.key));
}

/// A session cookie that an answer sets to two values: client and app may each take another.
fn set_twice(sets: &[Set]) -> Option<&str> {
    let sets = || sets.iter().filter(|s| s.class == CookieClass::Session && !s.deletes);
    let twice = |s: &&Set| sets().any(|other| other.member.name == s.member.name && other.value != s.value);
    sets().find(twice).map(|s| s.member.name.as_str())
}

/// Is one of these values another session's already? An app that hands out fixed values takes none away by that.
async fn is_anothers(cx: Context<'_>, members: &[Member], session: Option<&Session>) -> Result<bool, Unclear> {
    for member in members {
        if cx.memory.session_of(member.key).await?.is_some_and(|other| session.is_none_or(|own| own.id != other.id)) {
            return Ok(true);
        }
    }
    Ok(false)
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
            if is_anothers(cx, &members, None).await? {
                return Ok(());
            }
            cx.memory.create(&cx.app.name, None, members, None, sent.affinity).await?;
        }
    }
    Ok(())
}

/// Does the app's answer name the session's own user, if it names one? Else the session ends.
async fn is_for(cx: Context<'_>, session: &Arc<Session>, sent: &Sent) -> Result<bool, Unclear> {
    let (Some(name), Some(user)) = (&sent.named, &session.user) else { return Ok(true) };
    if name == user.id.as_str() || named(cx, name, Attributes::default()).await?.is_some_and(|u| u.id == user.id) {
        return Ok(true);
    }
    cx.memory.end(session).await?;
    Ok(false)
}

/// New values in the answer to a verified request. `false`: the app names another user for them.
async fn rotate(cx: Context<'_>, session: &std::sync::Arc<Session>, sent: &Sent, sets: Vec<Set>) -> Result<bool, Unclear> {
    let (mut new, companions): (Vec<Set>, Vec<Set>) = sets
        .into_iter()
        .filter(|s| !s.deletes && s.class != CookieClass::Harmless && !session.has_member(s.member.key))
        .partition(|s| s.class == CookieClass::Session);
    let mut members: Vec<Member> = companions.into_iter().map(|s| s.member).collect();
    let mut same_user = true;
    if !new.is_empty() {
        if let Some(witness) = cx.witness {
            // What it doesn't look at it can't vouch for.
            new.retain(|s| witness.judges_cookie(&s.member.name, s.class));
            let asked = if new.is_empty() {
                Answer::Nobody
            } else if let Some(name) = set_twice(&new) {
                Answer::Undecided(format!("{name} is set to two values"))
            } else {
                witness.ask(cx.app, ask_after(cx, sent, &new, None)).await
            };
            match asked {
                Answer::User(name, attributes) => {
                    let user = named(cx, &name, attributes).await?;
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
fn ask_after(cx: Context<'_>, sent: &Sent, new: &[Set], token: Option<HeaderValue>) -> Ask {
    let kept = sent.carried.iter().filter(|pair| !new.iter().any(|s| s.member.name == pair.name()));
    let kept = kept.map(|pair| (pair.name().to_owned(), pair.value().to_owned()));
    // The client keeps the last of several.
    let is_last = |(i, s): &(usize, &Set)| !new[i + 1..].iter().any(|later| later.member.name == s.member.name && !later.deletes);
    let set = new
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.deletes)
        .filter(is_last)
        .map(|(_, s)| s)
        .map(|set| (set.member.name.to_string(), set.value.clone()));
    let headers = match token {
        Some(token) => vec![(header::AUTHORIZATION, token)],
        None => sent.headers.clone(),
    };
    Ask { cookies: kept.chain(set).collect(), headers, like: sent.like.clone(), affinity: sent.affinity, scheme: cx.scheme }
}
