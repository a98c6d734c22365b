//! The style that an imported book is built in at first, by the tool that it comes from and by what its texts hold.

use crate::book::{Block, BlockKind, Book};

/// A style, and why it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub name: &'static str,
    pub why: &'static str,
}

/// The style of a manual: what engineers' tools make books of.
pub(super) const MANUAL: Choice = Choice { name: "textbook", why: "manuals are written with that tool" };

impl Choice {
    /// What was chosen, for people.
    pub(super) fn told(self) -> String {
        let Choice { name, why } = self;
        format!(
            "  set in the style {name}, since {why}; `pamphleteer styles` shows the others, `[style] name` chooses one\n"
        )
    }
}

/// How many blocks of a kind the texts hold.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    paragraphs: usize,
    stanzas: usize,
    code: usize,
    tables: usize,
    sections: usize,
}

/// A book with more paragraphs to each of its tables is one of prose.
const PROSE_TO_A_TABLE: usize = 30;

/// The style that fits what the texts of a book hold: code and tables, verse, prose in chapters, or prose with sections
/// and notes.
pub(super) fn of(book: &Book) -> Choice {
    let mut counts = Counts::default();
    for body in book.sections.iter().filter_map(|section| section.body()) {
        counts.add(&body.blocks);
    }
    let Counts { paragraphs, stanzas, code, tables, sections } = counts;
    let (name, why) = if code > 0 || tables > 2 && tables * PROSE_TO_A_TABLE > paragraphs {
        ("textbook", "it holds code or tables")
    } else if stanzas > paragraphs {
        ("poetry", "most of it is verse")
    } else if sections == 0 && book.notes.is_empty() {
        ("novel", "it is prose in chapters, without sections and notes")
    } else {
        ("pamphlet", "it is prose with sections or notes")
    };
    Choice { name, why }
}

impl Counts {
    fn add(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.sections += usize::from(heading.level > 1),
                BlockKind::Para(_) => self.paragraphs += 1,
                BlockKind::Verse(verse) => self.stanzas += verse.stanzas.len(),
                BlockKind::Code { .. } => self.code += 1,
                BlockKind::Table(_) => self.tables += 1,
                BlockKind::Quote(inner) | BlockKind::Div(_, _, inner) => self.add(inner),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.add(&item.blocks)),
                _ => {}
            }
        }
    }
}
