//! The gate put together: every part is built here and handed down; nothing is global.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use http::{HeaderMap, Request, Response};
use hyper::body::Incoming;

use crate::canonical::cookies::Names;
use crate::clock::Clock;
use crate::config::handlers::MessageHandler;
use crate::config::settings::{App, Settings};
use crate::decide;
use crate::directory::Directory;
use crate::dispatch::{Factory, Registry};
use crate::flows::{FlowError, FlowResult, Flows};
use crate::identity::recognise::Context;
use crate::identity::witness::Witness;
use crate::identity::{Arrived, visitor};
use crate::memory::Memory;
use crate::model::{AppName, Client, RequestId, Requirement, User, Visitor};
use crate::no::{No, Told};
use crate::portal::refusal::{self, Asked, Refusal};
use crate::portal::{Asking, Doors, Portal, refused};
use crate::proxy::tunnel::Tunnels;
use crate::proxy::{Way, set_cookie};
use crate::seal::Seal;
use crate::store::sqlite::SqliteStore;
use crate::store::{GateRow, Store};
use crate::upstream::Servers;
use crate::upstream::body::Body;
use crate::words::{Language, Sentence, Wish};

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

/// Why a gate can't start.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

/// Puts a gate together; dispatchers of one's own are registered here.
#[derive(Clone, Debug)]
pub struct Builder {
    registry: Registry,
    clock: Clock,
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
            client: arrived.client.ip,
            patience: self.settings.server.patience.upstream,
        }
    }

    /// The client: the peer, or what a trusted proxy says of it.
    pub fn client(&self, headers: &HeaderMap, peer: IpAddr) -> Client {
        let proxies = &self.settings.server.trusted_proxies;
        let trusted = |ip: &IpAddr| proxies.iter().any(|n| n.contains(ip));
        let mut client = Client { ip: peer.to_canonical(), is_known: true };
        if !trusted(&client.ip) {
            return client;
        }
        // From the nearest backwards: the first that isn't one of our proxies is the client. What stands before
        // something that is no address was written by nobody whom we trust.
        let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().map(|v| v.to_str().unwrap_or("?")).collect();
        client.is_known = !lines.is_empty();
        for part in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            match address(part.trim()) {
                Some(ip) => client.ip = ip,
                None => client.is_known = false,
            }
            if !client.is_known || !trusted(&client.ip) {
                break;
            }
        }
        client
    }

    /// What is remembered may be believed only while the store answers.
    pub fn believe(&self) -> Result<(), No> {
        if self.memory.is_believed() { Ok(()) } else { Err(No::Memory("the store has not answered for two seconds".into())) }
    }

    /// A request to the gate's own pages.
    pub async fn own_page(
        &self,
        room: &Room,
        request: Request<Incoming>,
        client: Client,
        id: RequestId,
    ) -> Result<Response<Body>, No> {
        self.believe()?;
        let cookies = room.names.read(request.headers()).unwrap_or_default();
        let gate = match cookies.gate {
            Some(token) => self.memory.gate_of_hash(token.hash(&self.seal)).await?.filter(|g| g.row.app == room.app.name),
            None => None,
        };
        let visitor = visitor(request.headers(), client);
        let language = self.language(&visitor.wish);
        let asking = Asking {
            visitor,
            gate: gate.map(|g| g.row.clone()),
            device: cookies.device.as_deref().map(str::to_owned),
            request_id: id.to_string(),
            language,
        };
        let request = request.map(axum::body::Body::new);
        Ok(self.portal.answer(request, asking).await.map(Body::from))
    }

    /// The challenge page in place of what was sent: 401, with the sentence that it must be sent again.
    pub async fn challenge_page(&self, asking: Asking, next: &str, id: RequestId) -> Response<Body> {
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = format!("{}/challenge?unsent=1&next={next}", self.settings.server.prefix);
        let request = Request::get(page).header(http::header::ACCEPT, "text/html").body(axum::body::Body::empty());
        let asked = self.asked(true, id, asking.language);
        let Ok(request) = request else { return self.refuse(No::SendAgain, &asked) };
        let mut answer = self.portal.answer(request, asking).await.map(Body::from);
        if answer.status().is_redirection() {
            // There is nothing to pass yet: the page that says so leads on.
            return self.refuse(No::SendAgain, &asked);
        }
        if answer.status().is_success() {
            *answer.status_mut() = http::StatusCode::UNAUTHORIZED;
        }
        answer
    }

    /// How an error answer is to look.
    pub fn asked(&self, wants_page: bool, id: RequestId, language: Language) -> Asked {
        Asked {
            wants_page,
            request_id: id.to_string(),
            brand: self.settings.brand.name.clone(),
            support: self.settings.brand.support.clone(),
            prefix: self.settings.server.prefix.clone(),
            language,
        }
    }

    /// The language of an answer of the gate's own.
    pub fn language(&self, wish: &Wish) -> Language {
        self.settings.brand.languages.choose(wish)
    }

    /// A refusal as page or problem, with its log line.
    pub fn refuse(&self, no: No, asked: &Asked) -> Response<Body> {
        let told = no.told();
        match no.log() {
            Some(why) => {
                tracing::warn!(request_id = %asked.request_id, status = told.status, reason = told.reason, why, "refused")
            }
            None => tracing::debug!(request_id = %asked.request_id, status = told.status, reason = told.reason, "refused"),
        }
        let refusal = refusal_of(&told);
        let mut answer = refusal::answer(&refusal, asked).map(Body::from);
        if told.status == 405 {
            // RFC 9110 (15.5.6) wants it; which of these the app takes is the app's word.
            let allow = http::HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            answer.headers_mut().insert(http::header::ALLOW, allow);
        }
        if matches!(no, No::PasswordFirst) {
            let basic = format!("Basic realm=\"{}\", charset=\"UTF-8\"", self.settings.brand.name.replace(['"', '\\'], ""));
            if let Ok(basic) = http::HeaderValue::from_str(&basic) {
                answer.headers_mut().insert(http::header::WWW_AUTHENTICATE, basic);
            }
        }
        if let No::Cookies(_, names) = no {
            set_cookie::expire_names(&names, answer.headers_mut());
        }
        answer
    }

    /// The app sent a login back: the gate says so, and where to sign in again.
    pub fn sent_back(&self, to: String, asked: &Asked) -> Response<Body> {
        let refusal = Refusal { sign_in: Some(to), ..refusal_of(&No::SentBack.told()) };
        refusal::answer(&refusal, asked).map(Body::from)
    }

    /// A flow's refusal to a client that sent its factor along, as a problem.
    pub fn refuse_flow(&self, error: &FlowError, id: RequestId, language: Language) -> Response<Body> {
        refusal::answer(&refused(error, self.clock.now()), &self.asked(false, id, language)).map(Body::from)
    }

    /// Notes what befell a user: `signed_in` (the first factor was passed), `challenged`.
    pub async fn audit(&self, event: &str, user: &User, visitor: &Visitor) {
        crate::audit::record(&**self.memory.store(), &self.clock, event, user, None, Some(visitor), None).await;
    }
}

/// An address as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let ip = text.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|a| a.ip()));
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    ip.ok().or_else(bare).map(|ip| ip.to_canonical())
}

fn refusal_of(told: &Told) -> Refusal {
    Refusal {
        next: told.next.map(Sentence::new),
        retry_after: told.retry_after,
        ..Refusal::new(told.status, told.reason, told.title, told.sentence)
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
    fn adopted(&self, old: &GateRow, new: Arc<GateRow>) {
        self.memory.adopt(old, new);
    }

    async fn leave(&self, gate: &GateRow) -> FlowResult<Vec<String>> {
        self.memory.end_gate(gate).await?;
        if self.app(&gate.app).is_some_and(|app| app.identity.is_shared()) {
            return Ok(Vec::new());
        }
        let Some(session) = self.memory.session(gate.session).await? else { return Ok(Vec::new()) };
        let lines =
            session.members().iter().filter_map(set_cookie::expire).filter_map(|l| l.to_str().map(str::to_owned).ok()).collect();
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

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_read_with_and_without_its_port() {
        for text in ["203.0.113.9", "203.0.113.9:50123", "::ffff:203.0.113.9"] {
            assert_eq!(address(text), "203.0.113.9".parse().ok(), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443"] {
            assert_eq!(address(text), "2001:db8::1".parse().ok(), "{text}");
        }
        for text in ["", "unknown", "_hidden", "203.0.113.9:", "203.0.113.9:x", "[2001:db8::1", "2001:db8::1]"] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
