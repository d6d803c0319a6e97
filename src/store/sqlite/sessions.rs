//! Sessions of apps and their members. A member belongs to one session, never to two.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use super::{SqliteStore, rows};
use crate::model::*;
use crate::store::*;

/// The newest values of a session that stay members.
const MEMBERS_MAX: i64 = 64;

impl SqliteStore {
    pub(super) async fn read_session_by_member(&self, key: MemberKey) -> StoreResult<Option<SessionRow>> {
        self.read_one("(select session_id from members where key = $1)", key.0).await
    }

    pub(super) async fn read_session(&self, id: SessionId) -> StoreResult<Option<SessionRow>> {
        self.read_one("$1", id.0).await
    }

    /// A session with its members, as they are at one moment.
    async fn read_one(&self, which: &'static str, key: [u8; 16]) -> StoreResult<Option<SessionRow>> {
        let sql = format!(
            "select s.id, app, realm, user_id, attributes, created_at, login_since, affinity, tried, key, name, path, domain
             from sessions as s left join members as m on m.session_id = s.id where s.id = {which} order by seq"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&key[..]).fetch_all(&self.read).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let mut session = self.session_of_row(first)?;
        for row in &rows {
            let Some(key) = row.try_get::<Option<Vec<u8>>, _>("key")? else { continue };
            let name = |column: &str| Ok::<_, StoreError>(row.try_get::<Option<&str>, _>(column)?.map(Name::new));
            session.members.push(Member {
                key: MemberKey(rows::id(key)?),
                name: Name::new(row.try_get::<&str, _>("name")?),
                path: name("path")?,
                domain: name("domain")?,
            });
        }
        Ok(Some(session))
    }

    fn session_of_row(&self, row: &SqliteRow) -> StoreResult<SessionRow> {
        let text = |column: &str| row.try_get::<Option<&str>, _>(column);
        let user = match (text("realm")?, text("user_id")?, row.try_get("attributes")?) {
            (Some(realm), Some(user), Some(sealed)) => {
                let sealed: Vec<u8> = sealed;
                Some(User {
                    attributes: rows::open_attributes(&self.seal, "sessions", realm, user, &sealed)?,
                    realm: Realm::new(realm),
                    id: UserId::new(user),
                })
            }
            _ => None,
        };
        let tried: Option<Vec<u8>> = row.try_get("tried")?;
        Ok(SessionRow {
            id: SessionId(rows::id(row.try_get("id")?)?),
            app: AppName::new(row.try_get::<&str, _>("app")?),
            user,
            created_at: Timestamp(row.try_get("created_at")?),
            login_since: row.try_get::<Option<i64>, _>("login_since")?.map(Timestamp),
            tried: tried.map(|key| rows::id(key).map(MemberKey)).transpose()?,
            affinity: Affinity(row.try_get::<i64, _>("affinity")?.cast_unsigned()),
            members: Vec::new(),
        })
    }

    pub(super) async fn write_session(&self, new: &SessionRow, ends: Option<SessionId>) -> StoreResult<()> {
        let sealed = new.user.as_ref().map(|u| rows::seal_attributes(&self.seal, "sessions", u)).transpose()?;
        let mut tx = self.begin().await?;
        if let Some(old) = ends {
            self.end(&mut tx, old).await?;
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
            let sql = "delete from members where key = $1 returning session_id";
            let from: Option<(Vec<u8>,)> = sqlx::query_as(sql).bind(&member.key.0[..]).fetch_optional(&mut *tx).await?;
            if let Some((other,)) = from {
                let other = SessionId(rows::id(other)?);
                let sql = "select 1 from members where session_id = $1 limit 1";
                let left: Option<(i64,)> = sqlx::query_as(sql).bind(&other.0[..]).fetch_optional(&mut *tx).await?;
                // One that nothing belongs to can't be shown any more.
                if left.is_some() {
                    self.tell(&mut tx, other).await?;
                } else {
                    self.end(&mut tx, other).await?;
                }
            }
        }
        insert_members(&mut tx, new.id, &new.members).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn write_members(&self, id: SessionId, members: &[Member]) -> StoreResult<Option<Vec<MemberKey>>> {
        let mut tx = self.begin().await?;
        let alive: Option<(i64,)> =
            sqlx::query_as("select 1 from sessions where id = $1").bind(&id.0[..]).fetch_optional(&mut *tx).await?;
        if alive.is_none() {
            return Ok(None);
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
        let mut added = Vec::new();
        for member in members {
            let sql = "select 1 from members where key = $1 and session_id = $2";
            let is_its: Option<(i64,)> =
                sqlx::query_as(sql).bind(&member.key.0[..]).bind(&id.0[..]).fetch_optional(&mut *tx).await?;
            added.extend(is_its.map(|_| member.key));
        }
        tx.commit().await?;
        Ok(Some(added))
    }

    pub(super) async fn write_session_user(&self, id: SessionId, user: &User) -> StoreResult<bool> {
        let sealed = rows::seal_attributes(&self.seal, "sessions", user)?;
        let sql = "update sessions set realm = $2, user_id = $3, attributes = $4 where id = $1";
        let query = sqlx::query(sql).bind(&id.0[..]).bind(user.realm.as_str()).bind(user.id.as_str()).bind(sealed);
        Ok(query.execute(&self.write).await?.rows_affected() == 1)
    }
}

impl SqliteStore {
    /// Forgets a session, its members and the gate sessions bound to it, and tells other processes.
    pub(super) async fn end(&self, tx: &mut Transaction<'static, Sqlite>, id: SessionId) -> StoreResult<()> {
        sqlx::query("delete from gate_sessions where session_id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
        sqlx::query("delete from members where session_id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
        sqlx::query("delete from sessions where id = $1").bind(&id.0[..]).execute(&mut **tx).await?;
        self.tell(tx, id).await
    }

    /// Other processes read this session anew before they believe it again.
    pub(super) async fn tell(&self, tx: &mut Transaction<'static, Sqlite>, id: SessionId) -> StoreResult<()> {
        let sql = "insert into revocations (realm, user_id, at, session_id, origin) values ('', '', unixepoch() * 1000, $1, $2)";
        sqlx::query(sql).bind(&id.0[..]).bind(self.origin).execute(&mut **tx).await?;
        Ok(())
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
            .bind(member.name.as_str())
            .bind(member.path.as_deref())
            .bind(member.domain.as_deref())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
