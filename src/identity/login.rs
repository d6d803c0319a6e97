//! Which requests log in or out, and what the app's answer to a login means.

use http::{HeaderMap, Method, StatusCode, header};

use super::extract::has_element;
use super::witness::local_path;
use crate::canonical::cookies::is_deletion;
use crate::canonical::form::{Field, Form, ODD};
use crate::canonical::reading::Possible;
use crate::canonical::{Malformed, is_safe};
use crate::config::settings::{App, LoginSigns, PathRule};
use crate::model::Timestamp;
use crate::words::id;

const AMBIGUOUS: Malformed =
    Malformed { status: 400, reason: "ambiguous_form", sentence: id::ODD_USER_NAME, clear_cookies: false };

/// What a request is for, before a name is mapped to a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Anything.
    Ordinary,
    /// Anything but a login, whatever else its form is read as.
    Unsure,
    /// To see the login page.
    LoginPage,
    /// To log in.
    Login {
        /// Under this name, if one was submitted.
        name: Option<String>,
        /// At an address of `login_paths`; else it is known by its fields only.
        listed: bool,
    },
    /// To log out.
    Logout,
}

const NO_PAGE: Malformed = Malformed { status: 400, reason: "login_method", sentence: id::ODD_LOGIN_WAY, clear_cookies: false };

/// Is this where people log in, whatever else the request says?
fn is_login_path(app: &App, path: &str) -> bool {
    app.login_paths.iter().any(|rule| rule.path.matches(path))
}

/// Can what isn't read yet, the body, make this a login by its path? Where an app does everything on one address, the query
/// may say already that it can't; of a `field`, a body may have another value.
pub fn may_be_login(app: &App, method: &Method, path: &str, query: &Form) -> bool {
    app.login_paths.iter().any(|rule| may_be(rule, method, path, query))
}

fn may_be(rule: &PathRule, method: &Method, path: &str, query: &Form) -> bool {
    let may_be = |(name, value): &(String, String)| match query.field(name) {
        Field::Once(given) => given == value,
        Field::Absent | Field::Respelled | Field::Ambiguous => true,
    };
    rule.path.matches(path)
        && rule.method.as_ref().is_none_or(|wanted| method.as_str() == wanted)
        && rule.query.iter().all(may_be)
}

/// Does a redirect lead to a login page? Where an app does everything on one address, its query tells.
pub fn leads_to_login(app: &App, location: &str) -> bool {
    let Some(to) = url::Url::parse("http://app.invalid/").ok().and_then(|base| base.join(location).ok()) else { return false };
    let has = |(name, value): &(String, String)| to.query_pairs().any(|(n, v)| n == *name && v == *value);
    app.login_paths.iter().any(|rule| rule.path.matches(to.path()) && rule.query.iter().chain(&rule.field).all(has))
}

/// What a request is for. Logout is matched first.
pub fn aim(app: &App, method: &Method, path: &str, form: &Form) -> Result<Aim, Malformed> {
    if app.logout_paths.iter().any(|rule| rule_matches(rule, method, path, form, false)) {
        return Ok(Aim::Logout);
    }
    let exempt = app.not_login_paths.iter().any(|rule| rule_matches(rule, method, path, form, false));
    let identity = &app.identity;
    let (name, password) = (form.field(&identity.username_field), form.field(&identity.password_field));
    let listed = app.login_paths.iter().any(|rule| rule_matches(rule, method, path, form, true));
    let carries_both = name != Field::Absent && password != Field::Absent;
    let is_list = !(form.is_beside_lists(&identity.username_field) && form.is_beside_lists(&identity.password_field));
    if carries_both && is_list && !listed && !exempt {
        return Ok(Aim::Unsure);
    }
    if (listed || carries_both) && !exempt {
        // Their answers have no page that could say that it didn't work.
        if matches!(*method, Method::HEAD | Method::OPTIONS) {
            return Err(NO_PAGE);
        }
        return match name {
            // An app that finds the rest in the body may find another name there: what stands here isn't believed.
            Field::Once(_) if form.is_beside_the_body(&identity.username_field) => {
                let both = form.is_beside_the_body(&identity.password_field);
                if both { Err(AMBIGUOUS) } else { Ok(Aim::Login { name: None, listed }) }
            }
            // What takes strings as C does ends a name at NUL.
            Field::Once(name) if name.chars().any(char::is_control) => Err(AMBIGUOUS),
            // A form without the name, or with an empty one: a later step, in which the app knows it already.
            Field::Once(name) if name.trim().is_empty() => Ok(Aim::Login { name: None, listed }),
            Field::Once(name) => Ok(Aim::Login { name: Some(name.to_owned()), listed }),
            Field::Absent | Field::Respelled => Ok(Aim::Login { name: None, listed }),
            Field::Ambiguous => Err(AMBIGUOUS),
        };
    }
    if is_safe(method) && is_login_path(app, path) {
        return Ok(Aim::LoginPage);
    }
    Ok(Aim::Ordinary)
}

/// What a request is for whose form can't be read with certainty; `query` is what can be of it. If any reading could make
/// it a login or a logout, nobody knows.
pub fn unsure_aim(app: &App, method: &Method, path: &str, query: &Form, possible: &Possible) -> Result<Aim, Malformed> {
    let could_be = |rule: &PathRule| {
        let mut wanted = rule.query.iter().chain(&rule.field);
        may_be(rule, method, path, query)
            && wanted.all(|(name, value)| query.field(name) == Field::Once(value) || possible.may_have(name))
    };
    if app.login_paths.iter().chain(&app.logout_paths).any(could_be) || is_safe(method) && is_login_path(app, path) {
        return Err(ODD);
    }
    let is_exempt = |rule: &PathRule| rule.field.is_empty() && rule_matches(rule, method, path, query, false);
    let identity = &app.identity;
    let could_log_in = possible.may_have(&identity.username_field) && possible.may_have(&identity.password_field);
    if could_log_in && !app.not_login_paths.iter().any(is_exempt) { Err(ODD) } else { Ok(Aim::Unsure) }
}

fn rule_matches(rule: &PathRule, method: &Method, path: &str, form: &Form, unsafe_only: bool) -> bool {
    let method_fits = match &rule.method {
        Some(wanted) => method.as_str() == wanted,
        None => !unsafe_only || !is_safe(method),
    };
    method_fits
        && rule.path.matches(path)
        && rule.query.iter().chain(&rule.field).all(|(name, value)| form.field(name) == Field::Once(value))
}

/// What the app's answer to a login means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did not work.
    Failed,
    /// It worked, as far as this answer tells.
    Succeeded,
    /// It can't be told; the reason is for the log.
    Undecided(String),
}

/// Does judging this answer need its body?
pub fn needs_body(app: &App, status: StatusCode) -> bool {
    let signs = [app.identity.failure.as_ref(), app.identity.success.as_ref()];
    match (signs[0], signs[1]) {
        _ if app.identity.token.is_some() => true,
        (None, None) => status.is_success(),
        _ => signs.into_iter().flatten().any(|s| s.css.is_some() || s.text.is_some()) && !status.is_redirection(),
    }
}

/// Has this answer nothing in it that could tell a failure from a success?
pub fn says_nothing(app: &App, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> bool {
    if app.identity.success.is_some() {
        return false;
    }
    if status.is_redirection() {
        return !headers.contains_key(header::LOCATION);
    }
    status.is_success() && body.is_empty() && needs_body(app, status)
}

/// Judges the answer to a login by the configured signs, else by the default ones.
pub fn outcome(app: &App, now: Timestamp, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Outcome {
    if status.is_server_error() {
        return Outcome::Undecided(format!("it answered {status}"));
    }
    let identity = &app.identity;
    let hit = |signs: &LoginSigns| signs_hold(signs, now, status, headers, body);
    match (&identity.failure, &identity.success) {
        (Some(failure), None) => match hit(failure) {
            Ok(true) => Outcome::Failed,
            Ok(false) => Outcome::Succeeded,
            Err(why) => Outcome::Undecided(why),
        },
        (failure, Some(success)) => {
            let failed = failure.as_ref().map_or(Ok(false), &hit);
            match (failed, hit(success)) {
                (Ok(false), Ok(true)) => Outcome::Succeeded,
                (Ok(_), Ok(_)) => Outcome::Failed,
                (Err(why), _) | (_, Err(why)) => Outcome::Undecided(why),
            }
        }
        (None, None) => default_outcome(app, status, headers, body),
    }
}

/// Failure is 4xx, a redirect to a login path, or a page with the password field in it.
fn default_outcome(app: &App, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Outcome {
    if status.is_client_error() {
        return Outcome::Failed;
    }
    if status.is_redirection() {
        let to = headers.get(header::LOCATION).and_then(|l| l.to_str().ok());
        return if to.is_some_and(|to| leads_to_login(app, to)) { Outcome::Failed } else { Outcome::Succeeded };
    }
    let field = app.identity.password_field.replace(['\\', '"'], "");
    match has_element(&format!("input[name=\"{field}\"]"), body) {
        Ok(true) => Outcome::Failed,
        Ok(false) => Outcome::Succeeded,
        Err(why) => Outcome::Undecided(why),
    }
}

fn signs_hold(signs: &LoginSigns, now: Timestamp, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<bool, String> {
    let status_fits = signs.status.is_empty() || signs.status.contains(&status.as_u16());
    let location_fits = signs.location.as_ref().is_none_or(|globs| {
        let to = headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).and_then(local_path);
        to.is_some_and(|path| globs.matches(&path))
    });
    let cookie_fits = signs.cookie.as_ref().is_none_or(|names| {
        headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .any(|line| cookie::Cookie::parse(line).is_ok_and(|c| names.matches(c.name()) && !is_deletion(&c, now)))
    });
    let css_fits = match &signs.css {
        Some(selector) => has_element(selector, body)?,
        None => true,
    };
    let text_fits = signs.text.as_ref().is_none_or(|text| String::from_utf8_lossy(body).contains(text.as_str()));
    Ok(status_fits && location_fits && cookie_fits && css_fits && text_fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::form::Sent;
    use crate::config;

    #[test]
    fn where_everything_has_one_address_the_query_tells_what_is_no_login() {
        let text = r#"
            [server]
            public_url = "http://127.0.0.1:8080"
            [[apps]]
            upstream = "http://127.0.0.1:8000"
            session_cookies = ["sid"]
            login_paths = ["/login", { path = "/", method = "POST", query = { task = "login" }, field = { do = "login" } }]
            [apps.identity]
            source = "login_form"
            [methods.app]
            handler = "app"
        "#;
        let settings = config::parse(text, "gate.toml", std::path::Path::new("."), &[]).unwrap();
        let may = |method: Method, path: &str, query: &str| {
            may_be_login(&settings.apps[0], &method, path, &Form::read(query, Sent::Nothing).unwrap())
        };
        for (path, query) in
            [("/login", "task=mail"), ("/", ""), ("/", "task=login"), ("/", "a=b&do=login"), ("/", "task=mail&task=login")]
        {
            assert!(may(Method::POST, path, query), "{path}?{query}");
        }
        for (path, query) in [("/", "task=mail"), ("/", "task=mail&do=login"), ("/other", "task=login")] {
            assert!(!may(Method::POST, path, query), "{path}?{query}");
        }
        assert!(may(Method::GET, "/login", "") && !may(Method::GET, "/", "task=login"));
    }
}
