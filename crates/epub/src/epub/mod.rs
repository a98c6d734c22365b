//! The EPUB edition: EPUB 3.3, accessible, the same bytes every time.
//!
//! [`write()`] decides what stands in which file ([`plan`]), writes the texts as
//! XHTML ([`block`], [`inline`], [`note`], [`made`]), learns on the way which
//! classes, characters, pictures and pages there are, and makes from that the
//! style sheet, the fonts, the navigation and the package document.

mod access;
mod block;
mod context;
mod contrast;
mod cover;
mod css;
mod demands;
mod doc;
mod edition;
mod fonts;
mod inline;
mod labels;
mod letters;
mod made;
mod nav;
mod note;
mod obfuscate;
mod onix;
mod opf;
mod pack;
mod picture;
mod plan;
mod resources;
mod sides;
mod store;
mod ties;
mod toc;
mod xml;

pub use cover::Cover;
pub use edition::{Edition, Modified, PageBreak};
pub use onix::onix;
pub use pack::File;
pub use resources::Resources;
pub use store::Store;

use crate::book::{Book, SectionId};
use crate::diag::{Checked, Diagnostic};
use crate::jobs;
use crate::terms::Terms;
use context::Context;
use doc::{Doc, Session};
use labels::PageLabels;
use opf::Item;
use pack::ROOT;
use plan::{Plan, Unit};

/// Makes the EPUB file.
#[must_use]
pub fn write(edition: &Edition<'_>) -> Checked<Vec<u8>> {
    let Checked { value: files, mut findings } = files(edition);
    let value = pack(&files, edition.store).take(&mut findings);
    Checked { value, findings }
}

/// Packs the files of an EPUB for a shop.
#[must_use]
pub fn pack(files: &[File], store: &Store) -> Checked<Vec<u8>> {
    let value = pack::pack(files);
    let findings = store.judge_size(value.len()).into_iter().collect();
    Checked { value, findings }
}

/// Makes the files of the EPUB, not yet packed: the texts first, in reading
/// order.
#[must_use]
pub fn files(edition: &Edition<'_>) -> Checked<Vec<File>> {
    let Checked { value: texts, mut findings } = texts(edition);
    let resources = texts.resources().take(&mut findings);
    Checked { value: texts.complete(resources), findings }
}

/// The texts of an EPUB, its navigation among them, which say what else it needs.
pub struct Texts<'a> {
    edition: &'a Edition<'a>,
    cx: Context<'a>,
    /// What was learnt on the way.
    session: Session,
    package: Contents,
}

/// Writes the texts of the EPUB.
#[must_use]
pub fn texts<'a>(edition: &'a Edition<'a>) -> Checked<Texts<'a>> {
    let terms = Terms::of(&edition.book.meta);
    let plan = Plan::new(edition.book, edition.style, edition.cover.is_some(), terms);
    let cx = Context {
        book: edition.book,
        style: edition.style,
        store: edition.store,
        library: edition.fonts,
        terms,
        pages: PageLabels::of_edition(edition, plan.has_marks),
        plan,
        image_names: picture::names(&edition.book.images, edition.store),
    };
    let runs = cx.plan.runs();
    let written = jobs::side_by_side(runs.len(), |run| {
        let mut session = Session::default();
        let write = |index| document(&cx, edition, &mut session, index);
        let documents: Vec<Vec<u8>> = runs[run].clone().map(write).collect();
        (documents, session)
    });
    let mut session = Session::default();
    let mut findings: Vec<Diagnostic> = edition.store.judge_notes(edition.book).into_iter().collect();
    findings.extend(edition.store.judge_people(edition.book));
    let mut package = Contents::default();
    for (run, (documents, learned)) in runs.into_iter().zip(written) {
        session.append(learned);
        for (file, bytes) in cx.plan.files[run].iter().zip(documents) {
            package.add_document(&file.name, file.unit, bytes);
        }
    }
    let nav = nav::nav(&cx, &mut session);
    package
        .add(Item { href: "nav.xhtml".into(), media: XHTML, id: "nav".into(), properties: Some("nav") }, nav);
    let ncx = nav::ncx(&cx, &session.pages);
    package.add(Item { href: "toc.ncx".into(), media: NCX, id: "ncx".into(), properties: None }, ncx);
    Checked { value: Texts { edition, cx, session, package }, findings }
}

impl Texts<'_> {
    /// Their files, in reading order.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.package.files
    }

    /// Makes what the texts need.
    #[must_use]
    pub fn resources(&self) -> Checked<Resources> {
        let mut findings = Vec::new();
        let value = Resources::of(&self.cx, self.edition, &self.session, &mut findings);
        Checked { value, findings }
    }

    /// All files: these, what they need, and those that say what there is.
    #[must_use]
    pub fn complete(self, resources: Resources) -> Vec<File> {
        let Texts { edition, cx, session, mut package } = self;
        resources.items.into_iter().for_each(|(item, bytes)| package.add(item, bytes));
        let opf = package.opf(&cx, edition, &session);
        package.complete(opf, &resources.obfuscated)
    }
}

const XHTML: &str = "application/xhtml+xml";
const NCX: &str = "application/x-dtbncx+xml";

/// One document of the reading order.
fn document(cx: &Context<'_>, edition: &Edition<'_>, session: &mut Session, index: usize) -> Vec<u8> {
    let unit = cx.plan.files[index].unit;
    if let Unit::Text { section, part: 0, .. } = unit {
        session.breaks = breaks(cx, edition, section);
    }
    let mut doc = Doc::begin(cx, session, index);
    match unit {
        Unit::Cover => {
            if let Some(cover) = &edition.cover {
                doc.cover(&format!("../{}", cover.file().0), cover.alt);
            }
        }
        Unit::Made(page) => doc.made(page),
        Unit::Text { blocks, last, .. } => {
            doc.takes_pages = true;
            doc.blocks(blocks);
            if last {
                doc.start_last_pages();
            }
            doc.notes_below();
        }
        Unit::TextNotes => doc.notes_below(),
        Unit::Notes { stream, first, end } => doc.notes(stream, first..end),
    }
    doc.finish()
}

/// Whether the EPUB lists the pages of an older edition that the book holds,
/// and so needs no page edition.
#[must_use]
pub fn has_pages_of_its_own(book: &Book) -> bool {
    access::has_page_marks(book)
}

/// The pages that start in a section, unless the book has pages of its own.
fn breaks(
    cx: &Context<'_>,
    edition: &Edition<'_>,
    section: SectionId,
) -> std::collections::VecDeque<(u32, String)> {
    let listed = edition.store.pages && !cx.plan.has_marks;
    let all = edition.pages.iter().filter(|page| page.section == section && listed);
    all.map(|page| (page.at, page.label.clone())).collect()
}

/// The package as it grows.
#[derive(Default)]
struct Contents {
    items: Vec<Item>,
    spine: Vec<String>,
    files: Vec<File>,
}

impl Contents {
    fn add(&mut self, item: Item, bytes: Vec<u8>) {
        self.files.push(File::new(format!("{ROOT}{}", item.href), bytes));
        self.items.push(item);
    }

    fn add_document(&mut self, name: &str, unit: Unit<'_>, bytes: Vec<u8>) {
        let id = format!("text-{name}");
        self.spine.push(id.clone());
        self.add(Item { href: opf::text_href(name), media: XHTML, id, properties: None }, bytes);
        if let (Some(file), Unit::Text { section, .. }) = (self.files.last_mut(), unit) {
            file.section = Some(section.0);
        }
    }

    fn opf(&self, cx: &Context<'_>, edition: &Edition<'_>, session: &Session) -> Vec<u8> {
        let access = access::Facts { pages: !session.pages.is_empty(), ..access::Facts::of(edition) };
        let source = page_source(cx);
        opf::package(
            cx,
            &opf::Package {
                items: &self.items,
                spine: &self.spine,
                modified: &edition.modified.to_string(),
                access: &access,
                page_source: access.pages.then_some(source.as_str()),
            },
        )
    }

    fn complete(mut self, opf: Vec<u8>, obfuscated: &[String]) -> Vec<File> {
        self.files.push(File::new(format!("{ROOT}package.opf"), opf));
        self.files.push(File::new("META-INF/container.xml".into(), opf::container()));
        if !obfuscated.is_empty() {
            let bytes = obfuscate::encryption(obfuscated.iter().map(String::as_str));
            self.files.push(File::new("META-INF/encryption.xml".into(), bytes));
        }
        self.files
    }
}

/// Whose pages are listed: the older edition's, or our own page edition's.
fn page_source(cx: &Context<'_>) -> String {
    let meta = &cx.book.meta;
    let older = if cx.plan.has_marks { opf::source(meta) } else { None };
    older.unwrap_or_else(|| match meta.isbn.as_ref().map(|edition| edition.isbn) {
        Some(isbn) => format!("urn:isbn:{isbn}"),
        None => format!("{} (PDF)", meta.title),
    })
}
