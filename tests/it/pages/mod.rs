//! Walks through every page of the gate's own in headless Chromium: each state is looked at in every width and colour, by axe-core,
//! by the keyboard and by its weight, and leaves pictures in `target/screenshots/pages`.

pub mod wire;

mod check;
mod stage;
mod walk;

mod bad;
mod efforts;
mod keyboard;
mod languages;
mod mails;
mod methods;
mod moments;
mod noscript;
mod refusals;
