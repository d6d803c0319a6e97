//! YubiKeys against real validation servers and recorded ones; passkeys against a software token of others' making.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Ask, Browser};
use crate::world::{Ends, Plan, World, free_port, python, python_of};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A YubiKey in software.
pub struct Key(PathBuf);

pub const ENROLLED: [&str; 3] = ["vvccccccccfd", "8792ebfe26cc", "ecde18dbe76fbd0c33330f1c354871db"];
const STRANGE: [&str; 3] = ["vvccccccccbb", "0102030405aa", "000102030405060708090a0b0c0d0e0f"];

impl Key {
    pub fn new(dir: &Path, of: [&str; 3]) -> Self {
        let key = Self(dir.join(of[0]));
        key.run(&of);
        key
    }

    pub fn press(&self) -> String {
        self.run(&[])
    }

    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new(root().join("target/venv/bin/python"));
        let done = command.arg(root().join("tests/servers/yubikey.py")).arg(&self.0).args(args).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }
}

fn yubikey_world(urls: &str) -> World {
    let keys = "yubicloud_client_id = 1\nyubicloud_secret_key = \"Z2F0ZS1zb2Z0LXl1Ymkta2V5MjA=\"\ntimeout = \"2s\"\n";
    let mut plan = Plan::default();
    plan.limits = "attempts = { max = 100 }\n".to_owned() + &plan.limits;
    plan.methods.push_str(&format!("[methods.yubi]\nhandler = \"yubikey\"\nyubicloud_urls = {urls}\n{keys}"));
    World::of(&plan)
}

fn confirm(browser: &mut Browser, code: &str, name: &str) -> crate::client::Answer {
    browser.call("/.mfa/api/v1/methods/yubi/activate", json!({})).expect(200);
    browser.call("/.mfa/api/v1/methods/yubi/activate/confirm", json!({ "code": code, "name": name }))
}

fn verify(browser: &mut Browser, method: &str, code: &str) -> crate::client::Answer {
    browser.call("/.mfa/api/v1/verify", json!({ "method": method, "code": code }))
}

fn signed_in(world: &World, user: &str) -> Browser {
    let mut browser = world.browser();
    world.log_in(&mut browser, user).expect_challenge();
    browser
}

/// Enrols, signs in, is refused what must be refused: against whichever server.
fn a_yubikey_is_a_second_factor(world: &World, dir: &Path) {
    let (key, strange) = (Key::new(dir, ENROLLED), Key::new(dir, STRANGE));
    let mut alice = world.verified("alice");
    // A key that the server doesn't know can't be enrolled, nor what is no password of a key.
    confirm(&mut alice, &strange.press(), "x").expect_problem(401, "code_wrong");
    confirm(&mut alice, "123456", "x").expect_problem(401, "code_wrong");
    let first = key.press();
    confirm(&mut alice, &first, "blue key").expect(200);
    confirm(&mut alice, &key.press(), "again").expect_problem(409, "already_active");
    let methods = alice.send(&Ask::script("GET", "/.mfa/api/v1/methods")).expect(200).json();
    let yubi = methods.as_array().unwrap().iter().find(|m| m["name"] == "yubi").unwrap();
    assert_eq!(yubi["keys"][0]["name"], "blue key", "{methods}");
    // Each password works once; another's key never.
    let mut again = signed_in(world, "alice");
    verify(&mut again, "yubi", &first).expect_problem(409, "code_used");
    verify(&mut again, "yubi", &strange.press()).expect_problem(401, "code_wrong");
    let second = key.press();
    verify(&mut again.clone(), "yubi", &format!(" {}\n", second.to_uppercase())).expect(200);
    let mut third = signed_in(world, "alice");
    verify(&mut third, "yubi", &second).expect_problem(409, "code_used");
    third.get("/orders").expect_challenge();
    // Bob has the password of his account and Alice's key: that is nobody's.
    let mut bob = signed_in(world, "bob");
    verify(&mut bob, "yubi", &key.press()).expect_problem(404, "unknown_method");
    verify(&mut third, "yubi", &key.press()).expect(200);
    third.get("/orders").expect_page_of("alice");
}

#[test]
fn a_yubikey_passes_by_yubival_with_signatures_both_ways() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _server = python_of("target/venv-keys", "validation.py", dir.path(), port);
    let world = yubikey_world(&format!("[\"http://127.0.0.1:{port}\"]"));
    a_yubikey_is_a_second_factor(&world, dir.path());
    let (code, told) = world.command(&["check"]);
    assert!(code == 0 && told.contains("method yubi: 1 server(s) asked"), "{told}");
}

/// A server that forked away; it ends with the test.
struct Forked(String);

impl Drop for Forked {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(&self.0).status();
    }
}

#[test]
fn a_yubikey_passes_by_debians_yubiserver_and_the_first_good_answer_wins() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let started =
        Command::new(root().join("tests/servers/yubiserver.sh")).arg(dir.path()).arg(port.to_string()).output().unwrap();
    let said = String::from_utf8_lossy(&started.stdout).into_owned();
    let pid = said.trim().strip_prefix("ready ").unwrap_or_else(|| panic!("{said} {}", String::from_utf8_lossy(&started.stderr)));
    let _forked = Forked(pid.to_owned());
    // Nobody listens at the first address, and the other two are of no help: the fourth is asked at the same time.
    let (odd, dead) = (free_port(), free_port());
    let _recorded = python("yubicloud.py", dir.path(), odd);
    let odd = format!("http://127.0.0.1:{odd}");
    let world = yubikey_world(&format!(
        "[\"http://127.0.0.1:{dead}\", \"{odd}/broken\", \"{odd}/database-gone\", \"http://127.0.0.1:{port}\"]"
    ));
    a_yubikey_is_a_second_factor(&world, dir.path());
}

#[test]
fn every_answer_of_yubicos_own_server_is_understood_and_a_forged_one_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _recorded = python("yubicloud.py", dir.path(), port);
    let key = Key::new(dir.path(), ENROLLED);
    let cases: [(&str, u16, &str, &str); 15] = [
        ("same-otp-other-nonce", 409, "code_used", ""),
        ("same-otp-same-nonce", 409, "code_used", ""),
        ("wrong-aes-key", 401, "code_wrong", ""),
        ("wrong-h", 502, "provider_failed", "check yubicloud_secret_key"),
        ("unknown-client", 502, "provider_failed", "check yubicloud_client_id"),
        ("no-nonce", 502, "provider_failed", "MISSING_PARAMETER"),
        ("sync-pool-unreachable", 502, "provider_failed", "NOT_ENOUGH_ANSWERS"),
        ("database-gone", 502, "provider_failed", "BACKEND_ERROR"),
        ("ok+wrong-h", 502, "provider_failed", "signature is missing or wrong"),
        ("ok+no-h", 502, "provider_failed", "signature is missing or wrong"),
        ("ok+other-otp", 502, "provider_failed", "an OK for another question"),
        ("ok+other-nonce", 502, "provider_failed", "an OK for another question"),
        ("html", 502, "provider_failed", "can't be read"),
        ("silent", 502, "provider_failed", "timed out"),
        ("broken", 502, "provider_failed", "status 500"),
    ];
    let mut plan = Plan::default();
    plan.limits = "attempts = { max = 100 }\n".to_owned() + &plan.limits;
    let mut all = vec!["ok".to_owned()];
    all.extend(cases.iter().map(|(case, ..)| (*case).to_owned()));
    for (n, case) in all.iter().enumerate() {
        plan.methods.push_str(&format!(
            "[methods.y{n}]\nhandler = \"yubikey\"\nyubicloud_client_id = \"1\"\nyubicloud_secret_key = \"Z2F0ZS1zb2Z0LXl1Ymkta2V5MjA=\"\nyubicloud_urls = [\"http://127.0.0.1:{port}/{case}\"]\ntimeout = \"2s\"\n"
        ));
    }
    let world = World::of(&plan);
    let mut alice = world.verified("alice");
    let mut enrol = |n: usize| {
        alice.call(&format!("/.mfa/api/v1/methods/y{n}/activate"), json!({})).expect(200);
        let confirm = format!("/.mfa/api/v1/methods/y{n}/activate/confirm");
        alice.call(&confirm, json!({ "code": key.press() }))
    };
    enrol(0).expect(200);
    for (n, (case, status, reason, log)) in cases.iter().enumerate() {
        let before = world.log().len();
        let told = enrol(n + 1);
        assert_eq!((told.status, told.json()["reason"].as_str()), (*status, Some(*reason)), "{case}: {}", told.text());
        let logged = world.log()[before..].to_owned();
        assert!(logged.contains(log), "{case}: {logged}");
        assert!(!logged.contains("Z2F0ZS1z"), "{logged}");
        let details = told.json()["details"].as_str().unwrap().to_owned();
        assert!(!details.contains("127.0.0.1") && !details.contains("yubicloud"), "{details}");
    }
}

/// A security key in software.
struct Token {
    state: PathBuf,
    origin: String,
}

impl Token {
    fn new(dir: &Path, name: &str, world: &World) -> Self {
        Self { state: dir.join(name), origin: format!("http://localhost:{}", world.address.port()) }
    }

    fn answer(&self, what: &str, options: &Value, env: &[(&str, &str)]) -> Value {
        let mut command = Command::new(root().join("target/venv-keys/bin/python"));
        command.arg(root().join("tests/servers/softkey.py")).arg(&self.state).arg(what).arg(&self.origin);
        command.envs(env.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = Ends(command.spawn().unwrap());
        child.0.stdin.take().unwrap().write_all(options.to_string().as_bytes()).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(child.0.stdout.as_mut().unwrap(), &mut text).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
    }
}

pub fn passkey_plan() -> Plan {
    let mut plan = Plan { public_host: "localhost", ..Plan::default() };
    plan.methods.push_str("[methods.passkey]\nverbose_name = \"Passkey\"\nhandler = \"webauthn\"\n");
    plan
}

fn begin_key(browser: &mut Browser) -> Value {
    browser.call("/.mfa/api/v1/methods/passkey/activate", json!({})).expect(200).json()["options"].clone()
}

fn add_key(browser: &mut Browser, token: &Token, name: &str) {
    let options = begin_key(browser);
    let made = token.answer("create", &options, &[]);
    let confirm = "/.mfa/api/v1/methods/passkey/activate/confirm";
    browser.call(confirm, json!({ "credential": made, "name": name })).expect(200);
    // The same answer again is nobody's.
    assert_ne!(browser.call(confirm, json!({ "credential": made })).status, 200);
}

fn ask_key(browser: &mut Browser) -> Value {
    browser.call("/.mfa/api/v1/code/request", json!({ "method": "passkey" })).expect(200).json()["options"].clone()
}

fn show(browser: &mut Browser, answer: &Value) -> crate::client::Answer {
    browser.call("/.mfa/api/v1/verify", json!({ "method": "passkey", "credential": answer }))
}

#[test]
fn a_security_key_of_others_making_is_enrolled_and_passes_once_a_touch() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::of(&passkey_plan());
    let token = Token::new(dir.path(), "one", &world);
    let mut alice = world.verified("alice");
    add_key(&mut alice, &token, "blue key");
    let mut again = signed_in(&world, "alice");
    let options = ask_key(&mut again);
    assert_eq!(options["publicKey"]["rpId"], "localhost");
    assert_eq!(options["publicKey"]["allowCredentials"].as_array().unwrap().len(), 1);
    let answer = token.answer("get", &options, &[]);
    // For the gate session that asked, and once.
    let mut thief = signed_in(&world, "alice");
    show(&mut thief, &answer).expect_problem(401, "code_expired");
    let mut copy = again.clone();
    show(&mut again, &answer).expect(200);
    again.get("/orders").expect_page_of("alice");
    assert_ne!(show(&mut copy, &answer).status, 200);
    show(&mut thief, &answer).expect_problem(401, "code_expired");
    thief.get("/orders").expect_challenge();
    // It is asked for first now: nothing is sent by itself.
    let mails = world.mails_to("alice").len();
    let page = thief.get("/.mfa/challenge?next=/orders").expect(200).text();
    assert!(page.contains("data-key=\"get\"") && page.contains("Use my key") && page.contains("method=email"), "{page}");
    assert_eq!(world.mails_to("alice").len(), mails);
}

#[test]
fn what_a_security_key_did_not_sign_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut plan = passkey_plan();
    plan.limits = "attempts = { max = 100 }\n".to_owned() + &plan.limits;
    let world = World::of(&plan);
    let token = Token::new(dir.path(), "one", &world);
    let mut alice = world.verified("alice");
    add_key(&mut alice, &token, "blue key");
    let mut other = signed_in(&world, "alice");
    let b64 = data_encoding::BASE64URL_NOPAD;
    for part in ["signature", "authenticatorData", "clientDataJSON"] {
        let options = ask_key(&mut other);
        let mut answer = token.answer("get", &options, &[]);
        let mut bytes = b64.decode(answer["response"][part].as_str().unwrap().as_bytes()).unwrap();
        let last = bytes.len() - 2;
        bytes[last] ^= 1;
        answer["response"][part] = json!(b64.encode(&bytes));
        assert_eq!(show(&mut other, &answer).status, 401, "{part}");
    }
    // Signed for another site, as a phishing page would have it.
    let options = ask_key(&mut other);
    let phished = Token { origin: "http://localhost.evil.example".into(), state: token.state.clone() };
    show(&mut other, &phished.answer("get", &options, &[])).expect_problem(401, "code_wrong");
    for odd in [json!({}), json!("x"), json!({ "id": 1 }), json!({ "response": { "clientDataJSON": "e30" } })] {
        assert_eq!(show(&mut other, &odd).status, 401, "{odd}");
    }
    other.get("/orders").expect_challenge();
}

#[test]
fn a_copied_key_and_a_strange_key_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut plan = passkey_plan();
    plan.limits = "attempts = { max = 100 }\n".to_owned() + &plan.limits;
    let world = World::of(&plan);
    let token = Token::new(dir.path(), "one", &world);
    let mut alice = world.verified("alice");
    add_key(&mut alice, &token, "blue key");
    let mut other = signed_in(&world, "alice");
    let options = ask_key(&mut other);
    show(&mut other, &token.answer("get", &options, &[("COUNTER", "41")])).expect(200);
    // The copy has signed less often.
    let mut third = signed_in(&world, "alice");
    let options = ask_key(&mut third);
    show(&mut third, &token.answer("get", &options, &[("COUNTER", "20")])).expect_problem(401, "key_cloned");
    assert!(world.log().contains("there may be a copy of it"), "{}", world.log());
    // Bob's key, with the challenge for Alice.
    let strange = Token::new(dir.path(), "two", &world);
    let mut bob = world.verified("bob");
    add_key(&mut bob, &strange, "bob's");
    let options = ask_key(&mut third);
    show(&mut third, &strange.answer("get", &options, &[])).expect_problem(401, "code_wrong");
    third.get("/orders").expect_challenge();
    let options = ask_key(&mut third);
    show(&mut third, &token.answer("get", &options, &[("COUNTER", "60")])).expect(200);
}

#[test]
fn a_user_has_several_keys_and_removes_one_with_another() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::of(&passkey_plan());
    let (one, two) = (Token::new(dir.path(), "one", &world), Token::new(dir.path(), "two", &world));
    let mut alice = world.verified("alice");
    add_key(&mut alice, &one, "blue key");
    let again = begin_key(&mut alice);
    assert_eq!(again["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1, "{again}");
    add_key(&mut alice, &two, "green key");
    let page = alice.get("/.mfa/settings").expect(200).text();
    assert!(page.contains("blue key") && page.contains("Remove green key"), "{page}");
    let list = |alice: &mut Browser| {
        let methods = alice.send(&Ask::script("GET", "/.mfa/api/v1/methods")).expect(200).json();
        methods.as_array().unwrap().iter().find(|m| m["name"] == "passkey").map(|m| m["keys"].clone())
    };
    let keys = list(&mut alice).unwrap();
    let id = keys.as_array().unwrap().iter().find(|k| k["name"] == "blue key").unwrap()["id"].clone();
    // A code by e-mail is weaker than a key: it takes none away.
    let remove = "/.mfa/api/v1/methods/passkey/deactivate";
    let code = world.code(&mut alice, "alice");
    alice.call(remove, json!({ "key": id, "method": "email", "code": code })).expect_problem(403, "method_not_allowed");
    let options = ask_key(&mut alice);
    alice.call(remove, json!({ "key": id, "credential": two.answer("get", &options, &[]) })).expect(200);
    assert_eq!(list(&mut alice).unwrap().as_array().unwrap().len(), 1);
    let mut other = signed_in(&world, "alice");
    let options = ask_key(&mut other);
    assert_eq!(options["publicKey"]["allowCredentials"].as_array().unwrap().len(), 1);
    show(&mut other, &one.answer("get", &options, &[])).expect_problem(401, "code_wrong");
    let options = ask_key(&mut other);
    show(&mut other, &two.answer("get", &options, &[])).expect(200);
}

#[test]
fn a_policy_of_verified_users_refuses_a_bare_touch() {
    let dir = tempfile::tempdir().unwrap();
    let mut plan = passkey_plan();
    plan.methods.push_str("user_verification = \"required\"\n");
    let world = World::of(&plan);
    let token = Token::new(dir.path(), "one", &world);
    let mut alice = world.verified("alice");
    let options = begin_key(&mut alice);
    assert_eq!(options["publicKey"]["authenticatorSelection"]["userVerification"], "required");
    let confirm = "/.mfa/api/v1/methods/passkey/activate/confirm";
    let made = token.answer("create", &options, &[]);
    alice.call(confirm, json!({ "credential": made })).expect_problem(401, "code_wrong");
}
