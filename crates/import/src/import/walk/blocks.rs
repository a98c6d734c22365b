//! How the walk lays down text: lines joined to a run, a run parted by page
//! marks to blocks.

use super::super::decisions::Case;
use super::super::hyphen::Hyphen;
use super::super::inline::{LinePart, close_code, parts};
use super::super::line::{Line, UNSEEN_END};
use super::super::model::{Block, Gap, Inline, Join, Kind, Number, Piece, Sign};
use super::{Walk, text_part};

/// How many spaces a line of verse keeps before it at most.
const DEEPEST: usize = 16;

/// What stands between two parts of a block: a page mark, or a note whose text stands where it is called.
enum Held {
    Mark(Number, String),
    Piece(Piece),
}

impl Walk<'_, '_> {
    /// The text of lines `from..to` as one run: lines joined, hyphens at line ends weighed.
    pub(super) fn inlines(&mut self, from: usize, to: usize, strip: usize) -> Vec<LinePart> {
        self.lines(from, to, strip, None)
    }

    /// The same; lines that are `lined` keep their ends, and what they have more white space before them than that.
    pub(super) fn lines(
        &mut self,
        from: usize,
        to: usize,
        strip: usize,
        lined: Option<usize>,
    ) -> Vec<LinePart> {
        let mut found: Vec<LinePart> = Vec::new();
        for index in from..to {
            let line = self.context.lines[index];
            let skip = if index == from { strip } else { 0 };
            let body = line.trimmed()[skip..].replace(UNSEEN_END, "  ");
            let has_code = self.context.dialect.is_markdown() && lined.is_none();
            let closed = Some(&mut found).filter(|_| has_code).and_then(|found| close_code(found, &body));
            if closed.is_none() && index > from {
                self.line_end(&mut found, &line, lined);
            }
            let code = closed.unwrap_or(0);
            let mut more = parts(&body[code..], line.start() + skip + code, &self.readers());
            more.iter_mut().for_each(|part| self.judge_guess(part, line.text));
            for part in &more {
                if let LinePart::Inline(Inline::Call { number, .. }) = part {
                    *self.context.calls.entry(number.clone()).or_default() += 1;
                }
            }
            found.extend(more);
        }
        found
    }

    /// Asks whether signs are a call of which a scan left no figure; if not they stay as they are.
    fn judge_guess(&mut self, part: &mut LinePart, line: &str) {
        let LinePart::Inline(Inline::Call { literal, at, number, .. }) = part else { return };
        if !self.context.document.as_ref().is_some_and(|d| d.guessed.contains(at)) {
            return;
        }
        let evidence =
            format!("the page has a note {number} that nothing else calls, and scans read raised figures so");
        let (key, verdicts) = (format!("{literal} in {}", line.trim()), ["call", "no call"]);
        let case = Case { rule: "misread-call", at: *at, key: &key, verdicts, confidence: 80, evidence };
        if !self.decisions.decide(case) {
            *part = text_part(literal);
        }
    }

    /// Joins the next line: by a space, or without one at a hyphen.
    pub(super) fn line_end(&mut self, found: &mut Vec<LinePart>, next: &Line<'_>, lined: Option<usize>) {
        let before = match found.last() {
            Some(LinePart::Inline(Inline::Text(text))) => text.as_str(),
            _ => "",
        };
        let solid = self.words.weigh(before, next.trimmed());
        let Some(hyphen) = solid else {
            let indent = |least: usize| next.indent().saturating_sub(least).min(DEEPEST);
            let end = lined.map_or_else(
                || " ".to_owned(),
                |least| format!("\n{}", " ".repeat(if least > 0 { indent(least) } else { 0 })),
            );
            found.push(text_part(&end));
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
        let drop = self.decisions.decide(case) == hyphen.drop;
        if drop {
            if let Some(LinePart::Inline(Inline::Text(text))) = found.last_mut() {
                text.truncate(text.trim_end_matches(Hyphen::SIGNS).len());
            }
            found.push(LinePart::Inline(Inline::Drop(hyphen.sign)));
        } else {
            found.push(LinePart::Inline(Inline::Drop(String::new())));
        }
    }

    pub(super) fn push(&mut self, block: Block) {
        self.draft.blocks.push(block);
        self.draft.gaps.push(Gap::default());
    }

    /// Lays down a block; page marks and notes inside it part it, to be joined again.
    pub(super) fn push_parts(&mut self, block: Block, body: Vec<LinePart>) {
        let mut inlines: Vec<Inline> = Vec::new();
        let mut held: Vec<Held> = Vec::new();
        for part in body {
            match part {
                LinePart::Inline(inline) => {
                    if !held.is_empty() {
                        self.part(&block, &mut inlines, &inline, std::mem::take(&mut held));
                    }
                    inlines.push(inline);
                }
                LinePart::Mark(number, literal) => held.push(Held::Mark(number, literal)),
                LinePart::Note(note) => {
                    let (call, pieces) = self.inline_note(&note, &block);
                    if call.is_some() && !held.is_empty() {
                        self.part(
                            &block,
                            &mut inlines,
                            &Inline::Text(String::new()),
                            std::mem::take(&mut held),
                        );
                    }
                    inlines.extend(call);
                    held.extend(pieces.into_iter().map(Held::Piece));
                }
            }
        }
        if inlines.is_empty() && !held.is_empty() && matches!(block.kind, Kind::Heading(_)) {
            // the sign of a heading that opens nothing but marks opens none
            self.gap().pieces.push(Piece::Literal(block.marker));
        } else {
            self.push(Block { inlines, ..block });
        }
        self.mark(held);
    }

    /// Enters what stands between two parts of a block into the gap.
    fn mark(&mut self, held: Vec<Held>) {
        let gap = self.gap();
        for held in held {
            gap.loose = true;
            match held {
                Held::Piece(piece) => gap.pieces.push(piece),
                Held::Mark(number, literal) => {
                    gap.sign(Sign::Mark);
                    gap.starts = Some(number);
                    gap.pieces.push(Piece::Literal(literal));
                }
            }
        }
    }

    /// Marks between the sign that opens a block and its text: the page begins before the sign.
    fn mark_inside(&mut self, inlines: &mut Vec<Inline>, held: Vec<Held>) {
        for held in held {
            let gap = self.gap();
            match held {
                Held::Piece(piece) => gap.pieces.push(piece),
                Held::Mark(number, literal) => {
                    gap.sign(Sign::Mark);
                    gap.starts = Some(number);
                    inlines.push(Inline::Drop(literal));
                }
            }
        }
    }

    /// Ends the block at an inline page mark or note; what follows is joined to it.
    fn part(&mut self, block: &Block, inlines: &mut Vec<Inline>, next: &Inline, held: Vec<Held>) {
        let before = matches!(inlines.last(), Some(Inline::Text(t)) if t.ends_with(char::is_whitespace));
        let after = matches!(next, Inline::Text(t) if t.starts_with(char::is_whitespace));
        let empty = inlines.is_empty();
        if empty && (!block.marker.is_empty() || block.runs_list()) {
            return self.mark_inside(inlines, held);
        }
        if !empty {
            let taken = std::mem::take(inlines);
            self.push(Block { inlines: taken, ..block.clone() });
        }
        self.mark(held);
        let gap = self.gap();
        if !empty {
            gap.inside = Some(before || after);
            gap.join = if before || after { Join::Spaced } else { Join::Solid };
        }
    }
}
