//! The width of the spine, from the number of pages and the paper.

use crate::length::Abs;

/// How a printer reckons the spine: a leaf for every two pages, and what the
/// cover adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Thickness of one page, half of a leaf's, in millimetres.
    pub page_mm: f64,
    /// What is added once, for glue and cover, in millimetres.
    pub once_mm: f64,
    /// The result is rounded up to a multiple of this, in millimetres; 0 when
    /// it is left as it is.
    pub step_mm: f64,
}

impl Rule {
    /// The rule for paper whose leaf is that thick, in millimetres.
    #[must_use]
    pub fn of_leaf(leaf_mm: f64) -> Rule {
        Rule { page_mm: leaf_mm / 2.0, once_mm: 0.0, step_mm: 0.0 }
    }

    /// The spine of a book of that many pages; an odd page still takes a leaf.
    #[must_use]
    pub fn width(self, pages: u32) -> Abs {
        let even = f64::from(pages.div_ceil(2)) * 2.0;
        let exact = even * self.page_mm + self.once_mm;
        // a hair off, so that 7.000000001 is not rounded up to 7.5
        let rounded =
            if self.step_mm > 0.0 { ((exact - 1e-6) / self.step_mm).ceil() * self.step_mm } else { exact };
        Abs::mm(rounded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spines_follow_the_printers_formulas() {
        let inch = 25.4;
        let cream = Rule { page_mm: 0.0025 * inch, once_mm: 0.0, step_mm: 0.0 };
        let flat = Rule { page_mm: inch / 444.0, once_mm: 0.06 * inch, step_mm: 0.0 };
        let offset = Rule { page_mm: 0.05, once_mm: 0.5, step_mm: 0.5 };
        for (rule, pages, mm) in [
            (cream, 100, 6.35),
            (cream, 99, 6.35),
            (flat, 444, 26.924),
            (offset, 130, 7.0),
            (offset, 132, 7.5),
            (Rule::of_leaf(0.1), 200, 10.0),
        ] {
            assert!((rule.width(pages).to_mm() - mm).abs() < 0.001, "{rule:?} {pages}");
        }
    }
}
