//! The gate's own cookies: `__Host-` and Secure on https, plain names on loopback http.

use http::HeaderMap;

use crate::canonical::cookies::METHOD_COOKIE;
use crate::config::settings::Server;
use crate::model::MethodName;
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

/// Remembers for a year which method this device used the last time. It is no secret, and weakens nothing.
pub fn method_cookie(server: &Server, method: &MethodName) -> String {
    unprefixed(server, METHOD_COOKIE, method.as_str(), Some(365 * 24 * 3600))
}

/// The method that this device used the last time.
pub fn method_used(headers: &HeaderMap) -> Option<MethodName> {
    let lines = headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == METHOD_COOKIE).map(|(_, value)| MethodName::new(value))
}
