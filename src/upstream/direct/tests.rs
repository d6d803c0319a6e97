//! The gate's own client beside hyper's, and what it sees of a connection that nobody asked anything on.

use http::Request;
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::coop::consume_budget;

use super::super::pool;
use super::*;

impl Io for DuplexStream {
    fn is_quiet(&self) -> bool {
        true
    }
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn what_nobody_asked_for_is_seen_by_a_task_that_has_done_its_share() {
    runtime().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut theirs, _) = listener.accept().await.unwrap();
        let mut line = Direct::new(ours);
        assert!(line.is_ready(Class::Credentialed));
        theirs.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        let spent = poll_fn(|cx| {
            while pin!(consume_budget()).poll(cx).is_ready() {}
            Poll::Ready(line.is_ready(Class::Credentialed))
        });
        assert!(!spent.await);
    });
}

#[test]
fn what_came_this_moment_is_seen_before_the_runtime_has_heard_of_it() {
    runtime().block_on(async {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut theirs, mut line) = (listener.accept().unwrap().0, Direct::new(ours));
        assert!(line.is_ready(Class::Stripped));
        // Nothing is waited for in between.
        std::io::Write::write_all(&mut theirs, b"H").unwrap();
        assert!(!line.is_ready(Class::Stripped));
    });
}

/// Answers, once it was asked, in pieces of this size, and closes.
async fn app(mut io: DuplexStream, bytes: Vec<u8>, step: usize) {
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") && io.read_buf(&mut asked).await.is_ok_and(|n| n > 0) {}
    for piece in bytes.chunks(step) {
        if io.write_all(piece).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

type Read = Option<(u16, Bytes)>;

/// An answer that ended, as this client reads it.
async fn ours(io: DuplexStream) -> Read {
    let outgoing = Outgoing::from(Request::get("/").body(Body::Empty).unwrap());
    let answer = Direct::new(io).exchange((0, Class::Stripped), outgoing, Duration::from_secs(5)).await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.into_body().collect().await.ok()?.to_bytes()))
}

/// And as hyper's does.
async fn hypers(io: DuplexStream) -> Read {
    let (mut sender, connection) = http1::handshake(TokioIo::new(io)).await.unwrap();
    let driver = tokio::spawn(connection);
    let answer = sender.send_request(Request::get("/").body(Body::Empty).unwrap()).await.ok()?;
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.ok()?.to_bytes();
    driver.abort();
    Some((status, body))
}

const ANSWERS: [&[u8]; 7] = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\nA: b\r\n\r\nhello worldHTTP/1.1 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n06 ;a=b\r\n world\r\n0\r\n\r\nHTTP/1.1 200 OK",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx: y\r\nz: \r\n\r\n",
    b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2, 2\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nServer: a\r\n\r\nhello",
    b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404\r\nContent-Length: 1\r\n\r\na",
];

#[test]
fn no_answer_ends_elsewhere_than_hyper_says() {
    let runtime = runtime();
    let bytes = prop_oneof![any::<u8>(), proptest::sample::select(b"\r\n ,;:0159aef\0\t".to_vec())];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), bytes, 0..3_u8), 0..4);
    let config =
        ProptestConfig { cases: 20_000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() };
    proptest!(config, |(which in 0..ANSWERS.len(), changes in changes, step in 1..80_usize, cut: prop::sample::Index)| {
        let mut text = ANSWERS[which].to_vec();
        for (at, byte, what) in changes {
            let at = at.index(text.len());
            match what {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                _ => drop(text.remove(at)),
            }
        }
        if step % 3 == 0 {
            text.truncate(cut.index(text.len() + 1));
        }
        let (ours, hypers) = runtime.block_on(async {
            let ((a, b), (c, d)) = (duplex(1 << 16), duplex(1 << 16));
            let ours = async { tokio::join!(ours(a), app(b, text.clone(), step)).0 };
            let hypers = async { tokio::join!(hypers(c), app(d, text.clone(), step)).0 };
            tokio::join!(ours, hypers)
        });
        // What is refused is refused; what is read is read as hyper does.
        if ours.is_some() {
            prop_assert_eq!(&ours, &hypers, "{:?}", String::from_utf8_lossy(&text));
        }
        prop_assert!(pool::direct((0, Class::Stripped)).is_none(), "it is closed");
    });
}
