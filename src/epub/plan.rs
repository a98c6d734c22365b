//! What stands in which file: decided before anything is written, so that
//! every link knows where it leads.

use crate::book::{
    AnchorId, Block, Body, Book, Content, MadePage, Matter, Note, NoteId, NoteRef, Role, Section, SectionId,
    Seen, Stream, plain, visit, without_notes,
};
use crate::terms::Terms;
use std::collections::BTreeSet;

/// Bytes of XHTML, as estimated, beyond which a text goes on in another file;
/// readers lay out a file at once, and old ones give up at 300 kB.
const FILE_BYTES: usize = 200_000;
/// What a block's tags cost, on average.
const BLOCK_BYTES: usize = 40;
/// What a note's frame and each of its ways back cost.
const NOTE_BYTES: usize = 200;
/// A file may end before its limit where a heading begins.
const HEADING_FROM: usize = FILE_BYTES * 3 / 4;

/// What a file holds.
#[derive(Clone, Copy)]
pub(super) enum Unit<'a> {
    /// The cover.
    Cover,
    /// A page that the tool makes.
    Made(MadePage),
    /// A text, or a part of one.
    Text {
        /// The section.
        section: SectionId,
        /// What of it stands here.
        blocks: &'a [Block],
        /// Which part of it this is, from 0.
        part: usize,
        /// Whether the section ends here.
        last: bool,
    },
    /// Notes of a stream, or a part of them.
    Notes {
        /// Whose.
        stream: Stream,
        /// Which of them, in the order of [`Plan::notes_of`].
        first: usize,
        /// Where the part ends, in that order.
        end: usize,
    },
}

/// A file of the reading order.
pub(super) struct File<'a> {
    /// Its name without the ending.
    pub(super) name: String,
    /// Its title, in words.
    pub(super) title: String,
    /// The language of the title, when it is not the book's.
    pub(super) lang: Option<&'static str>,
    /// What it holds.
    pub(super) unit: Unit<'a>,
    /// Where it stands in the book.
    pub(super) matter: Matter,
    /// What it is.
    pub(super) role: Role,
    /// How deep below the book.
    pub(super) depth: u8,
}

/// Which file: an index into [`Plan::files`].
pub(super) type FileIndex = usize;

/// The files in reading order, and where things stand.
pub(super) struct Plan<'a> {
    pub(super) files: Vec<File<'a>>,
    anchors: Vec<FileIndex>,
    calls: Vec<Vec<FileIndex>>,
    notes: Vec<FileIndex>,
    names: BTreeSet<String>,
    /// Whether the book holds pages of an older edition.
    pub(super) has_marks: bool,
}

impl<'a> Plan<'a> {
    /// Divides the book into files.
    pub(super) fn new(book: &'a Book, has_cover: bool, terms: Terms<'_>) -> Plan<'a> {
        let mut plan = Plan {
            files: Vec::new(),
            anchors: vec![0; book.anchors.iter().count()],
            calls: book.notes.iter().map(|(_, note)| vec![0; note.calls as usize]).collect(),
            notes: vec![0; book.notes.len()],
            names: book.sections.iter().filter(|s| has_own_file(s)).map(|s| s.slug.clone()).collect(),
            has_marks: false,
        };
        if has_cover {
            plan.add_made(MadePage::Cover, Matter::Front, terms);
        }
        for (section, id) in book.sections.iter().zip(0..) {
            plan.add_section(section, SectionId(id), terms);
        }
        plan.add_contents(terms);
        plan.add_notes(book, terms);
        plan.locate(book);
        plan
    }

    /// The file that holds a place.
    pub(super) fn of_anchor(&self, anchor: AnchorId) -> FileIndex {
        self.anchors[anchor.index()]
    }

    /// The file that holds a note's call.
    pub(super) fn of_call(&self, call: NoteRef) -> FileIndex {
        self.calls[call.note.index()].get(call.call as usize).copied().unwrap_or(0)
    }

    /// The file that holds a note.
    pub(super) fn of_note(&self, note: NoteId) -> FileIndex {
        self.notes[note.index()]
    }

    /// The notes of a stream in the order of the texts that call them.
    pub(super) fn notes_of(book: &Book, stream: Stream) -> Vec<(NoteId, &Note)> {
        let mut all: Vec<_> = book.notes.iter().filter(|(_, note)| note.stream == stream).collect();
        all.sort_by_key(|(_, note)| (note.section, note.number));
        all
    }

    /// The first file of that kind.
    pub(super) fn find(&self, fits: impl Fn(&File<'a>) -> bool) -> Option<FileIndex> {
        self.files.iter().position(fits)
    }

    /// Where `to` is, as a link in another file of the same folder.
    pub(super) fn href(&self, to: FileIndex, id: &str) -> String {
        format!("{}.xhtml#{id}", self.files[to].name)
    }

    fn add_section(&mut self, section: &'a Section, id: SectionId, terms: Terms<'_>) {
        match &section.content {
            Content::Made(_) if !has_own_file(section) => {}
            Content::Made(page) => {
                self.files.push(made(*page, section.slug.clone(), section.matter, terms));
            }
            Content::Text(body) => self.add_text(section, id, body, terms),
        }
    }

    fn add_text(&mut self, section: &'a Section, id: SectionId, body: &'a Body, terms: Terms<'_>) {
        let (title, lang) = section_title(section, body, terms);
        let pieces = split(&body.blocks);
        let last = pieces.len() - 1;
        for (part, blocks) in pieces.into_iter().enumerate() {
            let (name, title) = match part {
                0 => (section.slug.clone(), title.clone()),
                n => (self.unique(&format!("{}-{}", section.slug, n + 1)), format!("{title} ({})", n + 1)),
            };
            let unit = Unit::Text { section: id, blocks, part, last: part == last };
            let (matter, role, depth) = (section.matter, section.role, section.depth);
            self.files.push(File { name, title, lang, unit, matter, role, depth });
        }
    }

    fn add_made(&mut self, page: MadePage, matter: Matter, terms: Terms<'_>) {
        let name = self.unique(page.name());
        self.files.push(made(page, name, matter, terms));
    }

    /// A contents page stands in every book: readers differ in what they make
    /// of the navigation document.
    fn add_contents(&mut self, terms: Terms<'_>) {
        if self.find(|file| file.role == Role::Contents).is_some() {
            return;
        }
        let opening = [Role::Cover, Role::HalfTitle, Role::TitlePage, Role::Imprint];
        let at = self.find(|file| !opening.contains(&file.role)).unwrap_or(self.files.len());
        let name = self.unique(MadePage::Contents.name());
        self.files.insert(at, made(MadePage::Contents, name, Matter::Front, terms));
    }

    /// Puts the notes where the book wants them, or at its end.
    fn add_notes(&mut self, book: &Book, terms: Terms<'_>) {
        let wanted = self.find(|file| matches!(file.unit, Unit::Made(MadePage::Notes)));
        let name = wanted.map(|at| self.files.remove(at).name);
        let end = self.find(|file| file.role == Role::Colophon && file.matter == Matter::Back);
        let mut at = wanted.or(end).unwrap_or(self.files.len());
        let streams = [
            (Stream::Author, "notes", terms.notes()),
            (Stream::Editor, "editor-notes", terms.editor_notes()),
        ];
        for (stream, plain_name, title) in streams {
            let all = Plan::notes_of(book, stream);
            for (first, end) in parts(&all) {
                let name = match &name {
                    Some(name) if stream == Stream::Author && first == 0 => name.clone(),
                    _ => self.unique(plain_name),
                };
                let (unit, lang, title) = (Unit::Notes { stream, first, end }, title.lang, title.to_string());
                let (matter, role) = (Matter::Back, Role::Notes);
                let file = File { name, title, lang, unit, matter, role, depth: 0 };
                self.files.insert(at, file);
                at += 1;
            }
        }
    }

    /// Notes where every anchor and every call came to stand.
    fn locate(&mut self, book: &'a Book) {
        let (anchors, calls, marks) = (&mut self.anchors, &mut self.calls, &mut self.has_marks);
        let of_streams = [Stream::Author, Stream::Editor].map(|stream| Plan::notes_of(book, stream));
        let mut look = |at: FileIndex, blocks: &'a [Block], in_text: bool| {
            visit(blocks, &mut |seen| match seen {
                Seen::Anchor(anchor) => anchors[anchor.index()] = at,
                Seen::Call(call) => {
                    if let Some(slot) = calls[call.note.index()].get_mut(call.call as usize) {
                        *slot = at;
                    }
                }
                Seen::PageMark => *marks |= in_text,
                Seen::Words(..) | Seen::Block(_) | Seen::Picture(..) | Seen::Reference => {}
            });
        };
        for (at, file) in self.files.iter().enumerate() {
            match file.unit {
                Unit::Text { blocks, .. } => look(at, blocks, true),
                Unit::Notes { stream, first, end } => {
                    for (id, note) in &of_streams[usize::from(stream == Stream::Editor)][first..end] {
                        self.notes[id.index()] = at;
                        look(at, &note.blocks, false);
                    }
                }
                Unit::Cover | Unit::Made(_) => {}
            }
        }
    }

    /// A name that no file has yet.
    fn unique(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut n = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{wanted}-{n}");
            n += 1;
        }
        name
    }
}

/// The cover has a file when there is a picture for it; an empty page is none on a screen.
fn has_own_file(section: &Section) -> bool {
    !matches!(section.content, Content::Made(MadePage::Cover | MadePage::Blank))
}

fn made<'a>(page: MadePage, name: String, matter: Matter, terms: Terms<'_>) -> File<'a> {
    let (role, unit) = match page {
        MadePage::Cover => (Role::Cover, Unit::Cover),
        MadePage::HalfTitle => (Role::HalfTitle, Unit::Made(page)),
        MadePage::TitlePage => (Role::TitlePage, Unit::Made(page)),
        MadePage::Imprint => (Role::Imprint, Unit::Made(page)),
        MadePage::Contents => (Role::Contents, Unit::Made(page)),
        MadePage::Notes => (Role::Notes, Unit::Made(page)),
        MadePage::Colophon => (Role::Colophon, Unit::Made(page)),
        MadePage::Blank => (Role::Blank, Unit::Made(page)),
    };
    let title = terms.role(role);
    let (lang, title) = (title.and_then(|title| title.lang), title.map(|title| title.to_string()));
    File { name, title: title.unwrap_or_default(), lang, unit, matter, role, depth: 0 }
}

/// The title of a text; without a heading its role, or its first words.
fn section_title(section: &Section, body: &Body, terms: Terms<'_>) -> (String, Option<&'static str>) {
    const FIRST_WORDS: usize = 6;
    let heading = body.title().map(|heading| plain(&without_notes(&heading.content)));
    let named = heading.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    let says_enough =
        section.role != Role::Chapter && terms.is_english() || MadePage::find(section.role.name()).is_some();
    let opening = || Some(first_words(&body.blocks, FIRST_WORDS)).filter(|_| !says_enough);
    let words = named.filter(|title| !title.is_empty()).or_else(opening).filter(|title| !title.is_empty());
    let role = terms.role(section.role);
    match (words, role) {
        (Some(words), _) => (words, None),
        (None, role) => {
            (role.map(|role| role.to_string()).unwrap_or_default(), role.and_then(|role| role.lang))
        }
    }
}

/// The first words of a text without a heading, with an ellipsis.
fn first_words(blocks: &[Block], count: usize) -> String {
    let mut words = String::new();
    visit(blocks, &mut |seen| {
        if let Seen::Block(block) = seen
            && words.is_empty()
            && let crate::book::BlockKind::Para(content) = &block.kind
        {
            words = plain(content).split_whitespace().take(count).collect::<Vec<_>>().join(" ");
        }
    });
    if words.is_empty() { words } else { words + "…" }
}

/// Parts a text at a size that readers can bear, before a heading if one is near.
fn split(blocks: &[Block]) -> Vec<&[Block]> {
    let (mut pieces, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (index, block) in blocks.iter().enumerate() {
        let size = block_bytes(block);
        let heading = matches!(block.kind, crate::book::BlockKind::Heading(_));
        let full = bytes + size > FILE_BYTES || (heading && bytes > HEADING_FROM);
        let after_heading = index > 0 && matches!(blocks[index - 1].kind, crate::book::BlockKind::Heading(_));
        if full && index > start && !after_heading {
            pieces.push(&blocks[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += size;
    }
    pieces.push(&blocks[start..]);
    pieces
}

/// Parts notes at a size that readers can bear: first and end of each part.
fn parts(notes: &[(NoteId, &Note)]) -> Vec<(usize, usize)> {
    let (mut parts, mut first, mut bytes) = (Vec::new(), 0, 0);
    for (index, (_, note)) in notes.iter().enumerate() {
        let size = NOTE_BYTES * (note.calls as usize) + note.blocks.iter().map(block_bytes).sum::<usize>();
        if bytes + size > FILE_BYTES && index > first {
            parts.push((first, index));
            (first, bytes) = (index, 0);
        }
        bytes += size;
    }
    if first < notes.len() {
        parts.push((first, notes.len()));
    }
    parts
}

fn block_bytes(block: &Block) -> usize {
    let mut bytes = 0;
    visit(std::slice::from_ref(block), &mut |seen| {
        bytes += match seen {
            Seen::Words(words, _) => words.words.len(),
            Seen::Block(_) => BLOCK_BYTES,
            Seen::Call(_) => 2 * BLOCK_BYTES,
            _ => 0,
        };
    });
    bytes
}
