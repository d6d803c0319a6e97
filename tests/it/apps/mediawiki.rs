//! MediaWiki: logins by form and by API, and cookies that are the same in every browser of a user.

use super::*;

#[test]
fn mediawiki_is_read_edited_and_left_by_its_own_users() {
    let gated = Gated::start("mediawiki", "mediawiki", |text, _| text);
    gated.check_recognises("carol", "Carol");
    let log_in = |visitor: &Visitor<'_>, user: &str, password: &str| {
        let token = visitor.get("/index.php?title=Special:UserLogin").expect(200).field("wpLoginToken");
        let name = [("title", "Special:UserLogin"), ("wpName", user), ("wpPassword", password), ("wpRemember", "1")];
        visitor.post("/index.php/Special:UserLogin", &[&name[..], &[("authAction", "login"), ("wpLoginToken", &token)]].concat())
    };
    let api = |visitor: &Visitor<'_>, fields: &[(&str, &str)]| visitor.post("/api.php?format=json", fields);
    let token = |visitor: &Visitor<'_>, kind: &str| {
        let page = visitor.get(&format!("/api.php?action=query&meta=tokens&type={kind}&format=json")).expect(200);
        let given: serde_json::Value = serde_json::from_str(&page.text).unwrap();
        given["query"]["tokens"][format!("{kind}token")].as_str().unwrap().to_owned()
    };
    let who = "/api.php?action=query&meta=userinfo&format=json";
    let thief = gated.visitor();
    log_in(&thief, "carol", "carol-pass-1").expect_challenge();
    for target in ["/", "/index.php/Main_Page", "/index.php?title=Special:Preferences", "/index.php/Special:UserLogin", who] {
        thief.get(target).expect_challenge();
    }
    // The API takes passwords under other names.
    for (action, name, password, login_token) in
        [("login", "lgname", "lgpassword", "lgtoken"), ("clientlogin", "username", "password", "logintoken")]
    {
        let mut script = gated.visitor();
        script.more = ["-H", "Sec-Fetch-Mode: cors", "-H", "Sec-Fetch-Dest: empty"].map(str::to_owned).into();
        let log_in = |with: &str| {
            let fields = [("action", action), (name, "carol"), (password, with), (login_token, &*token(&script, "login"))];
            api(&script, &[&fields[..], &[("loginreturnurl", "http://127.0.0.1/")]].concat())
        };
        log_in("no").expect(200);
        script.get(who).expect(200);
        let page = log_in("carol-pass-1").expect(401);
        assert!(page.text.contains("challenge_url"), "{page:?}");
        script.get(who).expect(401);
    }
    let mails = gated.mails.all().len();
    let wrong = gated.visitor();
    assert!(log_in(&wrong, "carol", "no").expect(200).text.contains("Incorrect username or password"));
    assert_eq!(gated.mails.all().len(), mails);
    wrong.get(who).expect(200);
    wrong.get("/mw-config/index.php").expect(403);

    let carol = gated.visitor();
    log_in(&carol, "carol", "carol-pass-1").expect_challenge();
    carol.verify("carol");
    // The user's id and name are in cookies of the same value everywhere: another browser takes nothing away.
    log_in(&gated.visitor(), "Carol", "carol-pass-1").expect_challenge();
    let page = carol.get("/index.php?title=Tea&action=edit").expect(200);
    let kept = ["wpUnicodeCheck", "wpStarttime", "wpEdittime", "editRevId", "wpAutoSummary", "oldid", "parentRevId", "format"];
    let kept: Vec<(&str, String)> =
        kept.into_iter().chain(["model", "wpEditToken"]).map(|name| (name, page.field(name))).collect();
    let mut fields: Vec<(&str, &str)> = kept.iter().map(|(n, v)| (*n, v.as_str())).collect();
    fields.extend([("wpTextbox1", "written behind the gate"), ("wpSave", "Save"), ("wpUltimateParam", "1")]);
    carol.upload("/index.php?title=Tea&action=submit", &fields).expect(302);
    assert!(carol.get("/index.php/Tea").expect(200).text.contains("written behind the gate"));
    let edit = [("action", "edit"), ("title", "Tea"), ("appendtext", " and by a script"), ("token", &*token(&carol, "csrf"))];
    assert!(api(&carol, &edit).expect(200).text.contains("Success"));
    assert!(carol.get("/index.php/Tea").expect(200).text.contains("and by a script"));
    let file = gated.dir.path().join("dot.png");
    std::fs::write(&file, BASE64.decode(DOT.as_bytes()).unwrap()).unwrap();
    let (at, page) = (format!("@{}", file.display()), carol.get("/index.php/Special:Upload").expect(200));
    let token_there = page.field("wpEditToken");
    let fields = [("wpEditToken", &*token_there), ("wpDestFile", "Dot.png"), ("wpUploadFile", &at), ("wpUpload", "Upload file")];
    carol.upload("/index.php/Special:Upload", &fields).expect(302);
    let page = carol.get("/index.php/File:Dot.png").expect(200);
    let (_, picture) = page.text.split_once("/img_auth.php").unwrap();
    let picture = format!("/img_auth.php{}", picture.split('"').next().unwrap());
    assert!(carol.get(&picture).expect(200).text.contains("PNG"));
    thief.get(&picture).expect_challenge();
    gated.visitor().get(&picture).expect(403);
    // An account that an administrator makes is no login.
    let page = carol.get("/index.php/Special:CreateAccount").expect(200);
    let made = page.field("wpCreateaccountToken");
    let fields = [("wpName", "Erin"), ("wpPassword", "erin-pass-1"), ("retype", "erin-pass-1"), ("authAction", "create")];
    carol.post("/index.php/Special:CreateAccount", &[&fields[..], &[("wpCreateaccountToken", &*made)]].concat()).expect(200);
    assert!(carol.get("/index.php/User:Erin").text.contains("Erin") && carol.get(who).text.contains("\"Carol\""));
    // A script's login as another user inside the session is not passed on.
    let other = [("action", "login"), ("lgname", "dave"), ("lgpassword", "dave-pass-1"), ("lgtoken", &*token(&carol, "login"))];
    api(&carol, &other).expect(409);
    // A browser that was closed comes back with the token that remembers its user.
    let mut back = gated.visitor();
    log_in(&back, "carol", "carol-pass-1").expect_challenge();
    back.verify("carol");
    back.more = vec!["--junk-session-cookies".into()];
    back.get("/index.php/Tea").expect_challenge();
    back.more.clear();
    back.get("/index.php/Tea").expect_challenge();
    back.verify("carol");
    for _ in 0..2 {
        assert!(back.get(who).expect(200).text.contains("\"Carol\""));
    }

    let page = carol.get("/index.php?title=Special:UserLogout").expect(200);
    carol
        .post("/index.php/Special:UserLogout", &[("title", "Special:UserLogout"), ("wpEditToken", &*page.field("wpEditToken"))])
        .expect(200);
    assert!(!carol.get("/index.php/Tea").text.contains("behind the gate"));
    log_in(&carol, "dave", "dave-pass-1").expect_challenge();
    carol.get("/index.php/Tea").expect_challenge();
    carol.verify("dave");
    assert!(carol.get(who).expect(200).text.contains("\"Dave\""));
    assert!(carol.get("/index.php/Tea").expect(200).text.contains("and by a script"));
    thief.get("/index.php/Tea").expect_challenge();

    // A password that was forgotten: the one that is mailed logs nobody in before it is replaced.
    let forgetful = gated.visitor();
    forgetful.get("/index.php/Special:PasswordReset").expect(200);
    forgetful.post("/index.php/Special:PasswordReset", &[("wpUsername", "Dave"), ("wpEditToken", "+\\")]).expect(200);
    forgetful.get("/index.php/Special:UserLogin").expect(200);
    let mail = std::fs::read_to_string(gated.dir.path().join("app/mails")).unwrap();
    let (_, sent) = mail.split_once("Temporary password:").unwrap();
    let page = log_in(&forgetful, "dave", sent.split_whitespace().next().unwrap()).expect(200);
    let next = page.field("wpLoginToken");
    // The form for the new one has an empty name.
    let name = [("wpName", ""), ("wpPassword", "dave-pass-2"), ("retype", "dave-pass-2"), ("wpEditToken", "+\\")];
    let fields = [&name[..], &[("authAction", "login-continue"), ("wpLoginToken", &next)]].concat();
    forgetful.post("/index.php/Special:UserLogin", &fields).expect_challenge();
    forgetful.get("/index.php/Tea").expect_challenge();
    forgetful.verify("dave");
    assert!(forgetful.get(who).expect(200).text.contains("\"Dave\""));
}
