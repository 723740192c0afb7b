//! The program `lotse`, built beside the tests so that they start what they test.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// As the program in use: its processes for strangers' files have bounds of memory, and what counts is up to the allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    lotse::cli::run().await
}
