//! What word processors, outliners, scanners and translators leave in a text.

use super::{Look, Mark};
use crate::book::typed_words::shares_parts;
use crate::manuscript::leftover::kinds::Kind;

/// What Word writes, behind an exclamation mark, where a reference has lost its place.
const LOST: [&str; 8] = [
    "Reference source not found",
    "Bookmark not defined",
    "Verweisquelle konnte nicht gefunden werden",
    "Textmarke nicht definiert",
    "Source du renvoi introuvable",
    "Signet non défini",
    "No se encuentra el origen de la referencia",
    "L'origine riferimento non è stata trovata",
];

/// The tags of a paragraph have fewer characters.
const LONGEST_TAGS: usize = 400;
/// So far around a number in braces another is looked for.
const NEAR: usize = 300;

impl Look<'_> {
    /// What other programs than those of Markdown leave at any place of a line.
    pub(super) fn left_by_writers(&self, at: usize, c: char, free: bool) -> Option<Mark> {
        match c {
            '#' => self.typst(at).or_else(|| self.last_tags(at)),
            '/' if free => self.slanted(at),
            '.' if self.starts(at, "..") || self.starts(at, ". .") => {
                let stops = || self.before(at).is_alphabetic().then(|| self.stops(at)).flatten();
                self.leaders(at).or_else(stops)
            }
            '\'' | '"' if self.run(at, |d| d == c) > 2 => {
                self.mark(Kind::Signs, at, at + self.run(at, |d| d == c))
            }
            'Ã' | 'Â' | 'Ð' | 'â' | 'ï' | '\u{FFFD}' => self.misread(at, c),
            '=' | '%' => self.encoded(at, c),
            '\u{2002}' | '\u{2003}' | '\u{3000}' => self.indent(at),
            '(' if self.starts(at, "((") => self.block_reference(at),
            '《' | '［' => self.ruby(at, c),
            ',' if free && self.starts(at, ",,") && self.get(at + 2).is_alphanumeric() => {
                self.mark(Kind::Quotes, at, at + 2)
            }
            '\u{FB00}'..='\u{FB06}' => self.mark(Kind::Ligature, at, at + 1),
            '\u{A0}' => self.indent(at).or_else(|| self.blanks(at)),
            '\u{B4}' => self.mark(Kind::Acute, at, at + 1),
            '¬' if self.before(at).is_alphabetic() => self.mark(Kind::Divided, at, at + 1),
            '-' if !self.begins(at) => self.half_dash(at),
            _ => None,
        }
    }

    /// What Scrivener, Discord and their like fill in: `<$projecttitle>`, `<!$Scr_Ps::0>`, `<@1234>`, `<t:1618953630:R>`.
    pub(super) fn placeholder(&self, at: usize) -> Option<Mark> {
        let end = self.next(at + 1, ">", 60)?;
        let inside = self.text(at + 1, end);
        let is_name = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-' | '&' | '!'))
        };
        let is_number = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
        let scrivener = inside.trim_start_matches('!').strip_prefix('$').is_some_and(is_name);
        let chat = ["@&", "@!", "@", "#", "t:"].iter().find_map(|mark| inside.strip_prefix(mark));
        (scrivener || chat.is_some_and(|name| is_number(name) && is_name(name)))
            .then(|| self.mark(Kind::Placeholder, at, end + 1))
            .flatten()
    }

    /// `The end. #draft #chapter-one`: tags behind the last sentence of a paragraph, as Bear and Obsidian have them.
    fn last_tags(&self, at: usize) -> Option<Mark> {
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '»' | ')');
        let behind_sentence = at > 1 && self.before(at) == ' ' && ends(self.before(at - 1));
        if !behind_sentence || self.run(at, |_| true) == LONGEST_TAGS {
            return None;
        }
        let rest = self.text(at, self.cells.len());
        let is_tag = |word: &str| {
            word.strip_prefix('#').is_some_and(|tag| {
                tag.starts_with(char::is_alphabetic)
                    && tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'))
            })
        };
        rest.split_whitespace().all(is_tag).then(|| self.mark(Kind::Tags, at, self.cells.len())).flatten()
    }

    /// Two no-break spaces and more between words, which hold a place open.
    fn blanks(&self, at: usize) -> Option<Mark> {
        let length = self.run(at, |c| c == '\u{A0}');
        let before = self.before(at);
        let is_between =
            !before.is_whitespace() && !self.begins(at) && !self.get(at + length).is_whitespace();
        (length > 1 && is_between && at + length < self.cells.len())
            .then(|| self.mark(Kind::Blanks, at, at + length))
            .flatten()
    }

    /// `Error! Reference source not found.`
    pub(super) fn lost_field(&self, at: usize) -> Option<Mark> {
        let behind = self.text(at + 1, at + 60).replace('’', "'");
        let said = LOST.iter().find(|said| behind.trim_start().starts_with(**said))?;
        let word = self.cells[..at].iter().rev().take_while(|cell| cell.c != ' ').count();
        self.mark(Kind::LostField, at - word, at + 2 + said.chars().count())
    }

    /// `hap- pened`, `he went- and`: a letter, a hyphen, a space and a small letter.
    pub(super) fn half_dash(&self, at: usize) -> Option<Mark> {
        if self.breaks_off(at) {
            return self.mark(Kind::CutOff, at, at + 1);
        }
        let is_half =
            self.before(at).is_alphabetic() && self.get(at + 1) == ' ' && self.get(at + 2).is_lowercase();
        // at a line's end the word is told of as a divided one
        if !is_half || self.cells[at + 1..].iter().take(2).any(|cell| cell.begins) {
            return None;
        }
        let length = self.run(at + 2, char::is_alphabetic);
        let next = self.text(at + 2, at + 2 + length);
        // `first-, second- and third-rate`
        let behind = self.get(at + 2 + length);
        (!shares_parts(&next) && behind != '-').then(|| self.mark(Kind::HalfDash, at, at + 1)).flatten()
    }

    /// `"I never-" she began`; the prefix “un-” is named, and nobody breaks off.
    fn breaks_off(&self, at: usize) -> bool {
        let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '‘' | '’');
        let word = self.cells[..at].iter().rev().take_while(|cell| cell.c.is_alphabetic()).count();
        // `ב-"הארץ"`, `Pop-"Kultur"`: a quotation begins there
        let begins = self.get(at + 1) == '"' && self.get(at + 2).is_alphanumeric();
        word > 0
            && matches!(self.get(at + 1), '"' | '”' | '»')
            && !begins
            && !is_quote(self.before(at - word))
    }

    /// `> THE END <`, as Fountain centres a line: Markdown reads a quotation. `>>words<<` too.
    pub(super) fn centred_end(&self, at: usize) -> Option<Mark> {
        let end = at + self.run(at, |c| c == '<');
        let is_quoted = self.before(at) == ' ' || self.view.line_before(at).trim_start().starts_with('>');
        let is_quoted = is_quoted && self.before(at) != '!';
        let ends = end == self.cells.len() && is_quoted && (1..=60).contains(&at);
        ends.then(|| self.mark(Kind::Centred, at, at + 1)).flatten()
    }

    /// `<<Hola, dijo.>>`, guillemets typed as two signs each; a name alone, `<<the-crossing>>`, is a reference of AsciiDoc's.
    pub(super) fn doubled_angles(&self, at: usize) -> Option<Mark> {
        if !self.starts(at, "<<") || self.get(at + 2) == '<' {
            return None;
        }
        if self.get(at + 2).is_whitespace() {
            return self.spaced_angles(at);
        }
        let close = self.next(at + 2, ">>", 1000).filter(|close| *close > at + 2)?;
        let inside = self.text(at + 2, close);
        let label = inside.split(',').next().unwrap_or("");
        let is_name = !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '#' | '.'));
        let kind = match () {
            () if is_name && (label.contains(['-', '_', '#']) || label.len() < inside.len()) => {
                Kind::Citation
            }
            // one word, with no stop behind it: either
            () if is_name && !label.ends_with('.') => Kind::Angled,
            () => Kind::Quotes,
        };
        (!self.before(close).is_whitespace()).then(|| self.mark(kind, at, close + 2)).flatten()
    }

    /// ``` ``Go,'' he said ```, as TeX has quotation marks: Markdown finds no partner for the back-quotes.
    pub(super) fn doubled_ticks(&self, at: usize) -> Option<Mark> {
        if !self.starts(at, "``") || self.run(at, |c| c == '`') > 2 {
            return None;
        }
        let close = (at + 3..self.cells.len().min(at + 1000)).find(|at| {
            let two = |c| self.get(*at) == c && self.get(*at + 1) == c;
            two('\'') || two('’')
        })?;
        self.mark(Kind::Quotes, at, close + 2)
    }

    /// `<< Bonjour ! >>`, guillemets as French has them: a capital behind the first, and nothing that is shifted before it.
    fn spaced_angles(&self, at: usize) -> Option<Mark> {
        let close = self.next(at + 3, ">>", 1000)?;
        let opens = self.begins(at) || matches!(self.before(at), ' ' | '(' | '—' | '\'' | '’');
        let is_said = self.get(at + 3).is_uppercase() && self.get(at + 4) != ' ' && self.before(close) == ' ';
        (opens && is_said).then(|| self.mark(Kind::Quotes, at, close + 2)).flatten()
    }

    /// `He left..`: two full stops where a sentence ends.
    pub(super) fn stops(&self, at: usize) -> Option<Mark> {
        let behind = self.get(at + 2);
        let ends = behind.is_whitespace() || matches!(behind, '"' | '”' | '’' | '»' | ')');
        (ends && self.starts(at, "..") && !self.in_address(at))
            .then(|| self.mark(Kind::Stops, at, at + 2))
            .flatten()
    }

    /// `/words between strokes/`, which chats and Org set in italics.
    pub(super) fn slanted(&self, at: usize) -> Option<Mark> {
        let close = self.next(at + 1, "/", 200)?;
        let inside = self.text(at + 1, close);
        let free = self.before(at).is_whitespace() || matches!(self.before(at), '"' | '“' | '(');
        let is_words = inside.contains(' ')
            && inside
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '\'' | '’' | '?' | '!' | '.'))
            && inside.starts_with(char::is_alphabetic)
            && !inside.ends_with(' ')
            && inside.is_ascii();
        (free && is_words && !self.get(close + 1).is_alphanumeric() && self.get(close + 1) != '/')
            .then(|| self.mark(Kind::Slanted, at, close + 1))
            .flatten()
    }

    /// `((6583b1c4))`, the name of a block as outliners have it.
    pub(super) fn block_reference(&self, at: usize) -> Option<Mark> {
        let length = self.run(at + 2, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let name = self.text(at + 2, at + 2 + length);
        let is_name = length >= 6
            && name.bytes().any(|b| b.is_ascii_digit())
            && name.bytes().any(|b| b.is_ascii_alphabetic());
        (is_name && self.starts(at + 2 + length, "))"))
            .then(|| self.mark(Kind::WikiLink, at, at + 4 + length))
            .flatten()
    }

    /// `author:: Ada` at the start of a line: a property of a page.
    pub(super) fn property(&self, at: usize) -> Option<Mark> {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let name = self.cells[..at].iter().rev().take_while(|cell| word(cell.c) && !cell.begins).count();
        // the first character of a line begins it
        let from = at.saturating_sub(name + 1);
        let opened = usize::from(matches!(self.get(from), '(' | '['));
        let is_line = (self.begins(from) || opened > 0)
            && self.get(from + opened).is_alphabetic()
            && (1..=30).contains(&(at - from));
        let is_said = self.cells.get(at + 2).is_some_and(|cell| cell.c == ' ');
        (is_line && is_said).then(|| self.mark(Kind::Field, at, at + 2)).flatten()
    }

    /// `The code follows::` as reStructuredText has it.
    pub(super) fn literal_block(&self, at: usize) -> Option<Mark> {
        let ends = at + 2 == self.cells.len() && self.before(at).is_alphanumeric();
        ends.then(|| self.mark(Kind::Role, at, at + 2)).flatten()
    }

    /// What braces hold for word processors and translators: `{ REF _Ref1 \h }`, `{Doe, 2006, #12}`, `{cat|dog}`, `{1}`.
    pub(super) fn braces_elsewhere(&self, at: usize, inside: &str) -> Option<Kind> {
        let bare = inside.trim();
        let first = bare.split(' ').next().unwrap_or("");
        let is_field =
            inside.starts_with(' ') && first.len() >= 2 && first.bytes().all(|b| b.is_ascii_uppercase());
        let is_year =
            |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u32| (1500..2100).contains(&year));
        let cites = inside.contains([',', '|']) && bare.split([',', '|', ' ']).any(is_year);
        let is_number = |words: &str| !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
        // the next one, or the one before, is near
        let has_other = || {
            let around = self.text(at.saturating_sub(NEAR), at + NEAR);
            around.split('{').skip(1).filter(|rest| rest.split('}').next().is_some_and(is_number)).count() > 1
        };
        match () {
            () if is_field => Some(Kind::Directive),
            () if cites => Some(Kind::Citation),
            // behind a closing brace it is an argument of TeX's, which is told of by its command
            () if is_reading(inside) => Some(Kind::Ruby),
            () if inside.contains('|')
                && self.text(at.saturating_sub(1), at) != "}"
                && bare.split('|').all(|word| word.contains(char::is_alphabetic)) =>
            {
                Some(Kind::Choice)
            }
            () if is_number(bare) && has_other() => Some(Kind::Tag),
            () => None,
        }
    }
}

/// `渡船|わたしぶね`: ideographs, and how they are read.
fn is_reading(inside: &str) -> bool {
    let Some((word, reading)) = inside.split_once('|') else { return false };
    let is_wide = crate::manuscript::ideographs::is_wide;
    !word.is_empty()
        && word.chars().all(is_wide)
        && !reading.is_empty()
        && reading.chars().all(|c| is_wide(c) || c == '|')
}
