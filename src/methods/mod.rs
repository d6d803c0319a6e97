//! What a kind of method is made of; the flows use it.

pub mod app;
pub mod webauthn;
pub mod yubikey;
