//! Which editions may be made, as far as findings go: an error of the book itself stops them all, one of an
//! edition refuses that edition alone.

use super::findings::Policy;
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::project::Format;
use std::collections::BTreeMap;

/// Which editions may be made, as far as findings go.
pub(super) struct Allowed {
    /// None: the book itself has errors.
    pub(super) blocked: bool,
    /// All but these, each with the codes of the errors that refuse it.
    pub(super) refused: BTreeMap<Format, Vec<&'static str>>,
    /// The findings, as the user weighs them.
    pub(super) findings: Vec<Diagnostic>,
}

impl Allowed {
    pub(super) fn by(mut findings: Vec<Diagnostic>, formats: &[Format], policy: &Policy) -> Allowed {
        weigh(&mut findings, formats, policy);
        Allowed { blocked: stops_the_book(&findings), refused: refused(&findings, formats), findings }
    }

    /// Those of the formats that may be made.
    pub(super) fn able(&self, formats: &[Format]) -> Vec<Format> {
        let may = |format: &Format| !self.blocked && !self.refused.contains_key(format);
        formats.iter().copied().filter(may).collect()
    }
}

/// Whether findings have an error of the book itself, so that no edition is made.
pub(super) fn stops_the_book(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| is_error(finding) && finding.scope == diag::Scope::Book)
}

/// Applies the user's options. An error that concerns no edition that is asked
/// for is a note: it would refuse them, but nobody wants them now.
pub(super) fn weigh(findings: &mut Vec<Diagnostic>, formats: &[Format], policy: &Policy) {
    findings.retain_mut(|finding| {
        if is_error(finding) && !formats.iter().any(|format| format.is_within(finding.scope)) {
            // an EPUB is shown in the reader's fonts, and says itself what its own lack
            if finding.code == Code::GlyphMissing {
                return false;
            }
            finding.severity = Severity::Note;
        }
        policy.weigh(finding)
    });
}

/// The formats that findings of the shared stages refuse.
fn refused(findings: &[Diagnostic], formats: &[Format]) -> BTreeMap<Format, Vec<&'static str>> {
    let codes = |format: Format| error_codes(findings.iter().filter(|f| format.is_within(f.scope)));
    formats.iter().map(|format| (*format, codes(*format))).filter(|(_, codes)| !codes.is_empty()).collect()
}

/// The codes of the errors among findings, each once.
pub(super) fn error_codes<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<&'static str> {
    let mut codes: Vec<&str> = findings.filter(|f| is_error(f)).map(|f| f.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}
