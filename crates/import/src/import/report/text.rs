//! The recovered text of a page as HTML, with the notes that stand on it.

use super::super::model::{Block, Draft, Inline, Join, Kind, Piece};
use crate::html::escaped;

/// The text between two gaps.
pub(super) fn page(out: &mut String, draft: &Draft, (from, to): (usize, usize)) {
    for index in from..to {
        block(out, draft, index, index == from && draft.gaps[index].join != Join::Apart);
    }
    let last = if to == draft.blocks.len() { to + 1 } else { to };
    let gaps = draft.gaps.get(from + 1..=to.max(from)).unwrap_or(&[]);
    let head = draft.gaps.get(from).filter(|_| from == 0).into_iter();
    let pieces = head.chain(gaps.iter().take(last - from)).flat_map(|gap| &gap.pieces);
    for piece in pieces {
        let Piece::Note(index, part) = piece else { continue };
        let note = &draft.notes[*index];
        out.push_str("<p class=\"note\">");
        if *part == 0 {
            out.push_str(&format!("<sup>{}</sup> ", escaped(&note.number)));
            note.paragraphs.iter().for_each(|run| inlines(out, run));
        } else {
            out.push_str("… ");
            note.more.get(part - 1).into_iter().for_each(|run| inlines(out, run));
        }
        out.push_str("</p>\n");
    }
}

/// A block; `goes_on` when the page before has its beginning.
fn block(out: &mut String, draft: &Draft, index: usize, goes_on: bool) {
    let block: &Block = &draft.blocks[index];
    let (open, close) = match &block.kind {
        Kind::Heading(_) | Kind::Subtitle => ("<h3>", "</h3>"),
        Kind::Quote => ("<blockquote>", "</blockquote>"),
        Kind::Table | Kind::Verse | Kind::Code => ("<pre>", "</pre>"),
        Kind::Break => ("<hr>", ""),
        Kind::Paragraph | Kind::Item(_) | Kind::Caption => ("<p>", "</p>"),
    };
    out.push_str(open);
    if goes_on {
        out.push_str("… ");
    }
    if let Kind::Item(marker) = &block.kind {
        out.push_str(&format!("{} ", escaped(marker)));
    }
    inlines(out, &block.inlines);
    out.push_str(close);
    out.push('\n');
}

fn inlines(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Ours(text) => emphasised(out, text),
            Inline::Verbatim(code) | Inline::Code(code) => out.push_str(&escaped(code)),
            Inline::Call { number, .. } => out.push_str(&format!("<sup>{}</sup>", escaped(number))),
            Inline::Fix { was, now } => {
                out.push_str(&format!("<del>{}</del><ins>{}</ins>", escaped(was), escaped(now)));
            }
            Inline::Drop(_) => {}
        }
    }
}

/// Text with its emphasis shown, where the signs come in pairs.
fn emphasised(out: &mut String, text: &str) {
    for sign in ['*', '_'] {
        let parts: Vec<&str> = text.split(sign).collect();
        let inner = parts.get(1..parts.len() - 1).unwrap_or(&[]);
        if parts.len() % 2 == 1 && !inner.is_empty() && inner.iter().all(|part| !part.is_empty()) {
            for (index, part) in parts.iter().enumerate() {
                let tags = if index % 2 == 1 { ("<em>", "</em>") } else { ("", "") };
                out.push_str(&format!("{}{}{}", tags.0, escaped(part), tags.1));
            }
            return;
        }
    }
    out.push_str(&escaped(text));
}
