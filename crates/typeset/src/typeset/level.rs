//! Spreads that are not level as they were set: each is named, whatever made it so.
//!
//! Page breaking counts lines of its grid and names the spreads that it could not even. What a reader
//! sees are the last lines of two facing pages, and these may differ where nothing was short by a line:
//! one page ends in a table or in a picture, or the author ends it. So the pages are measured once they
//! are set. Time is linear in their lines.

use super::flow_item::FlowItem;
use super::page_draft::PageDraft;
use super::paginate::{PagePlan, cost};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::pages::{Compromise, Item, Page, PageCompromise, Role, UnevenBy};

/// Last lines that are nearer to one height than this look level.
const LEVEL: Abs = Abs::raw(65_536 / 2);

/// The spreads of a column that are not level and that page breaking has not named, each at its recto.
///
/// The last page of a column has nothing to be level with, and pages of an older edition are named for
/// what they are.
pub(super) fn uneven(
    sheets: &[PageDraft],
    plans: &[PagePlan],
    items: &[FlowItem],
    (starts_recto, grid): (bool, Abs),
    known: &[PageCompromise],
) -> Vec<PageCompromise> {
    // A spread is a verso and the recto behind it; of a text that begins on a recto the second page is the first
    // verso. Behind a last recto there must be a page more, or the text ends on it and owes nothing.
    let first = usize::from(starts_recto);
    let spreads = (first..sheets.len().saturating_sub(2)).step_by(2);
    let uneven = spreads.filter_map(|verso| {
        let pages = [&sheets[verso], &sheets[verso + 1]];
        let named = |taken: &PageCompromise| {
            taken.page as usize == verso + 1 && matches!(taken.compromise, Compromise::UnevenSpread { .. })
        };
        if pages.iter().any(|sheet| sheet.source_page.is_some()) || known.iter().any(named) {
            return None;
        }
        let (left, right) = (foot(&pages[0].page)?, foot(&pages[1].page)?);
        let difference = (left - right).max(right - left);
        if difference <= LEVEL {
            return None;
        }
        // Why it is so is told by the page that ends higher: the other is as deep as pages are.
        let higher = verso + usize::from(right < left);
        let by = if pages.iter().any(|sheet| ends_in_picture(&sheet.page)) {
            UnevenBy::Picture
        } else if is_ended(plans, items, higher) {
            UnevenBy::End
        } else {
            UnevenBy::Grid
        };
        let lines = u32::nearest((difference.ratio(grid) + 0.01).floor());
        let compromise = Compromise::UnevenSpread { lines, by };
        let page = u32::nearest(verso + 1);
        Some(PageCompromise { page, compromise, cost: cost::of(&compromise), span: None })
    });
    uneven.collect()
}

/// The baseline of a page's last line; `None` of one that has none, or that is read turned.
fn foot(page: &Page) -> Option<Abs> {
    page.rows.iter().map(|row| row.y).max().filter(|_| !page.turned)
}

/// Whether a picture stands below its last line.
fn ends_in_picture(page: &Page) -> bool {
    let last = foot(page).unwrap_or_default();
    page.items.iter().any(|placed| {
        matches!(placed.item, Item::Picture(_, size)
            if matches!(placed.role, Role::Leaf(_)) && placed.at.y + size.height > last + LEVEL)
    })
}

/// Whether the author ends that page, or a text ends on it that another follows.
fn is_ended(plans: &[PagePlan], items: &[FlowItem], page: usize) -> bool {
    let last = plans.get(page).and_then(|plan| plan.parts.last());
    let next = plans.get(page + 1).and_then(|plan| plan.parts.iter().find(|part| !part.repeated));
    let (Some(last), Some(next)) = (last, next) else { return false };
    let between = items.get(last.item.index()..next.item.index()).unwrap_or_default();
    between.iter().any(|item| matches!(item, FlowItem::PageEnd | FlowItem::TextEnd))
}
