//! The command line. The route of a request is in `route.rs`, on one screen.

use std::process::ExitCode;

fn main() -> ExitCode {
    // One TLS provider for everything; a second call can only be a mistake of ours and changes nothing.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    mfa_gate::cli::main()
}
