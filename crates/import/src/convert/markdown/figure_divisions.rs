//! Divisions that are one figure, table or listing of several parts, as Quarto has them: `::: {#fig-both layout-ncol=2}`.
//! The last paragraph is their caption, which gets their id; the parts stand as they are.

use super::edits::Edits;
use super::numbered::is_float;

const WHAT: &str = "figures of several parts, with their captions";

/// Rewrites the divisions of a text that have a caption.
pub(super) fn figure_divisions(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let mut open: Vec<Option<(usize, &str)>> = Vec::new();
    for (index, (at, line)) in lines.iter().enumerate() {
        let Some(rest) = line.strip_prefix(":::") else { continue };
        let inside = rest.trim_start_matches(':').trim();
        if !inside.is_empty() {
            let id = inside.strip_prefix("{#").and_then(|rest| rest.split([' ', '}']).next());
            open.push(id.filter(|id| is_float(id)).map(|id| (index, id)));
            continue;
        }
        let Some(Some((opened, id))) = open.pop() else { continue };
        let Some((from, to)) = caption(&lines[opened + 1..index]) else { continue };
        let (open_at, open_line) = lines[opened];
        edits.leave_out(open_at, open_at + open_line.len(), "", WHAT);
        edits.put(from, from, format!("::: {{.caption #{id}}}\n"), WHAT);
        edits.put(to, to, "\n:::", WHAT);
        edits.leave_out(*at, at + line.len(), "", WHAT);
    }
}

/// Where the last paragraph of a division begins and ends, where it is words behind something else.
fn caption(lines: &[(usize, &str)]) -> Option<(usize, usize)> {
    let last = lines.iter().rposition(|(_, line)| !line.trim().is_empty())?;
    let first =
        lines[..=last].iter().rposition(|(_, line)| line.trim().is_empty()).map_or(0, |blank| blank + 1);
    let (from, words) = lines[first];
    let is_words = !words.trim_start().starts_with(['!', '|', ':', '#', '`', '<', '>', '+', '-', '*', '{']);
    let is_behind = lines[..first].iter().any(|(_, line)| !line.trim().is_empty());
    let adjoins = lines[first..=last].windows(2).all(|pair| pair[1].0 == pair[0].0 + pair[0].1.len() + 1);
    (is_words && is_behind && adjoins).then_some((from, lines[last].0 + lines[last].1.len()))
}
