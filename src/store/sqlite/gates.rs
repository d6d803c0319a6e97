//! Gate sessions, their revocations, and remembered devices.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use super::{SqliteStore, rows};
use crate::model::*;
use crate::store::*;

impl SqliteStore {
    pub(super) async fn insert_gate(&self, tx: &mut Transaction<'static, Sqlite>, row: &GateRow) -> StoreResult<()> {
        let sealed = rows::seal_attributes(&self.seal, "gate_sessions", &row.user)?;
        let sql = "insert into gate_sessions (id, token, session_id, app, realm, user_id, attributes, verifications, step_up,
                   target, auto_sent, created_at, last_seen, expires_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (token) do nothing";
        sqlx::query(sql)
            .bind(&row.id.0[..])
            .bind(&row.token.0[..])
            .bind(&row.session.0[..])
            .bind(row.app.as_str())
            .bind(row.user.realm.as_str())
            .bind(row.user.id.as_str())
            .bind(sealed)
            .bind(rows::to_json(&row.verifications)?)
            .bind(row.step_up.as_deref().map(rows::to_json).transpose()?)
            .bind(row.target.as_deref())
            .bind(row.auto_sent)
            .bind(row.created_at.0)
            .bind(row.last_seen.0)
            .bind(row.expires_at.0)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    pub(super) async fn read_gate(&self, token: TokenHash) -> StoreResult<Option<GateRow>> {
        let found =
            sqlx::query("select * from gate_sessions where token = $1").bind(&token.0[..]).fetch_optional(&self.read).await?;
        found.map(|row| self.gate(&row)).transpose()
    }

    fn gate(&self, row: &SqliteRow) -> StoreResult<GateRow> {
        let (realm, user): (String, String) = (row.try_get("realm")?, row.try_get("user_id")?);
        let sealed: Vec<u8> = row.try_get("attributes")?;
        let step_up: Option<String> = row.try_get("step_up")?;
        Ok(GateRow {
            id: GateId(rows::id(row.try_get("id")?)?),
            token: TokenHash(rows::id(row.try_get("token")?)?),
            session: SessionId(rows::id(row.try_get("session_id")?)?),
            app: AppName::new(row.try_get::<String, _>("app")?),
            user: User {
                attributes: rows::open_attributes(&self.seal, "gate_sessions", &realm, &user, &sealed)?,
                realm: Realm::new(realm),
                id: UserId::new(user),
            },
            verifications: rows::from_json(&row.try_get::<String, _>("verifications")?)?,
            step_up: step_up.map(|text| rows::from_json(&text).map(Box::new)).transpose()?,
            target: row.try_get::<Option<String>, _>("target")?.map(Box::from),
            auto_sent: row.try_get("auto_sent")?,
            created_at: Timestamp(row.try_get("created_at")?),
            last_seen: Timestamp(row.try_get("last_seen")?),
            expires_at: Timestamp(row.try_get("expires_at")?),
        })
    }

    pub(super) async fn read_revocations(&self, after: i64) -> StoreResult<(i64, Vec<Revoked>)> {
        // They are numbered without gaps, and kept for an hour: who slept longer has missed some.
        let sql = "select coalesce((select seq from sqlite_sequence where name = 'revocations'), 0),
                   (select count(*) from revocations where revision > $1)";
        let (newest, kept): (i64, i64) = sqlx::query_as(sql).bind(after).fetch_one(&self.read).await?;
        if after < 0 || newest <= after {
            return Ok((newest.max(after), Vec::new()));
        }
        if kept < newest - after {
            return Ok((newest, vec![Revoked::Everything]));
        }
        let sql = "select realm, user_id, session_id, token from revocations
                   where revision > $1 and revision <= $2 and origin <> $3 order by revision";
        type Row = (String, String, Option<Vec<u8>>, Option<Vec<u8>>);
        let rows: Vec<Row> = sqlx::query_as(sql).bind(after).bind(newest).bind(self.origin).fetch_all(&self.read).await?;
        let revoked = rows.into_iter().map(|row| {
            Ok(match row {
                (_, _, Some(session), _) => Revoked::Session(SessionId(rows::id(session)?)),
                (_, _, _, Some(token)) => Revoked::Gate(TokenHash(rows::id(token)?)),
                (realm, user, ..) => Revoked::User(Realm::new(realm), UserId::new(user)),
            })
        });
        Ok((newest, revoked.collect::<StoreResult<_>>()?))
    }

    /// Takes a gate session away, and tells other processes. `false`: it was gone.
    pub(super) async fn delete_gate(&self, tx: &mut Transaction<'static, Sqlite>, id: GateId) -> StoreResult<bool> {
        let sql = "insert into revocations (realm, user_id, at, token, origin)
                   select '', '', unixepoch() * 1000, token, $2 from gate_sessions where id = $1";
        sqlx::query(sql).bind(&id.0[..]).bind(self.origin).execute(&mut **tx).await?;
        let gone = sqlx::query("delete from gate_sessions where id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
        Ok(gone.rows_affected() == 1)
    }

    pub(super) async fn write_device(&self, row: &DeviceRow) -> StoreResult<()> {
        let sql = "insert into devices (token, realm, user_id, label, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)";
        sqlx::query(sql)
            .bind(&row.token.0[..])
            .bind(row.realm.as_str())
            .bind(row.user.as_str())
            .bind(&row.label)
            .bind(row.created_at.0)
            .bind(row.expires_at.0)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    pub(super) async fn read_devices(&self, realm: &Realm, user: &UserId) -> StoreResult<Vec<DeviceRow>> {
        let sql =
            "select token, label, created_at, expires_at from devices where realm = $1 and user_id = $2 order by created_at";
        let found: Vec<(Vec<u8>, String, i64, i64)> =
            sqlx::query_as(sql).bind(realm.as_str()).bind(user.as_str()).fetch_all(&self.read).await?;
        found
            .into_iter()
            .map(|(token, label, created, expires)| {
                Ok(DeviceRow {
                    token: TokenHash(rows::id(token)?),
                    realm: realm.clone(),
                    user: user.clone(),
                    label,
                    created_at: Timestamp(created),
                    expires_at: Timestamp(expires),
                })
            })
            .collect()
    }
}

/// Ends all gate sessions and devices of a user, and tells other processes.
pub(super) async fn revoke(
    tx: &mut Transaction<'static, Sqlite>,
    realm: &Realm,
    user: &UserId,
    now: Timestamp,
) -> StoreResult<()> {
    for sql in
        ["delete from gate_sessions where realm = $1 and user_id = $2", "delete from devices where realm = $1 and user_id = $2"]
    {
        sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).execute(&mut **tx).await?;
    }
    let sql = "insert into revocations (realm, user_id, at) values ($1, $2, $3)";
    sqlx::query(sql).bind(realm.as_str()).bind(user.as_str()).bind(now.0).execute(&mut **tx).await?;
    Ok(())
}
