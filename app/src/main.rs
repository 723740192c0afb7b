//! The program `lotse`: reads the command line and the configuration, and hands over.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    lotse::cli::run().await
}
