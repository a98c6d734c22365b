//! The walk through the lines: asks the rules about each and lays down
//! blocks, notes and the gaps between them.

use super::docket::{Case, Docket};
use super::hyphen::{Hyphen, Words};
use super::inline::{Part, parts};
use super::line::Line;
use super::model::{Block, Draft, Gap, Inline, Join, Kind, Note, Piece, Sign};
use super::rules::{Claim, RULES, Shape};
use super::scene::Scene;

/// How many blank lines show that two batches of a transcription meet.
const JOINT: usize = 3;

/// Reads all lines into a draft.
pub(super) fn walk<'a>(text: &'a str, lines: &'a [Line<'a>], words: &Words, docket: &mut Docket) -> Draft {
    let scene = Scene::survey(lines);
    let draft =
        Draft { plain: scene.plain, wrapped: scene.wrapped, gaps: vec![Gap::default()], ..Draft::default() };
    let brackets = has_bracket_notes(lines);
    let usual = usual_blanks(lines);
    let mut walk = Walk { text, scene, words, docket, draft, brackets, usual, item_left: 0 };
    let mut at = 0;
    while at < lines.len() {
        at = walk.step(at);
    }
    walk.draft.contents.dedup();
    walk.draft
}

/// Whether notes are written so that `[12]` in the text calls them.
fn has_bracket_notes(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|l| {
        let t = l.trimmed();
        let number = t.strip_prefix('[').and_then(|r| r.split_once(']')).map(|(n, _)| n);
        t.starts_with("[Footnote ")
            || number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    })
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
    scene: Scene<'a>,
    words: &'w Words,
    docket: &'w mut Docket,
    draft: Draft,
    brackets: bool,
    usual: usize,
    /// How many more blocks may stand between two items of one list.
    item_left: u8,
}

impl Walk<'_, '_> {
    /// Takes the line or lines at `at`; returns the next line.
    fn step(&mut self, at: usize) -> usize {
        let (claim, name) = self.claim(at);
        let line = self.scene.lines[at];
        if line.feed {
            self.gap().sign(Sign::Mark);
        } else if line.blanks >= JOINT && line.blanks > self.usual && !self.scene.wrapped && !self.scene.plain
        {
            self.gap().sign(Sign::Joint);
        }
        let Some(claim) = claim else { return self.paragraph(at) };
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
        if !self.docket.decide(case) {
            return self.paragraph(at);
        }
        self.take(at, &claim)
    }

    /// The first rule that claims line `at`.
    fn claim(&self, at: usize) -> (Option<Claim>, &'static str) {
        let found = RULES.iter().find_map(|rule| Some(((rule.look)(&self.scene, at)?, rule.name)));
        found.map_or((None, "paragraph"), |(claim, name)| (Some(claim), name))
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
        let line = self.scene.lines[at];
        let literal = line.trimmed().to_owned();
        match &claim.shape {
            Shape::Note(number) => return self.note(at, number.clone(), claim.strip),
            Shape::Item(marker) => return self.item(at, marker.clone(), claim.strip),
            Shape::Heading(depth) => return self.heading(at, *depth, claim.strip),
            Shape::Quoted => return self.quoted(at, claim.strip),
            Shape::Strange(what) => return self.strange(at, what),
            Shape::Break => return self.scene_break(at),
            Shape::FootRule => {
                self.scene.foot = true;
                self.gap().sign(Sign::Notes);
            }
            Shape::PageSign => self.gap().sign(Sign::Mark),
            Shape::Contents(title, page) => self.draft.contents.push((title.clone(), *page)),
            Shape::PageMark(page) => {
                self.gap().sign(Sign::Mark);
                self.gap().starts = Some(*page);
            }
            Shape::Folio(number) => self.folio(at, *number),
            Shape::RunningHead => self.gap().sign(Sign::Furniture),
            Shape::Licence => {
                if let Some((key, value)) = metadata(&literal) {
                    self.draft.metadata.push((key, value));
                }
            }
        }
        self.gap().pieces.push(Piece::Literal(literal));
        at + 1
    }

    /// A page number: of the page before it when it stands at the foot, of the page after it at the head.
    fn folio(&mut self, at: usize, number: u32) {
        let next = self.scene.lines.get(at + 1);
        let parted = |l: &Line<'_>| l.feed || (l.text.len() >= 3 && l.text.bytes().all(|b| b == b'-'));
        let head = self.scene.lines[at].feed || (at > 0 && parted(&self.scene.lines[at - 1]));
        let foot = next.is_some_and(parted) && !head;
        let gap = self.gap();
        gap.sign(Sign::Furniture);
        let known = gap.starts.is_some();
        if !known {
            gap.starts = Some(if head && !foot { number } else { number + 1 });
        }
    }

    fn scene_break(&mut self, at: usize) -> usize {
        let line = self.scene.lines[at];
        let marker = line.trimmed().to_owned();
        self.push(Block { marker, ..block(&line, Kind::Break, line.end()) });
        at + 1
    }

    fn heading(&mut self, at: usize, depth: u8, strip: usize) -> usize {
        let line = self.scene.lines[at];
        let text = line.trimmed();
        self.scene.in_contents = is_contents(&text[strip..]);
        if self.scene.in_contents {
            self.gap().pieces.push(Piece::Literal(text.to_owned()));
            return at + 1;
        }
        self.scene.foot = false;
        self.scene.next_item = None;
        let body = self.inlines(at, at + 1, strip);
        let marker = text[..strip].trim().to_owned();
        let under = strip == 0
            && self
                .draft
                .blocks
                .last()
                .is_some_and(|b| matches!(b.kind, Kind::Heading(_)) && b.end + 8 > line.at);
        let kind = if under && !names_part(text) { Kind::Subtitle } else { Kind::Heading(depth) };
        self.push_parts(Block { marker, ..block(&line, kind, line.end()) }, body);
        at + 1
    }

    fn item(&mut self, at: usize, marker: String, strip: usize) -> usize {
        let line = self.scene.lines[at];
        let number = marker.trim_end_matches(['.', ')']).parse::<u32>().ok();
        self.scene.next_item = number.map(|n| n + 1);
        self.item_left = 3;
        let stop = self.run(at);
        self.scene.foot = false;
        let literal =
            if number.is_some() { String::new() } else { line.trimmed()[..strip].trim().to_owned() };
        let body = self.inlines(at, stop, strip);
        let end = self.scene.lines[stop - 1].end();
        self.push_parts(Block { marker: literal, ..block(&line, Kind::Item(marker), end) }, body);
        stop
    }

    fn paragraph(&mut self, at: usize) -> usize {
        let stop = self.run(at);
        let line = self.scene.lines[at];
        self.scene.foot = false;
        self.scene.in_contents &= self.scene.lines[at].text.len() < 60;
        self.item_left = self.item_left.saturating_sub(1);
        if self.item_left == 0 {
            self.scene.next_item = None;
        }
        let kind = self.indented(at, stop);
        let lined = kind == Kind::Verse || (!self.scene.wrapped && stop > at + 1);
        let body = self.lines(at, stop, 0, lined);
        let end = self.scene.lines[stop - 1].end();
        self.push_parts(Block { lined, ..block(&line, kind, end) }, body);
        stop
    }

    /// In wrapped text, indented lines are verse when short and a quotation when long.
    fn indented(&self, at: usize, stop: usize) -> Kind {
        let lines = &self.scene.lines[at..stop];
        if !self.scene.wrapped
            || lines.len() < 2
            || lines.iter().any(|l| l.text.len() < l.trimmed().len() + 2)
        {
            return Kind::Paragraph;
        }
        let longest = lines.iter().map(|l| l.trimmed().chars().count()).max().unwrap_or(0);
        if longest < 52 { Kind::Verse } else { Kind::Quote }
    }

    /// A passage whose lines begin with `>`.
    fn quoted(&mut self, at: usize, strip: usize) -> usize {
        let line = self.scene.lines[at];
        let quoted = |l: &Line<'_>| l.blanks == 0 && l.trimmed().len() > 1 && l.trimmed().starts_with('>');
        let more = self.scene.lines[at + 1..].iter().take_while(|l| quoted(l)).count();
        let mut body = self.inlines(at, at + 1, strip);
        for index in at + 1..=at + more {
            let next = self.scene.lines[index].trimmed();
            let skip = next.len() - next[1..].trim_start().len();
            body.push(text_part(" "));
            body.push(Part::Inline(Inline::Drop(">".into())));
            body.extend(self.inlines(index, index + 1, skip));
        }
        let end = self.scene.lines[at + more].end();
        let marker = line.trimmed()[..strip].trim().to_owned();
        self.push_parts(Block { marker, ..block(&line, Kind::Quote, end) }, body);
        at + more + 1
    }

    /// A table goes through as it stands; the rest as text, line by line.
    fn strange(&mut self, at: usize, what: &'static str) -> usize {
        let stop = self.run(at);
        let line = self.scene.lines[at];
        let end = self.scene.lines[stop - 1].end();
        self.draft.strange.push((line.start(), end, what));
        let lines = &self.scene.lines[at..stop];
        let rows = lines.iter().all(|l| l.trimmed().starts_with('|') && l.text.ends_with('|'));
        let ruled = lines
            .get(1)
            .is_some_and(|l| l.text.contains("--") && l.trimmed().chars().all(|c| "|-: ".contains(c)));
        let kind = if rows && ruled { Kind::Table } else { Kind::Paragraph };
        let body = self.lines(at, stop, 0, true);
        self.push_parts(Block { lined: true, ..block(&line, kind, end) }, body);
        stop
    }

    /// The lines that belong to the block at `at`: up to a blank line or a line that another rule claims.
    fn run(&self, at: usize) -> usize {
        let mut stop = at + 1;
        while let Some(line) = self.scene.lines.get(stop) {
            let claimed = || RULES.iter().any(|r| r.interrupts && (r.look)(&self.scene, stop).is_some());
            let furniture = || self.scene.folio_lines.contains(&stop);
            if line.blanks > 0 || line.feed || furniture() || claimed() {
                break;
            }
            stop += 1;
        }
        stop
    }

    /// A note and its further lines; `[Footnote …` runs to its bracket.
    fn note(&mut self, at: usize, number: String, strip: usize) -> usize {
        let line = self.scene.lines[at];
        let spelled = ["[Footnote ", "[Note "].iter().any(|w| line.trimmed().starts_with(w));
        let stop = if spelled { self.bracket_end(at) } else { self.run(at) };
        self.scene.foot = true;
        self.scene.calls.remove(&number);
        self.scene.last_note = number.parse().unwrap_or(self.scene.last_note);
        let opening = line.trimmed()[..strip].to_owned();
        let mut paragraphs = self.note_paragraphs(at, stop, strip);
        let closing = if spelled { cut_bracket(&mut paragraphs) } else { String::new() };
        let gap = self.draft.gaps.len() - 1;
        let index = self.draft.notes.len();
        let end = self.scene.lines[stop - 1].end();
        let chars = self.text[line.start()..end].chars().count();
        let note = Note {
            label: number.clone(),
            number,
            line: line.number,
            opening,
            closing,
            paragraphs,
            at: line.start(),
            end,
            gap,
            file: None,
            called: false,
        };
        self.draft.notes.push(note);
        self.gap().pieces.push(Piece::Note(index));
        self.gap().note_chars.push(chars);
        stop
    }

    fn note_paragraphs(&mut self, at: usize, stop: usize, strip: usize) -> Vec<Vec<Inline>> {
        let mut paragraphs = Vec::new();
        let mut from = at;
        while from < stop {
            let next = (from + 1..stop).find(|i| self.scene.lines[*i].blanks > 0).unwrap_or(stop);
            let body = self.inlines(from, next, if from == at { strip } else { 0 });
            paragraphs.push(body.into_iter().map(as_text).collect());
            from = next;
        }
        paragraphs
    }

    /// The line after the one that closes the bracket opened at `at`; at most 400 lines on.
    fn bracket_end(&self, at: usize) -> usize {
        let mut depth = 0i32;
        for (index, line) in self.scene.lines.iter().enumerate().skip(at).take(400) {
            depth += line.text.matches('[').count() as i32 - line.text.matches(']').count() as i32;
            if depth <= 0 {
                return index + 1;
            }
        }
        self.run(at)
    }

    /// The text of lines `from..to` as one run: lines joined, hyphens at line ends weighed.
    fn inlines(&mut self, from: usize, to: usize, strip: usize) -> Vec<Part> {
        self.lines(from, to, strip, false)
    }

    /// The same; lines that are `lined` keep their ends.
    fn lines(&mut self, from: usize, to: usize, strip: usize, lined: bool) -> Vec<Part> {
        let mut found: Vec<Part> = Vec::new();
        for index in from..to {
            let line = self.scene.lines[index];
            let skip = if index == from { strip } else { 0 };
            if index > from {
                self.line_end(&mut found, &line, lined);
            }
            let body = &line.trimmed()[skip..];
            let more = parts(body, line.start() + skip, self.brackets);
            for part in &more {
                if let Part::Inline(Inline::Call { number, .. }) = part {
                    self.scene.calls.insert(number.clone());
                }
            }
            found.extend(more);
        }
        found
    }

    /// Joins the next line: by a space, or without one at a hyphen.
    fn line_end(&mut self, found: &mut Vec<Part>, next: &Line<'_>, lined: bool) {
        let before = match found.last() {
            Some(Part::Inline(Inline::Text(text))) => text.as_str(),
            _ => "",
        };
        let solid = self.words.weigh(before, next.trimmed());
        let Some(hyphen) = solid else {
            found.push(text_part(if lined { "\n" } else { " " }));
            return;
        };
        let evidence = hyphen.evidence.clone();
        let verdicts =
            if hyphen.drop { ["drop hyphen", "keep hyphen"] } else { ["keep hyphen", "drop hyphen"] };
        let case = Case {
            rule: "hyphen",
            at: next.at,
            key: &hyphen.key,
            verdicts,
            confidence: hyphen.confidence,
            evidence,
        };
        let drop = self.docket.decide(case) == hyphen.drop;
        if drop {
            if let Some(Part::Inline(Inline::Text(text))) = found.last_mut() {
                text.truncate(text.trim_end_matches(Hyphen::SIGNS).len());
            }
            found.push(Part::Inline(Inline::Drop(hyphen.sign)));
        } else {
            found.push(Part::Inline(Inline::Drop(String::new())));
        }
    }

    fn push(&mut self, block: Block) {
        self.draft.blocks.push(block);
        self.draft.gaps.push(Gap::default());
    }

    /// Lays down a block; page marks inside it part it, to be joined again.
    fn push_parts(&mut self, block: Block, body: Vec<Part>) {
        let mut inlines: Vec<Inline> = Vec::new();
        let mut marks: Vec<(u32, String)> = Vec::new();
        for part in body {
            match part {
                Part::Inline(inline) => {
                    if !marks.is_empty() {
                        self.part(&block, &mut inlines, &inline, std::mem::take(&mut marks));
                    }
                    inlines.push(inline);
                }
                Part::Mark(number, literal) => marks.push((number, literal)),
            }
        }
        self.push(Block { inlines, ..block });
        self.mark(marks);
    }

    /// Enters inline page marks into the gap.
    fn mark(&mut self, marks: Vec<(u32, String)>) {
        let gap = self.gap();
        for (number, literal) in marks {
            gap.sign(Sign::Mark);
            gap.starts = Some(number);
            gap.pieces.push(Piece::Literal(literal));
            gap.loose = true;
        }
    }

    /// Ends the block at an inline page mark; what follows is joined to it.
    fn part(&mut self, block: &Block, inlines: &mut Vec<Inline>, next: &Inline, marks: Vec<(u32, String)>) {
        let before = matches!(inlines.last(), Some(Inline::Text(t)) if t.ends_with(char::is_whitespace));
        let after = matches!(next, Inline::Text(t) if t.starts_with(char::is_whitespace));
        let empty = inlines.is_empty();
        if !empty {
            let taken = std::mem::take(inlines);
            self.push(Block { inlines: taken, ..block.clone() });
        }
        self.mark(marks);
        let gap = self.gap();
        if !empty {
            gap.inside = Some(before || after);
            gap.join = if before || after { Join::Spaced } else { Join::Solid };
        }
    }
}

/// Whether a heading names a part or chapter by its number.
fn names_part(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("").to_lowercase();
    ["chapter", "part", "book", "letter", "volume"].contains(&first.as_str())
}

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

fn text_part(text: &str) -> Part {
    Part::Inline(Inline::Text(text.to_owned()))
}

fn as_text(part: Part) -> Inline {
    match part {
        Part::Inline(inline) => inline,
        Part::Mark(_, literal) => Inline::Text(literal),
    }
}

/// Takes the closing bracket off the last paragraph of a note.
fn cut_bracket(paragraphs: &mut [Vec<Inline>]) -> String {
    if let Some(Inline::Text(text)) = paragraphs.last_mut().and_then(|p| p.last_mut())
        && let Some(body) = text.strip_suffix(']')
    {
        *text = body.to_owned();
        return "]".to_owned();
    }
    String::new()
}

/// `Title: …` and the like, as distributors write them.
fn metadata(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(": ")?;
    let known = ["Title", "Author", "Language", "Editor", "Translator", "Release Date"];
    known.contains(&key).then(|| (key.to_owned(), value.trim().to_owned()))
}

/// Whether a heading is that of the contents.
pub(super) fn is_contents(title: &str) -> bool {
    let title = title.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    [
        "contents",
        "table of contents",
        "inhalt",
        "inhaltsverzeichnis",
        "table des matières",
        "содержание",
        "índice",
        "indice",
    ]
    .contains(&title.as_str())
}
