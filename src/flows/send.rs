//! A code goes out by message: limits first, then the code is kept, then the dispatcher carries it.

use data_encoding::HEXLOWER;

use super::challenge::NETWORK_FACTOR;
use super::overview::mask;
use super::{FlowError, FlowResult, Flows, Sent};
use crate::config::settings::{Handler, MessageSettings, MethodSettings};
use crate::dispatch::{DispatchResponse, Message};
use crate::model::*;
use crate::seal::random_code;
use crate::store::{CodeRow, GateRow, Limit, Reserved};

const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

impl Flows {
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
        self.count_send(gate, &method.name, &to, visitor).await?;
        let code = random_code(message.code_alphabet.as_bytes(), message.code_length);
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
            language: self.language(visitor),
        };
        match dispatcher.dispatch(&sent).await {
            DispatchResponse::Sent => {
                self.event("sent", gate, Some(&method.name), Some(visitor), None).await;
                Ok(self.sent(&row, mask(&to)))
            }
            DispatchResponse::Failed { details, log } => {
                tracing::warn!(method = %method.name, user = %user.id, %log, "a code was not sent");
                self.event("send_failed", gate, Some(&method.name), Some(visitor), Some(log)).await;
                let others = self.choices(gate).await?.into_iter().filter(|m| m.name != method.name);
                Err(FlowError::Provider { details, others: others.map(|m| (m.name, m.label)).collect() })
            }
        }
    }

    /// Messages cost money and patience: counted by user, network and recipient, and for the whole gate by the day.
    async fn count_send(&self, gate: &GateRow, method: &MethodName, to: &str, visitor: &Visitor) -> FlowResult<()> {
        let (user, sends) = (&gate.user, self.0.settings.limits.sends);
        let limit = Limit { max: sends.max, within: sends.within, lock: sends.within };
        let wide = Limit { max: limit.max.saturating_mul(NETWORK_FACTOR), ..limit };
        let day = Limit { max: sends.per_day, within: DAY, lock: std::time::Duration::ZERO };
        // One recipient in whatever way it is written, and not readable in the store.
        let plain: String = to.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let recipient = HEXLOWER.encode(&self.0.seal.code_hash(&["recipient", &plain]).0[..16]);
        for (key, limit) in [
            (format!("send:user:{}:{}", user.realm, user.id), limit),
            (format!("send:to:{recipient}"), limit),
            (format!("send:net:{}", visitor.network()), wide),
            ("send:day".to_owned(), day),
        ] {
            let reserved = self.0.store.reserve(&key, limit, self.0.clock.now()).await?;
            match reserved {
                Reserved::Locked { until } => {
                    if key == "send:day" {
                        tracing::error!(
                            per_day = sends.per_day,
                            "limits.sends.per_day is used up: no code is sent by message for now"
                        );
                    }
                    self.event("send_refused", gate, Some(method), Some(visitor), Some("too many".into())).await;
                    return Err(FlowError::TooManySends { until });
                }
                Reserved::Allowed { left } if key == "send:day" && left == sends.per_day / 5 => {
                    tracing::warn!(per_day = sends.per_day, left, "four fifths of limits.sends.per_day are used up");
                }
                Reserved::Allowed { .. } => {}
            }
        }
        Ok(())
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

    /// A code is good for one user, method, gate session and purpose.
    pub(super) fn code_hash(&self, gate: &GateRow, method: &MethodName, purpose: &str, code: &str) -> CodeHash {
        let id = HEXLOWER.encode(&gate.id.0);
        self.0.seal.code_hash(&["code", gate.user.realm.as_str(), gate.user.id.as_str(), method.as_str(), &id, purpose, code])
    }
}
