//! The gate put together: every part is built here and handed down; nothing is global.

mod answers;
mod build;
mod client;
mod open;

use std::net::IpAddr;
use std::sync::Arc;

pub use build::{Builder, StartError};

use crate::canonical::cookies::Names;
use crate::clock::Clock;
use crate::config::settings::{App, Settings};
use crate::directory::Directory;
use crate::dispatch::Registry;
use crate::flows::Flows;
use crate::identity::Arrived;
use crate::identity::recognise::Context;
use crate::identity::witness::Witness;
use crate::memory::Memory;
use crate::model::{AppName, User, Visitor};
use crate::no::No;
use crate::portal::Portal;
use crate::proxy::Way;
use crate::proxy::tunnel::Tunnels;
use crate::seal::Seal;
use crate::upstream::Servers;

/// One app with what was prepared for it.
#[derive(Debug)]
pub struct Room {
    /// Its settings.
    pub app: App,
    /// Its cookie names.
    pub names: Names,
    /// Its directory.
    pub directory: Option<Directory>,
    /// The source that can be asked who somebody is, if it has one.
    pub witness: Option<Witness>,
    /// Its servers.
    pub servers: Arc<Servers>,
}

/// A running gate.
#[derive(Debug)]
pub struct Gate {
    /// What gate.toml says.
    pub settings: Arc<Settings>,
    /// Sessions.
    pub memory: Arc<Memory>,
    /// Keys.
    pub seal: Seal,
    /// Time.
    pub clock: Clock,
    /// What people can do.
    pub flows: Flows,
    /// Upgrades that are open.
    pub tunnels: Tunnels,
    rooms: Arc<Vec<Room>>,
    portal: Portal,
}

impl Gate {
    /// A builder with the dispatchers that come with the gate.
    pub fn builder() -> Builder {
        Builder { registry: Registry::built_in(), clock: Clock::system() }
    }

    /// All apps.
    pub fn rooms(&self) -> &[Room] {
        &self.rooms
    }

    /// Do all browsers of a user share one session of this app?
    pub fn is_shared(&self, app: &AppName) -> bool {
        self.rooms.iter().any(|room| room.app.name == *app && room.app.identity.is_shared())
    }

    /// The app of a host. With one app and no `host`, the public URL's host and loopback.
    pub fn room(&self, host: &str) -> Result<&Room, No> {
        self.rooms.iter().find(|room| self.serves(room, host)).ok_or(No::WrongHost)
    }

    fn serves(&self, room: &Room, host: &str) -> bool {
        match &room.app.host {
            Some(own) => own.eq_ignore_ascii_case(host),
            None => {
                let public = self.settings.server.public_url.host_str().unwrap_or("");
                let bare = host.trim_matches(['[', ']']);
                host.eq_ignore_ascii_case(public)
                    || bare == "localhost"
                    || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
            }
        }
    }

    /// Is this one of the gate's own addresses?
    pub fn is_own(&self, path: &str) -> bool {
        path.strip_prefix(self.settings.server.prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What recognising and watching need.
    pub fn context<'a>(&'a self, room: &'a Room) -> Context<'a> {
        Context {
            app: &room.app,
            directory: room.directory.as_ref(),
            witness: room.witness.as_ref(),
            memory: &self.memory,
            seal: &self.seal,
            clock: &self.clock,
            scheme: self.settings.server.scheme(),
        }
    }

    /// What forwarding needs.
    pub fn way<'a>(&'a self, room: &'a Room, arrived: &Arrived) -> Way<'a> {
        Way {
            app: &room.app,
            servers: &room.servers,
            tunnels: &self.tunnels,
            scheme: self.settings.server.scheme(),
            client: arrived.client,
            clock: &self.clock,
            patience: self.settings.server.patience.upstream,
        }
    }

    /// Is this one of the files that the gate's own pages bring along?
    pub fn is_own_file(&self, path: &str) -> bool {
        path.strip_prefix(self.settings.server.prefix.as_str()).is_some_and(|rest| rest.starts_with("/static/"))
    }

    /// What is remembered may be believed only while the store answers.
    pub fn believe(&self) -> Result<(), No> {
        if self.memory.is_believed() { Ok(()) } else { Err(No::Memory("the store has not answered for two seconds".into())) }
    }

    /// Notes what befell a user: `signed_in` (the first factor was passed), `challenged`.
    pub async fn audit(&self, event: &str, user: &User, visitor: &Visitor) {
        crate::audit::record(&**self.memory.store(), &self.clock, event, user, None, Some(visitor), None).await;
    }
}
