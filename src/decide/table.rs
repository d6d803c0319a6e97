//! The decision as a table: one line per case, what is asked on the left, what is decided on the right.

use std::path::Path;

use http::Method;

use super::*;
use crate::config;
use crate::model::{Attributes, GateId, MethodName, Realm, SessionId, TokenHash};

const CONFIG: &str = r#"
[server]
public_url = "https://wiki.example.com"
[smtp]
from = "Wiki <no-reply@example.com>"
[[apps]]
name = "wiki"
upstream = "http://127.0.0.1:8000"
session_cookies = ["sid"]
login_paths = ["/login", "/admin/login", "/closed/login", "/static/login", "/intranet/login"]
logout_paths = ["/logout", "/admin/out", { path = "/**", query = { do = "logout" } }]
[apps.identity]
source = "login_form"
[[apps.rules]]
path = "/closed/**"
action = "deny"
[[apps.rules]]
path = "/ops/**"
users = ["bob"]
action = "deny"
[[apps.rules]]
path = "/near/**"
networks = ["10.0.0.0/8"]
action = "deny"
[[apps.rules]]
path = "/static/**"
action = "anonymous"
[[apps.rules]]
path = "/hook"
http_methods = ["POST"]
action = "anonymous"
[[apps.rules]]
networks = ["10.0.0.0/8"]
path = "/intranet/**"
action = "trust"
[[apps.rules]]
path = "/admin/**"
max_age = "10m"
methods = ["app"]
[methods.email]
handler = "email"
[methods.app]
handler = "app"
"#;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn user(id: &str) -> User {
    User { realm: Realm::new("wiki"), id: UserId::new(id), attributes: Attributes::default() }
}

/// `email 5`: verified by e-mail five minutes ago; empty: pending.
fn gate(verified: &str) -> GateRow {
    let verifications = verified.split_once(' ').map(|(method, minutes)| Verification {
        method: MethodName::new(method),
        at: Timestamp(NOW.0 - minutes.parse::<i64>().unwrap() * 60_000),
    });
    GateRow {
        id: GateId([1; 16]),
        token: TokenHash([1; 32]),
        session: SessionId([1; 16]),
        app: crate::model::AppName::new("wiki"),
        user: user("alice"),
        verifications: verifications.into_iter().collect(),
        step_up: None,
        target: None,
        auto_sent: false,
        created_at: NOW,
        last_seen: NOW,
        expires_at: Timestamp(NOW.0 + 1),
    }
}

/// In words: the kind of a permit, or what else happens.
fn words(decision: Decision) -> String {
    match decision {
        Decision::Admit(permit) => format!("{:?}", permit.kind()),
        Decision::Challenge(Challenge::First(_)) => "challenge".into(),
        Decision::Challenge(Challenge::StepUp(_)) => "step up".into(),
        Decision::Leave => "leave".into(),
        Decision::Refuse(refuse) => format!("no: {refuse:?}"),
    }
}

/// Who, as the table writes it: `stranger`, `anonymous`, `logging in`, `alice` (no gate cookie),
/// `alice pending`, `alice email 5`.
fn decided(asked: &str, from: &str, who: &str, purpose: &Purpose, upgrade: bool) -> String {
    let settings = config::parse(CONFIG, "gate.toml", Path::new("."), &crate::dispatch::Registry::built_in().handlers()).unwrap();
    let (method, path) = asked.split_once(' ').unwrap();
    let (name, rest) = who.split_once(' ').unwrap_or((who, ""));
    let (user, gate) = (user(name), gate(rest));
    let standing = match who {
        "stranger" => Standing::Stranger,
        "anonymous" => Standing::Anonymous,
        "logging in" => Standing::LoggingIn,
        _ => Standing::LoggedIn { user: &user, gate: (!rest.is_empty()).then_some(&gate) },
    };
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let client = client(from);
    words(decide(
        &Facts { app: &settings.apps[0], path, method: &method, client, upgrade, purpose, standing, names_another: false },
        NOW,
    ))
}

/// `10.1.2.3`, or `10.1.2.3?` where that is only the proxy that couldn't say.
fn client(from: &str) -> Client {
    Client { ip: from.trim_end_matches('?').parse().unwrap(), is_known: !from.ends_with('?') }
}

const NEAR: &str = "10.1.2.3";
const FAR: &str = "192.0.2.1";

#[test]
fn an_ordinary_request_goes_as_the_table_says() {
    for (asked, from, who, expected) in [
        ("GET /", FAR, "stranger", "Stripped"),
        ("HEAD /", FAR, "stranger", "Stripped"),
        ("OPTIONS /", FAR, "stranger", "Stripped"),
        ("POST /", FAR, "stranger", "no: SignInFirst"),
        ("DELETE /", FAR, "anonymous", "no: SignInFirst"),
        ("TRACE /", FAR, "stranger", "no: SignInFirst"),
        ("GET /", FAR, "anonymous", "Stripped"),
        ("GET /", FAR, "logging in", "no: LoginInProgress"),
        ("GET /", FAR, "alice", "challenge"),
        ("POST /", FAR, "alice", "challenge"),
        ("GET /", FAR, "alice pending", "challenge"),
        ("GET /", FAR, "alice email 5", "Verified"),
        ("POST /", FAR, "alice email 500", "Verified"),
        ("GET /", FAR, "alice device 5", "Verified"),
        // deny
        ("GET /closed/a", FAR, "stranger", "no: Denied"),
        ("GET /closed/a", NEAR, "alice app 1", "no: Denied"),
        ("GET /closed/a", FAR, "logging in", "no: Denied"),
        ("GET /ops/a", FAR, "bob email 5", "no: Denied"),
        ("GET /ops/a", FAR, "alice email 5", "Verified"),
        // anonymous
        ("GET /static/a.css", FAR, "stranger", "Stripped"),
        ("GET /static/a.css", FAR, "alice", "Stripped"),
        ("GET /static/a.css", FAR, "alice email 5", "Stripped"),
        ("POST /hook", FAR, "stranger", "Stripped"),
        ("GET /hook", FAR, "alice", "challenge"),
        ("PUT /hook", FAR, "stranger", "no: SignInFirst"),
        // trust
        ("GET /intranet/a", NEAR, "alice", "Trusted"),
        ("POST /intranet/a", NEAR, "alice pending", "Trusted"),
        ("GET /intranet/a", "::ffff:10.1.2.3", "alice", "Trusted"),
        ("GET /intranet/a", FAR, "alice", "challenge"),
        ("GET /intranet/a", NEAR, "stranger", "Stripped"),
        ("POST /intranet/a", NEAR, "stranger", "no: SignInFirst"),
        ("GET /intranet/a", "10.1.2.3?", "alice", "challenge"),
        ("GET /near/a", NEAR, "alice email 5", "no: Denied"),
        ("GET /near/a", "192.0.2.1?", "alice email 5", "no: Denied"),
        ("GET /near/a", FAR, "alice email 5", "Verified"),
        // step-up
        ("GET /admin/a", FAR, "alice", "challenge"),
        ("GET /admin/a", FAR, "alice app 5", "Verified"),
        ("GET /admin/a", FAR, "alice app 10", "Verified"),
        ("GET /admin/a", FAR, "alice app 11", "step up"),
        ("GET /admin/a", FAR, "alice email 1", "step up"),
        ("GET /admin/a", FAR, "alice device 1", "step up"),
        ("GET /admin/a", FAR, "alice backup 1", "step up"),
        // A verification from the future is no older than its limit.
        ("GET /admin/a", FAR, "alice app -1", "Verified"),
    ] {
        assert_eq!(decided(asked, from, who, &Purpose::Ordinary, false), expected, "{asked} from {from} by {who}");
    }
}

#[test]
fn an_upgrade_wants_a_verified_session() {
    for (asked, from, who, expected) in [
        ("GET /ws", FAR, "stranger", "no: UpgradeUnverified"),
        ("GET /ws", FAR, "anonymous", "no: UpgradeUnverified"),
        ("GET /static/ws", FAR, "alice email 5", "no: UpgradeUnverified"),
        ("GET /ws", FAR, "alice", "challenge"),
        ("GET /ws", FAR, "alice email 5", "Verified"),
        ("GET /intranet/ws", NEAR, "alice", "Trusted"),
    ] {
        assert_eq!(decided(asked, from, who, &Purpose::Ordinary, true), expected, "{asked} from {from} by {who}");
    }
    let login = login(Some("alice"));
    assert_eq!(decided("GET /login", FAR, "stranger", &login, true), "no: UpgradeUnverified");
}

#[test]
fn a_login_goes_as_the_table_says() {
    for (who, name, expected) in [
        ("stranger", Some("alice"), "Login"),
        ("anonymous", Some("alice"), "Login"),
        ("anonymous", None, "Login"),
        ("logging in", Some("alice"), "no: LoginInProgress"),
        ("alice", Some("alice"), "Login"),
        ("alice", Some("bob"), "Login"),
        ("alice pending", Some("bob"), "Login"),
        ("alice email 5", Some("alice"), "LoginAgain"),
        ("alice email 5", Some("bob"), "no: UseAnotherAccount"),
        ("alice email 5", None, "no: UseAnotherAccount"),
    ] {
        assert_eq!(decided("POST /login", FAR, who, &login(name), false), expected, "{who} as {name:?}");
    }
    let bob = login(Some("bob"));
    assert_eq!(decided("POST /intranet/login", NEAR, "alice", &bob, false), "no: UseAnotherAccount");
    assert_eq!(decided("POST /closed/login", FAR, "stranger", &bob, false), "no: Denied");
    // A login is a login where a rule says anonymous, too: its answer is judged.
    assert_eq!(decided("POST /static/login", FAR, "stranger", &bob, false), "Login");
}

fn login(name: Option<&str>) -> Purpose {
    Purpose::Login { user: name.map(UserId::new), listed: true }
}

#[test]
fn a_form_that_cannot_be_read_for_certain_goes_on_with_its_own_session_only() {
    let otherwise = crate::canonical::form::ODD;
    let inside = Purpose::Inside { otherwise, repeated: Vec::new() };
    for (asked, from, who, expected) in [
        ("POST /a", FAR, "alice email 5", "Verified"),
        ("POST /intranet/a", NEAR, "alice", "Trusted"),
        ("POST /a", FAR, "alice", "challenge"),
        ("POST /a", FAR, "alice pending", "challenge"),
        ("POST /admin/a", FAR, "alice email 5", "step up"),
        ("POST /closed/a", FAR, "alice email 5", "no: Denied"),
        ("POST /a", FAR, "logging in", "no: LoginInProgress"),
        ("GET /a", FAR, "stranger", "no: Malformed"),
        ("POST /hook", FAR, "stranger", "no: Malformed"),
        ("POST /hook", FAR, "anonymous", "no: Malformed"),
        ("POST /hook", FAR, "alice email 5", "no: Malformed"),
    ] {
        let told = decided(asked, from, who, &inside, false);
        assert_eq!(told.split('(').next(), Some(expected), "{asked} from {from} by {who}");
    }
}

#[test]
fn a_login_that_only_its_fields_tell_needs_a_source_that_can_be_asked() {
    let elsewhere = Purpose::Login { user: Some(UserId::new("alice")), listed: false };
    for (asked, who, expected) in [
        ("POST /a", "stranger", "no: LoginElsewhere"),
        ("GET /a", "anonymous", "no: LoginElsewhere"),
        ("POST /static/a", "stranger", "no: LoginElsewhere"),
        ("GET /a", "alice pending", "no: LoginElsewhere"),
        ("POST /a", "alice email 5", "LoginAgain"),
    ] {
        assert_eq!(decided(asked, FAR, who, &elsewhere, false), expected, "{asked} by {who}");
    }
}

#[test]
fn a_step_up_is_wanted_of_logins_and_logouts_too() {
    let alice = login(Some("alice"));
    for (asked, who, purpose, expected) in [
        ("POST /admin/delete", "alice app 5", &Purpose::Logout, "Logout"),
        ("POST /admin/delete", "alice app 11", &Purpose::Logout, "step up"),
        ("POST /admin/delete", "alice", &Purpose::Logout, "leave"),
        ("POST /admin/delete", "alice app 11", &alice, "step up"),
        // These do nothing else.
        ("POST /admin/out", "alice app 11", &Purpose::Logout, "Logout"),
        ("POST /admin/login", "alice app 11", &alice, "LoginAgain"),
        ("POST /logout", "alice app 11", &Purpose::Logout, "Logout"),
    ] {
        assert_eq!(decided(asked, FAR, who, purpose, false), expected, "{asked} by {who}");
    }
}

#[test]
fn the_login_page_and_a_logout_go_as_the_table_says() {
    for (who, expected) in
        [("stranger", "LoginPage"), ("anonymous", "LoginPage"), ("alice", "challenge"), ("alice email 5", "Verified")]
    {
        assert_eq!(decided("GET /login", FAR, who, &Purpose::LoginPage, false), expected, "{who}");
    }
    for (asked, from, who, expected) in [
        ("GET /logout", FAR, "stranger", "leave"),
        ("GET /logout", FAR, "anonymous", "leave"),
        ("GET /logout", FAR, "alice", "leave"),
        ("GET /logout", FAR, "alice pending", "leave"),
        ("POST /logout", FAR, "alice email 5", "Logout"),
        ("POST /intranet/logout", NEAR, "alice", "Logout"),
    ] {
        assert_eq!(decided(asked, from, who, &Purpose::Logout, false), expected, "{asked} by {who}");
    }
}

#[test]
fn a_gate_session_that_is_over_is_none() {
    let settings = config::parse(CONFIG, "gate.toml", Path::new("."), &crate::dispatch::Registry::built_in().handlers()).unwrap();
    let (alice, gate) = (user("alice"), gate("email 5"));
    let standing = Standing::LoggedIn { user: &alice, gate: Some(&gate) };
    let facts = Facts {
        app: &settings.apps[0],
        path: "/",
        method: &Method::GET,
        client: client(FAR),
        upgrade: false,
        purpose: &Purpose::Ordinary,
        standing,
        names_another: false,
    };
    assert_eq!(words(decide(&facts, gate.expires_at)), "challenge");
}
