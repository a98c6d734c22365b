//! One run of blocks becomes the texts of a book: which headings are chapters, which are
//! parts, and which is the title of the whole.

use super::model::{Block, Book, Inline, Place, Text, plain};
use super::words::words;
use std::collections::BTreeSet;

/// Words with which the title of a part begins.
const PARTS: [&str; 16] = [
    "part",
    "book",
    "volume",
    "teil",
    "buch",
    "band",
    "partie",
    "livre",
    "tome",
    "parte",
    "libro",
    "часть",
    "книга",
    "том",
    "deel",
    "del",
];
/// The titles of pages about a book.
const ABOUT: [&str; 8] = [
    "imprint",
    "copyright",
    "copyright page",
    "impressum",
    "title page",
    "contents",
    "colophon",
    "dedication",
];
/// The titles of texts that stand before or behind the body, by their first word.
const FRONT: [&str; 12] = [
    "dedication",
    "foreword",
    "preface",
    "introduction",
    "acknowledgments",
    "acknowledgements",
    "vorwort",
    "einleitung",
    "préface",
    "avant-propos",
    "prólogo",
    "предисловие",
];
const BACK: [&str; 17] = [
    "about",
    "acknowledgments",
    "acknowledgements",
    "afterword",
    "appendix",
    "appendices",
    "glossary",
    "bibliography",
    "index",
    "notes",
    "colophon",
    "nachwort",
    "anhang",
    "postface",
    "annexe",
    "epilogue",
    "послесловие",
];

/// Parts the blocks at their chapters. `blocks` come with the place at which a new
/// document begins; a document without a heading is a text of its own.
pub(super) fn split(book: &mut Book, mut documents: Vec<(Vec<Block>, Option<String>)>) {
    drop_titles_of_notes(book, &mut documents);
    drop_contents(book, &mut documents);
    documents.retain(|(blocks, _)| !blocks.is_empty());
    title_of_all(book, &mut documents);
    let Some((chapter, part)) = levels(&documents) else {
        let many = documents.len() > 1;
        for (blocks, name) in documents.into_iter().filter(|(blocks, _)| !blocks.is_empty()) {
            book.texts.push(Text { name: name.filter(|_| many), blocks, place: Place::Body });
        }
        return;
    };
    let mut texts: Vec<Text> = Vec::new();
    for (blocks, name) in documents {
        let mut fresh = true;
        for mut block in blocks {
            let opens = rank(&mut block, chapter, part);
            if opens || fresh && !texts.last().is_some_and(goes_on) {
                let marks = texts.last_mut().filter(|_| opens).map(trailing_marks).unwrap_or_default();
                let name = name.clone().filter(|_| fresh && !opens);
                texts.push(Text { name, blocks: marks, place: Place::Body });
            }
            fresh = false;
            if let Some(text) = texts.last_mut() {
                text.blocks.push(block);
            }
        }
    }
    for text in &mut texts {
        // a pause at the end, behind which only notes stood
        while matches!(text.blocks.last(), Some(Block::SceneBreak)) {
            text.blocks.pop();
        }
    }
    place(&mut texts);
    book.texts.extend(texts);
}

/// Takes the one heading that stands above all others as the title of the book, when nothing else has named it; what
/// stands right below it, if that is no more than a name, is who wrote it.
fn title_of_all(book: &mut Book, documents: &mut [(Vec<Block>, Option<String>)]) {
    let Some((chapter, None)) = levels(documents) else { return };
    let Some((blocks, _)) = documents.first_mut() else { return };
    let first = blocks.iter().position(|block| !matches!(block, Block::PageMark(_))).unwrap_or(0);
    let Some(Block::Heading { level, words: title, .. }) = blocks.get(first) else { return };
    let title = plain(title).trim().to_owned();
    let is_other = book.meta.title.as_ref().is_some_and(|known| !same(known, &title));
    if *level >= chapter || title.is_empty() || is_other {
        return;
    }
    book.meta.title.get_or_insert_with(|| title.clone());
    let below = || blocks.iter().skip(first + 1);
    let next = below().position(|block| matches!(block, Block::Heading { .. }));
    let below: Option<Vec<String>> = below().take(next.unwrap_or(usize::MAX)).map(title_words).collect();
    let is_known = |line: &String| {
        line.trim().is_empty()
            || super::bylines::is_by(line.trim())
            || book.meta.people.iter().any(|(name, _)| same(name, line))
    };
    let author = match below.as_deref() {
        Some(lines) if lines.iter().all(is_known) => None,
        Some(lines) => match super::bylines::author(&lines.join(" ")) {
            Some(name) => Some(name),
            None => return,
        },
        None => return,
    };
    let below = below.unwrap_or_default();
    let said = below.join("\n");
    if let Some(name) = author.filter(|_| book.meta.people.is_empty()) {
        book.meta.people = vec![(name, "aut".to_owned())];
    }
    blocks.drain(first..=first + below.len());
    book.leave_out("the title page, which is made anew", format!("{title}\n{said}"));
}

/// Whether two lines say the same, but for capitals and signs.
fn same(one: &str, other: &str) -> bool {
    words(&one.to_lowercase()) == words(&other.trim().to_lowercase())
}

/// Leaves out title pages: documents before the first long one whose every word book.toml has.
pub(super) fn drop_title_pages(book: &mut Book, documents: &mut Vec<(Vec<Block>, Option<String>)>) {
    let people = book.meta.people.iter().map(|(name, _)| name.clone());
    let said = [&book.meta.title, &book.meta.subtitle, &book.meta.publisher, &book.meta.date];
    let known: Vec<String> = said.into_iter().flatten().cloned().chain(people).collect();
    let known: BTreeSet<String> = words(&known.join(" ").to_lowercase()).into_iter().collect();
    let mut index = 0;
    documents.retain(|(blocks, _)| {
        index += 1;
        let lines: Option<Vec<String>> = blocks.iter().map(title_words).collect();
        let line = lines.unwrap_or_default().join("\n");
        let drop = index <= 3
            && !line.trim().is_empty()
            && words(&line.to_lowercase())
                .iter()
                .all(|word| known.contains(word) || word == "by" || word == "'");
        if drop {
            book.leave_out("the title page, which is made anew", line);
        }
        !drop
    });
}

/// The words of a block that may stand on a title page.
pub(super) fn title_words(block: &Block) -> Option<String> {
    match block {
        Block::Heading { words, .. } | Block::Paragraph(words) => {
            let only_words =
                words.iter().all(|inline| !matches!(inline, Inline::Note(_) | Inline::Image { .. }));
            only_words.then(|| plain(words))
        }
        Block::Division { blocks, .. } => {
            blocks.iter().map(title_words).collect::<Option<Vec<_>>>().map(|all| all.join("\n"))
        }
        Block::PageMark(_) => Some(String::new()),
        _ => None,
    }
}

/// Whether a further document without a title goes on with a text: with one that has its title, and is no page about
/// the book, which the running text never goes on with.
fn goes_on(text: &Text) -> bool {
    title(text).is_some_and(|title| !ABOUT.contains(&title.trim().to_lowercase().as_str()))
}

/// Whether a title is that of a page about the book, whatever its case.
pub(super) fn is_about(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    ABOUT.contains(&title.as_str()) || title.contains("title") || title == "cover"
}

/// Leaves out titles above notes that now stand where they are called, when nothing else stands below.
fn drop_titles_of_notes(book: &mut Book, documents: &mut [(Vec<Block>, Option<String>)]) {
    const NOTES: [&str; 8] =
        ["notes", "footnotes", "endnotes", "anmerkungen", "fußnoten", "notas", "note", "примечания"];
    if book.notes.is_empty() {
        return;
    }
    for (blocks, _) in documents.iter_mut() {
        let mut at = 0;
        while at < blocks.len() {
            let next = blocks[at + 1..].iter().find(|block| !matches!(block, Block::PageMark(_)));
            let is_empty = |own: u8| match next {
                None => true,
                Some(Block::Heading { level, .. }) => *level <= own,
                Some(_) => false,
            };
            let said = match &blocks[at] {
                Block::Heading { level, words, id: None, .. } if is_empty(*level) => plain(words),
                _ => String::new(),
            };
            let said = said.trim();
            if NOTES.contains(&said.trim_end_matches(':').to_lowercase().as_str()) {
                book.leave_out("titles above notes, which stand where they are called", said.to_owned());
                blocks.remove(at);
            } else {
                at += 1;
            }
        }
    }
}

/// Leaves out the source's own list of contents: below a heading that says so, lines of which most lead elsewhere in the
/// book.
fn drop_contents(book: &mut Book, documents: &mut [(Vec<Block>, Option<String>)]) {
    for (blocks, _) in documents.iter_mut() {
        let mut at = 0;
        while at < blocks.len() {
            let end = match &blocks[at] {
                Block::Heading { level, words, id: None, .. } if is_contents(&plain(words)) => {
                    let is_next =
                        |block: &Block| matches!(block, Block::Heading { level: next, .. } if next <= level);
                    blocks[at + 1..].iter().position(is_next).map_or(blocks.len(), |next| at + 1 + next)
                }
                _ => at,
            };
            let mut lines = Vec::new();
            blocks[(at + 1).min(end)..end].iter().for_each(|block| lines_of(block, &mut lines));
            let leading = lines.iter().filter(|line| line.iter().any(leads)).count();
            if leading >= 2 && leading * 2 >= lines.len() {
                let said = lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n");
                let title = title_words(&blocks[at]).unwrap_or_default();
                book.leave_out("the source's own contents, which are made anew", format!("{title}\n{said}"));
                let marks: Vec<Block> =
                    blocks.drain(at..end).filter(|block| matches!(block, Block::PageMark(_))).collect();
                blocks.splice(at..at, marks);
            }
            at += 1;
        }
    }
}

/// Whether a heading is that of a list of contents.
fn is_contents(title: &str) -> bool {
    const CONTENTS: [&str; 13] = [
        "contents",
        "table of contents",
        "inhalt",
        "inhaltsverzeichnis",
        "table des matières",
        "sommaire",
        "índice",
        "indice",
        "contenido",
        "inhoud",
        "содержание",
        "оглавление",
        "目次",
    ];
    CONTENTS.contains(&title.trim().trim_end_matches([':', '.']).to_lowercase().as_str())
}

/// The lines of a list, a table or a paragraph; of anything else one that leads nowhere.
fn lines_of(block: &Block, lines: &mut Vec<Vec<Inline>>) {
    match block {
        Block::Paragraph(words) | Block::Heading { words, .. } => lines.push(words.clone()),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| lines_of(block, lines)),
        Block::Table { head, rows, .. } => {
            let cells = |row: &Vec<Vec<Inline>>| {
                row.iter().flat_map(|cell| [cell.clone(), vec![Inline::Text(" ".into())]].concat()).collect()
            };
            lines.extend(head.iter().chain(rows).map(cells));
        }
        Block::Division { blocks, .. } | Block::Quote(blocks) => {
            blocks.iter().for_each(|block| lines_of(block, lines));
        }
        Block::Verse(stanzas) => lines.extend(stanzas.iter().flatten().map(|(_, words)| words.clone())),
        Block::PageMark(_) | Block::SceneBreak => {}
        _ => lines.extend(std::iter::repeat_n(Vec::new(), MOST_OTHER)),
    }
}

/// So many lines that lead nowhere does something count for that no list of contents holds.
const MOST_OTHER: usize = 1000;

/// Whether words lead to another place of the book.
fn leads(inline: &Inline) -> bool {
    match inline {
        Inline::Link(to, _) => !to.contains("://") && !to.starts_with("mailto:"),
        Inline::Styled(_, inner) | Inline::Language(_, inner) => inner.iter().any(leads),
        _ => false,
    }
}

/// Takes the page marks from the end of a text: the next text begins on that page.
fn trailing_marks(text: &mut Text) -> Vec<Block> {
    let marks = text.blocks.iter().rev().take_while(|block| matches!(block, Block::PageMark(_))).count();
    text.blocks.split_off(text.blocks.len() - marks)
}

/// The level of chapters, and that of parts above it.
fn levels(documents: &[(Vec<Block>, Option<String>)]) -> Option<(u8, Option<u8>)> {
    let headings: Vec<(u8, String)> = documents
        .iter()
        .flat_map(|(blocks, _)| blocks)
        .filter_map(|block| match block {
            Block::Heading { level, words, .. } => Some((*level, plain(words))),
            _ => None,
        })
        .collect();
    let mut present: Vec<u8> = headings.iter().map(|(level, _)| *level).collect();
    present.sort_unstable();
    present.dedup();
    let count = |wanted: u8| headings.iter().filter(|(level, _)| *level == wanted).count();
    let (top, next) = (*present.first()?, present.get(1).copied());
    let named = headings.iter().filter(|(level, words)| *level == top && is_part(words)).count();
    // documents that begin one rank lower are chapters, however few the parts are above them
    let begin_at = |wanted: u8| {
        let first = |blocks: &[Block]| {
            blocks.iter().find_map(|block| match block {
                Block::Heading { level, .. } => Some(*level),
                _ => None,
            })
        };
        documents.iter().filter(|(blocks, _)| first(blocks) == Some(wanted)).count()
    };
    match next {
        Some(next) if named > 0 && (named * 2 >= count(top) && count(next) > 0 || begin_at(next) > named) => {
            Some((next, Some(top)))
        }
        // one heading above all others is the title of the whole
        Some(next)
            if count(top) == 1
                && count(next) > 1
                && headings.first().is_some_and(|(level, _)| *level == top) =>
        {
            Some((next, None))
        }
        _ => Some((top, None)),
    }
}

/// Whether a title is that of a part: `Part One`.
pub(super) fn is_part(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("").to_lowercase();
    PARTS.contains(&first.trim_matches(|c: char| !c.is_alphanumeric()))
        && words.split_whitespace().count() > 1
}

/// Gives a heading its rank in the new book; whether it opens a text.
fn rank(block: &mut Block, chapter: u8, part: Option<u8>) -> bool {
    let Block::Heading { level, words, class, .. } = block else { return false };
    if *level > chapter {
        *level = (*level - chapter + 1).min(6);
        return false;
    }
    if part.is_some_and(|part| *level == part) && is_part(&plain(words)) {
        *class = Some("part");
    }
    *level = 1;
    true
}

/// Which texts stand before the body and which behind it.
fn place(texts: &mut [Text]) {
    let first_word = |text: &Text| {
        let title = text.blocks.iter().find_map(|block| match block {
            Block::Heading { words, .. } => Some(plain(words)),
            _ => None,
        });
        title.map(|title| {
            title
                .split_whitespace()
                .next()
                .unwrap_or("")
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
    };
    for text in texts.iter_mut() {
        match first_word(text) {
            Some(word) if !FRONT.contains(&word.as_str()) => break,
            _ => text.place = Place::Front,
        }
    }
    if texts.iter().all(|text| text.place == Place::Front) {
        texts.iter_mut().for_each(|text| text.place = Place::Body);
    }
    for text in texts.iter_mut().rev() {
        match first_word(text) {
            Some(word) if BACK.contains(&word.as_str()) && text.place == Place::Body => {
                text.place = Place::Back;
            }
            _ => break,
        }
    }
    if texts.iter().all(|text| text.place != Place::Body) {
        texts.iter_mut().for_each(|text| text.place = Place::Body);
    }
}

/// The title of a text.
pub(super) fn title(text: &Text) -> Option<String> {
    text.blocks.iter().find_map(|block| match block {
        Block::Heading { words, level: 1, .. } => {
            let words: Vec<Inline> =
                words.iter().filter(|inline| !matches!(inline, Inline::Note(_))).cloned().collect();
            Some(plain(&words)).filter(|title| !title.trim().is_empty())
        }
        _ => None,
    })
}
