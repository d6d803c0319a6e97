//! Between rows and values: ids of fixed length, JSON, sealed attributes.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::{Attributes, User};
use crate::seal::Seal;
use crate::store::{StoreError, StoreResult};

/// An id of fixed length.
pub(super) fn id<const N: usize>(bytes: Vec<u8>) -> StoreResult<[u8; N]> {
    bytes.try_into().map_err(|_| StoreError("an id has the wrong length".into()))
}

pub(super) fn to_json<T: Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|e| StoreError(e.to_string()))
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|e| StoreError(format!("a stored value can't be read: {e}")))
}

/// Attributes are personal data: sealed for the table and the user.
pub(super) fn seal_attributes(seal: &Seal, table: &str, user: &User) -> StoreResult<Vec<u8>> {
    let json = to_json(&user.attributes)?;
    Ok(seal.seal(&place(table, user.realm.as_str(), user.id.as_str()), json.as_bytes()))
}

pub(super) fn open_attributes(seal: &Seal, table: &str, realm: &str, user: &str, sealed: &[u8]) -> StoreResult<Attributes> {
    let plain = seal.open(&place(table, realm, user), sealed).map_err(|e| StoreError(e.to_string()))?;
    from_json(&String::from_utf8_lossy(&plain))
}

pub(super) fn place(table: &str, realm: &str, user: &str) -> String {
    format!("{table}\u{0}{realm}\u{0}{user}")
}
