//! Every term that the tool adds to a book: its key in `[words]`, its words.

use super::Word;
use crate::book::MONTHS;
use std::collections::BTreeMap;

/// The words of one book: those of its language, or the author's own.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub(super) words: &'static Words,
    pub(super) own: &'a BTreeMap<String, String>,
    /// The primary subtag of the book's language.
    pub(super) language: &'a str,
    /// Whether English stands in for a language that has no words here.
    pub(super) stands_in: bool,
    /// Whether the book is in English.
    pub(super) english: bool,
}

/// How a language writes dates.
#[derive(Debug, PartialEq, Eq)]
pub struct Dates {
    /// The months as they stand beside a day.
    pub months: [&'static str; 12],
    /// The months as they stand without a day, where that is another form.
    pub months_alone: Option<[&'static str; 12]>,
    /// A whole date: `{day} {month} {year}`.
    pub date: &'static str,
    /// A date without a day: `{month} {year}`.
    pub date_of_month: &'static str,
    /// The first day of a month, where it is an ordinal number.
    pub first_day: &'static str,
}

impl Dates {
    /// The months as they stand without a day.
    #[must_use]
    pub fn months_alone(&self) -> &[&'static str; 12] {
        self.months_alone.as_ref().unwrap_or(&self.months)
    }
}

macro_rules! table {
    (
        words { $($(#[doc = $doc:literal])+ $name:ident $key:literal)* }
        patterns { $($(#[doc = $pattern_doc:literal])+ $pattern:ident $pattern_key:literal)* }
    ) => {
        /// The words of one language; `{}` in a pattern is a number or a title.
        #[derive(Debug, PartialEq, Eq)]
        pub struct Words {
            $($(#[doc = $doc])+ pub $name: &'static str,)*
            $($(#[doc = $pattern_doc])+ pub $pattern: &'static str,)*
            /// How dates are written.
            pub dates: Dates,
        }

        /// The keys of plain words, and the keys of patterns.
        const KEYS: [&[&str]; 2] = [&[$($key),*], &[$($pattern_key),*]];

        impl Words {
            /// The words of a term; none when no term has this key.
            pub(super) fn get(&self, key: &str) -> Option<&'static str> {
                match key {
                    $($key => Some(self.$name),)*
                    $($pattern_key => Some(self.$pattern),)*
                    _ => self.dates.get(key),
                }
            }
        }

        impl<'a> Terms<'a> {
            $($(#[doc = $doc])+
            #[must_use]
            pub fn $name(self) -> Word<'a> {
                self.word($key, self.words.$name)
            })*
            $($(#[doc = $pattern_doc])+
            #[must_use]
            pub fn $pattern(self, what: &str) -> String {
                self.word($pattern_key, self.words.$pattern).replace("{}", what)
            })*
        }
    };
}

table! {
    words {
        /// Above the list of contents.
        contents "contents"
        /// Above the notes.
        notes "notes"
        /// Above the editor's notes.
        editor_notes "editor-notes"
        /// What the front cover is called.
        cover "cover"
        /// What the title page is called.
        title_page "title-page"
        /// What the half title is called.
        half_title "half-title"
        /// What the publisher's page is called.
        imprint "imprint"
        /// What the page is called that says how the book was made.
        colophon "colophon"
        /// Above the list of pages.
        pages "pages"
        /// Above the list of places that menus lead to.
        landmarks "landmarks"
        /// What the beginning of the running text is called.
        text "text"
        /// The way from a note to its call.
        back_to_text "back-to-text"
        /// A picture before the title page.
        frontispiece "frontispiece"
        /// A dedication without a heading.
        dedication "dedication"
        /// An epigraph without a heading.
        epigraph "epigraph"
        /// Before the text, by another hand than the author's.
        foreword "foreword"
        /// Before the text, about the book.
        preface "preface"
        /// Before the text, about its matter.
        introduction "introduction"
        /// The beginning of a story, before its first chapter.
        prologue "prologue"
        /// The highest rank above a chapter.
        volume "volume"
        /// The rank below a volume.
        division "division"
        /// The rank below a division.
        part "part"
        /// A chapter without a heading and without words.
        chapter "chapter"
        /// The end of a story, after its last chapter.
        epilogue "epilogue"
        /// After the text, about the book.
        afterword "afterword"
        /// What follows from the text.
        conclusion "conclusion"
        /// What is added to the text.
        appendix "appendix"
        /// Words and what they mean.
        glossary "glossary"
        /// What was read for the book.
        bibliography "bibliography"
        /// Where to find what.
        index "index"
        /// Whom the author thanks.
        acknowledgments "acknowledgments"
        /// Before an editor's name.
        edited_by "edited-by"
        /// Before a translator's name.
        translated_by "translated-by"
        /// Before an illustrator's name.
        illustrated_by "illustrated-by"
        /// Before the name of who wrote the introduction.
        introduction_by "introduction-by"
        /// Before the name of who wrote the preface.
        preface_by "preface-by"
        /// Before the name of who wrote the foreword.
        foreword_by "foreword-by"
        /// Before the name of who wrote the afterword.
        afterword_by "afterword-by"
        /// Before a photographer's name.
        photographs_by "photographs-by"
        /// Before a cartographer's name.
        maps_by "maps-by"
        /// Before the name of who made the cover.
        cover_by "cover-by"
        /// Before the name of the book's designer.
        designed_by "designed-by"
        /// Before the name of who wrote notes or commentary.
        notes_by "notes-by"
        /// Before an adapter's name.
        adapted_by "adapted-by"
        /// Before an abridger's name.
        abridged_by "abridged-by"
        /// Before a compiler's name.
        compiled_by "compiled-by"
        /// Before the name of who contributed in some way.
        with "with"
        /// Before the title of the older edition.
        from "from"
        /// Before the name of the type.
        set_in "set-in"
        /// Before the source that a note means by "the same place".
        that_is "that-is"
        /// Above a note beside the text.
        admonition_note "admonition-note"
        /// Above advice.
        admonition_tip "admonition-tip"
        /// Above what a reader must know.
        admonition_important "admonition-important"
        /// Above what goes wrong easily.
        admonition_warning "admonition-warning"
        /// Above what does harm.
        admonition_caution "admonition-caution"
    }
    patterns {
        /// A numbered figure.
        figure "figure"
        /// A numbered table.
        table "table"
        /// A page with its number.
        page "page"
        /// A note with its number.
        note "note"
        /// The page of a text, as the contents list has it.
        page_of "page-of"
        /// The way from a note to its call, by the note's number.
        back_to_call "back-to-call"
    }
}

/// The keys of the forms of dates.
const DATES: [&str; 2] = ["date", "date-of-month"];

impl Dates {
    fn get(&self, key: &str) -> Option<&'static str> {
        match key {
            "date" => Some(self.date),
            "date-of-month" => Some(self.date_of_month),
            _ => MONTHS.iter().position(|month| *month == key).map(|at| self.months[at]),
        }
    }
}

/// The key of every term.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().flatten().copied().chain(MONTHS).chain(DATES)
}

/// What the words of a term must hold, for those that say where a number, a
/// title or a part of a date goes.
#[must_use]
pub fn placeholders(key: &str) -> &'static [&'static str] {
    match key {
        "date" => &["{day}", "{month}", "{year}"],
        "date-of-month" => &["{month}", "{year}"],
        key if KEYS[1].contains(&key) => &["{}"],
        _ => &[],
    }
}
