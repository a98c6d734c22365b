//! The matter before the first text: title, imprint, contents; and the
//! texts themselves, found by their headings.

use super::author_names::{is_imprint, is_lone_author};
use super::contents::without_number;
use super::folded::{key, same};
use super::heading::is_matter;
use super::model::{Block, Draft, Gap, Join, Kind, Piece};
use super::page_end::Extent;
use super::part_name::{is_numeral, names_part};
use super::title_page::{TitlePage, behind_by, heads_dedication, is_by, names_author};
use crate::terms::months;
use std::collections::{BTreeMap, BTreeSet};

/// What the front matter says of the book.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    /// The title.
    pub title: Option<String>,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The author, where the transcription names one.
    pub author: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The date of publication: `2023`, `2023-01`.
    pub date: Option<String>,
    /// BCP 47.
    pub language: &'static str,
}

/// A text of the book.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// Its title, empty where it has none.
    pub title: String,
    /// Its first block.
    pub from: usize,
    /// One past its last block.
    pub to: usize,
    /// Its first page in the contents.
    pub first_page: Option<u32>,
}

impl Text {
    /// What the page map needs of it.
    pub(super) fn extent(&self) -> Extent {
        Extent { from: self.from, to: self.to, first_page: self.first_page }
    }
}

/// Finds the texts: they begin at the shallowest headings, or at those that the contents name.
pub(super) fn texts(draft: &Draft) -> Vec<Text> {
    let pages = pages_of_titles(draft);
    let starts = starts(draft, &pages);
    let text = |(index, from): (usize, &usize)| {
        let to = starts.get(index + 1).copied().unwrap_or(draft.blocks.len());
        let block = &draft.blocks[*from];
        let title = depth(block).map_or(String::new(), |_| block.plain().trim().to_owned());
        Text { first_page: page_of(draft, *from, &pages), title, from: *from, to }
    };
    starts.iter().enumerate().map(text).collect()
}

/// The page at which the contents have each title, with its number and without.
fn pages_of_titles(draft: &Draft) -> BTreeMap<String, u32> {
    let entries = || draft.contents.iter().rev();
    let bare = entries().map(|(title, page)| (key(without_number(title)), *page));
    bare.chain(entries().map(|(title, page)| (key(title), *page))).collect()
}

/// The page at which the contents have a heading, the subtitle under it, or both as one title.
fn page_of(draft: &Draft, at: usize, pages: &BTreeMap<String, u32>) -> Option<u32> {
    let subtitle = draft.blocks.get(at + 1).filter(|block| block.kind == Kind::Subtitle).map(Block::plain);
    let title = draft.blocks[at].plain();
    let below = || {
        let subtitle = subtitle?;
        pages.get(&key(&subtitle)).or_else(|| pages.get(&key(&format!("{title} {subtitle}"))))
    };
    pages.get(&key(&title)).or_else(below).copied()
}

/// The blocks with which the texts begin.
fn starts(draft: &Draft, pages: &BTreeMap<String, u32>) -> Vec<usize> {
    // A page mark may part a heading in two.
    let begins = |at: &usize| depth(&draft.blocks[*at]).is_some() && draft.gaps[*at].join == Join::Apart;
    let headings: Vec<usize> = (0..draft.blocks.len()).filter(begins).collect();
    let shallowest = draft.blocks.iter().filter_map(depth).min();
    let in_front = |at: &usize| {
        let title = key(&draft.blocks[*at].plain());
        draft.front_contents.iter().any(|known| key(known) == title)
    };
    let mut named: Vec<usize> =
        headings.iter().copied().filter(|at| page_of(draft, *at, pages).is_some() || in_front(at)).collect();
    // of two headings with the same words the list names that of the higher rank
    let all_named = named.clone();
    named.retain(|at| {
        let (rank, title) = (depth(&draft.blocks[*at]), draft.blocks[*at].plain());
        let alike = |other: &&usize| same(&draft.blocks[**other].plain(), &title);
        !all_named.iter().filter(alike).any(|other| depth(&draft.blocks[*other]) < rank)
    });
    // a list may name the sections of its chapters too: `1.2 The Wheel`
    let sections = |at: &usize| is_section(&draft.blocks[*at].plain());
    if named.iter().any(|at| !sections(at)) {
        named.retain(|at| !sections(at));
    }
    let listed = draft.contents.iter().filter(|(title, _)| !is_section(title)).count();
    let all: Vec<usize> = headings.into_iter().filter(|at| depth(&draft.blocks[*at]) == shallowest).collect();
    // Contents that name but a few of the headings name something else.
    let told = !draft.plain && !named.is_empty() && (named.len() * 2 >= listed || all.len() <= named.len());
    let mut starts = if told { with_unlisted(draft, named, &all) } else { all };
    let title = |at: usize| draft.blocks[at].plain();
    // chapters may begin anew with one in each part
    let again = |at: usize| {
        !names_part(&title(at)) && starts[1..].iter().any(|other| same(&title(*other), &title(at)))
    };
    if starts.len() >= 2 && (again(starts[0]) || is_half_title(draft, starts[0], starts[1])) {
        let half = starts.remove(0);
        // the title page behind a half-title has its words once more
        if starts.len() >= 2
            && same(&title(half), &title(starts[0]))
            && is_half_title(draft, starts[0], starts[1])
        {
            starts.remove(0);
        }
    }
    if starts.is_empty() && !draft.blocks.is_empty() {
        return vec![0];
    }
    let first = starts.first().and_then(|first| untitled(draft, *first));
    first.into_iter().chain(starts).collect()
}

/// Where a text begins before the first that has a title, when as much running text stands there as no front matter has:
/// with its first long paragraph, or with the few words that stand above it on the same page.
fn untitled(draft: &Draft, first: usize) -> Option<usize> {
    let length = |at: usize| match draft.blocks[at].kind {
        Kind::Paragraph | Kind::Quote => draft.blocks[at].plain().len(),
        _ => 0,
    };
    let front: usize = (0..first).map(length).sum();
    let all: usize = (0..draft.blocks.len()).map(length).sum();
    // front matter has roman numbers, or none
    let paged =
        draft.gaps[..first].iter().filter(|gap| gap.starts.is_some_and(|number| !number.roman)).count();
    if front < LEAST_UNLISTED * 2 || front * LARGEST_FRONT < all && paged < LEAST_PAGED {
        return None;
    }
    let long = (0..first).find(|at| length(*at) >= LEAST_LONG)?;
    let begins = |at: &usize| draft.gaps[*at].starts.is_some() && draft.gaps[*at].join == Join::Apart;
    Some((long.saturating_sub(MOST_ABOVE)..=long).find(begins).unwrap_or(long))
}

/// One in how many bytes of a book front matter has at most.
const LARGEST_FRONT: usize = 8;
/// How many pages with figures begin there at least to tell that it is a text.
const LEAST_PAGED: usize = 3;
/// How many bytes a paragraph has at least that is no line of a title page, and how many blocks may stand above it.
const LEAST_LONG: usize = 300;
const MOST_ABOVE: usize = 3;

/// The texts that the list names, with those before them that it leaves out and the titles of parts, which bear no page.
fn with_unlisted(draft: &Draft, named: Vec<usize>, all: &[usize]) -> Vec<usize> {
    let part = |at: &&usize| names_part(&draft.blocks[**at].plain());
    let first = named.first().copied().unwrap_or(0);
    // the title of a part stands right above that of its first text
    let parts = all.iter().filter(part).filter(|at| **at >= first || **at + 1 == first);
    let mut starts: Vec<usize> = parts.copied().chain(unlisted(draft, &named)).chain(named).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The headings before the first text that the list names, with as much text under each as no front matter has: texts that
/// the list leaves out, or names otherwise. Those of the highest rank among them.
fn unlisted(draft: &Draft, named: &[usize]) -> Vec<usize> {
    let Some(first) = named.first().copied() else { return Vec::new() };
    let before: Vec<usize> = (0..first).filter(|at| depth(&draft.blocks[*at]).is_some()).collect();
    let end = |n: usize| before.get(n + 1).copied().unwrap_or(first);
    let text = |n: usize| draft.blocks[before[n] + 1..end(n)].iter().filter(|b| b.kind == Kind::Paragraph);
    let least =
        |n: usize| if is_matter(&draft.blocks[before[n]].plain()) { LEAST_MATTER } else { LEAST_UNLISTED };
    let long = |n: &usize| text(*n).map(|b| b.plain().len()).sum::<usize>() >= least(*n);
    let found: Vec<usize> = (0..before.len()).filter(long).map(|n| before[n]).collect();
    let rank = found.iter().filter_map(|at| depth(&draft.blocks[*at])).min();
    found.into_iter().filter(|at| depth(&draft.blocks[*at]) == rank).collect()
}

/// How many bytes of running text stand at least under a heading that the list does not name, for it to be that of a text.
const LEAST_UNLISTED: usize = 4000;
/// The same under the name of a preface or the like.
const LEAST_MATTER: usize = 800;

/// Whether a title has the number of a section within its chapter: `1.2`.
fn is_section(title: &str) -> bool {
    let number =
        title.trim_start_matches(['*', '_', ' ']).split(' ').next().unwrap_or("").trim_end_matches('.');
    let mut parts = number.split('.');
    number.contains('.') && parts.all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

/// How deep a heading is.
fn depth(block: &Block) -> Option<u8> {
    match block.kind {
        Kind::Heading(depth) => Some(depth),
        _ => None,
    }
}

/// Whether the first heading is the book's own title: known as such, or with next to nothing under it.
fn is_half_title(draft: &Draft, at: usize, next: usize) -> bool {
    let title = clean(&draft.blocks[at].plain());
    let known = draft
        .metadata
        .iter()
        .any(|(key, value)| key == "Title" && same(value.lines().next().unwrap_or(""), &title));
    let under: usize = draft.blocks[at + 1..next].iter().map(|b| b.plain().chars().count()).sum();
    // a title page before it has the book's title: what says something else is the title of a part
    let mut titles = draft.blocks[..at].iter().filter(|b| is_title(b)).peekable();
    let other = titles.peek().is_some() && !titles.any(|b| same(&b.plain(), &title));
    let named = draft.contents.iter().any(|(t, _)| same(t, &title));
    !named
        && !names_part(&title)
        && !is_numeral(&title)
        && (known || under < 120 && !other)
        && !draft.blocks[at..next]
            .iter()
            .any(|b| b.inlines.iter().any(|i| matches!(i, super::model::Inline::Call { .. })))
}

/// Reads the front matter; its title, which the made title page bears, is lifted out of the blocks.
pub(super) fn read(draft: &mut Draft, source: &str, texts: &mut [Text]) -> Front {
    let mut front = Front { language: language(source), ..Front::default() };
    declared(draft, &mut front);
    let first = texts.first().map_or(draft.blocks.len(), |t| t.from);
    for block in &mut draft.blocks[..first] {
        block.front = true;
        // On a title page capitals make no heading.
        if matches!(block.kind, Kind::Heading(_) | Kind::Subtitle) && block.marker.is_empty() {
            block.kind = Kind::Paragraph;
        }
    }
    let titled = |b: &Block| {
        let plain = b.plain();
        let bare = clean(&plain);
        let of_text = names_part(&bare) || is_numeral(&bare);
        is_title(b)
            && !of_text
            && !is_dateline(&plain, front.language)
            && !is_imprint(&bare)
            && !heads_dedication(&plain)
    };
    if is_typed(draft) && front.title.is_none() && typed_title(draft, source, texts, &mut front) {
        lift_heading_of_dedication(draft, source, texts);
    } else if let Some(at) = (0..first).find(|i| titled(&draft.blocks[*i]) && is_whole(draft, *i)) {
        let shown = clean(&draft.blocks[at].plain());
        let title = proper_case(&shown, draft, texts);
        front.title.get_or_insert(title);
        lift(draft, source, at);
        texts.iter_mut().for_each(|t| (t.from, t.to) = (t.from - 1, t.to - 1));
        byline(draft, source, texts, at, &mut front);
    }
    let end = texts.first().map_or(0, |t| t.from);
    for block in &draft.blocks[..end] {
        block.plain().lines().for_each(|line| imprint_line(line.trim(), &mut front));
    }
    if front.title.is_none() {
        title_above_author(draft, source, texts, &mut front);
    }
    if front.title.is_none() {
        let first = texts.first().map(|t| t.title.clone());
        let own = first.filter(|t| !t.is_empty() && !names_part(t) && !is_matter(t));
        let running = || running_title(draft, texts);
        // of several texts the first has its own title
        front.title = if texts.len() > 1 { running().or(own) } else { own.or_else(running) };
    }
    // marks of emphasis are those of the page
    front.title = front.title.map(|title| clean(&title));
    front
}

/// Whether a text is plain and has no pages, so that somebody typed it.
pub(super) fn is_typed(draft: &Draft) -> bool {
    draft.plain && !draft.gaps.iter().any(|gap| gap.starts.is_some())
}

/// Reads the title with which a typed text begins, and who wrote it; says whether there is one.
fn typed_title(draft: &mut Draft, source: &str, texts: &mut [Text], front: &mut Front) -> bool {
    let first = texts.first().map_or(0, |text| text.from);
    if first == 0 || !is_whole(draft, 0) {
        return false;
    }
    let last = draft.blocks.len().saturating_sub(LAST_BLOCKS)..;
    let said: Vec<String> =
        draft.blocks[..first].iter().chain(&draft.blocks[last]).map(Block::plain).collect();
    let is_author = |name: &str| said.iter().any(|text| text.lines().any(|line| names_author(line, name)));
    let Some(page) = TitlePage::read(own_words(draft, source, 0), &is_author) else { return false };
    front.title = Some(proper_case(&clean(&page.title), draft, texts));
    front.subtitle = page.subtitle.map(|words| clean(&words));
    front.author = page.author.map(|name| written(&clean(&name)));
    if page.whole {
        lift(draft, source, 0);
        texts.iter_mut().for_each(|t| (t.from, t.to) = (t.from - 1, t.to - 1));
        typed_byline(draft, texts, &is_author, front);
        byline(draft, source, texts, 0, front);
    }
    true
}

/// The title of a title page that names the author below it, of which the lines stand in one passage.
fn title_above_author(draft: &Draft, source: &str, texts: &[Text], front: &mut Front) {
    let has_front = texts.first().is_some_and(|text| text.from > 0);
    let page = has_front.then(|| TitlePage::read(own_words(draft, source, 0), &|_| false)).flatten();
    if let Some(TitlePage { title, author: Some(author), .. }) = page {
        front.title = Some(clean(&title));
        front.author.get_or_insert(written(&clean(&author)));
    }
}

/// How many blocks at the end of a text may say who wrote it.
const LAST_BLOCKS: usize = 3;

/// Who wrote the book, and what stands above it, where each stands alone under the title.
fn typed_byline(draft: &Draft, texts: &[Text], is_author: &dyn Fn(&str) -> bool, front: &mut Front) {
    let end = texts.first().map_or(0, |text| text.from).min(BYLINE);
    let words: Vec<String> = draft.blocks[..end].iter().map(|b| clean(&b.plain())).collect();
    let named = words.iter().position(|text| behind_by(text).is_some() || is_author(text));
    let by = words.iter().position(|text| is_by(&text.to_lowercase()));
    if let Some(at) = named.filter(|_| front.author.is_none()) {
        front.author = Some(written(behind_by(&words[at]).unwrap_or(&words[at])));
    }
    // what stands between the title and the author is a part of the title
    if named.or(by) == Some(1) && front.subtitle.is_none() && words[0].len() < LONGEST_SUBTITLE {
        front.subtitle = words.into_iter().next();
    }
}

/// How many bytes a subtitle has at most that nothing but its place tells.
const LONGEST_SUBTITLE: usize = 80;

/// Takes the heading of a dedication out: the page says by itself what it is.
fn lift_heading_of_dedication(draft: &mut Draft, source: &str, texts: &mut [Text]) {
    let first = texts.first().map_or(0, |text| text.from);
    let heads = |at: &usize| heads_dedication(&draft.blocks[*at].plain()) && is_whole(draft, *at);
    if let Some(at) = (0..first.saturating_sub(1)).find(heads) {
        lift(draft, source, at);
        texts.iter_mut().for_each(|t| (t.from, t.to) = (t.from - 1, t.to - 1));
    }
}

/// What the heads of most pages say, where no text has that title: the title of the book.
fn running_title(draft: &Draft, texts: &[Text]) -> Option<String> {
    let mut times: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (_, line) in &draft.furniture {
        let words = line.trim_matches(|c: char| !c.is_alphabetic());
        times.entry(key(words)).or_insert((0, words)).0 += 1;
    }
    times.retain(|key, _| key.len() >= LEAST_TITLE);
    times.retain(|_, (_, words)| !texts.iter().any(|text| same(&text.title, words)));
    let (count, words) = times.into_values().max_by_key(|(count, _)| *count)?;
    (count >= LEAST_HEADS).then(|| proper_case(words, draft, texts))
}

/// On how many pages a head stands that is the book's title, and how many letters it has at least.
const LEAST_HEADS: usize = 3;
const LEAST_TITLE: usize = 4;

/// What the transcription says of the book before it begins.
fn declared(draft: &Draft, front: &mut Front) {
    for (key, value) in &draft.metadata {
        match key.as_str() {
            "Title" => match value.split_once('\n') {
                Some((title, more)) => {
                    (front.title, front.subtitle) = (Some(title.to_owned()), Some(more.replace('\n', " ")));
                }
                None => front.title = Some(value.clone()),
            },
            "Author" => front.author = Some(value.clone()),
            _ => {}
        }
    }
}

/// How many blocks of the title page are looked at for who wrote the book.
const BYLINE: usize = 6;

/// Lifts what the made title page bears too: subtitle, “by” and the author, when they stand by themselves under the title.
fn byline(draft: &mut Draft, source: &str, texts: &mut [Text], at: usize, front: &mut Front) {
    let lower = |b: &Block| b.plain().trim().to_lowercase();
    let first = texts.first().map_or(0, |text| text.from);
    let by = (at..at + BYLINE)
        .find(|i| *i + 1 < first && matches!(lower(&draft.blocks[*i]).as_str(), "by" | "von" | "par"));
    if front.author.is_none() {
        front.author = author_below(draft, source, (at, first), front.title.as_deref().unwrap_or_default());
    }
    let (below, author) =
        (front.subtitle.clone().unwrap_or_default(), front.author.clone().unwrap_or_default());
    // a typed text may have its title once more above the first chapter
    let title = front.title.clone().filter(|_| is_typed(draft)).unwrap_or_default();
    let known = |b: &Block| {
        let text = lower(b);
        let titled = same(&text, &title);
        let alone = matches!(text.as_str(), "by" | "von" | "par") && by.is_some();
        let named = same(&text, &author) || same(&text, &format!("by {author}"));
        let subtitle = same(&text, &below);
        alone || named || subtitle || titled
    };
    let mut left = BYLINE;
    let mut next = at;
    while left > 0 && texts.first().is_some_and(|t| next < t.from) {
        if known(&draft.blocks[next]) && is_whole(draft, next) {
            lift(draft, source, next);
            texts.iter_mut().for_each(|t| (t.from, t.to) = (t.from - 1, t.to - 1));
        } else {
            next += 1;
        }
        left -= 1;
    }
}

/// Who wrote the book, as the lines below its title say: the one behind `by`, or the first, where it is a name of which no word
/// stands in small letters anywhere in the texts.
fn author_below(draft: &Draft, source: &str, (at, first): (usize, usize), title: &str) -> Option<String> {
    let own = (at..first.min(at + BYLINE)).flat_map(|i| own_words(draft, source, i).lines());
    let lines: Vec<String> = own.map(clean).filter(|line| !line.is_empty() && !same(line, title)).collect();
    let by = lines.iter().position(|line| is_by(&line.to_lowercase()));
    let behind = by.and_then(|by| lines.get(by + 1)).filter(|name| name.len() < LONGEST_AUTHOR);
    if let Some(name) = behind {
        return Some(written(name));
    }
    let name = lines.first().filter(|name| is_lone_author(name))?;
    let small: BTreeSet<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let is_small = |word: &str| small.contains(word.trim_matches(|c: char| !c.is_alphabetic()));
    let texts = draft.blocks[first..].iter().map(Block::plain);
    let known = texts.into_iter().any(|text| text.split_whitespace().any(is_small));
    (!known).then(|| written(name))
}

/// How many bytes the name of an author has at most.
const LONGEST_AUTHOR: usize = 60;

/// A name as a title page has it, in capitals or not.
fn written(name: &str) -> String {
    if name.chars().any(char::is_lowercase) { name.to_owned() } else { capitalised(name) }
}

/// A name in capitals as it is written elsewhere.
fn capitalised(name: &str) -> String {
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect::<String>()
    };
    name.trim_end_matches(['.', ',']).split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A heading, or a paragraph wholly bold or in capitals.
fn is_title(block: &Block) -> bool {
    let plain = block.plain();
    let text = plain.trim();
    let bold = text.len() > 4 && text.starts_with("**") && text.ends_with("**");
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.len() >= 4 && letters.iter().all(|c| !c.is_lowercase());
    text.len() < 300 && (matches!(block.kind, Kind::Heading(_)) || bold || capitals)
}

/// Whether a line says when, and perhaps where, something came out: `LONDON, MAY 3, 1886.`
fn is_dateline(text: &str, language: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let month = |w: &str| months(language).any(|m| m.to_lowercase() == w);
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    words.next_back().is_some_and(year) && words.any(month)
}

fn clean(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !matches!(c, '*' | '\\')).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title in capitals takes the case of the same words in a heading of the book.
fn proper_case(shown: &str, draft: &Draft, texts: &[Text]) -> String {
    let heading = texts.iter().find(|t| same(&t.title, shown)).map(|t| t.title.clone());
    let other = || {
        draft.blocks.iter().map(Block::plain).find(|p| same(p, shown) && p.chars().any(char::is_lowercase))
    };
    heading.or_else(other).unwrap_or_else(|| shown.to_owned())
}

/// Whether all lines of block `at` are its own: no page mark or note parts them, and no note stands at their ends.
fn is_whole(draft: &Draft, at: usize) -> bool {
    let is_note = |piece: &Piece| matches!(piece, Piece::Note(..));
    let is_clear = |gap: &Gap| gap.join == Join::Apart && !(gap.loose && gap.pieces.iter().any(is_note));
    is_clear(&draft.gaps[at]) && is_clear(&draft.gaps[at + 1])
}

/// Takes block `at` out; what it held stands in the gap as a piece.
fn lift(draft: &mut Draft, source: &str, at: usize) {
    let words = own_words(draft, source, at).to_owned();
    draft.blocks.remove(at);
    let after = draft.gaps.remove(at + 1);
    let gap: &mut Gap = &mut draft.gaps[at];
    gap.pieces.push(Piece::Literal(words));
    gap.pieces.extend(after.pieces);
    gap.starts = after.starts.or(gap.starts);
    gap.sure = after.sure.or(gap.sure);
    gap.flow = after.flow.or(gap.flow);
    gap.signs.extend(after.signs);
    gap.loose |= after.loose;
    for note in &mut draft.notes {
        note.gap -= usize::from(note.gap > at);
    }
}

/// The words of block `at` without the page marks at both ends of its lines, which stand in the gaps beside it.
fn own_words<'s>(draft: &Draft, source: &'s str, at: usize) -> &'s str {
    let block = &draft.blocks[at];
    let mut words = &source[block.at..block.end];
    let inside = |gap: &Gap| -> Vec<String> {
        let literal = |piece: &Piece| match piece {
            Piece::Literal(text) => Some(text.clone()),
            Piece::Note(..) | Piece::Picture(_) => None,
        };
        if gap.loose { gap.pieces.iter().filter_map(literal).collect() } else { Vec::new() }
    };
    let (before, after) = (inside(&draft.gaps[at]), inside(&draft.gaps[at + 1]));
    // the last marks before the block and the first behind it are those of its own lines
    let opens = (0..before.len()).find_map(|from| words.strip_prefix(before[from..].concat().as_str()));
    words = opens.unwrap_or(words);
    let closes = (1..=after.len()).rev().find_map(|to| words.strip_suffix(after[..to].concat().as_str()));
    closes.unwrap_or(words)
}

/// `Published by …`, `January 2023`, `by …`.
fn imprint_line(line: &str, front: &mut Front) {
    let lower = line.to_lowercase();
    for opening in ["published by ", "publisher: ", "verlag: ", "éditions "] {
        if lower.starts_with(opening) && front.publisher.is_none() {
            front.publisher = line.get(opening.len()..).map(|p| p.trim_end_matches([',', '.']).to_owned());
        }
    }
    if let Some(author) = line.strip_prefix("by ").or_else(|| line.strip_prefix("By "))
        && author.len() < 60
        && front.author.is_none()
    {
        front.author = Some(author.trim_end_matches('.').to_owned());
    }
    if front.date.is_none() {
        front.date = date(line);
    }
}

/// A line that is a date and nothing else: `January 2023`, `2023`.
fn date(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let year =
        words.last().filter(|y| y.len() == 4 && y.parse::<u32>().is_ok_and(|n| (1400..2200).contains(&n)))?;
    let month = words.iter().find_map(|w| months("en").position(|m| m.to_lowercase() == *w));
    match (words.len(), month) {
        (1, None) => Some((*year).to_owned()),
        (2 | 3, Some(month)) => Some(format!("{year}-{:02}", month + 1)),
        _ => None,
    }
}

/// The language of the text by its commonest short words.
pub(super) fn language(text: &str) -> &'static str {
    const WORDS: [(&str, [&str; 8]); 6] = [
        ("en", ["the", "of", "and", "to", "in", "that", "was", "with"]),
        ("de", ["der", "die", "und", "das", "nicht", "ist", "von", "mit"]),
        ("fr", ["le", "les", "et", "des", "que", "une", "dans", "est"]),
        ("es", ["el", "los", "que", "y", "una", "por", "con", "las"]),
        ("it", ["il", "che", "di", "non", "una", "per", "con", "gli"]),
        ("ru", ["и", "в", "не", "на", "что", "с", "как", "это"]),
    ];
    let mut count = [0usize; 6];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(20_000) {
        let lower = word.to_lowercase();
        for (index, (_, words)) in WORDS.iter().enumerate() {
            count[index] += usize::from(words.contains(&lower.as_str()));
        }
    }
    let best = (0..6).rev().max_by_key(|i| count[*i]).unwrap_or(0);
    if count[best] == 0 { "en" } else { WORDS[best].0 }
}

/// A title as a file name: kebab case, letters and figures only, at most eight words.
pub(super) fn slug(title: &str) -> String {
    let lower: String = title.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.into_iter().take(8).collect::<Vec<_>>().join("-").chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_titles_and_slugs() {
        assert_eq!(date("January 2023").as_deref(), Some("2023-01"));
        assert_eq!(date("1848").as_deref(), Some("1848"));
        assert_eq!(date("It was in January 2023"), None);
        assert!(is_dateline("LONDON, MAY 3, 1886.", "en") && !is_dateline("THE REVOLUTION OF 1848", "en"));
        assert_eq!(slug("On the Miller’s “Wheel”"), "on-the-millers-wheel");
        assert!(same("ON **THE** MILL", "On the Mill"));
        assert_eq!(language("Der Müller und die Frau, das ist nicht von hier"), "de");
    }
}
