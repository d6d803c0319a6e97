//! What a person can do about their second factor: pass a challenge, enrol, remove, choose, make backup codes.
//! One code path behind pages and API; it knows nothing of HTTP.

mod backup;
mod challenge;
mod devices;
mod enrolment;
mod error;
mod overview;
mod proof;
mod send;
mod touch;
mod views;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::options::Faults;
use crate::config::settings::{Handler, Settings};
use crate::dispatch::notice::Notices;
use crate::dispatch::{MessageDispatcher, Registry};
use crate::methods::webauthn::Webauthn;
use crate::methods::yubikey::Yubikey;
use crate::model::{MethodName, Timestamp, Visitor};
use crate::seal::Seal;
use crate::store::{AuditRow, GateRow, Store};
use crate::words::{Language, Sentence};
pub use error::{FlowError, FlowResult};
pub use views::*;

/// The flows. Cheap to clone; built once at start.
#[derive(Clone, Debug)]
pub struct Flows(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    settings: Arc<Settings>,
    store: Arc<dyn Store>,
    seal: Seal,
    clock: Clock,
    dispatchers: BTreeMap<MethodName, Arc<dyn MessageDispatcher>>,
    yubikeys: BTreeMap<MethodName, Yubikey>,
    webauthns: BTreeMap<MethodName, Webauthn>,
    notices: Option<Notices>,
    /// Password hashes cost memory: two at a time.
    hashing: tokio::sync::Semaphore,
}

/// The name under which backup codes are offered and verified.
pub const BACKUP: &str = "backup";

impl Flows {
    /// Puts the parts together; the dispatchers are made by name. Errors are (key, what to write instead).
    pub fn new(
        settings: Arc<Settings>,
        store: Arc<dyn Store>,
        seal: Seal,
        clock: Clock,
        registry: &Registry,
    ) -> Result<Self, Faults> {
        let (mut dispatchers, mut yubikeys, mut webauthns) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut faults = Faults::new();
        for method in &settings.methods {
            let name = method.name.clone();
            let mut fault = |(key, fix): (String, String)| faults.push((format!("methods.{name}.{key}"), fix));
            match &method.handler {
                Handler::App(_) => {}
                Handler::Message(message) => match registry.factory(&message.dispatcher) {
                    Some(factory) => match factory(&settings, message) {
                        Ok(dispatcher) => drop(dispatchers.insert(name.clone(), dispatcher)),
                        Err(more) => more.into_iter().for_each(fault),
                    },
                    None => fault(("handler".into(), format!("no dispatcher {} is registered", message.dispatcher))),
                },
                Handler::Yubikey(yubikey) => match Yubikey::new(yubikey) {
                    Ok(yubikey) => drop(yubikeys.insert(name.clone(), yubikey)),
                    Err(why) => fault(("timeout".into(), why)),
                },
                Handler::Webauthn(webauthn) => {
                    let webauthn = Webauthn::new(webauthn, &settings.server.public_url, &settings.brand.name);
                    webauthns.insert(name, webauthn);
                }
            }
        }
        let notices = Notices::new(&settings).unwrap_or_else(|more| {
            faults.extend(more);
            None
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        let hashing = tokio::sync::Semaphore::new(2);
        Ok(Self(Arc::new(Parts { settings, store, seal, clock, dispatchers, yubikeys, webauthns, notices, hashing })))
    }

    /// What `mfa-gate check` tries: what each method needs of others, without sending. A sentence either way.
    pub async fn try_methods(&self) -> Vec<(MethodName, Result<String, String>)> {
        let mut tried = Vec::new();
        for (name, dispatcher) in &self.0.dispatchers {
            tried.push((name.clone(), dispatcher.check().await));
        }
        for (name, yubikey) in &self.0.yubikeys {
            tried.push((name.clone(), yubikey.check().await));
        }
        tried
    }

    fn webauthn(&self, method: &MethodName) -> FlowResult<&Webauthn> {
        self.0.webauthns.get(method).ok_or(FlowError::UnknownMethod)
    }

    /// Tells the user by e-mail, beside the request: it waits for no relay.
    fn tell(&self, gate: &GateRow, what: Sentence, visitor: &Visitor) {
        let (flows, user, visitor) = (self.clone(), gate.user.clone(), visitor.clone());
        tokio::spawn(async move {
            if let Some(notices) = &flows.0.notices {
                let language = flows.language(&visitor);
                notices.tell(&user, &what, flows.0.clock.now(), &visitor, language).await;
            }
        });
    }

    /// The language that this visitor is written to.
    fn language(&self, visitor: &Visitor) -> Language {
        self.0.settings.brand.languages.choose(&visitor.wish)
    }

    async fn event(
        &self,
        event: &str,
        gate: &GateRow,
        method: Option<&MethodName>,
        visitor: Option<&Visitor>,
        detail: Option<String>,
    ) {
        crate::audit::record(&*self.0.store, &self.0.clock, event, &gate.user, method, visitor, detail).await;
    }

    /// The newest audit lines of this user, newest first.
    pub async fn activity(&self, gate: &GateRow) -> FlowResult<Vec<AuditRow>> {
        let mut lines = self.0.store.audit(Some(gate.user.id.as_str()), Timestamp(0), 100).await?;
        lines.retain(|line| line.realm == gate.user.realm.as_str());
        lines.reverse();
        lines.truncate(20);
        Ok(lines)
    }
}
