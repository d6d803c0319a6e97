//! Forms of ordinary clients go on with a verified session, byte for byte; what could be a login by any reading doesn't.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::client::{Ask, connect};
use crate::world::{Identity, Plan, World};

/// What clients sent, before the gate saw it: bodies by path.
#[derive(Clone, Default)]
struct Tap(Arc<Mutex<HashMap<String, Vec<u8>>>>);

impl Tap {
    fn before(gate: SocketAddr) -> (SocketAddr, Self) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, tap) = (listener.local_addr().unwrap(), Self::default());
        let kept = tap.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (tap, to_gate) = (kept.clone(), connect(gate).unwrap());
                let (mut answers, mut back) = (to_gate.try_clone().unwrap(), client.try_clone().unwrap());
                std::thread::spawn(move || drop(std::io::copy(&mut answers, &mut back)));
                std::thread::spawn(move || tap.listen(client, to_gate));
            }
        });
        (address, tap)
    }

    fn listen(&self, mut client: TcpStream, mut gate: TcpStream) {
        let (mut all, mut buffer) = (Vec::new(), [0; 16 * 1024]);
        while let Ok(n) = client.read(&mut buffer) {
            if n == 0 || gate.write_all(&buffer[..n]).is_err() {
                break;
            }
            all.extend_from_slice(&buffer[..n]);
            while let Some((path, body, rest)) = first_request(&all) {
                self.0.lock().unwrap().insert(path, body);
                all = rest;
            }
        }
        let _ = gate.shutdown(Shutdown::Write);
    }
}

/// Path and body of the first request, if it is there whole, and what follows it.
fn first_request(all: &[u8]) -> Option<(String, Vec<u8>, Vec<u8>)> {
    let end = all.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&all[..end]).to_ascii_lowercase();
    let path = head.split(' ').nth(1)?.to_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    if let Some(length) = length {
        let body = all.get(end..end + length)?;
        return Some((path, body.to_vec(), all[end + length..].to_vec()));
    }
    let (mut body, mut at) = (Vec::new(), end);
    loop {
        let line = all[at..].windows(2).position(|w| w == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&all[at..at + line]).ok()?, 16).ok()?;
        let start = at + line + 2;
        body.extend_from_slice(all.get(start..start + size)?);
        at = start + size + 2;
        if size == 0 {
            return Some((path, body, all.get(at..)?.to_vec()));
        }
    }
}

#[test]
fn what_libraries_send_goes_on_byte_for_byte() {
    let world = World::new();
    let cookie = world.verified("alice").cookie_line();
    let (address, tap) = Tap::before(world.address);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (program, script, least) in [
        ("target/venv/bin/python", "forms.py", 13),
        ("node", "forms.mjs", 4),
        ("php", "forms.php", 4),
        ("sh", "forms.sh", 7),
        ("ruby", "forms.rb", 1),
    ] {
        let program = if program.contains('/') { root.join(program) } else { program.into() };
        let mut command = Command::new(program);
        command.arg(root.join("tests/servers/clients").join(script)).args([&format!("http://{address}/forms"), &cookie]);
        let done = command.output().expect("the client is there (tests/setup.sh)");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{script}: {said}{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(said.lines().count(), least, "{said}");
        for line in said.lines() {
            let (name, status) = line.split_once(' ').unwrap();
            assert_eq!(status, "200", "{script} {name}: {}", world.log());
            let (path, sent) = (format!("/forms/{name}"), tap.0.lock().unwrap()[&format!("/forms/{name}")].clone());
            assert!(!sent.is_empty());
            assert!(world.app.last(&path).body == sent, "{name}: {}", String::from_utf8_lossy(&sent));
        }
    }
}

fn post(target: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Ask {
    Ask::new("POST", target).navigation().with("Content-Type", content_type).body(body)
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const PARTS: &str = "multipart/form-data; boundary=X";

/// One part with this header, and the end.
fn part(head: &str) -> Vec<u8> {
    format!("--X\r\n{head}\r\n\r\na value\r\n--X--\r\n").into_bytes()
}

/// Bodies that can't be read for certain, and are no login by any reading.
fn harmless(path: &str) -> Vec<Ask> {
    let dotnet = "multipart/form-data; boundary=\"0a1b2c3d-0000-4000-8000-000000000001\"";
    let net = "--0a1b2c3d-0000-4000-8000-000000000001";
    let latin2 = b"--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ha\xb3o.txt\"\r\n\r\nx\r\n--X--\r\n";
    vec![
        post(
            path,
            dotnet,
            format!(
                "{net}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=title\r\n\r\na title\r\n{net}\r\nContent-Disposition: form-data; name=file; filename=a.txt; filename*=utf-8''a.txt\r\n\r\nx\r\n{net}--\r\n"
            ),
        ),
        // JavaMail, and Apache's client in its strict mode.
        post(
            path,
            "multipart/form-data; boundary=----=_Part_0_2102354.17",
            "------=_Part_0_2102354.17\r\nContent-Type: text/plain; name=a.txt\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nYQ==\r\n------=_Part_0_2102354.17--\r\n",
        ),
        post(path, PARTS, part("Content-Disposition: form-data; name=\"t\"\r\nContent-Type: text/plain; charset=ISO-8859-1")),
        post(path, PARTS, latin2),
        post(path, PARTS, part("Content-Disposition: form-data; name=\"file\"; filename=\"C:\\temp\\\"")),
        post(path, PARTS, [&part("Content-Disposition: form-data; name=\"t\"")[..], b"\r\n\r\n"].concat()),
        post(path, "application/x-www-form-urlencoded; charset=windows-1250", "title=%B3%F3d%BC"),
        post(path, FORM, "q%u0142=1&x%00=2"),
        post(path, FORM, b"\0\x01\xff=&;binary".to_vec()),
        post(&format!("{path}?q%u0142=1"), FORM, "a=b"),
        post(path, JSON, r#"{"text":"\ud800","user":{"name":"x"}}"#),
        post(path, JSON, "{\"index\":{}}\n{\"username\":\"x\"}\n"),
        post(path, JSON, "[".repeat(200) + &"]".repeat(200)),
        post(path, JSON, r#"{"x":1e999,"text":"username and password"}"#),
        post(path, JSON, r#"[{"username":"ann","password":"x"},{"username":"ben","password":"y"}]"#),
        post(path, "application/json; charset=iso-8859-2", b"{\"text\":\"\xb3\"}".to_vec()),
    ]
}

#[test]
fn what_cannot_be_read_for_certain_goes_on_with_a_verified_session_only() {
    let more = "[[apps.rules]]\npath = \"/open/**\"\naction = \"anonymous\"\n";
    let world = World::of(&Plan { more: more.into(), ..Plan::default() });
    let line = world.verified("alice").cookie_line();
    let mut pending = world.browser();
    world.log_in(&mut pending, "alice").expect_challenge();
    let pending = pending.cookie_line();
    for ask in harmless("/orders") {
        world.ask(&ask, &line).expect_page_of("alice");
        assert_eq!(world.app.last("/orders").body, ask.body, "{ask:?}");
        let told = world.ask(&ask, "");
        assert_eq!(told.status, 400, "{ask:?} {told:?}");
        let told = world.ask(&ask, &pending);
        assert!(told.status == 401 && told.secrets().is_empty(), "{ask:?} {told:?}");
        for (path, line) in [("/login", &line), ("/login", &String::new()), ("/open/x", &line), ("/open/x", &String::new())] {
            let mut ask = ask.clone();
            ask.target = ask.target.replace("/orders", path);
            let told = world.ask(&ask, line);
            assert_eq!(told.status, 400, "{ask:?} {told:?}");
        }
    }
    world.ask(&post("/logout", JSON, "{"), &line).expect(400);
    let posts: Vec<_> =
        world.app.records().into_iter().filter(|r| r.method == "POST" && r.target.starts_with("/orders")).collect();
    assert_eq!(posts.len(), harmless("/orders").len());
    assert!(!world.app.records().iter().any(|r| r.target.starts_with("/open") || r.target == "/logout"));
}

#[test]
fn what_could_be_a_login_by_any_reading_is_refused_inside_a_verified_session() {
    let world = World::new();
    let line = world.verified("alice").cookie_line();
    let two = |first: &str| {
        let password = "Content-Disposition: form-data; name=\"password\"";
        format!(
            "--X\r\n{first}\r\n\r\nbob\r\n--X\r\n{password}\r\nContent-Transfer-Encoding: base64\r\n\r\nYnVpbGRlcg==\r\n--X--\r\n"
        )
    };
    let named = |name: &str| post("/x", PARTS, two(&format!("Content-Disposition: form-data; {name}")));
    for ask in [
        named("name=\"username\""),
        named("name=username"),
        named("name=\"=?utf-8?q?username?=\""),
        named("name*=utf-8''%75sername"),
        named("name*0=user; name*1=name"),
        named("filename=\"\\\"; name=\"username"),
        named("name=\"user\\name\""),
        post("/x", "multipart/form-data; boundary=\"X,Y\"", two("Content-Disposition: form-data; name=\"username\"")),
        post("/x", "multipart/form-data; boundary=X; boundary=Y", two("Content-Disposition: form-data; name=\"username\"")),
        post("/x", PARTS, format!("--X--\r\n{}", two("Content-Disposition: form-data; name=\"username\""))),
        post("/x", PARTS, two("Content-ID: username")),
        post("/x", "application/x-www-form-urlencoded; charset=iso-8859-2", "username=bob&password=builder"),
        post("/x", "application/x-www-form-urlencoded; charset=utf-7", "+AHU-sername=bob&+AHA-assword=builder"),
        post("/x", "application/x-www-form-urlencoded,x+json", "\"&username=bob&password=builder&\""),
        post("/x", FORM, "%u0075sername=bob&password=builder"),
        post("/x", FORM, "username%00x=bob&password%00x=builder"),
        post("/x", FORM, "a%00=1;User_Name=bob;[password=builder"),
        post("/x?%u0075sername=bob", FORM, "password=builder"),
        post("/x?a%00=1&username=bob", JSON, r#"{"password":"builder"}"#),
        post("/x?a%00=1&username=bob&password=builder", FORM, "a=b"),
        post("/x", JSON, r#"{"username":"bob","password":"builder","x":"\ud800"}"#),
        post("/x", JSON, r#"{"\u0075sername":"bob","password":"builder","x":1e999}"#),
        post("/x", JSON, r#"{"UserName":"bob","pass\u0077ord":"builder",}"#),
        post("/x", JSON, "{\"username\":\"bob\",\"password\":\"builder\"}\n{}"),
        post("/x", JSON, r#"[{"username":"bob","password":"builder"}]"#),
        post("/x", JSON, r#"[{"username":"bob","password":"builder"},"#),
        post("/x", JSON, "\u{feff}{'username':'bob',password/**/:'builder'}"),
        post("/x", "application/json; charset=utf-16", "{}"),
        // Nor a session of somebody else's.
        post("/x?PHPSESSID%00x=1", FORM, "a=b"),
        Ask::page("/x?%u0073id=1"),
        post("/x", FORM, "%u0073id=1"),
        post("/x", PARTS, part("Content-Disposition: form-data; name=sid")),
    ] {
        let told = world.ask(&ask, &line);
        assert_eq!(told.status, 400, "{ask:?} {told:?}");
        assert_eq!(world.ask(&ask, "").status, 400, "{ask:?}");
    }
    assert!(!world.app.was_asked("/x"));
}

#[test]
fn a_form_that_makes_users_may_be_written_in_any_way_where_the_administrator_says_so() {
    let world = World::of(&Plan { app: "not_login_paths = [\"/users/**\"]\n".into(), ..Plan::default() });
    let line = world.verified("alice").cookie_line();
    let body = r#"{"username":"ann","password":"x","note":"\ud800"}"#;
    world.ask(&post("/users/new", JSON, body), &line).expect_page_of("alice");
    world.ask(&post("/users/new", JSON, body), "").expect(400);
    world.ask(&post("/user", JSON, body), &line).expect(400);
}

#[test]
fn a_parts_name_that_java_decodes_is_no_other_name_on_the_login_page() {
    let world = World::of(&Plan { identity: Identity::Form, ..Plan::default() });
    let field = |name: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let body =
        [field("=?utf-8?q?username?=", "alice"), field("username", "bob"), field("password", "wonderland"), "--X--\r\n".into()];
    world.ask(&post("/login", PARTS, body.concat()), "").expect(400);
    assert!(!world.app.was_asked("/login"));
}

#[test]
fn a_login_by_a_multipart_form_with_a_quoted_boundary_is_a_login() {
    let world = World::new();
    let mut alice = world.browser();
    let kind = "multipart/form-data; boundary=\"===============12==\"";
    let field = |name: &str, value: &str| {
        format!(
            "--===============12==\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: 7bit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let body = [field("username", "bob"), field("password", "builder"), "--===============12==--\r\n".into()].concat();
    let mut verified = world.verified("alice");
    assert_eq!(verified.send(&post("/anywhere", kind, body.clone())).status, 409);
    assert!(!world.app.was_asked("/anywhere"));
    alice.send(&post("/login", kind, body));
    assert!(world.app.was_asked("/login"));
}

#[test]
fn a_form_may_repeat_the_sessions_own_cookie_and_name_no_other_session() {
    let world = World::new();
    let (alice, bob) = (world.verified("alice"), world.verified("bob"));
    let (own, other, line) = (&alice.jar["sid"], &bob.jar["sid"], alice.cookie_line());
    let sid = |value: &str| Ask::form("/orders", &[("sid", value), ("x", "y")]);
    world.ask(&sid(own), &line).expect_page_of("alice");
    let posts = || world.app.records().iter().filter(|r| r.method == "POST" && r.target == "/orders").count();
    let before = posts();
    for (value, line) in [
        (other.as_str(), line.as_str()),
        ("made-elsewhere", &line),
        // Without its gate cookie it isn't verified; without the cookie it is anybody's.
        (own, &format!("sid={own}")),
        (own, ""),
        (own, &format!("mfa={}", alice.jar["mfa"])),
    ] {
        let told = world.ask(&sid(value), line);
        assert!(matches!(told.status, 400 | 401) && told.secrets().is_empty(), "{value} {line}: {told:?}");
    }
    // A cookie that is taken off the line isn't the session's own.
    let mixed = format!("remember_me={other}; {line}");
    world.ask(&Ask::form("/orders", &[("remember_me", other)]), &mixed).expect(400);
    world.ask(&Ask::form("/orders", &[("sid", own), ("sid", other)]), &line).expect(400);
    world.ask(&Ask::form("/login", &[("sid", own), ("username", "alice"), ("password", "wonderland")]), &line).expect(400);
    world.ask(&post("/orders", FORM, format!("sid={own}&%u0041=1")), &line).expect(400);
    world.ask(&Ask::page(&format!("/orders?sid={own}")), &line).expect(400);
    assert_eq!(posts(), before);
}
