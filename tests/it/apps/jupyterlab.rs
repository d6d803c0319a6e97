//! JupyterLab: one password and no user names, so there is no next user; who logs in is the one whom the preset names.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use super::*;
use crate::client::{Ask, Browser, connect, read_head};

/// Pages, calls and files; who isn't verified gets none of them.
const PAGES: [&str; 8] =
    ["/", "/lab", "/lab/tree/note.txt", "/files/note.txt", "/api/contents/note.txt", "/api/me", "/api/terminals", "/metrics"];

#[test]
fn jupyterlab_runs_code_for_the_one_who_passed_and_for_nobody_who_has_the_password() {
    let gated =
        Gated::start("jupyterlab", "jupyterlab", |text, _| text.replace("only_user = \"alice\"", "only_user = \"carol\""));
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, password: &str| {
        let page = visitor.get("/login?next=%2Flab").expect(200);
        visitor.post("/login?next=%2Flab", &[("_xsrf", &page.field("_xsrf")), ("password", password)])
    };
    let wrong = gated.visitor();
    assert!(log_in(&wrong, "no").expect(401).text.contains("Invalid credentials"));
    wrong.get("/lab").expect(302);
    assert!(gated.mails.all().is_empty());
    // The token is a password too, and opens nothing more.
    let thieves = ["carol-pass-1", "carol-token-1"].map(|password| {
        let thief = gated.visitor();
        log_in(&thief, password).expect_challenge();
        thief
    });
    no_door_is_open(&gated);

    let carol = gated.visitor();
    log_in(&carol, "carol-pass-1").expect_challenge();
    carol.verify("carol");
    assert!(carol.get("/lab").expect(200).text.contains("jupyter-config-data"));
    assert!(carol.get("/api/me").expect(200).text.contains("Anonymous "));
    let call = |visitor: &Visitor<'_>, method: &str, target: &str, body: &Value| {
        let xsrf = cookies(visitor).into_iter().find(|(name, _)| name == "_xsrf").map(|(_, value)| value).unwrap();
        let json = ["-X", method, "-H", "Content-Type: application/json", "-H", "Sec-Fetch-Mode: cors", "-d", &body.to_string()];
        let own = ["-H".to_owned(), format!("X-XSRFToken: {xsrf}")];
        visitor.curl(target, &json.map(str::to_owned).into_iter().chain(own).collect::<Vec<_>>())
    };
    let note = json!({ "type": "file", "format": "text", "content": "written behind the gate" });
    call(&carol, "PUT", "/api/contents/note.txt", &note).expect(201);
    let dot = json!({ "type": "file", "format": "base64", "content": DOT });
    call(&carol, "PUT", "/api/contents/dot.png", &dot).expect(201);
    assert!(carol.get("/api/contents/note.txt").expect(200).text.contains("written behind the gate"));
    let xsrf = cookies(&carol).into_iter().find(|(name, _)| name == "_xsrf").unwrap().1;
    assert!(carol.get(&format!("/files/dot.png?_xsrf={}", xsrf.replace('|', "%7C"))).expect(200).text.contains("PNG"));

    let kernel = call(&carol, "POST", "/api/kernels", &json!({ "name": "python3" })).expect(201);
    let kernel = serde_json::from_str::<Value>(&kernel.text).unwrap()["id"].as_str().unwrap().to_owned();
    let channels = format!("/api/kernels/{kernel}/channels?session_id=1");
    let mut socket = upgrade(&carol, &channels).unwrap();
    execute(&mut socket, "print('forty-' + 'two')");
    read_until(&mut socket, "forty-two").unwrap();
    for thief in &thieves {
        for page in PAGES {
            thief.get(page).expect_challenge();
        }
        call(thief, "PUT", "/api/contents/note.txt", &note).expect(401);
        call(thief, "POST", "/api/kernels", &json!({})).expect(401);
        call(thief, "POST", "/api/shutdown", &json!({})).expect(401);
        for target in [&channels, "/terminals/websocket/1", "/api/events/subscribe"] {
            assert_eq!(upgrade(thief, target).err(), Some(401), "{target}");
        }
    }
    // The name that Jupyter shows others is in its cookie, which changes with it.
    call(&carol, "PATCH", "/api/me", &json!({ "display_name": "Carol" })).expect(200);
    assert!(carol.get("/api/me").expect(200).text.contains("\"display_name\": \"Carol\""));

    // A logout leaves Jupyter's own cookie good for thirty days, and it is challenged from then on.
    let old = gated.visitor();
    std::fs::copy(&carol.jar, &old.jar).unwrap();
    let left = carol.curl("/logout", &["-i".into()]).expect(200);
    assert!(left.text.contains("set-cookie: username-127-0-0-1-") && left.text.contains("=\"\"; expires="), "{left:?}");
    // Where one answer expires two cookies (Jupyter's and the gate's), curl reads the first from its file once more.
    let jar = std::fs::read_to_string(&carol.jar).unwrap();
    std::fs::write(&carol.jar, jar.lines().filter(|line| !line.contains("username-")).collect::<Vec<_>>().join("\n")).unwrap();
    assert!(read_until(&mut socket, "nothing more").is_err(), "the kernel's WebSocket ends with the session");
    carol.get("/lab").expect(302);
    old.get("/lab").expect_challenge();
    log_in(&carol, "carol-pass-1").expect_challenge();
    carol.get("/lab").expect_challenge();
    carol.verify("carol");
    call(&carol, "DELETE", &format!("/api/kernels/{kernel}"), &json!({})).expect(204);
    thieves.iter().for_each(|thief| drop(thief.get("/lab").expect_challenge()));
}

/// A token logs in on any page, and a new password may come with it: open at Jupyter itself, closed here.
#[track_caller]
fn no_door_is_open(gated: &Gated) {
    let stranger = gated.visitor();
    let direct = Browser::new(gated.app);
    let token = Ask::page("/api/status").with("Authorization", "token carol-token-1");
    direct.send_with(&token, "").expect(200);
    direct.send_with(&Ask::page("/api/status?token=carol-token-1"), "").expect(200);
    Browser::new(gated.address).send_with(&token, "").expect_challenge();
    for target in ["/api/status?token=carol-token-1", "/lab?a=1&%74oken=carol-token-1", "/login?token=carol-token-1"] {
        stranger.get(target).expect(400);
    }
    let body =
        Ask::new("GET", "/api/status").with("Content-Type", "application/x-www-form-urlencoded").body("token=carol-token-1");
    direct.send_with(&body, "").expect(200);
    Browser::new(gated.address).send_with(&body, "").expect(403);
    let page = stranger.get("/login").expect(200);
    let fields = [("_xsrf", &*page.field("_xsrf")), ("password", "carol-token-1"), ("new_password", "thief")];
    stranger.post("/login", &fields).expect(403);
    stranger.upload("/login", &fields).expect(403);
    for page in PAGES.into_iter().filter(|page| *page != "/") {
        assert!(matches!(stranger.get(page).status, 302 | 403 | 404), "{page}");
    }
    assert!(gated.mails.all().is_empty());
}

/// The cookies in a visitor's jar.
fn cookies(visitor: &Visitor<'_>) -> Vec<(String, String)> {
    let jar = std::fs::read_to_string(&visitor.jar).unwrap();
    let lines = jar.lines().map(|line| line.split('\t').collect::<Vec<_>>()).filter(|line| line.len() == 7);
    lines.map(|line| (line[5].to_owned(), line[6].to_owned())).collect()
}

/// Opens a WebSocket; else the status that came instead.
fn upgrade(visitor: &Visitor<'_>, target: &str) -> Result<TcpStream, u16> {
    let line: Vec<String> = cookies(visitor).iter().map(|(name, value)| format!("{name}={value}")).collect();
    let ask = Ask::new("GET", target)
        .with("Connection", "Upgrade")
        .with("Upgrade", "websocket")
        .with("Sec-WebSocket-Version", "13")
        .with("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
        .with("Origin", &format!("http://{}", visitor.gated.address));
    let mut stream = connect(visitor.gated.address).unwrap();
    stream.write_all(&ask.bytes(&visitor.gated.address.to_string(), &line.join("; "))).unwrap();
    let (head, _) = read_head(&mut stream).unwrap();
    if head.status == 101 { Ok(stream) } else { Err(head.status) }
}

/// Asks the kernel to run code: one masked frame of text (RFC 6455), whose mask changes nothing.
fn execute(socket: &mut TcpStream, code: &str) {
    let header = json!({ "msg_id": "1", "msg_type": "execute_request", "session": "1", "username": "", "version": "5.3" });
    let content = json!({ "code": code, "silent": false, "store_history": false, "user_expressions": {}, "allow_stdin": false });
    let message = json!({ "channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content });
    let text = message.to_string();
    let mut frame = vec![0x81, 0xfe];
    frame.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(text.bytes());
    socket.write_all(&frame).unwrap();
}

/// Reads until this was said; what was said instead, if the other side closed before.
fn read_until(socket: &mut TcpStream, wanted: &str) -> Result<(), String> {
    let (mut said, mut buffer) = (String::new(), [0; 16 * 1024]);
    while !said.contains(wanted) {
        match socket.read(&mut buffer) {
            Ok(n) if n > 0 => said.push_str(&String::from_utf8_lossy(&buffer[..n])),
            _ => return Err(said),
        }
    }
    Ok(())
}
