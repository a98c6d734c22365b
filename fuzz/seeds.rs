//! Files that are whole, for each door.

/// The seeds of a door.
pub fn of(door: &str) -> Vec<&'static [u8]> {
    match door {
        "manuscript" | "editions" => vec![
            include_bytes!("../manuscript/handbook/01-the-manuscript.md"),
            include_bytes!("../manuscript/handbook/02-the-edition.md"),
            include_bytes!("../manuscript/handbook/glossary.md"),
            include_bytes!("seeds/manuscript/all-marks.md"),
        ],
        "book_toml" => vec![
            include_bytes!("../manuscript/handbook/book.toml"),
            include_bytes!("../manuscript/pamphlet/book.toml"),
            b"title = \"T\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n[style]\nname = \"novel\"\npage.lines = 30\n",
        ],
        "style" => vec![
            include_bytes!("../styles/pamphlet.toml"),
            include_bytes!("../styles/novel.toml"),
            include_bytes!("../styles/report.toml"),
        ],
        "import" => vec![super::entries::TRANSCRIPTION.as_bytes(), include_bytes!("seeds/import/old-book.txt")],
        "decisions" => vec![
            include_bytes!("seeds/decisions/decisions.toml"),
            include_bytes!("seeds/decisions/corrections.toml"),
        ],
        "cover" => vec![
            include_bytes!("../crates/pdf/covers/pamphlet.svg"),
            include_bytes!("../crates/pdf/covers/novel.svg"),
            include_bytes!("../crates/pdf/covers/report.svg"),
        ],
        "picture" => vec![include_bytes!("../tests/common/random_book.png"), include_bytes!("../crates/pdf/covers/novel.svg")],
        "positions" => vec![
            include_bytes!("seeds/positions/page.hocr"),
            include_bytes!("seeds/positions/page.alto.xml"),
            include_bytes!("seeds/positions/page.xml"),
            include_bytes!("seeds/positions/page.pdf"),
        ],
        "word" => vec![include_bytes!("seeds/convert/word.txt")],
        "ebook" => vec![include_bytes!("seeds/convert/ebook.txt")],
        "open_document" => vec![include_bytes!("seeds/convert/open_document.txt")],
        "markdown" => vec![include_bytes!("seeds/manuscript/all-marks.md")],
        "web_page" => vec![include_bytes!("seeds/convert/page.html")],
        "folder" => vec![
            include_bytes!("seeds/convert/folder.txt"),
            include_bytes!("seeds/manuscript/all-marks.md"),
        ],
        "font" => vec![
            include_bytes!("../fonts/SourceCodePro-Regular.otf"),
            include_bytes!("../tests/fixtures/fonts/bars.ttf"),
            include_bytes!("../tests/fixtures/fonts/bars.woff2"),
            include_bytes!("../tests/fixtures/fonts/bars-cff2.otf"),
            include_bytes!("../tests/fixtures/fonts/bars-static.woff"),
        ],
        _ => vec![include_bytes!("../crates/pdf/src/pdf/printers.toml")],
    }
}
