//! What stands below one another in HTML.

use super::cells::{Reaching, cells, in_a_line, own_rows};
use super::inlines::{WITHOUT_WORDS, is_page_break};
use super::outline::rank_of;
use super::reader::Reader;
use super::styles::{is_a, types};
use super::tokens::is_block;
use crate::convert::element::{Element, Node};
use crate::convert::habits::without_look;
use crate::convert::model::{Block, Inline, plain, tidy};
use crate::convert::pauses::{is_ornament, is_scene_break};
use crate::terms::is_number_of_title;

/// Classes of elements whose lines are lines.
const VERSE: [&str; 10] = [
    "poem",
    "poetry",
    "verse",
    "stanza",
    "z3998:poem",
    "z3998:verse",
    "z3998:song",
    "poetry-container",
    "lg",
    "line-block",
];
/// Classes of pauses between scenes.
const PAUSES: [&str; 11] = [
    "scene-break",
    "scenebreak",
    "scene_break",
    "ornamental-break",
    "section-break",
    "thought-break",
    "thoughtbreak",
    "asterism",
    "transition",
    "ornament",
    "tb",
];
/// Classes of lines below a title.
const SUBTITLES: [&str; 3] = ["subtitle", "chapter-subtitle", "element-subtitle"];
/// Classes of paragraphs that go on with the sentence above what is set apart.
const CONTINUED: [&str; 7] =
    ["continued", "continue", "continuation", "noindent", "no-indent", "nonindent", "flush"];
/// Types that are divisions of ours.
const DIVISIONS: [(&str, &str); 10] = [
    ("epigraph", "epigraph"),
    ("dedication", "dedication"),
    ("z3998:letter", "letter"),
    ("tip", "tip"),
    ("warning", "warning"),
    ("caution", "caution"),
    ("important", "important"),
    ("admonition", "note"),
    ("notice", "note"),
    ("signature", "signature"),
];

impl Reader<'_, '_> {
    /// The blocks of nodes; words between blocks are paragraphs of their own.
    pub(super) fn blocks<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Vec<Block> {
        let mut out = Vec::new();
        let mut line: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if self.stands_apart(element) => {
                    self.paragraph(std::mem::take(&mut line), &mut out);
                    self.block(element, &mut out);
                }
                node => line.push(node),
            }
        }
        self.paragraph(line, &mut out);
        out
    }

    /// Whether an element is a block, or holds one.
    fn stands_apart(&self, element: &Element) -> bool {
        if self.is_note(element) || WITHOUT_WORDS.contains(&element.name.as_str()) {
            return false;
        }
        let mut found = Vec::new();
        let holds = |element: &Element| element.name != "br" && is_block(&element.name);
        holds(element)
            || !matches!(element.name.as_str(), "a" | "em" | "i" | "b" | "strong" | "sup" | "sub") && {
                element.all(&holds, &mut found);
                !found.is_empty()
            }
    }

    /// A paragraph of what stands in a line, when there are words in it.
    fn paragraph(&mut self, nodes: Vec<&Node>, out: &mut Vec<Block>) {
        let is_blank = |node: &&Node| matches!(node, Node::Text(text) if text.trim().is_empty());
        if nodes.iter().all(is_blank) {
            return;
        }
        let words = self.inlines(nodes);
        push_paragraph(words, out, self);
    }

    fn block(&mut self, element: &Element, out: &mut Vec<Block>) {
        if self.styles.look(element).hidden {
            self.book.leave_out("words that the source hides", super::all_words(element));
            return;
        }
        if is_a(element, &["pg-boilerplate", "pgheader", "pgfooter"]) {
            self.book.leave_out("the distributor's licence", super::all_words(element));
            return;
        }
        let anchors = self.anchors(element);
        self.waiting.extend(anchors);
        if !is_page_break(element)
            && let Some(label) = self.listed_page(element)
        {
            out.push(Block::PageMark(label));
        }
        if is_page_break(element)
            && !matches!(element.name.as_str(), "section" | "div" if element.elements().count() > 1)
        {
            let words = self.inlines([&Node::Element(element.clone())]);
            out.extend(words.into_iter().filter_map(|inline| match inline {
                Inline::PageMark(label) => Some(Block::PageMark(label)),
                _ => None,
            }));
            return;
        }
        if is_a(element, &PAUSES) && element.name != "hr" && !has_words(element) {
            self.pause(element, out);
            return;
        }
        match element.name.as_str() {
            name if name.len() == 2 && name.starts_with('h') && name != "hr" => self.heading(element, out),
            "hgroup" => self.heading_group(element, out),
            "hr" => self.rule(element, out),
            "p" | "address" | "summary" => self.whole_paragraph(element, out),
            "blockquote" => self.quote(element, out),
            "ul" | "ol" => self.list(element, out),
            "dl" => self.definitions(element, out),
            "table" => self.table(element, out),
            "figure" => self.figure(element, out),
            "pre" => self.code(element, out),
            "nav" => self
                .book
                .leave_out("the source's own contents, which are made anew", super::all_words(element)),
            _ if is_a(element, &["toc", "landmarks", "page-list"]) && element.find("ol").is_some() => {
                self.book
                    .leave_out("the source's own contents, which are made anew", super::all_words(element));
            }
            _ => self.container(element, out),
        }
    }

    /// A division: one of ours, verse, or no more than what stands in it.
    pub(super) fn container(&mut self, element: &Element, out: &mut Vec<Block>) {
        if is_a(element, &VERSE) && super::verse::is_lined(element) {
            let stanzas = self.verse(element);
            out.push(Block::Verse(stanzas));
            return;
        }
        // A poem with a heading or of several parts: its stanzas are found one by one.
        let outer = self.in_verse;
        self.in_verse |= is_a(element, &VERSE);
        let around = self.outline;
        self.outline = around.within(element);
        let mut inner = self.blocks(&element.children);
        self.outline = around.behind(element, self.outline);
        self.in_verse = outer;
        let division = DIVISIONS.iter().find(|(name, _)| is_a(element, &[name])).map(|(_, class)| *class);
        if super::is_empty(&inner) && is_a(element, &["footnotes", "endnotes", "rearnotes", "notes"]) {
            self.leave_out_headings(&mut inner);
        }
        let has_heading = inner.iter().any(|block| matches!(block, Block::Heading { .. }));
        let foreign = self.foreign(element).filter(|_| !matches!(element.name.as_str(), "body" | "html"));
        match (division.filter(|_| !has_heading), foreign) {
            (Some(class), _) if !inner.is_empty() => {
                out.push(Block::Division { class: class.to_owned(), blocks: inner });
            }
            (_, Some(tag)) if !has_heading && !inner.is_empty() => {
                out.push(Block::Division { class: format!("{{lang={tag}}}"), blocks: inner });
            }
            _ => out.extend(inner),
        }
    }

    fn heading(&mut self, element: &Element, out: &mut Vec<Block>) {
        let level = self.outline.rank(rank_of(element).unwrap_or(1));
        // a heading has a look of its own
        let mut words = without_look(self.inlines(&element.children));
        let mut blocks = Vec::new();
        // pictures and page marks stand before a heading, not in it
        words.retain(|inline| match inline {
            Inline::PageMark(label) => {
                blocks.push(Block::PageMark(label.clone()));
                false
            }
            Inline::Image { path, alt } => {
                blocks.push(Block::Figure {
                    path: path.clone(),
                    alt: alt.clone(),
                    caption: Vec::new(),
                    id: None,
                });
                false
            }
            _ => true,
        });
        let id =
            words.iter().position(|inline| matches!(inline, Inline::Anchor(_))).map(|at| words.remove(at));
        let id = match id {
            Some(Inline::Anchor(id)) => Some(id),
            _ => None,
        };
        out.extend(blocks);
        if plain(&words).trim().is_empty() {
            self.waiting.extend(id);
            return;
        }
        out.push(Block::Heading { level, words, id, class: None });
    }

    /// An element that says it is a pause, whichever signs or picture stand for it.
    fn pause(&mut self, element: &Element, out: &mut Vec<Block>) {
        self.book.leave_out("signs of scene breaks, which are made anew", super::all_words(element));
        self.book.turn("elements of pauses into scene breaks");
        if !matches!(out.last(), None | Some(Block::Heading { .. } | Block::SceneBreak)) {
            out.push(Block::SceneBreak);
        }
    }

    fn rule(&mut self, element: &Element, out: &mut Vec<Block>) {
        let decorates = is_a(element, &["chap", "full", "hidden", "pb", "r65", "pagebreak"]);
        if !decorates && !matches!(out.last(), None | Some(Block::Heading { .. } | Block::SceneBreak)) {
            out.push(Block::SceneBreak);
        }
    }

    /// A heading with the words below it that belong to it: the title that its number numbers, or a subtitle.
    fn heading_group(&mut self, element: &Element, out: &mut Vec<Block>) {
        let first = out.len();
        // Notes and links are known by the place of their element: none is read from a copy.
        for child in element.children.iter().filter(|child| matches!(child, Node::Element(_))) {
            let mut inner = self.blocks([child]);
            let language = self.language.as_deref().unwrap_or("en");
            let headed = out[first..].iter().any(|block| matches!(block, Block::Heading { .. }));
            match (out.last_mut(), inner.as_mut_slice()) {
                (Some(Block::Heading { words, .. }), [Block::Paragraph(title)])
                    if headed && is_number_of_title(&plain(words), language) =>
                {
                    words.push(Inline::Break);
                    words.append(title);
                }
                (_, [Block::Paragraph(_)]) if headed => {
                    out.push(Block::Division { class: "subtitle".into(), blocks: inner });
                }
                _ => out.extend(inner),
            }
        }
    }

    /// A stanza of a poem whose lines are elements, with breaks between them: one of the verse that it
    /// follows, or the first.
    fn stanza(&mut self, element: &Element, out: &mut Vec<Block>) {
        let stanzas = self.verse(element);
        match out.last_mut() {
            Some(Block::Verse(verse)) => verse.extend(stanzas),
            _ => out.push(Block::Verse(stanzas)),
        }
    }

    fn whole_paragraph(&mut self, element: &Element, out: &mut Vec<Block>) {
        if self.in_verse && super::verse::is_stanza(element) {
            return self.stanza(element, out);
        }
        if is_a(element, &VERSE) && super::verse::is_lined(element) {
            let stanzas = self.verse(element);
            out.push(Block::Verse(stanzas));
            return;
        }
        let foreign = self.foreign(element);
        let mut words = self.inlines(&element.children);
        let look = self.styles.look(element);
        let shown = plain(&words);
        if look.centred
            && is_ornament(&shown, true)
            && words.iter().all(|i| matches!(i, Inline::Text(_) | Inline::Styled(..)))
        {
            self.book.leave_out("signs of scene breaks, which are made anew", shown);
            self.book.turn("lines of stars into scene breaks");
            out.push(Block::SceneBreak);
            return;
        }
        if let Some(tag) = foreign {
            words = vec![Inline::Language(tag, words)];
        }
        if is_a(element, &SUBTITLES) && matches!(out.last(), Some(Block::Heading { .. })) {
            out.push(Block::Division {
                class: "subtitle".into(),
                blocks: vec![Block::Paragraph(tidy(words))],
            });
            return;
        }
        for (is, style) in [
            (look.italic, crate::convert::model::Style::Emphasis),
            (look.bold, crate::convert::model::Style::Strong),
            (look.small_caps, crate::convert::model::Style::SmallCaps),
        ] {
            if is {
                words = vec![Inline::Styled(style, words)];
            }
        }
        let goes_on = is_a(element, &CONTINUED) && out.last().is_some_and(is_set_apart);
        let first = out.len();
        push_paragraph(words, out, self);
        if goes_on && out.len() > first {
            let blocks = out.split_off(first);
            out.push(Block::Division { class: "continued".into(), blocks });
        }
    }

    fn quote(&mut self, element: &Element, out: &mut Vec<Block>) {
        let inner = self.blocks(&element.children);
        if inner.iter().any(|block| matches!(block, Block::Heading { .. })) {
            // a whole chapter that is set further in
            out.extend(inner);
        } else if !inner.is_empty() {
            let is_motto = types(element).any(|word| word == "epigraph");
            out.push(match is_motto {
                true => Block::Division { class: "epigraph".into(), blocks: inner },
                false => Block::Quote(inner),
            });
        }
    }

    fn list(&mut self, element: &Element, out: &mut Vec<Block>) {
        let start =
            (element.name == "ol").then(|| element.get("start").and_then(|n| n.parse().ok()).unwrap_or(1));
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in &element.children {
            match child {
                Node::Element(item) if self.is_note(item) => {}
                Node::Element(item) if item.name == "li" => {
                    let anchors = self.anchors(item);
                    self.waiting.extend(anchors);
                    items.push(self.blocks(&item.children));
                }
                other => {
                    let stray = self.blocks([other]);
                    match items.last_mut() {
                        Some(last) => last.extend(stray),
                        None => out.extend(stray),
                    }
                }
            }
        }
        items.retain(|item| !item.is_empty());
        if !items.is_empty() {
            out.push(Block::List { start, items });
        }
    }

    fn definitions(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut list: Vec<(Vec<Inline>, Vec<Block>)> = Vec::new();
        // words that stand beside the terms
        let strays = self.blocks(element.children.iter().filter(|node| matches!(node, Node::Text(_))));
        out.extend(strays);
        let direct: Vec<&Element> = element
            .elements()
            .flat_map(|e| if e.name == "div" { e.elements().collect() } else { vec![e] })
            .collect();
        for row in direct {
            if self.is_note(row) {
                continue;
            }
            let anchors = self.anchors(row);
            self.waiting.extend(anchors);
            match (row.name.as_str(), list.last_mut()) {
                ("dt", _) => {
                    let term = tidy(self.inlines(&row.children));
                    list.push((term, Vec::new()));
                }
                (_, None) => {
                    let meaning = self.blocks(&row.children);
                    list.push((Vec::new(), meaning));
                }
                (_, Some(_)) => {
                    let meaning = self.blocks(&row.children);
                    if let Some((_, last)) = list.last_mut() {
                        last.extend(meaning);
                    }
                }
            }
        }
        out.push(Block::Definitions(list));
    }

    fn table(&mut self, element: &Element, out: &mut Vec<Block>) {
        let (mut rows, mut strays) = (Vec::new(), Vec::new());
        own_rows(element, &mut rows, &mut strays);
        // as browsers show them: before the table
        let strays = self.blocks(strays);
        out.extend(strays);
        let caption = element.child("caption").map(|caption| tidy(self.inlines(&caption.children)));
        let columns = rows.iter().map(|row| cells(row).count()).max().unwrap_or(0);
        if columns <= 1 {
            // a frame and no table
            out.extend(caption.map(Block::Paragraph));
            for cell in rows.iter().flat_map(|row| cells(row)) {
                let inner = self.blocks(&cell.children);
                out.extend(inner);
            }
            return;
        }
        if super::drama::is_play(&rows) {
            out.extend(caption.map(Block::Paragraph));
            return self.speeches(&rows, out);
        }
        let mut head = None;
        let mut body: Vec<Vec<Vec<Inline>>> = Vec::new();
        let mut reaching = Reaching::default();
        for (index, row) in rows.iter().enumerate() {
            let is_head = index == 0 && cells(row).all(|cell| cell.name == "th");
            let mut line = Vec::new();
            for cell in cells(row) {
                reaching.leave_out(&mut line);
                let blocks = self.blocks(&cell.children);
                let first = line.len();
                line.push(in_a_line(blocks));
                let span = |name: &str| cell.get(name).and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 40);
                line.extend(std::iter::repeat_n(Vec::new(), span("colspan") - 1));
                reaching.over(first..line.len(), span("rowspan") - 1);
            }
            reaching.leave_out(&mut line);
            match is_head {
                true => head = Some(line),
                false => body.push(line),
            }
        }
        out.push(Block::Table { head, rows: body, caption: caption.filter(|c| !c.is_empty()) });
    }

    fn figure(&mut self, element: &Element, out: &mut Vec<Block>) {
        let caption: Vec<&Element> = element.elements().filter(|inner| inner.name == "figcaption").collect();
        let mut captions = Vec::new();
        for inner in caption {
            let blocks = self.blocks(&inner.children);
            captions.push(in_a_line(blocks));
        }
        let mut words = captions.into_iter().reduce(|mut a, b| {
            a.push(Inline::Break);
            a.extend(b);
            a
        });
        let rest =
            element.children.iter().filter(|n| !matches!(n, Node::Element(e) if e.name == "figcaption"));
        let mut inner = self.blocks(rest);
        for block in &mut inner {
            match block {
                Block::Figure { caption, .. } if caption.is_empty() => {
                    *caption = words.take().unwrap_or_default();
                }
                Block::Table { caption: caption @ None, .. } => *caption = words.take(),
                _ => {}
            }
        }
        inner.extend(words.filter(|words| !words.is_empty()).map(Block::Paragraph));
        out.extend(inner);
    }

    fn code(&mut self, element: &Element, out: &mut Vec<Block>) {
        let inner = element.child("code").unwrap_or(element);
        let classes = inner.get("class").or_else(|| element.get("class")).unwrap_or("");
        let language = classes.split_ascii_whitespace().find_map(|class| {
            class
                .strip_prefix("language-")
                .or_else(|| class.strip_prefix("lang-"))
                .or_else(|| class.strip_prefix("sourceCode").filter(|_| false))
        });
        let text = element.words();
        if !text.trim().is_empty() {
            let text = text.trim_start_matches('\n').to_owned();
            out.push(Block::Code { language: language.unwrap_or("").to_owned(), text });
        }
    }
}

/// A paragraph, a scene break or a figure: whatever the words are.
fn push_paragraph(words: Vec<Inline>, out: &mut Vec<Block>, reader: &mut Reader<'_, '_>) {
    let words = tidy(words);
    if words.is_empty() {
        return;
    }
    let marks = |inline: &Inline| matches!(inline, Inline::PageMark(_) | Inline::Anchor(_));
    if words.iter().all(marks) {
        for inline in words {
            match inline {
                Inline::PageMark(label) => out.push(Block::PageMark(label)),
                Inline::Anchor(id) => reader.waiting.push(id),
                _ => {}
            }
        }
        return;
    }
    if let [Inline::Image { path, alt }] = words.as_slice() {
        let (path, alt) = (path.clone(), alt.clone());
        out.push(Block::Figure { path, alt, caption: Vec::new(), id: None });
        return;
    }
    if is_scene_break(&plain(&words)) {
        reader.book.leave_out("signs of scene breaks, which are made anew", plain(&words));
        reader.book.turn("lines of stars into scene breaks");
        out.push(Block::SceneBreak);
        return;
    }
    out.push(Block::Paragraph(words));
}

/// Whether letters or figures stand in an element.
fn has_words(element: &Element) -> bool {
    element.words().chars().any(char::is_alphanumeric)
}

/// Whether a paragraph below a block may go on with the sentence above it.
fn is_set_apart(block: &Block) -> bool {
    use Block::{Code, Figure, List, Quote, Table, Verse};
    match block {
        Quote(_) | Verse(_) | List { .. } | Table { .. } | Figure { .. } | Code { .. } => true,
        Block::Division { class, .. } => class == "letter",
        _ => false,
    }
}
