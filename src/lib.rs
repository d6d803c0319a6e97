//! mfa-gate: a reverse proxy that adds a second factor to web apps that already have a login.
//!
//! The rooms, from ground to roof; each imports only from those above it (ARCHITECTURE.md has the picture).

// -- ground: knows nothing of the product
pub mod clock;
pub mod model;
pub mod seal;
// -- configuration and memory
pub mod audit;
pub mod config;
pub mod memory;
pub mod store;
// -- proofs
pub mod dispatch;
pub mod flows;
pub mod methods;
// -- judgement
pub mod body;
pub mod canonical;
pub mod decide;
pub mod directory;
pub mod identity;
pub mod upstream;
// -- faces
pub mod no;
pub mod portal;
pub mod proxy;
pub mod watch;
// -- doors
pub mod cli;
pub mod demo;
pub mod gate;
pub mod route;
pub mod server;
