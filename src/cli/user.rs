//! `mfa-gate user`: the helpdesk's work.

use clap::Subcommand;
use serde_json::json;

use super::{ConfigArg, Failure, runtime, settings, store, when};
use crate::clock::Clock;
use crate::gate::Builder;
use crate::model::{Realm, UserId};
use crate::store::{AuditRow, Store};

/// What the helpdesk can do.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Lists the users that the gate has seen.
    List(Args),
    /// Shows a user's methods.
    Show(OneUser),
    /// Removes a user's methods, codes, devices and sessions; the next sign-in starts afresh, guarded.
    Reset(OneUser),
}

/// Where and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: ConfigArg,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// Which user.
#[derive(Debug, clap::Args)]
pub struct OneUser {
    /// The user's id.
    user: String,
    /// The realm; needed with more than one.
    #[arg(long)]
    realm: Option<String>,
    #[command(flatten)]
    args: Args,
}

pub(super) fn user(gate: &Builder, command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::List(args) => list(gate, &args),
        UserCommand::Show(one) => show(gate, &one),
        UserCommand::Reset(one) => reset(gate, &one),
    }
}

fn list(gate: &Builder, args: &Args) -> Result<(), Failure> {
    let settings = settings(gate, &args.config.config)?;
    runtime()?.block_on(async {
        let users = store(&settings).await?.users().await?;
        if args.json {
            let all: Vec<_> = users
                .iter()
                .map(|u| json!({ "realm": u.realm, "user": u.id, "primary": u.primary, "since": when(u.created_at) }))
                .collect();
            println!("{}", json!(all));
        } else {
            for user in users {
                println!("{}\t{}\tsince {}", user.realm, user.id, when(user.created_at));
            }
        }
        Ok(())
    })
}

impl OneUser {
    fn realm(&self, settings: &crate::config::settings::Settings) -> Result<Realm, Failure> {
        let mut realms: Vec<&Realm> = settings.apps.iter().map(|a| &a.realm).collect();
        realms.dedup();
        match (&self.realm, realms.as_slice()) {
            (Some(realm), _) => Ok(Realm::new(realm)),
            (None, [one]) => Ok((*one).clone()),
            (None, _) => Err(Failure::Other("there are several realms; name one with --realm".into())),
        }
    }
}

fn show(gate: &Builder, one: &OneUser) -> Result<(), Failure> {
    let settings = settings(gate, &one.args.config.config)?;
    let (realm, user) = (one.realm(&settings)?, UserId::new(&one.user));
    runtime()?.block_on(async {
        let store = store(&settings).await?;
        let known = store.user(&realm, &user).await?;
        let enrolments = store.enrolments(&realm, &user).await?;
        let left = store.backup_codes_left(&realm, &user).await?;
        if known.is_none() && enrolments.is_empty() {
            return Err(Failure::Other(format!("the gate has not seen a user {user} in realm {realm}")));
        }
        let active: Vec<_> = enrolments.iter().filter_map(|e| Some((e.method.to_string(), when(e.confirmed_at?)))).collect();
        if one.args.json {
            println!("{}", json!({ "realm": realm, "user": user, "primary": known.and_then(|k| k.primary),
                "enrolments": active.iter().map(|(m, at)| json!({ "method": m, "since": at })).collect::<Vec<_>>(), "backup_codes_left": left }));
        } else {
            println!("user {user} in realm {realm}");
            for (method, at) in active {
                println!("  {method}, confirmed {at}");
            }
            println!("  {left} backup codes left");
        }
        Ok(())
    })
}

fn reset(gate: &Builder, one: &OneUser) -> Result<(), Failure> {
    let settings = settings(gate, &one.args.config.config)?;
    let (realm, user) = (one.realm(&settings)?, UserId::new(&one.user));
    runtime()?.block_on(async {
        let store = store(&settings).await?;
        let now = Clock::system().now();
        store.reset_user(&realm, &user, now).await?;
        store.clear_limit(&format!("try:user:{realm}:{user}")).await?;
        store.clear_limit(&format!("send:user:{realm}:{user}")).await?;
        let row = AuditRow {
            at: now,
            event: "reset".into(),
            realm: realm.to_string(),
            user: user.to_string(),
            method: None,
            ip: None,
            detail: Some("by an administrator, on the command line".into()),
        };
        store.record(&row).await?;
        if one.args.json {
            println!("{}", json!({ "reset": user }));
        } else {
            println!("{user} was reset: no method, code, device or session of theirs is left");
        }
        Ok(())
    })
}
