//! The style of a book: every key that an author may set, with its meaning.
//!
//! One table makes the types, their defaults, the reader and the manual's
//! list of keys, so that none of them can disagree.

mod fit;
mod follow;
mod value;

pub use fit::{Fault, Own, characters, fault_of};
pub use value::{Bounds, Kind, Paper, Percent, Setting, Value};

use crate::length::{Abs, Em, Length, Size};
use value::bounded;

/// A key of the style, for the manual and the schema.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table: `page`, `notes.editor`.
    pub table: &'static str,
    /// The key in it.
    pub name: &'static str,
    /// What it wants, in the author's words.
    pub wanted: &'static str,
    /// The kind of value.
    pub kind: Kind,
    /// The words that it may have, when it is a choice.
    pub words: &'static [&'static str],
    /// What each of the words means.
    pub meanings: &'static [&'static str],
    /// The least and the most that it may be.
    pub bounds: Option<Bounds>,
    /// What it is when nobody says, as book.toml would write it; `None` when it is unset.
    pub default: fn() -> Option<String>,
    /// A value that shows its form, as book.toml would write it; none where the default does.
    example: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
    /// What its table is about.
    pub about: &'static str,
}

impl Key {
    /// The key with its table: `text.size`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}.{}", self.table, self.name)
    }

    /// A value that may be set, as book.toml would write it: for a choice or a
    /// flag another one than the default.
    #[must_use]
    pub fn example(&self) -> String {
        let default = (self.default)().unwrap_or_default();
        let others = || self.words.iter().map(|word| format!("\"{word}\"")).find(|word| *word != default);
        match (self.example, self.kind) {
            (Some(example), _) => example.to_owned(),
            (None, Kind::Flag) => (default != "true").to_string(),
            (None, Kind::Choice) => others().unwrap_or(default),
            (None, _) => default,
        }
    }

    /// The key of that table and name.
    #[must_use]
    pub fn find(table: &str, name: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.table == table && key.name == name)
    }
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
                const KIND: Kind = Kind::Choice;
                const WORDS: &'static [&'static str] = &[$($word),*];
                const MEANINGS: &'static [&'static str] = &[$($meaning),*];
                fn read(value: &Value) -> Result<$name, String> {
                    match value {
                        $(Value::Text(text) if text == $word => Ok($name::$variant),)*
                        _ => Err(value::refuse::<$name>(value)),
                    }
                }
                fn written(&self) -> Option<String> {
                    Some(match self { $($name::$variant => concat!("\"", $word, "\"").to_owned(),)* })
                }
            }
        )*
    };
}

/// The example in a line of the table below, if it has one.
macro_rules! example {
    () => {
        None
    };
    ($example:literal) => {
        Some($example)
    };
}

/// The bounds in a line of the table below, if it has any.
macro_rules! bounds {
    () => {
        None
    };
    ($least:literal $most:literal) => {
        Some(Bounds { least: stringify!($least), most: stringify!($most) })
    };
}

macro_rules! style {
    ($(#[doc = $table_doc:literal] $field:ident $table:literal $type:ident {
        $(#[doc = $doc:literal] $key:ident $name:literal: $kind:ty = $default:expr $(, $least:literal to $most:literal)?
            $(, such as $example:literal)?;)*
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
            $($(Key {
                table: $table,
                name: $name,
                wanted: <$kind as Setting>::WANTED,
                kind: <$kind as Setting>::KIND,
                words: <$kind as Setting>::WORDS,
                meanings: <$kind as Setting>::MEANINGS,
                bounds: bounds!($($least $most)?),
                default: || <$kind as Setting>::written(&$type::default().$key),
                example: example!($($example)?),
                meaning: $doc,
                about: $table_doc,
            },)*)*
        ];

        impl Style {
            /// Sets the key `name` of `table`.
            ///
            /// # Errors
            /// The [`Refusal`] says whether the key is unknown or the value wrong.
            pub fn set(&mut self, table: &str, name: &str, value: &Value) -> Result<(), Refusal> {
                match (table, name) {
                    $($(($table, $name) => {
                        let bounds: Option<Bounds> = bounds!($($least $most)?);
                        self.$field.$key = bounded::<$kind>(value, bounds).map_err(Refusal::Invalid)?;
                    })*)*
                    _ => return Err(Refusal::Unknown),
                }
                Ok(())
            }

            /// What the key `name` of `table` is, as book.toml would write it;
            /// `None` when it is unset, or there is none of that name.
            #[must_use]
            pub fn written(&self, table: &str, name: &str) -> Option<String> {
                match (table, name) {
                    $($(($table, $name) => self.$field.$key.written(),)*)*
                    _ => None,
                }
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
    Case { Roman "roman" "As written." Italic "italic" "In italics." SmallCaps "small-caps" "In small capitals." Capitals "capitals" "In capitals, letterspaced." Bold "bold" "In bold." BoldItalic "bold-italic" "In bold italics." BoldCapitals "bold-capitals" "In bold capitals, letterspaced." }
    /// How the lines of running text end.
    Lines { Justified "justified" "At the margin." Left "left" "Where they end: ragged right." }
    /// What parts one paragraph from the next.
    Paragraphs { Indented "indented" "The indent of the first line." Spaced "spaced" "An empty line, and no indent." }
    /// Where rules stand beside a title.
    TitleRules { None "none" "Nowhere." Above "above" "Above it." Below "below" "Below it." Both "both" "Above and below." }
    /// How the number of a chapter or a part stands that its title begins with.
    TitleNumber { Typed "typed" "As typed, in the title." Figure "figure" "Above the title: 3." Roman "roman" "Above the title: III." Word "word" "Above the title: Three." ChapterFigure "chapter-figure" "Above the title: Chapter 3." ChapterRoman "chapter-roman" "Above the title: Chapter III." ChapterWord "chapter-word" "Above the title: Chapter Three." }
    /// What stands on both sides of a folio.
    FolioFrame { None "none" "Nothing." Dashes "dashes" "A dash on each side." Brackets "brackets" "Square brackets." }
    /// How title page and half-title are laid out.
    TitleDesign { Classic "classic" "Centred, the author above the title." Modern "modern" "Flush left under a heavy rule." Framed "framed" "Centred in a double frame." Ruled "ruled" "Centred, the title between rules." Low "low" "Centred, title above and author in the middle of the page." }
    /// How a box for the reader is marked off.
    BoxDesign { Indented "indented" "By indents." Ruled "ruled" "By a rule above and below." Headed "headed" "By a heavy rule above." }
    /// What a running head says.
    HeadText { Title "title" "The book's title." Author "author" "The first author's name." Section "section" "The text's title." None "none" "Nothing." }
    /// Where the folio stands.
    FolioPlace { Foot "foot" "Below the text." Head "head" "In the line of the running head." None "none" "Nowhere." }
    /// How the marker of a list item stands.
    Markers { Hanging "hanging" "In the indent, left of the item's lines." Indented "indented" "In the first line, as a paragraph's indent." }
    /// Where a figure stands.
    Place { Float "float" "At its place, or at the head of the next page when it doesn't fit there." Here "here" "At its place, whatever white that leaves." }
    /// Where a table has rules.
    Rules { Open "open" "Above, below and under the head." None "none" "Nowhere." }
}

style! {
    /// The page.
    page "page" PageStyle {
        /// Size of the trimmed page.
        trim "trim": Size = Size::new(Abs::inches(5.5), Abs::inches(8.5)), "2in x 2in" to "24in x 24in", such as "\"A5\"";
        /// Width of the text block.
        measure "measure": Length = Length::Abs(Abs::pt(258.0)), "1in" to "22in", such as "\"104mm\"";
        /// Lines of text on a full page.
        lines "lines": u32 = 37, 4 to 400, such as "34";
        /// Margin at the spine; unset, two fifths of what the measure leaves.
        inside "inside": Option<Length> = None, 0 to "10in", such as "\"0.8in\"";
        /// Margin above the first line.
        top "top": Length = Length::Abs(Abs::inches(0.65)), "0.1in" to "20in", such as "\"20mm\"";
        /// Where a text begins.
        opening "opening": Opening = Opening::Any;
        /// Whose page breaks are kept.
        breaks "pages": PageBreaks = PageBreaks::Flow;
        /// Number of the first page of the body.
        first "first": u32 = 1, 0 to 10000;
        /// Print the older edition's page numbers in the margin.
        source_numbers "source-numbers": bool = false;
    }
    /// The running text.
    text "text" TextStyle {
        /// Family of the text face.
        font "font": String = "Libertinus Serif".to_owned(), such as "\"Crimson Pro\"";
        /// Families to look in, in order, for characters that the text face lacks.
        fallback "fallback": Vec<String> = Vec::new(), such as "[\"Noto Serif CJK JP\"]";
        /// Whether fonts that are installed on this machine may be used: for families that are neither the book's nor the tool's, and for characters that no family named here has. The book then depends on the machine.
        system_fonts "system-fonts": bool = false;
        /// Family of sans-serif type.
        sans "sans": String = "Libertinus Sans".to_owned(), such as "\"Source Sans 3\"";
        /// Family of fixed-width type.
        mono "mono": String = "Source Code Pro".to_owned(), such as "\"JetBrains Mono\"";
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(11.0)), "4pt" to "72pt", such as "\"10.5pt\"";
        /// Distance from baseline to baseline.
        leading "leading": Length = Length::Abs(Abs::pt(14.0)), "4pt" to "144pt";
        /// No words are smaller than this, whatever other keys say; raised and lowered signs are.
        least "least": Length = Length::Abs(Abs::ZERO), 0 to "36pt", such as "\"16pt\"";
        /// How lines end.
        align "align": Lines = Lines::Justified;
        /// What parts paragraphs.
        paragraphs "paragraphs": Paragraphs = Paragraphs::Indented;
        /// Indent of a paragraph's first line.
        indent "indent": Length = Length::Em(Em::new(1.5)), 0 to "3in";
        /// Figures of the running text.
        figures "figures": Figures = Figures::OldStyle;
        /// Whether words may be hyphenated.
        hyphenate "hyphenate": bool = true;
        /// Words with their only hyphenation points: `"mani-fest"`; none: `"manifest"`.
        exceptions "exceptions": Vec<String> = Vec::new(), such as "[\"mani-fest\", \"pamphlet\"]";
        /// Limit of font expansion; 0 turns it off.
        expansion "expansion": Percent = Percent(0.02), "0%" to "10%", such as "\"1%\"";
        /// Limit of tracking; 0 turns it off.
        tracking "tracking": Em = Em::new(0.005), 0 to "0.1em", such as "\"0.01em\"";
        /// Whether punctuation hangs into the margins.
        protrusion "protrusion": bool = true;
    }
    /// The author's notes.
    notes "notes" NoteStyle {
        /// Where they stand.
        place "place": NotePlace = NotePlace::Foot;
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(9.0)), "3pt" to "36pt";
        /// Distance from baseline to baseline.
        leading "leading": Length = Length::Abs(Abs::pt(11.5)), "3pt" to "72pt";
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
        /// Family of titles and headings; unset, that of the text.
        font "font": Option<String> = None, such as "\"Libertinus Sans\"";
        /// Size of a text's title.
        title_size "title-size": Length = Length::Abs(Abs::pt(17.0)), "6pt" to "144pt";
        /// Letters of a text's title.
        title_case "title-case": Case = Case::Roman;
        /// Alignment of a text's title.
        title_align "title-align": Alignment = Alignment::Centre;
        /// How the number stands that titles begin with, as in `# I: The Storm` or `# Chapter 3. The Storm`, when those of the book follow one another.
        number "number": TitleNumber = TitleNumber::Typed;
        /// Size of a number above the title.
        number_size "number-size": Length = Length::Abs(Abs::pt(12.0)), "5pt" to "144pt";
        /// Letters of a number above the title.
        number_case "number-case": Case = Case::SmallCaps;
        /// Lines left empty above a text's title.
        sinkage "sinkage": u32 = 3, 0 to 60, such as "6";
        /// Lines left empty below a text's title; unset, as many as `sinkage`, two at most.
        title_space "title-space": Option<u32> = None, 0 to 20, such as "3";
        /// Where rules stand beside a text's title.
        title_rules "title-rules": TitleRules = TitleRules::None;
        /// A sign below a text's title, such as `"❧"`; none when empty.
        ornament "ornament": String = String::new(), such as "\"❦\"";
        /// Size of headings of the second rank.
        size "size": Length = Length::Abs(Abs::pt(12.0)), "5pt" to "72pt";
        /// Letters of headings of the second rank.
        case "case": Case = Case::SmallCaps;
        /// Letters of headings of the third rank.
        minor_case "minor-case": Case = Case::Italic;
        /// Alignment of headings below the title.
        align "align": Alignment = Alignment::Centre;
        /// Lines left empty above a heading of the second rank.
        above "above": u32 = 2, 1 to 8;
        /// Lines left empty below it.
        below "below": u32 = 1, 0 to 4;
        /// Lines of a text's opening initial; 0 for none.
        drop_cap "drop-cap": u32 = 0, 0 to 12, such as "2";
        /// Whether the first words of a text stand in small capitals.
        lead_in "lead-in": bool = false;
    }
    /// The break between two scenes.
    scene_break "scene-break" SceneBreakStyle {
        /// What marks it: words or signs, such as `"* * *"` or `"❦"`; an empty line when it is empty.
        mark "mark": String = "*\u{2003}*\u{2003}*".to_owned();
        /// Type size of the mark.
        size "size": Length = Length::Em(Em::new(1.0)), "3pt" to "48pt";
        /// Alignment of the mark.
        align "align": Alignment = Alignment::Centre;
    }
    /// Rules: thin lines beside titles, running heads and boxes.
    rule "rule" RuleStyle {
        /// How thick they are; printers such as KDP want 0.75 pt at least.
        weight "weight": Length = Length::Abs(Abs::pt(0.75)), "0.25pt" to "6pt";
    }
    /// Boxes: notes to the reader.
    boxed "box" BoxStyle {
        /// How it is marked off.
        design "design": BoxDesign = BoxDesign::Indented;
        /// Family of its text; unset, that of the text.
        font "font": Option<String> = None, such as "\"Libertinus Sans\"";
    }
    /// Passages from elsewhere.
    quote "quote" QuoteStyle {
        /// Indent on the left.
        left "left": Length = Length::Em(Em::new(1.5)), 0 to "4in";
        /// Indent on the right.
        right "right": Length = Length::Em(Em::new(1.5)), 0 to "4in";
        /// Type size.
        size "size": Length = Length::Em(Em::new(1.0)), "3pt" to "72pt";
        /// Letters.
        case "case": Case = Case::Roman;
    }
    /// Verse.
    verse "verse" VerseStyle {
        /// Indent on the left.
        left "left": Length = Length::Em(Em::new(2.0)), 0 to "4in";
        /// Further indent of a line's continuation.
        turnover "turnover": Length = Length::Em(Em::new(2.0)), 0 to "3in";
        /// Type size.
        size "size": Length = Length::Em(Em::new(1.0)), "3pt" to "72pt";
    }
    /// Lists.
    list "list" ListStyle {
        /// Indent of an item's lines.
        indent "indent": Length = Length::Em(Em::new(1.5)), 0 to "3in";
        /// How markers stand.
        markers "markers": Markers = Markers::Hanging;
        /// What marks an item that has no number.
        bullet "bullet": String = "•".to_owned(), such as "\"–\"";
    }
    /// Tables.
    table "table" TableStyle {
        /// Family; unset, that of the text.
        font "font": Option<String> = None, such as "\"Libertinus Sans\"";
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(9.5)), "3pt" to "36pt";
        /// Where rules stand.
        rules "rules": Rules = Rules::Open;
        /// Letters of the head.
        head_case "head-case": Case = Case::Italic;
    }
    /// Figures.
    figure "figure" FigureStyle {
        /// Where they stand; `{.here}` behind a picture says it for one.
        place "place": Place = Place::Float;
        /// Family of captions; unset, that of the text.
        caption_font "caption-font": Option<String> = None, such as "\"Libertinus Sans\"";
        /// Alignment of captions.
        caption_align "caption-align": Alignment = Alignment::Centre;
        /// Type size of captions.
        caption_size "caption-size": Length = Length::Abs(Abs::pt(9.0)), "3pt" to "36pt";
        /// Letters of captions.
        caption_case "caption-case": Case = Case::Italic;
        /// Whether the print edition has pictures in four inks; else they are grey.
        colour "colour": bool = false;
    }
    /// The contents list.
    contents "contents" ContentsStyle {
        /// Ranks of heading that it lists.
        depth "depth": u32 = 1, 0 to 6, such as "2";
        /// Whether dots lead to the page number.
        leaders "leaders": bool = true;
        /// Letters of the entries.
        case "case": Case = Case::Roman;
        /// Letters of the titles of texts, where headings below them are listed as well; unset, those of the entries.
        title_case "title-case": Option<Case> = None, such as "\"bold\"";
        /// Letters of the titles of parts; unset, those of the entries.
        part_case "part-case": Option<Case> = None, such as "\"small-caps\"";
    }
    /// Running heads.
    running_head "running-head" RunningHeadStyle {
        /// Family; unset, that of the text.
        font "font": Option<String> = None, such as "\"Libertinus Sans\"";
        /// Alignment.
        align "align": Alignment = Alignment::Centre;
        /// Whether a rule stands below it.
        rule "rule": bool = false;
        /// What left-hand pages say.
        verso "verso": HeadText = HeadText::Title;
        /// What right-hand pages say.
        recto "recto": HeadText = HeadText::Section;
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(9.0)), "3pt" to "36pt";
        /// Letters.
        case "case": Case = Case::SmallCaps;
    }
    /// Folios.
    folio "folio" FolioStyle {
        /// Family; unset, that of the running head.
        font "font": Option<String> = None, such as "\"Libertinus Sans\"";
        /// What stands on both sides of it.
        frame "frame": FolioFrame = FolioFrame::None;
        /// Where they stand.
        place "place": FolioPlace = FolioPlace::Foot;
        /// Alignment.
        align "align": Alignment = Alignment::Centre;
        /// Type size.
        size "size": Length = Length::Abs(Abs::pt(10.0)), "3pt" to "36pt";
    }
    /// The title page.
    title_page "title-page" TitlePageStyle {
        /// How it is laid out, and the half-title with it.
        design "design": TitleDesign = TitleDesign::Classic;
        /// Family of its words; unset, that of headings.
        font "font": Option<String> = None, such as "\"Libertinus Sans\"";
        /// A sign above the publisher, such as `"❦"`; none when empty.
        ornament "ornament": String = String::new(), such as "\"❦\"";
        /// Size of the title.
        size "size": Length = Length::Abs(Abs::pt(26.0)), "6pt" to "200pt";
        /// Letters of the title.
        case "case": Case = Case::Roman;
    }
    /// The cover.
    cover "cover" CoverStyle {
        /// Name of the template in covers/, or the path of a picture.
        front "front": String = "pamphlet".to_owned(), such as "\"images/front.jpg\"";
        /// Paper by the printer's own name, for the spine; unset, the usual one.
        paper "paper": Option<String> = None, such as "\"cream\"";
        /// Main colour, as `#rrggbb`; unset, the template's own.
        colour "colour": Option<String> = None, such as "\"#1f3a4d\"";
    }
    /// The booklet.
    booklet "booklet" BookletStyle {
        /// Paper as it lies in the printer; unset, Letter where that is used, else A4.
        sheet "sheet": Option<Paper> = None, such as "\"a3\"";
        /// Thickness of one sheet, for the creep.
        paper "paper": Length = Length::Abs(Abs::mm(0.1)), "0.01mm" to "2mm";
        /// Pages of a section, such as 16 or 32; 0 folds all into one, up to a hundred pages.
        sections "sections": u32 = 0, 0 to 128, such as "16";
        /// Whether the cover is folded around the sheets.
        cover "cover": bool = false;
        /// Whether there are marks for cutting and folding.
        marks "marks": bool = true;
    }
    /// The EPUB.
    epub "epub" EpubStyle {
        /// A file of CSS that is added to the generated style sheet.
        css "css": Option<String> = None, such as "\"extra.css\"";
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

/// What a family is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The running text.
    #[default]
    Text,
    /// Code.
    Mono,
    /// Titles and headings.
    Heading,
    /// Running heads.
    RunningHead,
    /// Folios.
    Folio,
    /// Captions.
    Caption,
    /// Title page and half-title.
    TitlePage,
    /// Tables.
    Table,
    /// Boxes.
    Boxed,
}

impl Family {
    /// All of them.
    pub const ALL: [Family; 9] = [
        Family::Text,
        Family::Mono,
        Family::Heading,
        Family::RunningHead,
        Family::Folio,
        Family::Caption,
        Family::TitlePage,
        Family::Table,
        Family::Boxed,
    ];

    /// The table and the name of its key.
    #[must_use]
    pub fn key(self) -> (&'static str, &'static str) {
        match self {
            Family::Text => ("text", "font"),
            Family::Mono => ("text", "mono"),
            Family::Heading => ("heading", "font"),
            Family::RunningHead => ("running-head", "font"),
            Family::Folio => ("folio", "font"),
            Family::Caption => ("figure", "caption-font"),
            Family::TitlePage => ("title-page", "font"),
            Family::Table => ("table", "font"),
            Family::Boxed => ("box", "font"),
        }
    }
}

impl Style {
    /// The name of the family that is used for that: where the style names none,
    /// that of what it belongs to, and in the end that of the text.
    #[must_use]
    pub fn family(&self, family: Family) -> &str {
        let (own, parent) = match family {
            Family::Text => return &self.text.font,
            Family::Mono => return &self.text.mono,
            Family::Heading => (&self.heading.font, Family::Text),
            Family::RunningHead => (&self.running_head.font, Family::Text),
            Family::Folio => (&self.folio.font, Family::RunningHead),
            Family::Caption => (&self.figure.caption_font, Family::Text),
            Family::TitlePage => (&self.title_page.font, Family::Heading),
            Family::Table => (&self.table.font, Family::Text),
            Family::Boxed => (&self.boxed.font, Family::Text),
        };
        own.as_deref().unwrap_or_else(|| self.family(parent))
    }

    /// How far above the first baseline the running head stands, in lines.
    #[must_use]
    pub fn head_above(&self) -> f64 {
        HEAD_ABOVE + if self.running_head.rule { RULE_ABOVE } else { 0.0 }
    }

    /// How thick rules are, in points.
    #[must_use]
    pub fn rule_weight(&self) -> Abs {
        self.rule.weight.at(self.size())
    }

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

    /// The margin at the fore-edge in points: what is left.
    #[must_use]
    pub fn outside(&self) -> Abs {
        self.page.trim.width - self.inside() - self.measure()
    }

    /// The margin above the text block in points.
    #[must_use]
    pub fn top(&self) -> Abs {
        self.page.top.at(self.size())
    }

    /// The leading of notes in points.
    #[must_use]
    pub fn note_leading(&self) -> Abs {
        self.notes.leading.at(self.notes.size.at(self.size()))
    }

    /// Baseline of the first line of a page: below the top margin by the
    /// height of the ascenders.
    #[must_use]
    pub fn first_baseline(&self) -> Abs {
        self.top() + Em::new(0.7).at(self.size())
    }

    /// Baseline of the last line of a full page.
    #[must_use]
    pub fn last_baseline(&self) -> Abs {
        self.first_baseline() + self.leading() * (i64::from(self.page.lines) - 1)
    }

    /// How far the baseline of lines of another leading stands below that of the
    /// text's lines, in boxes that begin at the same height. The boxes' lower
    /// edges agree, as type stands on its feet, but where the text's leading is
    /// much wider: there a row or a note would stand above its page.
    #[must_use]
    pub fn baseline_shift(&self, leading: Abs) -> Abs {
        (leading - self.leading()).max(-Em::new(0.45).at(self.size()))
    }

    /// How deep the text block is: its lines times their leading.
    #[must_use]
    pub fn depth(&self) -> Abs {
        self.leading() * i64::from(self.page.lines)
    }
}

/// How far above the first baseline the running head stands, in lines.
const HEAD_ABOVE: f64 = 1.5;
/// How much further up a rule below it moves the running head, in lines.
const RULE_ABOVE: f64 = 0.6;
/// How far below the last baseline the folio stands at least, in lines.
pub const FOLIO_BELOW: f64 = 1.2;

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
        assert!(KEYS.iter().all(|key| key.words.len() == key.meanings.len()));
    }
}
