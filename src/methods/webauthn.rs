//! Passkeys and security keys: WebAuthn Level 3, registration (7.1) and authentication (7.2), without attestation.
//!
//! What is checked is webauthn-rs's; what is asked for, and that a ceremony is finished once, is said here and in the flows.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AuthenticationState, COSEAlgorithm, Credential, PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState,
    UserVerificationPolicy,
};

use crate::config::settings::{UserVerification, WebauthnSettings};

/// A ceremony that was begun: what the browser gets, and what is kept until it answers.
#[derive(Clone, Debug)]
pub struct Ceremony {
    /// For `navigator.credentials`, in the JSON of WebAuthn 5.1.
    pub options: serde_json::Value,
    /// The random challenge in it.
    pub challenge: Vec<u8>,
    /// What finishing needs.
    pub state: Vec<u8>,
}

/// A key as it is kept: its credential, in JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key(Credential);

impl Key {
    /// Reads a stored key that has signed so often by now.
    pub fn read(bytes: &[u8], counter: u32) -> Option<Self> {
        let mut key: Self = serde_json::from_slice(bytes).ok()?;
        key.0.counter = key.0.counter.max(counter);
        Some(key)
    }

    /// How often it had signed when it was registered or last read.
    pub fn counter(&self) -> u32 {
        self.0.counter
    }

    /// As it is stored.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Its credential id.
    pub fn id(&self) -> &[u8] {
        self.0.cred_id.as_slice()
    }
}

/// A key proved itself.
#[derive(Clone, Debug)]
pub struct Proved {
    /// Its credential id.
    pub id: Vec<u8>,
    /// How often it has signed; 0: it doesn't count.
    pub counter: u32,
}

/// Why a key was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The answer is wrong in some way; a sentence for the log.
    Wrong(String),
    /// It has signed less often than before: there may be a copy of it.
    Cloned,
    /// The gate's own part failed.
    Broken(String),
}

/// One relying party.
#[derive(Debug)]
pub struct Webauthn {
    core: WebauthnCore,
    policy: UserVerificationPolicy,
}

impl Webauthn {
    /// For the origin of public_url.
    pub fn new(settings: &WebauthnSettings, origin: &url::Url, name: &str) -> Self {
        let origins = vec![origin.clone()];
        let core =
            WebauthnCore::new_unsafe_experts_only(name, &settings.rp_id, origins, settings.timeout, Some(false), Some(false));
        let policy = match settings.user_verification {
            UserVerification::Required => UserVerificationPolicy::Required,
            UserVerification::Preferred => UserVerificationPolicy::Preferred,
        };
        Self { core, policy }
    }

    /// Begins a registration. `handle` names the user to the authenticator and says nothing of them.
    pub fn register(&self, handle: &[u8], user: &str, known: &[Key]) -> Result<Ceremony, Refused> {
        let known = known.iter().map(|key| key.0.cred_id.clone()).collect();
        let builder = self.core.new_challenge_register_builder(handle, user, user).map_err(broken)?;
        let builder = builder
            .user_verification_policy(self.policy)
            .credential_algorithms(vec![COSEAlgorithm::ES256, COSEAlgorithm::ES384, COSEAlgorithm::RS256])
            .exclude_credentials(Some(known));
        let (options, state) = self.core.generate_challenge_register(builder).map_err(broken)?;
        ceremony(&options, options.public_key.challenge.as_ref(), &state)
    }

    /// Ends a registration: the key, to be kept.
    pub fn registered(&self, state: &[u8], answer: &str) -> Result<Key, Refused> {
        let state: RegistrationState = kept(state)?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(unreadable)?;
        self.core.register_credential(&answer, &state, None).map(Key).map_err(refused)
    }

    /// Begins an authentication with one of these keys.
    pub fn authenticate(&self, keys: Vec<Key>) -> Result<Ceremony, Refused> {
        let keys = keys.into_iter().map(|key| key.0).collect();
        let builder = self.core.new_challenge_authenticate_builder(keys, Some(self.policy)).map_err(broken)?;
        let (options, state) = self.core.generate_challenge_authenticate(builder).map_err(broken)?;
        ceremony(&options, options.public_key.challenge.as_ref(), &state)
    }

    /// Ends an authentication.
    pub fn authenticated(&self, state: &[u8], answer: &str) -> Result<Proved, Refused> {
        let state: AuthenticationState = kept(state)?;
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(unreadable)?;
        let proved = self.core.authenticate_credential(&answer, &state).map_err(refused)?;
        Ok(Proved { id: proved.cred_id().to_vec(), counter: proved.counter() })
    }
}

fn ceremony(options: &impl Serialize, challenge: &[u8], state: &impl Serialize) -> Result<Ceremony, Refused> {
    let unwritten = |e: serde_json::Error| Refused::Broken(e.to_string());
    Ok(Ceremony {
        options: serde_json::to_value(options).map_err(unwritten)?,
        challenge: challenge.to_vec(),
        state: serde_json::to_vec(state).map_err(unwritten)?,
    })
}

/// The challenge that an answer was made for, whatever else it says.
pub fn challenge_of(answer: &str) -> Option<Vec<u8>> {
    let answer: serde_json::Value = serde_json::from_str(answer).ok()?;
    let client = BASE64URL_NOPAD.decode(answer.pointer("/response/clientDataJSON")?.as_str()?.as_bytes()).ok()?;
    let client: serde_json::Value = serde_json::from_slice(&client).ok()?;
    BASE64URL_NOPAD.decode(client.get("challenge")?.as_str()?.as_bytes()).ok()
}

fn kept<T: for<'de> Deserialize<'de>>(state: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(state).map_err(|e| Refused::Broken(e.to_string()))
}

fn unreadable(error: serde_json::Error) -> Refused {
    Refused::Wrong(format!("an answer that can't be read: {error}"))
}

fn broken(error: WebauthnError) -> Refused {
    Refused::Broken(error.to_string())
}

fn refused(error: WebauthnError) -> Refused {
    match error {
        WebauthnError::CredentialPossibleCompromise => Refused::Cloned,
        other => Refused::Wrong(other.to_string()),
    }
}
