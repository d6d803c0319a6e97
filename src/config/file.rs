//! The sections of gate.toml but for apps and methods, and what must hold between all of them.

use std::path::PathBuf;
use std::time::Duration;

use super::reader::{Reader, Section};
use super::settings::*;
use super::values::{alphabet, method_names, networks};
use super::{apps, brand, methods, server};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
/// No letters or digits that look alike.
const CHARACTERS: &str = "23456789abcdefghjkmnpqrstuvwxyz";

pub(super) fn settings(reader: &Reader<'_>, dispatchers: &[super::handlers::MessageHandler]) -> Option<Settings> {
    let root = reader.root()?;
    let top = Section::new(reader, "", root.span(), Some(root.get_ref()));
    let server = server::server(&top.section("server"));
    let store = store(&top.section("store"));
    let secrets = top.section("secrets");
    let key_file = reader.base.join(secrets.text("key_file").unwrap_or_else(|| "data/gate.key".into()));
    secrets.finish();
    let smtp = top.get("smtp").and_then(|item| item.section()).map(|section| smtp(&section));
    let methods = methods::all(&top.section("methods"), server.as_ref().map(|s| &s.public_url), dispatchers);
    if methods.is_empty() {
        top.fault("methods", "no method is configured; add a table such as [methods.email]");
    }
    let apps = apps::all(&top, &methods, server.as_ref().is_some_and(|s| !s.trusted_proxies.is_empty()));
    let enrolment = enrolment(&top.section("enrolment"), &methods);
    let typed = apps.iter().find(|app| app.directory.is_none() && app.identity.names_are_typed());
    if let Some(app) = typed.filter(|_| enrolment.first_open) {
        let fix = format!(
            "app {} knows users only as they type their names, so \"open\" lets a stolen password enrol as \"ALICE\"; add [apps.identity.confirm] or [apps.directory], or write \"guarded\"",
            app.name
        );
        top.section("enrolment").fault("first_enrolment", fix);
    }
    let session = top.section("session");
    let session_times = Session {
        lifetime: session.duration("lifetime", 12 * HOUR),
        idle: session.duration("idle", HOUR),
        remember_device: session.duration("remember_device", Duration::ZERO),
    };
    session.finish();
    let limits = limits(&top.section("limits"));
    let backup = top.section("backup_codes");
    let backup_codes = BackupCodes {
        quantity: u32::try_from(backup.number("quantity", 8, 0..=100)).unwrap_or(8),
        length: usize::try_from(backup.number("length", 12, 10..=64)).unwrap_or(12),
        characters: backup.get("characters").and_then(|item| alphabet(&item)).unwrap_or_else(|| CHARACTERS.into()),
        allow_regeneration: backup.get("allow_regeneration").and_then(|item| item.flag()).unwrap_or(true),
        confirm_with_code: backup.flag("confirm_regeneration_with_code"),
    };
    backup.finish();
    let brand = brand::brand(&top.section("brand"), server.as_ref().and_then(|s| s.public_url.host_str()));
    let emails = methods.iter().any(|m| matches!(&m.handler, Handler::Message(s) if s.dispatcher == "email"));
    if emails && smtp.is_none() {
        top.fault("smtp", "an e-mail method is configured but no relay; add [smtp] with host, port and from");
    }
    top.finish();
    let server = server?;
    Some(Settings {
        server,
        store: store?,
        key_file,
        smtp: smtp.flatten(),
        brand,
        apps,
        enrolment,
        session: session_times,
        limits,
        backup_codes,
        methods,
    })
}

fn store(section: &Section<'_>) -> Option<PathBuf> {
    let url = section.text("url").unwrap_or_else(|| "sqlite:data/gate.db".into());
    section.finish();
    match url.strip_prefix("sqlite:") {
        Some(path) if !path.is_empty() => Some(section.reader.base.join(path.trim_start_matches("//"))),
        _ if url.starts_with("postgres") => {
            section.fault("url", "PostgreSQL is not supported yet; write \"sqlite:data/gate.db\"");
            None
        }
        _ => {
            section.fault("url", format!("found {url:?}; write \"sqlite:data/gate.db\""));
            None
        }
    }
}

fn smtp(section: &Section<'_>) -> Option<Smtp> {
    let host = section.text("host").unwrap_or_else(|| "127.0.0.1".into());
    let tls = match section.text("tls").as_deref() {
        None | Some("none") => SmtpTls::None,
        Some("starttls") => SmtpTls::StartTls,
        Some("tls") => SmtpTls::Tls,
        Some(other) => {
            section.fault("tls", format!("found {other:?}; write \"none\", \"starttls\" or \"tls\""));
            SmtpTls::StartTls
        }
    };
    let port = match tls {
        SmtpTls::None => 25,
        SmtpTls::StartTls => 587,
        SmtpTls::Tls => 465,
    };
    let username = section.text("username");
    let password = section.get("password").and_then(|item| item.secret());
    let loopback = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if password.is_some() && tls == SmtpTls::None && !loopback {
        section.fault("password", "the password would cross the network unencrypted; set tls = \"starttls\" or \"tls\"");
    }
    let credentials = match (username, password) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        _ => {
            section.fault("username", "username and password belong together; write both or none");
            None
        }
    };
    let from = section.text("from");
    match &from {
        Some(text) if text.parse::<lettre::message::Mailbox>().is_err() => {
            section.fault("from", format!("found {text:?}; write a mailbox such as \"Wiki <no-reply@example.com>\""));
        }
        Some(_) => {}
        None => section.fault("from", "the sender is missing; write from = \"Wiki <no-reply@example.com>\""),
    }
    let ca_file = section.text("ca_file").map(|f| section.reader.base.join(f));
    if ca_file.as_ref().is_some_and(|f| !f.is_file()) {
        section.fault("ca_file", "there is no such file");
    }
    let smtp = from.map(|from| Smtp {
        host,
        port: u16::try_from(section.number("port", port, 1..=65_535)).unwrap_or(25),
        tls,
        ca_file,
        credentials,
        from,
        timeout: section.duration("timeout", Duration::from_secs(10)),
    });
    section.finish();
    smtp
}

fn enrolment(section: &Section<'_>, methods: &[MethodSettings]) -> Enrolment {
    if let Some(policy) = section.text("policy")
        && policy != "required"
    {
        section.fault("policy", format!("{policy:?} is not supported yet; write \"required\""));
    }
    let first_open = match section.text("first_enrolment").as_deref() {
        None | Some("guarded") => false,
        Some("open") => true,
        Some(other) => {
            section.fault("first_enrolment", format!("found {other:?}; write \"guarded\" or \"open\""));
            false
        }
    };
    let confirm_with = section.get("confirm_with").map(|item| method_names(&item, methods)).unwrap_or_default();
    let networks = section.get("enrol_networks").map(|item| networks(&item)).unwrap_or_default();
    section.finish();
    Enrolment { confirm_with, first_open, networks }
}

fn limits(section: &Section<'_>) -> Limits {
    let attempts = section.section("attempts");
    let sends = section.section("sends");
    let limits = Limits {
        attempts: Attempts {
            max: u32::try_from(attempts.number("max", 5, 1..=100)).unwrap_or(5),
            within: attempts.duration("within", 15 * MINUTE),
            lock: attempts.duration("lock", 15 * MINUTE),
        },
        sends: Sends {
            max: u32::try_from(sends.number("max", 5, 1..=10_000)).unwrap_or(5),
            within: sends.duration("within", HOUR),
            resend_after: sends.duration("resend_after", Duration::from_secs(30)),
            per_day: u32::try_from(sends.number("per_day", 10_000, 1..=100_000_000)).unwrap_or(10_000),
        },
    };
    attempts.finish();
    sends.finish();
    section.finish();
    limits
}
