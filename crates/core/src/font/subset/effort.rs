//! How long it takes to draw the outlines of a CFF or CFF2 table: their subroutines may
//! call one another, many times over.

use super::cff::{GLYPH_STEPS, Trace};
use super::cff_data::{CHAR_STRINGS, Dict, FD_ARRAY, FD_SELECT, Index, Private, ROS, STORE};

/// Steps in which a font's glyphs are drawn: those of the largest fonts take a tenth.
const FONT_STEPS: u64 = 100_000_000;

/// Whether every glyph of a `CFF ` or `CFF2` table is drawn in so many steps. One that
/// does what we don't understand stops there, as it does when it is drawn.
pub(in crate::font) fn is_drawn_in_time(table: &[u8]) -> bool {
    let parts = if table.first() == Some(&2) { Glyphs::read_variable(table) } else { Glyphs::read(table) };
    let Some(parts) = parts else { return true };
    let mut left = FONT_STEPS;
    (0..parts.outlines.count).all(|glyph| {
        let locals = parts.locals_of(glyph);
        let deltas = &parts.deltas;
        let chosen = deltas.get(parts.set_of(glyph)).copied().unwrap_or(0);
        let globals = Some(&parts.globals);
        let mut trace = Trace { table, globals, locals, deltas, chosen, ..Trace::default() };
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
    /// In a CFF2 table, how many deltas there are in each set of them.
    deltas: Vec<usize>,
    /// The set that the glyphs of each of `locals` begin with.
    sets: Vec<usize>,
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
            return Some(Glyphs { locals: vec![of(&top)], ..Glyphs::of(outlines, globals) });
        }
        let fonts = Index::read(table, top.offset(FD_ARRAY)?)?;
        let dict = |number| Dict::read(table, fonts.item(table, number)?);
        let locals = (0..fonts.count).map(|number| dict(number).as_ref().and_then(of)).collect();
        let chosen = chosen(table, top.offset(FD_SELECT)?, outlines.count).unwrap_or_default();
        Some(Glyphs { locals, chosen, ..Glyphs::of(outlines, globals) })
    }

    fn of(outlines: Index, globals: Index) -> Glyphs {
        Glyphs {
            outlines,
            globals,
            locals: Vec::new(),
            chosen: Vec::new(),
            deltas: Vec::new(),
            sets: Vec::new(),
        }
    }

    /// Those of a CFF2 table (OpenType 1.9, "CFF2").
    fn read_variable(table: &[u8]) -> Option<Glyphs> {
        let start = usize::from(*table.get(2)?);
        let end = start + usize::from(u16::from_be_bytes(*table.get(3..)?.first_chunk()?));
        let top = Dict::read(table, start..end)?;
        let globals = Index::read_long(table, end)?;
        let outlines = Index::read_long(table, top.offset(CHAR_STRINGS)?)?;
        let fonts = Index::read_long(table, top.offset(FD_ARRAY)?)?;
        let private = |number| Private::read(table, &Dict::read(table, fonts.item(table, number)?)?);
        let privates: Vec<Option<Private>> = (0..fonts.count).map(private).collect();
        let locals = |private: &Option<Private>| Index::read_long(table, private.as_ref()?.subroutines?);
        let set = |private: &Option<Private>| private.as_ref().map_or(0, |private| private.set);
        let select = top.offset(FD_SELECT).and_then(|at| chosen(table, at, outlines.count));
        Some(Glyphs {
            locals: privates.iter().map(locals).collect(),
            chosen: select.unwrap_or_default(),
            deltas: top.offset(STORE).and_then(|at| deltas(table, at)).unwrap_or_default(),
            sets: privates.iter().map(set).collect(),
            ..Glyphs::of(outlines, globals)
        })
    }

    /// The set of deltas that a glyph begins with.
    fn set_of(&self, glyph: usize) -> usize {
        let font = self.chosen.get(glyph).copied().unwrap_or(0);
        self.sets.get(usize::from(font)).copied().unwrap_or(0)
    }

    fn locals_of(&self, glyph: usize) -> Option<&Index> {
        let font = self.chosen.get(glyph).copied().unwrap_or(0);
        self.locals.get(usize::from(font))?.as_ref()
    }
}

/// For each glyph the number of its font (Technical Note 5176, §19).
fn chosen(table: &[u8], start: usize, count: usize) -> Option<Vec<u8>> {
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?)));
    let long = |at: usize| Some(u32::from_be_bytes(*table.get(at..)?.first_chunk()?) as usize);
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
        4 => {
            let mut all = Vec::with_capacity(count);
            for at in (0..long(start + 1)?.min(table.len() / 6)).map(|range| start + 5 + 6 * range) {
                let font = *table.get(at + 5)?;
                all.resize(long(at + 6)?.min(count).max(all.len()), font);
            }
            Some(all)
        }
        _ => None,
    }
}

/// How many deltas a number has in each set (OpenType 1.9, "ItemVariationStore"); two
/// bytes that say how long the store is come before it.
fn deltas(table: &[u8], at: usize) -> Option<Vec<usize>> {
    let store = at + 2;
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(*table.get(at..)?.first_chunk()?)));
    let long = |at: usize| Some(u32::from_be_bytes(*table.get(at..)?.first_chunk()?) as usize);
    (0..short(store + 6)?).map(|set| short(store + long(store + 8 + 4 * set)? + 4)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cff::tests::{entry, index};
    use super::*;
    use crate::narrow::Nearest;

    const RETURN: u8 = 11;
    const END_CHAR: u8 = 14;

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

    /// The same in CFF2: no names, a longer INDEX, and charstrings that just end.
    #[test]
    fn variable_outlines_that_call_without_end_are_found() {
        let long = |items: &[&[u8]]| [vec![0, 0], index(items)].concat();
        let font = |calls: usize| {
            let subroutine = |number: u8| [number + 33, 29].repeat(calls);
            let subroutines: Vec<Vec<u8>> = (0..9).map(subroutine).chain([vec![139, 22]]).collect();
            let subroutines: Vec<&[u8]> = subroutines.iter().map(Vec::as_slice).collect();
            let globals = long(&subroutines);
            let outlines = long(&[&[32, 29]]);
            let start = 5 + 13 + globals.len();
            let fonts = start + outlines.len();
            let top = [entry(&[start], &[u8::nearest(CHAR_STRINGS)]), entry(&[fonts], &[12, 36])].concat();
            let header = vec![2, 0, 5, 0, u8::nearest(top.len())];
            [header, top, globals, outlines, long(&[&[]])].concat()
        };
        assert!(is_drawn_in_time(&font(2)));
        assert!(!is_drawn_in_time(&font(10)));
    }
}
