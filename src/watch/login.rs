//! The answer to a login: judged whole, committed, and answered by the gate itself where it succeeded.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use http_body_util::{BodyExt, Limited};

use super::{Sent, ask_after, is_anothers, note_given, set_twice};
use crate::canonical::cookies::{CookieClass, Names};
use crate::config::settings::Source;
use crate::directory::fold;
use crate::identity::Unclear;
use crate::identity::credentials::header_key;
use crate::identity::extract::Found;
use crate::identity::login::{self, Outcome};
use crate::identity::recognise::{Context, named, named_as_typed, tried};
use crate::identity::witness::{Answer, Witness};
use crate::memory::Session;
use crate::model::{MemberKey, Name, User};
use crate::proxy::set_cookie::{self, Set};
use crate::store::Member;
use crate::upstream::body::Body;

/// A login's answer is read up to here; a larger one can't be judged.
const ANSWER_MAX: usize = 1024 * 1024;

/// What a login came to.
#[derive(Debug)]
pub enum LoginResult {
    /// It failed; the app says so to the visitor itself.
    Failed(Response<Body>),
    /// The app sent the visitor back, which is what a failure looks like, and could be a success that leads to a login
    /// page: the session is forgotten, and what the answer sets is nobody's. Its head is of use for where to.
    SentBack(http::response::Parts),
    /// It succeeded: a new session, committed. The app's body is gone; these are the cookies it set.
    Succeeded {
        /// The new session.
        session: Arc<Session>,
        /// Its user.
        user: User,
        /// The app's head: `Set-Cookie` and `Location` are of use.
        head: http::response::Parts,
        /// The body, for `login_answer = "pass"` only.
        body: Bytes,
    },
    /// The app let somebody in whom the directory doesn't know.
    UnknownUser,
    /// The app says that somebody else is logged in than the form said.
    Disagreement,
    /// It can't be told what the answer means; the session is forgotten.
    Undecided(String),
}

/// What a login submitted.
#[derive(Clone, Copy, Debug)]
pub struct Tried<'a> {
    /// The name.
    pub name: Option<&'a str>,
    /// At an address of `login_paths`?
    pub listed: bool,
}

/// Watches the answer to a login request.
pub async fn watch_login(
    cx: Context<'_>,
    names: &Names,
    sent: &Sent,
    login: Tried<'_>,
    answer: Response<Body>,
) -> Result<LoginResult, Unclear> {
    let result = judge(cx, names, sent, login, answer).await;
    if let Some(session) = &sent.session {
        match &result {
            Ok(LoginResult::Failed(_)) => {
                let tried = if session.user.is_none() { doubt(cx, login.name).await? } else { None };
                cx.memory.login_failed(session, tried).await?;
            }
            Ok(LoginResult::Succeeded { .. }) => {}
            // What became of the session isn't known: it is forgotten.
            _ => cx.memory.end(session).await?,
        }
    }
    result
}

async fn judge(
    cx: Context<'_>,
    names: &Names,
    sent: &Sent,
    Tried { name, listed }: Tried<'_>,
    answer: Response<Body>,
) -> Result<LoginResult, Unclear> {
    let (mut head, body) = answer.into_parts();
    let needs_body = login::needs_body(cx.app, head.status) || cx.app.identity.pass_login_answer;
    let replaced = set_cookie::keep_last(&mut head.headers, names);
    let sets = set_cookie::read(&mut head.headers, names, cx.app.name.as_str(), cx.seal, cx.clock);
    let mut bytes = Bytes::new();
    let mut stream = Some(body);
    if needs_body {
        if head.headers.contains_key(header::CONTENT_ENCODING) {
            return Ok(LoginResult::Undecided("the answer to a sign-in is compressed though nobody asked for it".into()));
        }
        let Some(body) = stream.take() else { return Ok(LoginResult::Undecided(String::new())) };
        match Limited::new(body, ANSWER_MAX).collect().await {
            Ok(whole) => bytes = whole.to_bytes(),
            Err(e) => return Ok(LoginResult::Undecided(format!("the answer to a sign-in was not seen whole: {e}"))),
        }
    }
    let failed = |head: http::response::Parts, bytes: Bytes, stream: Option<Body>| {
        let body = stream.unwrap_or_else(|| Body::from_bytes(bytes));
        Response::from_parts(head, body)
    };
    let token = token(cx, &head.headers, &bytes);
    let again = sent.session.as_ref().is_some_and(|s| s.user.is_some());
    let mut outcome = login::outcome(cx.app, cx.clock.now(), head.status, &head.headers, &bytes);
    // A login for scripts that gives no token was none, whatever its status.
    if outcome == Outcome::Succeeded && token.is_none() && cx.app.identity.token.is_some() && is_json(&head.headers) {
        outcome = Outcome::Failed;
    }
    if let Some(name) = set_twice(&sets) {
        return Ok(LoginResult::Undecided(format!("its answer sets the session cookie {name} to two values")));
    }
    // A page that came with a session, and then with another: it may be the first one's.
    let may_show_more = replaced.filter(|_| !cx.app.identity.success_names_cookie()).map(|name| {
        LoginResult::Undecided(format!(
            "its answer sets the session cookie {name} twice, and nobody is signed in with the last one"
        ))
    });
    if outcome == Outcome::Succeeded
        && cx.witness.is_none()
        && login::says_nothing(cx.app, head.status, &head.headers, &bytes)
        && !sets_new(cx, sent, &sets)
    {
        return Ok(LoginResult::Undecided(format!("it answered {} with nothing in it, and no new session cookie", head.status)));
    }
    if outcome == Outcome::Succeeded
        && cx.witness.is_none()
        && !listed
        && !again
        && token.is_none()
        && !cx.app.identity.success_names_cookie()
    {
        return Ok(LoginResult::Undecided("this address is not in login_paths, and nothing in its answer tells".into()));
    }
    let looks_failed = outcome == Outcome::Failed;
    match outcome {
        Outcome::Undecided(why) => return Ok(LoginResult::Undecided(why)),
        // A page may look like a failure though somebody was let in; a source that can ask has the last word.
        Outcome::Failed if cx.witness.is_none() || !(token.is_some() || carries_session(sent, &sets)) || again => {
            if cx.witness.is_none() && !again && head.status.is_redirection() {
                return Ok(LoginResult::SentBack(head));
            }
            if let Some(undecided) = may_show_more {
                return Ok(undecided);
            }
            note_failed(cx, sent, name, &sets).await?;
            return Ok(LoginResult::Failed(failed(head, bytes, stream)));
        }
        Outcome::Failed | Outcome::Succeeded => {}
    }
    let user = match who(cx, sent, name, &sets, token.as_ref()).await? {
        Who::User(user) => user,
        Who::Nobody if !looks_failed && cx.witness.is_some_and(|w| !w.judges_all()) => {
            return Ok(LoginResult::Undecided("the app let somebody in by something that the source doesn't look at".into()));
        }
        Who::Nobody => {
            if let Some(undecided) = may_show_more {
                return Ok(undecided);
            }
            note_failed(cx, sent, name, &sets).await?;
            return Ok(LoginResult::Failed(failed(head, bytes, stream)));
        }
        Who::Unknown => return Ok(LoginResult::UnknownUser),
        Who::Disagreement => return Ok(LoginResult::Disagreement),
        Who::Undecided(why) => return Ok(LoginResult::Undecided(why)),
    };
    let members = members(cx, sent, &sets, token.as_ref());
    if members.is_empty() {
        return Ok(LoginResult::Undecided(
            "the app accepted a sign-in but set no session cookie; name its cookie in session_cookies, or where its answer has a token in identity.token".into(),
        ));
    }
    let session = cx.memory.create(&cx.app.name, Some(user.clone()), members, sent.session.as_ref(), sent.affinity).await?;
    cx.memory.store().note_user(&user.realm, &user.id, cx.clock.now()).await?;
    Ok(LoginResult::Succeeded { session, user, head, body: bytes })
}

/// The token in a login's answer, as scripts will send it.
fn token(cx: Context<'_>, headers: &http::HeaderMap, body: &[u8]) -> Option<HeaderValue> {
    match cx.app.identity.token.as_ref()?.read_token(headers, body) {
        Found::Text(token) => HeaderValue::from_str(&format!("Bearer {token}")).ok(),
        _ => None,
    }
}

fn is_json(headers: &http::HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().ends_with("json"))
}

/// Does the client have a session cookie after this answer?
fn carries_session(sent: &Sent, sets: &[Set]) -> bool {
    let is_set = |name: &str| sets.iter().any(|s| s.member.name == name);
    let set = sets.iter().any(|s| s.class == CookieClass::Session && !s.deletes);
    set || sent.carried.iter().any(|p| p.class == CookieClass::Session && !is_set(p.name()))
}

enum Who {
    User(User),
    Nobody,
    Unknown,
    Disagreement,
    Undecided(String),
}

/// Who is logged in now: the name in the form, the app's own word, or both where they agree.
async fn who(
    cx: Context<'_>,
    sent: &Sent,
    name: Option<&str>,
    sets: &[Set],
    token: Option<&HeaderValue>,
) -> Result<Who, Unclear> {
    let is_form = matches!(cx.app.identity.source, Source::LoginForm);
    let by_form = match name.filter(|_| is_form) {
        Some(name) => Some(named_as_typed(cx, name).await?),
        None => None,
    };
    let Some(witness) = cx.witness else {
        return Ok(match by_form {
            Some(user) => user.map_or(Who::Unknown, Who::User),
            None => {
                Who::Undecided("a sign-in worked without a user name that the gate can read; set identity.username_field".into())
            }
        });
    };
    // Harmless ones too, as the client will send them: MediaWiki knows nobody without the cookie that names the user.
    Ok(match witness.ask(cx.app, ask_after(cx, sent, sets, token.cloned())).await {
        Answer::Nobody => Who::Nobody,
        Answer::Undecided(why) => Who::Undecided(format!("{}: {why}", witness.place())),
        Answer::User(app_says, attributes) => match (named(cx, &app_says, attributes).await?, by_form) {
            // The name that was typed may be several users', of whom the app says which.
            (Some(user), Some(None)) if name.is_some_and(|typed| fold(typed) == fold(user.id.as_str())) => Who::User(user),
            (None, _) | (_, Some(None)) => Who::Unknown,
            (Some(user), Some(Some(form))) if fold(form.id.as_str()) != fold(user.id.as_str()) => Who::Disagreement,
            // The app's own spelling is the user's id.
            (Some(user), _) => Who::User(user),
        },
    })
}

/// The new session's members: every value that the answer set but harmless ones, and carried ones whose name it left alone.
fn members(cx: Context<'_>, sent: &Sent, sets: &[Set], token: Option<&HeaderValue>) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for pair in &sent.carried {
        if pair.class != CookieClass::Harmless && !sets.iter().any(|s| s.member.name == pair.name()) {
            let known = sent.session.as_ref().map(|s| s.members()).unwrap_or_default();
            let key = pair.key(cx.seal, &cx.app.name);
            let member = known.into_iter().find(|m| m.key == key);
            members.push(member.unwrap_or(Member { key, name: Name::new(pair.name()), path: None, domain: None }));
        }
    }
    let set = sets.iter().filter(|s| s.class != CookieClass::Harmless && !s.deletes);
    members.extend(set.map(|s| s.member.clone()));
    members.extend(token.map(|value| Member {
        key: header_key(cx, &header::AUTHORIZATION, value.as_bytes()),
        name: Name::new(format!(":{}", header::AUTHORIZATION)),
        path: None,
        domain: None,
    }));
    // Without a session cookie or a token among them nothing could be recognised later.
    if token.is_some() || carries_session(sent, sets) { members } else { Vec::new() }
}

/// Where no source can be asked, a login that looks failed may have worked: under this name.
async fn doubt(cx: Context<'_>, name: Option<&str>) -> Result<Option<MemberKey>, Unclear> {
    Ok(if cx.witness.is_none() { Some(tried(cx, name).await?) } else { None })
}

/// Does the client have a session cookie by this answer that it didn't have before?
fn sets_new(cx: Context<'_>, sent: &Sent, sets: &[Set]) -> bool {
    let carried = |s: &Set| sent.carried.iter().any(|p| s.member.name == p.name() && p.value() == s.value);
    sets.iter().any(|s| s.class == CookieClass::Session && !s.deletes && !carried(s)) || cx.app.identity.token.is_some()
}

/// Values set by a failed login belong to the anonymous session.
async fn note_failed(cx: Context<'_>, sent: &Sent, name: Option<&str>, sets: &[Set]) -> Result<(), Unclear> {
    if cx.witness.is_some_and(Witness::judges_all) {
        note_given(cx, sets);
    }
    let members: Vec<Member> =
        sets.iter().filter(|s| s.class == CookieClass::Session && !s.deletes).map(|s| s.member.clone()).collect();
    match &sent.session {
        _ if members.is_empty() => {}
        Some(session) if session.user.is_none() => {
            cx.memory.add_members(session, members).await?;
        }
        Some(_) => {}
        None if is_anothers(cx, &members, None).await? => {}
        None => {
            let session = cx.memory.create(&cx.app.name, None, members, None, sent.affinity).await?;
            if let Some(tried) = doubt(cx, name).await? {
                cx.memory.login_failed(&session, Some(tried)).await?;
            }
        }
    }
    Ok(())
}
