//! Gives blocks their shape: verse from lines, figures from pictures that
//! stand alone, captions and attributions where they belong.

use super::prepare::{ABOVE, INSTEAD, LINE, LINE_END, SPACE};
use super::raw::{self, Attrs, Block, BlockKind, Figure, Inline, InlineKind, Text, Verse, VerseLine};
use super::smart;
use crate::book::{Div, Lang, Role};
use crate::diag::{Code, Diagnostic, Span};
use crate::sources::Markup;

/// The class of a division in which the end of a line is the end of a line.
const LINES: &str = "lines";

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
    if blocks.is_empty() && (attrs.id.is_none() || !attrs.classes.is_empty()) {
        let message = "nothing stands in this division";
        findings.push(Diagnostic::new(Code::DivEmpty, span, message));
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
        return verse(attrs, blocks, span, findings);
    }
    vec![Block { kind: BlockKind::Div(attrs, blocks), span }]
}

fn verse(mut attrs: Attrs, blocks: Vec<Block>, span: Span, findings: &mut Vec<Diagnostic>) -> Vec<Block> {
    let mut poem = Poem { span, verse: Verse::default(), marks: Vec::new(), out: Vec::new() };
    for block in blocks {
        match block.kind {
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

/// Whether the lines of a division that stands in verse are verse as well: it has
/// no name, or one that only the EPUB's style sheet knows.
pub(super) fn goes_on_in_verse(attrs: &Attrs) -> bool {
    attrs.classes.iter().all(|class| class != "verse" && Div::find(class).is_none())
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

fn begins_with_dash(inlines: &[Inline]) -> bool {
    raw::plain(inlines).trim_start().starts_with('—')
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
        let empty = matches!(&inline.kind, InlineKind::Text(text) if text.is_empty());
        if let Some(line) = lines.last_mut().filter(|_| !empty) {
            line.content.push(inline);
        }
    };
    for inline in inlines {
        let span = inline.span;
        match inline.kind {
            InlineKind::Text(text) => {
                for (index, piece) in text.split(LINE).enumerate() {
                    let words = piece.trim_start_matches(SPACE);
                    let spaces = ((piece.len() - words.len()) / SPACE.len_utf8()) as u16;
                    let words = words.strip_prefix(LINE_END).unwrap_or(words).to_owned();
                    put(Inline { kind: InlineKind::Text(words), span }, (index > 0).then_some(spaces));
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

fn is(attrs: &Attrs, div: Div) -> bool {
    attrs.classes.iter().any(|class| Div::find(class) == Some(div))
}

/// The words of a division that should hold one paragraph. More of them
/// are joined by line breaks and reported.
fn one_paragraph(
    blocks: Vec<Block>,
    name: &str,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<Inline>> {
    let mut out: Vec<Inline> = Vec::new();
    let count = blocks.len();
    for mut block in blocks {
        let mut words = Vec::new();
        if let BlockKind::Para(inlines) = &mut block.kind {
            words = std::mem::take(inlines);
        } else {
            raw::each_inlines(std::slice::from_mut(&mut block), &mut |inlines| words.append(inlines));
        }
        if !out.is_empty() {
            out.push(Inline { kind: InlineKind::Break, span: block.span });
        }
        out.append(&mut words);
    }
    if count != 1 {
        let message = format!("`{name}` holds one paragraph");
        let hint = "write it as one; `\\` at the end of a line keeps the line";
        findings.push(Diagnostic::new(Code::DivInvalid, span, message).hint(hint));
    }
    (!out.is_empty()).then_some(out)
}

/// Shapes a whole text.
pub(super) fn all(text: &mut Text, language: &Lang, markup: Markup, findings: &mut Vec<Diagnostic>) {
    let how = How { language, markup };
    blocks(&mut text.blocks, how, findings);
    for note in &mut text.notes {
        blocks(&mut note.blocks, how, findings);
    }
}

/// In which language, and whether brackets of lone pictures hold captions.
#[derive(Clone, Copy)]
struct How<'a> {
    language: &'a Lang,
    markup: Markup,
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

fn blocks(list: &mut Vec<Block>, language: How<'_>, findings: &mut Vec<Diagnostic>) {
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
                out.extend(figure(inlines, block.span, language));
                if inlines.is_empty() {
                    continue;
                }
            }
            BlockKind::Quote(inside) => {
                blocks(inside, language, findings);
                mark_attribution(inside);
            }
            BlockKind::Div(attrs, inside) => {
                blocks(inside, language, findings);
                if is(attrs, Div::Epigraph) {
                    mark_attribution(inside);
                }
                if is(attrs, Div::Caption) && give_caption(&mut out, attrs, inside, block.span, findings) {
                    continue;
                }
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|item| blocks(&mut item.blocks, language, findings));
            }
            BlockKind::Definitions(definitions) => {
                let meanings = definitions.iter_mut().flat_map(|definition| &mut definition.meanings);
                meanings.for_each(|meaning| blocks(meaning, language, findings));
            }
            _ => {}
        }
        let table = matches!(block.kind, BlockKind::Table(_));
        out.push(block);
        if let Some(Block { kind: BlockKind::Div(attrs, mut inside), span }) = above.take_if(|_| table) {
            give_caption(&mut out, &attrs, &mut inside, span, findings);
        }
    }
    out.extend(above);
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

/// A picture alone in its paragraph is a figure; page marks beside it go before it.
fn figure(inlines: &mut Vec<Inline>, span: Span, how: How<'_>) -> Vec<Block> {
    let pictures = inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Image { .. })).count();
    let bare = inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        kind => matches!(kind, InlineKind::Image { .. } | InlineKind::PageMark(_) | InlineKind::Break),
    });
    if pictures != 1 || !bare {
        return Vec::new();
    }
    let (mut marks, mut out) = (Vec::new(), Vec::new());
    for inline in std::mem::take(inlines) {
        match inline.kind {
            InlineKind::PageMark(label) => {
                marks.push(Block { kind: BlockKind::PageMark(label), span: inline.span });
            }
            InlineKind::Image { path, title, alt, words, mut attrs } => {
                let titled = !title.trim().is_empty();
                let described = attrs.words.is_some();
                let caption = match titled {
                    true => {
                        let mut caption = vec![Inline { kind: InlineKind::Text(title), span: inline.span }];
                        smart::set(&mut caption, how.language, how.markup);
                        Some(caption)
                    }
                    // a heading or an item may say what comes next: words are needed
                    false => Some(words).filter(|words| how.markup.captions && !words.is_empty()),
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

/// Gives a caption to the table or figure before it. A listing keeps its
/// caption as the division that follows it.
fn give_caption(
    before: &mut [Block],
    attrs: &Attrs,
    inside: &mut Vec<Block>,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let at = attrs.span.unwrap_or(span);
    let owner = before.iter_mut().rev().find(|block| !matches!(block.kind, BlockKind::PageMark(_)));
    let mut place = None;
    let slot = match owner.map(|block| &mut block.kind) {
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
        Some(BlockKind::Code { .. }) => return false,
        _ => {
            let message = "no table, figure or listing stands before this caption";
            let hint = "a caption follows directly what it belongs to";
            findings.push(Diagnostic::new(Code::CaptionMisplaced, at, message).hint(hint));
            return false;
        }
    };
    if slot.is_some() {
        let message = "this has a caption already";
        let hint = "keep either the caption in the picture's quotation marks or this one";
        findings.push(Diagnostic::new(Code::CaptionMisplaced, at, message).hint(hint));
        return false;
    }
    *slot = one_paragraph(std::mem::take(inside), "caption", span, findings);
    if let (Some(id), Some(caption)) = (place, slot) {
        let attrs = Attrs { id: Some(id), span: attrs.span, ..Attrs::default() };
        caption.insert(0, Inline { kind: InlineKind::Span(attrs, Vec::new()), span: at });
    }
    true
}
