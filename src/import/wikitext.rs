//! Wikisource's markup in the notation that the recogniser knows.
//!
//! A page is what stands behind a `<noinclude>` head, a form feed or a link to
//! the scan. Its running head is put in a line of its own, templates give way
//! to the words that they show, `<ref>` stays for the reader of lines.
//!
//! All pairs of brackets are found in one pass with a stack, so that a template
//! is judged in the length of its own words however deep it stands: n bytes
//! take n steps. What a change takes out keeps its line ends as [`UNSEEN_END`],
//! so that lines keep their numbers.

use super::change::Change;
use super::line::{EDGE_LINE, LINE_END, UNSEEN_END};
use std::collections::BTreeMap;

/// How deep templates are read.
const DEEPEST: usize = 40;

/// The changes of a text, in order.
pub(super) fn changes(text: &str) -> Vec<Change> {
    let mut reader = Reader {
        text,
        pairs: pairs(text),
        changes: Vec::new(),
        verse: 0,
        quote: 0,
        table: false,
        bold: false,
        italic: false,
        fresh: true,
        depth: 0,
    };
    reader.read(0, text.len());
    reader.changes
}

/// Where each `{{` and `[[` ends, and where its bars are.
fn pairs(text: &str) -> BTreeMap<usize, Pair> {
    let bytes = text.as_bytes();
    let mut found = BTreeMap::new();
    let mut open: Vec<(usize, Pair)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let two = bytes.get(at..at + 2).unwrap_or(b"");
        match two {
            b"{{" | b"[[" => open.push((at, Pair::default())),
            b"}}" | b"]]" => {
                let opening = if two == b"}}" { b'{' } else { b'[' };
                // what was opened inside and never closed is text
                if let Some(place) = open.iter().rposition(|(from, _)| bytes[*from] == opening) {
                    open.truncate(place + 1);
                    let (from, pair) = open.pop().unwrap_or_default();
                    found.insert(from, Pair { end: at + 2, ..pair });
                }
            }
            _ => {
                if bytes[at] == b'|'
                    && let Some((_, pair)) = open.last_mut()
                {
                    pair.bars.push(at);
                }
                at += 1;
                continue;
            }
        }
        at += 2;
    }
    found
}

/// What a pair of brackets holds.
#[derive(Clone, Debug, Default)]
struct Pair {
    /// One past its last byte.
    end: usize,
    /// The bars that part its arguments.
    bars: Vec<usize>,
}

struct Reader<'a> {
    text: &'a str,
    pairs: BTreeMap<usize, Pair>,
    changes: Vec<Change>,
    /// How many poems are open.
    verse: usize,
    /// How many quotations are open.
    quote: usize,
    table: bool,
    bold: bool,
    italic: bool,
    /// Whether nothing of the page was met yet.
    fresh: bool,
    depth: usize,
}

/// An argument of a template: its name, and its words.
struct Argument<'a> {
    name: &'a str,
    from: usize,
    to: usize,
}

impl<'a> Reader<'a> {
    /// Reads a passage.
    fn read(&mut self, from: usize, to: usize) {
        let mut at = from;
        let signs = ['{', '[', '<', '\'', '&', '\n', '\u{c}'];
        if from == 0 || self.text[..from].ends_with(['\n', '\u{c}']) {
            at = self.line_start(from, to);
        }
        while let Some(next) = self.text[at..to].find(signs).map(|n| at + n) {
            self.fresh &= self.text[at..next].trim().is_empty();
            let rest = &self.text[next..to];
            at = match rest.as_bytes()[0] {
                b'\n' => self.line_start(next + 1, to),
                b'\x0c' => {
                    self.fresh = true;
                    self.line_start(next + 1, to)
                }
                b'{' if rest.starts_with("{{") => self.template(next, to),
                b'[' => self.link(next, to),
                b'<' => self.tag(next, to),
                b'\'' => self.emphasis(next, rest),
                b'&' => self.entity(next, rest),
                _ => next + 1,
            };
        }
        self.fresh &= self.text[at..to].trim().is_empty();
    }

    /// Puts something else in the place of a passage; its line ends stay as ends that nobody sees.
    fn put(&mut self, from: usize, to: usize, now: &str) {
        let ends = self.text[from..to].matches('\n').count();
        let kept = now.matches('\n').count();
        let now = now.to_owned() + &UNSEEN_END.to_string().repeat(ends.saturating_sub(kept));
        if from < to || !now.is_empty() {
            self.changes.push((from, to, now));
        }
    }

    /// What a sign at the start of a line means; returns where to go on.
    fn line_start(&mut self, at: usize, to: usize) -> usize {
        let line = self.text[at..to].split(['\n', '\u{c}']).next().unwrap_or("");
        if self.table || line.starts_with("{|") {
            return self.row(at, line);
        }
        if line.trim().is_empty() {
            return at;
        }
        if self.verse > 0 && !line.trim_start().starts_with("</poem") {
            self.put(at, at, "      ");
            return at;
        }
        if let Some(end) = page_link(line) {
            self.put(at, at + end, "\u{c}");
            self.fresh = true;
            return at + end;
        }
        let depth = line.bytes().take_while(|b| *b == b'=').count();
        let title = line.trim_end();
        if (2..=6).contains(&depth) && title.len() > 2 * depth && title.ends_with(&"=".repeat(depth)) {
            let close = at + title.len() - depth;
            self.put(at, at + depth, &format!("{} ", "#".repeat(depth)));
            self.read(at + depth, close);
            self.put(close, close + depth, "");
            return close + depth;
        }
        let stop = |sign: &[char]| at + line.len() - line.trim_start_matches(sign).len();
        match line.as_bytes().first() {
            Some(b':' | b';') => {
                self.put(at, stop(&[':', ';', ' ']), "> ");
                stop(&[':', ';', ' '])
            }
            Some(b'#' | b'*') if !line.starts_with("* *") => {
                self.put(at, stop(&['#', '*', ' ']), "- ");
                stop(&['#', '*', ' '])
            }
            _ => {
                if self.quote > 0 {
                    self.put(at, at, "> ");
                }
                at
            }
        }
    }

    /// A line of a table: `|-` parts its rows, `||` its cells.
    fn row(&mut self, at: usize, line: &str) -> usize {
        self.table = !line.trim_start().starts_with("|}");
        let end = at + line.len();
        let text = line.trim_start();
        if text.starts_with("{|") || text.starts_with("|-") || text.starts_with("|}") {
            self.put(at, end, "");
            return end;
        }
        if text.starts_with('|') || text.starts_with('!') {
            let lead = at + line.len() - text.len();
            let mut from = lead + 1;
            self.put(at, from, "| ");
            while let Some(bar) = self.text[from..end].find("||").map(|n| from + n) {
                self.read(from, bar);
                self.put(bar, bar + 2, "|");
                from = bar + 2;
            }
            self.read(from, end);
            self.put(end, end, " |");
            return end;
        }
        at
    }

    /// The arguments of a template at byte `at`, and its name.
    fn arguments(&self, at: usize, pair: &Pair) -> (String, Vec<Argument<'a>>) {
        let inner = pair.end - 2;
        let stops: Vec<usize> = pair.bars.iter().copied().chain([inner]).collect();
        let name = self.text[at + 2..stops[0]].trim().to_lowercase().replace('_', " ");
        let argument = |pair: &[usize]| {
            let (from, to) = (pair[0] + 1, pair[1]);
            let whole = &self.text[from..to];
            let key = |k: &&str| {
                !k.trim().is_empty() && k.trim().chars().all(|c| c.is_alphanumeric() || " -_".contains(c))
            };
            let name = whole.split_once('=').map(|p| p.0).filter(key);
            let length = name.map_or(0, |n| n.len() + 1);
            let name = name.map_or("", str::trim);
            let name = if name.bytes().all(|b| b.is_ascii_digit()) { "" } else { name };
            Argument { name, from: from + length, to }
        };
        (name, stops.windows(2).map(argument).collect())
    }

    /// `{{…}}`: the words that it shows.
    fn template(&mut self, at: usize, to: usize) -> usize {
        let Some(pair) = self.pairs.get(&at).filter(|p| p.end <= to).cloned() else { return at + 2 };
        if self.depth >= DEEPEST {
            return pair.end;
        }
        let (name, arguments) = self.arguments(at, &pair);
        let plain: Vec<&Argument<'_>> = arguments.iter().filter(|a| a.name.is_empty()).collect();
        let words = |a: &&Argument<'_>| bare(&self.text[a.from..a.to]);
        if let Some(sign) = fixed(&name) {
            self.put(at, pair.end, sign);
        } else if is_running_head(&name) {
            let head = head_words(&plain.iter().map(words).collect::<Vec<_>>());
            self.put(at, pair.end, &format!("{LINE_END}{EDGE_LINE}{head}{LINE_END}"));
        } else if name == "page" || name == "pagenum" || name == "page number" {
            let number = arguments.iter().rfind(|a| matches!(a.name, "" | "num")).map(|a| words(&a));
            let number = number.filter(|n| n.bytes().all(|b| b.is_ascii_digit())).unwrap_or_default();
            self.put(at, pair.end, &format!("\u{c}{number}{LINE_END}"));
            self.fresh = true;
        } else if PICTURES.iter().any(|p| name.starts_with(p)) {
            let caption = arguments.iter().find(|a| matches!(a.name, "caption" | "cap"));
            self.picture(at, pair.end, caption.map(|a| (a.from, a.to)));
        } else if name.starts_with("toc row") || name.starts_with("dotted toc") || name.starts_with("dtpl") {
            let cells: Vec<String> = plain.iter().map(words).filter(|w| !w.is_empty()).collect();
            let (page, title) = cells.split_last().map_or(("", &[][..]), |(p, t)| (p.as_str(), t));
            self.put(at, pair.end, &format!("{} .... {page}", title.join(" ")));
        } else if let Some(shown) = shown(&name, &plain) {
            let (from, until) = (shown.from, shown.to);
            self.show(at, pair.end, (from, until), &name);
        }
        pair.end
    }

    /// Takes away what stands around the words that a template shows.
    fn show(&mut self, at: usize, end: usize, (from, to): (usize, usize), name: &str) {
        let whole = !self.text[..at].ends_with(|c: char| c != '\n' && c != '\u{c}' && c != '>')
            && !self.text[end..].starts_with(|c: char| c != '\n' && c != '\u{c}' && c != '<');
        let size = if self.depth == 0 && whole && is_centred(name) { size(&self.text[from..to]) } else { 0 };
        self.put(at, from, ["", "## ", "# "][size]);
        let (verse, quote) = (usize::from(VERSE.contains(&name)), usize::from(QUOTES.contains(&name)));
        (self.verse, self.quote, self.depth) = (self.verse + verse, self.quote + quote, self.depth + 1);
        if quote > 0 && whole {
            self.put(from, from, "> ");
        }
        self.read(from, to);
        (self.verse, self.quote, self.depth) = (self.verse - verse, self.quote - quote, self.depth - 1);
        let divided = name == "hws" || name == "hyphenated word start";
        // the whole word shows whether the hyphen is its own
        let own = || bare(&self.text[to..end]).contains(&format!("{}-", bare(&self.text[from..to])));
        self.put(to, end, ["", "\u{ad}", "-"][usize::from(divided) + usize::from(divided && own())]);
    }

    /// A picture with its caption.
    fn picture(&mut self, at: usize, end: usize, caption: Option<(usize, usize)>) {
        let Some((from, to)) = caption.filter(|(from, to)| !self.text[*from..*to].trim().is_empty()) else {
            return self.put(at, end, "[Illustration]");
        };
        self.put(at, from, "[Illustration: ");
        self.depth += 1;
        self.read(from, to);
        self.depth -= 1;
        self.put(to, end, "]");
    }

    /// `[[target|words]]`, `[http://… words]`.
    fn link(&mut self, at: usize, to: usize) -> usize {
        if let Some(pair) = self.pairs.get(&at).filter(|p| p.end <= to).cloned() {
            let target = self.text[at + 2..pair.end - 2].to_lowercase();
            let last = pair.bars.last().map_or(at + 2, |bar| bar + 1);
            if target.starts_with("file:") || target.starts_with("image:") {
                let option = |words: &str| OPTIONS.contains(&words) || words.ends_with("px");
                let caption = &self.text[last..pair.end - 2];
                let told = !pair.bars.is_empty() && !option(caption.trim());
                self.picture(at, pair.end, told.then_some((last, pair.end - 2)));
            } else {
                self.put(at, last, "");
                self.read(last, pair.end - 2);
                self.put(pair.end - 2, pair.end, "");
            }
            return pair.end;
        }
        let rest = near(&self.text[at..to]);
        if rest.starts_with("[http")
            && let Some(close) = rest.find(']')
            && let Some(space) = rest[..close].find(' ')
        {
            self.put(at, at + space + 1, "");
            self.put(at + close, at + close + 1, "");
            return at + close + 1;
        }
        at + 1
    }

    /// `''…''` and `'''…'''`.
    fn emphasis(&mut self, at: usize, rest: &str) -> usize {
        let marks = rest.bytes().take_while(|b| *b == b'\'').count();
        let now = match (marks, self.italic) {
            (2, _) => "_",
            (3, _) => "=",
            (5, false) => "=_",
            (5, true) => "_=",
            _ => return at + marks.max(1),
        };
        self.italic ^= marks != 3;
        self.bold ^= marks != 2;
        self.put(at, at + marks, now);
        at + marks
    }

    /// `&mdash;`, `&#8212;`.
    fn entity(&mut self, at: usize, rest: &str) -> usize {
        let Some((name, _)) = rest[1..].get(..rest.len().min(12) - 1).and_then(|r| r.split_once(';')) else {
            return at + 1;
        };
        let coded = || {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            };
            code.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from)
        };
        let known = ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, now)| (*now).to_owned());
        let Some(now) = known.or_else(coded) else { return at + 1 };
        self.put(at, at + name.len() + 2, &now);
        at + name.len() + 2
    }

    /// `<noinclude>`, `<ref>`, `<poem>` and tags that only look well.
    fn tag(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.text[at..to];
        if rest.starts_with("<noinclude>") {
            return self.edge(at, to);
        }
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(to, |n| at + n + 3);
            if super::mark::page_mark_number(&self.text[at..end]).is_none() {
                self.put(at, end, "");
            }
            return end;
        }
        if rest.starts_with("<ref") && !rest.starts_with("<references") {
            return self.note(at, to);
        }
        let Some(close) = near(rest).find('>') else { return at + 1 };
        let end = at + close + 1;
        let inner = rest[1..close].trim_end_matches('/');
        let closes = inner.starts_with('/');
        let name = inner.trim_start_matches('/').split_whitespace().next().unwrap_or("").to_lowercase();
        let now = match name.as_str() {
            "poem" => {
                self.verse = if closes { self.verse.saturating_sub(1) } else { self.verse + 1 };
                ""
            }
            "blockquote" => {
                self.quote = if closes { self.quote.saturating_sub(1) } else { self.quote + 1 };
                ""
            }
            "br" if self.verse > 0 => "",
            "br" => " ",
            "i" | "em" => "_",
            "b" | "strong" => "=",
            _ if LOOKS.contains(&name.as_str()) => "",
            _ => return at + 1,
        };
        self.put(at, end, now);
        let opens = matches!(name.as_str(), "poem" | "blockquote") && !closes;
        let more = |text: &str| !text.starts_with('\n') && !text.is_empty();
        if opens && more(&self.text[end..to]) {
            let lead = if name == "poem" { "      " } else { "> " };
            self.put(end, end, &format!("{LINE_END}{lead}"));
        }
        end
    }

    /// `<ref>…</ref>` in one line; the reader of lines makes a note of it.
    fn note(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.text[at..to];
        let Some(open) = near(rest).find('>') else { return at + 1 };
        if rest[..open].ends_with('/') {
            return at + open + 1;
        }
        let Some(close) = rest.find("</ref>") else { return at + 1 };
        let inner = self.text[at + open + 1..at + close].to_owned();
        let before = self.changes.len();
        let (verse, quote) = (std::mem::take(&mut self.verse), std::mem::take(&mut self.quote));
        self.depth += 1;
        self.read(at + open + 1, at + close);
        self.depth -= 1;
        (self.verse, self.quote) = (verse, quote);
        for (at, _) in inner.match_indices('\n').map(|(n, s)| (at + open + 1 + n, s)) {
            let taken = self.changes[before..].iter().any(|c| (c.0..c.1).contains(&at));
            if !taken {
                self.changes.push((at, at + 1, UNSEEN_END.to_string()));
            }
        }
        self.changes[before..].sort_by_key(|c| (c.0, c.1));
        at + close + "</ref>".len()
    }

    /// `<noinclude>…</noinclude>`: the head of a page, or its foot.
    fn edge(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.text[at..to];
        let Some(close) = rest.find("</noinclude>") else { return at + 1 };
        let end = at + close + "</noinclude>".len();
        let inner = at + "<noinclude>".len()..at + close;
        let running = |(from, pair): (&usize, &Pair)| {
            let (name, arguments) = self.arguments(*from, pair);
            let words = || arguments.iter().filter(|a| a.name.is_empty());
            is_running_head(&name)
                .then(|| head_words(&words().map(|a| bare(&self.text[a.from..a.to])).collect::<Vec<_>>()))
        };
        let head = self.pairs.range(inner.clone()).find_map(running);
        let head = head.unwrap_or_else(|| bare(&self.text[inner.clone()]));
        let begins = self.fresh || self.text[inner].contains("<pagequality");
        let now = match (begins, head.is_empty()) {
            (true, true) => "\u{c}".to_owned(),
            (true, false) => format!("\u{c}{EDGE_LINE}{head}{LINE_END}"),
            (false, true) => String::new(),
            (false, false) => format!("{LINE_END}{EDGE_LINE}{head}{LINE_END}"),
        };
        self.put(at, end, &now);
        // behind a foot nothing but the head of the next page can stand
        self.fresh = !begins;
        end
    }
}

/// The beginning of a text: a tag or the address of a link is no longer than that.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(400)]
}

/// `[[Page:The Mill.djvu/25]]` or `Page:The Mill.djvu/25`, alone in a line: its length.
fn page_link(line: &str) -> Option<usize> {
    let core = line.trim().trim_start_matches(['[', '=', ' ']);
    let name = core.strip_prefix("Page:").or_else(|| core.strip_prefix("Seite:"))?;
    let bare = name.trim_end_matches([']', '=', ' ']);
    let number = bare.split('|').next()?.rsplit_once('/')?.1;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| line.trim_end().len())
}

/// The words of a passage without any marks.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let cut = match c {
            '<' => rest.find('>').map(|n| n + 1),
            '{' if rest.starts_with("{{") => {
                [rest.find('|').map(|bar| bar + 1), rest.find("}}").map(|end| end + 2)]
                    .into_iter()
                    .flatten()
                    .min()
            }
            '[' if rest.starts_with("[[") => Some(2),
            _ if ["}}", "]]", "''"].iter().any(|s| rest.starts_with(s)) => Some(2),
            _ => None,
        };
        match cut {
            Some(length) => rest = &rest[length..],
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a running head: what stands left, in the middle and right.
fn head_words(parts: &[String]) -> String {
    parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join("   ")
}

fn is_running_head(name: &str) -> bool {
    matches!(
        name,
        "rh" | "runningheader" | "running header" | "running head" | "rvh" | "rhb" | "runningfooter"
    )
}

fn is_centred(name: &str) -> bool {
    matches!(name, "c" | "center" | "centre" | "ct" | "block center")
}

/// How much larger a centred line is than the text: 0, 1 or 2.
fn size(inner: &str) -> usize {
    let lower = inner.to_lowercase();
    if ["x-larger|", "xl|", "xxl|", "x-larger block|"].iter().any(|s| lower.contains(s)) {
        2
    } else {
        usize::from(["{{larger|", "{{lg|", "<big>"].iter().any(|s| lower.contains(s)))
    }
}

/// Templates that stand for a sign, or for nothing but white space.
fn fixed(name: &str) -> Option<&'static str> {
    Some(match name {
        "nop" | "dhr" | "-" | "clear" | "rule" | "reflist" | "smallrefs" | "page break"
        | "page separator" | "anchor" | "anchor+" | "toc begin" | "toc end" | "shy" | "pt" | "hr"
        | "references" | "crule" | "custom rule" | "float right" => "",
        "***" | "* * *" | "asterism" | "separator" | "dotted rule" | "asterisks" => "* * *",
        "gap" | "em" | "0" | "spaces" | "phantom" | "quad" | "nbsp" | "indent" => " ",
        "..." | "ellipsis" | "ddd" => "…",
        "—" | "bar" | "mdash" | "longdash" | "emdash" | "em dash" | "--" => "—",
        "ls" | "long s" => "s",
        "'" => "’",
        "' \"" | "'\"" => "’”",
        "\" '" | "\"'" => "“‘",
        "=" => "=",
        "!" => "|",
        _ => return None,
    })
}

/// The argument whose words a template shows; `None` when nobody can know.
fn shown<'t, 'a>(name: &str, plain: &[&'t Argument<'a>]) -> Option<&'t Argument<'a>> {
    match plain {
        [only] => Some(only),
        [first, ..] if FIRST.contains(&name) => Some(first),
        [.., last] if LAST.contains(&name) => Some(last),
        _ => None,
    }
}

/// Templates that show the first of several arguments.
const FIRST: [&str; 18] = [
    "hws",
    "hyphenated word start",
    "hwe",
    "hyphenated word end",
    "sic",
    "tooltip",
    "abbr",
    "di",
    "dropinitial",
    "drop initial",
    "initial",
    "sc",
    "c",
    "center",
    "right",
    "left",
    "ppoem",
    "block center",
];

/// Templates that show the last of several.
const LAST: [&str; 16] = [
    "lang",
    "lang block",
    "color",
    "colour",
    "fs",
    "fsx",
    "font-size",
    "font size",
    "sized",
    "al",
    "author link",
    "hanging indent",
    "hi",
    "left margin",
    "corr",
    "errata",
];

/// Templates of verse.
const VERSE: [&str; 3] = ["ppoem", "poem", "verse"];
/// Templates of quotations.
const QUOTES: [&str; 4] = ["quote", "quotation", "blockquote", "bq"];
/// Templates of pictures.
const PICTURES: [&str; 7] =
    ["fi", "freedimg", "img float", "raw image", "missing image", "overfloat image", "figure"];
/// Words beside a picture's name that are no caption.
const OPTIONS: [&str; 9] =
    ["center", "centre", "left", "right", "none", "thumb", "frameless", "frame", "border"];
/// Tags that only look well.
const LOOKS: [&str; 24] = [
    "references",
    "section",
    "pagequality",
    "div",
    "span",
    "small",
    "big",
    "center",
    "u",
    "s",
    "p",
    "tt",
    "nowiki",
    "includeonly",
    "onlyinclude",
    "abbr",
    "font",
    "table",
    "tr",
    "td",
    "pages",
    "cite",
    "ins",
    "hr",
];
const ENTITIES: [(&str, &str); 17] = [
    ("nbsp", "\u{a0}"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("hellip", "…"),
    ("shy", "\u{ad}"),
    ("thinsp", " "),
    ("emsp", " "),
    ("ensp", " "),
    ("pound", "£"),
];

#[cfg(test)]
mod tests {
    use super::super::dialect::Dialect;
    use super::super::translate::Translation;

    #[test]
    fn markup_gives_way_to_its_words() {
        for (text, wanted) in [
            (
                "<noinclude><pagequality level=\"3\" user=\"\" />{{rh|12|THE ''MILL''|}}</noinclude>Up",
                "\u{c}\u{2029}12   THE MILL\u{b}Up",
            ),
            ("a{{hws|ac|acknow}}<noinclude>\n<references/></noinclude>", "aac\u{ad}\u{85}"),
            ("{{hwe|know|acknow}} it", "know it"),
            ("{{c|{{x-larger|THE {{sc|Mill}}}}}}\n", "# THE Mill\n"),
            ("''a'' '''b''' &mdash; {{gap}}[[Author:X|X]] [[Y]]", "_a_ =b= —  X Y"),
            ("== I ==\n:q\n<poem>\na\n b\n</poem>", "##  I \n> q\n\n      a\n       b\n"),
            ("x<ref>one\ntwo</ref> y", "x<ref>one\u{85}two</ref> y"),
            ("[[File:A.jpg|center|300px|The mill]] {{lang|fr|mot}}", "[Illustration: The mill] mot"),
            ("{{what|1|2}} {{ {{ [[ ]", "{{what|1|2}} {{ {{ [[ ]"),
            ("{|\n|-\n| 1 || 2\n|}", "\n\n|  1 | 2 |\n"),
        ] {
            let translation = Translation::of(text, Dialect::Wikisource);
            assert_eq!(translation.text, wanted);
            assert_eq!(translation.restored(), text);
        }
    }
}
