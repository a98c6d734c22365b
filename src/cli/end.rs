//! How a command ends, and what it prints for scripts.

use crate::diag::Error;
use std::io::{self, Write};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Done; warnings allowed.
    Done,
    /// The book has errors.
    Faulty,
    /// The command was not understood.
    Misused,
    /// The machine failed with some book of many.
    Failed,
}

/// Prints to standard output; a closed pipe ends quietly.
pub(super) fn print_out(text: &str) -> Result<(), Error> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::io("cannot print", error)),
        _ => Ok(()),
    }
}
