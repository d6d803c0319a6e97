//! error[E0451]: nor can one be written down.
use mfa_gate::decide::{Because, Kind, Permit};

pub fn written() -> Permit {
    Permit { kind: Kind::Verified, because: Because::Stranger }
}
