//! One question to a database of the app's: PostgreSQL, MySQL or MariaDB, SQLite, with a value as parameter.

use std::sync::Once;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde_json::Value;
use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::{AnyPool, AssertSqlSafe, Column, Row, ValueRef};

use crate::config::settings::Question;

/// So many connections to the app's database.
const CONNECTIONS: u32 = 4;

/// More rows than that are no answer to who somebody is.
const ROWS_MAX: usize = 1000;

/// A prepared question and the connections that ask it.
#[derive(Debug)]
pub struct Database {
    pool: Result<AnyPool, String>,
    sql: String,
    parameters: usize,
}

impl Database {
    /// Connects when it is asked first.
    pub fn new(question: &Question, timeout: Duration) -> Self {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let options =
            AnyPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(timeout).idle_timeout(Duration::from_secs(300));
        let pool = options.connect_lazy(question.url.expose_secret()).map_err(|e| e.to_string());
        Self { pool, sql: question.sql.clone(), parameters: question.parameters }
    }

    /// The rows, each a list of column name and value; more than one is rare.
    pub async fn rows(&self, value: &str) -> Result<Vec<Vec<(String, Value)>>, String> {
        let pool = self.pool.as_ref().map_err(Clone::clone)?;
        // The text is the administrator's own; what came from a client is bound.
        let mut query = sqlx::query(AssertSqlSafe(self.sql.clone()));
        for _ in 0..self.parameters {
            query = query.bind(value.to_owned());
        }
        let rows = query.fetch_all(pool).await.map_err(|e| e.to_string())?;
        rows.iter().take(ROWS_MAX).map(columns).collect()
    }
}

fn columns(row: &AnyRow) -> Result<Vec<(String, Value)>, String> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let name = column.name().to_owned();
            let value = value(row, i).ok_or_else(|| format!("column `{name}` can't be read; cast it to text in the query"))?;
            Ok((name, value))
        })
        .collect()
}

fn value(row: &AnyRow, i: usize) -> Option<Value> {
    if row.try_get_raw(i).ok()?.is_null() {
        return Some(Value::Null);
    }
    let text = row.try_get::<String, _>(i).map(Value::from);
    let text =
        text.or_else(|_| row.try_get::<i64, _>(i).map(Value::from)).or_else(|_| row.try_get::<bool, _>(i).map(Value::from));
    let bytes = |_| row.try_get::<Vec<u8>, _>(i).map(|b| Value::from(String::from_utf8_lossy(&b).into_owned()));
    text.or_else(bytes).or_else(|_| row.try_get::<f64, _>(i).map(Value::from)).ok()
}
