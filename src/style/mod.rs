//! The style of a book: every key that an author may set, with its meaning.
//!
//! One table makes the types, their defaults, the reader and the manual's
//! list of keys, so that none of them can disagree.

mod value;

pub use value::{Paper, Percent, Setting, Value};

use crate::length::{Abs, Em, Length, Size};

/// A key of the style, for the manual and the schema.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table: `page`, `notes.editor`.
    pub table: &'static str,
    /// The key in it.
    pub name: &'static str,
    /// What it wants, in the author's words.
    pub wanted: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Why a key could not be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such key.
    Unknown,
    /// The value is not of the kind wanted; in the author's words.
    Invalid(String),
}

macro_rules! choices {
    ($(#[doc = $doc:literal] $name:ident { $($variant:ident $word:literal $meaning:literal)* })*) => {
        $(
            #[doc = $doc]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $name { $(#[doc = $meaning] $variant,)* }

            impl Setting for $name {
                const WANTED: &'static str = concat!("one of" $(, " \"", $word, "\"")*);
                fn read(value: &Value) -> Result<$name, String> {
                    match value {
                        $(Value::Text(text) if text == $word => Ok($name::$variant),)*
                        _ => Err(format!("this key wants {}", Self::WANTED)),
                    }
                }
            }
        )*
    };
}

macro_rules! style {
    ($(#[doc = $table_doc:literal] $field:ident $table:literal $type:ident {
        $(#[doc = $doc:literal] $key:ident $name:literal: $kind:ty = $default:expr;)*
    })*) => {
        /// Everything that may be set about the look of a book.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Style { $(#[doc = $table_doc] pub $field: $type,)* }

        $(
            #[doc = $table_doc]
            #[derive(Clone, Debug, PartialEq)]
            pub struct $type { $(#[doc = $doc] pub $key: $kind,)* }

            impl Default for $type {
                fn default() -> $type { $type { $($key: $default,)* } }
            }
        )*

        /// Every key, in the order of the manual.
        pub const KEYS: &[Key] = &[
            $($(Key { table: $table, name: $name, wanted: <$kind as Setting>::WANTED, meaning: $doc },)*)*
        ];

        impl Style {
            /// Sets the key `name` of `table`.
            ///
            /// # Errors
            /// The [`Refusal`] says whether the key is unknown or the value wrong.
            pub fn set(&mut self, table: &str, name: &str, value: &Value) -> Result<(), Refusal> {
                match (table, name) {
                    $($(($table, $name) => {
                        self.$field.$key = <$kind as Setting>::read(value).map_err(Refusal::Invalid)?;
                    })*)*
                    _ => return Err(Refusal::Unknown),
                }
                Ok(())
            }
        }
    };
}

choices! {
    /// Where a text begins.
    Opening { Any "any" "On the next page." Recto "recto" "On the next right-hand page." Verso "verso" "On the next left-hand page." }
    /// Whose page breaks are kept.
    PageBreaks { Flow "flow" "Our own." Source "source" "Those of the older edition." }
    /// Which figures numbers are set in.
    Figures { OldStyle "oldstyle" "With ascenders and descenders." Lining "lining" "As tall as capitals." }
    /// Where notes stand.
    NotePlace { Foot "foot" "At the foot of the page." Text "text" "At the end of each text." Book "book" "On the notes pages at the end of the book." }
    /// When note numbers begin anew.
    Numbering { Book "book" "Never." Text "text" "In each text." Page "page" "On each page." }
    /// How notes are marked.
    Marks { Arabic "arabic" "1, 2, 3." LowerAlpha "lower-alpha" "a, b, c." LowerRoman "lower-roman" "i, ii, iii." Symbols "symbols" "*, †, ‡." }
    /// How lines stand that are not justified.
    Alignment { Left "left" "Flush left." Centre "centre" "Centred." Right "right" "Flush right." Outside "outside" "Towards the fore-edge." }
    /// In which letters words are set.
    Case { Roman "roman" "As written." Italic "italic" "In italics." SmallCaps "small-caps" "In small capitals." Capitals "capitals" "In capitals, letterspaced." Bold "bold" "In bold." }
    /// What a running head says.
    HeadText { Title "title" "The book's title." Author "author" "The first author's name." Section "section" "The text's title." None "none" "Nothing." }
    /// Where the folio stands.
    FolioPlace { Foot "foot" "Below the text." Head "head" "In the line of the running head." None "none" "Nowhere." }
    /// How the marker of a list item stands.
    Markers { Hanging "hanging" "In the indent, left of the item's lines." Indented "indented" "In the first line, as a paragraph's indent." }
    /// Where a table has rules.
    Rules { Open "open" "Above, below and under the head." None "none" "Nowhere." }
}

style! {
    /// The page.
    page "page" PageStyle {
        /// Size of the trimmed page.
        trim "trim": Size = Size::new(Abs::inches(5.5), Abs::inches(8.5));
        /// Width of the text block.
        measure "measure": Length = Length::Abs(Abs::pt(258.0));
        /// Lines of text on a full page.
        lines "lines": u32 = 37;
        /// Margin at the spine; unset, two fifths of what the measure leaves.
        inside "inside": Option<Length> = None;
        /// Margin above the first line.
        top "top": Length = Length::Abs(Abs::inches(0.65));
        /// Where a text begins.
        opening "opening": Opening = Opening::Any;
        /// Whose page breaks are kept.
        breaks "pages": PageBreaks = PageBreaks::Flow;
        /// Number of the first page of the body.
        first "first": u32 = 1;
        /// Print the older edition's page numbers in the margin.
        source_numbers "source-numbers": bool = false;
    }
    /// The running text.
    text "text" TextStyle {
        /// Family of the text face.
        font "font": String = "Libertinus Serif".to_owned();
        /// Families to look in, in order, for characters that the text face lacks.
        fallback "fallback": Vec<String> = Vec::new();
        /// Family of sans-serif type.
        sans "sans": String = "Libertinus Sans".to_owned();
        /// Family of fixed-width type.
        mono "mono": String = "Source Code Pro".to_owned();
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(11.0));
        /// Distance from baseline to baseline.
        leading "leading": Length = Length::Abs(Abs::pt(14.0));
        /// Indent of a paragraph's first line.
        indent "indent": Length = Length::Em(Em::new(1.5));
        /// Figures of the running text.
        figures "figures": Figures = Figures::OldStyle;
        /// Whether words may be hyphenated.
        hyphenate "hyphenate": bool = true;
        /// Words with their only hyphenation points: `"mani-fest"`; none: `"manifest"`.
        exceptions "exceptions": Vec<String> = Vec::new();
        /// Limit of font expansion; 0 turns it off.
        expansion "expansion": Percent = Percent(0.02);
        /// Limit of tracking; 0 turns it off.
        tracking "tracking": Em = Em::new(0.005);
        /// Whether punctuation hangs into the margins.
        protrusion "protrusion": bool = true;
    }
    /// The author's notes.
    notes "notes" NoteStyle {
        /// Where they stand.
        place "place": NotePlace = NotePlace::Foot;
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(9.0));
        /// Distance from baseline to baseline.
        leading "leading": Length = Length::Abs(Abs::pt(11.5));
        /// When numbers begin anew.
        numbering "numbering": Numbering = Numbering::Book;
        /// How they are marked.
        marks "marks": Marks = Marks::Arabic;
    }
    /// The editor's notes.
    editor_notes "notes.editor" EditorNoteStyle {
        /// Where they stand.
        place "place": NotePlace = NotePlace::Book;
        /// When marks begin anew.
        numbering "numbering": Numbering = Numbering::Book;
        /// How they are marked.
        marks "marks": Marks = Marks::LowerAlpha;
    }
    /// Headings.
    heading "heading" HeadingStyle {
        /// Size of a text's title.
        title_size "title-size": Length = Length::Abs(Abs::pt(17.0));
        /// Letters of a text's title.
        title_case "title-case": Case = Case::Roman;
        /// Alignment of a text's title.
        title_align "title-align": Alignment = Alignment::Centre;
        /// Lines left empty above a text's title.
        sinkage "sinkage": u32 = 3;
        /// Size of headings of the second rank.
        size "size": Length = Length::Abs(Abs::pt(12.0));
        /// Letters of headings of the second rank.
        case "case": Case = Case::SmallCaps;
        /// Alignment of headings below the title.
        align "align": Alignment = Alignment::Centre;
        /// Lines of a text's opening initial; 0 for none.
        drop_cap "drop-cap": u32 = 0;
        /// Whether the first words of a text stand in small capitals.
        lead_in "lead-in": bool = false;
    }
    /// Passages from elsewhere.
    quote "quote" QuoteStyle {
        /// Indent on the left.
        left "left": Length = Length::Em(Em::new(1.5));
        /// Indent on the right.
        right "right": Length = Length::Em(Em::new(1.5));
        /// Type size.
        size "size": Length = Length::Em(Em::new(1.0));
        /// Letters.
        case "case": Case = Case::Roman;
    }
    /// Verse.
    verse "verse" VerseStyle {
        /// Indent on the left.
        left "left": Length = Length::Em(Em::new(2.0));
        /// Further indent of a line's continuation.
        turnover "turnover": Length = Length::Em(Em::new(2.0));
        /// Type size.
        size "size": Length = Length::Em(Em::new(1.0));
    }
    /// Lists.
    list "list" ListStyle {
        /// Indent of an item's lines.
        indent "indent": Length = Length::Em(Em::new(1.5));
        /// How markers stand.
        markers "markers": Markers = Markers::Hanging;
        /// What marks an item that has no number.
        bullet "bullet": String = "•".to_owned();
    }
    /// Tables.
    table "table" TableStyle {
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(9.5));
        /// Where rules stand.
        rules "rules": Rules = Rules::Open;
    }
    /// Figures.
    figure "figure" FigureStyle {
        /// Type size of captions.
        caption_size "caption-size": Length = Length::Abs(Abs::pt(9.0));
        /// Letters of captions.
        caption_case "caption-case": Case = Case::Italic;
        /// Whether the print edition has pictures in four inks; else they are grey.
        colour "colour": bool = false;
    }
    /// The contents list.
    contents "contents" ContentsStyle {
        /// Ranks of heading that it lists.
        depth "depth": u32 = 1;
        /// Whether dots lead to the page number.
        leaders "leaders": bool = true;
        /// Letters of the entries.
        case "case": Case = Case::Roman;
    }
    /// Running heads.
    running_head "running-head" RunningHeadStyle {
        /// What left-hand pages say.
        verso "verso": HeadText = HeadText::Title;
        /// What right-hand pages say.
        recto "recto": HeadText = HeadText::Section;
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(9.0));
        /// Letters.
        case "case": Case = Case::SmallCaps;
    }
    /// Folios.
    folio "folio" FolioStyle {
        /// Where they stand.
        place "place": FolioPlace = FolioPlace::Foot;
        /// Alignment.
        align "align": Alignment = Alignment::Centre;
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(10.0));
    }
    /// The title page.
    title_page "title-page" TitlePageStyle {
        /// Size of the title.
        size "size": Length = Length::Abs(Abs::pt(26.0));
        /// Letters of the title.
        case "case": Case = Case::Roman;
    }
    /// The cover.
    cover "cover" CoverStyle {
        /// Name of the template in covers/, or the path of a picture.
        front "front": String = "pamphlet".to_owned();
        /// Paper by the printer's own name, for the spine; unset, the usual one.
        paper "paper": Option<String> = None;
        /// Main colour, as `#rrggbb`; unset, the template's own.
        colour "colour": Option<String> = None;
    }
    /// The booklet.
    booklet "booklet" BookletStyle {
        /// Paper as it lies in the printer; unset, Letter where that is used, else A4.
        sheet "sheet": Option<Paper> = None;
        /// Thickness of one sheet, for the creep.
        paper "paper": Length = Length::Abs(Abs::mm(0.1));
        /// Pages of a section, such as 16 or 32; 0 folds all into one, up to a hundred pages.
        sections "sections": u32 = 0;
        /// Whether the cover is folded around the sheets.
        cover "cover": bool = false;
        /// Whether there are marks for cutting and folding.
        marks "marks": bool = true;
    }
    /// The EPUB.
    epub "epub" EpubStyle {
        /// A file of CSS that is added to the generated style sheet.
        css "css": Option<String> = None;
        /// Whether the text faces are embedded.
        fonts "fonts": bool = true;
        /// Whether embedded faces are obfuscated, as licences of some faces want it.
        obfuscate "obfuscate": bool = false;
        /// Whether a note that says "ibid." can show, when asked, what the note before it cites.
        expand_ibid "expand-ibid": bool = false;
        /// Whether dashes, initials and numbers of pages are kept with the word before them.
        joiners "joiners": bool = true;
    }
}

impl Style {
    /// The measure in points.
    #[must_use]
    pub fn measure(&self) -> Abs {
        self.page.measure.at(self.size())
    }

    /// The size of the running text in points.
    #[must_use]
    pub fn size(&self) -> Abs {
        self.text.size.at(Abs::pt(11.0))
    }

    /// The leading of the running text in points: the baseline grid.
    #[must_use]
    pub fn leading(&self) -> Abs {
        self.text.leading.at(self.size())
    }

    /// The margin at the spine in points; two fifths of what the measure
    /// leaves unless the style says otherwise.
    #[must_use]
    pub fn inside(&self) -> Abs {
        let spare = self.page.trim.width - self.measure();
        self.page.inside.map_or(spare * 2 / 5, |inside| inside.at(self.size()))
    }

    /// Keeps the proportions of a style's page on a trim that the book has put
    /// in place of its own: measure, lines and margins grow and shrink with the
    /// paper, but for those keys of the page that the book has `said`. The inner
    /// margin is left alone as well when the book says the measure.
    pub fn follow_trim(&mut self, named: &PageStyle, said: impl Fn(&str) -> bool) {
        if self.page.trim == named.trim {
            return;
        }
        let (size, leading) = (self.size(), self.leading());
        if !said("measure") {
            let own = named.measure.at(size);
            let measure = scaled(own, self.page.trim.width, named.trim.width);
            self.page.measure = Length::Abs(measure.min(own.max(Em::new(LONGEST).at(size))));
            if let Some(inside) = named.inside.filter(|_| !said("inside")) {
                let spare = self.page.trim.width - self.measure();
                self.page.inside = Some(Length::Abs(scaled(inside.at(size), spare, named.trim.width - own)));
            }
        }
        if !said("lines") {
            let block = leading * i64::from(named.lines);
            let room = self.page.trim.height - (named.trim.height - block);
            let block = scaled(block, self.page.trim.height, named.trim.height).min(room);
            self.page.lines = block.ratio(leading).clamp(1.0, f64::from(u16::MAX)) as u32;
        }
        if !said("top") {
            let own = named.top.at(size);
            self.page.top = Length::Abs(scaled(own, self.page.trim.height, named.trim.height).max(own));
        }
    }
}

/// The longest line, in ems of the text, that a larger page gets by itself:
/// some seventy characters, beyond which the eye misses the next line.
const LONGEST: f64 = 30.0;

/// A length in proportion; as it is when there is nothing to go by.
fn scaled(length: Abs, new: Abs, old: Abs) -> Abs {
    if old > Abs::ZERO && new > Abs::ZERO { length.scale(new.ratio(old)) } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_set_by_name() {
        let mut style = Style::default();
        assert_eq!(style.set("page", "lines", &Value::Integer(36)), Ok(()));
        assert_eq!(style.set("text", "expansion", &Value::Text("1%".into())), Ok(()));
        assert_eq!((style.page.lines, style.text.expansion), (36, Percent(0.01)));
        assert_eq!(style.set("page", "lined", &Value::Integer(36)), Err(Refusal::Unknown));
        assert!(matches!(style.set("notes", "place", &Value::Integer(1)), Err(Refusal::Invalid(_))));
    }

    #[test]
    fn every_key_has_a_meaning() {
        assert!(KEYS.iter().all(|key| !key.meaning.is_empty() && !key.wanted.is_empty()));
    }
}
