//! error[E0308]: a request that nobody judged can't be forwarded.
use mfa_gate::identity::Identified;
use mfa_gate::proxy::{Way, forward};

pub async fn unjudged(way: Way<'_>, request: Identified) {
    let _ = forward(way, request).await;
}
