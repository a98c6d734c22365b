//! A book with many different mistakes: all are found in one run, each at its place.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use pamphleteer::diag::{self, Severity};
use pamphleteer::{lint, manuscript, project};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// What is expected stands in `expected.txt`; `ACCEPT=1` accepts what comes out.
#[test]
fn every_mistake_is_found_in_one_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/twenty-mistakes");
    let mut findings = Vec::new();
    let project = project::load(&root, &mut findings).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut findings);
    findings.extend(lint::check(&book, &project.sources.map));
    diag::sort(&mut findings);
    let mut out = String::new();
    for finding in &findings {
        let span = finding.span.unwrap();
        let file = project.sources.map.file(span.file);
        let place = file.place(span.start);
        let _ = writeln!(out, "{}:{}:{} {}", file.name, place.line, place.column, finding.code);
    }
    let mut golden = Golden::default();
    golden.compare(root.join("expected.txt"), &out);
    golden.finish();
    let codes: BTreeSet<_> = findings.iter().map(|finding| finding.code).collect();
    assert!(codes.len() >= 20, "{} kinds of mistake", codes.len());
    assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
}
