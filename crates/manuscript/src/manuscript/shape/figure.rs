//! Figures from pictures that stand alone, and captions.

use super::parts::{is, one_paragraph};
use crate::book::Div;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::manuscript::prepare::INSTEAD;
use crate::manuscript::raw::{Attrs, Block, BlockKind, Definition, Figure, Inline, InlineKind};
use crate::sources::Markup;

/// How many pictures a paragraph holds that holds nothing else.
fn pictures_alone(inlines: &[Inline]) -> usize {
    let bare = inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty() || text.trim_end() == "\\",
        kind => matches!(kind, InlineKind::Image { .. } | InlineKind::PageMark(_) | InlineKind::Break),
    });
    let pictures = inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Image { .. }));
    if bare { pictures.count() } else { 0 }
}

/// A picture alone in its paragraph is a figure; page marks beside it go before it.
pub(super) fn figure(inlines: &mut Vec<Inline>, span: Span, markup: Markup) -> Vec<Block> {
    if pictures_alone(inlines) != 1 {
        return Vec::new();
    }
    // `![words](file.png)\`: with something beside it a picture is no figure for Pandoc, and has no caption
    let is_kept_bare =
        |inline: &Inline| matches!(&inline.kind, InlineKind::Text(text) if text.contains(['\\', '\u{A0}']));
    let bare = inlines.iter().any(is_kept_bare);
    let (mut marks, mut out) = (Vec::new(), Vec::new());
    for inline in std::mem::take(inlines) {
        match inline.kind {
            InlineKind::PageMark(label) => {
                marks.push(Block { kind: BlockKind::PageMark(label), span: inline.span });
            }
            InlineKind::Image { path, title, alt, words, mut attrs } => {
                let titled = !title.is_empty();
                let described = attrs.words.is_some();
                let caption = match titled {
                    true => Some(title),
                    // a heading or an item may say what comes next: words are needed
                    false => Some(words).filter(|words| markup.captions && !bare && !words.is_empty()),
                };
                let alt = attrs.words.take().map_or(alt, String::from);
                out.push(Block {
                    kind: BlockKind::Figure(Figure {
                        path,
                        alt,
                        caption,
                        bracketed: !titled && !described,
                        attrs: *attrs,
                    }),
                    span,
                });
            }
            _ => {}
        }
    }
    marks.append(&mut out);
    marks
}

/// A picture with its caption below it as tables have theirs, `![…](…)` and `: words`, which Markdown reads as a term and
/// what it means. Several such are a list of signs with what each means, and stay one.
pub(super) fn captioned(definitions: &mut [Definition], span: Span, markup: Markup) -> Vec<Block> {
    let [Definition { terms, meanings }] = definitions else { return Vec::new() };
    let ([term], [meaning]) = (terms.as_mut_slice(), meanings.as_mut_slice()) else { return Vec::new() };
    let [Block { kind: BlockKind::Para(words), .. }] = meaning.as_mut_slice() else { return Vec::new() };
    let titled =
        |inline: &Inline| matches!(&inline.kind, InlineKind::Image { title, .. } if !title.is_empty());
    if term.iter().any(titled) {
        return Vec::new();
    }
    let mut out = figure(term, span, markup);
    if let Some(Block { kind: BlockKind::Figure(figure), .. }) = out.last_mut() {
        figure.caption = Some(std::mem::take(words));
        figure.bracketed = false;
    }
    out
}

/// A caption of what has one.
fn second_caption(at: Span) -> Diagnostic {
    let hint =
        "keep either the caption in the picture's quotation marks, or the code's first line, or this one";
    // the words are kept, and stand below the first
    Diagnostic::new(Code::CaptionMisplaced, at, "this has a caption already")
        .severity(Severity::Warning)
        .hint(hint)
}

/// What a caption below these blocks belongs to: the last of them, or the last of what that holds.
fn owner(before: &mut [Block]) -> Option<&mut Block> {
    let last = before.iter().rposition(|block| !matches!(block.kind, BlockKind::PageMark(_)))?;
    let holds = match &before[last].kind {
        BlockKind::Div(attrs, _) => !is(attrs, Div::Caption),
        BlockKind::Quote(_) | BlockKind::List { .. } | BlockKind::Definitions(_) => true,
        _ => false,
    };
    if !holds {
        return before.get_mut(last);
    }
    let inside = match &mut before[last].kind {
        BlockKind::Div(_, inside) | BlockKind::Quote(inside) => Some(inside),
        BlockKind::List { items, .. } => items.last_mut().map(|item| &mut item.blocks),
        BlockKind::Definitions(all) => all.last_mut().and_then(|one| one.meanings.last_mut()),
        _ => None,
    };
    inside.and_then(|inside| owner(inside))
}

/// Gives a caption to the table or figure before it. A listing keeps its
/// caption as the division that follows it.
pub(super) fn give_caption(
    before: &mut [Block],
    attrs: &Attrs,
    inside: &mut Vec<Block>,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let at = attrs.span.unwrap_or(span);
    let mut place = None;
    let slot = match owner(before).map(|block| &mut block.kind) {
        Some(BlockKind::Table(table)) => {
            place.clone_from(&attrs.id);
            &mut table.caption
        }
        Some(BlockKind::Figure(figure)) => {
            figure.attrs.id = figure.attrs.id.take().or_else(|| attrs.id.clone());
            // where a caption is written out, the words in brackets are for those who cannot see the picture
            if figure.bracketed || attrs.classes.iter().any(|class| class == INSTEAD) {
                figure.bracketed = false;
                figure.caption = None;
            }
            &mut figure.caption
        }
        // Below a listing, and below pictures beside one another, it stays a division of its own.
        Some(BlockKind::Code { .. }) => return false,
        Some(BlockKind::Para(words)) if pictures_alone(words) > 1 => return false,
        Some(BlockKind::Div(other, _)) if is(other, Div::Caption) => {
            findings.push(second_caption(at));
            return false;
        }
        _ => {
            let message = "no table, figure or listing stands before this caption: it is set as it stands";
            let hint = "put it directly below the table, figure or listing that it belongs to";
            let finding = Diagnostic::new(Code::CaptionMisplaced, at, message);
            findings.push(finding.severity(Severity::Warning).hint(hint));
            return false;
        }
    };
    if slot.is_some() {
        findings.push(second_caption(at));
        return false;
    }
    *slot = one_paragraph(std::mem::take(inside), "caption", span, findings);
    if let (Some(id), Some(caption)) = (place, slot) {
        let attrs = Attrs { id: Some(id), span: attrs.span, ..Attrs::default() };
        caption.insert(0, Inline { kind: InlineKind::Span(attrs, Vec::new()), span: at });
    }
    true
}
