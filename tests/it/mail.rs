//! Codes by e-mail through a relay with STARTTLS and AUTH: taken, refused, late, not trusted; and codes of other shapes.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::messages::{plan, refused, request, signed_in, verify};
use crate::world::{Plan, World, free_port, python};

#[test]
fn codes_may_be_longer_and_of_letters() {
    let mut plan = Plan::default();
    plan.methods = plan.methods.replace(
        "handler = \"email\"\n",
        "handler = \"email\"\ncode_length = 9\ncode_alphabet = \"ABCDEFGHJKLMNPQRSTUVWXYZ23456789\"\nemail_subject = \"{{ code }} for {{ brand }}\"\n",
    );
    let world = World::of(&plan);
    let mut alice = signed_in(&world);
    let page = alice.get("/.mfa/challenge?next=/orders").expect(200).text();
    assert!(!page.contains("inputmode=\"numeric\"") && page.contains("autocomplete=\"one-time-code\""), "{page}");
    let until = Instant::now() + Duration::from_secs(10);
    let mail = loop {
        assert!(Instant::now() < until, "no mail came");
        match world.mails_to("alice").pop() {
            Some(mail) => break mail,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    let code = mail.subject.split(' ').next().unwrap();
    assert_eq!(code.len(), 9, "{}", mail.subject);
    assert!(mail.text.unwrap().contains(code));
    // As people type it.
    verify(&mut alice, "email", &format!(" {}-{}", code[..4].to_lowercase(), &code[4..]));
}

/// The lines of `[smtp]` for the relay of tests/servers.
fn relay(port: u16, dir: &Path, password: &str) -> String {
    let ca = dir.join("ca.pem");
    format!(
        "host = \"127.0.0.1\"\nport = {port}\ntls = \"starttls\"\nca_file = \"{}\"\nusername = \"gate\"\npassword = \"{password}\"",
        ca.display()
    )
}

fn by_mail(smtp: String, to: &[(&str, &str)]) -> World {
    let mut plan = plan("email", "", to);
    plan.methods = plan.methods.replace("timeout = \"2s\"\n", "");
    plan.relay = Some(smtp);
    World::of(&plan)
}

#[test]
fn each_trouble_of_a_relay_is_told_and_a_mail_that_is_taken_says_it_is_automatic() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _relay = python("relay.py", dir.path(), port);
    let to = [
        ("fine", "fine@example.com"),
        ("gone", "gone@example.com"),
        ("later", "later@example.com"),
        ("full", "full@example.com"),
        ("slow", "slow@example.com"),
        ("odd", "no address at all"),
    ];
    let world = by_mail(relay(port, dir.path(), "relay-password"), &to);
    let cases = [
        ("gone", "Ask your administrator to correct it", "no such mailbox"),
        ("later", "Try again in a moment", "try again later"),
        ("full", "Ask your administrator", "mailbox full"),
        ("slow", "It isn't certain", "no answer in time"),
        ("odd", "on file for you", "no e-mail address"),
    ];
    refused(&world, &cases, &["relay-password"]);
    let mut alice = signed_in(&world);
    request(&mut alice, "fine").expect(200);
    let mails = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path());
    let mail = mails
        .filter(|path| path.extension().is_some_and(|x| x == "eml"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .find(|mail| mail.contains("fine@example.com"))
        .unwrap();
    assert!(mail.contains("Auto-Submitted: auto-generated") && mail.contains("multipart/alternative"), "{mail}");
    let id = mail.lines().find(|l| l.starts_with("Message-ID:")).unwrap();
    assert!(id.trim_end().ends_with("@example.com>"), "{id}");
    let code = mail.split(" is your verification code").next().unwrap();
    verify(&mut alice, "fine", &code[code.len() - 6..]);
}

#[test]
fn a_relay_with_another_password_certificate_or_without_tls_gets_no_mail() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _relay = python("relay.py", dir.path(), port);
    let to = [("mail", "fine@example.com")];
    let told = [("mail", "Try again in a moment", "535")];
    refused(&by_mail(relay(port, dir.path(), "wrong-password"), &to), &told, &["wrong-password"]);
    let strange =
        relay(port, dir.path(), "relay-password").lines().filter(|l| !l.contains("ca_file")).collect::<Vec<_>>().join("\n");
    refused(&by_mail(strange, &to), &[("mail", "Try again in a moment", "ertificate")], &["relay-password"]);
    // A server without STARTTLS: nothing is said to it in plain text.
    let plain = World::new();
    let text = std::fs::read_to_string(plain.config()).unwrap();
    let plain_port: u16 = text.split("port = ").nth(1).unwrap().split('\n').next().unwrap().parse().unwrap();
    let world = by_mail(relay(plain_port, dir.path(), "relay-password"), &to);
    refused(&world, &[("mail", "Try again in a moment", "STARTTLS")], &["relay-password"]);
    assert!(plain.mails.all().is_empty());
}
