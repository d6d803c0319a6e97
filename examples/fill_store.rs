//! Fills a stopped gate's store with verified sessions, for `make bench`: `fill_store DIR N`. Session number i has the cookies
//! `sid=` i in 64 hexadecimal digits and `mfa=` i in 43 decimal ones.

use std::path::PathBuf;

use mfa_gate::clock::Clock;
use mfa_gate::model::Timestamp;
use mfa_gate::seal::Seal;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = PathBuf::from(arguments.next().ok_or("fill_store DIR N")?);
    let count: u64 = arguments.next().ok_or("fill_store DIR N")?.parse()?;
    let seal = Seal::open_or_make(&dir.join("gate.key"))?;
    let options = SqliteConnectOptions::new().filename(dir.join("gate.db")).pragma("synchronous", "off");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let now = Clock::system().now();
    let ends = Timestamp(now.0 + 12 * 3600 * 1000);
    let mut tx = connection.begin().await?;
    for i in 0..count {
        let (sid, token, user) = (format!("{i:064x}"), format!("{i:043}"), format!("user{i}"));
        let id = [&[0xfe; 8][..], &i.to_be_bytes()].concat();
        let sealed = |table: &str| {
            let place = format!("{table}\u{0}bench\u{0}{user}");
            seal.seal(&place, format!("{{\"email\":\"{user}@example.com\"}}").as_bytes())
        };
        sqlx::query(
            "insert into sessions (id, app, realm, user_id, attributes, created_at) values ($1, 'bench', 'bench', $2, $3, $4)",
        )
        .bind(&id)
        .bind(&user)
        .bind(sealed("sessions"))
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        sqlx::query("insert into members (key, session_id, seq, name, path) values ($1, $2, 1, 'sid', '/')")
            .bind(&seal.member("bench", b"sid", sid.as_bytes()).0[..])
            .bind(&id)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "insert into gate_sessions (id, token, session_id, app, realm, user_id, attributes, verifications, created_at, last_seen, expires_at)
             values ($1, $2, $1, 'bench', 'bench', $3, $4, $5, $6, $6, $7)",
        )
        .bind(&id)
        .bind(&seal.token_hash(&token).0[..])
        .bind(&user)
        .bind(sealed("gate_sessions"))
        .bind(format!("[{{\"method\":\"email\",\"at\":{}}}]", now.0))
        .bind(now.0)
        .bind(ends.0)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
