//! Logins of every shape: recognised by path and by field, answered by the gate, never two at once.

use std::sync::Barrier;

use serde_json::json;

use crate::app::Style;
use crate::client::Ask;
use crate::world::{Identity, Plan, World};

#[test]
fn a_login_is_recognised_on_any_path_by_its_fields() {
    let world = World::new();
    let mut browser = world.browser();
    // The app takes no login here; the gate still knows one when it sees it.
    browser.post("/anywhere", &[("username", "alice"), ("password", "wonderland")]);
    assert!(world.app.was_asked("/anywhere"));
    let mut alice = world.verified("alice");
    for ask in [
        Ask::form("/anywhere", &[("username", "bob"), ("password", "x")]),
        Ask::json("/anywhere", json!({ "username": "bob", "password": "x" })),
        Ask::page("/anywhere?username=bob&password=x"),
        Ask::new("POST", "/anywhere")
            .navigation()
            .with("Content-Type", "multipart/form-data; boundary=b")
            .body("--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nbob\r\n--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nx\r\n--b--\r\n"),
    ] {
        let told = alice.send(&ask);
        assert_eq!(told.status, 409, "{ask:?}: {told:?}");
    }
}

#[test]
fn forms_that_make_users_are_exempt_where_the_administrator_says_so() {
    let world = World::of(&Plan { app: "not_login_paths = [\"/users/**\"]\n".into(), ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.post("/users/new", &[("username", "bob"), ("password", "x")]).expect_page_of("alice");
}

#[test]
fn what_cannot_be_read_on_a_login_path_is_refused() {
    let world = World::new();
    let big = Ask::form("/login", &[("username", "alice"), ("password", &"x".repeat(70_000))]);
    world.ask(&big, "").expect(413);
    let packed = Ask::form("/login", &[("username", "alice"), ("password", "x")]).with("Content-Encoding", "gzip");
    world.ask(&packed, "").expect(415);
    let odd = Ask::new("POST", "/login").navigation().with("Content-Type", "application/octet-stream").body("username=alice");
    world.ask(&odd, "").expect(415);
    assert!(!world.app.was_asked("/login"));
}

#[test]
fn two_parallel_logins_on_one_anonymous_session_never_share_a_session() {
    for style in [
        Style { keeps_id: true, remembers: false, ..Style::default() },
        Style { keeps_id: false, remembers: false, ..Style::default() },
    ] {
        let world = World::of(&Plan { style, ..Plan::default() });
        for _ in 0..5 {
            let mut first = world.browser();
            first.get("/login").expect(200);
            let mut second = first.clone();
            let barrier = Barrier::new(2);
            let (a, b) = std::thread::scope(|scope| {
                let a = scope.spawn(|| {
                    barrier.wait();
                    world.log_in_again(&mut first, "alice")
                });
                let b = scope.spawn(|| {
                    barrier.wait();
                    world.log_in_again(&mut second, "bob")
                });
                (a.join().unwrap(), b.join().unwrap())
            });
            assert!(a.secrets().is_empty() && b.secrets().is_empty());
            // Whoever verifies gets his own pages or none.
            for (mut browser, user, other) in [(first, "alice", "bob"), (second, "bob", "alice")] {
                let answer = browser.get("/orders");
                assert!(answer.secrets().is_empty(), "{answer:?}");
                if answer.status == 303 && browser.jar.contains_key("mfa") {
                    let who = browser.send(&Ask::script("GET", "/.mfa/api/v1/session")).json();
                    if who["user"] == user {
                        world.verify(&mut browser, user);
                        let page = browser.get("/orders");
                        assert!(page.secrets().iter().all(|(w, _)| w != other), "{page:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn two_tabs_of_one_browser_that_log_in_at_once_are_opened_by_one_code() {
    for keeps_id in [false, true] {
        let style = Style { keeps_id, remembers: false, ..Style::default() };
        let world = World::of(&Plan { style, ..Plan::default() });
        for _ in 0..5 {
            let mut browser = world.browser();
            browser.get("/login").expect(200);
            let barrier = Barrier::new(2);
            let tab = || {
                let mut tab = browser.clone();
                barrier.wait();
                world.log_in_again(&mut tab, "alice")
            };
            let (first, second) = std::thread::scope(|scope| {
                let (first, second) = (scope.spawn(tab), scope.spawn(tab));
                (first.join().unwrap(), second.join().unwrap())
            });
            for answer in [first, second] {
                // Whichever comes while the other is on its way is told so.
                if answer.status != 303 {
                    assert!(answer.status == 409 && answer.secrets().is_empty(), "{answer:?}");
                }
                browser.keep(&answer);
            }
            browser.get("/orders").expect_challenge();
            world.verify(&mut browser, "alice");
            for page in ["/orders", "/welcome"] {
                browser.get(page).expect_page_of("alice");
            }
        }
    }
}

#[test]
fn an_app_that_keeps_its_id_over_the_login_is_challenged_and_opened() {
    for identity in [Identity::Form, Identity::Probe, Identity::FormAndProbe] {
        let style = Style { keeps_id: true, remembers: true, ..Style::default() };
        let world = World::of(&Plan { identity, style, ..Plan::default() });
        let mut browser = world.browser();
        browser.get("/login");
        let before = browser.jar["sid"].clone();
        world.log_in_again(&mut browser, "alice").expect_challenge();
        assert_eq!(browser.jar["sid"], before);
        browser.get("/orders").expect_challenge();
        world.verify(&mut browser, "alice");
        browser.get("/orders").expect_page_of("alice");
        // A second login on the same id is a new session: it is challenged again.
        world.log_in_again(&mut browser, "alice").expect_challenge();
        browser.get("/orders").expect_challenge();
    }
}

#[test]
fn where_form_and_app_disagree_nobody_is_let_in() {
    // The app lets `alice` in; the form's field says somebody else.
    let source = "username_field = \"who\"\n".into();
    let world = World::of(&Plan { source, ..Plan::default() });
    let mut browser = world.browser();
    let fields = [("who", "bob"), ("username", "alice"), ("password", "wonderland")];
    browser.post("/login", &fields).expect(403);
    let answer = browser.get("/orders");
    assert!(answer.secrets().is_empty(), "{answer:?}");
}

#[test]
fn a_user_whom_the_directory_does_not_know_is_denied() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    std::fs::write(world.dir.path().join("users.toml"), "[users.bob]\nemail = \"bob@example.com\"\n").unwrap();
    let mut world = world;
    world.kill();
    world.start();
    let mut browser = world.browser();
    let told = world.log_in(&mut browser, "alice").expect(403);
    assert!(told.text().contains("administrator"), "{}", told.text());
    assert!(browser.get("/orders").secrets().is_empty());
}

#[test]
fn a_success_is_read_by_the_signs_that_are_configured() {
    let source = "success = { status = [302], location = \"/welcome\", cookie = \"sid\" }\n".into();
    let world = World::of(&Plan { source, identity: Identity::Form, ..Plan::default() });
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice").expect_challenge();
    let source = "failure = { css = \"input[type=password]\" }\n".into();
    let world = World::of(&Plan { source, identity: Identity::Form, ..Plan::default() });
    let mut browser = world.browser();
    browser.post("/login", &[("username", "alice"), ("password", "no")]).expect(200);
    world.log_in(&mut browser, "alice").expect_challenge();
}

#[test]
fn the_confirming_source_has_the_last_word_on_a_login_that_looks_failed() {
    for keeps_id in [false, true] {
        let world = World::of(&Plan { style: Style { keeps_id, remembers: false, ..Style::default() }, ..Plan::default() });
        let mut browser = world.browser();
        browser.get("/login");
        let fields = [("username", "alice"), ("password", "wonderland"), ("inline", "1"), ("odd", "1")];
        browser.post("/login", &fields).expect_challenge();
        browser.get("/login").expect_challenge();
        // A second try of the same kind carries nothing of the first one's session.
        browser.post("/login", &fields).expect_challenge();
    }
}

#[test]
fn a_login_in_an_unlisted_place_shows_nothing_on_the_login_page() {
    let world = World::of(&Plan { style: Style { keeps_id: true, remembers: false, ..Style::default() }, ..Plan::default() });
    let mut browser = world.browser();
    browser.get("/login").expect(200);
    // A link in a mail, which nobody listed, logs the anonymous session in. (Its own answer says nothing.)
    let mut direct = crate::client::Browser::new(world.app.address);
    direct.jar = browser.jar.clone();
    direct.get("/magic?as=alice");
    let told = browser.get("/login");
    assert!(told.secrets().is_empty(), "{told:?}");
    let told = browser.post("/login", &[("username", "alice"), ("password", "no")]);
    assert!(told.secrets().is_empty(), "{told:?}");
}
