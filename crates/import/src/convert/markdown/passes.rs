//! The passes that a text goes through, in their order: each rewrites one kind of mark, and can be undone.

use super::chapter::Chapter;
use super::edits::{Edits, Log};
use super::links::{self, Places};
use super::{
    attribute_lines, callouts, chunks, definitions, exercises, fenced_boxes, figure_divisions, formats,
    headings, ids, implicit, includes, index_marks, kramdown_tables, labels, linked_notes, liquid,
    lone_marks, shortcodes, spans, table_cells, tags, tex_blocks, tex_chapter, tex_tables, tex_words,
    theorems, wikilinks,
};
use crate::convert::layout::Layout;
use std::collections::{BTreeMap, BTreeSet};

/// A text while it is rewritten, pass by pass.
pub(super) struct Passes {
    pub source: String,
    pub text: String,
    pub log: Log,
}

impl Passes {
    pub(super) fn of(source: String) -> Passes {
        Passes { text: source.clone(), source, log: Log::new() }
    }

    /// One pass; none when undoing it does not give back the text.
    fn run(&mut self, pass: impl FnOnce(&mut Edits<'_>)) -> Option<()> {
        let mut edits = Edits::of(&self.text);
        pass(&mut edits);
        self.text = edits.finish(&mut self.log)?;
        Some(())
    }

    /// Markdown of a chapter in TeX.
    pub(super) fn tex_chapter(&mut self) -> Option<()> {
        self.run(tex_chapter::tex_chapter)
    }

    /// What becomes of the marks of a text. `vault` is where links by name lead; with it are read what the references of
    /// the book name, and the title of the book.
    pub(super) fn marks(
        &mut self,
        chapter: &Chapter,
        layout: Layout,
        (referred, book, said): (&BTreeSet<String>, Option<&str>, &liquid::Said),
        vault: Option<(&Places<'_>, &wikilinks::Names<'_>)>,
    ) -> Option<()> {
        let has = |sign: &str| self.source.contains(sign);
        let (verbatim, linked, exercises) = (has("\\verb"), has("](#"), has("exercise"));
        let tags = has("{%") || has("{{");
        if verbatim {
            // each may hide the next, as what it holds looks like code
            self.run(tex_words::verbatim)?;
            self.run(tex_words::verbatim)?;
        }
        self.run(fenced_boxes::fenced_boxes)?;
        // one may stand in another
        self.run(fenced_boxes::fenced_boxes)?;
        self.run(formats::formats)?;
        self.run(definitions::definitions)?;
        self.run(theorems::theorems)?;
        self.run(figure_divisions::figure_divisions)?;
        self.run(|edits| chunks::chunks(edits, layout, referred))?;
        if let Some((places, names)) = vault {
            self.run(wikilinks::remarks)?;
            self.run(|edits| wikilinks::wikilinks(edits, places, names, (&chapter.path, &chapter.name)))?;
        }
        if linked {
            self.run(linked_notes::linked_notes)?;
        }
        if exercises {
            self.run(exercises::exercises)?;
        }
        if layout == Layout::Leanpub {
            self.run(lone_marks::markua_remarks)?;
            self.run(lone_marks::markua_formulas)?;
        }
        if layout == Layout::MdBook {
            self.run(includes::shown)?;
        }
        self.run(callouts::callouts)?;
        self.run(callouts::attributed)?;
        self.run(attribute_lines::attribute_lines)?;
        self.run(shortcodes::shortcodes)?;
        if tags {
            let names = liquid::Names { book, page: chapter.title.as_deref(), said };
            self.run(|edits| liquid::liquid(edits, &names))?;
        }
        self.run(lone_marks::printed_by_r)?;
        self.run(lone_marks::lone_marks)?;
        self.run(index_marks::index_marks)?;
        self.run(index_marks::markua_marks)?;
        self.tex_tags_and_tables(layout)?;
        let ranks = headings::Ranks {
            depth: chapter.depth,
            title: chapter.title.as_deref(),
            heads_itself: matches!(layout, Layout::MdBook | Layout::GitBook),
            one_title: headings::one_title(layout),
            is_part: chapter.is_part,
        };
        self.run(|edits| headings::headings(edits, &ranks))
    }

    /// What becomes of the commands of TeX in a text, its HTML, and the shapes of its tables.
    fn tex_tags_and_tables(&mut self, layout: Layout) -> Option<()> {
        let (tex, rows) = (self.source.contains('\\'), self.source.contains('|'));
        if tex {
            if matches!(
                layout,
                Layout::Pandoc | Layout::Quarto | Layout::Bookdown | Layout::Plain | Layout::File
            ) {
                self.run(lone_marks::held_spaces)?;
            }
            self.run(lone_marks::page_breaks)?;
            self.run(tex_blocks::tex_blocks)?;
            self.run(tex_tables::tex_tables)?;
            // a command may stand within another
            self.run(tex_words::tex_words)?;
            self.run(tex_words::tex_words)?;
        }
        if rows && layout == Layout::Site {
            self.run(kramdown_tables::kramdown_tables)?;
        }
        if matches!(layout, Layout::Softcover | Layout::Leanpub | Layout::Site) {
            self.run(tex_tables::without_head)?;
        }
        self.run(tags::tags)?;
        if rows {
            self.run(table_cells::table_cells)?;
        }
        Some(())
    }

    /// Where everything lies that a text names.
    pub(super) fn places(
        &mut self,
        chapter: &Chapter,
        places: &Places<'_>,
        headings: &implicit::Headings,
        (used, missing): (&mut BTreeMap<String, String>, &mut Vec<String>),
    ) -> Option<()> {
        let (path, name) = (&chapter.path, &chapter.name);
        self.run(|edits| links::references(edits, places, headings, name))?;
        self.run(labels::labels)?;
        self.run(|edits| links::targets(edits, places, (path, name), used, missing))?;
        self.run(links::attributes)?;
        self.run(spans::spans)?;
        self.run(links::heading_attributes)?;
        self.run(|edits| implicit::implicit(edits, headings, name))?;
        self.run(ids::twice)
    }
}
