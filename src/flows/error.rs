//! Why a step was refused: one sentence for the user, one status and one fixed reason each.

use crate::model::{MethodName, Requirement, Timestamp};

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

impl From<crate::store::StoreError> for FlowError {
    fn from(e: crate::store::StoreError) -> Self {
        Self::Unavailable(e.to_string())
    }
}

/// The result of every flow.
pub type FlowResult<T> = Result<T, FlowError>;
