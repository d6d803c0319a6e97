//! The command line: one file per command.

mod audit;
mod check;
mod demo;
mod doors;
mod init;
mod reload;
mod run;
mod user;
mod walk;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, settings::Settings};
use crate::gate::{Builder, Gate, StartError};
use crate::seal::Seal;
use crate::store::Store;
use crate::store::sqlite::SqliteStore;

/// A reverse proxy that adds a second factor to web apps that already have a login.
#[derive(Debug, Parser)]
#[command(name = "mfa-gate", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A small legacy app, the gate in front of it, and a mail catcher; nothing to configure.
    Demo(demo::DemoArgs),
    /// Runs the gate.
    Run(ConfigArg),
    /// Writes a commented gate.toml, for an app that the gate knows if you name it.
    Init(init::InitArgs),
    /// Reads the configuration and tries each thing it names.
    Check {
        #[command(flatten)]
        config: ConfigArg,
        /// Read the configuration only; connect to nothing.
        #[arg(long, conflicts_with = "login")]
        offline: bool,
        /// Sign in at the app as this user and say what is recognised at each step. The password is asked for, or
        /// read from MFA_GATE_CHECK_PASSWORD.
        #[arg(long, value_name = "USER")]
        login: Option<String>,
        /// The app to sign in at, where there are several.
        #[arg(long, requires = "login")]
        app: Option<String>,
        /// A field that the sign-in needs besides, where no form on the page says it: client_id=editor
        #[arg(long, value_name = "NAME=VALUE", requires = "login")]
        field: Vec<String>,
    },
    /// The helpdesk's work.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Who was challenged, sent, passed, failed, enrolled, reset.
    Audit(audit::AuditArgs),
}

/// Where gate.toml is.
#[derive(Clone, Debug, clap::Args)]
pub struct ConfigArg {
    /// The configuration.
    #[arg(long, default_value = "gate.toml")]
    config: PathBuf,
}

/// Why a command ended: mistakes in gate.toml are status 2, everything else 1.
#[derive(Debug)]
pub enum Failure {
    /// Mistakes in gate.toml.
    Config(String),
    /// Anything else.
    Other(String),
}

impl From<StartError> for Failure {
    fn from(e: StartError) -> Self {
        Self::Other(e.to_string())
    }
}

impl From<crate::store::StoreError> for Failure {
    fn from(e: crate::store::StoreError) -> Self {
        Self::Other(e.to_string())
    }
}

/// Runs the command that was typed.
pub fn main() -> ExitCode {
    main_with(&Gate::builder())
}

/// The same for a gate with dispatchers of one's own.
pub fn main_with(gate: &Builder) -> ExitCode {
    // One TLS provider for everything; a second call can only be a mistake of ours and changes nothing.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let done = match Cli::parse().command {
        Command::Demo(args) => demo::demo(&args),
        Command::Init(args) => init::init(&args),
        Command::Run(arg) => run::run(gate, &arg.config),
        Command::Check { config, offline, login, app, field } => {
            let login = login.map(|user| check::Login { user, app, fields: field });
            check::check(gate, &config.config, offline, login.as_ref())
        }
        Command::User(command) => user::user(gate, command),
        Command::Audit(args) => audit::audit(gate, &args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Config(text)) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
        Err(Failure::Other(text)) => {
            eprintln!("mfa-gate: {text}");
            ExitCode::FAILURE
        }
    }
}

fn settings(gate: &Builder, path: &Path) -> Result<Settings, Failure> {
    config::load(path, &gate.handlers()).map_err(|e| Failure::Config(e.to_string()))
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| Failure::Other(e.to_string()))
}

async fn store(settings: &Settings) -> Result<impl Store, Failure> {
    let seal = Seal::open_or_make(&settings.key_file).map_err(|e| Failure::Other(e.to_string()))?;
    Ok(SqliteStore::open(&settings.store, seal).await?)
}

fn when(at: crate::model::Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}
