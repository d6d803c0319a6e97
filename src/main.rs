//! The command line. The route of a request is in `route.rs`, on one screen.

use std::process::ExitCode;

/// Gives memory back once a crowd has left, and takes less for each connection than the system's.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    mfa_gate::cli::main()
}
