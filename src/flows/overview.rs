//! Which methods a user has, which is primary, and whether one may be added now.

use data_encoding::HEXLOWER;

use super::views::label_of;
use super::{BACKUP, FlowError, FlowResult, Flows, KeyView, Kind, MayEnrol, MethodView, Overview};
use crate::config::settings::{Handler, MethodSettings};
use crate::model::{MethodName, Requirement, Visitor};
use crate::store::{EnrolmentRow, GateRow};
use crate::words::id;

/// Changes of methods want a second factor no older than this.
pub(super) const FRESH_MS: i64 = 10 * 60 * 1000;

impl Flows {
    /// Everything that a page needs to know of a user's methods.
    pub async fn overview(&self, gate: &GateRow) -> FlowResult<Overview> {
        let (store, user) = (&self.0.store, &gate.user);
        let enrolments = store.enrolments(&user.realm, &user.id).await?;
        let chosen = store.user(&user.realm, &user.id).await?.and_then(|row| row.primary);
        let mut methods: Vec<MethodView> = self.0.settings.methods.iter().map(|m| self.view(m, gate, &enrolments)).collect();
        let primary = methods
            .iter()
            .position(|m| m.active && Some(&m.name) == chosen.as_ref())
            // A key beats a message by far, and nobody is phished with one.
            .or_else(|| methods.iter().position(|m| m.active && m.kind == Kind::Webauthn))
            .or_else(|| methods.iter().position(|m| m.active && m.from_directory))
            .or_else(|| {
                let oldest = enrolments
                    .iter()
                    .find(|e| e.confirmed_at.is_some() && methods.iter().any(|m| m.active && m.name == e.method));
                methods.iter().position(|m| m.active && Some(&m.name) == oldest.map(|e| &e.method))
            });
        if let Some(index) = primary {
            methods[index].primary = true;
        }
        let backup_left = store.backup_codes_left(&user.realm, &user.id).await?;
        let may_enrol = self.may_enrol(gate, &methods, None);
        Ok(Overview { methods, backup_left, may_enrol })
    }

    fn view(&self, method: &MethodSettings, gate: &GateRow, enrolments: &[EnrolmentRow]) -> MethodView {
        let own = || enrolments.iter().filter(|e| e.method == method.name);
        let since = own().find_map(|e| e.confirmed_at);
        let (mut address, mut from_directory, mut code) = (None, false, (6, true));
        let kind = match &method.handler {
            Handler::App(_) => Kind::App,
            Handler::Yubikey(_) => Kind::Yubikey,
            Handler::Webauthn(_) => Kind::Webauthn,
            Handler::Message(message) => {
                address = gate.user.attributes.text(&message.source_field);
                from_directory = message.enrol_directory && address.is_some();
                code = (message.code_length, message.code_alphabet.bytes().all(|b| b.is_ascii_digit()));
                Kind::Message
            }
        };
        let key = |e: &EnrolmentRow| {
            let since = e.confirmed_at?;
            Some(KeyView { id: HEXLOWER.encode(&e.id.0), name: e.label.clone(), since })
        };
        MethodView {
            name: method.name.clone(),
            verbose_name: method.verbose_name.clone(),
            label: label_of(method),
            kind,
            active: from_directory || (since.is_some() && (kind != Kind::Message || address.is_some())),
            primary: false,
            masked: address.map(|a| mask(&a)),
            from_directory,
            since,
            keys: if kind.holds_several() { own().filter_map(key).collect() } else { Vec::new() },
            code_length: code.0,
            numeric: code.1 && kind <= Kind::App,
        }
    }

    /// May this gate session add a method now?
    pub(super) fn may_enrol(&self, gate: &GateRow, methods: &[MethodView], visitor: Option<&Visitor>) -> MayEnrol {
        let enrolment = &self.0.settings.enrolment;
        if !methods.iter().any(|m| m.active) {
            let near = visitor.is_some_and(|v| v.is_known && enrolment.networks.iter().any(|n| n.contains(&v.ip.to_canonical())));
            return if enrolment.first_open || near { MayEnrol::Yes } else { MayEnrol::NeedsInvite };
        }
        let confirm: Vec<MethodName> =
            methods.iter().filter(|m| m.active && enrolment.confirm_with.contains(&m.name)).map(|m| m.name.clone()).collect();
        let wanted = Requirement { methods: confirm, max_age_ms: Some(FRESH_MS) };
        if wanted.is_met_by(&gate.verifications, self.0.clock.now()) { MayEnrol::Yes } else { MayEnrol::After(wanted) }
    }

    /// The methods that a challenge of this gate session accepts: primary first, backup codes last.
    pub async fn choices(&self, gate: &GateRow) -> FlowResult<Vec<MethodView>> {
        let overview = self.overview(gate).await?;
        let wanted = gate.step_up.as_deref().cloned().unwrap_or_default();
        let allowed = |name: &MethodName| wanted.methods.is_empty() || wanted.methods.contains(name);
        let mut choices: Vec<MethodView> = overview.methods.into_iter().filter(|m| m.active && allowed(&m.name)).collect();
        choices.sort_by_key(|m| !m.primary);
        // A backup code stands in for a lost method, but never for one that a rule names.
        if overview.backup_left > 0 && wanted.methods.is_empty() && !choices.is_empty() {
            choices.push(MethodView {
                name: MethodName::new(BACKUP),
                verbose_name: BACKUP.into(),
                label: id::METHOD_BACKUP.into(),
                kind: Kind::Backup,
                active: true,
                primary: false,
                masked: None,
                from_directory: false,
                since: None,
                keys: Vec::new(),
                code_length: 0,
                numeric: false,
            });
        }
        Ok(choices)
    }

    /// One choice by name, or the first.
    pub(super) async fn choice(&self, gate: &GateRow, method: Option<&MethodName>) -> FlowResult<MethodView> {
        let choices = self.choices(gate).await?;
        match method {
            None => choices.into_iter().next().ok_or(FlowError::UnknownMethod),
            Some(name) => match choices.into_iter().find(|m| &m.name == name) {
                Some(view) => Ok(view),
                None => {
                    let active = self.overview(gate).await?.methods.iter().any(|m| m.active && &m.name == name);
                    Err(if active || name.as_str() == BACKUP { FlowError::NotAllowed } else { FlowError::UnknownMethod })
                }
            },
        }
    }

    /// Changing methods wants a session that was verified in the last ten minutes.
    pub(super) fn want_fresh(&self, gate: &GateRow) -> FlowResult<()> {
        let wanted = Requirement { methods: Vec::new(), max_age_ms: Some(FRESH_MS) };
        if wanted.is_met_by(&gate.verifications, self.0.clock.now()) { Ok(()) } else { Err(FlowError::VerifyFirst(wanted)) }
    }
}

/// `j***@e***.com` for an address, `+48 ••• ••• 789` for a number: enough for its owner, too little for a thief.
pub(super) fn mask(address: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    if let Some((local, domain)) = address.rsplit_once('@') {
        let (name, ending) = domain.rsplit_once('.').unwrap_or((domain, ""));
        let dot = if ending.is_empty() { "" } else { "." };
        return format!("{}***@{}***{dot}{ending}", first(local), first(name));
    }
    let digits: String = address.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 7 {
        let country = if address.trim_start().starts_with('+') { format!("+{} ", &digits[..2]) } else { String::new() };
        return format!("{country}••• ••• {}", &digits[digits.len() - 3..]);
    }
    format!("{}***", first(address))
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn an_address_is_masked_but_known_to_its_owner() {
        assert_eq!(mask("jane.doe@example.com"), "j***@e***.com");
        assert_eq!(mask("root@localhost"), "r***@l***");
        assert_eq!(mask("+48 123 456 789"), "+48 ••• ••• 789");
        assert_eq!(mask("pager1"), "p***");
    }
}
