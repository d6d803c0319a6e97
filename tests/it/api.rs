//! The JSON API: the pages' own steps for scripts.

use serde_json::json;

use crate::client::Ask;
use crate::world::World;

#[test]
fn the_session_says_where_a_client_stands() {
    let world = World::new();
    let mut browser = world.browser();
    let state = |b: &mut crate::client::Browser| b.send(&Ask::script("GET", "/.mfa/api/v1/session")).expect(200).json();
    assert_eq!(state(&mut browser)["state"], "anonymous");
    world.log_in(&mut browser, "alice");
    let told = state(&mut browser);
    assert_eq!((&told["state"], &told["user"]), (&json!("unverified"), &json!("alice")));
    assert_eq!(told["methods"][0]["name"], "email");
    assert_eq!(told["methods"][0]["masked"], "a***@e***.com");
    world.verify(&mut browser, "alice");
    let told = state(&mut browser);
    assert_eq!(told["state"], "verified");
    assert!(told["verified_at"].as_i64().unwrap() > 1_700_000_000);
}

#[test]
fn a_code_is_asked_for_and_verified() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let before = browser.jar["mfa"].clone();
    let sent = browser.call("/.mfa/api/v1/code/request", json!({ "method": "email" })).expect(200);
    assert_eq!(sent.json(), json!({ "details": "Code was sent." }));
    let code = world.read_code("alice", 0);
    let passed = browser.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect(200);
    assert_eq!(passed.json()["state"], "verified");
    assert_ne!(browser.jar["mfa"], before, "a new token at verification");
    let cookie = passed.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    // The token from before is nobody's now.
    let old = format!("sid={}; mfa={before}", browser.jar["sid"]);
    world.ask(&Ask::page("/orders"), &old).expect_challenge();
}

#[test]
fn verifying_a_verified_session_consumes_nothing() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let code = world.code(&mut alice, "alice");
    for _ in 0..3 {
        alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect(200);
        alice.get("/orders").expect_page_of("alice");
    }
}

#[test]
fn what_is_missing_is_said_with_its_status() {
    let world = World::new();
    let mut nobody = world.browser();
    nobody.call("/.mfa/api/v1/verify", json!({ "code": "123456" })).expect_problem(403, "no_session");
    nobody.call("/.mfa/api/v1/code/request", json!({})).expect_problem(403, "no_session");
    nobody.send(&Ask::script("GET", "/.mfa/api/v1/methods")).expect_problem(403, "no_session");
    nobody.send(&Ask::script("GET", "/.mfa/api/v1/nothing")).expect_problem(404, "not_found");
    nobody.send(&Ask::script("DELETE", "/.mfa/api/v1/session")).expect_problem(405, "method_not_allowed");
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    browser.call("/.mfa/api/v1/code/request", json!({ "method": "pigeon" })).expect_problem(404, "unknown_method");
    browser.call("/.mfa/api/v1/code/request", json!({ "method": "app" })).expect_problem(404, "unknown_method");
    browser.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": "nonsense" })).expect_problem(401, "code_wrong");
    let text = Ask::script("POST", "/.mfa/api/v1/verify").with("Content-Type", "text/plain").body("{}");
    browser.send(&text).expect_problem(415, "json_only");
    let broken = Ask::script("POST", "/.mfa/api/v1/verify").with("Content-Type", "application/json").body("{");
    browser.send(&broken).expect_problem(400, "bad_request");
}

#[test]
fn the_first_factor_alone_reads_and_changes_no_method() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    for (method, path) in [
        ("GET", "methods"),
        ("POST", "methods/app/activate"),
        ("POST", "methods/app/activate/confirm"),
        ("POST", "methods/email/deactivate"),
        ("POST", "methods/primary"),
        ("POST", "backup-codes/regenerate"),
    ] {
        let ask = Ask::script(method, &format!("/.mfa/api/v1/{path}"));
        let ask = if method == "POST" { ask.with("Content-Type", "application/json").body("{}") } else { ask };
        browser.send(&ask).expect_problem(403, "verify_first");
    }
    for page in ["/.mfa/settings", "/.mfa/enrol"] {
        browser.get(page).expect_challenge();
    }
}

#[test]
fn the_configuration_names_methods_and_limits_and_no_secret() {
    let world = World::new();
    let told = world.browser().send(&Ask::script("GET", "/.mfa/api/v1/config")).expect(200).json();
    assert_eq!(told["methods"][0]["name"], "email");
    assert_eq!(told["methods"][1]["handler"], "app");
    assert_eq!(told["limits"]["attempts"], 5);
}

#[test]
fn a_client_without_a_browser_sends_its_code_along() {
    let world = World::new();
    let mut setup = world.verified("alice");
    let (secret, _) = crate::methods::enrol_app(&mut setup);
    let mut script = world.browser();
    script.get("/login");
    let fields = "username=alice&password=alice-password";
    let login = |along: &str| {
        let ask = Ask::script("POST", "/login").with("Content-Type", "application/x-www-form-urlencoded");
        let ask = if along.is_empty() { ask } else { ask.with("MFA-Code", along).with("MFA-Method", "app") };
        ask.body(fields.replace("alice-password", crate::app::password("alice")))
    };
    script.send(&login("")).expect_problem(401, "second_factor_required");
    // A wrong code opens nothing; the right one opens this request, and sets a cookie as any verification does.
    let orders = |code: &str| Ask::script("GET", "/orders").with("MFA-Code", code).with("MFA-Method", "app");
    script.send(&orders("000000")).expect_problem(401, "code_wrong");
    let posted = Ask::script("POST", "/orders").with("Content-Type", "application/x-www-form-urlencoded").body("item=tea");
    let code = crate::methods::oathtool(&secret, 0);
    let told = script.send(&posted.with("MFA-Code", &code).with("MFA-Method", "app"));
    assert!(told.status < 400 && !told.secrets().is_empty(), "{told:?}");
    assert!(script.jar.contains_key("mfa"));
    script.send(&Ask::script("GET", "/orders")).expect_page_of("alice");
    // What is verified needs no code, and the app never sees one.
    script.send(&orders("999999")).expect_page_of("alice");
    // The same code on another session is spent.
    let mut thief = world.browser();
    thief.get("/login");
    thief.send(&login(&code)).expect_problem(409, "code_used");
    thief.send(&Ask::script("GET", "/orders")).expect_problem(401, "second_factor_required");
    // With the login itself.
    let mut second = world.browser();
    second.get("/login");
    second.send(&login(&crate::methods::oathtool(&secret, 30))).expect(303);
    second.send(&Ask::script("GET", "/orders")).expect_page_of("alice");
    // A stranger's code is nobody's.
    world.browser().send(&orders("123456"));
}

#[test]
fn a_code_sent_along_meets_a_step_up_with_the_method_that_it_wants() {
    let rules = "[[apps.rules]]\npath = \"/vault/**\"\nmethods = [\"app\"]\n";
    let world = World::of(&crate::world::Plan { more: rules.into(), ..crate::world::Plan::default() });
    let mut alice = world.verified("alice");
    let (secret, _) = crate::methods::enrol_app(&mut alice);
    let vault = |method: &str, code: &str| Ask::script("GET", "/vault/1").with("MFA-Code", code).with("MFA-Method", method);
    alice.send(&Ask::script("GET", "/vault/1")).expect_problem(401, "step_up");
    let by_mail = world.read_code("alice", {
        let before = world.mails_to("alice").len();
        let mut other = world.browser();
        world.log_in(&mut other, "alice");
        other.call("/.mfa/api/v1/code/request", json!({ "method": "email" })).expect(200);
        before
    });
    alice.send(&vault("email", &by_mail)).expect_problem(403, "method_not_allowed");
    alice.send(&vault("app", "000000")).expect_problem(401, "code_wrong");
    alice.send(&vault("app", &crate::methods::oathtool(&secret, 0))).expect_page_of("alice");
    alice.send(&Ask::script("GET", "/vault/1")).expect_page_of("alice");
}

/// schemathesis sends what the OpenAPI document allows and what it doesn't, as a stranger, pending and verified: no 5xx, and
/// no answer that the document doesn't tell of.
#[test]
fn the_openapi_document_tells_of_every_answer() {
    let mut plan = crate::keys::passkey_plan();
    plan.limits = "attempts = { max = 100 }\n".to_owned() + &plan.limits;
    let world = World::of(&plan);
    let mut pending = world.browser();
    world.log_in(&mut pending, "bob").expect_challenge();
    let verified = world.verified("alice");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (who, cookie, left_out) in [
        ("a stranger", String::new(), ""),
        ("a pending session", pending.cookie_line(), ""),
        // Verifying a verified session gives it a new cookie, and this client keeps none.
        ("a verified session", verified.cookie_line(), "/api/v1/verify"),
    ] {
        let mut command = std::process::Command::new(root.join("target/venv/bin/schemathesis"));
        command.current_dir(world.dir.path()).args(["run", "--no-color", "--max-examples", "25"]);
        command.args(["--generation-deterministic", "--warnings", "off"]);
        let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method";
        command.args(["--checks", checks, "--continue-on-failure"]);
        if !left_out.is_empty() {
            command.args(["--exclude-path", left_out]);
        }
        if !cookie.is_empty() {
            command.args(["-H", &format!("Cookie: {cookie}")]);
        }
        command.arg(format!("http://{}/.mfa/api/v1/openapi.json", world.address));
        let done = command.output().expect("schemathesis is there (tests/setup.sh)");
        let told = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{who}: {told} {}", String::from_utf8_lossy(&done.stderr));
        assert!(told.contains("passed") || told.contains("No issues found"), "{told}");
    }
}
