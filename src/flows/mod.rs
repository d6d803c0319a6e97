//! What a person can do about their second factor: pass a challenge, enrol, remove, choose, make backup codes.
//! One code path behind pages and API; it knows nothing of HTTP.

mod backup;
mod challenge;
mod devices;
mod enrolment;
mod overview;
mod proof;
mod send;
mod touch;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::options::Faults;
use crate::config::settings::{Handler, Settings};
use crate::dispatch::notice::Notices;
use crate::dispatch::{MessageDispatcher, Registry};
use crate::methods::webauthn::Webauthn;
use crate::methods::yubikey::Yubikey;
use crate::model::{MethodName, Requirement, Timestamp, Visitor};
use crate::seal::Seal;
use crate::store::{AuditRow, GateRow, Store};

/// What kind a method is, from the weakest to the strongest: the order says which may stand in for which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A backup code.
    Backup,
    /// A code is sent; there is a resend button.
    Message,
    /// An authenticator app; nothing is sent.
    App,
    /// A YubiKey types a password.
    Yubikey,
    /// A passkey or security key.
    Webauthn,
}

impl Kind {
    /// May a user have several of one method?
    pub fn holds_several(self) -> bool {
        matches!(self, Self::Yubikey | Self::Webauthn)
    }
}

/// One of a user's keys.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyView {
    /// Its id, in hex.
    pub id: String,
    /// The user's name for it.
    pub name: String,
    /// When it was confirmed.
    pub since: Timestamp,
}

/// What is shown to prove that a change is the user's own.
#[derive(Clone, Debug)]
pub struct Proof {
    /// A code of this method; `None`: of the one that the change is about.
    pub method: Option<MethodName>,
    /// The code, or a key's answer in JSON.
    pub code: String,
}

/// A code was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Requested {
    /// It is on its way.
    Sent(Sent),
    /// A key is to be touched: options for `navigator.credentials.get`.
    Touch(serde_json::Value),
}

/// One method as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodView {
    /// The name in gate.toml; `backup` for backup codes.
    pub name: MethodName,
    /// The name for people.
    pub verbose_name: String,
    /// Its kind.
    pub kind: Kind,
    /// Active for this user?
    pub active: bool,
    /// The user's primary?
    pub primary: bool,
    /// Masked address (`j***@e***.com`) of a method by message.
    pub masked: Option<String>,
    /// Active by the directory: can't be removed by the user.
    pub from_directory: bool,
    /// When it was confirmed.
    pub since: Option<Timestamp>,
    /// The user's keys of this method.
    pub keys: Vec<KeyView>,
    /// How a code of it looks: how many characters, digits only?
    pub code_length: usize,
    /// Are its codes digits?
    pub numeric: bool,
}

/// Everything a page needs to know of a user's methods.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Every configured method, active or not; not the backup codes.
    pub methods: Vec<MethodView>,
    /// Unused backup codes.
    pub backup_left: u32,
    /// May this gate session begin an enrolment now (first enrolment open, or verified as `confirm_with` wants)?
    pub may_enrol: MayEnrol,
}

impl Overview {
    /// The active methods.
    pub fn active(&self) -> impl Iterator<Item = &MethodView> {
        self.methods.iter().filter(|m| m.active)
    }

    /// The primary method, if any is active.
    pub fn primary(&self) -> Option<&MethodView> {
        self.active().find(|m| m.primary).or_else(|| self.active().next())
    }
}

/// May a method be added now?
#[derive(Clone, Debug, PartialEq)]
pub enum MayEnrol {
    /// Yes.
    Yes,
    /// First this step-up (a `confirm_with` method, or any method, freshly).
    After(Requirement),
    /// No method is active and the first enrolment is guarded: an administrator must help.
    NeedsInvite,
}

/// A code was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// By which method.
    pub method: MethodName,
    /// Masked address.
    pub masked: Option<String>,
    /// When the code ends.
    pub expires_at: Timestamp,
    /// From when on another can be asked for.
    pub resend_at: Timestamp,
}

/// A verification succeeded: the new gate session, committed.
#[derive(Clone, Debug)]
pub struct Passed {
    /// The new gate session as stored.
    pub gate: Arc<GateRow>,
    /// Its token, for the cookie.
    pub token: crate::seal::Token,
    /// The token of the remembered device, where one was made.
    pub device: Option<crate::seal::Token>,
    /// Backup codes left, where one was used now.
    pub backup_left: Option<u32>,
}

/// An enrolment was begun.
#[derive(Clone, Debug)]
pub enum Begun {
    /// Show this once.
    App(crate::methods::app::Shown),
    /// A code went there.
    Message(Sent),
    /// The YubiKey is to type a password.
    Yubikey,
    /// A key is to be touched: options for `navigator.credentials.create`.
    Webauthn(serde_json::Value),
}

/// Why a step was refused. Every variant has one sentence for the user, one status and one `reason`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FlowError {
    /// 401 `code_wrong`
    #[error("That code isn't right. Check it and try again; {}.", if *left == 1 { "one try is left".into() } else { format!("{left} tries are left") })]
    CodeWrong {
        /// Tries left.
        left: u32,
    },
    /// 401 `code_expired`
    #[error("That code is too old. Ask for a new one.")]
    CodeExpired,
    /// 409 `code_used`
    #[error("That code was used before. Ask for a new one, or wait for your app's next code.")]
    CodeUsed,
    /// 429 `locked`
    #[error("Too many wrong codes were typed for your account.")]
    Locked {
        /// When it ends.
        until: Timestamp,
    },
    /// 429 `too_many_sends`
    #[error("Too many codes were sent. Use the last one, or try again later.")]
    TooManySends {
        /// When it ends.
        until: Timestamp,
    },
    /// 429 `resend_wait`
    #[error("A code was sent a moment ago. Wait a little before asking for another.")]
    ResendWait {
        /// From then on.
        until: Timestamp,
    },
    /// 404 `unknown_method`
    #[error("This method isn't set up for your account. Choose another one.")]
    UnknownMethod,
    /// 400 `method_sends_nothing`
    #[error("This method shows its codes itself; nothing is sent.")]
    SendsNothing,
    /// 403 `method_not_allowed`
    #[error("What you opened needs another method. Choose one from the list.")]
    NotAllowed,
    /// 502 `provider_failed`
    #[error("{details}")]
    Provider {
        /// What happened, for the user.
        details: String,
        /// Other methods to try: name, and name for people.
        others: Vec<(MethodName, String)>,
    },
    /// 401 `code_wrong`
    #[error("Your key wasn't accepted. Try again, or use another method.")]
    KeyRefused {
        /// Tries left.
        left: u32,
    },
    /// 401 `key_cloned`
    #[error("This key was refused: there may be a copy of it. Use another method and tell your administrator.")]
    KeyCloned,
    /// 403 `code_required`
    #[error("This change needs a code. Send one of this method, or of a stronger one.")]
    CodeRequired,
    /// 403 `no_session`
    #[error("Your sign-in has ended. Go back to the app and sign in again.")]
    NoSession,
    /// 403 `verify_first`
    #[error("Pass your second factor first.")]
    VerifyFirst(Requirement),
    /// 403 `enrolment_needs_invite`
    #[error("No second factor is set up for your account. Ask your administrator to let you set one up.")]
    NeedsInvite,
    /// 409 `already_active`
    #[error("This method is set up already.")]
    AlreadyActive,
    /// 404 `nothing_to_confirm`
    #[error("There is nothing to confirm. Start setting up the method again.")]
    NothingToConfirm,
    /// 409 `last_method`
    #[error("This is your only method. Add another one before you remove it.")]
    LastMethod,
    /// 403 `from_directory`
    #[error("Your organisation set up this method; it can't be removed here.")]
    FromDirectory,
    /// 403 `backup_codes_off`
    #[error("Backup codes are turned off here.")]
    BackupOff,
    /// 403 `regeneration_off`
    #[error("New backup codes can't be made here. Ask your administrator.")]
    RegenerationOff,
    /// 503 `state_unavailable`
    #[error("The gate can't reach its memory just now. Try again in a moment.")]
    Unavailable(String),
}

impl FlowError {
    /// The status and the fixed reason for machines.
    pub fn status_and_reason(&self) -> (u16, &'static str) {
        match self {
            Self::CodeWrong { .. } => (401, "code_wrong"),
            Self::CodeExpired => (401, "code_expired"),
            Self::CodeUsed => (409, "code_used"),
            Self::Locked { .. } => (429, "locked"),
            Self::TooManySends { .. } => (429, "too_many_sends"),
            Self::ResendWait { .. } => (429, "resend_wait"),
            Self::UnknownMethod => (404, "unknown_method"),
            Self::SendsNothing => (400, "method_sends_nothing"),
            Self::NotAllowed => (403, "method_not_allowed"),
            Self::Provider { .. } => (502, "provider_failed"),
            Self::KeyRefused { .. } => (401, "code_wrong"),
            Self::KeyCloned => (401, "key_cloned"),
            Self::CodeRequired => (403, "code_required"),
            Self::RegenerationOff => (403, "regeneration_off"),
            Self::NoSession => (403, "no_session"),
            Self::VerifyFirst(_) => (403, "verify_first"),
            Self::NeedsInvite => (403, "enrolment_needs_invite"),
            Self::AlreadyActive => (409, "already_active"),
            Self::NothingToConfirm => (404, "nothing_to_confirm"),
            Self::LastMethod => (409, "last_method"),
            Self::FromDirectory => (403, "from_directory"),
            Self::BackupOff => (403, "backup_codes_off"),
            Self::Unavailable(_) => (503, "state_unavailable"),
        }
    }

    /// The same with the number of tries that are left.
    fn with_left(self, left: u32) -> Self {
        match self {
            Self::CodeWrong { .. } => Self::CodeWrong { left },
            Self::KeyRefused { .. } => Self::KeyRefused { left },
            other => other,
        }
    }

    /// When it is worth trying again.
    pub fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::Locked { until } | Self::TooManySends { until } | Self::ResendWait { until } => Some(*until),
            _ => None,
        }
    }
}

impl From<crate::store::StoreError> for FlowError {
    fn from(e: crate::store::StoreError) -> Self {
        Self::Unavailable(e.to_string())
    }
}

/// The result of every flow.
pub type FlowResult<T> = Result<T, FlowError>;

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
    fn tell(&self, gate: &GateRow, what: &str, visitor: &Visitor) {
        let (flows, user, what, visitor) = (self.clone(), gate.user.clone(), what.to_owned(), visitor.clone());
        tokio::spawn(async move {
            if let Some(notices) = &flows.0.notices {
                notices.tell(&user, &what, flows.0.clock.now(), &visitor).await;
            }
        });
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
