//! DokuWiki: one id over the login, and a login on any page that gets name and password.

use super::*;

#[test]
fn dokuwiki_is_read_edited_and_left_by_its_own_users() {
    let gated = Gated::start("dokuwiki", "dokuwiki", |text, _| text);
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, user: &str| {
        visitor.get("/doku.php?id=start");
        let password = format!("{user}-pass-1");
        let fields = [("u", user), ("p", &password), ("do", "login"), ("id", "start"), ("sectok", "")];
        visitor.post("/doku.php", &fields).expect_challenge();
    };
    let thief = gated.visitor();
    log_in(&thief, "carol");
    thief.get("/doku.php?id=start").expect_challenge();
    // Any page takes name and password.
    let other = gated.visitor();
    other.get("/doku.php?id=other&u=carol&p=carol-pass-1").expect_challenge();
    // PHP cuts the names at NUL.
    other.get("/doku.php?id=other&u%00x=carol&p%00x=carol-pass-1").expect(400);
    let wrong = gated.visitor();
    let mails = gated.mails.all().len();
    assert!(wrong.post("/doku.php", &[("u", "carol"), ("p", "no"), ("do", "login"), ("id", "start")]).to.is_empty());
    assert_eq!(gated.mails.all().len(), mails);
    for door in ["/lib/exe/xmlrpc.php", "/lib/exe/jsonrpc.php"] {
        wrong.post(door, &[("u", "carol")]).expect(403);
    }

    let carol = gated.visitor();
    log_in(&carol, "carol");
    carol.verify("carol");
    let page = carol.get("/doku.php?id=start&do=edit").expect(200);
    let mut fields: Vec<(&str, String)> =
        ["sectok", "id", "rev", "date", "prefix", "suffix", "changecheck", "target"].map(|name| (name, page.field(name))).into();
    fields.extend([
        ("wikitext", "====== Start ======\nwritten behind the gate".into()),
        ("summary", String::new()),
        ("do[save]", "Save".into()),
    ]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    carol.post("/doku.php?id=start", &fields).expect(302);
    let page = carol.get("/doku.php?id=start").expect(200);
    assert!(page.text.contains("written behind the gate"), "{}", page.text);
    let file = gated.dir.path().join("dot.png");
    std::fs::write(&file, BASE64.decode(DOT.as_bytes()).unwrap()).unwrap();
    let manager = carol.get("/lib/exe/mediamanager.php?ns=").expect(200);
    let at = format!("@{}", file.display());
    let sectok = manager.field("sectok");
    carol
        .upload("/lib/exe/mediamanager.php", &[("sectok", &sectok), ("ns", ""), ("mediaid", "dot.png"), ("upload", &at)])
        .expect(200);
    assert!(carol.get("/lib/exe/fetch.php?media=dot.png").expect(200).text.contains("PNG"));
    thief.get("/lib/exe/fetch.php?media=dot.png").expect_challenge();
    let out = format!("/doku.php?id=start&do=logout&sectok={sectok}");
    carol.get(&out).expect(302);
    assert!(!carol.get("/doku.php?id=start").text.contains("written behind"));
    log_in(&carol, "dave");
    carol.get("/doku.php?id=start").expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/doku.php?id=start").expect(200).text.contains("Dave Writer"));
    thief.get("/doku.php?id=start").expect_challenge();
}
