//! The lines of Mathpix and of tools like it: `\section*{…}` is a heading, `\footnotetext{…}` the text of a note, over several
//! lines too, and `${ }^{1}$` the call of one.

use super::change::Change;
use super::rules::NOTE_SIGNS;

/// What opens the text of a note.
const NOTE: &str = "\\footnotetext{";

/// Where the walk through the lines stands: how many braces of the text of a note are open.
#[derive(Default)]
pub(super) struct TexLines {
    open: usize,
}

impl TexLines {
    /// The changes of a line, in order.
    pub(super) fn changes(&mut self, line: &str) -> Vec<Change> {
        let from = line.len() - line.trim_start().len();
        if self.open > 0 && heading(line).is_some() {
            self.open = 0;
        }
        if self.open == 0 && !line[from..].starts_with(NOTE) {
            return heading(line).unwrap_or_else(|| calls_in_formulas(line));
        }
        let words = if self.open > 0 { from } else { from + NOTE.len() };
        let inner = words + line[words..].len() - line[words..].trim_start().len();
        self.open += usize::from(self.open == 0);
        let end = self.close(&line[inner..]).map(|at| inner + at);
        let mut found: Vec<Change> =
            (from < inner).then(|| (from, inner, String::new())).into_iter().collect();
        let text = &line[inner..end.unwrap_or(line.len())];
        found.extend(calls_in_formulas(text).into_iter().map(|(a, b, now)| (a + inner, b + inner, now)));
        found.extend(end.map(|end| (end, end + 1, String::new())));
        found
    }

    /// Counts the braces of a passage of a note; returns where the note is closed.
    fn close(&mut self, text: &str) -> Option<usize> {
        let mut escaped = false;
        for (at, c) in text.char_indices() {
            match c {
                '{' if !escaped => self.open += 1,
                '}' if !escaped => self.open -= 1,
                _ => {}
            }
            if self.open == 0 {
                return Some(at);
            }
            escaped = c == '\\' && !escaped;
        }
        None
    }
}

/// `\section*{…}` is a heading.
fn heading(line: &str) -> Option<Vec<Change>> {
    let text = line.trim();
    for (open, now) in [
        ("\\section*{", "# "),
        ("\\subsection*{", "## "),
        ("\\subsubsection*{", "### "),
        ("\\section{", "# "),
        ("\\title{", "# "),
    ] {
        if text.starts_with(open) && text.ends_with('}') {
            let from = line.len() - line.trim_start().len();
            let end = line.trim_end().len();
            let mut found = vec![(from, from + open.len(), now.to_owned())];
            let inner = calls_in_formulas(&line[from + open.len()..end - 1]);
            found.extend(
                inner.into_iter().map(|(a, b, now)| (a + from + open.len(), b + from + open.len(), now)),
            );
            found.push((end - 1, end, String::new()));
            return Some(found);
        }
    }
    None
}

/// Formulas that hold nothing but a raised number or mark.
pub(super) fn calls_in_formulas(line: &str) -> Vec<Change> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = line[at..].find('$').map(|n| at + n) {
        let Some(stop) = line[next + 1..].find('$').map(|n| next + 1 + n) else { break };
        let inner: String = line[next + 1..stop].chars().filter(|c| !c.is_whitespace()).collect();
        let core = inner.strip_prefix("{}").unwrap_or(&inner);
        let raised =
            core.strip_prefix("^{").and_then(|c| c.strip_suffix('}')).or_else(|| core.strip_prefix('^'));
        let mark = raised.map(|r| match r {
            "\\dagger" => "†",
            "\\ddagger" => "‡",
            "\\S" => "§",
            "*" | "\\*" | "\\ast" => "*",
            other => other,
        });
        let figures = |m: &str| (1..=3).contains(&m.len()) && m.bytes().all(|b| b.is_ascii_digit());
        let signs =
            |m: &str| !m.is_empty() && m.chars().count() <= 3 && m.chars().all(|c| NOTE_SIGNS.contains(&c));
        let powers = line[..next].ends_with(|c: char| c.is_ascii_digit()) && !inner.starts_with("{}");
        let marks = mark.filter(|_| !powers).map(|m| m.split(',').collect::<Vec<_>>());
        match marks.filter(|marks| marks.iter().all(|m| figures(m) || signs(m))) {
            Some(marks) => {
                let calls = marks.into_iter().map(|mark| format!("<sup>{mark}</sup>")).collect();
                found.push((next, stop + 1, calls));
                at = stop + 1;
            }
            // a sum of money has one sign alone
            None => at = next + 1,
        }
    }
    found
}
