//! One line per event, in the store and in the log. A line that can't be written is said in the log, and stops nothing.

use crate::clock::Clock;
use crate::model::{MethodName, User, Visitor};
use crate::store::{AuditRow, Store};

/// Writes one event: `challenged`, `sent`, `passed`, `failed`, `locked`, `enrolled`, `removed` …
pub async fn record(
    store: &dyn Store,
    clock: &Clock,
    event: &str,
    user: &User,
    method: Option<&MethodName>,
    visitor: Option<&Visitor>,
    detail: Option<String>,
) {
    tracing::info!(event, user = %user.id, realm = %user.realm, method = method.map(MethodName::as_str), ip = ?visitor.map(|v| v.ip), detail, "audit");
    let row = AuditRow {
        at: clock.now(),
        event: event.to_owned(),
        realm: user.realm.to_string(),
        user: user.id.to_string(),
        method: method.map(ToString::to_string),
        ip: visitor.map(|v| v.ip.to_canonical().to_string()),
        detail,
    };
    if let Err(error) = store.record(&row).await {
        tracing::error!(%error, event, "an audit line was not written");
    }
}
