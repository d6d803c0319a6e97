//! Backup codes: shown once, stored as password hashes, each good for one time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use super::proof::typed;
use super::{FlowError, FlowResult, Flows, Proof};
use crate::model::{CodeHash, Visitor};
use crate::seal::random_code;
use crate::store::GateRow;

/// The first characters find the row, so that one try costs one password hash and not eight.
const PREFIX: usize = 4;

impl Flows {
    /// New backup codes; the old ones die. Wants a fresh session, or a code, as the settings say.
    pub async fn regenerate(&self, gate: &GateRow, proof: Option<&Proof>, visitor: &Visitor) -> FlowResult<Vec<String>> {
        let settings = &self.0.settings.backup_codes;
        if settings.quantity == 0 {
            return Err(FlowError::BackupOff);
        }
        if !settings.allow_regeneration {
            return Err(FlowError::RegenerationOff);
        }
        if settings.confirm_with_code && proof.is_none() {
            return Err(FlowError::CodeRequired);
        }
        self.prove(gate, None, proof, visitor).await?;
        self.make_backup_codes(gate, visitor).await
    }

    pub(super) async fn make_backup_codes(&self, gate: &GateRow, visitor: &Visitor) -> FlowResult<Vec<String>> {
        let settings = &self.0.settings.backup_codes;
        let codes: Vec<String> =
            (0..settings.quantity).map(|_| random_code(settings.characters.as_bytes(), settings.length)).collect();
        let mut rows = Vec::with_capacity(codes.len());
        for code in &codes {
            let plain = code.clone();
            let hash = self.hashed(move || Argon2::default().hash_password(plain.as_bytes()).map(|h| h.to_string()).ok()).await?;
            rows.push((self.prefix(gate, code), hash.ok_or_else(|| FlowError::Unavailable("a code was not hashed".into()))?));
        }
        self.0.store.replace_backup_codes(&gate.user.realm, &gate.user.id, &rows, self.0.clock.now()).await?;
        self.event("backup_codes_made", gate, None, Some(visitor), None).await;
        Ok(codes.iter().map(|code| grouped(code)).collect())
    }

    /// Spends a backup code.
    pub(super) async fn spend_backup(&self, gate: &GateRow, code: &str) -> FlowResult<()> {
        let code = typed(code, &self.0.settings.backup_codes.characters);
        if code.chars().count() != self.0.settings.backup_codes.length || !code.is_ascii() {
            return Err(FlowError::CodeWrong { left: 0 });
        }
        let (realm, user) = (&gate.user.realm, &gate.user.id);
        for (row, hash) in self.0.store.backup_codes(realm, user, self.prefix(gate, &code)).await? {
            let plain = code.clone();
            let right = self
                .hashed(move || {
                    PasswordHash::new(&hash).is_ok_and(|h| Argon2::default().verify_password(plain.as_bytes(), &h).is_ok())
                })
                .await?;
            if right {
                let spent = self.0.store.consume_backup_code(row, self.0.clock.now()).await?;
                return if spent { Ok(()) } else { Err(FlowError::CodeUsed) };
            }
        }
        Err(FlowError::CodeWrong { left: 0 })
    }

    fn prefix(&self, gate: &GateRow, code: &str) -> CodeHash {
        let start = code.get(..PREFIX).unwrap_or(code);
        self.0.seal.code_hash(&["backup", gate.user.realm.as_str(), gate.user.id.as_str(), start])
    }

    /// Password hashes run beside the requests, two at a time.
    async fn hashed<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> FlowResult<T> {
        let _turn = self.0.hashing.acquire().await.map_err(|e| FlowError::Unavailable(e.to_string()))?;
        tokio::task::spawn_blocking(work).await.map_err(|e| FlowError::Unavailable(e.to_string()))
    }
}

/// In groups of four, as people copy them.
fn grouped(code: &str) -> String {
    let mut out = String::new();
    for (i, c) in code.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            out.push('-');
        }
        out.push(c);
    }
    out
}
