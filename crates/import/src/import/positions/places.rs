//! What each line is by its place: a heading, a note, a passage that stands in, the first line of a paragraph.
//!
//! Each line is looked at with its neighbours alone, against what all have in common: n lines take n steps.

use super::super::hyphen::Hyphen;
use super::captions;
use super::edges::{edges, head_in_sentence, heads, is_verse};
use super::entries::{self, DEEPEST, Entry, INDENT, entries, stops};
use super::measures::{BookMeasures, starts_with_mark};
use super::passages::{self, Passage, passages, starts_small};
use super::speakers::{is_played, speaks};
use super::{Line, Place, ScannedPage, Tag};

/// How many leadings a title is from the text where lines of the same type differ in size.
const PARTED: f32 = 1.2;

/// The places of all lines of all pages.
pub(super) fn places(pages: &[ScannedPage]) -> Vec<Vec<Place>> {
    let heads = heads(pages);
    let book = BookMeasures::of(pages);
    let mut found: Vec<Vec<Place>> = Vec::with_capacity(pages.len());
    let mut before: Option<Before> = None;
    let mut carried = None;
    for (number, page) in pages.iter().enumerate() {
        let margins = book.margins(number, page);
        let notes = book.notes_from(page);
        let edges = edges(page, pages.get(number + 1), book.size, &heads);
        let played = is_played(page, margins.0, book.size, &book.speakers);
        let verse = !played && is_verse(page, &edges, notes);
        let open = !verse && before.as_ref().is_some_and(|before| !before.stops);
        let head = head_in_sentence(page, &edges, book.width).filter(|_| open);
        let is_text = |at: usize| !edges.contains(&at) && notes.is_none_or(|from| at < from);
        let apart = |above: &Line, line: &Line| book.apart(above, line);
        let measures = entries::Measures {
            margins,
            size: book.size,
            has_terms: !played,
            apart: &apart,
            is_text: &is_text,
        };
        let (entries, ends) = entries(page, &measures, carried);
        carried = ends;
        let caption = captions::at_head(page, &measures).filter(|_| open);
        let measures = passages::Measures {
            margins,
            size: book.size,
            indent: book.indent,
            played,
            open: before.as_ref().and_then(Before::open),
            apart: &apart,
            is_text: &is_text,
        };
        let passages = passages(page, &measures);
        let mut here: Vec<Place> = Vec::with_capacity(page.lines.len());
        let mut overleaf = true;
        for (at, line) in page.lines.iter().enumerate() {
            if head.is_some() && (head == Some(at) || edges.contains(&at)) {
                here.push(Place { tag: Tag::Edge, begins: true });
                continue;
            }
            if edges.contains(&at) {
                // whether it is furniture is decided where all signs meet; the text goes on behind it
                here.push(Place { tag: Tag::Paragraph, begins: true });
                continue;
            }
            if caption.as_ref().is_some_and(|caption| caption.contains(&at)) {
                let begins = caption.as_ref().is_some_and(|caption| caption.start == at);
                here.push(Place { tag: Tag::Caption, begins });
                continue;
            }
            let edge = |at: &usize| edges.contains(at);
            let (entry, passage) = (entries[at].filter(|_| !verse), passages[at]);
            let surroundings =
                Surroundings { page, margins, notes, verse, played, edge: &edge, entry, passage };
            let place = book.place(&surroundings, at, here.last(), before.as_ref(), overleaf);
            if matches!(place.tag, Tag::Paragraph | Tag::Quote | Tag::Verse | Tag::Item) {
                let room = margins.1 - line.right;
                let divided = line.text.ends_with(Hyphen::SIGNS);
                let inner = line.left - margins.0;
                before =
                    Some(Before { place, inner, room, stops: stops(&line.text), divided, block: line.block });
                overleaf = false;
            } else if !matches!(place.tag, Tag::Edge | Tag::Note | Tag::Caption) {
                before = None;
                overleaf = false;
            }
            here.push(place);
        }
        found.push(here);
    }
    found
}

/// The last line of running text that was met.
struct Before {
    place: Place,
    /// How far it begins behind the left margin, and how far it ends before the right one.
    inner: f32,
    room: f32,
    /// Whether a sentence ends with it, and whether a word goes on behind it.
    stops: bool,
    divided: bool,
    block: Option<usize>,
}

impl Before {
    /// The passage that goes on overleaf: verse, and a quotation within its sentence.
    fn open(&self) -> Option<Passage> {
        match self.place.tag {
            Tag::Verse => Some(Passage::Verse),
            Tag::Quote if !self.stops => Some(Passage::Quote),
            _ => None,
        }
    }
}

/// The page of a line.
struct Surroundings<'p> {
    page: &'p ScannedPage,
    margins: (f32, f32),
    /// From which line on notes stand.
    notes: Option<usize>,
    /// Whether all its text is verse.
    verse: bool,
    /// Whether most of its lines at the margin begin the speeches of a play.
    played: bool,
    /// Whether a line is a running head or a number.
    edge: &'p dyn Fn(&usize) -> bool,
    /// What the line is of an entry.
    entry: Option<Entry>,
    /// What it is of a passage that stands in.
    passage: Option<Passage>,
}

impl<'p> Surroundings<'p> {
    /// A line that is text.
    fn text(&self, at: Option<usize>) -> Option<&'p Line> {
        self.page.lines.get(at.filter(|at| !(self.edge)(at))?)
    }

    fn is_note(&self, at: usize) -> bool {
        self.notes.is_some_and(|from| at >= from)
    }
}

impl BookMeasures {
    fn place(
        &self,
        surroundings: &Surroundings<'_>,
        at: usize,
        above: Option<&Place>,
        before: Option<&Before>,
        overleaf: bool,
    ) -> Place {
        let margins = surroundings.margins;
        let line = &surroundings.page.lines[at];
        let previous = surroundings.text(at.checked_sub(1));
        let same = |tag: Tag| above.is_some_and(|p| p.tag == tag);
        if let Some(tag) = line.tag {
            return self.by_tag(line, tag, previous, before, same(tag), margins);
        }
        let inner = (line.left - margins.0) / self.size;
        if surroundings.is_note(at) {
            let stands_in = (INDENT..DEEPEST).contains(&inner);
            let begins = if self.notes_stand_in { stands_in } else { starts_with_mark(&line.text) };
            return Place { tag: Tag::Note, begins };
        }
        let below = surroundings.text(Some(at + 1));
        let parted = |other: Option<&Line>| {
            other.is_none_or(|o| (line.bottom - o.bottom).abs() > self.leading * PARTED)
        };
        let sized = line.size > self.size * 1.5 || !self.uneven || parted(previous) || parted(below);
        // no title begins with a small letter behind an open sentence, however tall its line is
        let goes_on = starts_small(&line.text) && before.is_some_and(|b| !b.stops);
        let depth = self
            .heading(line, margins)
            .filter(|_| sized)
            .or_else(|| self.centred(line, (previous, below), margins))
            .filter(|_| !goes_on);
        if let Some(depth) = depth {
            let begins = !same(Tag::Heading(depth)) || previous.is_none_or(|p| self.apart(p, line));
            return Place { tag: Tag::Heading(depth), begins };
        }
        if let Some(entry) = surroundings.entry {
            let begins = match entry {
                Entry::Head | Entry::Meaning => true,
                Entry::Rest => false,
                Entry::Overleaf => before.is_none_or(|b| b.stops && b.room > self.size * 1.8),
            };
            return Place { tag: Tag::Paragraph, begins };
        }
        let tag = match surroundings.passage {
            _ if surroundings.verse => Tag::Verse,
            Some(Passage::Verse) => Tag::Verse,
            Some(Passage::Quote) if surroundings.played => Tag::Verse,
            Some(Passage::Quote) => Tag::Quote,
            Some(Passage::AtRight) => return Place { tag: Tag::Paragraph, begins: true },
            None => Tag::Paragraph,
        };
        let gap = previous.is_some_and(|p| !overleaf && self.apart(p, line));
        let indented = tag == Tag::Paragraph && (INDENT..DEEPEST).contains(&inner);
        // a line of verse ends as it likes
        let in_verse = surroundings.verse || tag == Tag::Verse && before.is_some_and(|b| b.place.tag == tag);
        let ended = !in_verse && before.is_some_and(|b| b.stops && b.room > self.size * 1.8);
        let changes = before.is_none_or(|b| b.place.tag != tag);
        let speaks = !surroundings.verse && speaks(line, margins.0, self.size, &self.speakers);
        // what stands far in is the source of a quotation, or a name; the text goes on below; and no line with much room was filled
        let aside =
            !in_verse && !starts_small(&line.text) && before.is_some_and(|b| self.is_aside(b, line, margins));
        let directs = surroundings.played && line.text.trim_start_matches('*').starts_with('(');
        // the further paragraphs of a quotation stand in as those of the text do
        let inner_first = tag == Tag::Quote
            && before.is_some_and(|b| b.stops)
            && previous.is_some_and(|p| ((line.left - p.left) / self.size - self.indent).abs() < 0.3);
        // a sentence that the end of the page cuts goes on, however its lines are measured
        // nor does white space part it
        let same_text = |b: &Before| tag == Tag::Paragraph && b.place.tag == tag;
        let open = |b: &Before| b.divided || (overleaf || same_text(b)) && !indented && !b.stops;
        let cut = before.is_some_and(open) && starts_small(&line.text);
        Place {
            tag,
            begins: !cut
                && (gap || indented || ended || changes || speaks || inner_first || aside || directs),
        }
    }

    /// Whether a line stands far from where the one before does, to the one side or the other, or that one was not filled.
    fn is_aside(&self, before: &Before, line: &Line, (left, right): (f32, f32)) -> bool {
        let further = line.left - left - before.inner;
        let (far, room) = (self.size * 4.0, (right - left) / 3.0);
        before.stops && further > far || further < -far || before.room > room
    }

    /// The place of a line of which the file says what it is.
    fn by_tag(
        &self,
        line: &Line,
        tag: Tag,
        previous: Option<&Line>,
        before: Option<&Before>,
        same: bool,
        margins: (f32, f32),
    ) -> Place {
        if self.tagged && line.block.is_some() {
            let goes_on = previous.is_some_and(|p| p.block == line.block)
                || before.is_some_and(|b| b.block == line.block);
            return Place { tag, begins: !goes_on };
        }
        let begins = match tag {
            Tag::Note => !line.goes_on && starts_with_mark(&line.text),
            Tag::Heading(_) => !same || !line.goes_on && previous.is_none_or(|p| self.apart(p, line)),
            Tag::Code => !same || previous.is_none_or(|p| self.apart(p, line)),
            _ => !same || (line.left - margins.0) / self.size > INDENT,
        };
        Place { tag, begins }
    }
}
