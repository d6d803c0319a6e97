//! To the app and back: takes nothing but what the decision admitted.

pub mod headers;
pub mod set_cookie;
mod frames;
pub mod open;
pub mod tunnel;

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Method, Response, Version, header};
use hyper::upgrade::OnUpgrade;
use open::{Noted, Opened};
use tunnel::{Asked, Tunnels};

use crate::canonical::marks::Mark;
use crate::canonical::{self, cookies::Pair, is_safe};
use crate::clock::Clock;
use crate::config::settings::App;
use crate::decide::{Admitted, Because, Kind};
use crate::identity::Identified;
use crate::identity::witness::Likeness;
use crate::memory::{Ending, GateSession, Session};
use crate::model::{Affinity, Client};
use crate::store::Member;
use crate::upstream::body::{Body, Held};
use crate::upstream::{self, Class, Outgoing, Servers, UpstreamError};

/// What forwarding needs besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The app.
    pub app: &'a App,
    /// Its servers.
    pub servers: &'a Servers,
    /// What ends when the gate stops.
    pub tunnels: &'a Tunnels,
    /// `https` or `http`, as the client sees it.
    pub scheme: &'static str,
    /// Where the client is; the address stands in `X-Forwarded-For`.
    pub client: Client,
    /// Time.
    pub clock: &'a Clock,
    /// Until the app's first byte.
    pub patience: Duration,
}

/// What is left of a request that went to the app: what its answer's meaning depends on.
#[derive(Debug)]
pub struct Sent {
    /// The session that it belonged to.
    pub session: Option<Arc<Session>>,
    /// The cookies that went to the app.
    pub carried: Vec<Pair>,
    /// The gate session that was shown with it.
    pub gate: Option<Arc<GateSession>>,
    /// The headers of its session that went to the app.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The user whom the app's answer named in its header; the client doesn't see that.
    pub named: Option<String>,
    /// The client, for asking the app.
    pub like: Likeness,
    /// Which of the app's servers it went to.
    pub affinity: Affinity,
    /// GET or HEAD?
    pub reads: bool,
    /// Did the client show any member of a known session that was stripped?
    pub stripped_known: bool,
    /// Members of other sessions that the client showed.
    pub foreign: Vec<Member>,
    /// What ends its streams.
    ended: Option<Ending>,
    method: Method,
    target: Option<PathAndQuery>,
    /// Set where an anonymous session's own cookies went to a login page: ends when a login of it begins.
    until_login: Option<Ending>,
}

impl Sent {
    /// Has a login begun since it was sent, so that its answer may be somebody's already? (Apps that keep the id over
    /// the login answer a page that was asked for before as the one who came after.)
    pub fn is_overtaken(&self) -> bool {
        let (Some(until), Some(session)) = (&self.until_login, &self.session) else { return false };
        until.is_over() || session.is_logging_in() || session.tried().is_some()
    }
}

/// Sends an admitted request to the app. The answer's body streams; on an upgrade both sides are joined.
pub fn forward(
    way: Way<'_>,
    admitted: Admitted,
) -> impl Future<Output = Result<(Box<Response<Body>>, Box<Sent>), UpstreamError>> {
    // Built before anything waits, so that what waits is small.
    let (kind, because, identified) = admitted.into_parts();
    let is_head = identified.arrived.parts.method == Method::HEAD;
    let (outgoing, asked, mut sent) = rebuild(way, kind, &because, identified);
    let class = match kind {
        _ if kind.is_login() => Class::Judging,
        _ if kind.is_credentialed() => Class::Credentialed,
        _ => Class::Stripped,
    };
    let answer = upstream::send(way.servers, class, sent.affinity, outgoing, way.patience);
    answer.map(move |answer| {
        let mut answer = answer?;
        if let Some(header) = way.app.identity.answer_header() {
            // Two of them are no user's name, and so another's than the session's.
            let values = answer.headers().get_all(header).iter().map(|v| String::from_utf8_lossy(v.as_bytes()).trim().to_owned());
            let named = values.collect::<Vec<_>>().join(", ");
            answer.headers_mut().remove(header);
            sent.named = Some(named).filter(|name| !name.is_empty());
        }
        Ok((received(way, kind, is_head, asked, &sent, answer), sent))
    })
}

/// The app's answer as it goes to the client.
fn received(
    way: Way<'_>,
    kind: Kind,
    is_head: bool,
    asked: Option<Asked>,
    sent: &Sent,
    mut answer: Box<Response<Body>>,
) -> Box<Response<Body>> {
    if answer.status() == http::StatusCode::SWITCHING_PROTOCOLS {
        let noted = note(way, kind, sent, true);
        return tunnel::join(way.app, answer, asked, noted, way.tunnels);
    }
    canonical::headers::clean_answer(answer.headers_mut());
    *answer.version_mut() = Version::HTTP_11;
    // A stream of a verified session stops when the session ends; a login page, when somebody logs in.
    let mut until = if kind.is_credentialed() { sent.ended.clone() } else { sent.until_login.clone() };
    let noted = if open::is_endless(answer.headers()) { note(way, kind, sent, false) } else { None };
    if let Some(noted) = &noted {
        until = Some(noted.until.clone());
    }
    let held = noted.map(|noted| Held(Arc::new(noted)));
    if let Some(body) = answer.body_mut().of_app() {
        if is_head || body.is_over() {
            body.end();
        }
        body.bind(until, held);
    }
    answer
}

/// Notes what a verified session opens.
fn note(way: Way<'_>, kind: Kind, sent: &Sent, upgrade: bool) -> Option<Noted> {
    let user = sent.session.as_ref()?.user.clone().filter(|_| kind.is_credentialed())?;
    let opened = Opened {
        app: way.app.name.clone(),
        target: sent.target.clone()?,
        method: sent.method.clone(),
        upgrade,
        client: way.client,
        user,
        gate: sent.gate.clone(),
        at: way.clock.now(),
    };
    Some(way.tunnels.noted.note(opened, sent.ended.as_ref()?))
}

/// Builds the request anew from what was judged: one method, one path, one Host, one Cookie line.
fn rebuild(way: Way<'_>, kind: Kind, because: &Because, identified: Identified) -> (Outgoing, Option<Asked>, Box<Sent>) {
    let mut arrived = identified.arrived;
    let stripped_known = !kind.is_credentialed() && identified.session.is_some() || !identified.foreign.is_empty();
    let anonymous = identified.session.as_ref().is_none_or(|s| s.user.is_none());
    let mut carried = std::mem::take(&mut arrived.cookies.app);
    carried.retain(|pair| headers::goes(way.app, kind, pair, anonymous, &identified.foreign));
    let mut head = arrived.parts;
    let http2 = head.version == Version::HTTP_2;
    let client = arrived.upgrade.then(|| head.extensions.remove::<OnUpgrade>()).flatten();
    let asked = client.map(|client| Asked { client, http2, held: head.extensions.remove::<Held>() });
    let upgrade_to = arrived.upgrade.then(|| head.headers.get(header::UPGRADE).cloned()).flatten();
    // The target goes on as it was judged, without an authority.
    if head.uri.authority().is_some() {
        let target = head.uri.path_and_query().map_or("/", |p| p.as_str());
        head.uri = target.parse().unwrap_or_else(|_| http::Uri::from_static("/"));
    }
    head.version = Version::HTTP_11;
    head.extensions.clear();
    let map = &mut head.headers;
    let trailers = arrived.marks.has(Mark::Te) && canonical::headers::takes_trailers(map);
    if arrived.marks.needs_cleaning() {
        canonical::headers::clean(map);
    }
    if kind == Kind::Stripped {
        canonical::headers::keep_stripped(map);
    }
    match canonical::cookies::line(&carried) {
        Some(line) => drop(map.insert(header::COOKIE, line)),
        None => drop(map.remove(header::COOKIE)),
    }
    let kept = if kind.is_credentialed() { identified.keep_headers } else { Vec::new() };
    let authorization = arrived.marks.has(Mark::Authorization).then_some(&header::AUTHORIZATION);
    for name in way.app.session_headers.iter().chain(authorization) {
        if !kept.contains(name) {
            map.remove(name);
        }
    }
    let kept: Vec<(HeaderName, HeaderValue)> =
        kept.into_iter().filter_map(|name| map.get(&name).cloned().map(|value| (name, value))).collect();
    if let (Some(header), Some(name), true) =
        (way.app.identity.request_header(), &arrived.vouched, identified.keep_vouched && kind.is_credentialed())
        && let Ok(value) = HeaderValue::from_str(name)
    {
        map.insert(header.clone(), value);
    }
    // Some apps (Rails, Node) read a form with a GET too: a stranger who only looks has nothing to say.
    if matches!(kind, Kind::Stripped | Kind::LoginPage) && is_safe(&head.method) {
        arrived.body = Body::Empty;
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
            map.remove(name);
        }
    }
    if kind.is_login() {
        // The answer is judged by its page, so it has to come readable.
        map.remove(header::ACCEPT_ENCODING);
        let conditions =
            [header::IF_MATCH, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE, header::IF_UNMODIFIED_SINCE, header::IF_RANGE];
        for name in conditions.into_iter().chain([header::RANGE]) {
            map.remove(name);
        }
    }
    if trailers && upgrade_to.is_none() {
        map.insert(header::TE, HeaderValue::from_static("trailers"));
        map.insert(header::CONNECTION, HeaderValue::from_static("te"));
    }
    if let Some(protocol) = upgrade_to {
        map.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        map.insert(header::UPGRADE, protocol);
    }
    let mut said = Vec::with_capacity(6);
    headers::say_where(&mut said, map, way);
    if kind.is_credentialed()
        && let Some(user) = identified.session.as_ref().and_then(|s| s.user.as_ref())
    {
        headers::say_who(&mut said, user, because);
    }
    let affinity = identified.session.as_ref().map_or(Affinity::of(way.client.ip), |s| s.affinity);
    let ended = identified.ended.or_else(|| identified.session.as_ref().map(Ending::of));
    if let (Kind::Verified | Kind::Trusted, Body::Upload(upload)) = (kind, &mut arrived.body) {
        upload.ends_with(ended.clone());
    }
    let own = identified.session.as_ref().filter(|_| kind == Kind::LoginPage);
    let sent = Box::new(Sent {
        affinity,
        until_login: own.map(|session| session.until_login()),
        session: identified.session,
        ended,
        method: head.method.clone(),
        target: head.uri.path_and_query().cloned(),
        gate: identified.gate,
        carried,
        headers: kept,
        named: None,
        like: if way.app.identity.witness().is_some() { Likeness::of(map, way.client.ip) } else { Likeness::bare(way.client.ip) },
        reads: matches!(head.method, Method::GET | Method::HEAD),
        stripped_known,
        foreign: identified.foreign,
    });
    (Outgoing { head, said, body: arrived.body }, asked, sent)
}
