//! Verse, addresses, speech and typed lists whose lines Markdown joins into one
//! paragraph.

use crate::book::typed_words::shares_parts;
use crate::book::{Block, BlockKind, Book, Inline, Role, Seen, Within, visit_inlines};
use crate::diag::{Code, Diagnostic, FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// Fewer lines may look like verse by accident.
const FEWEST_LINES: usize = 4;
/// A line of verse has hardly more characters.
const LONGEST_LINE: usize = 65;
/// A line of an address or a dedication has hardly more.
const SHORT_LINE: usize = 45;
/// A line of a haiku has hardly more.
const BRIEF_LINE: usize = 28;
/// Editors wrap lines hardly narrower than this.
const NARROWEST: usize = 60;
/// Stands for the width of lines that no editor wraps.
const UNWRAPPED: usize = 100_000;

/// What joined lines look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Looks {
    Verse,
    Speech,
    List,
    Short,
    Hyphen,
    Attribution,
}

impl Looks {
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Looks::Verse => (
                "these lines look like verse, and are joined into one paragraph",
                "for verse, write `::: verse` before them and `:::` behind; otherwise end each with a backslash",
            ),
            Looks::Speech => (
                "these lines look like speech, each a paragraph, and are joined into one",
                "leave a blank line between them, or write `::: lines` before and `:::` behind",
            ),
            Looks::List => (
                "these lines look like a list, and are joined into one paragraph",
                "begin each with `- ` or `1. `, and leave a blank line before the first",
            ),
            Looks::Short => (
                "these lines end before they are full, and are joined into one paragraph",
                "end each with a backslash, or write `::: lines` before them and `:::` behind; `line-ends = \"keep\"` under `[text]` of book.toml keeps all",
            ),
            Looks::Attribution => (
                "the line that says who is quoted is joined to the words above it",
                "leave a line with `>` alone before it, and begin it with an em dash: `> — Name`",
            ),
            Looks::Hyphen => (
                "a word is divided at the end of this line: a space will stand behind its hyphen",
                "write the word whole",
            ),
        }
    }
}

/// Tells of each kind once for a file: where one poem was written so, all were.
pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let mut found: BTreeMap<(FileId, Looks), (Span, usize)> = BTreeMap::new();
    let mut widths: BTreeMap<FileId, usize> = BTreeMap::new();
    let dedicated: Vec<FileId> = book
        .sections
        .iter()
        .filter(|section| matches!(section.role, Role::Dedication | Role::Epigraph))
        .filter_map(|section| section.body().map(|body| body.file))
        .collect();
    book.visit(&mut |seen| {
        let Seen::Blocks(blocks, within) = seen else { return };
        for block in blocks {
            let BlockKind::Para(inlines) = &block.kind else { continue };
            let text = &map.file(block.span.file).text;
            let width = *widths.entry(block.span.file).or_insert_with(|| width_of(text));
            let few = dedicated.contains(&block.span.file);
            let above = text[..(block.span.start as usize).min(text.len())].rsplit('\n').next().unwrap_or("");
            let lines = Lines { width, few, item: within == Within::Item, quoted: above.contains('>') };
            for looks in lines.look(block, inlines, text) {
                let places = found.entry((block.span.file, looks)).or_insert((block.span, 0));
                places.1 += 1;
                if block.span.start < places.0.start {
                    places.0 = block.span;
                }
            }
        }
    });
    for ((_, looks), (span, count)) in found {
        let more = super::more_places(count);
        let (message, hint) = looks.told();
        findings.push(Diagnostic::new(Code::LinesJoined, span, format!("{message}{more}")).hint(hint));
    }
}

/// How wide an editor wraps the lines of a file: where many are nearly as long as
/// the longest. Elsewhere a line is as long as its paragraph.
fn width_of(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    // a line that another follows at once: one that an editor may have wrapped
    let wrapped =
        lines.windows(2).filter(|pair| !pair[1].is_empty() && !pair[0].starts_with(['!', '|', '#']));
    let mut widths: Vec<usize> =
        wrapped.map(|pair| pair[0].chars().count()).filter(|width| *width > 0).collect();
    widths.sort_unstable();
    let near =
        |longest: usize| widths.iter().filter(move |width| **width * 8 >= longest * 7 && **width <= longest);
    let longest = widths.last().copied().unwrap_or(0);
    if near(longest).count() >= 6 && near(longest).count() * 12 >= widths.len() {
        return longest;
    }
    // a few lines that nobody wrapped stand among those that an editor did
    let most = widths.get(widths.len() * 9 / 10).map_or(0, |width| width + width / OVER);
    let same = near(most).count();
    if same >= 6 && same * 2 >= widths.len() { most } else { UNWRAPPED }
}

/// A dash or a mark of emphasis makes a wrapped line longer than its editor counts by so much of its width.
const OVER: usize = 12;

/// What is known of the lines around.
struct Lines {
    /// How wide the file's lines are wrapped.
    width: usize,
    /// Whether two lines suffice.
    few: bool,
    item: bool,
    /// Whether they stand in a quotation.
    quoted: bool,
}

impl Lines {
    fn look(&self, block: &Block, inlines: &[Inline], text: &str) -> Vec<Looks> {
        let own = text.get(block.span.start as usize..block.span.end as usize).unwrap_or("");
        let lines: Vec<&str> = own.lines().map(bare).filter(|line| !line.is_empty()).collect();
        if lines.len() < 2 || has_break(inlines) {
            return Vec::new();
        }
        let column = text[..(block.span.start as usize).min(text.len())]
            .chars()
            .rev()
            .take_while(|c| *c != '\n')
            .count();
        if !self.item && !self.quoted && is_staggered(own, column) && self.had_room(&lines, 0) {
            return vec![Looks::Verse];
        }
        let mut looks = Vec::new();
        looks.extend(lines.windows(2).any(|pair| is_divided(pair[0], pair[1])).then_some(Looks::Hyphen));
        looks.extend(self.shape(&lines));
        looks
    }

    fn shape(&self, lines: &[&str]) -> Option<Looks> {
        let dashed = lines.iter().filter(|line| begins_with_dash(line)).count();
        let marked = lines.iter().filter(|line| begins_like_item(line)).count();
        let taken_up = |pair: &[&str]| begins_with_dash(pair[1]) && ends_sentence(pair[0]);
        if dashed >= 2 && dashed * 2 >= lines.len() {
            Some(Looks::Speech)
        } else if self.quoted && self.names_source(lines) {
            Some(Looks::Attribution)
        } else if lines.windows(2).any(taken_up) && self.had_room(lines, 0) {
            Some(if self.quoted { Looks::Attribution } else { Looks::Speech })
        } else if marked >= 2 && marked + 1 >= lines.len()
            || self.item && lines[1..].iter().any(|line| begins_list(line))
            || self.item && self.are_short(lines) && lines[1..].iter().any(|line| begins_other_item(line))
        {
            Some(Looks::List)
        } else if look_like_verse(lines) {
            Some(Looks::Verse)
        } else if (look_like_speech(lines) || look_like_play(lines) || look_like_chat(lines))
            && self.had_room(lines, 0)
            || self.takes_turns(lines)
        {
            Some(Looks::Speech)
        } else {
            (!self.item && self.end_early(lines)).then_some(Looks::Short)
        }
    }

    /// Whether no editor wrapped lines: none is as long as one of verse may be, and the next word had room in each.
    fn are_short(&self, lines: &[&str]) -> bool {
        lines.iter().all(|line| line.chars().count() <= LONGEST_LINE) && self.had_room(lines, 8)
    }

    /// Whether the last line begins with a dash and is a name, and the line above had room for more.
    fn names_source(&self, lines: &[&str]) -> bool {
        let [.., above, last] = lines else { return false };
        let name = last.trim_start_matches(['-', '—', '–', '―', ' ']);
        begins_with_dash(last)
            && name.starts_with(|c: char| c.is_uppercase() || matches!(c, '*' | '_'))
            && name.split_whitespace().count() <= 8
            && self.had_room(&[*above, *last], 0)
    }

    /// Whether the next line's first word had room in each line, and so many
    /// characters more.
    fn had_room(&self, lines: &[&str], more: usize) -> bool {
        let width = |line: &str| line.chars().count();
        lines.windows(2).all(|pair| {
            let next = pair[1].split_whitespace().next().map_or(0, width);
            width(pair[0]) + 1 + next + more <= self.width.max(NARROWEST)
        })
    }

    /// Whether two lines begin with a quotation mark, each below one that ends a sentence and had room for more: speeches,
    /// of which some are wrapped.
    fn takes_turns(&self, lines: &[&str]) -> bool {
        let opens = |line: &str| {
            let words = line.strip_prefix(['"', '\'', '“', '‘', '«', '„', '»', '「']);
            words.is_some_and(|words| words.starts_with(char::is_uppercase)) && is_said(line)
        };
        let turn = |pair: &&[&str]| opens(pair[1]) && ends_sentence(pair[0]) && self.had_room(pair, 8);
        lines.windows(2).filter(turn).count() >= 2
    }

    /// Whether short lines end where the next word had room, so that no editor
    /// wrapped them.
    fn end_early(&self, lines: &[&str]) -> bool {
        let width = |line: &str| line.chars().count();
        let early = self.had_room(lines, 8);
        let begins =
            |line: &&str| begins_with_capital(line) || line.starts_with(|c: char| c.is_ascii_digit());
        let whole = lines[..lines.len() - 1].iter().filter(|line| ends_sentence(line)).count();
        let short = lines.iter().all(|line| width(line) <= SHORT_LINE);
        if lines.len() == 2 && early && is_dedication(lines) {
            return true;
        }
        // lines of free verse; in languages without spaces a line has half as many characters
        let is_wide = |line: &&str| line.chars().any(crate::manuscript::ideographs::is_wide);
        let loose = lines.len() >= 4 && short && early && whole == 0 && !lines.iter().any(is_wide);
        // three very short ones are a haiku, whatever they begin with
        let brief = lines.len() == 3
            && lines
                .iter()
                .all(|line| width(line) <= BRIEF_LINE && !line.contains(['{', '=', '`', '|', '/']))
            && lines
                .iter()
                .all(|line| line.contains(char::is_alphabetic) && !line.starts_with([':', '$', '#']))
            && early
            && !lines[..2].iter().any(|line| line.ends_with(['.', '!', '?']))
            && !lines.iter().any(is_wide);
        if brief || is_couplet(lines) && early {
            return true;
        }
        if loose || lines.len() == 2 && early && (is_salutation(lines) || is_cue(lines)) {
            return true;
        }
        let enough = lines.len() >= 3
            || self.few
            || lines.len() == 2
                && whole == 0
                && lines.iter().all(|line| width(line) <= 32)
                && (lines[0].starts_with(|c: char| c.is_ascii_digit())
                    || lines.iter().all(|line| line.split_whitespace().count() >= 2))
                && !ends_sentence(lines[1]);
        enough && short && early && lines.iter().all(begins) && whole * 2 <= lines.len()
    }
}

/// Whether two short lines are all that stands in quotation marks, and a comma ends the first.
fn is_couplet(lines: &[&str]) -> bool {
    let [first, second] = lines else { return false };
    let short = lines.iter().all(|line| line.chars().count() <= SHORT_LINE);
    short
        && first.starts_with(['"', '“', '‘', '«', '„'])
        && first.ends_with([',', ';'])
        && begins_with_capital(second)
        && second.ends_with(['"', '”', '’', '»', '“'])
}

/// Whether the lines of a paragraph that begins at `column` are set in by different widths, as those of verse are.
fn is_staggered(own: &str, column: usize) -> bool {
    let is_word = |c: char| !matches!(c, '=' | '{' | '}' | '|' | '`' | '<' | '>' | '$' | '\\' | '#');
    let set_in = |line: &str| {
        let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
        line[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>()
    };
    let lines: Vec<&str> = own.lines().filter(|line| !line.trim().is_empty()).collect();
    let short =
        lines.iter().all(|line| line.trim().chars().count() <= LONGEST_LINE && line.chars().all(is_word));
    let indents: Vec<usize> = lines.iter().skip(1).map(|line| set_in(line).saturating_sub(column)).collect();
    let (least, most) = (indents.iter().min(), indents.iter().max());
    let further = indents.len() == 1 && most.is_some_and(|most| *most >= 4);
    let uneven = least.zip(most).is_some_and(|(least, most)| most - least >= 2);
    short && (further || uneven)
}

/// Whether two short lines begin as dedications do.
fn is_dedication(lines: &[&str]) -> bool {
    let small = lines[0].to_lowercase();
    let begins =
        DEDICATIONS.iter().any(|word| small.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
    let example = ["example", "instance", "now", "the most"].iter().any(|word| small[..].contains(word));
    let short = lines.iter().all(|line| line.chars().count() <= 32);
    begins && short && !example && !ends_sentence(lines[0])
}

/// Whether a short line that ends in a comma begins or ends a letter: `Dear Sir,`, `Yours sincerely,`.
fn is_salutation(lines: &[&str]) -> bool {
    let small = lines[0].to_lowercase();
    let first = small.split([' ', ',']).next().unwrap_or("");
    SALUTATIONS.contains(&first)
        && small.ends_with(',')
        && small.split_whitespace().count() <= 5
        && begins_with_capital(lines[0])
        && begins_with_capital(lines[1])
}

/// Whether a short line of capitals stands above another: who speaks in a play, or a title.
fn is_cue(lines: &[&str]) -> bool {
    let name = lines[0].trim_end_matches([':', '.']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_capital = |c: char| c.is_uppercase() || !c.is_alphabetic();
    letters >= 3
        && name.chars().count() <= 30
        && name.chars().all(is_capital)
        && begins_with_capital(lines[1])
}

/// How letters begin and end.
const SALUTATIONS: &[&str] = &[
    "dear",
    "dearest",
    "my",
    "sir",
    "madam",
    "yours",
    "sincerely",
    "faithfully",
    "regards",
    "kind",
    "best",
    "love",
    "lieber",
    "liebe",
    "sehr",
    "cher",
    "chère",
    "monsieur",
    "madame",
    "querido",
    "querida",
    "caro",
    "cara",
];

/// How dedications begin.
const DEDICATIONS: &[&str] = &[
    "for",
    "to",
    "in memory",
    "in memoriam",
    "dedicated",
    "in loving",
    "für",
    "dem andenken",
    "pour",
    "à",
    "per",
    "para",
    "alla",
    "al",
    "ai",
    "voor",
    "dla",
    "a la memoria",
    "à la mémoire",
    "alla memoria",
];

/// The line without the marks that a quotation and Markdown begin it with.
fn bare(line: &str) -> &str {
    let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
    // a line of an aside as Leanpub has them
    line.strip_prefix(|c: char| c.is_ascii_uppercase())
        .and_then(|rest| rest.strip_prefix("> "))
        .unwrap_or(line)
}

fn has_break(inlines: &[Inline]) -> bool {
    let mut found = false;
    visit_inlines(inlines, &mut |seen| found |= matches!(seen, Seen::Break | Seen::Picture(..)));
    found
}

/// Whether a word ends with a hyphen in one line and goes on in the next; in
/// `pre- and postwar` the hyphen is the word's own.
fn is_divided(line: &str, next: &str) -> bool {
    let word = next.split_whitespace().next().unwrap_or("");
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut back = line.chars().rev();
    let hyphen = matches!(back.next(), Some('-' | '\u{AD}'));
    hyphen && letter(back.next()) && word.starts_with(char::is_lowercase) && !shares_parts(word)
}

fn begins_with_dash(line: &str) -> bool {
    ["— ", "– ", "―", "—", "-- ", "--- "].iter().any(|dash| line.starts_with(dash))
}

/// Whether a line begins as items do in other programs: with a sign and a space, with the `o` that Word draws a ring
/// with, `a)`, `(i)`.
fn begins_like_item(line: &str) -> bool {
    const NO_BULLETS: &str = "\"'“”„‘’«»‹›()[]{}<>|*_~`#:;!?¿¡.,…-–—―/\\&@%$+=^";
    let mut signs = line.chars();
    let (first, second) = (signs.next().unwrap_or(' '), signs.next().unwrap_or(' '));
    let is_sign = !first.is_alphanumeric() && !first.is_whitespace() && !NO_BULLETS.contains(first);
    let bullet = is_sign && (second.is_whitespace() || !first.is_ascii()) || first == 'o' && second == '\t';
    // `①`, `一、`, `1、`, as lists in Chinese and Japanese are numbered
    let numbered = matches!(first, '①'..='⑳' | '⑴'..='⒇')
        || line
            .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            .starts_with('、')
            && !line.starts_with('、');
    let inside = line.strip_prefix('(').unwrap_or(line);
    let name = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let closes = inside[name..].starts_with(") ")
        || (inside.len() == line.len() && name == 1 && inside[name..].starts_with(". "));
    // `1.1 The ferry`, `A. The ferry`
    let deep = line.split(' ').next().is_some_and(|mark| {
        mark.len() <= 8
            && mark.len() < line.len()
            && mark.trim_end_matches('.').contains('.')
            && mark
                .trim_end_matches('.')
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    });
    // `а) раз`, `α) εν`
    let foreign = first.is_lowercase() && !first.is_ascii() && second == ')' && signs.next() == Some(' ');
    let lettered = inside.len() == line.len()
        && name == 1
        && inside.starts_with(|c: char| c.is_ascii_uppercase())
        && inside[1..].starts_with(". ");
    let counted = (1..=4).contains(&name)
        && inside[..name].bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    // AsciiDoc's numbers, and Pandoc's
    let dotted = [". ", ".. ", "#. "].iter().any(|mark| line.starts_with(mark));
    // `[1] Smith`, as sources are numbered
    let bracketed = line
        .strip_prefix('[')
        .and_then(|inside| inside.split_once("] "))
        .is_some_and(|(name, _)| (1..=3).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_digit()));
    bullet || numbered || deep || lettered || foreign || dotted || bracketed || (counted && closes)
}

/// Whether a line within an item begins another one with a sign that Markdown has not: `• word`, `– word`.
fn begins_other_item(line: &str) -> bool {
    begins_with_dash(line) && line.len() > 4 || line.starts_with(BULLETS)
}

/// Signs that programs draw before items.
const BULLETS: [char; 14] = ['•', '◦', '▪', '▫', '‣', '⁃', '●', '○', '■', '□', '✓', '✗', '→', '➢'];

/// Whether a line begins as the first item of a list of letters does, and no abbreviation: `a)`, `(i)`, `a.`
fn begins_list(line: &str) -> bool {
    if line.starts_with("#. ") {
        return true;
    }
    let words = ["a", "i", "(a", "(i"].iter().find_map(|name| line.strip_prefix(name));
    let closes =
        words.filter(|rest| rest.starts_with(") ") || !line.starts_with('(') && rest.starts_with(". "));
    closes.is_some_and(|rest| rest[2..].trim_start().chars().nth(1).is_none_or(|c| c != '.'))
}

/// Whether each line is a sentence, and one of them begins with a quotation mark.
fn look_like_speech(lines: &[&str]) -> bool {
    let opens = |line: &&str| {
        let straight = line
            .strip_prefix('\'')
            .is_some_and(|words| words.starts_with(char::is_uppercase) && words.contains('\''));
        straight || line.starts_with(['"', '“', '«', '„', '‘', '»', '「']) && is_said(line)
    };
    let begins = |line: &&str| opens(line) || begins_with_capital(line);
    let ends = |line: &&str| ends_sentence(line) || line.ends_with(['…', '—', '–']);
    lines.iter().skip(1).any(opens) && lines.iter().all(begins) && lines.iter().all(ends)
}

/// Whether what stands in marks at the beginning of a line is said, and no word that the sentence names: `« Moulin »
/// était le mot.` A speech has its stop within the marks or right behind them, or fills the line.
fn is_said(line: &str) -> bool {
    let mut letters = line.chars();
    let close: &[char] = match letters.next() {
        Some('"') => &['"'],
        Some('“') => &['”'],
        Some('«') => &['»'],
        Some('»') => &['«'],
        Some('„') => &['“', '”'],
        Some('「') => &['」'],
        // an apostrophe looks like the mark that closes
        _ => return true,
    };
    let rest = letters.as_str();
    let Some(end) = rest.find(close) else { return true };
    let behind = rest[end..].trim_start_matches(close).trim_start();
    let stop = [',', '.', '!', '?', '…', ':', ';', '—', '–'];
    behind.is_empty() || behind.starts_with(stop) || rest[..end].trim_end().ends_with(stop)
}

/// Whether two lines begin with who speaks, in capitals, as plays are typed: `HAMLET. To be.`
fn look_like_play(lines: &[&str]) -> bool {
    let cue = |line: &&&str| {
        let end = line.find(['.', ':']).unwrap_or(0);
        let (name, behind) = line.split_at(end);
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 3
            && name.split(' ').count() <= 3
            && name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '-' | '\''))
            && behind[1..].starts_with(' ')
    };
    lines.iter().filter(cue).count() >= 2 && cue(&&lines[0])
}

/// Whether all lines begin with the time or the name of who writes: `[12:03] Anna: Are you there?`, `Bo: I am.`
fn look_like_chat(lines: &[&str]) -> bool {
    let is_time = |line: &str| {
        let (hours, rest) = line.trim_start_matches(['[', '(']).split_once(':').unwrap_or(("", ""));
        (1..=2).contains(&hours.len())
            && hours.bytes().all(|b| b.is_ascii_digit())
            && rest.bytes().take_while(u8::is_ascii_digit).count() == 2
    };
    let is_named = |line: &str| {
        let parted = [": ", " - ", " – ", " — ", " -- "].iter().find_map(|sign| line.split_once(*sign));
        let (name, words) = parted.unwrap_or(("", ""));
        let mut parts = name.split(' ');
        (1..=24).contains(&name.len())
            && name.split(' ').count() <= 3
            && parts.all(|part| part.starts_with(char::is_uppercase) && part.chars().all(char::is_alphabetic))
            && ends_sentence(words)
    };
    lines.iter().all(|line| is_time(line)) || lines.iter().all(|line| is_named(line))
}

/// Whether short lines begin with capitals, end where no sentence does, and end
/// before the next word needed a new line.
fn look_like_verse(lines: &[&str]) -> bool {
    let width = |line: &str| line.chars().count();
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let pairs = lines.windows(2);
    let early = |pair: &&[&str]| {
        let next = pair[1].split_whitespace().next().map_or(0, width);
        width(pair[0]) + 1 + next <= longest
    };
    let ended = lines[..lines.len() - 1].iter().filter(|line| ends_sentence(line)).count();
    lines.len() >= FEWEST_LINES
        && longest <= LONGEST_LINE
        && lines.iter().all(|line| begins_with_capital(line))
        && ended * 2 < lines.len()
        && pairs.filter(early).count() * 2 >= lines.len() - 1
}

fn begins_with_capital(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(char::is_uppercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '*', '_']).ends_with(['.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verse_is_told_from_prose() {
        let verse =
            ["The sun was up, the moon was down,", "And nobody was in the town", "But One,", "And he"];
        let wrapped = ["Der Mann war in der Stadt und", "Am Abend ging er dort allein", "In alle Häuser."];
        let sentences = ["This is a sentence.", "So is this!", "And a long one this is, too.", "Four."];
        let prose = ["The sun was up, the moon was", "down, and nobody was", "in the town."];
        let looks = [&verse[..], &wrapped, &sentences, &prose].map(look_like_verse);
        assert_eq!(looks, [true, false, false, false]);
    }

    #[test]
    fn lines_that_no_editor_wrapped_are_known() {
        let shape =
            |lines: &[&str]| Lines { width: UNWRAPPED, few: false, item: false, quoted: false }.shape(lines);
        assert_eq!(shape(&["— Bonjour, dit-il.", "— Bonjour."]), Some(Looks::Speech));
        assert_eq!(shape(&["• One", "• Two"]), Some(Looks::List));
        assert_eq!(shape(&["a) one", "b) two"]), Some(Looks::List));
        assert_eq!(shape(&["Ada Example", "14 Quill Street", "London"]), Some(Looks::Short));
        assert_eq!(shape(&["It ran.", "\"Where?\" he asked."]), Some(Looks::Speech));
        assert_eq!(shape(&["Elle se tut.", "— Non."]), Some(Looks::Speech));
        assert_eq!(shape(&["Elle se tut.", "« Non », dit-elle."]), Some(Looks::Speech));
        assert_eq!(shape(&["Elle lut le livre.", "« Moulin » était le mot."]), None);
        assert_eq!(shape(&["It is one sentence a line.", "This is a habit."]), None);
        assert_eq!(shape(&["a line that goes on", "and is wrapped."]), None);
        assert_eq!(
            ["a) one", "(i) one", "a. one", "i. e. one", "a.m."].map(begins_list),
            [true, true, true, false, false]
        );
        assert!(is_divided("the co-", "operation of") && !is_divided("the pre-", "and postwar"));
        assert!(!is_divided("die ein-", "bzw. ausgehen") && !is_divided("на Mac-", "и Linux-системах"));
    }
}
