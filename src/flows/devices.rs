//! Remembered devices: a memory of a second factor. They meet no step-up and change no method.

use super::{FlowResult, Flows, Passed};
use crate::model::{DEVICE, MethodName, Verification, Visitor};
use crate::seal::Token;
use crate::store::{DeviceRow, GateRow};

impl Flows {
    /// Remembers the device that a code was typed on; `None` where that is turned off.
    pub(super) async fn remember_device(&self, gate: &GateRow, visitor: &Visitor) -> FlowResult<Option<Token>> {
        let span = self.0.settings.session.remember_device;
        if span.is_zero() {
            return Ok(None);
        }
        let (token, now) = (self.0.seal.new_token(), self.0.clock.now());
        let row = DeviceRow {
            token: self.0.seal.token_hash(token.expose()),
            realm: gate.user.realm.clone(),
            user: gate.user.id.clone(),
            label: visitor.user_agent.clone(),
            created_at: now,
            expires_at: now.plus(span),
        };
        self.0.store.put_device(&row).await?;
        self.event("device_remembered", gate, None, Some(visitor), None).await;
        Ok(Some(token))
    }

    /// A pending gate session on a device of its user passes; the device's token is changed at each use.
    pub async fn known_device(&self, gate: &GateRow, token: &str, visitor: &Visitor) -> FlowResult<Option<Passed>> {
        if self.0.settings.session.remember_device.is_zero() || !gate.verifications.is_empty() {
            return Ok(None);
        }
        self.want_session(gate).await?;
        let (new, now) = (self.0.seal.new_token(), self.0.clock.now());
        let hashes = (self.0.seal.token_hash(token), self.0.seal.token_hash(new.expose()));
        if !self.0.store.rotate_device(&gate.user.realm, &gate.user.id, hashes.0, hashes.1, now).await? {
            return Ok(None);
        }
        let mut passed = self.pass(gate, Verification { method: MethodName::new(DEVICE), at: now }, visitor).await?;
        passed.device = Some(new);
        Ok(Some(passed))
    }

    /// The user's remembered devices.
    pub async fn devices(&self, gate: &GateRow) -> FlowResult<Vec<DeviceRow>> {
        Ok(self.0.store.devices(&gate.user.realm, &gate.user.id).await?)
    }

    /// Forgets all of them.
    pub async fn forget_devices(&self, gate: &GateRow, visitor: &Visitor) -> FlowResult<()> {
        self.0.store.forget_devices(&gate.user.realm, &gate.user.id).await?;
        self.event("devices_forgotten", gate, None, Some(visitor), None).await;
        Ok(())
    }
}
