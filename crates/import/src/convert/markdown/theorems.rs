//! Theorems, lemmas, proofs and their kin, as bookdown and Quarto have them: a name before the words, and the number
//! that references say ([`super::numbered`]).

use super::chunks::option;
use super::edits::Edits;
use super::numbered::THEOREMS;

const WHAT: &str = "theorems and their kin, into words with their names";

/// Those that have no number.
const UNNUMBERED: [(&str, &str); 3] = [("proof", "Proof"), ("remark", "Remark"), ("solution", "Solution")];

/// Rewrites the theorems of a text, whether chunks or divisions.
pub(super) fn theorems(edits: &mut Edits<'_>) {
    for fence in edits.mask.fences.clone() {
        let line = &edits.text[fence.open.0..fence.open.1];
        let Some(head) = line.trim_start_matches('`').trim().strip_prefix('{') else { continue };
        let Some(head) = head.strip_suffix('}').filter(|_| line.starts_with('`')) else { continue };
        let (name, rest) = head.split_once([' ', ',']).unwrap_or((head, ""));
        let Some(said) = Said::of(name) else { continue };
        let label = rest.trim_start_matches([' ', ',']).split(',').next().map(str::trim);
        let label = label.filter(|label| !label.is_empty() && !label.contains('='));
        let body = &edits.text[fence.body.0..fence.body.1];
        let opening = said.opening(label.map(|label| said.id(label)), option(rest, "name"));
        edits.leave_out(fence.open.0, fence.body.0, joined(&opening, body), WHAT);
        edits.leave_out(fence.body.1, fence.end, "", WHAT);
    }
    divisions(edits);
}

/// The same as divisions: `::: {#thm-line}`, `::: {.theorem #line name="Line"}`.
fn divisions(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let mut open: Vec<bool> = Vec::new();
    for (index, (at, line)) in lines.iter().enumerate() {
        let Some(rest) = line.strip_prefix(":::") else { continue };
        let inside = rest.trim_start_matches(':').trim();
        if inside.is_empty() {
            if open.pop() == Some(true) {
                edits.leave_out(*at, at + line.len(), "", WHAT);
            }
            continue;
        }
        let found = theorem(inside);
        open.push(found.is_some());
        let Some((said, id)) = found else { continue };
        // a heading right below names it
        let below = lines[index + 1..].iter().find(|(_, line)| !line.trim().is_empty());
        let heading = below.filter(|(_, line)| line.starts_with('#'));
        let words = heading.map(|(_, line)| line.trim_matches(['#', ' ']).to_owned());
        let name = option(inside, "name").or(words).filter(|name| name != said.shown);
        let end = heading.map_or(at + line.len(), |(from, line)| from + line.len());
        let body = edits.text[end..].trim_start_matches('\n');
        let gap = edits.text.len() - body.len();
        let opening = joined(&said.opening(id, name), body);
        edits.leave_out(*at, gap, format!("\n{opening}"), WHAT);
    }
}

/// The opening before the words that it begins; on lines of its own before a list or a table.
fn joined(opening: &str, body: &str) -> String {
    let first = body.trim_start();
    let is_words = first.starts_with(|c: char| c.is_alphabetic() || "$*_“\"'([`".contains(c))
        && !first.starts_with("* ")
        && !first.starts_with("```");
    format!("{opening}{}", if is_words { " " } else { "\n\n" })
}

/// What a theorem is called, and what ids of its kind begin with.
struct Said {
    shown: &'static str,
    prefix: Option<&'static str>,
}

impl Said {
    fn of(name: &str) -> Option<Said> {
        let numbered = THEOREMS.iter().find(|(_, known, _)| *known == name);
        let numbered = numbered.map(|(prefix, _, shown)| Said { shown, prefix: Some(prefix) });
        let other = || UNNUMBERED.iter().find(|(known, _)| *known == name);
        numbered.or_else(|| other().map(|(_, shown)| Said { shown, prefix: None }))
    }

    /// The id that references name, of a chunk's label.
    fn id(&self, label: &str) -> String {
        self.prefix.map_or(label.to_owned(), |prefix| format!("{prefix}:{label}"))
    }

    /// `**Theorem 3 (Line).**`
    fn opening(&self, id: Option<String>, name: Option<String>) -> String {
        let name = name.filter(|name| !name.is_empty()).map(|name| format!(" ({name})")).unwrap_or_default();
        let shown = self.shown;
        match id.filter(|_| self.prefix.is_some()) {
            Some(id) => format!("**{shown} []{{#{id}}}{name}.**"),
            None if self.prefix.is_none() => format!("*{shown}{name}.*"),
            None => format!("**{shown}{name}.**"),
        }
    }
}

/// The theorem that the attributes of a division say, with its id.
fn theorem(inside: &str) -> Option<(Said, Option<String>)> {
    let bare = inside.trim_start_matches('{').trim_end_matches('}');
    let words: Vec<&str> = bare.split_whitespace().collect();
    let id = words.iter().find_map(|word| word.strip_prefix('#'));
    // a bare word may be the name of a box, as `solution` is
    let is_list = inside.starts_with('{');
    let class = words.iter().find_map(|word| match word.strip_prefix('.') {
        Some(class) => Said::of(class),
        None if is_list => None,
        None => Said::of(word).filter(|said| said.prefix.is_some() && words.len() == 1),
    });
    if let Some(said) = class {
        let prefixed = |id: &str| said.prefix.is_some_and(|prefix| id.starts_with(prefix));
        let id = id.map(|id| if prefixed(id) { id.to_owned() } else { said.id(id) });
        return Some((said, id));
    }
    let id = id?;
    let prefix = id.split_once('-')?.0;
    let (_, name, _) = THEOREMS.iter().find(|(known, ..)| *known == prefix)?;
    Some((Said::of(name)?, Some(id.to_owned())))
}
