//! The bounds: how much of anything a book may hold.
//!
//! A bound is a promise in two directions. What stays below it is made into every
//! edition, in seconds and in less than two gigabytes; what exceeds it is a finding
//! that says how much there is and how much there may be, and nothing is made. The
//! table is printed in the handbook and in docs/reference/bounds.md, and SECURITY.md
//! rests on it.

/// One bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// What is bounded, in the words of an author.
    pub of: &'static str,
    /// The most there may be.
    pub most: u64,
    /// What is counted.
    pub unit: &'static str,
    /// Why it is not more, or what happens beyond.
    pub why: &'static str,
}

impl Bound {
    /// The most there may be, as a number to compare lengths with.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "every bound of the table fits, also where a `usize` has 32 bits"
    )]
    pub const fn count(&self) -> usize {
        self.most as usize
    }

    /// Whether so many are too many.
    #[must_use]
    pub const fn is_exceeded_by(&self, found: usize) -> bool {
        found as u64 > self.most
    }

    /// The most there may be, for people.
    #[must_use]
    pub fn most_in_words(&self) -> String {
        self.in_words(self.most)
    }

    /// So many of its unit, for people: `64 MiB`, `1,000,000 blocks`.
    #[must_use]
    pub fn in_words(&self, count: u64) -> String {
        match self.unit {
            "bytes" if count >= 1 << 20 => format!("{} MiB", count.div_ceil(1 << 20)),
            "bytes" if count >= 1 << 10 => format!("{} KiB", count.div_ceil(1 << 10)),
            unit => format!("{} {unit}", grouped(count)),
        }
    }
}

/// A number with a comma after every three digits.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

macro_rules! bounds {
    ($($name:ident = $most:expr, $unit:literal, $of:literal, $why:literal;)*) => {
        $(#[doc = $of] pub const $name: Bound = Bound { of: $of, most: $most, unit: $unit, why: $why };)*
        /// Every bound, in the order of the way through the house.
        pub const TABLE: &[Bound] = &[$($name),*];
    };
}

bounds! {
    FILE = 64 << 20, "bytes", "a picture or font", "files are read whole";
    TEXT = 8 << 20, "bytes", "a text of the book", "the longest novels have three, and a tree of marks takes a hundred times its text";
    TEXTS = 24 << 20, "bytes", "all texts together", "four million words; a set of books is several books";
    TRANSCRIPTION = 24 << 20, "bytes", "a transcription to import", "it is held several times over while its pages are put together";
    ARCHIVE = 1 << 30, "bytes", "a Word file, an OpenDocument file or an EPUB to import, unpacked", "a few kilobytes may be packed that become gigabytes";
    SOURCE = 48 << 20, "bytes", "the texts of a Word file, an OpenDocument text, an EPUB or web pages to import", "they are held several times over";
    SOURCE_TAGS = 4_000_000, "tags", "tags in the texts of a Word file, an OpenDocument text, an EPUB or web pages", "each takes a hundred bytes and more as a tree";
    ARCHIVE_FILES = 20_000, "files", "files in a folder or an archive to import", "each is looked at";
    PDF_CONTENT = 512 << 20, "bytes", "what the pages and fonts of a PDF to import unpack to, repeats counted", "a few kilobytes may be packed that become gigabytes, and be painted on every page";
    PDF_STEPS = 10_000_000, "steps of painting", "what the pages of a PDF to import paint, repeats counted", "each is read, whether it has words or not";
    PDF_OBJECTS = 2_000_000, "objects", "objects in a PDF to import", "each takes some hundred bytes";
    SETTINGS = 1 << 20, "bytes", "`book.toml`, or a style", "nobody writes so many settings by hand";
    FIELD = 16 << 10, "bytes", "a title, a name or other words in `book.toml`", "title page, cover and catalogues show them whole";
    FILES = 20_000, "files", "texts in `[matter]`", "each is a file of the EPUB";
    NESTING = 60, "levels", "quotes, lists, divisions or marks in one another", "no page can show more, and every stage follows them by recursion";
    MARKS = 400_000, "marks", "marks of Markdown in a book: emphasis, code, brackets, tags, signs that a backslash protects", "each becomes kilobytes while editions are made";
    BLOCKS = 1_000_000, "blocks", "paragraphs, headings, list items and the like in a book", "each is laid out apart";
    SECTIONS = 20_000, "titles", "headings of the first rank in a book", "each is a file of the EPUB and begins a page";
    NOTES = 100_000, "notes", "notes in a book", "each stands on a page of its own choice, and takes ten kilobytes until it does";
    CELLS = 500_000, "cells", "cells in a table", "a table is measured as a whole";
    PARAGRAPH = 4 << 20, "bytes", "a paragraph, a heading, a cell, a listing", "a paragraph is broken as a whole";
    LANGUAGES = 1_000, "languages", "languages in a book", "each has its own type, with its own shaped words";
    WORD = 4096, "letters", "a word with syllables", "longer ones are broken at every eighth letter";
    ADDRESS = 16 << 10, "bytes", "the address of a link", "each page that its words run over carries it";
    TITLE = 2000, "bytes", "a title that prints other titles", "twice two titles, thirty times over, would be a thousand million";
    PICTURE = 120_000_000, "pixels", "a picture", "a page of A3 at 1,200 to the inch has fewer";
    PICTURE_SIDE = 65_535, "pixels a side", "the longer side of a picture", "a JPEG has no longer one, and a row is held several times over where it is made smaller";
    PICTURE_BYTES = 384 << 20, "bytes", "the colours of a picture, unpacked", "they are held several times over while it is packed; two thirds where something is clear";
    PICTURES = 3 << 30, "bytes", "the files of all pictures together", "they are held while editions are made";
    PICTURES_TIME = 60, "seconds", "the time that it takes to make pictures ready whose files hold little for their pixels, estimated from these", "a few kilobytes may unpack to a hundred million pixels; each megabyte of a file is given half a second that does not count, so that photographs are as many as a book wants";
    DRAWING = 16 << 20, "bytes", "an SVG drawing without the pictures in it", "its elements take twenty times their text";
    DRAWING_LEVELS = 100, "levels of elements in one another", "elements of a drawing in one another, followed through its references", "it is drawn by recursion";
    DRAWING_ELEMENTS = 100_000, "elements, repeats counted", "elements of a drawing, each as often as it is drawn", "`use`, markers, patterns and masks repeat theirs";
    DRAWING_REFERENCES = 20_000, "references, repeats counted", "references of a drawing to gradients, patterns, clips, masks, filters and elements", "each is compared with each";
    DRAWING_POINTS = 2_000_000, "numbers of paths, repeats counted", "numbers of a drawing's paths", "each becomes an edge, or many";
    DRAWING_LETTERS = 20_000, "letters, repeats counted", "letters of a drawing", "each becomes a path";
    DRAWING_SPANS = 5_000_000, "letters times spans", "letters times spans of the texts of a drawing", "each is held against each";
    DRAWING_RULES = 20_000_000, "rules of style sheets times elements", "rules times elements of a drawing", "each is held against each";
    DRAWING_PIXELS = 60_000_000, "pixels", "pictures in a drawing together", "they are decoded each time that it is drawn";
    DRAWING_SIDE = 1_000_000, "pixels a side", "the longer side of a drawing", "no page is a mile wide";
    DRAWING_REACH = 10_000_000, "pixels from end to end", "what a drawing reaches, on a page", "beyond, the program that draws it has no numbers";
    DRAWING_TIME = 6, "seconds", "the time that it takes to draw a drawing, estimated from its filters, patterns, masks, layers and paths", "it is drawn for each edition";
    DRAWING_MEMORY = 384 << 20, "bytes", "the memory that it takes to draw a drawing", "editions are drawn side by side";
    DRAWINGS_TIME = 30, "seconds", "the time that it takes to draw all drawings of a book", "a build takes seconds";
    PAGES = 50_000, "pages", "pages of an edition", "no binder, shop or reader takes more";
    FINDINGS = 1_000, "findings", "findings of one kind that are told of one by one", "further ones are counted";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_said_for_people() {
        assert_eq!(FILE.most_in_words(), "64 MiB");
        assert_eq!(BLOCKS.most_in_words(), "1,000,000 blocks");
        assert_eq!(PARAGRAPH.in_words(5000), "5 KiB");
        assert_eq!(NESTING.in_words(7), "7 levels");
        assert!(NOTES.is_exceeded_by(100_001) && !NOTES.is_exceeded_by(100_000));
    }
}
