//! What flows through the gate: bodies both ways, upgrades, headers, keep-alive.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::client::{Ask, connect, raw, read_answer, read_head};
use crate::world::World;

#[test]
fn a_websocket_of_a_verified_session_carries_bytes_both_ways_and_ends_with_the_session() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let ask = Ask::new("GET", "/ws").with("Connection", "keep-alive, Upgrade").with("Upgrade", "websocket");
    let mut stream = connect(world.address).unwrap();
    stream.write_all(&ask.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    let (head, mut rest) = read_head(&mut stream).unwrap();
    assert_eq!(head.status, 101, "{head:?}");
    assert_eq!(head.header("upgrade"), Some("websocket"));
    let mut buffer = [0; 1024];
    while !String::from_utf8_lossy(&rest).contains("SECRET-alice-") {
        let n = stream.read(&mut buffer).unwrap();
        rest.extend_from_slice(&buffer[..n]);
    }
    stream.write_all(b"ping").unwrap();
    let n = stream.read(&mut buffer).unwrap();
    assert_eq!(&buffer[..n], b"ping");
    alice.get("/logout").expect(302);
    stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
    assert_eq!(stream.read(&mut buffer).unwrap_or(0), 0, "closed with the session");
}

#[test]
fn answers_stream_as_they_come() {
    let world = World::new();
    let alice = world.verified("alice");
    let mut stream = connect(world.address).unwrap();
    stream.write_all(&Ask::page("/stream").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    let started = Instant::now();
    let (head, mut rest) = read_head(&mut stream).unwrap();
    assert_eq!(head.status, 200);
    let mut buffer = [0; 1024];
    while !String::from_utf8_lossy(&rest).contains("data: 0") {
        let n = stream.read(&mut buffer).unwrap();
        rest.extend_from_slice(&buffer[..n]);
    }
    assert!(started.elapsed() < Duration::from_millis(1200), "the first frame came after {:?}", started.elapsed());
}

#[test]
fn a_stream_of_a_session_that_ends_is_cut() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let mut stream = connect(world.address).unwrap();
    stream.write_all(&Ask::page("/stream").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    read_head(&mut stream).unwrap();
    std::thread::sleep(Duration::from_millis(120));
    alice.get("/logout").expect(302);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("data: 19"), "{}", String::from_utf8_lossy(&rest));
}

#[test]
fn uploads_stream_and_large_answers_arrive_whole() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let before = memory(world.pid());
    let body = vec![b'u'; 32 << 20];
    let up = Ask::new("POST", "/upload").navigation().with("Content-Type", "application/octet-stream").body(body);
    assert!(alice.send(&up).expect(200).text().starts_with("got 33554432"));
    assert_eq!(alice.get("/bytes?n=33554432").expect(200).body.len(), 33_554_432);
    let grown = memory(world.pid()).saturating_sub(before);
    assert!(grown < 16 << 10, "{grown} KiB more than before");
    // Chunked, and a form that is too large to be a login.
    let chunked = Ask::new("POST", "/upload").navigation().with("Transfer-Encoding", "chunked");
    let chunked = chunked.with("Content-Type", "text/plain").body("5\r\nhello\r\n0\r\n\r\n");
    assert!(alice.send(&chunked).expect(200).text().starts_with("got 5"));
    let form = Ask::form("/upload", &[("text", &"y".repeat(100_000))]);
    assert!(alice.send(&form).expect(200).text().starts_with("got 100005"));
}

/// Resident memory in KiB.
fn memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn one_connection_carries_many_requests_of_any_session() {
    let world = World::new();
    let alice = world.verified("alice");
    let mut stream = connect(world.address).unwrap();
    let host = world.address.to_string();
    for _ in 0..20 {
        stream.write_all(&Ask::page("/orders").bytes(&host, &alice.cookie_line())).unwrap();
        read_answer(&mut stream, false).unwrap().expect_page_of("alice");
        stream.write_all(&Ask::page("/public").bytes(&host, "")).unwrap();
        assert_eq!(read_answer(&mut stream, false).unwrap().text(), "public");
        let head = Ask { method: "HEAD".into(), ..Ask::page("/orders") };
        stream.write_all(&head.bytes(&host, &alice.cookie_line())).unwrap();
        assert_eq!(read_answer(&mut stream, true).unwrap().status, 200);
    }
}

#[test]
fn hop_by_hop_headers_stay_on_their_hop() {
    let world = World::new();
    let mut alice = world.verified("alice");
    let ask = Ask::page("/headers")
        .with("Connection", "keep-alive, X-Secret-Hop")
        .with("X-Secret-Hop", "1")
        .with("Keep-Alive", "timeout=5")
        .with("TE", "trailers")
        .with("Proxy-Authorization", "Basic x")
        .with("X-Custom", "kept")
        .with("Accept-Language", "pl");
    alice.send(&ask).expect_page_of("alice");
    let seen = world.app.last("/headers");
    for name in ["x-secret-hop", "keep-alive", "proxy-authorization"] {
        assert_eq!(seen.header(name), None, "{name}");
    }
    assert_eq!(seen.header("x-custom"), Some("kept"));
    assert_eq!(seen.header("accept-language"), Some("pl"));
    assert!(seen.header("forwarded").is_none());
}

#[test]
fn expect_continue_and_half_requests_are_handled() {
    let world = World::new();
    let alice = world.verified("alice");
    let ask = Ask::new("POST", "/upload").navigation().with("Content-Type", "application/octet-stream");
    let ask = ask.with("Expect", "100-continue").with("Content-Length", "5");
    let mut stream = connect(world.address).unwrap();
    stream.write_all(&ask.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    stream.write_all(b"hello").unwrap();
    assert!(read_answer(&mut stream, false).unwrap().expect(200).text().starts_with("got 5"));
    // A head that never ends is closed in time and answered by nothing of the app's.
    let answer = raw(world.address, b"GET / HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n");
    assert!(answer.is_err() || answer.unwrap().status == 400);
}

#[test]
fn only_websockets_are_tunnelled() {
    let world = World::new();
    let mut alice = world.verified("alice");
    for protocol in ["h2c", "TLS/1.0", "websocket, h2c", "spdy"] {
        let ask = Ask::new("GET", "/ws").with("Connection", "Upgrade").with("Upgrade", protocol);
        let told = alice.send(&ask);
        assert_ne!(told.status, 101, "{protocol}: {told:?}");
        assert_eq!(world.app.last("/ws").header("upgrade"), None);
    }
}

#[test]
fn a_stop_lets_what_is_in_flight_finish() {
    let mut world = World::new();
    let alice = world.verified("alice");
    let signal = |name: &str| {
        std::process::Command::new("kill").args([name, &world.pid().to_string()]).status().unwrap();
    };
    signal("-HUP");
    let mut stream = connect(world.address).unwrap();
    stream.write_all(&Ask::page("/slow").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    signal("-TERM");
    let answer = read_answer(&mut stream, false).unwrap().expect_page_of("alice");
    assert!(answer.text().starts_with("slow"));
    std::thread::sleep(Duration::from_millis(500));
    assert!(connect(world.address).is_err());
    world.kill();
}
