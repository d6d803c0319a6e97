//! Node-RED: a token instead of a cookie, and a WebSocket.

use super::*;

#[test]
fn node_red_is_changed_with_its_tokens_by_its_own_users() {
    let gated = Gated::start("nodered", "nodered", |text, _| text);
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &mut Visitor<'_>, user: &str| {
        visitor.more.clear();
        let password = format!("{user}-pass-1");
        let fields = [
            ("client_id", "node-red-editor"),
            ("grant_type", "password"),
            ("scope", ""),
            ("username", user),
            ("password", &*password),
        ];
        let fields: Vec<String> =
            fields.iter().flat_map(|(n, v)| ["--data-urlencode".to_owned(), format!("{n}={v}")]).chain(script()).collect();
        let page = visitor.curl("/auth/token", &fields).expect(200);
        let token = serde_json::from_str::<serde_json::Value>(&page.text).unwrap()["access_token"].as_str().unwrap().to_owned();
        visitor.more = ["-H".to_owned(), format!("Authorization: Bearer {token}")].into();
        token
    };
    let mut wrong = gated.visitor();
    wrong.more = script().into();
    let page = wrong.post(
        "/auth/token",
        &[("client_id", "node-red-editor"), ("grant_type", "password"), ("username", "carol"), ("password", "no")],
    );
    assert!(page.status == 403 || page.status == 401, "{page:?}");
    assert!(gated.mails.all().is_empty());
    let mut thief = gated.visitor();
    log_in(&mut thief, "carol");
    let mut carol = gated.visitor();
    let token = log_in(&mut carol, "carol");
    carol.curl("/settings", &script()).expect(401);
    // The editor's page is asked for without the token.
    let with_token = std::mem::take(&mut carol.more);
    carol.get("/").expect_challenge();
    carol.verify("carol");
    carol.get("/").expect(200);
    carol.more = with_token;
    assert!(carol.curl("/settings", &script()).expect(200).text.contains("\"username\":\"carol\""));
    let flow = r#"[{"id":"a1","type":"tab","label":"behind the gate"}]"#;
    let save = ["-H", "Content-Type: application/json", "-d", flow].map(str::to_owned);
    carol.curl("/flows", &save).expect(204);
    assert!(carol.curl("/flows", &script()).expect(200).text.contains("behind the gate"));
    thief.curl("/flows", &script()).expect(401);
    thief.curl("/flows", &save).expect(401);
    let socket = |visitor: &Visitor<'_>| {
        let ask = ["-i", "-m", "2", "-H", "Connection: Upgrade", "-H", "Upgrade: websocket", "-H", "Sec-WebSocket-Version: 13"];
        let key = ["-H", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "-H", "Accept: */*"];
        let mut browser = gated.visitor();
        browser.jar = visitor.jar.clone();
        browser.curl("/comms", &ask.iter().chain(&key).map(|s| (*s).to_owned()).collect::<Vec<_>>()).text
    };
    assert!(socket(&carol).starts_with("HTTP/1.1 101"));
    assert!(socket(&thief).starts_with("HTTP/1.1 401"));
    carol.post("/auth/revoke", &[("token", &token)]).expect(200);
    carol.curl("/settings", &script()).expect(401);
    log_in(&mut carol, "dave");
    carol.curl("/settings", &script()).expect(401);
    carol.more.clear();
    carol.get("/").expect_challenge();
}

/// Headers of a script's request.
fn script() -> [String; 4] {
    ["-H", "Sec-Fetch-Mode: cors", "-H", "Sec-Fetch-Dest: empty"].map(str::to_owned)
}
