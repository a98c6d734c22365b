//! Lines that begin like a list, a heading, a quotation or code, perhaps by
//! accident of wrapping.

use super::walk::{self, Place};
use crate::book::{Block, BlockKind, Book, Item, List};
use crate::diag::{Code, Diagnostic, SourceMap};

/// A setext heading longer than this, in characters, was hardly meant.
const LONG_HEADING: usize = 100;

pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    walk::lists(book, &mut |blocks, place| {
        for (index, block) in blocks.iter().enumerate() {
            let before = index.checked_sub(1).filter(|_| place == Place::Flow).map(|i| &blocks[i]);
            one(before, block, map, findings);
            if let BlockKind::List(list) = &block.kind {
                numbers(list, map, findings);
            }
        }
    });
}

fn one(before: Option<&Block>, block: &Block, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let text = &map.file(block.span.file).text;
    let own = text.get(block.span.start as usize..block.span.end as usize).unwrap_or("");
    let wrapped = match before {
        Some(before) => touches(before, block, text),
        None => below_words(block, text),
    };
    let (message, hint) = match &block.kind {
        BlockKind::List(list) if list.items.len() == 1 && is_year(list) => {
            let year = list.start.unwrap_or(0);
            (
                format!("`{year}.` makes this paragraph a list that starts at {year}"),
                format!("write `{year}\\.` when a year is meant"),
            )
        }
        BlockKind::List(list) if list.items.len() == 1 && wrapped => (
            "this line makes a list of one item out of the middle of a paragraph".to_owned(),
            "put a backslash before its mark, or a blank line before it when a list is meant".to_owned(),
        ),
        BlockKind::Quote(_) if wrapped && !own.contains('\n') => (
            "this line makes a quotation out of the middle of a paragraph".to_owned(),
            "write `\\>`, or leave a blank line before it when a quotation is meant".to_owned(),
        ),
        BlockKind::Heading(_) if wrapped && own.starts_with('#') => (
            "this line makes a heading out of the middle of a paragraph".to_owned(),
            "write `\\#`, or leave a blank line before it when a heading is meant".to_owned(),
        ),
        BlockKind::Heading(_) if is_long_setext(own) => (
            "the line below makes this whole paragraph a heading".to_owned(),
            "leave a blank line before it; a scene break is `* * *`".to_owned(),
        ),
        BlockKind::Para(_) if is_unspaced_heading(own) => (
            "this line is no heading: no space stands behind its `#`".to_owned(),
            "put a space there when a heading is meant; write `\\#` for the sign itself".to_owned(),
        ),
        BlockKind::Code { lang, text } if lang.is_empty() && is_prose(own, &text.words) => (
            "four spaces at the start of a line make this paragraph code".to_owned(),
            "take the spaces away; a blank line parts paragraphs".to_owned(),
        ),
        _ => return,
    };
    findings.push(Diagnostic::new(Code::ListAccident, block.span, message).hint(hint));
}

/// Whether a line of hyphens makes a heading of so many words that it was
/// hardly meant to. A line of `=` has no other meaning.
fn is_long_setext(own: &str) -> bool {
    let words = own.trim_end().rsplit_once('\n').filter(|(_, line)| line.contains('-'));
    !own.starts_with('#') && words.is_some_and(|(words, _)| words.chars().count() > LONG_HEADING)
}

/// Whether a line of few words looks like a heading but for a space.
fn is_unspaced_heading(own: &str) -> bool {
    let words = own.trim_start_matches('#');
    let rank = own.len() - words.len();
    let sentence = words.trim_end().ends_with(['.', ',', ';', ':', '!', '?']);
    let tags = words.contains(" #");
    (1..=6).contains(&rank)
        && words.starts_with(char::is_alphabetic)
        && !own.contains('\n')
        && own.chars().count() <= LONG_HEADING
        && !sentence
        && !tags
}

/// Items are numbered in order from the first; a number that the author
/// wrote otherwise would change. All alike is a habit, and means nothing.
fn numbers(list: &List, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let Some(start) = list.start else { return };
    let written = |item: &Item| -> Option<u64> {
        let text = map.file(item.span.file).text.get(item.span.start as usize..)?;
        let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
        text[..digits].parse().ok()
    };
    if list.items.iter().all(|item| written(item) == Some(start)) {
        return;
    }
    let wrong =
        list.items.iter().zip(start..).find(|(item, number)| written(item).is_some_and(|w| w != *number));
    if let Some((item, number)) = wrong {
        let message = format!(
            "this item is numbered {} here and would be printed as {number}",
            written(item).unwrap_or(0)
        );
        let hint = "number the items in order, or part the lists by a line of text";
        findings.push(Diagnostic::new(Code::ListAccident, item.span, message).hint(hint));
    }
}

/// Whether a title that begins a section follows a line of words at once.
fn below_words(block: &Block, text: &str) -> bool {
    let above = text.get(..block.span.start as usize).unwrap_or("");
    let line = above.strip_suffix('\n').and_then(|above| above.rsplit('\n').next()).unwrap_or("");
    matches!(block.kind, BlockKind::Heading(_)) && line.starts_with(char::is_alphanumeric)
}

/// Whether a block stands on the line after a paragraph's last one.
fn touches(before: &Block, block: &Block, text: &str) -> bool {
    let between = text.get(before.span.end as usize..block.span.start as usize).unwrap_or("\n\n");
    matches!(before.kind, BlockKind::Para(_)) && between.matches('\n').count() == 1
}

fn is_year(list: &List) -> bool {
    list.start.is_some_and(|start| (1000..2200).contains(&start))
}

/// Whether code that no fence opens reads like sentences.
fn is_prose(own: &str, text: &str) -> bool {
    let fenced = own.trim_start().starts_with("```") || own.trim_start().starts_with("~~~");
    let words = text.split_whitespace().count();
    let sentence = text.trim_end().ends_with(['.', '!', '?', '”', '"']);
    let capital = text.trim_start().starts_with(char::is_uppercase);
    !fenced && sentence && capital && words >= 8 && !text.contains(['{', ';', '='])
}
