//! A challenge: a code is sent, or an app's code is typed; the attempt is counted first, the proof is spent once.

use std::sync::Arc;

use data_encoding::HEXLOWER;

use super::overview::mask;
use super::{BACKUP, FlowError, FlowResult, Flows, Kind, Passed, Sent};
use crate::config::settings::{AppSettings, Handler, MessageSettings, MethodSettings};
use crate::dispatch::{DispatchResponse, Message};
use crate::methods::app;
use crate::model::*;
use crate::seal::{random, random_code};
use crate::store::{CodeOutcome, CodeRow, GateRow, Limit, Reserved};

/// Many users may share one address, so a network is allowed this many times what a user is.
const NETWORK_FACTOR: u32 = 10;

impl Flows {
    /// The first challenge of a gate session sends the primary method's code by itself, once.
    pub async fn first_send(&self, gate: &GateRow, visitor: &Visitor) -> FlowResult<Option<Sent>> {
        let Some(first) = self.choices(gate).await?.into_iter().next() else { return Ok(None) };
        if first.kind != Kind::Message || gate.auto_sent || !self.0.store.mark_auto_sent(gate.id).await? {
            return Ok(None);
        }
        self.request_code(gate, Some(&first.name), visitor).await.map(Some)
    }

    /// Sends a code; an older one of this user and method dies.
    pub async fn request_code(&self, gate: &GateRow, method: Option<&MethodName>, visitor: &Visitor) -> FlowResult<Sent> {
        let choice = self.choice(gate, method).await?;
        if let Some(until) = self.locked(gate).await? {
            return Err(FlowError::Locked { until });
        }
        let settings = self.method(&choice.name)?;
        let Handler::Message(message) = &settings.handler else { return Err(FlowError::SendsNothing) };
        self.send(gate, settings, message, "challenge", visitor).await
    }

    pub(super) fn method(&self, name: &MethodName) -> FlowResult<&MethodSettings> {
        if name.as_str() == BACKUP {
            return Err(FlowError::SendsNothing);
        }
        self.0.settings.method(name).ok_or(FlowError::UnknownMethod)
    }

    pub(super) async fn send(
        &self,
        gate: &GateRow,
        method: &MethodSettings,
        message: &MessageSettings,
        purpose: &str,
        visitor: &Visitor,
    ) -> FlowResult<Sent> {
        let (store, now, user) = (&self.0.store, self.0.clock.now(), &gate.user);
        let sends = self.0.settings.limits.sends;
        let to = user.attributes.text(&message.source_field).ok_or(FlowError::UnknownMethod)?;
        if let Some(last) = store.code(&user.realm, &user.id, &method.name).await?
            && last.gate == gate.id
            && now < last.sent_at.plus(sends.resend_after)
        {
            return Err(FlowError::ResendWait { until: last.sent_at.plus(sends.resend_after) });
        }
        let limit = Limit { max: sends.max, within: sends.within, lock: sends.within };
        for (key, limit) in [
            (format!("send:user:{}:{}", user.realm, user.id), limit),
            (format!("send:net:{}", visitor.network()), Limit { max: limit.max.saturating_mul(NETWORK_FACTOR), ..limit }),
        ] {
            if let Reserved::Locked { until } = store.reserve(&key, limit, now).await? {
                self.event("send_refused", gate, Some(&method.name), Some(visitor), Some("too many".into())).await;
                return Err(FlowError::TooManySends { until });
            }
        }
        let code = random_code(b"0123456789", message.code_length);
        let row = CodeRow {
            realm: user.realm.clone(),
            user: user.id.clone(),
            method: method.name.clone(),
            gate: gate.id,
            purpose: purpose.to_owned(),
            hash: self.code_hash(gate, &method.name, purpose, &code),
            sent_at: now,
            expires_at: now.plus(message.validity),
        };
        store.put_code(&row).await?;
        let dispatcher = self.0.dispatchers.get(&method.name).ok_or(FlowError::UnknownMethod)?;
        let sent = Message {
            to: to.clone(),
            code,
            user: user.clone(),
            method: method.name.clone(),
            verbose_name: method.verbose_name.clone(),
            expires_at: row.expires_at,
            asked_at: now,
            visitor: visitor.clone(),
        };
        match dispatcher.dispatch(&sent).await {
            DispatchResponse::Sent => {
                self.event("sent", gate, Some(&method.name), Some(visitor), None).await;
                Ok(self.sent(&row, mask(&to)))
            }
            DispatchResponse::Failed { details, log } => {
                tracing::warn!(method = %method.name, user = %user.id, %log, "a code was not sent");
                self.event("send_failed", gate, Some(&method.name), Some(visitor), Some(log)).await;
                Err(FlowError::Provider(details))
            }
        }
    }

    fn sent(&self, row: &CodeRow, masked: String) -> Sent {
        Sent {
            method: row.method.clone(),
            masked: Some(masked),
            expires_at: row.expires_at,
            resend_at: row.sent_at.plus(self.0.settings.limits.sends.resend_after),
        }
    }

    /// The code that is live for this gate session and method.
    pub async fn live_code(&self, gate: &GateRow, method: &MethodName) -> FlowResult<Option<Sent>> {
        let row = self.0.store.code(&gate.user.realm, &gate.user.id, method).await?;
        let row = row.filter(|row| row.gate == gate.id && row.expires_at > self.0.clock.now());
        let address = match self.0.settings.method(method).map(|m| &m.handler) {
            Some(Handler::Message(message)) => gate.user.attributes.text(&message.source_field),
            _ => None,
        };
        Ok(row.map(|row| self.sent(&row, address.map(|a| mask(&a)).unwrap_or_default())))
    }

    fn code_hash(&self, gate: &GateRow, method: &MethodName, purpose: &str, code: &str) -> CodeHash {
        let id = HEXLOWER.encode(&gate.id.0);
        self.0.seal.code_hash(&["code", gate.user.realm.as_str(), gate.user.id.as_str(), method.as_str(), &id, purpose, code])
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
        let left = self.count_attempt(gate, Some(&choice.name), visitor).await?;
        let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let checked = match choice.kind {
            Kind::Backup => self.spend_backup(gate, &code).await,
            Kind::Message => self.spend_message(gate, &choice.name, "challenge", &code).await,
            Kind::App => match &self.method(&choice.name)?.handler {
                Handler::App(app) => self.spend_step(gate, &choice.name, *app, &code).await,
                Handler::Message(_) => Err(FlowError::UnknownMethod),
            },
        };
        if let Err(error) = checked {
            if error == FlowError::CodeUsed {
                // It was right, once: that is no guess, and a form sent twice locks nobody out.
                self.give_attempt_back(gate, visitor).await?;
            }
            let error = if let FlowError::CodeWrong { .. } = error { FlowError::CodeWrong { left } } else { error };
            self.event("failed", gate, Some(&choice.name), Some(visitor), Some(error.status_and_reason().1.into())).await;
            return Err(error);
        }
        self.give_attempt_back(gate, visitor).await?;
        let verification = Verification { method: choice.name.clone(), at: self.0.clock.now() };
        let backup_left = match choice.kind {
            Kind::Backup => {
                self.event("backup_code_used", gate, None, Some(visitor), None).await;
                Some(self.0.store.backup_codes_left(&gate.user.realm, &gate.user.id).await?)
            }
            _ => None,
        };
        let mut passed = self.pass(gate, verification, visitor).await?;
        passed.backup_left = backup_left;
        if remember && choice.kind != Kind::Backup {
            passed.device = self.remember_device(gate, visitor).await?;
        }
        Ok(passed)
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

    pub(super) async fn spend_message(&self, gate: &GateRow, method: &MethodName, purpose: &str, code: &str) -> FlowResult<()> {
        let hash = self.code_hash(gate, method, purpose, code);
        match self.0.store.consume_code(&gate.user.realm, &gate.user.id, method, hash, self.0.clock.now()).await? {
            CodeOutcome::Consumed => Ok(()),
            CodeOutcome::Used => Err(FlowError::CodeUsed),
            CodeOutcome::Expired => Err(FlowError::CodeExpired),
            CodeOutcome::Wrong => Err(FlowError::CodeWrong { left: 0 }),
        }
    }

    async fn spend_step(&self, gate: &GateRow, method: &MethodName, settings: AppSettings, code: &str) -> FlowResult<()> {
        let rows = self.0.store.enrolments(&gate.user.realm, &gate.user.id).await?;
        for row in rows.into_iter().filter(|r| &r.method == method && r.confirmed_at.is_some()) {
            if let Some(step) = app::matching_step(&row.secret, settings.period, code, self.0.clock.now()) {
                return if self.0.store.advance_step(row.id, step).await? { Ok(()) } else { Err(FlowError::CodeUsed) };
            }
        }
        Err(FlowError::CodeWrong { left: 0 })
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
