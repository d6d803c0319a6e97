//! The store on SQLite: one file in WAL mode, one writer, a few readers. A failure is an error, never an empty answer.

mod codes;
mod gates;
mod rows;
mod sessions;
#[cfg(test)]
mod tests;
mod users;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};

use super::*;
use crate::seal::{Seal, random};

/// The SQLite store.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    write: SqlitePool,
    read: SqlitePool,
    seal: Seal,
    /// Marks what this process ended itself. Never 0, which stands for everybody.
    origin: i64,
}

impl From<sqlx::Error> for StoreError {
    fn from(e: sqlx::Error) -> Self {
        Self(e.to_string())
    }
}

impl SqliteStore {
    /// Opens the file, makes it where there is none, and brings its schema up to date.
    pub async fn open(path: &Path, seal: Seal) -> StoreResult<Self> {
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).map_err(|e| StoreError(format!("{}: {e}", dir.display())))?;
        }
        if !path.exists() {
            use std::os::unix::fs::OpenOptionsExt;
            let made = std::fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
            made.map_err(|e| StoreError(format!("{}: {e}", path.display())))?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what a user was told survives a power cut, not only a kill.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true);
        let pool = |max| SqlitePoolOptions::new().max_connections(max).acquire_timeout(Duration::from_secs(6));
        let write = pool(1).connect_with(options.clone()).await.map_err(|e| StoreError(format!("{}: {e}", path.display())))?;
        migrate(&write).await?;
        let read = pool(4).connect_with(options.read_only(true)).await?;
        let origin = i64::from_be_bytes(random()).saturating_abs().max(1);
        Ok(Self { write, read, seal, origin })
    }

    async fn begin(&self) -> StoreResult<Transaction<'static, Sqlite>> {
        Ok(self.write.begin_with("BEGIN IMMEDIATE").await?)
    }
}

/// Forward only; a schema newer than this binary is refused.
async fn migrate(pool: &SqlitePool) -> StoreResult<()> {
    let step = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, sqlx::SqlSafeStr::into_sql_str(sql), false)
    };
    let migrator = Migrator::with_migrations(vec![
        step(1, "start", include_str!("../migrations/0001_start.sql")),
        step(2, "keys", include_str!("../migrations/0002_keys.sql")),
        step(3, "affinity", include_str!("../migrations/0003_affinity.sql")),
        step(4, "tried", include_str!("../migrations/0004_tried.sql")),
        step(5, "endings", include_str!("../migrations/0005_endings.sql")),
    ]);
    migrator.run(pool).await.map_err(|e| match e {
        sqlx::migrate::MigrateError::VersionMissing(version) => {
            StoreError(format!("its schema (version {version}) is newer than this mfa-gate; use the newer binary"))
        }
        other => StoreError(format!("its schema can't be brought up to date: {other}")),
    })
}

#[async_trait]
impl Store for SqliteStore {
    async fn session_by_member(&self, key: MemberKey) -> StoreResult<Option<SessionRow>> {
        self.read_session_by_member(key).await
    }
    async fn session(&self, id: SessionId) -> StoreResult<Option<SessionRow>> {
        self.read_session(id).await
    }
    async fn create_session(&self, new: &SessionRow, ends: Option<SessionId>) -> StoreResult<()> {
        self.write_session(new, ends).await
    }
    async fn add_members(&self, id: SessionId, members: &[Member]) -> StoreResult<Option<Vec<MemberKey>>> {
        self.write_members(id, members).await
    }
    async fn set_session_user(&self, id: SessionId, user: &User) -> StoreResult<bool> {
        self.write_session_user(id, user).await
    }
    async fn begin_login(&self, id: SessionId, now: Timestamp, stale_before: Timestamp) -> StoreResult<bool> {
        let sql = "update sessions set login_since = $2 where id = $1 and (login_since is null or login_since < $3)";
        let mut tx = self.begin().await?;
        let done = sqlx::query(sql).bind(&id.0[..]).bind(now.0).bind(stale_before.0).execute(&mut *tx).await?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        self.tell(&mut tx, id).await?;
        tx.commit().await?;
        Ok(true)
    }
    async fn login_failed(&self, id: SessionId, tried: Option<MemberKey>) -> StoreResult<()> {
        let sql = "update sessions set login_since = null, tried = coalesce($2, tried) where id = $1";
        let mut tx = self.begin().await?;
        sqlx::query(sql).bind(&id.0[..]).bind(tried.map(|key| key.0.to_vec())).execute(&mut *tx).await?;
        self.tell(&mut tx, id).await?;
        Ok(tx.commit().await?)
    }
    async fn end_session(&self, id: SessionId) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        self.end(&mut tx, id).await?;
        Ok(tx.commit().await?)
    }
    async fn put_gate(&self, row: &GateRow) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        self.insert_gate(&mut tx, row).await?;
        Ok(tx.commit().await?)
    }
    async fn gate_by_token(&self, token: TokenHash) -> StoreResult<Option<GateRow>> {
        self.read_gate(token).await
    }
    async fn replace_gate(&self, old: GateId, new: &GateRow) -> StoreResult<bool> {
        let mut tx = self.begin().await?;
        if !self.delete_gate(&mut tx, old).await? {
            return Ok(false);
        }
        self.insert_gate(&mut tx, new).await?;
        tx.commit().await?;
        Ok(true)
    }
    async fn set_step_up(&self, id: GateId, step_up: Option<&Requirement>) -> StoreResult<bool> {
        let text = step_up.map(rows::to_json).transpose()?;
        let sql = "update gate_sessions set step_up = $2 where id = $1";
        Ok(sqlx::query(sql).bind(&id.0[..]).bind(text).execute(&self.write).await?.rows_affected() == 1)
    }
    async fn mark_auto_sent(&self, id: GateId) -> StoreResult<bool> {
        let sql = "update gate_sessions set auto_sent = 1 where id = $1 and auto_sent = 0";
        Ok(sqlx::query(sql).bind(&id.0[..]).execute(&self.write).await?.rows_affected() == 1)
    }
    async fn touch_gates(&self, seen: &[(GateId, Timestamp)]) -> StoreResult<()> {
        let pairs: Vec<(String, i64)> = seen.iter().map(|(id, at)| (data_encoding::HEXLOWER.encode(&id.0), at.0)).collect();
        let sql = "update gate_sessions set last_seen = max(last_seen, seen.at)
                   from (select unhex(value ->> 0) as id, value ->> 1 as at from json_each($1)) as seen
                   where gate_sessions.id = seen.id";
        sqlx::query(sql).bind(rows::to_json(&pairs)?).execute(&self.write).await?;
        Ok(())
    }
    async fn end_gate(&self, id: GateId) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        self.delete_gate(&mut tx, id).await?;
        Ok(tx.commit().await?)
    }
    async fn revoke_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        gates::revoke(&mut tx, realm, user, now).await?;
        Ok(tx.commit().await?)
    }
    async fn revocations_after(&self, revision: i64) -> StoreResult<(i64, Vec<Revoked>)> {
        self.read_revocations(revision).await
    }
    async fn note_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()> {
        let sql = "insert into users (realm, id, created_at) values ($1, $2, $3) on conflict do nothing";
        sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(now.0).execute(&self.write).await?;
        Ok(())
    }
    async fn user(&self, realm: &Realm, user: &UserId) -> StoreResult<Option<UserRow>> {
        self.read_user(realm, user).await
    }
    async fn users(&self) -> StoreResult<Vec<UserRow>> {
        self.read_users().await
    }
    async fn set_primary(&self, realm: &Realm, user: &UserId, method: Option<&MethodName>, now: Timestamp) -> StoreResult<()> {
        let sql = "insert into users (realm, id, primary_method, created_at) values ($1, $2, $3, $4)
                   on conflict (realm, id) do update set primary_method = excluded.primary_method";
        let query = sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(method.map(MethodName::as_str)).bind(now.0);
        query.execute(&self.write).await?;
        Ok(())
    }
    async fn enrolments(&self, realm: &Realm, user: &UserId) -> StoreResult<Vec<EnrolmentRow>> {
        self.read_enrolments(realm, user).await
    }
    async fn put_pending_enrolment(&self, row: &EnrolmentRow) -> StoreResult<()> {
        self.write_pending(row).await
    }
    async fn confirm_enrolment(&self, row: &EnrolmentRow, now: Timestamp) -> StoreResult<bool> {
        self.write_confirmed(row, now).await
    }
    async fn remove_key(&self, realm: &Realm, user: &UserId, id: EnrolmentId) -> StoreResult<bool> {
        let sql = "delete from enrolments where id = $1 and realm = $2 and user_id = $3 and confirmed_at is not null";
        let query = sqlx::query(sql).bind(&id.0[..]).bind(realm.as_str()).bind(user.as_str());
        Ok(query.execute(&self.write).await?.rows_affected() == 1)
    }
    async fn put_ceremony(&self, row: &CeremonyRow) -> StoreResult<()> {
        self.write_ceremony(row).await
    }
    async fn take_ceremony(&self, realm: &Realm, user: &UserId, key: CodeHash, now: Timestamp) -> StoreResult<Option<Vec<u8>>> {
        self.read_ceremony_once(realm, user, key, now).await
    }
    async fn spend(&self, key: CodeHash, until: Timestamp) -> StoreResult<bool> {
        let sql = "insert into spent (key, until) values ($1, $2) on conflict do nothing";
        Ok(sqlx::query(sql).bind(&key.0[..]).bind(until.0).execute(&self.write).await?.rows_affected() == 1)
    }
    async fn remove_enrolment(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<bool> {
        self.delete_enrolment(realm, user, method).await
    }
    async fn advance_step(&self, id: EnrolmentId, step: i64) -> StoreResult<bool> {
        let sql = "update enrolments set last_step = $2 where id = $1 and last_step < $2 and confirmed_at is not null";
        Ok(sqlx::query(sql).bind(&id.0[..]).bind(step).execute(&self.write).await?.rows_affected() == 1)
    }
    async fn reset_user(&self, realm: &Realm, user: &UserId, now: Timestamp) -> StoreResult<()> {
        self.delete_user_state(realm, user, now).await
    }
    async fn put_code(&self, row: &CodeRow) -> StoreResult<()> {
        self.write_code(row).await
    }
    async fn code(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<Option<CodeRow>> {
        self.read_code(realm, user, method).await
    }
    async fn consume_code(
        &self,
        realm: &Realm,
        user: &UserId,
        method: &MethodName,
        hash: CodeHash,
        now: Timestamp,
    ) -> StoreResult<CodeOutcome> {
        self.spend_code(realm, user, method, hash, now).await
    }
    async fn replace_backup_codes(
        &self,
        realm: &Realm,
        user: &UserId,
        codes: &[(CodeHash, String)],
        _now: Timestamp,
    ) -> StoreResult<()> {
        self.write_backup_codes(realm, user, codes).await
    }
    async fn backup_codes(&self, realm: &Realm, user: &UserId, prefix: CodeHash) -> StoreResult<Vec<(i64, String)>> {
        let sql = "select id, hash from backup_codes where realm = $1 and user_id = $2 and prefix = $3 and consumed_at is null";
        Ok(sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).bind(&prefix.0[..]).fetch_all(&self.read).await?)
    }
    async fn backup_codes_left(&self, realm: &Realm, user: &UserId) -> StoreResult<u32> {
        let sql = "select count(*) from backup_codes where realm = $1 and user_id = $2 and consumed_at is null";
        let (n,): (i64,) = sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).fetch_one(&self.read).await?;
        Ok(u32::try_from(n).unwrap_or(0))
    }
    async fn consume_backup_code(&self, row: i64, now: Timestamp) -> StoreResult<bool> {
        let sql = "update backup_codes set consumed_at = $2 where id = $1 and consumed_at is null";
        Ok(sqlx::query(sql).bind(row).bind(now.0).execute(&self.write).await?.rows_affected() == 1)
    }
    async fn reserve(&self, key: &str, limit: Limit, now: Timestamp) -> StoreResult<Reserved> {
        self.count_one(key, limit, now).await
    }
    async fn give_back(&self, key: &str) -> StoreResult<()> {
        sqlx::query("update limits set count = max(count - 1, 0), locked_until = null where key = $1")
            .bind(key)
            .execute(&self.write)
            .await?;
        Ok(())
    }
    async fn locked_until(&self, key: &str, now: Timestamp) -> StoreResult<Option<Timestamp>> {
        let sql = "select locked_until from limits where key = $1 and locked_until > $2";
        let row: Option<(i64,)> = sqlx::query_as(sql).bind(key).bind(now.0).fetch_optional(&self.read).await?;
        Ok(row.map(|(at,)| Timestamp(at)))
    }
    async fn clear_limit(&self, key: &str) -> StoreResult<()> {
        sqlx::query("delete from limits where key = $1").bind(key).execute(&self.write).await?;
        Ok(())
    }
    async fn put_device(&self, row: &DeviceRow) -> StoreResult<()> {
        self.write_device(row).await
    }
    async fn rotate_device(
        &self,
        realm: &Realm,
        user: &UserId,
        old: TokenHash,
        new: TokenHash,
        now: Timestamp,
    ) -> StoreResult<bool> {
        let sql = "update devices set token = $4 where token = $3 and realm = $1 and user_id = $2 and expires_at > $5";
        let query = sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(&old.0[..]).bind(&new.0[..]).bind(now.0);
        Ok(query.execute(&self.write).await?.rows_affected() == 1)
    }
    async fn devices(&self, realm: &Realm, user: &UserId) -> StoreResult<Vec<DeviceRow>> {
        self.read_devices(realm, user).await
    }
    async fn forget_devices(&self, realm: &Realm, user: &UserId) -> StoreResult<()> {
        let sql = "delete from devices where realm = $1 and user_id = $2";
        sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).execute(&self.write).await?;
        Ok(())
    }
    async fn record(&self, row: &AuditRow) -> StoreResult<()> {
        self.write_audit(row).await
    }
    async fn audit(&self, user: Option<&str>, since: Timestamp, max: u32) -> StoreResult<Vec<AuditRow>> {
        self.read_audit(user, since, max).await
    }
    async fn purge(&self, now: Timestamp, sessions_before: Timestamp) -> StoreResult<()> {
        self.delete_ended(now, sessions_before).await
    }
    async fn ping(&self) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        sqlx::query("delete from limits where key = ''").execute(&mut *tx).await?;
        tx.commit().await?;
        sqlx::query("select 1").execute(&self.read).await?;
        Ok(())
    }
}
