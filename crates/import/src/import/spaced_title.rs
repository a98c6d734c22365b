//! Titles in small letters, which nothing but the white space around them tells: `Those Who Stayed`.

use super::contents::without_number;
use super::context::Context;
use super::dialect::Dialect;
use super::line::goes_on;
use super::part_name::{is_capital, is_title_case};

/// Whether line `at`, with `space` blank lines above it, is a title by the white space around it: more than parts paragraphs
/// above, some below, and running text under that.
pub(super) fn is_spaced_title(context: &Context<'_>, at: usize, space: usize) -> bool {
    let text = context.lines[at].trimmed();
    let title = without_number(text);
    let wide = space > context.spacing.usual && space >= least_space(context) || is_in_italics(context, at);
    let words = || title.split_whitespace().any(|word| word.chars().count() >= LEAST_WORD);
    let below = || {
        context.lines.get(at + 1).is_some_and(|line| {
            (1..=space.max(MOST_BELOW)).contains(&line.blanks)
                && line.trimmed().chars().count() * 2 >= context.spacing.measure
                && line.trimmed().contains(|c: char| c.is_lowercase())
        })
    };
    // proofreaders leave two blank lines above nothing else
    let is_told = context.dialect == Dialect::Proofreaders;
    wide && context.alone(at)
        && is_title_case(title)
        // lines of capitals have a rule of their own; a number in a title is one of an index
        && !is_capital(title)
        && !title.contains(|c: char| c.is_ascii_digit())
        && !is_of_makers(title)
        && !title.ends_with(['!', '?', '’', '\'', ')', ']'])
        && words()
        && below()
        && !is_at_right(context, at)
        && text_above(context, at).is_none_or(|above| {
            let open = goes_on(context.lines[above].trimmed()) && !is_short(context, above);
            !open || space > MOST_BELOW || is_told
        })
}

/// Whether a line stands alone and is far narrower than running text, as the words under a picture are, and other titles.
fn is_short(context: &Context<'_>, at: usize) -> bool {
    context.alone(at) && context.lines[at].trimmed().chars().count() * 4 <= context.spacing.measure * 3
}

/// Whether line `at` of a distributor's text has nothing but a few words in italics, as titles of sections have with no more white
/// space than paragraphs.
fn is_in_italics(context: &Context<'_>, at: usize) -> bool {
    let words = context.lines[at].trimmed().strip_prefix('_').and_then(|words| words.strip_suffix('_'));
    let is_plain = matches!(context.dialect, Dialect::Plain | Dialect::Distributor);
    is_plain && words.is_some_and(|words| !words.contains('_') && words.contains(' '))
}

/// The last line of text above line `at`.
fn text_above(context: &Context<'_>, at: usize) -> Option<usize> {
    (0..at).rev().find(|above| !context.is_beside_text(*above))
}

/// Whether a title is that of a note of who made the electronic text: `Transcriber’s Note`.
fn is_of_makers(title: &str) -> bool {
    title.trim_start_matches('_').to_lowercase().starts_with("transcriber")
}

/// How many letters a word of such a title has at least, and how many blank lines may stand below it at most.
const LEAST_WORD: usize = 3;
const MOST_BELOW: usize = 2;

/// How many blank lines stand above such a title at least: where a text has pages of its own as they are set, one will do.
fn least_space(context: &Context<'_>) -> usize {
    if context.spacing.usual == 0 { 1 } else { 2 }
}

/// Whether line `at` stands at the right of its page, where signatures and datelines do, and no title.
pub(super) fn is_at_right(context: &Context<'_>, at: usize) -> bool {
    let line = &context.lines[at];
    let (indent, length) = (line.indent(), line.trimmed().chars().count());
    let middle = context.spacing.measure.saturating_sub(length) / 2;
    indent >= LEAST_RIGHT && indent > middle + OFF_CENTRE
}

/// How far what stands at the right stands in at least, and how far from the middle.
const LEAST_RIGHT: usize = 16;
const OFF_CENTRE: usize = 6;
