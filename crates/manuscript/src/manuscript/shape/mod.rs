//! Gives blocks their shape: verse from lines, figures from pictures that
//! stand alone, captions and attributions where they belong.

mod figure;
mod parts;
mod scene;
mod verse;

pub(super) use parts::goes_on_in_verse;

use figure::{captioned, figure, give_caption};
use parts::{begins_with_dash, is};
use verse::verse;

use super::prepare::{ABOVE, INSTEAD};
use super::raw::{self, Attrs, Block, BlockKind, Text};
use crate::book::{Div, Role};
use crate::diag::{Code, Diagnostic, Span};
use crate::sources::Markup;

/// The class of a division in which the end of a line is the end of a line.
pub(super) const LINES: &str = "lines";

fn is_admonition(attrs: &Attrs) -> bool {
    attrs.classes.iter().any(|class| matches!(Div::find(class), Some(Div::Admonition(_))))
}

/// A heading that an admonition begins with is the words above it, as Quarto has
/// it; so is a division of the class `title`, as Pandoc writes GitHub's alerts.
fn title_of_admonition(blocks: &mut Vec<Block>) {
    let Some(first) = blocks.first_mut() else { return };
    let span = first.span;
    let attrs = || Attrs { classes: vec!["admonition-title".to_owned()], ..Attrs::default() };
    match &mut first.kind {
        BlockKind::Heading(heading) => {
            let content = std::mem::take(&mut heading.content);
            let id = heading.attrs.id.take();
            let para = Block { kind: BlockKind::Para(content), span };
            first.kind = BlockKind::Div(Attrs { id, ..attrs() }, vec![para]);
        }
        BlockKind::Div(own, inside) if own.classes.iter().any(|class| class == "title") => {
            let inside = std::mem::take(inside);
            let name = raw::plain_of(&inside).to_lowercase();
            if crate::manuscript::admonitions::find(&name).is_some() {
                blocks.remove(0);
            } else {
                first.kind = BlockKind::Div(attrs(), inside);
            }
        }
        _ => {}
    }
}

/// The blocks that a division with these attributes is.
pub(super) fn div(
    attrs: Attrs,
    blocks: Vec<Block>,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let ours = |class: &str| matches!(class, "verse" | LINES | ABOVE | INSTEAD) || Div::find(class).is_some();
    for class in attrs.classes.iter().filter(|class| !ours(class)) {
        let message = format!("`{class}` is not a division that we know");
        let hint =
            "it is kept as a class for the EPUB, where extra.css may style it; in print it looks like text";
        let at = attrs.span.unwrap_or(span);
        findings.push(Diagnostic::new(Code::ClassUnknown, at, message).hint(hint));
    }
    let is_break = attrs.classes.iter().any(|class| Div::find(class) == Some(Div::PageBreak));
    if blocks.is_empty() && !is_break && (attrs.id.is_none() || !attrs.classes.is_empty()) {
        let message = "nothing stands in this division";
        let hint = "delete its two lines, or write between them what should stand there";
        findings.push(Diagnostic::new(Code::DivEmpty, span, message).hint(hint));
    }
    if blocks.is_empty() && attrs.classes.is_empty() && attrs.id.as_deref() == Some("refs") {
        let message = "Pandoc puts a list of the works that are cited here, and here nothing is put";
        let hint = "write the list between its two lines: `::: bibliography` sets one";
        findings.push(Diagnostic::new(Code::DivEmpty, span, message).hint(hint));
    }
    let mut attrs = attrs;
    let mut blocks = blocks;
    if attrs.classes.iter().any(|class| class == LINES) {
        attrs.classes.retain(|class| class != LINES);
        if attrs.classes.is_empty() && attrs.id.is_none() && attrs.lang.is_none() {
            return blocks;
        }
    }
    if is_admonition(&attrs) {
        title_of_admonition(&mut blocks);
    }
    if attrs.classes.iter().any(|class| class == "verse") {
        scene::drop_bare_ends(&mut blocks);
        return verse(attrs, blocks, span, findings);
    }
    vec![Block { kind: BlockKind::Div(attrs, blocks), span }]
}

/// Shapes a whole text.
pub(super) fn all(text: &mut Text, markup: Markup, findings: &mut Vec<Diagnostic>) {
    blocks(&mut text.blocks, markup, findings);
    for note in &mut text.notes {
        blocks(&mut note.blocks, markup, findings);
    }
}

/// Frames the words of a text that is a dedication or an epigraph as a whole,
/// unless the author has shaped them.
pub(super) fn frame(blocks: &mut Vec<Block>, role: Role) {
    let class = match role {
        Role::Dedication => "dedication",
        Role::Epigraph => "epigraph",
        _ => return,
    };
    let is_above = |block: &Block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::PageMark(_));
    let is_bare = |block: &Block| matches!(block.kind, BlockKind::Para(_) | BlockKind::Verse(_));
    let Some(first) = blocks.iter().position(|block| !is_above(block)) else { return };
    if !blocks[first..].iter().all(is_bare) {
        return;
    }
    let mut inside = blocks.split_off(first);
    if role == Role::Epigraph {
        mark_attribution(&mut inside);
    }
    let span = inside[0].span;
    let attrs = Attrs { classes: vec![class.to_owned()], ..Attrs::default() };
    blocks.push(Block { kind: BlockKind::Div(attrs, inside), span });
}

fn blocks(list: &mut Vec<Block>, markup: Markup, findings: &mut Vec<Diagnostic>) {
    let mut out: Vec<Block> = Vec::with_capacity(list.len());
    // a caption that stands above its table
    let mut above: Option<Block> = None;
    for mut block in std::mem::take(list) {
        match &mut block.kind {
            BlockKind::Div(attrs, _)
                if is(attrs, Div::Caption) && attrs.classes.iter().any(|class| class == ABOVE) =>
            {
                attrs.classes.retain(|class| class != ABOVE);
                out.extend(above.replace(block));
                continue;
            }
            BlockKind::Para(inlines) => {
                out.extend(figure(inlines, block.span, markup));
                if inlines.is_empty() {
                    continue;
                }
            }
            BlockKind::Quote(inside) => {
                blocks(inside, markup, findings);
                mark_attribution(inside);
            }
            BlockKind::Div(attrs, inside) => {
                blocks(inside, markup, findings);
                if is(attrs, Div::Epigraph) {
                    mark_attribution(inside);
                }
                if is(attrs, Div::Caption) && give_caption(&mut out, attrs, inside, block.span, findings) {
                    continue;
                }
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|item| blocks(&mut item.blocks, markup, findings));
            }
            BlockKind::Definitions(definitions) => {
                let meanings = definitions.iter_mut().flat_map(|definition| &mut definition.meanings);
                meanings.for_each(|meaning| blocks(meaning, markup, findings));
                let figure = captioned(definitions, block.span, markup);
                if !figure.is_empty() {
                    out.extend(figure);
                    continue;
                }
            }
            _ => {}
        }
        let owner = matches!(block.kind, BlockKind::Table(_) | BlockKind::Code { .. });
        out.push(block);
        if let Some(Block { kind: BlockKind::Div(attrs, mut inside), span }) = above.take_if(|_| owner)
            && !give_caption(&mut out, &attrs, &mut inside, span, findings)
        {
            // a listing's stands below it
            out.push(Block { kind: BlockKind::Div(attrs, inside), span });
        }
    }
    out.extend(above);
    scene::breaks(&mut out);
    *list = out;
}

/// The last paragraph of a quotation says who is quoted when it begins with an em dash.
fn mark_attribution(inside: &mut [Block]) {
    if inside.len() < 2 {
        return;
    }
    let Some(last) = inside.last_mut() else { return };
    if matches!(&last.kind, BlockKind::Para(inlines) if begins_with_dash(inlines)) {
        let para = Block { kind: std::mem::replace(&mut last.kind, BlockKind::SceneBreak), span: last.span };
        let attrs = Attrs { classes: vec!["attribution".to_owned()], ..Attrs::default() };
        last.kind = BlockKind::Div(attrs, vec![para]);
    }
}
