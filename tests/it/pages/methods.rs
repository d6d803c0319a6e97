//! The walk through what goes well: every method enrolled, used and managed, by one user.

use fantoccini::Locator;

use super::stage::Stage;
use super::walk::{Direction, Walk};
use super::wire::{authenticator, remove_authenticator};
use crate::browser::{fill, press, text_of, wait_for_path};
use crate::methods::{oathtool, wait_for_step};

const LONG: &str = "A-key-with-a-name-that-is-as-long-as-names-of-keys-can-be-00";

async fn walk(direction: Direction) {
    let stage = Stage::new(true, |plan| {
        plan.attributes.push_str("private = \"private@example.com\"\n");
        let private = "[methods.private]\nverbose_name = \"Private e-mail\"\nhandler = \"email\"\n";
        plan.methods.push_str(&format!("{private}source_field = \"private\"\nenrol = \"self\"\n"));
        plan.limits = "attempts = { max = 50 }\nsends = { max = 50, resend_after = \"30s\" }\n".into();
        plan.more = "[session]\nremember_device = \"30d\"\n[[apps.rules]]\npath = \"/vault\"\naction = \"require\"\nmethods = [\"passkey\"]\n".into();
    });
    let mut walk = Walk::over(stage.await, direction).await;
    by_message(&mut walk).await;
    let (secret, codes, device) = enrolments(&mut walk).await;
    settings(&mut walk).await;
    by_the_others(&mut walk, &secret, &codes).await;
    removal(&mut walk).await;
    without_the_passkey(&mut walk, &device).await;
    walk.end(32).await;
}

/// E-mail and text message: the first sign-ins.
async fn by_message(walk: &mut Walk) {
    walk.challenged("alice").await;
    walk.state("challenge-email").await;
    walk.type_code("000000").await;
    walk.wrong("challenge-email-wrong").await;
    // The button waits; who sends all the same is told how long.
    let send = "document.querySelector(\"form[action='/.mfa/challenge/send']\").submit()";
    walk.browser.execute(&format!("window.isOld = true; {send}"), Vec::new()).await.unwrap();
    walk.next_page().await;
    walk.state("challenge-resend-wait").await;
    walk.choose("sms").await;
    walk.state("challenge-sms-unsent").await;
    let before = walk.messages();
    walk.submit("challenge/send").await;
    let code = walk.texted(before);
    walk.state("challenge-sms").await;
    walk.type_code(&code).await;
    wait_for_path(&walk.browser, "/welcome").await;
}

/// An app, a YubiKey and two passkeys, each after a mistake; the backup codes.
async fn enrolments(walk: &mut Walk) -> (String, Vec<String>, String) {
    walk.goto("/.mfa/settings").await;
    walk.state("settings-first").await;
    let before = walk.mails("alice");
    walk.goto("/.mfa/enrol").await;
    wait_for_path(&walk.browser, "/.mfa/challenge").await;
    if walk.mails("alice") == before && walk.has("form[action$='/challenge/send']").await {
        // A step-up sends nothing by itself where a code was sent before.
        walk.submit("challenge/send").await;
    }
    let code = walk.mailed("alice", before);
    walk.state("challenge-step-up").await;
    walk.type_code(&code).await;
    wait_for_path(&walk.browser, "/.mfa/enrol").await;
    walk.state("enrol").await;

    tokio::task::block_in_place(wait_for_step);
    walk.submit("enrol/app").await;
    walk.wait_for("#secret").await;
    let secret: String = text_of(&walk.browser, "#secret").await.split_whitespace().collect();
    walk.state("enrol-app").await;
    walk.type_code("000000").await;
    walk.wrong("enrol-app-wrong").await;
    walk.type_code(&oathtool(&secret, -30)).await;
    walk.wait_for("ul.codes, ol.codes").await;
    walk.state("backup-codes").await;
    let codes = codes(walk).await;
    assert_eq!(codes.len(), 8, "{codes:?}");

    walk.goto("/.mfa/enrol").await;
    walk.submit("enrol/private").await;
    walk.wait_for("form[action='/.mfa/enrol/private/confirm']").await;
    walk.state("enrol-message").await;
    walk.type_code("000000").await;
    walk.wrong("enrol-message-wrong").await;
    let code = walk.mailed("private", 0);
    walk.type_code(&code).await;
    wait_for_path(&walk.browser, "/.mfa/settings").await;

    walk.goto("/.mfa/enrol").await;
    walk.submit("enrol/yubi").await;
    walk.wait_for("form[action='/.mfa/enrol/yubi/confirm']").await;
    walk.state("enrol-yubikey").await;
    fill(&walk.browser, "input[name=name]", "Blue key").await;
    walk.type_code("nonsense\u{e007}").await;
    walk.wrong("enrol-yubikey-wrong").await;
    let typed = format!("{}\u{e007}", walk.key.press());
    walk.type_code(&typed).await;
    wait_for_path(&walk.browser, "/.mfa/settings").await;

    let mut device = authenticator(&walk.browser).await;
    for name in ["My phone", LONG] {
        if name == LONG {
            // Another device: one holds one key for a user.
            remove_authenticator(&walk.browser, &device).await;
            device = authenticator(&walk.browser).await;
        }
        walk.goto("/.mfa/enrol").await;
        walk.submit("enrol/passkey").await;
        walk.wait_for("form[action='/.mfa/enrol/passkey/confirm']").await;
        if name == LONG {
            walk.state("enrol-passkey").await;
        }
        let field = walk.browser.find(Locator::Css("input[name=name]")).await.unwrap();
        field.clear().await.unwrap();
        fill(&walk.browser, "input[name=name]", name).await;
        walk.submit("enrol/passkey/confirm").await;
        wait_for_path(&walk.browser, "/.mfa/settings").await;
    }
    walk.goto("/.mfa/enrol").await;
    walk.submit("enrol/passkey").await;
    walk.wait_for("form[action='/.mfa/enrol/passkey/confirm']").await;
    walk.submit("enrol/passkey/confirm").await;
    walk.wait_for("[role=alert]:not([hidden])").await;
    walk.state("enrol-passkey-again").await;
    (secret, codes, device)
}

async fn codes(walk: &Walk) -> Vec<String> {
    let text = text_of(&walk.browser, ".codes").await;
    text.split_whitespace().map(str::to_owned).collect()
}

/// Everything that the settings do.
async fn settings(walk: &mut Walk) {
    walk.goto("/.mfa/settings").await;
    walk.state("settings").await;
    press(&walk.browser, "form:has(input[name=method][value=app])[action='/.mfa/settings/primary'] button").await;
    walk.wait_for("form:has(input[name=method][value=email])[action='/.mfa/settings/primary']").await;
    walk.state("settings-primary-changed").await;
    walk.goto("/.mfa/settings/backup-codes").await;
    walk.state("settings-backup-codes").await;
}

/// A method is removed by itself or by a stronger one.
async fn removal(walk: &mut Walk) {
    walk.goto("/.mfa/settings/remove?method=yubi").await;
    walk.state("settings-remove-yubikey").await;
    walk.type_code("nonsense\u{e007}").await;
    walk.wrong("settings-remove-wrong").await;
    walk.goto("/.mfa/settings/remove?method=yubi&by=passkey").await;
    walk.state("settings-remove-by-passkey").await;
    walk.submit("settings/remove").await;
    wait_for_path(&walk.browser, "/.mfa/settings").await;
    walk.wait_for("a[href*='/settings/remove?method=app']").await;
    assert!(!walk.has("a[href*='/settings/remove?method=yubi']").await, "the YubiKey is gone");
}

/// Without the key the page of a passkey waits, and says what to do when it is asked again.
async fn without_the_passkey(walk: &mut Walk, device: &str) {
    remove_authenticator(&walk.browser, device).await;
    let _other = authenticator(&walk.browser).await;
    walk.challenged("alice").await;
    walk.choose("passkey").await;
    walk.wait_for("form[action='/.mfa/challenge'] button:not([disabled])").await;
    walk.state("challenge-passkey").await;
    walk.submit("challenge").await;
    walk.wait_for("[role=alert]:not([hidden])").await;
    walk.state("challenge-passkey-trouble").await;
}

/// The app, a YubiKey, a backup code and a passkey open the app.
async fn by_the_others(walk: &mut Walk, secret: &str, codes: &[String]) {
    walk.challenged("alice").await;
    walk.choose("app").await;
    walk.state("challenge-app").await;
    tokio::task::block_in_place(wait_for_step);
    let code = oathtool(secret, 0);
    walk.type_code(&code).await;
    wait_for_path(&walk.browser, "/welcome").await;
    walk.challenged("alice").await;
    walk.choose("app").await;
    walk.type_code(&code).await;
    walk.wrong("challenge-used").await;
    walk.unfold("input[name=remember]").await;
    press(&walk.browser, "input[name=remember]").await;
    walk.type_code(&oathtool(secret, 30)).await;
    wait_for_path(&walk.browser, "/welcome").await;
    walk.goto("/.mfa/settings").await;
    walk.state("settings-devices").await;
    walk.submit("settings/devices/forget").await;
    let gone = "form[action='/.mfa/settings/devices/forget']";
    for _ in 0..200 {
        if !walk.has(gone).await {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(!walk.has(gone).await, "the device is forgotten");

    // Step-up by the passkey that is here: one touch, which the page asks for by itself.
    walk.goto("/vault").await;
    wait_for_path(&walk.browser, "/vault").await;

    walk.challenged_anew("alice").await;
    walk.choose("yubi").await;
    walk.state("challenge-yubikey").await;
    walk.type_code("nonsense\u{e007}").await;
    walk.wrong("challenge-yubikey-wrong").await;
    let typed = format!("{}\u{e007}", walk.key.press());
    walk.type_code(&typed).await;
    wait_for_path(&walk.browser, "/welcome").await;

    walk.challenged("alice").await;
    walk.choose("backup").await;
    walk.state("challenge-backup").await;
    walk.type_code("ABCD-EFGH-IJKL\u{e007}").await;
    walk.wrong("challenge-backup-wrong").await;
    walk.type_code(&format!("{}\u{e007}", codes[0])).await;
    wait_for_path(&walk.browser, "/welcome").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_method_is_enrolled_used_and_managed_left_to_right() {
    walk(Direction::Ltr).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_method_is_enrolled_used_and_managed_right_to_left() {
    walk(Direction::Rtl).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_method_is_set_up_on_the_way_in() {
    let stage = Stage::new(true, |plan| {
        plan.methods = "[methods.app]\nverbose_name = \"Authenticator app\"\nhandler = \"app\"\n".into();
        plan.enrolment = "first_enrolment = \"open\"\n".into();
        plan.confirm = String::new();
    });
    let mut walk = Walk::over(stage.await, Direction::Ltr).await;
    walk.sign_in("alice").await;
    wait_for_path(&walk.browser, "/.mfa/enrol").await;
    walk.state("enrol-first").await;
    walk.submit("enrol/app").await;
    let secret: String = text_of(&walk.browser, "#secret").await.split_whitespace().collect();
    walk.state("enrol-first-app").await;
    walk.type_code(&oathtool(&secret, 0)).await;
    walk.wait_for(".codes").await;
    walk.state("enrol-first-backup-codes").await;
    // To where the person was going.
    press(&walk.browser, "main a[href^='/welcome']").await;
    wait_for_path(&walk.browser, "/welcome").await;
    walk.end(3).await;
}
