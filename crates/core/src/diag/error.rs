//! Trouble with the machine, not with the book.

use std::fmt;

/// Trouble with the environment: disk, permission, a missing file of the tool.
#[derive(Debug)]
pub struct Error {
    /// What could not be done, and to which file.
    pub message: String,
    /// The system's own words, when there are any.
    pub source: Option<std::io::Error>,
}

impl Error {
    /// An error without a system cause.
    pub fn new(message: impl Into<String>) -> Error {
        Error { message: message.into(), source: None }
    }

    /// An error caused by the system.
    pub fn io(message: impl Into<String>, source: std::io::Error) -> Error {
        Error { message: message.into(), source: Some(source) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| e as _)
    }
}
