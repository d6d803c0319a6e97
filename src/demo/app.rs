//! A small legacy app: a login form, sessions that rotate at login, pages, a form, JSON, server-sent events, a WebSocket.
//! It knows nothing of second factors.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use futures_util::{SinkExt, StreamExt};
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::pages;
use crate::canonical::urlencoded::pairs;
use crate::seal::random;

/// The users: name, password, address.
pub const USERS: &[(&str, &str, &str)] = &[("alice", "wonderland", "alice@example.com"), ("bob", "builder", "bob@example.com")];

const SESSION: &str = "warehouse_session";
const REMEMBER: &str = "remember_token";

#[derive(Debug, Default)]
struct State {
    sessions: HashMap<String, Option<&'static str>>,
    remembered: HashMap<String, &'static str>,
    orders: Vec<(String, u32)>,
}

/// The app's memory.
#[derive(Clone, Debug)]
pub struct Warehouse(Arc<Mutex<State>>);

impl Default for Warehouse {
    fn default() -> Self {
        let orders = vec![("Flange, 40 mm".to_owned(), 12), ("Gasket, cork".to_owned(), 200)];
        Self(Arc::new(Mutex::new(State { orders, ..State::default() })))
    }
}

/// Serves the app until the listener breaks.
pub async fn serve(listener: TcpListener, warehouse: Warehouse) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let warehouse = warehouse.clone();
        tokio::spawn(async move {
            let service = hyper::service::service_fn(move |request: Request<Incoming>| {
                let warehouse = warehouse.clone();
                async move { Ok::<_, Infallible>(warehouse.answer(request).await) }
            });
            let _ =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades().await;
        });
    }
}

fn new_id() -> String {
    data_encoding::HEXLOWER.encode(&random::<16>())
}

fn cookie<'a>(request: &'a Request<Incoming>, name: &str) -> Option<&'a str> {
    let line = request.headers().get(header::COOKIE)?.to_str().ok()?;
    line.split("; ").find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn html(text: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer
}

fn json(value: &serde_json::Value, status: StatusCode) -> Response<Body> {
    let mut answer = Response::new(Body::from(value.to_string()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

fn see_other(to: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    answer.headers_mut().insert(header::LOCATION, HeaderValue::from_static(to));
    answer
}

fn set(answer: &mut Response<Body>, line: &str) {
    if let Ok(line) = HeaderValue::from_str(line) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
}

fn text(kind: &'static str, body: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(body));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

impl Warehouse {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn user(&self, request: &Request<Incoming>) -> Option<&'static str> {
        let state = self.state();
        let by_session = cookie(request, SESSION).and_then(|id| state.sessions.get(id).copied().flatten());
        by_session.or_else(|| cookie(request, REMEMBER).and_then(|id| state.remembered.get(id).copied()))
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let user = self.user(&request);
        let path = request.uri().path().to_owned();
        match (request.method(), path.as_str(), user) {
            (&Method::GET, "/login", _) => self.login_page(&request),
            (&Method::POST, "/login", _) => self.login(request).await,
            (_, "/logout", _) => self.logout(&request),
            (&Method::GET, "/static/app.css", _) => text("text/css", pages::CSS),
            (&Method::GET, "/static/app.js", _) => text("text/javascript", pages::JS),
            (&Method::GET, "/api/me", Some(user)) => {
                let email = USERS.iter().find(|u| u.0 == user).map(|u| u.2);
                json(&serde_json::json!({ "username": user, "email": email }), StatusCode::OK)
            }
            (&Method::GET, "/api/orders", Some(_)) => {
                let orders: Vec<_> =
                    self.state().orders.iter().map(|(p, n)| serde_json::json!({ "part": p, "count": n })).collect();
                json(&serde_json::json!(orders), StatusCode::OK)
            }
            (_, "/api/me" | "/api/orders" | "/ws" | "/events", None) => {
                json(&serde_json::json!({ "error": "sign in first" }), StatusCode::UNAUTHORIZED)
            }
            (_, _, None) => see_other("/login"),
            (&Method::GET, "/", Some(user)) => self.home(&request, user),
            (&Method::POST, "/orders", Some(_)) => self.order(request).await,
            (&Method::POST, "/profile/renew", Some(user)) => self.renew(&request, user),
            (&Method::GET, "/ws", Some(user)) => web_socket(request, user),
            (&Method::GET, "/events", Some(user)) => {
                let events = (1..=3).map(|n| format!("data: {n} for {user}\n\n")).collect::<String>();
                let mut answer = Response::new(Body::from(events));
                answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
                answer
            }
            (&Method::GET, "/admin", Some("alice")) => html(pages::page("Administration", "<p>Only alice sees this.</p>")),
            _ => {
                let mut answer = html(pages::page("Not found", "<p>There is no such page.</p>"));
                *answer.status_mut() = StatusCode::NOT_FOUND;
                answer
            }
        }
    }

    fn login_page(&self, request: &Request<Incoming>) -> Response<Body> {
        let mut answer = html(pages::login(""));
        let known = cookie(request, SESSION).is_some_and(|id| self.state().sessions.contains_key(id));
        if !known {
            let id = new_id();
            self.state().sessions.insert(id.clone(), None);
            set(&mut answer, &format!("{SESSION}={id}; Path=/; HttpOnly"));
            set(&mut answer, "lang=en; Path=/");
        }
        answer
    }

    async fn login(&self, request: Request<Incoming>) -> Response<Body> {
        let old = cookie(&request, SESSION).map(str::to_owned);
        let Ok(body) = to_bytes(Body::new(request.into_body()), 64 * 1024).await else { return html(pages::login("Too large.")) };
        let form: HashMap<String, String> = pairs(&body).collect();
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        let Some((user, ..)) =
            USERS.iter().find(|(name, password, _)| *name == field("username") && *password == field("password"))
        else {
            return html(pages::login("Wrong user name or password."));
        };
        let mut answer = see_other("/");
        let mut state = self.state();
        if let Some(old) = old {
            state.sessions.remove(&old);
        }
        let id = new_id();
        state.sessions.insert(id.clone(), Some(user));
        set(&mut answer, &format!("{SESSION}={id}; Path=/; HttpOnly"));
        if form.contains_key("remember") {
            let token = new_id();
            state.remembered.insert(token.clone(), user);
            set(&mut answer, &format!("{REMEMBER}={token}; Path=/; HttpOnly; Max-Age=2592000"));
        }
        answer
    }

    fn logout(&self, request: &Request<Incoming>) -> Response<Body> {
        let mut state = self.state();
        if let Some(id) = cookie(request, SESSION) {
            state.sessions.remove(id);
        }
        if let Some(id) = cookie(request, REMEMBER) {
            state.remembered.remove(id);
        }
        let mut answer = see_other("/login");
        for name in [SESSION, REMEMBER] {
            set(&mut answer, &format!("{name}=; Path=/; Max-Age=0"));
        }
        answer
    }

    fn home(&self, request: &Request<Incoming>, user: &str) -> Response<Body> {
        let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or("nobody").to_owned();
        html(pages::page(
            "Orders",
            &format!(
                "<p id=user>Welcome, <strong>{user}</strong>.</p><table id=orders><tr><th>Part<th>Count</tr></table>\
                 <form method=post action=/orders><label>Part <input name=part required></label><label>Count <input name=count type=number value=1></label><button>Order</button></form>\
                 <p>The gate says: {} by {}</p><p><a href=/.mfa/settings>Second factor</a> · <a href=/logout>Sign out</a></p>",
                header("x-mfa-user"),
                header("x-mfa-method")
            ),
        ))
    }

    async fn order(&self, request: Request<Incoming>) -> Response<Body> {
        if let Ok(body) = to_bytes(Body::new(request.into_body()), 64 * 1024).await {
            let form: HashMap<String, String> = pairs(&body).collect();
            let count = form.get("count").and_then(|c| c.parse().ok()).unwrap_or(1);
            if let Some(part) = form.get("part") {
                self.state().orders.push((part.clone(), count));
            }
        }
        see_other("/")
    }

    fn renew(&self, request: &Request<Incoming>, user: &'static str) -> Response<Body> {
        let mut state = self.state();
        if let Some(id) = cookie(request, SESSION) {
            state.sessions.remove(id);
        }
        let id = new_id();
        state.sessions.insert(id.clone(), Some(user));
        let mut answer = see_other("/");
        set(&mut answer, &format!("{SESSION}={id}; Path=/; HttpOnly"));
        answer
    }
}

fn web_socket(mut request: Request<Incoming>, user: &'static str) -> Response<Body> {
    let Some(key) = request.headers().get("sec-websocket-key") else {
        return json(&serde_json::json!({ "error": "a WebSocket is wanted here" }), StatusCode::UPGRADE_REQUIRED);
    };
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else { return };
        let mut socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
        let _ = socket.send(Message::text(format!("hello {user}"))).await;
        while let Some(Ok(message)) = socket.next().await {
            if message.is_close() || (message.is_text() || message.is_binary()) && socket.send(message).await.is_err() {
                break;
            }
        }
    });
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = answer.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(accept) = HeaderValue::from_str(&accept) {
        headers.insert("sec-websocket-accept", accept);
    }
    answer
}
