//! What is done with bytes from outside, one function for each door into the
//! house. The fuzzers feed them, and so does `tests/mutations.rs`. Each panics
//! when something does not hold that must hold for any input.

#[path = "others.rs"]
pub mod others;
#[path = "../tests/common/xml.rs"]
mod xml;

use pamphleteer::book::{Lang, Matter, Meta};
use pamphleteer::cover::{self, Faces, Template};
use pamphleteer::diag::{Checked, Code, Diagnostic, Severity, SourceMap};
use pamphleteer::font::{FontData, Library, subset};
use pamphleteer::import::{Dialect, Request, recover};
use pamphleteer::pages::{Item as PageItem, Pages};
use pamphleteer::pdf::{self, Printer};
use pamphleteer::sources::{Entry, Item, Sources};
use pamphleteer::style::{Style, Value};
use pamphleteer::verify::{self, Document};
use pamphleteer::{epub, lint, manuscript, picture, project, svg, typeset};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// A door: a name, and what is done with the bytes.
pub type Door = (&'static str, fn(&[u8]));

/// All doors.
pub const DOORS: [Door; 17] = [
    ("manuscript", manuscript),
    ("editions", editions),
    ("book_toml", book_toml),
    ("style", style),
    ("import", import),
    ("decisions", decisions),
    ("cover", cover),
    ("picture", picture),
    ("font", font),
    ("printer", printer),
    ("positions", others::positions),
    ("word", others::word),
    ("ebook", others::ebook),
    ("web_page", others::web_page),
    ("folder", others::folder),
    ("open_document", others::open_document),
    ("markdown", others::markdown),
];

/// A text: it is understood or reported.
pub fn manuscript(bytes: &[u8]) {
    let sources = sources(bytes);
    let parsed = manuscript::parse(&sources);
    let linted = lint::check(&parsed.value, &sources.map);
    spans_are_places(parsed.findings.iter().chain(&linted), &sources.map);
}

/// The built-in faces with little but ASCII in them, so that a book is made in a few
/// milliseconds.
static SMALL_FACES: LazyLock<Library> = LazyLock::new(|| {
    let mut small = Library::default();
    for (_, face) in Library::built_in().iter() {
        let mut face = face.clone();
        face.data = Arc::new(subset(&face, (' '..='~').chain("“”‘’–—…é\u{a0}\u{2010}".chars()), true));
        small.add_face(face).expect("a part of a sound face is sound");
    }
    small
});

/// Small pages, so that a short text has several.
static SMALL_PAGES: LazyLock<Style> = LazyLock::new(|| {
    let mut style = Style::default();
    let text = |words: &str| Value::Text(words.to_owned());
    style.set("page", "trim", &text("4in x 6in")).expect("a size");
    style.set("page", "lines", &Value::Integer(20)).expect("a number");
    // pages that lack a sign are written by nobody
    style.set("text", "stand-in", &text("?")).expect("a sign");
    style
});

/// A text, to its pages and editions.
pub fn editions(bytes: &[u8]) {
    let (style, fonts) = (&*SMALL_PAGES, &*SMALL_FACES);
    let Checked { value: book, findings } = manuscript::parse(&sources(bytes));
    // what the tool refuses must not bring it down, and is not proved
    let is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    let pages = typeset::set(&book, style, fonts).value;
    glyphs_stand_for_words(&pages);
    // a book without words has no pages, as in the tool
    if is_sound && !pages.pages.is_empty() {
        proves(&verify::pages(&book, &pages).findings);
    }
    let pdf = pdf::screen(&pages, None).expect("pages of ours can be written");
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    let store = epub::Store::named("generic").expect("it is ours");
    let modified = epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) };
    let edition = epub::Edition {
        book: &book,
        style,
        fonts,
        cover: None,
        pages: &[],
        store: &store,
        css: None,
        modified,
    };
    let files = epub::files(&edition).value;
    for file in files.iter().filter(|file| file.path.ends_with(".xhtml")) {
        xml::assert_well_formed(&file.path, std::str::from_utf8(&file.bytes).expect("text"));
    }
    let texts = files.iter().filter(|file| file.path.ends_with(".xhtml"));
    let documents: Vec<Document<'_>> =
        texts.map(|file| Document { section: file.section, bytes: &file.bytes }).collect();
    if is_sound {
        proves(&verify::ebook(&book, &style.text.font, &documents).findings);
    }
    // every book would take twice the time
    if bytes.len().is_multiple_of(16) {
        assert!(epub::write(&edition).value == epub::write(&edition).value, "two builds differ");
    }
}

/// The proof of a build has found nothing lost; words and tables may reach into the
/// margin of so small a page.
fn proves(findings: &[Diagnostic]) {
    let lost = findings.iter().find(|finding| {
        finding.severity == Severity::Error && !matches!(finding.code, Code::GlyphMissing | Code::TextOutside)
    });
    assert!(lost.is_none(), "{lost:?}");
}

/// A book.toml: what is wrong with it is a finding at its place.
pub fn book_toml(bytes: &[u8]) {
    in_a_folder(&[("book.toml", bytes)], "book.toml");
}

/// A style: likewise.
pub fn style(bytes: &[u8]) {
    let toml = b"title = \"T\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n[style]\nname = \"own\"\n";
    in_a_folder(&[("book.toml", toml), ("styles/own.toml", bytes)], "a style");
}

/// A book of those files can be read.
fn in_a_folder(files: &[(&str, &[u8])], what: &str) {
    let name = format!("pamphleteer-{}-{:?}", std::process::id(), std::thread::current().id());
    let folder = std::env::temp_dir().join(name.replace(['(', ')'], ""));
    std::fs::create_dir_all(folder.join("styles")).expect("a temporary folder");
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("a temporary file");
    }
    std::fs::write(folder.join("text.md"), "# Title\n\nWords.\n").expect("a temporary file");
    let loaded = load(&folder);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert!(loaded.is_ok(), "a folder with {what} can be read: {loaded:?}");
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
    recovered(&String::from_utf8_lossy(bytes), None, None);
}

/// The editor's decisions and corrections about a transcription.
pub fn decisions(bytes: &[u8]) {
    recovered(TRANSCRIPTION, Some(&String::from_utf8_lossy(bytes)), None);
}

/// A transcription with something to decide.
pub const TRANSCRIPTION: &str = "CONTENTS\n\nOn Margins ..... 3\nOn Paper ..... 5\n\n# On Margins\n\n\
    The first words of the text<sup>1</sup> run on until the page\n\n---\n\n1 A note, with its own words.\n\n\
    [Pg 4]\n\nends, and the next one goes on with a para-\n\n[Pg 5]\n\ngraph that was cut.\n\n\
    > A passage from elsewhere.\n\n1. one\n\n2. two\n\n3. three\n\n# On Paper\n\nMore words.[^2]\n\n[^2]: Another.\n";

fn recovered(text: &str, editors: Option<&str>, dialect: Option<Dialect>) {
    let mut map = SourceMap::default();
    let file = map.add("text.txt", text);
    let request = Request {
        name: "text.txt",
        text,
        file,
        decisions: editors,
        corrections: editors,
        book_toml: None,
        dialect,
        dictionary: None,
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
        assert!(
            front.value.in_ebook(16).is_some_and(|picture| !picture.as_ref().is_empty()),
            "and can be drawn"
        );
    }
}

/// A picture: prepared, or refused with a reason.
pub fn picture(bytes: &[u8]) {
    for name in ["a.png", "a.jpg", "a.tif", "a.webp", "a.gif", "a.svg"] {
        if let Ok(prepared) = picture::prepare(name, bytes) {
            assert!(prepared.size.0 > 0 && prepared.size.1 > 0, "a picture has pixels");
            picture::verify(&prepared.bytes, prepared.format).expect("what was prepared can be decoded");
            return;
        }
    }
}

/// A font: refused, or fit to set a text in.
pub fn font(bytes: &[u8]) {
    let mut fonts = SMALL_FACES.clone();
    let data: FontData = Arc::new(bytes.to_vec());
    if fonts.add(data).is_err() {
        return;
    }
    let family = fonts.iter().last().map(|(_, face)| face.family.clone()).unwrap_or_default();
    let mut style = SMALL_PAGES.clone();
    if style.set("text", "font", &Value::Text(family)).is_err() {
        return;
    }
    let book = manuscript::parse(&sources(b"# Title\n\nSome words, *others* and 1,234.\n")).value;
    let pages = typeset::set(&book, &style, &fonts).value;
    glyphs_stand_for_words(&pages);
    drop(pdf::screen(&pages, None));
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
