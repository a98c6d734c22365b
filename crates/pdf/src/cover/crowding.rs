//! Whether what stands on a cover keeps clear of its neighbours, and which words must be smaller so that it does.
//!
//! Each field fits into its own room; but a title of six lines, and below it a subtitle of three, reach into the
//! room of the authors' names, and these, as many lines upwards, into an ornament. So a side is set with its
//! words as large as they may be; those that come too near to something are made smaller by a step, with what
//! they hang on, until all are clear or are as small as they can be.

use super::fields::Field;
use std::collections::BTreeMap;

/// What stands on one side of a cover, in the units of its template.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    /// Its field; none for a drawing.
    pub field: Option<Field>,
    /// The field that it hangs on.
    pub below: Option<Field>,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// The type size; nothing for a drawing.
    pub size: f64,
    /// Whether it may be smaller still.
    pub gives: bool,
}

/// The largest type sizes of those fields that must be smaller than the template allows.
#[derive(Debug, Default)]
pub(super) struct Sizes(BTreeMap<Field, f64>);

/// Sizes are tried in steps of this ratio.
pub(super) const STEP: f64 = 0.97;
/// White between two fields, in the smaller of their type sizes.
const BETWEEN_WORDS: f64 = 0.6;
/// White between a field and a drawing, in the field's type size.
const BESIDE_DRAWING: f64 = 0.3;

impl Sizes {
    /// The largest that a field may have.
    pub(super) fn of(&self, field: Field) -> f64 {
        self.0.get(&field).copied().unwrap_or(f64::INFINITY)
    }

    /// Makes those fields smaller that stand too near to something; false when none does, or none can give way.
    pub(super) fn give_way(&mut self, stands: &[Stand]) -> bool {
        let crowded = (0..).zip(stands).flat_map(|(n, one)| {
            let others = stands[n + 1..].iter().filter(|other| one.crowds(other));
            others.flat_map(move |other| [one, other])
        });
        let named = |field: Field| stands.iter().find(|stand| stand.field == Some(field));
        let with_above = crowded.flat_map(|stand| [Some(stand), stand.below.and_then(named)]).flatten();
        let giving = with_above.filter(|stand| stand.gives);
        let sizes: BTreeMap<Field, f64> = giving.filter_map(|s| Some((s.field?, STEP * s.size))).collect();
        let some_give = !sizes.is_empty();
        self.0.extend(sizes);
        some_give
    }
}

impl Stand {
    /// A drawing, which has all between two heights to itself.
    pub(super) fn drawing(top: f64, bottom: f64) -> Stand {
        let (left, right) = (f64::NEG_INFINITY, f64::INFINITY);
        Stand { field: None, below: None, left, right, top, bottom, size: 0.0, gives: false }
    }

    /// Whether there is too little white between the two; two drawings are the template's own affair.
    fn crowds(&self, other: &Stand) -> bool {
        let white = match (self.field, other.field) {
            (None, None) => return false,
            (Some(_), Some(_)) => BETWEEN_WORDS * self.size.min(other.size),
            _ => BESIDE_DRAWING * self.size.max(other.size),
        };
        let beside = self.right <= other.left || other.right <= self.left;
        !beside && self.top < other.bottom + white && other.top < self.bottom + white
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(field: Option<Field>, top: f64, bottom: f64) -> Stand {
        let size = if field.is_some() { 100.0 } else { 0.0 };
        Stand { field, below: None, left: 0.0, right: 900.0, top, bottom, size, gives: field.is_some() }
    }

    #[test]
    fn words_that_are_clear_keep_their_size() {
        let stands = [
            stand(Some(Field::Title), 0.0, 100.0),
            stand(Some(Field::Subtitle), 161.0, 300.0),
            stand(None, 331.0, 400.0),
        ];
        assert!(!Sizes::default().give_way(&stands));
    }

    #[test]
    fn what_is_too_near_gives_way_with_what_it_hangs_on() {
        let mut sizes = Sizes::default();
        let subtitle = Stand { below: Some(Field::Title), ..stand(Some(Field::Subtitle), 161.0, 300.0) };
        let stands = [
            stand(Some(Field::Title), 0.0, 100.0),
            subtitle,
            stand(Some(Field::Contributors), 350.0, 400.0),
            stand(Some(Field::Publisher), 461.0, 500.0),
        ];
        assert!(sizes.give_way(&stands));
        let fields = [Field::Title, Field::Subtitle, Field::Contributors, Field::Publisher];
        assert_eq!(fields.map(|field| sizes.of(field) == 97.0), [true, true, true, false]);
    }

    #[test]
    fn a_column_beside_it_crowds_nothing() {
        let beside = Stand { left: 900.0, right: 1200.0, ..stand(Some(Field::Series), 0.0, 100.0) };
        assert!(!Sizes::default().give_way(&[stand(Some(Field::Title), 0.0, 100.0), beside]));
    }

    #[test]
    fn what_cannot_be_smaller_stays() {
        let fixed = |field| Stand { gives: false, ..stand(Some(field), 0.0, 100.0) };
        assert!(!Sizes::default().give_way(&[fixed(Field::Title), fixed(Field::Series)]));
    }
}
