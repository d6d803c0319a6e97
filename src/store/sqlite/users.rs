//! Users, their enrolments, the audit, and housekeeping.

use super::{SqliteStore, gates, rows};
use crate::model::*;
use crate::store::*;

/// A begun enrolment that nobody confirmed is nothing after this.
const PENDING_MS: i64 = 10 * 60 * 1000;
/// The audit is kept this long.
const AUDIT_MS: i64 = 400 * 24 * 3600 * 1000;

type Enrolment = (Vec<u8>, String, String, Vec<u8>, i64, Option<i64>, i64);

impl SqliteStore {
    pub(super) async fn read_user(&self, realm: &Realm, user: &UserId) -> StoreResult<Option<UserRow>> {
        let sql = "select primary_method, created_at from users where realm = $1 and id = $2";
        let row: Option<(Option<String>, i64)> =
            sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).fetch_optional(&self.read).await?;
        Ok(row.map(|(primary, created)| UserRow {
            realm: realm.clone(),
            id: user.clone(),
            primary: primary.map(MethodName::new),
            created_at: Timestamp(created),
        }))
    }

    pub(super) async fn read_users(&self) -> StoreResult<Vec<UserRow>> {
        let sql = "select realm, id, primary_method, created_at from users order by realm, id";
        let found: Vec<(String, String, Option<String>, i64)> = sqlx::query_as(sql).fetch_all(&self.read).await?;
        let row = |(realm, id, primary, created): (String, String, Option<String>, i64)| UserRow {
            realm: Realm::new(realm),
            id: UserId::new(id),
            primary: primary.map(MethodName::new),
            created_at: Timestamp(created),
        };
        Ok(found.into_iter().map(row).collect())
    }

    pub(super) async fn read_enrolments(&self, realm: &Realm, user: &UserId) -> StoreResult<Vec<EnrolmentRow>> {
        let sql = "select id, method, label, secret, created_at, confirmed_at, last_step from enrolments
                   where realm = $1 and user_id = $2 order by created_at, id";
        let found: Vec<Enrolment> = sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).fetch_all(&self.read).await?;
        let mut all = Vec::with_capacity(found.len());
        for (id, method, label, sealed, created, confirmed, last_step) in found {
            let place = rows::place("enrolments", realm.as_str(), user.as_str());
            all.push(EnrolmentRow {
                id: EnrolmentId(rows::id(id)?),
                realm: realm.clone(),
                user: user.clone(),
                method: MethodName::new(method),
                label,
                secret: self.seal.open(&place, &sealed).map_err(|e| StoreError(e.to_string()))?,
                confirmed_at: confirmed.map(Timestamp),
                created_at: Timestamp(created),
                last_step,
            });
        }
        Ok(all)
    }

    pub(super) async fn write_pending(&self, row: &EnrolmentRow) -> StoreResult<()> {
        let place = rows::place("enrolments", row.realm.as_str(), row.user.as_str());
        let sealed = self.seal.seal(&place, &row.secret);
        let mut tx = self.begin().await?;
        let sql = "delete from enrolments where realm = $1 and user_id = $2 and method = $3 and confirmed_at is null";
        let query = sqlx::query(sql).bind(row.realm.as_str()).bind(row.user.as_str()).bind(row.method.as_str());
        query.execute(&mut *tx).await?;
        let sql =
            "insert into enrolments (id, realm, user_id, method, label, secret, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(sql)
            .bind(&row.id.0[..])
            .bind(row.realm.as_str())
            .bind(row.user.as_str())
            .bind(row.method.as_str())
            .bind(&row.label)
            .bind(sealed)
            .bind(row.created_at.0)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn write_confirmed(&self, row: &EnrolmentRow, now: Timestamp) -> StoreResult<bool> {
        let place = rows::place("enrolments", row.realm.as_str(), row.user.as_str());
        let sealed = self.seal.seal(&place, &row.secret);
        let sql = "update enrolments set confirmed_at = $2, last_step = $3, label = $4, secret = $5
                   where id = $1 and confirmed_at is null";
        let query = sqlx::query(sql).bind(&row.id.0[..]).bind(now.0).bind(row.last_step).bind(&row.label).bind(sealed);
        Ok(query.execute(&self.write).await?.rows_affected() == 1)
    }

    pub(super) async fn delete_enrolment(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<bool> {
        let mut tx = self.begin().await?;
        let sql = "delete from enrolments where realm = $1 and user_id = $2 and method = $3 and confirmed_at is not null";
        let query = sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(method.as_str());
        let active = query.execute(&mut *tx).await?.rows_affected() > 0;
        let sql = "delete from enrolments where realm = $1 and user_id = $2 and method = $3";
        sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(method.as_str()).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(active)
    }

    pub(super) async fn delete_user_state(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        gates::revoke(&mut tx, realm, user, now).await?;
        for sql in [
            "delete from enrolments where realm = $1 and user_id = $2",
            "delete from backup_codes where realm = $1 and user_id = $2",
            "delete from codes where realm = $1 and user_id = $2",
            "delete from ceremonies where realm = $1 and user_id = $2",
            "update users set primary_method = null where realm = $1 and id = $2",
        ] {
            sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    pub(super) async fn write_audit(&self, row: &AuditRow) -> StoreResult<()> {
        let sql = "insert into audit (at, event, realm, user_id, method, ip, detail) values ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(sql)
            .bind(row.at.0)
            .bind(&row.event)
            .bind(&row.realm)
            .bind(&row.user)
            .bind(&row.method)
            .bind(&row.ip)
            .bind(&row.detail)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    pub(super) async fn read_audit(&self, user: Option<&str>, since: Timestamp, max: u32) -> StoreResult<Vec<AuditRow>> {
        type Row = (i64, String, String, String, Option<String>, Option<String>, Option<String>);
        let sql = "select at, event, realm, user_id, method, ip, detail from audit
                   where at >= $1 and ($2 is null or user_id = $2) order by id desc limit $3";
        let mut found: Vec<Row> = sqlx::query_as(sql).bind(since.0).bind(user).bind(max).fetch_all(&self.read).await?;
        found.reverse();
        let row = |(at, event, realm, user, method, ip, detail): Row| AuditRow {
            at: Timestamp(at),
            event,
            realm,
            user,
            method,
            ip,
            detail,
        };
        Ok(found.into_iter().map(row).collect())
    }

    pub(super) async fn delete_ended(&self, now: Timestamp, sessions_before: Timestamp) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        for (sql, at) in [
            ("delete from gate_sessions where expires_at <= $1", now.0),
            (
                "delete from sessions where created_at <= $1 and id not in (select session_id from gate_sessions)",
                sessions_before.0,
            ),
            ("delete from codes where expires_at <= $1 - 3600000", now.0),
            ("delete from ceremonies where expires_at <= $1", now.0),
            ("delete from spent where until <= $1", now.0),
            ("delete from enrolments where confirmed_at is null and created_at <= $1", now.0 - PENDING_MS),
            ("delete from limits where window_ends <= $1 and coalesce(locked_until, 0) <= $1", now.0),
            ("delete from devices where expires_at <= $1", now.0),
            ("delete from revocations where at <= $1 - 3600000", now.0),
            ("delete from audit where at <= $1", now.0 - AUDIT_MS),
        ] {
            sqlx::query(sql).bind(at).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }
}
