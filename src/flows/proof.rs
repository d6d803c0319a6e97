//! What a user shows, checked: counted before it is looked at, and accepted once, whatever the method.

use super::{FlowError, FlowResult, Flows, Kind, MethodView};
use crate::config::settings::{AppSettings, Handler, MessageSettings};
use crate::methods::app;
use crate::methods::yubikey::{Otp, Refused};
use crate::model::*;
use crate::store::{CodeOutcome, GateRow};
use crate::words::{Sentence, id};

/// A password that no server knows again by then.
const SPENT: std::time::Duration = std::time::Duration::from_secs(400 * 24 * 3600);

impl Flows {
    /// Checks what was shown for a method, as one counted attempt.
    pub(super) async fn check_proof(&self, gate: &GateRow, method: &MethodView, code: &str, visitor: &Visitor) -> FlowResult<()> {
        let left = self.count_attempt(gate, Some(&method.name), visitor).await?;
        let checked = self.check_code(gate, method, code).await;
        if let Err(error) = checked {
            let was_right = error == FlowError::CodeUsed && method.kind != Kind::Yubikey;
            if was_right || matches!(error, FlowError::Provider { .. } | FlowError::Unavailable(_)) {
                // It was right once, or nobody could say: that is no guess, and a form sent twice locks nobody out. A YubiKey's
                // old password counts, since each try is a question to others' servers.
                self.give_attempt_back(gate, visitor).await?;
            }
            let error = error.with_left(left);
            self.event("failed", gate, Some(&method.name), Some(visitor), Some(error.status_and_reason().1.into())).await;
            return Err(error);
        }
        self.give_attempt_back(gate, visitor).await?;
        if method.kind == Kind::Backup {
            self.event("backup_code_used", gate, None, Some(visitor), None).await;
            let left = self.0.store.backup_codes_left(&gate.user.realm, &gate.user.id).await?;
            self.tell(gate, Sentence::new(id::NOTICE_BACKUP_USED).with("left", left), visitor);
        }
        Ok(())
    }

    async fn check_code(&self, gate: &GateRow, method: &MethodView, code: &str) -> FlowResult<()> {
        if method.kind == Kind::Backup {
            return self.spend_backup(gate, code).await;
        }
        match &self.method(&method.name)?.handler {
            Handler::Message(message) => self.spend_message(gate, &method.name, message, "challenge", code).await,
            Handler::App(app) => self.spend_step(gate, &method.name, app, code).await,
            Handler::Yubikey(_) => {
                let otp = Otp::read(code).ok_or(FlowError::CodeWrong { left: 0 })?;
                let keys = self.keys(gate, &method.name).await?;
                if !keys.iter().any(|row| row.secret == otp.public_id().as_bytes()) {
                    return Err(FlowError::CodeWrong { left: 0 });
                }
                self.spend_otp(&method.name, &otp).await
            }
            Handler::Webauthn(_) => self.spend_touch(gate, &method.name, code).await,
        }
    }

    pub(super) async fn spend_message(
        &self,
        gate: &GateRow,
        method: &MethodName,
        settings: &MessageSettings,
        purpose: &str,
        code: &str,
    ) -> FlowResult<()> {
        let hash = self.code_hash(gate, method, purpose, &typed(code, &settings.code_alphabet));
        match self.0.store.consume_code(&gate.user.realm, &gate.user.id, method, hash, self.0.clock.now()).await? {
            CodeOutcome::Consumed => Ok(()),
            CodeOutcome::Used => Err(FlowError::CodeUsed),
            CodeOutcome::Expired => Err(FlowError::CodeExpired),
            CodeOutcome::Wrong => Err(FlowError::CodeWrong { left: 0 }),
        }
    }

    async fn spend_step(&self, gate: &GateRow, method: &MethodName, settings: &AppSettings, code: &str) -> FlowResult<()> {
        let code = typed(code, "0123456789");
        for row in self.keys(gate, method).await? {
            if let Some(step) = app::matching_step(&row.secret, settings.period, &code, self.0.clock.now()) {
                return if self.0.store.advance_step(row.id, step).await? { Ok(()) } else { Err(FlowError::CodeUsed) };
            }
        }
        Err(FlowError::CodeWrong { left: 0 })
    }

    /// Asks the servers, then accepts the password once here too: two servers that can't reach each other might both say yes.
    pub(super) async fn spend_otp(&self, method: &MethodName, otp: &Otp) -> FlowResult<()> {
        let server = self.0.yubikeys.get(method).ok_or(FlowError::UnknownMethod)?;
        match server.verify(otp).await {
            Ok(()) => {}
            Err(Refused::Wrong) => return Err(FlowError::CodeWrong { left: 0 }),
            Err(Refused::Used) => return Err(FlowError::CodeUsed),
            Err(Refused::Unavailable(log)) => {
                tracing::warn!(%method, %log, "a YubiKey was not checked");
                return Err(FlowError::Provider { details: id::FLOW_YUBICO_AWAY.into(), others: Vec::new() });
            }
        }
        let key = self.0.seal.code_hash(&["otp", otp.expose()]);
        let first = self.0.store.spend(key, self.0.clock.now().plus(SPENT)).await?;
        if first { Ok(()) } else { Err(FlowError::CodeUsed) }
    }
}

/// What was typed, without the blanks and dashes of a paste, in the alphabet's own case.
pub(super) fn typed(code: &str, alphabet: &str) -> String {
    let plain = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let (lower, upper) = (alphabet.bytes().any(|b| b.is_ascii_lowercase()), alphabet.bytes().any(|b| b.is_ascii_uppercase()));
    match (lower, upper) {
        (true, false) => plain.map(|c| c.to_ascii_lowercase()).collect(),
        (false, true) => plain.map(|c| c.to_ascii_uppercase()).collect(),
        _ => plain.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn a_code_is_read_as_people_paste_it() {
        assert_eq!(typed(" 123-456 ", "0123456789"), "123456");
        assert_eq!(typed("ab-CD 12", "abcdefghij"), "abcd12");
        assert_eq!(typed("ab", "ABCDEFGHIJ"), "AB");
        assert_eq!(typed("aB", "abcdeABCDE"), "aB");
    }
}
