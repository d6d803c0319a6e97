//! Everybody is answered and written to in their language: pages, problems, e-mails, text messages; and the app never learns.

use serde_json::{Value, json};

use crate::client::{Answer, Ask, Browser, raw};
use crate::methods::enrol_app;
use crate::world::{Plan, World, free_port, python};

/// A browser whose user has chosen Polish.
fn polish(world: &World) -> Browser {
    let mut browser = world.browser();
    browser.jar.insert("mfa-language".into(), "pl".into());
    browser
}

fn nowhere(browser: &mut Browser, accepted: &str) -> Answer {
    browser.send(&Ask::page("/.mfa/nowhere").with("Accept-Language", accepted)).expect(404)
}

#[track_caller]
fn is_polish(page: &Answer) {
    assert!(page.text().contains("Nie ma takiej strony") && page.text().contains("lang=\"pl\" dir=\"ltr\""), "{}", page.text());
    assert_eq!(page.header("content-language"), Some("pl"));
}

#[track_caller]
fn is_english(page: &Answer) {
    assert!(page.text().contains("There is no such page") && page.text().contains("lang=\"en\" dir=\"ltr\""), "{}", page.text());
    assert_eq!(page.header("content-language"), Some("en"));
}

#[test]
fn a_page_is_in_the_language_that_the_browser_asks_for() {
    let world = World::new();
    let mut browser = world.browser();
    for line in ["pl", "pl-PL,pl;q=0.9,en-US;q=0.8,en;q=0.7", "tlh, pl;q=0.3", "en;q=0.2,pl;q=0.4"] {
        is_polish(&nowhere(&mut browser, line));
    }
    for line in ["", "en-GB,pl;q=0.9", "tlh", "*", "pl;q=0", ";;q=,", "pl\u{142}"] {
        let page = nowhere(&mut browser, line);
        is_english(&page);
        let vary = page.header("vary").unwrap();
        assert!(vary.contains("accept-language") && vary.contains("cookie"), "{vary}");
    }
    // Before any app is known as well, and beside the portal.
    let ask = Ask::page("/").with("Host", "elsewhere.example").with("Accept-Language", "pl");
    let page = browser.send(&ask).expect(421);
    assert!(page.text().contains("Sprawdź adres."), "{}", page.text());
}

#[test]
fn a_problem_keeps_its_reason_and_is_told_in_the_callers_language() {
    let world = World::new();
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice").expect_challenge();
    let orders = |accepted: &str| Ask::script("GET", "/orders").with("Accept-Language", accepted);
    let english = browser.send(&orders("")).expect_problem(401, "second_factor_required").json();
    let told = browser.send(&orders("pl")).expect_problem(401, "second_factor_required");
    assert_eq!(told.header("content-language"), Some("pl"));
    let problem = told.json();
    assert_eq!(english["details"], "Pass your second factor, then send this again.");
    assert_eq!(problem["details"], "Potwierdź drugi składnik i wyślij to ponownie.");
    for same in ["type", "status", "reason", "challenge_url", "methods"] {
        assert_eq!(problem[same], english[same], "{same}");
    }
    // Each count has its form.
    let _ = world.code(&mut browser, "alice");
    let told: Vec<String> = (0..4)
        .map(|_| {
            let wrong = json!({ "method": "email", "code": "000000" });
            let ask = Ask::json("/.mfa/api/v1/verify", wrong).with("Accept-Language", "pl");
            browser.send(&ask).expect_problem(401, "code_wrong").json()["details"].as_str().unwrap().to_owned()
        })
        .collect();
    for (said, wanted) in told.iter().zip(["zostały 4 próby", "zostały 3 próby", "zostały 2 próby", "została jedna próba"])
    {
        assert!(said.contains(wanted), "{told:?}");
    }
}

#[test]
fn the_switch_is_remembered_and_goes_before_the_browser() {
    let world = World::new();
    let mut browser = world.browser();
    let gone = browser.get("/.mfa/language?to=pl&next=/.mfa/nowhere%3Fa").expect(303);
    assert_eq!(gone.location(), "/.mfa/nowhere?a");
    let cookie = gone.header("set-cookie").unwrap();
    assert_eq!(cookie, "mfa-language=pl; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");
    is_polish(&nowhere(&mut browser, "en"));
    // Nothing else is led to, and nothing else is set.
    for next in ["//evil.example", "https://evil.example/", "/%5Cevil.example", "evil.example", ""] {
        let gone = browser.get(&format!("/.mfa/language?to=en&next={next}")).expect(303);
        assert_eq!(gone.location(), "/.mfa", "{next}");
    }
    is_english(&nowhere(&mut browser, "pl"));
    for to in ["xx", "", "en%0d%0aSet-Cookie:%20a=b", "EN; Domain=evil.example"] {
        let to = to.replace(' ', "%20");
        assert_eq!(browser.get(&format!("/.mfa/language?to={to}&next=/")).expect(303).header("set-cookie"), None, "{to}");
    }
    let elsewhere = Ask::page("/.mfa/language?to=pl&next=/").with("Sec-Fetch-Site", "cross-site");
    browser.send(&elsewhere).expect(403);
    is_english(&nowhere(&mut browser, "pl"));
}

#[test]
fn the_app_never_gets_the_cookie_of_the_switch() {
    let plan = Plan { app: "[[apps.rules]]\npath = \"/public/**\"\naction = \"anonymous\"\n".into(), ..Plan::default() };
    let world = World::of(&plan);
    let mut alice = polish(&world);
    alice.get("/login").expect(200);
    alice.jar.insert("lang".into(), "de".into());
    world.log_in_again(&mut alice, "alice").expect_challenge();
    world.verify(&mut alice, "alice");
    alice.get("/orders").expect_page_of("alice");
    alice.get("/public/x");
    assert_eq!(alice.jar["mfa-language"], "pl");
    let records = world.app.records();
    assert!(records.iter().any(|r| r.target == "/orders") && records.iter().any(|r| r.target == "/public/x"));
    for record in records {
        let cookies = record.header("cookie").unwrap_or("");
        assert!(!cookies.contains("mfa-language"), "{} {cookies}", record.target);
    }
    // It is no credential either: a stranger with it is a stranger.
    assert!(world.ask(&Ask::page("/orders"), "mfa-language=pl").secrets().is_empty());
}

#[test]
fn mails_and_notices_are_in_the_language_of_who_asks() {
    let world = World::new();
    let mut alice = polish(&world);
    world.log_in(&mut alice, "alice").expect_challenge();
    world.verify(&mut alice, "alice");
    let mail = world.mails_to("alice").pop().unwrap();
    assert_eq!(mail.subject, "Twój kod weryfikacyjny");
    let (text, html) = (mail.text.unwrap(), mail.html.unwrap());
    assert!(text.contains("to Twój kod weryfikacyjny do Test Wiki (127.0.0.1).") && text.contains("przez 10 minut,"), "{text}");
    assert!(html.contains("<html lang=\"pl\" dir=\"ltr\">") && html.contains("do <strong>Test Wiki</strong>"), "{html}");
    enrol_app(&mut alice);
    assert_eq!(world.notices_to("alice", 1), ["Test Wiki: Dodano drugi składnik: Aplikacja uwierzytelniająca"]);
    // Bob has chosen nothing.
    let mut bob = world.verified("bob");
    let mail = world.mails_to("bob").pop().unwrap();
    assert_eq!(mail.subject, "Your verification code");
    assert!(mail.html.unwrap().contains("<html lang=\"en\" dir=\"ltr\">"));
    let text = mail.text.unwrap().replace("\r\n", "\n");
    assert!(text.contains("is your verification code for Test Wiki (127.0.0.1).\n\nIt works once, for 10 minutes, in"), "{text}");
    enrol_app(&mut bob);
    assert_eq!(world.notices_to("bob", 1), ["Test Wiki: A second factor was added: Authenticator app"]);
}

#[test]
fn templates_of_ones_own_learn_the_language_and_may_use_the_gates_sentences() {
    let mut plan = Plan::default();
    plan.methods = plan.methods.replace(
        "handler = \"email\"\n",
        "handler = \"email\"\nemail_subject = \"{{ language }} {{ dir }} {{ say('mail-subject') }}\"\n",
    );
    let world = World::of(&plan);
    let mut alice = polish(&world);
    world.log_in(&mut alice, "alice").expect_challenge();
    world.verify(&mut alice, "alice");
    assert_eq!(world.mails_to("alice").pop().unwrap().subject, "pl ltr Twój kod weryfikacyjny");
}

#[test]
fn a_text_message_is_short_in_each_language_and_its_last_line_is_the_phones() {
    let dir = tempfile::tempdir().unwrap();
    let port = free_port();
    let _standin = python("sms.py", dir.path(), port);
    let keys = format!("base_url = \"http://127.0.0.1:{port}\"\nsmsapi_access_token = \"smsapi-token\"\n");
    let world = World::of(&crate::messages::plan("sms_api", &keys, &[("sms", "+48500100200")]));
    let mut alice = polish(&world);
    world.log_in(&mut alice, "alice").expect_challenge();
    crate::messages::request(&mut alice, "sms").expect(200);
    let sent = raw(format!("127.0.0.1:{port}").parse().unwrap(), b"GET /_sent HTTP/1.0\r\nHost: x\r\n\r\n").unwrap().json();
    let text = sent[0]["message"].as_str().unwrap().to_owned();
    let code = &text[..6];
    assert_eq!(text, format!("{code} to kod do Test Wiki.\n\n@127.0.0.1 #{code}"));
    crate::messages::verify(&mut alice, "sms", code);
}

#[test]
fn a_site_may_have_a_language_of_its_own_and_offer_fewer() {
    let plan = Plan { brand: "language = \"pl\"\n".into(), ..Plan::default() };
    let world = World::of(&plan);
    is_polish(&nowhere(&mut world.browser(), "tlh"));
    is_english(&nowhere(&mut world.browser(), "en"));
    let plan = Plan { brand: "languages = [\"pl\"]\n".into(), ..Plan::default() };
    let world = World::of(&plan);
    is_polish(&nowhere(&mut world.browser(), "en"));
    let text = std::fs::read_to_string(world.config()).unwrap();
    let wrong = text.replace("languages = [\"pl\"]", "languages = [\"pl\", \"xx\"]\nlanguage = \"tlh\"");
    std::fs::write(world.config(), wrong).unwrap();
    let (status, told) = world.command(&["check", "--offline"]);
    assert!(status != 0 && told.contains("\"xx\"; write some of ") && told.contains("\"tlh\"; write some of "), "{told}");
}

#[test]
fn the_apis_own_answers_are_told_in_the_language_too() {
    let world = World::new();
    let mut alice = polish(&world);
    world.log_in(&mut alice, "alice").expect_challenge();
    let sent = alice.call("/.mfa/api/v1/code/request", json!({ "method": "email" })).expect(200);
    assert_eq!(sent.json(), json!({ "details": "Kod został wysłany." }));
    assert_eq!(sent.header("content-language"), Some("pl"));
    let code = world.read_code("alice", 0);
    alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect(200);
    let (_, codes) = enrol_app(&mut alice);
    assert!(!codes.is_empty());
    let session: Value = alice.send(&Ask::script("GET", "/.mfa/api/v1/session")).expect(200).json();
    let names: Vec<&str> = session["methods"].as_array().unwrap().iter().map(|m| m["verbose_name"].as_str().unwrap()).collect();
    // What gate.toml names is named so; the backup codes' name is the gate's own.
    assert_eq!(names, ["email", "app", "Kod zapasowy"]);
}
