//! By the keyboard alone: every flow from the challenge to the way out, with the focus where a person needs it.

use serde_json::json;

use super::stage::Stage;
use super::wire::{ENTER, TAB, authenticator, keys};
use crate::browser::{text_of, wait_for_path};
use crate::methods::{oathtool, wait_for_step};

/// Presses Tab until what fits `css` has the focus; opens what it is folded in on the way.
async fn tab_to(stage: &Stage, css: &str) {
    stage.wait_for(css).await;
    let script = "const at = document.activeElement; if (at.matches(arguments[0])) return 'there';\
        const wanted = document.querySelector(arguments[0]);\
        return at.localName === 'summary' && !at.parentElement.open && at.parentElement.contains(wanted) ? 'folded' : ''";
    for _ in 0..80 {
        let at = stage.browser.execute(script, vec![json!(css)]).await.unwrap();
        if at == "there" {
            return;
        }
        if at == "folded" {
            keys(&stage.browser, ENTER).await;
        }
        keys(&stage.browser, TAB).await;
    }
    panic!("Tab never comes to {css}: {}", stage.browser.source().await.unwrap());
}

/// Goes to it by Tab and presses a key on it; the next page is waited for.
async fn press(stage: &Stage, css: &str, key: &str) {
    tab_to(stage, css).await;
    then_next(stage, key).await;
}

async fn then_next(stage: &Stage, typed: &str) {
    stage.browser.execute("window.isOld = true", Vec::new()).await.unwrap();
    keys(&stage.browser, typed).await;
    stage.next_page().await;
}

/// Types into the field that has the focus, which must be the code's.
async fn type_code(stage: &Stage, typed: &str) {
    let at = stage.browser.execute("return document.activeElement.name", Vec::new()).await.unwrap();
    assert_eq!(at, "code", "the focus is in the field for the code");
    then_next(stage, typed).await;
}

fn button(action: &str) -> String {
    format!("form[action='/.mfa/{action}'] button")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keyboard_alone_does_everything() {
    let stage = Stage::new(true, |plan| {
        plan.limits = "attempts = { max = 50 }\nsends = { max = 50, resend_after = \"0s\" }\n".into();
        plan.more = "[session]\nremember_device = \"30d\"\n".into();
    })
    .await;
    let browser = &stage.browser;
    let _device = authenticator(browser).await;
    // E-mail: wrong, then right.
    let before = stage.mails("alice");
    stage.challenged("alice").await;
    type_code(&stage, "000000").await;
    type_code(&stage, &stage.mailed("alice", before)).await;
    wait_for_path(browser, "/welcome").await;
    // An app, a YubiKey and a passkey are added.
    stage.goto("/.mfa/settings").await;
    press(&stage, "a[href='/.mfa/enrol']", ENTER).await;
    tokio::task::block_in_place(wait_for_step);
    press(&stage, &button("enrol/app"), ENTER).await;
    let secret: String = text_of(browser, "#secret").await.split_whitespace().collect();
    tab_to(&stage, "input[name=code]").await;
    type_code(&stage, &oathtool(&secret, -30)).await;
    let backup = text_of(browser, ".codes").await.split_whitespace().next().unwrap().to_owned();
    press(&stage, "main a[href='/.mfa/settings']", ENTER).await;
    press(&stage, "a[href='/.mfa/enrol']", ENTER).await;
    press(&stage, &button("enrol/yubi"), " ").await;
    tab_to(&stage, "input[name=code]").await;
    type_code(&stage, &format!("{}{ENTER}", stage.key.press())).await;
    wait_for_path(browser, "/.mfa/settings").await;
    press(&stage, "a[href='/.mfa/enrol']", ENTER).await;
    press(&stage, &button("enrol/passkey"), ENTER).await;
    tab_to(&stage, "input[name=name]").await;
    keys(browser, "My phone").await;
    press(&stage, &button("enrol/passkey/confirm"), " ").await;
    wait_for_path(browser, "/.mfa/settings").await;
    // Another is primary; new backup codes; the YubiKey goes.
    press(&stage, "form[action='/.mfa/settings/primary']:has([value=sms]) button", " ").await;
    stage.wait_for("form[action='/.mfa/settings/primary']:has([value=email])").await;
    press(&stage, "a[href*='/settings/remove?method=yubi']", ENTER).await;
    type_code(&stage, &format!("{}{ENTER}", stage.key.press())).await;
    wait_for_path(browser, "/.mfa/settings").await;
    // A text message, which is sent at the challenge; this device is remembered, and forgotten.
    let before = stage.messages();
    stage.challenged("alice").await;
    let code = stage.texted(before);
    tab_to(&stage, "input[name=remember]").await;
    keys(browser, " ").await;
    tab_to(&stage, "input[name=code]").await;
    type_code(&stage, &code).await;
    wait_for_path(browser, "/welcome").await;
    stage.goto("/.mfa/settings").await;
    press(&stage, &button("settings/devices/forget"), ENTER).await;
    wait_for_path(browser, "/.mfa/settings").await;
    // A code is sent again; then the app, a backup code and the passkey, each chosen.
    let before = stage.messages();
    stage.challenged("alice").await;
    stage.texted(before);
    press(&stage, &button("challenge/send"), ENTER).await;
    let code = stage.texted(before + 1);
    type_code(&stage, &code).await;
    wait_for_path(browser, "/welcome").await;
    stage.challenged("alice").await;
    press(&stage, "main a[href*='method=app']", ENTER).await;
    type_code(&stage, &oathtool(&secret, 30)).await;
    wait_for_path(browser, "/welcome").await;
    stage.challenged("alice").await;
    press(&stage, "main a[href*='method=backup']", ENTER).await;
    type_code(&stage, &format!("{backup}{ENTER}")).await;
    wait_for_path(browser, "/welcome").await;
    stage.challenged("alice").await;
    press(&stage, "main a[href*='method=passkey']", ENTER).await;
    wait_for_path(browser, "/welcome").await;
    // And out.
    stage.challenged_anew("alice").await;
    press(&stage, &button("logout"), ENTER).await;
    let left = browser.current_url().await.unwrap();
    assert!(left.path() != "/.mfa/challenge", "{left}");
    browser.clone().close().await.unwrap();
    tokio::task::block_in_place(|| drop(stage));
}
