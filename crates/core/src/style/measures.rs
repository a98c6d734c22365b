//! The lengths of a page in points, computed from the style's keys.

use super::{Alignment, Case, HeadingStyle, Style, TitleDesign};
use crate::length::{Abs, Em};

impl Style {
    /// Alignment of the title page: its lowest design stands as the titles of texts do.
    #[must_use]
    pub fn title_page_align(&self) -> Alignment {
        match (self.title_page.design, self.heading.title_align) {
            (TitleDesign::Modern | TitleDesign::Open | TitleDesign::Parted | TitleDesign::Sunk, _)
            | (TitleDesign::Low, Alignment::Left) => Alignment::Left,
            _ => Alignment::Centre,
        }
    }

    /// Letters of the names on the title page.
    #[must_use]
    pub fn title_page_name_case(&self) -> Case {
        match self.title_page.design {
            TitleDesign::Modern | TitleDesign::Open | TitleDesign::Parted | TitleDesign::Sunk => Case::Roman,
            _ => Case::SmallCaps,
        }
    }

    /// Whether the authors stand above the title on the title page.
    #[must_use]
    pub fn has_authors_first(&self) -> bool {
        !matches!(self.title_page.design, TitleDesign::Modern | TitleDesign::Low)
    }

    /// How far above the first baseline the running head stands, in lines.
    #[must_use]
    pub fn head_above(&self) -> f64 {
        HEAD_ABOVE + if self.running_head.rule { RULE_ABOVE } else { 0.0 }
    }

    /// How thick rules are, in points.
    #[must_use]
    pub fn rule_weight(&self) -> Abs {
        self.rule.weight.at(self.size())
    }

    /// The measure in points.
    #[must_use]
    pub fn measure(&self) -> Abs {
        self.page.measure.at(self.size())
    }

    /// The size of the running text in points.
    #[must_use]
    pub fn size(&self) -> Abs {
        self.text.size.at(Abs::pt(11.0))
    }

    /// The leading of the running text in points: the baseline grid.
    #[must_use]
    pub fn leading(&self) -> Abs {
        self.text.leading.at(self.size())
    }

    /// The margin at the spine in points; two fifths of what the measure
    /// leaves unless the style says otherwise.
    #[must_use]
    pub fn inside(&self) -> Abs {
        let spare = self.page.trim.width - self.measure();
        self.page.inside.map_or(spare * 2 / 5, |inside| inside.at(self.size()))
    }

    /// The margin at the fore-edge in points: what is left.
    #[must_use]
    pub fn outside(&self) -> Abs {
        self.page.trim.width - self.inside() - self.measure()
    }

    /// The margin above the text block in points.
    #[must_use]
    pub fn top(&self) -> Abs {
        self.page.top.at(self.size())
    }

    /// The leading of notes in points.
    #[must_use]
    pub fn note_leading(&self) -> Abs {
        self.notes.leading.at(self.notes.size.at(self.size()))
    }

    /// Baseline of the first line of a page: below the top margin by the
    /// height of the ascenders.
    #[must_use]
    pub fn first_baseline(&self) -> Abs {
        self.top() + Em::new(0.7).at(self.size())
    }

    /// Baseline of the last line of a full page.
    #[must_use]
    pub fn last_baseline(&self) -> Abs {
        self.first_baseline() + self.leading() * (i64::from(self.page.lines) - 1)
    }

    /// How far the baseline of lines of another leading stands below that of the
    /// text's lines, in boxes that begin at the same height. The boxes' lower
    /// edges agree, as type stands on its feet, but where the text's leading is
    /// much wider: there a row or a note would stand above its page. The first
    /// baseline of a page is 0.7 em below the head of the text block, and a note's
    /// mark is raised by 0.4 em; what is left of the one for the other is 0.3 em.
    /// Lines of less than half of the text's size need less above them, and are raised
    /// further, so that no baseline falls out of its own leading.
    #[must_use]
    pub fn baseline_shift(&self, leading: Abs) -> Abs {
        let feet_agree = leading - self.leading();
        if feet_agree >= Abs::ZERO {
            return feet_agree;
        }
        let lowest = leading.scale(LOWEST_BASELINE) - Em::new(0.7).at(self.size());
        feet_agree.max(-Em::new(0.3).at(self.size())).min(lowest)
    }

    /// How deep the text block is: its lines times their leading.
    #[must_use]
    pub fn depth(&self) -> Abs {
        self.leading() * i64::from(self.page.lines)
    }
}

impl HeadingStyle {
    /// How headings of the third rank and below look: as large as what share of the text, and
    /// in which letters. Each differs from the text and from those of the ranks beside it.
    #[must_use]
    pub fn minor(&self, rank: u8) -> (f64, Case) {
        // Small capitals are weaker than italics, and neither goes on from bold: below bold come italics.
        let bold = matches!(self.minor_case, Case::Bold | Case::BoldItalic | Case::BoldCapitals);
        match rank {
            0..=3 => (1.0, self.minor_case),
            4 if bold => (1.0, Case::Italic),
            5 if bold => (0.92, Case::Bold),
            4 => (1.0, Case::SmallCaps),
            5 => (0.92, Case::Italic),
            _ => (0.85, Case::SmallCaps),
        }
    }
}

/// How far down in its own leading a baseline stands at most; descenders have the rest.
const LOWEST_BASELINE: f64 = 0.8;

/// How far above the first baseline the running head stands, in lines.
const HEAD_ABOVE: f64 = 1.5;

/// How much further up a rule below it moves the running head, in lines.
const RULE_ABOVE: f64 = 0.6;

/// How far below the last baseline the folio stands at least, in lines.
pub const FOLIO_BELOW: f64 = 1.2;
