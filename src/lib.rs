//! mfa-gate: a reverse proxy that adds a second factor to web apps that already have a login.
//!
//! The rooms, from ground to roof; each imports only from those above it (ARCHITECTURE.md has the picture).

// -- ground: knows nothing of the product
pub mod words;
pub mod model;
pub mod clock;
pub mod seal;
// -- configuration and memory
pub mod config;
pub mod design;
pub mod store;
pub mod audit;
pub mod memory;
// -- proofs
pub mod dispatch;
pub mod methods;
pub mod flows;
// -- judgement
pub mod upstream;
pub mod canonical;
pub mod directory;
pub mod identity;
pub mod decide;
// -- faces
pub mod no;
pub mod portal;
pub mod proxy;
pub mod watch;
// -- doors
pub mod gate;
pub mod route;
pub mod server;
pub mod demo;
pub mod cli;
