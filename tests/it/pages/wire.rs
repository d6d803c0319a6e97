//! What WebDriver has beyond fantoccini: authenticators (WebAuthn, section 11), logs, and Chromium's own commands.

use std::path::Path;

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// One command below the session's address.
#[derive(Debug)]
pub struct Raw(pub http::Method, pub String, pub Value);

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or(""), self.1))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (self.0.clone(), (self.0 == http::Method::POST).then(|| self.2.to_string()))
    }
}

pub async fn post(browser: &Client, path: &str, body: Value) -> Value {
    browser.issue_cmd(Raw(http::Method::POST, path.to_owned(), body)).await.unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A command of the Chrome DevTools Protocol.
pub async fn devtools(browser: &Client, command: &str, params: Value) -> Value {
    post(browser, "goog/cdp/execute", json!({ "cmd": command, "params": params })).await
}

/// What was logged since the last time: `browser` (the console) or `performance` (the network).
pub async fn log(browser: &Client, kind: &str) -> Vec<Value> {
    post(browser, "se/log", json!({ "type": kind })).await.as_array().unwrap().clone()
}

/// A virtual authenticator that knows its user; its id.
pub async fn authenticator(browser: &Client) -> String {
    let kind = json!({ "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "isUserConsenting": true });
    post(browser, "webauthn/authenticator", kind).await.as_str().unwrap().to_owned()
}

pub async fn remove_authenticator(browser: &Client, id: &str) {
    let path = format!("webauthn/authenticator/{id}");
    browser.issue_cmd(Raw(http::Method::DELETE, path, Value::Null)).await.unwrap();
}

pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";

/// Presses keys one after the other, wherever the focus is.
pub async fn keys(browser: &Client, keys: &str) {
    let each = |key: char| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
    let actions: Vec<Value> = keys.chars().flat_map(each).collect();
    post(browser, "actions", json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] })).await;
}

/// A key with what it makes an editor do: `copy`, `paste` …
pub async fn edit(browser: &Client, command: &str, key: &str) {
    for kind in ["rawKeyDown", "keyUp"] {
        let code = format!("Key{}", key.to_uppercase());
        let params = json!({ "type": kind, "modifiers": 2, "key": key, "code": code, "commands": [command] });
        devtools(browser, "Input.dispatchKeyEvent", params).await;
    }
}

/// A screen of this size, `light` or `dark`, on which nothing moves by itself.
pub async fn emulate(browser: &Client, width: u32, height: u32, colours: &str) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
    devtools(browser, "Emulation.setDeviceMetricsOverride", size).await;
    // Fingers or a mouse: pages may ask.
    devtools(browser, "Emulation.setTouchEmulationEnabled", json!({ "enabled": width < 600 })).await;
    let features =
        json!([{ "name": "prefers-color-scheme", "value": colours }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
    devtools(browser, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// The whole page as a picture: `target/screenshots/NAME.png`.
pub async fn screenshot(browser: &Client, name: &str) {
    let shot = json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true });
    let shot = devtools(browser, "Page.captureScreenshot", shot).await;
    let bytes = data_encoding::BASE64.decode(shot["data"].as_str().unwrap().as_bytes()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/screenshots/{name}.png"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
