//! What the boxes of lines tell: margins, indents, the size of the text, the
//! zone of notes, headings, passages that stand in.
//!
//! Everything is measured against what most lines of the whole book, or of the
//! page, have in common, in units of the size of its text; so neither the
//! resolution of a scan nor a page laid askew a little matters. Each line is
//! looked at with its neighbours alone: n lines take n steps.

use super::super::document::bracketed::bracketed_sign;
use super::super::hyphen::Hyphen;
use super::super::part_name::names_part;
use super::super::raised::SUPERSCRIPT;
use super::super::rules::NOTE_SIGNS;
use super::edges::{LARGER, SMALLER, edges, head_in_sentence, heads, is_verse, words};
use super::entries::{DEEPEST, Entry, INDENT, Measures, entries, stops};
use super::{Line, ScannedPage, Tag};
use crate::narrow::Nearest;

/// How far sizes differ that are one, and how many leadings a title is from the text where they differ more.
const EVEN: f32 = 0.03;
const PARTED: f32 = 1.2;
/// How many leadings two lines are apart that something parts.
const APART: f32 = 1.4;
/// How many lines that begin at the margin of its side show that a page has it.
const LEAST_FLUSH: usize = 3;

/// What a line is, and whether a passage begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub tag: Tag,
    pub begins: bool,
}

/// The places of all lines of all pages.
pub(super) fn places(pages: &[ScannedPage]) -> Vec<Vec<Place>> {
    let heads = heads(pages);
    let mut book = BookMeasures::of(pages);
    book.lefts = book.lefts(pages);
    book.notes_stand_in = book.notes_stand_in(pages);
    book.indent = book.indent(pages);
    let mut found: Vec<Vec<Place>> = Vec::with_capacity(pages.len());
    let mut before: Option<Before> = None;
    let mut carried = None;
    for (number, page) in pages.iter().enumerate() {
        let margins = book.margins(number, page);
        let notes = book.notes_from(page);
        let edges = edges(page, pages.get(number + 1), book.size, &heads);
        let verse = is_verse(page, &edges, notes);
        let open = !verse && before.as_ref().is_some_and(|before| !before.stops);
        let head = head_in_sentence(page, &edges, book.width).filter(|_| open);
        let is_text = |at: usize| !edges.contains(&at) && notes.is_none_or(|from| at < from);
        let apart = |above: &Line, line: &Line| book.apart(above, line);
        let measures = Measures { margins, size: book.size, apart: &apart, is_text: &is_text };
        let (entries, ends) = entries(page, &measures, carried);
        carried = ends;
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
            let edge = |at: &usize| edges.contains(at);
            let entry = entries[at].filter(|_| !verse);
            let surroundings = Surroundings { page, margins, notes, verse, edge: &edge, entry };
            let place = book.place(&surroundings, at, here.last(), before.as_ref(), overleaf);
            if matches!(place.tag, Tag::Paragraph | Tag::Quote | Tag::Verse | Tag::Item) {
                let room = margins.1 - line.right;
                let divided = line.text.ends_with(Hyphen::SIGNS);
                before = Some(Before { place, room, stops: stops(&line.text), divided, block: line.block });
                overleaf = false;
            } else if place.tag != Tag::Edge && place.tag != Tag::Note {
                before = None;
                overleaf = false;
            }
            here.push(place);
        }
        found.push(here);
    }
    found
}

/// How many notes show whether their first lines stand in.
const LEAST_MARKED: usize = 5;

/// The last line of running text that was met.
struct Before {
    place: Place,
    /// How far it ends before the right margin.
    room: f32,
    /// Whether a sentence ends with it, and whether a word goes on behind it.
    stops: bool,
    divided: bool,
    block: Option<usize>,
}

/// The page of a line.
struct Surroundings<'p> {
    page: &'p ScannedPage,
    margins: (f32, f32),
    /// From which line on notes stand.
    notes: Option<usize>,
    /// Whether all its text is verse.
    verse: bool,
    /// Whether a line is a running head or a number.
    edge: &'p dyn Fn(&usize) -> bool,
    /// What the line is of an entry.
    entry: Option<Entry>,
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

/// What all pages have in common.
struct BookMeasures {
    /// The size of the text.
    size: f32,
    /// From one line to the next.
    leading: f32,
    /// The width of a full line.
    width: f32,
    /// The sizes of headings, the largest first.
    headings: Vec<f32>,
    /// Whether the file says which lines are headings, and which are notes: measures then tell of no others.
    headings_are_told: bool,
    notes_are_told: bool,
    /// Whether lines of the same type differ in size, as the boxes of a scan do.
    uneven: bool,
    /// Whether the file itself says which lines are one passage.
    tagged: bool,
    /// Whether the first lines of notes stand in.
    notes_stand_in: bool,
    /// How far the first lines of paragraphs stand in, in sizes.
    indent: f32,
    /// The left margins that most pages of a side have, those with an even index first.
    lefts: [Option<f32>; 2],
}

/// The value that half of the weights lie below.
fn median(mut values: Vec<(f32, usize)>) -> f32 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|v| v.1).sum::<usize>() / 2;
    let mut sum = 0;
    for (value, weight) in values {
        sum += weight;
        if sum > half {
            return value;
        }
    }
    0.0
}

impl BookMeasures {
    fn of(pages: &[ScannedPage]) -> BookMeasures {
        let lines = || pages.iter().flat_map(|p| &p.lines).filter(|l| l.tag != Some(Tag::Edge));
        let size = median(lines().map(|l| (l.size, l.text.len())).collect()).max(0.1);
        let pairs = pages.iter().flat_map(|p| p.lines.windows(2));
        let steps = pairs.map(|w| w[1].bottom - w[0].bottom).filter(|s| *s > 0.3 * size && *s < 4.0 * size);
        let leading = median(steps.map(|s| (s, 1)).collect()).max(0.5 * size);
        let mut widths: Vec<f32> = lines().map(|l| l.right - l.left).collect();
        widths.sort_by(f32::total_cmp);
        let width = widths.get(widths.len() * 4 / 5).copied().unwrap_or(0.0);
        let mut headings: Vec<f32> = Vec::new();
        let headings_are_told = lines().any(|l| matches!(l.tag, Some(Tag::Heading(_))));
        let large = |l: &&Line| l.size > size * LARGER && l.text.len() < 200 && !headings_are_told;
        for line in lines().filter(large) {
            if !headings.iter().any(|h| (h - line.size).abs() < size * 0.12) {
                headings.push(line.size);
            }
        }
        headings.sort_by(|a, b| b.total_cmp(a));
        let all = lines().count();
        let tagged = lines().filter(|l| l.block.is_some()).count() * 10 >= all * 8;
        let notes_are_told = lines().any(|l| l.tag == Some(Tag::Note));
        let even = lines().filter(|l| (l.size - size).abs() < size * EVEN).count();
        let uneven = even * 10 < lines().count() * 6;
        let (notes_stand_in, indent, lefts) = (false, 0.0, [None; 2]);
        BookMeasures {
            size,
            leading,
            width,
            headings,
            headings_are_told,
            notes_are_told,
            uneven,
            tagged,
            notes_stand_in,
            indent,
            lefts,
        }
    }

    /// The left and right margin of the page with an index. Where most of its full lines stand in, as those of an index or
    /// of definitions do, the margin is that of its side, if lines begin there.
    fn margins(&self, index: usize, page: &ScannedPage) -> (f32, f32) {
        let (left, right) = self.own_margins(page);
        let usual = self.lefts[index % 2].filter(|usual| left - usual > INDENT * self.size);
        let begin_there = |usual: &f32| {
            let flush =
                |l: &&Line| l.tag != Some(Tag::Edge) && (l.left - usual).abs() < INDENT / 2.0 * self.size;
            page.lines.iter().filter(flush).count() >= LEAST_FLUSH
        };
        (usual.filter(begin_there).unwrap_or(left), right)
    }

    /// The left margins of the two sides: of both as many pages as have about the same.
    fn lefts(&self, pages: &[ScannedPage]) -> [Option<f32>; 2] {
        [0, 1].map(|side| {
            let own: Vec<f32> =
                pages.iter().skip(side).step_by(2).map(|page| self.own_margins(page).0).collect();
            let usual = median(own.iter().map(|left| (*left, 1)).collect());
            let alike = own.iter().filter(|left| (**left - usual).abs() < INDENT / 2.0 * self.size).count();
            (alike * 2 > own.len()).then_some(usual)
        })
    }

    /// Where most lines of a page begin, and the longest end.
    fn own_margins(&self, page: &ScannedPage) -> (f32, f32) {
        let lines = || page.lines.iter().filter(|l| l.tag != Some(Tag::Edge) && l.size < self.size * LARGER);
        let wide = || lines().filter(|l| l.right - l.left > self.width * 0.7);
        // the leftmost place at which a fair share of the wide lines begins
        let mut lefts: Vec<f32> = wide().map(|l| l.left).collect();
        lefts.sort_by(f32::total_cmp);
        // those that are near a place stand beside one another; a page may have a hundred thousand
        let reach = self.size * 0.35;
        let near = |at: f32| {
            let from = lefts.partition_point(|left| at - left >= reach);
            lefts.partition_point(|left| left - at < reach).saturating_sub(from)
        };
        let share = (lefts.len() / 4).max(1);
        let left = lefts.iter().copied().find(|l| near(*l) >= share).or(lefts.first().copied());
        let left = left.or_else(|| lines().map(|l| l.left).reduce(f32::min)).unwrap_or(0.0);
        let mut rights: Vec<f32> = wide().map(|l| l.right).collect();
        rights.sort_by(f32::total_cmp);
        let right = rights.get(rights.len() * 9 / 10).copied().unwrap_or(left + self.width);
        (left, right)
    }

    /// From which line on the foot of a page is in smaller type, if it is; its number alone does not count.
    fn notes_from(&self, page: &ScannedPage) -> Option<usize> {
        if self.notes_are_told {
            return None;
        }
        let smaller = |l: &Line| l.size < self.size * SMALLER;
        let folio = |l: &Line| {
            // a dash has more bytes than one
            l.text.chars().count() <= 7
                && (words(l).is_empty() || words(l).bytes().all(|b| b"ivxlc".contains(&b)))
        };
        let mut end = page.lines.len();
        while end > 0 && (page.lines[end - 1].tag == Some(Tag::Edge) || folio(&page.lines[end - 1])) {
            end -= 1;
        }
        let from = (0..end).rev().take_while(|i| smaller(&page.lines[*i])).last();
        // what stands as far apart as text is text, though a scan took it for smaller
        let step = |at: usize| page.lines[at].bottom - page.lines[at - 1].bottom;
        let is_text = |at: usize| (self.leading * 0.95..self.leading * 1.15).contains(&step(at));
        let wide = |at: &usize| step(*at) > self.leading * 1.15;
        let from = from.and_then(|from| {
            let text = (from.max(1)..end).take_while(|at| is_text(*at)).count();
            let after = from.max(1) + text;
            let gap = Some(after).filter(|at| *at < end && wide(at));
            gap.or((text == 0 || after < end).then_some(from))
        });
        // a page all in smaller type is no page of notes
        from.filter(|from| *from > 0 || end <= 3)
    }

    /// How far most full lines stand in below which a flush one stands.
    fn indent(&self, pages: &[ScannedPage]) -> f32 {
        let mut found: Vec<(f32, usize)> = Vec::new();
        for (index, page) in pages.iter().enumerate() {
            let (left, right) = self.margins(index, page);
            let inner = |l: &Line| (l.left - left) / self.size;
            let first = |pair: &&[Line]| {
                (INDENT..DEEPEST).contains(&inner(&pair[0]))
                    && right - pair[0].right < self.size
                    && inner(&pair[1]).abs() < INDENT / 2.0
            };
            found.extend(page.lines.windows(2).filter(first).map(|pair| (inner(&pair[0]), 1)));
        }
        median(found)
    }

    /// Whether the lines of the book's notes that begin with a mark stand in, as the first line of a paragraph does.
    fn notes_stand_in(&self, pages: &[ScannedPage]) -> bool {
        let (mut marked, mut stand_in) = (0, 0);
        for (index, page) in pages.iter().enumerate() {
            let margins = self.margins(index, page);
            let Some(from) = self.notes_from(page) else { continue };
            for line in page.lines[from..].iter().filter(|l| l.tag.is_none() && starts_with_mark(&l.text)) {
                marked += 1;
                stand_in += usize::from((INDENT..DEEPEST).contains(&((line.left - margins.0) / self.size)));
            }
        }
        marked >= LEAST_MARKED && stand_in * 10 >= marked * 7
    }

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
        let (stands_in, ragged) = self.passage(surroundings, at);
        let tag = match (stands_in, ragged) {
            _ if surroundings.verse => Tag::Verse,
            (true, true) => Tag::Verse,
            (true, false) => Tag::Quote,
            _ => Tag::Paragraph,
        };
        let gap = previous.is_some_and(|p| !overleaf && self.apart(p, line));
        let indented = tag == Tag::Paragraph && (INDENT..DEEPEST).contains(&inner);
        let ended = !surroundings.verse && before.is_some_and(|b| b.stops && b.room > self.size * 1.8);
        let changes = before.is_none_or(|b| b.place.tag != tag);
        // a sentence that the end of the page cuts goes on, however its lines are measured
        // nor does white space part it
        let same_text = |b: &Before| tag == Tag::Paragraph && b.place.tag == tag;
        let open = |b: &Before| b.divided || (overleaf || same_text(b)) && !indented && !b.stops;
        let cut = before.is_some_and(open) && starts_small(&line.text);
        Place { tag, begins: !cut && (gap || indented || ended || changes) }
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
            _ => !same || (line.left - margins.0) / self.size > INDENT,
        };
        Place { tag, begins }
    }

    /// Whether more than the usual white space is between two lines.
    fn apart(&self, above: &Line, line: &Line) -> bool {
        // larger type has more from line to line
        let leading = self.leading.max(self.leading * line.size.min(above.size) / self.size);
        line.bottom - above.bottom > leading * APART
    }

    /// The depth of a heading: larger type, not as wide as a full line unless it is much larger.
    fn heading(&self, line: &Line, (left, right): (f32, f32)) -> Option<u8> {
        let rank = self.headings.iter().position(|h| (h - line.size).abs() < self.size * 0.12)?;
        let short = line.right - line.left < (right - left) * 0.92;
        let words = line.text.chars().any(char::is_alphabetic);
        (words && (short || line.size > self.size * 1.5)).then_some(1 + u8::nearest(rank.min(2)))
    }

    /// The depth of a heading that only stands apart: white space above and below, as much on the left as on the
    /// right, and no sentence.
    fn centred(
        &self,
        line: &Line,
        (above, below): (Option<&Line>, Option<&Line>),
        margins: (f32, f32),
    ) -> Option<u8> {
        if self.headings_are_told {
            return None;
        }
        let (inner, room) = (line.left - margins.0, margins.1 - line.right);
        let apart = above.is_none_or(|a| self.apart(a, line)) && below.is_some_and(|b| self.apart(line, b));
        // the lines of a scan end unevenly, and the name of a chapter is one wherever it stands
        let aside = if names_part(&line.text) { 4.0 } else { 1.6 };
        let middle = inner > self.size * 1.5 && (inner - room).abs() < self.size * aside;
        // a chapter may be named with a stop: `CHAPITRE II.`
        let open = !line.text.ends_with(['.', ',', ';', ':', '-', '—', '…', '”', '"', '\u{ad}'])
            || names_part(&line.text);
        let numeral = line.text.trim_end_matches('.').bytes().all(|b| b"IVXLC".contains(&b));
        let words = line.text.contains(char::is_uppercase) && line.text.len() < 90;
        let whole = line.size > self.size * SMALLER;
        // a numeral alone counts a section wherever it stands, as long as something parts it from the text above
        let counts =
            numeral && words && above.is_none_or(|a| self.apart(a, line) || a.size > self.size * LARGER);
        (apart && middle && words && whole && (open || numeral) || counts)
            .then_some(1 + u8::nearest(self.headings.len().min(2)))
    }

    /// Whether a line is of a passage that stands in on the left, with a line above or below that does so too; and
    /// whether such lines end as they like.
    fn passage(&self, surroundings: &Surroundings<'_>, at: usize) -> (bool, bool) {
        let (left, right) = surroundings.margins;
        let text = |at: Option<usize>| {
            let foot = |l: &&Line| at.is_none_or(|at| !surroundings.is_note(at)) && l.tag.is_none();
            surroundings.text(at).filter(foot)
        };
        let (line, previous, next) =
            (&surroundings.page.lines[at], text(at.checked_sub(1)), text(Some(at + 1)));
        let inner = |l: &Line| (l.left - left) / self.size;
        let room = |l: &Line| (right - l.right) / self.size;
        let stands_in = |l: &Line| inner(l) >= INDENT * 1.5 && l.size < self.size * LARGER;
        // the first line of a paragraph is full, and the next one is flush
        let first = |at: usize| {
            let line = text(Some(at)).filter(|l| room(l) < 1.0);
            let flush = text(Some(at + 1)).is_some_and(|n| inner(n) < INDENT);
            line.is_some_and(|l| flush && (inner(l) - self.indent).abs() < 0.3)
        };
        let pair = |other: Option<&Line>, first: bool| {
            other.is_some_and(|o| !first && stands_in(o) && (inner(o) - inner(line)).abs() < 6.0)
        };
        if !stands_in(line) || first(at) || !(pair(previous, false) || pair(next, first(at + 1))) {
            return (false, false);
        }
        let free = |l: &Line| room(l) > 4.0;
        let ragged = free(line)
            && previous.filter(|p| stands_in(p)).is_none_or(free)
            && next.filter(|n| stands_in(n)).is_none_or(free);
        (true, ragged)
    }
}

/// Whether the first letter of a line is a small one.
fn starts_small(text: &str) -> bool {
    text.trim_start_matches(['*', '_', '“', '"', '(']).starts_with(char::is_lowercase)
}

/// Whether a line begins as notes do: with a number, a star, a dagger.
pub(super) fn starts_with_mark(text: &str) -> bool {
    if bracketed_sign(text).is_some() {
        return true;
    }
    let text = text.trim_start_matches("<sup>").trim_start_matches(['(', '[']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let parted = |rest: &str| {
        rest.starts_with(|c: char| c.is_whitespace() || "<.)]*“\"".contains(c) || c.is_uppercase())
    };
    (1..=3).contains(&digits) && parted(&text[digits..])
        || text.starts_with("\\*")
        || text.starts_with("[^")
        || text.starts_with(|c: char| c != '*' && NOTE_SIGNS.contains(&c))
        || text.starts_with(SUPERSCRIPT)
}
