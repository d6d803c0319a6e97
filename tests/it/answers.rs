//! What a server of the app may say, byte for byte: the end of every answer is found exactly, or its connection is not used again.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use crate::client::{Ask, Browser, connect, read_answer, read_head};
use crate::world::{Plan, World};

/// A moment in which what was sent arrives.
const MOMENT: Duration = Duration::from_millis(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Stays,
    Closes,
}

/// What is said to a request of some path: pieces, with a moment between them.
#[derive(Clone, Debug)]
struct Script {
    pieces: Vec<Vec<u8>>,
    pause: Duration,
    then: Then,
    /// Says it before it has read the request's body.
    early: bool,
}

impl Script {
    fn of(text: impl AsRef<[u8]>) -> Self {
        Self { pieces: vec![text.as_ref().to_vec()], pause: MOMENT, then: Then::Stays, early: false }
    }

    fn cut(text: &str, at: usize) -> Self {
        let pieces = text.as_bytes().chunks(at).map(<[u8]>::to_vec).collect();
        Self { pieces, pause: Duration::from_micros(200), ..Self::of("") }
    }
}

/// What came, and on which connection.
#[derive(Clone, Debug)]
struct Heard {
    connection: usize,
    head: String,
    body: Vec<u8>,
}

#[derive(Default)]
struct Server {
    scripts: Mutex<HashMap<String, Script>>,
    heard: Mutex<Vec<Heard>>,
    /// Where everything else goes.
    app: OnceLock<SocketAddr>,
}

impl Server {
    fn start() -> (Arc<Self>, u16) {
        let server = Arc::new(Self::default());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let serving = server.clone();
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (serving, Ok(stream)) = (serving.clone(), stream) else { return };
                std::thread::spawn(move || serving.serve(number, stream));
            }
        });
        (server, port)
    }

    fn says(&self, path: &str, script: Script) {
        self.scripts.lock().unwrap().insert(path.to_owned(), script);
    }

    fn heard_at(&self, path: &str) -> Vec<Heard> {
        let is_at = |heard: &&Heard| heard.head.split(' ').nth(1) == Some(path);
        self.heard.lock().unwrap().iter().filter(is_at).cloned().collect()
    }

    /// The connection that the last request for this path came on.
    fn connection_of(&self, path: &str) -> usize {
        self.heard_at(path).last().unwrap_or_else(|| panic!("{path} was not asked for")).connection
    }

    fn serve(&self, connection: usize, mut stream: TcpStream) {
        stream.set_nodelay(true).unwrap();
        let (mut rest, mut buffer) = (Vec::new(), [0; 64 * 1024]);
        loop {
            let Some(end) = rest.windows(4).position(|w: &[u8]| w == b"\r\n\r\n") else {
                match stream.read(&mut buffer) {
                    Ok(n) if n > 0 => rest.extend_from_slice(&buffer[..n]),
                    _ => return,
                }
                continue;
            };
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest.drain(..end + 4);
            let path = head.split(' ').nth(1).unwrap_or("").to_owned();
            let script = self.scripts.lock().unwrap().get(&path).cloned();
            let is_early = script.as_ref().is_some_and(|script| script.early);
            let length = head.split("\r\n").find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
            while rest.len() < length && !is_early {
                match stream.read(&mut buffer) {
                    Ok(n) if n > 0 => rest.extend_from_slice(&buffer[..n]),
                    _ => return,
                }
            }
            let body = rest.drain(..length.min(rest.len())).collect();
            let heard = Heard { connection, head, body };
            self.heard.lock().unwrap().push(heard.clone());
            let script = script.unwrap_or_else(|| Script::of(self.relay(&heard)));
            for piece in &script.pieces {
                if stream.write_all(piece).is_err() {
                    return;
                }
                std::thread::sleep(if script.pieces.len() > 1 { script.pause } else { Duration::ZERO });
            }
            if script.then == Then::Closes {
                return;
            }
        }
    }

    /// The app's answer, with its length.
    fn relay(&self, heard: &Heard) -> Vec<u8> {
        let mut app = connect(*self.app.get().unwrap()).unwrap();
        app.write_all(&[heard.head.as_bytes(), b"\r\n\r\n", &heard.body].concat()).unwrap();
        let answer = read_answer(&mut app, heard.head.starts_with("HEAD ")).unwrap();
        let mut text = format!("HTTP/1.1 {} -\r\n", answer.status);
        for (name, value) in &answer.headers {
            if !["content-length", "transfer-encoding", "connection"].contains(&name.to_ascii_lowercase().as_str()) {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
        [text.into_bytes(), answer.body].concat()
    }
}

/// A world whose app stands behind such a server, and a verified session in it.
fn behind() -> (World, Arc<Server>, Browser) {
    let (server, port) = Server::start();
    let plan = Plan { upstream: format!("\"http://127.0.0.1:{port}\""), server: "threads = 1".into(), ..Plan::default() };
    let world = World::of(&plan);
    server.app.set(world.app.address).unwrap();
    let alice = world.verified("alice");
    server.says("/next", Script::of("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nthe next"));
    (world, server, alice)
}

/// The next request gets its own answer.
#[track_caller]
fn next(alice: &mut Browser) {
    assert_eq!(alice.get("/next").expect(200).text(), "the next");
}

#[test]
fn an_answer_comes_through_however_it_is_cut_and_its_connection_is_used_again() {
    let (_world, server, mut alice) = behind();
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (method, text, status, body) in [
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".to_owned(), 200, "hello"),
        ("GET", "HTTP/1.1 404 Not here\r\ncontent-length:  5  \r\nX-A: \r\n\r\nhello".to_owned(), 404, "hello"),
        ("GET", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n".to_owned(), 200, ""),
        ("GET", format!("{chunked}5\r\nhello\r\n6 ;a=\"b\"\r\n world\r\n0\r\n\r\n"), 200, "hello world"),
        ("GET", format!("{chunked}0\r\n\r\n"), 200, ""),
        (
            "GET",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_owned(),
            200,
            "ok",
        ),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n".to_owned(), 204, ""),
        ("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nContent-Length: 5\r\n\r\n".to_owned(), 304, ""),
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".to_owned(), 200, ""),
        ("HEAD", chunked.to_owned(), 200, ""),
        ("GET", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok".to_owned(), 200, "ok"),
    ] {
        for at in [1, 7, text.len() / 2, text.len()] {
            server.says("/answer", Script::cut(&text, at));
            let answer = alice.send(&Ask { method: method.into(), ..Ask::page("/answer") });
            assert_eq!((answer.status, answer.text().as_str()), (status, body), "{text} by {at}");
            next(&mut alice);
            assert_eq!(server.connection_of("/next"), server.connection_of("/answer"), "{text} by {at}");
        }
    }
    let large: String = (0..60_000).map(|n| format!("{n} ")).collect();
    for text in [
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{large}", large.len()),
        format!("{chunked}{:x}\r\n{large}\r\n0\r\n\r\n", large.len()),
        format!("HTTP/1.1 200 OK\r\n\r\n{large}"),
    ] {
        let closes = !text.contains("ength") && !text.contains("chunked");
        for at in [1000, 16 * 1024, 100_001, text.len()] {
            let then = if closes { Then::Closes } else { Then::Stays };
            server.says("/answer", Script { then, ..Script::cut(&text, at) });
            assert!(alice.get("/answer").expect(200).text() == large, "{} bytes by {at}", text.len());
            next(&mut alice);
        }
    }
}

#[test]
fn what_stands_behind_an_answer_is_nobodys() {
    let (_world, server, mut alice) = behind();
    let more = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSTOLEN";
    for (method, answer, body) in [
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ""),
        ("GET", "HTTP/1.1 204 No Content\r\n\r\n", ""),
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", ""),
    ] {
        // With it, and a moment later.
        for pieces in [vec![format!("{answer}{more}").into_bytes()], vec![answer.into(), more.into()]] {
            server.says("/answer", Script { pieces, ..Script::of("") });
            let got = alice.send(&Ask { method: method.into(), ..Ask::page("/answer") });
            assert_eq!(got.text(), body, "{answer}");
            std::thread::sleep(MOMENT * 2);
            next(&mut alice);
            assert_ne!(server.connection_of("/next"), server.connection_of("/answer"), "{answer}");
        }
    }
}

#[test]
fn an_answer_that_ends_in_two_places_is_refused_with_none_of_its_bytes() {
    let (_world, server, mut alice) = behind();
    for head in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6",
        "HTTP/1.1 200 OK\r\nContent-Length: -1",
        "HTTP/1.1 200 OK\r\nContent-Length: 5x",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade",
        "HTTP/1.1 20x OK\r\nContent-Length: 5",
        "SSH-2.0-server",
        "HTTP/1.1 200 OK\r\nContent-Length : 5",
    ] {
        server.says("/answer", Script::of(format!("{head}\r\nX-Of-App: NEVER\r\n\r\nNEVER")));
        let answer = alice.get("/answer").expect(502);
        assert!(!format!("{answer:?}{}", answer.text()).contains("NEVER"), "{head}");
        next(&mut alice);
        assert_ne!(server.connection_of("/next"), server.connection_of("/answer"), "{head}");
    }
    let many = "X-A: b\r\n".repeat(20_000);
    server.says("/answer", Script::of(format!("HTTP/1.1 200 OK\r\n{many}\r\n")));
    alice.get("/answer").expect(502);
    next(&mut alice);
}

#[test]
fn an_answer_that_breaks_off_breaks_off_for_the_client_too() {
    let (world, server, mut alice) = behind();
    for text in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n",
    ] {
        server.says("/answer", Script { then: Then::Closes, ..Script::of(text) });
        let mut stream = connect(world.address).unwrap();
        stream.write_all(&Ask::page("/answer").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        assert!(read_answer(&mut stream, false).is_err(), "{text}");
        next(&mut alice);
    }
    for text in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"] {
        server.says("/answer", Script { then: Then::Closes, ..Script::of(text) });
        alice.get("/answer").expect(502);
        next(&mut alice);
    }
}

#[test]
fn a_connection_that_the_app_closes_while_nobody_uses_it_costs_no_request() {
    let (_world, server, mut alice) = behind();
    server.says("/last", Script { then: Then::Closes, ..Script::of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") });
    for _ in 0..20 {
        assert_eq!(alice.get("/last").expect(200).text(), "ok");
        std::thread::sleep(Duration::from_millis(5));
        next(&mut alice);
    }
    for (head, closes) in [("HTTP/1.1 200 OK\r\nConnection: close", true), ("HTTP/1.0 200 OK", true), ("HTTP/1.1 200 OK", false)]
    {
        server.says("/last", Script::of(format!("{head}\r\nContent-Length: 2\r\n\r\nok")));
        assert_eq!(alice.get("/last").expect(200).text(), "ok");
        next(&mut alice);
        assert_eq!(server.connection_of("/next") != server.connection_of("/last"), closes, "{head}");
    }
}

#[test]
fn an_app_may_answer_before_it_has_read_a_form() {
    let (_world, server, mut alice) = behind();
    let early = Script { early: true, ..Script::of("HTTP/1.1 413 Too much\r\nContent-Length: 8\r\n\r\ntoo much") };
    for then in [Then::Stays, Then::Closes] {
        server.says("/early", Script { then, ..early.clone() });
        let text = "y".repeat(50_000);
        let answer = alice.send(&Ask::form("/early", &[("text", &text)]));
        assert!(
            answer.status == 413 && answer.text() == "too much" || then == Then::Closes && answer.status == 502,
            "{answer:?}"
        );
        next(&mut alice);
    }
}

#[test]
fn a_client_that_leaves_takes_its_connection_along() {
    let (world, server, mut alice) = behind();
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n";
    for pieces in [vec![head, "secret", " words"], vec!["HTTP/1.1 200 OK\r\n", &head[17..], "secret words"]] {
        let pieces = pieces.iter().map(|piece| piece.as_bytes().to_vec()).collect();
        server.says("/left", Script { pieces, pause: MOMENT * 3, ..Script::of("") });
        let mut stream = connect(world.address).unwrap();
        stream.write_all(&Ask::page("/left").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        std::thread::sleep(MOMENT);
        drop(stream);
        std::thread::sleep(MOMENT / 2);
        for _ in 0..4 {
            next(&mut alice);
            assert_ne!(server.connection_of("/next"), server.connection_of("/left"));
            std::thread::sleep(MOMENT * 2);
        }
    }
}

#[test]
fn what_a_verified_session_and_a_stranger_ask_for_never_shares_a_connection() {
    let (world, server, mut alice) = behind();
    let (mut verified, mut strangers) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        next(&mut alice);
        verified.push(server.connection_of("/next"));
        world.ask(&Ask::page("/public"), "").expect(200);
        strangers.push(server.connection_of("/public"));
    }
    assert!(verified.iter().all(|connection| !strangers.contains(connection)), "{verified:?} {strangers:?}");
}

#[test]
fn a_form_goes_on_byte_for_byte_with_one_length() {
    let (world, server, alice) = behind();
    server.says("/form", Script::of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    let body = format!("text={}&other=%C3%BC+%26", "z".repeat(5000));
    let ask = |ask: Ask| Ask::with(ask, "Content-Type", "application/x-www-form-urlencoded").navigation();
    let whole = ask(Ask::new("POST", "/form")).body(body.clone());
    let chunks: String =
        body.as_bytes().chunks(700).map(|c| format!("{:x}\r\n{}\r\n", c.len(), String::from_utf8_lossy(c))).collect();
    let chunked = ask(Ask::new("POST", "/form").with("Transfer-Encoding", "chunked")).body(format!("{chunks}0\r\n\r\n"));
    let continued = ask(Ask::new("POST", "/form").with("Expect", "100-continue")).body(body.clone());
    for ask in [whole, chunked, continued] {
        let mut stream = connect(world.address).unwrap();
        stream.write_all(&ask.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        let (mut head, _) = read_head(&mut stream).unwrap();
        if head.status == 100 {
            (head, _) = read_head(&mut stream).unwrap();
        }
        assert_eq!(head.status, 200);
        let heard = server.heard_at("/form").pop().unwrap();
        assert_eq!(String::from_utf8_lossy(&heard.body), body);
        let names: Vec<&str> = heard.head.split("\r\n").skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        for name in ["content-length", "cookie", "host", "x-forwarded-for", "x-mfa-user"] {
            assert_eq!(names.iter().filter(|n| **n == name).count(), 1, "{name} in {}", heard.head);
        }
        assert!(!names.contains(&"transfer-encoding") && !names.contains(&"expect"), "{}", heard.head);
    }
}
