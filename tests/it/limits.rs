//! Codes work once and for their time; tries and messages are counted, atomically.

use std::sync::Barrier;
use std::time::Duration;

use serde_json::json;

use crate::client::Ask;
use crate::world::{Plan, World};

#[test]
fn a_code_works_once() {
    let world = World::new();
    let (mut first, mut second) = (world.browser(), world.browser());
    world.log_in(&mut first, "alice");
    world.log_in(&mut second, "alice");
    let code = world.code(&mut first, "alice");
    // Bound to the gate session that asked for it.
    let told = second.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code }));
    assert_eq!(told.status, 401, "{told:?}");
    let pending = first.cookie_line();
    first.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect(200);
    let again = world.ask(&Ask::json("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })), &pending);
    assert!(matches!(again.status, 403 | 409), "{again:?}");
    let mut third = world.browser();
    world.log_in(&mut third, "alice");
    let told = third.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code }));
    assert!(matches!(told.status, 401 | 409), "{told:?}");
}

#[test]
fn a_new_code_kills_the_old_one() {
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let old = world.code(&mut alice, "alice");
    let mut new = world.code(&mut alice, "alice");
    while new == old {
        new = world.code(&mut alice, "alice");
    }
    let told = alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": old }));
    assert_eq!(told.status, 401, "{told:?}");
    alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": new })).expect(200);
}

#[test]
fn a_code_does_not_outlive_its_validity_period() {
    let methods = "[methods.email]\nhandler = \"email\"\nvalidity_period = 1\n".into();
    let world = World::of(&Plan { methods, ..Plan::default() });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let code = world.code(&mut alice, "alice");
    std::thread::sleep(Duration::from_millis(1100));
    alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect_problem(401, "code_expired");
    let page = alice.submit("/.mfa/challenge?method=email", "/.mfa/challenge", &[("code", &code)]);
    assert_eq!(page.status, 401);
    assert!(page.text().contains("too old"), "{}", page.text());
}

#[test]
fn five_wrong_codes_lock_and_say_until_when() {
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let code = world.code(&mut alice, "alice");
    let wrong = if code == "111111" { "222222" } else { "111111" };
    for left in (0..5).rev() {
        let told = alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": wrong }));
        let told = told.expect_problem(401, "code_wrong");
        assert!(
            told.text().contains(&if left == 1 { "one try is left".into() } else { format!("{left} tries are left") }),
            "{}",
            told.text()
        );
    }
    let locked = alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect_problem(429, "locked");
    let after = locked.json()["retry_after"].as_u64().unwrap();
    assert!((800..=901).contains(&after), "{after}");
    assert!(locked.header("retry-after").is_some());
    // Another browser of the same user is locked too, and the page says until when.
    let mut other = world.browser();
    world.log_in(&mut other, "alice");
    let mails = world.mails_to("alice").len();
    let page = other.get("/.mfa/challenge").expect(429);
    assert_eq!(world.mails_to("alice").len(), mails, "nothing is sent to a locked user");
    assert!(page.text().contains("15 minutes") && page.text().contains("UTC"), "{}", page.text());
    // Another user isn't.
    world.verified("bob").get("/orders").expect_page_of("bob");
    let (status, log) = world.command(&["audit", "--user", "alice"]);
    assert!(status == 0 && log.contains("locked"), "{log}");
    // The helpdesk can help.
    world.command(&["user", "reset", "alice"]);
}

#[test]
fn ten_parallel_submissions_of_one_code_give_one_success() {
    let world = World::new();
    for round in 0..3 {
        let mut alice = world.browser();
        world.log_in(&mut alice, "alice");
        let code = world.code(&mut alice, "alice");
        let barrier = Barrier::new(10);
        let results: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..10)
                .map(|_| {
                    let (mut browser, code, barrier) = (alice.clone(), code.clone(), &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        browser.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).status
                    })
                })
                .collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|s| **s == 200).count(), 1, "round {round}: {results:?}");
    }
}

#[test]
fn parallel_wrong_codes_are_counted_before_they_are_checked() {
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    world.code(&mut alice, "alice");
    let barrier = Barrier::new(20);
    let results: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20)
            .map(|n| {
                let (mut browser, barrier) = (alice.clone(), &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    browser.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": format!("x{n:05}") })).status
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|s| **s == 401).count(), 5, "{results:?}");
    assert_eq!(results.iter().filter(|s| **s == 429).count(), 15, "{results:?}");
}

#[test]
fn messages_are_limited_per_user_and_wait_for_one_another() {
    let limits = "sends = { max = 2, within = \"1h\", resend_after = \"2s\" }".into();
    let world = World::of(&Plan { limits, ..Plan::default() });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let ask = |b: &mut crate::client::Browser| b.call("/.mfa/api/v1/code/request", json!({ "method": "email" }));
    ask(&mut alice).expect(200);
    ask(&mut alice).expect_problem(429, "resend_wait");
    std::thread::sleep(Duration::from_millis(2100));
    ask(&mut alice).expect(200);
    std::thread::sleep(Duration::from_millis(2100));
    ask(&mut alice).expect_problem(429, "too_many_sends");
    // A new login doesn't reset the count.
    let mut again = world.browser();
    world.log_in(&mut again, "alice");
    ask(&mut again).expect_problem(429, "too_many_sends");
    assert_eq!(world.mails_to("alice").len(), 2);
    // The last code still works.
    let code = crate::world::code_in(world.mails_to("alice")[1].text.as_deref().unwrap());
    alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect(200);
}
