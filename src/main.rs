//! The command `pamphleteer`.

use mimalloc::MiMalloc;
use pamphleteer::{cli, guard};
use std::process::ExitCode;
use std::thread;

/// The system's allocator leaves holes where the tables of each page's
/// compressor were: a gigabyte in a book of two million words.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Works on a stack of its own, so that it does not depend on the machine how deep a
/// book may nest.
fn main() -> ExitCode {
    let worker = thread::Builder::new().stack_size(guard::STACK).spawn(cli::run);
    match worker {
        Ok(worker) => worker.join().unwrap_or(ExitCode::FAILURE),
        Err(_) => cli::run(),
    }
}
