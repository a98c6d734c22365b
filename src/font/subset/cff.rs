//! Emptying glyphs of a CFF table in place (Adobe Technical Note 5176; the
//! charstrings are those of Technical Note 5177).

use std::collections::BTreeSet;

/// Ends a charstring; alone, one that draws nothing.
const END_CHAR: u8 = 14;
/// Ends a subroutine.
const RETURN: u8 = 11;
/// How deep subroutines may call one another (Technical Note 5177, appendix B).
const MAX_DEPTH: u32 = 10;

/// Empties every glyph that is not kept, and every subroutine that no kept
/// glyph calls. What is saved stays in the table as zeros.
pub(super) fn empty_unused(table: &mut [u8], is_kept: &dyn Fn(u32) -> bool) -> Option<()> {
    let names = Index::read(table, usize::from(*table.get(2)?))?;
    let tops = Index::read(table, names.end)?;
    let strings = Index::read(table, tops.end)?;
    let globals = Index::read(table, strings.end)?;
    let top = Dict::read(table.get(tops.item(table, 0)?)?)?;
    let glyphs = Index::read(table, top.offset(CHAR_STRINGS)?)?;
    let locals = match (top.values(ROS), top.values(PRIVATE)) {
        (Some(_), _) => None,
        (None, Some([size, at])) => local_subroutines(table, *size, *at)?,
        _ => return None,
    };
    let mut trace = Trace { table, globals: Some(&globals), locals: locals.as_ref(), ..Trace::default() };
    let whole = top.values(ROS).is_none()
        && (0..glyphs.count)
            .filter(|glyph| is_kept(*glyph as u32))
            .all(|glyph| trace.glyph(&glyphs, glyph).is_some());
    let (used_globals, used_locals) =
        (std::mem::take(&mut trace.used_globals), std::mem::take(&mut trace.used_locals));
    glyphs.empty(table, &|glyph| is_kept(glyph as u32), &[END_CHAR])?;
    if whole {
        globals.empty(table, &|index| used_globals.contains(&index), &[])?;
        if let Some(locals) = locals {
            locals.empty(table, &|index| used_locals.contains(&index), &[])?;
        }
    }
    Some(())
}

const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBRS: u16 = 19;
const ROS: u16 = 0x0c1e;

fn local_subroutines(table: &[u8], size: i32, at: i32) -> Option<Option<Index>> {
    let (size, at) = (usize::try_from(size).ok()?, usize::try_from(at).ok()?);
    let private = Dict::read(table.get(at..at.checked_add(size)?)?)?;
    match private.offset(SUBRS) {
        Some(offset) => Index::read(table, at + offset).map(Some),
        None => Some(None),
    }
}

/// An INDEX: where it stands in the table.
struct Index {
    count: usize,
    offset_size: usize,
    offsets: usize,
    end: usize,
}

impl Index {
    fn read(table: &[u8], at: usize) -> Option<Index> {
        let count = usize::from(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?));
        if count == 0 {
            return Some(Index { count, offset_size: 1, offsets: at + 2, end: at + 2 });
        }
        let offset_size = usize::from(*table.get(at + 2)?);
        let mut index = Index { count, offset_size, offsets: at + 3, end: 0 };
        index.end = index.data().checked_add(index.offset(table, count)?)?;
        ((1..=4).contains(&offset_size) && index.end <= table.len()).then_some(index)
    }

    /// Where offsets count from: the byte before the data.
    fn data(&self) -> usize {
        self.offsets + (self.count + 1) * self.offset_size - 1
    }

    fn offset(&self, table: &[u8], number: usize) -> Option<usize> {
        let at = self.offsets + number * self.offset_size;
        Some(table.get(at..at + self.offset_size)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    fn item(&self, table: &[u8], number: usize) -> Option<std::ops::Range<usize>> {
        if number >= self.count {
            return None;
        }
        let range =
            self.data() + self.offset(table, number)?..self.data() + self.offset(table, number + 1)?;
        table.get(range.clone()).map(|_| range)
    }

    /// Puts `filler` (at most one byte) for every item that is not kept, and
    /// zeros for what is saved.
    fn empty(&self, table: &mut [u8], is_kept: &dyn Fn(usize) -> bool, filler: &[u8]) -> Option<()> {
        let mut write = 1;
        for number in 0..self.count {
            let item = self.item(table, number)?;
            let offset = self.offsets + number * self.offset_size;
            let length = if is_kept(number) { item.len() } else { item.len().min(filler.len()) };
            let at = self.data() + write;
            if is_kept(number) {
                table.copy_within(item, at);
            } else {
                table.get_mut(at..at + length)?.copy_from_slice(&filler[..length]);
            }
            self.set_offset(table, offset, write);
            write += length;
        }
        self.set_offset(table, self.offsets + self.count * self.offset_size, write);
        if self.count > 0 {
            table.get_mut(self.data() + write..self.end)?.fill(0);
        }
        Some(())
    }

    fn set_offset(&self, table: &mut [u8], at: usize, offset: usize) {
        let bytes = (offset as u32).to_be_bytes();
        if self.count > 0 {
            table[at..at + self.offset_size].copy_from_slice(&bytes[4 - self.offset_size..]);
        }
    }
}

/// The entries of a DICT that are whole numbers.
struct Dict(Vec<(u16, Vec<i32>)>);

impl Dict {
    fn read(data: &[u8]) -> Option<Dict> {
        let (mut entries, mut operands, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(&byte) = data.get(at) {
            at += 1;
            match byte {
                12 => {
                    entries.push((0x0c00 | u16::from(*data.get(at)?), std::mem::take(&mut operands)));
                    at += 1;
                }
                0..=21 => entries.push((u16::from(byte), std::mem::take(&mut operands))),
                30 => {
                    // A real number: nibbles up to one that is 15.
                    while data.get(at)? & 0x0f != 0x0f {
                        at += 1;
                    }
                    at += 1;
                    operands.push(0);
                }
                29 => {
                    operands.push(i32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?));
                    at += 4;
                }
                _ => operands.push(small_number(byte, data, &mut at)?),
            }
        }
        Some(Dict(entries))
    }

    fn values(&self, operator: u16) -> Option<&[i32]> {
        self.0.iter().find(|(found, _)| *found == operator).map(|(_, values)| values.as_slice())
    }

    fn offset(&self, operator: u16) -> Option<usize> {
        usize::try_from(*self.values(operator)?.first()?).ok()
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
#[derive(Default)]
struct Trace<'t> {
    table: &'t [u8],
    globals: Option<&'t Index>,
    locals: Option<&'t Index>,
    used_globals: BTreeSet<usize>,
    used_locals: BTreeSet<usize>,
    stack: Vec<i32>,
    stems: usize,
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
        self.run(glyphs.item(self.table, glyph)?, 0).map(|_| ())
    }

    fn run(&mut self, range: std::ops::Range<usize>, depth: u32) -> Option<Then> {
        let code = self.table.get(range)?;
        let mut at = 0;
        while let Some(&byte) = code.get(at) {
            at += 1;
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
