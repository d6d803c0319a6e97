//! A challenge: a code is sent or a key is asked for; the answer is counted first, checked, and its proof is spent once.

use std::sync::Arc;

use super::{BACKUP, FlowError, FlowResult, Flows, Kind, Passed, Proof, Requested};
use crate::config::settings::{Handler, MethodSettings};
use crate::model::*;
use crate::seal::random;
use crate::store::{GateRow, Limit, Reserved};

/// Many users may share one address, so a network is allowed this many times what a user is.
pub(super) const NETWORK_FACTOR: u32 = 10;

impl Flows {
    /// The first challenge of a gate session sends its code by itself, once: that of the method which this device used the
    /// last time, else of the primary method.
    pub async fn first_send(&self, gate: &GateRow, used: Option<&MethodName>, visitor: &Visitor) -> FlowResult<()> {
        let choices = self.choices(gate).await?;
        let Some(first) = choices.iter().find(|m| Some(&m.name) == used).or(choices.first()) else { return Ok(()) };
        if first.kind == Kind::Message && !gate.auto_sent && self.0.store.mark_auto_sent(gate.id).await? {
            self.request_code(gate, Some(&first.name), visitor).await?;
        }
        Ok(())
    }

    /// Sends a code, an older one of this user and method dies; or asks for one of the user's keys.
    pub async fn request_code(&self, gate: &GateRow, method: Option<&MethodName>, visitor: &Visitor) -> FlowResult<Requested> {
        let choice = self.choice(gate, method).await?;
        if let Some(until) = self.locked(gate).await? {
            return Err(FlowError::Locked { until });
        }
        let settings = self.method(&choice.name)?;
        match &settings.handler {
            Handler::Message(message) => self.send(gate, settings, message, "challenge", visitor).await.map(Requested::Sent),
            Handler::Webauthn(webauthn) => self.ask_key(gate, &choice.name, webauthn).await.map(Requested::Touch),
            Handler::App(_) | Handler::Yubikey(_) => Err(FlowError::SendsNothing),
        }
    }

    pub(super) fn method(&self, name: &MethodName) -> FlowResult<&MethodSettings> {
        if name.as_str() == BACKUP {
            return Err(FlowError::SendsNothing);
        }
        self.0.settings.method(name).ok_or(FlowError::UnknownMethod)
    }

    /// Checks a code, once. Success makes a new gate session with a new token, committed.
    pub async fn verify(
        &self,
        gate: &GateRow,
        method: Option<&MethodName>,
        code: &str,
        remember: bool,
        visitor: &Visitor,
    ) -> FlowResult<Passed> {
        self.want_session(gate).await?;
        if !gate.verifications.is_empty() && gate.step_up.is_none() {
            // Nothing is open: nothing is consumed, and the state stays what it is.
            return self.renew(gate, gate.clone(), None, None, visitor).await;
        }
        let choice = self.choice(gate, method).await?;
        self.check_proof(gate, &choice, code, visitor).await?;
        let verification = Verification { method: choice.name.clone(), at: self.0.clock.now() };
        let backup_left = match choice.kind {
            Kind::Backup => Some(self.0.store.backup_codes_left(&gate.user.realm, &gate.user.id).await?),
            _ => None,
        };
        let mut passed = self.pass(gate, verification, visitor).await?;
        passed.backup_left = backup_left;
        if remember && choice.kind != Kind::Backup {
            passed.device = self.remember_device(gate, visitor).await?;
        }
        Ok(passed)
    }

    /// What a change of methods wants: a code of a method at least as strong as `floor`, or with none shown, a fresh session.
    pub(super) async fn prove(
        &self,
        gate: &GateRow,
        floor: Option<Kind>,
        proof: Option<&Proof>,
        visitor: &Visitor,
    ) -> FlowResult<()> {
        let Some(proof) = proof else { return self.want_fresh(gate) };
        let overview = self.overview(gate).await?;
        let shown = match &proof.method {
            Some(name) => overview.active().find(|m| &m.name == name),
            None => overview.primary(),
        };
        let shown = shown.ok_or(FlowError::UnknownMethod)?;
        if floor.is_some_and(|floor| shown.kind < floor) {
            return Err(FlowError::NotAllowed);
        }
        self.check_proof(gate, shown, &proof.code, visitor).await
    }

    /// The app's session must still be there, and still be this user's.
    pub(super) async fn want_session(&self, gate: &GateRow) -> FlowResult<()> {
        let session = self.0.store.session(gate.session).await?;
        match session.and_then(|s| s.user) {
            Some(user) if user.id == gate.user.id && user.realm == gate.user.realm => Ok(()),
            _ => Err(FlowError::NoSession),
        }
    }

    /// Counts an attempt before it is checked, for the user over all methods, and for the network.
    pub(super) async fn count_attempt(&self, gate: &GateRow, method: Option<&MethodName>, visitor: &Visitor) -> FlowResult<u32> {
        let attempts = self.0.settings.limits.attempts;
        let (user, network) = self.attempt_keys(gate, visitor);
        let limit = Limit { max: attempts.max, within: attempts.within, lock: attempts.lock };
        let wide = Limit { max: limit.max.saturating_mul(NETWORK_FACTOR), ..limit };
        let mut left = 0;
        for (key, limit) in [(network, wide), (user, limit)] {
            match self.0.store.reserve(&key, limit, self.0.clock.now()).await? {
                Reserved::Allowed { left: more } => left = more,
                Reserved::Locked { until } => {
                    self.event("locked", gate, method, Some(visitor), None).await;
                    return Err(FlowError::Locked { until });
                }
            }
        }
        Ok(left)
    }

    /// Until when this user may not try again, if so.
    pub async fn locked(&self, gate: &GateRow) -> FlowResult<Option<Timestamp>> {
        let key = format!("try:user:{}:{}", gate.user.realm, gate.user.id);
        Ok(self.0.store.locked_until(&key, self.0.clock.now()).await?)
    }

    fn attempt_keys(&self, gate: &GateRow, visitor: &Visitor) -> (String, String) {
        (format!("try:user:{}:{}", gate.user.realm, gate.user.id), format!("try:net:{}", visitor.network()))
    }

    pub(super) async fn give_attempt_back(&self, gate: &GateRow, visitor: &Visitor) -> FlowResult<()> {
        let (user, network) = self.attempt_keys(gate, visitor);
        self.0.store.give_back(&user).await?;
        Ok(self.0.store.give_back(&network).await?)
    }

    /// A passed verification: the gate session is replaced by a new one with a new token.
    pub(super) async fn pass(&self, gate: &GateRow, verification: Verification, visitor: &Visitor) -> FlowResult<Passed> {
        let now = self.0.clock.now();
        let mut new = gate.clone();
        new.verifications.retain(|v| v.method != verification.method);
        new.verifications.push(verification.clone());
        new.step_up = new.step_up.filter(|wanted| !wanted.is_met_by(&new.verifications, now));
        new.expires_at = now.plus(self.0.settings.session.lifetime);
        self.renew(gate, new, Some(&verification.method), None, visitor).await
    }

    async fn renew(
        &self,
        old: &GateRow,
        mut new: GateRow,
        passed: Option<&MethodName>,
        backup_left: Option<u32>,
        visitor: &Visitor,
    ) -> FlowResult<Passed> {
        let token = self.0.seal.new_token();
        new.id = GateId(random());
        new.token = self.0.seal.token_hash(token.expose());
        new.last_seen = self.0.clock.now();
        if !self.0.store.replace_gate(old.id, &new).await? {
            return Err(FlowError::NoSession);
        }
        if let Some(method) = passed {
            self.event("passed", &new, Some(method), Some(visitor), None).await;
        }
        Ok(Passed { gate: Arc::new(new), token, device: None, backup_left })
    }
}
