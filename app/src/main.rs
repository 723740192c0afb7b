//! The program `lotse`: reads the command line and the configuration, and hands over.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// Also what SQLite takes: its pages come and go with each change.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    lotse::cli::run().await
}
