//! The command line: check, user, audit, demo, and mistakes in gate.toml.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Browser, raw};
use crate::methods::enrol_app;
use crate::world::{GATE, World, code_in};

#[test]
fn six_mistakes_give_six_messages_with_line_numbers_and_status_2() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("gate.toml");
    let text = "[server]\nlisten = \"nowhere\"\npublic_url = \"https://wiki.example.com\"\n[smtp]\nfrom = \"no mailbox\"\n\
                [[apps]]\nname = \"wiki\"\nupstream = \"ftp://x\"\nsession_cookie = [\"sid\"]\nlogin_paths = [\"/login\"]\n\
                [apps.identity]\nsource = \"login_form\"\n[[apps.rules]]\npath = \"/admin/**\"\nmax_age = \"soon\"\n\
                [methods.email]\nhandler = \"pigeon\"\n";
    std::fs::write(&path, text).unwrap();
    for command in ["run", "check"] {
        let done = Command::new(GATE).args([command, "--config"]).arg(&path).output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{told}");
        for line in [2, 5, 8, 9, 15, 17] {
            assert!(told.contains(&format!("gate.toml:{line}:")), "line {line}: {told}");
        }
    }
    let missing = Command::new(GATE).args(["check", "--config", "no-such.toml"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2), "{}", String::from_utf8_lossy(&missing.stderr));
}

#[test]
fn the_default_configuration_has_no_mistake() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let done = Command::new(GATE).args(["check", "--offline", "--config"]).arg(root.join("gate.toml")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // What is commented out is right as well.
    let text = std::fs::read_to_string(root.join("gate.toml")).unwrap();
    let uncomment = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with('[') || rest.split_once(" = ").is_some_and(|(k, _)| !k.contains(' ')) => rest.to_owned(),
        _ => line.to_owned(),
    };
    let text: String = text.lines().map(|l| uncomment(l) + "\n").collect();
    // What only its owner can know.
    let text = text
        .replace("AC…", &format!("AC{}", "a".repeat(32)))
        .replace("http://127.0.0.1:8080", "https://wiki.example.com")
        .replace("\"http://127.0.0.1:8000\"", "\"https://10.0.0.5\"")
        .replace("/usr/local/bin/send-fax", "/bin/true");
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("templates/email")).unwrap();
    for name in ["templates/email/code.txt", "templates/email/code.html", "users.toml"] {
        let _ = std::fs::copy(root.join(name), dir.path().join(name));
    }
    let made = crate::bridge::certificate(dir.path(), "cert", "DNS:wiki.example.com");
    for (from, to) in [(&made.key, "key.pem"), (&made.authority, "app-ca.pem")] {
        std::fs::copy(from, dir.path().join(to)).unwrap();
    }
    std::fs::write(dir.path().join("users.toml"), "[users.alice]\nemail = \"alice@example.com\"\n").unwrap();
    std::fs::write(dir.path().join("logo.png"), include_bytes!("../pages/logo.png")).unwrap();
    std::fs::write(dir.path().join("own.css"), "body { color: black }").unwrap();
    std::fs::write(dir.path().join("gate.toml"), text).unwrap();
    let done = Command::new(GATE)
        .args(["check", "--offline", "--config"])
        .arg(dir.path().join("gate.toml"))
        .envs(
            ["SMTP_PASSWORD", "TWILIO_AUTH_TOKEN", "SMSAPI_ACCESS_TOKEN", "AWS_SECRET_ACCESS_KEY", "PAGER_SECRET"]
                .map(|n| (n, "x")),
        )
        .env("YUBICLOUD_SECRET_KEY", "Z2F0ZS1zb2Z0LXl1Ymkta2V5MjA=")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn check_tries_what_is_configured() {
    let mut world = World::new();
    let (status, told) = world.command(&["check"]);
    assert_eq!(status, 0, "{told}");
    assert!(told.contains("ok    store") && told.contains("ok    method email") && told.contains("ok    app wiki"), "{told}");
    world.kill();
    let text = std::fs::read_to_string(world.config()).unwrap();
    let text = text.replace(&format!("http://{}", world.app.address), &format!("http://127.0.0.1:{}", crate::world::free_port()));
    std::fs::write(world.config(), text).unwrap();
    let (status, told) = world.command(&["check"]);
    assert!(status == 1 && told.contains("FAIL  app wiki"), "{status} {told}");
    let (status, told) = world.command(&["check", "--offline"]);
    assert_eq!(status, 0, "{told}");
}

#[test]
fn the_helpdesk_lists_shows_and_resets_a_user_of_a_running_gate() {
    let world = World::new();
    let mut alice = world.verified("alice");
    enrol_app(&mut alice);
    let (_, list) = world.command(&["user", "list"]);
    assert!(list.contains("alice"), "{list}");
    let (_, shown) = world.command(&["user", "show", "alice", "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["enrolments"][0]["method"], "app");
    assert_eq!(shown["backup_codes_left"], 8);
    let (status, told) = world.command(&["user", "reset", "alice"]);
    assert_eq!(status, 0, "{told}");
    // The running gate heeds it within two seconds.
    std::thread::sleep(Duration::from_millis(2000));
    alice.get("/orders").expect_challenge();
    let (_, shown) = world.command(&["user", "show", "alice", "--json"]);
    assert!(shown.contains("\"enrolments\":[]"), "{shown}");
    let (_, audit) = world.command(&["audit", "--user", "alice", "--since", "1h"]);
    for event in ["signed_in", "challenged", "sent", "passed", "enrolled", "backup_codes_made", "reset"] {
        assert!(audit.contains(event), "{event} in {audit}");
    }
    let (status, told) = world.command(&["user", "show", "nobody"]);
    assert!(status == 1 && told.contains("has not seen"), "{told}");
}

#[test]
fn secrets_stand_in_no_log_and_in_no_file_in_plain() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let (secret, codes) = enrol_app(&mut alice);
    world.verify(&mut alice, "alice");
    let code = code_in(world.mails_to("alice")[0].text.as_deref().unwrap());
    let log = world.log();
    let mut files = Vec::new();
    for name in ["gate.db", "gate.db-wal"] {
        files.extend(std::fs::read(world.dir.path().join(name)).unwrap_or_default());
    }
    let raw_secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let has = |needle: &[u8]| files.windows(needle.len()).any(|w| w == needle);
    for secret in [&secret, &codes[0], &codes[0].replace('-', ""), &alice.jar["mfa"], &alice.jar["sid"]] {
        assert!(!log.contains(secret.as_str()) && !has(secret.as_bytes()), "{secret}");
    }
    assert!(!has(&raw_secret));
    assert!(!log.contains("wonderland") && !has(b"wonderland"));
    assert!(!log.contains(&code), "{log}");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(world.dir.path().join("gate.key")).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_demo_is_one_command() {
    let started = Instant::now();
    let mut child = Command::new(GATE)
        .args(["demo", "--listen", "127.0.0.1:0", "--mail-listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    while said.len() < 4 {
        said.push(lines.next().unwrap().unwrap());
    }
    let started = started.elapsed();
    let find = |what: &str| said.iter().find(|l| l.starts_with(what)).unwrap_or_else(|| panic!("{what} in {said:?}")).clone();
    let address = |line: String| line.split("http://").nth(1).unwrap().trim_end_matches('/').parse().unwrap();
    let (app, mailbox, admin) = (address(find("app URL")), address(find("mailbox URL")), address(find("admin URL")));
    let login = find("login ");
    let (user, password) = login.trim_start_matches("login ").split_once(" / ").unwrap();
    assert!(raw(admin, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap().status == 200);
    let mut browser = Browser::new(app);
    browser.get("/login").expect(200);
    browser.post("/login", &[("username", user), ("password", password)]).expect_challenge();
    browser.get("/.mfa/challenge").expect(200);
    let until = Instant::now() + Duration::from_secs(10);
    let mail = loop {
        let list = Browser::new(mailbox).get("/messages.json").expect(200).json();
        if let Some(mail) = list.as_array().unwrap().first() {
            break mail.clone();
        }
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(10));
    };
    let code = code_in(mail["text"].as_str().unwrap());
    assert!(mail["html"].as_str().unwrap().contains(&code) && mail["subject"].is_string());
    browser.submit("/.mfa/challenge", "/.mfa/challenge", &[("code", &code)]).expect(303);
    assert!(browser.get("/").expect(200).text().contains(user));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(started < Duration::from_secs(5), "{started:?}");
}
