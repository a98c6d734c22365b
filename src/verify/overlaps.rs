//! No words stand on others, nor on a picture: whoever prints them so has lost both.

use super::expected::quoted;
use super::frames::{inked, span_of};
use crate::book::Book;
use crate::diag::{Code, Diagnostic};
use crate::length::{Abs, Point, Size};
use crate::pages::{Item, Page, Pages, Role, Run};
use std::ops::Range;

/// Pages that are told one by one; the others are counted.
const TOLD: usize = 8;
/// Baselines that are nearer to one another than this share of the smaller type are one line:
/// raised and lowered letters are further apart.
const ONE_LINE: f64 = 0.3;
/// Letters lean and are kerned into one another by less than this share of the smaller type.
const LEAST: f64 = 0.6;

/// Words on a page, from the left to the right.
struct Words<'p> {
    run: &'p Run,
    at: Point,
    right: Abs,
}

impl Words<'_> {
    /// From the left of what is seen of them to the right: without the spaces at their ends.
    fn seen(&self) -> (Abs, Abs) {
        let (left, right) = inked(self.run);
        (self.at.x + left, self.at.x + right)
    }

    /// By how much they lie over what stands between those places, if that is more than `least`. Hardly any words do, so
    /// the letters of the others are not looked at.
    fn overlap(&self, (left, right): (Abs, Abs), least: Abs) -> Option<Abs> {
        let over = |(own, far): (Abs, Abs)| right.min(far) - left.max(own);
        let by = || over(self.seen());
        (over((self.at.x, self.right)) > least).then(by).filter(|by| *by > least)
    }
}

/// Looks at every page; the worst of each is told.
pub(super) fn check(book: &Book, pages: &Pages, findings: &mut Vec<Diagnostic>) {
    let (mut told, mut more) = (0, 0);
    for page in &pages.pages {
        let Some((words, below)) = worst(page, pages) else { continue };
        if told == TOLD {
            more += 1;
            continue;
        }
        told += 1;
        let text = quoted(&words.run.text);
        let message = format!("page {}: `{text}` is printed over {below}", page.label);
        let span = words.run.origin.and_then(|origin| span_of(book, origin));
        findings.push(Diagnostic::new(Code::TextOverprinted, span, message).hint(
            "give a table fewer columns or shorter words, a smaller `table.size`, or a `::: landscape` of its own; \
             where no table stands, please report it with this text",
        ));
    }
    if more > 0 {
        let message = format!("{more} more pages have words printed over others");
        findings.push(Diagnostic::new(Code::TextOverprinted, None, message));
    }
}

/// The words of a page that reach furthest over something else, and what that is.
fn worst<'p>(page: &'p Page, pages: &Pages) -> Option<(Words<'p>, String)> {
    let mut all: Vec<Words<'p>> = words(page).collect();
    all.sort_by_key(|words| (words.at.y, words.at.x));
    let lines = lines(&all);
    let mut worst: Option<(Abs, usize, String)> = None;
    let mut consider = |by: Abs, at: usize, what: &dyn Fn() -> String| {
        if worst.as_ref().is_none_or(|(most, ..)| by > *most) {
            worst = Some((by, at, what()));
        }
    };
    for (n, words) in all.iter().enumerate() {
        for m in neighbours(&all, &lines, n) {
            let other = &all[m];
            let size = words.run.size.min(other.run.size);
            let (is_one_line, least) = (other.at.y - words.at.y < size.scale(ONE_LINE), size.scale(LEAST));
            let near = || words.overlap((other.at.x, other.right), least);
            if is_one_line
                && near().is_some()
                && let Some(by) = words.overlap(other.seen(), least)
            {
                consider(by, m, &|| format!("`{}`", quoted(&words.run.text)));
            }
        }
    }
    for (at, size, image) in pictures(page) {
        for (n, words) in all.iter().enumerate() {
            let inside = words.at.y > at.y + words.run.size && words.at.y < at.y + size.height;
            let by = || words.overlap((at.x, at.x + size.width), words.run.size.scale(LEAST));
            if let Some(by) = inside.then(by).flatten() {
                let path = pages.images.get(image as usize).map_or("", |picture| picture.path.as_str());
                consider(by, n, &|| format!("the picture `{path}`"));
            }
        }
    }
    let (_, at, what) = worst?;
    Some((all.swap_remove(at), what))
}

/// Words with one baseline, from left to right.
struct Line {
    range: Range<usize>,
    /// How far the words up to each one reach to the right. It never falls, so that those
    /// which reach beyond a place are found by halving.
    reach: Vec<Abs>,
}

/// The lines of words that are sorted by baseline and left edge.
fn lines(all: &[Words<'_>]) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in all.chunk_by(|a, b| a.at.y == b.at.y) {
        let reach = line.iter().scan(None, |furthest: &mut Option<Abs>, words| {
            *furthest = (*furthest).max(Some(words.right));
            *furthest
        });
        lines.push(Line { range: start..start + line.len(), reach: reach.collect() });
        start += line.len();
    }
    lines
}

/// The words behind the `n`th that are on its line and share some of its width. One line may
/// hold a hundred thousand runs, so those are looked at that lie beside it and no others.
fn neighbours<'a>(all: &'a [Words<'_>], lines: &'a [Line], n: usize) -> impl Iterator<Item = usize> + 'a {
    let words = &all[n];
    let own = lines.partition_point(|line| line.range.end <= n);
    let near = move |line: &&Line| all[line.range.start].at.y - words.at.y < words.run.size.scale(ONE_LINE);
    lines[own..].iter().take_while(near).flat_map(move |line| {
        let first = line.range.start + line.reach.partition_point(|reach| *reach <= words.at.x);
        (first.max(n + 1)..line.range.end).take_while(move |m| all[*m].at.x < words.right)
    })
}

/// All words of content on a page.
fn words(page: &Page) -> impl Iterator<Item = Words<'_>> {
    page.items.iter().filter_map(|placed| {
        let (Item::Run(run), Role::Leaf(_)) = (&placed.item, placed.role) else { return None };
        let width = run.width();
        (width > Abs::ZERO).then(|| Words { run, at: placed.at, right: placed.at.x + width })
    })
}

/// The pictures on a page that are content.
fn pictures(page: &Page) -> impl Iterator<Item = (Point, Size, u32)> {
    page.items.iter().filter_map(|placed| match (&placed.item, placed.role) {
        (Item::Picture(image, size), Role::Leaf(_)) => Some((placed.at, *size, *image)),
        _ => None,
    })
}
