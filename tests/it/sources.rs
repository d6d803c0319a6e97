//! Every source of identity: who is recognised, what an attacker with a password gets, and what reaches the app.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::get;
use data_encoding::BASE64;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;

use crate::app::{SIGNING_KEY, Style, password};
use crate::client::{Ask, Browser};
use crate::world::{Identity, Plan, World, serve};

fn world(identity: Identity, style: Style) -> World {
    World::of(&Plan { identity, style, ..Plan::default() })
}

fn other(source: &str, app: &str) -> World {
    World::of(&Plan { identity: Identity::Other, source: source.into(), app: app.into(), ..Plan::default() })
}

#[test]
fn every_source_that_can_be_asked_carries_a_session_from_login_to_logout() {
    for (identity, style) in [
        (Identity::AnswerHeader, Style { names_user: true, ..Style::default() }),
        (Identity::Jwt, Style { signs: true, ..Style::default() }),
        (Identity::Sql, Style::default()),
        (Identity::FormAndSql, Style { keeps_id: true, ..Style::default() }),
    ] {
        let world = world(identity, style);
        let mut thief = world.browser();
        world.log_in(&mut thief, "alice").expect_challenge();
        thief.get("/orders").expect_challenge();
        let mut alice = world.verified("alice");
        alice.get("/orders").expect_page_of("alice");
        let old = alice.jar["sid"].clone();
        alice.get("/rotate").expect_page_of("alice");
        assert_ne!(alice.jar["sid"], old, "{identity:?}");
        alice.get("/orders").expect_page_of("alice");
        alice.get("/logout").expect(302);
        world.log_in(&mut alice, "bob").expect_challenge();
        alice.get("/orders").expect_challenge();
        world.verify(&mut alice, "bob");
        alice.get("/orders").expect_page_of("bob");
        thief.get("/orders").expect_challenge();
        world.app.check();
    }
}

#[test]
fn an_app_that_signs_its_cookie_anew_in_every_answer_stays_verified_in_parallel() {
    let style = Style { resigns: true, names_user: true, ..Style::default() };
    for identity in [Identity::FormAndProbe, Identity::AnswerHeader] {
        let world = world(identity, style);
        let mut alice = world.verified("alice");
        alice.get("/orders").expect_page_of("alice");
        let line = alice.cookie_line();
        // Several requests leave with the same cookie; each answer brings another one.
        for answer in std::thread::scope(|scope| {
            let asked: Vec<_> = (0..6).map(|_| scope.spawn(|| world.ask(&Ask::page("/orders"), &line))).collect();
            asked.into_iter().map(|a| a.join().unwrap()).collect::<Vec<_>>()
        }) {
            answer.clone().expect_page_of("alice");
            let mut tab = Browser::new(world.address);
            tab.jar = alice.jar.clone();
            tab.keep(&answer);
            tab.get("/orders").expect_page_of("alice");
        }
        world.app.check();
    }
}

#[test]
fn the_header_that_names_the_user_is_the_gates_alone() {
    let world = world(Identity::AnswerHeader, Style { names_user: true, keeps_id: true, ..Style::default() });
    let mut alice = world.verified("alice");
    let answer = alice.get("/orders").expect_page_of("alice");
    assert_eq!(answer.header("x-app-user"), None);
    // The session becomes bob's inside the app: his pages don't come out.
    alice.post("/sneak", &[("as", "bob")]);
    let answer = alice.get("/orders");
    assert!(answer.secrets().iter().all(|(user, _)| user != "bob"), "{answer:?}");
    alice.get("/orders").expect_challenge();
    // Within `refresh` the app was believed to be alice's: it did get that request, and nothing of it came out.
    world.app.forget();
}

#[test]
fn a_token_that_nobody_signed_is_nobodys() {
    let world = world(Identity::Jwt, Style { signs: true, ..Style::default() });
    let in_an_hour = jsonwebtoken::get_current_timestamp() + 3600;
    let forged = |header: &Header, key: &str, exp: u64| {
        let claims = json!({ "sub": "alice", "exp": exp });
        jsonwebtoken::encode(header, &claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
    };
    let none = format!(
        "{}.{}.",
        data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"JWT"}"#),
        data_encoding::BASE64URL_NOPAD.encode(json!({ "sub": "alice", "exp": in_an_hour }).to_string().as_bytes())
    );
    for token in [
        none,
        forged(&Header::default(), "a guess at the key of the app, long enough", in_an_hour),
        forged(&Header::new(Algorithm::HS512), SIGNING_KEY, in_an_hour),
        forged(&Header::default(), SIGNING_KEY, 1_000_000),
    ] {
        let answer = world.ask(&Ask::page("/orders"), &format!("sid={token}"));
        assert_eq!((answer.status, answer.location()), (302, "/login"), "{answer:?}");
    }
    let good = forged(&Header::default(), SIGNING_KEY, in_an_hour);
    world.ask(&Ask::page("/orders"), &format!("sid={good}")).expect_challenge();
}

#[test]
fn keys_of_tokens_are_fetched_and_renewed_when_the_app_changes_them() {
    let key = |kid: &str| {
        let random = aws_lc_rs::rand::SystemRandom::new();
        let rules = &aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(rules, &random).unwrap();
        let key = EncodingKey::from_ec_der(pair.as_ref());
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap();
        jwk.common.key_id = Some(kid.to_owned());
        (key, jwk)
    };
    let ((first, first_jwk), (second, second_jwk)) = (key("one"), key("two"));
    let set = Arc::new(Mutex::new((vec![first_jwk], 0)));
    let shown = set.clone();
    let address = serve(Router::new().route(
        "/keys",
        get(move || async move {
            let mut shown = shown.lock().unwrap();
            shown.1 += 1;
            json!({ "keys": shown.0 }).to_string()
        }),
    ));
    let source = format!("source = \"jwt\"\nalgorithm = \"ES256\"\njwks_url = \"http://{address}/keys\"\naudience = \"wiki\"\n");
    let world = other(&source, "");
    let token = |key: &EncodingKey, kid: &str, audience: &str| {
        let header = Header { kid: Some(kid.into()), ..Header::new(Algorithm::ES256) };
        let claims = json!({ "sub": "alice", "aud": audience, "exp": jsonwebtoken::get_current_timestamp() + 600 });
        let token = jsonwebtoken::encode(&header, &claims, key).unwrap();
        world.app.accept(&token, "alice");
        token
    };
    let bearer = |token: &str| Ask::script("GET", "/orders").with("Authorization", &format!("Bearer {token}"));
    let refused = |token: &str| {
        let answer = world.browser().send(&bearer(token));
        assert!(answer.status == 302 && answer.secrets().is_empty(), "{answer:?}");
    };
    let good = token(&first, "one", "wiki");
    let mut script = world.browser();
    script.send(&bearer(&good)).expect_problem(401, "second_factor_required");
    world.verify(&mut script, "alice");
    script.send(&bearer(&good)).expect_page_of("alice");
    refused(&token(&first, "one", "another app"));
    refused(&token(&second, "one", "wiki"));
    assert_eq!(set.lock().unwrap().1, 1, "known keys are not asked for again");
    // A new key that nobody has published yet, then published: it counts once the set may be asked for again.
    refused(&token(&second, "two", "wiki"));
    set.lock().unwrap().0.push(second_jwk);
    std::thread::sleep(std::time::Duration::from_secs(11));
    let renewed = token(&second, "two", "wiki");
    script.send(&bearer(&renewed)).expect_page_of("alice");
    world.app.check();
}

/// How a token is signed, what makes such a key, and what else that key could sign by.
const SIGNATURES: [(Algorithm, &[&str], &[Algorithm]); 4] = [
    (Algorithm::RS256, RSA, &[Algorithm::PS256, Algorithm::RS512]),
    (Algorithm::PS256, RSA, &[Algorithm::RS256]),
    (Algorithm::ES384, &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"], &[]),
    (Algorithm::EdDSA, &["-algorithm", "ed25519"], &[]),
];
const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];

/// A key of OpenSSL's making: for signing, and its public half as PEM.
fn openssl_key(algorithm: Algorithm, how: &[&str]) -> (EncodingKey, String) {
    let private = Command::new("openssl").arg("genpkey").args(how).output().unwrap().stdout;
    let mut reads = Command::new("openssl");
    let mut reads = reads.args(["pkey", "-pubout"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    reads.stdin.take().unwrap().write_all(&private).unwrap();
    let public = String::from_utf8(reads.wait_with_output().unwrap().stdout).unwrap();
    let key = match algorithm {
        Algorithm::EdDSA => EncodingKey::from_ed_pem(&private),
        Algorithm::ES384 => EncodingKey::from_ec_pem(&private),
        _ => EncodingKey::from_rsa_pem(&private),
    };
    (key.unwrap(), public)
}

/// A token of alice's; the app would take it.
fn alices_token(world: &World, algorithm: Algorithm, key: &EncodingKey) -> String {
    let claims = json!({ "sub": "alice", "exp": jsonwebtoken::get_current_timestamp() + 600 });
    let header = Header { kid: Some("mine".into()), ..Header::new(algorithm) };
    let token = jsonwebtoken::encode(&header, &claims, key).unwrap();
    world.app.accept(&token, "alice");
    token
}

#[test]
fn a_token_of_every_kind_of_key_counts_by_its_public_key_and_by_no_other() {
    for (algorithm, how, others) in SIGNATURES {
        let (key, public) = openssl_key(algorithm, how);
        let source = format!("source = \"jwt\"\nalgorithm = \"{algorithm:?}\"\nkey = \"\"\"\n{public}\"\"\"\n");
        let world = other(&source, "");
        let good = alices_token(&world, algorithm, &key);
        let bearer = |token: &str| Ask::script("GET", "/orders").with("Authorization", &format!("Bearer {token}"));
        let mut alice = world.browser();
        alice.send(&bearer(&good)).expect_problem(401, "second_factor_required");
        world.verify(&mut alice, "alice");
        alice.send(&bearer(&good)).expect_page_of("alice");
        // Another key, the same key by another algorithm, the public key as a shared secret, and another's name in it.
        let (head, rest) = good.split_once('.').unwrap();
        let signature = rest.split_once('.').unwrap().1;
        let bob = json!({ "sub": "bob", "exp": jsonwebtoken::get_current_timestamp() + 600 }).to_string();
        let mut forged = vec![
            alices_token(&world, algorithm, &openssl_key(algorithm, how).0),
            alices_token(&world, Algorithm::HS256, &EncodingKey::from_secret(public.as_bytes())),
            format!("{head}.{}.{signature}", data_encoding::BASE64URL_NOPAD.encode(bob.as_bytes())),
            format!("{}.", good.rsplit_once('.').unwrap().0),
        ];
        forged.extend(others.iter().map(|other| alices_token(&world, *other, &key)));
        for token in forged {
            for mut browser in [world.browser(), alice.clone()] {
                let answer = browser.send(&bearer(&token));
                assert!(answer.status == 302 && answer.secrets().is_empty(), "{algorithm:?} {token}: {answer:?}");
            }
        }
        world.app.check();
    }
}

#[test]
fn a_key_is_found_in_a_set_that_has_keys_for_other_ends() {
    for (algorithm, how, _) in SIGNATURES {
        let (key, _) = openssl_key(algorithm, how);
        let mut mine = Jwk::from_encoding_key(&key, algorithm).unwrap();
        mine.common.key_id = Some("mine".into());
        // As identity providers do: keys for encryption, of kinds that no signature has, stand beside it.
        let set = json!({ "keys": [
            { "kty": "RSA", "use": "enc", "alg": "RSA-OAEP", "kid": "a", "e": "AQAB", "n": "x6Kx3mmWZq0dtHxGfLEHKvzF" },
            { "kty": "OKP", "use": "enc", "alg": "ECDH-ES", "crv": "X25519", "kid": "b", "x": "3p7bfXt9wbTTW2HC7OQ1Nz" },
            { "kty": "XYZ", "kid": "c" },
            mine,
        ] })
        .to_string();
        let keys = serve(Router::new().route("/keys", get(move || std::future::ready(set))));
        let source =
            format!("source = \"jwt\"\nalgorithm = \"{algorithm:?}\"\njwks_url = \"http://{keys}/keys\"\ncookie = \"sid\"\n");
        let world = other(&source, "");
        let ask = |key: &EncodingKey| format!("sid={}", alices_token(&world, algorithm, key));
        world.ask(&Ask::page("/orders"), &ask(&key)).expect_challenge();
        let answer = world.ask(&Ask::page("/orders"), &ask(&openssl_key(algorithm, how).0));
        assert!(answer.status == 302 && answer.secrets().is_empty(), "{algorithm:?}: {answer:?}");
    }
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("{user}:{password}").as_bytes()))
}

#[test]
fn a_name_and_password_in_every_request_are_asked_of_the_app_before_anything_is_sent() {
    let world = other("source = \"basic\"\npath = \"/basic\"\nrefresh = \"1s\"\n", "");
    let ask = |user: &str, password: &str| Ask::page("/basic").with("Authorization", &basic(user, password));
    let mut alice = world.browser();
    let answer = alice.get("/basic").expect(401);
    assert_eq!(answer.header("www-authenticate"), Some("Basic realm=app"));
    // What isn't a GET is the gate's own answer, in the form that clients of such apps understand.
    let answer = alice.send(&Ask::script("PUT", "/basic")).expect_problem(401, "sign_in_first");
    assert!(answer.header("www-authenticate").is_some_and(|h| h.starts_with("Basic ")), "{answer:?}");
    alice.send(&ask("alice", "a guess")).expect(401);
    assert!(world.mails.all().is_empty());
    alice.send(&ask("alice", password("alice"))).expect_challenge();
    world.verify(&mut alice, "alice");
    alice.send(&ask("alice", password("alice"))).expect_page_of("alice");
    // Nobody else's password goes on with it, and nobody else's browser.
    alice.send(&ask("bob", password("bob"))).expect_challenge();
    world.browser().send(&ask("alice", password("alice"))).expect_challenge();
    // A logout of one browser is not everybody's who knows the password.
    let mut desk = world.browser();
    desk.send(&ask("alice", password("alice"))).expect_challenge();
    world.verify(&mut desk, "alice");
    let leave = desk.post("/logout", &[]);
    assert!(leave.secrets().is_empty(), "{leave:?}");
    world.app.check();
}

#[test]
fn a_login_that_the_source_does_not_look_at_shows_nothing() {
    let basic = "source = \"basic\"\npath = \"/basic\"\n";
    let table = "source = \"sql\"\nurl = \"sqlite:app.db\"\ncookie = \"other\"\nquery = \"select username as id from sessions where id = :session\"\n";
    for source in [basic, table] {
        let world = match source == table {
            true => World::of(&Plan { identity: Identity::OtherTable, source: source.into(), ..Plan::default() }),
            false => other(source, ""),
        };
        let mut thief = world.browser();
        let fields = [("username", "alice"), ("password", password("alice")), ("inline", "1")];
        let answer = thief.post("/login", &fields);
        assert!(answer.status >= 500 && answer.secrets().is_empty(), "{answer:?}");
        let answer = thief.get("/orders");
        assert!(answer.secrets().is_empty(), "{answer:?}");
        // By an address that nobody listed, and then to the login page.
        let mut thief = world.browser();
        thief.get("/magic?as=alice");
        let answer = thief.get("/login");
        assert!(answer.secrets().is_empty(), "{answer:?}");
    }
}

#[test]
fn where_no_session_cookie_is_listed_none_goes_to_the_login_page() {
    let mut world = other("source = \"basic\"\npath = \"/basic\"\n", "");
    world.kill();
    let text = std::fs::read_to_string(world.config()).unwrap();
    let without = text.replace("session_cookies = [\"sid\", \"remember_*\"]\n", "");
    assert_ne!(text, without);
    std::fs::write(world.config(), without).unwrap();
    world.start();
    let mut thief = world.browser();
    thief.get("/magic?as=alice");
    assert!(thief.jar.contains_key("sid"));
    let answer = thief.get("/login").expect(200);
    assert!(answer.secrets().is_empty(), "{answer:?}");
    world.app.check();
}

#[test]
fn a_page_that_lets_strangers_in_says_nothing_of_a_password() {
    let world = other("source = \"basic\"\npath = \"/public\"\n", "");
    let answer = world.browser().send(&Ask::page("/orders").with("Authorization", &basic("alice", "a guess")));
    answer.expect(503);
    assert!(world.log().contains("identity.path"), "{}", world.log());
}

#[test]
fn a_user_is_named_by_a_trusted_proxy_only() {
    let source = "source = \"request_header\"\nheader = \"X-SSO-User\"\n";
    let plan = |network: &str| Plan {
        identity: Identity::Other,
        source: source.into(),
        server: format!("trusted_proxies = [\"{network}\"]\n"),
        ..Plan::default()
    };
    let named = |user: &str| Ask::page("/orders").with("X-SSO-User", user);
    let world = World::of(&plan("127.0.0.1/32"));
    let mut alice = world.browser();
    alice.send(&named("alice")).expect_challenge();
    world.verify(&mut alice, "alice");
    alice.send(&named("alice")).expect_page_of("alice");
    assert_eq!(world.app.last("/orders").header("x-sso-user"), Some("alice"));
    // The gate cookie alone is nobody, another name is another user, an unknown name is denied, two names are none.
    let answer = alice.get("/orders").expect(302);
    assert!(answer.secrets().is_empty());
    let line = alice.cookie_line();
    world.ask(&named("bob"), &line).expect_challenge();
    world.ask(&named("mallory"), &line).expect(403);
    world.ask(&named("alice").with("x-sso-user", "bob"), &line).expect(400);
    // Who leaves ends what this browser has open, and no more.
    let mut desk = world.browser();
    desk.send(&named("alice")).expect_challenge();
    let mut thief = world.browser();
    thief.send(&named("alice")).expect_challenge();
    assert_ne!(desk.jar["mfa"], thief.jar["mfa"]);
    thief.call("/.mfa/logout", json!({}));
    world.verify(&mut desk, "alice");
    let socket = |browser: &Browser| {
        let ask = Ask::new("GET", "/ws").with("Connection", "upgrade").with("Upgrade", "websocket").with("X-SSO-User", "alice");
        let mut stream = crate::client::connect(world.address).unwrap();
        std::io::Write::write_all(&mut stream, &ask.bytes(&world.address.to_string(), &browser.cookie_line())).unwrap();
        assert_eq!(crate::client::read_head(&mut stream).unwrap().0.status, 101);
        stream
    };
    let (mut stays, mut ends) = (socket(&alice), socket(&desk));
    desk.send(&Ask::page("/logout").with("X-SSO-User", "alice"));
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut ends, &mut rest).unwrap();
    std::io::Write::write_all(&mut stays, b"still here").unwrap();
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("still here") {
        let mut piece = [0; 256];
        let n = std::io::Read::read(&mut stays, &mut piece).unwrap();
        assert!(n > 0, "the other browser's socket was closed");
        heard.extend_from_slice(&piece[..n]);
    }
    // Another browser of hers is challenged for itself, and leaving it leaves this one alone.
    let mut phone = world.browser();
    phone.send(&named("alice")).expect_challenge();
    phone.call("/.mfa/logout", json!({}));
    alice.send(&named("alice")).expect_page_of("alice");
    world.app.check();
    let world = World::of(&plan("10.9.9.9/32"));
    let answer = world.browser().send(&named("alice")).expect(302);
    assert_eq!(answer.location(), "/login");
    assert_eq!(world.app.last("/orders").header("x-sso-user"), None);
}

#[test]
fn an_app_that_gives_tokens_is_gated_like_one_that_sets_cookies() {
    let source = "source = \"login_form\"\ntoken = \"json:/access_token\"\nlogin_answer = \"pass\"\n";
    let app = "not_login_paths = []\n";
    let plan = Plan { identity: Identity::Other, source: source.into(), app: app.into(), ..Plan::default() };
    let world = World::of(&plan);
    let log_in = |browser: &mut Browser, user: &str, password: &str| {
        browser.send(&Ask::json("/api/token", json!({ "username": user, "password": password })))
    };
    let with = |target: &str, token: &str| Ask::script("GET", target).with("Authorization", &format!("Bearer {token}"));
    let mut alice = world.browser();
    log_in(&mut alice, "alice", "a guess").expect(403);
    let soft = json!({ "username": "alice", "password": "a guess", "soft": "yes" });
    assert_eq!(alice.send(&Ask::json("/api/token", soft)).expect(200).text(), "{}");
    assert!(!alice.jar.contains_key("mfa") && world.mails.all().is_empty());
    let answer = log_in(&mut alice, "alice", password("alice")).expect(200);
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    alice.send(&with("/orders", &token)).expect_problem(401, "second_factor_required");
    // The editor's page is loaded without the token: the gate's own cookie tells that somebody is half-way in.
    alice.get("/editor").expect_challenge();
    world.verify(&mut alice, "alice");
    alice.get("/editor").expect(200);
    alice.send(&with("/orders", &token)).expect_page_of("alice");
    alice.send(&Ask::script("GET", "/orders").with("Authorization", &format!("bearer {token}")));
    // The token alone, in other hands.
    world.browser().send(&with("/orders", &token)).expect_problem(401, "second_factor_required");
    // Another's token in a verified browser.
    let mut thief = world.browser();
    let stolen = log_in(&mut thief, "bob", password("bob")).json()["access_token"].as_str().unwrap().to_owned();
    let answer = alice.send(&with("/orders", &stolen));
    assert!(answer.secrets().is_empty(), "{answer:?}");
    let answer = alice.send(&with("/orders", "guess"));
    assert!(answer.secrets().is_empty(), "{answer:?}");
    world.app.check();
}

#[test]
fn a_session_header_of_nobodys_does_not_go_on_with_a_verified_session() {
    let world = World::of(&Plan { app: "session_headers = [\"X-Auth-Token\"]\n".into(), ..Plan::default() });
    world.app.accept("stolen", "bob");
    let mut alice = world.verified("alice");
    let answer = alice.send(&Ask::page("/orders").with("X-Auth-Token", "stolen"));
    assert!(answer.secrets().iter().all(|(user, _)| user == "alice"), "{answer:?}");
    assert_eq!(world.app.last("/orders").header("x-auth-token"), None);
    world.app.check();
}

#[test]
fn an_app_that_has_lost_its_sessions_asks_for_a_new_login_and_no_code() {
    for identity in [Identity::Form, Identity::Probe, Identity::FormAndProbe] {
        let world = World::of(&Plan { identity, ..Plan::default() });
        let mut alice = world.verified("alice");
        world.app.lose_sessions();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        let answer = alice.get("/orders").expect(302);
        assert_eq!(answer.location(), "/login");
        assert_eq!(world.mails_to("alice").len(), 1, "{identity:?}");
        world.log_in(&mut alice, "alice").expect_challenge();
        world.verify(&mut alice, "alice");
        alice.get("/orders").expect_page_of("alice");
    }
}
