//! gate.toml is read whole, and every mistake in it is told at once.

use std::path::Path;

use super::*;

const GOOD: &str = r#"
[server]
public_url = "https://wiki.example.com"
[smtp]
from = "Wiki <no-reply@example.com>"
[[apps]]
name = "wiki"
upstream = "http://127.0.0.1:8000"
session_cookies = ["sessionid", "remember_*"]
login_paths = ["/accounts/login/", { path = "/doku.php", method = "post", field = { do = "login" } }]
[apps.identity]
source = "login_form"
[[apps.rules]]
path = ["/static/**", "/favicon.ico"]
action = "anonymous"
[[apps.rules]]
path = "/admin/**"
max_age = "10m"
methods = ["app"]
[methods.email]
handler = "email"
validity_period = 600
[methods.app]
handler = "app"
uses_third_party_client = true
"#;

fn read(text: &str) -> Result<settings::Settings, ConfigErrors> {
    parse(text, "gate.toml", Path::new("."), &[email()])
}

fn email() -> handlers::MessageHandler {
    handlers::MessageHandler { name: "email".into(), keys: None, source_field: Some("email"), check: |_| Vec::new() }
}

#[test]
fn a_good_file_is_read_whole() {
    let settings = read(GOOD).unwrap();
    assert_eq!(settings.methods.len(), 2);
    assert_eq!(settings.methods[0].name.as_str(), "email");
    let app = &settings.apps[0];
    assert_eq!(app.login_paths[1].method.as_deref(), Some("POST"));
    assert!(app.rules[0].path.matches("/static/a/b") && app.rules[0].path.matches("/favicon.ico"));
    assert!(!app.rules[0].path.matches("/x/static/a") && !app.rules[0].path.matches("/static"));
    assert!(app.session_cookies.matches("remember_web") && !app.session_cookies.matches("xsessionid"));
}

#[test]
fn six_mistakes_give_six_messages_with_their_lines() {
    let text = GOOD
        .replace("https://wiki", "http://wiki")
        .replace("upstream = \"http://127.0.0.1:8000\"", "upstram = 8")
        .replace("\"10m\"", "\"10 parsecs\"")
        .replace("methods = [\"app\"]", "methods = [\"yubi\"]")
        .replace("source = \"login_form\"", "source = \"oracle\"");
    let errors = read(&text).unwrap_err();
    let text = errors.to_string();
    assert_eq!(errors.problems.len(), 6, "{text}");
    for part in [
        "gate.toml:3:",
        "did you mean `upstream`",
        "\"oracle\"; write \"login_form\"",
        "10 parsecs",
        "no method \"yubi\"",
        "dangerously_accept_http",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn what_would_open_the_gate_is_refused() {
    for (from, to) in [
        ("action = \"anonymous\"", "action = \"trust\""),
        (
            "public_url = \"https://wiki.example.com\"",
            "public_url = \"https://wiki.example.com\"\ntrusted_proxies = [\"0.0.0.0/0\"]",
        ),
        ("session_cookies = [\"sessionid\", \"remember_*\"]", "session_cookies = [\"a\"]\nharmless_cookies = [\"a\"]"),
        ("[smtp]", "[smtp]\nhost = \"mail.example.com\"\nusername = \"u\"\npassword = \"p\""),
        ("handler = \"app\"", "handler = \"yubikey\""),
        ("source = \"login_form\"", "source = \"probe\"\npath = \"/\"\nuser = \"json:/a\"\nonly_user = \"\""),
        ("[methods.app]", "[methods.backup]"),
        ("[smtp]", "[enrolment]\nfirst_enrolment = \"open\"\n[smtp]"),
    ] {
        assert!(read(&GOOD.replace(from, to)).is_err(), "{to}");
    }
}

#[test]
fn who_only_typed_a_name_may_not_enrol_first() {
    let open = "source = \"basic\"\n[enrolment]\nfirst_enrolment = \"open\"";
    let errors = read(&GOOD.replace("source = \"login_form\"", open)).unwrap_err();
    assert!(errors.to_string().contains("knows users only as they type their names"), "{errors}");
}

#[test]
fn no_toml_is_one_message() {
    assert_eq!(read("[server\n").unwrap_err().problems.len(), 1);
}
