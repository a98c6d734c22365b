//! Headings: their ranks in the book, parts, titles of texts that have none.

use super::chapter::Chapter;
use super::edits::Edits;
use crate::convert::chapters::is_part;
use crate::convert::layout::Layout;

/// How the headings of a text stand in the book.
pub(super) struct Ranks<'a> {
    pub depth: usize,
    /// The title that the order or the front matter gives, for a text without one.
    pub title: Option<&'a str>,
    /// Whether a text that begins with a heading has its title there, whatever the rank and the words, as the pages
    /// of a summary have.
    pub heads_itself: bool,
    /// Whether a second heading of the first rank is a section, and no further text.
    pub one_title: bool,
    /// Whether the title is that of a part.
    pub is_part: bool,
}

impl Ranks<'_> {
    /// The rank of the heading that a text without one of the first rank begins with, where that is its title: so
    /// mdBook's authors write the pages below a chapter.
    fn of_own_title(&self, lines: &[(usize, &str)]) -> Option<usize> {
        let title = self.title?;
        let (_, first) = lines.iter().find(|(_, line)| !line.trim().is_empty())?;
        let rank = level(first)?;
        (self.heads_itself || letters(first) == letters(title)).then_some(rank)
    }

    /// Whether a heading of the first rank may be the title of its text: where the front matter says one already, it has to
    /// be the first line, or to say the same.
    fn may_be_title(&self, lines: &[(usize, &str)], index: usize) -> bool {
        let Some(title) = self.title.filter(|_| self.one_title && !self.heads_itself) else { return true };
        lines[..index].iter().all(|(_, line)| line.trim().is_empty())
            || letters(lines[index].1.split('{').next().unwrap_or("")) == letters(title)
    }
}

/// The letters and figures of some words.
fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The title of the book, where only its first page says it: the heading of the README at the `root`, where the list of
/// pages does not name that page, or calls it something else.
pub(super) fn title_of_book(first: &Chapter, root: &str) -> Option<String> {
    let is_readme = first.path.eq_ignore_ascii_case(&crate::convert::tree::joined(root, "README.md"));
    let heading = first.text.lines().find(|line| !line.trim().is_empty()).filter(|_| is_readme)?;
    let words = heading.strip_prefix("# ")?.split('{').next()?.replace(['`', '*'], "");
    let words = words.trim();
    let is_named = first.title.as_ref().is_some_and(|title| title.eq_ignore_ascii_case(words));
    (!is_named && !words.contains(['[', '<', '!'])).then(|| words.to_owned())
}

/// A line with its place, without the white space before it that means nothing (CommonMark 0.31, §4.2).
fn unindented((at, line): (usize, &str)) -> (usize, &str) {
    let indent = line.bytes().take_while(|b| *b == b' ').count();
    if indent < 4 { (at + indent, &line[indent..]) } else { (at, line) }
}

/// The rank of the heading that a line is.
fn level(line: &str) -> Option<usize> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    ((1..=6).contains(&hashes) && line[hashes..].starts_with([' ', '\t'])).then_some(hashes)
}

const RANKED: &str = "headings given their rank";

/// Gives headings their ranks; sets a title where there is none.
pub(super) fn headings(edits: &mut Edits<'_>, ranks: &Ranks<'_>) {
    let lines: Vec<(usize, &str)> = edits.lines().into_iter().map(unindented).collect();
    let has_title = (0..lines.len()).any(|index| {
        let is_first_rank = level(lines[index].1) == Some(1) || setext(&lines, index).is_some();
        is_first_rank && ranks.may_be_title(&lines, index)
    });
    let own_title = ranks.of_own_title(&lines).filter(|_| !has_title);
    // so many ranks are all headings raised, so that the first is of the first rank
    let raised = own_title.map_or(0, |rank| rank - 1);
    let mut firsts = 0;
    for (index, (at, line)) in lines.iter().enumerate() {
        let at = *at;
        if let Some((new, what)) = part(line) {
            edits.leave_out(at, at + line.len(), new, what);
            continue;
        }
        let under = setext(&lines, index);
        let Some(level) = under.map(|_| 1).or_else(|| level(line)) else { continue };
        firsts += usize::from(level == 1);
        if level == 1 && under.is_none() && is_part_alone(&lines, index) {
            let words = line.split('{').next().unwrap_or(line).trim_end();
            edits.leave_out(at + words.len(), at + line.len(), " {.part}", "parts");
            continue;
        }
        if ranks.is_part && level == 1 && firsts == 1 && under.is_none() && !line.contains('{') {
            edits.put(at + line.len(), at + line.len(), " {.part}", "parts");
        }
        // the title stands above the text, or is the first of these
        let titles = usize::from(has_title || ranks.title.is_none());
        let is_section = ranks.one_title && own_title.is_none() && firsts > titles;
        let wanted = (level + ranks.depth + usize::from(is_section)).saturating_sub(raised).clamp(1, 6);
        match under {
            _ if wanted == level => {}
            Some((under, signs)) => {
                edits.put(at, at, format!("{} ", "#".repeat(wanted)), RANKED);
                edits.put(under, under + signs.len(), "", RANKED);
            }
            None => edits.put(at, at + level, "#".repeat(wanted), RANKED),
        }
    }
    if let Some(title) = ranks.title.filter(|_| !has_title && own_title.is_none()) {
        let title = title.replace(['{', '}', '<', '>'], "");
        let part = if ranks.is_part { " {.part}" } else { "" };
        let line = format!("{} {title}{part}\n\n", "#".repeat((1 + ranks.depth).min(6)));
        edits.put(0, 0, line, "titles from the order of the book, set above their texts");
    }
}

/// Whether a heading is all that a text says, and its words are those of a part: `# Part One`.
fn is_part_alone(lines: &[(usize, &str)], index: usize) -> bool {
    let words = lines[index].1.trim_start_matches('#').split('{').next().unwrap_or("");
    let is_only =
        || lines.iter().enumerate().all(|(other, (_, line))| other == index || line.trim().is_empty());
    is_part(words.trim()) && !lines[index].1.contains(".part") && is_only()
}

/// The place and the signs of the line below, where that makes a heading of the first rank of a line.
fn setext<'t>(lines: &[(usize, &'t str)], index: usize) -> Option<(usize, &'t str)> {
    let (at, words) = lines[index];
    let (under, signs) = *lines.get(index + 1)?;
    let marks = signs.trim_end();
    let adjoins = under == at + words.len() + 1;
    let is_first = !marks.is_empty() && marks.bytes().all(|b| b == b'=');
    (adjoins && is_first && !words.trim().is_empty() && level(words).is_none()).then_some((under, signs))
}

/// Our line for one that begins a part: Markua's `-# Title`, bookdown's `# (PART) Title` and `# (APPENDIX)`.
fn part(line: &str) -> Option<(String, &'static str)> {
    if line.starts_with("# (APPENDIX)") {
        return Some((String::new(), "marks before appendices"));
    }
    let bookdown = || Some(line.strip_prefix("# (PART")?.split_once(')')?.1.trim());
    let title = line.strip_prefix("-# ").map(str::trim).or_else(bookdown)?;
    let title = title.trim_end_matches("{-}").trim_end_matches("{.unnumbered}").trim();
    Some((format!("# {title} {{.part}}"), "parts"))
}

/// Whether the texts of a layout are one to the file.
pub(super) fn one_title(layout: Layout) -> bool {
    !matches!(layout, Layout::Plain | Layout::File | Layout::Pandoc | Layout::Bookdown | Layout::Leanpub)
}
