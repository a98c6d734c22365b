//! Commands of TeX among Markdown whose meaning is plain: emphasis, code, links, notes, names and signs become ours, and
//! what only tells TeX where to break or to indent goes. Formulas stay as they are.

use super::braces::argument;
use super::edits::Edits;
use super::mask::near;
use super::tex_signs::{accented, in_code};

const WHAT: &str = "commands of TeX into our marks";
const LAYOUT: &str = "commands of TeX for its own pages, left out";

/// Commands with one argument, and what stands before and behind its words.
const AROUND: [(&str, &str, &str); 16] = [
    ("emph", "*", "*"),
    ("textit", "*", "*"),
    ("textsl", "*", "*"),
    ("textbf", "**", "**"),
    ("texttt", "`", "`"),
    ("kode", "`", "`"),
    ("filepath", "`", "`"),
    ("textsc", "[", "]{.smallcaps}"),
    ("textsuperscript", "<sup>", "</sup>"),
    ("footnote", "^[", "]"),
    ("url", "<", ">"),
    ("mbox", "", ""),
    ("text", "", ""),
    ("textrm", "", ""),
    ("textnormal", "", ""),
    ("underline", "*", "*"),
];

/// Commands whose first argument is a colour, and whose second its words.
const COLOURED: [&str; 4] = ["textcolor", "coloredtext", "coloredtexthtml", "colorbox"];

/// Commands that put a picture in.
const PICTURES: [&str; 3] = ["includegraphics", "image", "imagebox"];

/// Environments that hold formulas, which stay as they are.
pub(super) const FORMULAS: [&str; 9] =
    ["equation", "align", "gather", "multline", "eqnarray", "displaymath", "math", "flalign", "array"];

/// Commands that stand for a word or a sign.
const WORDS: [(&str, &str); 14] = [
    ("LaTeX", "LaTeX"),
    ("TeX", "TeX"),
    ("PolyTeX", "PolyTeX"),
    ("PolyTeXnic", "PolyTeXnic"),
    ("ldots", "…"),
    ("dots", "…"),
    ("texttrademark", "™"),
    ("textregistered", "®"),
    ("copyright", "©"),
    ("textcopyright", "©"),
    ("textbackslash", "\\\\"),
    ("textasciitilde", "\\~"),
    ("textendash", "–"),
    ("textemdash", "—"),
];

/// Commands that say where TeX should break a line or indent one, or how large its letters are.
pub(super) const OF_ITS_PAGES: [&str; 22] = [
    "noindent",
    "indent",
    "linebreak",
    "nolinebreak",
    "hfill",
    "vfill",
    "centering",
    "raggedright",
    "raggedleft",
    "bigskip",
    "medskip",
    "smallskip",
    "small",
    "footnotesize",
    "normalsize",
    "large",
    "Large",
    "par",
    "protect",
    "maketitle",
    "tableofcontents",
    "appendix",
];

/// Rewrites the commands of a text, those within others by a later pass.
pub(super) fn tex_words(edits: &mut Edits<'_>) {
    let text = edits.text;
    let mut formulas = Formulas::of(text);
    let mut done = 0;
    for at in edits.places("\\") {
        if at < done || formulas.hold(at) || text[..at].ends_with('\\') {
            continue;
        }
        let command = &text[at + 1..];
        let length = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
        let (name, behind) = command.split_at(length);
        let from = at + 1 + length;
        if let Some((_, before, after)) = AROUND.iter().find(|(known, ..)| *known == name)
            && let Some(words) = argument(behind).filter(|words| !words.is_empty())
        {
            done = from + words.len() + 2;
            edits.leave_out(at, done, around(words, before, after), WHAT);
        } else if let Some((_, word)) = WORDS.iter().find(|(known, _)| *known == name) {
            // `\LaTeX\ in` has a space, `\LaTeX{}` ends the name
            let ends = ["\\ ", "{}"].iter().find(|end| behind.starts_with(**end)).copied().unwrap_or("");
            done = from + ends.len();
            edits.leave_out(at, done, format!("{word}{}", ends.trim_matches(['\\', '{', '}'])), WHAT);
        } else if OF_ITS_PAGES.contains(&name) {
            done = from + behind.len() - behind.trim_start_matches([' ', '\t']).len();
            edits.leave_out(at, done, "", LAYOUT);
        } else if let Some((length, letter)) = lettered(name, behind) {
            done = from + length;
            edits.leave_out(at, done, letter, WHAT);
        } else if PICTURES.contains(&name)
            && let (options, behind) = options(behind)
            && let Some(path) = argument(behind)
        {
            done = from + options + path.len() + 2;
            edits.leave_out(at, done, format!("![]({path})"), WHAT);
        } else if COLOURED.contains(&name)
            && let Some(colour) = argument(behind)
            && let Some(words) = argument(&behind[colour.len() + 2..])
        {
            done = from + colour.len() + words.len() + 4;
            edits.leave_out(at, done, words, WHAT);
        } else if name == "href"
            && let Some(address) = argument(behind)
            && let Some(words) = argument(&behind[address.len() + 2..])
        {
            done = from + address.len() + words.len() + 4;
            // within a link no other link can stand
            let link =
                if is_in_link(&text[done..]) { words.to_owned() } else { format!("[{words}](<{address}>)") };
            edits.leave_out(at, done, link, WHAT);
        }
    }
}

/// A letter with its accent in braces, `\"{o}`: without these it is a sign that Markdown lets stand.
fn lettered(name: &str, behind: &str) -> Option<(usize, String)> {
    let sign = behind.chars().next().filter(|c| name.is_empty() && c.is_ascii_punctuation())?;
    accented("", behind).filter(|_| behind[sign.len_utf8()..].starts_with('{'))
}

/// The length of options in brackets, and what stands behind them.
fn options(text: &str) -> (usize, &str) {
    let option = near(text).strip_prefix('[').and_then(|inside| inside.split_once(']'));
    let length = option.map_or(0, |(option, _)| option.len() + 2);
    (length, &text[length..])
}

/// Code as TeX has it, `\verb+x+`: whatever sign stands behind the command stands at the end. What is between may be
/// marks of code, so that this comes before all else.
pub(super) fn verbatim(edits: &mut Edits<'_>) {
    const COMMAND: &str = "\\verb";
    let text = edits.text;
    let mut done = 0;
    for (at, _) in text.match_indices(COMMAND) {
        let behind = &text[at + COMMAND.len()..];
        let sign =
            behind.chars().next().filter(|c| c.is_ascii_punctuation() && !matches!(c, '{' | '}' | '*' | '`'));
        let Some(sign) = sign.filter(|_| at >= done && !edits.mask.is_code(at)) else { continue };
        let Some(words) = behind[1..].split(['\n', sign]).next() else { continue };
        let end = at + COMMAND.len() + 2 + words.len();
        // what shows the command itself is code already
        if words.is_empty() || !text[..end].ends_with(sign) || text[..at].ends_with(['\\', '`']) {
            continue;
        }
        done = end;
        edits.leave_out(at, end, in_code(words, false), WHAT);
    }
}

/// Whether what stands before these words stands in the brackets of a link.
fn is_in_link(behind: &str) -> bool {
    let mut depth = 0_usize;
    for (at, sign) in near(behind).match_indices(['[', ']', '\n']) {
        match sign {
            "[" => depth += 1,
            "]" if depth > 0 => depth -= 1,
            "]" => return behind[at + 1..].starts_with('('),
            _ if behind[at + 1..].starts_with('\n') => return false,
            _ => {}
        }
    }
    false
}

/// Words within the marks that mean the same; code has no commands in it.
fn around(words: &str, before: &str, after: &str) -> String {
    if before == "`" {
        return in_code(words, true);
    }
    format!("{before}{words}{after}")
}

/// Where formulas stand: between dollar signs, one or two, and in environments of their own.
struct Formulas<'t> {
    text: &'t str,
    at: usize,
    is_open: bool,
    /// The environment that is open, from its beginning to its end.
    until: usize,
}

impl<'t> Formulas<'t> {
    fn of(text: &'t str) -> Formulas<'t> {
        Formulas { text, at: 0, is_open: false, until: 0 }
    }

    /// Whether a formula holds the place `at`; places are asked for in order.
    fn hold(&mut self, at: usize) -> bool {
        let mut before = '\n';
        for c in self.text[self.at..at].chars() {
            match c {
                '$' if before != '\\' && before != '$' => self.is_open = !self.is_open,
                // a formula does not go over a paragraph's end
                '\n' if before == '\n' => self.is_open = false,
                _ => {}
            }
            before = c;
        }
        self.at = at;
        let name = self.text[at..].strip_prefix("\\begin").and_then(argument);
        if let Some(name) =
            name.filter(|name| at >= self.until && FORMULAS.contains(&name.trim_end_matches('*')))
        {
            let end = near(&self.text[at..]).find(&format!("\\end{{{name}}}"));
            self.until = end.map_or(self.until, |end| at + end);
        }
        self.is_open || at < self.until
    }
}
