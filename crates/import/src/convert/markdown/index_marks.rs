//! Marks of TeX for an index, `\index{closures!examples}` and those of its kin (`\indexc{…}`): entries of an index that
//! this tool does not make. They go, as TeX prints nothing where they stand.

use super::braces::argument;
use super::edits::Edits;
use std::collections::BTreeSet;

const WHAT: &str = "entries of an index, which this book does not have";

/// Marks of Markua for an index: `{i: "closures"}`.
pub(super) fn markua_marks(edits: &mut Edits<'_>) {
    let text = edits.text;
    for at in edits.places("{i: ").into_iter().chain(edits.places("{i:\"")) {
        let line = super::mask::near(&text[at..]).split('\n').next().unwrap_or("");
        if let Some(end) = line.find('}') {
            edits.leave_out(at, at + end + 1, "", WHAT);
        }
    }
}

/// Leaves the marks of a text out; a line that holds nothing else goes with them, since an empty one would part the
/// paragraph.
pub(super) fn index_marks(edits: &mut Edits<'_>) {
    let places: BTreeSet<usize> = edits.places("\\index").into_iter().collect();
    for (at, line) in edits.lines() {
        let marks: Vec<(usize, usize)> = line
            .match_indices("\\index")
            .filter(|(from, _)| places.contains(&(at + from)))
            .filter_map(|(from, _)| Some((from, from + length(&line[from..])?)))
            .collect();
        let Some((first, _)) = marks.first() else { continue };
        let mut done = 0;
        let mut is_alone = true;
        for (from, end) in &marks {
            is_alone &= line[done..*from].trim().is_empty();
            done = *end;
        }
        if is_alone && line[done..].trim().is_empty() {
            let end = at + line.len();
            let newline = usize::from(edits.text[end..].starts_with('\n'));
            edits.leave_out(at + first, end + newline, "", WHAT);
        } else {
            marks.iter().for_each(|(from, end)| edits.leave_out(at + from, at + end, "", WHAT));
        }
    }
}

/// How long the mark is that a line begins with: a command and one argument, whose braces are paired.
fn length(line: &str) -> Option<usize> {
    let name = 1 + line[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    Some(name + argument(&line[name..])?.len() + 2)
}
