//! Why something cannot be, in an author's words.

use std::fmt;
use std::ops::Deref;

/// Why something cannot be: the end of a sentence that the name of it begins, such as
/// `has no unit`, or a sentence of its own. Whoever knows the place makes a finding of
/// it; what a caller must tell apart has an error of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl From<String> for Reason {
    fn from(words: String) -> Reason {
        Reason(words)
    }
}

impl From<&str> for Reason {
    fn from(words: &str) -> Reason {
        Reason(words.to_owned())
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        reason.0
    }
}

impl Deref for Reason {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reason {}
