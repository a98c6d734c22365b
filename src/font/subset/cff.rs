//! A CFF table without the glyphs that a text does not need (Adobe Technical
//! Note 5176; the charstrings are those of Technical Note 5177).
//!
//! Glyphs keep their numbers: those that go are empty. What stands behind them
//! moves up, and the offsets that lead there with it.

use super::charset;
use std::collections::BTreeSet;
use std::ops::Range;

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
    let outlines = glyphs.reduced(table, &|glyph| is_kept(glyph as u32), &[END_CHAR])?;
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
    let mut kept = (0..glyphs.count).filter(|glyph| is_kept(*glyph as u32));
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
fn keyed(table: &[u8], top: &Dict, outlines: Part) -> Option<Vec<u8>> {
    let (mut out, moves) = assembled(table, &[outlines])?;
    let fonts = Index::read(table, top.offset(FD_ARRAY)?)?;
    for number in 0..fonts.count {
        let font = Dict::read(table, fonts.item(table, number)?)?;
        Private::read(table, &font)?.follow(&font, &moves, &mut out)?;
    }
    top.follow(&[CHARSET, CHAR_STRINGS, FD_ARRAY, FD_SELECT], &moves, &mut out)?;
    Some(out)
}

pub(super) const CHARSET: u16 = 15;
const ENCODING: u16 = 16;
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBRS: u16 = 19;
const ROS: u16 = 0x0c1e;
const FD_ARRAY: u16 = 0x0c24;
const FD_SELECT: u16 = 0x0c25;

/// A part of the table, and what comes in its place: no more bytes.
struct Part {
    place: Range<usize>,
    bytes: Vec<u8>,
}

/// What a part of the old table saves: where it ended, and how many bytes.
struct Moves(Vec<(usize, usize)>);

impl Moves {
    /// Where byte `at` of the old table stands now.
    fn of(&self, at: usize) -> usize {
        at - self.0.iter().filter(|(end, _)| *end <= at).map(|(_, saved)| saved).sum::<usize>()
    }
}

/// The table with its parts replaced; nothing when they overlap.
fn assembled(table: &[u8], parts: &[Part]) -> Option<(Vec<u8>, Moves)> {
    let mut parts: Vec<&Part> = parts.iter().collect();
    parts.sort_by_key(|part| part.place.start);
    let (mut out, mut done) = (Vec::with_capacity(table.len() / 2), 0);
    for part in &parts {
        out.extend(table.get(done..part.place.start)?);
        out.extend(&part.bytes);
        done = part.place.end;
    }
    out.extend(table.get(done..)?);
    let saved = |part: &&Part| Some((part.place.end, part.place.len().checked_sub(part.bytes.len())?));
    Some((out, Moves(parts.iter().map(saved).collect::<Option<_>>()?)))
}

/// A private DICT: where it starts, and where its subroutines do.
struct Private {
    start: usize,
    subroutines: Option<usize>,
    offset: Option<Operand>,
}

impl Private {
    fn read(table: &[u8], top: &Dict) -> Option<Private> {
        let [size, start] = top.values(PRIVATE)? else { return None };
        let (size, start) = (usize::try_from(size.value).ok()?, usize::try_from(start.value).ok()?);
        let dict = Dict::read(table, start..start.checked_add(size)?)?;
        let offset = dict.last(SUBRS);
        let subroutines = match dict.offset(SUBRS) {
            Some(offset) => Some(start.checked_add(offset)?),
            None => None,
        };
        Some(Private { start, subroutines, offset })
    }

    /// Moves the offsets that lead here and from here on to the subroutines.
    fn follow(&self, top: &Dict, moves: &Moves, out: &mut [u8]) -> Option<()> {
        top.last(PRIVATE)?.follow(self.start as i32, 0, moves, out)?;
        match (self.subroutines, self.offset) {
            (Some(at), Some(offset)) => offset.follow(at as i32, moves.of(self.start), moves, out),
            _ => Some(()),
        }
    }
}

/// An INDEX: where it stands in the table.
struct Index {
    count: usize,
    offset_size: usize,
    start: usize,
    end: usize,
}

impl Index {
    fn read(table: &[u8], start: usize) -> Option<Index> {
        let count =
            usize::from(u16::from_be_bytes(table.get(start..start.checked_add(2)?)?.try_into().ok()?));
        if count == 0 {
            return Some(Index { count, offset_size: 1, start, end: start + 2 });
        }
        let offset_size = usize::from(*table.get(start + 2)?);
        let mut index = Index { count, offset_size, start, end: 0 };
        index.end = index.data().checked_add(index.offset(table, count)?)?;
        ((1..=4).contains(&offset_size) && index.end <= table.len()).then_some(index)
    }

    /// Where offsets count from: the byte before the data.
    fn data(&self) -> usize {
        self.start + 3 + (self.count + 1) * self.offset_size - 1
    }

    fn offset(&self, table: &[u8], number: usize) -> Option<usize> {
        let at = self.start + 3 + number * self.offset_size;
        Some(table.get(at..at + self.offset_size)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    fn item(&self, table: &[u8], number: usize) -> Option<Range<usize>> {
        if number >= self.count {
            return None;
        }
        let range =
            self.data() + self.offset(table, number)?..self.data() + self.offset(table, number + 1)?;
        table.get(range.clone()).map(|_| range)
    }

    /// The INDEX with `filler` (at most one byte) for every item that is not kept.
    fn reduced(&self, table: &[u8], is_kept: &dyn Fn(usize) -> bool, filler: &[u8]) -> Option<Part> {
        let (mut offsets, mut data) = (vec![1u32], Vec::<u8>::new());
        for number in 0..self.count {
            let item = table.get(self.item(table, number)?)?;
            data.extend(if is_kept(number) { item } else { &filler[..filler.len().min(item.len())] });
            offsets.push(data.len() as u32 + 1);
        }
        let mut bytes = (self.count as u16).to_be_bytes().to_vec();
        if self.count > 0 {
            let size = offsets[self.count].ilog2() as usize / 8 + 1;
            bytes.push(size as u8);
            bytes.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes().into_iter().skip(4 - size)));
            bytes.extend(data);
        }
        Some(Part { place: self.start..self.end, bytes })
    }
}

/// A whole number in a DICT, and where it is written in the table.
#[derive(Clone, Copy)]
pub(super) struct Operand {
    pub(super) value: i32,
    at: usize,
}

impl Operand {
    /// Writes where byte `target` of the old table stands now, counted from
    /// `base`; nothing when the number would need more room.
    fn follow(&self, target: i32, base: usize, moves: &Moves, out: &mut [u8]) -> Option<()> {
        let value = i32::try_from(moves.of(usize::try_from(target).ok()?).checked_sub(base)?).ok()?;
        let at = moves.of(self.at);
        match out.get(at)? {
            29 => out.get_mut(at + 1..at + 5)?.copy_from_slice(&value.to_be_bytes()),
            28 => out.get_mut(at + 1..at + 3)?.copy_from_slice(&i16::try_from(value).ok()?.to_be_bytes()),
            _ if value == self.value => {}
            _ => return None,
        }
        Some(())
    }
}

/// The entries of a DICT that are whole numbers.
pub(super) struct Dict(Vec<(u16, Vec<Operand>)>);

impl Dict {
    fn read(table: &[u8], range: Range<usize>) -> Option<Dict> {
        let data = table.get(range.clone())?;
        let (mut entries, mut operands, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(&byte) = data.get(at) {
            let start = range.start + at;
            at += 1;
            let value = match byte {
                12 => {
                    entries.push((0x0c00 | u16::from(*data.get(at)?), std::mem::take(&mut operands)));
                    at += 1;
                    continue;
                }
                0..=21 => {
                    entries.push((u16::from(byte), std::mem::take(&mut operands)));
                    continue;
                }
                30 => {
                    // A real number: nibbles up to one that is 15.
                    while data.get(at)? & 0x0f != 0x0f {
                        at += 1;
                    }
                    at += 1;
                    0
                }
                29 => {
                    at += 4;
                    i32::from_be_bytes(data.get(at - 4..at)?.try_into().ok()?)
                }
                _ => small_number(byte, data, &mut at)?,
            };
            operands.push(Operand { value, at: start });
        }
        Some(Dict(entries))
    }

    fn values(&self, operator: u16) -> Option<&[Operand]> {
        self.0.iter().find(|(found, _)| *found == operator).map(|(_, values)| values.as_slice())
    }

    /// The last operand of an operator: an offset, or a number of a string.
    pub(super) fn last(&self, operator: u16) -> Option<Operand> {
        self.values(operator)?.last().copied()
    }

    fn offset(&self, operator: u16) -> Option<usize> {
        usize::try_from(self.last(operator)?.value).ok()
    }

    /// Moves the offsets that these operators give.
    fn follow(&self, operators: &[u16], moves: &Moves, out: &mut [u8]) -> Option<()> {
        for operand in operators.iter().filter_map(|operator| self.last(*operator)) {
            operand.follow(operand.value, 0, moves, out)?;
        }
        Some(())
    }
}

/// The numbers that DICTs and charstrings write alike.
fn small_number(byte: u8, data: &[u8], at: &mut usize) -> Option<i32> {
    let first = i32::from(byte);
    let mut next = || {
        let byte = *data.get(*at)?;
        *at += 1;
        Some(byte)
    };
    match byte {
        28 => Some(i32::from(i16::from_be_bytes([next()?, next()?]))),
        32..=246 => Some(first - 139),
        247..=250 => Some((first - 247) * 256 + i32::from(next()?) + 108),
        251..=254 => Some(-(first - 251) * 256 - i32::from(next()?) - 108),
        _ => None,
    }
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
        let mut bytes = (items.len() as u16).to_be_bytes().to_vec();
        let ends = items.iter().scan(1, |end, item| {
            *end += item.len() as u8;
            Some(*end)
        });
        bytes.extend([1, 1].into_iter().chain(ends));
        bytes.extend(items.concat());
        bytes
    }

    /// Operands in five bytes each, then the operator.
    fn entry(values: &[usize], operator: &[u8]) -> Vec<u8> {
        let operands = values.iter().flat_map(|value| {
            let [a, b, c, d] = (*value as i32).to_be_bytes();
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
            let top = index(&[&entry(&[start], &[CHAR_STRINGS as u8])]);
            [vec![1, 0, 4, 1], index(&[b"A"]), top, parts, index(&[&[32, 29, END_CHAR]])].concat()
        };
        assert!(is_drawn_in_time(&font(2)));
        assert!(!is_drawn_in_time(&font(10)));
        assert!(is_drawn_in_time(b"no table"));
    }
}
