//! Why a step was refused: one sentence for the user, one status and one fixed reason each.

use std::fmt;

use crate::model::{MethodName, Requirement, Timestamp};
use crate::words::{Sentence, id};

/// Why a step was refused. Every variant has one sentence for the user, one status and one `reason`.
#[derive(Clone, Debug, PartialEq)]
pub enum FlowError {
    /// 401 `code_wrong`
    CodeWrong {
        /// Tries left.
        left: u32,
    },
    /// 401 `code_expired`
    CodeExpired,
    /// 409 `code_used`
    CodeUsed,
    /// 429 `locked`
    Locked {
        /// When it ends.
        until: Timestamp,
    },
    /// 429 `too_many_sends`
    TooManySends {
        /// When it ends.
        until: Timestamp,
    },
    /// 429 `resend_wait`
    ResendWait {
        /// From then on.
        until: Timestamp,
    },
    /// 404 `unknown_method`
    UnknownMethod,
    /// 400 `method_sends_nothing`
    SendsNothing,
    /// 403 `method_not_allowed`
    NotAllowed,
    /// 502 `provider_failed`
    Provider {
        /// What happened, for the user.
        details: Sentence,
        /// Other methods to try: name, and name for people.
        others: Vec<(MethodName, Sentence)>,
    },
    /// 401 `code_wrong`
    KeyRefused {
        /// Tries left.
        left: u32,
    },
    /// 401 `key_cloned`
    KeyCloned,
    /// 403 `code_required`
    CodeRequired,
    /// 403 `no_session`
    NoSession,
    /// 403 `verify_first`
    VerifyFirst(Requirement),
    /// 403 `enrolment_needs_invite`
    NeedsInvite,
    /// 409 `already_active`
    AlreadyActive,
    /// 404 `nothing_to_confirm`
    NothingToConfirm,
    /// 409 `last_method`
    LastMethod,
    /// 403 `from_directory`
    FromDirectory,
    /// 403 `backup_codes_off`
    BackupOff,
    /// 403 `regeneration_off`
    RegenerationOff,
    /// 503 `state_unavailable`
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

    /// What the user is told, without when it is worth trying again.
    fn what(&self) -> Sentence {
        match self {
            Self::CodeWrong { left } => Sentence::new(id::FLOW_CODE_WRONG).with("left", left),
            Self::CodeExpired => id::FLOW_CODE_EXPIRED.into(),
            Self::CodeUsed => id::FLOW_CODE_USED.into(),
            Self::Locked { .. } => id::FLOW_LOCKED.into(),
            Self::TooManySends { .. } => id::FLOW_TOO_MANY_SENDS.into(),
            Self::ResendWait { .. } => id::FLOW_RESEND_WAIT.into(),
            Self::UnknownMethod => id::FLOW_UNKNOWN_METHOD.into(),
            Self::SendsNothing => id::FLOW_SENDS_NOTHING.into(),
            Self::NotAllowed => id::FLOW_NOT_ALLOWED.into(),
            Self::Provider { details, .. } => details.clone(),
            Self::KeyRefused { .. } => id::FLOW_KEY_REFUSED.into(),
            Self::KeyCloned => id::FLOW_KEY_CLONED.into(),
            Self::CodeRequired => id::FLOW_CODE_REQUIRED.into(),
            Self::NoSession => id::FLOW_NO_SESSION.into(),
            Self::VerifyFirst(_) => id::FLOW_VERIFY_FIRST.into(),
            Self::NeedsInvite => id::FLOW_NEEDS_INVITE.into(),
            Self::AlreadyActive => id::FLOW_ALREADY_ACTIVE.into(),
            Self::NothingToConfirm => id::FLOW_NOTHING_TO_CONFIRM.into(),
            Self::LastMethod => id::FLOW_LAST_METHOD.into(),
            Self::FromDirectory => id::FLOW_FROM_DIRECTORY.into(),
            Self::BackupOff => id::FLOW_BACKUP_OFF.into(),
            Self::RegenerationOff => id::FLOW_REGENERATION_OFF.into(),
            Self::Unavailable(_) => id::FLOW_UNAVAILABLE.into(),
        }
    }

    /// What the user is told, with when to go on, or what to use instead, where that is known.
    pub fn sentence(&self, now: Timestamp) -> Sentence {
        if let Some(until) = self.retry_at() {
            let span = until.since(now);
            return Sentence::new(id::FLOW_GO_ON).with("what", self.what()).with("span", span).with("when", until);
        }
        match self {
            Self::Provider { details, others } if let Some((_, method)) = others.first() => {
                Sentence::new(id::FLOW_INSTEAD).with("what", details.clone()).with("method", method.clone())
            }
            _ => self.what(),
        }
    }

    /// The title of its page.
    pub fn title(&self) -> Sentence {
        Sentence::new(match self {
            Self::Locked { .. } => id::FLOW_LOCKED_TITLE,
            Self::TooManySends { .. } | Self::ResendWait { .. } => id::FLOW_SENDS_TITLE,
            Self::NoSession => id::FLOW_NO_SESSION_TITLE,
            Self::NeedsInvite => id::FLOW_NEEDS_INVITE_TITLE,
            Self::Unavailable(_) => id::NO_MOMENT_TITLE,
            _ => id::FLOW_TITLE,
        })
    }

    /// What a person does now.
    pub fn next(&self) -> Sentence {
        Sentence::new(match self {
            Self::NoSession => id::FLOW_NO_SESSION_NEXT,
            Self::NeedsInvite => id::FLOW_NEEDS_INVITE_NEXT,
            Self::Unavailable(_) => id::NO_NEXT_MOMENT,
            _ => id::NO_NEXT_BACK,
        })
    }

    /// The same with the number of tries that are left.
    pub(super) fn with_left(self, left: u32) -> Self {
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

impl fmt::Display for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what().fmt(f)
    }
}

impl std::error::Error for FlowError {}

impl From<crate::store::StoreError> for FlowError {
    fn from(e: crate::store::StoreError) -> Self {
        Self::Unavailable(e.to_string())
    }
}

/// The result of every flow.
pub type FlowResult<T> = Result<T, FlowError>;
