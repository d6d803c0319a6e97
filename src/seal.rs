//! The key ring: seals secrets for the store, makes keyed hashes, tokens and codes. Keys never leave this room.

use std::cell::Cell;
use std::fmt;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::{constant_time, hkdf, hmac};
use data_encoding::BASE64URL_NOPAD;
use rand::TryRng;
use rand::rngs::SysRng;

use crate::model::{CodeHash, MemberKey, RequestId, TokenHash};

/// Why the key file or a sealed value can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key file can't be read or made.
    #[error("the key file {path} can't be used: {why}")]
    KeyFile {
        /// The file.
        path: String,
        /// The reason.
        why: String,
    },
    /// A sealed value was made with another key, for another place, or was changed.
    #[error("a sealed value can't be opened: made with another key file, or changed")]
    Open,
}

/// An opaque 256-bit token as it stands in a cookie. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The cookie's value.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// All keys, each derived for one purpose from the key file. Cheap to clone.
#[derive(Clone)]
pub struct Seal(Arc<Keys>);

struct Keys {
    aead: RandomizedNonceKey,
    member: hmac::Key,
    token: hmac::Key,
    code: hmac::Key,
    form: hmac::Key,
    pending: hmac::Key,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

/// An id for one request: unlike every other, and no secret.
pub fn request_id() -> RequestId {
    thread_local! {
        static LAST: Cell<u64> = Cell::new(u64::from_le_bytes(random()));
    }
    // A Weyl sequence: it visits every value once before it comes back.
    RequestId(LAST.with(|last| last.replace(last.get().wrapping_add(0x9e37_79b9_7f4a_7c15))))
}

/// First byte of a sealed value: which key sealed it.
const KEY_ID: u8 = 1;

impl Seal {
    /// Reads the key file; makes it, readable by its owner only, where there is none.
    pub fn open_or_make(path: &Path) -> Result<Self, SealError> {
        let fault = |why: String| SealError::KeyFile { path: path.display().to_string(), why };
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let key = BASE64URL_NOPAD
                    .decode(text.trim().as_bytes())
                    .ok()
                    .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
                    .ok_or_else(|| fault("it does not hold one key of 32 bytes in base64url".into()))?;
                Ok(Self::from_master(&key))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = random::<32>();
                if let Some(dir) = path.parent() {
                    std::fs::create_dir_all(dir).map_err(|e| fault(e.to_string()))?;
                }
                use std::os::unix::fs::OpenOptionsExt;
                let mut file = std::fs::OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(path)
                    .map_err(|e| fault(e.to_string()))?;
                writeln!(file, "{}", BASE64URL_NOPAD.encode(&key))
                    .and_then(|()| file.sync_all())
                    .map_err(|e| fault(e.to_string()))?;
                Ok(Self::from_master(&key))
            }
            Err(e) => Err(fault(e.to_string())),
        }
    }

    /// Keys that live as long as this process (tests, the demo).
    pub fn ephemeral() -> Self {
        Self::from_master(&random::<32>())
    }

    fn from_master(master: &[u8; 32]) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"mfa-gate v1").extract(master);
        let derive = |purpose: &str| -> [u8; 32] {
            let mut out = [0u8; 32];
            let info = [purpose.as_bytes()];
            // 32 bytes are always available from HKDF-SHA256 (its limit is 8160).
            if let Ok(okm) = prk.expand(&info, hkdf::HKDF_SHA256) {
                let _ = okm.fill(&mut out);
            }
            out
        };
        let mac = |purpose: &str| hmac::Key::new(hmac::HMAC_SHA256, &derive(purpose));
        #[expect(clippy::expect_used, reason = "AES-256-GCM takes every key of 32 bytes")]
        let aead = RandomizedNonceKey::new(&AES_256_GCM, &derive("seal")).expect("32 bytes");
        Self(Arc::new(Keys {
            aead,
            member: mac("member"),
            token: mac("token"),
            code: mac("code"),
            form: mac("form"),
            pending: mac("pending"),
        }))
    }

    /// Seals a secret for one place (`"enrolments.secret:wiki:alice"`); it opens nowhere else.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Vec<u8> {
        let mut body = plain.to_vec();
        #[expect(clippy::expect_used, reason = "sealing fails only for values of many GiB")]
        let nonce = self.0.aead.seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut body).expect("short values seal");
        let mut out = Vec::with_capacity(1 + 12 + body.len());
        out.push(KEY_ID);
        out.extend_from_slice(nonce.as_ref());
        out.extend_from_slice(&body);
        out
    }

    /// Opens what [`Seal::seal`] made for the same place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (&id, rest) = sealed.split_first().ok_or(SealError::Open)?;
        if id != KEY_ID || rest.len() < 12 {
            return Err(SealError::Open);
        }
        let (nonce, body) = rest.split_at(12);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Open)?;
        let mut body = body.to_vec();
        let plain = self.0.aead.open_in_place(nonce, Aad::from(place.as_bytes()), &mut body).map_err(|_| SealError::Open)?;
        Ok(plain.to_vec())
    }

    /// The key of one credential: app, exact name, exact value.
    pub fn member(&self, app: &str, name: &[u8], value: &[u8]) -> MemberKey {
        let tag = mac(&self.0.member, &[app.as_bytes(), name, value]);
        let mut key = [0u8; 16];
        key.copy_from_slice(&tag[..16]);
        MemberKey(key)
    }

    /// The stored form of a token from a cookie.
    pub fn token_hash(&self, token: &str) -> TokenHash {
        TokenHash(mac(&self.0.token, &[token.as_bytes()]))
    }

    /// A new random token.
    pub fn new_token(&self) -> Token {
        Token(BASE64URL_NOPAD.encode(&random::<32>()))
    }

    /// The token of the pending gate session of one app session: the same for parallel requests,
    /// so that they set one cookie. It proves nothing but the first factor.
    pub fn pending_token(&self, session: &[u8; 16]) -> Token {
        Token(BASE64URL_NOPAD.encode(&mac(&self.0.pending, &[session])))
    }

    /// The stored form of a code, bound to everything that it was sent for.
    pub fn code_hash(&self, parts: &[&str]) -> CodeHash {
        let bytes: Vec<&[u8]> = parts.iter().map(|p| p.as_bytes()).collect();
        CodeHash(mac(&self.0.code, &bytes))
    }

    /// The token of the forms of one gate session.
    pub fn form_token(&self, gate: &[u8; 16]) -> String {
        BASE64URL_NOPAD.encode(&mac(&self.0.form, &[gate]))
    }

    /// Is this the form token of this gate session? Takes the same time for every answer.
    pub fn is_form_token(&self, gate: &[u8; 16], given: &str) -> bool {
        constant_time::verify_slices_are_equal(self.form_token(gate).as_bytes(), given.as_bytes()).is_ok()
    }
}

/// A MAC over parts, each with its length before it, so that no two lists of parts read the same.
fn mac(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut out = [0u8; 32];
    // Most are short: one pass over one buffer costs half of what a context costs.
    let mut short = [0u8; 512];
    let mut end = 0;
    for part in parts {
        let Some(room) = short.get_mut(end..end + 8 + part.len()) else {
            return mac_of_long(key, parts);
        };
        room[..8].copy_from_slice(&(part.len() as u64).to_be_bytes());
        room[8..].copy_from_slice(part);
        end += room.len();
    }
    out.copy_from_slice(hmac::sign(key, &short[..end]).as_ref());
    out
}

fn mac_of_long(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut out = [0u8; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut out = [0u8; N];
    #[expect(clippy::expect_used, reason = "without randomness nothing may go on")]
    SysRng.try_fill_bytes(&mut out).expect("the operating system gives random bytes");
    out
}

/// A random code of `length` characters of `alphabet`, each equally likely.
pub fn random_code(alphabet: &[u8], length: usize) -> String {
    let limit = 256 - 256 % alphabet.len();
    let mut code = String::with_capacity(length);
    while code.len() < length {
        for byte in random::<32>() {
            if usize::from(byte) < limit && code.len() < length {
                code.push(char::from(alphabet[usize::from(byte) % alphabet.len()]));
            }
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_is_the_same_whether_its_parts_are_short_or_long() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"key");
        for length in [0, 1, 400, 487, 488, 489, 600] {
            let long = vec![b'x'; length];
            let parts: [&[u8]; 3] = [b"a", b"", &long];
            assert_eq!(mac(&key, &parts), mac_of_long(&key, &parts), "{length}");
        }
    }

    #[test]
    fn a_sealed_value_opens_only_where_it_was_sealed_for() {
        let seal = Seal::ephemeral();
        let sealed = seal.seal("a", b"secret");
        assert_eq!(seal.open("a", &sealed).unwrap(), b"secret");
        assert!(seal.open("b", &sealed).is_err());
        assert!(Seal::ephemeral().open("a", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(seal.open("a", &changed).is_err(), "byte {i}");
        }
    }

    #[test]
    fn members_differ_by_app_name_and_value() {
        let seal = Seal::ephemeral();
        let a = seal.member("wiki", b"sid", b"1");
        assert_eq!(a, seal.member("wiki", b"sid", b"1"));
        assert_ne!(a, seal.member("wik", b"isid", b"1"));
        assert_ne!(a, seal.member("wiki", b"sid1", b""));
        assert_ne!(a, seal.member("shop", b"sid", b"1"));
    }

    #[test]
    fn the_key_file_is_made_once_and_read_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data/gate.key");
        let first = Seal::open_or_make(&path).unwrap();
        let second = Seal::open_or_make(&path).unwrap();
        assert_eq!(first.token_hash("t"), second.token_hash("t"));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn codes_use_every_digit() {
        let code = random_code(b"0123456789", 4000);
        for digit in '0'..='9' {
            let n = code.matches(digit).count();
            assert!((300..500).contains(&n), "{digit}: {n}");
        }
    }
}
