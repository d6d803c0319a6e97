//! A method is begun, confirmed, made primary, removed. A begun one never counts as a factor.

use data_encoding::HEXLOWER;

use super::proof::typed;
use super::views::label_of;
use super::{Begun, FlowError, FlowResult, Flows, MayEnrol, MethodView, Passed, Proof};
use crate::config::settings::Handler;
use crate::methods::app;
use crate::methods::yubikey::Otp;
use crate::model::{EnrolmentId, MethodName, Verification, Visitor};
use crate::seal::random;
use crate::store::{EnrolmentRow, GateRow};
use crate::words::{Sentence, id};

/// A begun enrolment that nobody confirmed is nothing after this.
const PENDING: std::time::Duration = std::time::Duration::from_secs(600);
/// Longest name of a key, in characters.
const NAME_MAX: usize = 60;

impl Flows {
    async fn may_activate(&self, gate: &GateRow, method: &MethodName, visitor: &Visitor) -> FlowResult<()> {
        let overview = self.overview(gate).await?;
        let view = overview.methods.iter().find(|m| &m.name == method).ok_or(FlowError::UnknownMethod)?;
        if view.active && !view.kind.holds_several() {
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
            Handler::App(app) => app::new_secret(app.secret_length),
            // Theirs comes with the confirmation.
            Handler::Message(_) | Handler::Yubikey(_) | Handler::Webauthn(_) => Vec::new(),
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
            Handler::App(app) => {
                let issuer = app.issuer.as_ref().unwrap_or(&self.0.settings.brand.name);
                let shown = app::present(&row.secret, app.period, issuer, gate.user.id.as_str());
                shown.map(Begun::App).map_err(FlowError::Unavailable)
            }
            Handler::Message(message) => Ok(Begun::Message(self.send(gate, settings, message, "confirm", visitor).await?)),
            Handler::Yubikey(_) => Ok(Begun::Yubikey),
            Handler::Webauthn(webauthn) => Ok(Begun::Webauthn(self.ask_new_key(gate, method, webauthn).await?)),
        }
    }

    /// Confirms with a code. The first enrolment of a pending gate session verifies it; backup codes are made where there were none.
    pub async fn confirm(
        &self,
        gate: &GateRow,
        method: &MethodName,
        code: &str,
        name: Option<&str>,
        visitor: &Visitor,
    ) -> FlowResult<(Option<Passed>, Vec<String>)> {
        self.may_activate(gate, method, visitor).await?;
        let now = self.0.clock.now();
        let rows = self.0.store.enrolments(&gate.user.realm, &gate.user.id).await?;
        let pending = rows.iter().find(|r| &r.method == method && r.confirmed_at.is_none() && now.since(r.created_at) < PENDING);
        let mut row = pending.cloned().ok_or(FlowError::NothingToConfirm)?;
        if let Some(name) = name.map(str::trim).filter(|n| !n.is_empty()) {
            row.label = name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        }
        let settings = self.method(method)?;
        let left = self.count_attempt(gate, Some(method), visitor).await?;
        if let Err(error) = self.check_new(gate, &mut row, code).await {
            if matches!(error, FlowError::CodeUsed | FlowError::AlreadyActive | FlowError::Provider { .. }) {
                self.give_attempt_back(gate, visitor).await?;
            }
            let error = error.with_left(left);
            self.event("failed", gate, Some(method), Some(visitor), Some(error.status_and_reason().1.into())).await;
            return Err(error);
        }
        if rows.iter().any(|r| r.confirmed_at.is_some() && &r.method == method && !r.secret.is_empty() && r.secret == row.secret)
        {
            return Err(FlowError::AlreadyActive);
        }
        if !self.0.store.confirm_enrolment(&row, now).await? {
            return Err(FlowError::NothingToConfirm);
        }
        self.give_attempt_back(gate, visitor).await?;
        self.event("enrolled", gate, Some(method), Some(visitor), None).await;
        let unnamed = row.label == settings.verbose_name;
        let called = if unnamed { label_of(settings) } else { Sentence::verbatim(&row.label) };
        self.tell(gate, Sentence::new(id::NOTICE_ADDED).with("method", called), visitor);
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

    /// Checks the first code of a begun enrolment, and puts what is to be kept of it into its row.
    async fn check_new(&self, gate: &GateRow, row: &mut EnrolmentRow, code: &str) -> FlowResult<()> {
        const WRONG: FlowError = FlowError::CodeWrong { left: 0 };
        match &self.method(&row.method)?.handler {
            Handler::App(app) => {
                let code = typed(code, "0123456789");
                row.last_step = app::matching_step(&row.secret, app.period, &code, self.0.clock.now()).ok_or(WRONG)?;
            }
            Handler::Message(message) => self.spend_message(gate, &row.method, message, "confirm", code).await?,
            Handler::Yubikey(_) => {
                let otp = Otp::read(code).ok_or(WRONG)?;
                self.spend_otp(&row.method, &otp).await?;
                row.secret = otp.public_id().as_bytes().to_vec();
            }
            Handler::Webauthn(_) => {
                let key = self.new_key(gate, &row.method, code).await?;
                row.last_step = i64::from(key.counter());
                row.secret = key.bytes();
            }
        }
        Ok(())
    }

    /// May it be removed at all? The view of the method where it may; never the last one, nor one that the organisation gave.
    pub async fn removable(&self, gate: &GateRow, method: &MethodName, key: Option<&str>) -> FlowResult<MethodView> {
        let overview = self.overview(gate).await?;
        let view = overview.active().find(|m| &m.name == method).ok_or(FlowError::UnknownMethod)?;
        let one_of_several = match key {
            Some(id) if !view.keys.iter().any(|k| k.id == id) => return Err(FlowError::UnknownMethod),
            Some(_) => view.keys.len() > 1,
            None => false,
        };
        if view.from_directory {
            return Err(FlowError::FromDirectory);
        }
        if overview.active().count() < 2 && !one_of_several {
            return Err(FlowError::LastMethod);
        }
        Ok(view.clone())
    }

    /// Removes a method, or one key of it; asks for a code of it or of a stronger one.
    pub async fn deactivate(
        &self,
        gate: &GateRow,
        method: &MethodName,
        key: Option<&str>,
        proof: Option<&Proof>,
        visitor: &Visitor,
    ) -> FlowResult<()> {
        let view = self.removable(gate, method, key).await?;
        let mut proof = proof.cloned().ok_or(FlowError::CodeRequired)?;
        proof.method.get_or_insert_with(|| method.clone());
        self.prove(gate, Some(view.kind), Some(&proof), visitor).await?;
        let (realm, user) = (&gate.user.realm, &gate.user.id);
        let one = key.filter(|_| view.keys.len() > 1).and_then(|id| HEXLOWER.decode(id.as_bytes()).ok()?.try_into().ok());
        match one {
            Some(id) => drop(self.0.store.remove_key(realm, user, EnrolmentId(id)).await?),
            None => {
                self.0.store.remove_enrolment(realm, user, method).await?;
                if view.primary {
                    self.0.store.set_primary(realm, user, None, self.0.clock.now()).await?;
                }
            }
        }
        self.event("removed", gate, Some(method), Some(visitor), None).await;
        self.tell(gate, Sentence::new(id::NOTICE_REMOVED).with("method", view.label), visitor);
        Ok(())
    }

    /// Makes an active method the primary one. A code may stand for a fresh session.
    pub async fn make_primary(
        &self,
        gate: &GateRow,
        method: &MethodName,
        proof: Option<&Proof>,
        visitor: &Visitor,
    ) -> FlowResult<()> {
        let overview = self.overview(gate).await?;
        overview.active().find(|m| &m.name == method).ok_or(FlowError::UnknownMethod)?;
        self.prove(gate, None, proof, visitor).await?;
        self.0.store.set_primary(&gate.user.realm, &gate.user.id, Some(method), self.0.clock.now()).await?;
        self.event("primary_changed", gate, Some(method), Some(visitor), None).await;
        Ok(())
    }
}
