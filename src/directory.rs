//! Where attributes of a user come from when the app doesn't tell them, and which spelling is which user.

use std::collections::HashMap;
use std::path::Path;

use crate::config::settings::Directory as DirectorySettings;
use crate::model::{Attributes, Realm, User, UserId};

/// Why a directory can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the directory {file} can't be used: {why}")]
pub struct DirectoryError {
    /// The file.
    pub file: String,
    /// The reason.
    pub why: String,
}

/// A directory in memory.
#[derive(Clone, Debug)]
pub struct Directory {
    users: HashMap<String, (UserId, Attributes)>,
    /// Every folded spelling, and whose it is.
    spellings: HashMap<String, String>,
}

impl Directory {
    /// Opens the directory of an app.
    pub fn open(settings: &DirectorySettings) -> Result<Self, DirectoryError> {
        match settings {
            DirectorySettings::File(path) => Self::read_file(path),
        }
    }

    fn read_file(path: &Path) -> Result<Self, DirectoryError> {
        let fault = |why: String| DirectoryError { file: path.display().to_string(), why };
        let text = std::fs::read_to_string(path).map_err(|e| fault(e.to_string()))?;
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| fault(e.to_string()))?;
        let users =
            table.get("users").and_then(toml::Value::as_table).ok_or_else(|| fault("it has no [users.NAME] tables".into()))?;
        let mut directory = Self { users: HashMap::new(), spellings: HashMap::new() };
        for (name, value) in users {
            let value = value.as_table().ok_or_else(|| fault(format!("users.{name} is no table")))?;
            let json = serde_json::to_value(value).map_err(|e| fault(e.to_string()))?;
            let attributes: Attributes = json.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
            let mut spellings = vec![fold(name)];
            spellings.extend(attributes.text("email").map(|email| fold(&email)));
            if let Some(serde_json::Value::Array(aliases)) = json.get("aliases") {
                spellings.extend(aliases.iter().filter_map(serde_json::Value::as_str).map(fold));
            }
            for spelling in spellings {
                if let Some(other) = directory.spellings.insert(spelling.clone(), name.clone())
                    && other != *name
                {
                    return Err(fault(format!("`{spelling}` is both {other} and {name}")));
                }
            }
            directory.users.insert(name.clone(), (UserId::new(name), attributes));
        }
        Ok(directory)
    }

    /// The user of this spelling; `None`: not known here, and so denied.
    pub fn find(&self, realm: &Realm, spelling: &str) -> Option<User> {
        let name = self.spellings.get(&fold(spelling))?;
        let (id, attributes) = self.users.get(name)?;
        Some(User { realm: realm.clone(), id: id.clone(), attributes: attributes.clone() })
    }
}

/// Case and outer space don't make another user.
pub fn fold(spelling: &str) -> String {
    spelling.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Result<Directory, DirectoryError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("users.toml");
        std::fs::write(&path, text).unwrap();
        Directory::open(&DirectorySettings::File(path))
    }

    #[test]
    fn every_spelling_finds_one_user() {
        let directory = open("[users.alice]\nemail = 'a@example.com'\naliases = ['al']\n").unwrap();
        let realm = Realm::new("wiki");
        for spelling in ["alice", "Alice", " alice ", "A@example.com", "AL"] {
            assert_eq!(directory.find(&realm, spelling).unwrap().id.as_str(), "alice", "{spelling}");
        }
        assert!(directory.find(&realm, "mallory").is_none());
    }

    #[test]
    fn a_spelling_of_two_users_is_refused() {
        assert!(open("[users.alice]\nemail = 'x@example.com'\n[users.bob]\nemail = 'X@example.com'\n").is_err());
    }
}
