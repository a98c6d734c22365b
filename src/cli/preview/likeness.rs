//! Which pages look as they did before an edit, and where the words of each page went:
//! a browser loads the others only, and keeps the place where its reader was.

use crate::jobs;
use crate::length::Point;
use crate::pages::{Item, Page, Pages, Placed, Run};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What a page looks like, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Likeness {
    /// A hash of all that is painted: pages of one hash have one picture.
    pub picture: u64,
    /// A hash of the words of each line, from the top.
    lines: Vec<u64>,
}

impl Likeness {
    /// Those of all pages. Pages that stand as they did before them, at the beginning and at
    /// the end of the book, have the likeness that they had.
    pub(super) fn of(pages: &Pages, (before, known): (&Pages, &[Likeness])) -> Vec<Likeness> {
        let (fonts, images) = (names_of_fonts(pages), hashes_of_images(pages));
        let shares_stock = fonts == names_of_fonts(before) && images == hashes_of_images(before);
        let (head, tail) = match shares_stock && known.len() == before.pages.len() {
            true => ends_alike(&before.pages, &pages.pages, are_painted_alike),
            false => (0, 0),
        };
        let middle = &pages.pages[head..pages.pages.len() - tail];
        let of_page = |page: &Page| Likeness {
            picture: hash(|it| page.items.iter().for_each(|placed| paint(placed, (&fonts, &images), it))),
            lines: lines(page),
        };
        let middle = jobs::side_by_side(middle.len(), |index| of_page(&middle[index]));
        let (first, last) = (&known[..head], &known[known.len() - tail..]);
        first.iter().cloned().chain(middle).chain(last.iter().cloned()).collect()
    }
}

fn names_of_fonts(pages: &Pages) -> Vec<u64> {
    pages.fonts.iter().map(|font| hash(|it| font.name.hash(it))).collect()
}

fn hashes_of_images(pages: &Pages) -> Vec<u64> {
    pages.images.iter().map(|image| hash(|it| image.bytes.hash(it))).collect()
}

fn hash(feed: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    feed(&mut hasher);
    hasher.finish()
}

/// Whether two pages of the same fonts and pictures are painted in the same way, and have
/// the same words.
fn are_painted_alike(one: &Page, other: &Page) -> bool {
    let alike = |(one, other): (&Placed, &Placed)| {
        one.at == other.at
            && match (&one.item, &other.item) {
                // lines that were not set anew are the same in memory
                (Item::Run(one), Item::Run(other)) => Arc::ptr_eq(one, other) || one == other,
                (Item::Rule(one), Item::Rule(other)) => one == other,
                (Item::Picture(one, size), Item::Picture(other, other_size)) => {
                    (one, size) == (other, other_size)
                }
                _ => false,
            }
    };
    one.items.len() == other.items.len() && one.items.iter().zip(&other.items).all(alike)
}

/// How many of two rows are alike at the beginning, and how many of the others at the end.
fn ends_alike<T>(before: &[T], after: &[T], are_alike: impl Fn(&T, &T) -> bool) -> (usize, usize) {
    let alike = |(one, other): &(&T, &T)| are_alike(one, other);
    let head = before.iter().zip(after).take_while(alike).count();
    let (before, after) = (&before[head..], &after[head..]);
    (head, before.iter().rev().zip(after.iter().rev()).take_while(alike).count())
}

/// All of an item that can be seen.
fn paint(placed: &Placed, (fonts, images): (&[u64], &[u64]), it: &mut DefaultHasher) {
    (placed.at.x.to_raw(), placed.at.y.to_raw()).hash(it);
    match &placed.item {
        Item::Run(run) => paint_run(run, fonts, it),
        Item::Rule(size) => (size.width.to_raw(), size.height.to_raw()).hash(it),
        Item::Picture(image, size) => {
            (images.get(*image as usize), size.width.to_raw(), size.height.to_raw()).hash(it);
        }
    }
}

fn paint_run(run: &Run, fonts: &[u64], it: &mut DefaultHasher) {
    (fonts.get(run.font as usize), run.size.to_raw(), run.expansion.to_bits(), run.glyphs.len()).hash(it);
    for glyph in &run.glyphs {
        let offset = glyph.offset();
        // a glyph is mostly not shifted: its number and its width are one number
        let is_shifted = offset != Point::default();
        let width = glyph.advance().to_raw().cast_unsigned() << 17;
        it.write_u64(width | u64::from(glyph.id) << 1 | u64::from(is_shifted));
        if is_shifted {
            (offset.x.to_raw(), offset.y.to_raw()).hash(it);
        }
    }
}

/// The words of the author's in each line; what the tool prints on every page says
/// nothing of a place.
fn lines(page: &Page) -> Vec<u64> {
    let runs = page.items.iter().filter_map(|placed| match &placed.item {
        Item::Run(run) if run.origin.is_some() => Some((placed.at.y, run.text.as_str())),
        _ => None,
    });
    let runs: Vec<_> = runs.collect();
    let lines = runs.chunk_by(|a, b| a.0 == b.0);
    lines.map(|line| hash(|it| line.iter().for_each(|(_, words)| it.write(words.as_bytes())))).collect()
}

/// For each page of `before` the page of `after` that has its first line, or the next of
/// its lines that can be found; else one as far from the page before it as it was.
pub(super) fn moves(before: &[Likeness], after: &[Likeness]) -> Vec<usize> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, page) in after.iter().enumerate() {
        for line in &page.lines {
            places.entry(*line).or_default().push(index);
        }
    }
    let last = after.len().saturating_sub(1);
    let mut moves = Vec::with_capacity(before.len());
    for (index, page) in before.iter().enumerate() {
        let guess = moves.last().map_or(index, |before: &usize| before + 1).min(last);
        // a line that stands in many places (a speaker's name, a refrain) tells of none
        let known = page.lines.iter().filter_map(|line| places.get(line)).find(|places| places.len() == 1);
        moves.push(known.map_or(guess, |places| places[0]));
    }
    moves
}

/// How many pages at the beginning look as they did, and how many of the others at the end.
pub(super) fn unchanged(before: &[Likeness], after: &[Likeness]) -> (usize, usize) {
    ends_alike(before, after, |one, other| one.picture == other.picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::{Abs, Size};
    use crate::pages::{Flow, Font, Glyph, Origin, Role};

    fn page(lines: &[u64]) -> Likeness {
        Likeness { picture: 0, lines: lines.to_vec() }
    }

    /// Pages that each hold a line of a word and a rule.
    fn book(lines: &[(&str, f64)]) -> Pages {
        let placed = |item| Placed { at: Point::default(), item, role: Role::Ornament };
        let page = |(word, wide): &(&str, f64)| {
            let glyph = Glyph::new(7, Abs::pt(*wide), Point::new(Abs::ZERO, Abs::pt(*wide)), 0..1);
            let origin = Some(Origin { flow: Flow::Section(0), stretch: 0, within: 0 });
            let run = Run {
                font: 0,
                size: Abs::pt(10.0),
                expansion: 1.0,
                glyphs: vec![glyph],
                text: (*word).to_owned(),
                lang: None,
                origin,
            };
            let rule = Item::Rule(Size::new(Abs::pt(*wide), Abs::pt(1.0)));
            Page { items: vec![placed(Item::Run(Arc::new(run))), placed(rule)], ..Page::default() }
        };
        Pages { pages: lines.iter().map(page).collect(), ..Pages::default() }
    }

    #[test]
    fn a_likeness_that_is_kept_is_the_one_that_would_be_made() {
        let books = [
            &[][..],
            &[("a", 1.0), ("b", 2.0), ("c", 3.0)],
            &[("a", 1.0), ("b", 2.5), ("c", 3.0)],
            &[("a", 1.0), ("b", 2.5), ("b", 2.0), ("c", 3.0)],
            &[("a", 1.0), ("d", 1.0)],
            &[("d", 1.0), ("a", 1.0)],
        ];
        let made = |pages: &Pages| Likeness::of(pages, (&Pages::default(), &[]));
        for (before, after) in books.iter().flat_map(|one| books.iter().map(move |other| (one, other))) {
            let (before, after) = (book(before), book(after));
            let known = made(&before);
            assert_eq!(Likeness::of(&after, (&before, &known)), made(&after));
        }
        let of = |word, wide| made(&book(&[(word, wide)])).remove(0);
        assert_ne!(of("a", 1.0).picture, of("a", 2.0).picture);
        assert_ne!(of("a", 1.0).lines, of("b", 1.0).lines);
        // pages in other faces look otherwise, whatever their glyphs are
        let mut other = book(&[("a", 1.0)]);
        let known = made(&other);
        let before = other.clone();
        let (data, name) = (Arc::new(Vec::new()), "Other".to_owned());
        other.fonts.push(Font { name, data, index: 0, units_per_em: 1000 });
        assert_ne!(Likeness::of(&other, (&before, &known)), known);
    }

    #[test]
    fn a_place_is_kept_by_its_words() {
        let before = [page(&[1, 2, 3]), page(&[4, 9, 5]), page(&[]), page(&[9, 6, 7])];
        // two lines more at the head of the book
        let after = [page(&[100, 101, 1]), page(&[2, 3, 4]), page(&[9, 5]), page(&[]), page(&[9, 6, 7])];
        assert_eq!(moves(&before, &after), [0, 1, 2, 4]);
        assert_eq!(moves(&before, &[]), [0, 0, 0, 0]);
    }

    #[test]
    fn pages_that_look_the_same_are_counted_from_both_ends() {
        let pages = |pictures: &[u64]| -> Vec<Likeness> {
            pictures.iter().map(|picture| Likeness { picture: *picture, lines: Vec::new() }).collect()
        };
        let count = |before: &[u64], after: &[u64]| unchanged(&pages(before), &pages(after));
        assert_eq!(count(&[1, 2, 3, 4], &[1, 2, 9, 4]), (2, 1));
        assert_eq!(count(&[1, 2, 3], &[1, 2, 9, 3]), (2, 1));
        assert_eq!(count(&[1, 1], &[1, 1, 1]), (2, 0));
        assert_eq!(count(&[], &[1]), (0, 0));
    }
}
