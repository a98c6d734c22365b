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

/// Steps in which a glyph is drawn: those of the largest fonts take a tenth. Ten levels of
/// subroutines that each call the next ten times would take ten thousand million.
pub(super) const GLYPH_STEPS: u64 = 500_000;

/// Follows charstrings to the subroutines that they call.
pub(super) struct Trace<'t> {
    pub(super) table: &'t [u8],
    pub(super) globals: Option<&'t Index>,
    pub(super) locals: Option<&'t Index>,
    /// In a font with axes, how many deltas a number has that lies on them, by the set of
    /// deltas; none in a font without.
    pub(super) deltas: &'t [usize],
    /// How many it has in the set that the charstring chose.
    pub(super) chosen: usize,
    pub(super) used_globals: BTreeSet<usize>,
    pub(super) used_locals: BTreeSet<usize>,
    pub(super) stack: Vec<i32>,
    pub(super) stems: usize,
    /// How many steps are left for this glyph.
    pub(super) steps: u64,
}

impl Default for Trace<'_> {
    fn default() -> Self {
        Trace {
            table: &[],
            globals: None,
            locals: None,
            deltas: &[],
            chosen: 0,
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
    pub(super) fn glyph(&mut self, glyphs: &Index, glyph: usize) -> Option<()> {
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
                15 | 16 if !self.deltas.is_empty() => self.vary(byte == 16)?,
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

    /// Chooses a set of deltas, or adds them to numbers (OpenType 1.9, "CFF2 CharString
    /// Format", `vsindex` and `blend`).
    fn vary(&mut self, blend: bool) -> Option<()> {
        let number = usize::try_from(self.stack.pop()?).ok()?;
        if blend {
            let deltas = number.checked_mul(self.chosen)?;
            self.stack.truncate(self.stack.len().checked_sub(deltas)?);
        } else {
            self.chosen = *self.deltas.get(number)?;
        }
        Some(())
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
pub(super) mod tests {
    use super::*;

    pub(in crate::font::subset) fn index(items: &[&[u8]]) -> Vec<u8> {
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
    pub(in crate::font::subset) fn entry(values: &[usize], operator: &[u8]) -> Vec<u8> {
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
}
