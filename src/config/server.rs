//! `[server]`: listeners, TLS, times and sizes.

use std::net::SocketAddr;
use std::time::Duration;

use http::HeaderValue;

use super::literals::is_loopback;
use super::reader::{Item, Section};
use super::server_settings::*;
use super::values::networks;

const MINUTE: Duration = Duration::from_secs(60);

pub(super) fn server(section: &Section<'_>) -> Option<Server> {
    let addresses = |key: &str| -> Vec<Listen> {
        section.get(key).map(|item| item.texts().iter().filter_map(|text| listen(&item, text)).collect()).unwrap_or_default()
    };
    let mut listen = addresses("listen");
    if section.get("listen").is_none() {
        listen.push(Listen::Tcp(SocketAddr::from(([127, 0, 0, 1], 8080))));
    }
    let redirect_listen = addresses("redirect_listen");
    let admin_listen = section.get("admin_listen").and_then(|item| address(&item, &item.text()?));
    let accept_http = section.flag("dangerously_accept_http");
    let public_url = match (section.get("public_url"), listen.first()) {
        (Some(item), _) => item.text().and_then(|text| public_url(&item, &text, accept_http)),
        (None, Some(Listen::Tcp(address))) => url::Url::parse(&format!("http://{address}")).ok(),
        (None, _) => {
            section.fault("public_url", "what people type is missing; write public_url = \"https://wiki.example.com\"");
            None
        }
    };
    let tls = section.get("tls").and_then(|item| tls(&item, !redirect_listen.is_empty()));
    if tls.is_some() && public_url.as_ref().is_some_and(|url| url.scheme() == "http") {
        section.fault("public_url", "the gate speaks TLS here, so people type https://; write public_url = \"https://…\"");
    }
    if !redirect_listen.is_empty() && public_url.as_ref().is_some_and(|url| url.scheme() == "http") {
        section.fault("redirect_listen", "there is no https to lead to; set tls and an https:// public_url, or remove this");
    }
    let hsts = section.get("hsts").and_then(|item| item.duration());
    if hsts.is_some() && public_url.as_ref().is_some_and(|url| url.scheme() == "http") {
        section.fault("hsts", "browsers heed this over https only; write an https:// public_url, or remove this");
    }
    let trusted = |key: &str| {
        let networks = section.get(key).map(|item| networks(&item)).unwrap_or_default();
        if networks.iter().any(|n| n.prefix_len() == 0) {
            section.fault(key, "this trusts everyone; write the networks of your own proxies");
        }
        networks
    };
    let (trusted_proxies, proxy_protocol) = (trusted("trusted_proxies"), trusted("proxy_protocol"));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let count = |key: &str, default: u64, most: u64| usize::try_from(section.number(key, default, 1..=most)).unwrap_or(1);
    let patience = Patience {
        header: section.duration("header_timeout", Duration::from_secs(10)),
        body: section.duration("body_timeout", MINUTE),
        idle: section.duration("idle_timeout", Duration::from_secs(75)),
        upstream: section.duration("upstream_timeout", MINUTE),
        stop: section.duration("stop_timeout", Duration::from_secs(20)),
        header_max: section.get("header_max").and_then(|i| i.size(8 * 1024..=1024 * 1024)).unwrap_or(64 * 1024) as usize,
        body_max: section.get("body_max").and_then(|item| item.size(1..=u64::MAX)),
        max_in_flight: count("max_in_flight", 10_000, 1_000_000),
        max_connections: count("max_connections", 20_000, 1_000_000),
    };
    let (prefix, threads) = (prefix(section), count("threads", cores as u64, 1024));
    section.finish();
    Some(Server {
        listen,
        redirect_listen,
        public_url: public_url?,
        prefix,
        admin_listen,
        trusted_proxies,
        proxy_protocol,
        tls,
        hsts: hsts.and_then(|span| HeaderValue::from_str(&format!("max-age={}", span.as_secs())).ok()),
        threads,
        patience,
    })
}

fn prefix(section: &Section<'_>) -> String {
    let prefix = section.text("prefix").unwrap_or_else(|| "/.mfa".into());
    let fine = prefix.len() > 1
        && prefix.starts_with('/')
        && !prefix.ends_with('/')
        && !prefix.contains("//")
        && prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_".contains(&b))
        && !prefix.split('/').any(|s| s == "." || s == "..");
    if !fine {
        section.fault("prefix", format!("{prefix:?} can't be a path of its own; write one such as \"/.mfa\""));
    }
    prefix
}

fn listen(item: &Item<'_>, text: &str) -> Option<Listen> {
    match text.strip_prefix("unix:") {
        Some("") => {
            item.fault("the path is missing; write \"unix:/run/mfa-gate.sock\"");
            None
        }
        Some(path) => Some(Listen::Unix(item.base().join(path))),
        None => Some(Listen::Tcp(address(item, text)?)),
    }
}

fn address(item: &Item<'_>, text: &str) -> Option<SocketAddr> {
    let parsed = text.replace("localhost", "127.0.0.1").parse();
    if parsed.is_err() {
        item.fault(format!("found {text:?}; write an address with a port such as \"127.0.0.1:8080\""));
    }
    parsed.ok()
}

fn public_url(item: &Item<'_>, text: &str, accept_http: bool) -> Option<url::Url> {
    let Ok(url) = url::Url::parse(text) else {
        item.fault(format!("found {text:?}; write an origin such as \"https://wiki.example.com\""));
        return None;
    };
    let origin_only = url.path() == "/" && url.query().is_none() && url.username().is_empty() && url.host().is_some();
    if !matches!(url.scheme(), "http" | "https") || !origin_only {
        item.fault(format!("found {text:?}; write an origin only, such as \"https://wiki.example.com\""));
        return None;
    }
    if url.scheme() == "http" && !is_loopback(&url) && !accept_http {
        item.fault(
            "codes and cookies would cross the network unencrypted; write https://, or set dangerously_accept_http = true",
        );
    }
    Some(url)
}

/// One table, or a list of them: the first one's keys but for `cert` and `key` are for all.
fn tls(item: &Item<'_>, redirects: bool) -> Option<Tls> {
    let sections: Vec<Section<'_>> = if item.is_list() {
        item.items().iter().filter_map(Item::section).collect()
    } else {
        item.section().into_iter().collect()
    };
    let first = sections.first()?;
    let acme = first.get("acme").and_then(|item| item.section()).and_then(|section| acme(&section, redirects));
    let only_13 = match first.text("min_version").as_deref() {
        None | Some("1.2") => false,
        Some("1.3") => true,
        Some(other) => {
            first.fault("min_version", format!("found {other:?}; write \"1.2\" or \"1.3\""));
            false
        }
    };
    let client_ca = file(first, "client_ca");
    let mut certificates = Vec::new();
    for section in &sections {
        if acme.is_none() && (section.get("cert").is_none() || section.get("key").is_none()) {
            section.fault("cert", "a certificate and its key are wanted; write { cert = \"cert.pem\", key = \"key.pem\" } or { acme = { domains = [\"wiki.example.com\"] } }");
        }
        if let (Some(chain), Some(key)) = (file(section, "cert"), file(section, "key")) {
            certificates.push(Certificate { chain, key });
        }
        section.finish();
    }
    Some(Tls { certificates, client_ca, only_13, acme })
}

fn acme(section: &Section<'_>, redirects: bool) -> Option<Acme> {
    let domains: Vec<String> = section.texts("domains").into_iter().map(|name| name.to_ascii_lowercase()).collect();
    if domains.is_empty() {
        section.fault("domains", "the names are missing; write domains = [\"wiki.example.com\"]");
    }
    for name in &domains {
        if name.starts_with("*.") || rustls::pki_types::DnsName::try_from(name.as_str()).is_err() {
            section.fault("domains", format!("found {name:?}; write whole host names (wildcards can't be checked in this way)"));
        }
    }
    let by_http = match section.text("challenge").as_deref() {
        None => redirects,
        Some("http-01") if redirects => true,
        Some("http-01") => {
            section.fault("challenge", "http-01 needs the plain port; set server.redirect_listen = \"0.0.0.0:80\"");
            true
        }
        Some("tls-alpn-01") => false,
        Some(other) => {
            section.fault("challenge", format!("found {other:?}; write \"http-01\" or \"tls-alpn-01\""));
            false
        }
    };
    let directory = match section.get("directory") {
        Some(item) => item.url(false),
        None => url::Url::parse("https://acme-v02.api.letsencrypt.org/directory").ok(),
    };
    let (contact, ca) = (section.text("contact"), file(section, "ca"));
    let cache = section.reader.base.join(section.text("cache").unwrap_or_else(|| "data/acme".into()));
    section.finish();
    let acme = Acme { domains, contact, cache, directory: directory?, ca, by_http };
    (!acme.domains.is_empty()).then_some(acme)
}

fn file(section: &Section<'_>, key: &str) -> Option<std::path::PathBuf> {
    let path = section.reader.base.join(section.text(key)?);
    if !path.is_file() {
        section.fault(key, format!("there is no file {}", path.display()));
    }
    Some(path)
}
