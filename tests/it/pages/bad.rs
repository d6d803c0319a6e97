//! The checks themselves: a page on which everything is wrong.

use axum::Router;
use axum::routing::get;
use http::header::CONTENT_TYPE;
use serde_json::json;

use super::check;
use super::wire::devtools;
use crate::browser::chromium_of;
use crate::world::serve;

const CSS: &str = ".wide { width: 500px } .cut { width: 80px; overflow: hidden; white-space: nowrap } \
    .one { position: absolute; top: 200px; left: 20px; margin: 0 } .other { position: absolute; top: 203px; left: 22px; margin: 0 } \
    .pale { color: #ccc; background: #fff } .tiny { font-size: 11px; width: 60px } a:focus { outline: none }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_checks_find_what_is_wrong() {
    let page = include_str!("../../pages/bad.html");
    let router = Router::new()
        .route("/", get(move || async move { ([(CONTENT_TYPE, "text/html")], page) }))
        .route("/bad.css", get(|| async { ([(CONTENT_TYPE, "text/css")], CSS) }))
        .route("/bad2.css", get(|| async { ([(CONTENT_TYPE, "text/css")], " ".repeat(40_000)) }));
    let address = tokio::task::block_in_place(|| serve(router));
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    let (_driver, browser) = chromium_of(&["--window-size=390,844", "--hide-scrollbars"], true, logs).await;
    browser.goto(&format!("http://{address}/")).await.unwrap();
    let size = json!({ "width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": false });
    devtools(&browser, "Emulation.setDeviceMetricsOverride", size).await;
    let mut found = check::console(&browser).await;
    found.extend(check::markup(&browser).await);
    // A picture that is none is noted a little after the page is there.
    for _ in 0..100 {
        let heavy = check::weight(&browser).await.0;
        if heavy.iter().any(|what| what.contains("weighs")) {
            found.extend(heavy);
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    found.extend(check::layout(&browser).await);
    found.extend(check::axe(&browser).await);
    found.extend(check::stops(&browser).await);
    browser.close().await.unwrap();
    for wanted in [
        "something is wrong",
        "has an inline <script>",
        "has style=…",
        "has no lang=",
        "has no dir=",
        "has 0 of name=\"viewport\"",
        "weighs 4",
        "waits for /bad.css, /bad2.css",
        "scrolls sideways",
        "sticks out",
        "is cut at its side: <p.cut>",
        "lies over \"other\": <p.one>",
        "has text of 11px: <input.tiny>",
        "has a cut placeholder",
        "axe \"color-contrast\"",
        "axe \"html-has-lang\"",
        "axe \"landmark-one-main\"",
        "axe \"tabindex\"",
        "doesn't show it",
        "Tab never comes to <a /b>",
    ] {
        assert!(found.iter().any(|what| what.contains(wanted)), "{wanted} isn't in {found:#?}");
    }
}
