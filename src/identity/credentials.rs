//! The credentials of a request, the one session that they belong to, and what of them goes on with it.

use std::sync::Arc;

use http::HeaderName;
use http::header::AUTHORIZATION;

use super::recognise::Context;
use super::{Arrived, Identified, Unclear};
use crate::canonical::cookies::CookieClass;
use crate::canonical::marks::Mark;
use crate::memory::{GateSession, Session};
use crate::model::MemberKey;

/// Where a credential stands.
pub(super) enum Carrier {
    /// Index into the cookies.
    Cookie(usize),
    /// Authorization, or what `session_headers` names.
    Header(HeaderName),
    /// The name that a trusted proxy gave.
    Vouched,
}

/// One credential of the request.
pub(super) struct Credential {
    pub(super) carrier: Carrier,
    pub(super) key: MemberKey,
    pub(super) session: Option<Arc<Session>>,
    /// Could it carry a login, as far as the source that can be asked looks at it?
    pub(super) carries: bool,
}

/// What is hashed of a header: the scheme's case doesn't make another credential.
pub fn header_value(value: &[u8]) -> Vec<u8> {
    let scheme = value.iter().position(|b| *b == b' ').unwrap_or(0);
    let mut same = value.to_vec();
    same[..scheme].make_ascii_lowercase();
    same
}

/// The key of a header's value, were it a member.
pub fn header_key(cx: Context<'_>, name: &HeaderName, value: &[u8]) -> MemberKey {
    cx.seal.member(cx.app.name.as_str(), format!(":{name}").as_bytes(), &header_value(value))
}

pub(super) async fn look_up(cx: Context<'_>, arrived: &Arrived) -> Result<Vec<Credential>, Unclear> {
    let app = cx.app.name.as_str();
    let mut credentials = Vec::with_capacity(4);
    for (index, pair) in arrived.cookies.app.iter().enumerate() {
        if pair.class != CookieClass::Harmless {
            let key = pair.key(cx.seal, &cx.app.name);
            let session = cx.memory.session_of(key).await?;
            let carries = match cx.witness {
                Some(witness) => witness.judges_cookie(pair.name(), pair.class),
                None => pair.class == CookieClass::Session,
            };
            credentials.push(Credential { carrier: Carrier::Cookie(index), key, session, carries });
        }
    }
    let authorization = arrived.marks.has(Mark::Authorization).then_some(&AUTHORIZATION);
    for name in authorization.into_iter().chain(&cx.app.session_headers) {
        if let Some(value) = arrived.parts.headers.get(name) {
            let key = header_key(cx, name, value.as_bytes());
            let session = cx.memory.session_of(key).await?;
            let carries = cx.witness.is_none_or(|witness| witness.judges_header(name));
            credentials.push(Credential { carrier: Carrier::Header(name.clone()), key, session, carries });
        }
    }
    if let Some(name) = &arrived.vouched {
        let key = cx.seal.member(app, b":vouched", name.as_bytes());
        let session = cx.memory.session_of(key).await?;
        credentials.push(Credential { carrier: Carrier::Vouched, key, session, carries: true });
    }
    Ok(credentials)
}

/// One session a request: that of the gate cookie, else the newest login, else the newest.
pub(super) fn choose(credentials: &[Credential], gate: Option<&GateSession>) -> Option<Arc<Session>> {
    let mut sessions = credentials.iter().filter_map(|c| c.session.as_ref());
    let bound = gate.and_then(|gate| sessions.clone().find(|s| s.id == gate.row.session));
    bound.or_else(|| sessions.by_ref().max_by_key(|s| (s.user.is_some(), s.created_at))).cloned()
}

/// Marks what is kept, what is foreign, and sums up the credentials.
pub(super) fn settle(identified: &mut Identified, credentials: &[Credential], session: Option<&Arc<Session>>) {
    // A session made just now, or a value that just joined one, isn't in what was looked up before.
    let is_new =
        |c: &Credential| session.is_some_and(|s| c.session.as_ref().is_none_or(|old| old.is_over()) && s.has_member(c.key));
    for credential in credentials {
        let is_member = match (session, &credential.session) {
            (Some(session), Some(other)) if session.id == other.id => true,
            _ => is_new(credential),
        };
        // To a login page go an anonymous session's cookies: of a session cookie that the source doesn't look at nobody
        // knows whether it is anonymous indeed.
        let unknown = |index: usize| {
            let class = identified.arrived.cookies.app[index].class;
            class == CookieClass::Session && !credential.carries && session.is_some_and(|s| s.user.is_none())
        };
        if matches!(credential.carrier, Carrier::Cookie(index) if is_member && unknown(index)) {
            continue;
        }
        if is_member {
            match &credential.carrier {
                Carrier::Cookie(index) => identified.arrived.cookies.app[*index].kept = true,
                Carrier::Header(name) => identified.keep_headers.push(name.clone()),
                Carrier::Vouched => identified.keep_vouched = true,
            }
            if credential.carries {
                add(&mut identified.carriers, credential.key);
            }
        } else if let Some(other) = &credential.session {
            identified.foreign.extend(other.members().into_iter().filter(|m| m.key == credential.key));
        }
    }
}

/// Adds a credential to the sum of those that were asked about.
pub(super) fn add(sum: &mut [u8; 16], key: MemberKey) {
    for (byte, more) in sum.iter_mut().zip(key.0) {
        *byte ^= more;
    }
}
