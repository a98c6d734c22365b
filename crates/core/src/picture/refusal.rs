//! Why a picture cannot be used.

/// Why a picture cannot be used, and what helps. The words stand behind the
/// picture's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `is an AVIF picture, which is not read`
    pub reason: String,
    /// `save it as PNG or JPEG`
    pub hint: &'static str,
}

impl Refusal {
    pub(super) fn new(reason: impl Into<String>, hint: &'static str) -> Refusal {
        Refusal { reason: reason.into(), hint }
    }

    /// The file was whole once: what is wrong with it, as a clause.
    pub(super) fn damaged(clause: &str) -> Refusal {
        let hint = "copy the picture from its source again, or save it anew in a picture editor";
        Refusal::new(format!("is damaged: {clause}"), hint)
    }

    /// The file may be sound, and our decoder does not read it.
    pub(super) fn unread(kind: &str, problem: &dyn std::fmt::Display) -> Refusal {
        let hint = "open it in a picture editor and save it anew as PNG or JPEG";
        Refusal::new(format!("is a {kind} that cannot be read: {problem}"), hint)
    }
}
