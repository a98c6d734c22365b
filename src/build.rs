//! The public door: from the folder of a book to editions in memory.
//!
//! It calls the stages in the order of ARCHITECTURE.md. The command does the
//! same with more around it: covers and booklets, delivered wraps, several
//! editions at a time, and files on the disk.

use crate::book::{Book, Meta, SectionId};
use crate::diag::{self, Checked, Diagnostic, Error, Scope, Severity};
use crate::epub::{self, Modified, PageBreak, Store};
use crate::pages::Pages;
use crate::pdf::{self, Printer};
use crate::project::{Format, Output, Project, load};
use crate::proof::compromises;
use crate::terms::number_titles;
use crate::verify::{self, Document};
use crate::{lint, manuscript, typeset};
use std::path::Path;

/// What to make of a book, and for whom.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuildOptions {
    /// The formats, in this order. Covers and booklets are made by the command alone.
    pub formats: Vec<Format>,
    /// Who prints the book.
    pub printer: Printer,
    /// Who sells the ebook.
    pub store: Store,
}

impl BuildOptions {
    /// Those formats, as any printer and any shop takes them.
    ///
    /// # Panics
    /// Never: the data of `generic` ship with the crate.
    #[must_use]
    pub fn new(formats: impl IntoIterator<Item = Format>) -> BuildOptions {
        BuildOptions {
            formats: formats.into_iter().collect(),
            printer: Printer::named("generic").expect("the data that ship have a printer of this name"),
            store: Store::named("generic").expect("the data that ship have a shop of this name"),
        }
    }

    /// The same for a printer.
    #[must_use]
    pub fn for_printer(mut self, printer: Printer) -> BuildOptions {
        self.printer = printer;
        self
    }

    /// The same for a shop.
    #[must_use]
    pub fn for_store(mut self, store: Store) -> BuildOptions {
        self.store = store;
        self
    }
}

/// What came of a book.
#[derive(Debug)]
#[non_exhaustive]
pub struct Editions {
    /// The semantic tree.
    pub book: Book,
    /// Its pages.
    pub pages: Pages,
    /// The files, each with its name and bytes; a format that an error refuses has none.
    pub files: Vec<Output>,
    /// Everything that was found, in the order of the manuscript.
    pub findings: Vec<Diagnostic>,
}

impl Project {
    /// Reads the book in a folder. What is wrong with `book.toml` and the files
    /// that it names is a finding, and the rest is read all the same.
    ///
    /// # Errors
    /// When there is no `book.toml` to read, or the machine fails.
    pub fn open(root: impl AsRef<Path>) -> Result<Checked<Project>, Error> {
        let mut findings = Vec::new();
        let value = load(root.as_ref(), &mut findings)?;
        Ok(Checked { value, findings })
    }

    /// Parses, checks, sets and proves the book, and makes the formats asked for.
    ///
    /// # Errors
    /// When a writer fails, or a format is one that only the command makes.
    pub fn build(&self, options: &BuildOptions) -> Result<Editions, Error> {
        let mut findings = Vec::new();
        let mut book = manuscript::parse(&self.sources).take(&mut findings);
        number_titles(&mut book, &self.style);
        findings.extend(lint::check(&book, &self.sources.map));
        let mut pages = typeset::set(&book, &self.style, &self.fonts).take(&mut findings);
        findings.extend(compromises(&pages));
        let faults = verify::pages(&book, &pages).findings;
        findings.extend(faults.into_iter().map(|fault| fault.within(Scope::Pages)));
        findings.extend(pdf::make_ready(&mut pages));
        let mut editions = Editions { book, pages, files: Vec::new(), findings };
        for format in &options.formats {
            self.add(*format, options, &mut editions)?;
        }
        diag::sort(&mut editions.findings);
        Ok(editions)
    }

    /// Makes one format, unless what was found refuses it.
    fn add(&self, format: Format, options: &BuildOptions, editions: &mut Editions) -> Result<(), Error> {
        let refuses =
            |finding: &Diagnostic| finding.severity == Severity::Error && format.is_within(finding.scope);
        if editions.findings.iter().any(refuses) {
            return Ok(());
        }
        let made = match format {
            Format::Epub => self.ebook(options, editions),
            Format::Pdf => Checked::clean(Some(pdf::screen(&editions.pages, None)?.bytes)),
            Format::Print => {
                let Checked { value, findings } = pdf::press(&editions.pages, &options.printer)?;
                Checked { value: value.map(|pdf| pdf.bytes), findings }
            }
            other => return Err(Error::new(format!("`{}` is made by the command alone", other.name()))),
        };
        let names = format.files(&editions.book.meta.slug);
        let bytes = made.take(&mut editions.findings);
        editions.files.extend(names.into_iter().zip(bytes).map(|(name, bytes)| Output { name, bytes }));
        Ok(())
    }

    fn ebook(&self, options: &BuildOptions, editions: &Editions) -> Checked<Option<Vec<u8>>> {
        let breaks = page_breaks(&editions.pages);
        let edition = epub::Edition {
            book: &editions.book,
            style: &self.style,
            fonts: &self.fonts,
            cover: None,
            pages: &breaks,
            store: &options.store,
            css: self.css.as_deref(),
            modified: published(&editions.book.meta),
        };
        let mut findings = Vec::new();
        let files = epub::files(&edition).take(&mut findings);
        findings.extend(verify::ebook(edition.book, &self.style.text.font, &documents(&files)).findings);
        let bytes = epub::pack(&files, &options.store).take(&mut findings);
        let refused = findings.iter().any(|finding| finding.severity == Severity::Error);
        Checked { value: (!refused).then_some(bytes), findings }
    }
}

/// The texts of an EPUB, as the proof reads them.
#[must_use]
pub fn documents(files: &[epub::File]) -> Vec<Document<'_>> {
    let texts = files.iter().filter(|file| file.path.ends_with(".xhtml"));
    texts.map(|file| Document { section: file.section, bytes: &file.bytes }).collect()
}

/// Where pages start, as the EPUB wants to know it.
#[must_use]
pub fn page_breaks(pages: &Pages) -> Vec<PageBreak> {
    let label = |page: u32| pages.pages.get(page as usize).map(|page| page.label.clone()).unwrap_or_default();
    let starts = pages.starts.iter();
    starts.map(|s| PageBreak { section: SectionId(s.section), at: s.at, label: label(s.page) }).collect()
}

/// When an EPUB was last changed, if nobody says: on the book's date, never by the clock.
#[must_use]
pub fn published(meta: &Meta) -> Modified {
    let date = meta.date.map_or((1970, 1, 1), |d| (d.year, d.month.unwrap_or(1), d.day.unwrap_or(1)));
    Modified { date, time: (0, 0, 0) }
}
