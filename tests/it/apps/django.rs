//! Django's admin, as startproject makes it.

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
    carol.post("/admin/logout/", &[("csrfmiddlewaretoken", &token)]).expect(200);
    carol.get("/admin/").expect(302);
    log_in(&carol, "dave").expect_challenge();
    carol.get("/admin/").expect_challenge();
    carol.verify("dave");
    assert!(carol.get("/admin/").expect(200).text.contains("Dave"));
}
