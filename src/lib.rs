//! mfa-gate: a reverse proxy that adds a second factor to web apps that already have a login.
//!
//! The rooms, from ground to roof; each imports only from those above it (ARCHITECTURE.md has the picture):

// -- ground: knows nothing of the product
pub mod clock;
pub mod model;
pub mod seal;
// -- configuration and memory
pub mod audit;
pub mod config;
pub mod store;
// -- proofs
pub mod dispatch;
pub mod flows;
pub mod methods;
