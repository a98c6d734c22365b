//! Dates in words.

use super::{LANGUAGES, Terms};
use crate::book::Date;

impl Terms {
    /// The names of the months, as they stand in a date.
    #[must_use]
    pub fn months(self) -> &'static [&'static str; 12] {
        &MONTHS[self.column]
    }

    /// A date in words.
    #[must_use]
    pub fn date(self, date: &Date) -> String {
        let month = date.month.and_then(|m| self.months().get(usize::from(m).wrapping_sub(1)));
        let year = date.year;
        match (date.day, month) {
            (day, month) if matches!(LANGUAGES[self.column], "ja" | "zh" | "zh-Hant") => {
                let day = day.map(|day| format!("{day}日"));
                format!("{year}年{}{}", month.copied().unwrap_or_default(), day.unwrap_or_default())
            }
            (Some(day), Some(month)) => format!("{day}\u{a0}{month} {}", date.year),
            (None, Some(month)) => format!("{month} {}", date.year),
            _ => date.year.to_string(),
        }
    }
}

/// The months, as they stand in a date.
const MONTHS: [[&str; 12]; LANGUAGES.len()] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "Ιανουαρίου",
        "Φεβρουαρίου",
        "Μαρτίου",
        "Απριλίου",
        "Μαΐου",
        "Ιουνίου",
        "Ιουλίου",
        "Αυγούστου",
        "Σεπτεμβρίου",
        "Οκτωβρίου",
        "Νοεμβρίου",
        "Δεκεμβρίου",
    ],
    [
        "ינואר",
        "פברואר",
        "מרץ",
        "אפריל",
        "מאי",
        "יוני",
        "יולי",
        "אוגוסט",
        "ספטמבר",
        "אוקטובר",
        "נובמבר",
        "דצמבר",
    ],
    [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Lang;

    #[test]
    fn dates_are_words() {
        let terms = |lang: &str| Terms::of(&Lang::parse(lang).expect("a tag"));
        let date = |text: &str| Date::parse(text).expect("a date");
        assert_eq!(terms("en-GB").date(&date("2023-01-31")), "31\u{a0}January 2023");
        assert_eq!(terms("fr").date(&date("1848-02")), "février 1848");
        assert_eq!(terms("ja").date(&date("2020-01-03")), "2020年1月3日");
        assert_eq!(terms("zh-TW").date(&date("2020-01")), "2020年1月");
        assert_eq!(terms("he").date(&date("2020-01-03")), "3\u{a0}ינואר 2020");
        assert_eq!(terms("xx").date(&date("1848")), "1848");
    }
}
