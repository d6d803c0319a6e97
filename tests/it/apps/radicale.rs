//! Radicale, a calendar server that takes HTTP Basic.

use super::*;

#[test]
fn a_calendar_server_with_http_basic_is_used_by_its_own_users() {
    let gated = Gated::start("basic", "radicale", |text, _| text.replace("# method = \"PROPFIND\"", "method = \"PROPFIND\""));
    gated.check_recognises("carol", "carol");
    let sign = |user: &str, password: &str| vec!["-u".to_owned(), format!("{user}:{password}")];
    let mut carol = gated.visitor();
    let answer = carol.curl("/carol/", &["-i".into()]).expect(401);
    assert!(answer.text.to_ascii_lowercase().contains("www-authenticate: basic"), "{answer:?}");
    carol.more = sign("carol", "no");
    carol.get("/carol/").expect(401);
    assert!(gated.mails.all().is_empty());
    carol.more = sign("carol", "carol-pass-1");
    carol.get("/carol/").expect_challenge();
    carol.verify("carol");
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T120000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let put = ["-X", "PUT", "-H", "Content-Type: text/calendar", "--data-binary", calendar].map(str::to_owned);
    carol.curl("/carol/tea.ics", &put).expect(201);
    assert!(carol.get("/carol/tea.ics").expect(200).text.contains("SUMMARY:Tea"));
    let find = carol.curl("/carol/", &["-X".into(), "PROPFIND".into(), "-H".into(), "Depth: 1".into()]).expect(207);
    assert!(find.text.contains("tea.ics"), "{find:?}");
    // The same password elsewhere, and another user in the same browser.
    let mut thief = gated.visitor();
    thief.more = sign("carol", "carol-pass-1");
    thief.get("/carol/tea.ics").expect_challenge();
    thief.curl("/carol/other.ics", &put).expect(401);
    carol.more = sign("dave", "dave-pass-1");
    carol.get("/dave/").expect_challenge();
    carol.verify("dave");
    carol.curl("/dave/tea.ics", &put).expect(201);
}
