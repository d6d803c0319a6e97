//! The doors and the way to the app: TLS, HTTP/2, sockets, several servers, and what happens while the gate runs.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::process::Command;
use std::time::{Duration, Instant};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;

use crate::app::App;
use crate::bridge::{self, certificate};
use crate::client::{Answer, Ask, Browser, connect, open_websocket, raw, read_head};
use crate::world::{Plan, RUNTIME, World, free_port};

/// A world behind TLS; its address is a bridge that a plain client can use.
fn tls_world(more: &str) -> (World, bridge::Certificate, SocketAddr, tempfile::TempDir) {
    let files = tempfile::tempdir().unwrap();
    let made = certificate(files.path(), "gate", "DNS:wiki.test,IP:127.0.0.1");
    let server = format!("tls = {{ cert = \"{}\", key = \"{}\" }}\n{more}", made.chain.display(), made.key.display());
    let mut world = World::of(&Plan { scheme: "https", server, ..Plan::default() });
    let gate = world.address;
    world.address = bridge::into_tls(gate, &made.authority);
    (world, made, gate, files)
}

/// What a server shows as its certificate's subject to a client that asks for a name.
fn subject(at: SocketAddr, name: &str) -> String {
    let script =
        format!("openssl s_client -connect {at} -servername {name} </dev/null 2>/dev/null | openssl x509 -noout -subject");
    String::from_utf8_lossy(&Command::new("sh").args(["-c", &script]).output().unwrap().stdout).into_owned()
}

#[track_caller]
fn soon(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < until, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_session_lives_from_login_to_logout_behind_tls() {
    let (world, _, gate, _files) = tls_world("");
    let mut alice = world.browser();
    let answer = world.log_in(&mut alice, "alice").expect_challenge();
    let cookie = answer.all("set-cookie").into_iter().find(|c| c.starts_with("__Host-mfa=")).unwrap().to_owned();
    assert!(cookie.contains("Secure") && cookie.contains("HttpOnly"), "{cookie}");
    world.verify(&mut alice, "alice");
    alice.get("/private").expect_page_of("alice");
    assert_eq!(world.app.last("/private").header("x-forwarded-proto"), Some("https"));
    alice.get("/logout").expect(302);
    // Plain HTTP on this port is no HTTP at all.
    assert!(raw(gate, b"GET / HTTP/1.1\r\nHost: wiki.test\r\n\r\n").is_err());
}

#[test]
fn each_name_has_its_certificate_and_new_ones_are_taken_without_a_restart() {
    let files = tempfile::tempdir().unwrap();
    let first = certificate(files.path(), "first", "DNS:first.test");
    let wild = certificate(files.path(), "wild", "DNS:*.wild.test");
    let table = |c: &bridge::Certificate| format!("{{ cert = \"{}\", key = \"{}\" }}", c.chain.display(), c.key.display());
    let server = format!("tls = [{}, {}]", table(&first), table(&wild));
    let world = World::of(&Plan { scheme: "https", server, ..Plan::default() });
    assert!(subject(world.address, "first.test").contains("first"));
    assert!(subject(world.address, "a.wild.test").contains("wild"));
    assert!(subject(world.address, "other.test").contains("first"));
    // A key that isn't the certificate's changes nothing.
    let third = certificate(files.path(), "third", "DNS:first.test");
    let renew = |from: &std::path::Path, to: &std::path::Path| {
        std::fs::copy(from, to.with_extension("new")).unwrap();
        std::fs::rename(to.with_extension("new"), to).unwrap();
    };
    renew(&third.chain, &first.chain);
    soon("a warning", || world.log().contains("the certificates were not taken over"));
    assert!(subject(world.address, "first.test").contains("first"));
    renew(&third.key, &first.key);
    soon("the new certificate", || subject(world.address, "first.test").contains("third"));
}

#[test]
fn clients_without_a_certificate_stay_outside_where_one_is_wanted() {
    let files = tempfile::tempdir().unwrap();
    let people = certificate(files.path(), "people", "DNS:alice.test");
    let (_world, _, gate, _more) = {
        let made = certificate(files.path(), "gate", "IP:127.0.0.1");
        let server = format!(
            "tls = {{ cert = \"{}\", key = \"{}\", client_ca = \"{}\", min_version = \"1.3\" }}",
            made.chain.display(),
            made.key.display(),
            people.authority.display()
        );
        let world = World::of(&Plan { scheme: "https", server, ..Plan::default() });
        let gate = world.address;
        (world, made, gate, ())
    };
    let url = format!("https://{gate}/login");
    let curl = |args: &[&str]| {
        Command::new("curl").args(["-sk", "-o", "/dev/null", "-w", "%{http_code}"]).args(args).arg(&url).output().unwrap()
    };
    assert_ne!(curl(&[]).stdout, b"200");
    let (cert, key) = (people.chain.display().to_string(), people.key.display().to_string());
    assert_eq!(curl(&["--cert", &cert, "--key", &key]).stdout, b"200");
    assert_ne!(curl(&["--cert", &cert, "--key", &key, "--tls-max", "1.2"]).stdout, b"200");
}

/// A connection of HTTP/2 over TLS.
async fn http2(gate: SocketAddr, authority: &std::path::Path) -> hyper::client::conn::http2::SendRequest<String> {
    let tcp = tokio::net::TcpStream::connect(gate).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let tls = TlsConnector::from(bridge::trusting(authority, b"h2")).connect(name, tcp).await.unwrap();
    assert_eq!(tls.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(tls)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn read(answer: Response<Incoming>) -> Answer {
    use http_body_util::BodyExt;
    let (head, body) = answer.into_parts();
    let headers = head.headers.iter().map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned())).collect();
    Answer { status: head.status.as_u16(), headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

#[test]
fn http2_carries_many_requests_whose_cookies_come_in_crumbs() {
    let (world, made, gate, _files) = tls_world("");
    let alice = world.verified("alice");
    RUNTIME.block_on(async {
        let mut sender = http2(gate, &made.authority).await;
        let ask = |method: &str, path: &str, with_cookies: bool| {
            let mut request = Request::builder().method(method).uri(format!("https://{gate}{path}"));
            if with_cookies {
                for (name, value) in &alice.jar {
                    request = request.header("cookie", format!("{name}={value}"));
                }
            }
            request.header("accept", "text/html")
        };
        let answers = (0..20).map(|_| sender.clone().send_request(ask("GET", "/private", true).body(String::new()).unwrap()));
        for answer in futures_util::future::join_all(answers).await {
            read(answer.unwrap()).await.expect_page_of("alice");
        }
        let record = world.app.last("/private");
        assert_eq!(record.headers.iter().filter(|(n, _)| n == "cookie").count(), 1, "{record:?}");
        assert_eq!(record.header("host"), Some(&*gate.to_string()));
        let up = ask("POST", "/upload", true).header("content-type", "text/plain").body("u".repeat(300_000)).unwrap();
        assert!(read(sender.send_request(up).await.unwrap()).await.text().starts_with("got 300000"));
        // A stranger, another Host than the authority, and a tunnel that is none.
        let page = read(sender.send_request(ask("GET", "/private", false).body(String::new()).unwrap()).await.unwrap()).await;
        assert!(page.secrets().is_empty() && page.status == 302, "{page:?}");
        let two = ask("GET", "/private", true).header("host", "other.test").body(String::new()).unwrap();
        assert_eq!(read(sender.send_request(two).await.unwrap()).await.status, 400);
        let connect = Request::builder().method("CONNECT").uri(gate.to_string()).body(String::new()).unwrap();
        assert_eq!(sender.send_request(connect).await.unwrap().status(), 501);
    });
}

#[test]
fn a_websocket_opens_over_http2_for_a_verified_session_only() {
    let (world, made, gate, _files) = tls_world("");
    let (mut alice, mut thief) = (world.verified("alice"), world.browser());
    world.log_in(&mut thief, "alice");
    RUNTIME.block_on(async {
        let mut sender = http2(gate, &made.authority).await;
        let open = |cookie: String| {
            let request = Request::builder().method("CONNECT").uri(format!("https://{gate}/ws")).header("cookie", cookie);
            let mut request = request.header("sec-websocket-version", "13").body(String::new()).unwrap();
            request.extensions_mut().insert(hyper::ext::Protocol::from_static("websocket"));
            request
        };
        let refused = sender.send_request(open(thief.cookie_line())).await.unwrap();
        assert_eq!(refused.status(), 401);
        read(refused).await.expect_problem(401, "second_factor_required");
        let opened = sender.send_request(open(alice.cookie_line())).await.unwrap();
        assert_eq!(opened.status(), 200);
        assert!(opened.headers().get("upgrade").is_none() && opened.headers().get("connection").is_none());
        let mut socket = TokioIo::new(hyper::upgrade::on(opened).await.unwrap());
        let mut heard = vec![0; 1024];
        let n = socket.read(&mut heard).await.unwrap();
        assert!(String::from_utf8_lossy(&heard[..n]).contains("SECRET-alice-"));
        socket.write_all(b"ping").await.unwrap();
        let n = socket.read(&mut heard).await.unwrap();
        assert_eq!(&heard[..n], b"ping");
        alice.get("/logout").expect(302);
        let ended = tokio::time::timeout(Duration::from_secs(3), socket.read(&mut heard)).await.unwrap();
        assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
    });
}

#[test]
fn plain_http_is_led_to_https_and_nothing_else() {
    let redirect = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let (world, _, gate, _files) = tls_world(&format!("redirect_listen = \"{redirect}\""));
    let mut alice = Browser::new(redirect);
    let answer = alice.send(&Ask::page("/a/b?c=d").with("Cookie", "sid=1")).expect(308);
    assert_eq!(answer.location(), format!("https://127.0.0.1:{}/a/b?c=d", gate.port()));
    let elsewhere = raw(redirect, b"GET //evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n").unwrap();
    assert!(elsewhere.location().starts_with(&format!("https://127.0.0.1:{}/", gate.port())), "{elsewhere:?}");
    assert!(world.app.records().is_empty());
}

#[test]
fn a_proxy_header_names_the_client_of_named_networks_only() {
    let world = World::of(&Plan { server: "proxy_protocol = [\"127.0.0.2/32\"]".into(), ..Plan::default() });
    let from = |host: &str, first: &[u8]| {
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket.bind(&format!("{host}:0").parse::<SocketAddr>().unwrap().into()).unwrap();
        socket.connect(&world.address.into()).unwrap();
        let mut stream = std::net::TcpStream::from(socket);
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        for piece in first.chunks(7) {
            let _ = stream.write_all(piece);
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = stream.write_all(format!("GET /public HTTP/1.1\r\nHost: {}\r\n\r\n", world.address).as_bytes());
        read_head(&mut stream).map(|(head, _)| head.status).ok()
    };
    assert_eq!(from("127.0.0.2", b"PROXY TCP4 203.0.113.9 127.0.0.1 1234 80\r\n"), Some(200));
    assert_eq!(world.app.last("/public").header("x-forwarded-for"), Some("203.0.113.9"));
    let v2 = [&b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c"[..], &[198, 51, 100, 7, 127, 0, 0, 1, 4, 210, 0, 80]].concat();
    assert_eq!(from("127.0.0.2", &v2), Some(200));
    assert_eq!(world.app.last("/public").header("x-forwarded-for"), Some("198.51.100.7"));
    // Without a header from a named balancer, or with one from anyone else, there is no connection.
    assert_eq!(from("127.0.0.2", b""), None);
    assert_eq!(from("127.0.0.3", b""), Some(200));
    assert_ne!(from("127.0.0.3", b"PROXY TCP4 203.0.113.9 127.0.0.1 1234 80\r\n"), Some(200));
}

#[test]
fn unix_sockets_lead_in_and_out() {
    let files = tempfile::tempdir().unwrap();
    let (front, back) = (files.path().join("gate.sock"), files.path().join("app.sock"));
    let plan = Plan {
        server: format!("# {0}\ntrusted_proxies = [\"127.0.0.1/32\"]", front.display()),
        upstream: format!("\"unix:{}\"", back.display()),
        ..Plan::default()
    };
    let mut world = World::of(&plan);
    bridge::out_of_unix(&back, world.app.address);
    let text = std::fs::read_to_string(world.config()).unwrap();
    let listen = format!("listen = \"{}\"", world.address);
    std::fs::write(world.config(), text.replace(&listen, &format!("listen = \"unix:{}\"", front.display()))).unwrap();
    world.kill();
    world.start();
    world.address = bridge::into_unix(&front);
    let mut alice = world.verified("alice");
    alice.send(&Ask::page("/private").with("X-Forwarded-For", "203.0.113.9")).expect_page_of("alice");
    assert_eq!(world.app.last("/private").header("x-forwarded-for"), Some("203.0.113.9"));
}

#[test]
fn an_app_behind_tls_is_believed_by_its_authority_or_its_fingerprint() {
    let files = tempfile::tempdir().unwrap();
    let (app, other) =
        (certificate(files.path(), "app", "DNS:box.internal"), certificate(files.path(), "other", "DNS:box.internal"));
    let fingerprint = |c: &bridge::Certificate| {
        let done =
            Command::new("openssl").args(["x509", "-noout", "-fingerprint", "-sha256", "-in"]).arg(&c.chain).output().unwrap();
        String::from_utf8_lossy(&done.stdout).trim().split_once('=').unwrap().1.to_owned()
    };
    let listener = free_port();
    let with = |tls: String| Plan {
        upstream: format!("\"https://127.0.0.1:{listener}\""),
        app: format!("upstream_tls = {{ {tls} }}"),
        ..Plan::default()
    };
    let ca = |c: &bridge::Certificate| format!("ca = \"{}\", name = \"box.internal\"", c.authority.display());
    let plans = [
        (with(ca(&app)), true),
        (with(format!("fingerprint = \"{}\"", fingerprint(&app))), true),
        (with(ca(&other)), false),
        (with(format!("ca = \"{}\"", app.authority.display())), false),
        (with(format!("fingerprint = \"sha256:{}\"", fingerprint(&other))), false),
    ];
    for (plan, fine) in plans {
        let mut world = World::of(&plan);
        let bridge = bridge::out_of_tls(world.app.address, &app);
        let text = std::fs::read_to_string(world.config()).unwrap();
        std::fs::write(world.config(), text.replace(&format!("127.0.0.1:{listener}"), &bridge.to_string())).unwrap();
        world.kill();
        world.start();
        if fine {
            world.verified("alice").get("/private").expect_page_of("alice");
        } else {
            world.browser().send(&Ask::script("GET", "/login")).expect_problem(502, "app_down");
            assert!(world.app.records().is_empty());
            let (status, said) = world.command(&["check"]);
            assert!(status == 1 && said.contains("can't be reached"), "{said}");
        }
    }
}

#[test]
fn an_app_that_speaks_http2_gets_it_and_its_trailers_arrive() {
    let mut world = World::of(&Plan { upstream: "\"h2c://127.0.0.1:1\"".into(), ..Plan::default() });
    let bridge = bridge::out_of_http2(world.app.address);
    let text = std::fs::read_to_string(world.config()).unwrap();
    std::fs::write(world.config(), text.replace("h2c://127.0.0.1:1", &format!("h2c://{bridge}"))).unwrap();
    world.kill();
    world.start();
    let mut alice = world.verified("alice");
    alice.get("/private").expect_page_of("alice");
    let record = world.app.last("/private");
    assert_eq!((record.header("x-came-by"), record.header("host")), (Some("h2"), Some(&*world.address.to_string())));
    let ask = Ask::page("/private").with("TE", "trailers").bytes(&world.address.to_string(), &alice.cookie_line());
    let mut stream = connect(world.address).unwrap();
    stream.write_all(&ask).unwrap();
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&all).contains("x-checked: yes") {
        let n = stream.read(&mut buffer).unwrap();
        assert!(n > 0, "{}", String::from_utf8_lossy(&all));
        all.extend_from_slice(&buffer[..n]);
    }
    assert_eq!(world.app.last("/private").header("te"), Some("trailers"));
    // HTTP/2 on both sides, here without TLS: what gRPC needs.
    RUNTIME.block_on(async {
        let tcp = tokio::net::TcpStream::connect(world.address).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(tcp)).await.unwrap();
        tokio::spawn(connection);
        let request = Request::get(format!("http://{}/private", world.address)).header("te", "trailers");
        let request = request.header("cookie", alice.cookie_line()).body(String::new()).unwrap();
        use http_body_util::BodyExt;
        let body = sender.send_request(request).await.unwrap().into_body().collect().await.unwrap();
        assert_eq!(body.trailers().unwrap()["x-checked"], "yes");
    });
}

#[test]
fn a_session_stays_on_the_server_that_made_it_and_others_take_over_when_it_is_down() {
    let second = RUNTIME.block_on(App::start(crate::app::Style::default()));
    let health = "[apps.health]\npath = \"/public\"\nevery = \"200ms\"\n";
    let plan =
        Plan { upstream: format!("[\"http://APP\", \"http://{}\"]", second.address), more: String::new(), ..Plan::default() };
    let plan = Plan { app: health.into(), ..plan };
    let world = World::of(&plan);
    for user in ["alice", "bob", "carol"] {
        let mut browser = world.verified(user);
        for _ in 0..5 {
            browser.get("/private").expect_page_of(user);
        }
    }
    let asked = |app: &App| app.records().iter().filter(|r| r.target == "/private").count();
    // All from one address, and so all on one server; both were asked whether they are well.
    let (first, other) = (asked(&world.app), asked(&second));
    assert_eq!(first.min(other), 0);
    assert_eq!(first.max(other), 15);
    soon("both are asked", || world.app.was_asked("/public") && second.was_asked("/public"));
    second.check();
}

#[test]
fn a_request_goes_to_the_next_server_where_one_refuses_connections() {
    let closed = free_port();
    let plan = Plan {
        upstream: format!("[\"http://127.0.0.1:{closed}\", \"http://APP\", \"http://127.0.0.1:{closed}\"]"),
        ..Plan::default()
    };
    let world = World::of(&plan);
    let mut alice = world.verified("alice");
    for _ in 0..3 {
        alice.post("/note", &[("text", "kept")]);
        alice.get("/private").expect_page_of("alice");
    }
}

#[test]
fn the_configuration_is_read_again_without_dropping_a_connection() {
    let world = World::new();
    let alice = world.verified("alice");
    let mut kept = connect(world.address).unwrap();
    let mut ask = |target: &str| {
        kept.write_all(&Ask::page(target).bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        crate::client::read_answer(&mut kept, false).unwrap()
    };
    ask("/private").expect_page_of("alice");
    let text = std::fs::read_to_string(world.config()).unwrap();
    let rule = "[[apps.rules]]\npath = \"/private\"\naction = \"deny\"\n";
    std::fs::write(world.config(), format!("{text}\n[surprise]\n")).unwrap();
    soon("the refusal", || world.log().contains("gate.toml was not taken over"));
    assert!(world.log().contains("surprise"));
    ask("/private").expect_page_of("alice");
    let listen = format!("listen = \"{}\"", world.address);
    std::fs::write(
        world.config(),
        text.replace(&listen, "listen = \"127.0.0.1:1\"").replace("[methods.email]", &format!("{rule}[methods.email]")),
    )
    .unwrap();
    soon("the new rule", || ask("/private").status == 403);
    assert!(world.log().contains("server.listen"));
    ask("/public").expect_page_of("alice");
    // A signal does the same at once.
    std::fs::write(world.config(), &text).unwrap();
    let _ = Command::new("kill").args(["-HUP", &world.pid().to_string()]).status();
    soon("the old rules", || ask("/private").status == 200);
}

#[test]
fn a_new_process_takes_over_and_nobody_is_refused() {
    let mut world = World::new();
    let alice = world.verified("alice");
    let ask = Ask::page("/private").with("Connection", "close").bytes(&world.address.to_string(), &alice.cookie_line());
    let address = world.address;
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let asking: Vec<_> = (0..3)
        .map(|_| {
            let (ask, stop) = (ask.clone(), stop.clone());
            std::thread::spawn(move || {
                let mut done = 0;
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    raw(address, &ask).unwrap_or_else(|e| panic!("after {done}: {e}")).expect_page_of("alice");
                    done += 1;
                }
                done
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    for _ in 0..3 {
        let old = world.hand_over();
        let mut old = crate::world::Ends(old);
        let _ = Command::new("kill").arg(old.0.id().to_string()).status();
        assert!(old.0.wait().unwrap().success());
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let done: usize = asking.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert!(done > 20, "{done}");
}

#[test]
fn a_websocket_is_told_why_it_ends_when_the_gate_stops() {
    let world = World::new();
    let alice = world.verified("alice");
    let mut stream = open_websocket(world.address, &alice.cookie_line());
    let _ = Command::new("kill").arg(world.pid().to_string()).status();
    let mut last = Vec::new();
    stream.read_to_end(&mut last).unwrap();
    assert_eq!(last, [0x88, 2, 0x03, 0xe9], "a close frame with 1001");
}

#[test]
fn slow_and_large_requests_are_told_so() {
    let server = "header_timeout = \"400ms\"\nbody_timeout = \"300ms\"\nidle_timeout = \"1s\"\nbody_max = \"64KiB\"\nheader_max = \"16KiB\"";
    let world = World::of(&Plan { server: server.into(), ..Plan::default() });
    let mut alice = world.verified("alice");
    let closes = |first: &[u8]| {
        let mut stream = connect(world.address).unwrap();
        stream.write_all(first).unwrap();
        let (started, mut rest) = (Instant::now(), Vec::new());
        let _ = stream.read_to_end(&mut rest);
        (started.elapsed(), rest)
    };
    // Nothing, a lone byte, a head that never ends.
    for first in [&b""[..], b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
        let (after, _) = closes(first);
        // Of HTTP/2 only the idle time is waited for, and a moment for saying goodbye.
        let patience = if first.starts_with(b"PRI") { 8 } else { 4 };
        assert!(after < Duration::from_secs(patience), "{first:?} {after:?}");
    }
    // A head that drips.
    let mut drip = connect(world.address).unwrap();
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(5) && drip.write_all(b"G").is_ok() {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(started.elapsed() < Duration::from_secs(4));
    // A body that stops coming.
    let half =
        Ask::new("POST", "/upload").navigation().with("Content-Type", "text/plain").with("Content-Length", "100").body("half");
    let (_, said) = closes(&half.bytes(&world.address.to_string(), &alice.cookie_line()));
    assert!(String::from_utf8_lossy(&said).starts_with("HTTP/1.1 408"), "{}", String::from_utf8_lossy(&said));
    // Too much of one, announced or not.
    let large = Ask::new("POST", "/upload").navigation().with("Content-Type", "text/plain").body(vec![b'u'; 70_000]);
    alice.send(&large).expect(413);
    let chunk = format!("11170\r\n{}\r\n0\r\n\r\n", "u".repeat(70_000));
    let chunked =
        Ask::new("POST", "/upload").navigation().with("Content-Type", "text/plain").with("Transfer-Encoding", "chunked");
    alice.send(&chunked.body(chunk)).expect(413);
    let answer = alice.send(&Ask::page("/private").with("X-Long", &"x".repeat(20_000))).expect(431);
    assert!(answer.text().contains("cookies"), "{}", answer.text());
    // Idle, it is closed after its time; asked in between, it goes on.
    let mut kept = connect(world.address).unwrap();
    let ask = Ask::page("/private").bytes(&world.address.to_string(), &alice.cookie_line());
    kept.write_all(&ask).unwrap();
    crate::client::read_answer(&mut kept, false).unwrap().expect_page_of("alice");
    let started = Instant::now();
    assert_eq!(kept.read(&mut [0; 16]).unwrap(), 0);
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

#[test]
fn a_connection_that_rested_goes_on() {
    let world = World::new();
    let alice = world.verified("alice");
    let mut kept = connect(world.address).unwrap();
    let ask = Ask::page("/private").bytes(&world.address.to_string(), &alice.cookie_line());
    for pause in [0, 3500, 0, 3500] {
        std::thread::sleep(Duration::from_millis(pause));
        // In two pieces: the first wakes it.
        kept.write_all(&ask[..20]).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        kept.write_all(&ask[20..]).unwrap();
        crate::client::read_answer(&mut kept, false).unwrap().expect_page_of("alice");
    }
}

#[test]
fn what_follows_a_body_that_the_app_did_not_wait_for_is_no_request_of_its_own() {
    let world = World::new();
    let alice = world.verified("alice");
    let mut kept = connect(world.address).unwrap();
    let early = Ask::new("POST", "/early").navigation().with("Content-Type", "application/octet-stream");
    let early = early.with("Content-Length", "200000").body(vec![b'x'; 1000]);
    kept.write_all(&early.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    let (head, _) = read_head(&mut kept).unwrap();
    assert_eq!(head.status, 200);
    // Longer than a connection takes to come to rest.
    std::thread::sleep(Duration::from_millis(4500));
    let smuggled = Ask::page("/smuggled").bytes(&world.address.to_string(), &alice.cookie_line());
    let _ = kept.write_all(&smuggled);
    kept.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let mut rest = Vec::new();
    let _ = kept.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("HTTP/1.1"), "{}", String::from_utf8_lossy(&rest));
    assert!(!world.app.was_asked("/smuggled"));
}

#[test]
fn an_upload_may_take_longer_than_the_app_may() {
    let world = World::of(&Plan { server: "upstream_timeout = \"500ms\"".into(), ..Plan::default() });
    let alice = world.verified("alice");
    let mut stream = connect(world.address).unwrap();
    let slow = Ask::new("POST", "/upload").navigation().with("Content-Type", "text/plain").with("Content-Length", "80");
    stream.write_all(&slow.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    for _ in 0..8 {
        std::thread::sleep(Duration::from_millis(200));
        stream.write_all(b"0123456789").unwrap();
    }
    assert!(crate::client::read_answer(&mut stream, false).unwrap().text().starts_with("got 80"));
}

#[test]
fn a_ticket_from_before_certificates_were_demanded_is_worth_nothing() {
    let (world, made, gate, files) = tls_world("");
    let people = certificate(files.path(), "people", "DNS:alice.test");
    // One client, which keeps its tickets.
    let config = bridge::trusting(&made.authority, b"http/1.1");
    let visit = || {
        RUNTIME.block_on(async {
            let tcp = tokio::net::TcpStream::connect(gate).await.unwrap();
            let name = ServerName::try_from("127.0.0.1").unwrap();
            let Ok(mut tls) = TlsConnector::from(config.clone()).connect(name, tcp).await else { return String::new() };
            let ask = format!("GET /login HTTP/1.1\r\nHost: {gate}\r\nConnection: close\r\n\r\n");
            let mut said = Vec::new();
            let _ = tls.write_all(ask.as_bytes()).await;
            let _ = tls.read_to_end(&mut said).await;
            let resumed = tls.get_ref().1.handshake_kind() == Some(rustls::HandshakeKind::Resumed);
            format!("{resumed} {}", String::from_utf8_lossy(&said))
        })
    };
    assert!(visit().starts_with("false HTTP/1.1 200"));
    assert!(visit().starts_with("true HTTP/1.1 200"));
    let text = std::fs::read_to_string(world.config()).unwrap();
    let demanding = format!("client_ca = \"{}\", cert =", people.authority.display());
    std::fs::write(world.config(), text.replace("cert =", &demanding)).unwrap();
    soon("the demand", || world.log().contains("gate.toml was read again"));
    assert!(!visit().contains("HTTP/1.1"));
}

#[test]
fn a_websocket_over_http2_lives_longer_than_a_head_may_take() {
    let (world, made, gate, _files) = tls_world("header_timeout = \"500ms\"");
    let alice = world.verified("alice");
    RUNTIME.block_on(async {
        let mut sender = http2(gate, &made.authority).await;
        let request =
            Request::builder().method("CONNECT").uri(format!("https://{gate}/ws")).header("cookie", alice.cookie_line());
        let mut request = request.header("sec-websocket-version", "13").body(String::new()).unwrap();
        request.extensions_mut().insert(hyper::ext::Protocol::from_static("websocket"));
        let mut socket = TokioIo::new(hyper::upgrade::on(sender.send_request(request).await.unwrap()).await.unwrap());
        let mut heard = vec![0; 1024];
        assert!(socket.read(&mut heard).await.unwrap() > 0);
        for _ in 0..12 {
            tokio::time::sleep(Duration::from_millis(250)).await;
            socket.write_all(b"ping").await.unwrap();
            assert_eq!(socket.read(&mut heard).await.unwrap(), 4);
        }
    });
}

#[test]
fn a_request_that_comes_right_behind_the_handshake_is_answered_at_once() {
    let (_world, made, gate, _files) = tls_world("");
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let mut session = rustls::ClientConnection::new(bridge::trusting(&made.authority, b"http/1.1"), name).unwrap();
    let ask = format!("GET /login HTTP/1.1\r\nHost: {gate}\r\nConnection: close\r\n\r\n");
    // Waits in the session until the handshake lets it out.
    session.writer().write_all(ask.as_bytes()).unwrap();
    let mut stream = connect(gate).unwrap();
    let started = Instant::now();
    let mut said = Vec::new();
    while !said.ends_with(b"</html>\n") {
        // The client's last word of the handshake and its request go out as one piece.
        let mut piece = Vec::new();
        while session.wants_write() {
            session.write_tls(&mut piece).unwrap();
        }
        stream.write_all(&piece).unwrap();
        if session.read_tls(&mut stream).unwrap() == 0 {
            break;
        }
        session.process_new_packets().unwrap();
        let _ = session.reader().read_to_end(&mut said);
    }
    assert!(said.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&said));
    assert!(started.elapsed() < Duration::from_secs(5), "it took {:?}", started.elapsed());
}

#[test]
fn the_gate_chooses_the_cipher_whatever_the_client_puts_first() {
    let (_world, _, gate, _files) = tls_world("");
    let chosen = |ciphers: &str| {
        let script = format!("openssl s_client -connect {gate} {ciphers} </dev/null 2>/dev/null | grep -o 'Cipher is .*'");
        String::from_utf8_lossy(&Command::new("sh").args(["-c", &script]).output().unwrap().stdout).trim().to_owned()
    };
    let (strong, weak) = ("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");
    for order in [format!("{strong}:{weak}"), format!("{weak}:{strong}")] {
        assert_eq!(chosen(&format!("-ciphersuites {order}")), format!("Cipher is {strong}"));
    }
    let (strong, weak) = ("ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256");
    for order in [format!("{strong}:{weak}"), format!("{weak}:{strong}")] {
        assert_eq!(chosen(&format!("-tls1_2 -cipher {order}")), format!("Cipher is {strong}"));
    }
}

#[test]
fn browsers_are_told_to_keep_to_https_where_gate_toml_says_so() {
    let (world, _, _gate, _files) = tls_world("hsts = \"180d\"");
    let said = |answer: &Answer| answer.all("strict-transport-security").into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut alice = world.verified("alice");
    let mut stranger = world.browser();
    // The app's pages, the gate's, and a refusal.
    for answer in [alice.get("/private"), stranger.get("/.mfa/challenge"), stranger.get("/a/../b")] {
        assert_eq!(said(&answer), ["max-age=15552000"], "{answer:?}");
    }
    assert_eq!(said(&alice.get("/hsts")), ["max-age=5"], "the app's own word stands");
    let (world, _, _gate, _files) = tls_world("");
    assert!(said(&world.browser().get("/login")).is_empty());
}
