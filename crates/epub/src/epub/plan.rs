//! What stands in which file: decided before anything is written, so that
//! every link knows where it leads.

use crate::book::{
    AnchorId, Block, Body, Book, Content, GeneratedPage, Heading, Matter, Note, NoteId, NoteRef, Role,
    Section, SectionId, Seen, Stream, plain, visit, without_notes,
};
use crate::style::{NotePlace, Style};
use crate::terms::{Terms, Word};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    Made(GeneratedPage),
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
    /// The notes of the text before, where they would make its file too long.
    TextNotes,
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

/// How a text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// With a heading of a lower rank, inside the text before it.
    Inside,
    /// Likewise, but no text with a title stands before it.
    Alone,
    /// With its title, or with words.
    Other,
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
    /// How its text begins.
    pub(super) opening: Opening,
    /// The notes that stand at its end.
    pub(super) notes: Vec<NoteId>,
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
    /// Where the last text with a title stood.
    titled: Option<Matter>,
}

impl<'a> Plan<'a> {
    /// Divides the book into files.
    pub(super) fn new(book: &'a Book, style: &Style, has_cover: bool, terms: Terms<'_>) -> Plan<'a> {
        let mut plan = Plan {
            files: Vec::new(),
            anchors: vec![0; book.anchors.iter().count()],
            calls: book.notes.iter().map(|(_, note)| vec![0; note.calls as usize]).collect(),
            notes: vec![0; book.notes.len()],
            names: book.sections.iter().filter(|s| has_own_file(s)).map(|s| s.slug.clone()).collect(),
            has_marks: false,
            titled: None,
        };
        if has_cover {
            plan.add_made(GeneratedPage::Cover, Matter::Front, terms);
        }
        let mut of_texts = notes_of_texts(book, style);
        for (section, id) in book.sections.iter().zip(0..).map(|(section, id)| (section, SectionId(id))) {
            plan.add_section(section, id, terms);
            if let Some(notes) = of_texts.remove(&id) {
                plan.add_text_notes(book, notes, terms);
            }
        }
        plan.add_contents(terms);
        plan.add_notes(book, style, terms);
        plan.locate(book);
        plan
    }

    /// The files in runs that may be written apart from each other: the parts of a section
    /// go on from one to the next.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let section = |file: &File<'_>| match file.unit {
            Unit::Text { section, .. } => Some(section),
            _ => None,
        };
        let goes_on = |a: &File<'_>, b: &File<'_>| section(a).is_some() && section(a) == section(b);
        let mut end = 0;
        let range = |run: &[File<'_>]| {
            end += run.len();
            end - run.len()..end
        };
        self.files.chunk_by(goes_on).map(range).collect()
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
        let inside = section.role == Role::Chapter && self.titled == Some(section.matter);
        let opening = match body.goes_on() && body.first_heading().is_some_and(Heading::has_words) {
            true if inside => Opening::Inside,
            true => Opening::Alone,
            false => Opening::Other,
        };
        if body.title().is_some_and(Heading::has_words) {
            self.titled = Some(section.matter);
        }
        let pieces = split(&body.blocks);
        let last = pieces.len() - 1;
        for (part, blocks) in pieces.into_iter().enumerate() {
            let (name, title) = match part {
                0 => (section.slug.clone(), title.clone()),
                n => (self.unique(&format!("{}-{}", section.slug, n + 1)), format!("{title} ({})", n + 1)),
            };
            let unit = Unit::Text { section: id, blocks, part, last: part == last };
            let (matter, role, depth) = (section.matter, section.role, section.depth);
            let notes = Vec::new();
            self.files.push(File { name, title, lang, unit, matter, role, depth, opening, notes });
        }
    }

    /// Puts the notes of a text at its end, or behind it where that is long.
    fn add_text_notes(&mut self, book: &Book, notes: Vec<NoteId>, terms: Terms<'_>) {
        let Some(last) = self.files.last_mut() else { return };
        let Unit::Text { blocks, .. } = last.unit else { return };
        let bytes = |note: &NoteId| note_bytes(book.notes.get(*note));
        let own: usize = blocks.iter().map(block_bytes).sum();
        if own + notes.iter().map(bytes).sum::<usize>() <= FILE_BYTES {
            last.notes = notes;
            return;
        }
        let (matter, depth, wanted) = (last.matter, last.depth, format!("{}-notes", last.name));
        let name = self.unique(&wanted);
        let file = file_of(name, Some(terms.notes()), Unit::TextNotes, Role::Notes);
        self.files.push(File { matter, depth, notes, ..file });
    }

    fn add_made(&mut self, page: GeneratedPage, matter: Matter, terms: Terms<'_>) {
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
        let name = self.unique(GeneratedPage::Contents.name());
        self.files.insert(at, made(GeneratedPage::Contents, name, Matter::Front, terms));
    }

    /// Puts the notes where the book wants them, or at its end.
    fn add_notes(&mut self, book: &Book, style: &Style, terms: Terms<'_>) {
        let wanted = self.find(|file| matches!(file.unit, Unit::Made(GeneratedPage::Notes)));
        let name = wanted.map(|at| self.files.remove(at).name);
        let end = self.find(|file| file.role == Role::Colophon && file.matter == Matter::Back);
        let mut at = wanted.or(end).unwrap_or(self.files.len());
        let at_end = |stream: &Stream| place(style, *stream) != NotePlace::Text;
        for stream in Stream::ALL.into_iter().filter(at_end) {
            let (plain_name, title) = match stream {
                Stream::Author => ("notes", terms.notes()),
                Stream::Editor => ("editor-notes", terms.editor_notes()),
            };
            let all = Plan::notes_of(book, stream);
            for (first, end) in parts(&all) {
                let name = match &name {
                    Some(name) if stream == Stream::Author && first == 0 => name.clone(),
                    _ => self.unique(plain_name),
                };
                let unit = Unit::Notes { stream, first, end };
                let file = file_of(name, Some(title), unit, Role::Notes);
                self.files.insert(at, file);
                at += 1;
            }
        }
    }

    /// Notes where every anchor and every call came to stand.
    fn locate(&mut self, book: &'a Book) {
        let (anchors, calls, marks) = (&mut self.anchors, &mut self.calls, &mut self.has_marks);
        let of_streams = Stream::ALL.map(|stream| Plan::notes_of(book, stream));
        let mut look = |at: FileIndex, blocks: &'a [Block], in_text: bool| {
            visit(blocks, &mut |seen| match seen {
                Seen::Anchor(anchor) => anchors[anchor.index()] = at,
                Seen::Call(call) => {
                    if let Some(slot) = calls[call.note.index()].get_mut(call.call as usize) {
                        *slot = at;
                    }
                }
                Seen::PageMark(..) => *marks |= in_text,
                _ => {}
            });
        };
        for (at, file) in self.files.iter().enumerate() {
            for id in &file.notes {
                self.notes[id.index()] = at;
                look(at, &book.notes.get(*id).blocks, false);
            }
            match file.unit {
                Unit::Text { blocks, .. } => look(at, blocks, true),
                Unit::TextNotes => {}
                Unit::Notes { stream, first, end } => {
                    for (id, note) in &of_streams[stream as usize][first..end] {
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
    !matches!(section.content, Content::Made(GeneratedPage::Cover | GeneratedPage::Blank))
}

fn made<'a>(page: GeneratedPage, name: String, matter: Matter, terms: Terms<'_>) -> File<'a> {
    let (role, unit) = match page {
        GeneratedPage::Cover => (Role::Cover, Unit::Cover),
        GeneratedPage::HalfTitle => (Role::HalfTitle, Unit::Made(page)),
        GeneratedPage::TitlePage => (Role::TitlePage, Unit::Made(page)),
        GeneratedPage::Imprint => (Role::Imprint, Unit::Made(page)),
        GeneratedPage::Contents => (Role::Contents, Unit::Made(page)),
        GeneratedPage::Notes => (Role::Notes, Unit::Made(page)),
        GeneratedPage::Colophon => (Role::Colophon, Unit::Made(page)),
        GeneratedPage::Blank => (Role::Blank, Unit::Made(page)),
    };
    File { matter, ..file_of(name, terms.role(role), unit, role) }
}

/// A file of the book's own rank, in its back matter.
fn file_of<'a>(name: String, title: Option<Word<'_>>, unit: Unit<'a>, role: Role) -> File<'a> {
    let lang = title.and_then(|title| title.lang);
    let title = title.map(|title| title.to_string()).unwrap_or_default();
    let (matter, opening, notes) = (Matter::Back, Opening::Other, Vec::new());
    File { name, title, lang, unit, matter, role, depth: 0, opening, notes }
}

/// Where the style wants the notes of a stream.
fn place(style: &Style, stream: Stream) -> NotePlace {
    match stream {
        Stream::Author => style.notes.place,
        Stream::Editor => style.editor_notes.place,
    }
}

/// The notes that stand at the end of the text that calls them first, in the
/// order of their calls.
fn notes_of_texts(book: &Book, style: &Style) -> BTreeMap<SectionId, Vec<NoteId>> {
    let mut all: BTreeMap<SectionId, Vec<NoteId>> = BTreeMap::new();
    for (id, note) in book.notes.iter() {
        if place(style, note.stream) == NotePlace::Text {
            all.entry(note.section).or_default().push(id);
        }
    }
    all
}

/// The title of a text; without a heading its role, or its first words.
fn section_title(section: &Section, body: &Body, terms: Terms<'_>) -> (String, Option<&'static str>) {
    const FIRST_WORDS: usize = 6;
    let heading = body.first_heading().filter(|heading| heading.has_words()).or_else(|| body.title());
    let heading = heading.map(|heading| plain(&without_notes(&heading.content)));
    let named = heading.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    // Every language that we know has a word for each of the other roles.
    let named_by_role = terms.role(section.role).is_some_and(|role| role.lang.is_none());
    let says_enough =
        section.role != Role::Chapter && named_by_role || GeneratedPage::find(section.role.name()).is_some();
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

/// The first words of a text without a heading, with an ellipsis when it has more.
fn first_words(blocks: &[Block], count: usize) -> String {
    let mut words = String::new();
    visit(blocks, &mut |seen| {
        if let Seen::Block(block) = seen
            && words.is_empty()
            && let crate::book::BlockKind::Para(content) = &block.kind
        {
            words = plain(&without_notes(content));
        }
    });
    let first = words.split_whitespace().take(count).collect::<Vec<_>>().join(" ");
    let first = first.trim_end_matches(['.', ',', ';', ':', '—', '–', '…']);
    let is_all = first.is_empty() || words.split_whitespace().count() <= count;
    if is_all { first.to_owned() } else { format!("{first}…") }
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
        let size = note_bytes(note);
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

fn note_bytes(note: &Note) -> usize {
    NOTE_BYTES * (note.calls as usize) + note.blocks.iter().map(block_bytes).sum::<usize>()
}

/// A block's bytes of XHTML, as estimated.
fn block_bytes(block: &Block) -> usize {
    let mut bytes = 0;
    visit(std::slice::from_ref(block), &mut |seen| {
        bytes += match seen {
            Seen::Words(text, _) | Seen::Code(text, _) => text.words.len(),
            Seen::Block(_) => BLOCK_BYTES,
            Seen::Call(_) => 2 * BLOCK_BYTES,
            _ => 0,
        };
    });
    bytes
}
