//! Suspected faults of the transcription, as proposals for the editor.
//!
//! Each rule compares the text with itself: a form that stands once or twice
//! against one that stands many times in the same text. There is no list of
//! right spellings.
//!
//! | rule | proposes | in |
//! |---|---|---|
//! | `doubled-word` | one of two equal words in a row; shows two articles in a row | `words` |
//! | `stray-capital` | a small letter, where a word in mid-sentence has a capital that it has hardly anywhere else in the text | `words` |
//! | `compound` | the way in which a compound is written at all other places of the text | `words` |
//! | `name` | the spelling that a name has at all other places of the text | `words` |
//! | `initials` | the spacing of initials that the text uses nearly always; a stop that an initial lacks | `initials` |
//! | `abbreviation` | the stops and spaces that the same abbreviation has nearly always | `initials` |
//! | `date` | the comma between day and year that other dates have; a day that no month has; shows two years of publication of one title | `dates` |
//! | `page-reference` | `pp.` before two pages | `dates` |
//! | `title-case` | the case that a heading gives to a title | `titles` |
//! | `emphasis` | the emphasis that a title has at all other places of the text | `titles` |
//! | `quotation-marks` | nothing; shows where an opening or closing mark is missing | `marks` |
//! | `ellipsis` | the spacing of ellipses that the text uses at all other places | `marks` |
//! | `dash` | a dash for one with white space at one side only | `marks` |
//! | `stop` | a full stop where a new sentence begins without one, and on the side of a closing mark where the text has it always | `marks` |

mod counts;
mod dates;
mod initials;
mod marks;
mod titles;
mod words;

use super::decisions::id_of;
use super::model::{Block, Draft, Inline, Join, Kind, Percent};
use counts::{Counts, tokens};
use std::collections::BTreeMap;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    /// Stable as long as the words around stay.
    pub id: String,
    /// The line of the block in the transcription.
    pub line: usize,
    /// Which of several equal passages in the block, from 1.
    pub nth: usize,
    /// The words as they stand.
    pub was: String,
    /// What to put instead; `None` when only the editor can know.
    pub now: Option<String>,
    /// Why.
    pub reason: String,
    /// How sure.
    pub confidence: Percent,
    /// The words around it.
    pub around: String,
}

/// A paragraph as the rules see it: one run of text.
#[derive(Debug, Default)]
struct View {
    /// The number of the text that it belongs to.
    text: usize,
    line: usize,
    plain: String,
    /// Its words: where each begins in `plain`, and how long it is.
    words: Vec<(u32, u32)>,
    /// Before which bytes of `plain` a note is called.
    calls: Vec<usize>,
    /// Whether it is a paragraph of the text proper, in which quotation marks must balance.
    balanced: bool,
}

/// Proposals for one paragraph at most: where there would be more, the
/// transcription is of another kind than the rules think, and the editor is
/// not to drown.
const MOST_IN_A_PARAGRAPH: usize = 16;

/// Capitals in mid-sentence in one text at most: where there are more, they are its habit, or it is verse.
const MOST_CAPITALS: usize = 12;

/// How often a rival form must stand before a rare one is suspected.
const MANY: u32 = 4;

/// All proposals, in the order of the transcription.
pub(super) fn suspects(draft: &Draft, texts: &[(usize, usize)]) -> Vec<Proposal> {
    let views = views(draft, texts);
    let mut found = Found::default();
    let mut of_text: Vec<Vec<&View>> = vec![Vec::new(); texts.len() + 1];
    for view in &views {
        of_text[view.text].push(view);
    }
    for own in &of_text {
        let counts = Counts::of(own);
        for view in own {
            words::look(view, &counts, &mut found);
            initials::look(view, &counts, &mut found);
            dates::look(view, &counts, &mut found);
            marks::look(view, &counts, &mut found);
            titles::emphasis(view, &counts, &mut found);
        }
        marks::quotations(own, &mut found);
        found.forget_habits();
    }
    dates::contradictions(&views, &mut found);
    titles::case(draft, &views, &mut found);
    found.proposals.sort_by_key(|p| p.line);
    found.proposals
}

/// What is proposed so far.
#[derive(Default)]
struct Found {
    proposals: Vec<Proposal>,
    times: BTreeMap<String, u32>,
    /// The line of the paragraph at hand, and how many proposals it has.
    of_line: (usize, usize),
    /// How many proposals there were when the text at hand began.
    before: usize,
}

/// A suspicion: the rule, the passage and what to put instead, why, and how sure.
struct Suspicion<'a> {
    rule: &'a str,
    was: &'a str,
    now: Option<&'a str>,
    reason: String,
    confidence: Percent,
}

impl Found {
    /// Whether the paragraph may have one more.
    fn has_room(&mut self, line: usize) -> bool {
        let count = if self.of_line.0 == line { self.of_line.1 } else { 0 };
        self.of_line = (line, count + 1);
        count < MOST_IN_A_PARAGRAPH
    }

    /// Ends a text: drops its capitals when they are too many to be faults.
    fn forget_habits(&mut self) {
        let capital = |p: &Proposal| p.id.starts_with("stray-capital");
        let own = self.proposals.split_off(self.before);
        let many = own.iter().filter(|p| capital(p)).count() > MOST_CAPITALS;
        self.proposals.extend(own.into_iter().filter(|p| !(many && capital(p))));
        self.before = self.proposals.len();
    }

    /// A proposal for the passage at byte `at` of the view.
    fn add(&mut self, view: &View, at: usize, suspicion: Suspicion<'_>) {
        if !self.has_room(view.line) {
            return;
        }
        let Suspicion { rule, was, now, reason, confidence } = suspicion;
        let text = &view.plain;
        let around = &text[floor(text, at.saturating_sub(24))..floor(text, at + was.len() + 24)];
        let mut id = id_of(rule, around);
        let times = self.times.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            id = format!("{id}-{times}");
        }
        let nth = text[..at].matches(was).count() + 1;
        let (was, now, around) = (was.to_owned(), now.map(str::to_owned), around.to_owned());
        self.proposals.push(Proposal { id, line: view.line, nth, was, now, reason, confidence, around });
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Every paragraph of the draft, set together across page ends; then every note.
fn views(draft: &Draft, texts: &[(usize, usize)]) -> Vec<View> {
    let text_of =
        |index: usize| texts.partition_point(|t| t.0 <= index).checked_sub(1).unwrap_or(texts.len());
    let mut views: Vec<View> = Vec::new();
    for (index, block) in draft.blocks.iter().enumerate() {
        match views.last_mut() {
            Some(view) if draft.gaps[index].join != Join::Apart => view.join(block, draft.gaps[index].join),
            _ if matches!(block.kind, Kind::Table | Kind::Code) => {}
            _ => {
                let balanced = block.kind == Kind::Paragraph;
                let mut view = View { text: text_of(index), line: block.line, balanced, ..View::default() };
                view.take(&block.inlines);
                views.push(view);
            }
        }
    }
    for note in &draft.notes {
        let text = text_of(note.gap.saturating_sub(1));
        let mut view = View { text, line: note.line, ..View::default() };
        note.runs().for_each(|p| view.take(p));
        views.push(view);
    }
    views.iter_mut().for_each(View::find_words);
    views
}

impl View {
    /// Goes on with a block that a page's end had cut off.
    fn join(&mut self, block: &Block, join: Join) {
        if join == Join::Dehyphenated {
            let kept = self.plain.trim_end_matches(super::hyphen::Hyphen::SIGNS).len();
            self.plain.truncate(kept);
        }
        self.plain.push_str(if join == Join::Spaced { " " } else { "" });
        self.take(&block.inlines);
    }

    /// Finds the words, when the text is whole.
    fn find_words(&mut self) {
        let words = tokens(&self.plain).map(|(at, token)| (at as u32, token.len() as u32));
        self.words = words.collect();
    }

    /// The words with their places.
    fn tokens(&self) -> impl Iterator<Item = (usize, &str)> {
        self.words.iter().map(|(at, length)| {
            let at = *at as usize;
            (at, &self.plain[at..at + *length as usize])
        })
    }

    fn take(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Call { .. } => self.calls.push(self.plain.len()),
                other => self.plain.push_str(other.plain()),
            }
        }
    }
}

/// The proposals for one paragraph, as `was>now`.
#[cfg(test)]
fn shown(text: &str) -> Vec<String> {
    let plain = text.replace('^', "");
    let calls = text.match_indices('^').enumerate().map(|(n, (at, _))| at - n).collect();
    let mut view = View { line: 1, plain, calls, balanced: true, ..View::default() };
    view.find_words();
    let counts = Counts::of(&[&view]);
    let mut found = Found::default();
    words::look(&view, &counts, &mut found);
    initials::look(&view, &counts, &mut found);
    dates::look(&view, &counts, &mut found);
    marks::look(&view, &counts, &mut found);
    titles::emphasis(&view, &counts, &mut found);
    marks::quotations(&[&view], &mut found);
    found.proposals.iter().map(|p| format!("{}>{}", p.was, p.now.as_deref().unwrap_or("?"))).collect()
}
