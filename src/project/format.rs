//! What can be made of a book.

use crate::diag::Scope;

/// What can be made of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `NAME.epub`.
    Epub,
    /// `NAME.pdf`, for the screen.
    Pdf,
    /// `NAME-print.pdf`, for the printer.
    Print,
    /// `NAME-cover.pdf` and `NAME-cover.jpg`.
    Cover,
    /// `NAME-booklet.pdf`.
    Booklet,
    /// `NAME-home.pdf`, a booklet for an office printer, with advice.
    Home,
    /// `NAME-png/`, the pages as pictures.
    Png,
}

impl Format {
    /// Every format with its name.
    pub const ALL: [(Format, &'static str); 7] = [
        (Format::Epub, "epub"),
        (Format::Pdf, "pdf"),
        (Format::Print, "print"),
        (Format::Cover, "cover"),
        (Format::Booklet, "booklet"),
        (Format::Home, "home"),
        (Format::Png, "png"),
    ];

    /// What is made when nobody says: the editions, without copies of them.
    pub const USUAL: [Format; 5] = [Format::Epub, Format::Pdf, Format::Print, Format::Cover, Format::Booklet];

    /// The format of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Format> {
        Format::ALL.iter().find(|(_, n)| *n == name).map(|(format, _)| *format)
    }

    /// The name that [`Format::find`] knows.
    #[must_use]
    pub fn name(self) -> &'static str {
        Format::ALL[self as usize].1
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Format::Epub => "The ebook, with its ONIX record",
            Format::Pdf => "The PDF for the screen",
            Format::Print => "The inside of the book for the printer",
            Format::Cover => "The cover: a wrap for the printer and a picture for shops",
            Format::Booklet => "Sheets to be folded and stapled",
            Format::Home => "The same for an office printer, with advice",
            Format::Png => "A picture of every page",
        }
    }

    /// Whether findings of that scope concern this format.
    #[must_use]
    pub fn is_within(self, scope: Scope) -> bool {
        match scope {
            Scope::Book => true,
            Scope::Pages => self != Format::Epub,
            Scope::Ebook => self == Format::Epub,
            Scope::Wrap => self == Format::Cover,
            Scope::PrintedCover => matches!(self, Format::Pdf | Format::Cover),
            Scope::FrontCover => matches!(self, Format::Epub | Format::Pdf | Format::Cover),
        }
    }

    /// The names of its outputs for the book `slug`; those of pictures, which
    /// are many, begin with it.
    #[must_use]
    pub fn files(self, slug: &str) -> Vec<String> {
        let ends: &[&str] = match self {
            Format::Epub => &[".epub", ".onix.xml"],
            Format::Pdf => &[".pdf"],
            Format::Print => &["-print.pdf"],
            Format::Cover => &["-cover.pdf", "-cover.jpg"],
            Format::Booklet => &["-booklet.pdf"],
            Format::Home => &["-home.pdf"],
            Format::Png => &["-png/"],
        };
        ends.iter().map(|end| format!("{slug}{end}")).collect()
    }
}

/// What people call formats, besides our names.
pub const OTHER_FORMATS: &[(&str, &str)] = &[
    ("azw3", "epub"),
    ("e-book", "epub"),
    ("ebook", "epub"),
    ("epub3", "epub"),
    ("html", "epub"),
    ("image", "png"),
    ("images", "png"),
    ("jpeg", "png"),
    ("jpg", "png"),
    ("kindle", "epub"),
    ("mobi", "epub"),
    ("onix", "epub"),
    ("paperback", "print"),
    ("press", "print"),
    ("print-pdf", "print"),
    ("screen", "pdf"),
    ("web", "pdf"),
    ("wrap", "cover"),
    ("xhtml", "epub"),
    ("zine", "booklet"),
];
