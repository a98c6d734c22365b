//! Suspected faults of the transcription, as proposals for the editor.
//!
//! Each rule compares the text with itself: a form that stands once or twice
//! against one that stands many times in the same text. There is no list of
//! right spellings, unless the editor names a dictionary.
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
//! | `scanno` | a word of the editor's dictionary, where letters that scans confuse make one of what is none | `scannos` |
//! | `stop` | a full stop where a new sentence begins without one, and on the side of a closing mark where the text has it always | `marks` |

mod counts;
mod dates;
mod forms;
mod found;
mod initials;
mod marks;
mod scannos;
mod titles;
mod tokens;
mod view;
mod words;

pub(super) use found::Proposal;

use super::model::{Draft, Join, Kind};
use crate::spelling::Dictionary;
use counts::Counts;
use found::Found;
use view::View;

/// All proposals, in the order of the transcription.
pub(super) fn all(draft: &Draft, texts: &[(usize, usize)], dictionary: Option<&Dictionary>) -> Vec<Proposal> {
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
            if let Some(dictionary) = dictionary {
                scannos::look(view, &counts, dictionary, &mut found);
            }
        }
        marks::quotations(own, &mut found);
        found.forget_habits();
    }
    dates::contradictions(&views, &mut found);
    titles::case(draft, &views, &mut found);
    found.proposals.sort_by_key(|p| p.line);
    found.proposals
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
