//! Whatever fails has a page in plain words, the right status and a log line; nothing fails open.

use std::time::Duration;

use serde_json::json;

use crate::client::Ask;
use crate::world::{Plan, World, free_port};

fn change(world: &World, from: &str, to: &str) {
    let text = std::fs::read_to_string(world.config()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    std::fs::write(world.config(), text.replace(from, to)).unwrap();
}

#[test]
fn an_app_that_is_down_is_a_502_in_plain_words() {
    let mut world = World::new();
    let closed = format!("127.0.0.1:{}", free_port());
    change(&world, &format!("upstream = \"http://{}\"", world.app.address), &format!("upstream = \"http://{closed}\""));
    world.kill();
    world.start();
    let mut browser = world.browser();
    let told = browser.get("/").expect(502);
    assert!(told.text().contains("be reached") && !told.text().contains(&closed), "{}", told.text());
    assert!(told.header("retry-after").is_some());
    browser.send(&Ask::script("GET", "/")).expect_problem(502, "app_down");
    assert!(world.log().contains(&closed), "the log names the address");
}

#[test]
fn an_app_that_is_slow_is_a_504() {
    let world = World::of(&Plan { server: "upstream_timeout = \"1s\"\n".into(), ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.get("/slow").expect(504);
    alice.send(&Ask::script("GET", "/slow")).expect_problem(504, "app_slow");
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn a_relay_that_is_down_is_told_and_locks_nobody_out_of_other_methods() {
    let world = World::new();
    world.smtp.abort();
    std::thread::sleep(Duration::from_millis(100));
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let page = alice.get("/.mfa/challenge");
    assert_eq!(page.status, 502, "{}", page.text());
    assert!(page.text().contains("name=\"code\"") && page.text().contains("be sent just now"), "{}", page.text());
    assert!(!page.text().contains("127.0.0.1"), "{}", page.text());
    alice.call("/.mfa/api/v1/code/request", json!({ "method": "email" })).expect_problem(502, "provider_failed");
    alice.get("/orders").expect_challenge();
    let log = world.log();
    assert!(log.contains("a code was not sent"), "{log}");
    let (_, audit) = world.command(&["audit", "--user", "alice"]);
    assert!(audit.contains("send_failed"), "{audit}");
}

#[test]
fn a_store_that_fails_is_a_503_and_never_open() {
    let world = World::new();
    let mut alice = world.verified("alice");
    alice.get("/orders").expect_page_of("alice");
    // The table is gone under the running gate: as good as a broken disk.
    let broken = std::process::Command::new("python3")
        .arg("-c")
        .arg("import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], timeout=10)\nfor t in [r[0] for r in c.execute(\"select name from sqlite_master where type='table' and name not like 'sqlite_%'\")]: c.execute(f'drop table if exists \"{t}\"')\nc.commit()")
        .arg(world.dir.path().join("gate.db"))
        .output()
        .unwrap();
    assert!(broken.status.success(), "{}", String::from_utf8_lossy(&broken.stderr));
    std::thread::sleep(Duration::from_millis(2600));
    let told = alice.get("/orders").expect(503);
    assert!(told.secrets().is_empty());
    alice.send(&Ask::script("GET", "/orders")).expect_problem(503, "state_unavailable");
    let told = world.browser().get("/login");
    assert_eq!(told.status, 503, "{told:?}");
    assert!(world.log().contains("the store can't be used"));
}

#[test]
fn a_probe_that_gives_no_clear_answer_is_a_503() {
    let mut world = World::new();
    let mut alice = world.verified("alice");
    change(&world, "path = \"/api/me\"", "path = \"/down\"");
    world.kill();
    world.start();
    alice.get("/orders").expect(503);
    alice.send(&Ask::script("GET", "/orders")).expect_problem(503, "probe_failed");
    let told = world.log_in_again(&mut world.browser(), "bob");
    assert_eq!(told.status, 502, "{told:?}");
    assert!(told.secrets().is_empty());
}

#[test]
fn a_client_that_goes_away_in_a_login_leaves_no_open_session() {
    let world = World::new();
    for _ in 0..10 {
        let mut browser = world.browser();
        browser.get("/login");
        let ask = Ask::form("/login", &[("username", "alice"), ("password", "wonderland")]);
        let bytes = ask.bytes(&world.address.to_string(), &browser.cookie_line());
        let mut stream = crate::client::connect(world.address).unwrap();
        std::io::Write::write_all(&mut stream, &bytes).unwrap();
        drop(stream);
    }
    std::thread::sleep(Duration::from_millis(300));
    // Nobody is stuck: a new visit works at once.
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice").expect_challenge();
}
