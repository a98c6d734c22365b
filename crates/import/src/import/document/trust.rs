//! Where the numbers of pages contradict each other.
//!
//! A page without a number of its own has that which the pages before and after it leave, as long as nothing between them says
//! otherwise. A number that is further off was misread: one change of the row does not explain it. One that is off by little
//! may be that of a leaf which is missing or stands elsewhere, so that what lies between it and the next number that
//! agrees is in doubt. So are all pages behind the last number that agrees, where one of them says otherwise.
//!
//! Worked example: the pages show 7, nothing, 8, nothing, 11, with places 1 to 5. Place and number agree at 7 and 11; the 8 is one
//! less than it should be: a leaf was left out somewhere, and another was scanned twice, or the 8 is misread. None of the three
//! pages between is sure.

use super::super::model::Number;

/// By how much a number is off at most that a change of the row explains, of a leaf or two.
const NEAR: i64 = 3;

/// How many letters a roman number has at least that tells against an arabic one.
const LEAST_ROMAN: usize = 2;

/// What a page says of the number that the row gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing, or what is no number of a page.
    #[default]
    Nothing,
    /// That it is the one.
    Own,
    /// That it is one near it.
    Near,
}

impl Says {
    /// What the numbers at the edges of a page say of its own.
    pub(super) fn of(own: (i64, bool), shown: impl Iterator<Item = Number>) -> Says {
        let off = |number: &Number| (number.roman == own.1).then(|| (i64::from(number.value) - own.0).abs());
        let shown: Vec<Number> = shown.collect();
        let offs: Vec<i64> = shown.iter().filter_map(off).collect();
        // a letter alone may be no roman number
        let is_roman = |number: &Number| number.roman && number.to_string().len() >= LEAST_ROMAN;
        match () {
            () if offs.contains(&0) => Says::Own,
            () if offs.iter().any(|off| *off <= NEAR) => Says::Near,
            () if !own.1 && shown.iter().any(is_roman) => Says::Near,
            () => Says::Nothing,
        }
    }
}

/// Which pages lie between a number that agrees and one that contradicts it, or behind both.
pub(super) fn doubted(says: &[Says]) -> Vec<bool> {
    let mut found = vec![false; says.len()];
    let mut from = 0;
    for at in 0..=says.len() {
        if at == says.len() || says[at] == Says::Own {
            let doubted = says[from..at].contains(&Says::Near);
            found[from..at].fill(doubted);
            from = at + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sure_between_numbers_that_contradict() {
        // `=` agrees, `!` says another near it
        for (pages, wanted) in [
            ("= . . =", ". . . ."),
            ("= . ! . =", ". x x x ."),
            ("= . = ! =", ". . . x ."),
            ("! . . = . =", "x x x . . ."),
            ("= . . ! . .", ". x x x x x"),
        ] {
            let says = |word: &str| match word {
                "=" => Says::Own,
                "!" => Says::Near,
                _ => Says::Nothing,
            };
            let says: Vec<Says> = pages.split(' ').map(says).collect();
            let shown: Vec<&str> = doubted(&says).into_iter().map(|d| if d { "x" } else { "." }).collect();
            assert_eq!(shown.join(" "), wanted, "{pages}");
        }
    }

    #[test]
    fn a_number_far_off_is_misread() {
        let says = |numbers: &[u32]| Says::of((12, false), numbers.iter().map(|n| Number::arabic(*n)));
        assert_eq!(says(&[]), Says::Nothing);
        assert_eq!(says(&[72]), Says::Nothing);
        assert_eq!(says(&[13]), Says::Near);
        assert_eq!(says(&[13, 12]), Says::Own);
        let roman = |value: u32| Says::of((12, false), [Number { value, roman: true }].into_iter());
        assert_eq!((roman(6), roman(1)), (Says::Near, Says::Nothing));
    }
}
