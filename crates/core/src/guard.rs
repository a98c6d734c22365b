//! The edge of a stage: a panic inside of it ends there and becomes a finding.
//!
//! A panic speaks only of a bug, ours or that of a library that we stand on. But
//! whoever builds a book cannot mend either; what helps is to know which picture, font
//! or text brings it about. So each stage that hands the author's bytes to a library is
//! run through [`guarded`], and what is known of the input is said with the place where
//! it fell. docs/upstream.md lists the bugs of libraries that were found so.

use crate::diag::{Code, Diagnostic, Span};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, resume_unwind, set_hook, take_hook};

/// The stack of a thread that works on a book, in bytes. What nests is bounded (see
/// `bounds::NESTING`), and its deepest takes less than a tenth of this.
pub const STACK: usize = 32 << 20;

thread_local! {
    /// How many guarded stages this thread is in.
    static INSIDE: Cell<usize> = const { Cell::new(0) };
    /// Where the last panic of this thread happened.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A stage that fell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fall {
    /// What the panic said, on one line.
    pub words: String,
    /// The file and line of the source, when it is known.
    pub place: Option<String>,
}

impl Fall {
    /// The finding about it; `what` did not come about, as the beginning of a sentence:
    /// `the screen PDF could not be made`.
    #[must_use]
    pub fn finding(&self, what: &str, span: impl Into<Option<Span>>) -> Diagnostic {
        let message = format!("{what}: {self}");
        let hint =
            "take out parts of it until it works to find the one that does it, and report that one as a bug";
        Diagnostic::new(Code::StageFailed, span, message).hint(hint)
    }
}

impl Fall {
    /// Lets it go on in this thread when another one fell, as if it had fallen here.
    pub fn go_on(self) -> ! {
        PLACE.set(self.place);
        resume_unwind(Box::new(self.words))
    }
}

impl std::fmt::Display for Fall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some(place) => {
                write!(f, "the program met something it does not foresee ({place}: {})", self.words)
            }
            None => write!(f, "the program met something it does not foresee ({})", self.words),
        }
    }
}

/// Runs a stage; when it panics, says where.
///
/// # Errors
/// Where it fell. What it had changed by then is not to be used.
pub fn guarded<T>(stage: impl FnOnce() -> T) -> Result<T, Fall> {
    INSIDE.set(INSIDE.get() + 1);
    let outcome = catch_unwind(AssertUnwindSafe(stage));
    INSIDE.set(INSIDE.get() - 1);
    outcome.map_err(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
        let line: String = words.lines().next().unwrap_or_default().chars().take(200).collect();
        Fall { words: line, place: PLACE.take() }
    })
}

/// From now on, a panic in a guarded stage is not printed but kept, with its place, for
/// the finding. All others are printed as ever.
pub fn keep_quiet() {
    let usual = take_hook();
    set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if INSIDE.get() == 0 {
            usual(info);
            return;
        }
        let place = info.location().map(|at| format!("{}:{}", within_crate(at.file()), at.line()));
        PLACE.set(place);
    }));
}

/// The path of a source file from its crate on, whatever machine it was built on.
fn within_crate(path: &str) -> &str {
    let crates = path.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    crates.map_or(path, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_finding() {
        assert_eq!(guarded(|| 3), Ok(3));
        let fall = guarded(|| panic!("the {} line\nand more", "first")).map(|(): ()| ());
        assert_eq!(fall.map_err(|fall| fall.words), Err("the first line".to_owned()));
        let home =
            "/home/x/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/krilla-0.8.2/src/text/cid.rs";
        assert_eq!(within_crate(home), "krilla-0.8.2/src/text/cid.rs");
    }
}
