//! Enrolment, the authenticator app against an independent generator, backup codes, the settings page.

use std::process::Command;
use std::time::Duration;

use mfa_gate::clock::Clock;
use serde_json::json;

use crate::client::{Ask, Browser};
use crate::world::{Plan, World};

/// `oathtool` makes the codes, so that the gate isn't compared with itself.
pub fn oathtool(secret: &str, skew: i64) -> String {
    let now = Clock::system().now().seconds() + skew;
    let done = Command::new("oathtool").args(["--totp", "-b", "--now", &format!("@{now}"), secret]).output();
    let done = done.expect("oathtool is installed (tests/setup.sh)");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// Waits until a time step has just begun, so that a test doesn't straddle two.
pub fn wait_for_step() {
    let now = Clock::system().now().seconds().rem_euclid(30);
    if now > 20 {
        std::thread::sleep(Duration::from_secs(u64::try_from(30 - now).unwrap()));
    }
}

/// Enrols an authenticator app; secret and backup codes come back.
pub fn enrol_app(browser: &mut Browser) -> (String, Vec<String>) {
    wait_for_step();
    let begun = browser.call("/.mfa/api/v1/methods/app/activate", json!({})).expect(200).json();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let confirm = json!({ "code": oathtool(&secret, -30) });
    let done = browser.call("/.mfa/api/v1/methods/app/activate/confirm", confirm).expect(200).json();
    let codes = done["backup_codes"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    (secret, codes)
}

fn verify(browser: &mut Browser, method: &str, code: &str) -> crate::client::Answer {
    browser.call("/.mfa/api/v1/verify", json!({ "method": method, "code": code }))
}

#[test]
fn an_authenticator_app_is_enrolled_and_each_step_is_accepted_once() {
    let world = World::new();
    let mut alice = world.verified("alice");
    wait_for_step();
    let begun = alice.call("/.mfa/api/v1/methods/app/activate", json!({})).expect(200).json();
    let uri = begun["otpauth_uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/Test%20Wiki:alice?") && uri.contains("issuer=Test%20Wiki"), "{uri}");
    assert!(begun["qr_svg"].as_str().unwrap().starts_with("<svg"), "{begun}");
    let secret = begun["secret"].as_str().unwrap();
    // Begun is not enrolled: it is no factor yet.
    let mut other = world.browser();
    world.log_in(&mut other, "alice");
    assert_eq!(verify(&mut other, "app", &oathtool(secret, 0)).status, 404);
    let wrong = json!({ "code": "000000" });
    alice.call("/.mfa/api/v1/methods/app/activate/confirm", wrong).expect_problem(401, "code_wrong");
    let confirm = json!({ "code": oathtool(secret, -30) });
    let done = alice.call("/.mfa/api/v1/methods/app/activate/confirm", confirm).expect(200).json();
    assert_eq!(done["backup_codes"].as_array().unwrap().len(), 8);
    // The step that confirmed it is spent; this one works once; one step ahead is within the skew, two aren't.
    verify(&mut other, "app", &oathtool(secret, -30)).expect_problem(409, "code_used");
    let code = oathtool(secret, 0);
    verify(&mut other.clone(), "app", &code).expect(200);
    let mut third = world.browser();
    world.log_in(&mut third, "alice");
    verify(&mut third, "app", &code).expect_problem(409, "code_used");
    verify(&mut third, "app", &oathtool(secret, 60)).expect_problem(401, "code_wrong");
    verify(&mut third, "app", &oathtool(secret, 30)).expect(200);
    third.get("/orders").expect_page_of("alice");
    assert_eq!(world.app.last("/orders").header("x-mfa-method"), Some("app"));
}

#[test]
fn a_stolen_password_enrols_no_app() {
    let world = World::new();
    let mut alice = world.verified("alice");
    enrol_app(&mut alice);
    let mut mallory = world.browser();
    world.log_in(&mut mallory, "alice");
    mallory.call("/.mfa/api/v1/methods/app/activate", json!({})).expect_problem(403, "verify_first");
    // Not even where nothing is enrolled yet and the directory has no address: the first enrolment is guarded.
    let methods = "[methods.app]\nhandler = \"app\"\n".into();
    let world = World::of(&Plan { methods, ..Plan::default() }.without_confirm());
    let mut mallory = world.browser();
    world.log_in(&mut mallory, "alice");
    mallory.call("/.mfa/api/v1/methods/app/activate", json!({})).expect_problem(403, "enrolment_needs_invite");
    let page = mallory.get("/.mfa/challenge");
    assert_eq!(page.status, 403);
    assert!(page.text().contains("administrator"), "{}", page.text());
}

#[test]
fn a_first_enrolment_from_a_network_of_the_office_verifies() {
    let methods = "[methods.app]\nhandler = \"app\"\n".into();
    let plan = Plan { methods, ..Plan::default() }.without_confirm();
    let world = World::of(&Plan { enrolment: "enrol_networks = [\"127.0.0.0/8\"]\n".into(), ..plan });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    let page = alice.get("/.mfa/challenge").expect(303);
    assert!(page.location().starts_with("/.mfa/enrol"), "{}", page.location());
    let page = alice.submit(page.location(), "/.mfa/enrol/app", &[]).expect(200).text();
    let secret = page.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let form_token = page.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // A slip doesn't cost the secret: the page comes back and takes the right code.
    let slip = alice.post("/.mfa/enrol/app/confirm", &[("form_token", &form_token), ("code", "000000")]).expect(401);
    assert!(slip.text().contains("action=\"/.mfa/enrol/app/confirm\""), "{}", slip.text());
    let code = oathtool(&secret, 0);
    let done = alice.post("/.mfa/enrol/app/confirm", &[("form_token", &form_token), ("code", &code)]).expect(200).text();
    assert_eq!(done.matches("<li><code>").count(), 8, "{done}");
    assert!(done.contains("href=\"/welcome?from=login\""), "{done}");
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn backup_codes_work_once_each_and_the_old_ones_die() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let (_, codes) = enrol_app(&mut alice);
    assert!(codes.iter().all(|c| c.replace('-', "").len() == 12), "{codes:?}");
    let mut lost = world.browser();
    world.log_in(&mut lost, "alice");
    let told = verify(&mut lost, "backup", &codes[0]).expect(200).json();
    assert_eq!(told["backup_codes_left"], 7);
    let told = world.notices_to("alice", 2);
    assert_eq!(
        told,
        ["Test Wiki: A second factor was added: Authenticator app", "Test Wiki: A backup code was used, 7 are left"]
    );
    lost.get("/orders").expect_page_of("alice");
    let mut again = world.browser();
    world.log_in(&mut again, "alice");
    let told = verify(&mut again, "backup", &codes[0]);
    assert!(matches!(told.status, 401 | 409), "{told:?}");
    verify(&mut again, "backup", &codes[1].to_uppercase().replace('-', " ")).expect(200);
    let new = alice.call("/.mfa/api/v1/backup-codes/regenerate", json!({})).expect(200).json();
    assert_eq!(new["backup_codes"].as_array().unwrap().len(), 8);
    let mut third = world.browser();
    world.log_in(&mut third, "alice");
    assert_eq!(verify(&mut third, "backup", &codes[2]).status, 401);
    verify(&mut third, "backup", new["backup_codes"][0].as_str().unwrap()).expect(200);
}

#[test]
fn the_primary_method_is_changed_and_removed() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let (secret, _) = enrol_app(&mut alice);
    alice.call("/.mfa/api/v1/methods/primary", json!({ "method": "app" })).expect(200);
    let methods = alice.send(&Ask::script("GET", "/.mfa/api/v1/methods")).expect(200).json();
    let primary = methods.as_array().unwrap().iter().find(|m| m["is_primary"] == true).unwrap();
    assert_eq!(primary["name"], "app");
    let mut other = world.browser();
    world.log_in(&mut other, "alice");
    let mails = world.mails_to("alice").len();
    let page = other.get("/.mfa/challenge").expect(200).text();
    assert!(page.contains("authenticator app") && page.contains("method=email"), "{page}");
    assert_eq!(world.mails_to("alice").len(), mails, "an app's challenge sends nothing");
    alice.call("/.mfa/api/v1/methods/email/deactivate", json!({})).expect_problem(403, "from_directory");
    // A fresh session isn't enough, nor is a code of a weaker method.
    let remove = "/.mfa/api/v1/methods/app/deactivate";
    alice.call(remove, json!({})).expect_problem(403, "code_required");
    let weaker = world.code(&mut alice, "alice");
    alice.call(remove, json!({ "method": "email", "code": weaker })).expect_problem(403, "method_not_allowed");
    alice.call(remove, json!({ "code": "000000" })).expect_problem(401, "code_wrong");
    alice.call(remove, json!({ "code": oathtool(&secret, 0) })).expect(200);
    alice.call(remove, json!({ "code": oathtool(&secret, 0) })).expect_problem(404, "unknown_method");
}

#[test]
fn adding_a_method_wants_the_method_that_confirms() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let (secret, _) = enrol_app(&mut alice);
    // Verified by the app, one may use the app, but not add a method.
    let mut other = world.browser();
    world.log_in(&mut other, "alice");
    verify(&mut other, "app", &oathtool(&secret, 30)).expect(200);
    other.get("/orders").expect_page_of("alice");
    assert_eq!(other.get("/.mfa/enrol").expect(303).location(), "/.mfa/challenge?next=%2F.mfa%2Fenrol");
    let before = world.mails_to("alice").len();
    let page = other.submit("/.mfa/challenge?next=/.mfa/enrol&method=email", "/.mfa/challenge/send", &[]).expect(303);
    let code = world.read_code("alice", before);
    let back = other.submit(page.location(), "/.mfa/challenge", &[("code", &code)]).expect(303);
    assert_eq!(back.location(), "/.mfa/enrol");
    other.get("/.mfa/enrol").expect(200);
}

#[test]
fn the_settings_page_adds_and_removes_a_method() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let page = alice.get("/.mfa/settings").expect(200).text();
    assert!(page.contains("a***@e***.com") && page.contains("passed"), "{page}");
    let page = alice.submit("/.mfa/enrol", "/.mfa/enrol/app", &[]).expect(200).text();
    assert!(page.contains("<svg"));
    let secret = page.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let form_token = page.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("form_token", form_token.as_str()), ("code", &oathtool(&secret, 0))];
    let done = alice.post("/.mfa/enrol/app/confirm", &fields).expect(200).text();
    assert!(done.contains("backup codes"), "{done}");
    alice.submit("/.mfa/settings", "/.mfa/settings/primary", &[]).expect(303);
    alice.submit("/.mfa/settings", "/.mfa/settings/backup-codes", &[]).expect(200);
    let asks = "/.mfa/settings/remove?method=app";
    alice.submit(asks, "/.mfa/settings/remove", &[("code", "000000")]).expect(401);
    let used = alice.submit(asks, "/.mfa/settings/remove", &[("code", &oathtool(&secret, 0))]).expect(409).text();
    assert!(used.contains("was used before") && used.contains("Remove Authenticator app"), "{used}");
    let left = alice.submit(asks, "/.mfa/settings/remove", &[("code", &oathtool(&secret, 30))]).expect(303);
    assert_eq!(left.location(), "/.mfa/settings");
}

#[test]
fn a_remembered_device_is_not_asked_again_and_can_be_forgotten() {
    let world = World::of(&Plan { more: "[session]\nremember_device = \"30d\"\n".into(), ..Plan::default() });
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice");
    let code = world.code(&mut alice, "alice");
    let told = alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code, "remember": true })).expect(200);
    assert!(told.all("set-cookie").iter().any(|c| c.starts_with("mfa-device=") && c.contains("Max-Age=2592000")), "{told:?}");
    let device = alice.jar["mfa-device"].clone();
    alice.get("/logout");
    assert_eq!(alice.jar.keys().collect::<Vec<_>>(), ["mfa-device"], "{:?}", alice.jar);
    let told = world.log_in(&mut alice, "alice").expect_challenge();
    assert_eq!(alice.get(told.location()).expect(303).location(), "/welcome?from=login");
    alice.get("/orders").expect_page_of("alice");
    assert_eq!(world.app.last("/orders").header("x-mfa-method"), Some("device"));
    assert_ne!(alice.jar["mfa-device"], device, "the token is changed at each use");
    // It is this user's, and the old token is worth nothing.
    let mut bob = world.browser();
    bob.jar.insert("mfa-device".into(), alice.jar["mfa-device"].clone());
    let told = world.log_in(&mut bob, "bob").expect_challenge();
    bob.get(told.location()).expect(200);
    let mut thief = world.browser();
    thief.jar.insert("mfa-device".into(), device);
    let told = world.log_in(&mut thief, "alice").expect_challenge();
    thief.get(told.location()).expect(200);
    // A device is a memory, not a factor: it changes no methods.
    alice.call("/.mfa/api/v1/methods/app/activate", json!({})).expect_problem(403, "verify_first");
}

#[test]
fn secrets_are_as_long_as_configured_and_name_their_issuer() {
    let mut plan = Plan::default();
    plan.methods = plan.methods.replace("handler = \"app\"", "handler = \"app\"\nsecret_length = 64\nissuer = \"Payroll & Co\"");
    let world = World::of(&plan);
    let mut alice = world.verified("alice");
    let begun = alice.call("/.mfa/api/v1/methods/app/activate", json!({})).expect(200).json();
    assert_eq!(begun["secret"].as_str().unwrap().len(), 64);
    let uri = begun["otpauth_uri"].as_str().unwrap();
    assert!(uri.contains("otpauth://totp/Payroll%20%26%20Co:alice?") && uri.contains("issuer=Payroll%20%26%20Co"), "{uri}");
    wait_for_step();
    let code = oathtool(begun["secret"].as_str().unwrap(), 0);
    alice.call("/.mfa/api/v1/methods/app/activate/confirm", json!({ "code": code })).expect(200);
}

#[test]
fn backup_codes_are_made_as_configured() {
    let backup = "[backup_codes]\nquantity = 3\nlength = 16\ncharacters = \"ABCDEFGHIJ0123456789\"\nconfirm_regeneration_with_code = true\n";
    let world = World::of(&Plan { more: backup.into(), ..Plan::default() });
    let mut alice = world.verified("alice");
    let (secret, codes) = enrol_app(&mut alice);
    assert_eq!(codes.len(), 3);
    let plain = |code: &str| code.replace('-', "");
    assert!(
        codes.iter().all(|c| plain(c).len() == 16 && plain(c).bytes().all(|b| b"ABCDEFGHIJ0123456789".contains(&b))),
        "{codes:?}"
    );
    let mut lost = world.browser();
    world.log_in(&mut lost, "alice");
    verify(&mut lost, "backup", &codes[0].to_lowercase()).expect(200);
    // However fresh the session: new ones want a code, and this one is of a backup code no more than of a stranger.
    let regenerate = "/.mfa/api/v1/backup-codes/regenerate";
    alice.call(regenerate, json!({})).expect_problem(403, "code_required");
    alice.call(regenerate, json!({ "method": "backup", "code": codes[1] })).expect_problem(404, "unknown_method");
    alice.call(regenerate, json!({ "method": "app", "code": "000000" })).expect_problem(401, "code_wrong");
    let new = alice.call(regenerate, json!({ "method": "app", "code": oathtool(&secret, 0) })).expect(200).json();
    assert_eq!(new["backup_codes"].as_array().unwrap().len(), 3);
    // On the page the button leads to the same question.
    let asked = alice.submit("/.mfa/settings", "/.mfa/settings/backup-codes", &[]).expect(303);
    assert_eq!(asked.location(), "/.mfa/settings/backup-codes");
    let before = world.mails_to("alice").len();
    let page = alice.submit("/.mfa/settings/backup-codes?by=email", "/.mfa/settings/send", &[]).expect(200).text();
    assert!(page.contains("We sent a code"), "{page}");
    let code = world.read_code("alice", before);
    let asks = "/.mfa/settings/backup-codes?by=email";
    let done = alice.submit(asks, "/.mfa/settings/backup-codes", &[("code", &code)]).expect(200).text();
    assert!(done.contains("shown only now"), "{done}");
}

#[test]
fn new_backup_codes_can_be_forbidden() {
    let world = World::of(&Plan { more: "[backup_codes]\nallow_regeneration = false\n".into(), ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.call("/.mfa/api/v1/backup-codes/regenerate", json!({})).expect_problem(403, "regeneration_off");
}

impl Plan {
    /// For plans without an e-mail method.
    pub fn without_confirm(self) -> Self {
        Self { confirm: String::new(), ..self }
    }
}
