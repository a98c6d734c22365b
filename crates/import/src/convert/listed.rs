//! Titles that a source's own contents list names while its documents only set them as lines, as ebooks do that were made
//! from word processors' files: what the list leads to, and reads as the list does, is a heading.

use super::habits::{LONGEST, is_bare_number, without_look};
use super::model::{Block, Book, Inline, Style, plain, tidy};
use super::words::words;
use std::collections::BTreeMap;

/// An entry of the contents list.
pub(super) struct Entry {
    /// The document that it leads to.
    pub document: usize,
    pub words: String,
    /// How deep it stands, from 0.
    pub depth: u8,
}

/// A title has no more lines.
const MOST_LINES: usize = 3;

/// Makes headings of the lines that the list names, and joins numbers to the titles below them.
pub(super) fn mark(documents: &mut [Vec<Block>], entries: &[Entry], book: &mut Book) {
    let ranks = Ranks::of(documents, entries);
    let mut begun: BTreeMap<usize, usize> = BTreeMap::new();
    for entry in entries {
        let Some(blocks) = documents.get_mut(entry.document) else { continue };
        let wanted = spelled(&entry.words);
        if wanted.is_empty() || is_there(blocks, &wanted) {
            continue;
        }
        let from = begun.get(&entry.document).copied().unwrap_or(0);
        let Some((at, count)) = lines_of(&blocks[from..], &wanted).map(|(at, count)| (from + at, count))
        else {
            continue;
        };
        let lines = blocks.splice(at..at + count, []).filter_map(into_line).collect();
        blocks.insert(at, heading(ranks.rank(entry.depth), lines));
        book.turn("lines that the contents list names into titles");
        name_below(blocks, at);
        begun.insert(entry.document, at + 1);
    }
    untitled(documents, entries, ranks.first, book);
    for blocks in documents {
        join_numbers(blocks, book);
    }
}

/// Gives documents without any title, that the list names, the titles which that says: their own are pictures, or lines
/// that read otherwise, or there are none. One alone may be a page about the book, and where the list names fewer than
/// half of them it does not say where chapters begin.
fn untitled(documents: &mut [Vec<Block>], entries: &[Entry], level: u8, book: &mut Book) {
    let is_untitled = |blocks: &[Block]| {
        blocks.iter().any(is_text) && !blocks.iter().any(|block| matches!(block, Block::Heading { .. }))
    };
    let all = documents.iter().filter(|blocks| is_untitled(blocks)).count();
    let mut named: BTreeMap<usize, String> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.depth == 0) {
        let title = entry.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_there = documents.get(entry.document).is_some_and(|blocks| is_untitled(blocks));
        if is_there && !title.is_empty() && !super::chapters::is_about(&title) {
            named.entry(entry.document).or_insert(title);
        }
    }
    if named.len() < 2 || named.len() * 2 < all {
        return;
    }
    for (document, title) in named {
        set_title(&mut documents[document], title, level, book);
    }
}

/// Whether a block is a paragraph of a text, too long for a title.
fn is_text(block: &Block) -> bool {
    matches!(block, Block::Paragraph(words) if plain(words).chars().count() > LONGEST)
}

/// Makes a heading of the line above a text, or sets the title above it.
fn set_title(blocks: &mut Vec<Block>, title: String, level: u8, book: &mut Book) {
    const ENDS: [char; 10] = ['.', ',', ';', ':', '!', '?', '…', '"', '”', '’'];
    let first = blocks.iter().position(|block| !matches!(block, Block::PageMark(_))).unwrap_or(0);
    let is_title = |block: &Block| {
        let words = line(block).map(plain).unwrap_or_default();
        let words = words.trim();
        !words.is_empty() && !words.ends_with(ENDS) && !words.starts_with(['“', '"'])
    };
    if blocks.get(first).is_some_and(is_title) && blocks.get(first + 1).is_some_and(is_text) {
        let words = into_line(blocks.remove(first)).unwrap_or_default();
        blocks.insert(first, heading(level, vec![words]));
        book.turn("lines that the contents list names into titles");
        return;
    }
    book.added.push_str(&title);
    book.added.push(' ');
    blocks.insert(first, heading(level, vec![vec![Inline::Text(title)]]));
    book.turn("titles that the contents list alone says, set above their texts");
}

/// Which rank the entries of each depth have.
struct Ranks {
    /// That of the outermost entries.
    first: u8,
}

impl Ranks {
    fn of(documents: &[Vec<Block>], entries: &[Entry]) -> Ranks {
        let known = entries.iter().find_map(|entry| {
            let wanted = spelled(&entry.words);
            let rank = documents.get(entry.document)?.iter().find_map(|block| match block {
                Block::Heading { level, words, .. } if spelled(&plain(words)) == wanted => Some(*level),
                _ => None,
            })?;
            Some(rank.saturating_sub(entry.depth).max(1))
        });
        // a heading that no entry names stands above them: the title of the whole
        let has_title =
            documents.iter().flatten().any(|block| matches!(block, Block::Heading { level: 1, .. }));
        Ranks { first: known.unwrap_or(if has_title { 2 } else { 1 }) }
    }

    fn rank(&self, depth: u8) -> u8 {
        self.first.saturating_add(depth).min(6)
    }
}

/// The words of a line without its signs, in small letters.
fn spelled(line: &str) -> Vec<String> {
    let all = words(&line.to_lowercase());
    all.into_iter().filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}

/// Whether a heading says it already, or begins it.
fn is_there(blocks: &[Block], wanted: &[String]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading { words, .. } => {
            let said = spelled(&plain(words));
            !said.is_empty()
                && (wanted.starts_with(&said) || said.starts_with(wanted) || wanted.ends_with(&said))
        }
        _ => false,
    })
}

/// The line of a block that may be a title.
fn line(block: &Block) -> Option<&[Inline]> {
    let words = match block {
        Block::Paragraph(words) => words,
        Block::Division { blocks, .. } => match blocks.as_slice() {
            [Block::Paragraph(words)] => words,
            _ => return None,
        },
        _ => return None,
    };
    let is_short = plain(words).chars().count() <= LONGEST;
    let is_words = words.iter().all(|inline| !matches!(inline, Inline::Image { .. }));
    (is_short && is_words).then_some(words)
}

/// Where lines stand that say what is wanted, all or but for a number above, and how many they are.
fn lines_of(blocks: &[Block], wanted: &[String]) -> Option<(usize, usize)> {
    (0..blocks.len()).find_map(|at| {
        let mut said: Vec<String> = Vec::new();
        let lines = blocks[at..].iter().map_while(line).take(MOST_LINES);
        for (index, words) in lines.enumerate() {
            let words = plain(words);
            said.extend(spelled(&words));
            let behind_number = index == 1
                && line(&blocks[at]).is_some_and(|first| is_bare_number(&plain(first)))
                && spelled(&words) == wanted;
            if said == wanted || behind_number {
                return Some((at, index + 1));
            }
        }
        None
    })
}

fn into_line(block: Block) -> Option<Vec<Inline>> {
    match block {
        Block::Paragraph(words) => Some(words),
        Block::Division { blocks, .. } => blocks.into_iter().find_map(into_line),
        _ => None,
    }
}

fn heading(level: u8, lines: Vec<Vec<Inline>>) -> Block {
    let mut words: Vec<Inline> = Vec::new();
    for line in lines {
        if !words.is_empty() {
            words.push(Inline::Break);
        }
        words.extend(without_look(line));
    }
    let id = words.iter().position(|inline| matches!(inline, Inline::Anchor(_))).map(|at| words.remove(at));
    let id = id.and_then(|inline| if let Inline::Anchor(id) = inline { Some(id) } else { None });
    Block::Heading { level, words: tidy(words), id, class: None }
}

/// Below a number alone, a line that is set apart as a whole is the chapter's name.
fn name_below(blocks: &mut Vec<Block>, at: usize) {
    let Some(Block::Heading { words, .. }) = blocks.get(at) else { return };
    let is_number = is_bare_number(&plain(words));
    let Some(words) = blocks.get(at + 1).and_then(line).filter(|_| is_number) else { return };
    let is_styled =
        matches!(tidy(words.to_vec()).as_slice(), [Inline::Styled(Style::Strong | Style::Emphasis, _)]);
    let is_apart = is_styled || matches!(blocks[at + 1], Block::Division { .. });
    let text = plain(words);
    let is_sentence = text.trim_end().ends_with(['.', ',', ';', ':', '”', '"']);
    if is_apart && !is_sentence && text.chars().any(char::is_alphabetic) {
        let name = into_line(blocks.remove(at + 1)).map(without_look).unwrap_or_default();
        if let Some(Block::Heading { words, .. }) = blocks.get_mut(at) {
            words.push(Inline::Break);
            words.extend(name);
        }
    }
}

/// A number above a title, as a line or as a heading of no higher rank, is one title with it: `Chapter One`, `The Boat`.
fn join_numbers(blocks: &mut Vec<Block>, book: &mut Book) {
    let mut at = 0;
    while at + 1 < blocks.len() {
        let Block::Heading { level: rank, .. } = blocks[at + 1] else {
            at += 1;
            continue;
        };
        let number = match &blocks[at] {
            Block::Heading { level, words, .. } if *level >= rank => Some(words.as_slice()),
            other => line(other),
        };
        let is_number = number.is_some_and(|words| is_bare_number(&plain(words)));
        if is_number && let Some(title) = title_of(&blocks[at + 1]) {
            let (number, above) = match blocks.remove(at) {
                Block::Heading { words, id, .. } => (words, id),
                other => (into_line(other).unwrap_or_default(), None),
            };
            if let Block::Heading { level, id, class, .. } = blocks.remove(at) {
                let mut ids = above.into_iter().chain(id);
                let first = ids.next();
                let anchors: Vec<Inline> = ids.map(Inline::Anchor).collect();
                let Block::Heading { words, id: own, .. } = heading(level, vec![number, title]) else {
                    continue;
                };
                let (id, spare) = if first.is_some() { (first, own) } else { (own, None) };
                let words = anchors.into_iter().chain(spare.map(Inline::Anchor)).chain(words).collect();
                blocks.insert(at, Block::Heading { level, words, id, class });
            }
            book.turn("numbers and titles above one another into one title");
        }
        at += 1;
    }
}

fn title_of(block: &Block) -> Option<Vec<Inline>> {
    match block {
        Block::Heading { words, .. } if !is_bare_number(&plain(words)) => Some(words.clone()),
        _ => None,
    }
}
