//! `[apps.directory]`: a file, a database, an LDAP server or a web service.

use std::time::Duration;

use super::identity::pairs;
use super::question::question;
use super::reader::Section;
use super::settings::*;

pub(super) fn read(section: &Section<'_>) -> Option<Directory> {
    let source = match section.text("source").as_deref() {
        Some("file") => file(section),
        Some("sql") => question(section, "login").map(DirectorySource::Sql),
        Some("ldap") => ldap(section).map(DirectorySource::Ldap),
        Some("http") => http(section).map(DirectorySource::Http),
        _ => {
            section.fault("source", "write \"file\", \"sql\", \"ldap\" or \"http\"");
            return None;
        }
    };
    let (cache, timeout) =
        (section.duration("cache", Duration::from_secs(300)), section.duration("timeout", Duration::from_secs(5)));
    let exact = section.flag("exact");
    section.finish();
    Some(Directory { source: source?, cache, timeout, exact })
}

fn file(section: &Section<'_>) -> Option<DirectorySource> {
    let path = section.text("path");
    let full = section.reader.base.join(path.as_deref().unwrap_or(""));
    if !full.is_file() {
        section.fault("path", "there is no such file; write the path of a users.toml, relative to this file");
        return None;
    }
    Some(DirectorySource::File(full))
}

fn ldap(section: &Section<'_>) -> Option<LdapDirectory> {
    let url = section.text("url").and_then(|text| url::Url::parse(&text).ok()).filter(|u| matches!(u.scheme(), "ldap" | "ldaps"));
    if url.is_none() {
        section.fault("url", "the server is missing; write url = \"ldaps://ldap.example.com\"");
    }
    let start_tls = section.flag("start_tls");
    let bind = match (section.text("bind_dn"), section.get("bind_password")) {
        (Some(dn), Some(password)) => Some((dn, password.secret()?)),
        (None, None) => None,
        _ => {
            section.fault("bind_dn", "write both bind_dn and bind_password, or none of them");
            None
        }
    };
    let accepts_plain = section.flag("dangerously_accept_ldap");
    if let (Some(url), Some(_)) = (&url, &bind)
        && url.scheme() == "ldap"
        && !start_tls
        && !accepts_plain
        && !super::literals::is_loopback_host(url.host_str().unwrap_or(""))
    {
        section.fault("url", "the password would cross the network unencrypted; write ldaps://, or start_tls = true");
    }
    let base = section.text("base");
    if base.is_none() {
        section.fault("base", "where users are is missing; write base = \"ou=people,dc=example,dc=com\"");
    }
    let filter = section.text("filter").unwrap_or_else(|| "(|(uid={login})(mail={login}))".into());
    if !filter.contains("{login}") || !filter.starts_with('(') {
        section.fault("filter", "write a filter with {login} in it, such as \"(uid={login})\"");
    }
    let attributes = section.section("attributes");
    let mut attributes = if attributes.names().is_empty() {
        vec![("email".into(), "mail".into()), ("phone_number".into(), "mobile".into())]
    } else {
        pairs(&attributes)
    };
    if let Some(groups) = section.text("groups_attribute") {
        attributes.push(("groups".into(), groups));
    }
    Some(LdapDirectory {
        url: url?,
        start_tls,
        ca: section.text("ca").map(|path| section.reader.base.join(path)),
        bind,
        base: base?,
        filter,
        id_attribute: section.text("id_attribute").unwrap_or_else(|| "uid".into()),
        attributes,
    })
}

fn http(section: &Section<'_>) -> Option<HttpDirectory> {
    let item = section.get("url");
    let url = item.as_ref().and_then(|item| {
        let accept_http = section.flag("dangerously_accept_http");
        item.url(accept_http)?;
        item.text()
    });
    if !url.as_deref().is_some_and(|url| url.contains("{login}")) {
        section.fault("url", "write the address with {login} in it, such as \"https://hr.example.com/users/{login}\"");
    }
    let headers = section.section("headers");
    let read = |name: &String| Some((name.parse().ok()?, headers.get(name)?.secret()?));
    let pointer = |text: &String| text.starts_with('/');
    let id = section.text("id").unwrap_or_else(|| "/id".into());
    let attributes = pairs(&section.section("attributes"));
    if !pointer(&id) || !attributes.iter().all(|(_, text)| pointer(text)) {
        section.fault("id", "id and attributes are JSON pointers; write them like \"/user/name\"");
    }
    let headers = headers.names().iter().filter_map(read).collect();
    Some(HttpDirectory { url: url?, headers, id, attributes })
}
