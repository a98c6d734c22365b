//! The command `pamphleteer`.

use std::process::ExitCode;

fn main() -> ExitCode {
    pamphleteer::cli::run()
}
