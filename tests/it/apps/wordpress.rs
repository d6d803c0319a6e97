//! WordPress: a test cookie at login, and cookies that are sent under some paths only.

use super::*;

#[test]
fn wordpress_is_written_in_and_left_by_its_own_users() {
    let gated = Gated::start("wordpress", "wordpress", |text, database| {
        text.replace("{ env = \"APP_DATABASE_URL\" }", &format!("\"mysql://gate:secret@127.0.0.1:{database}/wp\""))
    });
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, name: &str, user: &str| {
        visitor.get("/wp-login.php").expect(200);
        let password = format!("{user}-pass-1");
        let redirect = format!("http://{}/wp-admin/", gated.address);
        let fields =
            [("log", name), ("pwd", &*password), ("wp-submit", "Log In"), ("redirect_to", &*redirect), ("testcookie", "1")];
        visitor.post("/wp-login.php", &fields).expect_challenge();
    };
    let thief = gated.visitor();
    log_in(&thief, "Carol", "carol");
    for target in ["/", "/wp-admin/", "/wp-admin/profile.php", "/?p=1"] {
        thief.get(target).expect_challenge();
    }
    let call = "<methodCall><methodName>wp.getProfile</methodName></methodCall>";
    gated.visitor().curl("/xmlrpc.php", &["-d".into(), call.into()]).expect(403);
    let guess = gated.visitor().curl("/?rest_route=/wp/v2/users/me", &["-u".into(), "carol:carol-pass-1".into()]);
    assert!(!guess.text.contains("\"id\""), "{guess:?}");
    let mails = gated.mails.all().len();
    let wrong = gated.visitor();
    wrong.get("/wp-login.php");
    wrong.post("/wp-login.php", &[("log", "carol"), ("pwd", "no"), ("testcookie", "1")]).expect(200);
    // PHP cuts the name at NUL, and takes the last one.
    let two_names = "log=dave&log%00x=carol&pwd=carol-pass-1&testcookie=1";
    wrong.curl("/wp-login.php", &["-d".into(), two_names.into()]).expect(400);
    assert_eq!(gated.mails.all().len(), mails);

    let dave = gated.visitor();
    log_in(&dave, "dave@example.com", "dave");
    dave.verify("dave");
    let page = dave.get("/wp-admin/profile.php").expect(200);
    assert!(page.text.contains("dave@example.com"));
    let fields = ["_wpnonce", "from", "checkuser_id", "user_id", "email", "nickname"].map(|name| (name, page.field(name)));
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    fields.extend([("action", "update"), ("first_name", "David"), ("last_name", "Behind-the-Gate"), ("display_name", "David")]);
    dave.post("/wp-admin/profile.php", &fields).expect(302);
    assert!(dave.get("/wp-admin/profile.php").expect(200).text.contains("Behind-the-Gate"));
    let form = dave.get("/wp-admin/media-new.php?browser-uploader").expect(200);
    let file = gated.dir.path().join("note.txt");
    std::fs::write(&file, "a note of dave's").unwrap();
    let at = format!("@{};type=text/plain", file.display());
    let nonce = form.field("_wpnonce");
    dave.upload(
        "/wp-admin/media-new.php",
        &[("_wpnonce", &nonce), ("html-upload", "Upload"), ("post_id", "0"), ("async-upload", &at)],
    )
    .expect(302);
    let out = dave.get("/wp-admin/").expect(200).text;
    let (_, out) = out.split_once("action=logout").and_then(|(_, after)| after.split_once("_wpnonce=")).unwrap();
    let out: String = out.chars().take_while(char::is_ascii_alphanumeric).collect();
    dave.get(&format!("/wp-login.php?action=logout&_wpnonce={out}")).expect(302);
    assert!(dave.get("/wp-admin/profile.php").expect(302).to.contains("wp-login.php"));
    log_in(&dave, "carol", "carol");
    dave.get("/wp-admin/").expect_challenge();
    dave.verify("carol");
    assert!(dave.get("/wp-admin/profile.php").expect(200).text.contains("carol@example.com"));
}
