//! What the half-title, the title page and the publisher's page say: the lines that are made of book.toml.

use super::letters::letters;
use crate::book::{Book, Content, GeneratedPage, Meta, Relator};
use crate::terms::{Phrase, Terms, publication};

/// Those lines, as pages have them; the colophon names the book as well.
pub(super) fn lines_on_pages(book: &Book) -> Vec<String> {
    let credits = |meta: &Meta| {
        let credited = |(role, names): (Relator, Vec<&str>)| Terms::of(meta).credited(role, &names);
        meta.credits().into_iter().map(credited).collect()
    };
    let made = book.sections.iter().filter_map(|section| match section.content {
        Content::Made(page) => Some(page),
        Content::Text(_) => None,
    });
    let of_page = |page| match page {
        GeneratedPage::Colophon => vec![book.meta.title.clone(), "Pamphleteer".to_owned()],
        GeneratedPage::Contents => vec![Terms::of(&book.meta).contents().to_string()],
        page => lines(&book.meta, page, &credits),
    };
    let lines = made.flat_map(of_page);
    lines.filter(|line| letters(line).next().is_some()).collect()
}

/// The pages of an EPUB that do not say just those lines, each contributor in one. `held` has the letters of a page.
pub(super) fn wrong_in_ebook<'h>(
    book: &Book,
    held: impl Fn(GeneratedPage) -> Option<&'h str>,
) -> Vec<&'static str> {
    let credits = |meta: &Meta| {
        let others = meta.contributors.iter().filter(|one| one.role != Relator::AUTHOR);
        others.map(|one| Terms::of(meta).credited(one.role, &[&one.name])).collect()
    };
    let mut wrong = Vec::new();
    for section in &book.sections {
        let Content::Made(page) = section.content else { continue };
        let wanted: Vec<String> =
            lines(&book.meta, page, &credits).iter().map(|line| letters(line).collect()).collect();
        if wanted.is_empty() {
            continue;
        }
        let held = held(page).unwrap_or_default();
        let is_right = if page == GeneratedPage::Imprint {
            // it ends with the typeface, which is the style's
            let set_in: String = letters(&Terms::of(&book.meta).set_in()).collect();
            held.strip_prefix(wanted.concat().as_str()).is_some_and(|rest| rest.starts_with(set_in.as_str()))
        } else {
            held.len() == wanted.iter().map(String::len).sum::<usize>()
                && wanted.iter().all(|line| held.contains(line))
        };
        if !is_right {
            wrong.push(page.name());
        }
    }
    wrong
}

/// The lines of a page.
fn lines(meta: &Meta, page: GeneratedPage, credits: &dyn Fn(&Meta) -> Vec<Phrase>) -> Vec<String> {
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
        GeneratedPage::Imprint => publication(meta).iter().flatten().map(Phrase::words).collect(),
        _ => Vec::new(),
    }
}
