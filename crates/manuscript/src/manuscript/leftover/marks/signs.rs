//! Signs that no prose has, whatever program they belong to: what the kinds of the other files do not know by name is
//! known by where its signs stand. Signs between spaces say something to a reader (`a = b`, `5 % of`); those that touch
//! the words that they stand before are a mark.

use super::{LONGEST_RUN, Look, Mark};
use crate::manuscript::leftover::kinds::Kind;
use crate::manuscript::leftover::view::OBJECT;

/// Signs of which two together begin no word of prose.
const DOUBLED: &str = "#+=@~^|%&\\<>$/!?;";
/// Signs that, alone, may stand before a word and behind it, but not on both sides of words.
const AROUND: &str = "+=@%#^|!?&~";
/// Signs of which a line may be drawn.
const RULES: &str = "#=+@~^|%&\\<>_$/:;";
/// What Word writes for a field or a blank is known by so many cells.
const LONGEST_FIELD: usize = 60;
/// So many cells may stand between two signs of a pair.
const WITHIN: usize = 200;

impl Look<'_> {
    /// What begins a heading, a quotation or a list elsewhere, and nothing in verse: `# Spring`, `> She came`, `- No more`.
    pub(super) fn verse_mark(&self, at: usize, c: char) -> Option<Mark> {
        let length = if c == '#' { self.run(at, |c| c == '#') } else { 1 };
        let behind = self.get(at + length);
        let line = self.text(at, self.line_end(at));
        let is_pause = line.chars().all(|c| c == ' ' || c.is_ascii_punctuation());
        let kind = match c {
            '-' if behind == ' ' => Kind::VerseDash,
            '#' if length <= 6 && behind == ' ' => Kind::VerseMark,
            '>' if behind == ' ' || behind.is_alphabetic() => Kind::VerseMark,
            '+' | '*' if behind == ' ' => Kind::VerseMark,
            _ => return None,
        };
        (!is_pause).then(|| self.mark(kind, at, at + length)).flatten()
    }

    /// What a sign is that no other kind knows.
    pub(super) fn foreign_sign(&self, at: usize, c: char) -> Option<Mark> {
        if c.is_alphanumeric() && !self.begins(at) {
            return None;
        }
        if self.in_address(at) && !self.starts(at, "//") {
            // `link:http://a.org[words]`
            let end = (c == ':').then(|| self.macro_end(at)).flatten()?;
            return self.mark(Kind::Signs, at, end);
        }
        self.rule_of_signs(at)
            .or_else(|| self.arrow(at, c))
            .or_else(|| self.doubled_sign(at, c))
            .or_else(|| self.around_words(at, c))
            .or_else(|| self.before_line(at, c))
            .or_else(|| self.glued(at, c))
            .or_else(|| self.reminder(at, c))
            .or_else(|| self.written_by_programs(at, c))
    }

    /// A line of signs alone that is no pause between scenes: `===`, `^^^^^`, `..`.
    fn rule_of_signs(&self, at: usize) -> Option<Mark> {
        if !self.begins(at) {
            return None;
        }
        let length = self.run(at, |c| RULES.contains(c) || matches!(c, '.' | '*'));
        let end = self.line_end(at);
        let is_line = length >= 2 && self.cells[at + length..end].iter().all(|cell| cell.c.is_whitespace());
        let line = self.text(at, at + length);
        // dots alone are words left out, but for the two of a comment of reStructuredText's
        let is_rule = line == ".." || !line.contains('.') && (line.contains('/') || !line.contains('*'));
        (is_line && is_rule && !line.chars().all(|c| c == '_'))
            .then(|| self.mark(Kind::Signs, at, end))
            .flatten()
    }

    /// `->`, `=>`, `<=`, `<->` between words.
    fn arrow(&self, at: usize, c: char) -> Option<Mark> {
        let is_shaft = |c: char| matches!(c, '-' | '–' | '—' | '=');
        let ends = |c: char| c.is_whitespace() || c.is_alphanumeric();
        let from = at - self.cells[..at].iter().rev().take(3).take_while(|cell| is_shaft(cell.c)).count();
        let to = at + 1 + self.run(at + 1, is_shaft).min(3);
        let pointed = match c {
            '>' if from < at => Some((from, at + 1)),
            '<' if to > at + 1 => Some((at, to + usize::from(self.get(to) == '>'))),
            '>' | '!' if self.get(at + 1) == '=' => Some((at, at + 2)),
            _ => None,
        };
        let (from, to) = pointed?;
        let is_between = ends(self.before(from)) && ends(self.get(to)) && (from > 0 || to < self.cells.len());
        is_between.then(|| self.mark(Kind::Arrow, from, to)).flatten()
    }

    /// Whether a word may begin at `at`: nothing stands before it, or what opens a word.
    fn opens(&self, at: usize) -> bool {
        let before = self.before(at);
        self.begins(at) || before.is_whitespace() || matches!(before, '(' | '[' | '"' | '“' | '‘' | '«' | '—')
    }

    /// `^^words^^`, `((words))`, `//words//`, `@@name`: two signs before a word.
    fn doubled_sign(&self, at: usize, c: char) -> Option<Mark> {
        if c == '(' {
            let end = self.next(at + 2, "))", 400).filter(|_| self.starts(at, "((") && self.opens(at))?;
            // `((a) and (b))` has brackets of its own within the outer ones
            let is_plain = !self.text(at + 2, end).trim_start_matches('(').contains('(');
            return is_plain.then(|| self.mark(Kind::Signs, at, end + 2)).flatten();
        }
        let length = self.run(at, |c| DOUBLED.contains(c));
        let behind = self.get(at + length);
        let is_word =
            behind.is_alphanumeric() || matches!(behind, '"' | '“' | '(' | '[' | '{') || behind == OBJECT;
        let exclaims = self.text(at, at + length).chars().all(|c| matches!(c, '!' | '?'));
        let headed = c == '#' && self.begins(at);
        if length < 2 || !DOUBLED.contains(c) || !is_word || !self.opens(at) || headed {
            return None;
        }
        let sign: String = std::iter::repeat_n(c, 2).collect();
        let close = self.next(at + length, &sign, WITHIN);
        if exclaims && close.is_none() {
            return None;
        }
        self.mark(
            Kind::Signs,
            at,
            close.map_or(at + length + self.run(at + length, char::is_alphanumeric), |end| end + 2),
        )
    }

    /// `+words+`, `=words=`, `@words@`: a sign before the first word and behind the last.
    fn around_words(&self, at: usize, c: char) -> Option<Mark> {
        let first = self.get(at + 1);
        if !AROUND.contains(c) || !self.opens(at) || !(first.is_alphabetic() || matches!(first, '"' | '“'))
        {
            return None;
        }
        let sign = c.to_string();
        let close = self.next(at + 2, &sign, WITHIN)?;
        // `|x|`, `|a−b|`: the value of a number without its sign
        let inside = || self.text(at + 1, close);
        if c == '|'
            && (close == at + 2
                || inside().contains(['+', '-', '−', '·', '/', '(']) && !inside().contains(' '))
        {
            return None;
        }
        let last = self.before(close);
        let behind = self.get(close + 1);
        let closes = (last.is_alphanumeric() || matches!(last, '.' | ',' | '"' | '”' | '’'))
            && !behind.is_alphanumeric()
            && behind != c;
        // a question within a sentence that begins with a sign of its own is none of these
        let is_pair = !matches!(c, '!' | '?') || self.before(at).is_whitespace() || at == 0;
        (closes && is_pair).then(|| self.mark(Kind::Signs, at, close + 1)).flatten()
    }

    /// What begins a paragraph and touches its first word: `.PP`, `=head1`, `:indented`, `!Forced`; `; term`.
    fn before_line(&self, at: usize, c: char) -> Option<Mark> {
        if at > 0 {
            return None;
        }
        let letters = self.run(1, |c| c.is_alphabetic());
        let behind = self.get(1 + letters);
        let is_mark = match c {
            '.' => {
                let is_remark = self.cells.get(1).is_some_and(|cell| cell.c == '"' && cell.literal);
                letters >= 1 && (behind.is_whitespace() || behind == ':') || self.get(1) == '\\' || is_remark
            }
            '#' => self.starts(0, "##") && self.get(self.run(0, |c| c == '#')) == '.',
            '=' | ':' | '!' | '?' | '~' => letters >= 2,
            ';' | '/' => self.get(1) == ' ' && self.get(2).is_alphabetic(),
            '@' | '+' if self.is_called_out(c) => true,
            '@' if self.is_forced_name() => true,
            '@' => {
                letters >= 1 && self.run(1, |c| c.is_ascii_uppercase() || c.is_ascii_digit()) > 0 && {
                    let name = self.run(1, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
                    self.get(1 + name) == ':'
                }
            }
            _ => false,
        };
        is_mark.then(|| self.mark(Kind::Signs, 0, 1 + letters.max(1))).flatten()
    }

    /// `@@@ words`, `++ words`: two or three signs and a space before words.
    fn is_called_out(&self, c: char) -> bool {
        let signs = self.run(0, |d| d == c);
        (2..=3).contains(&signs) && self.get(signs) == ' ' && self.get(signs + 1).is_alphabetic()
    }

    /// `@McCLANE` alone in a line above others: who speaks, as Fountain has it.
    fn is_forced_name(&self) -> bool {
        let end = self.line_end(0);
        let line = self.text(1, end);
        let name = line.trim_end();
        let capitals = name.chars().rev().take_while(char::is_ascii_uppercase).count();
        end < self.cells.len() && capitals > 2 && name.chars().all(|c| c.is_alphanumeric() || c == ' ')
    }

    /// A sign that touches a word as no prose has it: `^word`, `~word`, `%s`, `$name`, `l|ttle`, `<w:p>`, `name:[words]`.
    fn glued(&self, at: usize, c: char) -> Option<Mark> {
        let (before, after) = (self.before(at), self.get(at + 1));
        let free = self.opens(at);
        let word = at + 1 + self.run(at + 1, char::is_alphanumeric);
        let to = match c {
            '^' if free && before != '[' && (after.is_alphabetic() || after == '(') => word,
            '~' if free && after.is_alphabetic() => word,
            '%' if free && (after.is_ascii_lowercase() || after == '(' || self.get(word) == '$') => word,
            '$' if free && (after == '{' || self.run(at + 1, |c| c.is_ascii_lowercase()) >= 2) => word,
            '@' if free && after == '(' => at + 2,
            '@' if free && matches!(self.get(word), '{' | '[') && word > at + 1 => word + 1,
            '|' if before.is_alphabetic() && after.is_alphabetic() => word,
            '{' if !self.is_spaced(at) && after != '\\' && !self.is_argument(at) => {
                at + 1 + self.run(at + 1, |c| c != ' ').min(12)
            }
            '&' if after == '#' && self.next(at, ";", 10).is_some() => self.closed(at, ";"),
            '<' if after == '>' && before.is_ascii_uppercase() => at + 2,
            '<' => self.in_angles(at)?,
            '$' if before == OBJECT && !after.is_alphanumeric() || free && after == OBJECT => {
                return self.mark(Kind::Math, at, at + 1);
            }
            '«' => return self.merged(at),
            ':' => self.macro_end(at)?,
            ')' if after == '[' => self.turned_link(at)?,
            _ => return None,
        };
        self.mark(Kind::Signs, at, to)
    }

    /// Whether what begins there is an argument of a command of TeX's, which is told of: `\emph{words}`, `\frac{a}{b}`.
    fn is_argument(&self, at: usize) -> bool {
        let letters =
            self.cells[..at].iter().rev().take(LONGEST_RUN).take_while(|cell| cell.c.is_alphabetic());
        let from = at - letters.count();
        from < at && self.before(from) == '\\' || matches!(self.before(at), '}' | ']')
    }

    /// `«First_Name»`, a place that Word fills in from a list.
    fn merged(&self, at: usize) -> Option<Mark> {
        let length = self.run(at + 1, |c| c.is_ascii_alphanumeric() || c == '_');
        let name = self.text(at + 1, at + 1 + length);
        (name.contains('_') && self.get(at + 1 + length) == '»')
            .then(|| self.mark(Kind::Placeholder, at, at + 2 + length))
            .flatten()
    }

    /// Whether spaces stand on both sides.
    fn is_spaced(&self, at: usize) -> bool {
        self.before(at).is_whitespace() && self.get(at + 1).is_whitespace()
    }

    /// The end of `<w:p>`, `<1>`, `<% now() %>`: no space at either end within.
    fn in_angles(&self, at: usize) -> Option<usize> {
        let end = self.next(at + 2, ">", 60)?;
        let inside = self.text(at + 1, end);
        let is_tag = !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
        // what HTML may be is told of as such
        let name = inside.strip_prefix('/').unwrap_or(&inside);
        let behind = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let is_html = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && (behind.is_empty() || behind.starts_with([' ', '/']));
        (is_tag && !is_html && !inside.contains(OBJECT)).then_some(end + 1)
    }

    /// The end of `footnote:[words]`, `image::map.png[The map]`, as AsciiDoc has them.
    fn macro_end(&self, at: usize) -> Option<usize> {
        let colons = self.run(at, |c| c == ':');
        let target = self.run(at + colons, |c| !c.is_whitespace() && c != '[').min(WITHIN);
        let open = at + colons + target;
        let is_named = self.before(at).is_ascii_lowercase() && colons <= 2 && self.get(open) == '[';
        let end = self.next(open, "]", 400).filter(|_| is_named)?;
        let inside = self.text(open + 1, end);
        // a note's number behind a colon
        let is_number = target == 0 && !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit());
        (!is_number).then_some(end + 1)
    }

    /// The end of `(words)[address]`, whose brackets are the wrong way round.
    fn turned_link(&self, at: usize) -> Option<usize> {
        let end = self.next(at + 2, "]", WITHIN)?;
        let inside = self.text(at + 2, end);
        // the address may stand first: `(http://a.org)[words]`
        let is_first =
            self.before(at) == OBJECT && at >= 2 && self.get(at - 2) == '(' && !inside.starts_with('^');
        let is_address =
            is_first || inside.contains(['/', '#', OBJECT]) || inside.contains('.') && !inside.contains(' ');
        is_address.then_some(end + 1)
    }

    /// `TODO: words`, `FIXME`, `TKTK` at the beginning of a line, `(TK)`: words that a book may print as well.
    fn reminder(&self, at: usize, c: char) -> Option<Mark> {
        let from = at + usize::from(c == '(');
        if !matches!(c, '(' | 'T' | 'F' | 'L' | 'D' | 'W') || !self.begins(at) && c != '(' {
            return None;
        }
        let length = self.run(from, |c| c.is_ascii_uppercase());
        let behind = self.get(from + length);
        let is_reminder = match self.text(from, from + length).as_str() {
            "TODO" | "LATER" | "DOING" | "WAITING" if behind == ' ' && self.begins_item(at) => true,
            "TODO" => behind == ':' || c == '(' && behind == ')' || length == self.cells.len(),
            "FIXME" => true,
            "TK" => c == '(' && behind == ')' || length == self.cells.len(),
            "TKTK" | "TKTKTK" => true,
            _ => false,
        };
        is_reminder
            .then(|| self.mark(Kind::BareReminder, at, self.line_end(at).min(from + length + 20)))
            .flatten()
    }

    /// Whether an item of a list begins there.
    fn begins_item(&self, at: usize) -> bool {
        let lead = self.view.line_before(at).trim_start_matches([' ', '>']);
        at == 0 && matches!(lead, "- " | "* " | "+ " | "- [ ] " | "* [ ] ")
    }

    /// What Word writes for its fields and its blanks, and what typesetters put where words are missing.
    pub(super) fn written_by_programs(&self, at: usize, c: char) -> Option<Mark> {
        if c == '(' {
            let inside = self.text(at + 1, self.next(at + 1, ")", 60)?);
            let kind = match inside.split([' ', ':']).next().unwrap_or("") {
                "AU" | "AQ" if inside.contains(": ") => Kind::Query,
                "INSERT" | "insert" if is_fill_in(&inside) => Kind::FillIn,
                _ if names_picture(&inside) => Kind::FillIn,
                "ref" if inside.starts_with("ref:") && !inside.contains(' ') => Kind::Citation,
                _ => return None,
            };
            return self.mark(kind, at, at + 2 + inside.chars().count());
        }
        if at > 0 || !matches!(c, 'A' | 'C' | 'F' | 'H' | 'I' | 'L' | 'M' | 'P' | 'T' | 'X') {
            return None;
        }
        let line = self.text(at, (at + LONGEST_FIELD).min(self.line_end(at)));
        let field =
            |name: &str, signs: &[char]| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(signs));
        let is_field = line.starts_with("MERGEFIELD ")
            || field("PAGEREF ", &['_'])
            || ["HYPERLINK ", "INCLUDEPICTURE ", "XE "].iter().any(|name| field(name, &['"', '“', '\\']));
        let is_blank = ["Click or tap ", "Click here to enter", "Tap here to enter"]
            .iter()
            .any(|words| line.starts_with(words))
            && line.contains("enter");
        let is_note = line.strip_prefix("Footnote ").and_then(|rest| rest.split_once(": ")).is_some_and(
            |(label, _)| (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric()),
        );
        let kind = match () {
            () if is_note => Kind::Transcriber,
            () if is_field => Kind::Placeholder,
            () if is_blank => Kind::FillIn,
            () if line.starts_with("AU: ") => Kind::Query,
            () if line.starts_with("Lorem ipsum dolor sit") => Kind::BareReminder,
            () => return None,
        };
        self.mark(kind, at, self.line_end(at))
    }

    /// `\\` at the end of a line, of which Markdown makes one backslash.
    pub(super) fn doubled_backslash(&self, at: usize) -> Option<Mark> {
        let next = at + 1 + usize::from(self.get(at + 1) == ' ');
        let is_end = self.cells.get(next).is_none_or(|cell| cell.begins);
        let typed = self.view.source_from(at);
        let is_double =
            typed.starts_with("\\\\") || typed.starts_with('\\') && self.view.line_before(at).ends_with('\\');
        (is_double && (is_end || self.begins(at) && next > at + 1))
            .then(|| self.mark(Kind::DoubleBackslash, at, at + 1))
            .flatten()
    }

    /// What brackets hold that neither reader nor editor of a book writes.
    pub(super) fn odd_bracket(&self, at: usize, close: usize, inside: &str) -> Option<Mark> {
        let kind = if is_query(inside) {
            Kind::Query
        } else if is_fill_in(inside) {
            Kind::FillIn
        } else if is_transcribers(inside) && self.before(at) != ']' || self.is_ligature(at, close, inside) {
            Kind::Transcriber
        } else if at == 0 && close + 1 == self.cells.len() && is_order(inside) {
            Kind::Order
        } else if self.begins(at) && is_tag(inside) && self.get(close + 1).is_uppercase() {
            Kind::Signs
        } else if is_lettered(inside) && at == 0 && self.get(close + 1).is_uppercase() {
            Kind::Comment
        } else if is_lettered(inside) && ends_words(self.before(at)) && !self.get(close + 1).is_alphanumeric()
        {
            Kind::LetteredCall
        } else if is_command(inside) || self.begins(at) && self.is_alone(at, close, inside) {
            Kind::Signs
        } else {
            return None;
        };
        self.mark(kind, at, close + 1)
    }

    /// `[oe]uvre`, `caf['e]`, as proofreaders of old books write letters that their keyboards lack.
    fn is_ligature(&self, at: usize, close: usize, inside: &str) -> bool {
        let touches = self.before(at).is_alphabetic() || self.get(close + 1).is_alphabetic();
        let is_accent = inside.len() == 2
            && inside.starts_with(['\'', '`', '^', ':'])
            && inside.ends_with(|c: char| c.is_ascii_alphabetic());
        is_accent || touches && matches!(inside, "oe" | "ae" | "OE" | "AE" | "Oe" | "Ae")
    }

    /// `[hr]` alone in its line; `[quote, Ada]` in the line above what it belongs to.
    fn is_alone(&self, at: usize, close: usize, inside: &str) -> bool {
        let end = self.line_end(at);
        let fills = self.text(close + 1, end).trim().is_empty();
        let is_above =
            at == 0 && end < self.cells.len() && inside.starts_with(|c: char| c.is_ascii_lowercase());
        fills && (is_above || is_short_tag(inside))
    }
}

/// One or two small letters, as Google Docs numbers its comments.
fn is_lettered(inside: &str) -> bool {
    (1..=2).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether a sign ends words: behind a letter, a bracket may name another letter of the word.
fn ends_words(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | ';' | ':' | '"' | '”' | '’' | ')')
}

/// `[AU: please check]`, `[AQ1]`: what goes to and fro between an editor and an author.
fn is_query(inside: &str) -> bool {
    const WHO: [&str; 9] = ["AU", "AQ", "CE", "PE", "COMP", "comp", "ED", "QUERY", "Q"];
    let (who, words) = inside.split_once(':').unwrap_or((inside, ""));
    let bare = who.trim_end_matches(|c: char| c.is_ascii_digit());
    if matches!(inside, "STET" | "stet" | "query" | "QUERY") {
        return true;
    }
    WHO.contains(&bare) && (words.starts_with(' ') || bare.len() < who.len() && bare.len() == 2)
}

/// `[insert map here]`, `[Your name]`, `[page break]`.
fn is_fill_in(inside: &str) -> bool {
    let small = inside.to_lowercase();
    let mut words = small.split_whitespace();
    let (first, last) = (words.next().unwrap_or(""), small.split_whitespace().last().unwrap_or(""));
    let names = matches!(
        small.as_str(),
        "page break" | "scene break" | "section break" | "your name" | "company name"
    ) || matches!(
        inside,
        "NAME"
            | "FIRST NAME"
            | "LAST NAME"
            | "DATE"
            | "YEAR"
            | "PLACE"
            | "CITY"
            | "ADDRESS"
            | "AUTHOR"
            | "TITLE"
            | "CHAPTER"
    );
    names
        || matches!(first, "insert" | "type" | "place") && last == "here"
        || first == "insert" && words.count() <= 3
}

/// `[Illustration: The mill]`, `[Footnote 1: words]`, `[Greek: logos]`, as transcribers write.
fn is_transcribers(inside: &str) -> bool {
    const WHAT: [&str; 11] = [
        "Illustration",
        "Footnote",
        "Endnote",
        "Sidenote",
        "Image",
        "Blank Page",
        "Blank page",
        "Greek",
        "Hebrew",
        "Transcriber's Note",
        "Transcriber’s Note",
    ];
    let (what, words) = inside.split_once(':').unwrap_or((inside, ""));
    let what = what.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()).trim_end();
    let alone = ["Illustration", "Image", "Footnote", "Endnote", "Sidenote", "Blank page"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(what));
    WHAT.iter().any(|known| known.eq_ignore_ascii_case(what)) && (alone || words.starts_with(' '))
}

/// `[.lead]`, `[fn:1]`, `[words|address]`, `[key:: value]`: signs that stand in no bracket of prose.
fn is_command(inside: &str) -> bool {
    let mut letters = inside.chars();
    let (first, second) = (letters.next().unwrap_or(' '), letters.next().unwrap_or(' '));
    let signed = ".#%~:=>@|)".contains(first) && second.is_alphanumeric();
    let (name, value) = inside.split_once(':').unwrap_or((inside, " "));
    let named = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase())
        && !value.is_empty()
        && !value.starts_with(char::is_whitespace);
    // what a typesetter is told
    let (order, what) = inside.split_once(' ').unwrap_or((inside, ""));
    let ordered = matches!(order, "start" | "begin" | "end")
        && matches!(
            what,
            "box" | "italics" | "italic" | "bold" | "sidebar" | "extract" | "quote" | "list" | "caps"
        );
    let headed = inside.len() == 6 && inside.ends_with("-head");
    ordered
        || headed
        || signed
        || named
        || inside.contains("::")
        || inside.contains('|') && inside.contains(char::is_alphabetic)
}

/// `[MAP]`, `[END OF CHAPTER 3]`, `[ornamental break]` alone in a paragraph: what a typesetter is to do there.
fn is_order(inside: &str) -> bool {
    let capitals = inside.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ')
        && inside.chars().filter(char::is_ascii_uppercase).count() > 2;
    let is_break = inside.to_lowercase().strip_suffix(" break").is_some_and(|kind| !kind.contains(' '));
    capitals || is_break
}

/// `[EP]Words`, `[Dropcap]Words`: what stands before a word says how to set it.
fn is_tag(inside: &str) -> bool {
    let letters = inside.chars().filter(char::is_ascii_alphabetic).count();
    letters > 1 && inside.starts_with(char::is_uppercase) && inside.len() <= letters + 1
}

/// `image: map.png`, the name of a picture in brackets.
fn names_picture(inside: &str) -> bool {
    let name = inside.rsplit(' ').next().unwrap_or("").to_lowercase();
    let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".tif", ".tiff", ".webp"]
        .iter()
        .any(|ending| name.ends_with(ending));
    is_picture && name.len() < inside.len() && inside.split(' ').count() <= 4
}

/// `[hr]`, `[br]` alone in a line.
fn is_short_tag(inside: &str) -> bool {
    (1..=4).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_lowercase())
}
