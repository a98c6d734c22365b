//! Verse from lines.

use super::parts::{begins_with_dash, goes_on_in_verse, is, one_paragraph};
use super::scene::is_pause;
use crate::book::Div;
use crate::diag::{Diagnostic, Span};
use crate::manuscript::prepare::{LINE, LINE_END, SPACE};
use crate::manuscript::raw::{Attrs, Block, BlockKind, Inline, InlineKind, Verse, VerseLine};
use crate::narrow::Nearest;

pub(super) fn verse(
    mut attrs: Attrs,
    blocks: Vec<Block>,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let mut poem = Poem { span, verse: Verse::default(), marks: Vec::new(), out: Vec::new() };
    let last = blocks.len().saturating_sub(1);
    for (at, block) in blocks.into_iter().enumerate() {
        let parts = at < last && !poem.verse.stanzas.is_empty() && is_pause(&block);
        match block.kind {
            BlockKind::Para(_) if parts => {
                poem.end();
                poem.out.push(Block { kind: BlockKind::SceneBreak, span: block.span });
            }
            BlockKind::Para(inlines) => poem.stanza(lines(inlines, block.span)),
            BlockKind::PageMark(label) => {
                poem.marks.push(Inline { kind: InlineKind::PageMark(label), span: block.span });
            }
            BlockKind::Div(attrs, blocks)
                if is(&attrs, Div::Attribution)
                    && poem.verse.attribution.is_none()
                    && !poem.verse.stanzas.is_empty() =>
            {
                poem.verse.attribution = one_paragraph(blocks, "attribution", block.span, findings);
            }
            BlockKind::Div(attrs, blocks) if goes_on_in_verse(&attrs) => {
                poem.end();
                poem.out.append(&mut verse(attrs, blocks, block.span, findings));
            }
            kind => {
                poem.end();
                poem.out.push(Block { kind, span: block.span });
            }
        }
    }
    poem.end();
    let Poem { mut out, marks, .. } = poem;
    out.append(&mut marks_between(marks));
    attrs.classes.retain(|class| class != "verse");
    if attrs.id.is_some() || attrs.lang.is_some() || !attrs.classes.is_empty() {
        out = vec![Block { kind: BlockKind::Div(attrs, out), span }];
    }
    out
}

/// Verse on its way: the stanzas since the last signature, and what came before.
struct Poem {
    span: Span,
    verse: Verse,
    /// Page marks that wait for a line.
    marks: Vec<Inline>,
    out: Vec<Block>,
}

impl Poem {
    fn stanza(&mut self, mut stanza: Vec<VerseLine>) {
        if self.verse.attribution.is_some() {
            self.end();
        }
        if let Some(first) = stanza.first_mut() {
            first.content.splice(0..0, self.marks.drain(..));
            self.verse.stanzas.push(stanza);
        }
    }

    /// Ends the stanzas so far.
    fn end(&mut self) {
        let mut verse = std::mem::take(&mut self.verse);
        if let Some(last) = verse.stanzas.last_mut().and_then(|stanza| stanza.last_mut()) {
            last.content.append(&mut self.marks);
        }
        take_dashed_line(&mut verse);
        if !verse.stanzas.is_empty() {
            self.out.push(Block { kind: BlockKind::Verse(verse), span: self.span });
        }
    }
}

/// Page marks that no line of a verse follows or goes before.
fn marks_between(marks: Vec<Inline>) -> Vec<Block> {
    let block = |Inline { kind, span }| match kind {
        InlineKind::PageMark(label) => Block { kind: BlockKind::PageMark(label), span },
        kind => Block { kind: BlockKind::Para(vec![Inline { kind, span }]), span },
    };
    marks.into_iter().map(block).collect()
}

/// A last stanza of one line that begins with an em dash says who is quoted.
fn take_dashed_line(verse: &mut Verse) {
    if verse.attribution.is_some() || verse.stanzas.len() < 2 {
        return;
    }
    let dashed =
        matches!(verse.stanzas.last().map(Vec::as_slice), Some([line]) if begins_with_dash(&line.content));
    if dashed && let Some(line) = verse.stanzas.pop().and_then(|mut stanza| stanza.pop()) {
        verse.attribution = Some(line.content);
    }
}

/// Parts a stanza at the line starts that `prepare` marked.
fn lines(inlines: Vec<Inline>, span: Span) -> Vec<VerseLine> {
    let mut lines = vec![VerseLine { spaces: 0, content: Vec::new(), span }];
    part(inlines, &mut lines);
    for at in 1..lines.len() {
        let marks = trim(&mut lines[at - 1].content);
        lines[at].content.splice(0..0, marks);
    }
    if let Some(last) = lines.last_mut() {
        let marks = trim(&mut last.content);
        last.content.extend(marks);
    }
    lines.retain(|line| !line.content.is_empty());
    for line in &mut lines {
        if let (Some(first), Some(last)) = (line.content.first(), line.content.last()) {
            line.span = first.span.to(last.span);
        }
    }
    lines
}

fn part(inlines: Vec<Inline>, lines: &mut Vec<VerseLine>) {
    let mut put = |inline: Inline, new: Option<u16>| {
        let span = inline.span;
        if let Some(spaces) = new {
            lines.push(VerseLine { spaces, content: Vec::new(), span });
        }
        let empty =
            matches!(&inline.kind, InlineKind::Text(text) | InlineKind::Code(text) if text.is_empty());
        if let Some(line) = lines.last_mut().filter(|_| !empty) {
            line.content.push(inline);
        }
    };
    for inline in inlines {
        let span = inline.span;
        match inline.kind {
            InlineKind::Text(text) => {
                for (words, spaces) in pieces(&text) {
                    put(Inline { kind: InlineKind::Text(words), span }, spaces);
                }
            }
            InlineKind::Code(text) if text.contains(LINE) => {
                for (words, spaces) in pieces(&text) {
                    let words = words.trim_end().to_owned();
                    put(Inline { kind: InlineKind::Code(words), span }, spaces);
                }
            }
            kind => {
                for (index, (inline, spaces)) in part_around(kind, span).into_iter().enumerate() {
                    put(inline, (index > 0).then_some(spaces));
                }
            }
        }
    }
}

/// The words of each line, and the spaces that it begins with; the first piece goes on in the line
/// that is open.
fn pieces(text: &str) -> impl Iterator<Item = (String, Option<u16>)> {
    text.split(LINE).enumerate().map(|(index, piece)| {
        let words = piece.trim_start_matches(SPACE);
        let spaces = u16::nearest((piece.len() - words.len()) / SPACE.len_utf8());
        (words.strip_prefix(LINE_END).unwrap_or(words).to_owned(), (index > 0).then_some(spaces))
    })
}

/// Parts what other words may stand in: each of its lines stands in one of its
/// own, with the spaces that the line begins with.
fn part_around(mut around: InlineKind, span: Span) -> Vec<(Inline, u16)> {
    let Some(children) = around.children_mut().map(std::mem::take) else {
        return vec![(Inline { kind: around, span }, 0)];
    };
    let was_empty = children.is_empty();
    let mut lines = vec![VerseLine { spaces: 0, content: Vec::new(), span }];
    part(children, &mut lines);
    let mut parts = Vec::with_capacity(lines.len());
    for line in lines {
        let mut kind = around.clone();
        if line.content.is_empty() && !was_empty {
            kind = InlineKind::Text(String::new());
        } else if let Some(children) = kind.children_mut() {
            *children = line.content;
        }
        // an id is of one place only
        if let InlineKind::Span(attrs, _) = &mut around {
            attrs.id = None;
        }
        parts.push((Inline { kind, span: line.span }, line.spaces));
    }
    parts
}

/// Takes the line break, and the spaces before it, off the end of a line of
/// verse; returns the page marks that stood there, for the next line.
fn trim(content: &mut Vec<Inline>) -> Vec<Inline> {
    let mut marks = Vec::new();
    while let Some(last) = content.last_mut() {
        match &mut last.kind {
            InlineKind::Break => {}
            InlineKind::PageMark(_) => marks.extend(content.last().cloned()),
            InlineKind::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
            }
            kind => {
                if let Some(children) = kind.children_mut().filter(|children| !children.is_empty()) {
                    let mut inner = trim(children);
                    inner.reverse();
                    marks.append(&mut inner);
                }
                break;
            }
        }
        content.pop();
    }
    marks.reverse();
    marks
}
