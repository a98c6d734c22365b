//! The words of book.toml with a typographer's marks, as the texts have them,
//! and without soft hyphens, which catalogues and readers' menus would show.

use super::smart;
use crate::book::Meta;

/// Sets quotation marks, apostrophes and dashes in what a reader will see.
pub(super) fn set(mut meta: Meta) -> Meta {
    let language = meta.language.clone();
    let title = std::iter::once(&mut meta.title);
    let lines = [&mut meta.subtitle, &mut meta.description, &mut meta.blurb, &mut meta.rights];
    let flaps = [&mut meta.front_flap, &mut meta.back_flap];
    let people = meta.contributors.iter_mut().flat_map(|person| [&mut person.name, &mut person.sort]);
    let publisher = meta.publisher.iter_mut().flat_map(|p| std::iter::once(&mut p.name).chain(&mut p.place));
    let series = meta.series.iter_mut().map(|(name, _)| name);
    let source = meta.source.iter_mut().map(|source| &mut source.title);
    let all = title.chain(lines.into_iter().chain(flaps).flatten()).chain(&mut meta.subjects);
    for words in all.chain(people).chain(publisher).chain(series).chain(source) {
        *words = smart::words(words, &language).replace('\u{ad}', "");
    }
    meta
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Lang;

    #[test]
    fn marks_are_set_as_the_language_wants() {
        let of = |tag: &str, title: &str| {
            let language = Lang::parse(tag).expect("a tag");
            set(Meta { title: title.to_owned(), language, ..Meta::default() }).title
        };
        assert_eq!(of("en", "\"Don't\" --- he said"), "“Don’t” — he said");
        assert_eq!(of("de", "\"Nein\""), "„Nein“");
        assert_eq!(of("de", "Donau\u{ad}dampf\u{ad}schiff"), "Donaudampfschiff");
        assert_eq!(of("fr", "\"Non\" !"), "«\u{202f}Non\u{202f}»\u{202f}!");
    }
}
