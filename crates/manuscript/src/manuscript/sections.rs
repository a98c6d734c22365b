//! The reading order: what each section is, how it is called, how deep it stands.

use super::parsed::ParsedText;
use super::raw::{self, Attrs, Block, BlockKind, Heading, Inline, InlineKind, Text};
use super::{shape, slug, smart};
use crate::book::{Body, Content, GeneratedPage, Lang, Matter, Role, Section, SectionId, file_span};
use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::narrow::Nearest;
use crate::sources::{Entry, Item, Markup, Sources};
use crate::terms::Terms;
use std::collections::{BTreeMap, BTreeSet};

/// Gives a text without a heading the title that stands above it in front matter.
pub(super) fn title_from_above(
    text: &mut Text,
    title: Option<(Vec<Inline>, Span)>,
    language: &Lang,
    findings: &mut [Diagnostic],
) {
    // a title further down begins another text
    let is_bare = !text.blocks.iter().any(is_title) || is_text_above(&text.blocks);
    let Some((mut content, span)) = title.filter(|_| is_bare) else { return };
    smart::set(&mut content, language, Markup::default());
    let heading = Heading { level: 1, content, attrs: Attrs::default() };
    let at = text.blocks.iter().take_while(|block| is_page_mark(block)).count();
    text.blocks.insert(at, Block { kind: BlockKind::Heading(heading), span });
    for finding in findings.iter_mut().filter(|f| f.code == Code::FrontMatter && f.span == Some(span)) {
        finding.message = "these lines tell programs about the text; only their title is printed".to_owned();
        finding.hint = Some(
            "write the title as a heading `# Title`, say the rest in book.toml, and delete them".to_owned(),
        );
    }
}

/// The sections in reading order, still without text, and the files that
/// fill them. A made page gives way to a file of its name.
pub(super) fn list(sources: &Sources) -> (Vec<Section>, Vec<(SectionId, FileId)>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut files = Vec::new();
    let mut slugs = Slugs::default();
    let named = roles_of_files(sources);
    let is_body = |entry: &Entry| entry.matter == Matter::Body && matches!(entry.item, Item::File(_));
    let last_of_body = sources.matter.iter().rposition(is_body).unwrap_or(0);
    for (at, entry) in sources.matter.iter().enumerate().filter(|(_, entry)| !gives_way(entry, &named)) {
        let (role, wanted, content) = match entry.item {
            Item::Made(page) => {
                (Role::find(page.name()).unwrap_or(Role::Blank), page.name().to_owned(), Content::Made(page))
            }
            Item::File(file) => {
                let name = slug::file(&sources.map.file(file).name);
                let is_behind_text = at >= last_of_body && !files.is_empty();
                files.push((SectionId(u32::nearest(sections.len())), file));
                (
                    role_of_name(&name, is_behind_text),
                    name,
                    Content::Text(Body { file, blocks: Vec::new(), play: false }),
                )
            }
        };
        let slug = slugs.give(&wanted);
        sections.push(Section { matter: entry.matter, role, depth: 0, slug, content });
    }
    (sections, files)
}

/// The names of sections that are given.
#[derive(Default)]
struct Slugs {
    given: BTreeSet<String>,
    counts: BTreeMap<String, usize>,
}

impl Slugs {
    /// The name, or that with a number when it is given already.
    fn give(&mut self, wanted: &str) -> String {
        let slug = slug::unique(wanted, &mut self.counts, |name| self.given.contains(name));
        self.given.insert(slug.clone());
        slug
    }
}

/// The roles that the names of files say; none among them for files that say none.
fn roles_of_files(sources: &Sources) -> Vec<Option<Role>> {
    let mut roles = Vec::new();
    for entry in &sources.matter {
        let Item::File(file) = entry.item else { continue };
        let role = role_in_name(&slug::file(&sources.map.file(file).name));
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

fn gives_way(entry: &Entry, named: &[Option<Role>]) -> bool {
    let Item::Made(page) = entry.item else { return false };
    page != GeneratedPage::Blank && named.contains(&Role::find(page.name()))
}

/// The role of a text by its file's name. An index comes after the text: `index.md` alone, or with
/// chapters behind it, is the first page of what was a web site.
fn role_of_name(name: &str, is_behind_text: bool) -> Role {
    let role = role_in_name(name).unwrap_or(Role::Chapter);
    if role == Role::Index && !is_behind_text { Role::Chapter } else { role }
}

/// The role that a file's name says: `preface`, `02-preface`, `appendix-b`.
fn role_in_name(name: &str) -> Option<Role> {
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let first = bare.split('-').next().unwrap_or(bare);
    let spelled = match first {
        "acknowledgements" => "acknowledgments",
        "copyright" => "imprint",
        other => other,
    };
    let numbered = bare.strip_prefix(first).unwrap_or("").trim_start_matches('-');
    let plain = numbered.len() <= 3 || numbered.bytes().all(|b| b.is_ascii_digit());
    Role::find(bare).or_else(|| Role::find(spelled).filter(|_| plain))
}

/// Every further title of a file begins a section of its own, as if it stood
/// in another file, and so does the first where the text has begun above it; notes stay
/// with the first section.
pub(super) fn at_titles(sections: Vec<Section>, parts: Vec<ParsedText>) -> (Vec<Section>, Vec<ParsedText>) {
    let mut all: Vec<Section> = Vec::with_capacity(sections.len());
    let mut cut = Vec::with_capacity(parts.len());
    // the names that are given so far, not those of files further on
    let mut slugs = Slugs::default();
    let mut parts = parts.into_iter().peekable();
    for (index, section) in (0u32..).zip(sections) {
        let (matter, first) = (section.matter, section.slug.clone());
        slugs.given.insert(first.clone());
        all.push(section);
        let Some(mut part) = parts.next_if(|part| part.section.0 == index) else { continue };
        let first_title =
            usize::from(!is_text_above(&part.text.blocks) || all[all.len() - 1].role != Role::Chapter);
        let rest = titles_from(first_title, &mut part.text.blocks);
        part.section = SectionId(u32::nearest(all.len()) - 1);
        let file = part.file;
        cut.push(part);
        for blocks in rest {
            let wanted = slug::words(&title_words(&blocks)).unwrap_or_else(|| first.clone());
            let slug = slugs.give(&wanted);
            let content = Content::Text(Body { file, blocks: Vec::new(), play: false });
            all.push(Section { matter, role: Role::Chapter, depth: 0, slug, content });
            let text = Text { blocks, notes: Vec::new() };
            cut.push(ParsedText { section: SectionId(u32::nearest(all.len()) - 1), file, text });
        }
    }
    (all, cut)
}

/// Whether words of the text stand above the first title. A quotation, a picture or a division there, such as an
/// epigraph, belongs to the title.
fn is_text_above(blocks: &[Block]) -> bool {
    let Some(title) = blocks.iter().position(is_title) else { return false };
    blocks[..title].iter().any(|block| match &block.kind {
        BlockKind::Para(inlines) => {
            raw::plain(inlines).contains(char::is_alphabetic)
                && !matches!(inlines.as_slice(), [Inline { kind: InlineKind::Image { .. }, .. }])
        }
        BlockKind::List { .. } | BlockKind::Table { .. } | BlockKind::Definitions(_) => true,
        _ => false,
    })
}

/// Takes what follows each title from the given one on out of `blocks`.
/// Page marks go with the title that they stand before.
fn titles_from(first: usize, blocks: &mut Vec<Block>) -> Vec<Vec<Block>> {
    let titles: Vec<usize> = (0..blocks.len()).filter(|&at| is_title(&blocks[at])).skip(first).collect();
    let mut rest: Vec<Vec<Block>> = Vec::with_capacity(titles.len());
    for title in titles.into_iter().rev() {
        let marks = blocks[..title].iter().rev().take_while(|block| is_page_mark(block)).count();
        rest.push(blocks.split_off(title - marks));
    }
    rest.reverse();
    rest
}

fn is_title(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1)
}

fn is_page_mark(block: &Block) -> bool {
    matches!(block.kind, BlockKind::PageMark(_))
}

fn title_words(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(raw::plain(&heading.content)),
        _ => None,
    });
    title.unwrap_or_default()
}

/// Takes roles out of the titles' classes and finds each section's depth.
pub(super) fn ranks(
    sections: &mut [Section],
    parts: &mut [ParsedText],
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) {
    roles(sections, parts, sources, findings);
    depths(sections);
}

fn roles(
    sections: &mut [Section],
    parts: &mut [ParsedText],
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) {
    let mut nameless = Nameless::default();
    let titled_files: BTreeSet<FileId> =
        parts.iter().filter(|part| part.text.blocks.iter().any(is_title)).map(|part| part.file).collect();
    let mut titled = false;
    let end = end_of_chapters(sections, parts, sources);
    for (number, part) in parts.iter_mut().enumerate() {
        let section = &mut sections[part.section.0 as usize];
        let title = part.text.blocks.iter_mut().find_map(|block| match &mut block.kind {
            BlockKind::Heading(heading) if heading.level == 1 => Some(heading),
            _ => None,
        });
        let in_body = section.matter == Matter::Body;
        if let Some(heading) = title {
            let called = called(section, heading, sources);
            // what lists the books of a part must not end it
            let may_be = |role: &Role| !role.has_entries() || number >= end;
            let told = take_role(heading).or_else(|| called.filter(may_be));
            section.role = told.unwrap_or(section.role);
            titled |= in_body;
        } else if in_body && section.role == Role::Chapter {
            match first_heading(&part.text.blocks) {
                Some(heading) if titled => nameless.below.push(heading),
                Some(heading) => nameless.below_nothing.push(heading),
                None if titled_files.contains(&part.file) => {
                    nameless.above_titles.extend(part.text.blocks.first().map(|block| block.span));
                }
                None => nameless.untitled.push(part.file),
            }
        }
        shape::frame(&mut part.text.blocks, section.role);
    }
    findings.extend(nameless.untitled(sources));
    findings.extend(nameless.above_titles());
    findings.extend(nameless.below(sources));
    findings.extend(nameless.below_nothing(sources));
}

/// How many divisions of a higher rank each section stands in.
fn depths(sections: &mut [Section]) {
    let mut open: Vec<u8> = Vec::new();
    let mut matter = None;
    for section in sections {
        if matter.replace(section.matter) != Some(section.matter) || closes_parts(section.role) {
            open.clear();
        }
        let rank = section.role.rank();
        if rank > 0 {
            open.retain(|above| *above > rank);
        }
        section.depth = u8::nearest(open.len());
        if rank > 0 {
            open.push(rank);
        }
    }
}

/// The rank of the heading that the blocks begin with, when they do.
pub(super) fn first_heading(blocks: &[Block]) -> Option<(Span, u8)> {
    let silent = |block: &Block| match &block.kind {
        BlockKind::Para(inlines) => raw::plain(inlines).trim().is_empty(),
        BlockKind::PageMark(_) => true,
        _ => false,
    };
    match blocks.iter().find(|block| !silent(block)) {
        Some(Block { kind: BlockKind::Heading(heading), span }) => Some((*span, heading.level)),
        _ => None,
    }
}

/// Files of the body without a title of their own. Each kind is told of once:
/// where it is meant, it is meant in many.
#[derive(Default)]
struct Nameless {
    /// Those without a heading.
    untitled: Vec<FileId>,
    /// Words above the first title of their file.
    above_titles: Vec<Span>,
    /// Those that begin with a lower rank, as parts of the text before them.
    below: Vec<(Span, u8)>,
    /// Likewise, where no text stands before.
    below_nothing: Vec<(Span, u8)>,
}

impl Nameless {
    fn untitled<'s>(&self, sources: &'s Sources) -> impl Iterator<Item = Diagnostic> + 's {
        let is_blank = |file: &FileId| sources.map.file(*file).text.trim().is_empty();
        let (blank, untitled): (Vec<FileId>, Vec<FileId>) = self.untitled.iter().partition(|f| is_blank(f));
        let told = |files: &[FileId], (what, one, many): (&str, &str, &str), hint: &str| {
            let file = *files.first()?;
            let more = match files.len() - 1 {
                0 => String::new(),
                1 => format!(" (and one more file {one})"),
                n => format!(" (and {n} more files {many})"),
            };
            let message = format!("`{}` {what}{more}", sources.map.file(file).name);
            Some(Diagnostic::new(Code::TitleMissing, file_span(file), message).hint(hint))
        };
        let is_empty = ("is empty: a text without words stands in the book", "is empty", "are empty");
        let has_none = ("has no title: the contents list cannot name it", "has none", "have none");
        let blank = told(&blank, is_empty, "write it, or take its name out of [matter]");
        let untitled = told(&untitled, has_none, "begin it with a heading: # Title");
        blank.into_iter().chain(untitled)
    }

    fn above_titles(&self) -> Option<Diagnostic> {
        let span = *self.above_titles.first()?;
        let more = match self.above_titles.len() - 1 {
            0 => String::new(),
            1 => " (and so do those of one more file)".to_owned(),
            n => format!(" (and so do those of {n} more files)"),
        };
        let message =
            format!("these words stand above the title of their file, and make a text without a title{more}");
        let hint = "move them below the title, or begin them with a heading of their own";
        Some(Diagnostic::new(Code::TitleMissing, span, message).hint(hint))
    }

    fn below(&self, sources: &Sources) -> Option<Diagnostic> {
        let (span, level) = *self.below.first()?;
        let name = &sources.map.file(span.file).name;
        let more = more_begin_so(&self.below);
        let message = format!(
            "`{name}` begins with a heading of rank {level}: it is listed as a part of the text before it{more}"
        );
        let hint = "if it is a text of its own, write its heading with one `#`";
        Some(Diagnostic::new(Code::TitleMissing, span, message).hint(hint))
    }

    fn below_nothing(&self, sources: &Sources) -> Option<Diagnostic> {
        let (span, level) = *self.below_nothing.first()?;
        let name = &sources.map.file(span.file).name;
        let more = more_begin_so(&self.below_nothing);
        let message = format!(
            "`{name}` begins with a heading of rank {level}, and no text with a title stands before it{more}"
        );
        let hint = "write its heading with one `#`";
        Some(Diagnostic::new(Code::TitleMissing, span, message).hint(hint))
    }
}

fn more_begin_so(files: &[(Span, u8)]) -> String {
    match files.len() - 1 {
        0 => String::new(),
        1 => " (and one more file begins so)".to_owned(),
        n => format!(" (and {n} more files begin so)"),
    }
}

fn take_role(heading: &mut Heading) -> Option<Role> {
    let classes = &mut heading.attrs.classes;
    let at = classes.iter().position(|class| Role::find(class).is_some())?;
    Role::find(&classes.remove(at))
}

/// A text that its title calls a bibliography, an index, an epilogue or an afterword is one. Other
/// titles of what ends a book may end a part of it as well, as conclusions do.
fn called(section: &Section, heading: &Heading, sources: &Sources) -> Option<Role> {
    if section.matter == Matter::Front || section.role != Role::Chapter {
        return None;
    }
    let title = raw::plain(&heading.content).trim().to_lowercase();
    let terms = Terms::of(&sources.meta);
    let is_called =
        |role: &Role| terms.role(*role).is_some_and(|word| word.to_string().to_lowercase() == title);
    let ending = [Role::Epilogue, Role::Afterword].into_iter().filter(|_| section.matter == Matter::Body);
    let found = ending.chain([Role::Bibliography, Role::Index]).find(is_called);
    found.or_else(|| LISTS.iter().find(|(words, _)| words.contains(&title.as_str())).map(|(_, role)| *role))
}

/// Titles of bibliographies and indexes besides the word that the tool has for them.
const LISTS: &[(&[&str], Role)] = &[
    (
        &[
            "bibliography",
            "references",
            "select bibliography",
            "selected bibliography",
            "works cited",
            "literatur",
            "literaturangaben",
            "literaturverzeichnis",
            "quellenverzeichnis",
            "bibliographie",
            "bibliografie",
            "ouvrages cités",
            "références",
            "références bibliographiques",
            "список литературы",
        ],
        Role::Bibliography,
    ),
    (
        &["index", "index of names", "general index", "namenregister", "personenregister", "sachregister"],
        Role::Index,
    ),
];

/// The number of the first text, of those that have words, behind which no chapter comes any more.
fn end_of_chapters(sections: &[Section], parts: &[ParsedText], sources: &Sources) -> usize {
    let is_end = |part: &&ParsedText| {
        let section = &sections[part.section.0 as usize];
        let title = part.text.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading(heading) if heading.level == 1 => Some(heading),
            _ => None,
        });
        let by_class =
            title.and_then(|heading| heading.attrs.classes.iter().find_map(|class| Role::find(class)));
        let role = by_class.or_else(|| called(section, title?, sources)).unwrap_or(section.role);
        section.matter == Matter::Back || closes_parts(role)
    };
    parts.len() - parts.iter().rev().take_while(is_end).count()
}

/// What ends the book as a whole does not belong to its last part.
fn closes_parts(role: Role) -> bool {
    matches!(
        role,
        Role::Epilogue
            | Role::Afterword
            | Role::Conclusion
            | Role::Appendix
            | Role::Glossary
            | Role::Bibliography
            | Role::Index
            | Role::Acknowledgments
            | Role::Colophon
    )
}
