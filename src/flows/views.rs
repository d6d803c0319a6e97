//! What the flows take and give: methods as people see them, proofs, and what became of a step.

use std::sync::Arc;

use crate::config::settings::{Handler, MethodSettings};
use crate::model::{MethodName, Requirement, Timestamp};
use crate::store::GateRow;
use crate::words::{Sentence, id};

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
    /// The name as gate.toml has it.
    pub verbose_name: String,
    /// The name for people: `verbose_name` where it is written, else the gate's own word for such a method.
    pub label: Sentence,
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

/// A method's name for people.
pub(super) fn label_of(method: &MethodSettings) -> Sentence {
    if method.is_named {
        return Sentence::verbatim(&method.verbose_name);
    }
    Sentence::new(match &method.handler {
        Handler::Message(message) => match message.dispatcher.as_str() {
            "email" => id::METHOD_EMAIL,
            "twilio" | "sms_api" | "aws_sns" => id::METHOD_SMS,
            // Whatever an administrator's own program carries, the table's name says it best.
            _ => return Sentence::verbatim(&method.verbose_name),
        },
        Handler::App(_) => id::METHOD_APP,
        Handler::Yubikey(_) => id::METHOD_YUBIKEY,
        Handler::Webauthn(_) => id::METHOD_WEBAUTHN,
    })
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
