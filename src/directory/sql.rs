//! A directory in a database: a query with the name as `:login`, and columns as attributes.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use super::sqldb::Database;
use super::{Entry, Lookup};
use crate::config::settings::Question;
use crate::model::UserId;

/// A database as directory.
#[derive(Debug)]
pub(super) struct Sql(Database);

impl Sql {
    pub(super) fn new(settings: &Question, timeout: Duration) -> Self {
        Self(Database::new(settings, timeout))
    }
}

#[async_trait]
impl Lookup for Sql {
    async fn find(&self, spelling: &str) -> Result<Vec<Entry>, String> {
        self.0.rows(spelling).await?.into_iter().map(entry).collect()
    }
}

/// `id` is the user's id, what isn't null is an attribute.
fn entry(row: Vec<(String, Value)>) -> Result<Entry, String> {
    let id = row.iter().find(|(name, _)| name == "id").map(|(_, value)| value);
    let id = match id {
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err("the user's `id` is empty".into()),
        None => return Err("it gives no `id`; write `… as id` in the query".into()),
    };
    let attributes = row.into_iter().filter(|(name, value)| name != "id" && !value.is_null()).collect();
    Ok(Entry { id: UserId::new(id), attributes })
}
