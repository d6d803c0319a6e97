//! Redmine: a new session cookie with every answer, and keys that log in by themselves.

use super::*;

#[test]
fn redmine_is_worked_in_by_its_own_users_in_many_tabs_and_its_keys_open_nothing() {
    let gated =
        Gated::start("redmine", "redmine", |text, _| text.replace("{ env = \"APP_DATABASE_URL\" }", "\"sqlite:app/redmine.db\""));
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, name: &str, password: &str| {
        let token = visitor.get("/login").expect(200).field("authenticity_token");
        let fields = [("authenticity_token", &*token), ("username", name), ("password", password), ("autologin", "1")];
        visitor.post("/login", &fields)
    };
    let mails = gated.mails.all().len();
    let wrong = gated.visitor();
    assert!(log_in(&wrong, "carol", "no").expect(200).text.contains("Invalid user or password"));
    wrong.get("/my/page").expect(302);
    // The same action by another name: without a CSRF token, and in two halves that only Rails puts together.
    wrong.post("/login.json", &[("username", "carol"), ("password", "carol-pass-1")]).expect_challenge();
    let halves = ["-H", "Content-Type: application/xml", "-d", "<password>carol-pass-1</password>"].map(str::to_owned);
    gated.visitor().curl("/login.xml?username=carol", &halves).expect(415);
    // Rails reads dave in each.
    let both = [("username", "carol"), ("[username]", "dave"), ("password", "dave-pass-1")];
    gated.visitor().post("/login.json", &both).expect(400);
    gated.visitor().post("/login.json?username=carol&a=1;username=dave", &[("password", "dave-pass-1")]).expect(400);
    assert_eq!(gated.mails.all().len(), mails);

    let thief = gated.visitor();
    log_in(&thief, "carol", "carol-pass-1").expect_challenge();
    for target in ["/", "/my/page", "/projects/old", "/login", "/account/lost_password"] {
        thief.get(target).expect_challenge();
    }
    let carol = gated.visitor();
    log_in(&carol, "Carol", "carol-pass-1").expect_challenge();
    carol.verify("carol");
    let page = carol.get("/projects/old/issues/new").expect(200);
    let file = gated.dir.path().join("note.txt");
    std::fs::write(&file, "a note of carol's").unwrap();
    let (token, at) = (page.field("authenticity_token"), format!("@{};type=text/plain", file.display()));
    let fields = [
        ("authenticity_token", &*token),
        ("issue[tracker_id]", "1"),
        ("issue[status_id]", "1"),
        ("issue[priority_id]", "2"),
        ("issue[subject]", "written behind the gate"),
        ("attachments[1][file]", &*at),
    ];
    carol.upload("/projects/old/issues", &fields).expect(302);
    assert!(carol.get("/issues/1").expect(200).text.contains("written behind the gate"));
    assert!(carol.get("/attachments/download/1/note.txt").expect(200).text.contains("a note of carol's"));
    thief.get("/attachments/download/1/note.txt").expect_challenge();

    // Each tab sends the cookie that all of them began with, and gets another one.
    let tabs: Vec<Visitor<'_>> = (0..6).map(|_| gated.visitor()).collect();
    for tab in &tabs {
        std::fs::copy(&carol.jar, &tab.jar).unwrap();
    }
    std::thread::scope(|scope| {
        for tab in &tabs {
            scope.spawn(|| (0..3).for_each(|_| drop(tab.get("/issues/1").expect(200))));
        }
    });
    carol.get("/issues/1").expect(200);
    // The cookie that stays when the browser is closed logs in anew, and is as little worth by itself as the other.
    let jar = std::fs::read_to_string(&carol.jar).unwrap();
    let without = |names: &[&str]| {
        let visitor = gated.visitor();
        let kept = jar.lines().filter(|line| !names.iter().any(|name| line.contains(&format!("\t{name}\t"))));
        std::fs::write(&visitor.jar, kept.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        visitor
    };
    for _ in 0..2 {
        without(&["Redmine"]).get("/issues/1").expect(200);
    }
    without(&["Redmine", "mfa"]).get("/issues/1").expect_challenge();
    without(&["autologin", "mfa"]).get("/issues/1").expect_challenge();

    let page = carol.get("/my/api_key").expect(200).text;
    let key: String = page.split_once("<pre>").unwrap().1.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(key.len(), 40, "{page}");
    let header = ["-H".to_owned(), format!("X-Redmine-API-Key: {key}")];
    let password = ["-u", "carol:carol-pass-1"].map(str::to_owned);
    let body = ["-X".to_owned(), "GET".to_owned(), "-d".to_owned(), format!("key={key}")];
    let keys = |visitor: &Visitor<'_>, ways: &[&[String]]| {
        for (args, target) in ways.iter().flat_map(|args| ["/users/current.json", "/my/account"].map(|t| (args, t))) {
            let answer = visitor.curl(target, args);
            assert!(!answer.text.contains("carol") && !answer.text.contains("Carol"), "{target} {args:?} {answer:?}");
        }
        for query in ["key=", "a;key=", "[key]=", "%6bey="] {
            for page in ["/users/current.json?", "/issues.atom?", "/issues?format=atom&", "/my/account?"] {
                visitor.curl(&format!("{page}{query}{key}"), &["-g".into()]).expect(400);
            }
        }
    };
    keys(&gated.visitor(), &[&header, &password, &body]);

    let token = carol.get("/my/page").expect(200).text;
    let token = token.split_once("name=\"csrf-token\" content=\"").unwrap().1.split('"').next().unwrap().to_owned();
    carol.post("/logout", &[("authenticity_token", &token)]).expect(302);
    assert!(carol.get("/my/page").expect(302).to.contains("/login"));
    // Dave has to change his password first: Redmine shows him no other page.
    log_in(&carol, "dave", "dave-pass-1").expect_challenge();
    carol.get("/my/password").expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/my/page").expect(302).to.ends_with("/my/password"));
    let token = carol.get("/my/password").expect(200).field("authenticity_token");
    let fields = [
        ("authenticity_token", &*token),
        ("password", "dave-pass-1"),
        ("new_password", "dave-pass-2"),
        ("new_password_confirmation", "dave-pass-2"),
    ];
    carol.post("/my/password", &fields).expect(302);
    assert!(carol.get("/my/account").expect(200).text.contains("dave@example.com"));
    keys(&carol, &[&header, &password]);
    thief.get("/my/page").expect_challenge();

    // A mail's link changes the password and logs nobody in; Redmine's own second factor comes before the gate's.
    let erin = gated.visitor();
    let reset = std::fs::read_to_string(gated.dir.path().join("app/reset")).unwrap();
    erin.get(&format!("/account/lost_password?token={reset}")).expect(302);
    let token = erin.get("/account/lost_password").expect(200).field("authenticity_token");
    let fields = [("authenticity_token", &*token), ("new_password", "erin-pass-1"), ("new_password_confirmation", "erin-pass-1")];
    assert!(erin.post("/account/lost_password", &fields).expect(302).to.ends_with("/login"));
    erin.get("/my/page").expect(302);
    assert!(log_in(&erin, "erin", "no").expect(200).text.contains("Invalid user or password"));
    assert!(log_in(&erin, "erin", "erin-pass-1").expect(302).to.ends_with("/account/twofa/confirm"));
    erin.get("/my/page").expect(302);
    let mails = gated.mails.all().len();
    let token = erin.get("/account/twofa/confirm").expect(200).field("authenticity_token");
    let key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    let code = Command::new("oathtool").args(["--totp", "--base32", key]).output().unwrap();
    let code = String::from_utf8(code.stdout).unwrap();
    assert_eq!(gated.mails.all().len(), mails);
    erin.post("/account/twofa", &[("authenticity_token", &token), ("twofa_code", code.trim())]).expect_challenge();
    erin.get("/my/page").expect_challenge();
    erin.verify("erin");
    assert!(erin.get("/my/page").expect(200).text.contains(">erin</a>"));
}
