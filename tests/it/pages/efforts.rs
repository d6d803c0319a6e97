//! What it costs a person: a paste, a touch, six digits. Several tabs, the place in a page, and how many cookies are set.

use std::time::{Duration, Instant};

use fantoccini::wd::WindowHandle;
use serde_json::Value;

use super::stage::Stage;
use super::wire::{authenticator, edit, keys, log};
use crate::browser::{fill, text_of, wait_for_path};
use crate::methods::{oathtool, wait_for_step};

async fn stage() -> Stage {
    Stage::new(true, |plan| plan.limits = "attempts = { max = 50 }\nsends = { max = 50, resend_after = \"0s\" }\n".into()).await
}

async fn end(stage: Stage) {
    stage.browser.clone().close().await.unwrap();
    tokio::task::block_in_place(|| drop(stage));
}

/// Copies a text in another tab, as from a mail, and comes back.
async fn copy(stage: &Stage, text: &str) {
    let here = stage.browser.window().await.unwrap();
    let other: WindowHandle = stage.browser.new_window(true).await.unwrap().handle;
    stage.browser.switch_to_window(other).await.unwrap();
    stage.browser.goto("data:text/html,<input>").await.unwrap();
    fill(&stage.browser, "input", text).await;
    edit(&stage.browser, "selectAll", "a").await;
    edit(&stage.browser, "copy", "c").await;
    stage.browser.close_window().await.unwrap();
    stage.browser.switch_to_window(here).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_e_mailed_code_costs_one_paste() {
    let stage = stage().await;
    for apart in ["", " ", "-", "\u{a0}"] {
        let before = stage.mails("alice");
        stage.challenged("alice").await;
        let code = stage.mailed("alice", before);
        copy(&stage, &format!(" {}{apart}{} ", &code[..3], &code[3..])).await;
        edit(&stage.browser, "paste", "v").await;
        wait_for_path(&stage.browser, "/welcome").await;
    }
    end(stage).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_apps_code_costs_six_digits_and_a_passkey_one_touch() {
    let stage = stage().await;
    let browser = &stage.browser;
    let _device = authenticator(browser).await;
    let before = stage.mails("alice");
    stage.challenged("alice").await;
    keys(browser, &stage.mailed("alice", before)).await;
    wait_for_path(browser, "/welcome").await;
    stage.goto("/.mfa/enrol").await;
    tokio::task::block_in_place(wait_for_step);
    stage.submit("enrol/app").await;
    let secret: String = text_of(browser, "#secret").await.split_whitespace().collect();
    fill(browser, "input[name=code]", &oathtool(&secret, -30)).await;
    stage.wait_for(".codes").await;
    stage.goto("/.mfa/enrol").await;
    stage.submit("enrol/passkey").await;
    stage.wait_for("form[action='/.mfa/enrol/passkey/confirm']").await;
    stage.submit("enrol/passkey/confirm").await;
    wait_for_path(browser, "/.mfa/settings").await;
    crate::browser::press(browser, "form[action='/.mfa/settings/primary']:has([value=app]) button").await;
    stage.wait_for("form[action='/.mfa/settings/primary']:has([value=email])").await;
    // Nothing but the digits: the field has the cursor, the last one sends.
    stage.challenged("alice").await;
    keys(browser, &oathtool(&secret, 0)).await;
    wait_for_path(browser, "/welcome").await;
    stage.goto("/.mfa/settings").await;
    crate::browser::press(browser, "form[action='/.mfa/settings/primary']:has([value=passkey]) button").await;
    stage.wait_for("form[action='/.mfa/settings/primary']:has([value=app])").await;
    // The page asks by itself; the authenticator answers a touch, and nothing else is done.
    stage.sign_in("alice").await;
    wait_for_path(browser, "/welcome").await;
    end(stage).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_tabs_go_on_to_their_own_pages_and_a_place_in_a_page_is_kept() {
    let stage = stage().await;
    let browser = &stage.browser;
    let before = stage.mails("alice");
    stage.challenged("alice").await;
    let code = stage.mailed("alice", before);
    // A link into the middle of a page, in a second tab.
    let first = browser.window().await.unwrap();
    stage.goto("/orders?page=2#row-17").await;
    wait_for_path(browser, "/.mfa/challenge").await;
    let other: WindowHandle = browser.new_window(true).await.unwrap().handle;
    browser.switch_to_window(other.clone()).await.unwrap();
    stage.goto("/invoices?page=3#row-18").await;
    wait_for_path(browser, "/.mfa/challenge").await;
    browser.switch_to_window(first).await.unwrap();
    stage.type_code(&code).await;
    wait_for_path(browser, "/orders").await;
    let here = browser.current_url().await.unwrap();
    assert_eq!((here.query(), here.fragment()), (Some("page=2"), Some("row-17")), "{here}");
    browser.switch_to_window(other).await.unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let there = browser.current_url().await.unwrap();
        if there.path() == "/invoices" {
            assert_eq!((there.query(), there.fragment()), (Some("page=3"), Some("row-18")), "{there}");
            break;
        }
        assert!(Instant::now() < until, "the other tab stays at {there}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    end(stage).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_sets_the_gates_cookie_twice_and_never_again() {
    let stage = stage().await;
    let browser = &stage.browser;
    let before = stage.mails("alice");
    stage.sign_in("alice").await;
    wait_for_path(browser, "/.mfa/challenge").await;
    stage.type_code("000000").await;
    stage.type_code(&stage.mailed("alice", before)).await;
    wait_for_path(browser, "/welcome").await;
    for page in ["/orders", "/.mfa/settings", "/.mfa/enrol", "/orders", "/headers", "/.mfa/settings"] {
        stage.goto(page).await;
    }
    let mut set = Vec::new();
    for entry in log(browser, "performance").await {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        if message["message"]["method"] == "Network.responseReceivedExtraInfo" {
            let headers = message["message"]["params"]["headers"].as_object().unwrap();
            let lines = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
            let lines = lines.flat_map(|(_, value)| value.as_str().unwrap_or("").lines().map(str::to_owned).collect::<Vec<_>>());
            set.extend(lines.filter(|line| line.starts_with("mfa")));
        }
    }
    // Logging out first expires what isn't there.
    set.retain(|line| !line.contains("Max-Age=0"));
    assert_eq!(set.len(), 2, "one while the code is awaited, one when it was right: {set:#?}");
    assert!(set.iter().all(|line| line.starts_with("mfa=") && line.contains("HttpOnly")), "{set:#?}");
    end(stage).await;
}
