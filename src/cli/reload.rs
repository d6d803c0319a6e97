//! Reads the configuration again while the gate runs: on SIGHUP, and when a file that it names has changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use tokio_util::sync::CancellationToken;

use crate::config;
use crate::config::settings::{DirectorySource, Settings};
use crate::gate::Builder;
use crate::server::House;
use crate::upstream;

/// What a running gate was made of.
#[derive(Debug)]
pub(super) struct Reload {
    pub(super) builder: Builder,
    pub(super) config: PathBuf,
    pub(super) files: Files,
}

/// A file as it was when somebody looked.
type Stamp = Option<(SystemTime, u64)>;

/// The files whose change is noticed, each as it was before it was read: what changes while it is read is news.
#[derive(Debug)]
pub(super) struct Files {
    /// gate.toml, and the files of users that it names.
    config: Vec<(PathBuf, Stamp)>,
    certificates: Vec<(PathBuf, Stamp)>,
}

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    Nothing,
    Certificates,
    Configuration,
}

impl Files {
    /// gate.toml, which is about to be read.
    pub(super) fn of(config: &Path) -> Self {
        Self { config: vec![stamped(config)], certificates: Vec::new() }
    }

    /// With what these settings name, and what is about to be read.
    pub(super) fn with(mut self, settings: &Settings) -> Self {
        self.config.extend(user_files(settings).map(|path| stamped(path)));
        if let Some(tls) = &settings.server.tls {
            self.certificates.extend(tls.certificates.iter().flat_map(|c| [&c.chain, &c.key]).map(|path| stamped(path)));
            self.certificates.extend(tls.client_ca.iter().map(|path| stamped(path)));
        }
        self
    }

    /// Looks again. Where a file is gone (an editor is about to put a new one there), nothing has changed yet.
    pub(super) fn look(&mut self) -> Changed {
        let changed = |(path, last): &mut (PathBuf, Stamp)| {
            let now = stamp(path);
            let differs = now.is_some() && now != *last;
            if differs {
                *last = now;
            }
            differs
        };
        // Both are looked at, or the second would be news for ever.
        let certificates = self.certificates.iter_mut().map(changed).fold(false, |any, one| any | one);
        if self.config.iter_mut().map(changed).fold(false, |any, one| any | one) {
            Changed::Configuration
        } else if certificates {
            Changed::Certificates
        } else {
            Changed::Nothing
        }
    }
}

fn stamped(path: &Path) -> (PathBuf, Stamp) {
    (path.to_owned(), stamp(path))
}

fn stamp(path: &Path) -> Stamp {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

/// The configuration anew. A bad one is refused, and the old one goes on.
pub(super) fn reload(reload: &mut Reload, house: &House) {
    let _ = sd_notify::NotifyState::monotonic_usec_now().map(|now| sd_notify::notify(&[sd_notify::NotifyState::Reloading, now]));
    let files = Files::of(&reload.config);
    // Of a bad one only its own change is awaited, beside what is served.
    reload.files.config.splice(..1, files.config.iter().cloned());
    match read(reload, house, files) {
        Ok(files) => {
            reload.files = files;
            tracing::info!(file = %reload.config.display(), "gate.toml was read again");
        }
        Err(why) => tracing::error!(why, "gate.toml was not taken over; the gate goes on as before"),
    }
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
}

fn read(reload: &Reload, house: &House, files: Files) -> Result<Files, String> {
    let mut settings = config::load(&reload.config, &reload.builder.handlers()).map_err(|e| e.to_string())?;
    let files = files.with(&settings);
    let gate = house.gate().clone();
    keep_what_stays(&mut settings, &gate.settings);
    let rebuilt = reload.builder.rebuild(&gate, settings).map_err(|e| e.to_string())?;
    house.replace(rebuilt).map_err(|e| e.to_string())?;
    Ok(files)
}

/// What can't change while the gate runs stays as it is, and the log says so.
fn keep_what_stays(new: &mut Settings, old: &Settings) {
    let (server, running) = (&mut new.server, &old.server);
    let mut changed = Vec::new();
    macro_rules! keep {
        ($($new:expr, $old:expr, $key:literal;)+) => {
            $(if $new != $old {
                changed.push($key);
                $new = $old.clone();
            })+
        };
    }
    keep! {
        server.listen, running.listen, "server.listen";
        server.redirect_listen, running.redirect_listen, "server.redirect_listen";
        server.admin_listen, running.admin_listen, "server.admin_listen";
        server.threads, running.threads, "server.threads";
        new.store, old.store, "store.url";
        new.key_file, old.key_file, "secrets.key_file";
    }
    if !changed.is_empty() {
        tracing::warn!(keys = changed.join(", "), "these change with a restart only, and stay as they are until then");
    }
}

/// Asks the apps' servers whether they are well, until the token is cancelled.
pub(super) fn watch_health(house: &Arc<House>) -> CancellationToken {
    let stop = CancellationToken::new();
    for room in house.gate().rooms() {
        tokio::spawn(upstream::watch_health(room.servers.clone(), stop.clone()));
    }
    stop
}

/// The files that directories read users from.
fn user_files(settings: &Settings) -> impl Iterator<Item = &PathBuf> {
    settings.apps.iter().filter_map(|app| match app.directory.as_ref().map(|d| &d.source) {
        Some(DirectorySource::File(path)) => Some(path),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_while_gate_toml_is_read_is_news() {
        let dir = tempfile::tempdir().unwrap();
        let (config, users) = (dir.path().join("gate.toml"), dir.path().join("users.toml"));
        let text = "[[apps]]\nname = \"wiki\"\nupstream = \"http://127.0.0.1:1\"\nsession_cookies = [\"sid\"]\nlogin_paths = [\"/login\"]\n\
                    [apps.identity]\nsource = \"login_form\"\nusername_field = \"u\"\npassword_field = \"p\"\n\
                    [apps.directory]\nsource = \"file\"\npath = \"users.toml\"\n\
                    [server]\npublic_url = \"http://127.0.0.1:1\"\nlisten = \"127.0.0.1:1\"\n[methods.app]\nhandler = \"app\"\n";
        std::fs::write(&config, text).unwrap();
        std::fs::write(&users, "[users.alice]\nemail = \"alice@example.com\"\n").unwrap();
        let builder = crate::gate::Gate::builder();
        for (path, changes) in [(&config, true), (&users, true), (&dir.path().join("other"), false)] {
            let files = Files::of(&config);
            let settings = crate::config::load(&config, &builder.handlers()).unwrap();
            let mut files = files.with(&settings);
            // The reading takes its time, and somebody saves meanwhile.
            std::fs::write(path, std::fs::read_to_string(path).unwrap_or_default() + "\n").unwrap();
            assert_eq!(files.look(), if changes { Changed::Configuration } else { Changed::Nothing }, "{}", path.display());
            assert_eq!(files.look(), Changed::Nothing);
        }
    }
}
