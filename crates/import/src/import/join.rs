//! Paragraphs and words cut by the end of a page, set together again.

use super::closers::bare;
use super::decisions::{Case, Decisions};
use super::hyphen::{Hyphen, Words};
use super::model::{Block, Draft, Flow, Inline, Join, Kind, Percent, Sign};

/// Decides every gap of the draft.
pub(super) fn join(draft: &mut Draft, words: &Words, decisions: &mut Decisions) {
    let explicit = draft
        .gaps
        .iter()
        .filter(|g| g.signs.contains(&Sign::Mark) || g.signs.contains(&Sign::Furniture))
        .count()
        >= 2;
    let anywhere = !explicit && !draft.wrapped && !draft.plain;
    let wrapped = draft.wrapped;
    for index in 1..draft.blocks.len() {
        let gap = &draft.gaps[index];
        let (before, after) = (&draft.blocks[index - 1], &draft.blocks[index]);
        if gap.inside == Some(false) && inside_hyphen(before, after, words, decisions) {
            draft.gaps[index].join = Join::Dehyphenated;
            continue;
        }
        // Where pages are marked, a paragraph that is parted in mid-sentence within a page was parted by the export.
        let shown = anywhere || gap.certain();
        if let Some(flow) = gap.flow.filter(|_| gap.inside.is_none() && gap.starts_or_parts()) {
            if let Some((join, signs)) = by_flow(flow, before, after, words, decisions) {
                let gap = &mut draft.gaps[index];
                gap.join = join;
                signs.iter().for_each(|s| gap.sign(*s));
            }
            continue;
        }
        if gap.inside.is_some() || before.front != after.front || !(shown || gap.pieces.is_empty()) {
            continue;
        }
        let least = if shown {
            0
        } else if wrapped {
            40
        } else {
            30
        };
        if !shown && !surely(before, after, least) {
            continue;
        }
        if let Some((join, signs)) = judge(before, after, words, decisions) {
            let signs = if shown { signs } else { &[] };
            let gap = &mut draft.gaps[index];
            gap.join = join;
            signs.iter().for_each(|s| gap.sign(*s));
        }
    }
}

/// Whether a page mark inside a word stands after a hyphen that goes.
fn inside_hyphen(before: &Block, after: &Block, words: &Words, decisions: &mut Decisions) -> bool {
    let (tail, head) = (before.plain(), after.plain());
    let last = tail.split_whitespace().next_back().unwrap_or("");
    let open = matches!(before.inlines.last(), Some(Inline::Text(_)));
    words.weigh(last, &head).filter(|_| open).is_some_and(|hyphen| {
        let verdicts =
            if hyphen.drop { ["drop hyphen", "keep hyphen"] } else { ["keep hyphen", "drop hyphen"] };
        let (confidence, evidence) = (hyphen.confidence, hyphen.evidence);
        let case = Case { rule: "hyphen", at: after.at, key: &hyphen.key, verdicts, confidence, evidence };
        decisions.decide(case) == hyphen.drop
    })
}

/// Whether the second of two blocks can be the rest of the first. An item of a list never is: its number or sign begins it.
fn may_go_on(before: &Block, after: &Block) -> bool {
    let quoted = before.kind == Kind::Quote && after.kind == Kind::Quote;
    // a formula that stands by itself
    if matches!(before.inlines.last(), Some(Inline::Text(text)) if text.ends_with("$$")) {
        return false;
    }
    before.runs() && (quoted || after.kind == Kind::Paragraph) && !before.lined && !after.lined
}

/// How two blocks join whose lines tell whether the second goes on with the first.
fn by_flow(
    flow: Flow,
    before: &Block,
    after: &Block,
    words: &Words,
    decisions: &mut Decisions,
) -> Option<(Join, &'static [Sign])> {
    if before.kind == Kind::Verse && after.kind == Kind::Verse {
        return matches!(flow, Flow::Joined(_)).then_some((Join::Spaced, &[Sign::Cut]));
    }
    if !may_go_on(before, after) {
        return None;
    }
    match flow {
        Flow::Begins(sure) => {
            settle(
                before,
                after,
                (
                    ["apart", "join"],
                    sure,
                    "a paragraph begins: its line stands in, or the line before has room",
                ),
                decisions,
            );
            None
        }
        Flow::Joined(sure) => {
            let why = "the lines on both sides are full, and nothing stands in";
            let joined = settle(before, after, (["join", "apart"], sure, why), decisions);
            joined.then(|| seam(before, after, words, decisions))
        }
    }
}

/// Asks whether two blocks are one.
fn settle(
    before: &Block,
    after: &Block,
    (verdicts, confidence, why): ([&'static str; 2], Percent, &str),
    decisions: &mut Decisions,
) -> bool {
    let (tail, head) = (before.plain(), after.plain());
    let key =
        format!("{} | {}", last_words(&tail), head.split_whitespace().take(4).collect::<Vec<_>>().join(" "));
    decisions.decide(Case {
        rule: "rejoin",
        at: after.at,
        key: &key,
        verdicts,
        confidence,
        evidence: why.into(),
    })
}

/// How the two blocks join, if the second goes on with the first.
fn judge(
    before: &Block,
    after: &Block,
    words: &Words,
    decisions: &mut Decisions,
) -> Option<(Join, &'static [Sign])> {
    if !may_go_on(before, after) {
        return None;
    }
    let (tail, head) = (before.plain(), after.plain());
    let (sure, why) = unfinished(&tail, &head)?;
    settle(before, after, (["join", "apart"], sure, why), decisions)
        .then(|| seam(before, after, words, decisions))
}

/// How a word is set together again that two blocks part.
fn seam(before: &Block, after: &Block, words: &Words, decisions: &mut Decisions) -> (Join, &'static [Sign]) {
    let (tail, head) = (before.plain(), after.plain());
    let last: String = tail.split_whitespace().next_back().unwrap_or("").to_owned();
    // A call after the hyphen shows that the word is whole.
    let open = matches!(before.inlines.last(), Some(Inline::Text(_)));
    let Some(hyphen) = words.weigh(&last, &head).filter(|_| open) else {
        let solid = open && tail.ends_with(['—', '-']);
        return (if solid { Join::Solid } else { Join::Spaced }, &[Sign::Cut]);
    };
    let verdicts = if hyphen.drop { ["drop hyphen", "keep hyphen"] } else { ["keep hyphen", "drop hyphen"] };
    let (confidence, evidence) = (hyphen.confidence, hyphen.evidence);
    let case = Case { rule: "hyphen", at: after.at, key: &hyphen.key, verdicts, confidence, evidence };
    let drop = decisions.decide(case) == hyphen.drop;
    (if drop { Join::Dehyphenated } else { Join::Solid }, &[Sign::Cut, Sign::Hyphen])
}

/// Whether a paragraph of some length breaks off and the next begins with a small letter.
fn surely(before: &Block, after: &Block, least: usize) -> bool {
    let small = after.inlines.first().is_some_and(|i| i.plain().starts_with(char::is_lowercase));
    small && {
        let tail = before.plain();
        tail.len() > least && unfinished(&tail, &after.plain()).is_some_and(|(sure, _)| sure >= 97)
    }
}

/// Whether `tail` breaks off and `head` may go on with it: how sure, and why.
fn unfinished(tail: &str, head: &str) -> Option<(Percent, &'static str)> {
    let bare = bare(tail);
    let last = bare.chars().next_back()?;
    let closed = tail.trim_end().ends_with([')', ']']);
    let lower = head.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase);
    if Hyphen::SIGNS.contains(&last) {
        return Some((97, "the page ends inside a word"));
    }
    if matches!(last, '.' | '!' | '?' | '…' | ':') {
        return None;
    }
    // a semicolon ends no paragraph, though a name may stand at the head of the next page
    if last == ';'
        && !lower
        && !closed
        && !head.starts_with(['…', '.', '“', '"', '‘'])
        && tail.chars().count() >= LEAST_CUT
    {
        return Some((80, "a semicolon at the end"));
    }
    if last == ';' || closed {
        return (lower && !head.starts_with(['…', '.']))
            .then_some((80, "the next page begins with a small letter"));
    }
    // speech that breaks off, and another speaks
    let speech = tail.trim_end().ends_with(['”', '"', '’']) && matches!(last, '—' | '–' | '-');
    if speech && head.starts_with(['“', '"', '‘']) {
        return None;
    }
    let long = tail.chars().count() >= 30;
    match (lower, long) {
        (true, _) => Some((99, "no stop at the end, and the next page begins with a small letter")),
        (false, true) => Some((90, "no stop at the end")),
        (false, false) => None,
    }
}

/// How many characters a paragraph has at least that a page cuts behind a semicolon.
const LEAST_CUT: usize = 60;

/// The last four words.
fn last_words(text: &str) -> String {
    let all: Vec<&str> = text.split_whitespace().rev().take(4).collect();
    all.into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// Takes the hyphen off the end of a block that is joined without it; returns the hyphen.
pub(super) fn cut_hyphen(inlines: &mut [Inline]) -> String {
    let Some(Inline::Text(text)) = inlines.iter_mut().rev().find(|i| matches!(i, Inline::Text(_))) else {
        return String::new();
    };
    let kept = text.trim_end_matches(Hyphen::SIGNS).len();
    text.split_off(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_break_off() {
        for (tail, head, wanted) in [
            ("and the wheel was", "turned by hand", true),
            ("The mill had a wheel and a pond and a", "Dutch miller", true),
            ("It stood.", "the mill", false),
            ("It stood (p. 27)", "But the mill", false),
            ("The wheel stood still, and nobody in the upper town had any corn;", "Mr. Aske had some", true),
            ("the wheel;", "The mill", false),
            ("he called it “grinding,”", "which he liked", true),
            ("he said:", "The mill is mine", false),
            ("with all that begins with an M—”", "“Why with an M?” said she", false),
            ("The Mill", "Dutch tiles", false),
        ] {
            assert_eq!(unfinished(tail, head).is_some(), wanted, "{tail} | {head}");
        }
    }
}
