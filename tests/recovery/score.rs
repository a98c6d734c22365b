//! How much of an edition a recovered folder holds, against what is right.

use crate::dialects::{HEADING, HIDDEN, MAYBE, NOTE, OTHER, PAGE, PARAGRAPH, TITLE};
use std::collections::BTreeMap;

/// A text as words, with what stands between them.
#[derive(Debug, Default)]
pub struct Reading {
    pub words: Vec<String>,
    /// Label, whether sure, the word before or in which it stands.
    pub pages: Vec<(String, bool, usize)>,
    /// The first word of each block, and its kind.
    pub blocks: Vec<(usize, char)>,
    /// The word after which a note is called, with the note's words.
    pub calls: Vec<(usize, Vec<String>)>,
}

/// The words of a text in small letters.
pub fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

impl Reading {
    /// Reads annotated text.
    pub fn of(text: &str) -> Reading {
        let mut reading = Reading::default();
        let mut word = String::new();
        let mut rest = text.chars();
        let until = |rest: &mut std::str::Chars<'_>, end: char| {
            let mut out = String::new();
            for c in rest.by_ref() {
                if c == end {
                    break;
                }
                out.push(c);
            }
            out
        };
        while let Some(c) = rest.next() {
            if c == PAGE.0 {
                let label = until(&mut rest, PAGE.1);
                let sure = !label.starts_with('?');
                reading.pages.push((label.trim_start_matches('?').to_owned(), sure, reading.words.len()));
                continue;
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
                continue;
            }
            if !word.is_empty() {
                reading.words.push(std::mem::take(&mut word));
            }
            if c == NOTE.0 {
                let note = until(&mut rest, NOTE.1);
                reading.calls.push((reading.words.len(), plain_words(&note)));
            } else if [PARAGRAPH, HEADING, TITLE, OTHER, HIDDEN, MAYBE].contains(&c) {
                reading.blocks.push((reading.words.len(), c));
            }
        }
        if !word.is_empty() {
            reading.words.push(word);
        }
        reading
    }
}

/// A recovered folder as annotated text; with it the words of all notes, and where the texts begin in bytes.
pub fn annotated(files: &[(String, String)]) -> (String, Vec<String>, usize) {
    let mut names: Vec<&String> = files.iter().map(|f| &f.0).filter(|n| n.ends_with(".md")).collect();
    names.sort_by_key(|n| (*n != "imprint.md", (*n).clone()));
    let (mut out, mut notes, mut front) = (String::new(), Vec::new(), 0);
    for name in names {
        let text = &files.iter().find(|f| f.0 == *name).unwrap().1;
        file(text, &mut out, &mut notes);
        if name == "imprint.md" {
            front = out.len();
        }
    }
    (out, notes, front)
}

fn file(text: &str, out: &mut String, all: &mut Vec<String>) {
    let mut notes: BTreeMap<String, String> = BTreeMap::new();
    let mut body = String::new();
    let mut note: Option<String> = None;
    for line in text.lines() {
        let line = &mark_before_number(line);
        if let Some((label, rest)) = line.strip_prefix("[^").and_then(|l| l.split_once("]:")) {
            notes.insert(label.to_owned(), rest.to_owned());
            note = Some(label.to_owned());
        } else if let Some(label) = note.as_ref().filter(|_| line.is_empty() || line.starts_with("    ")) {
            let text = notes.get_mut(label).unwrap();
            text.push(' ');
            text.push_str(line);
        } else {
            note = None;
            body.push_str(line);
            body.push('\n');
        }
    }
    for text in notes.values() {
        all.extend(plain_words(&strip(text, &BTreeMap::new())));
    }
    let mut after_heading = false;
    for block in body.split("\n\n").map(|b| b.trim_matches('\n')).filter(|b| !b.is_empty()) {
        let mut lines: Vec<&str> = block.lines().collect();
        lines.retain(|l| !l.starts_with("|---") && *l != ":::" && *l != ">" && *l != "* * *");
        let Some(first) = lines.first().copied() else { continue };
        if first.starts_with("<!-- page")
            && lines.len() == 1
            && first.ends_with("-->")
            && strip(first, &notes)
                .trim_matches(|c: char| {
                    ('\u{e000}'..='\u{e001}').contains(&c) || c.is_alphanumeric() || "? ".contains(c)
                })
                .is_empty()
        {
            out.push_str(&strip(first, &notes));
            continue;
        }
        let kind = match first {
            l if l.starts_with('#') => Some(HEADING),
            l if l.starts_with("::: subtitle") => None.filter(|_: &char| after_heading),
            l if l.starts_with(":::") || l.starts_with('>') || l.starts_with("- ") || l.starts_with('|') => {
                Some(OTHER)
            }
            l if l.split(". ").next().is_some_and(|n| {
                n.len() < 4 && n.bytes().all(|b| b.is_ascii_digit()) && l.contains(". ")
            }) =>
            {
                Some(OTHER)
            }
            l if l.starts_with("![") => Some(OTHER),
            _ => Some(PARAGRAPH),
        };
        after_heading = kind == Some(HEADING);
        out.push('\n');
        out.extend(kind);
        for line in lines.iter().filter(|l| !l.starts_with(":::")) {
            out.push_str(&strip(line, &notes));
            out.push('\n');
        }
    }
}

/// How sure each page is said to be in `decisions.toml`, in parts of a hundred. A number that stands twice tells nothing.
pub fn confidences(files: &[(String, String)]) -> BTreeMap<String, u32> {
    let text = files.iter().find(|f| f.0 == "decisions.toml").map_or("", |f| f.1.as_str());
    let mut found: BTreeMap<String, u32> = BTreeMap::new();
    let mut twice: Vec<String> = Vec::new();
    for page in text.split("[[page]]\n").skip(1) {
        let value = |key: &str| page.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(" = "));
        let (Some(number), Some(sure)) = (value("number"), value("confidence")) else { continue };
        let sure: f64 = sure.parse().unwrap_or(0.0);
        let number = number.trim_matches('"').to_owned();
        twice.extend(found.insert(number.clone(), (sure * 100.0).round() as u32).map(|_| number));
    }
    twice.iter().for_each(|number| _ = found.remove(number));
    found
}

/// A line of a list with the mark of a page before its number, behind which Markdown must have it.
fn mark_before_number(line: &str) -> String {
    let behind =
        line.split_once(". <!-- page ").filter(|(n, _)| n.len() < 4 && n.bytes().all(|b| b.is_ascii_digit()));
    let parted = behind.and_then(|(number, rest)| Some((number, rest.split_once("-->")?)));
    parted.map_or(line.to_owned(), |(number, (mark, rest))| format!("<!-- page {mark}-->{number}.{rest}"))
}

/// A line without Markdown, with marks and calls as [`Reading`] knows them.
fn strip(line: &str, notes: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '[', '\\', '*', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inner, more)) = rest.strip_prefix("<!--").and_then(|r| r.split_once("-->")) {
            if let Some(label) = inner.trim().strip_prefix("page ") {
                let sure = if more.starts_with("<!-- estimated") { "" } else { "?" };
                let sure = if sure.is_empty() { "?" } else { "" };
                out.push_str(&format!("{}{sure}{label}{}", PAGE.0, PAGE.1));
            }
            rest = more;
        } else if let Some((label, more)) = rest.strip_prefix("[^").and_then(|r| r.split_once(']')) {
            let text = notes.get(label).map(|t| strip(t, &BTreeMap::new())).unwrap_or_default();
            out.push_str(&format!("{}{text}{}", NOTE.0, NOTE.1));
            rest = more;
        } else if rest.starts_with("[](") {
            rest = rest.split_once(')').map_or("", |r| r.1);
        } else {
            let sign = &rest[..1];
            if sign == "<" || sign == "[" {
                out.push_str(sign);
            }
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// What was counted: right, and of how many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Share(pub usize, pub usize);

impl Share {
    pub fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    pub fn percent(self) -> f64 {
        if self.1 == 0 { 100.0 } else { 100.0 * self.0 as f64 / self.1 as f64 }
    }
}

/// A score.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub pages: Share,
    /// Marks that are said to be sure, and are right.
    pub sure: Share,
    /// Marks by how sure they are said to be, in parts of a hundred, and how many of them are right.
    pub bins: BTreeMap<u32, Share>,
    pub titles: Share,
    pub calls: Share,
    pub paragraphs: Share,
    /// Words of the book that the folder has not.
    pub lost: usize,
    /// Words in the texts that are none of the book's.
    pub left: usize,
    /// Divided words with their hyphen, or compounds without.
    pub hyphens: usize,
    pub faults: Vec<String>,
}

impl Score {
    pub fn join(&mut self, other: &Score) {
        for (a, b) in [
            (&mut self.pages, other.pages),
            (&mut self.sure, other.sure),
            (&mut self.titles, other.titles),
            (&mut self.calls, other.calls),
            (&mut self.paragraphs, other.paragraphs),
        ] {
            *a = Share(a.0 + b.0, a.1 + b.1);
        }
        for (sure, share) in &other.bins {
            let own = self.bins.entry(*sure).or_default();
            *own = Share(own.0 + share.0, own.1 + share.1);
        }
        self.lost += other.lost;
        self.left += other.left;
        self.hyphens += other.hyphens;
    }
}

/// For each word of `truth` its place in `found`; words that a hyphen parts count.
fn align(truth: &[String], found: &[String], hyphens: &mut usize) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut map = vec![None; truth.len() + 1];
    let mut used = vec![false; found.len()];
    let (mut i, mut j) = (0, 0);
    let same = |i: usize, j: usize, n: usize| {
        (0..n).all(|k| match (truth.get(i + k), found.get(j + k)) {
            (Some(a), Some(b)) => a == b,
            (None, _) => true,
            _ => false,
        })
    };
    while i < truth.len() && j < found.len() {
        if truth[i] == found[j] {
            map[i] = Some(j);
            used[j] = true;
            (i, j) = (i + 1, j + 1);
            continue;
        }
        if j + 1 < found.len() && format!("{}{}", found[j], found[j + 1]) == truth[i] {
            *hyphens += 1;
            map[i] = Some(j);
            (used[j], used[j + 1]) = (true, true);
            (i, j) = (i + 1, j + 2);
            continue;
        }
        if i + 1 < truth.len() && format!("{}{}", truth[i], truth[i + 1]) == found[j] {
            *hyphens += 1;
            (map[i], map[i + 1]) = (Some(j), Some(j));
            used[j] = true;
            (i, j) = (i + 2, j + 1);
            continue;
        }
        let next = (1..1500)
            .flat_map(|sum| (0..=sum).map(move |a| (a, sum - a)))
            .find(|(a, b)| same(i + a, j + b, 4));
        let Some((a, b)) = next else { break };
        (i, j) = (i + a, j + b);
    }
    map[truth.len()] = Some(found.len());
    (map, used)
}

/// Scores the files against what is right.
/// Words of matter of the front, which stand before the texts or in one, count for neither.
pub fn score(truth: &str, files: &[(String, String)], note_words: &[Vec<String>], matter: &str) -> Score {
    let right = Reading::of(truth);
    let (text, found_notes, front) = annotated(files);
    let found = Reading::of(&text);
    let front = Reading::of(&text[..front]).words.len();
    let mut score = Score::default();
    let (map, used) = align(&right.words, &found.words, &mut score.hyphens);
    let around =
        |words: &[String], at: usize| words[at.saturating_sub(5)..(at + 5).min(words.len())].join(" ");
    let mut true_marks = 0;
    for (label, _, at) in &right.pages {
        let mark = found.pages.iter().find(|p| p.0 == *label && Some(p.2) == map[*at]);
        true_marks += usize::from(mark.is_some_and(|m| m.1));
        score.pages.add(mark.is_some_and(|m| m.1));
        if mark.is_none() {
            let got: Vec<_> = found.pages.iter().filter(|p| p.0 == *label || Some(p.2) == map[*at]).collect();
            score.faults.push(format!(
                "page {label}: … {} … got {got:?} wants {:?}",
                around(&right.words, *at),
                map[*at]
            ));
        }
    }
    let said = confidences(files);
    for page in found.pages.iter().filter(|page| page.2 >= front) {
        let right = right.pages.iter().any(|(label, _, at)| *label == page.0 && map[*at] == Some(page.2));
        if let Some(sure) = said.get(&page.0) {
            score.bins.entry(*sure).or_default().add(right);
        }
    }
    let sure = found.pages.iter().filter(|p| p.1 && p.2 >= front).count();
    score.sure = Share(true_marks.min(sure), sure);
    let starts: BTreeMap<usize, char> = found.blocks.iter().copied().collect();
    for (index, (at, kind)) in right.blocks.iter().enumerate() {
        let Some(place) = map[*at] else {
            if *kind == TITLE {
                score.titles.add(false);
                score.faults.push(format!("title lost: {}", around(&right.words, *at)));
            } else if *kind == PARAGRAPH {
                score.paragraphs.add(false);
            }
            continue;
        };
        if *kind == TITLE {
            let right_now = starts.get(&place) == Some(&HEADING);
            score.titles.add(right_now);
            if !right_now {
                score.faults.push(format!("title: {}", around(&right.words, *at)));
            }
        }
        if *kind == PARAGRAPH {
            let rest = || right.blocks[index + 1..].iter();
            let end = rest().find(|b| b.1 != MAYBE).map_or(right.words.len(), |b| b.0);
            let maybe: Vec<usize> = rest().take_while(|b| b.1 == MAYBE).filter_map(|b| map[b.0]).collect();
            let end = map[end].unwrap_or(place + 1);
            let inner =
                found.blocks.iter().filter(|b| b.0 > place && b.0 < end && !maybe.contains(&b.0)).count();
            let whole = starts.get(&place) == Some(&PARAGRAPH) && inner == 0;
            score.paragraphs.add(whole);
            if !whole {
                score.faults.push(format!(
                    "paragraph ({:?}, {inner} inside): … {} …",
                    starts.get(&place),
                    around(&right.words, *at)
                ));
            }
        }
    }
    for (at, note) in &right.calls {
        let wanted = map[at.saturating_sub(1)].map(|p| p + 1);
        let ok = found.calls.iter().any(|c| {
            Some(c.0) == wanted && c.1.iter().take(3).eq(note.iter().take(3)) && c.1.last() == note.last()
        });
        score.calls.add(ok);
        if !ok {
            let got: Vec<_> =
                found.calls.iter().filter(|c| Some(c.0) == wanted).map(|c| c.1.join(" ")).collect();
            score.faults.push(format!(
                "call: … {} … note {} got {got:?}",
                around(&right.words, *at),
                note.join(" ")
            ));
        }
    }
    let mut count: BTreeMap<&str, i64> = BTreeMap::new();
    right.words.iter().chain(note_words.iter().flatten()).for_each(|w| *count.entry(w).or_default() += 1);
    found.words.iter().chain(&found_notes).for_each(|w| *count.entry(w).or_default() -= 1);
    let lost: Vec<(&str, i64)> = count.into_iter().filter(|c| c.1 > 0).collect();
    score.lost = lost.iter().map(|c| c.1 as usize).sum::<usize>().saturating_sub(score.hyphens);
    if score.lost > 0 {
        score.faults.push(format!("lost: {lost:?}"));
    }
    let mut matter = plain_words(matter);
    let mut is_matter =
        |word: &String| matter.iter().position(|m| m == word).map(|at| matter.swap_remove(at)).is_some();
    let left: Vec<usize> =
        (front..found.words.len()).filter(|i| !used[*i] && !is_matter(&found.words[*i])).collect();
    score.left = left.len();
    for at in left.iter().filter(|i| !left.contains(&(*i - 1))) {
        score.faults.push(format!("left: [{}] in … {} …", found.words[*at], around(&found.words, *at)));
    }
    score
}
