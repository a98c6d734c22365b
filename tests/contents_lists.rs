//! Contents lists of every length around that of a page, in every style: each
//! entry has its number, and no page of a guess is left.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::pages::Item;
use pamphleteer::{manuscript, project, typeset, verify};
use std::fmt::Write as _;
use std::fs;

#[test]
fn numbers_hold_however_long_the_list_is() {
    let folder = std::env::temp_dir().join(format!("pamphleteer-contents-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut faults = Vec::new();
    for (style, _) in project::BUILT_IN_STYLES {
        for chapters in 24..=44 {
            let mut text = String::new();
            for number in 1..=chapters {
                let title =
                    format!("A Somewhat Longer Title That Will Certainly Wrap onto a Second Line {number}");
                let _ = write!(text, "# {title}\n\nText.\n\n");
            }
            fs::write(folder.join("text.md"), text).unwrap();
            let matter = "[matter]\nfront = [\"title-page\", \"contents\"]\nbody = [\"text.md\"]\n";
            let toml = format!("title = \"Lists\"\nlanguage = \"en\"\n{matter}[style]\nname = \"{style}\"\n");
            fs::write(folder.join("book.toml"), toml).unwrap();
            faults.extend(judge(&folder, chapters).map(|fault| format!("{style}, {chapters}: {fault}")));
        }
    }
    fs::remove_dir_all(&folder).unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn judge(folder: &std::path::Path, chapters: usize) -> Option<String> {
    let mut findings = Vec::new();
    let project = project::load(folder, &mut findings).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut findings);
    let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
    let proof = verify::pages(&book, &pages);
    let runs = pages.pages.iter().flat_map(|page| &page.items).filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(run.text.as_str()),
        _ => None,
    });
    let zeros = runs.filter(|text| text.contains("000")).count();
    let entries = proof.value.entries;
    let right =
        proof.findings.is_empty() && zeros == 0 && entries.wanted == chapters && entries.found == chapters;
    (!right).then(|| format!("{zeros} zeros, {entries:?}, {:?}", proof.findings))
}
