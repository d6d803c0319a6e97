//! The proof that a request was judged: made in this room only, and the only thing that the proxy takes.

use crate::identity::Identified;
use crate::model::Verification;

/// In which way a request goes to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With the credentials of its session; the second factor was passed.
    Verified,
    /// With the credentials of its session; a rule trusts this network or user.
    Trusted,
    /// Without credentials.
    Stripped,
    /// To see the login page: without session credentials but those of an anonymous session.
    LoginPage,
    /// To log in: likewise.
    Login,
    /// To log in once more as the verified user, with the session's credentials.
    LoginAgain,
    /// To end a verified session.
    Logout,
}

impl Kind {
    /// Does the app get the credentials of a logged-in session?
    pub fn is_credentialed(self) -> bool {
        matches!(self, Self::Verified | Self::Trusted | Self::LoginAgain | Self::Logout)
    }

    /// Is its answer the answer to a login?
    pub fn is_login(self) -> bool {
        matches!(self, Self::Login | Self::LoginAgain)
    }
}

/// Why a request was admitted, for log and metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// This second factor was passed.
    Verification(Verification),
    /// A `trust` rule.
    TrustRule,
    /// An `anonymous` rule.
    AnonymousRule,
    /// Nobody is logged in.
    Stranger,
    /// It logs in.
    Login,
    /// It logs out.
    Logout,
}

/// A decision to admit one request. No copies, and no other maker than the decision.
#[derive(Debug, PartialEq, Eq)]
pub struct Permit {
    kind: Kind,
    because: Because,
}

impl Permit {
    pub(super) fn new(kind: Kind, because: Because) -> Self {
        Self { kind, because }
    }

    /// In which way.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Binds the permit to the request that was judged.
    pub fn admit(self, request: Identified) -> Admitted {
        Admitted { permit: self, request }
    }
}

/// A request that may go to the app.
#[derive(Debug)]
pub struct Admitted {
    permit: Permit,
    request: Identified,
}

impl Admitted {
    /// In which way.
    pub fn kind(&self) -> Kind {
        self.permit.kind
    }

    /// Why.
    pub fn because(&self) -> &Because {
        &self.permit.because
    }

    /// The request, for the one who forwards it.
    pub fn into_parts(self) -> (Kind, Because, Identified) {
        (self.permit.kind, self.permit.because, self.request)
    }
}
