//! `[[apps]]`: upstream, cookies, login paths, identity, directory and rules.

use super::identity::Needs;
use super::reader::{Item, Section};
use super::settings::*;
use super::values::{method_names, networks};
use super::{directory, identity, upstream};
use crate::model::{AppName, Realm, Requirement};

pub(super) fn all(top: &Section<'_>, methods: &[MethodSettings], proxies: bool) -> Vec<App> {
    let Some(list) = top.get("apps") else {
        top.fault("apps", "no app is configured; add [[apps]] with name and upstream");
        return Vec::new();
    };
    let items = list.items();
    let apps: Vec<App> = items.iter().filter_map(|item| one(&item.section()?, methods, items.len() > 1, proxies)).collect();
    for (i, app) in apps.iter().enumerate() {
        if apps[..i].iter().any(|other| other.name == app.name) {
            list.fault(format!("two apps have the name {}; give each its own", app.name));
        }
        if app.host.is_some() && apps[..i].iter().any(|other| other.host == app.host) {
            list.fault(format!("two apps have the host of {}; give each its own", app.name));
        }
    }
    apps
}

fn one(section: &Section<'_>, methods: &[MethodSettings], several: bool, proxies: bool) -> Option<App> {
    let name = section.text("name").unwrap_or_else(|| "app".into());
    let realm = section.text("realm").unwrap_or_else(|| name.clone());
    let host = section.text("host").map(|h| h.to_ascii_lowercase());
    if several && host.is_none() {
        section.fault("host", "with more than one app each needs a host; write host = \"wiki.example.com\"");
    }
    let upstream = upstream::read(section);
    let identity = identity::read(&section.section("identity"));
    if let Some(header) = identity.as_ref().and_then(Identity::request_header).filter(|_| !proxies) {
        section.fault("identity", format!("anyone could send {header}; name the proxy that sets it in server.trusted_proxies"));
    }
    let session_headers = session_headers(section);
    // An app that takes tokens, or a name and password each time, may have no session cookie and no login page.
    let needs = identity.as_ref().map_or(Needs { cookies: true, login: true }, identity::needs);
    let session_cookies = session_cookies(section, identity.as_ref());
    if session_cookies.texts().is_empty() && needs.cookies && session_headers.is_empty() {
        section.fault("session_cookies", "the app's session cookies are missing; write session_cookies = [\"sessionid\"]");
    }
    let harmless_cookies = globs(section, "harmless_cookies");
    for name in session_cookies.texts() {
        if harmless_cookies.matches(name) {
            section.fault("harmless_cookies", format!("{name:?} is a session cookie as well; write it in one list only"));
        }
    }
    let paths = |key: &str| section.get(key).map(|item| path_rules(&item)).unwrap_or_default();
    let login_paths = paths("login_paths");
    if login_paths.is_empty() && needs.login {
        section.fault("login_paths", "where the app takes passwords is missing; write login_paths = [\"/login\"]");
    }
    let directory = section.get("directory").and_then(|item| item.section()).and_then(|s| directory::read(&s));
    let rules = section
        .get("rules")
        .map(|item| item.items().iter().filter_map(|item| rule(&item.section()?, methods)).collect())
        .unwrap_or_default();
    let (session_params, refused_params) = (section.texts("session_params"), section.texts("refused_params"));
    let allow_in_path = section.texts("dangerously_allow_paths");
    let (logout_paths, not_login_paths) = (paths("logout_paths"), paths("not_login_paths"));
    section.finish();
    Some(App {
        name: AppName::new(&name),
        realm: Realm::new(realm),
        host,
        upstream,
        session_cookies,
        harmless_cookies,
        session_headers,
        session_params,
        refused_params,
        login_paths,
        logout_paths,
        not_login_paths,
        allow_in_path,
        identity: identity?,
        directory,
        rules,
    })
}

fn session_headers(section: &Section<'_>) -> Vec<http::HeaderName> {
    let texts = section.texts("session_headers");
    let read = |text: &String| match text.parse() {
        Ok(name) => Some(name),
        Err(_) => {
            section.fault("session_headers", format!("{text:?} is no header's name"));
            None
        }
    };
    texts.iter().filter_map(read).collect()
}

/// Those that are listed, and the one that the source reads.
fn session_cookies(section: &Section<'_>, identity: Option<&Identity>) -> Globs {
    let listed = globs(section, "session_cookies");
    match identity.and_then(Identity::witness).and_then(Witness::cookie) {
        Some(cookie) if !listed.matches(cookie) => {
            let all: Vec<String> = listed.texts().iter().cloned().chain([cookie.to_owned()]).collect();
            Globs::new(&all).unwrap_or(listed)
        }
        _ => listed,
    }
}

pub(super) fn globs(section: &Section<'_>, key: &str) -> Globs {
    let texts = section.texts(key);
    match Globs::new(&texts) {
        Ok(globs) => globs,
        Err(why) => {
            section.fault(key, why);
            Globs::none()
        }
    }
}

fn path_rules(item: &Item<'_>) -> Vec<PathRule> {
    let one = |item: &Item<'_>| -> Option<PathRule> {
        if item.value.is_str() {
            return Some(PathRule { path: path_globs(item), method: None, query: Vec::new(), field: Vec::new() });
        }
        let section = item.section()?;
        let path = section.get("path").map(|item| path_globs(&item));
        if path.is_none() {
            section.fault("path", "the path is missing");
        }
        let pairs = |key: &str| -> Vec<(String, String)> {
            let table = section.section(key);
            table.names().into_iter().filter_map(|name| Some((name.clone(), table.text(&name)?))).collect()
        };
        let rule = PathRule {
            path: path?,
            method: section.text("method").map(|m| m.to_ascii_uppercase()),
            query: pairs("query"),
            field: pairs("field"),
        };
        section.finish();
        Some(rule)
    };
    if item.value.is_array() { item.items().iter().filter_map(one).collect() } else { one(item).into_iter().collect() }
}

pub(super) fn path_globs(item: &Item<'_>) -> Globs {
    let texts = item.texts();
    for text in &texts {
        if !text.starts_with('/') && !text.starts_with("**") {
            item.fault(format!("found {text:?}; write a path that begins with /"));
        }
    }
    Globs::new(&texts).unwrap_or_else(|why| {
        item.fault(why);
        Globs::none()
    })
}

fn rule(section: &Section<'_>, methods: &[MethodSettings]) -> Option<Rule> {
    let path = section.get("path").map_or_else(Globs::none, |item| path_globs(&item));
    let networks = section.get("networks").map(|item| networks(&item)).unwrap_or_default();
    let users = section.texts("users");
    let wanted = section.get("methods").map(|item| method_names(&item, methods)).unwrap_or_default();
    let max_age = section.get("max_age").and_then(|item| item.duration());
    let requirement = Requirement { methods: wanted, max_age_ms: max_age.and_then(|d| i64::try_from(d.as_millis()).ok()) };
    let has_step_up = requirement != Requirement::default();
    let action = match section.text("action").as_deref() {
        None | Some("require") => Action::Require(requirement),
        Some("anonymous") => Action::Anonymous,
        Some("trust") => Action::Trust,
        Some("deny") => Action::Deny,
        Some(other) => {
            section.fault("action", format!("found {other:?}; write \"require\", \"anonymous\", \"trust\" or \"deny\""));
            return None;
        }
    };
    if has_step_up && !matches!(action, Action::Require(_)) {
        section.fault("action", "max_age and methods belong to action = \"require\"");
    }
    if action == Action::Trust && networks.is_empty() && users.is_empty() {
        section.fault("action", "this would trust everyone; add networks or users");
    }
    if networks.iter().any(|n| n.prefix_len() == 0) {
        section.fault("networks", "this is the whole world; write a network of your own");
    }
    let rule = Rule {
        path,
        http_methods: section.texts("http_methods").into_iter().map(|m| m.to_ascii_uppercase()).collect(),
        networks,
        users,
        action,
    };
    section.finish();
    Some(rule)
}
