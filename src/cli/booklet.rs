//! The booklet, and its plain sister for an office printer.

use super::edition_builder::EditionBuilder;
use super::production::Made;
use crate::cover::{self, Booklet, WrapSpec};
use crate::diag::{Diagnostic, Error};
use crate::impose::{self, Gathering, Plan, Sheets};
use crate::length::Abs;
use crate::pdf::{self, Extras, Printer};
use std::time::Instant;

/// The most pages that are stapled through the fold; thicker books are made of
/// sections. Office staplers and paper folders give out at about 25 sheets.
const MOST_STAPLED: usize = 100;
/// Pages of a section when nobody says: four sheets, which fold well together.
const SECTION: u32 = 16;

/// Makes the booklet. At `home` nobody trims: there are no marks and no creep,
/// and a page of advice comes first.
pub(super) fn booklet(
    builder: &EditionBuilder<'_>,
    home: bool,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Made>, Error> {
    let begin = Instant::now();
    let pages = &builder.proof.pages;
    let plan = plan(builder, home);
    let sheets = match impose::sheets(pages, &plan) {
        Ok((sheets, warnings)) => {
            findings.extend(warnings);
            sheets
        }
        Err(finding) => {
            findings.push(finding);
            return Ok(Vec::new());
        }
    };
    let mut of_cover = Vec::new();
    let spec = around(builder, &sheets).filter(|_| plan.cover);
    let cover = spec.and_then(|spec| builder.cover_sheet(&spec, &mut of_cover));
    if plan.cover && cover.is_none() {
        // a booklet is not made without the cover that was asked for
        findings.append(&mut of_cover);
    }
    let advice =
        home.then(|| cover::advice(&steps(builder, &plan, &sheets), &builder.cover.faces, plan.sheet));
    let ink = builder.options.chosen.printer.ink_percent;
    let extras = Extras { advice: advice.as_ref(), cover: cover.as_ref().map(|cover| cover.sheet(ink)) };
    let pdf = pdf::sheets(pages, &sheets, extras)?;
    let count = sheets.sides.len() + extras.sides();
    let suffix = if home { "-home.pdf" } else { "-booklet.pdf" };
    Ok(vec![builder.made(suffix, pdf.bytes, Some(count), pdf.standards, begin)])
}

fn plan(builder: &EditionBuilder<'_>, home: bool) -> Plan {
    let style = &builder.project.style;
    let wanted = &style.booklet;
    let region = builder.meta().language.region();
    let usual = if matches!(region, Some("US" | "CA" | "MX" | "PH")) { impose::LETTER } else { impose::A4 };
    let gathering = match wanted.sections {
        0 if builder.proof.pages.pages.len() > MOST_STAPLED => Gathering::Sections(SECTION),
        0 => Gathering::Saddle,
        pages => Gathering::Sections(pages),
    };
    Plan {
        sheet: wanted.sheet.map_or(usual, |paper| paper.0),
        gathering,
        paper: wanted.paper.at(style.size()),
        creep: !home,
        marks: wanted.marks && !home,
        cover: wanted.cover,
    }
}

/// A cover that is folded around a pile has a fold for a spine; around sections
/// it has one, before it is made smaller with the pages.
fn around(builder: &EditionBuilder<'_>, sheets: &Sheets) -> Option<WrapSpec> {
    let stapled = Printer::named("saddle")?.wrap_spec(&builder.proof.pages, None).value;
    let spine = sheets.cover.spine.scale(1.0 / sheets.scale);
    Some(WrapSpec { spine, spine_text: spine > Abs::ZERO, ..stapled })
}

fn steps<'a>(builder: &'a EditionBuilder<'_>, plan: &Plan, sheets: &Sheets) -> Booklet<'a> {
    let all = sheets.sides.len() / 2 + usize::from(plan.cover);
    let section = match plan.gathering {
        Gathering::Saddle => all,
        Gathering::Sections(pages) => pages.div_ceil(4) as usize,
    };
    Booklet { title: &builder.meta().title, sheets: all, section, cover: plan.cover }
}
