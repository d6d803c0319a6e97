//! Sessions of apps and their members. A member belongs to one session, never to two.

use sqlx::{Sqlite, Transaction};

use super::{SqliteStore, rows};
use crate::model::*;
use crate::store::*;

/// The newest values of a session that stay members.
const MEMBERS_MAX: i64 = 64;

type Row = (String, Option<String>, Option<String>, Option<Vec<u8>>, i64, Option<i64>, i64, Option<Vec<u8>>);

impl SqliteStore {
    pub(super) async fn read_session_by_member(&self, key: MemberKey) -> StoreResult<Option<SessionRow>> {
        let sql = "select session_id from members where key = $1";
        let row: Option<(Vec<u8>,)> = sqlx::query_as(sql).bind(&key.0[..]).fetch_optional(&self.read).await?;
        match row {
            Some((id,)) => self.read_session(SessionId(rows::id(id)?)).await,
            None => Ok(None),
        }
    }

    pub(super) async fn read_session(&self, id: SessionId) -> StoreResult<Option<SessionRow>> {
        let sql = "select app, realm, user_id, attributes, created_at, login_since, affinity, tried from sessions where id = $1";
        let row: Option<Row> = sqlx::query_as(sql).bind(&id.0[..]).fetch_optional(&self.read).await?;
        let Some((app, realm, user, attributes, created, login, affinity, tried)) = row else { return Ok(None) };
        let user = match (realm, user, attributes) {
            (Some(realm), Some(user), Some(sealed)) => Some(User {
                attributes: rows::open_attributes(&self.seal, "sessions", &realm, &user, &sealed)?,
                realm: Realm::new(realm),
                id: UserId::new(user),
            }),
            _ => None,
        };
        type MemberRow = (Vec<u8>, String, Option<String>, Option<String>);
        let sql = "select key, name, path, domain from members where session_id = $1 order by seq";
        let found: Vec<MemberRow> = sqlx::query_as(sql).bind(&id.0[..]).fetch_all(&self.read).await?;
        let mut members = Vec::with_capacity(found.len());
        for (key, name, path, domain) in found {
            members.push(Member { key: MemberKey(rows::id(key)?), name, path, domain });
        }
        Ok(Some(SessionRow {
            id,
            app: AppName::new(app),
            user,
            created_at: Timestamp(created),
            login_since: login.map(Timestamp),
            tried: tried.map(|key| rows::id(key).map(MemberKey)).transpose()?,
            affinity: Affinity(affinity.cast_unsigned()),
            members,
        }))
    }

    pub(super) async fn write_session(&self, new: &SessionRow, ends: Option<SessionId>) -> StoreResult<()> {
        let sealed = new.user.as_ref().map(|u| rows::seal_attributes(&self.seal, "sessions", u)).transpose()?;
        let mut tx = self.begin().await?;
        if let Some(old) = ends {
            end(&mut tx, old).await?;
        }
        let sql = "insert into sessions (id, app, realm, user_id, attributes, created_at, login_since, affinity, tried)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        sqlx::query(sql)
            .bind(&new.id.0[..])
            .bind(new.app.as_str())
            .bind(new.user.as_ref().map(|u| u.realm.as_str()))
            .bind(new.user.as_ref().map(|u| u.id.as_str()))
            .bind(sealed)
            .bind(new.created_at.0)
            .bind(new.login_since.map(|t| t.0))
            .bind(new.affinity.0.cast_signed())
            .bind(new.tried.map(|key| key.0.to_vec()))
            .execute(&mut *tx)
            .await?;
        for member in &new.members {
            sqlx::query("delete from members where key = $1").bind(&member.key.0[..]).execute(&mut *tx).await?;
        }
        insert_members(&mut tx, new.id, &new.members).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn write_members(&self, id: SessionId, members: &[Member]) -> StoreResult<bool> {
        let mut tx = self.begin().await?;
        let alive: Option<(i64,)> =
            sqlx::query_as("select 1 from sessions where id = $1").bind(&id.0[..]).fetch_optional(&mut *tx).await?;
        if alive.is_none() {
            return Ok(false);
        }
        insert_members(&mut tx, id, members).await?;
        // What a newer value of the same cookie replaces goes first: an app may set its session's id once, and another
        // cookie in every answer.
        let sql = "delete from members where key in
                   (select key from members as old where session_id = $1 order by exists
                     (select 1 from members as newer where newer.session_id = $1 and newer.seq > old.seq and newer.name = old.name
                      and newer.path is old.path and newer.domain is old.domain) desc, seq
                    limit max(0, (select count(*) from members where session_id = $1) - $2))";
        sqlx::query(sql).bind(&id.0[..]).bind(MEMBERS_MAX).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    pub(super) async fn write_session_user(&self, id: SessionId, user: &User) -> StoreResult<bool> {
        let sealed = rows::seal_attributes(&self.seal, "sessions", user)?;
        let sql = "update sessions set realm = $2, user_id = $3, attributes = $4 where id = $1";
        let query = sqlx::query(sql).bind(&id.0[..]).bind(user.realm.as_str()).bind(user.id.as_str()).bind(sealed);
        Ok(query.execute(&self.write).await?.rows_affected() == 1)
    }
}

async fn insert_members(tx: &mut Transaction<'static, Sqlite>, id: SessionId, members: &[Member]) -> StoreResult<()> {
    for member in members {
        // A value that is another session's stays there.
        let sql = "insert into members (key, session_id, seq, name, path, domain)
                   values ($1, $2, (select coalesce(max(seq), 0) + 1 from members where session_id = $2), $3, $4, $5)
                   on conflict (key) do nothing";
        sqlx::query(sql)
            .bind(&member.key.0[..])
            .bind(&id.0[..])
            .bind(&member.name)
            .bind(&member.path)
            .bind(&member.domain)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Forgets a session, its members and the gate sessions bound to it.
pub(super) async fn end(tx: &mut Transaction<'static, Sqlite>, id: SessionId) -> StoreResult<()> {
    sqlx::query("delete from gate_sessions where session_id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
    sqlx::query("delete from members where session_id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
    sqlx::query("delete from sessions where id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
    Ok(())
}
