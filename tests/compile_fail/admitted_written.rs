//! error[E0451]: what is admitted comes from a permit.
use mfa_gate::decide::{Admitted, Permit};
use mfa_gate::identity::Identified;

pub fn written(permit: Permit, request: Identified) -> Admitted {
    Admitted { permit, request }
}
