//! Which rule of an app is the first to match.

use super::Facts;
use crate::config::settings::{Action, Rule};
use crate::model::User;

/// The first rule that matches; `None` means `require`.
pub(super) fn first_match<'a>(facts: &Facts<'a>, user: Option<&User>) -> Option<&'a Rule> {
    facts.app.rules.iter().find(|rule| matches(rule, facts, user))
}

fn matches(rule: &Rule, facts: &Facts<'_>, user: Option<&User>) -> bool {
    let near = match facts.client.is_known {
        true => rule.networks.iter().any(|n| n.contains(&facts.client.ip.to_canonical())),
        // Nobody knows: it has no trust that a network has, and every closed door.
        false => rule.action == Action::Deny,
    };
    (rule.path.texts().is_empty() || rule.path.matches(facts.path))
        && (rule.http_methods.is_empty() || rule.http_methods.iter().any(|m| m == facts.method.as_str()))
        && (rule.networks.is_empty() || near)
        && (rule.users.is_empty() || user.is_some_and(|u| rule.users.iter().any(|name| name == u.id.as_str())))
}
