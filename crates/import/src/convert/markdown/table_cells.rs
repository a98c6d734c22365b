//! Rows of tables that have more cells than their head, of which other tools print none: a sign `|` within code gets a
//! backslash where the row then fits, and else the head gets as many cells.

use super::edits::Edits;

const CODE: &str = "signs between cells that stand in code, kept as they are";
const HEAD: &str = "heads of tables, given as many cells as their rows";

/// Mends the tables of a text.
pub(super) fn table_cells(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let mut index = 1;
    while index < lines.len() {
        let (head, rule) = (lines[index - 1], lines[index]);
        let wanted = cells(head.1);
        let is_table = is_rule(rule.1) && head.1.contains('|') && cells(rule.1) == wanted && wanted > 0;
        if !is_table {
            index += 1;
            continue;
        }
        let rows = lines[index + 1..].iter().take_while(|(_, line)| line.contains('|'));
        let rows: Vec<(usize, &str)> = rows.copied().collect();
        let most = rows.iter().map(|row| fitted(edits, *row, wanted)).max().unwrap_or(wanted);
        for (at, line) in [head, rule].into_iter().filter(|_| most > wanted) {
            let end = at + line.trim_end().len();
            let cell = if at == rule.0 { "---|" } else { "  |" };
            let first = if line.trim_end().ends_with('|') { "" } else { "|" };
            edits.put(end, end, format!("{first}{}", cell.repeat(most - wanted)), HEAD);
        }
        index += 1 + rows.len().max(1);
    }
}

/// How many cells a row has that are not empty, once the signs in its code have a backslash where it then fits.
fn fitted(edits: &mut Edits<'_>, (at, line): (usize, &str), wanted: usize) -> usize {
    let found = cells(line);
    if found <= wanted {
        return found;
    }
    let in_code: Vec<usize> = bars(line).into_iter().filter(|bar| edits.mask.is_code(at + bar)).collect();
    if found - in_code.len() == wanted {
        in_code.iter().for_each(|bar| edits.put(at + bar, at + bar, "\\", CODE));
        return wanted;
    }
    let bars = bars(line);
    let inner = line.trim_end().trim_end_matches('|');
    // cells that are empty to the row's end need no head
    let full = inner.trim_end_matches([' ', '\t', '|']).len();
    let empty = bars.iter().filter(|bar| **bar >= full && **bar < inner.len()).count();
    found - empty
}

/// The signs between cells, but those behind a backslash.
fn bars(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let is_bar = |at: &usize| bytes[*at] == b'|' && (*at == 0 || bytes[at - 1] != b'\\');
    (0..bytes.len()).filter(is_bar).collect()
}

/// How many cells a row has.
fn cells(line: &str) -> usize {
    let bare = line.trim();
    if bare.is_empty() {
        return 0;
    }
    let outer = usize::from(bare.starts_with('|'))
        + usize::from(bare.len() > 1 && bare.ends_with('|') && !bare.ends_with("\\|"));
    bars(bare).len() + 1 - outer
}

/// Whether a line is that below the head of a table.
fn is_rule(line: &str) -> bool {
    let bare = line.trim();
    bare.contains("-")
        && bare.contains('|')
        && bare.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}
