//! A book's folder: reading everything in it, and writing what was made.
//!
//! Together with `cli` the only module that touches the file system. Reading
//! ends here: every later stage is a pure function of what was read.

mod cache;
mod catalogue;
mod door;
mod fields;
mod folder;
mod fonts;
mod foreign;
mod format;
mod guess;
mod homes;
mod identifier;
mod images;
mod installed;
mod json;
mod keys;
mod known;
mod language;
mod markup;
mod matter;
mod meta;
mod names;
mod offers;
mod people;
mod placeholder;
mod plain_words;
mod reissue;
mod repair;
mod scaffold;
mod styles;
mod token;
mod tree;
mod words;
mod write;

pub use crate::diag::nearest;
pub use cache::{Files, Memo, Stamp, Store, Tree};
pub use catalogue::{CACHE, CATALOGUE, Catalogue, Listed, Shared, folder_matches, plain_name};
pub use door::{MAX_FILE, Refused, fingerprint, read as read_file, read_table, sha256, stays_inside};
pub use foreign::{Foreign, by_name as foreign_by_name, foreign};
pub use format::{Format, OTHER_FORMATS};
pub use guess::there_is;
pub use keys::{BOOK_KEYS, BookKey, BookValue, OTHER_KEYS, TABLES, word_keys};
pub use known::KnownPictures;
pub use people::is_about_people;
pub use scaffold::{for_shell, is_text_of_a_book, scaffold, tool_of};
pub use styles::{BUILT_IN as BUILT_IN_STYLES, built_in as built_in_style};
pub use write::{Output, WriteFolder, finish_earlier, write_all};

use crate::bounds;
use crate::diag::{Code, Diagnostic, Error, Scope, Span};
use crate::encoding::{UTF_16, decode};
use crate::file_names::slug;
use crate::font::Library;
use crate::sources::{ImageFile, Sources};
use crate::style::Style;
use fields::Fields;
pub use folder::Unsaved;
use folder::{Folder, Unread};
use fonts::Fonts;
pub use homes::Around;
use homes::Homes;
pub use installed::FontFile;
use known::Purpose;
use std::path::{Path, PathBuf};
use styles::Styled;
use tree::Table;

/// Everything that a book's folder holds.
#[non_exhaustive]
pub struct Project {
    /// The texts, pictures and particulars.
    pub sources: Sources,
    /// How the book is to look.
    pub style: Style,
    /// Where the keys of the style stand that somebody gave.
    pub style_places: Vec<((String, String), Span)>,
    /// The faces that it may be set in: ours, those of its `fonts/`, and what
    /// it asked for of those that are installed.
    pub fonts: Library,
    /// The font files that are not ours, by name.
    pub font_files: Vec<FontFile>,
    /// The families among them that are installed on this machine.
    pub installed_families: Vec<String>,
    /// The book's own style sheet for the EPUB.
    pub css: Option<String>,
    /// The book's own front cover: a picture, or a template.
    pub front: Option<ImageFile>,
    /// What to make when nobody says.
    pub formats: Vec<Format>,
    /// Who prints it.
    pub printer: Option<NamedPrinter>,
    /// Where it was read.
    pub root: PathBuf,
    /// What it takes from the catalogue that lists it.
    pub shared: Option<Shared>,
}

/// The printer that book.toml names.
pub struct NamedPrinter {
    /// A name that we know, or the file with the printer's demands.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What stands in the file, when the name is one.
    pub text: Option<String>,
}

impl Project {
    /// Where the value of a style's key stands, when somebody gave it.
    #[must_use]
    pub fn place_of(&self, table: &str, name: &str) -> Option<Span> {
        let same = |given: &&((String, String), Span)| given.0.0 == table && given.0.1 == name;
        self.style_places.iter().rfind(same).map(|(_, span)| *span)
    }

    /// A folder of whose book nothing is known but what was read of it.
    fn without_a_book(root: &Path, mut sources: Sources) -> Project {
        sources.meta.slug = slug("");
        Project {
            sources,
            style: Style::default(),
            style_places: Vec::new(),
            fonts: Library::built_in(),
            font_files: Vec::new(),
            installed_families: Vec::new(),
            css: None,
            front: None,
            formats: Format::USUAL.to_vec(),
            printer: None,
            root: root.to_owned(),
            shared: None,
        }
    }
}

/// Reads the book in `root`. What is wrong with the book is added to
/// `findings`, and the rest is read all the same.
///
/// # Errors
/// When there is no book.toml to read, or the machine fails.
pub fn load(root: &Path, findings: &mut Vec<Diagnostic>) -> Result<Project, Error> {
    load_with(root, Around::default(), findings)
}

/// The same with keys that are laid around the book's own.
///
/// # Errors
/// As with [`load`].
pub fn load_with(root: &Path, around: Around<'_>, findings: &mut Vec<Diagnostic>) -> Result<Project, Error> {
    let folder = Folder::open(root)?.with(around.unsaved);
    let mut sources = Sources::default();
    let text = match folder.read("book.toml") {
        Ok(bytes) => decode(bytes),
        Err(Unread::Machine(error)) => return Err(error),
        Err(Unread::Finding(_, message)) => {
            return Err(Error::new(format!("{} is not a book's folder: {message}", root.display())));
        }
    };
    let (text, guessed) = match text {
        Ok(text) => (text, None),
        Err(wrong) if wrong.encoding == UTF_16 => (wrong.text, None),
        Err(wrong) => (wrong.text.clone(), Some((wrong.place(), wrong.encoding))),
    };
    if bounds::SETTINGS.is_exceeded_by(text.len()) {
        findings.push(Diagnostic::too_much("`book.toml`", &bounds::SETTINGS, text.len(), None));
        return Ok(Project::without_a_book(root, sources));
    }
    let file = sources.map.add("book.toml", text.clone());
    findings.extend(
        guessed.map(|(at, guess)| matter::not_utf_8("book.toml", Span::new(file, at.start, at.end), guess)),
    );
    let own = if json::is_meant(&text) {
        findings.push(json::finding(file, &text));
        let Some(keys) = json::read(file, &text) else {
            return Ok(Project::without_a_book(root, sources));
        };
        keys
    } else {
        tree::parse(file, &text, findings)
    };
    let (table, homes) = Homes::new(folder, around, own, &mut sources.map);
    let folder = &homes.book;
    let mut top = Fields::new(table, "", findings);
    let language = top.span_of("language");
    sources.meta = meta::read(&mut top);
    if let Some(table) = top.table("words") {
        sources.meta.words = words::read(&mut top, table, &sources.meta);
    }
    sources.markup = markup::read(&mut top);
    let matter = top.table_or("matter", "body");
    let style = top.table_or("style", "name");
    let outputs = top.table_or("outputs", "formats");
    top.finish();
    let before = findings.len();
    sources.matter = matter::read(matter, folder, &mut sources.map, findings)?;
    findings.extend(words::judge(&sources.meta, &sources.matter, language));
    findings.extend(language::doubtful(&sources, language));
    reissue::import_first(root, &sources, before, findings);
    let mut styled = styles::read(style, &sources.meta.language, &homes, &mut sources.map, findings)?;
    images::read_all(folder, around.pictures, &mut sources)?;
    ornaments(&styled, &homes, around.pictures, &mut sources, findings)?;
    let css = extra_css(&styled, &homes, findings)?;
    let front = own_front(&styled, &homes, around.pictures, findings)?;
    around.pictures.into_iter().for_each(KnownPictures::end);
    let (formats, printer) = wanted(outputs, findings);
    let printer = match printer {
        Some((name, span)) => named_printer(name, span, &homes, findings)?,
        None => None,
    };
    let Fonts { library: fonts, files: font_files, installed } =
        fonts::read(&mut styled, &homes, &sources, findings)?;
    let (style_places, style) = (styled.places(), styled.style);
    let (root, shared) = (root.to_owned(), around.shared.cloned());
    Ok(Project {
        sources,
        style,
        style_places,
        fonts,
        font_files,
        installed_families: installed,
        css,
        front,
        formats,
        printer,
        root,
        shared,
    })
}

/// The nearest folder upward from `start` that holds a book.toml.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join("book.toml").is_file()).map(Path::to_owned)
}

/// What `[outputs]` asks for: formats, and the printer.
fn wanted(outputs: Option<Table>, findings: &mut Vec<Diagnostic>) -> (Vec<Format>, Option<(String, Span)>) {
    let usual = Format::USUAL.to_vec();
    let Some(table) = outputs else { return (usual, None) };
    let mut fields = Fields::new(table, "outputs", findings);
    // Some say `format`, where there is one.
    let given = fields.span_of("formats");
    let mut names = fields.texts("formats");
    names.extend(fields.take_where(|key| key == "format").into_iter().filter_map(|entry| {
        let span = entry.node.span;
        fields.words("format", entry.node).map(|name| (name, span))
    }));
    let mut formats: Vec<Format> =
        names.iter().filter_map(|(name, span)| known(&mut fields, name, *span)).collect();
    let mut seen = Vec::new();
    formats.retain(|format| {
        !seen.contains(format) && {
            seen.push(*format);
            true
        }
    });
    if let Some(span) = given.filter(|_| names.is_empty()) {
        let finding = Diagnostic::new(Code::ValueInvalid, span, "`formats` names nothing to make");
        fields.report(finding.hint("write `formats = [\"epub\", \"print\"]`, or leave the line out"));
    }
    let printer = fields.spanned_text("printer").map(|(name, span)| (token::token(&name), span));
    let printer = printer.filter(|(name, span)| {
        let is_empty = name.is_empty();
        if is_empty {
            let finding = Diagnostic::new(Code::ValueInvalid, *span, "`printer` names nobody");
            fields.report(finding.hint("leave the line out until there is a printer"));
        }
        !is_empty
    });
    fields.finish();
    (if formats.is_empty() { usual } else { formats }, printer)
}

/// Whether the name of a printer or shop is that of a file.
#[must_use]
pub fn names_a_file(name: &str) -> bool {
    name.contains(['.', '/', '\\'])
}

/// The printer of book.toml with its file, which must lie in the book's folder.
fn named_printer(
    name: String,
    span: Span,
    homes: &Homes<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<NamedPrinter>, Error> {
    if !names_a_file(&name) {
        return Ok(Some(NamedPrinter { name, span, text: None }));
    }
    let refused = match homes.of(span).read(&name) {
        Ok(bytes) => match door::table_text(bytes) {
            Ok(text) => return Ok(Some(NamedPrinter { name, span, text: Some(text) })),
            Err(reason) => (Code::FileEncoding, format!("the printer file `{name}` {reason}")),
        },
        Err(Unread::Machine(error)) => return Err(error),
        Err(Unread::Finding(code, message)) => (code, message),
    };
    let finding = Diagnostic::new(refused.0, span, refused.1);
    findings.push(match refused.0 {
        Code::FileMissing => finding.hint(matter::FROM_HERE),
        Code::FileOutside => {
            finding.hint("copy the printer's file into the book's folder, or name it with --printer")
        }
        _ => finding,
    });
    Ok(None)
}

/// The format of that name, in any case; of another name the one that it means, with a finding.
fn known(fields: &mut Fields<'_>, name: &str, span: Span) -> Option<Format> {
    let lower = token::token(name).trim_start_matches('.').to_lowercase();
    if let Some(format) = Format::find(&lower) {
        return Some(format);
    }
    let other = OTHER_FORMATS.iter().find(|(other, _)| *other == lower).map(|(_, ours)| *ours);
    if lower.is_empty() {
        let finding = Diagnostic::new(Code::ValueInvalid, span, "the name of a format is empty");
        fields.report(finding.hint("delete it, or write one such as \"epub\""));
        return None;
    }
    let finding = Diagnostic::new(Code::ValueInvalid, span, format!("`{name}` is not a format that we make"));
    let parts: Vec<&str> = lower.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        fields.report(finding.hint(format!("write a list: formats = [\"{}\"]", parts.join("\", \""))));
        return None;
    }
    let near = other.or_else(|| nearest(&lower, Format::ALL.iter().map(|(_, name)| *name)));
    fields.report(match near {
        Some(near) => finding.hint(format!("did you mean \"{near}\"?")),
        None => finding.hint(format!("formats: {}", Format::ALL.map(|(_, name)| name).join(", "))),
    });
    near.and_then(Format::find)
}

fn extra_css(
    styled: &Styled,
    homes: &Homes<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<String>, Error> {
    let Some(name) = &styled.style.epub.css else { return Ok(None) };
    let span = styled.span_of("epub", "css");
    match homes.of(span).read(name) {
        Ok(bytes) => Ok(Some(decode(bytes).unwrap_or_else(|wrong| wrong.text))),
        Err(Unread::Machine(error)) => Err(error),
        Err(Unread::Finding(code, message)) => {
            let finding = Diagnostic::new(code, span, message).within(Scope::Ebook);
            findings.push(if code == Code::FileMissing { finding.hint(matter::FROM_HERE) } else { finding });
            Ok(None)
        }
    }
}

/// Reads the pictures that the style names in place of signs.
fn ornaments(
    styled: &Styled,
    homes: &Homes<'_>,
    known: Option<&KnownPictures>,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Error> {
    let style = &styled.style;
    let signs = [
        ("scene-break", "mark", &style.scene_break.mark),
        ("heading", "ornament", &style.heading.ornament),
        ("title-page", "ornament", &style.title_page.ornament),
    ];
    for (table, key, name) in signs {
        let span = styled.span_of(table, key);
        let folder = homes.of(span);
        if !images::is_named(name, folder) {
            continue;
        }
        match images::read(folder, (Purpose::Text, name), known)? {
            Some(Ok(picture)) => {
                findings.extend(picture.shown_in_part(name, span));
                sources.ornaments.push(name.clone());
                sources.images.insert(name.clone(), Ok(picture));
            }
            Some(Err(unusable)) => findings.push(unusable.at(span)),
            None => findings.push(images::absent(folder, name, span)),
        }
    }
    Ok(())
}

/// The file that `cover.front` names, unless it names one of our templates.
fn own_front(
    styled: &Styled,
    homes: &Homes<'_>,
    known: Option<&KnownPictures>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<ImageFile>, Error> {
    let name = &styled.style.cover.front;
    let span = styled.span_of("cover", "front");
    if !name.contains('.') {
        return Ok(None);
    }
    let folder = homes.of(span);
    let refused = match images::read(folder, (Purpose::Cover, name), known)? {
        Some(Ok(front)) => {
            findings.extend(front.shown_in_part(name, span));
            return Ok(Some(front));
        }
        Some(Err(unusable)) => unusable.at(span),
        None => images::absent(folder, name, span),
    };
    findings.push(refused.within(Scope::FrontCover));
    Ok(None)
}
