//! Public keys of tokens, read once more where they are used.

use jsonwebtoken::DecodingKey;
use secrecy::{ExposeSecret, SecretString};

/// The key of a token's signature, for an algorithm.
pub fn decoding_key(algorithm: &str, key: &SecretString) -> Result<DecodingKey, String> {
    let bytes = key.expose_secret().as_bytes();
    match algorithm.get(..2) {
        Some("HS") => Ok(DecodingKey::from_secret(bytes)),
        Some("RS" | "PS") => DecodingKey::from_rsa_pem(bytes).map_err(|e| e.to_string()),
        Some("ES") => DecodingKey::from_ec_pem(bytes).map_err(|e| e.to_string()),
        _ => DecodingKey::from_ed_pem(bytes).map_err(|e| e.to_string()),
    }
}

pub(super) fn check(algorithm: &str, key: &SecretString) -> Result<(), String> {
    decoding_key(algorithm, key).map(drop)
}
