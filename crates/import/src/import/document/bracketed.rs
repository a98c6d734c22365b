//! Notes of scanned pages whose number stands in brackets: `(1)`, which scans read as `(i)`, `(l)`, `(0`.
//!
//! What stands in the brackets may be misread in the note, in its call, or in both. So the notes of a page are those of the
//! brackets in its text, in their order, where there are as many; otherwise each is that of the bracket with the same sign.

use super::super::line::Line;
use super::{Document, Role};

/// How many characters stand in the brackets at most.
const MOST: usize = 2;

/// The bracket at the beginning of a text, with what stands in it, and its length. A scan may lose the closing one.
pub(in super::super) fn bracketed_sign(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('(')?;
    let length = inner.chars().take_while(|c| c.is_ascii_alphanumeric()).count();
    let (sign, rest) = inner.split_at_checked(length)?;
    let closed = rest.starts_with(')');
    // `(0 Herrera` and `(1 Herrera`, and no `(a house`
    let lost = rest.starts_with(' ') && sign.bytes().all(|b| b.is_ascii_digit());
    (matches!(length, 1..=MOST) && (closed || lost)).then_some((sign, 1 + length + usize::from(closed)))
}

/// A bracket in the text of a page that may call a note: its first byte, its length, what stands in it.
struct Bracket {
    at: usize,
    length: usize,
    sign: String,
}

/// The brackets of a line, with the space before each.
fn brackets(line: &Line<'_>) -> Vec<Bracket> {
    let text = line.trimmed();
    let found = text.match_indices('(').filter_map(|(from, _)| {
        let (sign, length) = bracketed_sign(&text[from..])?;
        let closed = text[from..from + length].ends_with(')');
        let lead = usize::from(text[..from].ends_with(' '));
        (from > 0 && closed).then(|| Bracket {
            at: line.start() + from - lead,
            length: length + lead,
            sign: sign.to_owned(),
        })
    });
    found.collect()
}

/// Finds the notes of a page that open with brackets among the first lines of its notes, and their calls in its text.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document, (opening, text): (&[usize], &[usize])) {
    let opened: Vec<(usize, &str, usize)> = opening
        .iter()
        .filter_map(|at| {
            let text = lines[*at].trimmed();
            let (sign, length) = bracketed_sign(text)?;
            let strip = text.len() - text[length..].trim_start().len();
            Some((*at, sign, strip))
        })
        .collect();
    let mut brackets: Vec<Bracket> = text.iter().flat_map(|at| brackets(&lines[*at])).collect();
    let in_order = brackets.len() == opened.len();
    for (n, (line, sign, strip)) in opened.into_iter().enumerate() {
        let figures = sign.bytes().all(|b| b.is_ascii_digit()) && sign != "0";
        let mark = if figures { sign.to_owned() } else { (n + 1).to_string() };
        let place = if in_order { Some(0) } else { brackets.iter().position(|b| b.sign == sign) };
        if let Some(call) = place.filter(|place| *place < brackets.len()).map(|place| brackets.remove(place))
        {
            document.called_at.insert(line, call.at);
            document.calls.insert(call.at, (call.length, mark.clone()));
        }
        document.roles[line] = Role::Note(mark, strip);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_brackets() {
        assert_eq!(bracketed_sign("(i) Ferries"), Some(("i", 3)));
        assert_eq!(bracketed_sign("(12) Ferries"), Some(("12", 4)));
        assert_eq!(bracketed_sign("(0 Ferries"), Some(("0", 2)));
        assert_eq!(bracketed_sign("(a ferry)"), None);
        assert_eq!(bracketed_sign("(the ferry)"), None);
    }
}
