//! How a gate is put together from its settings.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Gate, Room};
use crate::canonical::cookies::Names;
use crate::clock::Clock;
use crate::config::handlers::MessageHandler;
use crate::config::settings::{App, Settings};
use crate::decide;
use crate::directory::Directory;
use crate::dispatch::{Factory, Registry};
use crate::flows::{FlowResult, Flows};
use crate::identity::witness::Witness;
use crate::memory::Memory;
use crate::model::{AppName, Requirement, Visitor};
use crate::portal::{Doors, Portal};
use crate::proxy::set_cookie;
use crate::proxy::tunnel::Tunnels;
use crate::seal::Seal;
use crate::store::sqlite::SqliteStore;
use crate::store::{GateRow, Store};
use crate::upstream::Servers;

/// Why a gate can't start.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

/// Puts a gate together; dispatchers of one's own are registered here.
#[derive(Clone, Debug)]
pub struct Builder {
    pub(super) registry: Registry,
    pub(super) clock: Clock,
}

impl Builder {
    /// Registers a dispatcher under a handler name.
    #[must_use]
    pub fn dispatcher(mut self, handler: &str, factory: Factory) -> Self {
        self.registry.register(handler, factory);
        self
    }

    /// The handlers that gate.toml may name.
    pub fn handlers(&self) -> Vec<MessageHandler> {
        self.registry.handlers()
    }

    /// Opens key file, store and directories, and builds the gate.
    pub async fn build(self, settings: Settings) -> Result<Gate, StartError> {
        let seal = Seal::open_or_make(&settings.key_file).map_err(|e| StartError(e.to_string()))?;
        let store = SqliteStore::open(&settings.store, seal.clone()).await.map_err(|e| StartError(e.to_string()))?;
        let store: Arc<dyn Store> = Arc::new(store);
        let memory = Arc::new(Memory::new(store, seal.clone(), self.clock.clone(), &settings.session));
        memory.heed_revocations().await.map_err(|e| StartError(e.to_string()))?;
        self.assemble(settings, memory, seal, Tunnels::default())
    }

    /// A gate with other settings in place of this one: what is remembered, and what is open, stays.
    pub fn rebuild(&self, gate: &Gate, settings: Settings) -> Result<Gate, StartError> {
        self.assemble(settings, gate.memory.clone(), gate.seal.clone(), gate.tunnels.clone())
    }

    fn assemble(&self, settings: Settings, memory: Arc<Memory>, seal: Seal, tunnels: Tunnels) -> Result<Gate, StartError> {
        let settings = Arc::new(settings);
        let store = memory.store().clone();
        let mut rooms = Vec::new();
        for app in &settings.apps {
            let directory = app.directory.as_ref().map(Directory::open).transpose().map_err(|e| StartError(e.to_string()))?;
            let servers = Servers::new(&app.upstream).map_err(|why| StartError(format!("apps.{}.upstream: {why}", app.name)))?;
            let witness = app.identity.witness().map(|settings| Witness::new(settings, &servers)).transpose();
            let witness = witness.map_err(|why| StartError(format!("apps.{}.identity: {why}", app.name)))?;
            rooms.push(Room {
                names: Names::new(app, settings.server.is_https()),
                app: app.clone(),
                directory,
                witness,
                servers,
            });
        }
        let rooms = Arc::new(rooms);
        let flows = Flows::new(settings.clone(), store, seal.clone(), self.clock.clone(), &self.registry).map_err(|faults| {
            StartError(faults.iter().map(|(key, fix)| format!("{key}: {fix}")).collect::<Vec<_>>().join("\n"))
        })?;
        let inside = Arc::new(Inside { memory: memory.clone(), rooms: rooms.clone(), clock: self.clock.clone() });
        let portal = Portal::new(settings.clone(), flows.clone(), seal.clone(), self.clock.clone(), inside);
        Ok(Gate { settings, memory, seal, clock: self.clock.clone(), flows, tunnels, rooms, portal })
    }
}

/// What the portal asks of the rest of the gate.
#[derive(Debug)]
struct Inside {
    memory: Arc<Memory>,
    rooms: Arc<Vec<Room>>,
    clock: Clock,
}

impl Inside {
    fn app(&self, name: &AppName) -> Option<&App> {
        self.rooms.iter().map(|room| &room.app).find(|app| &app.name == name)
    }
}

#[async_trait]
impl Doors for Inside {
    async fn adopted(&self, old: &GateRow, new: &GateRow) {
        self.memory.adopt(old, new.token).await;
    }

    async fn leave(&self, gate: &GateRow) -> FlowResult<Vec<String>> {
        self.memory.end_gate(gate).await?;
        if self.app(&gate.app).is_some_and(|app| app.identity.is_shared()) {
            return Ok(Vec::new());
        }
        let Some(session) = self.memory.session(gate.session).await? else { return Ok(Vec::new()) };
        let lines = set_cookie::expire(&session.members()).filter_map(|l| l.to_str().map(str::to_owned).ok()).collect();
        self.memory.end(&session).await?;
        Ok(lines)
    }

    fn wanted(&self, gate: &GateRow, path: &str, visitor: &Visitor) -> Option<Requirement> {
        decide::wanted(self.app(&gate.app)?, path, visitor.client(), gate, self.clock.now())
    }

    async fn set_step_up(&self, gate: &GateRow, wanted: &Requirement) -> FlowResult<()> {
        Ok(self.memory.set_step_up(gate, wanted).await?)
    }
}
