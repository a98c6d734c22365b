//! The few words that made pages say, in the book's language.

use crate::book::{Date, Lang};

/// Words of made pages.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Above the contents list.
    pub contents: &'static str,
    /// Above the notes.
    pub notes: &'static str,
    /// Before a translator's name.
    pub translated: &'static str,
    /// Before an editor's name.
    pub edited: &'static str,
    /// Before the name of who wrote the introduction.
    pub introduced: &'static str,
    /// Before an illustrator's name.
    pub illustrated: &'static str,
    /// Before the title of the older edition.
    pub source: &'static str,
    /// Before the name of the type.
    pub set_in: &'static str,
    months: [&'static str; 12],
}

macro_rules! words {
    ($($lang:literal: $contents:literal $notes:literal $translated:literal $edited:literal $introduced:literal
        $illustrated:literal $source:literal $set_in:literal [$($month:literal)*])*) => {
        const WORDS: &[(&str, Words)] = &[$(($lang, Words {
            contents: $contents, notes: $notes, translated: $translated, edited: $edited,
            introduced: $introduced, illustrated: $illustrated, source: $source, set_in: $set_in,
            months: [$($month),*],
        })),*];
    };
}

words! {
    "en": "Contents" "Notes" "Translated by" "Edited by" "Introduction by" "Illustrated by" "From" "Set in"
        ["January" "February" "March" "April" "May" "June" "July" "August" "September" "October" "November" "December"]
    "de": "Inhalt" "Anmerkungen" "Übersetzt von" "Herausgegeben von" "Mit einer Einleitung von" "Illustriert von" "Nach" "Gesetzt aus der"
        ["Januar" "Februar" "März" "April" "Mai" "Juni" "Juli" "August" "September" "Oktober" "November" "Dezember"]
    "fr": "Table des matières" "Notes" "Traduit par" "Édité par" "Introduction de" "Illustré par" "D’après" "Composé en"
        ["janvier" "février" "mars" "avril" "mai" "juin" "juillet" "août" "septembre" "octobre" "novembre" "décembre"]
    "es": "Índice" "Notas" "Traducción de" "Edición de" "Introducción de" "Ilustraciones de" "Según" "Compuesto en"
        ["enero" "febrero" "marzo" "abril" "mayo" "junio" "julio" "agosto" "septiembre" "octubre" "noviembre" "diciembre"]
    "it": "Indice" "Note" "Traduzione di" "A cura di" "Introduzione di" "Illustrazioni di" "Da" "Composto in"
        ["gennaio" "febbraio" "marzo" "aprile" "maggio" "giugno" "luglio" "agosto" "settembre" "ottobre" "novembre" "dicembre"]
    "pt": "Índice" "Notas" "Tradução de" "Edição de" "Introdução de" "Ilustrações de" "Segundo" "Composto em"
        ["janeiro" "fevereiro" "março" "abril" "maio" "junho" "julho" "agosto" "setembro" "outubro" "novembro" "dezembro"]
    "nl": "Inhoud" "Noten" "Vertaald door" "Bezorgd door" "Inleiding door" "Geïllustreerd door" "Naar" "Gezet uit de"
        ["januari" "februari" "maart" "april" "mei" "juni" "juli" "augustus" "september" "oktober" "november" "december"]
    "pl": "Spis treści" "Przypisy" "Przełożył" "Opracował" "Wstęp" "Ilustrował" "Według" "Złożono pismem"
        ["stycznia" "lutego" "marca" "kwietnia" "maja" "czerwca" "lipca" "sierpnia" "września" "października" "listopada" "grudnia"]
    "ru": "Содержание" "Примечания" "Перевод" "Редактор" "Предисловие" "Иллюстрации" "По изданию" "Набрано шрифтом"
        ["января" "февраля" "марта" "апреля" "мая" "июня" "июля" "августа" "сентября" "октября" "ноября" "декабря"]
    "el": "Περιεχόμενα" "Σημειώσεις" "Μετάφραση" "Επιμέλεια" "Εισαγωγή" "Εικονογράφηση" "Από" "Στοιχειοθεσία"
        ["Ιανουαρίου" "Φεβρουαρίου" "Μαρτίου" "Απριλίου" "Μαΐου" "Ιουνίου" "Ιουλίου" "Αυγούστου" "Σεπτεμβρίου" "Οκτωβρίου" "Νοεμβρίου" "Δεκεμβρίου"]
}

impl Words {
    /// The words of a language; English for those that we do not know.
    #[must_use]
    pub fn of(lang: &Lang) -> &'static Words {
        let known = WORDS.iter().find(|(tag, _)| *tag == lang.primary());
        &known.unwrap_or(&WORDS[0]).1
    }

    /// A date in words.
    #[must_use]
    pub fn date(&self, date: &Date) -> String {
        let month = date.month.and_then(|m| self.months.get(usize::from(m).wrapping_sub(1)));
        match (date.day, month) {
            (Some(day), Some(month)) => format!("{day}\u{a0}{month} {}", date.year),
            (None, Some(month)) => format!("{month} {}", date.year),
            _ => date.year.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_words() {
        let words = |lang: &str| Words::of(&Lang::parse(lang).expect("a tag"));
        let date = |text: &str| Date::parse(text).expect("a date");
        assert_eq!(words("en-GB").date(&date("2023-01-31")), "31\u{a0}January 2023");
        assert_eq!(words("fr").date(&date("1848-02")), "février 1848");
        assert_eq!(words("xx").date(&date("1848")), "1848");
    }
}
