//! Reads a request into what the decision works on; refuses what can be read in two ways.

use std::borrow::Cow;
use std::net::IpAddr;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderMap, Method, Version, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;

use crate::canonical::carriers::{self, Carriers};
use crate::canonical::form::{BODY_MAX, Encoding, Field, Form, ODD, Sent};
use crate::canonical::marks::{Mark, Marks};
use crate::canonical::reading::{Possible, Reading};
use crate::canonical::{self, Malformed, http2, is_safe, path};
use crate::config::settings::{App, Patience};
use crate::decide::Refuse;
use crate::gate::{Gate, Room};
use crate::identity::login::{Aim, aim, may_be_login, unsure_aim};
use crate::identity::recognise::named_as_typed;
use crate::identity::{Arrived, Purpose};
use crate::model::{Client, RequestId};
use crate::no::No;
use crate::upstream::body::{Body, Held, Upload};
use crate::words::id;

/// A form is sent in this time, or its client isn't waited for.
const FORM_TIME: Duration = Duration::from_secs(30);

/// Where a request came from.
#[derive(Clone, Copy, Debug)]
pub struct From {
    /// The client's address, as far as trusted proxies tell it.
    pub client: Client,
    /// The other end of the connection.
    pub peer: IpAddr,
    /// Its number, for logs and error pages.
    pub id: RequestId,
}

/// Takes the header off in which a trusted proxy names the user; from anyone else it says nothing.
fn vouched(gate: &Gate, app: &App, headers: &mut HeaderMap, peer: IpAddr) -> Result<Option<String>, No> {
    let Some(header) = app.identity.request_header() else { return Ok(None) };
    let mut values = headers.get_all(header).iter();
    let (value, more) = (values.next().cloned(), values.next().is_some());
    headers.remove(header);
    if !gate.settings.server.trusted_proxies.iter().any(|n| n.contains(&peer.to_canonical())) {
        return Ok(None);
    }
    const ODD: Malformed =
        Malformed { status: 400, reason: "ambiguous_user", sentence: id::ODD_USER_FROM_PROXY, clear_cookies: false };
    let Some(value) = value else { return Ok(None) };
    match value.to_str() {
        Ok(name) if !more => Ok(Some(name.trim().to_owned()).filter(|name| !name.is_empty())),
        _ => Err(ODD.into()),
    }
}

const TOO_LARGE: Malformed =
    Malformed { status: 431, reason: "head_too_large", sentence: id::ODD_HEAD_TOO_LARGE, clear_cookies: true };

const REPEATED: Malformed =
    Malformed { status: 400, reason: "repeated_header", sentence: id::ODD_HEADER_TWICE, clear_cookies: false };

/// What HTTP/2 says otherwise is said as HTTP/1.1 does: from here on there is one form of everything.
pub fn same_as_http1(head: &mut Parts) -> Result<(), No> {
    if head.version == Version::HTTP_2 { Ok(http2::same_as_http1(head)?) } else { Ok(()) }
}

/// Framing and Host; before anything is known of the app.
pub fn check<'a>(gate: &Gate, head: &'a Parts, marks: Marks) -> Result<&'a str, No> {
    if marks.size + head.uri.path().len() > gate.settings.server.patience.header_max {
        return Err(TOO_LARGE.into());
    }
    canonical::check_framing(&head.method, &head.headers, marks)?;
    Ok(canonical::host(&head.uri, &head.headers)?)
}

/// Reads the whole head, and the body as far as a form may stand in it.
pub async fn read(
    gate: &Gate,
    room: &Room,
    mut parts: Box<Parts>,
    incoming: Incoming,
    marks: Marks,
    from: From,
) -> Result<Box<Arrived>, No> {
    let app = &room.app;
    let decoded = match path::read(parts.uri.path(), &app.allow_in_path)? {
        Cow::Borrowed(_) => None,
        Cow::Owned(path) => Some(path),
    };
    let path = decoded.as_deref().unwrap_or(parts.uri.path());
    let query = parts.uri.query().unwrap_or("");
    let vouched = vouched(gate, app, &mut parts.headers, from.peer)?;
    // One is judged, and the app might read the other.
    if app.session_headers.iter().any(|name| parts.headers.get_all(name).iter().nth(1).is_some()) {
        return Err(REPEATED.into());
    }
    let cookies = room.names.read(&parts.headers);
    let cookies = cookies.map_err(|odd| No::Cookies(odd, room.names.suspects(&parts.headers)))?;
    // Only WebSockets: another protocol in the tunnel (h2c) could carry requests that nobody judged. It is ignored,
    // as RFC 9110 (7.8) allows.
    let upgrade = marks.has(Mark::Upgrade)
        && parts.headers.get(header::UPGRADE).is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket"))
        && parts
            .headers
            .get(header::CONNECTION)
            .and_then(|c| c.to_str().ok())
            .is_some_and(|c| c.to_ascii_lowercase().contains("upgrade"));
    let (reading, body) = if is_safe(&parts.method) && http_body::Body::is_end_stream(&incoming) {
        let reading = if query.is_empty() { Reading::Sure(Form::default()) } else { Reading::of(query, Sent::Nothing) };
        (reading, Body::Empty)
    } else {
        let may_be_login = may_be_login(app, &parts.method, path, &of_query(query));
        Box::pin(read_form(&parts, query, may_be_login, incoming, &gate.settings.server.patience)).await?
    };
    let carriers = Carriers { names: &room.names, allowed: &app.session_params, refused: &app.refused_params };
    let (form, aim, repeated) = match reading {
        Reading::Sure(form) => {
            let repeated = if form.is_empty() { Vec::new() } else { carriers.check(&form, &cookies)? };
            let aim = aim(app, &parts.method, path, &form)?;
            (form, aim, repeated)
        }
        Reading::Unsure(possible) => {
            carriers.check_possible(&possible)?;
            let aim = unsure_aim(app, &parts.method, path, &of_query(query), &possible)?;
            (Form::default(), aim, Vec::new())
        }
    };
    let (mut login_name, mut is_listed) = (None, false);
    let password = form.field(&app.identity.password_field) != Field::Absent;
    let purpose = match aim {
        Aim::Unsure => Purpose::Inside { otherwise: ODD, repeated },
        Aim::Ordinary if !repeated.is_empty() => Purpose::Inside { otherwise: carriers::IN_FORM, repeated },
        _ if !repeated.is_empty() => return Err(carriers::IN_FORM.into()),
        Aim::Ordinary => Purpose::Ordinary,
        Aim::LoginPage => Purpose::LoginPage,
        Aim::Logout => Purpose::Logout,
        // A login's form goes to the app before anyone can ask for a second factor.
        Aim::Login { .. } if app.refused_params.iter().any(|name| form.field(name) != Field::Absent) => {
            return Err(No::Decided(Refuse::Denied));
        }
        Aim::Login { name, listed } => {
            check_login(app, &parts.method, query, listed, &body)?;
            (login_name, is_listed) = (name, listed);
            let user = match &login_name {
                Some(name) => Box::pin(named_as_typed(gate.context(room), name)).await?,
                None => None,
            };
            Purpose::Login { user: user.map(|u| u.id), listed }
        }
    };
    Ok(Box::new(Arrived {
        parts,
        marks,
        body,
        decoded,
        cookies,
        purpose,
        login_name,
        password,
        listed: is_listed,
        vouched,
        upgrade,
        client: from.client,
        id: from.id,
    }))
}

/// The fields in the address, if they can be read.
fn of_query(query: &str) -> Form {
    Form::read(query, Sent::Nothing).unwrap_or_default()
}

const UNREAD_LOGIN: Malformed =
    Malformed { status: 415, reason: "unsupported_form", sentence: id::ODD_LOGIN_BODY, clear_cookies: false };

/// A body that nobody read could hold another request than the login that the fields tell of: a call with a password of
/// its own. So it is a form or JSON; and where no login is expected, an unsafe one has its fields in that body.
fn check_login(app: &App, method: &Method, query: &str, listed: bool, body: &Body) -> Result<(), No> {
    const SPLIT: Malformed =
        Malformed { status: 400, reason: "ambiguous_form", sentence: id::ODD_LOGIN_IN_ADDRESS, clear_cookies: false };
    if matches!(body, Body::Upload(_)) && !http_body::Body::is_end_stream(body) {
        return Err(UNREAD_LOGIN.into());
    }
    if !listed && !is_safe(method) {
        let asked = Form::read(query, Sent::Nothing)?;
        let identity = &app.identity;
        if [&identity.username_field, &identity.password_field].into_iter().any(|f| asked.field(f) != Field::Absent) {
            return Err(SPLIT.into());
        }
    }
    Ok(())
}

/// Forms and JSON up to 64 KiB are read; anything else streams, but not on a login path.
async fn read_form(
    head: &Parts,
    query: &str,
    on_login_path: bool,
    incoming: Incoming,
    patience: &Patience,
) -> Result<(Reading, Body), No> {
    let held = head.extensions.get::<Held>().cloned();
    let upload = |read, stream| Body::Upload(Box::new(Upload::new(read, stream, patience.body, patience.body_max, held)));
    let announced = http_body::Body::size_hint(&incoming).exact();
    if announced.zip(patience.body_max).is_some_and(|(announced, most)| announced > most) {
        return Err(No::TooLarge);
    }
    if http_body::Body::is_end_stream(&incoming) {
        return Ok((Reading::of(query, Sent::Nothing), Body::Empty));
    }
    let content_type = head.headers.get(header::CONTENT_TYPE).map_or(&[][..], |v| v.as_bytes());
    let encoding = Encoding::of(&String::from_utf8_lossy(content_type));
    let compressed = head.headers.get(header::CONTENT_ENCODING).is_some_and(|c| !c.as_bytes().eq_ignore_ascii_case(b"identity"));
    let streams = match &encoding {
        None => true,
        // A WebDAV client says nothing of what it puts there; only a POST may be taken for a form.
        Some(Encoding::Unsaid) => on_login_path || head.method != Method::POST,
        Some(Encoding::Parts) => on_login_path,
        // No browser compresses a form, and to many apps it is plain whatever is said of it.
        Some(Encoding::Urlencoded | Encoding::Multipart(_) | Encoding::Doubtful(_)) => false,
        Some(Encoding::Json) => compressed && !on_login_path,
    };
    let Some(encoding) = encoding.filter(|_| !streams) else {
        if on_login_path {
            return Err(UNREAD_LOGIN.into());
        }
        let reading = Reading::of(query, Sent::Unread);
        return Ok((reading, upload(Bytes::new(), incoming)));
    };
    if compressed && !matches!(encoding, Encoding::Unsaid | Encoding::Parts) {
        return Err(unsupported(id::ODD_LOGIN_COMPRESSED));
    }
    let read = tokio::time::timeout(FORM_TIME, read_up_to(incoming, BODY_MAX)).await;
    let (bytes, rest) = read.map_err(|_| No::TooSlow)??;
    match rest {
        None => {
            let read = Sent::Read { encoding: &encoding, bytes: &bytes, is_login: on_login_path };
            Ok((Reading::of(query, read), Body::from_bytes(bytes)))
        }
        Some(_) if on_login_path => Err(No::from(Malformed {
            status: 413,
            reason: "form_too_large",
            sentence: id::ODD_LOGIN_TOO_LARGE,
            clear_cookies: false,
        })),
        Some(rest) => {
            let reading = match encoding {
                Encoding::Doubtful(_) => Reading::Unsure(Possible::of(query, Sent::Unread)),
                _ => Reading::of(query, Sent::Unread),
            };
            Ok((reading, upload(bytes, rest)))
        }
    }
}

fn unsupported(sentence: &'static str) -> No {
    No::from(Malformed { status: 415, reason: "unsupported_form", sentence, clear_cookies: false })
}

/// Reads a body up to a size; what is left of a larger one comes back as the stream that it is.
async fn read_up_to(mut incoming: Incoming, max: usize) -> Result<(Bytes, Option<Incoming>), No> {
    let mut read = BytesMut::new();
    loop {
        match incoming.frame().await {
            None => return Ok((read.freeze(), None)),
            Some(Err(_)) => return Err(No::BadRequest),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    read.extend_from_slice(&data);
                }
                if read.len() > max {
                    return Ok((read.freeze(), Some(incoming)));
                }
            }
        }
    }
}
