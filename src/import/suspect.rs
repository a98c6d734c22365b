//! Suspected faults of the transcription, as proposals for the editor.
//!
//! Each rule compares the text with itself: a form that stands once or twice
//! against one that stands many times in the same text. There is no word list.
//!
//! | rule | proposes |
//! |---|---|
//! | `doubled-word` | one of two equal words in a row |
//! | `stray-capital` | a small letter, where a word in mid-sentence has a capital that it has nowhere else in the text |
//! | `initials` | the spacing of initials that the text uses nearly always; a stop that an initial lacks |
//! | `date` | the comma between day and year that other dates have; a day that no month has |
//! | `title-case` | the case that a heading gives to a title |
//! | `compound` | the way in which a compound is written at all other places of the text |
//! | `name` | the spelling that a name has at all other places of the text |
//! | `quotation-marks` | nothing; shows where an opening or closing mark is missing |

use super::docket::id_of;
use super::model::{Draft, Inline, Join, Kind, Percent};
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
}

/// A paragraph as the rules see it: one run of text.
struct View {
    /// The number of the text that it belongs to.
    text: usize,
    line: usize,
    plain: String,
    /// Whether it is a paragraph of the text proper, in which quotation marks must balance.
    balanced: bool,
}

/// Proposals for one paragraph at most: where there would be more, the
/// transcription is of another kind than the rules think, and the editor is
/// not to drown.
const MOST_IN_A_PARAGRAPH: usize = 16;

/// How often a rival form must stand before a rare one is suspected.
const MANY: u32 = 4;

/// All proposals, in the order of the transcription.
pub(super) fn suspects(draft: &Draft, texts: &[(usize, usize)]) -> Vec<Proposal> {
    let views = views(draft, texts);
    let mut found = Found { proposals: Vec::new(), times: BTreeMap::new(), of_line: (0, 0) };
    for text in 0..=texts.len() {
        let own: Vec<&View> = views.iter().filter(|v| v.text == text).collect();
        let counts = Counts::of(&own);
        for view in own {
            doubled(view, &mut found);
            words(view, &counts, &mut found);
            initials(view, &counts, &mut found);
            dates(view, &counts, &mut found);
            quotation(view, &mut found);
        }
    }
    titles(draft, &views, &mut found);
    found.proposals.sort_by_key(|p| p.line);
    found.proposals
}

struct Found {
    proposals: Vec<Proposal>,
    times: BTreeMap<String, u32>,
    /// The line of the paragraph at hand, and how many proposals it has.
    of_line: (usize, usize),
}

impl Found {
    /// Whether the paragraph may have one more.
    fn has_room(&mut self, line: usize) -> bool {
        let count = if self.of_line.0 == line { self.of_line.1 } else { 0 };
        self.of_line = (line, count + 1);
        count < MOST_IN_A_PARAGRAPH
    }

    /// A proposal for the passage at byte `at` of the view.
    fn add(
        &mut self,
        view: &View,
        at: usize,
        rule: &str,
        (was, now): (&str, Option<&str>),
        reason: String,
        confidence: Percent,
    ) {
        if !self.has_room(view.line) {
            return;
        }
        let around =
            &view.plain[floor(&view.plain, at.saturating_sub(24))..floor(&view.plain, at + was.len() + 24)];
        let mut id = id_of(rule, around);
        let times = self.times.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            id = format!("{id}-{times}");
        }
        let nth = view.plain[..at].matches(was).count() + 1;
        let now = now.map(str::to_owned);
        self.proposals.push(Proposal {
            id,
            line: view.line,
            nth,
            was: was.to_owned(),
            now,
            reason,
            confidence,
        });
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

fn views(draft: &Draft, texts: &[(usize, usize)]) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    for (index, block) in draft.blocks.iter().enumerate() {
        let text = texts.iter().rposition(|t| index >= t.0).map_or(texts.len(), |t| t);
        let quote = block.kind == Kind::Quote;
        let join = draft.gaps[index].join;
        match views.last_mut() {
            Some(view) if join != Join::Apart => {
                if join == Join::Dehyphenated {
                    let kept = view.plain.trim_end_matches(super::hyphen::Hyphen::SIGNS).len();
                    view.plain.truncate(kept);
                }
                view.plain.push_str(if join == Join::Spaced { " " } else { "" });
                view.plain.push_str(&block.plain());
            }
            _ => views.push(View {
                text,
                line: block.line,
                plain: block.plain(),
                balanced: !quote && block.kind == Kind::Paragraph,
            }),
        }
    }
    for note in &draft.notes {
        let plain = note.paragraphs.iter().flatten().map(Inline::plain).collect();
        let text = texts.iter().rposition(|t| note.gap > t.0).map_or(texts.len(), |t| t);
        views.push(View { text, line: note.line, plain, balanced: false });
    }
    views
}

/// The words of a passage with their places.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let word = |c: char| c.is_alphanumeric() || c == '-' || c == '’' || c == '.';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(word)?;
        let length = text[start..].find(|c| !word(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, &text[start..at]))
    })
    .map(|(at, token)| (at, token.trim_end_matches(['.', '-', '’'])))
    .filter(|(_, token)| !token.is_empty())
}

/// How often which form stands in one text.
#[derive(Default)]
struct Counts {
    /// Words in mid-sentence as written.
    inner: BTreeMap<String, u32>,
    /// All words as written.
    all: BTreeMap<String, u32>,
    /// Compounds without hyphen and case: their forms.
    compounds: BTreeMap<String, BTreeMap<String, u32>>,
    /// Initials with a space between, and without.
    spaced: u32,
    tight: u32,
    /// Dates with and without a comma before the year.
    comma: u32,
}

impl Counts {
    fn of(views: &[&View]) -> Counts {
        let mut counts = Counts::default();
        for view in views {
            for (at, token) in tokens(&view.plain) {
                *counts.all.entry(token.to_owned()).or_insert(0) += 1;
                if inside(&view.plain, at) {
                    *counts.inner.entry(token.to_owned()).or_insert(0) += 1;
                }
                let joined = token.replace('-', "").to_lowercase();
                if joined.len() > 6 {
                    *counts.compounds.entry(joined).or_default().entry(token.to_lowercase()).or_insert(0) +=
                        1;
                }
            }
            for pair in initial_pairs(&view.plain) {
                if pair.2 { counts.spaced += 1 } else { counts.tight += 1 }
            }
            counts.comma += date_marks(&view.plain).filter(|d| d.2 == ", ").count() as u32;
        }
        counts
    }

    fn inner(&self, word: &str) -> u32 {
        self.inner.get(word).copied().unwrap_or(0)
    }

    fn all(&self, word: &str) -> u32 {
        self.all.get(word).copied().unwrap_or(0)
    }
}

/// Whether the word at `at` follows a small word or a comma in the same sentence.
fn inside(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix(' ').unwrap_or("");
    let before = before.strip_suffix(',').unwrap_or(before);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    !word.is_empty() && word.chars().all(|c| c.is_lowercase() || c == '-')
}

/// Whether the word at `at..end` may belong to a name or title: a capital follows, or it stands in
/// quotation marks or emphasis.
fn in_title(text: &str, at: usize, end: usize) -> bool {
    let next = text[end..].trim_start_matches(' ');
    let capital = next.starts_with(char::is_uppercase) || next.starts_with(['“', '*', '"']);
    let before = &text[..at];
    let quoted = before.matches('“').count() > before.matches('”').count();
    capital || quoted || before.matches('*').count() % 2 == 1
}

fn doubled(view: &View, found: &mut Found) {
    let mut before: Option<(usize, &str)> = None;
    for (at, token) in tokens(&view.plain) {
        if let Some((start, last)) = before
            && last == token
            && view.plain[start + last.len()..at] == *" "
            && token.chars().all(char::is_lowercase)
            && !["that", "had", "very", "is"].contains(&token)
        {
            let was = format!("{token} {token}");
            found.add(
                view,
                start,
                "doubled-word",
                (&was, Some(token)),
                "the same word twice in a row".into(),
                85,
            );
        }
        before = Some((at, token));
    }
}

fn words(view: &View, counts: &Counts, found: &mut Found) {
    for (at, token) in tokens(&view.plain) {
        let capital = token.starts_with(char::is_uppercase)
            && token.chars().skip(1).all(char::is_lowercase)
            && token.len() > 2;
        let lower = token.to_lowercase();
        if capital
            && view.balanced
            && inside(&view.plain, at)
            && !in_title(&view.plain, at, at + token.len())
            && counts.inner(token) == 1
            && counts.all(token) <= 2
            && counts.all(&lower) >= 2
        {
            let reason = format!(
                "a capital in mid-sentence; {} times with a small letter in this text",
                counts.all(&lower)
            );
            found.add(view, at, "stray-capital", (token, Some(&lower)), reason, 75);
        }
        if let Some((form, times)) = rival(token, counts) {
            let reason = format!("written “{form}” {times} times in this text");
            found.add(view, at, "compound", (token, Some(&form)), reason, 70);
        }
        if capital
            && token.chars().count() >= 7
            && counts.all(token) == 1
            && counts.all(&lower) == 0
            && let Some((name, times)) = near_name(token, counts)
        {
            let reason = format!("one letter from “{name}”, which stands {times} times in this text");
            found.add(view, at, "name", (token, Some(&name)), reason, 70);
        }
    }
}

/// Another way to write the compound `token` that is the rule in this text.
fn rival(token: &str, counts: &Counts) -> Option<(String, u32)> {
    let lower = token.to_lowercase();
    let forms = counts.compounds.get(&lower.replace('-', ""))?;
    let own = *forms.get(&lower)?;
    let (form, times) = forms.iter().filter(|(f, _)| **f != lower).max_by_key(|(_, n)| **n)?;
    (own == 1 && *times >= MANY && token == lower).then(|| (form.clone(), *times))
}

/// A name of many mentions that differs from `token` by one letter, not at its end.
fn near_name(token: &str, counts: &Counts) -> Option<(String, u32)> {
    let head: String = token.chars().take(2).collect();
    let range = counts.all.range(head.clone()..).take_while(|(w, _)| w.starts_with(&head));
    range
        .filter(|(w, n)| **n >= MANY && one_apart(w, token))
        .max_by_key(|(_, n)| **n)
        .map(|(w, n)| (w.clone(), *n))
}

/// Whether two words differ by one inner letter, exchanged, added or lost; endings may differ for better reasons.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    a != b && a.len().abs_diff(b.len()) <= 1 && front >= 2 && back >= 2 && front + back + 1 >= longest
}

/// Two initials in a row: place, both as written, whether a space parts them.
fn initial_pairs(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let bytes = text.as_bytes();
    let capital = move |i: usize| bytes.get(i).is_some_and(u8::is_ascii_uppercase);
    let stop = move |i: usize| bytes.get(i) == Some(&b'.');
    (0..bytes.len()).filter_map(move |i| {
        let first = capital(i)
            && stop(i + 1)
            && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric() && bytes[i - 1] != b'.');
        let gap = usize::from(bytes.get(i + 2) == Some(&b' '));
        let whole = first && capital(i + 2 + gap) && stop(i + 3 + gap) && !capital(i + 4 + gap);
        let name = whole
            && text[i + 4 + gap..].starts_with(' ')
            && text[i + 5 + gap..].starts_with(char::is_uppercase);
        name.then(|| (i, &text[i..i + 4 + gap], gap == 1))
    })
}

fn initials(view: &View, counts: &Counts, found: &mut Found) {
    for (at, pair, spaced) in initial_pairs(&view.plain) {
        if !spaced && counts.spaced >= MANY && counts.tight * 4 <= counts.spaced {
            let now = format!("{}. {}", &pair[..1], &pair[2..]);
            found.add(
                view,
                at,
                "initials",
                (pair, Some(&now)),
                format!("initials are parted {} times in this text", counts.spaced),
                85,
            );
        }
    }
    let bytes = view.plain.as_bytes();
    for at in 0..bytes.len().saturating_sub(6) {
        let lone = bytes[at].is_ascii_uppercase()
            && bytes[at + 1] == b' '
            && bytes[at + 2].is_ascii_uppercase()
            && bytes[at + 3] == b'.';
        let start = at == 0 || bytes[at - 1] == b' ' && at > 1 && !bytes[at - 2].is_ascii_lowercase();
        if lone && start && bytes[at + 4] == b' ' && bytes[at + 5].is_ascii_uppercase() && bytes[at] != b'I' {
            let was = &view.plain[at..at + 4];
            let now = format!("{}.{}", &was[..1], &was[1..]);
            found.add(view, at, "initials", (was, Some(&now)), "an initial without its stop".into(), 88);
        }
    }
}

/// `Month D` and what parts it from a year: place of the day, day, separator.
fn date_marks(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    const MONTHS: [&str; 12] = [
        "January ",
        "February ",
        "March ",
        "April ",
        "May ",
        "June ",
        "July ",
        "August ",
        "September ",
        "October ",
        "November ",
        "December ",
    ];
    MONTHS
        .iter()
        .flat_map(move |month| text.match_indices(month).map(move |(at, m)| at + m.len()))
        .filter_map(move |day| {
            let rest = &text[day..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let after = &rest[digits..];
            let sep = after.bytes().take_while(|b| matches!(b, b' ' | b',' | b'.')).count();
            let year = after[sep..].bytes().take_while(u8::is_ascii_digit).count();
            ((1..=2).contains(&digits) && year == 4 && sep > 0).then(|| (day, &rest[..digits], &after[..sep]))
        })
}

fn dates(view: &View, counts: &Counts, found: &mut Found) {
    for (at, day, sep) in date_marks(&view.plain) {
        if day.parse::<u32>().is_ok_and(|d| d == 0 || d > 31) {
            found.add(view, at, "date", (day, None), "no month has such a day".into(), 95);
        }
        if sep != ", " && counts.comma >= MANY {
            let was = &view.plain[at..at + day.len() + sep.trim_end().len()];
            let now = format!("{day},");
            let reason = format!("a comma stands between day and year {} times in this text", counts.comma);
            found.add(view, at, "date", (was, Some(&now)), reason, 85);
        }
    }
}

/// Quotation marks that open without closing, or close without opening.
fn quotation(view: &View, found: &mut Found) {
    if !view.balanced {
        return;
    }
    let mut open: Option<usize> = None;
    for (at, c) in view.plain.char_indices() {
        match (c, open) {
            ('“', None) => open = Some(at),
            ('“', Some(before)) => {
                mark(view, before, "opens here, and another opens before it closes", found);
                open = Some(at);
            }
            ('”', Some(_)) => open = None,
            ('”', None) => mark(view, at, "closes here, and none was open", found),
            _ => {}
        }
    }
    if let Some(at) = open {
        mark(view, at, "opens here and never closes in the paragraph", found);
    }
}

fn mark(view: &View, at: usize, what: &str, found: &mut Found) {
    let was = &view.plain[at..at + '“'.len_utf8()];
    found.add(view, at, "quotation-marks", (was, None), format!("a quotation {what}"), 80);
}

/// Mentions of a heading's title, or of another title in emphasis, in another case.
fn titles(draft: &Draft, views: &[View], found: &mut Found) {
    let heading = |b: &&super::model::Block| matches!(b.kind, Kind::Heading(_));
    let titles: Vec<String> =
        draft.blocks.iter().filter(heading).map(|b| b.plain().trim().to_owned()).collect();
    for view in views {
        let mut from = 0;
        while let Some(open) = view.plain[from..].find('*') {
            let start = from + open + 1;
            let Some(length) = view.plain[start..].find('*') else { break };
            let mention = &view.plain[start..start + length];
            from = start + length + 1;
            let other = titles.iter().find(|t| t.to_lowercase() == mention.to_lowercase() && *t != mention);
            let Some(title) = other.filter(|_| mention.contains(' ')) else { continue };
            let pairs = mention.split(' ').zip(title.split(' '));
            let mut at = start;
            for (was, now) in pairs {
                if was != now {
                    found.add(
                        view,
                        at,
                        "title-case",
                        (was, Some(now)),
                        "the heading of the text has another case".into(),
                        80,
                    );
                }
                at += was.len() + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let view = View { text: 0, line: 1, plain: text.to_owned(), balanced: true };
        let counts = Counts::of(&[&view]);
        let mut found = Found { proposals: Vec::new(), times: BTreeMap::new(), of_line: (0, 0) };
        doubled(&view, &mut found);
        words(&view, &counts, &mut found);
        initials(&view, &counts, &mut found);
        dates(&view, &counts, &mut found);
        quotation(&view, &mut found);
        found.proposals.iter().map(|p| format!("{}>{}", p.was, p.now.as_deref().unwrap_or("?"))).collect()
    }

    #[test]
    fn faults_are_proposed_and_sound_text_is_left_alone() {
        let names = "Maslennikov came. Maslennikov saw. Maslennikov went. Maslennikov is here.";
        for (text, wanted) in [
            ("It was on the the table.", vec!["the the>the"]),
            ("He had had enough of that that was there.", vec![]),
            ("at this Level of water, the level and a level", vec!["Level>level"]),
            ("He saw Paris and Rome; the Mill and the Mill.", vec![]),
            ("A. B. Mill, C. D. Mill, E. F. Mill, G. H. Mill and I.J. Mill", vec!["I.J.>I. J."]),
            ("of A N. Miller", vec![]),
            ("by “Ann, A N. Miller", vec!["A N.>A. N.", "“>?"]),
            ("May 1, 1900, May 2, 1900, May 3, 1900, May 4, 1900 and May 5. 1900", vec!["5.>5,"]),
            ("May 41, 1900", vec!["41>?"]),
            ("so” he said", vec!["”>?"]),
            (&format!("{names} Maslenikov not."), vec!["Maslenikov>Maslennikov"]),
            ("a well-made a well-made a well-made a well-made a wellmade thing", vec!["wellmade>well-made"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
