//! The credential firewall: what an attacker with a stolen password can send, and what never comes of it.

use crate::app::Style;
use crate::client::{Ask, raw};
use crate::world::{Identity, Plan, World};

fn identities() -> [World; 3] {
    [Identity::Form, Identity::Probe, Identity::FormAndProbe].map(|identity| World::of(&Plan { identity, ..Plan::default() }))
}

#[test]
fn the_session_cookie_alone_is_challenged_whatever_the_source() {
    for world in identities() {
        let alice = world.verified("alice");
        alice.clone().get("/orders").expect_page_of("alice");
        let sid = format!("sid={}", alice.jar["sid"]);
        world.ask(&Ask::page("/orders"), &sid).expect_challenge();
        world.ask(&Ask::script("GET", "/orders"), &sid).expect_problem(401, "second_factor_required");
    }
}

#[test]
fn another_users_gate_cookie_opens_nothing() {
    for world in identities() {
        let (alice, bob) = (world.verified("alice"), world.verified("bob"));
        let mixed = format!("sid={}; mfa={}", alice.jar["sid"], bob.jar["mfa"]);
        let answer = world.ask(&Ask::page("/orders"), &mixed);
        assert!(answer.secrets().is_empty(), "{answer:?}");
        // An unverified login of one's own beside it changes nothing either.
        let mut mallory = world.browser();
        world.log_in(&mut mallory, "bob");
        let mixed = format!("sid={}; mfa={}", alice.jar["sid"], mallory.jar["mfa"]);
        world.ask(&Ask::page("/orders"), &mixed).expect_challenge();
    }
}

#[test]
fn a_pending_gate_cookie_opens_nothing() {
    for world in identities() {
        let mut alice = world.browser();
        world.log_in(&mut alice, "alice").expect_challenge();
        alice.get("/orders").expect_challenge();
        assert!(alice.jar.contains_key("mfa"));
        alice.get("/orders").expect_challenge();
    }
}

#[test]
fn one_session_cookie_twice_or_beside_a_look_alike_is_refused() {
    let world = World::new();
    let (alice, bob) = (world.verified("alice"), world.verified("bob"));
    let (sid, other, mfa) = (&alice.jar["sid"], &bob.jar["sid"], &alice.jar["mfa"]);
    for line in [
        format!("sid={sid}; sid={other}; mfa={mfa}"),
        format!("sid={other}; sid={sid}; mfa={mfa}"),
        format!("sid={sid}; SID={other}; mfa={mfa}"),
        format!("sid={sid}; %73id={other}; mfa={mfa}"),
        format!("sid={sid}; \"sid\"={other}; mfa={mfa}"),
        format!("sid={sid}; s%69d={other}; mfa={mfa}"),
        format!("$Version=1; sid={sid}; mfa={mfa}"),
        format!("sid={sid}; remember.me={other}; remember_me={other}; mfa={mfa}"),
    ] {
        let answer = world.ask(&Ask::page("/orders"), &line);
        assert!(answer.secrets().iter().all(|(who, _)| who == "alice"), "{line}: {answer:?}");
        assert_eq!(answer.status, 400, "{line}: {answer:?}");
    }
    // The page takes them off the browser, so that nobody is stuck.
    let told = world.ask(&Ask::page("/orders"), &format!("sid={sid}; s%69d={other}; theme=dark"));
    let lines = told.all("set-cookie");
    assert!(lines.iter().any(|l| l.starts_with("sid=;")) && lines.iter().any(|l| l.starts_with("s%69d=;")), "{lines:?}");
    assert_eq!(lines.len(), 2, "{lines:?}");
    let two =
        format!("GET /orders HTTP/1.1\r\nHost: {}\r\nCookie: sid={other}\r\nCookie: sid={sid}; mfa={mfa}\r\n\r\n", world.address);
    assert_eq!(raw(world.address, two.as_bytes()).unwrap().status, 400);
}

#[test]
fn a_session_in_another_cookies_value_does_not_arrive() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let sid = world.verified("alice").jar["sid"].clone();
    for value in ["de sid=", "de,sid=", "de, sid=", "de\tsid =", "\"de\"sid=", "\"de\" SID = "] {
        for (name, page) in [("lang", "/orders"), ("lang", "/login"), ("theme", "/login")] {
            world.ask(&Ask::page(page), &format!("{name}={value}{sid}"));
            assert_eq!(world.app.last(page).header("cookie"), None, "{name}={value}");
        }
    }
    // What holds none is as it was.
    let plain = r#"{"a": 1, "b": "c d"}, x=y"#;
    world.ask(&Ask::page("/orders"), &format!("lang={plain}"));
    assert_eq!(world.app.last("/orders").header("cookie"), Some(format!("lang={plain}").as_str()));
}

#[test]
fn a_session_in_the_address_or_in_a_form_is_refused_by_the_apps_own_name() {
    let world = World::of(&Plan { app: "session_params = [\"remember_me\"]\n".into(), ..Plan::default() });
    let alice = world.verified("alice");
    let (sid, line) = (alice.jar["sid"].clone(), alice.cookie_line());
    let other = world.verified("bob").jar["sid"].clone();
    for name in ["sid", "SID", "+sid", "%20sid", "sid%00x", "[sid]", "sid[]", "a=1;sid", "remember.x"] {
        for line in ["", &line] {
            world.ask(&Ask::page(&format!("/orders?{name}={sid}")), line).expect(400);
            let form = Ask::new("POST", "/orders").navigation().with("Content-Type", "application/x-www-form-urlencoded");
            world.ask(&form.body(format!("b=1&{name}={other}")), line).expect(400);
        }
    }
    world.ask(&Ask::page("/orders?remember_me=1"), &line).expect_page_of("alice");
    world.ask(&Ask::form("/orders", &[("remember_it", "on"), ("side", &sid)]), &line).expect_page_of("alice");
}

#[test]
fn another_users_remember_me_cookie_is_taken_off() {
    for identity in [Identity::Form, Identity::FormAndProbe] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        let mut bob = world.browser();
        bob.get("/login");
        let fields = [("username", "bob"), ("password", "builder"), ("remember", "1")];
        bob.post("/login", &fields).expect_challenge();
        let alice = world.verified("alice");
        let line = format!("remember_me={}; {}", bob.jar["remember_me"], alice.cookie_line());
        let answer = world.ask(&Ask::page("/orders"), &line).expect_page_of("alice");
        assert!(answer.all("set-cookie").iter().any(|c| c.starts_with("remember_me=;")), "{answer:?}");
        assert!(!world.app.last("/orders").header("cookie").unwrap().contains("remember_me"));
        // Alone it is bob's unverified session.
        let answer = world.ask(&Ask::page("/orders"), &format!("remember_me={}", bob.jar["remember_me"]));
        assert!(answer.secrets().is_empty(), "{answer:?}");
    }
}

#[test]
fn a_leftover_remember_me_cookie_gives_way_to_anothers_fresh_login() {
    for world in identities() {
        // Bob's browser was closed, and what remembers him is left in it.
        let mut browser = world.browser();
        browser.get("/login");
        let fields = [("username", "bob"), ("password", "builder"), ("remember", "1")];
        browser.post("/login", &fields).expect_challenge();
        world.verify(&mut browser, "bob");
        browser.jar.retain(|name, _| name == "remember_me");
        // Alice signs in there by a login page that was open.
        world.log_in_again(&mut browser, "alice").expect_challenge();
        assert!(!browser.jar.contains_key("remember_me"), "{:?}", browser.jar);
        assert_eq!(browser.send(&Ask::script("GET", "/.mfa/api/v1/session")).json()["user"], "alice");
        browser.get("/orders").expect_challenge();
        world.verify(&mut browser, "alice");
        browser.get("/orders").expect_page_of("alice");
    }
}

#[test]
fn a_login_as_another_user_inside_a_verified_session_is_not_forwarded() {
    for keeps_id in [false, true] {
        let style = Style { keeps_id, remembers: true, ..Style::default() };
        let world = World::of(&Plan { style, ..Plan::default() });
        let mut alice = world.verified("alice");
        let logins = world.app.records().iter().filter(|r| r.method == "POST").count();
        let told = world.log_in_again(&mut alice, "bob").expect(409);
        assert!(told.text().contains("Use another account"), "{}", told.text());
        assert_eq!(world.app.records().iter().filter(|r| r.method == "POST").count(), logins);
        alice.get("/orders").expect_page_of("alice");
        // As the same user it may go on, and the new session is challenged.
        world.log_in_again(&mut alice, "alice").expect_challenge();
        alice.get("/orders").expect_challenge();
    }
}

#[test]
fn a_login_in_an_unlisted_place_opens_no_other_users_page() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let mut alice = world.verified("alice");
    alice.post("/sneak", &[("as", "carol")]);
    let next = alice.get("/orders");
    assert!(next.secrets().is_empty() && next.status == 302, "the new id is nobody's: {next:?}");
    for keeps_id in [false, true] {
        let style = Style { keeps_id, remembers: true, ..Style::default() };
        let world = World::of(&Plan { style, ..Plan::default() });
        let mut alice = world.verified("alice");
        let told = alice.post("/sneak", &[("as", "carol")]);
        if keeps_id {
            // The id stays, and the app's word on it is asked again before a second passes.
            std::thread::sleep(std::time::Duration::from_millis(1100));
        } else {
            assert!(told.secrets().is_empty(), "{told:?}");
        }
        let next = alice.get("/orders");
        assert!(next.secrets().is_empty(), "{next:?}");
    }
}

#[test]
fn credentials_that_the_gate_never_saw_are_a_strangers() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    // A session made past the gate, on the app itself.
    let mut direct = crate::client::Browser::new(world.app.address);
    direct.get("/login");
    world.log_in_again(&mut direct, "alice").expect(302);
    let line = direct.cookie_line();
    let answer = world.ask(&Ask::page("/orders"), &line);
    assert!(answer.secrets().is_empty() && answer.status == 302, "{answer:?}");
    assert_eq!(world.app.last("/orders").header("cookie"), None);
    world.ask(&Ask::new("POST", "/orders"), &line).expect_problem(401, "sign_in_first");
    let bearer = Ask::page("/orders").with("Authorization", "Bearer x");
    world.ask(&bearer, "");
    assert_eq!(world.app.last("/orders").header("authorization"), None);
    // With a source that can ask the app, it is somebody's, and challenged.
    let world = World::of(&Plan { identity: Identity::Probe, ..Plan::default() });
    let mut direct = crate::client::Browser::new(world.app.address);
    direct.get("/login");
    world.log_in_again(&mut direct, "alice").expect(302);
    let sid = format!("sid={}", direct.jar["sid"]);
    world.ask(&Ask::page("/orders"), &sid).expect_challenge();
    // The test's own login went to the app directly; only what came by the gate is judged.
}

#[test]
fn a_stranger_may_look_and_log_in_and_nothing_else() {
    let world = World::new();
    let mut stranger = world.browser();
    assert_eq!(stranger.get("/public").expect(200).text(), "public");
    stranger.send(&Ask::script("DELETE", "/orders/1")).expect_problem(401, "sign_in_first");
    stranger.send(&Ask::json("/orders", serde_json::json!({ "a": 1 }))).expect_problem(401, "sign_in_first");
    assert!(!world.app.was_asked("/orders"));
}

#[test]
fn a_stranger_who_looks_says_nothing_that_an_app_could_read_as_a_key() {
    let world = World::of(&Plan { app: "refused_params = [\"key\"]\n".into(), ..Plan::default() });
    let form = "application/x-www-form-urlencoded";
    for path in ["/public", "/login"] {
        world.ask(&Ask::new("GET", path).navigation().with("Content-Type", form).body("key=1"), "").expect(200);
        let record = world.app.last(path);
        assert!(record.header("content-type").is_none() && record.header("content-length").is_none(), "{record:?}");
    }
    let alice = world.verified("alice");
    for line in ["", &alice.cookie_line()] {
        for query in ["key=1", "a=1;key=1", "%5Bkey%5D=1"] {
            world.ask(&Ask::page(&format!("/orders?{query}")), line).expect(400);
        }
        world.ask(&Ask::page("/public?keys=1"), line).expect(200);
    }
    // Nor does a login, whose form goes to the app at once.
    let asked = world.app.records().len();
    let fields = [("username", "alice"), ("password", "wonderland"), ("key", "")];
    world.ask(&Ask::form("/login", &fields), "").expect(403);
    let fields = serde_json::json!({ "username": "alice", "password": "wonderland", "key": [1] });
    world.ask(&Ask::json("/login", fields), "").expect_problem(403, "denied");
    assert_eq!(world.app.records().len(), asked);
}

#[test]
fn known_sessions_are_stripped_where_a_rule_says_anonymous_and_keep_their_cookies() {
    let more = "[[apps.rules]]\npath = [\"/public\", \"/rotate\"]\naction = \"anonymous\"\n".into();
    let world = World::of(&Plan { more, ..Plan::default() });
    let mut alice = world.verified("alice");
    let sid = alice.jar["sid"].clone();
    assert_eq!(alice.get("/public").expect(200).text(), "public");
    assert_eq!(world.app.last("/public").header("cookie"), None);
    alice.get("/rotate");
    assert_eq!(alice.jar["sid"], sid);
    alice.get("/orders").expect_page_of("alice");
}

#[test]
fn forged_identity_headers_never_arrive() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let forged = [
        "X-MFA-User",
        "X-MFA-Probe",
        "x_mfa_user",
        "X-Mfa_User",
        "X-MFA-Method",
        "X-Forwarded-For",
        "X_Forwarded_For",
        "Forwarded",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-HTTP-Method-Override",
        "X_HTTP_METHOD_OVERRIDE",
        "X-Forwarded-User",
        "X-Real-IP",
        "True-Client-IP",
        "MFA-Code",
        "Proxy",
    ];
    let mut ask = Ask::page("/headers");
    for name in forged {
        ask = ask.with(name, "forged-value");
    }
    alice.send(&ask).expect_page_of("alice");
    let record = world.app.last("/headers");
    for (name, value) in &record.headers {
        assert!(!value.contains("forged-value"), "{name}: {value}");
    }
    assert_eq!(record.header("x-mfa-user"), Some("alice"));
    assert_eq!(record.header("x-forwarded-for"), Some("127.0.0.1"));
    assert_eq!(record.header("x-forwarded-proto"), Some("http"));
    assert_eq!(record.header("host"), Some(world.address.to_string().as_str()));
    assert!(!record.header("cookie").unwrap().contains("mfa="));
}

#[test]
fn what_can_be_read_in_two_ways_is_400() {
    let world = World::new();
    let alice = world.verified("alice");
    let line = alice.cookie_line();
    for path in ["/a/../orders", "/a/./b", "/a//b", "/a%2fb", "/a%5cb", "/a\\b", "/a;jsessionid=1", "/a%00b", "/%2e%2e/orders"] {
        let answer = world.ask(&Ask::page(path), &line);
        assert_eq!(answer.status, 400, "{path}: {answer:?}");
    }
    world.ask(&Ask::page("/orders?PHPSESSID=1"), &line).expect(400);
    world.ask(&Ask::page("/orders?access_token=1"), &line).expect(400);
    // Some servers separate fields at `;` too.
    world.ask(&Ask::page("/orders?a=1;username=bob;password=builder"), &line).expect(400);
    world.ask(&Ask::page("/orders?a=1;username=bob&password=builder"), "").expect(400);
    let both = Ask::new("POST", "/login").navigation().with("Content-Type", "application/x-www-form-urlencoded");
    world.ask(&both.body("a=;username=alice;password=wonderland&username=bob&password=builder"), "").expect(400);
    let host = world.address;
    world.ask(&Ask::form("/login", &[("username", "alice"), ("username", "bob"), ("password", "x")]), &line).expect(400);
    world.ask(&Ask::form("/login", &[("username[]", "alice"), ("password", "x")]), "").expect(400);
    for framing in [
        format!("POST /login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: other\r\n\r\n"),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET http://other/ HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        format!("GET / HTTP/1.0\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ] {
        let answer = raw(world.address, framing.as_bytes()).unwrap();
        assert!(matches!(answer.status, 400 | 421), "{framing}: {answer:?}");
    }
    // Two lengths: one of them goes on, and the connection is not used again.
    let two = format!(
        "POST /login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n1\r\na\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n"
    );
    raw(world.address, two.as_bytes()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(100));
    let smuggled: Vec<_> = world.app.records().into_iter().filter(|r| r.target == "/smuggled").collect();
    assert!(smuggled.iter().all(|r| r.header("cookie").is_none()), "{smuggled:?}");
    let elsewhere = Ask::page("/").with("Host", "evil.example");
    world.ask(&elsewhere, &line).expect(421);
}

#[test]
fn a_cookie_that_nobody_listed_goes_to_a_login_page_only_as_the_app_gave_it_to_a_stranger() {
    let style = Style { tests_cookies: true, remembers: true, ..Style::default() };
    let world = World::of(&Plan { identity: Identity::Form, style, ..Plan::default() });
    // The login page's test cookie comes back, and the login works.
    let mut alice = world.browser();
    alice.get("/login").expect(200);
    let fields = [("username", "alice"), ("password", "wonderland"), ("remember", "keepsake")];
    alice.post("/login", &fields).expect_challenge();
    let keepsake = alice.jar["keepsake"].clone();
    let respelled = format!("%{:02x}{}", keepsake.as_bytes()[0], &keepsake[1..]);
    assert!(world.app.login_of("keepsake", &respelled).is_some(), "the app takes either");
    world.app.forget();
    for value in [keepsake.as_str(), &respelled, "anything"] {
        for ask in [Ask::page("/login"), Ask::form("/login", &[("username", "bob"), ("password", "no")])] {
            let told = world.ask(&ask, &format!("keepsake={value}"));
            assert!(told.secrets().is_empty(), "{told:?}");
            assert!(world.app.records().iter().all(|r| r.header("cookie").is_none()), "{value}: {:?}", world.app.records());
        }
    }
}

#[test]
fn what_the_app_sets_beside_a_session_lets_nobody_near_its_users_challenge() {
    let style = Style { remembers: true, ..Style::default() };
    let world = World::of(&Plan { identity: Identity::Form, style, ..Plan::default() });
    let mut alice = world.browser();
    alice.post("/login", &[("username", "alice"), ("password", "wonderland"), ("remember", "keepsake")]).expect_challenge();
    let beside = format!("keepsake={}", alice.jar["keepsake"]);
    let told = world.ask(&Ask::page("/orders"), &beside);
    assert!(told.secrets().is_empty() && !told.all("set-cookie").iter().any(|line| line.starts_with("mfa=")), "{told:?}");
    assert_eq!(world.app.last("/orders").header("cookie"), None);
    // With the session's own cookie, or with the gate's, it is hers.
    world.ask(&Ask::page("/orders"), &format!("sid={}; {beside}", alice.jar["sid"])).expect_challenge();
    world.ask(&Ask::page("/orders"), &format!("mfa={}; {beside}", alice.jar["mfa"])).expect_challenge();
}

#[test]
fn a_cookie_that_no_app_could_have_set_locks_nobody_out() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let line = format!("pref=\u{142}; {}", alice.cookie_line());
    world.ask(&Ask::page("/private"), &line).expect_page_of("alice");
    assert!(!world.app.last("/private").header("cookie").unwrap().contains("pref"));
    world.ask(&Ask::page("/private"), "sid=\u{142}").expect(400);
    alice.get("/private").expect_page_of("alice");
}
