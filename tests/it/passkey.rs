//! A passkey in headless Chromium with a virtual authenticator: added, used at once, missing, removed.

use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::app::password;
use crate::browser::{chromium, fill, picture, press, text_of, wait_for_path};
use crate::keys::passkey_plan;
use crate::pages::wire::{Raw, authenticator, devtools};
use crate::world::{World, code_in};

async fn sign_in(browser: &Client, site: &str) {
    browser.goto(&format!("{site}/logout")).await.unwrap();
    browser.goto(&format!("{site}/login")).await.unwrap();
    fill(browser, "input[name=username]", "alice").await;
    fill(browser, "input[name=password]", password("alice")).await;
    // The app's form has no button.
    browser.execute("document.forms[0].submit()", Vec::new()).await.unwrap();
}

async fn pass_by_mail(browser: &Client, world: &World, before: usize) {
    for _ in 0..200 {
        if world.mails_to("alice").len() > before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mail = world.mails_to("alice").pop().unwrap();
    fill(browser, "#code", &code_in(&mail.text.unwrap())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_used_at_once_and_removed_in_a_browser() {
    // A world has a runtime of its own, so it is made and let go of outside of this one.
    let mut plan = passkey_plan();
    plan.methods.push_str("[methods.yubi]\nverbose_name = \"YubiKey\"\nhandler = \"yubikey\"\nyubicloud_client_id = 1\n");
    let world = tokio::task::spawn_blocking(move || World::of(&plan)).await.unwrap();
    let site = format!("http://localhost:{}", world.address.port());
    let (_driver, browser) = chromium("390,844", true).await;
    let device = authenticator(&browser).await;
    sign_in(&browser, &site).await;
    wait_for_path(&browser, "/.mfa/challenge").await;
    pass_by_mail(&browser, &world, 0).await;
    wait_for_path(&browser, "/welcome").await;
    browser.goto(&format!("{site}/.mfa/enrol")).await.unwrap();
    // The strongest method stands first.
    picture(&browser, "passkey-enrol").await;
    assert_eq!(text_of(&browser, "button.main").await, "Set up Passkey");
    // A key that types has the cursor where it types; what is no password of one is said to be.
    press(&browser, "form[action$='/enrol/yubi'] button").await;
    fill(&browser, "#name", "Blue key").await;
    fill(&browser, "#code", "123456").await;
    press(&browser, "button.main").await;
    assert!(text_of(&browser, "[role=alert]:not([hidden])").await.contains("isn't right"));
    let name = browser.find(Locator::Css("#name")).await.unwrap().prop("value").await.unwrap();
    assert_eq!(name.as_deref(), Some("Blue key"), "what was typed is not lost");
    picture(&browser, "yubikey-add").await;
    browser.goto(&format!("{site}/.mfa/enrol")).await.unwrap();
    press(&browser, "button.main").await;
    fill(&browser, "#name", "My phone").await;
    picture(&browser, "passkey-add").await;
    press(&browser, "button.main").await;
    assert_eq!(text_of(&browser, "ul.codes").await.lines().count(), 8);
    browser.goto(&format!("{site}/.mfa/settings")).await.unwrap();
    assert!(text_of(&browser, "ul.keys").await.contains("My phone"));
    picture(&browser, "passkey-settings").await;
    // The next sign-in: it is asked for as soon as somebody looks at the page, told by an event or not, and nothing is sent.
    let looked_at_late = "const has = document.hasFocus.bind(document), from = Date.now(); \
        document.hasFocus = () => Date.now() - from > 500 && has();";
    devtools(&browser, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": looked_at_late })).await;
    let mails = world.mails_to("alice").len();
    sign_in(&browser, &site).await;
    wait_for_path(&browser, "/welcome").await;
    assert_eq!(world.mails_to("alice").len(), mails);
    let credentials = format!("webauthn/authenticator/{device}/credentials");
    let kept = browser.issue_cmd(Raw(http::Method::GET, credentials.clone(), Value::Null)).await.unwrap();
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    // A device that doesn't know its user, and then one without the key: the page says so, and the others are one step away.
    browser.issue_cmd(Raw(http::Method::DELETE, credentials, Value::Null)).await.unwrap();
    sign_in(&browser, &site).await;
    wait_for_path(&browser, "/.mfa/challenge").await;
    let until = std::time::Instant::now() + Duration::from_secs(30);
    while browser.find(Locator::Css("button.main:not([disabled])")).await.is_err() {
        assert!(std::time::Instant::now() < until, "the button never came back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    picture(&browser, "passkey-challenge").await;
    press(&browser, "ul.choices a").await;
    press(&browser, "button.link").await;
    pass_by_mail(&browser, &world, mails).await;
    wait_for_path(&browser, "/welcome").await;
    // Removing it wants the key, which is gone: the page asks for it and for nothing weaker.
    browser.goto(&format!("{site}/.mfa/settings/remove?method=passkey")).await.unwrap();
    assert_eq!(text_of(&browser, "h1").await, "Remove Passkey");
    assert!(browser.find(Locator::Css("ul.choices")).await.is_err());
    picture(&browser, "passkey-remove").await;
    press(&browser, "button.main").await;
    let trouble = browser.wait().at_most(Duration::from_secs(30)).for_element(Locator::Css("[data-trouble]:not([hidden])")).await;
    assert!(trouble.unwrap().text().await.unwrap().contains("didn't answer in time"));
    browser.close().await.unwrap();
    tokio::task::spawn_blocking(move || drop(world)).await.unwrap();
}
