//! Numbers alone at the feet of pages of which a scan misread a figure: `23` where 28 stands.
//!
//! They are no words of the note above, where most pages have theirs at the foot and the pages around tell what the number is.

use super::super::line::Line;
use super::candidate::candidate;
use super::{Document, PhysicalPage, Role};

/// Of how many pages with a number at the foot at least, of which they are half, it is a habit.
const LEAST_FEET: usize = 3;

/// Takes them out.
pub(super) fn folios(lines: &[Line<'_>], document: &mut Document) {
    let foot = |page: &PhysicalPage| page.body().next_back();
    let alone = |at: usize| candidate(lines, at).filter(|c| c.alone && !c.number.roman);
    let is_folio = |page: &&PhysicalPage| {
        foot(page).is_some_and(|at| matches!(document.roles[at], Role::Furniture(..)) && alone(at).is_some())
    };
    let feet = document.pages.iter().filter(is_folio).count();
    if feet < LEAST_FEET || feet * 2 < document.pages.len() {
        return;
    }
    let misread = |page: &PhysicalPage| {
        let at = foot(page).filter(|at| document.roles[*at] == Role::Text && lines[*at].blanks > 0)?;
        let shown = alone(at)?.number.value.to_string();
        let own = page.number.filter(|(number, _)| !number.roman)?.0.value.to_string();
        let other = own.bytes().zip(shown.bytes()).filter(|(a, b)| a != b).count();
        (own.len() == shown.len() && other == 1).then_some(at)
    };
    let found: Vec<usize> = document.pages.iter().filter_map(misread).collect();
    for at in found {
        document.roles[at] =
            Role::Furniture(90, "a number alone at the foot, one figure of which is misread");
    }
}
