//! The decision: one pure function. Rules, identity, gate session and time in; a permit, a challenge or a refusal out.
//!
//! [`Permit`] can be made only here, and [`Admitted`] only from a permit; the proxy takes nothing else.

mod admitted;
mod rules;
#[cfg(test)]
mod table;

use std::net::IpAddr;

use http::Method;

use crate::canonical::is_safe;
use crate::config::settings::{Action, App};
use crate::identity::Purpose;
use crate::model::{Requirement, Timestamp, User, UserId, Verification};
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
    /// The client's address.
    pub ip: IpAddr,
    /// Does it ask for an upgrade?
    pub upgrade: bool,
    /// What it is for.
    pub purpose: &'a Purpose,
    /// Whose it is.
    pub standing: Standing<'a>,
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
}

/// Decides. No input, no output, no clock.
pub fn decide(facts: &Facts<'_>, now: Timestamp) -> Decision {
    let user = match facts.standing {
        Standing::LoggedIn { user, .. } => Some(user),
        _ => None,
    };
    let action = rules::first_match(facts, user);
    if matches!(action, Some(Action::Deny)) {
        return Decision::Refuse(Refuse::Denied);
    }
    if matches!(facts.standing, Standing::LoggingIn) {
        return Decision::Refuse(Refuse::LoginInProgress);
    }
    let trusted = matches!(action, Some(Action::Trust));
    match facts.purpose {
        Purpose::Logout => return decide_logout(facts, trusted, now),
        Purpose::Login(name) => return decide_login(facts, name.as_ref(), trusted, now),
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
pub fn wanted(app: &App, path: &str, ip: IpAddr, gate: &GateRow, now: Timestamp) -> Option<Requirement> {
    let facts = Facts {
        app,
        path,
        method: &Method::GET,
        ip,
        upgrade: false,
        purpose: &Purpose::Ordinary,
        standing: Standing::LoggedIn { user: &gate.user, gate: Some(gate) },
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

fn decide_login(facts: &Facts<'_>, name: Option<&UserId>, trusted: bool, now: Timestamp) -> Decision {
    if facts.upgrade {
        return Decision::Refuse(Refuse::UpgradeUnverified);
    }
    match facts.standing {
        Standing::LoggedIn { user, gate } if trusted || verification(gate, now).is_some() => {
            if name == Some(&user.id) {
                Decision::Admit(Permit::new(Kind::LoginAgain, Because::Login))
            } else {
                Decision::Refuse(Refuse::UseAnotherAccount)
            }
        }
        // The credentials of an unverified session stay here; the login itself is a stranger's.
        Standing::LoggedIn { .. } | Standing::Stranger => Decision::Admit(Permit::new(Kind::Login, Because::Login)),
        Standing::Anonymous => Decision::Admit(Permit::new(Kind::Login, Because::Login)),
        Standing::LoggingIn => Decision::Refuse(Refuse::LoginInProgress),
    }
}

fn decide_logout(facts: &Facts<'_>, trusted: bool, now: Timestamp) -> Decision {
    match facts.standing {
        Standing::LoggedIn { gate, .. } if trusted || verification(gate, now).is_some() => {
            Decision::Admit(Permit::new(Kind::Logout, Because::Logout))
        }
        _ => Decision::Leave,
    }
}
