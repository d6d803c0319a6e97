//! The two neighbours of `mfa-gate demo`: a small legacy app, and a catcher for the mail that the gate sends.

pub mod app;
pub mod mailbox;
mod pages;
pub mod smtp;
