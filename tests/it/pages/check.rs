//! What holds in every state of every page: sentences about what doesn't.

use std::path::Path;
use std::sync::LazyLock;

use fantoccini::Client;
use serde_json::{Value, json};

use super::wire::{TAB, devtools, keys, log};

fn script(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e} (tests/setup.sh)", path.display()))
}

static AXE: LazyLock<String> = LazyLock::new(|| script("target/npm-pages/node_modules/axe-core/axe.min.js"));
static LAYOUT: LazyLock<String> = LazyLock::new(|| script("tests/pages/layout.js"));
static WEIGHT: LazyLock<String> = LazyLock::new(|| script("tests/pages/weight.js"));
static STOPS: LazyLock<String> = LazyLock::new(|| script("tests/pages/stops.js"));
static STOP: LazyLock<String> = LazyLock::new(|| script("tests/pages/stop.js"));

async fn run(browser: &Client, script: &str) -> Value {
    browser.execute(script, Vec::new()).await.unwrap_or_else(|e| panic!("{e}"))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap_or_else(|| panic!("{value}")).iter().map(|v| v.as_str().unwrap_or("").to_owned()).collect()
}

/// Nothing is cut, nothing lies over something else, nothing sticks out.
pub async fn layout(browser: &Client) -> Vec<String> {
    texts(&run(browser, &LAYOUT).await)
}

/// Every rule of axe-core for WCAG 2.2 AA, and its best practices.
pub async fn axe(browser: &Client) -> Vec<String> {
    if run(browser, "return typeof axe").await != "object" {
        // By WebDriver: a page's own policy lets no script in.
        run(browser, &AXE).await;
    }
    let asked = "const done = arguments[0]; axe.run(document, { preload: false, resultTypes: ['violations', 'incomplete'], runOnly: \
        ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
        .then((r) => done({ violations: r.violations, incomplete: r.incomplete, passes: r.passes.length }), \
        (e) => done({ error: String(e) }));";
    let told = browser.execute_async(asked, Vec::new()).await.unwrap_or_else(|e| panic!("{e}"));
    assert!(told["passes"].as_u64().is_some_and(|passes| passes > 10), "axe-core looked at nothing: {told}");
    let mut found = Vec::new();
    for (kind, unsure) in [("violations", ""), ("incomplete", " can't be told")] {
        for rule in told[kind].as_array().unwrap() {
            for node in rule["nodes"].as_array().unwrap() {
                let html = node["html"].as_str().unwrap_or("");
                let html = html.chars().take(160).collect::<String>();
                let why = node["failureSummary"].as_str().unwrap_or("").replace('\n', " ");
                let why = why.trim_start_matches("Fix any of the following:").trim().to_owned();
                found.push(format!("axe {}{unsure}: {} at {} {html} ({why})", rule["id"], rule["help"], node["target"]));
            }
        }
    }
    found
}

/// The page and all that it loads; its weight.
pub async fn weight(browser: &Client) -> (Vec<String>, u64) {
    let told = run(browser, &WEIGHT).await;
    (texts(&told[0]), told[1].as_u64().unwrap())
}

/// As it was served: no style and no script within, a language and a direction.
pub async fn markup(browser: &Client) -> Vec<String> {
    let mut document = None;
    for entry in log(browser, "performance").await {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        let (name, params) = (&message["message"]["method"], &message["message"]["params"]);
        if name == "Network.responseReceived" && params["type"] == "Document" {
            document = Some(params["requestId"].clone());
        }
    }
    let Some(id) = document else { return Vec::new() };
    let page = devtools(browser, "Network.getResponseBody", json!({ "requestId": id })).await;
    markup_of(page["body"].as_str().unwrap())
}

pub fn markup_of(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let comment_free: String = page
        .split("<!--")
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once("-->").map_or("", |p| p.1) })
        .collect();
    for tag in comment_free.split('<').skip(1).map(|t| t.split_once('>').map_or(t, |p| p.0)) {
        let (name, rest) = tag.split_once(|c: char| c.is_whitespace()).unwrap_or((tag, ""));
        let data = rest.contains("type=\"application/json\"");
        if name.eq_ignore_ascii_case("style") || (name.eq_ignore_ascii_case("script") && !rest.contains("src=") && !data) {
            found.push(format!("has an inline <{tag}>"));
        }
        // Within quotes nothing is an attribute.
        let bare: String = rest.split('"').step_by(2).collect::<Vec<_>>().join("\"");
        for attribute in bare.split(|c: char| c.is_whitespace() || c == '"').filter_map(|a| a.split_once('=').map(|p| p.0)) {
            if attribute == "style" || attribute.starts_with("on") {
                found.push(format!("has {attribute}=… in <{tag}>"));
            }
        }
        if rest.contains("\"javascript:") {
            found.push(format!("has a javascript: address in <{tag}>"));
        }
    }
    let html = comment_free.split("<html").nth(1).and_then(|t| t.split('>').next()).unwrap_or("");
    for wanted in ["lang=\"", "dir=\""] {
        if !html.contains(wanted) {
            found.push(format!("has no {wanted}…\" in <html{html}>"));
        }
    }
    for wanted in ["<title>", "name=\"viewport\"", "</h1>"] {
        let count = comment_free.matches(wanted).count();
        if count != 1 {
            found.push(format!("has {count} of {wanted}"));
        }
    }
    found
}

/// What the console says since the last time, but for statuses that the page itself was answered with and pages of the app.
pub async fn console(browser: &Client) -> Vec<String> {
    let mut found = Vec::new();
    for entry in log(browser, "browser").await {
        let message = entry["message"].as_str().unwrap_or("");
        let of_the_page = message.contains("Failed to load resource") && !message.contains("/static/");
        // A browser without TLS at a name that isn't loopback: it happens in these tests only.
        let plain = message.contains("Cross-Origin-Opener-Policy header has been ignored");
        if matches!(entry["level"].as_str(), Some("WARNING" | "SEVERE")) && !of_the_page && !plain {
            found.push(format!("console: {message}"));
        }
    }
    found
}

/// Tab goes to everything that can be used, in the page's order, and where it is is seen.
pub async fn stops(browser: &Client) -> Vec<String> {
    let stops = texts(&run(browser, &STOPS).await);
    run(browser, "document.activeElement.blur(); getSelection().removeAllRanges(); document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')").await;
    let (mut found, mut reached) = (Vec::new(), Vec::new());
    for _ in 0..=stops.len() + 2 {
        keys(browser, TAB).await;
        let told = run(browser, &STOP).await;
        let (at, trouble) = (told[0].as_i64().unwrap(), told[1].as_str().unwrap_or(""));
        if at == -2 || reached.first() == Some(&at) {
            break;
        }
        let name = usize::try_from(at).ok().map_or("something that isn't in the page's order", |at| stops[at].as_str());
        if !trouble.is_empty() {
            found.push(format!("{name} {trouble}"));
        }
        reached.push(at);
    }
    for (at, missed) in stops.iter().enumerate().filter(|(at, _)| !reached.contains(&i64::try_from(*at).unwrap())) {
        found.push(format!("Tab never comes to {missed} (stop {at} of {})", stops.len()));
    }
    if found.is_empty() && !reached.is_sorted() {
        found.push(format!("Tab jumps about: {reached:?} of {stops:?}"));
    }
    found
}
