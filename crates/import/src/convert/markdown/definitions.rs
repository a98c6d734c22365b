//! Links and pictures whose address stands elsewhere in the text, `[words][name]` and `![what it shows][name]` with
//! `[name]: address` below: those of pictures, and those that lead to files, get their address where they stand, since
//! it may be another in the new book. Links into the web stay as their author typed them.

use super::edits::Edits;
use super::mask::close_by;
use std::collections::BTreeMap;

const WHAT: &str = "addresses brought to the links and pictures that name them";

/// A line, or two, that say where a name leads.
struct Definition<'t> {
    /// Where its lines begin and end.
    lines: (usize, usize),
    address: &'t str,
    /// The title behind the address, with its quotation marks.
    title: &'t str,
}

impl Definition<'_> {
    /// Whether it stays as it is: it leads into the web, or to a place of this text.
    fn is_settled(&self) -> bool {
        let starts =
            |start: &str| self.address.get(..start.len()).is_some_and(|a| a.eq_ignore_ascii_case(start));
        ["http://", "https://", "mailto:", "//", "#"].iter().any(|start| starts(start))
    }

    /// The address as it stands in parentheses.
    fn written(&self) -> String {
        let Definition { address, title, .. } = self;
        let needs_brackets = address.contains([' ', '(', ')']);
        let address = if needs_brackets { format!("<{address}>") } else { (*address).to_owned() };
        if title.is_empty() { format!("({address})") } else { format!("({address} {title})") }
    }
}

/// Brings the addresses of a text to where they are named.
pub(super) fn definitions(edits: &mut Edits<'_>) {
    let text = edits.text;
    let known = defined(edits);
    if known.is_empty() {
        return;
    }
    // how often each is named by a link that stays as it is
    let mut is_kept: BTreeMap<&str, bool> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut behind_name = 0;
    for (at, sign) in text.match_indices(['[', ']']) {
        if let Some((start, _)) = edits.mask.code_at(at) {
            // what looks set in as code here may be words of an item for our parser
            let is_set_in =
                text[start..].starts_with([' ', '\t']) && !text[start..].trim_start().starts_with(['`', '~']);
            let name = close_by(&text[at + 1..]).split(']').next().map(folded);
            let name = name.filter(|_| sign == "[" && is_set_in);
            if let Some((name, _)) = name.and_then(|name| known.get_key_value(&name)) {
                is_kept.insert(name, true);
            }
            continue;
        }
        if at < behind_name || text[..at].ends_with('\\') {
            continue;
        }
        if sign == "[" {
            open.push(at);
            continue;
        }
        let Some(from) = open.pop() else { continue };
        let Some((name, end)) = named(text, from, at) else { continue };
        let Some((name, definition)) = known.get_key_value(&folded(name)) else { continue };
        if (definition.lines.0..definition.lines.1).contains(&at) {
            continue;
        }
        behind_name = end;
        if text[..from].ends_with('!') || !definition.is_settled() {
            edits.put(at + 1, end, definition.written(), WHAT);
            is_kept.entry(name).or_default();
        } else {
            is_kept.insert(name, true);
        }
    }
    for (name, _) in is_kept.iter().filter(|(_, is_kept)| !**is_kept) {
        let (from, to) = known[*name].lines;
        edits.leave_out(from, to, "", WHAT);
    }
}

/// The name that a pair of brackets calls, and where that ends: `[words][name]`, `[name][]`, `[name]`.
fn named(text: &str, from: usize, at: usize) -> Option<(&str, usize)> {
    let (own, behind) = (&text[from + 1..at], &text[at + 1..]);
    if behind.starts_with('(') || own.starts_with('^') {
        return None;
    }
    let Some(inside) = behind.strip_prefix('[') else { return Some((own, at + 1)) };
    let name = &inside[..close_by(inside).find([']', '['])?];
    let end = at + 1 + name.len() + 2;
    text[..end].ends_with(']').then_some((if name.is_empty() { own } else { name }, end))
}

/// A name as names are compared: in any case, with any white space (CommonMark 0.31, §4.7).
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a text defines, by its name; the first counts.
fn defined<'t>(edits: &Edits<'t>) -> BTreeMap<String, Definition<'t>> {
    let mut found = BTreeMap::new();
    let lines = edits.lines();
    for (index, (at, line)) in lines.iter().enumerate() {
        let bare = line.trim_start_matches(' ');
        let Some((name, rest)) = bare.strip_prefix('[').and_then(|inside| inside.split_once("]:")) else {
            continue;
        };
        if name.starts_with('^') || name.contains(['[', ']']) || line.len() - bare.len() > 3 {
            continue;
        }
        // the address may stand in the next line
        let next =
            lines.get(index + 1).filter(|(next, _)| *next == at + line.len() + 1 && rest.trim().is_empty());
        let (rest, end) = next.map_or((rest, at + line.len()), |(next, words)| (*words, next + words.len()));
        let end = (end + 1).min(edits.text.len());
        let rest = rest.trim();
        let (address, title) = match rest.strip_prefix('<').and_then(|inside| inside.split_once('>')) {
            Some(parts) => parts,
            None => rest.split_once([' ', '\t']).unwrap_or((rest, "")),
        };
        let title = title.trim();
        let is_title = title.is_empty() || title.starts_with(['"', '\'', '(']);
        if !address.is_empty() && is_title && !name.trim().is_empty() {
            found.entry(folded(name)).or_insert(Definition { lines: (*at, end), address, title });
        }
    }
    found
}
