//! The gate's own cookies: `__Host-` and Secure on https, plain names on loopback http.

use crate::config::settings::Server;
use crate::seal::Token;
use crate::words::{self, Language};

fn line(server: &Server, name: &str, value: &str, max_age: Option<u64>) -> String {
    let prefix = if server.is_https() { "__Host-" } else { "" };
    unprefixed(server, &format!("{prefix}{name}"), value, max_age)
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
