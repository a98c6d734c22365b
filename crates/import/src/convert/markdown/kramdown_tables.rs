//! Lines of signs in kramdown's tables, beside the one below the head: before the head, between bodies (`|---`) and before
//! the foot (`|===`). They print nothing, and here would be rows, or end the table.

use super::edits::Edits;

const WHAT: &str = "lines of signs in tables, left out";

/// Leaves such lines out.
pub(super) fn kramdown_tables(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let is_row = |line: &str| line.trim_start().starts_with('|');
    let mut index = 0;
    while index < lines.len() {
        let rows: Vec<(usize, &str)> =
            lines[index..].iter().take_while(|(_, line)| is_row(line)).copied().collect();
        index += rows.len().max(1);
        let rules: Vec<usize> = (0..rows.len()).filter(|row| is_rule(rows[*row].1)).collect();
        // the rule below the head is the first with a row above it
        let head = rules.iter().copied().find(|rule| *rule > 0 && !rules.contains(&(rule - 1)));
        let of_head = head.filter(|head| *head <= 2 && !rows[*head].1.contains('='));
        for rule in rules.into_iter().filter(|rule| Some(*rule) != of_head) {
            let (at, line) = rows[rule];
            let end = at + line.len();
            edits.leave_out(at, end + usize::from(edits.text[end..].starts_with('\n')), "", WHAT);
        }
    }
}

/// Whether a row is of signs alone.
fn is_rule(row: &str) -> bool {
    let bare = row.trim();
    bare.contains(['-', '=']) && bare.bytes().all(|b| b"|-=:+ \t".contains(&b))
}
