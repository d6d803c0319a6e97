//! A login on its way: written down, sent, judged, and answered by the gate itself where it succeeded.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Response, header};

use super::along::Along;
use super::challenge::{Client, came_from, challenge_answer};
use crate::canonical::cookies::CookieClass;
use crate::config::settings::{Place, Upstream};
use crate::decide::{self, Kind, Permit};
use crate::gate::{Gate, Room};
use crate::identity::Identified;
use crate::identity::witness::local_path;
use crate::memory::{Memory, Session};
use crate::no::No;
use crate::portal::gate_cookie;
use crate::portal::refusal::wants_page;
use crate::proxy::{self, set_cookie};
use crate::store::Member;
use crate::upstream::body::Body;
use crate::watch::{LoginResult, Tried, expire_foreign, watch_login};

/// Takes a login request to the app and its answer back.
pub async fn login(gate: &Gate, room: &Room, permit: Permit, mut identified: Identified) -> Result<Response<Body>, No> {
    let kind = permit.kind();
    if is_strangers_login(kind, &identified) {
        // An unverified session's credentials stay here: the login is a stranger's, and theirs are foreign to it.
        if let Some(old) = identified.session.take() {
            let pairs = &mut identified.arrived.cookies.app;
            let shown = |m: &Member| pairs.iter().any(|pair| pair.kept && m.name == pair.name());
            identified.foreign.extend(old.members().into_iter().filter(shown));
            pairs.iter_mut().for_each(|pair| pair.kept = pair.class == CookieClass::Harmless);
        }
        identified.gate = None;
    }
    let under_way = UnderWay(identified.session.as_ref().map(|session| (gate.memory.clone(), session.clone())));
    if let Some(session) = &identified.session
        && !gate.memory.begin_login(session).await?
    {
        under_way.was_judged();
        return Err(No::Decided(decide::Refuse::LoginInProgress));
    }
    let page = wants_page(&identified.arrived.parts.headers);
    let name = identified.arrived.login_name.clone();
    let (password, listed) = (identified.arrived.password, identified.arrived.listed);
    let client = Client::of(&identified);
    let way = gate.way(room, &identified.arrived);
    let (answer, sent) = proxy::forward(way, permit.admit(identified)).await?;
    let result = watch_login(gate.context(room), &room.names, &sent, Tried { name: name.as_deref(), listed }, *answer).await?;
    under_way.was_judged();
    match result {
        LoginResult::Failed(mut answer) => {
            expire_foreign(&sent.foreign, &mut answer);
            Ok(answer)
        }
        LoginResult::SentBack(head) => {
            let to = target_of(&head.headers, &client, room);
            let mut answer = match &to {
                // Another form than that of a name and a password: a forgotten one is asked for on the same address.
                Some(to) if page && !password => see_other(to),
                _ => gate.sent_back(
                    to.unwrap_or_else(|| came_from(&client.headers)),
                    &gate.asked(page, client.id, gate.language(&client.visitor.wish)),
                ),
            };
            for line in head.headers.get_all(header::SET_COOKIE) {
                answer.headers_mut().append(header::SET_COOKIE, line.clone());
            }
            set_cookie::drop_names(answer.headers_mut(), |name| room.names.class(name) != CookieClass::Harmless);
            let gone = sent.session.as_ref().map(|session| session.members()).unwrap_or_default();
            expire_foreign(&gone, &mut answer);
            expire_foreign(&sent.foreign, &mut answer);
            Ok(answer)
        }
        LoginResult::Succeeded { session, user, head, body } => {
            let target = target_of(&head.headers, &client, room).unwrap_or_else(|| "/".to_owned());
            let path = local_path(&target).unwrap_or_else(|| "/".to_owned());
            let (token, pending, _) =
                gate.memory.pending(&session, &user, Some(target.clone()), room.app.identity.is_shared()).await?;
            gate.audit("signed_in", &user, &client.visitor).await;
            let trusted = decide::wanted(&room.app, &path, client.visitor.client(), &pending.row, gate.clock.now()).is_none();
            if !trusted {
                gate.audit("challenged", &user, &client.visitor).await;
            }
            let (mut token, mut verified) = (token, None);
            if let Some(along) = Along::of(&client.headers).filter(|_| !trusted) {
                verified = Some(along.verify(gate, &pending.row, &client.visitor).await.map(|passed| token = passed.token));
            }
            let mut answer = if let Some(Err(error)) = &verified {
                gate.refuse_flow(error, client.id, gate.language(&client.visitor.wish))
            } else if trusted && page || verified.is_some() {
                see_other(&target)
            } else if room.app.identity.pass_login_answer && !page {
                let mut passed = Response::new(Body::from_bytes(body));
                *passed.status_mut() = head.status;
                if let Some(kind) = head.headers.get(header::CONTENT_TYPE) {
                    passed.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
                }
                passed
            } else if page {
                crate::portal::refusal::challenge_redirect(&gate.settings.server.prefix, &target).map(Body::from)
            } else {
                challenge_answer(gate, &client, &target, &pending.row, false).await
            };
            for line in head.headers.get_all(header::SET_COOKIE) {
                answer.headers_mut().append(header::SET_COOKIE, line.clone());
            }
            if let Ok(line) = HeaderValue::from_str(&gate_cookie(&gate.settings.server, &token)) {
                answer.headers_mut().append(header::SET_COOKIE, line);
            }
            expire_foreign(&sent.foreign, &mut answer);
            Ok(answer)
        }
        LoginResult::UnknownUser => Err(No::UnknownUser),
        LoginResult::Disagreement => Err(No::Disagreement),
        LoginResult::Undecided(why) => Err(No::LoginUndecided(why)),
    }
}

/// A login of a session, on its way. If its answer isn't judged, the session is forgotten: the app may have let
/// somebody in, or the client may have gone away and this work with it.
struct UnderWay(Option<(Arc<Memory>, Arc<Session>)>);

impl UnderWay {
    fn was_judged(mut self) {
        self.0 = None;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some((memory, session)) = self.0.take() {
            tokio::spawn(async move {
                if let Err(error) = memory.end(&session).await {
                    tracing::error!(%error, "a session whose login broke off was not forgotten; it stays closed");
                }
            });
        }
    }
}

/// A login on a session that is logged in already, but not verified, goes to the app as a stranger's.
fn is_strangers_login(kind: Kind, identified: &Identified) -> bool {
    kind == Kind::Login && identified.user().is_some()
}

fn target_of(headers: &HeaderMap, client: &Client, room: &Room) -> Option<String> {
    let to = headers.get(header::LOCATION)?.to_str().ok()?;
    own_target(to, client.host(), &room.app.upstream)
}

/// Where the app wanted to go, as a path of its own; another site's address is not followed.
fn own_target(location: &str, host: Option<&str>, upstream: &Upstream) -> Option<String> {
    let base = url::Url::parse("http://app.invalid/").ok()?;
    let url = base.join(location).ok()?;
    let own = url.origin() == base.origin()
        || Some(url.authority()) == host
        || upstream.servers.iter().any(|server| is_at(&url, &server.place));
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    (own && target.starts_with('/') && !target.starts_with("//")).then(|| target.to_owned())
}

fn is_at(url: &url::Url, place: &Place) -> bool {
    matches!(place, Place::Tcp(host, port) if url.host_str() == Some(&**host) && url.port_or_known_default() == Some(*port))
}

fn see_other(target: &str) -> Response<Body> {
    let mut answer = Response::new(Body::Empty);
    *answer.status_mut() = http::StatusCode::SEE_OTHER;
    if let Ok(target) = HeaderValue::from_str(target) {
        answer.headers_mut().insert(header::LOCATION, target);
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::{AppServer, Speaks, UpstreamTls};

    #[test]
    fn only_addresses_of_the_app_are_gone_to() {
        let server = AppServer { place: Place::Tcp("10.0.0.5".into(), 8000), speaks: Speaks::Http1 };
        let upstream = Upstream { servers: vec![server], tls: UpstreamTls::default(), health: None };
        let target = |location: &str| own_target(location, Some("wiki.example.com"), &upstream);
        for (location, path) in [
            ("/a?b=c#d", "/a?b=c"),
            ("a", "/a"),
            ("https://wiki.example.com/x", "/x"),
            ("http://10.0.0.5:8000/x?y", "/x?y"),
            ("?q=1", "/?q=1"),
        ] {
            assert_eq!(target(location).as_deref(), Some(path), "{location}");
        }
        for other in ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "http://10.0.0.5:8001/", "///x"] {
            assert_eq!(target(other), None, "{other}");
        }
    }
}
