//! Logins of every shape: recognised by path and by field, answered by the gate, never two at once.

use std::sync::Barrier;

use serde_json::json;

use crate::app::Style;
use crate::client::Ask;
use crate::world::{Identity, Plan, World};

#[test]
fn a_login_is_recognised_on_any_path_by_its_fields() {
    let world = World::new();
    let mut browser = world.browser();
    // The app takes no login here; the gate still knows one when it sees it.
    browser.post("/anywhere", &[("username", "alice"), ("password", "wonderland")]);
    assert!(world.app.was_asked("/anywhere"));
    let mut alice = world.verified("alice");
    for ask in [
        Ask::form("/anywhere", &[("username", "bob"), ("password", "x")]),
        Ask::json("/anywhere", json!({ "username": "bob", "password": "x" })),
        Ask::page("/anywhere?username=bob&password=x"),
        Ask::new("POST", "/anywhere")
            .navigation()
            .with("Content-Type", "multipart/form-data; boundary=b")
            .body("--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nbob\r\n--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nx\r\n--b--\r\n"),
    ] {
        let told = alice.send(&ask);
        assert_eq!(told.status, 409, "{ask:?}: {told:?}");
    }
}

#[test]
fn forms_that_make_users_are_exempt_where_the_administrator_says_so() {
    let world = World::of(&Plan { app: "not_login_paths = [\"/users/**\"]\n".into(), ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.post("/users/new", &[("username", "bob"), ("password", "x")]).expect_page_of("alice");
}

#[test]
fn what_cannot_be_read_on_a_login_path_is_refused() {
    let world = World::new();
    let big = Ask::form("/login", &[("username", "alice"), ("password", &"x".repeat(70_000))]);
    world.ask(&big, "").expect(413);
    let packed = Ask::form("/login", &[("username", "alice"), ("password", "x")]).with("Content-Encoding", "gzip");
    world.ask(&packed, "").expect(415);
    let odd = Ask::new("POST", "/login").navigation().with("Content-Type", "application/octet-stream").body("username=alice");
    world.ask(&odd, "").expect(415);
    assert!(!world.app.was_asked("/login"));
}

fn multipart(target: &str, content_type: &str, body: &str) -> Ask {
    Ask::new("POST", target).navigation().with("Content-Type", content_type).body(body)
}

fn part(boundary: &str, name: &str, value: &str) -> String {
    format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

fn urlencoded(target: &str, content_type: &str, body: &str) -> Ask {
    Ask::new("POST", target).navigation().with("Content-Type", content_type).body(body)
}

#[test]
fn a_field_name_that_php_cuts_at_nul_is_refused_on_every_path() {
    let world = World::new();
    let form = "application/x-www-form-urlencoded";
    for path in ["/login", "/anywhere"] {
        for ask in [
            Ask::page(&format!("{path}?username%00x=alice&password%00x=wonderland")),
            Ask::page(&format!("{path}?a%01=1")),
            urlencoded(path, form, "username=bob&username%00x=alice&password=wonderland"),
            urlencoded(path, form, "username=bob&%75sername%u0000=alice&password=wonderland"),
            multipart(path, "multipart/form-data; boundary=b", &format!("{}--b--\r\n", part("b", "username\0x", "alice"))),
            Ask::json(path, json!({ "username": "bob", "username\0x": "alice", "password": "wonderland" })),
        ] {
            world.ask(&ask, "").expect(400);
        }
        assert!(!world.app.was_asked(path));
    }
}

#[test]
fn a_form_that_gate_and_app_could_read_as_two_users_is_refused() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let form = "application/x-www-form-urlencoded";
    let hidden = |boundary: &str| format!("{}{}", part(boundary, "username", "alice"), part(boundary, "password", "wonderland"));
    let seen = |boundary: &str| part(boundary, "username", "bob");
    let both = |value: String| format!("{}{}--Y--\r\n", seen("Y"), part("Y", "z", &value));
    let json = r#"{"username":"alice","password":"wonderland"}"#;
    let array = format!("[{json}]");
    let pairs = "\"&username=alice&password=wonderland&\"";
    for ask in [
        multipart("/login", "multipart/form-data; boundary=X", &format!("{}--X--\r\n{}--X--\r\n", seen("X"), hidden("X"))),
        multipart("/login", "multipart/form-data; boundary=Y", &both(format!("1\n{}", hidden("Y")))),
        multipart("/login", "multipart/form-data; boundary=Y", &both(format!("1{}", hidden("Y")))),
        multipart("/login", "multipart/form-data; boundary=Y,X", &both(hidden("X"))),
        multipart("/login", "multipart/form-data; xboundary=X; boundary=Y", &both(hidden("X"))),
        multipart("/login", "multipart/form-data; boundary=Y; boundary*=utf-8''X", &both(hidden("X"))),
        multipart("/login", "multipart/form-data; boundary=Y; charset*=utf-7", &both(String::new())),
        urlencoded("/login?username=bob", "application/x-www-form-urlencoded x+json", pairs),
        urlencoded("/login?username=bob", "application/x-www-form-urlencoded,x+json", pairs),
        urlencoded("/login?username=bob", "application/json", pairs),
        urlencoded("/login?username=bob", "application/json", &array),
        urlencoded("/login?username=bob", form, json),
        urlencoded("/login?username=bob&password=x", form, "a=b"),
        urlencoded("/login", "application/x-www-form-urlencoded; charset*=utf-7", "username=bob&password=x"),
        urlencoded("/login?x=1;username=alice", form, "username=bob&password=wonderland"),
        urlencoded("/login", form, "username=bob&[username]=alice&password=wonderland"),
        urlencoded("/login", form, "username=bob&username]=alice&password=wonderland"),
        urlencoded("/login", form, "username=bob&UserName=alice&password=wonderland"),
        urlencoded("/login", form, "username=bob;username=alice&password=wonderland"),
        urlencoded("/login", form, "username=bob%00x&password=wonderland"),
        urlencoded("/login", "application/json", r#"{"username":"bob","Username":"alice","password":"wonderland"}"#),
    ] {
        world.ask(&ask, "").expect(400);
    }
    assert!(!world.app.was_asked("/login"));
    // A name in the address isn't that of the password in the body.
    world.ask(&urlencoded("/login?username=bob", form, "password=builder"), "").expect(502);
    // A field in brackets has its look-alikes as well.
    let source = "source = \"login_form\"\nusername_field = \"user[email]\"\npassword_field = \"user[password]\"\n".into();
    let world = World::of(&Plan { identity: Identity::Other, source, ..Plan::default() });
    for name in ["user[[email]]", "user[email]]", "user.email"] {
        let body = format!("user[email]=bob&{name}=alice&user[password]=wonderland");
        world.ask(&urlencoded("/login", form, &body), "").expect(400);
    }
    assert!(!world.app.was_asked("/login"));
}

#[test]
fn a_login_as_another_user_does_not_hide_in_what_looks_like_none() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let form = "application/x-www-form-urlencoded";
    let json = r#"{"username":"bob","password":"builder"}"#;
    let logins = "username=bob&password=builder";
    for (ask, status) in [
        (urlencoded("/anywhere", form, json), 400),
        (urlencoded("/anywhere", "application/json", &format!("[{json}]")), 400),
        (urlencoded("/anywhere", "application/json", &format!("\"&{logins}&\"")), 400),
        (urlencoded("/anywhere", "application/x-www-form-urlencoded,x", logins), 400),
        (Ask::new("POST", "/anywhere").navigation().body(logins), 400),
        (urlencoded("/anywhere", form, logins).with("Content-Encoding", "gzip"), 415),
        (urlencoded("/anywhere", form, "a=1;username=bob&password=builder"), 400),
        (urlencoded("/anywhere", form, "UserName=bob&Password=builder"), 409),
        (urlencoded("/anywhere?username=bob&password=builder", "text/plain", "x"), 400),
        // A header that goes no further than the gate is none to the app.
        (urlencoded("/anywhere", "text/plain", logins).with("Connection", "Content-Type"), 400),
        (
            urlencoded("/anywhere", "application/json", json)
                .with("Content-Encoding", "gzip")
                .with("Connection", "content-encoding"),
            409,
        ),
    ] {
        let told = alice.send(&ask);
        assert_eq!(told.status, status, "{ask:?}: {told:?}");
    }
    assert!(!world.app.was_asked("/anywhere"));
    // What is none goes on.
    for ask in [
        urlencoded("/anywhere", "application/json", "[1,{\"op\":\"add\"}]"),
        urlencoded("/anywhere", "application/json; odata.metadata=minimal", "{\"username\":\"bob\"}"),
        urlencoded("/anywhere", form, "<?xml version=\"1.0\"?>\n<a b=\"c&amp;\nd\"/>"),
        urlencoded("/anywhere", "text/plain; charset=iso-8859-2", "username=bob&password=builder"),
        Ask::new("POST", "/anywhere").navigation().body("\0\x01binary"),
        Ask::new("PUT", "/anywhere").navigation().with("Content-Length", "3").body("abc"),
        Ask::new("POST", "/anywhere?q=a;b&c").navigation(),
    ] {
        alice.send(&ask).expect_page_of("alice");
    }
}

#[test]
fn forms_as_browsers_and_clients_send_them_go_to_the_app() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    for (boundary, quoted) in [
        ("----WebKitFormBoundary7MA4YWxkTrZu0gW", false),
        ("---------------------------9051914041544843365972754266", false),
        ("----geckoformboundary3f1d2a", false),
        ("------------------------d74496d66958873e", false),
        ("dart-http-boundary-4fFz+_.ab", false),
        ("b8f7c1de-41a2-4a37-a5d3-f5ff0f3d4f0c", true),
    ] {
        let kind = if quoted { format!("\"{boundary}\"") } else { boundary.to_owned() };
        let file = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nline\n\r\n"
        );
        let body = format!(
            "{}{}{}{file}--{boundary}--\r\n",
            part(boundary, "username", "alice"),
            part(boundary, "password", "x"),
            part(boundary, "_charset_", "UTF-8")
        );
        let ask = multipart("/login", &format!("multipart/form-data; boundary={kind}"), &body);
        world.app.forget();
        world.ask(&ask, "").expect(200);
        assert!(world.app.was_asked("/login"), "{boundary}");
    }
    for kind in ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=UTF-8"] {
        world.ask(&urlencoded("/login", kind, "username=alice&password=wonderland&remember-me=on"), "").expect_challenge();
    }
}

#[test]
fn two_parallel_logins_on_one_anonymous_session_never_share_a_session() {
    for style in [
        Style { keeps_id: true, remembers: false, ..Style::default() },
        Style { keeps_id: false, remembers: false, ..Style::default() },
    ] {
        let world = World::of(&Plan { style, ..Plan::default() });
        for _ in 0..5 {
            let mut first = world.browser();
            first.get("/login").expect(200);
            let mut second = first.clone();
            let barrier = Barrier::new(2);
            let (a, b) = std::thread::scope(|scope| {
                let a = scope.spawn(|| {
                    barrier.wait();
                    world.log_in_again(&mut first, "alice")
                });
                let b = scope.spawn(|| {
                    barrier.wait();
                    world.log_in_again(&mut second, "bob")
                });
                (a.join().unwrap(), b.join().unwrap())
            });
            assert!(a.secrets().is_empty() && b.secrets().is_empty());
            // Whoever verifies gets his own pages or none.
            for (mut browser, user, other) in [(first, "alice", "bob"), (second, "bob", "alice")] {
                let answer = browser.get("/orders");
                assert!(answer.secrets().is_empty(), "{answer:?}");
                if answer.status == 303 && browser.jar.contains_key("mfa") {
                    let who = browser.send(&Ask::script("GET", "/.mfa/api/v1/session")).json();
                    if who["user"] == user {
                        world.verify(&mut browser, user);
                        let page = browser.get("/orders");
                        assert!(page.secrets().iter().all(|(w, _)| w != other), "{page:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn two_tabs_of_one_browser_that_log_in_at_once_are_opened_by_one_code() {
    for keeps_id in [false, true] {
        let style = Style { keeps_id, remembers: false, ..Style::default() };
        let world = World::of(&Plan { style, ..Plan::default() });
        for _ in 0..5 {
            let mut browser = world.browser();
            browser.get("/login").expect(200);
            let barrier = Barrier::new(2);
            let tab = || {
                let mut tab = browser.clone();
                barrier.wait();
                world.log_in_again(&mut tab, "alice")
            };
            let (first, second) = std::thread::scope(|scope| {
                let (first, second) = (scope.spawn(tab), scope.spawn(tab));
                (first.join().unwrap(), second.join().unwrap())
            });
            for answer in [first, second] {
                // Whichever comes while the other is on its way is told so.
                if answer.status != 303 {
                    assert!(answer.status == 409 && answer.secrets().is_empty(), "{answer:?}");
                }
                browser.keep(&answer);
            }
            browser.get("/orders").expect_challenge();
            world.verify(&mut browser, "alice");
            for page in ["/orders", "/welcome"] {
                browser.get(page).expect_page_of("alice");
            }
        }
    }
}

#[test]
fn an_app_that_keeps_its_id_over_the_login_is_challenged_and_opened() {
    for identity in [Identity::Form, Identity::Probe, Identity::FormAndProbe] {
        let style = Style { keeps_id: true, remembers: true, ..Style::default() };
        let world = World::of(&Plan { identity, style, ..Plan::default() });
        let mut browser = world.browser();
        browser.get("/login");
        let before = browser.jar["sid"].clone();
        world.log_in_again(&mut browser, "alice").expect_challenge();
        assert_eq!(browser.jar["sid"], before);
        browser.get("/orders").expect_challenge();
        world.verify(&mut browser, "alice");
        browser.get("/orders").expect_page_of("alice");
        // A second login on the same id is a new session: it is challenged again.
        world.log_in_again(&mut browser, "alice").expect_challenge();
        browser.get("/orders").expect_challenge();
    }
}

#[test]
fn where_form_and_app_disagree_nobody_is_let_in() {
    // The app lets `alice` in; the form's field says somebody else.
    let source = "username_field = \"who\"\n".into();
    let world = World::of(&Plan { source, ..Plan::default() });
    let mut browser = world.browser();
    let fields = [("who", "bob"), ("username", "alice"), ("password", "wonderland")];
    browser.post("/login", &fields).expect(403);
    let answer = browser.get("/orders");
    assert!(answer.secrets().is_empty(), "{answer:?}");
}

#[test]
fn a_user_whom_the_directory_does_not_know_is_denied() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    std::fs::write(world.dir.path().join("users.toml"), "[users.bob]\nemail = \"bob@example.com\"\n").unwrap();
    let mut world = world;
    world.kill();
    world.start();
    let mut browser = world.browser();
    let told = world.log_in(&mut browser, "alice").expect(403);
    assert!(told.text().contains("administrator"), "{}", told.text());
    assert!(browser.get("/orders").secrets().is_empty());
}

#[test]
fn a_success_is_read_by_the_signs_that_are_configured() {
    let source = "success = { status = [302], location = \"/welcome\", cookie = \"sid\" }\n".into();
    let world = World::of(&Plan { source, identity: Identity::Form, ..Plan::default() });
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice").expect_challenge();
    let source = "failure = { css = \"input[type=password]\" }\n".into();
    let world = World::of(&Plan { source, identity: Identity::Form, ..Plan::default() });
    let mut browser = world.browser();
    browser.post("/login", &[("username", "alice"), ("password", "no")]).expect(200);
    world.log_in(&mut browser, "alice").expect_challenge();
}

#[test]
fn the_confirming_source_has_the_last_word_on_a_login_that_looks_failed() {
    for keeps_id in [false, true] {
        let world = World::of(&Plan { style: Style { keeps_id, remembers: false, ..Style::default() }, ..Plan::default() });
        let mut browser = world.browser();
        browser.get("/login");
        let fields = [("username", "alice"), ("password", "wonderland"), ("inline", "1"), ("odd", "1")];
        browser.post("/login", &fields).expect_challenge();
        browser.get("/login").expect_challenge();
        // A second try of the same kind carries nothing of the first one's session.
        browser.post("/login", &fields).expect_challenge();
    }
}

#[test]
fn a_login_in_an_unlisted_place_shows_nothing_on_the_login_page() {
    let world = World::of(&Plan { style: Style { keeps_id: true, remembers: false, ..Style::default() }, ..Plan::default() });
    let mut browser = world.browser();
    browser.get("/login").expect(200);
    // A link in a mail, which nobody listed, logs the anonymous session in. (Its own answer says nothing.)
    let mut direct = crate::client::Browser::new(world.app.address);
    direct.jar = browser.jar.clone();
    direct.get("/magic?as=alice");
    let told = browser.get("/login");
    assert!(told.secrets().is_empty(), "{told:?}");
    let told = browser.post("/login", &[("username", "alice"), ("password", "no")]);
    assert!(told.secrets().is_empty(), "{told:?}");
}

#[test]
fn a_login_that_leads_back_to_the_login_page_leaves_nobody_logged_in() {
    for keeps_id in [false, true] {
        let style = Style { keeps_id, remembers: true, ..Style::default() };
        let world = World::of(&Plan { identity: Identity::Form, style, ..Plan::default() });
        let mut thief = world.browser();
        thief.get("/login").expect(200);
        let fields = [("username", "alice"), ("password", "wonderland"), ("remember", "1"), ("next", "/login?x=1")];
        let told = thief.post("/login", &fields).expect(401);
        assert!(told.secrets().is_empty() && told.text().contains("href=\"/login?x=1\""), "{told:?}");
        assert!(thief.jar.iter().all(|(name, value)| world.app.login_of(name, value).is_none()), "{:?}", thief.jar);
        let told = thief.get("/login").expect(200);
        assert!(told.secrets().is_empty(), "{told:?}");
        // And the browser is as good as new.
        world.log_in_again(&mut thief, "bob").expect_challenge();
        world.verify(&mut thief, "bob");
        thief.get("/orders").expect_page_of("bob");
    }
    // Where the app can be asked, it was a success.
    let world = World::new();
    let mut alice = world.browser();
    alice.get("/login").expect(200);
    alice.post("/login", &[("username", "alice"), ("password", "wonderland"), ("next", "/login")]).expect_challenge();
}

#[test]
fn a_wrong_password_that_the_app_answers_by_a_redirect_is_told_by_the_gate() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let mut alice = world.browser();
    alice.get("/login").expect(200);
    let fields = [("username", "alice"), ("password", "no"), ("back", "1")];
    let told = alice.post("/login", &fields).expect(401);
    assert!(told.text().contains("password was wrong") && told.text().contains("href=\"/login?again=1\""), "{}", told.text());
    alice
        .send(&Ask {
            headers: vec![
                ("Accept".into(), "application/json".into()),
                ("Content-Type".into(), "application/x-www-form-urlencoded".into()),
            ],
            ..Ask::form("/login", &fields)
        })
        .expect_problem(401, "login_failed");
    // A form without a password, as for a forgotten one, is led on.
    let told = alice.post("/login", &[("address", "a@example.com"), ("back", "1")]).expect(303);
    assert_eq!(told.location(), "/login?again=1");
    assert!(world.mails.all().is_empty());
    world.log_in(&mut alice, "alice").expect_challenge();
    // With a source that can be asked, the app's own answer goes out.
    let world = World::new();
    let mut alice = world.browser();
    alice.get("/login").expect(200);
    assert_eq!(alice.post("/login", &fields).expect(302).location(), "/login?again=1");
}

#[test]
fn what_a_failed_login_carries_goes_on_with_the_same_name_only() {
    for keeps_id in [false, true] {
        let style = Style { keeps_id, remembers: false, ..Style::default() };
        let world = World::of(&Plan { identity: Identity::Form, style, ..Plan::default() });
        let mut thief = world.browser();
        thief.get("/login").expect(200);
        // The app lets alice in and finds no page for her: to the gate this is a failure like any other.
        thief.post("/login", &[("username", "alice"), ("password", "wonderland"), ("status", "404")]).expect(404);
        assert!(world.app.login_of("sid", &thief.jar["sid"]).is_some());
        let mut other = thief.clone();
        let told = other.get("/login").expect(200);
        assert!(told.secrets().is_empty(), "{told:?}");
        for (user, password) in [("bob", "builder"), ("bob", "no")] {
            let mut other = thief.clone();
            let told = other.post("/login", &[("username", user), ("password", password)]);
            assert!(told.secrets().is_empty(), "{told:?}");
            assert_eq!(world.app.last("/login").header("cookie"), None);
        }
        world.app.forget();
    }
    // An honest second try has what the first one had: apps keep a token of their form there.
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let mut alice = world.browser();
    alice.get("/login").expect(200);
    for name in ["alice", "Alice ", "alice@example.com"] {
        alice.post("/login", &[("username", name), ("password", "no")]).expect(200);
        let sid = format!("sid={}", alice.jar["sid"]);
        assert_eq!(world.app.last("/login").header("cookie"), Some(&*sid), "{name}");
    }
    world.log_in_again(&mut alice, "alice").expect_challenge();
}

#[test]
fn fields_elsewhere_log_nobody_in_where_nobody_can_be_asked() {
    let style = Style { greets: true, ..Style::default() };
    let world = World::of(&Plan { identity: Identity::Form, style, ..Plan::default() });
    let mut thief = world.browser();
    thief.get("/public").expect(200);
    let told = thief.get("/public?username=alice&password=WRONG").expect(403);
    assert!(told.text().contains("login_paths"), "{}", told.text());
    thief.send(&Ask::form("/public", &[("username", "alice"), ("password", "no")])).expect(403);
    thief.send(&Ask::json("/x", json!({ "username": "alice", "password": "no" }))).expect_problem(403, "login_elsewhere");
    thief.get("/login?username=alice&password=no").expect(403);
    assert!(!thief.jar.contains_key("mfa") && world.app.records().len() == 1);
    // Methods whose answers say nothing are no logins, whoever could be asked.
    for identity in [Identity::Form, Identity::FormAndProbe] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        for method in ["HEAD", "OPTIONS"] {
            let told = world.browser().send(&Ask::new(method, "/login?username=alice&password=no"));
            assert_eq!((told.status, world.app.records().len()), (400, 0), "{told:?}");
        }
    }
}

#[test]
fn an_answer_with_nothing_in_it_is_no_success() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let mut thief = world.browser();
    thief.get("/login").expect(200);
    let fields = [("username", "alice"), ("password", "no"), ("mute", "1")];
    let ask = Ask::form("/login", &fields).with("If-None-Match", "*").with("If-Modified-Since", "Wed, 21 Oct 2065 07:28:00 GMT");
    thief.send(&ask).expect(502);
    assert!(!thief.jar.contains_key("mfa"));
    let sent = world.app.last("/login");
    assert!(sent.header("if-none-match").is_none() && sent.header("if-modified-since").is_none());
}

#[test]
fn of_a_session_cookie_that_is_set_twice_only_the_last_value_counts_and_goes_out() {
    for identity in [Identity::Form, Identity::FormAndProbe, Identity::FormAndSql] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        // The page looks like a success, or (`odd`) like a failure; the session's value comes last, or the anonymous one.
        for (odd, twice) in [("", "1"), ("1", "1"), ("", "last"), ("1", "last")] {
            let mut thief = world.browser();
            thief.get("/login").expect(200);
            let fields = [("username", "alice"), ("password", "wonderland"), ("inline", "1"), ("odd", odd), ("twice", twice)];
            let told = thief.post("/login", &fields);
            assert!(told.secrets().is_empty(), "{told:?}");
            let values: Vec<&str> = told.all("set-cookie").into_iter().filter(|line| line.starts_with("sid=")).collect();
            assert!(values.len() <= 1, "{values:?}");
            match (identity, odd, twice) {
                // By the form alone a page that looks failed can't be shown, nor be believed.
                (Identity::Form, "1", _) => drop(told.expect(502)),
                (Identity::Form, ..) | (_, _, "1") => drop(told.expect_challenge()),
                // The app knows nobody by what came last: whose the page is can't be told.
                _ => drop(told.expect(502)),
            }
        }
    }
}

#[test]
fn a_login_page_that_was_asked_for_before_a_login_is_not_answered_after_it() {
    for identity in [Identity::Form, Identity::FormAndProbe] {
        let style = Style { keeps_id: true, remembers: false, ..Style::default() };
        let world = World::of(&Plan { identity, style, ..Plan::default() });
        let mut browser = world.browser();
        browser.get("/login").expect(200);
        let mut tab = browser.clone();
        let late = std::thread::scope(|scope| {
            let late = scope.spawn(move || tab.get("/login?slow"));
            std::thread::sleep(std::time::Duration::from_millis(250));
            world.log_in_again(&mut browser, "alice").expect_challenge();
            late.join().unwrap()
        });
        assert!(late.secrets().is_empty() && late.status == 409, "{late:?}");
        // What the app was asked was nobody's then.
        world.app.forget();
        browser.get("/login?slow").expect_challenge();
    }
}

#[test]
fn a_login_whose_body_nobody_can_read_is_refused_on_every_path() {
    let world = World::new();
    let call = "<methodCall><methodName>wp.newPost</methodName></methodCall>";
    let xml = |target: &str| Ask::new("POST", target).with("Content-Type", "text/xml").body(call);
    world.ask(&xml("/xmlrpc.php/x?username=a&password=b"), "").expect(400);
    world.ask(&xml("/login"), "").expect(415);
    let json = Ask::json("/call?username=a&password=b", json!({ "page": "start" }));
    world.ask(&json, "").expect(400);
    world.ask(&Ask::form("/call?username=a", &[("password", "b")]), "").expect(400);
    assert!(world.app.records().is_empty());
    // On the login page an address may have anything in it, as long as each field stands once.
    world.ask(&Ask::form("/login?username=alice", &[("password", "no")]), "").expect(200);
}

#[test]
fn a_failed_login_takes_no_value_of_another_session_away() {
    for identity in [Identity::Form, Identity::FormAndProbe] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        let mut alice = world.verified("alice");
        let fields = [("username", "bob"), ("password", "no"), ("fixed", &*alice.jar["sid"])];
        world.ask(&Ask::form("/login", &fields), "");
        alice.get("/orders").expect_page_of("alice");
    }
}
