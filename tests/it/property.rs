//! Random sequences of what browsers, and people with a stolen password, can send: the promise never breaks.
//!
//! The model knows which gate token was verified for which login of the app. Whatever the app says to a logged-in
//! session may reach only a request that carried such a token (checked on every answer), and the app may act only on
//! credentials of verified sessions (checked on its own record after every sequence).

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};
use serde_json::json;

use crate::app::{Style, password};
use crate::client::{Answer, Ask, Browser};
use crate::world::{Identity, Plan, World};

const USERS: [&str; 3] = ["alice", "bob", "carol"];
const COOKIES: [&str; 3] = ["sid", "remember_me", "mfa"];
const CLIENTS: usize = 3;

/// One step of one client.
#[derive(Clone, Debug)]
enum Step {
    LoginPage(usize),
    LogIn {
        client: usize,
        user: usize,
        remember: bool,
        path: usize,
    },
    BadLogin(usize, usize),
    Verify(usize),
    Open(usize, usize),
    Post(usize),
    Upgrade(usize),
    Rotate(usize),
    Sneak(usize, usize),
    LogOut(usize),
    UseAnother(usize),
    /// A cookie of one client's, taken by another.
    Steal {
        from: usize,
        to: usize,
        cookie: usize,
    },
    /// Any cookie value that was ever seen, under any name.
    Replay {
        client: usize,
        cookie: usize,
        nth: usize,
    },
    Drop(usize, usize),
    Tamper(usize, usize),
    /// Both values in one request.
    Twice {
        client: usize,
        other: usize,
        first: bool,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let client = 0..CLIENTS;
    let user = 0..USERS.len();
    let cookie = 0..COOKIES.len();
    prop_oneof![
        1 => client.clone().prop_map(Step::LoginPage),
        5 => (client.clone(), user.clone(), any::<bool>(), 0..3usize)
            .prop_map(|(client, user, remember, path)| Step::LogIn { client, user, remember, path }),
        1 => (client.clone(), user.clone()).prop_map(|(c, u)| Step::BadLogin(c, u)),
        5 => client.clone().prop_map(Step::Verify),
        4 => (client.clone(), 0..4usize).prop_map(|(c, p)| Step::Open(c, p)),
        1 => client.clone().prop_map(Step::Post),
        1 => client.clone().prop_map(Step::Upgrade),
        2 => client.clone().prop_map(Step::Rotate),
        1 => (client.clone(), user).prop_map(|(c, u)| Step::Sneak(c, u)),
        1 => client.clone().prop_map(Step::LogOut),
        1 => client.clone().prop_map(Step::UseAnother),
        4 => (client.clone(), client.clone(), cookie.clone())
            .prop_map(|(from, to, cookie)| Step::Steal { from, to, cookie }),
        3 => (client.clone(), cookie.clone(), 0..64usize)
            .prop_map(|(client, cookie, nth)| Step::Replay { client, cookie, nth }),
        2 => (client.clone(), cookie.clone()).prop_map(|(c, k)| Step::Drop(c, k)),
        1 => (client.clone(), cookie).prop_map(|(c, k)| Step::Tamper(c, k)),
        2 => (client.clone(), client, any::<bool>()).prop_map(|(client, other, first)| Step::Twice { client, other, first }),
    ]
}

/// What the test knows of the world.
struct Model<'a> {
    world: &'a World,
    clients: Vec<Browser>,
    /// Which logins of the app a gate token stands for.
    tokens: HashMap<String, BTreeSet<(String, u64)>>,
    verified: HashMap<String, BTreeSet<(String, u64)>>,
    seen: Vec<String>,
    by_user: bool,
}

impl<'a> Model<'a> {
    fn new(world: &'a World, by_user: bool) -> Self {
        let clients = (0..CLIENTS).map(|_| world.browser()).collect();
        Self { world, clients, tokens: HashMap::new(), verified: HashMap::new(), seen: Vec::new(), by_user }
    }

    /// Sends, and checks that nothing came back that this request may not see.
    fn send(&mut self, client: usize, ask: &Ask) -> Result<Answer, TestCaseError> {
        let jar = self.clients[client].jar.clone();
        let logins = self.world.app.newest();
        let answer = self.clients[client].send(ask);
        let line = jar.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ");
        self.judge(ask, &line, jar.get("mfa"), &answer)?;
        // A gate token that is new to the model: which login does it stand for?
        let after = &self.clients[client].jar;
        self.seen.extend(after.values().filter(|v| !jar.values().any(|old| old == *v)).cloned());
        if let Some(token) = after.get("mfa").filter(|t| jar.get("mfa") != Some(t)) {
            let newest = self.world.app.newest();
            let mut logins_of: BTreeSet<(String, u64)> = BTreeSet::new();
            for (name, value) in jar.iter().chain(after) {
                logins_of.extend(self.world.app.login_of(name, value).map(|l| (l.user, l.number)));
            }
            if newest > logins {
                // The new login, and what its user carried into it (a remember-me cookie of the verified session).
                let user = logins_of.iter().find(|(_, number)| *number == newest).map(|(user, _)| user.clone());
                logins_of.retain(|(who, _)| Some(who) == user.as_ref());
            }
            self.tokens.entry(token.clone()).or_insert(logins_of);
        }
        Ok(answer)
    }

    fn judge(&self, ask: &Ask, line: &str, token: Option<&String>, answer: &Answer) -> Result<(), TestCaseError> {
        for secret in answer.secrets() {
            let verified = token.and_then(|t| self.verified.get(t));
            let allowed = verified.is_some_and(|logins| self.is_one_of(&secret, logins));
            prop_assert!(allowed, "{} {} with {line} got {secret:?}\nverified: {:?}", ask.method, ask.target, self.verified);
        }
        Ok(())
    }

    /// The very login that was verified. A source that asks the app may add another credential of the same user
    /// to a verified session (refreshed tokens), so there the user counts.
    fn is_one_of(&self, secret: &(String, u64), logins: &BTreeSet<(String, u64)>) -> bool {
        logins.contains(secret) || self.by_user && logins.iter().any(|(user, _)| *user == secret.0)
    }

    fn verify(&mut self, client: usize) -> Result<(), TestCaseError> {
        let state = self.send(client, &Ask::script("GET", "/.mfa/api/v1/session"))?.json();
        if state["state"] != "unverified" {
            return Ok(());
        }
        let Some(user) = state["user"].as_str().map(str::to_owned) else { return Ok(()) };
        let before = self.world.mails_to(&user).len();
        let sent = self.send(client, &Ask::json("/.mfa/api/v1/code/request", json!({ "method": "email" })))?;
        prop_assert_eq!(sent.status, 200, "{}", sent.text());
        let code = self.world.read_code(&user, before);
        let pending = self.clients[client].jar["mfa"].clone();
        let passed = self.send(client, &Ask::json("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })))?;
        if passed.status == 200 {
            let logins: BTreeSet<_> =
                self.tokens.get(&pending).into_iter().flatten().filter(|(u, _)| *u == user).cloned().collect();
            self.tokens.insert(self.clients[client].jar["mfa"].clone(), logins.clone());
            self.verified.insert(self.clients[client].jar["mfa"].clone(), logins);
        }
        Ok(())
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let page = |path: &str| Ask::page(path);
        match *step {
            Step::LoginPage(c) => drop(self.send(c, &page("/login"))?),
            Step::LogIn { client, user, remember, path } => {
                let user = USERS[user];
                let mut fields = vec![("username", user), ("password", password(user))];
                if remember {
                    fields.push(("remember", "1"));
                }
                if path == 1 {
                    fields.push(("inline", "1"));
                }
                self.send(client, &Ask::form("/login", &fields))?;
            }
            Step::BadLogin(c, user) => {
                drop(self.send(c, &Ask::form("/login", &[("username", USERS[user]), ("password", "wrong")]))?);
            }
            Step::Verify(c) => self.verify(c)?,
            Step::Open(c, nth) => drop(self.send(c, &page(["/orders", "/public", "/api/me", "/"][nth]))?),
            Step::Post(c) => drop(self.send(c, &Ask::form("/orders", &[("item", "1")]))?),
            Step::Upgrade(c) => {
                // Verified sessions would get a stream; the others must not.
                let token = self.clients[c].jar.get("mfa");
                if token.is_none_or(|t| !self.verified.contains_key(t)) {
                    let ask = Ask::new("GET", "/ws").with("Connection", "upgrade").with("Upgrade", "websocket");
                    let answer = self.send(c, &ask)?;
                    prop_assert!(answer.status != 101, "{answer:?}");
                }
            }
            Step::Rotate(c) => drop(self.send(c, &page("/rotate"))?),
            Step::Sneak(c, user) => drop(self.send(c, &Ask::form("/sneak", &[("as", USERS[user])]))?),
            Step::LogOut(c) => drop(self.send(c, &page("/logout"))?),
            Step::UseAnother(c) => drop(self.send(c, &Ask::form("/.mfa/logout", &[]))?),
            Step::Steal { from, to, cookie } => {
                if let Some(value) = self.clients[from].jar.get(COOKIES[cookie]).cloned() {
                    self.clients[to].jar.insert(COOKIES[cookie].into(), value);
                }
            }
            Step::Replay { client, cookie, nth } => {
                if !self.seen.is_empty() {
                    let value = self.seen[nth % self.seen.len()].clone();
                    self.clients[client].jar.insert(COOKIES[cookie].into(), value);
                }
            }
            Step::Drop(c, cookie) => drop(self.clients[c].jar.remove(COOKIES[cookie])),
            Step::Tamper(c, cookie) => {
                if let Some(value) = self.clients[c].jar.get_mut(COOKIES[cookie]) {
                    value.push('x');
                }
            }
            Step::Twice { client, other, first } => {
                let (own, theirs) = (self.clients[client].cookie_line(), self.clients[other].cookie_line());
                let line = if first { format!("{theirs}; {own}") } else { format!("{own}; {theirs}") };
                let line = line.trim_matches([';', ' ']).to_owned();
                let ask = page("/orders");
                let answer = self.world.ask(&ask, &line);
                let tokens: Vec<&String> = [client, other].iter().filter_map(|c| self.clients[*c].jar.get("mfa")).collect();
                let token = tokens.iter().find(|t| self.verified.contains_key(**t)).copied();
                let secrets = answer.secrets();
                let fine =
                    secrets.iter().all(|s| tokens.iter().any(|t| self.verified.get(*t).is_some_and(|l| self.is_one_of(s, l))));
                prop_assert!(fine, "{line}: {secrets:?} {token:?}");
            }
        }
        Ok(())
    }
}

/// Forty sequences by default; `PROPTEST_CASES` asks for more.
fn holds(identity: Identity, keeps_id: bool) {
    let style = Style {
        keeps_id,
        remembers: true,
        names_user: identity == Identity::AnswerHeader,
        signs: identity == Identity::Jwt,
        ..Style::default()
    };
    let limits = "attempts = { max = 100 }\nsends = { max = 10000, within = \"1s\", resend_after = \"0s\" }".into();
    let world = World::of(&Plan { identity, style, limits, refresh: "0s", ..Plan::default() });
    let persistence = Some(Box::new(FileFailurePersistence::Off) as _);
    let asked = Config::default().cases;
    // Always the same forty by default, others whenever more are asked for.
    let (cases, rng_seed) = if asked == 256 { (40, RngSeed::Fixed(asked.into())) } else { (asked, RngSeed::Random) };
    let config = Config { cases, rng_seed, failure_persistence: persistence, max_shrink_iters: 200, ..Config::default() };
    // An unlisted login can't be noticed without asking the app: with the form alone, the list has to be complete.
    let blind = identity == Identity::Form;
    let done = TestRunner::new(config).run(&proptest::collection::vec(step(), 8..40), |steps| {
        let mut model = Model::new(&world, identity != Identity::Form);
        for step in &steps {
            if !(blind && matches!(step, Step::Sneak(..))) {
                model.take(step)?;
            }
        }
        for record in world.app.records() {
            let Some(login) = &record.seen else { continue };
            prop_assert!(
                record.is_probe() || record.header("x-mfa-user") == Some(login.user.as_str()),
                "the app acted on {:?}",
                record
            );
        }
        world.app.forget();
        world.mails.clear();
        // And after all that an honest user still gets in.
        let mut honest = world.verified("alice");
        honest.get("/orders").expect_page_of("alice");
        Ok(())
    });
    if let Err(error) = done {
        panic!("{identity:?}, keeps_id {keeps_id}: {error}");
    }
}

#[test]
fn the_promise_holds_with_login_form_alone() {
    holds(Identity::Form, false);
    holds(Identity::Form, true);
}

#[test]
fn the_promise_holds_with_a_probe_alone() {
    holds(Identity::Probe, false);
    holds(Identity::Probe, true);
}

#[test]
fn the_promise_holds_with_a_login_form_that_a_probe_confirms() {
    holds(Identity::FormAndProbe, false);
    holds(Identity::FormAndProbe, true);
}

#[test]
fn the_promise_holds_where_the_apps_answers_name_the_user() {
    holds(Identity::AnswerHeader, false);
    holds(Identity::AnswerHeader, true);
}

#[test]
fn the_promise_holds_with_signed_tokens() {
    holds(Identity::Jwt, false);
}

#[test]
fn the_promise_holds_with_the_apps_session_table() {
    holds(Identity::Sql, false);
    holds(Identity::FormAndSql, false);
    holds(Identity::FormAndSql, true);
}

/// One step of a client whose credential is a header that comes with each request.
#[derive(Clone, Debug)]
enum HeaderStep {
    Ask(usize, usize),
    Change(usize, usize),
    Bare(usize),
    Wrong(usize, usize),
    Verify(usize),
    Steal(usize, usize),
    LogOut(usize, usize),
    UseAnother(usize),
}

fn header_step() -> impl Strategy<Value = HeaderStep> {
    let (client, user) = (0..CLIENTS, 0..USERS.len());
    prop_oneof![
        6 => (client.clone(), user.clone()).prop_map(|(c, u)| HeaderStep::Ask(c, u)),
        2 => (client.clone(), user.clone()).prop_map(|(c, u)| HeaderStep::Change(c, u)),
        1 => client.clone().prop_map(HeaderStep::Bare),
        1 => (client.clone(), user.clone()).prop_map(|(c, u)| HeaderStep::Wrong(c, u)),
        5 => client.clone().prop_map(HeaderStep::Verify),
        3 => (client.clone(), client.clone()).prop_map(|(from, to)| HeaderStep::Steal(from, to)),
        1 => (client.clone(), user).prop_map(|(c, u)| HeaderStep::LogOut(c, u)),
        1 => client.prop_map(HeaderStep::UseAnother),
    ]
}

/// The same promise where name and password, or a proxy's word, come with each request: an answer of the app's to a user
/// reaches only a request with this user's header and a gate token that was verified for this user.
fn holds_by_header(source: &str, right: impl Fn(&str) -> (&'static str, String), wrong: impl Fn(&str) -> (&'static str, String)) {
    let limits = "attempts = { max = 100 }\nsends = { max = 10000, within = \"1s\", resend_after = \"0s\" }".into();
    let server = "trusted_proxies = [\"127.0.0.1/32\"]\n".into();
    let world = World::of(&Plan { identity: Identity::Other, source: source.into(), limits, server, ..Plan::default() });
    let seed = RngSeed::Fixed(7);
    let config = Config { cases: 40, rng_seed: seed, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let done = TestRunner::new(config).run(&proptest::collection::vec(header_step(), 8..40), |steps| {
        let mut clients: Vec<Browser> = (0..CLIENTS).map(|_| world.browser()).collect();
        let mut verified: HashMap<String, String> = HashMap::new();
        for step in &steps {
            let (client, ask, user) = match *step {
                HeaderStep::Verify(client) => {
                    let session = clients[client].get("/.mfa/api/v1/session").json();
                    if session["state"] == "unverified" {
                        let user = session["user"].as_str().unwrap_or_default().to_owned();
                        world.verify(&mut clients[client], &user);
                        verified.insert(clients[client].jar["mfa"].clone(), user);
                    }
                    continue;
                }
                HeaderStep::Steal(from, to) => {
                    clients[to].jar = clients[from].jar.clone();
                    continue;
                }
                HeaderStep::UseAnother(client) => {
                    clients[client].call("/.mfa/logout", json!({}));
                    continue;
                }
                HeaderStep::Bare(client) => (client, Ask::page("/orders"), None),
                HeaderStep::Ask(client, user) => (client, Ask::page("/orders"), Some(USERS[user])),
                HeaderStep::Change(client, user) => (client, Ask::script("PUT", "/orders"), Some(USERS[user])),
                HeaderStep::LogOut(client, user) => (client, Ask::page("/logout"), Some(USERS[user])),
                HeaderStep::Wrong(client, user) => {
                    let (name, value) = wrong(USERS[user]);
                    (client, Ask::page("/orders").with(name, &value), None)
                }
            };
            let ask = match user.map(&right) {
                Some((name, value)) => ask.with(name, &value),
                None => ask,
            };
            let token = clients[client].jar.get("mfa").cloned();
            let answer = clients[client].send(&ask);
            for (whose, _) in answer.secrets() {
                let of = token.as_ref().and_then(|t| verified.get(t)).map(String::as_str);
                prop_assert!(user == Some(whose.as_str()) && of == user, "{step:?} got {whose}'s page with {of:?}'s token");
            }
        }
        for record in world.app.records() {
            let Some(login) = &record.seen else { continue };
            let fine = record.is_probe() || record.header("x-mfa-user") == Some(login.user.as_str());
            prop_assert!(fine, "the app acted on {record:?}");
        }
        world.app.forget();
        world.mails.clear();
        Ok(())
    });
    if let Err(error) = done {
        panic!("{source}: {error}");
    }
}

#[test]
fn the_promise_holds_where_name_and_password_come_with_each_request() {
    let basic = |user: &str, password: &str| {
        ("Authorization", format!("Basic {}", data_encoding::BASE64.encode(format!("{user}:{password}").as_bytes())))
    };
    let source = "source = \"basic\"\npath = \"/basic\"\nrefresh = \"0s\"\n";
    holds_by_header(source, |user| basic(user, password(user)), |user| basic(user, "a guess"));
}

#[test]
fn the_promise_holds_where_a_proxy_names_the_user() {
    let source = "source = \"request_header\"\nheader = \"X-SSO-User\"\n";
    holds_by_header(source, |user| ("X-SSO-User", user.to_owned()), |_| ("X-SSO-User", "mallory".to_owned()));
}
