//! Drives the built gate from outside, over real sockets.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;
mod client;
mod bridge;
mod world;

mod acme;
mod api;
mod apps;
mod brand;
mod browser;
mod challenge;
mod commands;
mod crash;
mod directories;
mod django;
mod endurance;
mod failures;
mod firewall;
mod forms;
mod house;
mod keys;
mod languages;
mod limits;
mod login;
mod mail;
mod messages;
mod methods;
mod pages;
mod passkey;
mod property;
mod proxy;
mod sessions;
mod sources;
mod systemd;
mod transport;
