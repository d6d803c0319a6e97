//! A method is begun, confirmed, made primary, removed. A begun one never counts as a factor.

use super::{Begun, FlowError, FlowResult, Flows, MayEnrol, Passed};
use crate::config::settings::Handler;
use crate::methods::app;
use crate::model::{EnrolmentId, MethodName, Verification, Visitor};
use crate::seal::random;
use crate::store::{EnrolmentRow, GateRow};

/// A begun enrolment that nobody confirmed is nothing after this.
const PENDING: std::time::Duration = std::time::Duration::from_secs(600);

impl Flows {
    async fn may_activate(&self, gate: &GateRow, method: &MethodName, visitor: &Visitor) -> FlowResult<()> {
        let overview = self.overview(gate).await?;
        let view = overview.methods.iter().find(|m| &m.name == method).ok_or(FlowError::UnknownMethod)?;
        if view.active {
            return Err(FlowError::AlreadyActive);
        }
        match self.may_enrol(gate, &overview.methods, Some(visitor)) {
            MayEnrol::Yes => Ok(()),
            MayEnrol::After(wanted) => Err(FlowError::VerifyFirst(wanted)),
            MayEnrol::NeedsInvite => Err(FlowError::NeedsInvite),
        }
    }

    /// Begins an enrolment; what comes back is shown once.
    pub async fn activate(&self, gate: &GateRow, method: &MethodName, visitor: &Visitor) -> FlowResult<Begun> {
        self.may_activate(gate, method, visitor).await?;
        let settings = self.method(method)?;
        let secret = match &settings.handler {
            Handler::App(_) => app::new_secret(),
            Handler::Message(_) => Vec::new(),
        };
        let row = EnrolmentRow {
            id: EnrolmentId(random()),
            realm: gate.user.realm.clone(),
            user: gate.user.id.clone(),
            method: method.clone(),
            label: settings.verbose_name.clone(),
            secret,
            confirmed_at: None,
            created_at: self.0.clock.now(),
            last_step: 0,
        };
        self.0.store.put_pending_enrolment(&row).await?;
        match &settings.handler {
            Handler::App(app_settings) => {
                app::present(&row.secret, app_settings.period, &self.0.settings.brand.name, gate.user.id.as_str())
                    .map(Begun::App)
                    .map_err(FlowError::Unavailable)
            }
            Handler::Message(message) => Ok(Begun::Message(self.send(gate, settings, message, "confirm", visitor).await?)),
        }
    }

    /// Confirms with a code. The first enrolment of a pending gate session verifies it; backup codes are made where there were none.
    pub async fn confirm(
        &self,
        gate: &GateRow,
        method: &MethodName,
        code: &str,
        visitor: &Visitor,
    ) -> FlowResult<(Option<Passed>, Vec<String>)> {
        self.may_activate(gate, method, visitor).await?;
        let settings = self.method(method)?;
        let now = self.0.clock.now();
        let rows = self.0.store.enrolments(&gate.user.realm, &gate.user.id).await?;
        let pending =
            rows.into_iter().find(|r| &r.method == method && r.confirmed_at.is_none() && now.since(r.created_at) < PENDING);
        let pending = pending.ok_or(FlowError::NothingToConfirm)?;
        let left = self.count_attempt(gate, Some(method), visitor).await?;
        let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let step = match &settings.handler {
            Handler::App(app_settings) => {
                app::matching_step(&pending.secret, app_settings.period, &code, now).ok_or(FlowError::CodeWrong { left })?
            }
            Handler::Message(_) => {
                self.spend_message(gate, method, "confirm", &code).await.map_err(|e| match e {
                    FlowError::CodeWrong { .. } => FlowError::CodeWrong { left },
                    other => other,
                })?;
                0
            }
        };
        if !self.0.store.confirm_enrolment(pending.id, step, now).await? {
            return Err(FlowError::NothingToConfirm);
        }
        self.give_attempt_back(gate, visitor).await?;
        self.event("enrolled", gate, Some(method), Some(visitor), None).await;
        let backup = if self.0.settings.backup_codes.quantity > 0
            && self.0.store.backup_codes_left(&gate.user.realm, &gate.user.id).await? == 0
        {
            self.make_backup_codes(gate, visitor).await?
        } else {
            Vec::new()
        };
        let passed = if gate.verifications.is_empty() {
            Some(self.pass(gate, Verification { method: method.clone(), at: now }, visitor).await?)
        } else {
            None
        };
        Ok((passed, backup))
    }

    /// Removes a method; never the last one, nor one that the organisation gave.
    pub async fn deactivate(&self, gate: &GateRow, method: &MethodName, visitor: &Visitor) -> FlowResult<()> {
        let overview = self.overview(gate).await?;
        let view = overview.active().find(|m| &m.name == method).ok_or(FlowError::UnknownMethod)?;
        self.want_fresh(gate)?;
        if view.from_directory {
            return Err(FlowError::FromDirectory);
        }
        if overview.active().count() < 2 {
            return Err(FlowError::LastMethod);
        }
        let (realm, user) = (&gate.user.realm, &gate.user.id);
        self.0.store.remove_enrolment(realm, user, method).await?;
        if view.primary {
            self.0.store.set_primary(realm, user, None, self.0.clock.now()).await?;
        }
        self.event("removed", gate, Some(method), Some(visitor), None).await;
        Ok(())
    }

    /// Makes an active method the primary one.
    pub async fn make_primary(&self, gate: &GateRow, method: &MethodName, visitor: &Visitor) -> FlowResult<()> {
        let overview = self.overview(gate).await?;
        overview.active().find(|m| &m.name == method).ok_or(FlowError::UnknownMethod)?;
        self.want_fresh(gate)?;
        self.0.store.set_primary(&gate.user.realm, &gate.user.id, Some(method), self.0.clock.now()).await?;
        self.event("primary_changed", gate, Some(method), Some(visitor), None).await;
        Ok(())
    }
}
