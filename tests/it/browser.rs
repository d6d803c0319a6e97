//! The demo's whole way in headless Chromium: log in, challenge, code from the mail catcher, enrol an app, come back.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::client::Browser;
use crate::methods::{oathtool, wait_for_step};
use crate::world::{Ends, GATE, code_in, free_port};

fn demo() -> (Ends, SocketAddr, SocketAddr) {
    let mut command = Command::new(GATE);
    command.args(["demo", "--listen", "127.0.0.1:0", "--mail-listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap()).lines().take(5).map(Result::unwrap).collect();
    let address = |what: &str| {
        let line = lines.iter().find(|l| l.starts_with(what)).unwrap();
        line.split("http://").nth(1).unwrap().trim_end_matches('/').parse().unwrap()
    };
    (Ends(child), address("app URL"), address("mailbox URL"))
}

pub async fn chromium(size: &str, scripts: bool) -> (Ends, Client) {
    chromium_of(&[&format!("--window-size={size}")], scripts, json!({})).await
}

/// The same with arguments of a test's own, and what is to be logged (`goog:loggingPrefs`).
pub async fn chromium_of(more: &[&str], scripts: bool, logs: Value) -> (Ends, Client) {
    let port = free_port();
    let driver = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let driver = Ends(driver.expect("chromedriver is installed (tests/setup.sh)"));
    let mut prefs = json!({});
    if !scripts {
        prefs = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    let args: Vec<&str> = args.iter().chain(more).copied().collect();
    let options = json!({ "goog:chromeOptions": { "args": args, "prefs": prefs }, "webauthn:virtualAuthenticators": true,
        "goog:loggingPrefs": logs });
    let Value::Object(options) = options else { unreachable!() };
    for _ in 0..100 {
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        if let Ok(client) = builder.capabilities(options.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
            return (driver, client);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no browser came up");
}

/// Pictures of what people see, under target/screenshots.
pub async fn picture(browser: &Client, name: &str) {
    let dir: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join(format!("{name}.png")), browser.screenshot().await.unwrap()).unwrap();
}

/// Does something to an element, again where the page was just being replaced.
macro_rules! on_element {
    ($browser:expr, $css:expr, $element:ident => $work:expr) => {{
        let until = std::time::Instant::now() + Duration::from_secs(30);
        loop {
            let $element = $browser.wait().at_most(Duration::from_secs(30)).for_element(Locator::Css($css)).await.unwrap();
            match $work.await {
                Ok(done) => break done,
                Err(error) => assert!(std::time::Instant::now() < until, "{}: {error}", $css),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }};
}

pub async fn fill(browser: &Client, css: &str, text: &str) {
    on_element!(browser, css, element => element.send_keys(text));
}

pub async fn press(browser: &Client, css: &str) {
    on_element!(browser, css, element => element.clone().click());
}

/// With script the last digit sends the form; without it a person presses the button.
async fn type_code(browser: &Client, code: &str, scripts: bool) {
    fill(browser, "#code", code).await;
    if !scripts {
        press(browser, "button.main").await;
    }
}

pub async fn wait_for_path(browser: &Client, path: &str) {
    for _ in 0..400 {
        if browser.current_url().await.is_ok_and(|url| url.path() == path) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} was not reached: {:?} {}", browser.current_url().await, browser.source().await.unwrap_or_default());
}

pub async fn text_of(browser: &Client, css: &str) -> String {
    on_element!(browser, css, element => element.text())
}

fn newest_code(mailbox: SocketAddr, at_least: usize) -> String {
    for _ in 0..200 {
        let list = Browser::new(mailbox).get("/messages.json").expect(200).json();
        let list = list.as_array().unwrap().clone();
        if list.len() >= at_least {
            return code_in(list.last().unwrap()["text"].as_str().unwrap());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("no mail came");
}

async fn sign_in(browser: &Client, app: SocketAddr) {
    browser.goto(&format!("http://{app}/")).await.unwrap();
    wait_for_path(browser, "/login").await;
    fill(browser, "input[name=username]", "alice").await;
    fill(browser, "input[name=password]", "wonderland").await;
    press(browser, "button").await;
    wait_for_path(browser, "/.mfa/challenge").await;
}

async fn whole_way(size: &str, name: &str, scripts: bool) {
    let (_demo, app, mailbox) = demo();
    let (_driver, browser) = chromium(size, scripts).await;
    sign_in(&browser, app).await;
    picture(&browser, &format!("{name}-challenge")).await;
    // Focus is in the field: a person types at once.
    let focused = browser.active_element().await.unwrap().attr("name").await.unwrap();
    assert_eq!(focused.as_deref(), Some("code"));
    type_code(&browser, "000000", scripts).await;
    let mut told = String::new();
    for _ in 0..100 {
        told = text_of(&browser, "[role=alert]").await;
        if told.contains("isn't right") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(told.contains("isn't right"), "{told}");
    picture(&browser, &format!("{name}-wrong")).await;
    let code = newest_code(mailbox, 1);
    type_code(&browser, &format!("{} {}", &code[..3], &code[3..]), scripts).await;
    wait_for_path(&browser, "/").await;
    assert!(text_of(&browser, "main").await.contains("alice by email"));
    if scripts {
        // What fetch() brings is there too.
        for _ in 0..100 {
            if text_of(&browser, "#orders").await.contains("Flange") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(text_of(&browser, "#orders").await.contains("Flange"));
    }
    fill(&browser, "input[name=part]", "Sprocket").await;
    press(&browser, "form button").await;
    // The page that comes back has an empty field.
    for _ in 0..200 {
        let field = browser.wait().for_element(Locator::Css("input[name=part]")).await.unwrap();
        if field.prop("value").await.is_ok_and(|value| value.as_deref() == Some("")) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Enrol an app.
    wait_for_step();
    browser.goto(&format!("http://{app}/.mfa/settings")).await.unwrap();
    picture(&browser, &format!("{name}-settings")).await;
    press(&browser, "a.button").await;
    wait_for_path(&browser, "/.mfa/enrol").await;
    picture(&browser, &format!("{name}-enrol")).await;
    press(&browser, "button.main").await;
    let secret = text_of(&browser, "#secret").await.replace(' ', "");
    assert!(browser.find(Locator::Css(".qr svg")).await.is_ok());
    picture(&browser, &format!("{name}-app")).await;
    type_code(&browser, &oathtool(&secret, -30), scripts).await;
    browser.wait().at_most(Duration::from_secs(30)).for_element(Locator::Css("ul.codes")).await.unwrap();
    let codes = text_of(&browser, "ul.codes").await;
    assert_eq!(codes.lines().count(), 8, "{codes}");
    picture(&browser, &format!("{name}-backup-codes")).await;
    // Sign out, come back with the app.
    browser.goto(&format!("http://{app}/logout")).await.unwrap();
    sign_in(&browser, app).await;
    browser.goto(&format!("http://{app}/.mfa/challenge?next=/&method=app")).await.unwrap();
    picture(&browser, &format!("{name}-challenge-app")).await;
    type_code(&browser, &oathtool(&secret, 0), scripts).await;
    wait_for_path(&browser, "/").await;
    assert!(text_of(&browser, "main").await.contains("alice by app"));
    browser.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_whole_way_works_on_a_phone() {
    whole_way("390,844", "phone", true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_whole_way_works_on_a_desktop_without_javascript() {
    whole_way("1280,900", "desktop", false).await;
}
