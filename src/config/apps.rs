//! `[[apps]]`: upstream, cookies, login paths, identity, directory and rules.

use std::time::Duration;

use super::reader::{Item, Section};
use super::settings::*;
use super::values::{method_names, networks};
use crate::model::{AppName, Realm, Requirement};

pub(super) fn all(top: &Section<'_>, methods: &[MethodSettings]) -> Vec<App> {
    let Some(list) = top.get("apps") else {
        top.fault("apps", "no app is configured; add [[apps]] with name and upstream");
        return Vec::new();
    };
    let items = list.items();
    let apps: Vec<App> = items.iter().filter_map(|item| one(&item.section()?, methods, items.len() > 1)).collect();
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

fn one(section: &Section<'_>, methods: &[MethodSettings], several: bool) -> Option<App> {
    let name = section.text("name").unwrap_or_else(|| "app".into());
    let realm = section.text("realm").unwrap_or_else(|| name.clone());
    let host = section.text("host").map(|h| h.to_ascii_lowercase());
    if several && host.is_none() {
        section.fault("host", "with more than one app each needs a host; write host = \"wiki.example.com\"");
    }
    let upstream = match section.get("upstream") {
        Some(item) => upstream(&item),
        None => {
            section.fault("upstream", "where the app is is missing; write upstream = \"http://127.0.0.1:8000\"");
            None
        }
    };
    let session_cookies = globs(section, "session_cookies");
    if session_cookies.texts().is_empty() {
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
    if login_paths.is_empty() {
        section.fault("login_paths", "where the app takes passwords is missing; write login_paths = [\"/login\"]");
    }
    let identity = section.section("identity");
    let identity = identity_of(&identity);
    let directory = section.get("directory").and_then(|item| item.section()).and_then(|s| directory(&s));
    let rules = section
        .get("rules")
        .map(|item| item.items().iter().filter_map(|item| rule(&item.section()?, methods)).collect())
        .unwrap_or_default();
    let session_headers = section.texts("session_headers").into_iter().map(|h| h.to_ascii_lowercase()).collect();
    let (session_params, allow_in_path) = (section.texts("session_params"), section.texts("dangerously_allow_paths"));
    let (logout_paths, not_login_paths) = (paths("logout_paths"), paths("not_login_paths"));
    section.finish();
    Some(App {
        name: AppName::new(&name),
        realm: Realm::new(realm),
        host,
        upstream: upstream.unwrap_or(Upstream { host: "".into(), port: 0 }),
        session_cookies,
        harmless_cookies,
        session_headers,
        session_params,
        login_paths,
        logout_paths,
        not_login_paths,
        allow_in_path,
        identity: identity?,
        directory,
        rules,
    })
}

fn upstream(item: &Item<'_>) -> Option<Upstream> {
    let text = item.text()?;
    let url = url::Url::parse(&text).ok().filter(|u| u.scheme() == "http" && u.path() == "/" && u.host_str().is_some());
    match url {
        Some(url) => Some(Upstream {
            host: url.host_str()?.trim_matches(['[', ']']).into(),
            port: url.port_or_known_default().unwrap_or(80),
        }),
        None if text.starts_with("https://") => {
            item.fault("https:// upstreams are not supported yet; write an http:// address");
            None
        }
        None => {
            item.fault(format!("found {text:?}; write the app's address such as \"http://127.0.0.1:8000\""));
            None
        }
    }
}

fn globs(section: &Section<'_>, key: &str) -> Globs {
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

fn path_globs(item: &Item<'_>) -> Globs {
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

fn identity_of(section: &Section<'_>) -> Option<Identity> {
    let source = match section.text("source").as_deref() {
        None | Some("login_form") => Some(Source::LoginForm),
        Some("probe") => probe(section).map(Source::Probe),
        Some(other @ ("response_header" | "request_header" | "jwt" | "basic" | "sql")) => {
            section.fault("source", format!("{other:?} is not supported yet; write \"login_form\" or \"probe\""));
            None
        }
        Some(other) => {
            section.fault("source", format!("found {other:?}; write \"login_form\" or \"probe\""));
            None
        }
    };
    let confirm = section.get("confirm").and_then(|item| item.section()).and_then(|confirm| {
        if let Some(other) = confirm.text("source").filter(|s| s != "probe") {
            confirm.fault("source", format!("{other:?} is not supported yet here; write \"probe\""));
        }
        let probe = probe(&confirm);
        confirm.finish();
        probe
    });
    let answer = section.text("login_answer");
    if answer.as_deref().is_some_and(|a| a != "pass" && a != "gate") {
        section.fault("login_answer", "write \"pass\", or remove it");
    }
    let identity = source.map(|source| Identity {
        source,
        confirm,
        username_field: section.text("username_field").unwrap_or_else(|| "username".into()),
        password_field: section.text("password_field").unwrap_or_else(|| "password".into()),
        failure: section.get("failure").and_then(|i| i.section()).map(|s| signs(&s)),
        success: section.get("success").and_then(|i| i.section()).map(|s| signs(&s)),
        pass_login_answer: answer.as_deref() == Some("pass"),
        follow_rotation: section.flag("dangerously_follow_rotation"),
    });
    section.finish();
    identity
}

fn signs(section: &Section<'_>) -> LoginSigns {
    let status = section.get("status").map(|item| match item.value.is_array() {
        true => item.items().iter().filter_map(|i| i.number(100..=599)).collect(),
        false => item.number(100..=599).into_iter().collect::<Vec<u64>>(),
    });
    let signs = LoginSigns {
        status: status.unwrap_or_default().into_iter().filter_map(|n| u16::try_from(n).ok()).collect(),
        location: section.get("location").map(|item| path_globs(&item)),
        cookie: section.text("cookie"),
        css: section.get("css").and_then(|item| selector(&item, &item.text()?)),
    };
    section.finish();
    signs
}

fn selector(item: &Item<'_>, text: &str) -> Option<String> {
    if text.parse::<lol_html::Selector>().is_err() {
        item.fault(format!("{text:?} is no CSS selector that the gate understands"));
        return None;
    }
    Some(text.to_owned())
}

fn probe(section: &Section<'_>) -> Option<Probe> {
    let path = section.text("path");
    if !path.as_deref().is_some_and(|p| p.starts_with('/') && p.parse::<http::Uri>().is_ok()) {
        section.fault("path", "the address to ask is missing; write path = \"/api/me\"");
    }
    let user = section.get("user");
    if user.is_none() {
        section.fault("user", "where the user's id stands is missing; write user = \"json:/username\"");
    }
    let user = user.and_then(|item| extract(&item));
    let attributes = section.section("attributes");
    let named =
        attributes.names().into_iter().filter_map(|name| Some((name.clone(), extract(&attributes.get(&name)?)?))).collect();
    Some(Probe {
        path: path?,
        attributes: named,
        anonymous: section.text("anonymous"),
        refresh: section.duration("refresh", Duration::from_secs(30)),
        timeout: section.duration("timeout", Duration::from_secs(5)),
        user: user?,
    })
}

fn extract(item: &Item<'_>) -> Option<Extract> {
    let text = item.text()?;
    let found = match text.split_once(':') {
        Some(("json", pointer)) if pointer.is_empty() || pointer.starts_with('/') => Some(Extract::Json(pointer.into())),
        Some(("header", name)) => name.parse::<http::HeaderName>().ok().map(|n| Extract::Header(n.to_string())),
        Some(("regex", pattern)) => match regex::Regex::new(pattern) {
            Ok(regex) if regex.captures_len() >= 2 => Some(Extract::Regex(regex)),
            Ok(_) => {
                item.fault("the regex has no group; put ( ) round what is the value");
                return None;
            }
            Err(e) => {
                item.fault(format!("this is no regex: {e}"));
                return None;
            }
        },
        Some(("css", rest)) => {
            let (selector_text, attribute) = match rest.rsplit_once('@') {
                Some((s, a)) if !a.contains(['"', ']', ' ']) => (s, Some(a.to_owned())),
                _ => (rest, None),
            };
            Some(Extract::Css { selector: selector(item, selector_text)?, attribute })
        }
        _ => None,
    };
    if found.is_none() {
        item.fault(format!("found {text:?}; write \"json:/pointer\", \"css:selector\", \"header:Name\" or \"regex:…(…)…\""));
    }
    found
}

fn directory(section: &Section<'_>) -> Option<Directory> {
    let source = section.text("source");
    match source.as_deref() {
        Some("file") => {
            let path = section.text("path");
            section.finish();
            let full = section.reader.base.join(path.as_deref().unwrap_or(""));
            if !full.is_file() {
                section.fault("path", "there is no such file; write the path of a users.toml, relative to this file");
                return None;
            }
            Some(Directory::File(full))
        }
        Some(other @ ("sql" | "ldap" | "http")) => {
            section.fault("source", format!("{other:?} is not supported yet; write \"file\""));
            None
        }
        _ => {
            section.fault("source", "write source = \"file\" and path = \"users.toml\"");
            None
        }
    }
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
