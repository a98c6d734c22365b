//! How far characters hang into the margins, so that edges look straight.
//!
//! After Hàn Thế Thành, "Margin kerning and font expansion with pdfTeX",
//! TUGboat 22 (2001): marks with little ink hang by a share of their width.

/// The shares of its width by which `c` hangs out at the left end of a line,
/// and at the right end.
#[must_use]
pub fn hang(c: char) -> (f64, f64) {
    match c {
        // Shares of the sign's own width, from those that are nearly all white to those that lean a
        // little. A sign that is hung by all of its width would look as if it had fallen off; what is
        // not in the list has a straight side, or ink up to its edge. Quotation marks hang on both
        // sides, other marks only where they end a line.
        '.' => (0.0, 0.7),
        ',' => (0.0, 0.65),
        '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' => (0.0, 0.6),
        ':' => (0.0, 0.45),
        ';' => (0.0, 0.4),
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\'' => (0.6, 0.7),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '"' => (0.5, 0.55),
        '«' | '»' | '‹' | '›' => (0.3, 0.35),
        '–' => (0.2, 0.35),
        '—' => (0.15, 0.25),
        '…' => (0.0, 0.15),
        '!' | '?' => (0.0, 0.15),
        '(' | '[' => (0.1, 0.0),
        ')' | ']' => (0.0, 0.1),
        'A' | 'V' | 'W' | 'Y' | 'T' => (0.05, 0.05),
        'v' | 'w' | 'y' => (0.04, 0.04),
        'r' | 'f' => (0.0, 0.03),
        _ => (0.0, 0.0),
    }
}
