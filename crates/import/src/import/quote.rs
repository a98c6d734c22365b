//! Block quotes: passages that stand as quotations, set as such again.

use super::decisions::{Case, Decisions};
use super::model::{Block, Draft, Inline, Join, Kind, Percent};
use super::speaker::speaker;

/// How many paragraphs a quotation may have.
const LONGEST: usize = 12;

/// How many paragraphs open with a quotation mark where people talk, and one in how many at least.
const TALK: (usize, usize) = (4, 12);

/// A run of blocks that make one paragraph once joined: first and one past the last.
type Run = (usize, usize);

/// Finds the quotations of the draft and makes their paragraphs quotes.
pub(super) fn restore(draft: &mut Draft, decisions: &mut Decisions) {
    let runs = runs(draft);
    // Where quotations are indented, what is not indented is none.
    if draft.plain && draft.wrapped && draft.blocks.iter().any(|b| b.kind == Kind::Quote) {
        return;
    }
    // where the writer marks quotations or sets them apart, what is not is none
    if draft.set_lines || draft.modelled && draft.blocks.iter().any(|b| b.kind == Kind::Quote) {
        return;
    }
    let talk = is_talk(draft, &runs);
    let mut at = 1;
    while at < runs.len() {
        let found = quotation(draft, &runs, at, talk);
        let Some((length, confidence, evidence)) = found else {
            at += 1;
            continue;
        };
        for run in &runs[at..at + length] {
            let block = &draft.blocks[run.0];
            let key = block.plain();
            let case = Case {
                rule: "block-quote",
                at: block.at,
                key: &key,
                verdicts: ["quote", "paragraph"],
                confidence,
                evidence: evidence.into(),
            };
            if decisions.decide(case) {
                draft.blocks[run.0..run.1].iter_mut().for_each(|b| b.kind = Kind::Quote);
            }
        }
        at += length;
    }
}

fn runs(draft: &Draft) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for index in 0..draft.blocks.len() {
        match runs.last_mut() {
            Some(run) if index > 0 && draft.gaps[index].join != Join::Apart => run.1 = index + 1,
            _ => runs.push((index, index + 1)),
        }
    }
    runs
}

/// Whether a quotation begins at run `at`: how many paragraphs, how sure, why.
fn quotation(draft: &Draft, runs: &[Run], at: usize, talk: bool) -> Option<(usize, Percent, &'static str)> {
    let view = |i: usize| {
        runs.get(i)
            .map(|r| &draft.blocks[r.0..r.1])
            .filter(|b| b[0].kind == Kind::Paragraph && !b[0].front && !b[0].lined)
    };
    let text = |i: usize| view(i).map(plain);
    let before = text(at - 1).unwrap_or_default();
    let here = text(at)?;
    let introduced = before.trim_end().ends_with(':');
    // what somebody says stands behind a dash in many languages, and behind a name in plays
    // a formula, or a note of the margin
    if introduced && (here.starts_with("$$") || here.starts_with("**")) {
        return None;
    }
    if introduced
        && (here.starts_with(['—', '–', '―']) || speaker(&before).is_some() || speaker(&here).is_some())
    {
        return None;
    }
    if introduced && opens(&here) {
        return if talk { None } else { marked(&text, at) };
    }
    if introduced && !here.trim_end().ends_with(':') {
        if sourced(view(at)?) {
            return Some((
                1,
                97,
                "introduced by a colon, without quotation marks, and its source is given at its end",
            ));
        }
        let length = to_source(&text, &view, at);
        return Some(match length {
            1 => (1, confidence(&here), "introduced by a colon, and stands without quotation marks"),
            n => (n, 85, "introduced by a colon; the source is given at the end of its last paragraph"),
        });
    }
    if introduced { None } else { recalled(&text, at) }
}

/// Whether people talk in the text: many paragraphs open with a quotation mark and are not introduced.
fn is_talk(draft: &Draft, runs: &[Run]) -> bool {
    let begins = |r: &Run| draft.blocks[r.0].inlines.first().is_some_and(|i| opens(i.plain()));
    let ends =
        |r: &Run| draft.blocks[r.1 - 1].inlines.last().is_some_and(|i| i.plain().trim_end().ends_with(':'));
    let talk = runs.windows(2).filter(|w| begins(&w[1]) && !ends(&w[0])).count();
    talk >= TALK.0 && talk * TALK.1 >= runs.len()
}

/// Words by which a writer speaks of himself, in the languages that [`super::front::language`] knows.
const FIRST_PERSON: [&str; 24] = [
    "I", "my", "me", "we", "us", "our", "We", "My", "Our", "ich", "mir", "mein", "wir", "uns", "Ich", "Wir",
    "je", "Je", "nous", "Nous", "yo", "io", "я", "мы",
];

/// Paragraphs in the first person up to one that ends with a page of the source, after its full stop.
fn recalled(text: &dyn Fn(usize) -> Option<String>, at: usize) -> Option<(usize, Percent, &'static str)> {
    for length in 1..=LONGEST {
        let here = text(at + length - 1)?;
        if here.trim_end().ends_with(':') || opens(&here) {
            return None;
        }
        if cited_after_stop(&here) {
            let why = match length {
                1 => "ends with a page of the source, after the full stop",
                _ => "speaks in the first person up to a paragraph that ends with a page of the source",
            };
            return Some((length, if length == 1 { 78 } else { 72 }, why));
        }
        let mut words = here.split(|c: char| !c.is_alphabetic());
        if !words.any(|w| FIRST_PERSON.contains(&w)) {
            return None;
        }
    }
    None
}

/// Whether a page of the source follows the full stop: `end. (p. 27)`, not `end (p. 27).`
fn cited_after_stop(text: &str) -> bool {
    let text = text.trim_end();
    let before = text.rfind('(').map_or("", |open| text[..open].trim_end());
    text.ends_with(')') && cited(text) && before.ends_with(['.', '!', '?', '…'])
}

/// A shorter passage, or one that begins in mid-sentence, is more surely a quotation.
fn confidence(text: &str) -> Percent {
    if text.starts_with(['.', '…', '[']) { 95 } else { 85 }
}

/// A quotation with its marks, alone in its paragraphs.
fn marked(text: &dyn Fn(usize) -> Option<String>, at: usize) -> Option<(usize, Percent, &'static str)> {
    for length in 1..=LONGEST {
        let here = text(at + length - 1)?;
        let closes =
            |c: char| CLOSING.contains(&c) || c == '«' && text(at).is_some_and(|t| t.starts_with('»'));
        let closed = here.trim_end().trim_end_matches(['.', '!', '?', ',', ';']).ends_with(closes);
        let closers = here.matches(closes).count();
        let alone = if length == 1 { !inner_end(&here) } else { true };
        if closed && alone {
            let why = "introduced by a colon, and nothing else stands in its paragraphs";
            return Some((length, if length == 1 { 75 } else { 88 }, why));
        }
        if closers > usize::from(opens(&here) && here.starts_with('"')) {
            return None;
        }
    }
    None
}

/// What closes quotations.
const CLOSING: [char; 3] = ['”', '"', '»'];

/// Whether the quotation that opens the paragraph closes before its end.
fn inner_end(text: &str) -> bool {
    let body: Vec<char> = text.trim_end().chars().collect();
    let closes = |c: char| CLOSING.contains(&c);
    let last = body.iter().rposition(|c| closes(*c)).unwrap_or(0);
    body.iter().enumerate().skip(1).any(|(i, c)| closes(*c) && i < last)
}

/// How many paragraphs up to the first that ends with a page of the source; 1 when there is none.
fn to_source<'d>(
    text: &dyn Fn(usize) -> Option<String>,
    view: &dyn Fn(usize) -> Option<&'d [Block]>,
    at: usize,
) -> usize {
    for length in 2..=LONGEST {
        let (Some(here), Some(blocks)) = (text(at + length - 1), view(at + length - 1)) else { break };
        if here.trim_end().ends_with(':') || blocks[0].front {
            break;
        }
        if cited(&here) {
            return length;
        }
    }
    1
}

fn plain(blocks: &[Block]) -> String {
    blocks.iter().map(Block::plain).collect::<Vec<_>>().join(" ")
}

fn opens(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„', '»', '‘', '‹', '›'])
}

/// Whether the paragraph ends with a call or with a page of the source.
fn sourced(blocks: &[Block]) -> bool {
    let called = blocks.last().is_some_and(|b| matches!(b.inlines.last(), Some(Inline::Call { .. })));
    called || cited(&plain(blocks))
}

/// Whether `text` ends with a page in brackets: `(p. 27)`, `(pp. 3–4)`.
fn cited(text: &str) -> bool {
    let Some(inner) = text.trim_end().trim_end_matches('.').strip_suffix(')') else { return false };
    let Some(open) = inner.rfind('(') else { return false };
    let inner = &inner[open + 1..];
    let pages =
        inner.strip_prefix("pp.").or_else(|| inner.strip_prefix("p.")).or_else(|| inner.strip_prefix("S."));
    pages.is_some_and(|p| p.len() < 16 && p.contains(|c: char| c.is_ascii_digit()))
}
