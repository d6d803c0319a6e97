//! Codes by message, each through its provider's stand-in over real sockets: sent, refused, silent, broken, and what is said then.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Ask, Browser, raw};
use crate::world::{Ends, Identity, Plan, World, free_port, python};

/// A world in which each of these (method, address) is a method of this handler, with these keys beside it.
fn world(handler: &str, keys: &str, to: &[(&str, &str)]) -> World {
    World::of(&plan(handler, keys, to))
}

pub fn plan(handler: &str, keys: &str, to: &[(&str, &str)]) -> Plan {
    let mut plan = Plan { identity: Identity::Form, ..Plan::default() };
    for (name, address) in to {
        let table =
            format!("[methods.{name}]\nhandler = \"{handler}\"\nsource_field = \"of_{name}\"\ntimeout = \"2s\"\n{keys}\n");
        plan.methods.push_str(&table);
        plan.attributes.push_str(&format!("of_{name} = \"{address}\"\n"));
    }
    plan
}

pub fn signed_in(world: &World) -> Browser {
    let mut alice = world.browser();
    world.log_in(&mut alice, "alice").expect_challenge();
    alice
}

pub fn request(alice: &mut Browser, method: &str) -> crate::client::Answer {
    alice.call("/.mfa/api/v1/code/request", json!({ "method": method }))
}

/// Asks by each method; the sentence for the user and the one in the log must hold these words, and no secret.
pub fn refused(world: &World, cases: &[(&str, &str, &str)], secrets: &[&str]) {
    let mut alice = signed_in(world);
    for (method, user, log) in cases {
        let before = world.log().len();
        let told = request(&mut alice, method).expect_problem(502, "provider_failed");
        let details = told.json()["details"].as_str().unwrap().to_owned();
        assert!(details.contains(user), "{method}: {details}");
        assert!(told.json()["methods"].as_array().unwrap().contains(&json!("email")), "{}", told.text());
        let logged = world.log()[before..].to_owned();
        assert!(logged.contains(log), "{method}: {log} in {logged}");
        for secret in secrets.iter().chain(&["127.0.0.1", "http"]) {
            assert!(!details.contains(secret), "{details}");
        }
        for secret in secrets {
            assert!(!logged.contains(secret), "{secret} in {logged}");
        }
    }
    alice.get("/orders").expect_challenge();
}

/// What a stand-in has accepted so far.
pub fn sent(port: u16) -> Vec<Value> {
    let address = format!("127.0.0.1:{port}").parse().unwrap();
    let answer = raw(address, b"GET /_sent HTTP/1.0\r\nHost: x\r\n\r\n").unwrap();
    answer.json().as_array().unwrap().clone()
}

pub fn verify(alice: &mut Browser, method: &str, code: &str) {
    alice.call("/.mfa/api/v1/verify", json!({ "method": method, "code": code })).expect(200);
    alice.get("/orders").expect_page_of("alice");
}

fn twilio_keys(port: u16, more: &str) -> String {
    format!("base_url = \"http://127.0.0.1:{port}\"\ntwilio_account_sid = \"AC{}\"\n{more}", "a".repeat(32))
}

const TOKEN: &str = "twilio_auth_token = \"twilio-token\"\n";
const FROM: &str = "twilio_verified_from_number = \"+1 500 555 0006\"\n";

/// Prism checks each request and each accepted answer against Twilio's own specification.
fn prism(dir: &Path, upstream: u16) -> (u16, Ends) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut spec: Value = serde_json::from_slice(&std::fs::read(root.join("tests/specs/twilio-messages.json")).unwrap()).unwrap();
    let post = &mut spec["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"];
    let schema = &mut post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
    assert!(schema["properties"]["To"].is_object());
    schema["additionalProperties"] = json!(false);
    std::fs::write(dir.join("twilio.json"), spec.to_string()).unwrap();
    let port = free_port();
    let mut command = Command::new("node");
    command.arg(root.join("target/npm/node_modules/@stoplight/prism-cli/dist/index.js"));
    command.args(["proxy", "-h", "127.0.0.1", "-p", &port.to_string(), "--errors"]);
    command.arg(dir.join("twilio.json")).arg(format!("http://127.0.0.1:{upstream}"));
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("node and prism are there (tests/setup.sh)");
    let ends = Ends(child);
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "prism isn't ready");
        std::thread::sleep(Duration::from_millis(50));
    }
    (port, ends)
}

#[test]
fn twilio_gets_what_its_own_specification_allows() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let (checked, _prism) = prism(dir.path(), port);
    // By token and by key, from a number and from a service; prism refuses a field that Twilio doesn't know.
    let mut both = plan("twilio", &twilio_keys(checked, &format!("{TOKEN}{FROM}")), &[("by_token", "+1 (415) 555-2671")]);
    let key = format!("twilio_api_key = \"SK{}\"\ntwilio_api_secret = \"twilio-secret\"\n", "b".repeat(32));
    let service = format!("twilio_messaging_service_sid = \"MG{}\"\nregion = \"PL\"\n", "c".repeat(32));
    let by_key = plan("twilio", &twilio_keys(checked, &(key + &service)), &[("by_key", "500 100 200")]);
    both.methods.push_str(&by_key.methods.replace(&Plan::default().methods, ""));
    both.attributes.push_str(&by_key.attributes);
    let world = World::of(&both);
    let mut alice = signed_in(&world);
    for (n, method, to) in [(0, "by_token", "+14155552671"), (1, "by_key", "+48500100200")] {
        request(&mut alice, method).expect(200);
        let message = sent(port)[n].clone();
        assert_eq!(message["To"], to);
        assert_eq!(message["ValidityPeriod"], "600");
        let body = message["Body"].as_str().unwrap();
        let code = &body[..6];
        assert_eq!(body, format!("{code} is your Test Wiki code.\n\n@127.0.0.1 #{code}"));
        if method == "by_token" {
            assert_eq!(message["From"], "+15005550006");
        } else {
            assert!(message["MessagingServiceSid"].as_str().unwrap().starts_with("MGcc"));
            assert!(message["auth_user"].as_str().unwrap().starts_with("SKbb"));
            verify(&mut alice, method, code);
        }
    }
}

#[test]
fn each_trouble_of_twilio_is_a_sentence_for_the_user_and_one_for_the_administrator() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let to = [
        ("invalid", "+15005550001"),
        ("unreachable", "+15005550002"),
        ("country", "+15005550003"),
        ("stopped", "+15005550004"),
        ("landline", "+15005550009"),
        ("slower", "+15005550429"),
        ("html", "+15005550503"),
        ("odd", "+15005550098"),
        ("silent", "+15005550099"),
        ("unwritten", "call me"),
    ];
    let world = world("twilio", &twilio_keys(port, &format!("{TOKEN}{FROM}")), &to);
    let cases = [
        ("invalid", "Ask your administrator to correct it", "Twilio 21211: the user's number"),
        ("unreachable", "Ask your administrator", "Twilio 21612"),
        ("country", "Tell your administrator", "geo permissions"),
        ("stopped", "Answer START", "answered STOP"),
        ("landline", "correct it", "Twilio 21614"),
        ("slower", "Try again in a moment", "more slowly"),
        ("html", "Try again in a moment", "status 503"),
        ("odd", "It isn't certain", "can't be read"),
        ("silent", "It isn't certain", "no whole answer"),
        ("unwritten", "on file for you", "no phone number"),
    ];
    refused(&world, &cases, &["twilio-token", "5005550001", "5005550004"]);
    assert!(sent(port).is_empty());
}

#[test]
fn a_wrong_key_of_twilio_and_no_server_at_all_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let wrong = twilio_keys(port, &format!("twilio_auth_token = \"not-the-token\"\n{FROM}"));
    let world = world("twilio", &wrong, &[("wrong", "+14155552671")]);
    let cases = [("wrong", "Tell your administrator", "check twilio_account_sid")];
    refused(&world, &cases, &["not-the-token", "4155552671"]);
    let (code, told) = world.command(&["check"]);
    assert!(code == 0 && told.contains("method wrong: Twilio's address answers (404)"), "{told}");
    drop(world);
    let nobody = free_port();
    let keys = twilio_keys(nobody, &format!("{TOKEN}{FROM}"));
    let world = self::world("twilio", &keys, &[("down", "+14155552671")]);
    refused(&world, &[("down", "Try again in a moment", "can't be reached")], &["twilio-token", "4155552671"]);
    let (code, told) = world.command(&["check"]);
    assert!(code == 1 && told.contains("FAIL  method down"), "{told}");
}

#[test]
fn smsapi_sends_and_says_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let keys = format!(
        "base_url = \"http://127.0.0.1:{port}\"\nsmsapi_access_token = \"smsapi-token\"\nsmsapi_from_number = \"GATE\"\n"
    );
    let to = [
        ("fine", "+48 500 100 200"),
        ("invalid", "+48500100913"),
        ("sender", "+48500100914"),
        ("credit", "+48500101103"),
        ("trouble", "+48500101201"),
        ("empty", "+48500100777"),
    ];
    let world = world("sms_api", &keys, &to);
    let cases = [
        ("invalid", "correct it", "SMSAPI 13"),
        ("sender", "Tell your administrator", "check smsapi_from_number"),
        ("credit", "Tell your administrator", "no credit left"),
        ("trouble", "Try again in a moment", "SMSAPI 201"),
        ("empty", "It isn't certain", "can't be read"),
    ];
    refused(&world, &cases, &["smsapi-token", "500100913"]);
    let mut alice = signed_in(&world);
    request(&mut alice, "fine").expect(200);
    let message = sent(port)[0].clone();
    assert_eq!((message["to"].as_str(), message["from"].as_str()), (Some("48500100200"), Some("GATE")));
    let code = message["message"].as_str().unwrap()[..6].to_owned();
    assert!(message["message"].as_str().unwrap().ends_with(&format!("\n\n@127.0.0.1 #{code}")), "{message}");
    verify(&mut alice, "fine", &code);
    let wrong = keys.replace("smsapi-token", "not-the-token");
    let world = self::world("sms_api", &wrong, &[("wrong", "+48500100200")]);
    refused(&world, &[("wrong", "Tell your administrator", "check smsapi_access_token")], &["not-the-token"]);
}

#[test]
fn amazon_takes_the_signature_and_names_what_it_refuses() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _moto = python("sns.py", dir.path(), port);
    let made: Value = serde_json::from_slice(&std::fs::read(dir.path().join("aws.json")).unwrap()).unwrap();
    let made = |name: &str| made[name].as_str().unwrap().to_owned();
    let keys = |key: &str, secret: &str| {
        format!(
            "base_url = \"http://127.0.0.1:{port}\"\naws_access_key = \"{key}\"\naws_secret_key = \"{secret}\"\naws_region = \"eu-central-1\"\naws_sender_id = \"GATE\"\n"
        )
    };
    let world = world("aws_sns", &keys(&made("key"), &made("secret")), &[("fine", "+48 500 100 201")]);
    let mut alice = signed_in(&world);
    request(&mut alice, "fine").expect(200);
    let address = format!("127.0.0.1:{port}").parse().unwrap();
    let recorded = raw(address, b"GET /moto-api/recorder/download-recording HTTP/1.0\r\nHost: x\r\n\r\n").unwrap().text();
    let last: Value = serde_json::from_str(recorded.lines().rfind(|l| l.contains("\"POST\"")).unwrap()).unwrap();
    let form = data_encoding::BASE64.decode(last["body"].as_str().unwrap().as_bytes()).unwrap();
    let field = |name: &str| url::form_urlencoded::parse(&form).find(|(n, _)| n == name).unwrap().1.into_owned();
    assert_eq!(field("PhoneNumber"), "+48500100201");
    assert_eq!(field("MessageAttributes.entry.2.Value.StringValue"), "GATE");
    verify(&mut alice, "fine", &field("Message")[..6]);
    drop(world);
    for (key, secret, log) in [
        (made("key"), "wrong-secret".to_owned(), "SignatureDoesNotMatch"),
        ("AKIAUNKNOWN000000000".into(), "wrong-secret".into(), "InvalidClientTokenId"),
        (made("other_key"), made("other_secret"), "may not do sns:Publish"),
    ] {
        let world = self::world("aws_sns", &keys(&key, &secret), &[("wrong", "+48500100201")]);
        refused(&world, &[("wrong", "Tell your administrator", log)], &[&secret, "500100201"]);
    }
}

#[test]
fn a_webhook_gets_signed_json() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _hook = python("hook.py", dir.path(), port);
    let keys = format!("url = \"http://127.0.0.1:{port}/send\"\nsecret = \"hook-secret\"\n");
    let to = [("fine", "pager-7"), ("broken", "broken"), ("unknown", "unknown"), ("silent", "silent")];
    let world = world("webhook", &keys, &to);
    let cases = [
        ("broken", "Try again in a moment", "the webhook answered 500"),
        ("unknown", "Your pager isn't registered. Call 1234.", "the webhook answered 422"),
        ("silent", "It isn't certain", "no whole answer"),
    ];
    refused(&world, &cases, &["hook-secret"]);
    let mut alice = signed_in(&world);
    request(&mut alice, "fine").expect(200);
    let message = sent(port).into_iter().find(|m| m["to"] == "pager-7").unwrap();
    assert_eq!((message["user"].as_str(), message["method"].as_str()), (Some("alice"), Some("fine")));
    assert!(message["expires_at"].as_i64().unwrap() > 1_700_000_000, "{message}");
    verify(&mut alice, "fine", message["code"].as_str().unwrap());
    drop(world);
    let wrong = keys.replace("hook-secret", "another-secret");
    let world = self::world("webhook", &wrong, &[("wrong", "pager-7")]);
    refused(&world, &[("wrong", "Tell your administrator", "answered 401")], &["another-secret"]);
}

fn script(dir: &Path, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = dir.join(name);
    std::fs::write(&path, format!("#!/bin/sh\ncd {}\n{text}\n", dir.display())).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_program_gets_json_and_is_killed_with_its_children_when_it_is_late() {
    let dir = tempfile::tempdir().unwrap();
    // What it leaves behind in the background, with its pipes open, doesn't make it late.
    script(dir.path(), "fine", "cat > got.json; env > env.txt; echo \"$1\" > argument; sleep 20 &");
    script(dir.path(), "fails", "cat >&2; exit 3");
    script(dir.path(), "late", "sleep 600 & echo $! > child.pid; wait");
    let mut all = Plan { identity: Identity::Form, ..Plan::default() };
    for name in ["fine", "fails", "late"] {
        let command = format!("command = [\"{}\", \"; echo no shell\"]\n", dir.path().join(name).display());
        let one = plan("command", &command, &[(name, "fax-1")]);
        all.methods.push_str(&one.methods.replace(&Plan::default().methods, ""));
        all.attributes.push_str(&one.attributes);
    }
    let world = World::of(&all);
    let cases = [
        ("fails", "Tell your administrator", "ended with status 3"),
        ("late", "It isn't certain", "took longer than 2s and was killed"),
    ];
    refused(&world, &cases, &["BEGIN"]);
    assert!(world.log().contains("\\\"code\\\":\\\"…\\\""), "the code is taken out of a program's complaint: {}", world.log());
    let child: u32 = std::fs::read_to_string(dir.path().join("child.pid")).unwrap().trim().parse().unwrap();
    let stat = std::fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
    assert!(stat.is_empty() || stat.contains(") Z "), "{stat}");
    let mut alice = signed_in(&world);
    request(&mut alice, "fine").expect(200);
    let got: Value = serde_json::from_slice(&std::fs::read(dir.path().join("got.json")).unwrap()).unwrap();
    assert_eq!((got["to"].as_str(), got["user"].as_str()), (Some("fax-1"), Some("alice")));
    assert_eq!(std::fs::read_to_string(dir.path().join("argument")).unwrap(), "; echo no shell\n");
    let env = std::fs::read_to_string(dir.path().join("env.txt")).unwrap();
    assert!(!env.contains("MFA_GATE_LOG") && env.contains("PATH="), "{env}");
    verify(&mut alice, "fine", got["code"].as_str().unwrap());
}

#[test]
fn a_recipient_and_the_whole_gate_get_so_many_messages_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let keys = twilio_keys(port, &format!("{TOKEN}{FROM}"));
    // All users have one number: that is what a thief of many passwords would flood.
    let mut plan = plan("twilio", &keys, &[("shared", "+14155552671")]);
    plan.methods = plan.methods.replace(&Plan::default().methods, "");
    plan.confirm = String::new();
    plan.limits = "sends = { max = 3, per_day = 100, resend_after = \"0s\" }".into();
    let world = World::of(&plan);
    for (n, user) in ["alice", "bob", "carol"].iter().enumerate() {
        let mut browser = world.browser();
        world.log_in(&mut browser, user).expect_challenge();
        request(&mut browser, "shared").expect(200);
        if n == 2 {
            request(&mut browser, "shared").expect_problem(429, "too_many_sends");
        }
    }
    assert_eq!(sent(port).len(), 3);
    drop(world);
    plan.limits = "sends = { max = 100, per_day = 5, resend_after = \"0s\" }".into();
    let world = World::of(&plan);
    let mut alice = signed_in(&world);
    for _ in 0..5 {
        request(&mut alice, "shared").expect(200);
    }
    assert!(world.log().contains("four fifths of limits.sends.per_day"), "{}", world.log());
    request(&mut alice, "shared").expect_problem(429, "too_many_sends");
    let mut bob = world.browser();
    world.log_in(&mut bob, "bob").expect_challenge();
    request(&mut bob, "shared").expect_problem(429, "too_many_sends");
    assert!(world.log().contains("limits.sends.per_day is used up"), "{}", world.log());
    assert_eq!(sent(port).len(), 8);
    assert_eq!(alice.send(&Ask::script("GET", "/orders")).status, 401);
}

#[test]
fn mistakes_in_a_methods_keys_are_told_with_their_lines() {
    let world = World::of(&Plan::default());
    let good = std::fs::read_to_string(world.config()).unwrap();
    let bad = r#"
[methods.a]
handler = "twilio"
twilio_account_sid = "AC1"
twilio_auth_token = "t"
[methods.b]
handler = "sms_api"
smsapi_from_numbr = "X"
[methods.c]
handler = "webhook"
source_field = "x"
url = "http://pager.example.com/"
[methods.d]
handler = "command"
source_field = "x"
command = ["/no/such/program"]
[methods.e]
handler = "yubikey"
[methods.f]
handler = "webauthn"
[methods.g]
handler = "email"
code_alphabet = "01"
"#;
    std::fs::write(world.config(), good + bad).unwrap();
    let (code, told) = world.command(&["check", "--offline"]);
    assert_eq!(code, 2, "{told}");
    for part in [
        "methods.a.twilio_account_sid: write the account's SID",
        "methods.a.twilio_verified_from_number",
        "did you mean `smsapi_from_number`",
        "methods.b.smsapi_access_token",
        "methods.c.url: codes and keys would cross the network unencrypted",
        "methods.c.secret",
        "methods.d.command: the first entry is no program",
        "methods.e.yubicloud_client_id",
        "methods.f.handler: WebAuthn needs a host name",
        "methods.g.code_alphabet",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_dispatcher_of_ones_own_is_registered_by_name() {
    let done = Command::new("cargo")
        .args(["build", "--quiet", "--example", "custom_dispatcher", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .status();
    assert!(done.unwrap().success());
    let dir = tempfile::tempdir().unwrap();
    let mut plan = plan("carrier_pigeon", &format!("roof = \"{}\"\n", dir.path().display()), &[("pigeon", "loft-9")]);
    plan.program = Some(Path::new(crate::world::GATE).with_file_name("examples").join("custom_dispatcher"));
    let world = World::of(&plan);
    let mut alice = signed_in(&world);
    request(&mut alice, "pigeon").expect(200);
    let note = std::fs::read_to_string(dir.path().join("loft-9.txt")).unwrap();
    assert!(note.ends_with(" for alice\n"), "{note}");
    verify(&mut alice, "pigeon", &note[..6]);
    // The gate as it comes has no pigeons.
    let (code, told) = world.command(&["check", "--offline"]);
    assert!(code == 2 && told.contains("there is no handler \"carrier_pigeon\""), "{told}");
}

#[test]
fn a_provider_that_breaks_down_babbles_or_says_nothing_is_told_whichever_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let twilio = format!("twilio_account_sid = \"AC{}\"\n{TOKEN}{FROM}", "a".repeat(32));
    let sns = "aws_access_key = \"K\"\naws_secret_key = \"sns-secret\"\naws_region = \"eu-central-1\"\n";
    for (handler, keys) in
        [("twilio", twilio.as_str()), ("sms_api", "smsapi_access_token = \"smsapi-token\"\n"), ("aws_sns", sns)]
    {
        let mut all = Plan { identity: Identity::Form, ..Plan::default() };
        for name in ["broken", "garbage", "silent"] {
            let keys = format!("base_url = \"http://127.0.0.1:{port}/{name}\"\n{keys}");
            let one = plan(handler, &keys, &[(name, "+14155552671")]);
            all.methods.push_str(&one.methods.replace(&Plan::default().methods, ""));
            all.attributes.push_str(&one.attributes);
        }
        let cases = [
            ("broken", "Try again in a moment", "500"),
            ("garbage", "It isn't certain", "can't be read"),
            ("silent", "It isn't certain", "no whole answer"),
        ];
        refused(&World::of(&all), &cases, &["twilio-token", "smsapi-token", "sns-secret", "4155552671"]);
    }
    assert!(sent(port).is_empty());
}
