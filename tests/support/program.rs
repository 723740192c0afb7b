//! The program `lotse`, built beside the tests so that they start what they test.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    lotse::cli::run().await
}
