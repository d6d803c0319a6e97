//! `upstream`, `[apps.upstream_tls]`, `[apps.health]`: where an app is, and how it is spoken to.

use std::time::Duration;

use super::reader::{Item, Section};
use super::settings::*;

pub(super) fn read(section: &Section<'_>) -> Upstream {
    let servers: Vec<AppServer> = match section.get("upstream") {
        Some(item) => item.texts().iter().filter_map(|text| server(&item, text)).collect(),
        None => Vec::new(),
    };
    if section.get("upstream").is_none_or(|item| item.is_list() && item.items().is_empty()) {
        section.fault("upstream", "where the app is is missing; write upstream = \"http://127.0.0.1:8000\"");
    }
    let tls_section = section.section("upstream_tls");
    let tls = tls(&tls_section);
    tls_section.finish();
    if section.get("upstream_tls").is_some() && !servers.iter().any(|s| s.speaks == Speaks::Tls) {
        section.fault("upstream_tls", "no upstream begins with https://, so this says nothing; remove it");
    }
    let health = section.get("health").and_then(|item| item.section()).map(|health| {
        let read = Health {
            path: health.text("path").unwrap_or_else(|| "/".into()),
            every: health.duration("every", Duration::from_secs(5)).max(Duration::from_millis(100)),
            timeout: health.duration("timeout", Duration::from_secs(2)),
        };
        if !read.path.starts_with('/') || read.path.parse::<http::uri::PathAndQuery>().is_err() {
            health.fault("path", format!("found {:?}; write a path that begins with /", read.path));
        }
        health.finish();
        read
    });
    Upstream { servers, tls, health }
}

fn server(item: &Item<'_>, text: &str) -> Option<AppServer> {
    if let Some(path) = text.strip_prefix("unix:").filter(|path| !path.is_empty()) {
        return Some(AppServer { place: Place::Unix(item.base().join(path)), speaks: Speaks::Http1 });
    }
    // `url` gives a path to the schemes that it knows only.
    let url =
        url::Url::parse(text).ok().filter(|u| matches!(u.path(), "/" | "") && u.query().is_none() && u.username().is_empty());
    let known = url.and_then(|url| {
        let (speaks, port) = match url.scheme() {
            "http" => (Speaks::Http1, 80),
            "https" => (Speaks::Tls, 443),
            "h2c" => (Speaks::Http2, 80),
            _ => return None,
        };
        let host = url.host_str()?.trim_matches(['[', ']']).into();
        Some(AppServer { place: Place::Tcp(host, url.port().unwrap_or(port)), speaks })
    });
    if known.is_none() {
        item.fault(format!(
            "found {text:?}; write the app's address such as \"http://127.0.0.1:8000\", \"https://10.0.0.5\", \"h2c://127.0.0.1:50051\" or \"unix:/run/app.sock\""
        ));
    }
    known
}

fn tls(section: &Section<'_>) -> UpstreamTls {
    let ca = section.text("ca").map(|file| section.reader.base.join(file));
    if ca.as_ref().is_some_and(|file| !file.is_file()) {
        section.fault("ca", "there is no such file");
    }
    let fingerprint = section.get("fingerprint").and_then(|item| {
        let text = item.text()?;
        let hex: String = text.trim_start_matches("sha256:").chars().filter(|c| *c != ':').collect();
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
        if bytes.is_none() {
            item.fault("write the SHA-256 of the certificate in hex, as `openssl x509 -noout -fingerprint -sha256` prints it");
        }
        bytes
    });
    if ca.is_some() && fingerprint.is_some() {
        section.fault("fingerprint", "with a fingerprint no authority is asked; remove `ca` or this");
    }
    UpstreamTls { ca, fingerprint, name: section.text("name") }
}
