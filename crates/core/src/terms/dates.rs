//! Dates in words.

use super::languages;
use super::table::Dates;
use super::{Terms, Word};
use crate::book::{Date, Lang, MONTHS};

impl<'a> Terms<'a> {
    /// A date in words: the long form of Unicode CLDR.
    #[must_use]
    pub fn date(self, date: &Date) -> String {
        let dates = &self.words.dates;
        let month = |months: &[&'static str; 12]| {
            let at = usize::from(date.month?).checked_sub(1)?;
            Some(self.word(MONTHS.get(at)?, months.get(at)?))
        };
        match (date.day, month(&dates.months), month(dates.months_alone())) {
            (Some(day), Some(month), _) => {
                let day = if day == 1 { dates.first_day.to_owned() } else { day.to_string() };
                filled(&self.word("date", dates.date), &day, &month, date.year)
            }
            (None, _, Some(month)) => {
                filled(&self.word("date-of-month", dates.date_of_month), "", &month, date.year)
            }
            _ => date.year.to_string(),
        }
    }
}

/// The form of a date with its parts; a number and what belongs to it stay on one line.
fn filled(form: &str, day: &str, month: &Word<'_>, year: u16) -> String {
    let tied = ["{day}", "{day}.", "{year}"]
        .iter()
        .fold(form.to_owned(), |form, part| form.replace(&format!("{part} "), &format!("{part}\u{a0}")));
    let tied = tied.replace("{month} {day}", "{month}\u{a0}{day}");
    tied.replace("{day}", day).replace("{month}", month).replace("{year}", &year.to_string())
}

/// The names of the months in the language of that tag, in every form that a date has; the
/// English ones in a language that has no words here.
pub fn months(tag: &str) -> impl Iterator<Item = &'static str> {
    let found = Lang::parse(tag).and_then(|language| languages::find(&language));
    let dates: &Dates = &found.unwrap_or(languages::ENGLISH).dates;
    dates.months.into_iter().chain(dates.months_alone.into_iter().flatten())
}
