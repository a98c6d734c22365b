//! Fences of code in one another, as Softcover reads them: one that names a language opens another within the first.
//! Here the outer one gets a mark more, so that the inner ones are its words.

use super::edits::Edits;

const WHAT: &str = "fences around fences, made longer";
const MARK: &str = "```";

/// Makes the outer fences of a text longer.
pub(super) fn nested_fences(edits: &mut Edits<'_>) {
    let (mut at, mut depth, mut opened, mut is_nested) = (0, 0_usize, 0, false);
    for line in edits.text.split_inclusive('\n') {
        let bare = line.strip_prefix(MARK).map(str::trim_end);
        match bare {
            Some("") if depth == 1 => {
                depth = 0;
                if is_nested {
                    edits.put(opened, opened, "`", WHAT);
                    edits.put(at, at, "`", WHAT);
                }
            }
            Some("") if depth > 1 => depth -= 1,
            Some(said) if !said.contains('`') => {
                (opened, is_nested) = if depth == 0 { (at, false) } else { (opened, true) };
                depth += 1;
            }
            _ => {}
        }
        at += line.len();
    }
}
