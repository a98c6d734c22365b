//! What a section is and where it stands: its matter, its role, and the pages that
//! the tool makes.

/// Front matter, body or back matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// Before the text; folios in roman numerals.
    Front,
    /// The text.
    Body,
    /// After the text.
    Back,
}

/// The pages that the tool makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GeneratedPage {
    /// The front cover.
    Cover,
    /// The title alone, on the first recto.
    HalfTitle,
    /// Title, subtitle, contributors and publisher.
    TitlePage,
    /// The publisher's page: rights, date, identifier, source.
    Imprint,
    /// The list of texts with their pages.
    Contents,
    /// Where endnotes go when an output sets endnotes.
    Notes,
    /// How and by whom the book was made.
    Colophon,
    /// An empty page.
    Blank,
}

impl GeneratedPage {
    /// Every made page with its name in `[matter]`.
    pub const ALL: [(GeneratedPage, &'static str); 8] = [
        (GeneratedPage::Cover, "cover"),
        (GeneratedPage::HalfTitle, "half-title"),
        (GeneratedPage::TitlePage, "title-page"),
        (GeneratedPage::Imprint, "imprint"),
        (GeneratedPage::Contents, "contents"),
        (GeneratedPage::Notes, "notes"),
        (GeneratedPage::Colophon, "colophon"),
        (GeneratedPage::Blank, "blank"),
    ];

    /// Its name in `[matter]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        GeneratedPage::ALL.iter().find(|(page, _)| *page == self).map_or("blank", |(_, name)| name)
    }

    /// The made page of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<GeneratedPage> {
        GeneratedPage::ALL.iter().find(|(_, n)| *n == name).map(|(page, _)| *page)
    }
}

macro_rules! roles {
    ($($variant:ident $name:literal)*) => {
        /// What a section is: the names of EPUB Structural Semantics 1.1, and
        /// the ranks above the text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the vocabulary's own names")]
        pub enum Role { $($variant,)* }

        impl Role {
            /// Every role with its class name.
            pub const ALL: &[(Role, &'static str)] = &[$((Role::$variant, $name),)*];
        }
    };
}

roles! {
    Cover "cover" HalfTitle "half-title" TitlePage "title-page" Imprint "imprint" Contents "contents"
    Dedication "dedication" Epigraph "epigraph" Foreword "foreword" Preface "preface"
    Introduction "introduction" Prologue "prologue" Frontispiece "frontispiece"
    Volume "volume" Division "division" Part "part" Chapter "chapter"
    Epilogue "epilogue" Afterword "afterword" Conclusion "conclusion" Appendix "appendix"
    Glossary "glossary" Bibliography "bibliography" Index "index"
    Acknowledgments "acknowledgments" Notes "notes" Colophon "colophon" Blank "blank"
}

impl Role {
    /// The class name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(role, _)| *role == self).map_or("chapter", |(_, name)| name)
    }

    /// The role of that class name.
    #[must_use]
    pub fn find(name: &str) -> Option<Role> {
        Role::ALL.iter().find(|(_, n)| *n == name).map(|(role, _)| *role)
    }

    /// How high above a chapter the role stands: volume 3, division 2, part 1,
    /// everything else 0.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Role::Volume => 3,
            Role::Division => 2,
            Role::Part => 1,
            _ => 0,
        }
    }

    /// Whether its paragraphs, and the items of its lists without numbers, are entries: each begins
    /// at the margin, and its other lines stand further in.
    #[must_use]
    pub fn has_entries(self) -> bool {
        matches!(self, Role::Bibliography | Role::Index)
    }
}
