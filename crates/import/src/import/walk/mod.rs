//! The walk through the lines: asks the rules about each and lays down
//! blocks, notes and the gaps between them.

mod blocks;
mod labels;
mod notes;
mod shapes;

use super::claim::{Claim, LineKind};
use super::closers::bare;
use super::context::Context;
use super::decisions::{Case, Decisions};
use super::dialect::{Choice, Dialect};
use super::document::Role;
use super::first_lines::begins_by_indent;
use super::hyphen::Words;
use super::inline::{Calls, InlineNote, LinePart};
use super::line::Line;
use super::model::{Block, Draft, Gap, Inline, Kind, Number, Piece, Sign, Strange};
use super::part_name::{is_bare_part, is_numeral, is_title_case, names_part};
use super::rules::{DOCUMENT, RULES};
use super::verse::{are_verse, end_at_will};
use super::{heading, whitespace_table};
use labels::note_labels;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// How far lines stand in that a dialect marks as verse: what its translation sets before them.
const VERSE_LEAD: usize = 6;
/// How many blank lines show that two batches of a transcription meet.
const JOINT: usize = 3;

/// Reads all lines into a draft.
pub(super) fn walk<'a>(
    text: &'a str,
    lines: &'a [Line<'a>],
    words: &Words,
    choice: &Choice,
    decisions: &mut Decisions,
) -> Draft {
    let context = Context::survey(lines, choice.dialect);
    let mut draft = Draft {
        plain: context.plain,
        wrapped: context.wrapped,
        gaps: vec![Gap::default()],
        ..Draft::default()
    };
    draft
        .parameters
        .push(("dialect", format!("{} ({}; {:.1})", choice.dialect.name(), choice.evidence, choice.score)));
    draft.parameters.extend(context.document.iter().flat_map(|d| d.parameters.clone()));
    draft.set_lines = context.document.as_ref().is_some_and(|d| d.set_lines);
    draft.unpaged = !context.is_paged() && !context.shows_edges();
    draft.modelled = context.is_paged() && choice.dialect != Dialect::Distributor;
    let labels = note_labels(lines);
    let usual = usual_blanks(lines);
    let first_lines_stand_in = first_lines_stand_in(lines);
    let mut walk = Walk {
        text,
        context,
        words,
        decisions,
        draft,
        labels,
        usual,
        first_lines_stand_in,
        item_left: 0,
        named: BTreeMap::new(),
        inline_notes: 0,
    };
    let mut at = 0;
    while at < lines.len() {
        at = walk.step(at);
    }
    walk.draft.contents.dedup();
    heading::promote(&mut walk.draft);
    walk.draft
}

/// The number of blank lines that parts most blocks.
fn usual_blanks(lines: &[Line<'_>]) -> usize {
    let mut count = [0usize; 8];
    for line in lines.iter().skip(1).filter(|l| l.blanks > 0) {
        count[line.blanks.min(7)] += 1;
    }
    (1..8).rev().max_by_key(|n| count[*n]).unwrap_or(1)
}

struct Walk<'a, 'w> {
    text: &'a str,
    context: Context<'a>,
    words: &'w Words,
    decisions: &'w mut Decisions,
    draft: Draft,
    labels: BTreeSet<String>,
    usual: usize,
    /// Whether the first lines of paragraphs stand in.
    first_lines_stand_in: bool,
    /// How many more blocks may stand between two items of one list.
    item_left: u8,
    /// The numbers of notes whose text stands where they are called, by their names.
    named: BTreeMap<String, String>,
    /// How many such notes were met.
    inline_notes: usize,
}

/// Marks of emphasis around a title in Markdown.
const EMPHASIS: [char; 3] = ['*', '_', ' '];

impl Walk<'_, '_> {
    /// Takes the line or lines at `at`; returns the next line.
    fn step(&mut self, at: usize) -> usize {
        // a page that begins here ends the notes above, before any rule looks at its first line
        self.turn(at);
        let (claim, name) = self.claim(at);
        let line = self.context.lines[at];
        let Some(claim) = claim else { return self.unclaimed(at) };
        let key = line.text;
        let verdicts = [name, "paragraph"];
        let case = Case {
            rule: name,
            at: line.start(),
            key,
            verdicts,
            confidence: claim.confidence,
            evidence: claim.evidence.into(),
        };
        if !self.decisions.decide(case) {
            return self.paragraph(at);
        }
        self.take(at, &claim)
    }

    /// Enters what is known of the place before line `at`: whether a page begins, and how the text goes on. The model of the
    /// document tells, or else the form feeds and white space of the text.
    fn turn(&mut self, at: usize) {
        let known = self.context.document.as_ref().filter(|document| !document.unparted);
        let Some(document) = known else { return self.turn_by_space(at) };
        let flow = document.flow.get(&at).copied();
        let page = document.page_at(at).map(|p| (p.number, p.reason));
        let gap = self.gap();
        gap.flow = flow.or(gap.flow);
        if let Some((number, reason)) = page {
            gap.sign(Sign::Mark);
            if let Some((number, sure)) = number {
                (gap.starts, gap.sure) = (Some(number), Some((sure, reason)));
            }
            (self.context.foot, self.context.among_notes) = (false, false);
        }
    }

    /// Enters what stands before line `at` of a text of which there is no model: a form feed, or more white space than usual.
    fn turn_by_space(&mut self, at: usize) {
        let line = self.context.lines[at];
        let is_joint = line.blanks >= JOINT && line.blanks > self.usual;
        if line.feed {
            self.gap().sign(Sign::Mark);
        } else if is_joint && !self.context.wrapped && !self.context.plain {
            self.gap().sign(Sign::Joint);
        }
    }

    /// What the reader of a line must know.
    fn readers(&self) -> Calls<'_> {
        let known = self.context.document.as_ref().map(|d| &d.calls);
        Calls { labels: &self.labels, known, dialect: self.context.dialect }
    }

    /// The first rule that claims line `at`.
    fn claim(&self, at: usize) -> (Option<Claim>, &'static str) {
        let found = RULES.iter().find_map(|rule| Some(((rule.look)(&self.context, at)?, rule.name)));
        found.map_or((None, "paragraph"), |(claim, name)| {
            let name = if name == DOCUMENT { claim.kind.rule() } else { name };
            (Some(claim), name)
        })
    }

    fn gap(&mut self) -> &mut Gap {
        if self.draft.gaps.is_empty() {
            self.draft.gaps.push(Gap::default());
        }
        let last = self.draft.gaps.len() - 1;
        &mut self.draft.gaps[last]
    }

    /// Lays down what the claim says.
    fn take(&mut self, at: usize, claim: &Claim) -> usize {
        let line = self.context.lines[at];
        let literal = line.trimmed().to_owned();
        if matches!(claim.kind, LineKind::Furniture | LineKind::RunningHead(_) | LineKind::Folio(_)) {
            self.draft.furniture.push((line.number, literal.clone()));
        }
        match &claim.kind {
            LineKind::Note(number) => return self.note(at, number.clone(), claim.strip),
            LineKind::Item(marker) => return self.item(at, marker.clone(), claim.strip),
            LineKind::Heading(depth) => return self.heading(at, *depth, claim.strip),
            LineKind::Quoted => return self.quoted(at, claim.strip),
            LineKind::Sidenote(stop) => return self.sidenote(at, *stop, claim.strip),
            LineKind::Caption(stop) => return self.caption(at, *stop, claim.strip),
            LineKind::Strange(what)
                if whitespace_table::end(self.context.lines, at).is_some() && !literal.starts_with('|') =>
            {
                return self.table_of_whitespace(at, what);
            }
            LineKind::Strange(what) => return self.strange(at, what),
            LineKind::Code(stop) => return self.code(at, *stop),
            LineKind::Licence => return self.licence(at),
            LineKind::Break => return self.scene_break(at),
            LineKind::FootRule => {
                self.context.foot = true;
                self.gap().sign(Sign::Notes);
            }
            LineKind::NotesHeading => (self.context.foot, self.context.among_notes) = (true, true),
            LineKind::Aside => {}
            LineKind::PageSign => self.gap().sign(Sign::Mark),
            LineKind::FrontContents(title) => self.draft.front_contents.push(title.clone()),
            LineKind::Contents(title, page) => self.draft.contents.push((title.clone(), *page)),
            LineKind::PageMark(page) => {
                (self.context.foot, self.context.among_notes) = (false, false);
                self.gap().sign(Sign::Mark);
                self.gap().starts = Some(*page);
            }
            LineKind::Folio(number) => self.folio(at, *number),
            LineKind::RunningHead(number) => {
                let gap = self.gap();
                gap.sign(Sign::Furniture);
                gap.starts = gap.starts.or(number.map(Number::arabic));
            }
            LineKind::Furniture => self.gap().sign(Sign::Furniture),
            LineKind::Picture => {
                let what = "a picture";
                self.draft.strange.push(Strange { at: line.start(), end: line.end(), what });
                self.gap().pieces.push(Piece::Picture(literal));
                return at + 1;
            }
        }
        self.gap().pieces.push(Piece::Literal(literal));
        at + 1
    }

    /// A page number: of the page before it when it stands at the foot, of the page after it at the head.
    fn folio(&mut self, at: usize, number: u32) {
        let next = self.context.lines.get(at + 1);
        let parted = |l: &Line<'_>| l.feed || (l.text.len() >= 3 && l.text.bytes().all(|b| b == b'-'));
        let head = self.context.lines[at].feed
            || (at > 0 && parted(&self.context.lines[at - 1]))
            || self.context.furniture.at_head;
        let foot = next.is_some_and(parted) && !head;
        let gap = self.gap();
        gap.sign(Sign::Furniture);
        let known = gap.starts.is_some();
        if !known {
            gap.starts = Some(Number::arabic(if head && !foot { number } else { number + 1 }));
        }
    }

    fn heading(&mut self, at: usize, depth: u8, strip: usize) -> usize {
        let line = self.context.lines[at];
        let text = line.trimmed();
        self.context.in_contents = super::contents::is_contents(&text[strip..]);
        if self.context.in_contents {
            self.gap().pieces.push(Piece::Literal(text.to_owned()));
            return at + 1;
        }
        self.context.foot = false;
        self.context.next_item = None;
        self.context.among_notes = false;
        let stop = match &self.context.document {
            Some(document) if matches!(document.roles[at], Role::Title(..)) => self.run(at),
            _ if strip == 0 => heading::end(&self.context, at),
            _ => at + 1,
        };
        let body = self.inlines(at, stop, strip);
        let marker = text[..strip].trim().to_owned();
        let close = |b: &Block| {
            let between = self.text.get(b.end..line.start()).unwrap_or("");
            matches!(b.kind, Kind::Heading(_)) && between.trim().is_empty() && line.blanks <= 2
        };
        let overleaf = self.gap().signs.contains(&Sign::Mark);
        let under = !overleaf && self.draft.blocks.last().is_some_and(close);
        let bare = text[strip..].trim_matches(EMPHASIS);
        // Markdown marks the number of a chapter and its title as two headings of one rank
        let of_number = |b: &Block| {
            let above = b.plain();
            let above = above.trim_matches(EMPHASIS);
            b.kind == Kind::Heading(depth) && (is_bare_part(above) || is_numeral(above))
        };
        let listed = self.context.document.as_ref().is_some_and(|d| d.listed.contains(&at));
        let under = under && (strip == 0 && !listed || self.draft.blocks.last().is_some_and(of_number));
        let kind = if under && !names_part(bare) && !is_numeral(bare) {
            Kind::Subtitle
        } else {
            Kind::Heading(depth)
        };
        let end = self.context.lines[stop - 1].end();
        self.push_parts(Block { marker, ..block(&line, kind, end) }, body);
        stop
    }

    fn item(&mut self, at: usize, marker: String, strip: usize) -> usize {
        let line = self.context.lines[at];
        let number = marker.trim_end_matches(['.', ')']).parse::<u32>().ok();
        self.context.next_item = number.map(|n| n + 1);
        self.item_left = 3;
        let stop = self.run(at);
        self.context.foot = false;
        let literal =
            if number.is_some() { String::new() } else { line.trimmed()[..strip].trim().to_owned() };
        let body = self.inlines(at, stop, strip);
        let end = self.context.lines[stop - 1].end();
        self.push_parts(Block { marker: literal, ..block(&line, Kind::Item(marker), end) }, body);
        stop
    }

    fn paragraph(&mut self, at: usize) -> usize {
        let stop = self.run(at);
        let line = self.context.lines[at];
        self.context.foot = false;
        self.context.in_contents &= self.context.lines[at].text.len() < 60;
        self.item_left = self.item_left.saturating_sub(1);
        if self.item_left == 0 {
            self.context.next_item = None;
        }
        let kind = self.indented(at, stop);
        let signed = kind == Kind::Verse
            && stop - at <= LINES_OF_NAME
            && line.blanks <= 1
            && self.draft.gaps.last().is_some_and(|g| g.pieces.is_empty())
            && self.draft.blocks.last().is_some_and(|b| b.kind == Kind::Quote && b.marker.is_empty());
        let kind = if signed { Kind::Quote } else { kind };
        let broken = self.context.dialect.is_markdown()
            && self.context.lines[at..stop - 1].iter().all(|line| line.hard);
        let lined = kind == Kind::Verse || signed || ((!self.context.wrapped || broken) && stop > at + 1);
        let indent = if kind == Kind::Verse { self.least_indent(at, stop) } else { 0 };
        let body = self.lines(at, stop, 0, lined.then_some(indent));
        let end = self.context.lines[stop - 1].end();
        self.push_parts(Block { lined, ..block(&line, kind, end) }, body);
        stop
    }

    /// In wrapped text, indented lines are verse when short and a quotation when long; lines that are not indented
    /// are verse when they all look like it, as are long ones.
    fn indented(&self, at: usize, stop: usize) -> Kind {
        let lines = &self.context.lines[at..stop];
        let marked =
            matches!(self.context.dialect, Dialect::Proofreaders | Dialect::Wikisource | Dialect::Positions);
        if marked && (at..stop).all(|i| self.lead(i) >= VERSE_LEAD) {
            return Kind::Verse;
        }
        if !self.context.wrapped {
            return Kind::Paragraph;
        }
        if let [line] = lines {
            // of lines as a page has them each paragraph of one stands in
            let typed = self.context.dialect != Dialect::Reader && self.context.alone(at);
            let quoted = typed
                && !self.first_lines_stand_in
                && SET_IN.contains(&self.lead(at))
                && is_sentence(line.trimmed());
            return if quoted { Kind::Quote } else { Kind::Paragraph };
        }
        if (at..stop).any(|i| self.lead(i) < 2) {
            return if are_verse(lines) { Kind::Verse } else { Kind::Paragraph };
        }
        let longest = lines.iter().map(|l| l.trimmed().chars().count()).max().unwrap_or(0);
        let verse = (longest < 52 && !reads_on(lines)) || are_verse(lines) || end_at_will(lines);
        if verse { Kind::Verse } else { Kind::Quote }
    }

    /// The white space that all lines have before them, in characters.
    fn least_indent(&self, at: usize, stop: usize) -> usize {
        let lines = &self.context.lines[at..stop];
        lines.iter().map(Line::indent).min().unwrap_or(0).max(1)
    }

    /// How far line `at` stands in from the margin of its page.
    fn lead(&self, at: usize) -> usize {
        let line = &self.context.lines[at];
        let margin = self.context.document.as_ref().and_then(|d| d.margins.get(at).copied()).unwrap_or(0);
        line.indent().saturating_sub(margin)
    }

    /// The lines that belong to the block at `at`: up to a blank line or a line that another rule claims.
    fn run(&self, at: usize) -> usize {
        let mut stop = at + 1;
        while let Some(line) = self.context.lines.get(stop) {
            match self.begins(stop) {
                Some(true) => break,
                Some(false) => {
                    stop += 1;
                    continue;
                }
                None => {}
            }
            let claimed = || RULES.iter().any(|r| r.interrupts && (r.look)(&self.context, stop).is_some());
            let furniture = || self.context.furniture.folios.contains(&stop);
            let indented = || begins_by_indent(&self.context, stop);
            if line.blanks > 0 || line.feed || furniture() || indented() || claimed() {
                break;
            }
            stop += 1;
        }
        stop
    }
}

impl Walk<'_, '_> {
    /// Whether the model of the document lets a block begin at line `at`, which stands under another.
    fn begins(&self, at: usize) -> Option<bool> {
        let document = self.context.document.as_ref()?;
        if document.page_at(at).is_some() || self.context.is_licence(at) {
            return Some(true);
        }
        let claimed = || RULES.iter().any(|r| r.interrupts && (r.look)(&self.context, at).is_some());
        match document.begins(at) {
            Some(false) if document.roles[at] == Role::Text && claimed() => Some(true),
            other => other,
        }
    }
}

/// How many lines who wrote a quotation takes at most.
const LINES_OF_NAME: usize = 3;
/// How far a quotation of one line stands in: what stands further in is in the middle or at the right.
const SET_IN: RangeInclusive<usize> = 2..=10;

/// Whether the first lines of paragraphs stand in, so that one of a single line does.
fn first_lines_stand_in(lines: &[Line<'_>]) -> bool {
    let (mut inner, mut flush) = (0, 0);
    for pair in lines.windows(2).filter(|pair| pair[0].blanks > 0 && pair[1].blanks == 0) {
        match (pair[0].indent(), pair[1].indent()) {
            (0, 0) => flush += 1,
            (2.., 0) => inner += 1,
            _ => {}
        }
    }
    inner * 5 > flush
}

/// Whether a line is a sentence: it begins with a letter or an opening mark, ends with a stop and not with a year, and is not
/// all in capitals.
fn is_sentence(text: &str) -> bool {
    let opened = text.trim_start_matches(['“', '‘', '"', '\'', '«', '„']);
    let closed = bare(text);
    opened.starts_with(char::is_alphabetic)
        && closed.ends_with(['.', '!', '?'])
        && !closed.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit())
        && text.contains(char::is_lowercase)
        && text.contains(' ')
        && !is_title_case(text.trim_end_matches('.'))
}

/// Whether lines that stand in are prose, however narrow: at one indent, each filled so that the next word had no room, most begin
/// within a sentence that the line above leaves open.
fn reads_on(lines: &[Line<'_>]) -> bool {
    let width = |line: &Line<'_>| line.trimmed().chars().count();
    let longest = lines.iter().map(width).max().unwrap_or(0);
    let word = |line: &Line<'_>| line.trimmed().split(' ').next().map_or(0, |word| word.chars().count());
    let even = lines[1..].iter().all(|line| line.indent() == lines[1].indent())
        && lines[0].indent().abs_diff(lines[1].indent()) <= FIRST_INDENT;
    let filled = lines.windows(2).all(|pair| width(&pair[0]) + 1 + word(&pair[1]) > longest);
    let open =
        |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '’' | '\''));
    let goes_on =
        |pair: &&[Line<'_>]| pair[1].trimmed().starts_with(char::is_lowercase) && open(pair[0].trimmed());
    let on = lines.windows(2).filter(goes_on).count();
    even && filled && longest >= NARROWEST && on * 2 >= lines.len() - 1 && on > 0
}

/// How far the first line of a quotation stands in from the others at most.
const FIRST_INDENT: usize = 4;
/// How wide one is at least.
const NARROWEST: usize = 34;

fn block(line: &Line<'_>, kind: Kind, end: usize) -> Block {
    let marker = String::new();
    Block {
        kind,
        inlines: Vec::new(),
        at: line.start(),
        end,
        line: line.number,
        marker,
        front: false,
        lined: false,
    }
}

fn text_part(text: &str) -> LinePart {
    LinePart::Inline(Inline::Text(text.to_owned()))
}

fn as_text(part: LinePart) -> Inline {
    match part {
        LinePart::Inline(inline) => inline,
        LinePart::Mark(_, literal) => Inline::Text(literal),
        LinePart::Note(note) => {
            let text = note.text.as_ref().map(|t| format!("{t}{}", InlineNote::CLOSING)).unwrap_or_default();
            Inline::Text(note.opening + &text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn narrow_quotations_read_on() {
        let quotation = "    being asked if he could play the fiddle, replied he\n    had no doubt he could, but he couldn't exactly say\n    for certain.\n";
        let spoken = "    'Strange name--name of a dancing-master's fiddle,\n    eh, Mr. Richard?'\n";
        let verse =
            "    White sand and grey sand:\n    Who'll buy my white sand?\n    Who'll buy my grey sand?\n";
        let small = "    a mill in the morning,\n    by the water stood\n    in the rain.\n";
        for (text, wanted) in [(quotation, true), (spoken, true), (verse, false), (small, false)] {
            assert_eq!(reads_on(&lines(text)), wanted, "{text}");
        }
    }
}
