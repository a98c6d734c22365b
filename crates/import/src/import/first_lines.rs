//! Paragraphs that nothing but the indent of their first lines parts, in a text whose pages nothing shows.

use super::context::Context;
use super::document::Document;
use super::line::Line;
use super::spaced_title::is_at_right;

/// How far the first lines of paragraphs stand in, where hardly a blank line parts them: the commonest indent of lines that stand
/// below the end of a sentence and above a line at the margin. `None` where as many lines stand in within sentences.
pub(super) fn first_indent(lines: &[Line<'_>], document: Option<&Document>) -> Option<usize> {
    if document.is_some_and(|document| document.parts_by_indent()) {
        return None;
    }
    let mut times = [(0usize, 0usize); DEEPEST + 1];
    let (mut parted, mut full) = (0, 0);
    for three in lines.windows(3) {
        let indent = three[1].indent();
        parted += usize::from(three[1].blanks > 0 && three[2].blanks == 0);
        full += usize::from(three[1].blanks == 0 && indent == 0 && three[0].indent() == 0);
        let close = three[1].blanks == 0 && !three[1].feed && three[2].blanks == 0;
        let below = three[2].indent();
        if close && (1..=DEEPEST).contains(&indent) && (below == 0 || below == indent) {
            let (first, within) = &mut times[indent];
            *if ends_sentence(three[0].trimmed()) { first } else { within } += 1;
        }
    }
    let best = (1..=DEEPEST).max_by_key(|indent| times[*indent].0)?;
    let (first, within) = times[best];
    (first >= LEAST && within * 4 <= first && first >= parted && full >= first).then_some(best)
}

/// Whether line `at`, which stands close under another, begins a paragraph by its indent, or is, or follows, a line at the right
/// of the page: who signs.
pub(super) fn begins_by_indent(context: &Context<'_>, at: usize) -> bool {
    context.first_indent.is_some_and(|indent| {
        let above = &context.lines[at - 1];
        context.lines[at].indent() == indent && ends_sentence(above.trimmed())
            || is_at_right(context, at)
            || is_at_right(context, at - 1)
    })
}

/// Whether a line ends with a sentence, or with what leads to a letter or to speech.
fn ends_sentence(text: &str) -> bool {
    let closed = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '_']);
    closed.ends_with(['.', '!', '?', ':', '—']) || is_address(text)
}

/// `Dear Sir,`: with what a letter begins.
fn is_address(text: &str) -> bool {
    text.ends_with(',')
        && text.trim_start_matches(['“', '"', '‘']).starts_with(char::is_uppercase)
        && text.len() <= LONGEST_ADDRESS
}

/// How many bytes the address of a letter has at most.
const LONGEST_ADDRESS: usize = 40;

/// How far first lines stand in at most, and how many of them show it.
const DEEPEST: usize = 8;
const LEAST: usize = 3;
