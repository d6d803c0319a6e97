//! The life of a session: rotation, logout, several devices, step-up, trust.

use crate::app::Style;
use crate::client::Ask;
use crate::world::{Identity, Plan, World};

#[test]
fn a_rotated_id_stays_verified_where_the_app_confirms_it() {
    for identity in [Identity::Probe, Identity::FormAndProbe] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        let mut alice = world.verified("alice");
        let old = alice.jar["sid"].clone();
        alice.get("/rotate").expect_page_of("alice");
        assert_ne!(alice.jar["sid"], old);
        alice.get("/orders").expect_page_of("alice");
    }
}

#[test]
fn with_login_form_alone_a_rotated_id_is_a_strangers_unless_rotation_is_followed() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.get("/rotate").expect_page_of("alice");
    let answer = alice.get("/orders");
    assert!(answer.secrets().is_empty() && answer.status == 302, "{answer:?}");
    let source = "dangerously_follow_rotation = true\n".into();
    let world = World::of(&Plan { identity: Identity::Form, source, ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.get("/rotate").expect_page_of("alice");
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn a_logout_of_an_unverified_session_is_the_gates_own_answer() {
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    alice.get("/logout").expect(303);
    assert!(!world.app.was_asked("/logout"));
    assert!(alice.jar.is_empty(), "{:?}", alice.jar);
}

#[test]
fn a_logout_of_a_verified_session_reaches_the_app_and_ends_it() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let old = alice.cookie_line();
    alice.get("/logout").expect(302);
    assert_eq!(world.app.last("/logout").header("x-mfa-user"), Some("alice"));
    let stale = world.ask(&Ask::page("/orders"), &old);
    assert!(stale.secrets().is_empty(), "{stale:?}");
}

#[test]
fn verifying_one_device_verifies_no_other() {
    let world = World::new();
    let mut phone = world.verified("alice");
    let mut desk = world.browser();
    world.log_in(&mut desk, "alice").expect_challenge();
    desk.get("/orders").expect_challenge();
    phone.get("/orders").expect_page_of("alice");
    world.verify(&mut desk, "alice");
    phone.get("/orders").expect_page_of("alice");
    desk.get("/orders").expect_page_of("alice");
    // A gate cookie of one doesn't fit the session of the other.
    let mixed = format!("sid={}; mfa={}", desk.jar["sid"], phone.jar["mfa"]);
    world.ask(&Ask::page("/orders"), &mixed).expect_challenge();
}

#[test]
fn a_rule_can_want_a_fresher_verification() {
    let more = "[[apps.rules]]\npath = \"/admin/**\"\nmax_age = \"4s\"\naction = \"require\"\n".into();
    let world = World::of(&Plan { more, ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.get("/admin/users").expect_page_of("alice");
    std::thread::sleep(std::time::Duration::from_millis(4100));
    let told = alice.get("/admin/users").expect_challenge();
    assert_eq!(told.location(), "/.mfa/challenge?next=%2Fadmin%2Fusers");
    alice.get("/orders").expect_page_of("alice");
    let code = world.code(&mut alice, "alice");
    let passed = alice.submit("/.mfa/challenge?method=email&next=/admin/users", "/.mfa/challenge", &[("code", &code)]);
    assert_eq!(passed.expect(303).location(), "/admin/users");
    alice.get("/admin/users").expect_page_of("alice");
}

#[test]
fn a_rule_can_want_a_stronger_method() {
    let more = "[[apps.rules]]\npath = \"/admin/**\"\nmethods = [\"app\"]\naction = \"require\"\n".into();
    let world = World::of(&Plan { more, ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.get("/admin/users").expect_challenge();
    let problem = alice.send(&Ask::script("GET", "/admin/users")).expect_problem(401, "step_up").json();
    assert_eq!(problem["methods"], serde_json::json!([]), "an e-mailed code doesn't meet this rule");
    let told = alice.call("/.mfa/api/v1/verify", serde_json::json!({ "method": "email", "code": "123456" }));
    assert!(matches!(told.status, 403 | 404), "{told:?}");
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn a_trusted_network_needs_no_second_factor() {
    let more = "[[apps.rules]]\nnetworks = [\"127.0.0.1/32\"]\npath = \"/intranet/**\"\naction = \"trust\"\n".into();
    let world = World::of(&Plan { more, ..Plan::default() });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    alice.get("/intranet/a").expect_page_of("alice");
    let seen = world.app.last("/intranet/a");
    assert_eq!((seen.header("x-mfa-user"), seen.header("x-mfa-method")), (Some("alice"), Some("trust")));
    alice.get("/orders").expect_challenge();
    let world = World::of(&Plan {
        server: "trusted_proxies = [\"127.0.0.0/8\"]\n".into(),
        more: "[[apps.rules]]\nnetworks = [\"10.0.0.0/8\"]\naction = \"trust\"\n".into(),
        ..Plan::default()
    });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    alice.send(&Ask::page("/orders").with("X-Forwarded-For", "10.1.2.3")).expect_page_of("alice");
    for forged in ["10.1.2.3, 192.0.2.1", "10.1.2.3, x, 192.0.2.1", "10.1.2.3, x", "10.1.2.3,", "10.1.2.3:x"] {
        alice.send(&Ask::page("/orders").with("X-Forwarded-For", forged)).expect_challenge();
    }
    // Some proxies write the port as well.
    alice.send(&Ask::page("/orders").with("X-Forwarded-For", "10.1.2.3:50123")).expect_page_of("alice");
}

#[test]
fn an_address_that_the_proxy_does_not_tell_is_in_no_trusted_network() {
    let world = World::of(&Plan {
        server: "trusted_proxies = [\"127.0.0.0/8\"]\n".into(),
        more: "[[apps.rules]]\nnetworks = [\"127.0.0.0/8\"]\naction = \"trust\"\n".into(),
        ..Plan::default()
    });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    for unclear in ["unknown", "203.0.113.9, unknown", "203.0.113.9:50123", "203.0.113.9:50123, 127.0.0.1", "x, 127.0.0.1:80"] {
        alice.send(&Ask::page("/orders").with("X-Forwarded-For", unclear)).expect_challenge();
    }
    // A proxy that says nothing may ask for itself: whether the site is up.
    alice.get("/orders").expect_challenge();
    world.browser().get("/public").expect(200);
    alice.send(&Ask::page("/orders").with("X-Forwarded-For", "127.0.0.9")).expect_page_of("alice");
}

#[test]
fn a_rule_can_close_a_path_to_everyone_and_open_it_to_some() {
    let more = "[[apps.rules]]\npath = \"/closed/**\"\naction = \"deny\"\n[[apps.rules]]\npath = \"/ops/**\"\nusers = [\"bob\"]\naction = \"deny\"\n";
    let world = World::of(&Plan { more: more.into(), ..Plan::default() });
    let (mut alice, mut bob) = (world.verified("alice"), world.verified("bob"));
    alice.send(&Ask::script("GET", "/closed/a")).expect_problem(403, "denied");
    alice.get("/ops/a").expect_page_of("alice");
    bob.get("/ops/a").expect(403);
}

#[test]
fn the_session_ends_by_its_own_times() {
    let more = "[session]\nlifetime = \"8s\"\nidle = \"3s\"\n".into();
    let world = World::of(&Plan { more, ..Plan::default() });
    let mut alice = world.verified("alice");
    for _ in 0..3 {
        std::thread::sleep(std::time::Duration::from_millis(1300));
        alice.get("/orders").expect_page_of("alice");
    }
    std::thread::sleep(std::time::Duration::from_millis(3100));
    alice.get("/orders").expect_challenge();
    world.verify(&mut alice, "alice");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(12);
    while alice.get("/orders").status == 200 {
        assert!(std::time::Instant::now() < until, "used all the time, and never over");
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    alice.get("/orders").expect_challenge();
}

#[test]
fn the_gates_own_pages_need_none_of_the_apps_cookies() {
    // As where the app's cookie has Path=/app, or is a token in the browser's storage.
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    let mut pages = world.browser();
    pages.jar.insert("mfa".into(), alice.jar["mfa"].clone());
    pages.get("/.mfa/challenge").expect(200);
    world.verify(&mut pages, "alice");
    alice.get("/orders").expect_challenge();
    alice.jar.insert("mfa".into(), pages.jar["mfa"].clone());
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn a_session_cookie_of_a_narrower_path_is_ended_from_the_gates_own_pages() {
    let style = Style { cookie_path: "/app", ..Style::default() };
    let world = World::of(&Plan { style, ..Plan::default() });
    let mut alice = world.browser();
    world.log_in_again(&mut alice, "alice").expect_challenge();
    alice.get("/app/orders").expect_challenge();
    // The browser sends it under /app only.
    let mut pages = world.browser();
    pages.jar.insert("mfa".into(), alice.jar["mfa"].clone());
    world.verify(&mut pages, "alice");
    alice.jar.insert("mfa".into(), pages.jar["mfa"].clone());
    alice.get("/app/orders").expect_page_of("alice");
    let old = alice.cookie_line();
    let left = pages.post("/.mfa/logout", &[]).expect(303);
    let expired: Vec<&str> = left.all("set-cookie").into_iter().filter(|line| line.starts_with("sid=;")).collect();
    assert!(expired.len() == 1 && expired[0].contains("Path=/app;") && expired[0].contains("Max-Age=0"), "{left:?}");
    let stale = world.ask(&Ask::page("/app/orders"), &old);
    assert!(stale.secrets().is_empty() && stale.status == 302, "{stale:?}");
}

#[test]
fn a_browser_that_was_closed_has_the_remember_me_cookie_only_and_is_challenged() {
    for identity in [Identity::Form, Identity::Probe, Identity::FormAndProbe] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        let mut alice = world.browser();
        alice.get("/login").expect(200);
        let fields = [("username", "alice"), ("password", crate::app::password("alice")), ("remember", "1")];
        alice.post("/login", &fields).expect_challenge();
        world.verify(&mut alice, "alice");
        alice.get("/orders").expect_page_of("alice");
        alice.jar.retain(|name, _| name == "remember_me");
        alice.get("/orders").expect_challenge();
        world.verify(&mut alice, "alice");
        alice.get("/orders").expect_page_of("alice");
    }
}

#[test]
fn a_bookmark_on_the_login_page_works_before_and_after_the_second_factor() {
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    alice.get("/login").expect_challenge();
    world.verify(&mut alice, "alice");
    alice.get("/login").expect_page_of("alice");
    alice.get("/orders").expect_page_of("alice");
}
