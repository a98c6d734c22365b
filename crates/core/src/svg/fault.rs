//! Why a drawing is refused, in an author's words.

use crate::bounds::{self, Bound};
use crate::narrow::Nearest;

/// Why a drawing cannot be used, and what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The words stand behind the drawing's name: `is a drawing of 3 million elements …`
    pub reason: String,
    /// `save it as PNG …`
    pub hint: &'static str,
}

const SAVE: &str = "open it in a drawing program and save it anew as plain SVG, or export it as PNG";
const EXPORT: &str = "simplify it in a drawing program, or export it as PNG";
pub(super) const SAVE_PARTS: &str =
    "replace that picture in a drawing program, or export the whole drawing as PNG";

impl Fault {
    pub(super) fn malformed(problem: &str) -> Fault {
        Fault { reason: format!("is an SVG drawing that cannot be read: {problem}"), hint: SAVE }
    }

    /// There is more of something than may be.
    pub(super) fn beyond(bound: &Bound, have: f64) -> Fault {
        let most = bound.most_in_words();
        let reason = match in_words(bound, have) {
            have if *bound == bounds::DRAWING_TIME => {
                format!("is a drawing that takes {have} to draw; it may take {most}")
            }
            have if *bound == bounds::DRAWING_MEMORY => {
                format!("is a drawing that takes {have} of memory to draw; it may take {most}")
            }
            have => format!("is a drawing of {have}; it may have {most}"),
        };
        Fault { reason, hint: EXPORT }
    }
}

fn in_words(bound: &Bound, have: f64) -> String {
    /// Above it, people read no digits.
    const COUNTED: f64 = 1e12;
    if have < COUNTED {
        return bound.in_words(u64::nearest(have.ceil()));
    }
    format!("more than a million million {}", bound.unit)
}

/// An error when there is more of something than may be.
pub(super) fn within(bound: &Bound, have: f64) -> Result<(), Fault> {
    if have > bound.most as f64 { Err(Fault::beyond(bound, have)) } else { Ok(()) }
}
