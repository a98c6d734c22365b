//! Quotation marks, apostrophes, dashes and ellipses from what a keyboard has.
//!
//! It looks at a whole paragraph at once, across emphasis and links, so that
//! a mark's neighbours are the letters that a reader sees beside it.

mod elision;
mod role;
mod settle;

use super::inlines::unprotect;
use super::raw::{Inline, InlineKind};
use crate::book::Lang;
use crate::sources::Markup;
use crate::terms::numerals::from_roman;
use role::{Misfit, Role};
use std::collections::BTreeSet;
use std::ops::Range;

/// Outer opening, outer closing, inner opening, inner closing.
type Marks = [char; 4];

/// Stands for a note's call: no letter, and no space.
const CALL: char = '\u{FDD8}';
const APOSTROPHE: char = '’';
const GERESH: char = '׳';
const HAIR_SPACE: char = '\u{200A}';
const NARROW_SPACE: char = '\u{202F}';
const NO_BREAK_SPACE: char = '\u{A0}';

/// The quotation marks of a language (Unicode CLDR, `delimiters`, compared with
/// the styles of LaTeX's csquotes; for French the inner marks of the Imprimerie
/// nationale). Where CLDR gives the marks of keyboards and books use others, as
/// in Danish, Latvian, Arabic and the Spanish of Spain, the marks are those of
/// books. Languages that no row names have those of English: Afrikaans, Dutch,
/// Hindi, Indonesian, Irish, Korean, Maltese, Turkish, Vietnamese, Welsh and so on.
fn marks(language: &Lang) -> Marks {
    if language.is_traditional_chinese() {
        return ['「', '」', '『', '』'];
    }
    match (language.primary(), language.region()) {
        ("de", Some("CH" | "LI")) | ("fr", Some("CH")) | ("gsw" | "rm", _) => ['«', '»', '‹', '›'],
        ("bs", _) if language.script() != Some("Cyrl") => ['„', '”', '‘', '’'],
        (
            "de" | "cs" | "sk" | "sl" | "bg" | "hr" | "bs" | "is" | "et" | "lt" | "ka" | "mk" | "lb" | "hsb"
            | "dsb",
            _,
        ) => ['„', '“', '‚', '‘'],
        ("sr" | "sh" | "cnr", _) => ['„', '”', '’', '’'],
        ("pt", region) if region != Some("PT") => ['“', '”', '‘', '’'],
        (
            "fr" | "it" | "es" | "pt" | "ca" | "gl" | "el" | "eu" | "ast" | "br" | "co" | "kk" | "oc" | "sc",
            _,
        ) => ['«', '»', '“', '”'],
        ("ru" | "uk" | "be" | "lv" | "ky", _) => ['«', '»', '„', '“'],
        ("pl" | "ro" | "mo", _) => ['„', '”', '«', '»'],
        ("hu", _) => ['„', '”', '»', '«'],
        ("sv" | "fi" | "he" | "iw" | "se", _) => ['”', '”', '’', '’'],
        ("no" | "nb" | "nn", _) => ['«', '»', '‘', '’'],
        ("da" | "kl", _) => ['»', '«', '›', '‹'],
        ("hy" | "fa" | "ar" | "am", _) => ['«', '»', '‹', '›'],
        ("ja" | "yue", _) => ['「', '」', '『', '』'],
        _ => ['“', '”', '‘', '’'],
    }
}

/// Languages in which each paragraph of a long quotation but the first begins with the closing mark (the Spanish academy's
/// *Ortografía*, 2010, and Catalan grammars call them the marks that follow).
const FOLLOWING: [&str; 4] = ["es", "ca", "gl", "ast"];

/// What stands below a paragraph, as far as it says whether a speech goes on there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Below {
    /// A paragraph that a single quotation mark begins: a speech over both repeats it.
    Single,
    /// The same with a double one.
    Double,
    /// A paragraph that begins with words.
    Words,
    /// Nothing: the text ends.
    End,
    /// A list, verse or the like, which may stand within a speech; or nobody knows.
    #[default]
    Unknown,
}

/// What stands around a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    below: Below,
    /// The paragraph above has a quotation that is not closed, or a speech that may go on.
    goes_on: bool,
}

impl Around {
    /// What stands around the paragraph at `place` of `text`.
    pub(super) fn of(text: &str, place: &Range<usize>) -> Around {
        let above = paragraph_above(text, place.start);
        let is_open = |words: &str| words.matches('"').count() % 2 == 1;
        // a speech that a dash began goes on over paragraphs as well
        let is_speech = above.trim_start_matches(['>', ' ']).starts_with(['—', '–', '-']);
        let goes_on = is_open(above) || is_speech && is_open(&text[place.clone()]);
        Around { below: Below::around(text, place), goes_on }
    }
}

/// The paragraph above `at`; nothing when it is longer than [`LONGEST_ABOVE`], so that each of many paragraphs without a
/// blank line between them, as the meanings of a term may be, costs the same.
fn paragraph_above(text: &str, at: usize) -> &str {
    let above = text[..at].trim_end();
    let near = &above[above.ceil_char_boundary(above.len().saturating_sub(LONGEST_ABOVE))..];
    match near.rfind("\n\n") {
        Some(blank) => &near[blank + 2..],
        None if near.len() == above.len() => above,
        None => "",
    }
}

/// No paragraph above another is looked at that has more bytes.
const LONGEST_ABOVE: usize = 8_000;

impl Below {
    /// What stands below the paragraph at `place` of `text`. Where nothing does, a text whose last two paragraphs both
    /// begin with a single mark ends within a speech, which goes on in the next chapter.
    fn around(text: &str, place: &Range<usize>) -> Below {
        let below = Below::of(&text[place.end..]);
        let begins = |words: &str| words.trim_start_matches(['*', '_', '>', ' ']).starts_with(['\'', '‘']);
        let above = || paragraph_above(text, place.start);
        match below {
            Below::End if begins(&text[place.start..]) && begins(above()) => Below::Single,
            below => below,
        }
    }

    /// What stands at the beginning of `rest`, which goes on behind a paragraph.
    fn of(rest: &str) -> Below {
        let is_blank = |line: &&str| line.chars().all(|c| c == '>' || c.is_whitespace());
        let mut lines = rest.lines().peekable();
        let mut in_quote = false;
        while let Some(line) = lines.next_if(is_blank) {
            in_quote |= line.contains('>');
        }
        let Some(line) = lines.next() else { return Below::End };
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || in_quote && c == '>');
        match words.trim_start_matches(['*', '_']).chars().next() {
            Some('\'' | '‘' | '’') => Below::Single,
            Some('"' | '“' | '”' | '„' | '«' | '»') => Below::Double,
            Some(c) if c.is_alphabetic() => Below::Words,
            _ => Below::Unknown,
        }
    }
}

/// Sets the marks of a heading, a cell or a caption.
pub(super) fn set(inlines: &mut [Inline], language: &Lang, markup: Markup) {
    set_among(inlines, language, markup, Around::default());
}

/// Sets the marks of a paragraph among what stands around it.
pub(super) fn set_among(inlines: &mut [Inline], language: &Lang, markup: Markup, around: Around) {
    let mut chars = Vec::new();
    gather(inlines, &mut chars);
    if is_set(&chars, language) {
        return;
    }
    scatter(inlines, &mut marked(&chars, language, markup, around));
}

/// Whether all marks of a text are as they should be: none is straight or
/// protected, and there is no row of hyphens, full stops or spaces. In French,
/// spaces are marks too.
fn is_set(chars: &[char], language: &Lang) -> bool {
    let straight = |c: &char| matches!(c, '"' | '\'' | '\t') || unprotect(*c).is_some();
    let row = |pair: &[char]| pair[0] == pair[1] && matches!(pair[0], '-' | '.' | ' ');
    let apart = |three: &[char]| three == ['.', ' ', '.'];
    language.primary() != "fr"
        && !chars.iter().any(straight)
        && !chars.windows(2).any(row)
        && !chars.windows(3).any(apart)
}

/// The same for words that stand alone, as in book.toml.
pub(super) fn words(words: &str, language: &Lang) -> String {
    let chars: Vec<char> = words.chars().collect();
    let marked = marked(&chars, language, Markup::default(), Around::default());
    marked.flat_map(|(one, two)| one.into_iter().chain(two)).collect()
}

/// What becomes of each character: nothing, itself or another one, or a
/// guillemet and its space.
fn marked(
    chars: &[char],
    language: &Lang,
    markup: Markup,
    around: Around,
) -> impl Iterator<Item = (Option<char>, Option<char>)> {
    let em_dashes = markup.em_dashes.unwrap_or(language.primary() == "en");
    let mut run = Run {
        em_dashes,
        out: chars.iter().map(|c| Some(*c)).collect(),
        pads: language.primary() == "fr" && language.region() != Some("CH"),
        padded: BTreeSet::new(),
        seen: Vec::new(),
        open: Vec::new(),
        open_doubles: Vec::new(),
        decided: Vec::new(),
        changed: Vec::new(),
        misfits: Vec::new(),
        marks: marks(language),
        english: language.primary() == "en",
        german: matches!(language.primary(), "de" | "gsw" | "lb" | "nds"),
        elides: matches!(
            language.primary(),
            "fr" | "it"
                | "ca"
                | "oc"
                | "co"
                | "sc"
                | "pms"
                | "lmo"
                | "lij"
                | "vec"
                | "nap"
                | "scn"
                | "fur"
                | "wa"
                | "br"
        ),
        ideographic: matches!(language.primary(), "zh" | "ja" | "yue") && markup.em_dashes.is_none(),
        hebrew: matches!(language.primary(), "he" | "iw" | "yi"),
        elided: elision::elided_words(language),
        typed_outer: false,
        below: around.below,
        follows_on: around.goes_on && FOLLOWING.contains(&language.primary()),
    };
    run.dashes(chars);
    run.quotes();
    if language.primary() == "fr" {
        run.french_spaces();
    }
    let padded = run.padded;
    run.out.into_iter().enumerate().map(move |(at, c)| match c {
        Some('»') if padded.contains(&at) => (Some(NARROW_SPACE), c),
        Some(_) if padded.contains(&at) => (c, Some(NARROW_SPACE)),
        _ => (c, None),
    })
}

/// Whether a letter stands for it: code, pictures, addresses, and
/// cross-references, whose words are not known yet.
fn is_opaque(kind: &InlineKind) -> bool {
    match kind {
        InlineKind::Link { dest, children, .. } => children.is_empty() || is_address(dest, children),
        kind => matches!(kind, InlineKind::Code(_) | InlineKind::Image { .. }),
    }
}

/// Whether the words of a link are the address that it leads to.
fn is_address(dest: &str, words: &[Inline]) -> bool {
    match words {
        [Inline { kind: InlineKind::Text(text), .. }] => {
            dest.strip_prefix("mailto:").unwrap_or(dest) == text || dest == text
        }
        _ => false,
    }
}

/// The characters of a paragraph: a letter stands for what is opaque, a line
/// end for a break.
fn gather(inlines: &[Inline], out: &mut Vec<char>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => out.extend(text.chars()),
            kind if is_opaque(kind) => out.push('x'),
            InlineKind::Break => out.push('\n'),
            InlineKind::Note { .. } => out.push(CALL),
            kind => {
                if let Some(children) = kind.children() {
                    gather(children, out);
                }
            }
        }
    }
}

fn scatter(inlines: &mut [Inline], out: &mut dyn Iterator<Item = (Option<char>, Option<char>)>) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                let count = text.chars().count();
                let kept = out.take(count).flat_map(|(one, two)| one.into_iter().chain(two));
                *text = kept.map(|c| unprotect(c).unwrap_or(c)).collect();
            }
            kind if is_opaque(kind) || matches!(kind, InlineKind::Break | InlineKind::Note { .. }) => {
                out.next();
            }
            kind => {
                if let Some(children) = kind.children_mut() {
                    scatter(children, out);
                }
            }
        }
    }
}

/// A paragraph on its way.
struct Run {
    /// What becomes of each character; none when it goes.
    out: Vec<Option<char>>,
    /// Whether guillemets have a space inside.
    pads: bool,
    /// Guillemets, by their places in `out`, that get one.
    padded: BTreeSet<usize>,
    /// The characters that stay, with their places in `out`.
    seen: Vec<(char, usize)>,
    /// Quotation marks that wait for their closing ones: double or not, place in `out`.
    open: Vec<(bool, usize)>,
    /// Where double ones stand in `open`: many single ones may come after them.
    open_doubles: Vec<usize>,
    /// What each single mark was decided to be, with its place.
    decided: Vec<(usize, Role)>,
    /// Decisions that were changed, with the price of the change.
    changed: Vec<(usize, Role, u32)>,
    misfits: Vec<Misfit>,
    marks: Marks,
    english: bool,
    german: bool,
    /// Whether words of the language lose their vowel before another one: `l'altro`.
    elides: bool,
    /// Whether the language is written in ideographs, of which a dash and an ellipsis take the room of two.
    ideographic: bool,
    /// Letters behind which a single mark is a geresh.
    hebrew: bool,
    /// Words of the language that have lost their beginning.
    elided: &'static [&'static str],
    /// Whether an outer quotation that was typed with the language's own marks is open.
    typed_outer: bool,
    /// Whether the paragraph begins with the closing mark of a quotation that goes on.
    follows_on: bool,
    /// Whether two hyphens between words are an em dash.
    em_dashes: bool,
    below: Below,
}

impl Run {
    /// Hyphens to dashes, full stops to ellipses, runs of spaces to one; not
    /// in addresses, where each would lead elsewhere.
    fn dashes(&mut self, chars: &[char]) {
        let mut at = 0;
        while at < chars.len() {
            let address = address_length(chars, at);
            if address > 0 {
                at += address;
                continue;
            }
            let c = chars[at];
            let run = chars[at..].iter().take_while(|d| **d == c).count();
            let arrow = at > 0 && chars[at - 1] == '<' || chars.get(at + run) == Some(&'>');
            match (c, run) {
                ('-', 2) if self.ideographic && is_between_ideographs(chars, at) => {
                    self.replace(at, 1, '—');
                    self.replace(at + 1, 1, '—');
                }
                ('.', 6) if self.ideographic => {
                    self.replace(at, 3, '…');
                    self.replace(at + 3, 3, '…');
                }
                ('-', 2) if is_option(chars, at) => {}
                ('-', 2) if self.em_dashes && parts_words(chars, at) && !is_range(chars, at) => {
                    self.replace(at, run, '—');
                }
                ('-', 2) if !arrow => self.replace(at, run, '–'),
                ('-', 3) if !arrow => self.replace(at, run, '—'),
                ('.', 3) => self.replace(at, run, '…'),
                ('.', 4) => self.replace(at + 1, 3, '…'),
                (' ', 1) if is_between_stops(chars, at) => self.replace(at, run, NO_BREAK_SPACE),
                (' ' | '\t', _) => self.replace(at, run, ' '),
                _ => {}
            }
            at += run;
        }
        let kept = self.out.iter().enumerate();
        self.seen = kept.filter_map(|(index, c)| c.map(|c| (c, index))).collect();
    }

    fn replace(&mut self, at: usize, run: usize, c: char) {
        self.out[at] = Some(c);
        self.out[at + 1..at + run].fill(None);
    }

    fn quotes(&mut self) {
        if self.english && self.seen.iter().any(|(c, _)| *c == '\'') { self.settle() } else { self.pass() }
    }

    /// Sets each mark, from left to right.
    fn pass(&mut self) {
        for index in 0..self.seen.len() {
            match self.seen[index].0 {
                '"' => self.double(index),
                '\'' => self.single(index),
                c if c == self.marks[0] && matches!(c, '«' | '„') => self.typed_outer = true,
                c if c == self.marks[1] => self.typed_outer = false,
                _ => {}
            }
        }
        self.typed_outer = false;
        self.apostrophes(0, true);
    }

    /// The character before, but for a hair space that parts two marks.
    fn before(&self, index: usize) -> Option<char> {
        self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| *c != HAIR_SPACE)
    }

    fn after(&self, index: usize) -> Option<char> {
        self.seen[index + 1..].iter().map(|(c, _)| *c).find(|c| *c != HAIR_SPACE)
    }

    fn put(&mut self, index: usize, c: char) {
        let place = self.seen[index].1;
        self.out[place] = Some(c);
        self.seen[index].0 = c;
    }

    fn double(&mut self, index: usize) {
        if let Some(sign) = self.sign_between_letters(index) {
            return self.put(index, sign);
        }
        let inside = self.open_doubles.last().copied();
        let spaced = self.after(index).is_none_or(char::is_whitespace);
        let opens = match self.before(index) {
            None => true,
            Some(c) if c.is_whitespace() => !spaced || inside.is_none(),
            Some(c) if self.opening(c) || self.follows_open_mark(index) => !spaced,
            Some(APOSTROPHE) if self.follows_elision(index) => true,
            // what stands between two Hebrew letters and is no gershayim
            Some(c) if is_hebrew(c) && self.after(index).is_some_and(is_hebrew) => true,
            Some('—') if self.after(index).is_some_and(char::is_uppercase) => true,
            Some(c)
                if dash(c)
                    && self.is_within_inner()
                    && self.after(index).is_some_and(char::is_alphabetic) =>
            {
                true
            }
            Some(c) if dash(c) || ideograph(c) => {
                !spaced && inside.is_none() && !self.after(index).is_some_and(closing)
            }
            // no space behind a stop, as in `he cried:"Run!"`: it touches the word that it stands before
            Some(c) => {
                let touches = !c.is_alphanumeric() && self.after(index).is_some_and(char::is_alphabetic);
                touches && inside.is_none()
            }
        };
        if opens {
            self.open_doubles.push(self.open.len());
            self.open.push((true, index));
            let goes_on = self.follows_on && self.before(index).is_none();
            let own = if self.typed_outer { 2 } else { usize::from(goes_on) };
            self.put(index, self.marks[own]);
            self.pad(index, self.after(index));
            return;
        }
        let mut own = self.marks[1];
        if let Some(inside) = inside {
            self.apostrophes(inside + 1, false);
            let opened = self.open.pop().map(|(_, at)| self.seen[at].0);
            self.open_doubles.pop();
            if opened == Some(self.marks[2]) && self.typed_outer {
                own = self.marks[3];
            }
        }
        self.put(index, own);
        self.typed_outer &= own != self.marks[1];
        self.pad(index, self.before(index));
    }

    /// Whether a speech in single marks within double ones is open: double ones within that open again.
    fn is_within_inner(&self) -> bool {
        !self.open_doubles.is_empty() && self.open.last().is_some_and(|(double, _)| !double)
    }

    /// What `"` is where no quotation mark can stand: the gershayim of a Hebrew
    /// abbreviation, or inches.
    fn sign_between_letters(&self, index: usize) -> Option<char> {
        if self.before(index).is_some_and(is_hebrew) && self.after(index).is_some_and(is_hebrew) {
            return (!self.opens_behind_prefix(index)).then_some('״');
        }
        let digit = self.before(index).is_some_and(|c| c.is_ascii_digit());
        let open = !self.open_doubles.is_empty();
        let feet = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_ascii_digit());
        let free = self.after(index).is_none_or(|c| !c.is_alphanumeric());
        (digit && free && (feet == Some('′') || !open)).then_some('″')
    }

    /// Whether a quotation begins behind the letters that Hebrew writes together with the next word, `ו"כך אמר"`: several
    /// letters follow, and the next mark that is no gershayim closes. An abbreviation has its gershayim before its last
    /// letter.
    fn opens_behind_prefix(&self, index: usize) -> bool {
        let hebrew = |at: usize| self.seen.get(at).is_some_and(|(c, _)| is_hebrew(*c));
        let letters = (1..=index).take_while(|back| hebrew(index - back)).take(3).count();
        let is_prefix = self.seen[index - letters..index].iter().all(|(c, _)| "ושהבלמכ".contains(*c));
        let follow = (index + 1..).take_while(|at| hebrew(*at)).take(2).count();
        if letters > 2 || !is_prefix || follow < 2 || !self.open_doubles.is_empty() {
            return false;
        }
        let end = self.seen.len().min(index + LONGEST_PAUSE);
        let next = (index + 1..end).find(|at| self.seen[*at].0 == '"' && !(hebrew(at - 1) && hebrew(at + 1)));
        next.is_some_and(|at| {
            let free = self.seen.get(at + 1).is_none_or(|(c, _)| !c.is_alphanumeric());
            free && !self.seen[at - 1].0.is_whitespace()
        })
    }

    /// Whether a word without its vowel goes before, as in `l'"autre"`.
    fn follows_elision(&self, index: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        index >= 2 && letter(self.before(index - 1)) && letter(self.after(index))
    }

    fn pad(&mut self, index: usize, beside: Option<char>) {
        let is_guillemet = matches!(self.seen[index].0, '«' | '»');
        if self.pads && is_guillemet && beside.is_some_and(|c| !c.is_whitespace()) {
            self.padded.insert(self.seen[index].1);
        }
    }

    /// Whether something opens with `c`; what opens in one language closes in another.
    fn opening(&self, c: char) -> bool {
        let closes = c == self.marks[1] || c == self.marks[3];
        !closes && matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '„' | '‚' | '‹' | '/' | '¿' | '¡')
    }

    /// Whether the mark before `index` was made an opening one.
    fn follows_open_mark(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rposition(|(c, _)| *c != HAIR_SPACE);
        before.is_some() && self.open.last().map(|(_, at)| *at) == before
    }

    fn single(&mut self, index: usize) {
        if self.is_feet(index) {
            return self.put(index, '′');
        }
        let changed = self.changed.iter().find(|(changed, ..)| *changed == index);
        let inner = self.open.last().is_some_and(|(double, _)| !*double);
        let role = match changed {
            // what it would close may have become something else since
            Some((_, Role::Closes, _)) if !inner => Role::Apostrophe,
            Some((_, role, _)) => *role,
            None => self.role(index),
        };
        self.decided.push((index, role));
        self.note_misfit(index, role);
        match role {
            Role::Opens => {
                self.open.push((false, index));
                self.put(index, self.marks[2]);
            }
            Role::Closes => {
                // in German it closes as well what an earlier paragraph opened
                self.open.pop_if(|(double, _)| !*double);
                self.put(index, self.marks[3]);
            }
            Role::Apostrophe if self.hebrew && self.before(index).is_some_and(is_hebrew) => {
                self.put(index, GERESH);
            }
            Role::Apostrophe => self.put(index, APOSTROPHE),
        }
    }

    /// What the single mark at `index` is by what stands beside it.
    fn role(&self, index: usize) -> Role {
        let (before, after) = (self.before(index), self.after(index));
        let inner = self.open.last().is_some_and(|(double, _)| !*double);
        let spaced = after.is_none_or(char::is_whitespace) && (inner || !self.opens_apart(index));
        let may_open = match before {
            None => true,
            Some(c) if ideograph(c) => !inner,
            // `l''inner'`: what is elided stands before it
            Some(APOSTROPHE) if self.elides && self.follows_elision(index) && self.is_closed_later(index) => {
                true
            }
            Some(c) => c.is_whitespace() || self.opening(c) || dash(c) || self.follows_open_mark(index),
        };
        let letter_follows = after.is_some_and(|c| c.is_alphanumeric() && !ideograph(c));
        let ends_inner = inner && before.is_some_and(dash) && !letter_follows;
        let opens = may_open && !spaced && !ends_inner && !self.elision(index);
        let closes = inner
            && !letter_follows
            && (!may_open || ends_inner || before.is_some_and(char::is_whitespace))
            && !(self.english && self.speech_goes_on(index) || self.german && self.is_cut_word(index));
        // behind a stop no German word has lost its end
        let free = after.is_none_or(|c| c.is_whitespace() || closing(c) || c == '"' || c == self.marks[1]);
        let ends = self.german && free && before.is_some_and(|c| closing(c) || c == '…');
        match (opens && !ends, closes || ends) {
            (true, _) => Role::Opens,
            (_, true) => Role::Closes,
            _ => Role::Apostrophe,
        }
    }

    /// Whether the mark at `index` opens though a space stands behind it: at the beginning of a paragraph, or before a
    /// dash that has spaces around it, `he said, ' — and so`.
    fn opens_apart(&self, index: usize) -> bool {
        let before = self.before(index);
        let next = self.seen.get(index + 2).map_or(' ', |(c, _)| *c);
        match before {
            _ if self.after(index) != Some(' ') => false,
            None => next.is_alphabetic() || dash(next),
            Some(before) => before.is_whitespace() && dash(next),
        }
    }

    /// Whether `'` means feet: `6'2"`, `6' x 4'`.
    fn is_feet(&self, index: usize) -> bool {
        if !self.before(index).is_some_and(|c| c.is_ascii_digit()) {
            return false;
        }
        let tail: Vec<char> = self.seen[index + 1..].iter().take(12).map(|(c, _)| *c).collect();
        let bare: Vec<char> = tail.iter().copied().filter(|c| *c != ' ').collect();
        let digits = bare.iter().take_while(|c| c.is_ascii_digit()).count();
        let inches = (1..=2).contains(&digits) && bare.get(digits) == Some(&'"');
        let by = matches!(bare.first(), Some('x' | '×')) && bare.get(1).is_some_and(char::is_ascii_digit);
        // `6' wide`, `5'10`: no letter touches it, and it has nothing to close
        let before = self.seen[..index].iter().rev().take(4).map(|(c, _)| *c);
        let figures = before.clone().take_while(char::is_ascii_digit).count();
        let free = before.clone().nth(figures).is_none_or(|c| !c.is_alphanumeric());
        let ends = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
        let is_measured = match digits {
            0 => figures <= 3 && ends(tail.first()),
            _ => figures == 1 && digits <= 2 && tail.first() == bare.first() && ends(tail.get(digits)),
        };
        if is_measured && free && !self.open.iter().any(|(double, _)| !double) {
            return true;
        }
        // `5' x 4'`: what goes before is in feet
        let mut back = self.seen[..index].iter().rev().map(|(c, _)| *c).skip_while(char::is_ascii_digit);
        let mut sign = || back.find(|c| *c != ' ');
        let after_by = matches!(sign(), Some('x' | '×')) && sign() == Some('′');
        inches || by || after_by
    }

    /// Single marks that opened and were never closed are apostrophes, unless the
    /// paragraph ends and a speech begins there that goes on in the next one, or a sentence begins with a whole word.
    fn apostrophes(&mut self, from: usize, at_end: bool) {
        let mut is_outer = at_end && from == 0;
        for (double, index) in self.open.split_off(from) {
            is_outer &= !double;
            let goes_on = match self.below {
                // what breaks off there was begun before
                Below::End => self.resumes_speech(index),
                _ => {
                    let begins = self.is_speech(index) || self.english && self.is_said(index);
                    self.may_go_on() && begins
                }
            };
            if double || at_end && goes_on || !at_end && self.is_announced(index) {
                continue;
            }
            self.note_unclosed(index);
            if !((self.german || self.english && is_outer) && self.is_left_open(index)) {
                self.put(index, APOSTROPHE);
            }
        }
    }

    /// Whether a colon announces what opens within double marks, and a word follows that has lost nothing: where the outer
    /// speech ends with it, many write the closing mark of the outer one alone.
    fn is_announced(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        self.english
            && before == Some(':')
            && self.after(index).is_some_and(char::is_uppercase)
            && !self.may_be_elided(index)
    }

    /// Whether a sentence begins behind a mark that is never closed, with a word that has lost nothing: its author or the
    /// verse that is quoted closes it elsewhere.
    fn is_left_open(&self, index: usize) -> bool {
        let is_elided = if self.english { self.may_be_elided(index) } else { self.elision(index) };
        let is_plain = |c: char| c.is_uppercase() || c == self.marks[0] || self.german;
        let begins = self.after(index).is_some_and(is_plain) && self.begins_speech(index);
        !is_elided && (begins || self.resumes_speech(index))
    }

    /// Whether a speech that is open at the end of the paragraph may go on in the next one,
    /// which then begins with the same mark.
    fn may_go_on(&self) -> bool {
        match self.below {
            Below::Words | Below::End => false,
            Below::Unknown => true,
            Below::Single => self.open_doubles.is_empty(),
            Below::Double => !self.open_doubles.is_empty() || self.out.contains(&Some('"')),
        }
    }

    /// Whether what opens is a speech, and no word or phrase in marks.
    fn is_speech(&self, index: usize) -> bool {
        self.begins_speech(index) || self.resumes_speech(index)
    }

    /// Whether a capital follows, and nothing or the end of a phrase goes before.
    fn begins_speech(&self, index: usize) -> bool {
        // the first word may have lost its beginning: ‘’Ow can you?
        let mut after = self.seen[index + 1..].iter().map(|(c, _)| *c);
        // or speak itself of what somebody said: ‘“Not I,” said the dog
        let is_mark = |c: &char| matches!(*c, '\'' | APOSTROPHE | HAIR_SPACE | '"') || *c == self.marks[0];
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        // a paragraph may begin within the sentence of another speaker: ‘—Was he able?
        let at_start = before.is_none_or(|c| self.opening(c));
        let first = after.find(|c| !(is_mark(c) || at_start && (dash(*c) || *c == '…')));
        first.is_some_and(char::is_uppercase)
            && before.is_none_or(|c| matches!(c, ',' | ':' | '.' | '!' | '?' | '—' | '–') || self.opening(c))
    }

    /// Whether speech that was closed before goes on here: ‘Yes,’ he said, ‘and more.
    fn resumes_speech(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        let closed = |pair: &[(char, usize)]| closing(pair[0].0) && pair[1].0 == self.marks[3];
        let near = &self.seen[index.saturating_sub(LONGEST_PAUSE)..index];
        before.is_some_and(|c| matches!(c, ',' | ';' | ':' | '—' | '–' | '…' | ')'))
            && (near.windows(2).rev().any(closed) || self.follows_aside(index))
    }

    /// Whether brackets go before that a closing mark stands before: ‘May he’ (Obadiah) ‘be well.
    fn follows_aside(&self, index: usize) -> bool {
        let near = &self.seen[index.saturating_sub(LONGEST_ASIDE)..index];
        let behind = near.iter().rposition(|(c, _)| *c == ')').unwrap_or(0);
        let only_stops = near[behind..].iter().skip(1).all(|(c, _)| c.is_whitespace() || closing(*c));
        let Some(opens) = near[..behind].iter().rposition(|(c, _)| *c == '(') else { return false };
        only_stops
            && near[..opens]
                .iter()
                .rev()
                .find(|(c, _)| !(matches!(*c, ' ' | ',') || dash(*c)))
                .is_some_and(|(c, _)| *c == self.marks[3])
    }

    /// In French a space that the author typed inside guillemets or before
    /// high punctuation may not break the line; guillemets that we made have
    /// a space inside, save in Switzerland.
    fn french_spaces(&mut self) {
        for index in 0..self.seen.len() {
            if self.seen[index].0 != ' ' {
                continue;
            }
            match (self.before(index), self.after(index)) {
                (Some('«'), _) | (_, Some('»' | ';' | '!' | '?')) => self.put(index, NARROW_SPACE),
                (_, Some(':')) => self.put(index, NO_BREAK_SPACE),
                _ => {}
            }
        }
    }
}

/// A speech that goes on was closed no further back.
const LONGEST_PAUSE: usize = 2_000;
/// What stands in brackets within a speech is hardly longer.
const LONGEST_ASIDE: usize = 200;

/// How many characters belong to an address of the web that begins at `at`;
/// the stops of the sentence around it do not.
fn address_length(chars: &[char], at: usize) -> usize {
    let is_free = at == 0 || !chars[at - 1].is_alphanumeric();
    let starts = |start: &str| chars[at..].iter().copied().take(start.len()).eq(start.chars());
    if !is_free
        || !matches!(chars[at], 'h' | 'w')
        || !["https://", "http://", "www."].iter().any(|s| starts(s))
    {
        return 0;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | CALL);
    let whole = chars[at..].iter().take_while(|c| !ends(**c)).count();
    let stops = chars[at..at + whole].iter().rev().take_while(|c| closing(**c) || **c == '\'').count();
    whole - stops
}

/// Whether two hyphens begin the name of an option, `--help`, and are no dash: a
/// small letter follows, and no word goes before. In quotation marks it is all that stands there.
fn is_option(chars: &[char], at: usize) -> bool {
    let mut before = at.checked_sub(1).map(|at| chars[at]);
    if before.is_some_and(is_quote) {
        // a quotation mark before it opens only where nothing touches it
        before = at.checked_sub(2).map(|at| chars[at]);
    }
    let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '/' | '|' | ','));
    free && chars.get(at + 2).is_some_and(char::is_ascii_lowercase)
        && !goes_on_speaking(chars, at)
        && (is_in_brackets(chars, at) || !is_taken_up(chars, at))
}

/// Whether a mark may stand before a quotation.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '»')
}

/// Whether what two hyphens begin fills brackets or quotation marks: `(--version)`.
fn is_in_brackets(chars: &[char], at: usize) -> bool {
    let close = match at.checked_sub(1).map(|before| chars[before]) {
        Some('(') => ')',
        Some('[') => ']',
        Some('«') => '»',
        Some('“') => '”',
        Some('„') => '“',
        Some(mark @ ('"' | '\'')) => mark,
        _ => return false,
    };
    let name =
        chars[at + 2..].iter().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '=')).count();
    chars.get(at + 2 + name) == Some(&close)
}

/// Whether two hyphens further on end what these begin, `she ran --not far-- away`: they touch the word before them
/// and nothing behind.
fn is_taken_up(chars: &[char], at: usize) -> bool {
    let end = chars.len().min(at + LONGEST_ASIDE);
    // others that begin further on end first
    let mut open = 0_usize;
    for here in at + 3..end.saturating_sub(1) {
        if chars[here] != '-' || chars[here + 1] != '-' || chars[here - 1] == '-' {
            continue;
        }
        let (before, behind) = (chars[here - 1], chars.get(here + 2));
        let ends = behind.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '!' | '?'));
        if before.is_whitespace() && behind.is_some_and(|c| c.is_alphabetic()) {
            open += 1;
        } else if ends && before.is_alphabetic() {
            match open {
                0 => return true,
                _ => open -= 1,
            }
        }
    }
    false
}

/// Whether the hyphens take up a broken speech, `"--and then he left."`: a quotation mark stands
/// before them, and words follow within it. The name of an option stands there alone, or
/// with the parts of options: `"--out FILE"`, `"--force --now"`.
fn goes_on_speaking(chars: &[char], at: usize) -> bool {
    if !at.checked_sub(1).is_some_and(|before| is_quote(chars[before])) {
        return false;
    }
    let name =
        chars[at + 2..].iter().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '=')).count();
    let rest = &chars[at + 2 + name..];
    let words = match rest {
        [' ', next, ..] => next.is_lowercase(),
        // a comma inside of American quotation marks ends the name of an option as well
        [',' | '.' | '!' | '?' | ';', ' ', ..] => true,
        _ => false,
    };
    words && !chars[at + 2..at + 2 + name].contains(&'-')
}

/// Whether a space parts two full stops of three that are typed apart, `he said. . . and left`: no line may end there.
fn is_between_stops(chars: &[char], at: usize) -> bool {
    let stop = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&'.');
    let spaced = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&' ');
    let before = spaced(at.checked_sub(2)) && stop(at.checked_sub(3));
    let behind = spaced(Some(at + 2)) && stop(Some(at + 3));
    stop(at.checked_sub(1)) && stop(Some(at + 1)) && (before || behind)
}

/// Whether letters stand on both sides of two hyphens, or a mark that ends a phrase.
fn parts_words(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(at + 2).copied();
    let ends = |c: char| {
        c.is_alphabetic()
            || matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | ')' | '(' | '.' | '!' | '?' | ',' | CALL)
    };
    let figures = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
    !figures && before.is_some_and(ends) && after.is_none_or(|c| ends(c) || c.is_ascii_digit())
        || before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(char::is_alphabetic)
}

/// Whether the hyphens stand between the two ends of a range of letters or of numerals, `A--Z` or `xii--xiv`, which an
/// en dash joins in any English. Somebody who stutters says the same letter twice: `I--I`.
fn is_range(chars: &[char], at: usize) -> bool {
    let before: String = {
        let run: Vec<char> =
            chars[..at].iter().rev().take(8).take_while(|c| c.is_alphabetic()).copied().collect();
        run.into_iter().rev().collect()
    };
    let after: String = chars[at + 2..].iter().take(8).take_while(|c| c.is_alphabetic()).collect();
    let is_letter = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_numeral = |word: &str| {
        let small = word.to_lowercase();
        (small == word || word.bytes().all(|b| b.is_ascii_uppercase())) && from_roman(&small).is_some()
    };
    let letters = is_letter(&before) && is_letter(&after);
    let numerals = is_numeral(&before) && is_numeral(&after) && before.len() + after.len() > 2;
    before != after && (letters || numerals)
}

/// Whether ideographs or their marks stand on both sides of two hyphens.
fn is_between_ideographs(chars: &[char], at: usize) -> bool {
    let wide = |c: Option<&char>| c.is_some_and(|c| ideograph(*c));
    wide(at.checked_sub(1).and_then(|before| chars.get(before)))
        && chars.get(at + 2).is_none_or(|c| ideograph(*c) || matches!(c, '”' | '"'))
}

fn is_hebrew(c: char) -> bool {
    matches!(c, 'א'..='ת')
}

fn dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-' | '―' | '⸺' | '⸻' | '\u{2060}')
}

fn ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3000..=0x30FF | 0x3400..=0x9FFF | 0xFF00..=0xFF60)
}

fn closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '—' | '–')
}
