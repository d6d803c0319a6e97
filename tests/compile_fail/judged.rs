//! compiles: what the decision admitted is bound to its request and forwarded.
use mfa_gate::decide::{Admitted, Permit};
use mfa_gate::identity::Identified;
use mfa_gate::proxy::{Way, forward};

pub async fn judged(way: Way<'_>, permit: Permit, request: Identified) {
    let admitted: Admitted = permit.admit(request);
    let _ = forward(way, admitted).await;
}
