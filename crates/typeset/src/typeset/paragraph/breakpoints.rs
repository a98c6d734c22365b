//! From a paragraph's words to the breakpoints that total fit chooses among.
//!
//! Each breakpoint has two sums: of all before it, as the line would end there, and of
//! all before the next line. Their differences are what a break changes: a hyphen is in
//! the first and not in the second, the space at which a line ends is in neither line,
//! and what hangs into the margin is taken off the first and put onto the second. So the
//! width of any line is one subtraction, `points[end].before - points[start].after`, and
//! the search never looks at a word.
//!
//! Sums are whole numbers of 1/65536 pt in `f64`, which holds them exactly up to 2⁵³, a
//! paragraph of 48,000 kilometres: the order of summation does not matter.

use super::model::{Paragraph, PieceKind, TokenKind};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::terms::{Tie, tie};
use crate::typeset::breaking::{
    BookCosts, BreakClass, Breakpoint, CostTable, Ending, Measures, Search, Solution, Space, Totals,
    Unbroken, is_torn, least_faults,
};
use crate::typeset::line::{Breaks, LastLine, LineAlignment};
use crate::typeset::shaper::{Facts, Inner, InnerKind, LONGEST_WORD, Shaper, StyleId, ems};

/// The breakpoints of a paragraph.
pub(super) struct Breakpoints {
    points: Vec<Breakpoint>,
    /// The word spaces of justified lines.
    spaces: Vec<Space>,
    /// The paragraph is cut within a word.
    hyphen_at_end: bool,
}

impl Breakpoints {
    /// The places where lines may end of that class, or a better one.
    pub(super) fn new(
        paragraph: &Paragraph,
        shaper: &mut Shaper<'_>,
        class: BreakClass,
        costs: &CostTable,
    ) -> Breakpoints {
        let mut builder = Builder {
            last_word: paragraph.tokens.iter().rposition(|token| matches!(token.kind, TokenKind::Word(_))),
            paragraph,
            shaper,
            class,
            costs,
            points: Vec::with_capacity(paragraph.tokens.len() + 2),
            spaces: Vec::new(),
            counts_spaces: paragraph.form.alignment == LineAlignment::Justified,
            sum: Totals::default(),
            solid: Totals::default(),
            previous: None,
        };
        // The start is a breakpoint too, so that the first line is a difference of sums like all
        // others.
        builder.point(0, Totals::default(), Totals::default(), (Ending::Plain, 0.0), (0, 0));
        for token in 0..paragraph.tokens.len() {
            builder.token(token);
        }
        builder.finish();
        let hyphen_at_end = paragraph.form.last == LastLine::Full { hyphen: true };
        Breakpoints { points: builder.points, spaces: builder.spaces, hyphen_at_end }
    }

    /// The best ways to break it in `measures`.
    pub(super) fn candidates<'c>(
        &'c self,
        measures: &'c Measures,
        costs: &'c BookCosts,
        desperate: bool,
    ) -> Candidates<'c> {
        let text = Unbroken { points: &self.points, spaces: &self.spaces, measures };
        Candidates { points: self, costs, search: Search::new(&text, costs, desperate) }
    }

    /// The least number of faults of any way to break it; `None` when there is none.
    pub(super) fn least_faults(&self, measures: &Measures, costs: &BookCosts) -> Option<u32> {
        least_faults(&Unbroken { points: &self.points, spaces: &self.spaces, measures }, costs)
    }

    /// How many faults a solution has that a reader would mark.
    fn faults(&self, solution: &Solution, costs: &BookCosts) -> u32 {
        let point = |end: &usize| &self.points[*end];
        let hyphen = |end: &usize| point(end).ending.is_hyphen();
        let ladders = solution.ends.windows(2).filter(|two| two.iter().all(hyphen)).count();
        let runt = solution.ends.last().is_some_and(|end| {
            let before = solution.ends.len().checked_sub(2).map_or(0, |at| solution.ends[at]);
            solution.ends.len() > 1 && costs.is_runt(&self.points[before], point(end))
        });
        u32::nearest(ladders) + u32::from(runt)
    }

    /// The breaks of a solution, in the page builder's terms.
    fn breaks(&self, solution: &Solution, costs: &BookCosts) -> Breaks {
        // The last line has its natural spaces and says nothing of how loose the paragraph is.
        let justified = &solution.fits[..solution.fits.len().saturating_sub(1)];
        let hyphen = |end: &usize| match self.points[*end].ending {
            Ending::Hyphen => true,
            Ending::Full => self.hyphen_at_end,
            _ => false,
        };
        Breaks {
            ends: solution.ends.iter().map(|end| self.points[*end].at).collect(),
            demerits: solution.demerits,
            loosest: justified.iter().map(|fit| fit.ratio).fold(0.0, f64::max),
            hyphenated: solution.ends.iter().map(hyphen).collect(),
            short_last_line: solution
                .fits
                .last()
                .zip(solution.ends.last())
                .is_some_and(|(fit, end)| is_torn(fit, &self.points[*end])),
            faults: self.faults(solution, costs),
        }
    }
}

/// The ways to break a paragraph that have been found.
pub(super) struct Candidates<'c> {
    points: &'c Breakpoints,
    costs: &'c BookCosts,
    search: Search<'c, BookCosts>,
}

impl Candidates<'_> {
    /// The best way for each number of lines.
    pub(super) fn all(&self) -> Vec<Breaks> {
        self.search.solutions().iter().map(|solution| self.points.breaks(solution, self.costs)).collect()
    }

    /// The best ways that do not break at `at`; of several places, the last
    /// comes first.
    pub(super) fn without(&mut self, at: u32) -> Vec<Breaks> {
        let point = self.points.points.iter().position(|point| point.at == at);
        let solutions = point.map(|point| self.search.solutions_without(point)).unwrap_or_default();
        solutions.iter().map(|solution| self.points.breaks(solution, self.costs)).collect()
    }
}

/// How many breakpoints at the same place on the line are kept.
const ALIKE: usize = 8;

/// At every so many letters an endless word may be broken.
const COARSE: usize = 8;

struct Builder<'b, 's> {
    paragraph: &'b Paragraph,
    shaper: &'b mut Shaper<'s>,
    class: BreakClass,
    costs: &'b CostTable,
    points: Vec<Breakpoint>,
    spaces: Vec<Space>,
    /// Whether it matters where spaces stand.
    counts_spaces: bool,
    /// Everything so far, and everything but spaces at the end.
    sum: Totals,
    solid: Totals,
    /// The last word: its token, and what is known of it.
    previous: Option<(usize, Facts)>,
    last_word: Option<usize>,
}

impl Builder<'_, '_> {
    fn token(&mut self, n: usize) {
        let token = self.paragraph.tokens[n];
        match (&self.paragraph.pieces[token.part as usize].kind, token.kind) {
            (PieceKind::Words { style, glued, .. }, TokenKind::Word(_)) => self.word(n, *style, *glued),
            (PieceKind::Words { .. }, TokenKind::Space | TokenKind::Tie) => self.space(n),
            (PieceKind::Picture(_, size, _), _) => {
                self.sum.width += raw(size.width);
                self.solid = self.sum;
                self.previous = None;
            }
            (PieceKind::Break, _) => self.forced(n),
            _ => {}
        }
    }

    fn word(&mut self, n: usize, style: StyleId, glued: bool) {
        let facts = self.facts(n);
        let joined = n > 0 && matches!(self.paragraph.tokens[n - 1].kind, TokenKind::Word(_));
        let correction = width(raw(self.paragraph.correction(n)));
        if joined && !glued {
            self.join(n, facts, correction);
        }
        self.sum += correction;
        // Breaks inside the word come before its width is added: their sums begin where the word does.
        self.inner(n, style, facts);
        let TokenKind::Word(word) = self.paragraph.tokens[n].kind else { return };
        let shaped = *self.shaper.shaped(word);
        self.sum += self.sums(style, shaped.advance, shaped.glyph_count().saturating_sub(1));
        self.solid = self.sum;
        self.previous = Some((n, facts));
    }

    /// A line may end between two words that no space parts. The white that slanted words need
    /// there is then in neither line.
    fn join(&mut self, n: usize, facts: Facts, correction: Totals) {
        let Some((previous, before)) = self.previous else { return };
        let class =
            self.shaper.between(self.paragraph.token_text(previous), false, self.paragraph.token_text(n));
        // A break here lets the word before hang out on the right, and the word behind on the left.
        // The first makes the line that ends shorter, the second makes the line that begins shorter:
        // it is added to what comes before it.
        let hang = self.hangs(previous, before).1;
        let left = self.hangs(n, facts).0;
        let words = (before.hash, facts.hash);
        self.break_at(n, (class, 0.0), self.sum - width(hang), self.sum + correction + width(left), words);
    }

    /// A plain break before token `n`, if it is wanted; it may cost something
    /// besides.
    fn break_at(
        &mut self,
        n: usize,
        (class, besides): (BreakClass, f64),
        before: Totals,
        after: Totals,
        words: (u32, u32),
    ) {
        if class <= self.class {
            let ending =
                match self.previous.and_then(|(n, _)| self.paragraph.token_text(n).chars().next_back()) {
                    Some('-' | '\u{2010}') => Ending::Hard,
                    _ => Ending::Plain,
                };
            let penalty = self.costs.of(class) + besides;
            self.point(self.paragraph.tokens[n].start, before, after, (ending, penalty), words);
        }
    }

    fn space(&mut self, n: usize) {
        let width = raw(self.paragraph.natural_width(n, self.shaper));
        let space = Space { before: self.sum, width };
        // A space grows with the expansion of the letters around it, so it has flex as well as
        // stretch.
        let flex = width * self.paragraph.form.limits.0;
        // The line that ends at a space ends where its last word did, and the next begins behind the
        // space: hence two sums, with and without the spaces at the end.
        let before = self.solid;
        self.sum += Totals { width, stretch: width, shrink: width, flex };
        if self.paragraph.tokens[n].kind == TokenKind::Space {
            self.break_at_space(n, before);
        }
        if self.counts_spaces {
            self.spaces.push(space);
        }
    }

    fn break_at_space(&mut self, n: usize, before: Totals) {
        let Some(next) = self.paragraph.tokens.get(n + 1) else { return };
        if matches!(next.kind, TokenKind::Space | TokenKind::Tie | TokenKind::Break) || self.is_glued(n + 1) {
            return;
        }
        let facts = matches!(next.kind, TokenKind::Word(_)).then(|| self.facts(n + 1));
        let text = facts.map_or("", |_| self.paragraph.token_text(n + 1));
        let last = self.previous.map_or("", |(n, _)| self.paragraph.token_text(n));
        let tied = self.previous.map_or(BreakClass::Allowed, |(n, _)| self.tied(n, last, text));
        // Two judges, and the stricter one is heard: the standard with what compositors add to it, and
        // the language, which may tie a word to the next.
        let class = self.shaper.between(last, true, text).max(tied);
        let hang = self.previous.map_or(0.0, |(n, facts)| self.hangs(n, facts).1);
        let left = facts.map_or(0.0, |facts| self.hangs(n + 1, facts).0);
        let words = (self.previous.map_or(0, |(_, facts)| facts.hash), facts.map_or(0, |facts| facts.hash));
        // In a title lines are parted by sense: behind an article or an opening quotation mark the
        // break costs a little, which decides between lines of about the same length.
        let parts = self.paragraph.form.display && goes_on(last);
        let sense = if parts { self.costs.sense } else { 0.0 };
        self.break_at(n, (class, sense), before - width(hang), self.sum + width(left), words);
    }

    /// How the word `n` stays with the next one in its language.
    fn tied(&self, n: usize, word: &str, next: &str) -> BreakClass {
        let Some(style) = self.paragraph.style(&self.paragraph.tokens[n]) else { return BreakClass::Allowed };
        let lang = &self.shaper.open(style).style.lang;
        match tie(lang, word, next) {
            Some(Tie::Firm) => BreakClass::LastResort,
            Some(Tie::Close) => BreakClass::Emergency,
            None if lang.leans(word) => BreakClass::Poor,
            Some(Tie::Loose) => BreakClass::Discouraged,
            None => BreakClass::Allowed,
        }
    }

    fn is_glued(&self, n: usize) -> bool {
        let part = &self.paragraph.pieces[self.paragraph.tokens[n].part as usize];
        matches!(part.kind, PieceKind::Words { glued: true, .. })
    }

    /// The breaks inside the word `n`.
    fn inner(&mut self, n: usize, style: StyleId, facts: Facts) {
        let start = self.paragraph.tokens[n].start;
        // How much stands before this word in a line that could begin nowhere later. Only a word that
        // is too long for a line together with that has to be broken anywhere.
        let line_start = self.points.last().map_or(0.0, |point| point.after.width);
        let glued = Abs::raw(i64::nearest((self.sum.width - line_start).max(0.0)));
        if self.is_glued(n) {
            self.before_glued(n, start, glued);
            return;
        }
        let inner: Vec<Inner> = self.shaper.inner(&facts).to_vec();
        let first_point = self.points.len();
        for place in &inner {
            let class = self.class_inside(n, place);
            if class > self.class {
                continue;
            }
            let sums = self.sums(style, place.width, place.glyphs as usize);
            let open = self.shaper.open(style);
            let (added, hang, ending) = match place.kind {
                InnerKind::Hyphen => (raw(open.hyphen.0), raw(open.hyphen.1), Ending::Hyphen),
                InnerKind::Hard => (0.0, raw(ems(place.hang, open.style.size)), Ending::Hard),
                InnerKind::Plain => (0.0, raw(ems(place.hang, open.style.size)), Ending::Plain),
            };
            // The hyphen is in the sum of the line that ends and not in that of the next, and it hangs
            // out by its own share: the line is wider by what of it stands inside the margin.
            let hang = if self.paragraph.form.protrude { hang } else { 0.0 };
            let at = self.sum + sums;
            let penalty = self.costs.of(class);
            self.point(start + place.at, at + width(added - hang), at, (ending, penalty), (0, 0));
        }
        if self.class == BreakClass::LastResort {
            self.anywhere(n, style, &inner, glued);
            // Breaks of two kinds were added one after the other; the search wants them in the order
            // of the text. Those before this word stand before it anyway.
            self.points[first_point..].sort_by_key(|point| point.at);
        }
    }

    /// So many calls of notes side by side that no line holds them may be parted,
    /// when nothing else helps.
    fn before_glued(&mut self, n: usize, start: u32, glued: Abs) {
        let least = self.paragraph.least_width();
        let is_call = self.paragraph.token_text(n).starts_with(char::is_alphanumeric);
        let whole = glued + self.paragraph.natural_width(n, self.shaper);
        if self.class == BreakClass::LastResort && is_call && whole > least && glued > Abs::ZERO {
            self.point(start, self.sum, self.sum, (Ending::Plain, self.costs.anywhere), (0, 0));
        }
    }

    fn class_inside(&self, n: usize, place: &Inner) -> BreakClass {
        if place.kind != InnerKind::Hyphen {
            let leads = place.class == BreakClass::Allowed && self.is_behind_leading_dash(n, place.at);
            return if leads { BreakClass::LastResort } else { place.class };
        }
        if !self.paragraph.form.hyphenate {
            // A title is not divided; a word of it that no line holds is, as any other would be.
            let wide = || self.paragraph.natural_width(n, self.shaper) > self.paragraph.least_width();
            let divided = self.paragraph.form.display && wide();
            return if divided { BreakClass::Emergency } else { BreakClass::Forbidden };
        }
        // The last word of a paragraph is not divided if it can be helped: its end would be a line
        // alone.
        if Some(n) == self.last_word { BreakClass::Emergency } else { place.class }
    }

    /// Whether a place inside a word is right behind the dash that the word begins with, as in `–deny` or
    /// `(–5`: the two belong together, where a dash between two words is as good a place as any.
    fn is_behind_leading_dash(&self, n: usize, at: u32) -> bool {
        let lead = &self.paragraph.token_text(n)[..at as usize];
        let begins = n == 0 || !matches!(self.paragraph.tokens[n - 1].kind, TokenKind::Word(_));
        begins && lead.ends_with(['–', '—', '―']) && !lead.contains(char::is_alphanumeric)
    }

    /// A part of a word that is wider than a line may be broken between any
    /// letters. Before it so much stands in its line that cannot be parted from it,
    /// such as a note's number.
    fn anywhere(&mut self, n: usize, style: StyleId, known: &[Inner], glued: Abs) {
        let TokenKind::Word(word) = self.paragraph.tokens[n].kind else { return };
        let least = self.paragraph.least_width();
        // Most words end here: they fit a line. Words that run from right to left are left alone, for
        // a cut between any two of their letters would change both.
        let whole = self.paragraph.natural_width(n, self.shaper);
        if self.paragraph.is_rtl(n) || whole + glued <= least {
            return;
        }
        let mut starts: Vec<(u32, i64)> = Vec::new();
        let mut sum = 0;
        for glyph in self.shaper.glyphs(word) {
            starts.push((glyph.start, sum));
            sum += i64::from(glyph.advance);
        }
        // Glyphs of one cluster begin at the same byte, and between them no line can be broken: letter
        // and accent, or the parts of a letter that was built.
        starts.dedup_by_key(|(start, _)| *start);
        let size = self.shaper.open(style).style.size;
        // Where the word may be broken anyway: the byte, the width up to there, and what a break adds.
        let mut parts: Vec<(u32, i64, Abs)> = vec![(0, 0, Abs::ZERO)];
        let hyphen = self.shaper.open(style).hyphen.0;
        let open = known.iter().filter(|place| self.class_inside(n, place) != BreakClass::Forbidden);
        parts.extend(open.map(|place| {
            let added = if place.kind == InnerKind::Hyphen { hyphen } else { Abs::ZERO };
            (place.at, place.width, added)
        }));
        // letterspacing makes every part wider
        // The share by which letterspacing widens the whole is taken for that of each part. It is
        // exact but for the space behind the last letter.
        let spaced = whole.ratio(ems(sum, size));
        let is_wide = |at: u32| {
            // A part of the word between two places where it may be broken anyway. Only within a part
            // that is itself wider than the measure are letters parted; so a path or an address is cut
            // at its slashes first.
            let next = parts.partition_point(|part| part.0 <= at);
            let (end, added) = parts.get(next).map_or((sum, Abs::ZERO), |part| (part.1, part.2));
            let before = if next == 1 { glued } else { Abs::ZERO };
            let width = before + ems(end - parts[next - 1].1, size).scale(spaced) + added;
            parts[next - 1].0 != at && width > least
        };
        let start = self.paragraph.tokens[n].start;
        // A word of a megabyte has a million places. Every eighth of them is plenty, and no line is
        // shorter for it than by seven letters.
        let step = if starts.len() > LONGEST_WORD { COARSE } else { 1 };
        for (count, (at, advance)) in starts.into_iter().enumerate().step_by(step) {
            if is_wide(at) {
                let sums = self.sum + self.sums(style, advance, count);
                let joint = is_joint(self.paragraph.token_text(n), at as usize);
                let cost = if joint { self.costs.at_mark } else { self.costs.anywhere };
                self.point(start + at, sums, sums, (Ending::Plain, cost), (0, 0));
            }
        }
    }

    fn forced(&mut self, n: usize) {
        let hang = self.previous.map_or(0.0, |(n, facts)| self.hangs(n, facts).1);
        let facts =
            matches!(self.paragraph.tokens.get(n + 1).map(|next| next.kind), Some(TokenKind::Word(_)))
                .then(|| self.facts(n + 1));
        let left = facts.map_or(0.0, |facts| self.hangs(n + 1, facts).0);
        let at = self.paragraph.tokens[n].start;
        self.point(at, self.solid - width(hang), self.sum + width(left), (Ending::Forced, 0.0), (0, 0));
        self.previous = None;
    }

    fn finish(&mut self) {
        let hang = self.previous.map_or(0.0, |(n, facts)| self.hangs(n, facts).1);
        // The end is forced in either form. Natural, the line ends where its words do; full, it must
        // reach the margin because the paragraph goes on overleaf, with a hyphen when it was cut
        // within a word.
        let end = u32::nearest(self.paragraph.text.len());
        let (ending, hyphen) = match self.paragraph.form.last {
            LastLine::Natural => (Ending::Forced, None),
            LastLine::Full { hyphen } => (Ending::Full, hyphen.then(|| self.last_hyphen()).flatten()),
        };
        let added = hyphen.map_or(-hang, |(hyphen, hang)| hyphen - hang);
        self.point(end, self.solid + width(added), self.sum, (ending, 0.0), (0, 0));
    }

    /// The width of a hyphen after the last word, and how far it hangs out.
    fn last_hyphen(&self) -> Option<(f64, f64)> {
        let style = self.paragraph.style(&self.paragraph.tokens[self.previous?.0])?;
        let open = self.shaper.open(style);
        let hang = if self.paragraph.form.protrude { raw(open.hyphen.1) } else { 0.0 };
        Some((raw(open.hyphen.0), hang))
    }

    /// Adds a breakpoint. Of those that follow one another at the same place on the
    /// line, as between signs without width, a few are as good as all.
    fn point(&mut self, at: u32, before: Totals, after: Totals, end: (Ending, f64), words: (u32, u32)) {
        let spaces = u32::nearest(self.spaces.len());
        let is_same = |point: &Breakpoint| {
            (point.before, point.after, point.spaces) == (before, after, spaces)
                && (point.ending, point.penalty) == end
        };
        // Breakpoints that are alike in everything the search can see are the same line to it. A few
        // are kept, since they differ in the byte where the line ends; thousands of them, as between
        // signs without width, would make the window as long as the paragraph.
        let is_one_more = self.points.len() >= ALIKE
            && !end.0.is_forced()
            && self.points[self.points.len() - ALIKE..].iter().all(is_same);
        if is_one_more {
            return;
        }
        self.points.push(Breakpoint { at, before, after, penalty: end.1, ending: end.0, words, spaces });
    }

    fn facts(&mut self, n: usize) -> Facts {
        let token = &self.paragraph.tokens[n];
        let (TokenKind::Word(word), Some(style)) = (token.kind, self.paragraph.style(token)) else {
            return Facts::default();
        };
        self.shaper.facts(word, self.paragraph.token_text(n), style)
    }

    /// How far the word `n` hangs out on the left, and on the right.
    fn hangs(&self, n: usize, facts: Facts) -> (f64, f64) {
        let Some(style) = self.paragraph.style(&self.paragraph.tokens[n]) else { return (0.0, 0.0) };
        if !self.paragraph.form.protrude {
            return (0.0, 0.0);
        }
        let size = self.shaper.open(style).style.size;
        (raw(ems(facts.hang.0, size)), raw(ems(facts.hang.1, size)))
    }

    /// What letters of that width amount to.
    fn sums(&self, style: StyleId, advance: i64, gaps: usize) -> Totals {
        let style = &self.shaper.open(style).style;
        // Letterspacing stands behind every letter, the last one too, so there is one more of it than
        // there are gaps; tracking is put between letters alone.
        let width = raw(ems(advance, style.size) + style.letterspace * (gaps as i64 + 1));
        let (expansion, tracking) = self.paragraph.form.limits;
        let flex = width * expansion + gaps as f64 * raw(style.size) * tracking;
        Totals { width, flex, ..Totals::default() }
    }
}

/// Whether marks join the parts of a word at that byte, as in a path or in
/// code. A mark that closes stays with what is before it.
fn is_joint(word: &str, at: usize) -> bool {
    const CLOSING: &[char] = &[')', ']', '}', '>', ',', ';', ':', '"', '\''];
    let (before, after) = word.split_at_checked(at).unwrap_or((word, ""));
    let letters = before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    !letters && !after.starts_with(CLOSING)
}

/// Whether a word goes with the next one, as far as can be seen in any language:
/// an article or the like, which is short, or one that opens a quotation or a
/// bracket.
fn goes_on(word: &str) -> bool {
    const OPENING: &[char] = &['“', '‘', '«', '„', '‚', '‹', '(', '['];
    const CLOSING: &[char] = &['”', '’', '»', '“', '‘', '›', ')', ']'];
    // A mark opens something if it is not closed in the same word: `(see` goes with what follows,
    // `(sic)` does not.
    let inside = word.trim_start_matches(OPENING);
    let opens = inside.len() < word.len() && !inside.contains(CLOSING);
    let short = (1..=SHORT_WORD).contains(&word.chars().count());
    // In a title in capitals they are capitals: `THE HISTORY OF A | HOUSE`.
    opens || short && (word.chars().all(char::is_lowercase) || word.chars().all(char::is_uppercase))
}

/// Letters of the longest word that is taken for an article, a preposition or the like.
const SHORT_WORD: usize = 3;

fn raw(length: Abs) -> f64 {
    length.to_raw() as f64
}

fn width(width: f64) -> Totals {
    Totals { width, ..Totals::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_openings_go_with_the_next_word() {
        let going = ["the", "“The", "«Die", "of", "(see"].map(goes_on);
        let ending = ["Question", "“Yes”", "War", "19", "war,", "«Nein»", ""].map(goes_on);
        assert_eq!((going, ending), ([true; 5], [false; 7]));
    }
}
