//! Kerning, marks and substitutions at a place on the axes.
//!
//! A value that changes along the axes has, beside it, the offset of a record that says
//! which deltas are its (OpenType 1.9, "VariationIndex table"). The delta is added where
//! the value stands and the offset set to nothing, so that no table moves. What is shared
//! is thereby changed once: the second time, its offset leads nowhere.

use super::numbers::{put_u16, u16_at, u32_at};
use crate::font::sfnt::Tables;
use crate::narrow::Nearest;
use skrifa::FontRef;
use skrifa::instance::Location;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::variations::{DeltaSetIndex, ItemVariationStore};

/// So many values and offsets are looked at: the largest fonts have a tenth. Tables that
/// are used over and over could have millions of millions.
const STEPS: u32 = 20_000_000;

/// Settles `GPOS`, `GSUB` and `GDEF` for that place.
pub(super) fn settle(font: &FontRef<'_>, location: &Location, tables: &mut Tables<'_>) -> Option<()> {
    for tag in [b"GSUB", b"GPOS"] {
        if let Some(table) = tables.get_mut(tag) {
            choose_features(table.to_mut(), location)?;
        }
    }
    let store = font.gdef().ok().and_then(|gdef| gdef.item_var_store()?.ok());
    if let (Some(store), Some(table)) = (store, tables.get_mut(b"GPOS")) {
        let mut walk = Walk { table: table.to_mut(), store, location, steps: STEPS };
        walk.lookups()?;
    }
    /// Where `GDEF` 1.3 has the offset of the deltas.
    const STORE: usize = 14;
    match tables.get_mut(b"GDEF") {
        Some(gdef) if u16_at(gdef, 2)? >= 3 => gdef.to_mut().get_mut(STORE..STORE + 4)?.fill(0),
        _ => {}
    }
    Some(())
}

/// Puts the features that hold at that place (OpenType 1.9, "FeatureVariations table"),
/// such as a simpler dollar sign in bold, where the usual ones stand.
fn choose_features(table: &mut [u8], location: &Location) -> Option<()> {
    const VARIATIONS: usize = 10;
    if u16_at(table, 2)? == 0 {
        return Some(());
    }
    let at = u32_at(table, VARIATIONS)?;
    table.get_mut(VARIATIONS..VARIATIONS + 4)?.fill(0);
    if at == 0 {
        return Some(());
    }
    let list = usize::from(u16_at(table, 6)?);
    let records = table.len() / 8;
    for record in (0..u32_at(table, at + 4)?.min(records)).map(|number| at + 8 + 8 * number) {
        if !holds(table, at + u32_at(table, record)?, location)? {
            continue;
        }
        let chosen = at + u32_at(table, record + 4)?;
        for entry in (0..usize::from(u16_at(table, chosen + 4)?)).map(|number| chosen + 6 + 6 * number) {
            let feature = list + 2 + 6 * usize::from(u16_at(table, entry)?) + 4;
            let there = (chosen + u32_at(table, entry + 2)?).checked_sub(list);
            // an offset has 16 bits; one that is further off leaves the feature as it was
            if let Some(offset) = there.and_then(|there| u16::try_from(there).ok()) {
                put_u16(table, feature, offset)?;
            }
        }
        return Some(());
    }
    Some(())
}

/// Whether a place lies in all ranges of a set of conditions.
fn holds(table: &[u8], set: usize, location: &Location) -> Option<bool> {
    for entry in (0..usize::from(u16_at(table, set)?)).map(|number| set + 2 + 4 * number) {
        let condition = set + u32_at(table, entry)?;
        let bits = |at: usize| Some(u16_at(table, at)?.cast_signed());
        let axis = usize::from(u16_at(table, condition + 2)?);
        let here = location.coords().get(axis).map_or(0, |value| value.to_bits());
        let within = bits(condition + 4)? <= here && here <= bits(condition + 6)?;
        if u16_at(table, condition)? != 1 || !within {
            return Some(false);
        }
    }
    Some(true)
}

/// Goes to every value of a `GPOS` table.
struct Walk<'t> {
    table: &'t mut [u8],
    store: ItemVariationStore<'t>,
    location: &'t Location,
    steps: u32,
}

impl Walk<'_> {
    fn u16(&mut self, at: usize) -> Option<u16> {
        self.steps = self.steps.checked_sub(1)?;
        u16_at(self.table, at)
    }

    /// The places that a list of offsets of 16 bits leads to, from `base`; each is the
    /// first of `stride` bytes.
    fn places(&mut self, base: usize, list: usize, count: usize, stride: usize) -> Option<Vec<usize>> {
        let mut places = Vec::new();
        for at in (0..count).map(|number| list + stride * number) {
            let offset = usize::from(self.u16(at)?);
            places.extend((offset > 0).then_some(base + offset));
        }
        Some(places)
    }

    /// The places that a list with its count before it leads to.
    fn counted(&mut self, base: usize, at: usize) -> Option<Vec<usize>> {
        let count = usize::from(self.u16(at)?);
        self.places(base, at + 2, count, 2)
    }

    fn lookups(&mut self) -> Option<()> {
        const LOOKUPS: usize = 8;
        let list = usize::from(self.u16(LOOKUPS)?);
        if list == 0 {
            return Some(());
        }
        for lookup in self.counted(list, list)? {
            let kind = self.u16(lookup)?;
            for part in self.counted(lookup, lookup + 4)? {
                self.part(kind, part)?;
            }
        }
        Some(())
    }

    fn part(&mut self, kind: u16, at: usize) -> Option<()> {
        match kind {
            1 => self.single(at),
            2 => self.pairs(at),
            3 => {
                let count = usize::from(self.u16(at + 4)?) * 2;
                self.anchors(at, at + 6, count, 2)
            }
            4..=6 => self.marks(kind, at),
            9 => {
                let (kind, offset) = (self.u16(at + 2)?, u32_at(self.table, at + 4)?);
                if (1..=6).contains(&kind) { self.part(kind, at + offset) } else { Some(()) }
            }
            _ => Some(()),
        }
    }

    fn single(&mut self, at: usize) -> Option<()> {
        let (format, values) = (self.u16(at)?, self.u16(at + 4)?);
        let (count, first) = if format == 1 { (1, at + 6) } else { (usize::from(self.u16(at + 6)?), at + 8) };
        for number in 0..count {
            self.value(at, first + number * size(values), values)?;
        }
        Some(())
    }

    fn pairs(&mut self, at: usize) -> Option<()> {
        let (first, second) = (self.u16(at + 4)?, self.u16(at + 6)?);
        let both = size(first) + size(second);
        if self.u16(at)? == 1 {
            for set in self.counted(at, at + 8)? {
                for number in 0..usize::from(self.u16(set)?) {
                    let record = set + 4 + number * (both + 2);
                    self.value(set, record, first)?;
                    self.value(set, record + size(first), second)?;
                }
            }
            return Some(());
        }
        let classes = usize::from(self.u16(at + 12)?) * usize::from(self.u16(at + 14)?);
        for record in (0..classes).map(|number| at + 16 + number * both) {
            self.value(at, record, first)?;
            self.value(at, record + size(first), second)?;
        }
        Some(())
    }

    /// Marks on letters, on the parts of ligatures, and on marks.
    fn marks(&mut self, kind: u16, at: usize) -> Option<()> {
        let classes = usize::from(self.u16(at + 6)?);
        let (marks, bases) = (at + usize::from(self.u16(at + 8)?), at + usize::from(self.u16(at + 10)?));
        let count = usize::from(self.u16(marks)?);
        self.anchors(marks, marks + 4, count, 4)?;
        let lists = if kind == 5 { self.counted(bases, bases)? } else { vec![bases] };
        for list in lists {
            let count = usize::from(self.u16(list)?) * classes;
            self.anchors(list, list + 2, count, 2)?;
        }
        Some(())
    }

    fn anchors(&mut self, base: usize, list: usize, count: usize, stride: usize) -> Option<()> {
        for anchor in self.places(base, list, count, stride)? {
            if self.u16(anchor)? == 3 {
                self.add(anchor, anchor + 2, anchor + 6)?;
                self.add(anchor, anchor + 4, anchor + 8)?;
            }
        }
        Some(())
    }

    /// A record of values: first those that it has, then the offsets of the deltas.
    fn value(&mut self, base: usize, record: usize, has: u16) -> Option<()> {
        if has & 0xf0 == 0 {
            return Some(());
        }
        let place = |bit: u16| record + 2 * (has & ((1 << bit) - 1)).count_ones() as usize;
        for bit in (0..4).filter(|bit| has & (0x10 << bit) != 0) {
            if has & (1 << bit) != 0 {
                self.add(base, place(bit), place(bit + 4))?;
            }
        }
        Some(())
    }

    /// Adds to a number the delta that an offset from `base` leads to, and takes the
    /// offset away.
    fn add(&mut self, base: usize, number: usize, offset: usize) -> Option<()> {
        const VARIATION: u16 = 0x8000;
        let device = usize::from(self.u16(offset)?);
        if device == 0 {
            return Some(());
        }
        let device = base + device;
        if self.u16(device + 4)? == VARIATION {
            let index = DeltaSetIndex { outer: self.u16(device)?, inner: self.u16(device + 2)? };
            let delta = self.store.compute_delta(index, self.location.coords()).unwrap_or(0);
            let value = i32::from(self.u16(number)?.cast_signed()).saturating_add(delta);
            put_u16(self.table, number, i16::nearest(value).cast_unsigned())?;
        }
        put_u16(self.table, offset, 0)
    }
}

/// How long a record of values is.
fn size(has: u16) -> usize {
    2 * (has & 0xff).count_ones() as usize
}
