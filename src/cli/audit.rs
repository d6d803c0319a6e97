//! `mfa-gate audit`: who was challenged, sent, passed, failed, enrolled, reset.

use super::{ConfigArg, Failure, runtime, settings, store, when};
use crate::clock::Clock;
use crate::gate::Builder;
use crate::store::Store;

/// Which lines.
#[derive(Debug, clap::Args)]
pub struct AuditArgs {
    #[command(flatten)]
    config: ConfigArg,
    /// Lines of this user only.
    #[arg(long)]
    user: Option<String>,
    /// Lines of the last 30s, 10m, 12h, 30d.
    #[arg(long, default_value = "30d")]
    since: String,
    /// Goes on printing new lines.
    #[arg(long)]
    follow: bool,
    /// Prints JSON lines.
    #[arg(long)]
    json: bool,
}

pub(super) fn audit(gate: &Builder, args: &AuditArgs) -> Result<(), Failure> {
    let settings = settings(gate, &args.config.config)?;
    let span = crate::config::duration(&args.since)
        .ok_or_else(|| Failure::Other(format!("--since {}: write a span such as 30s, 10m, 12h or 30d", args.since)))?;
    runtime()?.block_on(async {
        let store = store(&settings).await?;
        let mut since = Clock::system().now().minus(span);
        loop {
            for row in store.audit(args.user.as_deref(), since, 10_000).await? {
                since = crate::model::Timestamp(row.at.0 + 1);
                if args.json {
                    println!("{}", serde_json::json!(row));
                } else {
                    let rest = [row.method, row.ip, row.detail].into_iter().flatten().collect::<Vec<_>>().join(" ");
                    println!("{} {} {}/{} {rest}", when(row.at), row.event, row.realm, row.user);
                }
            }
            if !args.follow {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
    })
}
