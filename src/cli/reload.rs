//! Reads the configuration again while the gate runs: on SIGHUP, and when a file that it names has changed.

use std::path::PathBuf;
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
}

/// A file as it was when somebody looked.
type Stamp = Option<(SystemTime, u64)>;

/// The files whose change is noticed.
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
    pub(super) fn of(reload: &Reload, house: &House) -> Self {
        let gate = house.gate();
        let mut certificates = Vec::new();
        if let Some(tls) = &gate.settings.server.tls {
            certificates.extend(tls.certificates.iter().flat_map(|c| [c.chain.clone(), c.key.clone()]));
            certificates.extend(tls.client_ca.clone());
        }
        let stamped = |path: PathBuf| {
            let stamp = stamp(&path);
            (path, stamp)
        };
        let config = std::iter::once(&reload.config).chain(user_files(&gate.settings)).cloned();
        Self { config: config.map(stamped).collect(), certificates: certificates.into_iter().map(stamped).collect() }
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

fn stamp(path: &PathBuf) -> Stamp {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

/// The configuration anew. A bad one is refused, and the old one goes on.
pub(super) fn reload(reload: &Reload, house: &House) {
    let _ = sd_notify::NotifyState::monotonic_usec_now().map(|now| sd_notify::notify(&[sd_notify::NotifyState::Reloading, now]));
    match read(reload, house) {
        Ok(()) => tracing::info!(file = %reload.config.display(), "gate.toml was read again"),
        Err(why) => tracing::error!(why, "gate.toml was not taken over; the gate goes on as before"),
    }
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
}

fn read(reload: &Reload, house: &House) -> Result<(), String> {
    let mut settings = config::load(&reload.config, &reload.builder.handlers()).map_err(|e| e.to_string())?;
    let gate = house.gate().clone();
    keep_what_stays(&mut settings, &gate.settings);
    let rebuilt = reload.builder.rebuild(&gate, settings).map_err(|e| e.to_string())?;
    house.replace(rebuilt).map_err(|e| e.to_string())
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
