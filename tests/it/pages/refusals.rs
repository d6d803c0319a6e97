//! The walk through what goes wrong: codes that don't count, limits, and every refusal that is a page.

use std::time::Duration;

use serde_json::json;

use super::stage::Stage;
use super::walk::{Direction, Walk};
use crate::browser::{press, wait_for_path};
use crate::world::{Identity, Plan, free_port};

const RULES: &str = "
[[apps.rules]]
path = \"/closed/**\"
action = \"deny\"
[[apps.rules]]
path = \"/vault\"
action = \"require\"
methods = [\"passkey\"]
";

async fn walk(direction: Direction) {
    let stage = Stage::new(true, |plan| {
        plan.limits = "attempts = { max = 3 }\nsends = { max = 3, resend_after = \"1s\" }\n".into();
        plan.methods = plan.methods.replace("[methods.email]\n", "[methods.email]\nvalidity_period = 1\n");
        plan.server = "body_max = \"64KiB\"\n".into();
        plan.more = RULES.into();
    });
    let mut walk = Walk::over(stage.await, direction).await;
    without_a_session(&mut walk).await;
    with_the_password_alone(&mut walk).await;
    verified(&mut walk).await;
    limits(&mut walk).await;
    walk.end(15).await;
}

/// Sends a form of the test's own to an address of the app or the gate.
async fn post(walk: &Walk, to: &str, fields: &[(&str, &str)]) {
    let script = "const form = document.createElement('form'); form.method = 'post'; form.action = arguments[0];\
        for (const [name, value] of arguments[1]) { const field = document.createElement('input'); field.name = name; field.value = value; form.append(field); }\
        document.body.append(form); form.submit()";
    walk.browser.execute(script, vec![json!(to), json!(fields)]).await.unwrap();
}

async fn refused(walk: &mut Walk, name: &str, status: u16) {
    let script = "const [page] = performance.getEntriesByType('navigation'); return document.readyState === 'complete' && page.responseStatus";
    let mut seen = json!(null);
    for _ in 0..400 {
        seen = walk.browser.execute(script, Vec::new()).await.unwrap_or(json!(null));
        if seen == status {
            return walk.state(name).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{name}: {status} is wanted, not {seen}: {}", walk.browser.source().await.unwrap());
}

async fn without_a_session(walk: &mut Walk) {
    walk.goto("/public").await;
    walk.goto("/.mfa/challenge").await;
    refused(walk, "no-session", 403).await;
    walk.goto("/.mfa/no-such-page").await;
    refused(walk, "not-found", 404).await;
    walk.goto("/login").await;
    post(walk, "/orders", &[("part", "Flange")]).await;
    refused(walk, "sign-in-first", 401).await;
    walk.goto("/a%00b").await;
    refused(walk, "malformed", 400).await;
    let elsewhere = format!("http://other.example.com:{}/", walk.world.address.port());
    walk.browser.goto(&elsewhere).await.unwrap();
    if let Some(language) = walk.language() {
        walk.speak_here(language).await;
        walk.browser.goto(&elsewhere).await.unwrap();
    }
    refused(walk, "wrong-host", 421).await;
}

async fn with_the_password_alone(walk: &mut Walk) {
    let before = walk.mails("alice");
    walk.challenged("alice").await;
    let code = walk.mailed("alice", before);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    walk.type_code(&code).await;
    walk.wrong("challenge-expired").await;
    post(walk, "/orders", &[("part", "Flange")]).await;
    refused(walk, "send-again", 401).await;
    walk.goto("/.mfa/challenge").await;
    post(walk, "/.mfa/challenge", &[("code", "123456"), ("method", "email")]).await;
    refused(walk, "stale-form", 403).await;
}

async fn verified(walk: &mut Walk) {
    walk.challenged("bob").await;
    walk.choose("sms").await;
    let before = walk.messages();
    walk.submit("challenge/send").await;
    let code = walk.texted(before);
    walk.type_code(&code).await;
    wait_for_path(&walk.browser, "/welcome").await;
    walk.goto("/closed/x").await;
    refused(walk, "denied", 403).await;
    walk.goto("/vault").await;
    refused(walk, "step-up-impossible", 403).await;
    walk.goto("/.mfa/settings/remove?method=sms").await;
    refused(walk, "from-directory", 403).await;
    walk.goto("/orders").await;
    post(walk, "/login", &[("username", "alice"), ("password", "wonderland")]).await;
    refused(walk, "another-account", 409).await;
    walk.goto("/orders").await;
    post(walk, "/orders", &[("part", &"x".repeat(70_000))]).await;
    refused(walk, "too-large", 413).await;
}

async fn limits(walk: &mut Walk) {
    walk.challenged("carol").await;
    walk.choose("sms").await;
    for _ in 0..5 {
        if walk.has("[role=alert]:not([hidden])").await {
            break;
        }
        // `resend_after` is a second here.
        tokio::time::sleep(Duration::from_millis(1100)).await;
        press(&walk.browser, "form[action='/.mfa/challenge/send'] button:not([disabled])").await;
    }
    refused(walk, "challenge-too-many-sends", 429).await;
    // Three tries are allowed; the fourth is told how long nobody may try.
    for _ in 0..4 {
        walk.type_code("000000").await;
    }
    refused(walk, "challenge-locked", 429).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_is_told_left_to_right() {
    walk(Direction::Ltr).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_is_told_right_to_left() {
    walk(Direction::Rtl).await;
}

/// A page of a gate of which a part is broken; what is wrong with it.
async fn broken(name: &str, status: u16, path: &str, vary: impl FnOnce(&mut Plan)) -> Vec<String> {
    let mut walk = Walk::over(Stage::new(true, vary).await, Direction::Ltr).await;
    if path == "/welcome" {
        walk.sign_in("alice").await;
    } else {
        walk.goto(path).await;
    }
    refused(&mut walk, name, status).await;
    walk.leave().await.1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_around_the_gate_is_told() {
    let mut found = broken("app-down", 502, "/", |plan| plan.upstream = format!("\"http://127.0.0.1:{}\"", free_port())).await;
    let slow = |plan: &mut Plan| {
        plan.server = "upstream_timeout = \"1s\"\n".into();
        plan.more = "[[apps.rules]]\npath = \"/slow\"\naction = \"anonymous\"\n".into();
    };
    found.extend(broken("app-slow", 504, "/slow", slow).await);
    let nobody_knows = |plan: &mut Plan| {
        let url = format!("http://127.0.0.1:{}/{{login}}", free_port());
        plan.identity = Identity::Bare;
        plan.source = format!("source = \"login_form\"\n[apps.directory]\nsource = \"http\"\nurl = \"{url}\"\n");
    };
    found.extend(broken("directory-down", 503, "/welcome", nobody_knows).await);
    // Nobody may enrol here, and nobody has a method.
    let guarded = |plan: &mut Plan| {
        plan.methods = "[methods.app]\nhandler = \"app\"\n".into();
        plan.confirm = String::new();
    };
    found.extend(broken("needs-invite", 403, "/welcome", guarded).await);
    // The relay is down: the page says so, and offers the others.
    let unsent = |plan: &mut Plan| plan.relay = Some(format!("host = \"127.0.0.1\"\nport = {}", free_port()));
    found.extend(broken("challenge-unsent", 502, "/welcome", unsent).await);
    assert!(found.is_empty(), "{} things are wrong:\n{}", found.len(), found.join("\n"));
}
