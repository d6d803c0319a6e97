//! To the app and back: takes nothing but what the decision admitted.

pub mod headers;
pub mod set_cookie;
mod upgrade;

use std::net::IpAddr;
use std::time::Duration;

use http::{Request, Response, Version, header};

use crate::config::settings::App;
use crate::decide::{Admitted, Kind};
use crate::identity::Identified;
use crate::upstream::body::{AppBody, Body};
use crate::upstream::{self, Class, UpstreamError};

/// What forwarding needs besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// The app.
    pub app: &'a App,
    /// `https` or `http`, as the client sees it.
    pub scheme: &'static str,
    /// The address of the connection's other end, for `X-Forwarded-For`.
    pub client: IpAddr,
    /// Until the app's first byte.
    pub patience: Duration,
}

/// Sends an admitted request to the app. The answer's body streams; on an upgrade both sides are joined.
pub async fn forward(way: Way<'_>, admitted: Admitted) -> Result<Response<Body>, UpstreamError> {
    let (kind, because, identified) = admitted.into_parts();
    let ended = identified.session.as_ref().map(|s| s.ended.clone());
    let is_head = identified.arrived.parts.method == http::Method::HEAD;
    let (mut request, client_upgrade) = rebuild(way, kind, identified);
    headers::say_who(&mut request, kind, &because);
    let class = if kind.is_credentialed() { Class::Credentialed } else { Class::Stripped };
    let request = into_request(request);
    let (mut answer, lease) = upstream::send(&way.app.upstream, class, request, way.patience).await?;
    if answer.status() == http::StatusCode::SWITCHING_PROTOCOLS {
        return Ok(upgrade::join(way.app, answer, client_upgrade, ended));
    }
    crate::canonical::headers::clean_answer(answer.headers_mut());
    let (head, stream) = answer.into_parts();
    let bodiless = is_head || http_body::Body::is_end_stream(&stream);
    let lease = if bodiless {
        lease.give_back();
        None
    } else {
        Some(lease)
    };
    // A stream of a verified session stops when the session ends.
    let until = if kind.is_credentialed() { ended } else { None };
    let mut answer = Response::from_parts(head, Body::App(AppBody { stream, lease, until }));
    *answer.version_mut() = Version::HTTP_11;
    Ok(answer)
}

/// A request on its way, with what [`headers::say_who`] needs.
pub(crate) struct Rebuilt {
    pub(crate) head: http::request::Parts,
    pub(crate) body: Body,
    pub(crate) user: Option<crate::model::User>,
}

fn into_request(rebuilt: Rebuilt) -> Request<Body> {
    Request::from_parts(rebuilt.head, rebuilt.body)
}

/// Builds the request anew from what was judged: one method, one path, one Host, one Cookie line.
fn rebuild(way: Way<'_>, kind: Kind, identified: Identified) -> (Rebuilt, Option<hyper::upgrade::OnUpgrade>) {
    let cookie_line = headers::cookie_line(kind, &identified);
    let user = identified.user().cloned();
    let keep_authorization = identified.keep_authorization && kind.is_credentialed();
    let arrived = identified.arrived;
    let mut head = arrived.parts;
    let client_upgrade = arrived.upgrade.then(|| head.extensions.remove::<hyper::upgrade::OnUpgrade>()).flatten();
    let upgrade_to = arrived.upgrade.then(|| head.headers.get(header::UPGRADE).cloned()).flatten();
    // The target goes on as it was judged, without an authority.
    if head.uri.authority().is_some() {
        let target = head.uri.path_and_query().map_or("/", |p| p.as_str());
        head.uri = target.parse().unwrap_or_else(|_| http::Uri::from_static("/"));
    }
    head.version = Version::HTTP_11;
    head.extensions.clear();
    let map = &mut head.headers;
    crate::canonical::headers::clean(map);
    if kind == Kind::Stripped {
        crate::canonical::headers::keep_stripped(map);
    }
    map.remove(header::COOKIE);
    if let Ok(line) = http::HeaderValue::from_str(&cookie_line)
        && !cookie_line.is_empty()
    {
        map.insert(header::COOKIE, line);
    }
    if !keep_authorization {
        map.remove(header::AUTHORIZATION);
    }
    if !kind.is_credentialed() {
        for name in &way.app.session_headers {
            map.remove(name.as_str());
        }
    }
    if kind.is_login() {
        // The answer is judged by its page, so it has to come readable.
        map.remove(header::ACCEPT_ENCODING);
        map.remove(header::RANGE);
    }
    if let Some(protocol) = upgrade_to {
        map.insert(header::CONNECTION, http::HeaderValue::from_static("upgrade"));
        map.insert(header::UPGRADE, protocol);
    }
    headers::say_where(map, way);
    (Rebuilt { head, body: arrived.body, user }, client_upgrade)
}
