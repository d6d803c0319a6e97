//! Passkeys and security keys: a ceremony is begun for one gate session and purpose, and finished once.

use data_encoding::HEXLOWER;

use super::{FlowError, FlowResult, Flows};
use crate::config::settings::WebauthnSettings;
use crate::methods::webauthn::{Ceremony, Key, Refused, challenge_of};
use crate::model::*;
use crate::store::{CeremonyRow, EnrolmentRow, GateRow};

impl Flows {
    /// A user's confirmed enrolments of a method: one app, several keys.
    pub(super) async fn keys(&self, gate: &GateRow, method: &MethodName) -> FlowResult<Vec<EnrolmentRow>> {
        let mut rows = self.0.store.enrolments(&gate.user.realm, &gate.user.id).await?;
        rows.retain(|row| &row.method == method && row.confirmed_at.is_some());
        Ok(rows)
    }

    async fn stored_keys(&self, gate: &GateRow, method: &MethodName) -> FlowResult<Vec<Key>> {
        let rows = self.keys(gate, method).await?;
        Ok(rows.iter().filter_map(|row| Key::read(&row.secret, counter(row))).collect())
    }

    /// Asks for one of the user's keys: options for `navigator.credentials.get`.
    pub(super) async fn ask_key(
        &self,
        gate: &GateRow,
        method: &MethodName,
        settings: &WebauthnSettings,
    ) -> FlowResult<serde_json::Value> {
        let keys = self.stored_keys(gate, method).await?;
        let ceremony = self.webauthn(method)?.authenticate(keys).map_err(broken)?;
        self.keep(gate, method, settings, "challenge", ceremony).await
    }

    /// Asks for a new key: options for `navigator.credentials.create`.
    pub(super) async fn ask_new_key(
        &self,
        gate: &GateRow,
        method: &MethodName,
        settings: &WebauthnSettings,
    ) -> FlowResult<serde_json::Value> {
        let user = &gate.user;
        let known = self.stored_keys(gate, method).await?;
        // The authenticator shows the name and keeps the handle, which says nothing of the user to others.
        let handle = self.0.seal.code_hash(&["webauthn user", user.realm.as_str(), user.id.as_str()]);
        let ceremony = self.webauthn(method)?.register(&handle.0, user.id.as_str(), &known).map_err(broken)?;
        self.keep(gate, method, settings, "confirm", ceremony).await
    }

    async fn keep(
        &self,
        gate: &GateRow,
        method: &MethodName,
        settings: &WebauthnSettings,
        purpose: &str,
        ceremony: Ceremony,
    ) -> FlowResult<serde_json::Value> {
        let row = CeremonyRow {
            key: self.ceremony_key(gate, method, purpose, &ceremony.challenge),
            realm: gate.user.realm.clone(),
            user: gate.user.id.clone(),
            gate: gate.id,
            state: ceremony.state,
            expires_at: self.0.clock.now().plus(settings.timeout),
        };
        self.0.store.put_ceremony(&row).await?;
        Ok(ceremony.options)
    }

    fn ceremony_key(&self, gate: &GateRow, method: &MethodName, purpose: &str, challenge: &[u8]) -> CodeHash {
        let challenge = format!("ceremony {}", HEXLOWER.encode(challenge));
        self.code_hash(gate, method, purpose, &challenge)
    }

    async fn begun(&self, gate: &GateRow, method: &MethodName, purpose: &str, answer: &str) -> FlowResult<Vec<u8>> {
        let challenge = challenge_of(answer).ok_or(FlowError::CodeWrong { left: 0 })?;
        let key = self.ceremony_key(gate, method, purpose, &challenge);
        let taken = self.0.store.take_ceremony(&gate.user.realm, &gate.user.id, key, self.0.clock.now()).await?;
        taken.ok_or(FlowError::CodeExpired)
    }

    /// Ends a registration: the key, to be kept.
    pub(super) async fn new_key(&self, gate: &GateRow, method: &MethodName, answer: &str) -> FlowResult<Key> {
        let state = self.begun(gate, method, "confirm", answer).await?;
        self.webauthn(method)?.registered(&state, answer).map_err(|refused| said(gate, refused))
    }

    /// Ends an authentication; a key that counts must have counted on.
    pub(super) async fn spend_touch(&self, gate: &GateRow, method: &MethodName, answer: &str) -> FlowResult<()> {
        let state = self.begun(gate, method, "challenge", answer).await?;
        let proved = self.webauthn(method)?.authenticated(&state, answer).map_err(|refused| said(gate, refused))?;
        let rows = self.keys(gate, method).await?;
        let of_it = |row: &&EnrolmentRow| Key::read(&row.secret, 0).is_some_and(|key| key.id() == proved.id);
        // Removed meanwhile: no longer a key of the user's.
        let row = rows.iter().find(of_it).ok_or(FlowError::CodeWrong { left: 0 })?;
        if (proved.counter > 0 || row.last_step > 0) && !self.0.store.advance_step(row.id, i64::from(proved.counter)).await? {
            return Err(said(gate, Refused::Cloned));
        }
        Ok(())
    }
}

fn counter(row: &EnrolmentRow) -> u32 {
    u32::try_from(row.last_step).unwrap_or(0)
}

fn broken(refused: Refused) -> FlowError {
    FlowError::Unavailable(format!("{refused:?}"))
}

fn said(gate: &GateRow, refused: Refused) -> FlowError {
    match refused {
        Refused::Wrong(why) => {
            tracing::info!(user = %gate.user.id, %why, "a key was refused");
            FlowError::KeyRefused { left: 0 }
        }
        Refused::Cloned => {
            tracing::warn!(user = %gate.user.id, "a key has signed less often than before: there may be a copy of it");
            FlowError::KeyCloned
        }
        broken_off @ Refused::Broken(_) => broken(broken_off),
    }
}
