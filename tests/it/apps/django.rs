//! Django's admin, as startproject makes it, and django-filer in it.

use super::*;

#[test]
fn django_admin_is_worked_in_and_left_by_its_own_users() {
    let gated =
        Gated::start("django", "django", |text, _| text.replace("{ env = \"APP_DATABASE_URL\" }", "\"sqlite:app/db.sqlite3\""));
    gated.check_recognises("carol", "carol");
    let log_in = |visitor: &Visitor<'_>, user: &str| {
        let page = visitor.get("/admin/login/?next=/admin/").expect(200);
        let (token, password) = (page.field("csrfmiddlewaretoken"), format!("{user}-pass-1"));
        let fields = [("csrfmiddlewaretoken", &*token), ("username", user), ("password", &*password), ("next", "/admin/")];
        visitor.post("/admin/login/", &fields)
    };
    let thief = gated.visitor();
    log_in(&thief, "carol").expect_challenge();
    thief.get("/admin/").expect_challenge();
    let wrong = gated.visitor();
    let page = wrong.get("/admin/login/").expect(200);
    let fields = [("csrfmiddlewaretoken", &*page.field("csrfmiddlewaretoken")), ("username", "carol"), ("password", "no")];
    assert!(wrong.post("/admin/login/", &fields).expect(200).text.contains("errornote"));

    let carol = gated.visitor();
    log_in(&carol, "carol").expect_challenge();
    carol.verify("carol");
    let page = carol.get("/admin/auth/group/add/").expect(200);
    let token = page.field("csrfmiddlewaretoken");
    carol.post("/admin/auth/group/add/", &[("csrfmiddlewaretoken", &token), ("name", "behind the gate")]).expect(302);
    let page = carol.get("/admin/auth/group/").expect(200);
    assert!(page.text.contains("behind the gate"));
    let token = page.field("csrfmiddlewaretoken");
    let file = gated.dir.path().join("note.txt");
    std::fs::write(&file, "a note of carol's").unwrap();
    let at = format!("@{};type=text/plain", file.display());
    let upload = |visitor: &Visitor<'_>| {
        let fields = [("csrfmiddlewaretoken", &*token), ("file", &*at)];
        visitor.upload("/admin/filer/clipboard/operations/upload/no_folder/", &fields)
    };
    assert!(upload(&carol).expect(200).text.contains("\"file_id\": 1"));
    let page = carol.get("/admin/filer/file/1/change/").expect(200);
    let (_, note) = page.text.split_once("href=\"/smedia/").unwrap();
    let note = format!("/smedia/{}", note.split('"').next().unwrap());
    assert_eq!(carol.get(&note).expect(200).text, "a note of carol's");
    thief.get(&note).expect_challenge();
    upload(&thief).expect(401);
    wrong.get(&note).expect(403);
    carol.post("/admin/logout/", &[("csrfmiddlewaretoken", &token)]).expect(200);
    carol.get("/admin/").expect(302);
    carol.get(&note).expect(403);
    log_in(&carol, "dave").expect_challenge();
    carol.get("/admin/").expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/admin/").expect(200).text.contains("Dave"));
    thief.get(&note).expect_challenge();
}
