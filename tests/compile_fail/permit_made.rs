//! error[E0624]: only the decision makes a permit.
use mfa_gate::decide::{Because, Kind, Permit};

pub fn made() -> Permit {
    Permit::new(Kind::Verified, Because::Stranger)
}
