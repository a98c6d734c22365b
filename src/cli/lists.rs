//! `pamphleteer styles` and `pamphleteer fonts`: what a book may name.

use super::end::{End, print_out};
use super::findings::Reporter;
use super::root::book_root;
use crate::book::{Block, Seen, visit};
use crate::diag::Error;
use crate::font::{Library, Variant};
use crate::manuscript;
use crate::project::{BUILT_IN_STYLES, built_in_style, find_root, load, nearest};
use crate::sources::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// Keys that say most about a style.
const TELLING: [(&str, &str); 6] = [
    ("page", "trim"),
    ("text", "font"),
    ("text", "size"),
    ("text", "leading"),
    ("heading", "title-case"),
    ("notes", "place"),
];

/// Lists the styles that ship.
pub(super) fn styles() -> Result<End, Error> {
    let mut text = String::new();
    for (name, file) in BUILT_IN_STYLES {
        describe(&mut text, name, file);
    }
    text += "choose one in book.toml: [style] and below it name = \"novel\"; any key there overrules it\n";
    print_out(&text)?;
    Ok(End::Done)
}

/// Describes one style that ships.
pub(super) fn style(name: &Path, reporter: &mut Reporter) -> Result<End, Error> {
    let name = name.to_string_lossy();
    let Some((name, file)) = BUILT_IN_STYLES.iter().find(|(known, _)| *known == name) else {
        let near = nearest(&name, BUILT_IN_STYLES.iter().map(|(known, _)| *known));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        reporter.say(&format!("error: there is neither a folder nor a style {name}{hint}\n"));
        return Ok(End::Misused);
    };
    let mut text = String::new();
    describe(&mut text, name, file);
    text += &format!("choose it in book.toml: [style] and below it name = \"{name}\"\n");
    text += "see your own book in every style: pamphleteer styles BOOK\n";
    print_out(&text)?;
    Ok(End::Done)
}

/// What a style says of itself, and its most telling keys.
fn describe(text: &mut String, name: &str, file: &str) {
    let _ = writeln!(text, "{name}\n  {}", about(file).join("\n  "));
    let style = built_in_style(name).unwrap_or_default();
    for (table, key) in TELLING {
        let value = style.written(table, key).unwrap_or_default();
        let _ = writeln!(text, "    {:18} = {value}", format!("{table}.{key}"));
    }
    text.push('\n');
}

/// What a style file says of itself at its head.
pub(super) fn about(file: &str) -> Vec<&str> {
    let lines = file.lines().take_while(|line| line.starts_with('#'));
    lines.map(|line| line.trim_start_matches(['#', ' '])).collect()
}

/// Lists the families of a book, and which of them are its own.
pub(super) fn fonts(book: Option<&Path>, reporter: &mut Reporter) -> Result<End, Error> {
    let here = std::env::current_dir().ok().and_then(|here| find_root(&here));
    let root = match book {
        Some(_) => match book_root(book, reporter) {
            Some(root) => Some(root),
            None => return Ok(End::Misused),
        },
        None => here,
    };
    let ours = Library::built_in();
    let mut findings = Vec::new();
    let project = root.map(|root| load(&root, &mut findings)).transpose()?;
    let library = project.as_ref().map_or(&ours, |project| &project.fonts);
    let letters = project.as_ref().map(|project| letters(&project.sources)).unwrap_or_default();
    let mut text = String::new();
    for family in library.families() {
        let faces = library.iter().filter(|(_, face)| face.family == family);
        let mut variants: Vec<&str> =
            faces.map(|(_, face)| variant(face.variant.bold, face.variant.italic)).collect();
        variants.sort_unstable();
        variants.dedup();
        let installed = project.iter().flat_map(|project| &project.installed_families);
        let whose = if ours.families().contains(&family) {
            "ships with the tool"
        } else if installed.into_iter().any(|name| name == family) {
            "installed on this machine"
        } else {
            "of the book"
        };
        let _ = writeln!(text, "{family}\n  {whose}: {}", variants.join(", "));
        let lacks = lacks(library, family, &letters);
        if !lacks.is_empty() {
            let _ = writeln!(text, "  lacks {}", lacks.join(", "));
        }
    }
    text += "\nname a family as `text.font`, `text.sans`, `text.mono` or in `text.fallback`; put the files of another one \
             into the book's fonts/ folder (.otf, .ttf, .ttc, .woff2, .woff)\n";
    if let Some(project) = &project {
        findings.retain(|finding| {
            finding.code.name().starts_with("font-") || finding.code.name() == "face-missing"
        });
        reporter.report(findings, &project.sources.map)?;
    }
    print_out(&text)?;
    Ok(End::Done)
}

/// What a family cannot do, as its roman shows it.
fn lacks(library: &Library, family: &str, letters: &BTreeSet<char>) -> Vec<String> {
    let Some(face) = library.find(family, Variant::default()).map(|id| library.face(id)) else {
        return vec!["a roman".to_owned()];
    };
    let bold = Variant { bold: true, italic: false };
    let italic = Variant { bold: false, italic: true };
    let mut lacks: Vec<String> = [(italic, "italics"), (bold, "a bold")]
        .into_iter()
        .filter(|(variant, _)| library.find(family, *variant).is_none())
        .map(|(_, name)| name.to_owned())
        .collect();
    let features = [(*b"smcp", "small capitals"), (*b"onum", "old-style figures")];
    lacks.extend(
        features.into_iter().filter(|(tag, _)| !face.has_feature(*tag)).map(|(_, name)| name.to_owned()),
    );
    let missing = face.lacks(letters.iter());
    if !missing.is_empty() {
        let more = missing.len().saturating_sub(SIGNS);
        let signs: Vec<String> = missing.iter().take(SIGNS).map(char::to_string).collect();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        lacks.push(format!("of this book {}{more}", signs.join(" ")));
    }
    lacks
}

/// So many signs that a family lacks are named.
const SIGNS: usize = 12;

/// The letters and signs of a book's texts.
fn letters(sources: &Sources) -> BTreeSet<char> {
    let book = manuscript::parse(sources).value;
    let mut letters = BTreeSet::new();
    let mut gather = |blocks: &[Block]| {
        visit(blocks, &mut |seen| {
            if let Seen::Words(text, _) = seen {
                letters.extend(text.words.chars().filter(|c| !c.is_whitespace() && !c.is_control()));
            }
        });
    };
    book.sections.iter().filter_map(|section| section.body()).for_each(|body| gather(&body.blocks));
    book.notes.iter().for_each(|(_, note)| gather(&note.blocks));
    letters
}

fn variant(bold: bool, italic: bool) -> &'static str {
    match (bold, italic) {
        (false, false) => "roman",
        (false, true) => "italic",
        (true, false) => "bold",
        (true, true) => "bold italic",
    }
}
