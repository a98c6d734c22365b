//! The languages that the tool has words in, one file each.
//!
//! To mend a word, mend it in its file; to add a language, add a file and a row
//! to [`LANGUAGES`]; to add a word that the tool says, add a line to the table in
//! `terms::table`: a word that a language lacks is then an error of the compiler. What
//! the words were checked against stands in docs/words.md.

mod af;
mod ar;
mod be;
mod bg;
mod bn;
mod bs;
mod ca;
mod cs;
mod cy;
mod da;
mod de;
mod el;
mod en;
mod eo;
mod es;
mod et;
mod eu;
mod fa;
mod fi;
mod fr;
mod ga;
mod gl;
mod he;
mod hi;
mod hr;
mod hu;
mod id;
mod is;
mod it;
mod ja;
mod ko;
mod la;
mod lt;
mod lv;
mod mk;
mod ms;
mod mt;
mod nb;
mod nl;
mod nn;
mod pl;
mod pt;
mod ro;
mod ru;
mod sk;
mod sl;
mod sq;
mod sr_cyrl;
mod sr_latn;
mod sv;
mod th;
mod tr;
mod uk;
mod vi;
mod zh;
mod zh_hant;

use super::table::Words;
use crate::book::Lang;

/// Every language with its words, by the tag of [`tag`].
pub(super) const LANGUAGES: [(&str, &Words); 56] = [
    ("af", &af::WORDS),
    ("ar", &ar::WORDS),
    ("be", &be::WORDS),
    ("bg", &bg::WORDS),
    ("bn", &bn::WORDS),
    ("bs", &bs::WORDS),
    ("ca", &ca::WORDS),
    ("cs", &cs::WORDS),
    ("cy", &cy::WORDS),
    ("da", &da::WORDS),
    ("de", &de::WORDS),
    ("el", &el::WORDS),
    ("en", &en::WORDS),
    ("eo", &eo::WORDS),
    ("es", &es::WORDS),
    ("et", &et::WORDS),
    ("eu", &eu::WORDS),
    ("fa", &fa::WORDS),
    ("fi", &fi::WORDS),
    ("fr", &fr::WORDS),
    ("ga", &ga::WORDS),
    ("gl", &gl::WORDS),
    ("he", &he::WORDS),
    ("hi", &hi::WORDS),
    ("hr", &hr::WORDS),
    ("hu", &hu::WORDS),
    ("id", &id::WORDS),
    ("is", &is::WORDS),
    ("it", &it::WORDS),
    ("ja", &ja::WORDS),
    ("ko", &ko::WORDS),
    ("la", &la::WORDS),
    ("lt", &lt::WORDS),
    ("lv", &lv::WORDS),
    ("mk", &mk::WORDS),
    ("ms", &ms::WORDS),
    ("mt", &mt::WORDS),
    ("nb", &nb::WORDS),
    ("nl", &nl::WORDS),
    ("nn", &nn::WORDS),
    ("pl", &pl::WORDS),
    ("pt", &pt::WORDS),
    ("ro", &ro::WORDS),
    ("ru", &ru::WORDS),
    ("sk", &sk::WORDS),
    ("sl", &sl::WORDS),
    ("sq", &sq::WORDS),
    ("sr-Cyrl", &sr_cyrl::WORDS),
    ("sr-Latn", &sr_latn::WORDS),
    ("sv", &sv::WORDS),
    ("th", &th::WORDS),
    ("tr", &tr::WORDS),
    ("uk", &uk::WORDS),
    ("vi", &vi::WORDS),
    ("zh", &zh::WORDS),
    ("zh-Hant", &zh_hant::WORDS),
];

/// The words of English, which stand in where there are no others.
pub(super) const ENGLISH: &Words = &en::WORDS;

/// The words of a language, if there are any.
pub(super) fn find(language: &Lang) -> Option<&'static Words> {
    let tag = tag(language);
    LANGUAGES.binary_search_by_key(&tag, |(known, _)| known).ok().map(|at| LANGUAGES[at].1)
}

/// The tag that a language's words are listed under: that of the language alone,
/// but for languages of two scripts, and for codes that were withdrawn.
pub(super) fn tag(language: &Lang) -> &str {
    let is_latin = || language.script().map_or(language.region() == Some("ME"), |script| script == "Latn");
    match language.primary() {
        "zh" | "cmn" if language.is_traditional_chinese() => "zh-Hant",
        "cmn" => "zh",
        "yue" => {
            if language.script() == Some("Hans") {
                "zh"
            } else {
                "zh-Hant"
            }
        }
        "sr" => {
            if is_latin() {
                "sr-Latn"
            } else {
                "sr-Cyrl"
            }
        }
        "sh" | "cnr" => {
            if language.script() == Some("Cyrl") {
                "sr-Cyrl"
            } else {
                "sr-Latn"
            }
        }
        "bs" if language.script() == Some("Cyrl") => "sr-Cyrl",
        "no" => "nb",
        "mo" => "ro",
        "iw" => "he",
        "in" => "id",
        primary => primary,
    }
}
