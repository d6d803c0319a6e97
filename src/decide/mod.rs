//! The decision: one pure function. Rules, identity, gate session and time in; a permit, a challenge or a refusal out.
//!
//! [`Permit`] can be made only here, and [`Admitted`] only from a permit; the proxy takes nothing else.

mod admitted;
mod rules;
#[cfg(test)]
mod table;

use http::Method;

use crate::canonical::{Malformed, is_safe};
use crate::config::settings::{Action, App, PathRule, Rule};
use crate::identity::Purpose;
use crate::model::{Client, Requirement, Timestamp, User, UserId, Verification};
use crate::store::GateRow;
pub use admitted::{Admitted, Because, Kind, Permit};

/// Whose request it is, as far as the gate knows.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// No session that the gate knows.
    Stranger,
    /// A session that nobody has logged in to.
    Anonymous,
    /// A session whose login is on its way to the app just now.
    LoggingIn,
    /// A session with a user, and the gate session that is bound to it, if this client showed it.
    LoggedIn {
        /// Who.
        user: &'a User,
        /// The gate session bound to this session and user.
        gate: Option<&'a GateRow>,
    },
}

/// All that a decision may depend on.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The app's rules.
    pub app: &'a App,
    /// The canonical path.
    pub path: &'a str,
    /// The method.
    pub method: &'a Method,
    /// Where the client is.
    pub client: Client,
    /// Does it ask for an upgrade?
    pub upgrade: bool,
    /// What it is for.
    pub purpose: &'a Purpose,
    /// Whose it is.
    pub standing: Standing<'a>,
    /// Does its form name another session than that?
    pub names_another: bool,
}

/// What happens to a request.
#[derive(Debug)]
pub enum Decision {
    /// It goes to the app, in the way that the permit says.
    Admit(Permit),
    /// A second factor first.
    Challenge(Challenge),
    /// The gate answers a logout of an unverified session itself.
    Leave,
    /// No.
    Refuse(Refuse),
}

/// Why a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// No second factor has been passed in this session.
    First(Requirement),
    /// One has, but this wants a fresher or a stronger one.
    StepUp(Requirement),
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refuse {
    /// A rule says deny.
    Denied,
    /// A stranger may look and log in, nothing else.
    SignInFirst,
    /// An upgrade without a verified session.
    UpgradeUnverified,
    /// Another login of this session is on its way.
    LoginInProgress,
    /// A login as someone else on a verified session.
    UseAnotherAccount,
    /// A login at an address that isn't in `login_paths`, and no source to ask whether it worked.
    LoginElsewhere,
    /// What only a session that it goes on with may send.
    Malformed(Malformed),
}

/// Decides. No input, no output, no clock.
pub fn decide(facts: &Facts<'_>, now: Timestamp) -> Decision {
    let user = match facts.standing {
        Standing::LoggedIn { user, .. } => Some(user),
        _ => None,
    };
    let rule = rules::first_match(facts, user);
    let action = rule.map(|rule| &rule.action);
    if matches!(action, Some(Action::Deny)) {
        return Decision::Refuse(Refuse::Denied);
    }
    if matches!(facts.standing, Standing::LoggingIn) {
        return Decision::Refuse(Refuse::LoginInProgress);
    }
    let trusted = matches!(action, Some(Action::Trust));
    match facts.purpose {
        Purpose::Logout => return decide_logout(facts, rule, trusted, now),
        Purpose::Login { user, listed } => return decide_login(facts, user.as_ref(), *listed, rule, now),
        Purpose::Inside { otherwise, .. } => {
            let goes_on = matches!(facts.standing, Standing::LoggedIn { .. }) && !matches!(action, Some(Action::Anonymous));
            if !goes_on || facts.names_another {
                return Decision::Refuse(Refuse::Malformed(*otherwise));
            }
        }
        Purpose::Ordinary | Purpose::LoginPage => {}
    }
    if matches!(action, Some(Action::Anonymous)) && *facts.purpose != Purpose::LoginPage {
        return if facts.upgrade {
            Decision::Refuse(Refuse::UpgradeUnverified)
        } else {
            Decision::Admit(Permit::new(Kind::Stripped, Because::AnonymousRule))
        };
    }
    let Standing::LoggedIn { gate, .. } = facts.standing else {
        return decide_stranger(facts);
    };
    if trusted {
        return Decision::Admit(Permit::new(Kind::Trusted, Because::TrustRule));
    }
    let none = Requirement::default();
    let wanted = match action {
        Some(Action::Require(wanted)) => wanted,
        _ => &none,
    };
    match verification(gate, now) {
        None => Decision::Challenge(Challenge::First(wanted.clone())),
        Some((gate, last)) if wanted.is_met_by(&gate.verifications, now) => {
            Decision::Admit(Permit::new(Kind::Verified, Because::Verification(last.clone())))
        }
        Some(_) => Decision::Challenge(Challenge::StepUp(wanted.clone())),
    }
}

/// The step-up that a path wants from a gate session now; `None`: nothing is missing.
pub fn wanted(app: &App, path: &str, client: Client, gate: &GateRow, now: Timestamp) -> Option<Requirement> {
    let facts = Facts {
        app,
        path,
        method: &Method::GET,
        client,
        upgrade: false,
        purpose: &Purpose::Ordinary,
        standing: Standing::LoggedIn { user: &gate.user, gate: Some(gate) },
        names_another: false,
    };
    match decide(&facts, now) {
        Decision::Challenge(Challenge::First(wanted) | Challenge::StepUp(wanted)) => Some(wanted),
        _ => None,
    }
}

fn verification(gate: Option<&GateRow>, now: Timestamp) -> Option<(&GateRow, &Verification)> {
    let gate = gate.filter(|g| now < g.expires_at)?;
    Some((gate, gate.verifications.last()?))
}

fn decide_stranger(facts: &Facts<'_>) -> Decision {
    if facts.upgrade {
        return Decision::Refuse(Refuse::UpgradeUnverified);
    }
    if !is_safe(facts.method) {
        return Decision::Refuse(Refuse::SignInFirst);
    }
    match facts.purpose {
        Purpose::LoginPage => Decision::Admit(Permit::new(Kind::LoginPage, Because::Stranger)),
        _ => Decision::Admit(Permit::new(Kind::Stripped, Because::Stranger)),
    }
}

fn decide_login(facts: &Facts<'_>, name: Option<&UserId>, listed: bool, rule: Option<&Rule>, now: Timestamp) -> Decision {
    if facts.upgrade {
        return Decision::Refuse(Refuse::UpgradeUnverified);
    }
    let trusted = rule.is_some_and(|rule| rule.action == Action::Trust);
    match facts.standing {
        Standing::LoggedIn { user, gate } if trusted || verification(gate, now).is_some() => {
            if name != Some(&user.id) {
                Decision::Refuse(Refuse::UseAnotherAccount)
            } else if let Some(wanted) = missing(facts, &facts.app.login_paths, rule, gate, now) {
                Decision::Challenge(Challenge::StepUp(wanted))
            } else {
                Decision::Admit(Permit::new(Kind::LoginAgain, Because::Login))
            }
        }
        Standing::LoggingIn => Decision::Refuse(Refuse::LoginInProgress),
        // Any page could be the answer to fields that the app didn't ask for: nothing would tell a login that worked.
        // (A token in the answer would, or a cookie that the file says nothing else sets.)
        _ if !listed && !facts.app.identity.tells_logins() => Decision::Refuse(Refuse::LoginElsewhere),
        // The credentials of an unverified session stay here; the login itself is a stranger's.
        _ => Decision::Admit(Permit::new(Kind::Login, Because::Login)),
    }
}

fn decide_logout(facts: &Facts<'_>, rule: Option<&Rule>, trusted: bool, now: Timestamp) -> Decision {
    match facts.standing {
        Standing::LoggedIn { gate, .. } if trusted || verification(gate, now).is_some() => {
            match missing(facts, &facts.app.logout_paths, rule, gate, now) {
                Some(wanted) => Decision::Challenge(Challenge::StepUp(wanted)),
                None => Decision::Admit(Permit::new(Kind::Logout, Because::Logout)),
            }
        }
        _ => Decision::Leave,
    }
}

/// The step-up that a login or a logout is in want of. An address that does nothing else needs none, unless a rule
/// names it; where a field or a glob makes it one, the app may do more with the request.
fn missing(
    facts: &Facts<'_>,
    own: &[PathRule],
    rule: Option<&Rule>,
    gate: Option<&GateRow>,
    now: Timestamp,
) -> Option<Requirement> {
    let rule = rule?;
    let Action::Require(wanted) = &rule.action else { return None };
    let is_this = |texts: &[String]| texts.iter().any(|text| text == facts.path);
    let does_nothing_else = own.iter().any(|r| r.query.is_empty() && r.field.is_empty() && is_this(r.path.texts()));
    if does_nothing_else && !is_this(rule.path.texts()) {
        return None;
    }
    let (gate, _) = verification(gate, now)?;
    (!wanted.is_met_by(&gate.verifications, now)).then(|| wanted.clone())
}
