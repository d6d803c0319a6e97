//! What an app says byte by byte: each answer ends where it says, and nothing behind its end reaches anybody else.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use crate::client::{Answer, Ask, Browser, connect, read_answer, read_head};
use crate::world::{Identity, Plan, World};

/// What the app does once it was asked.
#[derive(Clone, Debug)]
enum Act {
    Say(Vec<u8>),
    ByteByByte(Vec<u8>),
    Pause(u64),
    /// The same again, until nobody takes it.
    ForEver(Vec<u8>),
    /// Before it reads a request's body.
    Early,
    Close,
    Reset,
}

fn say(text: impl AsRef<[u8]>) -> Act {
    Act::Say(text.as_ref().to_vec())
}

/// A request, and the number of the connection that it came on.
#[derive(Clone, Debug)]
struct Asked {
    connection: usize,
    head: String,
    body: Vec<u8>,
}

impl Asked {
    fn all(&self, name: &str) -> Vec<&str> {
        let lines = self.head.split("\r\n").filter_map(|line| line.split_once(": "));
        lines.filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }
}

/// Says below `/raw/` what it is told to; anything else is the ordinary app's.
#[derive(Clone, Debug)]
struct Raw {
    address: SocketAddr,
    app: Arc<OnceLock<SocketAddr>>,
    plays: Arc<Mutex<HashMap<String, Vec<Act>>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Raw {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let raw =
            Self { address: listener.local_addr().unwrap(), app: Arc::default(), plays: Arc::default(), asked: Arc::default() };
        let serving = raw.clone();
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (raw, stream) = (serving.clone(), stream.unwrap());
                stream.set_nodelay(true).unwrap();
                std::thread::spawn(move || drop(raw.serve(number, stream)));
            }
        });
        raw
    }

    fn serve(&self, connection: usize, mut stream: TcpStream) -> std::io::Result<()> {
        let mut read = Vec::new();
        loop {
            let end = loop {
                if let Some(at) = read.windows(4).position(|w| w == b"\r\n\r\n") {
                    break at + 4;
                }
                more(&mut stream, &mut read)?;
            };
            let head = String::from_utf8(read.drain(..end).collect()).unwrap();
            let mut asked = Asked { connection, head, body: Vec::new() };
            let length = asked.all("content-length").first().map_or(0, |length| length.parse().unwrap());
            let target = asked.head.split(' ').nth(1).unwrap().to_owned();
            let Some(play) = target.starts_with("/raw/").then(|| self.plays.lock().unwrap()[&target].clone()) else {
                while read.len() < length {
                    more(&mut stream, &mut read)?;
                }
                self.asked.lock().unwrap().push(asked.clone());
                let mut app = TcpStream::connect(self.app.get().unwrap())?;
                app.write_all(asked.head.replacen("\r\n", "\r\nconnection: close\r\n", 1).as_bytes())?;
                app.write_all(&read)?;
                std::io::copy(&mut app, &mut stream)?;
                return Ok(());
            };
            let is_early = matches!(play.first(), Some(Act::Early));
            if is_early {
                self.asked.lock().unwrap().push(asked.clone());
                perform(&play, &mut stream)?;
            }
            while read.len() < length {
                more(&mut stream, &mut read)?;
            }
            asked.body = read.drain(..length).collect();
            if !is_early {
                self.asked.lock().unwrap().push(asked);
                perform(&play, &mut stream)?;
            }
        }
    }

    fn plays(&self, target: &str, acts: &[Act]) {
        self.plays.lock().unwrap().insert(target.into(), acts.to_vec());
    }

    /// The newest request to a target.
    #[track_caller]
    fn last(&self, target: &str) -> Asked {
        let line = format!(" {target} HTTP/1.1\r\n");
        self.asked.lock().unwrap().iter().rev().find(|asked| asked.head.contains(&line)).unwrap().clone()
    }
}

fn more(stream: &mut TcpStream, read: &mut Vec<u8>) -> std::io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    match stream.read(&mut buffer)? {
        0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
        n => {
            read.extend_from_slice(&buffer[..n]);
            Ok(())
        }
    }
}

/// An error: the connection is over.
fn perform(play: &[Act], stream: &mut TcpStream) -> std::io::Result<()> {
    for act in play {
        match act {
            Act::Say(bytes) => stream.write_all(bytes)?,
            Act::ByteByByte(bytes) => {
                for byte in bytes {
                    stream.write_all(&[*byte])?;
                    std::thread::sleep(Duration::from_micros(200));
                }
            }
            Act::Pause(ms) => std::thread::sleep(Duration::from_millis(*ms)),
            Act::ForEver(bytes) => loop {
                stream.write_all(bytes)?;
            },
            Act::Early => {}
            Act::Close => return Err(std::io::ErrorKind::ConnectionAborted.into()),
            Act::Reset => {
                socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO))?;
                return Err(std::io::ErrorKind::ConnectionReset.into());
            }
        }
    }
    Ok(())
}

/// One thread, and so one pool: where a connection may be used again, it is.
fn world() -> (World, Raw) {
    world_of(Identity::Form)
}

fn world_of(identity: Identity) -> (World, Raw) {
    let raw = Raw::start();
    let plan = Plan {
        identity,
        upstream: format!("\"http://{}\"", raw.address),
        server: "threads = 1\nupstream_timeout = \"2s\"\n".into(),
        ..Plan::default()
    };
    let world = World::of(&plan);
    raw.app.set(world.app.address).unwrap();
    raw.plays("/raw/fine", &[say("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfine")]);
    (world, raw)
}

/// The next request gets its own answer. Did it come on the connection of the newest one to `target`?
#[track_caller]
fn next_is_fine(alice: &mut Browser, raw: &Raw, target: &str) -> bool {
    assert_eq!(alice.get("/raw/fine").expect(200).text(), "fine", "after {target}");
    raw.last("/raw/fine").connection == raw.last(target).connection
}

fn settle() {
    std::thread::sleep(Duration::from_millis(60));
}

const EVIL: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nEVIL";

/// A name, an answer, its body, and whether its connection may be used again.
const ANSWERS: &[(&str, &str, &str, bool)] = &[
    ("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello", "hello", true),
    ("empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Says: a b\r\n\r\n", "", true),
    ("list", "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\nX-Says: a b\r\n\r\nhello", "hello", true),
    ("bare", "HTTP/1.1 200\r\nX-Says:a b \r\nContent-Length:5\r\n\r\nhello", "hello", true),
    (
        "chunks",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Says: a b\r\n\r\n2  \r\nhe\r\n03;x=y\r\nllo\r\n0\r\n\r\n",
        "hello",
        true,
    ),
    (
        "twice",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\nX-Says: a b\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "hello",
        false,
    ),
    (
        "both",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\nX-Says: a b\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "hello",
        false,
    ),
    ("close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello", "hello", false),
    ("old", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello", "hello", false),
    ("bound", "HTTP/1.1 200 OK\r\nPersistent-Auth: true\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello", "hello", false),
    ("ntlm", "HTTP/1.1 200 OK\r\nWWW-Authenticate: NTLM\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello", "hello", false),
    ("kept", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello", "hello", true),
    (
        "interim",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nX-Says: no\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Says: a b\r\n\r\nhello",
        "hello",
        true,
    ),
];

#[test]
fn a_verified_session_gets_exactly_what_the_app_said_however_it_is_cut() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    for (name, text, body, keeps) in ANSWERS {
        let target = format!("/raw/{name}");
        let mut ways = vec![vec![say(text)], vec![Act::ByteByByte(text.as_bytes().to_vec())]];
        let cuts = [9, text.len() - 1, text.len() - 3, text.find("\r\n\r\n").unwrap() + 3, text.len() - body.len()];
        ways.extend(cuts.map(|at| vec![say(&text[..at]), Act::Pause(5), say(&text[at..])]));
        for way in ways {
            raw.plays(&target, &way);
            let answer = alice.get(&target).expect(200);
            assert_eq!((answer.text().as_str(), answer.all("x-says")), (*body, vec!["a b"]), "{name} {way:?}");
            assert!(answer.all("content-length").len() < 2 && answer.all("transfer-encoding").len() < 2, "{answer:?}");
            settle();
            assert_eq!(next_is_fine(&mut alice, &raw, &target), *keeps, "{name} {way:?}");
        }
    }
    // Up to the end of the connection.
    raw.plays("/raw/until", &[say("HTTP/1.1 200 OK\r\n\r\nhel"), Act::Pause(20), say("lo"), Act::Close]);
    assert_eq!(alice.get("/raw/until").expect(200).text(), "hello");
    raw.plays("/raw/until", &[say("HTTP/1.1 200 OK\r\n\r\nhel"), Act::Pause(20), Act::Reset]);
    assert!(alice.try_send(&Ask::page("/raw/until")).is_err());
    assert!(!next_is_fine(&mut alice, &raw, "/raw/until"));
}

#[test]
fn what_comes_behind_an_answers_end_reaches_nobody() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let large = format!("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nX-Says: a b\r\n\r\n{}", "x".repeat(300_000));
    let mut all: Vec<(&str, &str)> = ANSWERS.iter().map(|(name, text, ..)| (*name, *text)).collect();
    all.extend([
        ("large", large.as_str()),
        ("none", "HTTP/1.1 204 No Content\r\nX-Says: a b\r\n\r\n"),
        ("same", "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\nX-Says: a b\r\n\r\n"),
    ]);
    for (name, text) in all {
        let target = format!("/raw/{name}");
        for surplus in [EVIL, "\r\n"] {
            let at_once = vec![say(format!("{text}{surplus}"))];
            let soon = vec![say(text), say(surplus)];
            let later = vec![say(text), Act::Pause(10), say(surplus)];
            for way in [at_once, soon, later] {
                raw.plays(&target, &way);
                let answer = alice.get(&target);
                assert_eq!(answer.all("x-says"), ["a b"], "{answer:?}");
                assert!(!answer.text().contains("EVIL") && !answer.text().ends_with('\n'), "{name}");
                settle();
                assert!(!next_is_fine(&mut alice, &raw, &target), "{name} {surplus:?}");
            }
        }
    }
    // An answer to HEAD has no body, whatever the app thinks.
    for surplus in ["EVIL!", EVIL] {
        raw.plays("/raw/head", &[say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), say(surplus)]);
        let answer = alice.send(&Ask { method: "HEAD".into(), ..Ask::page("/raw/head") }).expect(200);
        assert_eq!(answer.header("content-length"), Some("5"));
        settle();
        assert!(!next_is_fine(&mut alice, &raw, "/raw/head"));
    }
    // Nor has this one: a connection on which it is announced is not trusted.
    raw.plays("/raw/none", &[say("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n")]);
    alice.get("/raw/none").expect(204);
    assert!(!next_is_fine(&mut alice, &raw, "/raw/none"));
}

#[test]
fn answers_without_a_body_leave_their_connection_to_the_next_request_unless_one_could_follow() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let evil = |status: &str| vec![say(format!("HTTP/1.1 {status}\r\n\r\n")), Act::Pause(40), say(EVIL)];
    for (method, acts, status, keeps) in [
        ("GET", vec![say("HTTP/1.1 204 No Content\r\n\r\n")], 204, true),
        ("GET", vec![say("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")], 304, true),
        ("GET", evil("304 Not Modified\r\nContent-Length: 42"), 304, false),
        ("GET", evil("204 No Content\r\nContent-Length: 42"), 204, false),
        ("HEAD", vec![say("HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n")], 200, false),
        ("HEAD", evil("200 OK\r\nContent-Length: 42"), 200, false),
        ("HEAD", evil("200 OK\r\nTransfer-Encoding: chunked"), 200, false),
        ("PUT", vec![say("HTTP/1.1 204 No Content\r\n\r\n")], 204, true),
        ("PUT", evil("204 No Content\r\nContent-Length: 42"), 204, false),
    ] {
        raw.plays("/raw/none", &acts);
        let mut ask = Ask { method: method.into(), ..Ask::page("/raw/none") };
        if method == "PUT" {
            // What streams goes by hyper, on a connection of its own.
            ask = ask.with("Content-Type", "application/octet-stream").body("hello");
        }
        let answer = alice.send(&ask).expect(status);
        assert!(
            answer.text().is_empty() && answer.header("etag").is_some() == matches!(acts[..], [Act::Say(_)] if status == 304)
        );
        let next = if method == "PUT" { ask } else { Ask::page("/raw/fine") };
        raw.plays("/raw/none", &[say("HTTP/1.1 204 No Content\r\n\r\n")]);
        let before = raw.last("/raw/none").connection;
        assert!(!alice.send(&next).text().contains("EVIL"), "{method} {status}");
        let after = raw.last(if method == "PUT" { "/raw/none" } else { "/raw/fine" }).connection;
        assert_eq!(before == after, keeps, "{method} {acts:?}");
        settle();
        assert_eq!(alice.get("/raw/fine").expect(200).text(), "fine");
    }
}

#[test]
fn an_answer_that_can_be_read_in_two_ways_is_a_502_and_none_of_it_is_passed_on() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let chunks = "\r\n\r\n4\r\nEVIL\r\n0\r\n\r\n";
    for head in [
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length: 4\r\nContent-Length: 5",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length: 4, 5",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length: +4",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length: 4 4",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length:",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nTransfer-Encoding: gzip, chunked",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nTransfer-Encoding: chunked, gzip",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nTransfer-Encoding: xchunked",
        "HTTP/1.0 200 OK\r\nX-Evil: EVIL\r\nTransfer-Encoding: chunked",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\n folded: yes\r\nContent-Length: 4",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length : 4",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\0\r\nContent-Length: 4",
        "HTTP/1.1 200 OK\r\nX-Evil: EVIL\rContent-Length: 4",
        "HTTP/1.1 101 Switching Protocols\r\nX-Evil: EVIL\r\nUpgrade: websocket",
        "HTTP/1.1 000 No\r\nX-Evil: EVIL\r\nContent-Length: 4",
        "HTTP/1.1 099 No\r\nX-Evil: EVIL\r\nContent-Length: 4",
        "HTTP/1.1 20 OK\r\nX-Evil: EVIL\r\nContent-Length: 4",
        "HTTP/2.0 200 OK\r\nX-Evil: EVIL\r\nContent-Length: 4",
        "http/1.1 200 OK\r\nX-Evil: EVIL\r\nContent-Length: 4",
        "EVIL",
    ] {
        raw.plays("/raw/odd", &[say(format!("{head}{chunks}"))]);
        let answer = alice.get("/raw/odd").expect(502);
        assert!(!format!("{answer:?}{}", answer.text()).contains("EVIL"), "{head}");
        assert!(answer.text().contains("Test Wiki"), "the gate's own page");
        assert!(!next_is_fine(&mut alice, &raw, "/raw/odd"));
    }
    raw.plays("/raw/odd", &[Act::Close]);
    alice.get("/raw/odd").expect(502);
}

#[test]
fn an_answer_that_is_cut_breaks_off_and_never_ends() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    for (name, text, body, _) in ANSWERS {
        let target = format!("/raw/{name}");
        for at in 0..text.len() {
            let end = if at % 2 == 0 { Act::Close } else { Act::Reset };
            raw.plays(&target, &[say(&text[..at]), end]);
            match alice.try_send(&Ask::page(&target)) {
                Ok(answer) => assert!(answer.status == 502 && !answer.text().contains("hello"), "{name} at {at}: {answer:?}"),
                Err(_) => assert!(!body.is_empty() && at >= text.find("\r\n\r\n").unwrap() + 4, "{name} at {at}"),
            }
        }
    }
    assert!(!next_is_fine(&mut alice, &raw, "/raw/length"));
    for chunks in
        ["5\r\nhelloEVIL\r\n", "5 5\r\nhello\r\n", "5\nhello\n", "0x5\r\nhello\r\n", "5\r\nhello\r\n0\r\na: b\n\nc: d\r\n"]
    {
        raw.plays("/raw/broken", &[say(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"))]);
        let answer = alice.try_send(&Ask::page("/raw/broken"));
        assert!(answer.is_err(), "{chunks:?} {answer:?}");
        assert!(!next_is_fine(&mut alice, &raw, "/raw/broken"));
    }
}

#[test]
fn a_connection_that_the_app_closed_meanwhile_is_not_used() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    for end in [Act::Close, Act::Reset] {
        raw.plays("/raw/brief", &[say("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nbrief"), Act::Pause(20), end]);
        for _ in 0..5 {
            assert_eq!(alice.get("/raw/brief").expect(200).text(), "brief");
            settle();
            assert!(!next_is_fine(&mut alice, &raw, "/raw/brief"));
            let ask = Ask::form("/raw/fine", &[("a", "b")]);
            assert_eq!(alice.send(&ask).expect(200).text(), "fine");
        }
    }
}

#[test]
fn an_early_answer_is_passed_on_and_what_follows_it_gets_its_own() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let form = Ask::form("/raw/early", &[("text", &"y".repeat(60_000))]);
    let early = say("HTTP/1.1 413 Content Too Large\r\ncontent-length: 5\r\n\r\nlarge");
    raw.plays("/raw/early", &[Act::Early, early.clone()]);
    for _ in 0..5 {
        assert_eq!(alice.send(&form).expect(413).text(), "large");
        next_is_fine(&mut alice, &raw, "/raw/early");
    }
    raw.plays("/raw/early", &[Act::Early, early, Act::Pause(20), Act::Close]);
    for _ in 0..5 {
        assert_eq!(alice.send(&form).expect(413).text(), "large");
        settle();
        assert!(!next_is_fine(&mut alice, &raw, "/raw/early"));
    }
}

#[test]
fn a_client_that_leaves_leaves_no_answer_to_the_next_one() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let whole = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nEVIL";
    raw.plays("/raw/head", &[Act::Pause(150), say(whole)]);
    raw.plays("/raw/body", &[say(&whole[..whole.len() - 2]), Act::Pause(150), say("IL"), say(EVIL)]);
    raw.plays("/raw/chunk", &[say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nEV"), Act::Pause(150), say("IL")]);
    for target in ["/raw/head", "/raw/body", "/raw/chunk"] {
        let mut stream = connect(world.address).unwrap();
        stream.write_all(&Ask::page(target).bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        if target == "/raw/head" {
            settle();
        } else {
            read_head(&mut stream).unwrap();
        }
        drop(stream);
        settle();
        assert!(!next_is_fine(&mut alice, &raw, target));
        std::thread::sleep(Duration::from_millis(150));
        assert!(!next_is_fine(&mut alice, &raw, target));
    }
}

#[test]
fn verified_and_anonymous_requests_never_share_a_connection() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let mut anyone = world.browser();
    let mut used = [HashSet::new(), HashSet::new()];
    for _ in 0..20 {
        for (browser, used) in [&mut alice, &mut anyone].into_iter().zip(&mut used) {
            assert_eq!(browser.get("/raw/fine").expect(200).text(), "fine");
            used.insert(raw.last("/raw/fine").connection);
        }
    }
    assert!(used[0].is_disjoint(&used[1]), "{used:?}");
    assert_eq!((used[0].len(), used[1].len()), (1, 1), "and each keeps its own");
}

/// Everything that was asked by this line came on a connection on which nothing else did.
#[track_caller]
fn is_alone(raw: &Raw, line: &str) {
    let asked = raw.asked.lock().unwrap();
    let such: Vec<&Asked> = asked.iter().filter(|asked| asked.head.starts_with(line)).collect();
    assert!(such.len() >= 2, "{line}: {} times", such.len());
    for one in such {
        assert_eq!(asked.iter().filter(|other| other.connection == one.connection).count(), 1, "{}", one.head);
    }
}

fn fine(browser: &mut Browser) {
    assert_eq!(browser.get("/raw/fine").expect(200).text(), "fine");
}

#[test]
fn a_login_has_a_connection_on_which_nothing_else_was_said() {
    let (world, raw) = world();
    let (mut alice, mut anyone) = (world.browser(), world.browser());
    alice.get("/login").expect(200);
    fine(&mut anyone);
    world.log_in_again(&mut alice, "alice").expect_challenge();
    world.verify(&mut alice, "alice");
    // Once more, where a verified session's connection is there.
    fine(&mut alice);
    world.log_in_again(&mut alice, "alice");
    fine(&mut anyone);
    is_alone(&raw, "POST /login ");
    // What strangers and verified sessions ask is there for the next of their kind.
    let asked = raw.asked.lock().unwrap();
    let used: HashSet<usize> = asked.iter().filter(|a| a.head.contains(" /raw/fine ")).map(|a| a.connection).collect();
    assert_eq!(used.len(), 2);
}

#[test]
fn a_question_who_somebody_is_has_a_connection_on_which_nothing_else_was_said() {
    let (world, raw) = world_of(Identity::Probe);
    let (mut alice, mut bob, mut anyone) = (world.verified("alice"), world.browser(), world.browser());
    fine(&mut anyone);
    fine(&mut alice);
    world.log_in(&mut bob, "bob").expect_challenge();
    fine(&mut anyone);
    is_alone(&raw, "GET /api/me ");
}

#[test]
fn a_form_arrives_byte_for_byte_with_one_length() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    for size in [1, 5_000, 16_384, 50_000] {
        let text: String = (0..size).map(|n| char::from(b'a' + (n % 23) as u8)).collect();
        let ask = Ask::form("/raw/fine", &[("text", &text)]).with("Connection", "keep-alive");
        assert_eq!(alice.send(&ask).expect(200).text(), "fine");
        let asked = raw.last("/raw/fine");
        assert!(asked.body == ask.body, "{size}");
        assert_eq!(asked.all("content-length"), [ask.body.len().to_string()]);
        assert_eq!((asked.all("transfer-encoding").len(), asked.all("expect").len()), (0, 0));
        assert_eq!((asked.all("x-mfa-user"), asked.all("host")), (vec!["alice"], vec![&*world.address.to_string()]));
    }
    // What streams goes by another way, and says the same.
    let ask = Ask::new("POST", "/raw/fine").navigation().with("Content-Type", "application/octet-stream").body("hello");
    alice.send(&ask).expect(200);
    let asked = raw.last("/raw/fine");
    assert_eq!(
        (asked.body.as_slice(), asked.all("content-length"), asked.all("x-mfa-user")),
        (&b"hello"[..], vec!["5"], vec!["alice"])
    );
}

#[test]
fn trailers_come_through_and_their_connection_is_used_again() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    let text = "HTTP/1.1 200 OK\r\nTrailer: x-sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 12\r\n\r\n";
    for act in [say(text), Act::ByteByByte(text.as_bytes().to_vec())] {
        raw.plays("/raw/trailers", &[act]);
        let mut stream = connect(world.address).unwrap();
        let ask = Ask::page("/raw/trailers").with("TE", "trailers").with("Connection", "close, TE");
        stream.write_all(&ask.bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        assert!(all.ends_with("\r\n0\r\nx-sum: 12\r\n\r\n"), "{all}");
        assert_eq!(raw.last("/raw/trailers").all("te"), ["trailers"]);
        assert!(next_is_fine(&mut alice, &raw, "/raw/trailers"));
    }
}

#[test]
fn an_app_that_never_comes_to_its_answer_is_a_504() {
    let (world, raw) = world();
    let mut alice = world.verified("alice");
    raw.plays("/raw/hints", &[Act::ForEver(b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000))]);
    alice.get("/raw/hints").expect(504);
    raw.plays("/raw/drips", &[Act::ByteByByte(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), Act::Pause(3000)]);
    alice.get("/raw/drips").expect(504);
    assert!(!next_is_fine(&mut alice, &raw, "/raw/drips"));
}

#[test]
fn many_requests_in_one_write_get_each_its_own_answer() {
    let (world, raw) = world();
    let alice = world.verified("alice");
    let mut stream = connect(world.address).unwrap();
    let mut asks = Vec::new();
    for n in 0..200 {
        let target = format!("/raw/{n}");
        let size = if n % 7 == 0 { 200_000 } else { 8 };
        let body = format!("{n:08}").repeat(size / 8);
        let surplus = if n % 5 == 0 { EVIL } else { "" };
        raw.plays(&target, &[say(format!("HTTP/1.1 200 OK\r\ncontent-length: {size}\r\n\r\n{body}{surplus}"))]);
        asks.extend(Ask::page(&target).bytes(&world.address.to_string(), &alice.cookie_line()));
    }
    let mut writes = stream.try_clone().unwrap();
    let writing = std::thread::spawn(move || writes.write_all(&asks).unwrap());
    let mut read = Vec::new();
    for n in 0..200 {
        let answer = take_answer(&mut stream, &mut read);
        assert!(
            answer.status == 200 && answer.text().starts_with(&format!("{n:08}")),
            "{n}: {} {:.80}",
            answer.status,
            answer.text()
        );
    }
    writing.join().unwrap();
    stream.write_all(&Ask::page("/raw/fine").bytes(&world.address.to_string(), &alice.cookie_line())).unwrap();
    assert_eq!(read_answer(&mut stream, false).unwrap().text(), "fine");
}

/// One answer with a length; what follows it stays in `read`.
fn take_answer(stream: &mut TcpStream, read: &mut Vec<u8>) -> Answer {
    loop {
        if let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
            let (_, length) = head.split_once("content-length: ").unwrap();
            let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
            while read.len() < end + 4 + length {
                more(stream, read).unwrap();
            }
            let status = head.split(' ').nth(1).unwrap().parse().unwrap();
            let body = read.drain(..end + 4 + length).skip(end + 4).collect();
            return Answer { status, headers: Vec::new(), body };
        }
        more(stream, read).unwrap();
    }
}
