//! The measure that suits the pages of an older edition.
//!
//! Where an old page ends in mid-sentence its last line was full, so what it
//! holds of a paragraph is a whole number of old lines. Lines of about as many
//! characters as the old ones had can end there as well; longer ones end a
//! third or a half of a line short, and no spacing fills that. So before such
//! pages are set, a few narrower measures are tried, and the one is taken with
//! the least to forgive. The margins get what the measure loses.

use crate::book::Book;
use crate::font::Library;
use crate::length::{Abs, Length};
use crate::narrow::Nearest;
use crate::pages::{Compromise, PageCompromise, Pages};
use crate::style::{PageBreaks, Style};
use crate::typeset::text_style::Faces;
use crate::typeset::{document, notes};

/// How much narrower than the style says the measure may be, in thousandths.
const NARROWEST: i64 = 96;
/// The steps of the first look, and of the second around the best, in thousandths.
const STEPS: (i64, i64) = (16, 4);
/// What a line costs that is looser than allowed, in the coin of page breaking.
const LOOSE: f64 = 6000.0;
/// What a page costs more than the old edition has.
const PAGE: f64 = 20_000.0;

/// The style in which the old pages are kept best; `None` when none are kept,
/// or the style's own measure leaves nothing to wish for.
pub(crate) fn fitted_style(book: &Book, style: &Style, fonts: &Library, faces: &Faces) -> Option<Style> {
    if style.page.breaks != PageBreaks::Source {
        return None;
    }
    // Each measure that is tried is a whole pass over the book: there is no cheaper way to know how
    // paragraphs break in it. That is why there are few of them.
    let tried = |narrower: i64| {
        let style = narrowed(style, narrower);
        let known = notes::first_guess(book, &style);
        let pages = document::set_once(book, &style, fonts, faces, &known, None).pages;
        Tried { narrower, cost: cost(&pages), pages: pages.pages.len() }
    };
    let own = tried(0);
    if own.cost <= 0.0 {
        return None;
    }
    // Seven measures sixteen thousandths apart, then six around the best of them four apart: thirteen
    // passes where a search of every step would take twenty-five. The cost is no smooth function of
    // the measure, so finer steps would find another local best and no better one.
    let mut found = vec![own];
    found.extend((STEPS.0..=NARROWEST).step_by(usize::nearest(STEPS.0)).map(&tried));
    let near = best(&found);
    let around = (near - STEPS.0 + STEPS.1..near + STEPS.0).step_by(usize::nearest(STEPS.1));
    found.extend(around.filter(|n| *n > 0 && *n <= NARROWEST && *n != near).map(&tried));
    match best(&found) {
        0 => None,
        narrower => Some(narrowed(style, narrower)),
    }
}

/// A measure that was tried.
struct Tried {
    /// By how many thousandths it is narrower than the style says.
    narrower: i64,
    cost: f64,
    pages: usize,
}

/// The cheapest of those tried: by how much it is narrower.
fn best(found: &[Tried]) -> i64 {
    // A page more than the old edition has is dear, and all tries are compared with the one that has
    // the fewest: what counts is by how many they differ.
    let fewest = found.iter().map(|tried| tried.pages).min().unwrap_or(0);
    let dear = |tried: &Tried| tried.cost + PAGE * (tried.pages - fewest) as f64;
    let cheapest = found.iter().min_by(|a, b| dear(a).total_cmp(&dear(b)).then(a.narrower.cmp(&b.narrower)));
    cheapest.map_or(0, |tried| tried.narrower)
}

/// What there is to forgive in pages.
fn cost(pages: &Pages) -> f64 {
    let is_loose = |taken: &&PageCompromise| matches!(taken.compromise, Compromise::LooseLine { .. });
    let loose = pages.compromises.iter().filter(is_loose).count();
    pages.cost.paid + LOOSE * loose as f64
}

/// The style with a measure that is narrower by so many thousandths.
fn narrowed(style: &Style, thousandths: i64) -> Style {
    let less = style.measure() * thousandths / 1000;
    // What the measure loses goes to the margins as the style divides them: two fifths to the spine.
    let mut style = style.clone();
    let inside: Abs = style.inside() + less * 2 / 5;
    let measure = style.measure() - less;
    (style.page.measure, style.page.inside) = (Length::Abs(measure), Some(Length::Abs(inside)));
    style
}
