//! A gate with a dispatcher of one's own: codes by carrier pigeon.
//!
//! In gate.toml: `[methods.pigeon]`, `handler = "carrier_pigeon"`, `source_field = "loft"`, `roof = "/var/lib/pigeons"`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use async_trait::async_trait;
use mfa_gate::dispatch::{DispatchResponse, Message, MessageDispatcher, Trouble};
use mfa_gate::gate::Gate;

/// Pigeons take off from a directory, each a file.
#[derive(Debug)]
struct CarrierPigeon(PathBuf);

#[async_trait]
impl MessageDispatcher for CarrierPigeon {
    async fn dispatch(&self, message: &Message) -> DispatchResponse {
        let pigeon = self.0.join(format!("{}.txt", message.to.replace('/', "_")));
        match std::fs::write(pigeon, format!("{} for {}\n", message.code, message.user.id)) {
            Ok(()) => DispatchResponse::Sent,
            Err(e) => Trouble::Later.failed(format!("no pigeon took off: {e}")),
        }
    }
}

fn main() -> ExitCode {
    let gate = Gate::builder().dispatcher(
        "carrier_pigeon",
        Arc::new(|_, method| {
            let roof = method.options.text("roof").ok_or_else(|| vec![("roof".into(), "write the pigeons' directory".into())])?;
            Ok(Arc::new(CarrierPigeon(method.base_dir.join(roof))))
        }),
    );
    mfa_gate::cli::main_with(&gate)
}
