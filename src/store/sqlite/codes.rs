//! Codes, backup codes and counters: each spent or counted by one step that answers who won.

use super::{SqliteStore, rows};
use crate::model::*;
use crate::store::*;

impl SqliteStore {
    pub(super) async fn write_code(&self, row: &CodeRow) -> StoreResult<()> {
        let sql = "insert into codes (realm, user_id, method, gate, purpose, hash, sent_at, expires_at, consumed_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, null)
                   on conflict (realm, user_id, method) do update set gate = excluded.gate, purpose = excluded.purpose,
                   hash = excluded.hash, sent_at = excluded.sent_at, expires_at = excluded.expires_at, consumed_at = null";
        sqlx::query(sql)
            .bind(row.realm.as_str())
            .bind(row.user.as_str())
            .bind(row.method.as_str())
            .bind(&row.gate.0[..])
            .bind(&row.purpose)
            .bind(&row.hash.0[..])
            .bind(row.sent_at.0)
            .bind(row.expires_at.0)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    pub(super) async fn read_code(&self, realm: &Realm, user: &UserId, method: &MethodName) -> StoreResult<Option<CodeRow>> {
        type Row = (Vec<u8>, String, Vec<u8>, i64, i64);
        let sql = "select gate, purpose, hash, sent_at, expires_at from codes
                   where realm = $1 and user_id = $2 and method = $3 and consumed_at is null";
        let query = sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).bind(method.as_str());
        let row: Option<Row> = query.fetch_optional(&self.read).await?;
        let Some((gate, purpose, hash, sent, expires)) = row else { return Ok(None) };
        Ok(Some(CodeRow {
            realm: realm.clone(),
            user: user.clone(),
            method: method.clone(),
            gate: GateId(rows::id(gate)?),
            purpose,
            hash: CodeHash(rows::id(hash)?),
            sent_at: Timestamp(sent),
            expires_at: Timestamp(expires),
        }))
    }

    pub(super) async fn spend_code(
        &self,
        realm: &Realm,
        user: &UserId,
        method: &MethodName,
        hash: CodeHash,
        now: Timestamp,
    ) -> StoreResult<CodeOutcome> {
        let sql = "update codes set consumed_at = $5 where realm = $1 and user_id = $2 and method = $3 and hash = $4
                   and consumed_at is null and expires_at > $5";
        let query = sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(method.as_str()).bind(&hash.0[..]).bind(now.0);
        if query.execute(&self.write).await?.rows_affected() == 1 {
            return Ok(CodeOutcome::Consumed);
        }
        let sql = "select consumed_at from codes where realm = $1 and user_id = $2 and method = $3 and hash = $4";
        let query = sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).bind(method.as_str()).bind(&hash.0[..]);
        let row: Option<(Option<i64>,)> = query.fetch_optional(&self.write).await?;
        Ok(match row {
            None => CodeOutcome::Wrong,
            Some((Some(_),)) => CodeOutcome::Used,
            Some((None,)) => CodeOutcome::Expired,
        })
    }

    pub(super) async fn write_ceremony(&self, row: &CeremonyRow) -> StoreResult<()> {
        let (realm, user) = (row.realm.as_str(), row.user.as_str());
        let sealed = self.seal.seal(&rows::place("ceremonies", realm, user), &row.state);
        let mut tx = self.begin().await?;
        let gate = &row.gate.0[..];
        let sql = "insert into ceremonies (key, realm, user_id, gate, state, expires_at) values ($1, $2, $3, $4, $5, $6)";
        let query = sqlx::query(sql).bind(&row.key.0[..]).bind(realm).bind(user).bind(gate).bind(sealed).bind(row.expires_at.0);
        query.execute(&mut *tx).await?;
        let sql = "delete from ceremonies where gate = $1 and key not in
                   (select key from ceremonies where gate = $1 order by expires_at desc, rowid desc limit 8)";
        sqlx::query(sql).bind(gate).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn read_ceremony_once(
        &self,
        realm: &Realm,
        user: &UserId,
        key: CodeHash,
        now: Timestamp,
    ) -> StoreResult<Option<Vec<u8>>> {
        let sql = "delete from ceremonies where key = $1 and realm = $2 and user_id = $3 returning state, expires_at";
        let query = sqlx::query_as(sql).bind(&key.0[..]).bind(realm.as_str()).bind(user.as_str());
        let row: Option<(Vec<u8>, i64)> = query.fetch_optional(&self.write).await?;
        let Some((sealed, _)) = row.filter(|(_, expires)| *expires > now.0) else { return Ok(None) };
        let place = rows::place("ceremonies", realm.as_str(), user.as_str());
        self.seal.open(&place, &sealed).map(Some).map_err(|e| StoreError(e.to_string()))
    }

    pub(super) async fn write_backup_codes(&self, realm: &Realm, user: &UserId, codes: &[(CodeHash, String)]) -> StoreResult<()> {
        let mut tx = self.begin().await?;
        let sql = "delete from backup_codes where realm = $1 and user_id = $2";
        sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).execute(&mut *tx).await?;
        for (prefix, hash) in codes {
            let sql = "insert into backup_codes (realm, user_id, prefix, hash) values ($1, $2, $3, $4)";
            let query = sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(&prefix.0[..]).bind(hash);
            query.execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Counts before anything is checked; the one after the last allowed locks, and isn't prolonged by more.
    pub(super) async fn count_one(&self, key: &str, limit: Limit, now: Timestamp) -> StoreResult<Reserved> {
        let mut tx = self.begin().await?;
        let sql = "select count, window_ends, locked_until from limits where key = $1";
        let row: Option<(i64, i64, Option<i64>)> = sqlx::query_as(sql).bind(key).fetch_optional(&mut *tx).await?;
        let max = i64::from(limit.max);
        let (count, window_ends) = match row {
            Some((_, _, Some(until))) if until > now.0 => return Ok(Reserved::Locked { until: Timestamp(until) }),
            Some((count, ends, None)) if ends > now.0 => (count, ends),
            _ => (0, now.plus(limit.within).0),
        };
        let until = if limit.lock.is_zero() { window_ends } else { now.plus(limit.lock).0 };
        let (count, locked) = if count >= max { (count, Some(until)) } else { (count + 1, None) };
        let sql = "insert into limits (key, count, window_ends, locked_until) values ($1, $2, $3, $4)
                   on conflict (key) do update set count = excluded.count, window_ends = excluded.window_ends,
                   locked_until = excluded.locked_until";
        sqlx::query(sql).bind(key).bind(count).bind(window_ends).bind(locked).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(match locked {
            Some(until) => Reserved::Locked { until: Timestamp(until) },
            None => Reserved::Allowed { left: u32::try_from(max - count).unwrap_or(0) },
        })
    }
}
