//! The gate's own cookies: `__Host-` and Secure on https, plain names on loopback http.

use http::HeaderMap;

use crate::canonical::cookies::METHOD_COOKIE;
use crate::config::settings::{Server, Settings};
use crate::model::MethodName;
use crate::seal::Token;
use crate::words::{self, Language};

fn line(server: &Server, name: &str, value: &str, max_age: Option<u64>) -> String {
    unprefixed(server, &prefixed(server, name), value, max_age)
}

fn prefixed(server: &Server, name: &str) -> String {
    let prefix = if server.is_https() { "__Host-" } else { "" };
    format!("{prefix}{name}")
}

fn unprefixed(server: &Server, name: &str, value: &str, max_age: Option<u64>) -> String {
    let secure = if server.is_https() { "; Secure" } else { "" };
    let age = max_age.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
}

/// Sets the gate session's cookie; it ends with the browser, and in the gate by its own times.
pub fn gate_cookie(server: &Server, token: &Token) -> String {
    line(server, "mfa", token.expose(), None)
}

/// Takes the gate session's cookie off the client.
pub fn clear_gate_cookie(server: &Server) -> String {
    line(server, "mfa", "", Some(0))
}

/// Remembers a device for so many seconds.
pub fn device_cookie(server: &Server, token: &Token, seconds: u64) -> String {
    line(server, "mfa-device", token.expose(), Some(seconds))
}

/// Remembers for a year which language somebody chose. It is no secret.
pub fn language_cookie(server: &Server, language: Language) -> String {
    unprefixed(server, words::COOKIE, language.tag(), Some(365 * 24 * 3600))
}

/// Remembers for a year which method this device used the last time. It is no secret, and weakens nothing.
pub fn method_cookie(server: &Server, method: &MethodName) -> String {
    line(server, METHOD_COOKIE, method.as_str(), Some(365 * 24 * 3600))
}

/// The method that this device used the last time, if there still is one of this name.
pub fn method_used(settings: &Settings, headers: &HeaderMap) -> Option<MethodName> {
    let name = words::plain_cookie(headers.get(http::header::COOKIE)?, &prefixed(&settings.server, METHOD_COOKIE))?;
    settings.methods.iter().map(|method| &method.name).find(|known| known.as_str() == name).cloned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use http::HeaderValue;

    use super::*;
    use crate::dispatch::Registry;

    fn settings(url: &str) -> Settings {
        let text = format!(
            "[server]\npublic_url = \"{url}\"\n[smtp]\nfrom = \"Wiki <no-reply@example.com>\"\n[[apps]]\nname = \"wiki\"\n\
             upstream = \"http://127.0.0.1:8000\"\nsession_cookies = [\"sid\"]\nlogin_paths = [\"/login\"]\n\
             [apps.identity]\nsource = \"login_form\"\n[methods.email]\nhandler = \"email\"\n[methods.app]\nhandler = \"app\"\n"
        );
        crate::config::parse(&text, "gate.toml", Path::new("."), &Registry::built_in().handlers()).unwrap()
    }

    #[test]
    fn a_device_is_believed_a_method_that_there_is_by_the_cookie_that_only_this_site_can_set() {
        let (https, http) = (settings("https://wiki.example.com"), settings("http://127.0.0.1:8080"));
        let used = |settings: &Settings, line: &str| {
            let headers = HeaderMap::from_iter([(http::header::COOKIE, HeaderValue::from_str(line).unwrap())]);
            method_used(settings, &headers).map(|name| name.to_string())
        };
        assert!(method_cookie(&https.server, &MethodName::new("app")).starts_with("__Host-mfa-method=app; Path=/; "));
        assert!(method_cookie(&http.server, &MethodName::new("app")).starts_with("mfa-method=app; Path=/; "));
        let line = "a=b; mfa-method=email;__Host-mfa-method=app";
        assert_eq!((used(&https, line).as_deref(), used(&http, line).as_deref()), (Some("app"), Some("email")));
        for line in ["mfa-method=backup", "mfa-method=", "mfa-method", "xmfa-method=app", "mfa-method=app2", "a=mfa-method=app"] {
            assert_eq!((used(&https, line), used(&http, line)), (None, None), "{line}");
        }
    }
}
