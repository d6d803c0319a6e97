//! The look of the gate's own pages: logo, colour, own stylesheet, helpdesk; files that browsers keep; the method used last.

use crate::client::Browser;
use crate::methods::{enrol_app, oathtool, wait_for_step};
use crate::world::{Plan, World};

/// The values of an attribute in a page.
fn all<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The address of a file of the gate's own, by the start and the end of its name.
fn file<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let wanted = |to: &&str| to.starts_with(&format!("/.mfa/static/{start}-")) && to.ends_with(end);
    all(page, "href").into_iter().chain(all(page, "src")).find(wanted).unwrap_or_else(|| panic!("no {start}{end} in {page}"))
}

fn challenge(world: &World) -> (Browser, String) {
    let mut browser = world.browser();
    world.log_in(&mut browser, "alice");
    let page = browser.get("/.mfa/challenge").expect(200).text();
    (browser, page)
}

#[test]
fn a_brand_has_its_logo_its_colour_its_stylesheet_and_its_helpdesk() {
    let brand = "logo = \"logo.svg\"\naccent = \"#0a7d4f\"\nstylesheet = \"own.css\"\nsupport = \"Helpdesk (help@example.com), room 5\"\n";
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let files = vec![("logo.svg", logo.to_owned()), ("own.css", "main { border-radius: 0 }".to_owned())];
    let world = World::of(&Plan { brand: brand.into(), files, ..Plan::default() });
    let (mut browser, page) = challenge(&world);
    assert!(page.contains("<a dir=\"ltr\" href=\"mailto:help@example.com\">help@example.com</a>), room 5</bdi>"), "{page}");
    let picture = browser.get(file(&page, "logo", ".svg")).expect(200);
    assert_eq!((picture.header("content-type"), picture.text().as_str()), (Some("image/svg+xml"), logo));
    // Opened by itself it runs nothing and reads nothing of this site.
    assert!(picture.header("content-security-policy").is_some_and(|p| p.contains("sandbox") && p.contains("default-src 'none'")));
    let css = browser.get(file(&page, "gate", ".css")).expect(200);
    assert!(css.text().contains("--accent: #0a7d4f"), "the colour is in the one stylesheet");
    let own = browser.get(file(&page, "own", ".css")).expect(200);
    assert_eq!((own.header("content-type"), own.text().as_str()), (Some("text/css; charset=utf-8"), "main { border-radius: 0 }"));
    let (first, second) = (page.find("/static/gate-").unwrap(), page.find("/static/own-").unwrap());
    assert!(first < second, "the administrator's rules come last");
    // Refusals look the same.
    let refused = browser.get("/.mfa/nothing").expect(404).text();
    assert!(refused.contains(file(&page, "logo", ".svg")) && refused.contains("mailto:help@example.com"), "{refused}");
}

#[test]
fn files_of_pages_are_kept_by_browsers_and_need_neither_an_app_nor_memory() {
    let world = World::new();
    let (mut browser, page) = challenge(&world);
    for (start, end) in [("gate", ".css"), ("gate", ".js"), ("icon", ".svg")] {
        let address = file(&page, start, end).to_owned();
        let exact = browser.get(&address).expect(200);
        assert_eq!(exact.header("cache-control"), Some("public, max-age=31536000, immutable"), "{address}");
        // A page of before a reload asks by an old name; what it gets is not kept for good.
        let old = browser.get(&format!("/.mfa/static/{start}-000000000000{end}")).expect(200);
        assert_eq!((old.header("cache-control"), old.text()), (Some("public, max-age=300"), exact.text()));
        assert_eq!(browser.clone().at("nobody.example").get(&address).expect(200).text(), exact.text());
    }
    browser.get("/.mfa/static/gate.toml").expect(404);
    browser.get("/.mfa/static/../../gate.toml").expect(404);
}

#[test]
fn a_page_brings_no_more_than_30_kb() {
    let world = World::new();
    wait_for_step();
    let mut alice = world.verified("alice");
    let challenge = challenge(&world).1;
    let files: usize = [("gate", ".css"), ("gate", ".js"), ("icon", ".svg")]
        .iter()
        .map(|(s, e)| alice.get(file(&challenge, s, e)).body.len())
        .sum();
    let app = alice.submit("/.mfa/enrol", "/.mfa/enrol/app", &[]).expect(200).text();
    let settings = alice.get("/.mfa/settings").expect(200).text();
    for (name, page) in [("challenge", challenge), ("enrol/app", app), ("settings", settings)] {
        assert!(page.len() + files < 30_000, "{name}: {} and {files}", page.len());
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"), "{page}");
    }
}

#[test]
fn a_device_begins_with_the_method_that_it_used_last() {
    let world = World::new();
    let mut alice = world.verified("alice");
    wait_for_step();
    let (secret, codes) = enrol_app(&mut alice);
    alice.get("/logout");
    world.log_in(&mut alice, "alice");
    // The primary is the e-mail; here the app is used.
    alice.submit("/.mfa/challenge?method=app", "/.mfa/challenge", &[("code", &oathtool(&secret, 0))]).expect(303);
    assert_eq!(alice.jar["mfa-method"], "app");
    alice.get("/orders").expect_page_of("alice");
    assert!(!world.app.last("/orders").header("cookie").unwrap().contains("mfa-method"), "it never reaches the app");
    alice.get("/logout");
    let mails = world.mails_to("alice").len();
    world.log_in(&mut alice, "alice");
    let page = alice.get("/.mfa/challenge").expect(200).text();
    assert!(page.contains("name=\"method\" value=\"app\"") && page.contains("method=email"), "{page}");
    assert_eq!(world.mails_to("alice").len(), mails, "nothing is sent to somebody who uses the app");
    // A backup code is for an emergency, and is not begun with.
    let done = alice.submit("/.mfa/challenge?method=backup", "/.mfa/challenge", &[("code", &codes[0])]).expect(303);
    assert!(!done.all("set-cookie").iter().any(|line| line.starts_with("mfa-method")), "{done:?}");
    // Elsewhere the primary comes first; a name that is none of the user's methods changes nothing.
    for name in ["passkey", "nothing", ""] {
        let mut other = world.browser();
        other.jar.insert("mfa-method".into(), name.into());
        let before = world.mails_to("alice").len();
        world.log_in(&mut other, "alice");
        assert!(other.get("/.mfa/challenge").expect(200).text().contains("name=\"method\" value=\"email\""));
        world.read_code("alice", before);
    }
}
