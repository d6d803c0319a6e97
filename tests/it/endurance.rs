//! Clients that are slow, greedy or sly: what they hold they lose in time, and others don't wait for them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::bridge;
use crate::client::{Answer, Ask, Browser, connect, open_websocket, raw, read_head};
use crate::world::{Plan, RUNTIME, World};

/// A world whose app speaks HTTP/2.
fn http2_world(server: &str) -> World {
    let mut world = World::of(&Plan { upstream: "\"h2c://127.0.0.1:1\"".into(), server: server.into(), ..Plan::default() });
    let bridge = bridge::out_of_http2(world.app.address);
    let text = std::fs::read_to_string(world.config()).unwrap();
    std::fs::write(world.config(), text.replace("h2c://127.0.0.1:1", &format!("h2c://{bridge}"))).unwrap();
    world.kill();
    world.start();
    world
}

/// Asks for a page and reads nothing of it.
fn asks_and_does_not_read(address: SocketAddr, target: &str) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(&address.into()).unwrap();
    let mut stream = TcpStream::from(socket);
    stream.write_all(&Ask::page(target).bytes(&address.to_string(), "")).unwrap();
    stream
}

/// Does this connection end within that time, whatever it says before?
fn ends_within(stream: &mut TcpStream, span: Duration) -> bool {
    let started = Instant::now();
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let mut buffer = [0; 16 * 1024];
    while started.elapsed() < span {
        match stream.read(&mut buffer) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(e) if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => return true,
        }
    }
    false
}

#[test]
fn visitors_who_take_nothing_hold_nobody_else_up_on_the_way_to_an_app_of_http2() {
    let world = http2_world("threads = 1");
    world.ask(&Ask::page("/login"), "").expect(200);
    let greedy: Vec<TcpStream> = (0..8).map(|_| asks_and_does_not_read(world.address, "/bytes?n=16000000")).collect();
    std::thread::sleep(Duration::from_secs(3));
    let started = Instant::now();
    world.ask(&Ask::page("/login"), "").expect(200);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    drop(greedy);
}

#[test]
fn many_slow_answers_of_an_app_of_http2_leave_room_for_others() {
    let world = http2_world("threads = 1");
    world.ask(&Ask::page("/login"), "").expect(200);
    let slow: Vec<TcpStream> = (0..220).map(|_| asks_and_does_not_read(world.address, "/slow")).collect();
    std::thread::sleep(Duration::from_secs(1));
    let started = Instant::now();
    world.ask(&Ask::page("/login"), "").expect(200);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    drop(slow);
}

#[test]
fn a_body_that_never_comes_is_not_waited_for_by_the_gates_own_pages() {
    let world = World::of(&Plan { server: "body_timeout = \"500ms\"".into(), ..Plan::default() });
    for (method, path) in
        [("GET", "/.mfa/api/v1/config"), ("POST", "/.mfa/api/v1/code/request"), ("GET", "/.mfa/static/style.css")]
    {
        let mut stream = connect(world.address).unwrap();
        let alice = world.browser();
        let ask = Ask::script(method, path).with("Content-Length", "100").body("h");
        stream.write_all(&ask.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        assert!(ends_within(&mut stream, Duration::from_secs(5)), "{path}");
    }
}

/// A client of HTTP/2 that sends what it likes.
fn raw_http2(address: SocketAddr) -> TcpStream {
    let mut stream = connect(address).unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    stream
}

#[test]
fn a_head_of_http2_that_never_ends_is_waited_for_as_long_as_any_other() {
    let world = World::of(&Plan { server: "header_timeout = \"800ms\"".into(), ..Plan::default() });
    // HEADERS without END_HEADERS and its continuations; a frame that stops; a preface that stops.
    let headers = b"\0\0\x01\x01\0\0\0\0\x01\x82";
    let continuation = b"\0\0\x01\x09\0\0\0\0\x01\x86";
    let begun: [(&[u8], &[u8]); 3] = [(headers, continuation), (b"\0\0\x64\x01\x04\0\0\0\x01", b"\x82"), (b"\0\0", b"")];
    for (first, more) in begun {
        let mut stream = raw_http2(world.address);
        stream.write_all(first).unwrap();
        let started = Instant::now();
        let mut ended = false;
        while !ended && started.elapsed() < Duration::from_secs(5) {
            ended = ends_within(&mut stream, Duration::from_millis(200)) || stream.write_all(more).is_err();
        }
        assert!(ended, "{first:?}");
    }
    let mut half = connect(world.address).unwrap();
    half.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n").unwrap();
    assert!(ends_within(&mut half, Duration::from_secs(5)));
}

type Sender = http2::SendRequest<String>;

async fn speak_http2(
    address: SocketAddr,
    build: impl FnOnce(&mut http2::Builder<TokioExecutor>),
) -> (Sender, tokio::task::JoinHandle<hyper::Result<()>>) {
    let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.timer(TokioTimer::new());
    build(&mut builder);
    let (sender, connection) = builder.handshake(TokioIo::new(tcp)).await.unwrap();
    (sender, tokio::spawn(connection))
}

async fn ask_by_http2(sender: &mut Sender, world: &World, target: &str, cookie: &str) -> Response<Incoming> {
    let request = Request::get(format!("http://{}{target}", world.address)).header("cookie", cookie).body(String::new());
    sender.send_request(request.unwrap()).await.unwrap()
}

#[test]
fn a_connection_of_http2_that_only_pings_is_idle() {
    let world = World::of(&Plan { server: "idle_timeout = \"1s\"\nheader_timeout = \"500ms\"".into(), ..Plan::default() });
    RUNTIME.block_on(async {
        let (mut sender, connection) = speak_http2(world.address, |builder| {
            builder.keep_alive_interval(Duration::from_millis(200)).keep_alive_while_idle(true);
        })
        .await;
        assert_eq!(ask_by_http2(&mut sender, &world, "/login", "").await.status(), 200);
        let ended = tokio::time::timeout(Duration::from_secs(8), connection).await;
        assert!(ended.is_ok(), "the connection goes on");
    });
}

#[test]
fn a_stream_that_nobody_takes_ends_alone() {
    let world = World::of(&Plan { server: "body_timeout = \"1s\"".into(), ..Plan::default() });
    let alice = world.verified("alice").cookie_line();
    RUNTIME.block_on(async {
        let (mut sender, _connection) = speak_http2(world.address, |builder| {
            builder.initial_stream_window_size(10_000);
        })
        .await;
        let mut stuck = ask_by_http2(&mut sender, &world, "/bytes?n=100000", &alice).await;
        assert_eq!(stuck.status(), 200);
        // One that waits for the app meanwhile, and many short ones.
        let slow = tokio::spawn({
            let request = Request::get(format!("http://{}/stream", world.address)).header("cookie", &alice);
            let answer = sender.send_request(request.body(String::new()).unwrap());
            async move { answer.await.unwrap().into_body().collect().await }
        });
        for _ in 0..35 {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let page = ask_by_http2(&mut sender, &world, "/private", &alice).await;
            assert!(page.into_body().collect().await.unwrap().to_bytes().len() > 10);
        }
        assert!(slow.await.unwrap().unwrap().to_bytes().len() > 100);
        let mut taken = 0;
        let broke = loop {
            match tokio::time::timeout(Duration::from_secs(5), stuck.body_mut().frame()).await.unwrap() {
                Some(Ok(frame)) => taken += frame.into_data().unwrap().len(),
                Some(Err(_)) => break true,
                None => break false,
            }
        };
        assert!(broke && taken < 100_000, "{taken}");
    });
}

#[test]
fn a_gate_whose_places_are_all_taken_stops_all_the_same() {
    let server = "threads = 1\nmax_connections = 3\nstop_timeout = \"1s\"";
    let mut world = World::of(&Plan { server: server.into(), ..Plan::default() });
    let alice = world.verified("alice");
    let upload = Ask::new("POST", "/upload").navigation().with("Content-Type", "text/plain").with("Content-Length", "100");
    let busy: Vec<TcpStream> = (0..3)
        .map(|_| {
            let mut stream = connect(world.address).unwrap();
            stream.write_all(&upload.clone().body("half").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(500));
    let _ = Command::new("kill").arg(world.pid().to_string()).status();
    let started = Instant::now();
    while !world.has_ended() {
        assert!(started.elapsed() < Duration::from_secs(6), "the gate goes on");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(busy);
}

#[test]
fn no_piece_of_an_upload_goes_to_the_app_after_its_session_has_ended() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let mut stream = connect(world.address).unwrap();
    let upload = Ask::new("POST", "/upload").navigation().with("Content-Type", "text/plain").with("Content-Length", "1000");
    stream.write_all(&upload.body("first").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    let until = Instant::now() + Duration::from_secs(5);
    while world.app.uploaded() < 5 {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(20));
    }
    leave(&mut alice);
    let _ = stream.write_all(b"second");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(world.app.uploaded(), 5);
    assert!(ends_within(&mut stream, Duration::from_secs(5)));
}

/// Ends the session by the gate's own form.
fn leave(browser: &mut Browser) -> Answer {
    let page = browser.get("/.mfa/settings").expect(200).text();
    let token = page.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    browser.post("/.mfa/logout", &[("form_token", &token)])
}

/// Adds rules to gate.toml, and waits until they count.
fn with_rules(world: &World, text: &str, rules: &str) {
    let before = world.log().matches("gate.toml was read again").count();
    std::fs::write(world.config(), text.replace("[methods.email]", &format!("{rules}[methods.email]"))).unwrap();
    let _ = Command::new("kill").args(["-HUP", &world.pid().to_string()]).status();
    let until = Instant::now() + Duration::from_secs(10);
    while world.log().matches("gate.toml was read again").count() == before {
        assert!(Instant::now() < until, "{}", world.log());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_is_open_when_the_rules_change_is_judged_by_the_new_ones() {
    let world = World::new();
    let text = std::fs::read_to_string(world.config()).unwrap();
    let alice = world.verified("alice").cookie_line();
    let mut socket = open_websocket(world.address, &alice);
    with_rules(&world, &text, "[[apps.rules]]\npath = \"/other\"\naction = \"deny\"\n");
    socket.write_all(&[0x81, 0x84, 0, 0, 0, 0, b'p', b'i', b'n', b'g']).unwrap();
    let mut heard = [0; 10];
    socket.read_exact(&mut heard).unwrap();
    // An event stream that began before.
    let mut events = connect(world.address).unwrap();
    events.write_all(&Ask::page("/stream").bytes(&world.address.to_string(), &alice)).unwrap();
    assert_eq!(read_head(&mut events).unwrap().0.status, 200);
    with_rules(&world, &text, "[[apps.rules]]\npath = [\"/ws\", \"/stream\"]\naction = \"deny\"\n");
    let mut last = Vec::new();
    socket.read_to_end(&mut last).unwrap();
    assert_eq!(last, [0x88, 2, 0x03, 0xf0], "a close frame with 1008");
    let mut rest = Vec::new();
    let _ = events.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("data: 19"), "the stream went on to its end");
}

#[test]
fn each_cookie_is_expired_once_however_many_values_it_had() {
    let style = crate::app::Style { resigns: true, ..crate::app::Style::default() };
    let world = World::of(&Plan { style, ..Plan::default() });
    let mut alice = world.verified("alice");
    for _ in 0..5 {
        alice.get("/private").expect_page_of("alice");
    }
    let gone = leave(&mut alice);
    let lines: Vec<&str> = gone.all("set-cookie").into_iter().filter(|line| line.starts_with("sid=")).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
}

#[test]
fn a_session_cookie_that_is_not_ascii_can_be_cleared() {
    let world = World::new();
    let mut ask = Ask::page("/private").bytes(&world.address.to_string(), "lang=?; sid=?");
    ask.iter_mut().filter(|byte| **byte == b'?').for_each(|byte| *byte = 0xfc);
    let answer = raw(world.address, &ask).unwrap().expect(400);
    assert!(answer.all("set-cookie").iter().any(|line| line.starts_with("sid=;")), "{answer:?}");
}

/// A world behind TLS, and its authority's certificate.
fn tls_world(files: &std::path::Path, server: &str) -> (World, std::path::PathBuf) {
    let made = bridge::certificate(files, "gate", "DNS:wiki.test,IP:127.0.0.1");
    let server = format!("tls = {{ cert = \"{}\", key = \"{}\" }}\n{server}", made.chain.display(), made.key.display());
    (World::of(&Plan { scheme: "https", server, ..Plan::default() }), made.authority)
}

async fn connect_tls(address: SocketAddr, authority: &std::path::Path) -> tokio_rustls::client::TlsStream<tokio::net::TcpStream> {
    let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
    let name = rustls::pki_types::ServerName::try_from("127.0.0.1").unwrap();
    tokio_rustls::TlsConnector::from(bridge::trusting(authority, b"http/1.1")).connect(name, tcp).await.unwrap()
}

#[test]
fn a_connection_from_before_certificates_were_demanded_ends() {
    let files = tempfile::tempdir().unwrap();
    let (world, authority) = tls_world(files.path(), "");
    let people = bridge::certificate(files.path(), "people", "DNS:alice.test");
    RUNTIME.block_on(async {
        let mut tls = connect_tls(world.address, &authority).await;
        let ask = format!("GET /login HTTP/1.1\r\nHost: {}\r\n\r\n", world.address);
        let mut said = vec![0; 16 * 1024];
        tls.write_all(ask.as_bytes()).await.unwrap();
        let n = tls.read(&mut said).await.unwrap();
        assert!(said[..n].starts_with(b"HTTP/1.1 200"));
        let text = std::fs::read_to_string(world.config()).unwrap();
        let demanding = text.replace("cert =", &format!("client_ca = \"{}\", cert =", people.authority.display()));
        tokio::task::block_in_place(|| with_rules(&world, &demanding, ""));
        let _ = tls.write_all(ask.as_bytes()).await;
        let n = tls.read(&mut said).await.unwrap_or(0);
        assert!(n == 0 || said[..n].starts_with(b"HTTP/1.1 421"), "{}", String::from_utf8_lossy(&said[..n]));
        assert!(!String::from_utf8_lossy(&said[..n]).contains("password"));
    });
}
