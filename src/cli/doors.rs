//! Doors beside the login page: well-known addresses at which apps take passwords. `check` looks for them.

use std::time::Duration;

use http::{HeaderValue, Method, Request, header};

use crate::canonical::form::{Form, Sent};
use crate::config::settings::{Action, App};
use crate::identity::login::{Aim, aim};
use crate::model::Affinity;
use crate::upstream::body::Body;
use crate::upstream::{self, Class, Servers};

/// Address with the query that makes it a door, and what takes a password there.
const DOORS: [(&str, &str); 17] = [
    ("/xmlrpc.php", "WordPress' XML-RPC"),
    ("/lib/exe/xmlrpc.php", "DokuWiki's remote API"),
    ("/lib/exe/jsonrpc.php", "DokuWiki's remote API"),
    ("/api.php?action=login", "MediaWiki's API"),
    ("/api.php?action=clientlogin", "MediaWiki's API"),
    ("/mw-config/index.php", "MediaWiki's installer"),
    ("/setup/index.php", "phpMyAdmin's setup"),
    ("/api/token", "a token endpoint"),
    ("/api/token/", "a token endpoint"),
    ("/api-token-auth/", "Django REST framework's token endpoint"),
    ("/api/login", "a login for scripts"),
    ("/api/auth/login", "a login for scripts"),
    ("/auth/token", "a token endpoint"),
    ("/oauth/token", "an OAuth token endpoint (password grant)"),
    ("/oauth2/token", "an OAuth token endpoint (password grant)"),
    ("/j_security_check", "Java's form login"),
    ("/rest/auth/1/session", "Jira's login for scripts"),
];

/// The doors that answer and that neither a login path nor a `deny` rule covers.
pub(super) async fn open_doors(app: &App, servers: &Servers) -> Vec<(&'static str, &'static str)> {
    // An app that answers everything alike says nothing by its answer, nor one that takes a slash off every address.
    let Some(nothing) = answer(app, servers, "/mfa-gate-looks-for-nothing-here").await else { return Vec::new() };
    let Some(nothing_slash) = answer(app, servers, "/mfa-gate-looks-for-nothing-here/").await else { return Vec::new() };
    let mut open = Vec::new();
    for (target, what) in DOORS {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let form = Form::read(query, Sent::Nothing).unwrap_or_default();
        let covered = matches!(aim(app, &Method::POST, path, &form), Ok(Aim::Login { .. }))
            || app.rules.iter().any(|rule| rule.action == Action::Deny && rule.path.matches(path));
        let nothing = if path.ends_with('/') { &nothing_slash } else { &nothing };
        let found = if covered { None } else { answer(app, servers, target).await };
        if found.is_some_and(|found| found != *nothing && found.0 != 404 && found.0 < 500) {
            open.push((target, what));
        }
    }
    open
}

/// Status and kind of what stands at an address.
async fn answer(app: &App, servers: &Servers, path: &str) -> Option<(u16, Option<HeaderValue>)> {
    let host = app.host.clone().unwrap_or_else(|| servers.host());
    let request = Request::get(path).header(header::HOST, host).body(Body::Empty).ok()?;
    let sent = upstream::send(servers, Class::Stripped, Affinity::default(), request.into(), Duration::from_secs(5)).await;
    let answer = sent.ok()?;
    Some((answer.status().as_u16(), answer.headers().get(header::CONTENT_TYPE).cloned()))
}
