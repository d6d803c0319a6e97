//! error[E0382]: a permit is for one request.
use mfa_gate::decide::{Admitted, Permit};
use mfa_gate::identity::Identified;

pub fn copied(permit: Permit, first: Identified, second: Identified) -> [Admitted; 2] {
    [permit.admit(first), permit.admit(second)]
}
