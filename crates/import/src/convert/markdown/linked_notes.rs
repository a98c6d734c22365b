//! Notes as converters of Word files and of web pages leave them: a number that leads to `#_ftn1`, and a paragraph that
//! begins with the number and leads back to `#_ftnref1`. They become notes.

use super::edits::Edits;
use super::mask::line_start;
use std::collections::BTreeMap;

const WHAT: &str = "numbers that lead to paragraphs and back, into notes";

/// A number and its brackets are hardly longer.
const LABEL: usize = 24;

/// A number that leads to a place of the same text.
struct Number<'t> {
    from: usize,
    end: usize,
    address: &'t str,
    begins_line: bool,
}

/// Turns such numbers into calls and notes, where a text has both.
pub(super) fn linked_notes(edits: &mut Edits<'_>) {
    let numbers: Vec<Number<'_>> =
        edits.places("](#").into_iter().filter_map(|at| number(edits.text, at)).collect();
    let is_back = |number: &&Number<'_>| number.begins_line && number.address.contains("ref");
    let mut bodies: BTreeMap<String, &Number<'_>> = BTreeMap::new();
    for number in numbers.iter().filter(is_back) {
        bodies.entry(key(&number.address.replacen("ref", "", 1))).or_insert(number);
    }
    let mut called: BTreeMap<String, usize> = BTreeMap::new();
    for number in numbers.iter().filter(|number| !number.address.contains("ref")) {
        let key = key(number.address);
        if bodies.contains_key(&key) {
            edits.leave_out(number.from, number.end, format!("[^{key}]"), WHAT);
            *called.entry(key).or_default() += 1;
        }
    }
    for (key, body) in bodies.iter().filter(|(key, _)| called.contains_key(*key)) {
        let behind = &edits.text[body.end..];
        let spaces = behind.len() - behind.trim_start_matches([' ', '\u{a0}']).len();
        edits.leave_out(body.from, body.end + spaces, format!("[^{key}]: "), WHAT);
    }
}

/// What a call and its note share.
fn key(address: &str) -> String {
    address.replace(['_', '-'], "")
}

/// The number whose brackets close at `at`: figures, and nothing but brackets and marks around them.
fn number(text: &str, at: usize) -> Option<Number<'_>> {
    let behind = text.get(at + 3..)?;
    let address = behind.split([')', '\n', ' ']).next().filter(|address| !address.is_empty())?;
    let end = at + 3 + address.len() + 1;
    let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '\\' | '^' | '*');
    let near = text.floor_char_boundary(at.saturating_sub(LABEL));
    let label = near + text[near..at].trim_end_matches(is_mark).len();
    let from = label + text[label..at].find('[')?;
    let has_figure = text[from..at].contains(|c: char| c.is_ascii_digit());
    let line = line_start(text, from);
    let begins_line = text[line..from].trim().is_empty();
    // the text may end, or another letter stand, where the bracket would close
    let closes = behind[address.len()..].starts_with(')');
    (closes && has_figure).then_some(Number { from, end, address, begins_line })
}
