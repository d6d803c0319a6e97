//! What e-mails are made of: the brand's logo within them, its colour, the helpdesk; templates of one's own.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use mfa_gate::demo::mailbox::Mail;
use serde_json::json;

use crate::client::{Ask, Browser};
use crate::methods::enrol_app;
use crate::world::{Plan, World};

const LOGO: &[u8] = include_bytes!("../pages/logo.png");

/// `[brand]` with these bytes as its logo, and where they are.
pub fn with_logo(bytes: &[u8]) -> (tempfile::NamedTempFile, String) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let lines =
        format!("logo = \"{}\"\naccent = \"#0a7d4f\"\nsupport = \"Help <now>: help@example.com\"\n", file.path().display());
    (file, lines)
}

/// A mail with a code, and a notice.
pub fn code_and_notice(world: &World, language: &str, agent: &str) -> [Mail; 2] {
    let mut alice = world.browser();
    alice.jar.insert("mfa-language".into(), language.into());
    world.log_in(&mut alice, "alice").expect_challenge();
    let before = world.mails_to("alice").len();
    ask_for_code(&mut alice, agent);
    let code = world.read_code("alice", before);
    alice.call("/.mfa/api/v1/verify", json!({ "method": "email", "code": code })).expect(200);
    enrol_app(&mut alice);
    world.notices_to("alice", 1);
    let notice = world.mails.all().into_iter().rfind(|mail| mail.subject.starts_with("Test Wiki: ")).unwrap();
    [world.mails_to("alice").remove(before), notice]
}

fn ask_for_code(browser: &mut Browser, agent: &str) {
    let ask = Ask::json("/.mfa/api/v1/code/request", json!({ "method": "email" }));
    browser.send(&ask.with("User-Agent", agent)).expect(200);
}

/// Each part as `type/subtype`, those within another in brackets.
fn shape(mail: &Message<'_>, part: u32) -> String {
    let part = mail.part(part).unwrap();
    let kind = part.content_type().unwrap();
    let name = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or(""));
    match &part.body {
        PartType::Multipart(parts) => {
            format!("{name}({})", parts.iter().map(|p| shape(mail, *p)).collect::<Vec<_>>().join(" "))
        }
        _ => name,
    }
}

/// Nothing that a mail client would fetch or run.
#[track_caller]
fn brings_all_along(html: &str) {
    for bad in
        ["src=\"http", "src=\"//", "src=\"&#x2f;", "url(", "@import", "<link", "<script", "<iframe", "<form", "background=\""]
    {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
}

#[test]
fn a_png_logo_is_a_part_of_each_mail_that_its_html_names() {
    let (_file, brand) = with_logo(LOGO);
    let world = World::of(&Plan { brand, ..Plan::default() });
    for mail in code_and_notice(&world, "en", "Firefox <b>\"x\"</b>") {
        let parsed = MessageParser::default().parse(&mail.raw).unwrap();
        assert_eq!(shape(&parsed, 0), "multipart/alternative(text/plain multipart/related(text/html image/png))");
        let picture = parsed.parts.iter().find(|p| p.content_id().is_some()).unwrap();
        assert_eq!((picture.contents(), picture.attachment_name()), (LOGO, Some("logo.png")));
        assert!(picture.content_disposition().unwrap().is_inline());
        let (text, html) = (mail.text.unwrap(), mail.html.unwrap());
        let named = format!("<img src=\"cid:{}\" alt=\"Test Wiki\" width=\"130\" height=\"36\"", picture.content_id().unwrap());
        assert_eq!((html.matches("<img").count(), html.matches("cid:").count()), (1, 1), "{html}");
        assert!(html.contains(&named), "{named} isn't in {html}");
        brings_all_along(&html);
        // The colour, and the helpdesk with its link; in plain text too.
        assert!(html.contains("border-top:6px solid #0a7d4f"), "{html}");
        assert!(
            html.contains("Trouble? <bdi>Help &lt;now&gt;: <a class=\"link\" dir=\"ltr\" href=\"mailto:help@example.com\""),
            "{html}"
        );
        let text = text.replace("\r\n", "\n");
        assert!(text.trim_end().ends_with("\n\nTrouble?\nHelp <now>: help@example.com"), "{text}");
        if !mail.subject.starts_with("Test Wiki") {
            assert!(html.contains("Firefox &lt;b&gt;&quot;x&quot;&lt;/b&gt;") && text.contains("Firefox <b>\"x\"</b>"), "{html}");
        }
    }
}

#[test]
fn a_logo_that_mail_clients_do_not_show_is_the_brands_name_there() {
    let jpeg = b"\xff\xd8\xff\xc0\0\x11\x08\0\x14\0\x32\x03 and the rest";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for (bytes, kind) in [(jpeg.as_slice(), Some("image/jpeg")), (svg, None), (b"RIFF\0\0\0\0WEBPVP8 ", None)] {
        let (_file, brand) = with_logo(bytes);
        let world = World::of(&Plan { brand, ..Plan::default() });
        for mail in code_and_notice(&world, "en", "Firefox") {
            let parsed = MessageParser::default().parse(&mail.raw).unwrap();
            let html = mail.html.unwrap();
            match kind {
                Some(kind) => {
                    assert!(
                        shape(&parsed, 0).ends_with(&format!("multipart/related(text/html {kind}))")),
                        "{}",
                        shape(&parsed, 0)
                    );
                    assert!(html.contains("alt=\"Test Wiki\" width=\"50\" height=\"20\""), "{html}");
                }
                None => {
                    assert_eq!(shape(&parsed, 0), "multipart/alternative(text/plain text/html)");
                    assert!(!html.contains("<img") && html.contains("color:#55606e\">Test Wiki</p>"), "{html}");
                }
            }
            brings_all_along(&html);
        }
    }
}

#[test]
fn templates_of_ones_own_work_with_the_variables_of_before_and_with_new_ones() {
    let old = "<p lang={{ language }} dir={{ dir }}>{{ code }}|{{ verbose_name }}|{{ brand }}|{{ minutes }}|{{ host }}|{{ user }}|{{ when }}|{{ network }}|{{ browser }}</p>";
    let new = "<p style=\"color:{{ link }};background:{{ accent }};outline-color:{{ on_accent }}\">{{ code }} {{ accent_dark }} {{ on_accent_dark }} {{ link_dark }} {{ subject }} {{ support }}</p>\
        {% for piece in support_pieces %}[{{ piece.text }}|{{ piece.to }}]{% endfor %}<img src=\"{{ logo }}\" width=\"{{ logo_width }}\" height=\"{{ logo_height }}\">";
    let framed = "{% extends \"frame.html\" %}{% block content %}<h1>Own {{ code }}</h1>{% endblock %}";
    let (_file, brand) = with_logo(LOGO);
    for (name, template) in [("old", old), ("new", new), ("framed", framed)] {
        let mut plan = Plan { brand: brand.clone(), files: vec![("own.html", template.to_owned())], ..Plan::default() };
        let keys = "handler = \"email\"\nemail_html_template = \"own.html\"\nverbose_name = \"Post\"\n";
        plan.methods = plan.methods.replace("handler = \"email\"\n", keys);
        let world = World::of(&plan);
        let [mail, _] = code_and_notice(&world, "en", "Firefox");
        let parsed = MessageParser::default().parse(&mail.raw).unwrap();
        let (code, html) = (crate::world::code_in(mail.text.as_deref().unwrap()), mail.html.unwrap());
        // What names no picture brings none along.
        assert_eq!(parsed.parts.iter().any(|p| p.content_id().is_some()), name != "old", "{html}");
        match name {
            "old" => {
                assert!(html.starts_with(&format!("<p lang=en dir=ltr>{code}|Post|Test Wiki|10|127.0.0.1|alice|20")), "{html}");
                assert!(html.trim_end().ends_with(" UTC|127.0.0.1|Firefox</p>"), "{html}");
            }
            "new" => {
                assert!(html.starts_with("<p style=\"color:#0a7d4f;background:#0a7d4f;outline-color:#ffffff\">"), "{html}");
                let pieces = "[Help &lt;now&gt;: |][help@example.com|mailto:help@example.com]<img src=\"cid:logo-";
                assert!(
                    html.contains(pieces) && html.contains("Your verification code Help &lt;now&gt;: help@example.com</p>"),
                    "{html}"
                );
            }
            _ => assert!(
                html.contains(&format!("<h1>Own {code}</h1>")) && html.contains("Trouble?") && html.contains("alt=\"Test Wiki\"")
            ),
        }
    }
    // What is broken is told before it matters.
    let world = World::new();
    std::fs::write(world.dir.path().join("own.html"), "{{ colour }}").unwrap();
    let text = std::fs::read_to_string(world.config()).unwrap();
    let text = text.replace("handler = \"email\"\n", "handler = \"email\"\nemail_html_template = \"own.html\"\n");
    std::fs::write(world.config(), text).unwrap();
    let (status, told) = world.command(&["check", "--offline"]);
    assert!(status != 0 && told.contains("email_html_template") && told.contains("the template is broken"), "{told}");
}
