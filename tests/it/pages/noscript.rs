//! Without JavaScript every flow finishes but those of keys, where the page says why.

use super::stage::Stage;
use super::walk::{Direction, Walk};
use super::wire::{ENTER, authenticator};
use crate::browser::{fill, press, text_of, wait_for_path};
use crate::methods::{oathtool, wait_for_step};

/// Types into a field and presses Enter, as people do where nothing sends itself.
async fn enter(stage: &Stage, code: &str) {
    fill(&stage.browser, "input[name=code]", &format!("{code}{ENTER}")).await;
}

/// The sentence that only browsers without JavaScript show.
async fn says_why(walk: &mut Walk, name: &str) {
    let told = text_of(&walk.browser, "main noscript").await;
    assert!(told.contains("JavaScript"), "{name}: {told:?}");
    walk.state(name).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_javascript_every_flow_finishes_but_those_of_keys() {
    let stage = Stage::new(true, |plan| {
        plan.limits = "attempts = { max = 50 }\nsends = { max = 50, resend_after = \"0s\" }\n".into();
        plan.more = "[session]\nremember_device = \"30d\"\n".into();
    })
    .await;
    // A passkey is there already, so that the challenge offers it.
    let _device = authenticator(&stage.browser).await;
    let before = stage.mails("alice");
    stage.challenged("alice").await;
    stage.type_code(&stage.mailed("alice", before)).await;
    wait_for_path(&stage.browser, "/welcome").await;
    stage.goto("/.mfa/enrol").await;
    stage.submit("enrol/passkey").await;
    stage.wait_for("form[action='/.mfa/enrol/passkey/confirm']").await;
    stage.submit("enrol/passkey/confirm").await;
    stage.wait_for(".codes").await;
    let mut walk = Walk::over(stage, Direction::Ltr).await;
    walk.without_scripts().await;

    // Codes by e-mail and text message; wrong ones; sent again.
    let before = walk.mails("bob");
    walk.challenged("bob").await;
    walk.state("noscript-challenge").await;
    enter(&walk, "000000").await;
    walk.wrong("noscript-challenge-wrong").await;
    walk.submit("challenge/send").await;
    let code = walk.mailed("bob", before + 1);
    enter(&walk, &format!("{} {}", &code[..3], &code[3..])).await;
    wait_for_path(&walk.browser, "/welcome").await;
    // An app and a YubiKey.
    tokio::task::block_in_place(wait_for_step);
    walk.goto("/.mfa/enrol").await;
    walk.submit("enrol/app").await;
    let secret: String = text_of(&walk.browser, "#secret").await.split_whitespace().collect();
    enter(&walk, &oathtool(&secret, -30)).await;
    let codes = text_of(&walk.browser, ".codes").await;
    let codes: Vec<&str> = codes.split_whitespace().collect();
    walk.goto("/.mfa/enrol").await;
    walk.submit("enrol/yubi").await;
    walk.wait_for("form[action='/.mfa/enrol/yubi/confirm']").await;
    let typed = walk.key.press();
    enter(&walk, &typed).await;
    wait_for_path(&walk.browser, "/.mfa/settings").await;
    walk.state("noscript-settings").await;
    press(&walk.browser, "form[action='/.mfa/settings/primary']:has([value=sms]) button").await;
    walk.wait_for("form[action='/.mfa/settings/primary']:has([value=email])").await;
    walk.goto("/.mfa/enrol").await;
    walk.submit("enrol/passkey").await;
    says_why(&mut walk, "noscript-enrol-passkey").await;
    walk.goto("/.mfa/settings/remove?method=yubi").await;
    let typed = walk.key.press();
    enter(&walk, &typed).await;
    wait_for_path(&walk.browser, "/.mfa/settings").await;
    // In again with each of the others.
    let before = walk.messages();
    walk.challenged("bob").await;
    press(&walk.browser, "input[name=remember]").await;
    let code = walk.texted(before);
    enter(&walk, &code).await;
    wait_for_path(&walk.browser, "/welcome").await;
    walk.goto("/.mfa/settings").await;
    walk.submit("settings/devices/forget").await;
    walk.challenged("bob").await;
    walk.choose("app").await;
    enter(&walk, &oathtool(&secret, 30)).await;
    wait_for_path(&walk.browser, "/welcome").await;
    walk.challenged("bob").await;
    walk.choose("backup").await;
    enter(&walk, codes[0]).await;
    wait_for_path(&walk.browser, "/welcome").await;
    // The one with a passkey is told why it can't be used.
    walk.challenged("alice").await;
    walk.choose("passkey").await;
    says_why(&mut walk, "noscript-challenge-passkey").await;
    walk.submit("logout").await;
    walk.wait_for("body").await;
    walk.end(5).await;
}
