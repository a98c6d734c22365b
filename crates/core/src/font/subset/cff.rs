//! A CFF table without the glyphs that a text does not need (Adobe Technical
//! Note 5176; the charstrings are those of Technical Note 5177).
//!
//! Glyphs keep their numbers: those that go are empty. What stands behind them
//! moves up, and the offsets that lead there with it.

use super::cff_data::{
    CHAR_STRINGS, CHARSET, Dict, ENCODING, FD_ARRAY, FD_SELECT, Index, Private, ROS, Replacement, assembled,
    small_number,
};
use super::charset;
use crate::narrow::Nearest;
use std::collections::BTreeSet;

/// Ends a charstring; alone, one that draws nothing.
const END_CHAR: u8 = 14;
/// Ends a subroutine.
const RETURN: u8 = 11;
/// How deep subroutines may call one another (Technical Note 5177, appendix B).
const MAX_DEPTH: u32 = 10;

/// The table with every glyph emptied that is not kept, every subroutine that
/// no kept glyph calls, and the names of emptied glyphs.
pub(super) fn reduced(table: &[u8], is_kept: &dyn Fn(u32) -> bool) -> Option<Vec<u8>> {
    let names = Index::read(table, usize::from(*table.get(2)?))?;
    let tops = Index::read(table, names.end)?;
    let strings = Index::read(table, tops.end)?;
    let globals = Index::read(table, strings.end)?;
    let top = Dict::read(table, tops.item(table, 0)?)?;
    let glyphs = Index::read(table, top.offset(CHAR_STRINGS)?)?;
    let outlines = glyphs.reduced(table, &|glyph| is_kept(u32::nearest(glyph)), &[END_CHAR])?;
    if top.values(ROS).is_some() {
        return keyed(table, &top, outlines);
    }
    let mut parts = vec![outlines];
    let private = Private::read(table, &top)?;
    let locals = match private.subroutines {
        Some(at) => Some(Index::read(table, at)?),
        None => None,
    };
    let mut trace = Trace { table, globals: Some(&globals), locals: locals.as_ref(), ..Trace::default() };
    let mut kept = (0..glyphs.count).filter(|glyph| is_kept(u32::nearest(*glyph)));
    if kept.all(|glyph| trace.glyph(&glyphs, glyph).is_some()) {
        parts.push(globals.reduced(table, &|index| trace.used_globals.contains(&index), &[])?);
        if let Some(locals) = &locals {
            parts.push(locals.reduced(table, &|index| trace.used_locals.contains(&index), &[])?);
        }
    }
    if let Some(used) = charset::names_in_use(table, &top, glyphs.count, is_kept) {
        parts.push(strings.reduced(table, &|name| used.contains(&name), &[])?);
    }
    let (mut out, moves) = assembled(table, &parts)?;
    private.follow(&top, &moves, &mut out)?;
    top.follow(&[CHARSET, ENCODING, CHAR_STRINGS], &moves, &mut out)?;
    Some(out)
}

/// Steps in which a glyph is drawn, and in which a font's glyphs are: those of the
/// largest fonts take a tenth. Ten levels of subroutines that each call the next ten
/// times would take ten thousand million.
const GLYPH_STEPS: u64 = 500_000;
const FONT_STEPS: u64 = 100_000_000;

/// Whether every glyph is drawn in so many steps. One that does what we don't
/// understand stops there, as it does when it is drawn.
pub(in crate::font) fn is_drawn_in_time(table: &[u8]) -> bool {
    let Some(parts) = Glyphs::read(table) else { return true };
    let mut left = FONT_STEPS;
    (0..parts.outlines.count).all(|glyph| {
        let locals = parts.locals_of(glyph);
        let mut trace = Trace { table, globals: Some(&parts.globals), locals, ..Trace::default() };
        // what it draws does not matter, only how long it takes
        let _ = trace.glyph(&parts.outlines, glyph);
        left = left.saturating_sub(GLYPH_STEPS - trace.steps);
        trace.steps > 0 && left > 0
    })
}

/// The outlines of a font with the subroutines that they may call.
struct Glyphs {
    outlines: Index,
    globals: Index,
    locals: Vec<Option<Index>>,
    /// Which of `locals` each glyph calls; empty when there is one for all.
    chosen: Vec<u8>,
}

impl Glyphs {
    fn read(table: &[u8]) -> Option<Glyphs> {
        let names = Index::read(table, usize::from(*table.get(2)?))?;
        let tops = Index::read(table, names.end)?;
        let strings = Index::read(table, tops.end)?;
        let globals = Index::read(table, strings.end)?;
        let top = Dict::read(table, tops.item(table, 0)?)?;
        let outlines = Index::read(table, top.offset(CHAR_STRINGS)?)?;
        let of = |dict: &Dict| Index::read(table, Private::read(table, dict)?.subroutines?);
        if top.values(ROS).is_none() {
            return Some(Glyphs { outlines, globals, locals: vec![of(&top)], chosen: Vec::new() });
        }
        let fonts = Index::read(table, top.offset(FD_ARRAY)?)?;
        let dict = |number| Dict::read(table, fonts.item(table, number)?);
        let locals = (0..fonts.count).map(|number| dict(number).as_ref().and_then(of)).collect();
        let chosen = chosen(table, top.offset(FD_SELECT)?, outlines.count).unwrap_or_default();
        Some(Glyphs { outlines, globals, locals, chosen })
    }

    fn locals_of(&self, glyph: usize) -> Option<&Index> {
        let font = self.chosen.get(glyph).copied().unwrap_or(0);
        self.locals.get(usize::from(font))?.as_ref()
    }
}

/// For each glyph the number of its font (Technical Note 5176, §19).
fn chosen(table: &[u8], start: usize, count: usize) -> Option<Vec<u8>> {
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?)));
    match table.get(start)? {
        0 => Some(table.get(start + 1..start + 1 + count)?.to_vec()),
        3 => {
            let mut all = Vec::with_capacity(count);
            for range in 0..short(start + 1)? {
                let at = start + 3 + 3 * range;
                let font = *table.get(at + 2)?;
                all.resize(short(at + 3)?.min(count).max(all.len()), font);
            }
            Some(all)
        }
        _ => None,
    }
}

/// The table of a CID-keyed font, as those of East Asia are: its glyphs have
/// numbers in place of names, and several private DICTs. All subroutines stay.
fn keyed(table: &[u8], top: &Dict, outlines: Replacement) -> Option<Vec<u8>> {
    let (mut out, moves) = assembled(table, &[outlines])?;
    let fonts = Index::read(table, top.offset(FD_ARRAY)?)?;
    for number in 0..fonts.count {
        let font = Dict::read(table, fonts.item(table, number)?)?;
        Private::read(table, &font)?.follow(&font, &moves, &mut out)?;
    }
    top.follow(&[CHARSET, CHAR_STRINGS, FD_ARRAY, FD_SELECT], &moves, &mut out)?;
    Some(out)
}

/// Follows charstrings to the subroutines that they call.
struct Trace<'t> {
    table: &'t [u8],
    globals: Option<&'t Index>,
    locals: Option<&'t Index>,
    used_globals: BTreeSet<usize>,
    used_locals: BTreeSet<usize>,
    stack: Vec<i32>,
    stems: usize,
    /// How many steps are left for this glyph.
    steps: u64,
}

impl Default for Trace<'_> {
    fn default() -> Self {
        Trace {
            table: &[],
            globals: None,
            locals: None,
            used_globals: BTreeSet::new(),
            used_locals: BTreeSet::new(),
            stack: Vec::new(),
            stems: 0,
            steps: GLYPH_STEPS,
        }
    }
}

/// Whether the charstring goes on after a subroutine.
enum Then {
    GoOn,
    Stop,
}

impl Trace<'_> {
    /// Follows a glyph; nothing when it does what we don't understand.
    fn glyph(&mut self, glyphs: &Index, glyph: usize) -> Option<()> {
        self.stack.clear();
        self.stems = 0;
        self.steps = GLYPH_STEPS;
        self.run(glyphs.item(self.table, glyph)?, 0).map(|_| ())
    }

    fn run(&mut self, range: std::ops::Range<usize>, depth: u32) -> Option<Then> {
        let code = self.table.get(range)?;
        let mut at = 0;
        while let Some(&byte) = code.get(at) {
            at += 1;
            self.steps = self.steps.checked_sub(1)?;
            match byte {
                RETURN => return Some(Then::GoOn),
                END_CHAR if self.stack.len() < 4 => return Some(Then::Stop),
                END_CHAR => return None,
                1 | 3 | 18 | 23 => self.count_stems(),
                19 | 20 => {
                    self.count_stems();
                    at += self.stems.div_ceil(8);
                }
                10 | 29 if depth < MAX_DEPTH => {
                    if matches!(self.call(byte == 29, depth)?, Then::Stop) {
                        return Some(Then::Stop);
                    }
                }
                // Of the two-byte operators only the flexes leave the stack empty.
                12 if matches!(code.get(at), Some(34..=37)) => {
                    at += 1;
                    self.stack.clear();
                }
                4..=8 | 21 | 22 | 24..=27 | 30 | 31 => self.stack.clear(),
                255 => {
                    self.stack.push(0);
                    at += 4;
                }
                28 | 32..=254 => {
                    let number = small_number(byte, code, &mut at)?;
                    self.stack.push(number);
                }
                _ => return None,
            }
        }
        Some(Then::GoOn)
    }

    fn count_stems(&mut self) {
        self.stems += self.stack.len() / 2;
        self.stack.clear();
    }

    fn call(&mut self, global: bool, depth: u32) -> Option<Then> {
        let index = if global { self.globals } else { self.locals }?;
        let bias = match index.count {
            0..1240 => 107,
            1240..33900 => 1131,
            _ => 32768,
        };
        let number = usize::try_from(self.stack.pop()? + bias).ok()?;
        if global { &mut self.used_globals } else { &mut self.used_locals }.insert(number);
        self.run(index.item(self.table, number)?, depth + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(items: &[&[u8]]) -> Vec<u8> {
        let mut bytes = u16::nearest(items.len()).to_be_bytes().to_vec();
        let ends = items.iter().scan(1, |end, item| {
            *end += u8::nearest(item.len());
            Some(*end)
        });
        bytes.extend([1, 1].into_iter().chain(ends));
        bytes.extend(items.concat());
        bytes
    }

    /// Operands in five bytes each, then the operator.
    fn entry(values: &[usize], operator: &[u8]) -> Vec<u8> {
        let operands = values.iter().flat_map(|value| {
            let [a, b, c, d] = i32::nearest(*value).to_be_bytes();
            [29, a, b, c, d]
        });
        operands.chain(operator.iter().copied()).collect()
    }

    /// A CID-keyed table of three glyphs and two private DICTs with one
    /// subroutine each; all that offsets lead to stands behind the outlines.
    fn keyed_table() -> Vec<u8> {
        const SELECT: [u8; 4] = [0, 0, 1, 1];
        let outlines = index(&[&[END_CHAR], &[139, 139, 21, END_CHAR], &[139, 139, 139, 21, END_CHAR]]);
        let private = |subroutine| [entry(&[6], &[19]), index(&[&[subroutine]])].concat();
        let (first, second) = (private(RETURN), private(END_CHAR));
        let fonts = |at: usize| index(&[&entry(&[6, at], &[18]), &entry(&[6, at + first.len()], &[18])]);
        let head = |at: usize| {
            let select = at + outlines.len();
            let ros = entry(&[391, 392, 0], &[12, 30]);
            let array = entry(&[select + SELECT.len()], &[12, 36]);
            let top = [ros, entry(&[at], &[17]), array, entry(&[select], &[12, 37])].concat();
            [&[1, 0, 4, 1][..], &index(&[b"F"]), &index(&[&top]), &[0, 0], &[0, 0]].concat()
        };
        let at = head(0).len();
        let fonts = fonts(at + outlines.len() + SELECT.len() + fonts(0).len());
        [head(at), outlines, SELECT.to_vec(), fonts, first, second].concat()
    }

    #[test]
    fn a_keyed_table_is_reduced_and_its_offsets_follow() {
        let table = keyed_table();
        let out = reduced(&table, &|glyph| glyph == 1).unwrap();
        assert_eq!(table.len() - out.len(), 4, "one outline is emptied");
        let tops = Index::read(&out, Index::read(&out, 4).unwrap().end).unwrap();
        let top = Dict::read(&out, tops.item(&out, 0).unwrap()).unwrap();
        let glyphs = Index::read(&out, top.offset(CHAR_STRINGS).unwrap()).unwrap();
        let item = |index: &Index, number| out[index.item(&out, number).unwrap()].to_vec();
        let drawn = [0, 1, 2].map(|number| item(&glyphs, number));
        assert_eq!(drawn, [vec![END_CHAR], vec![139, 139, 21, END_CHAR], vec![END_CHAR]]);
        let select = top.offset(FD_SELECT).unwrap();
        assert_eq!(out[select..select + 4], [0, 0, 1, 1]);
        let fonts = Index::read(&out, top.offset(FD_ARRAY).unwrap()).unwrap();
        for (number, subroutine) in [RETURN, END_CHAR].into_iter().enumerate() {
            let font = Dict::read(&out, fonts.item(&out, number).unwrap()).unwrap();
            let private = Private::read(&out, &font).unwrap();
            let locals = Index::read(&out, private.subroutines.unwrap()).unwrap();
            assert_eq!(item(&locals, 0), [subroutine]);
        }
    }

    #[test]
    fn outlines_that_call_without_end_are_found() {
        // each calls the next so many times, and the last returns
        let font = |calls: usize| {
            let subroutine = |number: u8| [[number + 33, 29].repeat(calls), vec![RETURN]].concat();
            let subroutines: Vec<Vec<u8>> = (0..9).map(subroutine).chain([vec![RETURN]]).collect();
            let subroutines: Vec<&[u8]> = subroutines.iter().map(Vec::as_slice).collect();
            let parts = [vec![0, 0], index(&subroutines)].concat();
            let start = 4 + 6 + 11 + parts.len();
            let top = index(&[&entry(&[start], &[u8::nearest(CHAR_STRINGS)])]);
            [vec![1, 0, 4, 1], index(&[b"A"]), top, parts, index(&[&[32, 29, END_CHAR]])].concat()
        };
        assert!(is_drawn_in_time(&font(2)));
        assert!(!is_drawn_in_time(&font(10)));
        assert!(is_drawn_in_time(b"no table"));
    }
}
