//! gate.toml: as written (`reader`, `file`), and as used (`settings`). All mistakes are told at once, each with its cure.

mod app_settings;
mod apps;
mod brand;
mod directory;
mod file;
mod globs;
pub mod handlers;
mod identity;
mod identity_settings;
pub mod keys;
mod literals;
mod methods;
pub mod options;
mod question;
mod reader;
mod server;
mod server_settings;
pub mod settings;
mod upstream;
mod values;
#[cfg(test)]
mod tests;

use std::path::Path;

use handlers::MessageHandler;
use settings::Settings;

/// One mistake in gate.toml.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// The key's path: `apps[0].upstream`.
    pub key: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// Every mistake in gate.toml.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigErrors {
    /// The file.
    pub file: String,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

impl std::fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for Problem { line, column, key, message } in &self.problems {
            let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
            writeln!(f, "{}:{line}:{column}: {key}{message}", self.file)?;
        }
        let n = self.problems.len();
        write!(f, "{n} mistake{} in {}", if n == 1 { "" } else { "s" }, self.file)
    }
}

/// Reads gate.toml. `dispatchers` are the registered handlers of codes by message.
pub fn load(path: &Path, dispatchers: &[MessageHandler]) -> Result<Settings, ConfigErrors> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| ConfigErrors {
        file: name.clone(),
        problems: vec![Problem { line: 1, column: 1, key: String::new(), message: format!("the file can't be read: {e}") }],
    })?;
    let base = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let base = base.canonicalize().unwrap_or_else(|_| base.to_path_buf());
    parse(&text, &name, &base, dispatchers)
}

/// Reads the text of a gate.toml; relative paths are relative to `base`.
pub fn parse(text: &str, name: &str, base: &Path, dispatchers: &[MessageHandler]) -> Result<Settings, ConfigErrors> {
    let reader = reader::Reader::new(text, base);
    let settings = file::settings(&reader, dispatchers);
    let problems = reader.into_problems();
    match settings {
        Some(settings) if problems.is_empty() => Ok(settings),
        _ => Err(ConfigErrors { file: name.to_owned(), problems }),
    }
}

pub(crate) use literals::duration;

/// The first of these environment variables that is set.
fn from_environment(names: &[&str]) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the environment is read in this room")]
    names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// The log filter of the environment, read here since the environment is configuration.
pub fn log_filter() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the environment is read in this room")]
    std::env::var("MFA_GATE_LOG").ok()
}

/// The password of the user as whom `check --login` signs in.
pub fn check_password() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the environment is read in this room")]
    std::env::var("MFA_GATE_CHECK_PASSWORD").ok()
}
