//! A legacy app that records what it was sent, and marks everything that it says to a logged-in session.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use http::{HeaderValue, Request, Response, header};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// How the app treats its session ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// As PHP apps do: the id that a visitor had before stays after the login.
    pub keeps_id: bool,
    /// `remember=1` in the login form sets `remember_me`, which logs in by itself.
    pub remembers: bool,
    /// Every answer to a logged-in session names its user in `X-App-User`.
    pub names_user: bool,
    /// Session ids are signed tokens (HS256) with the user's name.
    pub signs: bool,
    /// As many PHP apps do: every visitor has a session, on any page.
    pub greets: bool,
    /// As WordPress does: the login page sets a test cookie, and no login works without it.
    pub tests_cookies: bool,
    /// As Flask does: every answer to a logged-in session has its id anew; older ones stay good.
    pub resigns: bool,
    /// The path of its session cookie; empty: `/`.
    pub cookie_path: &'static str,
}

/// What the app signs its ids with.
pub const SIGNING_KEY: &str = "an app's own secret that it shares with nobody else";

/// One login at the app: a number that no other login has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub user: String,
    pub number: u64,
}

/// What the app was sent.
#[derive(Clone, Debug)]
pub struct Record {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    /// Its body, where the app reads that.
    pub body: Vec<u8>,
    /// The login that the request's credentials belong to, as the app sees it.
    pub seen: Option<Login>,
}

impl Record {
    /// The gate's own question; what a client sends under this name is taken off.
    pub fn is_probe(&self) -> bool {
        self.header("x-mfa-probe").is_some()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

#[derive(Debug, Default)]
struct State {
    style: Style,
    logins: u64,
    ids: u64,
    sessions: HashMap<String, Option<Login>>,
    remembered: HashMap<String, Login>,
    tokens: HashMap<String, Login>,
    database: Option<sqlx::SqlitePool>,
    /// What stands in the database.
    written: HashMap<String, Option<Login>>,
    records: Vec<Record>,
    uploaded: u64,
}

/// The app. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

const USERS: [(&str, &str); 3] = [("alice", "wonderland"), ("bob", "builder"), ("carol", "carroll")];

pub fn password(user: &str) -> &'static str {
    USERS.iter().find(|(u, _)| *u == user).map_or("", |(_, p)| p)
}

impl App {
    pub async fn start(style: Style) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let state = Arc::new(Mutex::new(State { style, ..State::default() }));
        let app = Self { address: listener.local_addr().expect("an address"), state };
        let serving = app.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let app = serving.clone();
                tokio::spawn(async move {
                    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
                        let app = app.clone();
                        async move { Ok::<_, Infallible>(app.answer(request).await) }
                    });
                    let http = hyper::server::conn::http1::Builder::new();
                    let _ = http.serve_connection(TokioIo::new(stream), service).with_upgrades().await;
                });
            }
        });
        app
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub fn records(&self) -> Vec<Record> {
        self.lock().records.clone()
    }

    /// The newest record of a path.
    #[track_caller]
    pub fn last(&self, path: &str) -> Record {
        let records = self.records();
        let found = records.iter().rev().find(|r| r.target.split('?').next() == Some(path));
        found.unwrap_or_else(|| panic!("the app was never asked for {path}: {records:#?}")).clone()
    }

    pub fn was_asked(&self, path: &str) -> bool {
        self.records().iter().any(|r| r.target.split('?').next() == Some(path))
    }

    /// The app acts on no unverified session: whatever came with a login's credentials came from the gate's own
    /// probe, or says that the same user was verified (or is trusted).
    #[track_caller]
    pub fn check(&self) {
        for record in self.records() {
            let Some(login) = &record.seen else { continue };
            if record.is_probe() {
                continue;
            }
            assert_eq!(record.header("x-mfa-user"), Some(login.user.as_str()), "the app acted on {record:?}");
        }
    }

    /// The login that one cookie belongs to.
    pub fn login_of(&self, name: &str, value: &str) -> Option<Login> {
        self.resolve(&[(name.to_owned(), value.to_owned())])
    }

    /// Bytes of the newest upload that came.
    pub fn uploaded(&self) -> u64 {
        self.lock().uploaded
    }

    /// The newest login.
    pub fn newest(&self) -> u64 {
        self.lock().logins
    }

    /// Forgets what was recorded; what came before was checked.
    pub fn forget(&self) {
        self.lock().records.clear();
    }

    /// Keeps its sessions in a table as well: `sessions(id, hash, username)`.
    pub async fn keep_table(&self, path: &std::path::Path) {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.expect("a database");
        let table = "create table sessions (id text primary key, hash text, username text)";
        sqlx::query(table).execute(&pool).await.expect("a table");
        self.lock().database = Some(pool);
    }

    async fn write_table(&self) {
        let (pool, gone, rows) = {
            let mut state = self.lock();
            let Some(pool) = state.database.clone() else { return };
            let gone: Vec<String> = state.written.keys().filter(|id| !state.sessions.contains_key(*id)).cloned().collect();
            let new = state.sessions.iter().filter(|(id, login)| state.written.get(*id) != Some(login));
            let rows: Vec<(String, Option<String>)> =
                new.map(|(id, login)| (id.clone(), login.as_ref().map(|l| l.user.clone()))).collect();
            state.written = state.sessions.clone();
            (pool, gone, rows)
        };
        let mut change = pool.begin().await.expect("a transaction");
        for id in gone {
            sqlx::query("delete from sessions where id = ?1").bind(id).execute(&mut *change).await.expect("a change");
        }
        for (id, user) in rows {
            let hash =
                data_encoding::HEXLOWER.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, id.as_bytes()).as_ref());
            let row = sqlx::query("insert or replace into sessions values (?1, ?2, ?3)").bind(id).bind(hash).bind(user);
            row.execute(&mut *change).await.expect("a row");
        }
        change.commit().await.expect("a commit");
    }

    /// From now on this token is a login of the user's.
    pub fn accept(&self, token: &str, user: &str) {
        let mut state = self.lock();
        state.logins += 1;
        let login = Login { user: user.to_owned(), number: state.logins };
        state.tokens.insert(token.to_owned(), login);
    }

    /// Forgets every session, as an app does that keeps them in memory and is started again.
    pub fn lose_sessions(&self) {
        let mut state = self.lock();
        state.sessions.clear();
        state.remembered.clear();
        state.tokens.clear();
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let before = self.lock().ids;
        let mut answer = self.act(request).await;
        if self.lock().ids != before || answer.headers().contains_key(header::SET_COOKIE) {
            self.write_table().await;
        }
        // What the app says of its own sessions is taken off what the client sees, and read by the gate only.
        let seen = answer.extensions_mut().remove::<Login>();
        let style = self.lock().style;
        if let Some(login) = seen.filter(|_| style.names_user) {
            answer.headers_mut().insert("x-app-user", HeaderValue::from_str(&login.user).expect("a name"));
        }
        answer
    }

    async fn act(&self, request: Request<Incoming>) -> Response<Body> {
        let (mut parts, body) = request.into_parts();
        if parts.uri == "/login?slow" {
            tokio::time::sleep(Duration::from_millis(800)).await;
        }
        let cookies = cookies(&parts.headers);
        let sid = cookies.iter().find(|(n, _)| n == "sid").map(|(_, v)| v.clone());
        let seen = self.resolve(&cookies).or_else(|| self.by_header(&parts.headers));
        let target = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        let headers = parts.headers.iter().map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned()));
        let record = Record {
            method: parts.method.to_string(),
            target: target.clone(),
            headers: headers.collect(),
            body: Vec::new(),
            seen: seen.clone(),
        };
        let nth = {
            let mut state = self.lock();
            state.records.push(record.clone());
            state.records.len() - 1
        };
        let path = parts.uri.path().to_owned();
        if path == "/ws" {
            return self.upgrade(&mut parts, seen);
        }
        if path == "/early" {
            // Answers without waiting for what is still coming, and reads it all the same.
            tokio::spawn(async move { drop(to_bytes(Body::new(body), 1 << 20).await) });
            return page(&seen, "early");
        }
        if path == "/upload" {
            let mut stream = Body::new(body).into_data_stream();
            let mut size = 0u64;
            while let Some(Ok(chunk)) = futures_util::StreamExt::next(&mut stream).await {
                size += chunk.len() as u64;
                self.lock().uploaded = size;
            }
            return page(&seen, &format!("got {size}"));
        }
        let bytes = to_bytes(Body::new(body), 4 << 20).await.unwrap_or_default();
        if let Some(record) = self.lock().records.get_mut(nth) {
            record.body = bytes.to_vec();
        }
        let form: Vec<(String, String)> = url::form_urlencoded::parse(&bytes)
            .chain(url::form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes()))
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect();
        let field = |name: &str| form.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
        let resigned = seen.clone().filter(|_| self.lock().style.resigns && path != "/logout").map(|login| {
            let mut state = self.lock();
            let id = Self::session_id(&mut state, &login.user);
            state.sessions.insert(id.clone(), Some(login));
            Self::cookie(&state, &id)
        });
        let mut answer = match (parts.method.as_str(), path.as_str()) {
            ("POST", "/api/token") => self.token(&bytes),
            ("GET" | "HEAD", "/editor") => html("<script src=/editor.js></script>".into()),
            ("GET" | "PUT", "/basic") if seen.is_none() => {
                let mut answer = Response::new(Body::from("who are you?"));
                *answer.status_mut() = http::StatusCode::UNAUTHORIZED;
                answer.headers_mut().insert("www-authenticate", HeaderValue::from_static("Basic realm=app"));
                answer
            }
            ("POST", "/login") => {
                // An app may let somebody in under another name than was typed.
                let user = if field("as").is_empty() { field("username") } else { field("as") };
                let tested = !self.lock().style.tests_cookies || cookies.iter().any(|(n, _)| n == "testcookie");
                let password = if tested { field("password") } else { "" };
                let mut answer = self.login(sid, user, password, field("remember"), field("inline"));
                let is_in = answer.status() == http::StatusCode::FOUND || !field("inline").is_empty();
                vary(&mut answer, is_in, field);
                if !field("odd").is_empty() && answer.headers().contains_key(header::SET_COOKIE) {
                    // Let in, with a page that looks as if not: it changes a password.
                    *answer.body_mut() = Body::from("SECRET-alice-0 <input type=password name=password>");
                }
                answer
            }
            ("GET", "/magic") => self.sneak(sid, field("as")),
            ("GET" | "HEAD", "/login") if seen.is_some() => page(&seen, "you are logged in already"),
            ("GET" | "HEAD", "/login") => self.login_page(sid),
            (_, "/logout") => self.logout(sid, &cookies),
            (_, "/api/me") => match &seen {
                Some(login) => {
                    let text = format!("{{\"username\":\"{}\",\"email\":\"{}@example.com\"}}", login.user, login.user);
                    Response::builder().header("content-type", "application/json").body(Body::from(text)).expect("an answer")
                }
                None => Response::builder().status(401).body(Body::from("{}")).expect("an answer"),
            },
            (_, "/public") if self.lock().style.greets && sid.is_none() => self.greet(),
            (_, "/public") => page(&seen, "public"),
            (_, "/down") => Response::builder().status(500).body(Body::from("the app is broken")).expect("an answer"),
            (_, "/slow") => {
                tokio::time::sleep(Duration::from_secs(4)).await;
                page(&seen, "slow")
            }
            (_, "/headers") => {
                let text = serde_json::to_string(&record.headers).unwrap_or_default();
                page(&seen, &text)
            }
            (_, "/stream") => stream(&seen),
            (_, "/bytes") => {
                let size: usize = field("n").parse().unwrap_or(0);
                Response::new(Body::from(vec![b'x'; size]))
            }
            (_, "/hsts") => {
                let mut answer = page(&seen, "https, please");
                answer.headers_mut().insert("strict-transport-security", HeaderValue::from_static("max-age=5"));
                answer
            }
            (_, "/rotate") => self.rotate(sid, seen.clone()),
            ("POST", "/sneak") if seen.as_ref().is_none_or(|l| l.user != field("as")) => self.sneak(sid, field("as")),
            _ if seen.is_some() => page(&seen, &format!("page {path}")),
            _ => redirect("/login", "log in first", &[]),
        };
        if let Some(line) = resigned.filter(|_| !answer.headers().contains_key(header::SET_COOKIE)) {
            set(&mut answer, &line);
        }
        if let Some(login) = seen {
            answer.extensions_mut().insert(login);
        }
        answer
    }

    /// `Authorization`: a token that the app gave, or a name and password.
    fn by_header(&self, headers: &http::HeaderMap) -> Option<Login> {
        if let Some(user) = headers.get("x-sso-user").and_then(|v| v.to_str().ok()) {
            return Some(Login { user: user.to_owned(), number: 0 });
        }
        if let Some(token) = headers.get("x-auth-token").and_then(|v| v.to_str().ok()) {
            return self.lock().tokens.get(token).cloned();
        }
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        if let Some(token) = value.strip_prefix("Bearer ") {
            return self.lock().tokens.get(token).cloned();
        }
        let plain = data_encoding::BASE64.decode(value.strip_prefix("Basic ")?.as_bytes()).ok()?;
        let text = String::from_utf8(plain).ok()?;
        let (user, password) = text.split_once(':')?;
        USERS.contains(&(user, password)).then(|| Login { user: user.to_owned(), number: 0 })
    }

    /// A login in JSON, answered with a token.
    fn token(&self, body: &[u8]) -> Response<Body> {
        let asked: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
        let (user, password) = (text("username"), text("password"));
        if !USERS.contains(&(user.as_str(), password.as_str())) {
            // Some say no with a 200.
            let status = if text("soft").is_empty() { 403 } else { 200 };
            return Response::builder()
                .status(status)
                .header("content-type", "application/json")
                .body(Body::from("{}"))
                .expect("an answer");
        }
        let mut state = self.lock();
        state.logins += 1;
        let login = Login { user, number: state.logins };
        let token = Self::new_id(&mut state, "t");
        state.tokens.insert(token.clone(), login);
        let body = serde_json::json!({ "access_token": token, "expires_in": 3600 }).to_string();
        Response::builder().header("content-type", "application/json").body(Body::from(body)).expect("an answer")
    }

    fn resolve(&self, cookies: &[(String, String)]) -> Option<Login> {
        let state = self.lock();
        let by_id = cookies.iter().filter(|(n, _)| n == "sid").find_map(|(_, v)| state.sessions.get(v).cloned().flatten());
        // `keepsake` is the same in a place that nobody listed, and read as PHP reads cookies.
        let decoded = |v: &str| percent_decode(v);
        let mut kept = cookies.iter().filter(|(n, _)| n == "remember_me" || n == "keepsake");
        let remembered = || kept.find_map(|(_, v)| state.remembered.get(&decoded(v)).cloned());
        by_id.or_else(remembered)
    }

    fn new_id(state: &mut State, kind: &str) -> String {
        state.ids += 1;
        format!("{kind}{}x{:x}", state.ids, std::process::id())
    }

    /// An id of a session that somebody is logged in to.
    fn session_id(state: &mut State, user: &str) -> String {
        let id = Self::new_id(state, "s");
        if !state.style.signs {
            return id;
        }
        let claims = serde_json::json!({ "sub": user, "jti": id, "exp": jsonwebtoken::get_current_timestamp() + 3600 });
        let key = jsonwebtoken::EncodingKey::from_secret(SIGNING_KEY.as_bytes());
        jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).expect("a token")
    }

    fn cookie(state: &State, id: &str) -> String {
        let path = if state.style.cookie_path.is_empty() { "/" } else { state.style.cookie_path };
        format!("sid={id}; Path={path}; HttpOnly")
    }

    fn login_page(&self, sid: Option<String>) -> Response<Body> {
        let mut state = self.lock();
        let known = sid.filter(|sid| state.sessions.contains_key(sid));
        let text = "<form method=post><input name=username><input type=password name=password></form>";
        let mut answer = html(text.to_owned());
        if known.is_none() {
            let id = Self::new_id(&mut state, "a");
            state.sessions.insert(id.clone(), None);
            set(&mut answer, &Self::cookie(&state, &id));
        }
        if state.style.tests_cookies {
            set(&mut answer, "testcookie=works; Path=/");
        }
        answer
    }

    fn greet(&self) -> Response<Body> {
        let mut state = self.lock();
        let id = Self::new_id(&mut state, "a");
        state.sessions.insert(id.clone(), None);
        let mut answer = html("public".into());
        set(&mut answer, &format!("sid={id}; Path=/; HttpOnly"));
        answer
    }

    fn login(&self, sid: Option<String>, user: &str, password: &str, remember: &str, inline: &str) -> Response<Body> {
        if !USERS.contains(&(user, password)) {
            return self.login_page(sid);
        }
        let mut state = self.lock();
        state.logins += 1;
        let login = Login { user: user.to_owned(), number: state.logins };
        let id = match sid.filter(|_| state.style.keeps_id) {
            Some(id) => id,
            None => Self::session_id(&mut state, &login.user),
        };
        state.sessions.insert(id.clone(), Some(login.clone()));
        let mut lines = vec![Self::cookie(&state, &id)];
        if !remember.is_empty() && state.style.remembers {
            let token = Self::new_id(&mut state, "r");
            state.remembered.insert(token.clone(), login.clone());
            let name = if remember == "keepsake" { "keepsake" } else { "remember_me" };
            lines.push(format!("{name}={token}; Path=/; Max-Age=9999999"));
        }
        let marker = format!("SECRET-{}-{}", login.user, login.number);
        if inline.is_empty() {
            redirect("/welcome?from=login", &marker, &lines)
        } else {
            let mut answer = html(format!("<h1>private</h1>{marker}"));
            lines.iter().for_each(|line| set(&mut answer, line));
            answer
        }
    }

    fn logout(&self, sid: Option<String>, cookies: &[(String, String)]) -> Response<Body> {
        let mut state = self.lock();
        if let Some(sid) = sid {
            state.sessions.remove(&sid);
        }
        if let Some((_, token)) = cookies.iter().find(|(n, _)| n == "remember_me") {
            state.remembered.remove(token);
        }
        redirect("/public", "bye", &["sid=; Path=/; Max-Age=0".into(), "remember_me=; Path=/; Max-Age=0".into()])
    }

    fn rotate(&self, sid: Option<String>, seen: Option<Login>) -> Response<Body> {
        let mut answer = page(&seen, "rotated");
        if let (Some(old), Some(login)) = (sid, seen) {
            let mut state = self.lock();
            let id = Self::session_id(&mut state, &login.user);
            state.sessions.remove(&old);
            state.sessions.insert(id.clone(), Some(login));
            set(&mut answer, &Self::cookie(&state, &id));
        }
        answer
    }

    /// A login in a place that nobody listed: the same session is another user's afterwards.
    fn sneak(&self, sid: Option<String>, user: &str) -> Response<Body> {
        let mut state = self.lock();
        state.logins += 1;
        let login = Login { user: user.to_owned(), number: state.logins };
        let keeps = state.style.keeps_id;
        let id = match sid.filter(|_| keeps) {
            Some(id) => id,
            None => Self::session_id(&mut state, &login.user),
        };
        state.sessions.insert(id.clone(), Some(login.clone()));
        // Where the id stays, nobody but the app could know that this answer is another user's.
        let mut answer = page(&Some(login).filter(|_| !keeps), "you are someone else now");
        set(&mut answer, &Self::cookie(&state, &id));
        answer
    }

    fn upgrade(&self, parts: &mut http::request::Parts, seen: Option<Login>) -> Response<Body> {
        let Some(upgrade) = parts.extensions.remove::<hyper::upgrade::OnUpgrade>() else {
            return page(&seen, "no upgrade");
        };
        // As a WebSocket's frame, or as bytes that anyone can read.
        let framed = parts.uri.query() == Some("frames=1");
        tokio::spawn(async move {
            let Ok(stream) = upgrade.await else { return };
            let mut stream = TokioIo::new(stream);
            let hello = seen.map_or("hello".into(), |l| format!("SECRET-{}-{}", l.user, l.number));
            if framed {
                let _ = stream.write_all(&[0x81, u8::try_from(hello.len()).expect("a short one")]).await;
            }
            let _ = stream.write_all(hello.as_bytes()).await;
            let mut buffer = [0; 1024];
            while let Ok(n) = stream.read(&mut buffer).await {
                if n == 0 || stream.write_all(&buffer[..n]).await.is_err() {
                    break;
                }
            }
        });
        Response::builder()
            .status(101)
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .body(Body::empty())
            .expect("an answer")
    }
}

/// Twenty frames, 100 ms apart.
fn stream(seen: &Option<Login>) -> Response<Body> {
    let marker = seen.as_ref().map_or(String::new(), |l| format!("SECRET-{}-{}", l.user, l.number));
    let frames = futures_util::stream::unfold(0, move |n| {
        let marker = marker.clone();
        async move {
            if n == 20 {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            Some((Ok::<_, Infallible>(format!("data: {n} {marker}\n\n")), n + 1))
        }
    });
    Response::builder().header("content-type", "text/event-stream").body(Body::from_stream(frames)).expect("an answer")
}

fn cookies(headers: &http::HeaderMap) -> Vec<(String, String)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let pairs = lines.flat_map(|l| l.split(';')).filter_map(|p| p.trim().split_once('='));
    pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
}

fn html(text: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    answer
}

fn page(seen: &Option<Login>, text: &str) -> Response<Body> {
    let mut answer = html(text.to_owned());
    if let Some(login) = seen {
        let marker = format!("SECRET-{}-{}", login.user, login.number);
        answer = html(format!("{text} {marker}"));
        answer.headers_mut().insert("x-app-says", marker.parse().expect("a header"));
    }
    answer
}

/// What else an app may say to a login, by fields of the form: another address (`next`) or status (`status`) where it
/// worked, a redirect (`back`), nothing at all (`mute`) or a value of somebody else's (`fixed`) where it didn't, and two
/// values of one cookie (`twice`).
fn vary<'a>(answer: &mut Response<Body>, is_in: bool, field: impl Fn(&str) -> &'a str) {
    if is_in && !field("next").is_empty() {
        answer.headers_mut().insert(header::LOCATION, field("next").parse().expect("an address"));
    }
    if is_in && let Ok(status) = field("status").parse() {
        *answer.status_mut() = status;
        answer.headers_mut().remove(header::LOCATION);
        *answer.body_mut() = Body::from("no such page");
    }
    if !is_in && !field("back").is_empty() {
        *answer.status_mut() = http::StatusCode::FOUND;
        answer.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/login?again=1"));
    }
    if !is_in && !field("mute").is_empty() {
        *answer = Response::new(Body::empty());
    }
    if !is_in && !field("fixed").is_empty() {
        answer.headers_mut().remove(header::SET_COOKIE);
        set(answer, &format!("sid={}; Path=/", field("fixed")));
    }
    if !field("twice").is_empty() {
        let lines: Vec<HeaderValue> = answer.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
        let mut lines: Vec<HeaderValue> = [HeaderValue::from_static("sid=anonymous; Path=/")].into_iter().chain(lines).collect();
        if field("twice") == "last" {
            lines.rotate_left(1);
        }
        answer.headers_mut().remove(header::SET_COOKIE);
        for line in lines {
            answer.headers_mut().append(header::SET_COOKIE, line);
        }
    }
}

fn percent_decode(text: &str) -> String {
    url::form_urlencoded::parse(format!("v={text}").as_bytes()).next().map(|(_, v)| v.into_owned()).unwrap_or_default()
}

fn set(answer: &mut Response<Body>, line: &str) {
    answer.headers_mut().append(header::SET_COOKIE, line.parse().expect("a header"));
}

fn redirect(to: &str, text: &str, lines: &[String]) -> Response<Body> {
    let mut answer = html(text.to_owned());
    *answer.status_mut() = http::StatusCode::FOUND;
    answer.headers_mut().insert(header::LOCATION, to.parse().expect("a header"));
    lines.iter().for_each(|line| set(&mut answer, line));
    answer
}
