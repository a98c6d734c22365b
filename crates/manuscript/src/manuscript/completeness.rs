//! The proof of what was read: every word of the sources is in the book.
//!
//! The editions are held against the book ([`verify`](../../pamphleteer/verify/index.html)),
//! which tells nothing of words that did not come so far. So the words of every source, read
//! by [`source_words`](super::source_words) without the parser, are counted off against
//! those of the book. Only how often each stands there is compared, for notes, captions and
//! cells stand in another order in the book than in the file.
//!
//! Words are counted in a table of their hashes, one pass over either side and no memory for
//! the words themselves. Where the source has more of a hash than the book, and only there,
//! the words are looked at. One that a mark divides for the source and not for the book
//! (`caf&eacute;`) is not lost when its letters stand as often among all letters of the book.

use super::source_words::{plain_words, words};
use crate::book::{Block, BlockKind, Book, Div, Seen, visit};
use crate::diag::{Code, Diagnostic, FileId, Severity, SourceMap, Span};
use crate::narrow::Nearest;
use crate::terms::Terms;
use std::collections::{BTreeMap, BTreeSet};

/// Words that are quoted in a finding.
const QUOTED: usize = 5;
/// So many different words are looked at letter by letter.
const MOST: usize = 200;

/// What of a text is in the book: its blocks, and those of its notes.
type Kept<'b> = Vec<&'b [Block]>;

/// Tells of words of the sources that are not in the book, beside what was found before. Of a text
/// with errors nothing is made before they are mended.
pub(super) fn lost_words(book: &Book, map: &SourceMap, findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let wrong: BTreeSet<Option<FileId>> = errors.map(|error| error.span.map(|span| span.file)).collect();
    if wrong.contains(&None) {
        return Vec::new();
    }
    let mut texts: BTreeMap<FileId, Kept<'_>> = BTreeMap::new();
    for body in book.sections.iter().filter_map(|section| section.body()) {
        texts.entry(body.file).or_default().push(&body.blocks);
    }
    for (_, note) in book.notes.iter() {
        texts.entry(note.span.file).or_default().push(&note.blocks);
    }
    let mut lost_words = Vec::new();
    for (file, kept) in texts.iter().filter(|(file, _)| !wrong.contains(&Some(**file))) {
        let source = &map.file(*file).text;
        let suspects = suspects(source, kept);
        if !suspects.is_empty() {
            let lost = lost(source, kept, &suspects);
            let told = findings.iter().filter(|f| tells(f.code)).filter_map(|f| f.span);
            let told: Vec<Span> = told.filter(|span| span.file == *file).collect();
            lost_words.extend(finding(*file, source, &lost, &told));
        }
    }
    lost_words
}

/// Whether such a finding says that what it shows is not printed.
fn tells(code: Code) -> bool {
    matches!(
        code,
        Code::FrontMatter | Code::LinkTitle | Code::LinkUnused | Code::NoteUnused | Code::MarkForeign
    )
}

/// Shows every word of those blocks.
fn kept_words<'b>(kept: &Kept<'b>, see: &mut impl FnMut(&'b str)) {
    for blocks in kept {
        visit_words(blocks, &mut |text| plain_words(text, see));
    }
}

fn visit_words<'b>(blocks: &'b [Block], see: &mut dyn FnMut(&'b str)) {
    visit(blocks, &mut |seen| match seen {
        Seen::Words(text, _) | Seen::Code(text, _) => see(&text.words),
        Seen::Picture(_, Some(alt)) => see(alt),
        // its kind may be what its author wrote above it
        Seen::Block(Block { kind: BlockKind::Div(Div::Admonition(kind), ..), .. }) => {
            see(Terms::english_admonition(*kind));
        }
        _ => {}
    });
}

/// The hash of a word: eight bytes at a time, multiplied and folded, so that each bit of them reaches the lower half. The
/// last eight may be read twice, and the bytes of a short word are put together into one number.
fn hash(word: &str) -> u64 {
    let mix = |hash: u64, eight: u64| {
        let product = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        product ^ (product >> 32)
    };
    let four = |bytes: &[u8]| bytes.first_chunk().map_or(0, |four| u64::from(u32::from_le_bytes(*four)));
    let (bytes, length) = (word.as_bytes(), word.len());
    let short = match length {
        0 => 0,
        1..4 => [0, length / 2, length - 1].iter().fold(0, |all, at| all << 8 | u64::from(bytes[*at])),
        4..=8 => four(bytes) << 32 | four(&bytes[length - 4..]),
        _ => four(&bytes[length - 8..]) << 32 | four(&bytes[length - 4..]),
    };
    let (eights, _) = bytes.as_chunks::<8>();
    let long = if length > 8 { eights } else { &[] };
    let hash = long.iter().fold(length as u64, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    mix(hash, short)
}

/// The words whose hashes a source has more often than the book.
fn suspects<'m>(source: &'m str, kept: &Kept<'_>) -> BTreeSet<&'m str> {
    // about two slots for each word: two words that share one may hide each other, which is one in some hundred losses
    let slots = (source.len() / 3).next_power_of_two().max(1024);
    let mut counts = vec![0i32; slots];
    let slot = |word: &str| {
        let hash = hash(word);
        usize::nearest(hash & (slots as u64 - 1))
    };
    kept_words(kept, &mut |word| counts[slot(word)] += 1);
    words(source, &mut |word, _| counts[slot(word)] -= 1);
    let mut suspects = BTreeSet::new();
    if counts.iter().any(|count| *count < 0) {
        words(source, &mut |word, _| {
            if counts[slot(word)] < 0 {
                suspects.insert(word);
            }
        });
    }
    suspects
}

/// How often each of the words is missing from the book.
fn lost<'m>(source: &'m str, kept: &Kept<'_>, suspects: &BTreeSet<&'m str>) -> BTreeMap<&'m str, usize> {
    let mut counts: BTreeMap<&str, isize> = BTreeMap::new();
    let (mut read, mut stands) = (String::new(), String::new());
    words(source, &mut |word, _| {
        read.push_str(word);
        if suspects.contains(word) {
            *counts.entry(word).or_default() += 1;
        }
    });
    kept_words(kept, &mut |word| {
        stands.push_str(word);
        if let Some(count) = counts.get_mut(word) {
            *count -= 1;
        }
    });
    let missing = counts.into_iter().filter(|(_, count)| *count > 0).take(MOST);
    let letters = missing.filter_map(|(word, count)| {
        let fewer = read.matches(word).count().saturating_sub(stands.matches(word).count());
        (fewer > 0).then_some((word, fewer.min(count.unsigned_abs())))
    });
    letters.collect()
}

/// The finding on the words of a file that are lost; what another finding tells of is not.
fn finding(file: FileId, text: &str, lost: &BTreeMap<&str, usize>, told: &[Span]) -> Option<Diagnostic> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    words(text, &mut |word, at| {
        if lost.contains_key(word) {
            places.entry(word).or_default().push(at);
        }
    });
    let is_told = |at: usize| told.iter().any(|span| (span.start as usize..span.end as usize).contains(&at));
    let mut gone: Vec<(usize, &str)> = Vec::new();
    for (word, places) in places {
        let untold: Vec<usize> = places.iter().copied().filter(|at| !is_told(*at)).collect();
        let count = lost[word].saturating_sub(places.len() - untold.len());
        gone.extend(untold.into_iter().rev().take(count).map(|at| (at, word)));
    }
    gone.sort_unstable();
    let (first, word) = *gone.first()?;
    let quoted: Vec<String> = gone.iter().take(QUOTED).map(|(_, word)| format!("“{word}”")).collect();
    let more = if gone.len() > QUOTED { " …" } else { "" };
    let noun = if gone.len() == 1 { "a word of this text was" } else { "words of this text were" };
    let message = format!("{noun} not found in what was read of it: {}{more}", quoted.join(", "));
    let span = Span::new(file, first, first + word.len());
    let hint = "look for it in an edition; if it is missing there, write the passage without marks, and please report it: it is a fault of Pamphleteer";
    Some(Diagnostic::new(Code::TextUnmatched, span, message).hint(hint))
}
