//! The table of all keys: what may be set about the look of a book, with bounds,
//! defaults and meaning.
//!
//! A line is `name "key": type = default, least to most, such as example;` below the
//! words that the manual prints. The types, the reader and the list of [`KEYS`] are
//! made from it, so that none of them can disagree. A new key is a line here.

use super::choices::{
    Alignment, BoxDesign, CaptionPlace, Case, Figures, FolioFrame, FolioPlace, HeadText, Lines, Markers,
    Marks, NotePlace, Numbering, Opening, PageBreaks, Paragraphs, Place, Rules, TitleDesign, TitleNumber,
    TitleRules,
};
use super::key::{Key, Refusal};
use super::value::{Bounds, Colour, Paper, Percent, Setting, Value, bounded};
use crate::length::{Abs, Em, Length, Size};

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
        /// The sign that stands for a character that no family has, with a warning; empty: the pages are refused. A reader who copies or hears the text has the character itself.
        stand_in "stand-in": String = String::new(), such as "\"□\"";
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
        /// In how many columns side by side notes stand at the foot.
        columns "columns": u32 = 1, 1 to 4, such as "2";
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
        /// White between a number and the title below it, beside that of their lines.
        number_space "number-space": Length = Length::Em(Em::new(0.4)), 0 to "2in", such as "\"9pt\"";
        /// Lines left empty above a text's title.
        sinkage "sinkage": u32 = 3, 0 to 60, such as "6";
        /// Lines left empty below a text's title; unset, as many as `sinkage`, two at most.
        title_space "title-space": Option<u32> = None, 0 to 20, such as "3";
        /// Where rules stand beside a text's title.
        title_rules "title-rules": TitleRules = TitleRules::None;
        /// A sign below a text's title, such as `"❧"`, or a drawing such as `"flower.svg"`; none when empty.
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
        /// What marks it: words or signs, such as `"* * *"` or `"❦"`, or a drawing of the book's folder, such as `"ornament.svg"`; an empty line when it is empty.
        mark "mark": String = "*\u{2003}*\u{2003}*".to_owned();
        /// Type size of the mark; the height of a drawing.
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
    /// Columns: divisions `::: columns`.
    columns "columns" ColumnsStyle {
        /// How many stand side by side; fewer where they would be narrower than three words.
        count "count": u32 = 2, 2 to 6, such as "3";
        /// What parts them.
        gap "gap": Length = Length::Em(Em::new(1.5)), 0 to "1in", such as "\"2em\"";
    }
    /// Figures.
    figure "figure" FigureStyle {
        /// Where they stand; `{.here}` behind a picture says it for one.
        place "place": Place = Place::Float;
        /// Alignment of pictures and tables; unset, that of captions.
        align "align": Option<Alignment> = None;
        /// Where captions stand.
        caption_place "caption-place": CaptionPlace = CaptionPlace::Below;
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
        /// A sign above the publisher, such as `"❦"`, or a drawing such as `"device.svg"`; none when empty.
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
        /// Main colour, as `#rrggbb` or a simple word; unset, the template's own.
        colour "colour": Option<Colour> = None, such as "\"#1f3a4d\"";
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

impl Key {
    /// The key of that table and name.
    #[must_use]
    pub fn find(table: &str, name: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.table == table && key.name == name)
    }
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
        assert!(KEYS.iter().all(|key| key.words.len() == key.meanings.len()));
    }
}
