//! Roundcube: everything is done on one address, and a login makes another session.

use super::*;

#[test]
fn roundcube_keeps_mail_and_contacts_for_its_own_users() {
    let gated = Gated::start("roundcube", "roundcube", |text, _| text);
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, user: &str, password: &str| {
        let token = visitor.get("/").expect(200).field("_token");
        let fields = [("_token", &*token), ("_task", "login"), ("_action", "login"), ("_user", user), ("_pass", password)];
        visitor.post("/?_task=login", &fields)
    };
    let mails = gated.mails.all().len();
    let wrong = gated.visitor();
    log_in(&wrong, "carol", "no").expect(401);
    // A reloaded form still belongs to its cookie, and may be sent to any page.
    let token = wrong.get("/?_task=mail").expect(200).field("_token");
    let fields = [("_token", &*token), ("_user", "dave"), ("_pass", "no")];
    assert!(wrong.post("/index.php/login/login", &fields).expect(401).text.contains("Login failed."));
    wrong.get("/index.php/login/oauth").expect(200);
    assert_eq!(gated.mails.all().len(), mails);

    let thief = gated.visitor();
    log_in(&thief, "carol", "carol-pass-1").expect_challenge();
    for target in ["/", "/?_task=mail", "/?_task=settings", "/index.php/addressbook/export", "/?_task=login"] {
        thief.get(target).expect_challenge();
    }
    let carol = gated.visitor();
    log_in(&carol, "carol@example.com", "carol-pass-1").expect_challenge();
    carol.verify("carol");
    let token = |visitor: &Visitor<'_>| {
        let page = visitor.get("/?_task=mail").expect(200).text;
        page.split_once("\"request_token\":\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    // Long mails and files go to the address that is the login page's as well.
    let id = carol.get("/?_task=mail&_action=compose").expect(302).to;
    let id = id.split_once("_id=").unwrap().1.split('&').next().unwrap();
    let (token_, long) = (token(&carol), "a line written behind the gate\n".repeat(4000));
    let fields = [
        ("_token", &*token_),
        ("_task", "mail"),
        ("_action", "send"),
        ("_id", id),
        ("_from", "1"),
        ("_draft", "1"),
        ("_subject", "behind the gate"),
        ("_message", &*long),
    ];
    carol.post("/?_task=mail&_framed=1", &fields).expect(200);
    let drafts = "/?_task=mail&_action=list&_mbox=Drafts&_remote=1";
    assert!(carol.get(drafts).expect(200).text.contains("behind the gate"));
    let file = gated.dir.path().join("friends.vcf");
    let card =
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Erin Friend\r\nN:Friend;Erin\r\nNOTE:{}\r\nEND:VCARD\r\n", "x".repeat(100_000));
    std::fs::write(&file, card).unwrap();
    let at = format!("@{};type=text/vcard", file.display());
    let fields = [("_token", &*token_), ("_target", "0"), ("_file[]", &*at)];
    carol.upload("/?_task=addressbook&_action=import", &fields).expect(200);
    let export = format!("/?_task=addressbook&_action=export&_source=0&_token={token_}");
    assert!(carol.get(&export).expect(200).text.contains("FN:Erin Friend"));
    thief.get(&export).expect_challenge();
    thief.get(drafts).expect_challenge();

    carol.get(&format!("/?_task=logout&_token={token_}")).expect(200).field("_pass");
    carol.get(&export).expect(200).field("_pass");
    log_in(&carol, "dave", "dave-pass-1").expect_challenge();
    carol.get("/?_task=mail").expect_challenge();
    carol.verify("dave");
    let page = carol.get("/?_task=mail").expect(200).text;
    assert!(page.contains("dave@example.com") && !page.contains("carol"));
    thief.get("/?_task=mail").expect_challenge();
}
