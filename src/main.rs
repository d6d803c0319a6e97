//! The command line. The route of a request is in `route.rs`, on one screen.

use std::process::ExitCode;

fn main() -> ExitCode {
    mfa_gate::cli::main()
}
