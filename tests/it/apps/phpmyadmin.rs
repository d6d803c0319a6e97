//! phpMyAdmin: a login on any page, and two cookies that are new in every answer.

use super::*;

#[test]
fn phpmyadmin_is_worked_with_and_left_by_its_own_users() {
    let gated = Gated::start("phpmyadmin", "phpmyadmin", |text, _| text);
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, to: &str, user: &str, password: &str| {
        visitor.get("/").expect(200);
        let token = visitor.get("/index.php").expect(200).field("token");
        visitor.post(to, &[("pma_username", user), ("pma_password", password), ("token", &token), ("server", "1")])
    };
    let thief = gated.visitor();
    log_in(&thief, "/index.php?route=/", "carol", "carol-pass-1").expect_challenge();
    let table = "/index.php?route=/sql&db=office&table=teas&pos=0";
    for target in ["/", "/index.php", table, "/index.php?route=/check-relations&ajax_request=1"] {
        thief.get(target).expect_challenge();
    }
    // Any page takes name and password, for scripts too.
    log_in(&gated.visitor(), "/index.php?route=/sql&db=office", "carol", "carol-pass-1").expect_challenge();
    let mut script = gated.visitor();
    let token = script.get("/").expect(200).field("token");
    script.more = ["-H", "Sec-Fetch-Mode: cors", "-H", "Sec-Fetch-Dest: empty"].map(str::to_owned).into();
    let again = |script: &Visitor<'_>, token: &str, password: &str| {
        let name = [("pma_username", "carol"), ("pma_password", password), ("token", token)];
        script.post("/index.php", &[&name[..], &[("session_timedout", "1"), ("ajax_request", "1")]].concat())
    };
    let page = again(&script, &token, "carol-pass-1").expect(401);
    assert!(page.text.contains("challenge_url") && !page.text.contains("new_token"), "{page:?}");
    script.get("/index.php?ajax_request=1").expect(401);
    // What is wrong sends no mail, in whichever way the app says so.
    let wrong = gated.visitor();
    let mails = gated.mails.all().len();
    assert!(log_in(&wrong, "/index.php?route=/", "carol", "no").expect(200).text.contains("Access denied"));
    let token = wrong.get("/").expect(200).field("token");
    again(&wrong, &token, "no").expect(200);
    again(&wrong, "none", "carol-pass-1").expect(200);
    assert_eq!(gated.mails.all().len(), mails);
    wrong.get("/setup/index.php").expect(403);
    // What seals the password is in the session: without it the other cookies open nothing.
    let jar = std::fs::read_to_string(&thief.jar).unwrap();
    let sealed = jar.lines().filter(|line| line.contains("\tpmaUser-1\t") || line.contains("\tpmaAuth-1\t"));
    let sealed = sealed.collect::<Vec<_>>().join("\n");
    assert_eq!(sealed.lines().count(), 2, "{jar}");
    std::fs::write(&wrong.jar, sealed).unwrap();
    assert!(wrong.get("/index.php").expect(200).text.contains("logged_in:false"));

    let carol = gated.visitor();
    log_in(&carol, "/index.php?route=/", "carol", "carol-pass-1").expect_challenge();
    carol.verify("carol");
    let page = carol.get("/index.php?route=/").expect(200);
    let token = page.field("token");
    let query = "create table teas (name varchar(40)); insert into teas values ('written behind the gate')";
    let fields = [("token", &*token), ("db", "office"), ("is_js_confirmed", "0"), ("sql_query", query)];
    carol.post("/index.php?route=/import", &fields).expect(200);
    let file = gated.dir.path().join("teas.sql");
    std::fs::write(&file, "insert into teas values ('uploaded behind the gate');").unwrap();
    let at = format!("@{};type=text/plain", file.display());
    let fields = [("token", &*token), ("db", "office"), ("import_type", "database"), ("format", "sql"), ("import_file", &at)];
    carol.upload("/index.php?route=/import", &fields).expect(200);
    let page = carol.get(table).expect(200);
    assert!(page.text.contains("written behind the gate") && page.text.contains("uploaded behind the gate"));
    thief.get(table).expect_challenge();
    // Name and password are sealed anew in every answer; the session goes on.
    for _ in 0..40 {
        assert!(carol.get("/index.php?route=/").expect(200).text.contains("user:\"carol\""));
    }
    let fields =
        [("token", &*token), ("nopass", "0"), ("pma_pw", "carol-pass-2"), ("pma_pw2", "carol-pass-2"), ("change_pw", "Go")];
    carol.post("/index.php?route=/user-password", &fields).expect(200);
    assert!(carol.get(table).expect(200).text.contains("written behind the gate"));
    // Another user's login inside the session is not passed on.
    let other = [("token", &*token), ("pma_username", "dave"), ("pma_password", "dave-pass-1")];
    carol.post("/index.php?route=/", &other).expect(409);

    carol.post("/index.php?route=/logout", &[("token", &token)]).expect(302);
    assert!(carol.get(table).expect(200).text.contains("logged_in:false"));
    log_in(&carol, "/index.php?route=/", "dave", "dave-pass-1").expect_challenge();
    carol.get(table).expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/index.php?route=/").expect(200).text.contains("user:\"dave\""));
    thief.get(table).expect_challenge();
}
