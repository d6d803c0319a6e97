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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use data_encoding::HEXLOWER;
    use serde_json::{Value, json};

    use super::*;

    fn party(user_verification: UserVerification) -> Webauthn {
        let settings = WebauthnSettings { rp_id: "example.org".into(), user_verification, timeout: Duration::from_secs(300) };
        Webauthn::new(&settings, &url::Url::parse("https://example.org").unwrap(), "Example")
    }

    fn bytes(value: &Value) -> Vec<u8> {
        HEXLOWER.decode(value.as_str().unwrap().as_bytes()).unwrap()
    }

    fn b64(bytes: &[u8]) -> String {
        BASE64URL_NOPAD.encode(bytes)
    }

    /// The ceremony's state with the vector's challenge in place of the random one.
    fn with_challenge(ceremony: &Ceremony, challenge: &[u8]) -> Vec<u8> {
        let state = String::from_utf8(ceremony.state.clone()).unwrap();
        assert!(state.contains(&b64(&ceremony.challenge)));
        state.replace(&b64(&ceremony.challenge), &b64(challenge)).into_bytes()
    }

    fn register(party: &Webauthn, vector: &Value, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Result<Key, Refused> {
        let said = &vector["registration"];
        let begun = party.register(b"handle", "alice", &[]).unwrap();
        let id = b64(&bytes(&said["credential_id"]));
        let part = |name: &str| b64(&change(name, bytes(&said[name])));
        let answer = json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {},
            "response": { "clientDataJSON": part("clientDataJSON"), "attestationObject": part("attestationObject") } });
        party.registered(&with_challenge(&begun, &bytes(&said["challenge"])), &answer.to_string())
    }

    fn authenticate(
        party: &Webauthn,
        key: &Key,
        vector: &Value,
        change: impl Fn(&str, Vec<u8>) -> Vec<u8>,
    ) -> Result<Proved, Refused> {
        let said = &vector["authentication"];
        let begun = party.authenticate(vec![key.clone()]).unwrap();
        let part = |name: &str| b64(&change(name, bytes(&said[name])));
        let answer = json!({ "id": b64(key.id()), "rawId": b64(key.id()), "type": "public-key", "extensions": {},
            "response": { "clientDataJSON": part("clientDataJSON"), "authenticatorData": part("authenticatorData"),
                "signature": part("signature") } });
        party.authenticated(&with_challenge(&begun, &bytes(&said["challenge"])), &answer.to_string())
    }

    /// Which vectors are refused, and why: by what is configured here (no frames; a key that verified its user once does so
    /// always; the algorithms that are offered), or by what the library leaves out (RSA keys of odd sizes, TPM and Android
    /// attestations, which nobody asks for).
    const REFUSED: [(&str, &str); 9] = [
        ("\"crossOrigin\": true", "cross-origin"),
        ("\"topOrigin\"", "cross-origin"),
        ("Self Attestation", "user verified bit"),
        ("ES512", "not allowed in the request"),
        ("Ed25519", "not supported"),
        ("Ed448", "invalid cryptographic algorithm"),
        ("RS256", "RSA modulus"),
        ("TPM", "not supported"),
        ("Android", "not valid"),
    ];

    /// W3C Web Authentication Level 3, "Test Vectors".
    #[test]
    fn the_vectors_of_the_specification_pass_or_are_refused_as_configured() {
        let vectors: Value = serde_json::from_str(include_str!("../../tests/specs/webauthn-l3-vectors.json")).unwrap();
        let party = party(UserVerification::Preferred);
        let same = |_: &str, bytes: Vec<u8>| bytes;
        let mut passed = Vec::new();
        for vector in vectors["vectors"].as_array().unwrap() {
            let title = vector["title"].as_str().unwrap();
            let outcome = register(&party, vector, same).and_then(|key| Ok((authenticate(&party, &key, vector, same)?, key)));
            let (proved, key) = match (outcome, REFUSED.iter().find(|(name, _)| title.contains(name))) {
                (Ok(both), None) => both,
                (Err(Refused::Wrong(why)), Some((_, wanted))) if why.contains(wanted) => continue,
                (outcome, wanted) => panic!("{title}: {outcome:?}, {wanted:?}"),
            };
            assert_eq!(proved.id, key.id(), "{title}");
            passed.push(title);
            for part in ["clientDataJSON", "authenticatorData", "signature"] {
                for at in [0, 7, 40] {
                    let flip = |name: &str, mut bytes: Vec<u8>| {
                        if name == part
                            && let Some(byte) = bytes.get_mut(at)
                        {
                            *byte ^= 1;
                        }
                        bytes
                    };
                    if at < 36 || part != "authenticatorData" {
                        assert!(authenticate(&party, &key, vector, flip).is_err(), "{title}: byte {at} of {part}");
                    }
                }
            }
            // A registration without attestation signs nothing: its challenge, origin and relying party are what is checked.
            let challenge = |name: &str, mut bytes: Vec<u8>| {
                if name == "clientDataJSON" {
                    bytes[40] ^= 1;
                }
                bytes
            };
            assert!(register(&party, vector, challenge).is_err(), "{title}");
            let relying_party = |name: &str, mut bytes: Vec<u8>| {
                let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"example.org");
                if name == "attestationObject"
                    && let Some(at) = bytes.windows(32).position(|w| w == hash.as_ref())
                {
                    bytes[at] ^= 1;
                }
                bytes
            };
            assert!(register(&party, vector, relying_party).is_err(), "{title}");
        }
        assert_eq!(passed.len(), 6, "{passed:#?}");
    }
}
