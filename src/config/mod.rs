//! gate.toml: as written (`file`), and as used (`settings`).

pub mod settings;
