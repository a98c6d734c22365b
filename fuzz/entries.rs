//! What is done with bytes from outside, one function for each door into the
//! house. The fuzzers feed them, and so does `tests/mutations.rs`. Each panics
//! when something does not hold that must hold for any input.

#[path = "../tests/common/xml.rs"]
mod xml;

use pamphleteer::book::{Lang, Matter, Meta};
use pamphleteer::cover::{self, Faces, Template};
use pamphleteer::diag::{Code, Diagnostic, Severity, SourceMap};
use pamphleteer::font::Library;
use pamphleteer::import::{Request, recover};
use pamphleteer::pages::{Item as PageItem, Pages};
use pamphleteer::pdf::{self, Printer};
use pamphleteer::sources::{Entry, Item, Sources};
use pamphleteer::style::Style;
use pamphleteer::{epub, lint, manuscript, project, svg, typeset};
use std::path::Path;

/// A door: a name, and what is done with the bytes.
pub type Door = (&'static str, fn(&[u8]));

/// All doors.
pub const DOORS: [Door; 6] = [
    ("manuscript", manuscript),
    ("editions", editions),
    ("book_toml", book_toml),
    ("import", import),
    ("cover", cover),
    ("printer", printer),
];

/// A text: it is understood or reported.
pub fn manuscript(bytes: &[u8]) {
    let sources = sources(bytes);
    let parsed = manuscript::parse(&sources);
    let linted = lint::check(&parsed.value, &sources.map);
    spans_are_places(parsed.findings.iter().chain(&linted), &sources.map);
}

/// A text, to its pages and editions.
pub fn editions(bytes: &[u8]) {
    let book = manuscript::parse(&sources(bytes)).value;
    let (style, fonts) = (Style::default(), Library::built_in());
    let pages = typeset::set(&book, &style, &fonts).value;
    glyphs_stand_for_words(&pages);
    let pdf = pdf::screen(&pages, None).expect("pages of ours can be written");
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    let store = epub::Store::named("generic").expect("it is ours");
    let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
    let edition = epub::Edition {
        book: &book,
        style: &style,
        fonts: &fonts,
        cover: None,
        pages: &[],
        store: &store,
        css: None,
        modified,
    };
    let written = epub::write(&edition).value;
    assert!(written == epub::write(&edition).value, "two builds differ");
    documents_are_well_formed(&written);
}

/// A book.toml: what is wrong with it is a finding at its place.
pub fn book_toml(bytes: &[u8]) {
    let name = format!("pamphleteer-{}-{:?}", std::process::id(), std::thread::current().id());
    let folder = std::env::temp_dir().join(name.replace(['(', ')'], ""));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    std::fs::write(folder.join("book.toml"), bytes).expect("a temporary file");
    std::fs::write(folder.join("text.md"), "# Title\n\nWords.\n").expect("a temporary file");
    let loaded = load(&folder);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    loaded.expect("a folder with a book.toml can be read");
}

fn load(folder: &Path) -> Result<(), pamphleteer::diag::Error> {
    let mut findings = Vec::new();
    let project = project::load(folder, &mut findings)?;
    spans_are_places(&findings, &project.sources.map);
    drop(manuscript::parse(&project.sources));
    Ok(())
}

/// A transcription: recovered with its proof, or refused with a reason.
pub fn import(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut map = SourceMap::default();
    let file = map.add("text.txt", text.as_ref());
    let request = Request {
        name: "text.txt",
        text: &text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
    };
    let checked = recover(&request);
    spans_are_places(&checked.findings, &map);
    let unproved = checked.findings.iter().find(|finding| finding.code == Code::ImportProof);
    assert!(unproved.is_none(), "{unproved:?}");
    let refused = checked.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert!(checked.value.is_some() || refused, "nothing recovered and no reason given");
}

/// A drawing, as a picture and as the template of a cover.
pub fn cover(bytes: &[u8]) {
    let read = svg::read(bytes);
    let Ok(template) = std::str::from_utf8(bytes) else { return };
    let meta = Meta { title: "A Title & More".into(), ..Meta::default() };
    let faces = Faces::new(&Library::built_in());
    let front = cover::front(&meta, Template::Own(template), &faces);
    if front.findings.is_empty() {
        assert!(read.is_ok(), "a template without findings is a drawing");
        assert!(front.value.picture(16).is_some(), "and can be drawn");
    }
}

/// A publisher's own printer: read or refused, and then fit to be asked.
pub fn printer(bytes: &[u8]) {
    if let Ok(printer) = Printer::read(&String::from_utf8_lossy(bytes)) {
        let pages = Pages::default();
        let count = printer.page_count(&pages);
        let _ = printer.inside(count);
        printer.papers().for_each(|paper| {
            let _ = printer.spine(paper);
        });
    }
}

fn sources(bytes: &[u8]) -> Sources {
    let mut sources = Sources::default();
    sources.meta.title = "A Title".to_owned();
    sources.meta.language = Lang::parse("en-GB").expect("a language");
    let item = Item::File(sources.map.add("text.md", String::from_utf8_lossy(bytes)));
    sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    sources
}

/// Every finding points at whole characters of a file that there is.
fn spans_are_places<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>, map: &SourceMap) {
    for finding in findings {
        if let Some(span) = finding.span {
            let text = &map.file(span.file).text;
            let place = text.get(span.start as usize..span.end as usize);
            assert!(place.is_some(), "{finding:?} is at no place");
        }
    }
}

/// Every glyph stands for bytes of its run.
fn glyphs_stand_for_words(pages: &Pages) {
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let PageItem::Run(run) = &placed.item {
            let last = run.glyphs.iter().map(|glyph| glyph.text().end).max().unwrap_or(0);
            assert!(last as usize <= run.text.len(), "{:?}", run.text);
        }
    }
}

/// Every XHTML document of the package is well-formed.
fn documents_are_well_formed(package: &[u8]) {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package)).expect("a zip");
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("an entry");
        let name = file.name().expect("a name").into_owned();
        if name.ends_with(".xhtml") {
            let text = std::io::read_to_string(&mut file).expect("text");
            xml::assert_well_formed(&name, &text);
        }
    }
}
