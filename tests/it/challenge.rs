//! What a challenge looks like depends on who asks; what follows the right code is the app.

use serde_json::json;

use crate::client::Ask;
use crate::world::World;

#[test]
fn a_page_is_sent_to_the_challenge_and_comes_back_after_the_code() {
    let world = World::new();
    let mut browser = world.browser();
    let login = world.log_in(&mut browser, "alice").expect_challenge();
    assert_eq!(login.location(), "/.mfa/challenge?next=%2Fwelcome%3Ffrom%3Dlogin");
    browser.get("/reports/2024?sort=up").expect_challenge();
    let page = browser.get("/.mfa/challenge?next=%2Freports%2F2024").expect(200).text();
    assert!(page.contains("autocomplete=\"one-time-code\"") && page.matches("name=\"code\"").count() == 1, "{page}");
    assert!(page.contains("a***@e***.com"), "{page}");
    let code = world.read_code("alice", 0);
    let action = "/.mfa/challenge";
    let passed = browser.submit("/.mfa/challenge?next=%2Freports%2F2024", action, &[("code", &code)]).expect(303);
    assert_eq!(passed.location(), "/reports/2024");
    browser.get("/reports/2024").expect_page_of("alice");
    let seen = world.app.last("/reports/2024");
    assert_eq!(seen.header("x-mfa-user"), Some("alice"));
    assert_eq!(seen.header("x-mfa-method"), Some("email"));
    assert!(seen.header("x-mfa-verified-at").unwrap().parse::<i64>().unwrap() > 1_700_000_000);
}

#[test]
fn the_first_challenge_sends_one_code_by_itself_and_no_more() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    for _ in 0..3 {
        browser.get("/.mfa/challenge").expect(200);
    }
    world.read_code("alice", 0);
    assert_eq!(world.mails_to("alice").len(), 1);
    let again = browser.submit("/.mfa/challenge", "/.mfa/challenge/send", &[]).expect(303);
    assert!(again.location().starts_with("/.mfa/challenge"), "{}", again.location());
    world.read_code("alice", 1);
}

#[test]
fn a_script_is_told_by_a_problem() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let told = browser.send(&Ask::script("GET", "/api/orders")).expect_problem(401, "second_factor_required");
    let problem = told.json();
    assert_eq!(problem["type"], "urn:mfa-gate:second-factor-required");
    assert_eq!(problem["challenge_url"], "/.mfa/challenge?next=%2Fapi%2Forders");
    assert_eq!(problem["methods"], json!(["email"]));
    assert_eq!(told.header("www-authenticate"), Some("MFA"));
    assert_eq!(told.header("cache-control"), Some("no-store"));
    let fetch = Ask::new("GET", "/api/orders").with("Accept", "text/html").with("Sec-Fetch-Mode", "cors");
    browser.send(&fetch.with("Sec-Fetch-Dest", "empty")).expect(401);
    let htmx = browser.send(&Ask::script("POST", "/api/orders").with("HX-Request", "true"));
    assert!(htmx.header("hx-redirect").is_some(), "{htmx:?}");
    assert!(!world.app.was_asked("/api/orders"));
}

#[test]
fn a_form_sent_before_the_challenge_gets_a_page_and_reaches_nobody() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let form = Ask::form("/orders", &[("item", "1")]).with("Referer", &format!("http://{}/orders/new?a=b", world.address));
    let told = browser.send(&form).expect(401);
    assert!(told.text().contains("Send it again") && told.text().contains("name=\"code\""), "{}", told.text());
    assert!(told.text().contains("name=\"next\" value=\"/orders/new?a=b\""), "{}", told.text());
    let elsewhere = Ask::form("/orders", &[("item", "1")]).with("Referer", "https://evil.example/x");
    assert!(browser.send(&elsewhere).expect(401).text().contains("name=\"next\" value=\"/\""));
    assert!(!world.app.was_asked("/orders"));
}

#[test]
fn an_upgrade_of_an_unverified_session_is_401() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let ask = Ask::new("GET", "/ws").with("Connection", "Upgrade").with("Upgrade", "websocket");
    browser.send(&ask).expect_problem(401, "second_factor_required");
    world.browser().send(&ask).expect_problem(401, "second_factor_required");
    assert!(!world.app.was_asked("/ws"));
}

#[test]
fn the_answer_to_a_login_is_the_gates_own() {
    let world = World::new();
    let mut browser = world.browser();
    browser.get("/login");
    let fields = [("username", "alice"), ("password", "wonderland"), ("inline", "1")];
    let told = browser.post("/login", &fields).expect_challenge();
    assert!(browser.jar.contains_key("sid") && browser.jar.contains_key("mfa"), "{told:?}");
    assert!(told.header("cache-control").is_some_and(|c| c == "no-store"));
    let mut script = world.browser();
    let ask = Ask::form("/login", &fields);
    let ask = Ask { headers: ask.headers.into_iter().filter(|(n, _)| n == "Content-Type").collect(), ..ask };
    let told = script.send(&ask.with("Accept", "application/json")).expect_problem(401, "second_factor_required");
    assert!(!told.text().contains("private"));
    assert!(script.jar.contains_key("sid"));
}

#[test]
fn a_login_that_failed_is_the_apps_own_answer_and_sends_nothing() {
    let world = World::new();
    let mut browser = world.browser();
    browser.get("/login");
    let told = browser.post("/login", &[("username", "alice"), ("password", "guess")]).expect(200);
    assert!(told.text().contains("type=password"));
    assert!(!browser.jar.contains_key("mfa"));
    assert!(world.mails_to("alice").is_empty());
    assert!(!world.log().contains("guess"));
}

#[test]
fn next_goes_nowhere_else() {
    let world = World::new();
    for next in ["https://evil.example/", "//evil.example/", "/\\evil.example", "/%0d%0aSet-Cookie:x=1"] {
        let mut browser = world.browser();
        world.log_in(&mut browser, "alice");
        let code = world.code(&mut browser, "alice");
        let to = format!(
            "/.mfa/challenge?method=email&next={}",
            url::form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>()
        );
        let passed = browser.submit(&to, "/.mfa/challenge", &[("code", &code)]).expect(303);
        assert!(passed.location().starts_with('/') && !passed.location().starts_with("//"), "{next}: {}", passed.location());
        assert!(!passed.location().starts_with("/\\"), "{next}: {}", passed.location());
        assert!(passed.header("set-cookie").is_some_and(|c| !c.starts_with("x=")));
    }
}

#[test]
fn use_another_account_forgets_both_sessions() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let old = browser.cookie_line();
    let left = browser.submit("/.mfa/challenge", "/.mfa/logout", &[]).expect(303);
    assert_eq!(left.location(), "/");
    assert!(browser.jar.is_empty(), "{:?}", browser.jar);
    // What was stolen before is worth nothing afterwards.
    let stale = world.ask(&Ask::page("/orders"), &old);
    assert!(stale.secrets().is_empty() && stale.status == 302, "{stale:?}");
    world.log_in(&mut browser, "bob").expect_challenge();
    world.verify(&mut browser, "bob");
    browser.get("/orders").expect_page_of("bob");
}

#[test]
fn the_gates_pages_cannot_be_framed_cached_or_read_by_other_sites() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let page = browser.get("/.mfa/challenge").expect(200);
    assert!(page.header("content-security-policy").is_some_and(|p| p.contains("frame-ancestors 'none'")));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    let fields = json!({ "method": "email", "code": "000000" });
    let cross = Ask::json("/.mfa/api/v1/verify", fields.clone()).with("Origin", "https://evil.example");
    browser.send(&cross).expect_problem(403, "cross_site");
    let cross = Ask::json("/.mfa/api/v1/verify", fields).with("Sec-Fetch-Site", "cross-site");
    browser.send(&cross).expect_problem(403, "cross_site");
    browser.post("/.mfa/challenge", &[("code", "000000")]).expect(403);
    let worker = Ask::new("GET", "/.mfa/challenge").with("Service-Worker", "script");
    browser.send(&worker).expect(403);
}

#[test]
fn verifying_in_one_tab_releases_the_other_to_its_own_page() {
    let world = World::new();
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let page = alice.get("/.mfa/challenge?next=/second").expect(200).text();
    let old = page.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    world.verify(&mut alice, "alice");
    let fields = [("form_token", old.as_str()), ("next", "/second"), ("method", "email"), ("code", "123456")];
    let told = alice.post("/.mfa/challenge", &fields).expect_challenge();
    assert_eq!(alice.get(told.location()).expect(303).location(), "/second");
}
