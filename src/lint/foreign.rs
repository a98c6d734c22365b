//! Marks that mean something to Pandoc, TeX or a site generator, and are
//! printed here as they stand.

use super::walk;
use crate::book::{Book, Inline, InlineKind};
use crate::diag::{Code, Diagnostic, FileId, Span};
use std::collections::BTreeMap;

/// What kind of mark it is, in the order in which they are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Note,
    Citation,
    Alert,
    Tag,
    Tex,
}

/// Where a mark of some kind first stands in a file, how it begins, and how
/// many there are.
type Found = BTreeMap<(FileId, Kind), (Span, String, usize)>;

/// Tells of each kind once for a file.
pub(super) fn check(book: &Book, findings: &mut Vec<Diagnostic>) {
    let mut found = Found::new();
    walk::runs(book, &mut |inlines| run(inlines, &mut found));
    for ((_, kind), (span, mark, count)) in found {
        let more = match count - 1 {
            0 => String::new(),
            1 => "; one more in this file".to_owned(),
            n => format!("; {n} more in this file"),
        };
        let (whose, hint) = kind.told();
        let message = format!("`{mark}` is {whose}, and is printed as it stands{more}");
        findings.push(Diagnostic::new(Code::MarkForeign, span, message).hint(hint));
    }
}

impl Kind {
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Kind::Note => ("a note of Pandoc's", "write `[^a]`, and `[^a]: …` as a paragraph of its own"),
            Kind::Citation => ("a citation of Pandoc's", "say in a note, in words, what is cited"),
            Kind::Alert => ("an alert of GitHub's", "write the word itself, or `::: note-to-reader`"),
            Kind::Tag => ("a tag of a site generator", "write what it stands for"),
            Kind::Tex => ("TeX", "say it in Markdown, or put it between back-quotes"),
        }
    }
}

/// Looks through words that stand together, whatever signs part them.
fn run(inlines: &[Inline], found: &mut Found) {
    let mut words = String::new();
    let mut starts: Vec<(usize, Span)> = Vec::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => {
                starts.push((words.len(), inline.span));
                words.push_str(&text.words);
            }
            kind => {
                words.push('\u{fffc}');
                if let Some(children) = kind.children() {
                    run(children, found);
                }
            }
        }
    }
    for (at, kind, mark) in marks(&words) {
        let piece = starts.partition_point(|(start, _)| *start <= at);
        if let Some((_, span)) = piece.checked_sub(1).map(|piece| starts[piece]) {
            let first = found.entry((span.file, kind)).or_insert_with(|| (span, mark.to_owned(), 0));
            first.2 += 1;
            if span < first.0 {
                (first.0, first.1) = (span, mark.to_owned());
            }
        }
    }
}

/// The marks in `words`: where, of what kind, how they begin.
fn marks(words: &str) -> Vec<(usize, Kind, &str)> {
    let mut marks = Vec::new();
    for (at, _) in words.match_indices(['^', '[', '{', '$', '\\']) {
        let (before, rest) = words.split_at(at);
        let free = before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '\u{fffc}');
        if let Some(kind) = kind(rest, free, at == 0) {
            marks.push((at, kind, shown(rest)));
        }
    }
    marks
}

/// What begins there; `free` when no word goes before it at once.
fn kind(rest: &str, free: bool, first: bool) -> Option<Kind> {
    let letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    let alert = rest.strip_prefix("[!").and_then(|rest| rest.split_once(']'));
    if rest.strip_prefix("^[").is_some_and(|inside| inside.contains(']')) {
        Some(Kind::Note)
    } else if rest.strip_prefix("[@").is_some_and(letter) {
        Some(Kind::Citation)
    } else if first
        && alert.is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase()))
    {
        Some(Kind::Alert)
    } else if ["{{<", "{{%", "{{#", "{% "].iter().any(|tag| rest.starts_with(tag)) {
        Some(Kind::Tag)
    } else if free && (rest.starts_with("$$") || is_command(rest)) {
        Some(Kind::Tex)
    } else {
        None
    }
}

/// Whether it is a backslash and a word of some length.
fn is_command(rest: &str) -> bool {
    let name = rest.strip_prefix('\\').unwrap_or("");
    let letters = name.bytes().take_while(u8::is_ascii_lowercase).count();
    letters >= 4 && !name[letters..].starts_with(|c: char| c == '\\' || c.is_alphanumeric())
}

/// The mark, up to a space and no longer than a word.
fn shown(rest: &str) -> &str {
    let end = rest.char_indices().skip(1).find(|(n, c)| c.is_whitespace() || *c == '\u{fffc}' || *n >= 16);
    end.map_or(rest, |(end, _)| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_prose() {
        use Kind::{Alert, Citation, Note, Tag, Tex};
        for (words, wanted) in [
            ("so^[a note] [@knuth84, p. 3]", &[Note, Citation][..]),
            ("[!NOTE] see", &[Alert]),
            ("see {{< fig >}} and {% raw %}", &[Tag, Tag]),
            ("$$ x $$ \\newpage \\begin{x}", &[Tex, Tex, Tex, Tex]),
            ("[!] C:\\users\\me, $5, x^2 [me@a.org] {a} \\n", &[]),
        ] {
            let kinds: Vec<Kind> = marks(words).into_iter().map(|(_, kind, _)| kind).collect();
            assert_eq!(kinds, wanted, "{words}");
        }
    }
}
