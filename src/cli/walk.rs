//! `mfa-gate check --login`: signs in at the app as a test user, and says what the gate makes of each step.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use lol_html::element;
use lol_html::send::{HtmlRewriter, Settings};

use crate::canonical::cookies::CookieClass;
use crate::config::settings::{App, Extract};
use crate::directory::fold;
use crate::gate::{Gate, Room};
use crate::identity::extract::Found;
use crate::identity::login::{self, Outcome};
use crate::identity::recognise::{named, named_as_typed};
use crate::identity::witness::{Answer, Ask, Likeness};
use crate::model::{Affinity, Attributes};
use crate::proxy::set_cookie;
use crate::upstream::body::Body;
use crate::upstream::{self, Class};

const PAGE_MAX: usize = 1024 * 1024;

/// Who signs in.
pub(super) struct Visitor<'a> {
    pub(super) user: &'a str,
    pub(super) password: &'a str,
    /// `NAME=VALUE`, besides what the form on the page has.
    pub(super) fields: &'a [String],
}

/// The app's answer.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: bytes::Bytes,
}

/// One walk: what the browser would hold.
struct Walk<'a> {
    gate: &'a Gate,
    room: &'a Room,
    cookies: BTreeMap<String, String>,
}

/// Walks a login of one app. `Err`: where it ends, and which key to look at.
pub(super) async fn walk(gate: &Gate, room: &Room, visitor: &Visitor<'_>) -> Result<(), String> {
    let app = &room.app;
    let mut walk = Walk { gate, room, cookies: BTreeMap::new() };
    if app.identity.asks_password() {
        let basic = data_encoding::BASE64.encode(format!("{}:{}", visitor.user, visitor.password).as_bytes());
        let value = HeaderValue::from_str(&format!("Basic {basic}")).map_err(|e| e.to_string())?;
        return walk.ask(vec![(header::AUTHORIZATION, value)], visitor.user).await;
    }
    let path = login_page(app).ok_or("none of login_paths is a plain path, so there is no page to begin with")?;
    let page = walk.send(Method::GET, &path, None).await?;
    let form = form(&page.body, &app.identity.password_field);
    say(&format!("GET {path}: {}", page.status.as_u16()));
    let (target, mut fields) = match form {
        Some(Form { action, fields, .. }) => {
            say(&format!("a form with `{}`; its other fields: {}", app.identity.password_field, names(&fields)));
            (action.and_then(|a| target_of(&path, &a)).unwrap_or_else(|| path.clone()), fields)
        }
        None => {
            say(&format!(
                "no form with `{}` on it (identity.password_field); the two fields are sent by themselves",
                app.identity.password_field
            ));
            (path.clone(), Vec::new())
        }
    };
    walk.keep(&page);
    let (name, password) = (&app.identity.username_field, &app.identity.password_field);
    fields.retain(|(n, _)| n != name && n != password);
    fields.extend(visitor.fields.iter().filter_map(|f| f.split_once('=')).map(|(n, v)| (n.to_owned(), v.to_owned())));
    fields.push((name.clone(), visitor.user.to_owned()));
    fields.push((password.clone(), visitor.password.to_owned()));
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter()).finish();
    let page = walk.send(Method::POST, &target, Some(body)).await?;
    let to = page.headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).map(|l| format!(" to {l}")).unwrap_or_default();
    say(&format!("POST {target}: {}{to}", page.status.as_u16()));
    let session = walk.keep(&page);
    match login::outcome(app, gate.clock.now(), page.status, &page.headers, &page.body) {
        Outcome::Succeeded => say("judged: the sign-in worked"),
        Outcome::Failed => {
            return Err("judged: the sign-in failed. If the password is right, set identity.success or identity.failure".into());
        }
        Outcome::Undecided(why) => return Err(format!("it can't be judged: {why}")),
    }
    let token = token(&app.identity.token, &page);
    if session.is_empty() && token.is_none() && app.identity.request_header().is_none() {
        return Err("it set no session cookie: name the app's cookie in session_cookies, or where its answer has a token in identity.token".into());
    }
    let headers = token.map(|t| vec![(header::AUTHORIZATION, t)]).unwrap_or_default();
    walk.ask(headers, visitor.user).await
}

impl Walk<'_> {
    async fn send(&self, method: Method, target: &str, form: Option<String>) -> Result<Page, String> {
        let public = &self.gate.settings.server.public_url;
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(header::HOST, self.host())
            .header(header::ACCEPT, "text/html, application/json;q=0.9")
            .header(header::USER_AGENT, "mfa-gate check")
            .header(header::ORIGIN, format!("{}://{}", public.scheme(), self.host()))
            .header(header::REFERER, format!("{}://{}{target}", public.scheme(), self.host()))
            .header("x-forwarded-proto", public.scheme());
        let line: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !line.is_empty() {
            request = request.header(header::COOKIE, line.join("; "));
        }
        let body = match form {
            Some(form) => {
                request = request
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header(header::CONTENT_LENGTH, form.len());
                Body::from_bytes(form)
            }
            None => Body::Empty,
        };
        let request = request.body(body).map_err(|e| e.to_string())?;
        let patience = self.gate.settings.server.patience.upstream;
        let sent = upstream::send(&self.room.servers, Class::Stripped, Affinity::default(), request.into(), patience).await;
        let answer = sent.map_err(|e| e.to_string())?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, PAGE_MAX).collect().await.map_err(|e| format!("{target} can't be read: {e}"))?.to_bytes();
        Ok(Page { status: head.status, headers: head.headers, body })
    }

    fn host(&self) -> String {
        let public = &self.gate.settings.server.public_url;
        self.room.app.host.clone().unwrap_or_else(|| public.authority().to_owned())
    }

    /// Keeps the cookies as a browser would, says what each is to the gate, and gives back the names of session cookies.
    fn keep(&mut self, page: &Page) -> Vec<String> {
        let mut headers = page.headers.clone();
        let sets =
            set_cookie::read(&mut headers, &self.room.names, self.room.app.name.as_str(), &self.gate.seal, &self.gate.clock);
        let mut session = Vec::new();
        for set in sets {
            let name = set.member.name.to_string();
            let is = match set.class {
                _ if set.deletes => "deleted",
                CookieClass::Session => "a session cookie",
                CookieClass::Harmless => "harmless",
                CookieClass::Other => "neither in session_cookies nor in harmless_cookies, and so kept with its session",
            };
            say(&format!("cookie {name} (path {}): {is}", set.member.path.as_deref().unwrap_or("of the page")));
            if set.deletes {
                self.cookies.remove(&name);
            } else {
                if set.class == CookieClass::Session {
                    session.push(name.clone());
                }
                self.cookies.insert(name, set.value);
            }
        }
        session
    }

    /// Who it is now: by the form's name, and by the source that can be asked.
    async fn ask(&self, headers: Vec<(HeaderName, HeaderValue)>, typed: &str) -> Result<(), String> {
        let cx = self.gate.context(self.room);
        let known = named_as_typed(cx, typed).await.map_err(|e| e.to_string())?;
        match &known {
            Some(user) => say(&format!("`{typed}` is the user {} with {}", user.id, attributes(&user.attributes))),
            None => return Err(format!("the directory doesn't know `{typed}`: nobody of this name is let in")),
        }
        let Some(witness) = &self.room.witness else { return Ok(()) };
        let host = HeaderValue::from_str(&self.host()).ok();
        let like = Likeness {
            ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            host,
            agent: HeaderValue::from_str("mfa-gate check").ok(),
            language: None,
        };
        let cookies = self.cookies.iter().map(|(n, v)| (n.clone(), v.clone())).collect();
        match witness.ask(&self.room.app, Ask { cookies, headers, like, affinity: Affinity::default(), scheme: cx.scheme }).await
        {
            Answer::User(name, found) => {
                let user = named(cx, &name, found).await.map_err(|e| e.to_string())?;
                let user = user.ok_or_else(|| format!("{} names `{name}`, whom the directory doesn't know", witness.place()))?;
                say(&format!("{} names {name}: the user {} with {}", witness.place(), user.id, attributes(&user.attributes)));
                match known {
                    Some(typed) if fold(typed.id.as_str()) != fold(user.id.as_str()) => Err(format!(
                        "the form says {} and the app {}: these must be one user; add [apps.directory]",
                        typed.id, user.id
                    )),
                    _ => Ok(()),
                }
            }
            Answer::Nobody => Err(format!("{} names nobody for this session, so it would stay a stranger's", witness.place())),
            Answer::Undecided(why) => Err(format!("{} names nobody clearly: {why}", witness.place())),
        }
    }
}

fn say(text: &str) {
    println!("      {text}");
}

fn names(fields: &[(String, String)]) -> String {
    let names: Vec<&str> = fields.iter().map(|(n, _)| n.as_str()).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

fn attributes(attributes: &Attributes) -> String {
    let names: Vec<String> = attributes.all().into_keys().collect();
    if names.is_empty() { "no attributes".into() } else { names.join(", ") }
}

fn token(extract: &Option<Extract>, page: &Page) -> Option<HeaderValue> {
    match extract.as_ref()?.read_token(&page.headers, &page.body) {
        Found::Text(token) => HeaderValue::from_str(&format!("Bearer {token}")).ok(),
        _ => None,
    }
}

/// The first login path without wildcards, with the query that its rule wants.
fn login_page(app: &App) -> Option<String> {
    let plain = |text: &&String| !text.contains(['*', '?', '[', '{']);
    app.login_paths.iter().find_map(|rule| {
        let path = rule.path.texts().iter().find(plain)?;
        let query: String =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(rule.query.iter().chain(&rule.field)).finish();
        Some(if query.is_empty() { path.clone() } else { format!("{path}?{query}") })
    })
}

/// Where a form goes that stands on a page.
fn target_of(page: &str, action: &str) -> Option<String> {
    let base = url::Url::parse("http://app.invalid").ok()?.join(page).ok()?;
    let to = base.join(&html_escape::decode_html_entities(action)).ok()?;
    Some(to[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
}

/// A form as it stands on the page: its action, and its hidden or prefilled fields.
#[derive(Clone, Default)]
struct Form {
    action: Option<String>,
    fields: Vec<(String, String)>,
    has_password: bool,
}

fn form(body: &[u8], password: &str) -> Option<Form> {
    let forms: Arc<Mutex<Vec<Form>>> = Arc::default();
    let (begin, more, wanted) = (forms.clone(), forms.clone(), password.to_owned());
    let on_form = element!("form", move |el| {
        let form = Form { action: el.get_attribute("action"), ..Form::default() };
        begin.lock().unwrap_or_else(PoisonError::into_inner).push(form);
        Ok(())
    });
    let on_input = element!("form input[name], form button[name]", move |el| {
        let (name, value) = (el.get_attribute("name").unwrap_or_default(), el.get_attribute("value").unwrap_or_default());
        let unchecked =
            el.get_attribute("type").is_some_and(|t| matches!(t.as_str(), "checkbox" | "radio")) && !el.has_attribute("checked");
        if let Some(form) = more.lock().unwrap_or_else(PoisonError::into_inner).last_mut() {
            form.has_password |= name == wanted;
            if !unchecked {
                form.fields.push((name, html_escape::decode_html_entities(&value).into_owned()));
            }
        }
        Ok(())
    });
    let settings = Settings::new_send().append_element_content_handler(on_form).append_element_content_handler(on_input);
    let mut reader = HtmlRewriter::new(settings, |_: &[u8]| {});
    reader.write(body).and_then(|()| reader.end()).ok()?;
    let forms = forms.lock().unwrap_or_else(PoisonError::into_inner);
    forms.iter().find(|f| f.has_password).cloned()
}
