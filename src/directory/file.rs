//! A directory in a file: `[users.NAME]` tables with attributes.

use std::collections::HashMap;
use std::path::Path;

use async_trait::async_trait;

use super::{Entry, Lookup, fold};
use crate::model::{Attributes, UserId};

/// The file as it was read at start.
#[derive(Debug)]
pub(super) struct File {
    users: HashMap<String, Entry>,
    /// Every folded spelling, and whose it is.
    spellings: HashMap<String, String>,
}

impl File {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
        let users = table.get("users").and_then(toml::Value::as_table).ok_or("it has no [users.NAME] tables")?;
        let mut directory = Self { users: HashMap::new(), spellings: HashMap::new() };
        for (name, value) in users {
            let value = value.as_table().ok_or_else(|| format!("users.{name} is no table"))?;
            let json = serde_json::to_value(value).map_err(|e| e.to_string())?;
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
                    return Err(format!("`{spelling}` is both {other} and {name}"));
                }
            }
            directory.users.insert(name.clone(), Entry { id: UserId::new(name), attributes });
        }
        Ok(directory)
    }
}

#[async_trait]
impl Lookup for File {
    async fn find(&self, spelling: &str) -> Result<Vec<Entry>, String> {
        Ok(self.spellings.get(spelling).and_then(|name| self.users.get(name)).cloned().into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<File, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("users.toml");
        std::fs::write(&path, text).unwrap();
        File::read(&path)
    }

    #[tokio::test]
    async fn every_spelling_finds_one_user() {
        let directory = read("[users.alice]\nemail = 'a@example.com'\naliases = ['al']\n").unwrap();
        for spelling in ["alice", "Alice", " alice ", "A@example.com", "AL"] {
            assert_eq!(directory.find(&fold(spelling)).await.unwrap()[0].id.as_str(), "alice", "{spelling}");
        }
        assert_eq!(directory.find("mallory").await, Ok(Vec::new()));
    }

    #[test]
    fn a_spelling_of_two_users_is_refused() {
        assert!(read("[users.alice]\nemail = 'x@example.com'\n[users.bob]\nemail = 'X@example.com'\n").is_err());
    }
}
