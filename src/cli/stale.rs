//! Whether a wrap that was delivered still fits the book.
//!
//! A wrap's spine is as wide as the book was thick when it was made. The record
//! of the build says for what it was made; the next one compares.

use super::printers::{self, Chosen};
use super::production::Proof;
use crate::cover::WrapSpec;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::project::{Project, names_a_file};
use serde_json::{Value, json};

/// Spines that differ by less are the same, in millimetres.
const SAME_MM: f64 = 0.005;

/// What a wrap was made for, as the record has it.
pub(super) fn record(chosen: &Chosen, pages: u32, spec: &WrapSpec) -> Value {
    json!({
        "printer": chosen.name,
        "pages": pages,
        "spine_mm": rounded(spec.spine.to_mm()),
        "trim_mm": [rounded(spec.trim.width.to_mm()), rounded(spec.trim.height.to_mm())],
    })
}

fn rounded(mm: f64) -> f64 {
    (mm * 1000.0).round() / 1000.0
}

/// A finding when the wrap that the `last` build made is for another spine or
/// trim than the book now has. No record is none. When the cover is `remade`
/// anyway the finding is a note: the printer may have the one before.
pub(super) fn check(
    last: &Value,
    chosen: &Chosen,
    project: &Project,
    proof: &Proof,
    remade: bool,
) -> Option<Diagnostic> {
    if proof.pages.pages.is_empty() {
        return None;
    }
    let made = last["outputs"].as_array()?.iter().find_map(|output| output.get("wrap"))?;
    let maker = maker(made["printer"].as_str()?, chosen, project)?;
    let spec = maker.printer.wrap_spec(&proof.pages, project.style.cover.paper.as_deref()).value;
    let now = record(&maker, maker.printer.page_count(&proof.pages), &spec);
    let finding = compare(made, &now, &project.sources.meta.slug)?.within(Scope::Wrap);
    Some(if remade {
        finding.severity(Severity::Note).hint("send the printer the new one with the new pages")
    } else {
        finding.hint("rebuild the cover before sending it to print: build --to cover")
    })
}

/// The printer that the last wrap was made for, when it is at hand: the record
/// is a file like any other, and no path in it is followed.
fn maker(name: &str, chosen: &Chosen, project: &Project) -> Option<Chosen> {
    if chosen.name == name {
        return Some(Chosen { name: name.to_owned(), printer: chosen.printer.clone() });
    }
    if !names_a_file(name) {
        return printers::known(name).ok();
    }
    let of_book = project.printer.as_ref().filter(|named| named.name == name);
    of_book.and_then(|named| printers::of_book(named).ok())
}

fn compare(made: &Value, now: &Value, slug: &str) -> Option<Diagnostic> {
    let off =
        |was: &Value, is: &Value| (was.as_f64().unwrap_or(0.0) - is.as_f64().unwrap_or(0.0)).abs() > SAME_MM;
    let trim = |side: usize| off(&made["trim_mm"][side], &now["trim_mm"][side]);
    let stale = off(&made["spine_mm"], &now["spine_mm"]) || trim(0) || trim(1);
    let spine = |record: &Value| record["spine_mm"].as_f64().unwrap_or(0.0);
    stale.then(|| {
        let message = format!(
            "{slug}-cover.pdf was made for {} pages and a spine of {:.2} mm; the book now has {} pages and wants {:.2} mm",
            made["pages"],
            spine(made),
            now["pages"],
            spine(now)
        );
        Diagnostic::new(Code::CoverStale, None, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(pages: u32, spine_mm: f64) -> Value {
        json!({ "pages": pages, "spine_mm": spine_mm, "trim_mm": [139.7, 215.9] })
    }

    #[test]
    fn a_wrap_is_stale_when_the_spine_differs() {
        assert_eq!(compare(&made(80, 5.08), &made(80, 5.084), "book"), None);
        let finding = compare(&made(80, 5.08), &made(84, 5.334), "book").expect("a finding");
        assert_eq!(finding.code, Code::CoverStale);
        assert!(finding.message.contains("80 pages and a spine of 5.08 mm; the book now has 84 pages"));
    }
}
