//! The words and numerals that the tool adds to a book: one row a term, one
//! column a language, and the same for pages and for files that flow.

mod dates;
mod imprint;
pub mod numerals;

pub use imprint::imprint;

use crate::book::{Lang, Role};

/// The languages of the columns; the first stands in for all that have none.
const LANGUAGES: [&str; 15] =
    ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "el", "he", "ar", "ja", "zh", "zh-Hant"];

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    column: usize,
}

macro_rules! terms {
    ($($(#[doc = $doc:literal])+ $name:ident: $($word:literal)*)*) => {
        impl Terms {
            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $name(self) -> &'static str {
                    const ROW: [&str; LANGUAGES.len()] = [$($word),*];
                    ROW[self.column]
                }
            )*

            #[cfg(test)]
            fn all(self) -> Vec<&'static str> { vec![$(self.$name()),*] }
        }
    };
}

terms! {
    /// Above the list of contents.
    contents: "Contents" "Inhalt" "Table des matières" "Índice" "Indice" "Índice" "Inhoud" "Spis treści" "Содержание" "Περιεχόμενα"
        "תוכן העניינים" "المحتويات" "目次" "目录" "目錄"
    /// Above the notes.
    notes: "Notes" "Anmerkungen" "Notes" "Notas" "Note" "Notas" "Noten" "Przypisy" "Примечания" "Σημειώσεις"
        "הערות" "الهوامش" "注" "注释" "註釋"
    /// Above the editor's notes.
    editor_notes: "Editor’s notes" "Anmerkungen des Herausgebers" "Notes de l’éditeur" "Notas del editor" "Note del curatore"
        "Notas do editor" "Noten van de bezorger" "Przypisy redaktora" "Примечания редактора" "Σημειώσεις του επιμελητή"
        "הערות העורך" "هوامش المحرر" "編者注" "编者注" "編者註"
    /// What the front cover is called.
    cover: "Cover" "Umschlag" "Couverture" "Cubierta" "Copertina" "Capa" "Omslag" "Okładka" "Обложка" "Εξώφυλλο"
        "כריכה" "الغلاف" "表紙" "封面" "封面"
    /// What the title page is called.
    title_page: "Title page" "Titelseite" "Page de titre" "Portada" "Frontespizio" "Folha de rosto" "Titelpagina" "Strona tytułowa"
        "Титульный лист" "Σελίδα τίτλου"
        "דף השער" "صفحة العنوان" "扉" "书名页" "書名頁"
    /// What the half title is called.
    half_title: "Half title" "Schmutztitel" "Faux-titre" "Portadilla" "Occhiello" "Anterrosto" "Franse titel" "Przedtytuł" "Шмуцтитул"
        "Ψευδότιτλος"
        "שער מקוצר" "العنوان المختصر" "前扉" "扉页" "扉頁"
    /// What the publisher's page is called.
    imprint: "Imprint" "Impressum" "Mentions légales" "Página de créditos" "Colophon editoriale" "Ficha técnica" "Colofon"
        "Strona redakcyjna" "Выходные данные" "Στοιχεία έκδοσης"
        "דף הזכויות" "بيانات النشر" "奥付" "版权页" "版權頁"
    /// What the page is called that says how the book was made.
    colophon: "Colophon" "Kolophon" "Colophon" "Colofón" "Colophon" "Colofão" "Verantwoording" "Kolofon" "Об издании" "Κολοφώνας"
        "קולופון" "كلمة الختام" "本書について" "关于本书" "關於本書"
    /// The way from a note to its call.
    back: "Back to the text" "Zurück zum Text" "Retour au texte" "Volver al texto" "Torna al testo" "Voltar ao texto"
        "Terug naar de tekst" "Powrót do tekstu" "Вернуться к тексту" "Επιστροφή στο κείμενο"
        "חזרה לטקסט" "العودة إلى النص" "本文へ戻る" "返回正文" "返回正文"
    /// Above the list of pages.
    pages: "Pages" "Seiten" "Pages" "Páginas" "Pagine" "Páginas" "Pagina’s" "Strony" "Страницы" "Σελίδες"
        "עמודים" "الصفحات" "ページ" "页码" "頁碼"
    /// Above the list of places that menus lead to.
    landmarks: "Landmarks" "Wegmarken" "Repères" "Puntos de referencia" "Punti di riferimento" "Pontos de referência"
        "Oriëntatiepunten" "Punkty orientacyjne" "Ориентиры" "Ορόσημα"
        "ציוני דרך" "المعالم" "ランドマーク" "导航点" "導覽點"
    /// What the beginning of the running text is called.
    text: "Text" "Text" "Texte" "Texto" "Testo" "Texto" "Tekst" "Tekst" "Текст" "Κείμενο"
        "טקסט" "النص" "本文" "正文" "正文"
    /// Before an editor's name.
    edited: "Edited by" "Herausgegeben von" "Édité par" "Edición de" "A cura di" "Edição de" "Bezorgd door" "Opracował" "Редактор"
        "Επιμέλεια"
        "בעריכת" "تحرير" "編集" "编辑" "編輯"
    /// Before a translator's name.
    translated: "Translated by" "Übersetzt von" "Traduit par" "Traducción de" "Traduzione di" "Tradução de" "Vertaald door"
        "Przełożył" "Перевод" "Μετάφραση"
        "בתרגום" "ترجمة" "翻訳" "翻译" "翻譯"
    /// Before an illustrator's name.
    illustrated: "Illustrated by" "Illustriert von" "Illustré par" "Ilustraciones de" "Illustrazioni di" "Ilustrações de"
        "Geïllustreerd door" "Ilustrował" "Иллюстрации" "Εικονογράφηση"
        "איורים:" "رسوم" "挿絵" "插图" "插圖"
    /// Before the name of who wrote the introduction.
    introduced: "Introduction by" "Mit einer Einleitung von" "Introduction de" "Introducción de" "Introduzione di" "Introdução de"
        "Inleiding door" "Wstęp" "Предисловие" "Εισαγωγή"
        "מבוא מאת" "تقديم" "序文" "序言" "序言"
    /// Before the title of the older edition.
    source: "From" "Nach" "D’après" "Según" "Da" "Segundo" "Naar" "Według" "По изданию" "Από"
        "לפי" "عن" "底本" "底本" "底本"
    /// Before the name of the type.
    set_in: "Set in" "Gesetzt aus der" "Composé en" "Compuesto en" "Composto in" "Composto em" "Gezet uit de" "Złożono pismem"
        "Набрано шрифтом" "Στοιχειοθεσία"
        "נסדר באות" "صُفّ بخط" "使用書体" "正文字体" "正文字體"
    /// Before the source that a note means by "the same place".
    meant: "That is:" "Gemeint ist:" "C’est-à-dire :" "Es decir:" "Cioè:" "Ou seja:" "Dat is:" "To znaczy:" "То есть:" "Δηλαδή:"
        "כלומר:" "أي:" "すなわち：" "即：" "即："
}

impl Terms {
    /// The words of English.
    pub const ENGLISH: Terms = Terms { column: 0 };

    /// The words of a language; English for those that we do not know.
    #[must_use]
    pub fn of(language: &Lang) -> Terms {
        let name = if language.is_traditional_chinese() { "zh-Hant" } else { language.primary() };
        Terms::named(name)
    }

    /// The words of the language that has this subtag of BCP 47; English for those that we do not know.
    #[must_use]
    pub fn named(name: &str) -> Terms {
        let column = LANGUAGES.iter().position(|known| *known == name);
        column.map_or(Terms::ENGLISH, |column| Terms { column })
    }

    /// Whether names of roles, which are English, can be shown.
    #[must_use]
    pub fn is_english(self) -> bool {
        self == Terms::ENGLISH
    }

    /// What a section without a title is called; none when its role says too little.
    #[must_use]
    pub fn role(self, role: Role) -> Option<&'static str> {
        match role {
            Role::Cover => Some(self.cover()),
            Role::HalfTitle => Some(self.half_title()),
            Role::TitlePage => Some(self.title_page()),
            Role::Imprint => Some(self.imprint()),
            Role::Contents => Some(self.contents()),
            Role::Notes => Some(self.notes()),
            Role::Colophon => Some(self.colophon()),
            _ => None,
        }
    }

    /// What somebody did for the book, by the MARC relator; none for those
    /// whose name says enough.
    #[must_use]
    pub fn credit(self, relator: &str) -> Option<&'static str> {
        match relator {
            "edt" => Some(self.edited()),
            "trl" => Some(self.translated()),
            "ill" => Some(self.illustrated()),
            "aui" | "win" | "wpr" => Some(self.introduced()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        for (column, language) in LANGUAGES.iter().enumerate() {
            assert!(Terms { column }.all().iter().all(|word| !word.is_empty()), "{language}");
        }
    }
}
