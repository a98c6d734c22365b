//! The command `pamphleteer`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// The system's allocator leaves holes where the tables of each page's
/// compressor were: a gigabyte in a book of two million words.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    pamphleteer::cli::run()
}
