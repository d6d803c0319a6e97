//! E-mails as mail programs on the web and on phones show them: in each width and colour, in both directions, looked at by axe-core.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use serde_json::json;

use super::check;
use super::wire::{emulate, screenshot};
use crate::browser::chromium_of;
use crate::letters::{code_and_notice, with_logo};
use crate::world::{Plan, World, serve};

const LOGO: &[u8] = include_bytes!("../../pages/logo.png");

/// A mail's HTML without its `<style>`, which some programs take out.
fn bare(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    format!("{before}{}", rest.split_once("</style>").unwrap().1)
}

/// Mails by their names: both kinds, both directions, with a logo and without, as they are and without their `<style>`.
fn mails() -> BTreeMap<String, String> {
    let (_file, logo) = with_logo(LOGO);
    let lines = "accent = \"#ffd400\"\nsupport = \"+48 22 123 45 67\"\n".to_owned();
    let mut mails = BTreeMap::new();
    for (brand, kind) in [(logo, "logo"), (lines, "name")] {
        let plan = Plan { brand, ..Plan::default() };
        for (language, dir) in [("en", "ltr"), ("ar", "rtl")] {
            let agent = format!("Mozilla/5.0 (X11; Linux x86_64) {}", "Geckogecko/20100101".repeat(8));
            let world = World::of(&plan);
            let [code, notice] = code_and_notice(&world, language, &agent);
            for (what, mail) in [("code", code), ("notice", notice)] {
                let html = mail.html.unwrap();
                assert!(html.contains(&format!("dir=\"{dir}\"")), "{html}");
                // The picture within the mail, as a server has it.
                let start = html.find("cid:");
                assert_eq!(start.is_some(), kind == "logo");
                let html = match start {
                    Some(at) => format!("{}/logo.png{}", &html[..at], &html[at + html[at..].find('"').unwrap()..]),
                    None => html,
                };
                mails.insert(format!("{what}-{kind}-{language}-bare"), bare(&html));
                mails.insert(format!("{what}-{kind}-{language}"), html);
            }
        }
    }
    mails
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_can_be_read_by_everybody() {
    let mails = Arc::new(tokio::task::block_in_place(mails));
    let served = mails.clone();
    let mail = move |Path(name): Path<String>| async move { ([(CONTENT_TYPE, "text/html")], served[&name].clone()) };
    let router = Router::new()
        .route("/logo.png", get(|| async { ([(CONTENT_TYPE, "image/png")], LOGO) }))
        .route("/mail/{name}", get(mail));
    let address = tokio::task::block_in_place(|| serve(router));
    let (_driver, browser) = chromium_of(&["--hide-scrollbars"], true, json!({ "browser": "ALL" })).await;
    let mut found = Vec::new();
    for name in mails.keys() {
        for (width, colours) in [(320, "light"), (320, "dark"), (600, "light"), (600, "dark")] {
            emulate(&browser, width, 700, colours).await;
            browser.goto(&format!("http://{address}/mail/{name}")).await.unwrap();
            let mut wrong = check::layout(&browser).await;
            wrong.extend(check::axe(&browser).await);
            // A mail is a part of somebody else's page, which has the landmarks.
            wrong.retain(|what| !what.starts_with("axe \"landmark-one-main\"") && !what.starts_with("axe \"region\""));
            // Dark where that is wanted, but for programs that take out what says it: they keep all of the light.
            let script = "return ['.card', '.code, h1', '.quiet'].map((css, n) => getComputedStyle(document.querySelector(css))[n ? 'color' : 'backgroundColor'])";
            let seen = browser.execute(script, Vec::new()).await.unwrap();
            let wanted = if colours == "dark" && !name.ends_with("-bare") {
                json!(["rgb(23, 30, 38)", "rgb(232, 237, 243)", "rgb(167, 179, 192)"])
            } else {
                json!(["rgb(255, 255, 255)", "rgb(23, 32, 43)", "rgb(85, 96, 110)"])
            };
            if seen != wanted {
                wrong.push(format!("has the colours {seen}"));
            }
            let script = "const card = document.querySelector('.card').getBoundingClientRect(); return card.left - (document.documentElement.clientWidth - card.right)";
            let off = browser.execute(script, Vec::new()).await.unwrap().as_f64().unwrap();
            if off.abs() > 1.0 {
                wrong.push(format!("stands {off} px off the middle"));
            }
            found.extend(wrong.into_iter().map(|what| format!("{name} [{width} {colours}]: {what}")));
            screenshot(&browser, &format!("mails/{name}.{width}.{colours}")).await;
        }
        if name.starts_with("code") {
            // Marked as one word, and copied as it is typed.
            let script = "getSelection().selectAllChildren(document.querySelector('.code')); return getSelection().toString()";
            let code = browser.execute(script, Vec::new()).await.unwrap();
            assert!(code.as_str().is_some_and(|code| code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())), "{code}");
            // The longest one that there may be.
            let script = "document.querySelector('.code').textContent = 'WWWWWWWWWWWW'; return document.querySelector('.code').clientHeight";
            emulate(&browser, 320, 700, "light").await;
            let height = browser.execute(script, Vec::new()).await.unwrap();
            let wrong = check::layout(&browser).await;
            assert!(
                wrong.is_empty() && (name.ends_with("-bare") || height.as_f64().is_some_and(|height| height < 70.0)),
                "{name}: {height} {wrong:?}"
            );
        }
        found.extend(check::console(&browser).await.into_iter().filter(|what| !what.contains("favicon")));
    }
    browser.close().await.unwrap();
    assert!(found.is_empty(), "{} things are wrong:\n{}", found.len(), found.join("\n"));
}
