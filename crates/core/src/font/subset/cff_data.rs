//! The structures of a CFF table (Adobe Technical Note 5176, sections 4 to 9): INDEX,
//! DICT and private DICT, and a copy of the table with some of its parts made shorter.

use crate::narrow::Nearest;
use std::ops::Range;

pub(super) const CHARSET: u16 = 15;

pub(super) const ENCODING: u16 = 16;

pub(super) const CHAR_STRINGS: u16 = 17;

pub(super) const PRIVATE: u16 = 18;

pub(super) const SUBRS: u16 = 19;

pub(super) const SET: u16 = 22;

/// The variation store of CFF2.
pub(super) const STORE: u16 = 24;

pub(super) const ROS: u16 = 0x0c1e;

pub(super) const FD_ARRAY: u16 = 0x0c24;

pub(super) const FD_SELECT: u16 = 0x0c25;

/// A part of the table, and what comes in its place: no more bytes.
pub(super) struct Replacement {
    pub(super) place: Range<usize>,
    pub(super) bytes: Vec<u8>,
}

/// What a part of the old table saves: where it ended, and how many bytes.
pub(super) struct Moves(pub(super) Vec<(usize, usize)>);

impl Moves {
    /// Where byte `at` of the old table stands now.
    pub(super) fn of(&self, at: usize) -> usize {
        at - self.0.iter().filter(|(end, _)| *end <= at).map(|(_, saved)| saved).sum::<usize>()
    }
}

/// The table with its parts replaced; nothing when they overlap.
pub(super) fn assembled(table: &[u8], parts: &[Replacement]) -> Option<(Vec<u8>, Moves)> {
    let mut parts: Vec<&Replacement> = parts.iter().collect();
    parts.sort_by_key(|part| part.place.start);
    let (mut out, mut done) = (Vec::with_capacity(table.len() / 2), 0);
    for part in &parts {
        out.extend(table.get(done..part.place.start)?);
        out.extend(&part.bytes);
        done = part.place.end;
    }
    out.extend(table.get(done..)?);
    let saved = |part: &&Replacement| Some((part.place.end, part.place.len().checked_sub(part.bytes.len())?));
    Some((out, Moves(parts.iter().map(saved).collect::<Option<_>>()?)))
}

/// A private DICT: where it starts, and where its subroutines do.
pub(super) struct Private {
    pub(super) start: usize,
    pub(super) subroutines: Option<usize>,
    pub(super) offset: Option<Operand>,
    /// In a font with axes, the set of deltas that its glyphs begin with.
    pub(super) set: usize,
}

impl Private {
    pub(super) fn read(table: &[u8], top: &Dict) -> Option<Private> {
        let [size, start] = top.values(PRIVATE)? else { return None };
        let (size, start) = (usize::try_from(size.value).ok()?, usize::try_from(start.value).ok()?);
        let dict = Dict::read(table, start..start.checked_add(size)?)?;
        let offset = dict.last(SUBRS);
        let subroutines = match dict.offset(SUBRS) {
            Some(offset) => Some(start.checked_add(offset)?),
            None => None,
        };
        Some(Private { start, subroutines, offset, set: dict.offset(SET).unwrap_or(0) })
    }

    /// Moves the offsets that lead here and from here on to the subroutines.
    pub(super) fn follow(&self, top: &Dict, moves: &Moves, out: &mut [u8]) -> Option<()> {
        top.last(PRIVATE)?.follow(i32::nearest(self.start), 0, moves, out)?;
        match (self.subroutines, self.offset) {
            (Some(at), Some(offset)) => offset.follow(i32::nearest(at), moves.of(self.start), moves, out),
            _ => Some(()),
        }
    }
}

/// An INDEX: where it stands in the table.
pub(super) struct Index {
    pub(super) count: usize,
    /// How many bytes stand before the offsets.
    pub(super) head: usize,
    pub(super) offset_size: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Index {
    pub(super) fn read(table: &[u8], start: usize) -> Option<Index> {
        let count = u16::from_be_bytes(*table.get(start..)?.first_chunk()?);
        Index::counted(table, start, usize::from(count), 2)
    }

    /// An INDEX of CFF2, whose count has four bytes.
    pub(super) fn read_long(table: &[u8], start: usize) -> Option<Index> {
        let count = u32::from_be_bytes(*table.get(start..)?.first_chunk()?);
        Index::counted(table, start, count as usize, 4)
    }

    fn counted(table: &[u8], start: usize, count: usize, size: usize) -> Option<Index> {
        let head = size + 1;
        if count == 0 {
            return Some(Index { count, head, offset_size: 1, start, end: start + size });
        }
        let offset_size = usize::from(*table.get(start + size)?);
        let mut index = Index { count, head, offset_size, start, end: 0 };
        if count >= table.len() {
            return None;
        }
        index.end = index.data().checked_add(index.offset(table, count)?)?;
        ((1..=4).contains(&offset_size) && index.end <= table.len()).then_some(index)
    }

    /// Where offsets count from: the byte before the data.
    pub(super) fn data(&self) -> usize {
        self.start + self.head + (self.count + 1) * self.offset_size - 1
    }

    pub(super) fn offset(&self, table: &[u8], number: usize) -> Option<usize> {
        let at = self.start + self.head + number * self.offset_size;
        Some(table.get(at..at + self.offset_size)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    pub(super) fn item(&self, table: &[u8], number: usize) -> Option<Range<usize>> {
        if number >= self.count {
            return None;
        }
        let range =
            self.data() + self.offset(table, number)?..self.data() + self.offset(table, number + 1)?;
        table.get(range.clone()).map(|_| range)
    }

    /// The INDEX with `filler` (at most one byte) for every item that is not kept.
    pub(super) fn reduced(
        &self,
        table: &[u8],
        is_kept: &dyn Fn(usize) -> bool,
        filler: &[u8],
    ) -> Option<Replacement> {
        let (mut offsets, mut data) = (vec![1u32], Vec::<u8>::new());
        for number in 0..self.count {
            let item = table.get(self.item(table, number)?)?;
            data.extend(if is_kept(number) { item } else { &filler[..filler.len().min(item.len())] });
            offsets.push(u32::nearest(data.len()) + 1);
        }
        let mut bytes = u16::nearest(self.count).to_be_bytes().to_vec();
        if self.count > 0 {
            let size = offsets[self.count].ilog2() as usize / 8 + 1;
            bytes.push(u8::nearest(size));
            bytes.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes().into_iter().skip(4 - size)));
            bytes.extend(data);
        }
        Some(Replacement { place: self.start..self.end, bytes })
    }
}

/// A whole number in a DICT, and where it is written in the table.
#[derive(Clone, Copy)]
pub(super) struct Operand {
    pub(super) value: i32,
    pub(super) at: usize,
}

impl Operand {
    /// Writes where byte `target` of the old table stands now, counted from
    /// `base`; nothing when the number would need more room.
    pub(super) fn follow(&self, target: i32, base: usize, moves: &Moves, out: &mut [u8]) -> Option<()> {
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
pub(super) struct Dict(pub(super) Vec<(u16, Vec<Operand>)>);

impl Dict {
    pub(super) fn read(table: &[u8], range: Range<usize>) -> Option<Dict> {
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
                0..=22 | 24 => {
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

    pub(super) fn values(&self, operator: u16) -> Option<&[Operand]> {
        self.0.iter().find(|(found, _)| *found == operator).map(|(_, values)| values.as_slice())
    }

    /// The last operand of an operator: an offset, or a number of a string.
    pub(super) fn last(&self, operator: u16) -> Option<Operand> {
        self.values(operator)?.last().copied()
    }

    pub(super) fn offset(&self, operator: u16) -> Option<usize> {
        usize::try_from(self.last(operator)?.value).ok()
    }

    /// Moves the offsets that these operators give.
    pub(super) fn follow(&self, operators: &[u16], moves: &Moves, out: &mut [u8]) -> Option<()> {
        for operand in operators.iter().filter_map(|operator| self.last(*operator)) {
            operand.follow(operand.value, 0, moves, out)?;
        }
        Some(())
    }
}

/// The numbers that DICTs and charstrings write alike.
pub(super) fn small_number(byte: u8, data: &[u8], at: &mut usize) -> Option<i32> {
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
