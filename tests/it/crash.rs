//! `kill -9` at any moment: nothing that a user was told of is lost, nothing that was spent works again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::client::{Ask, Browser};
use crate::methods::{enrol_app, oathtool};
use crate::world::World;

#[test]
fn verified_sessions_survive_a_restart() {
    let mut world = World::new();
    let mut alice = world.verified("alice");
    world.kill();
    world.start();
    alice.get("/orders").expect_page_of("alice");
    let sid = format!("sid={}", alice.jar["sid"]);
    world.ask(&Ask::page("/orders"), &sid).expect_challenge();
}

#[test]
fn a_restart_between_the_two_factors_loses_neither_the_login_nor_its_code() {
    let mut world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    let code = world.code(&mut alice, "alice");
    world.kill();
    world.start();
    alice.get("/orders").expect_challenge();
    verify(&mut alice, "email", &code).expect(200);
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn an_enrolment_and_what_was_spent_survive_a_kill() {
    let mut world = World::new();
    let mut alice = world.verified("alice");
    let (secret, codes) = enrol_app(&mut alice);
    let (mut first, mut second) = (world.browser(), world.browser());
    world.log_in(&mut first, "alice");
    let code = oathtool(&secret, 0);
    let used = verify(&mut first, "app", &code).status;
    world.log_in(&mut second, "alice");
    verify(&mut second, "backup", &codes[0]).expect(200);
    world.kill();
    world.start();
    let mut third = world.browser();
    world.log_in(&mut third, "alice");
    if used == 200 {
        verify(&mut third, "app", &code).expect_problem(409, "code_used");
    }
    assert_ne!(verify(&mut third, "backup", &codes[0]).status, 200);
    verify(&mut third, "app", &oathtool(&secret, 30)).expect(200);
    third.get("/orders").expect_page_of("alice");
}

#[test]
fn a_kill_at_any_moment_brings_no_consumed_code_back() {
    let mut world = World::new();
    for round in 0..6u64 {
        let mut alice = world.browser();
        world.log_in(&mut alice, "alice");
        let code = world.code(&mut alice, "alice");
        let told = AtomicBool::new(false);
        let mut again = alice.clone();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let ask = Ask::json("/.mfa/api/v1/verify", json!({ "method": "email", "code": code }));
                if alice.try_send(&ask).is_ok_and(|a| a.status == 200) {
                    told.store(true, Ordering::SeqCst);
                }
            });
            std::thread::sleep(Duration::from_millis(round * 2));
            world.kill();
        });
        world.start();
        if told.load(Ordering::SeqCst) {
            assert_ne!(verify(&mut again, "email", &code).status, 200, "round {round}");
            alice.get("/orders").expect_page_of("alice");
        }
    }
}

fn verify(browser: &mut Browser, method: &str, code: &str) -> crate::client::Answer {
    browser.call("/.mfa/api/v1/verify", json!({ "method": method, "code": code }))
}
