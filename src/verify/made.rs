//! What the half-title, the title page and the publisher's page say: the lines that are made of book.toml.

use super::letters::letters;
use crate::book::{Book, Content, GeneratedPage, Meta, Relator};
use crate::pages::Pages;
use crate::terms::{Phrase, Terms, imprint};

/// Those lines, as pages have them; the colophon names the book as well.
pub(super) fn lines_on_pages(book: &Book, pages: &Pages) -> Vec<String> {
    let credits = |meta: &Meta| {
        let credited = |(role, names): (Relator, Vec<&str>)| Terms::of(meta).credited(role, &names);
        meta.credits().into_iter().map(credited).collect()
    };
    let made = book.sections.iter().filter_map(|section| match section.content {
        Content::Made(page) => Some(page),
        Content::Text(_) => None,
    });
    let of_page = |page| match page {
        GeneratedPage::Colophon => {
            let type_line = format!("{} {}", Terms::of(&book.meta).set_in(), pages.type_line);
            vec![book.meta.title.clone(), type_line, "Pamphleteer".to_owned()]
        }
        GeneratedPage::Contents => vec![Terms::of(&book.meta).contents().to_string()],
        page => lines(&book.meta, page, &pages.typeface, &credits),
    };
    let lines = made.flat_map(of_page);
    lines.filter(|line| letters(line).next().is_some()).collect()
}

/// The pages of an EPUB that do not say just those lines, each contributor in one. `held` has the letters of a page.
pub(super) fn wrong_in_ebook<'h>(
    book: &Book,
    typeface: &str,
    held: impl Fn(GeneratedPage) -> Option<&'h str>,
) -> Vec<&'static str> {
    let credits = |meta: &Meta| {
        let others = meta.contributors.iter().filter(|one| one.role != Relator::AUTHOR);
        others.map(|one| Terms::of(meta).credited(one.role, &[&one.name])).collect()
    };
    let mut wrong = Vec::new();
    for section in &book.sections {
        let Content::Made(page) = section.content else { continue };
        let said = match page {
            GeneratedPage::Colophon => colophon(book, typeface),
            page => lines(&book.meta, page, typeface, &credits),
        };
        let wanted: Vec<String> = said.iter().map(|line| letters(line).collect()).collect();
        if wanted.is_empty() {
            continue;
        }
        let held = held(page).unwrap_or_default();
        let is_right = held.len() == wanted.iter().map(String::len).sum::<usize>()
            && wanted.iter().all(|line| held.contains(line));
        if !is_right {
            wrong.push(page.name());
        }
    }
    wrong
}

/// What the colophon of an EPUB says.
fn colophon(book: &Book, typeface: &str) -> Vec<String> {
    let terms = Terms::of(&book.meta);
    let type_line = format!("{} {typeface}.", terms.set_in());
    vec![terms.colophon().to_string(), type_line, "Pamphleteer.".to_owned()]
}

/// The lines of a page.
fn lines(
    meta: &Meta,
    page: GeneratedPage,
    typeface: &str,
    credits: &dyn Fn(&Meta) -> Vec<Phrase>,
) -> Vec<String> {
    match page {
        GeneratedPage::HalfTitle => vec![meta.title.clone()],
        GeneratedPage::TitlePage => {
            let mut lines = vec![meta.title.clone()];
            lines.extend([meta.subtitle.clone(), meta.series_line()].into_iter().flatten());
            lines.extend(meta.with_role("aut").map(|author| author.name.clone()));
            lines.extend(credits(meta).iter().map(Phrase::words));
            if let Some(publisher) = &meta.publisher {
                lines.push(publisher.name.clone());
                lines.extend(meta.place_line());
            }
            lines
        }
        GeneratedPage::Imprint => imprint(meta, typeface).iter().flatten().map(Phrase::words).collect(),
        _ => Vec::new(),
    }
}
