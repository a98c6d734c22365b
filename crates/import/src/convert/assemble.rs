//! From the model to the files of a book: names, links between files, the words proved.

use super::model::{Block, Book, Inline, Place, Text};
use super::report::{self, Report, Row};
use super::visit::{Met, inlines_mut, visit};
use super::words::Counts;
use super::{Converted, chapters, emit, prove, scripts, style};
use crate::diag::{Code, Diagnostic, Severity, counted};
use crate::file_names::slug;
use std::collections::BTreeMap;

/// What a reader hands on besides the book.
pub(super) struct Source<'a> {
    /// The name of the source.
    pub name: &'a str,
    /// What it is: `an EPUB`, `a Word file`.
    pub kind: &'static str,
    /// All words that stand in the source, counted by other means than the reader's.
    pub words: Counts,
}

/// Writes the book of documents in HTML. `read` makes it; where that cannot be proved, for a
/// sign or a shape that nobody foresaw, it makes it once more of the words alone.
pub(super) fn assemble_html<'a>(
    read: impl Fn(bool) -> Result<(Book, Source<'a>), Diagnostic>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    let mut refusals = Vec::new();
    for only_words in [false, true] {
        let (book, source) = match read(only_words) {
            Ok(made) => made,
            Err(finding) => {
                findings.push(finding);
                return None;
            }
        };
        let mut found = Vec::new();
        tell_words(&book, source.name, &mut found);
        if let Some(done) = assemble(book, source, &mut found) {
            findings.extend(found);
            return Some(done);
        }
        if refusals.is_empty() {
            refusals = found;
        }
    }
    findings.extend(refusals);
    None
}

/// Tells that documents were read by their words alone.
fn tell_words(book: &Book, name: &str, findings: &mut Vec<Diagnostic>) {
    let what = match book.by_words {
        0 => return,
        1 => "a page".to_owned(),
        count => format!("{count} pages"),
    };
    let message = format!(
        "the elements of {what} of {name} overlap: the words, headings and pictures were brought in, \
         but no notes, lists, tables or emphasis"
    );
    findings.push(
        Diagnostic::new(Code::ImportShape, None, message)
            .hint("to keep them, mend the page with a validator of HTML and import it again"),
    );
}

/// Writes the book; `None` when the proof failed, and the findings say where.
pub(super) fn assemble(
    mut book: Book,
    source: Source<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    book.texts.retain(|text| !text.blocks.is_empty());
    if book.texts.is_empty() {
        let message = format!("{} holds no running text", source.name);
        findings.push(Diagnostic::new(Code::ImportEmpty, None, message));
        return None;
    }
    let names = names(&book.texts);
    link(&mut book, &names);
    let written = |all: bool| -> Vec<(String, String)> {
        names
            .iter()
            .zip(&book.texts)
            .map(|(name, text)| (name.clone(), emit::text(&book, text, all)))
            .collect()
    };
    // a manuscript with few backslashes, or, where signs meet that nobody foresaw, one with many
    let mut texts = written(false);
    let (words, style) = match proved(&book, &texts, &source, &mut Vec::new()) {
        Some(proved) => proved,
        None => {
            texts = written(true);
            proved(&book, &texts, &source, findings)?
        }
    };
    tell_missing(&book, findings);
    book.unfollowed.tell(source.name, findings);
    let lists = [Place::Front, Place::Body, Place::Back].map(|place| {
        let of = |(name, text): (&String, &Text)| (text.place == place).then(|| name.clone());
        names.iter().zip(&book.texts).filter_map(of).collect::<Vec<String>>()
    });
    book.meta.needs_other_faces = scripts::needs_other_faces(texts.iter().map(|(_, text)| text.as_str()));
    let fallback = source.name.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("book");
    let toml = book.meta.book_toml([&lists[0], &lists[1], &lists[2]], style, fallback);
    let report = report(&book, &source, &texts, words);
    let mut files: Vec<(String, Vec<u8>)> =
        texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.push(("book.toml".into(), toml.into_bytes()));
    if let Some(review) = super::review::write(&book.comments) {
        files.push(("review.txt".into(), review.into_bytes()));
    }
    if let Some(decisions) = book.changes.decisions() {
        files.push(("decisions.toml".into(), decisions.into_bytes()));
    }
    files.push(("import-report.html".into(), report::write(&report).into_bytes()));
    let (pictures, notes) = (book.pictures.len(), book.notes.len());
    files.extend(book.pictures);
    let kept = if words == 1 { "its one word".to_owned() } else { format!("all {words} words and signs") };
    let told = format!(
        "brought in {}, {} and {} of {}: {kept} kept\n{}",
        counted(names.len(), "text"),
        counted(notes, "note"),
        counted(pictures, "picture"),
        source.kind,
        style.told()
    );
    Some(Converted { files, told })
}

/// The same of what a reader made of a file, or could not make.
pub(super) fn assemble_read(
    made: Result<(Book, Counts), Diagnostic>,
    name: &str,
    kind: &'static str,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    match made {
        Ok((book, words)) => assemble(book, Source { name, kind, words }, findings),
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}

/// The names of the files: in the order of the book, and after their titles.
fn names(texts: &[Text]) -> Vec<String> {
    let width = texts.len().to_string().len().max(2);
    let mut taken = BTreeMap::new();
    let name = |(index, text): (usize, &Text)| {
        let title = chapters::title(text).or_else(|| text.name.clone()).unwrap_or_else(|| "text".to_owned());
        let words: String = title.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        let name = format!("{:0width$}-{}", index + 1, slug(&words));
        let times: &mut usize = taken.entry(name.clone()).or_default();
        *times += 1;
        format!("{name}.md")
    };
    texts.iter().enumerate().map(name).collect()
}

/// Puts the file's name before each place that stands in another file, and takes links
/// to places that are nowhere off their words.
fn link(book: &mut Book, names: &[String]) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut note_files: BTreeMap<usize, usize> = BTreeMap::new();
    for (file, text) in book.texts.iter().enumerate() {
        visit(&text.blocks, &mut |met| match met {
            Met::Inline(Inline::Anchor(id))
            | Met::Block(Block::Heading { id: Some(id), .. } | Block::Figure { id: Some(id), .. }) => {
                places.entry(id.clone()).or_insert(file);
            }
            Met::Inline(Inline::Note(note)) => {
                note_files.entry(*note).or_insert(file);
            }
            _ => {}
        });
    }
    for (note, blocks) in book.notes.iter().enumerate() {
        let file = note_files.get(&note).copied().unwrap_or(0);
        visit(blocks, &mut |met| {
            if let Met::Inline(Inline::Anchor(id)) = met {
                places.entry(id.clone()).or_insert(file);
            }
        });
    }
    let relink = |from: usize, inline: &mut Inline| {
        if let Inline::Link(to, inner) = inline
            && let Some(id) = to.strip_prefix('#')
        {
            match places.get(id) {
                Some(file) if *file != from => *to = format!("{}#{id}", names[*file]),
                Some(_) => {}
                None => *inline = Inline::Language(String::new(), std::mem::take(inner)),
            }
        }
    };
    for (file, text) in book.texts.iter_mut().enumerate() {
        inlines_mut(&mut text.blocks, &mut |inline| relink(file, inline));
    }
    for (note, blocks) in book.notes.iter_mut().enumerate() {
        let file = note_files.get(&note).copied().unwrap_or(0);
        inlines_mut(blocks, &mut |inline| relink(file, inline));
    }
}

/// Proves that the files hold the words of the source; how many there are.
fn proved(
    book: &Book,
    texts: &[(String, String)],
    source: &Source<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<(usize, style::Choice)> {
    let pictures: Vec<String> = book.pictures.keys().cloned().collect();
    let parsed = prove::parse(texts, &pictures, book.meta.language.as_deref());
    let errors: Vec<&Diagnostic> = parsed.findings.iter().filter(|f| f.severity == Severity::Error).collect();
    if let Some(error) = errors.first() {
        let place = error.span.map(|span| {
            let file = parsed.map.file(span.file);
            format!(" ({}, line {})", file.name, file.place(span.start).line)
        });
        let message = format!(
            "what was made of {} cannot be built: {}{}; nothing was written",
            source.name,
            error.message,
            place.unwrap_or_default()
        );
        findings.push(Diagnostic::new(error.code, None, message));
        return None;
    }
    let (mut count, mut all) = (0, String::new());
    for (name, text) in texts.iter().map(|(name, _)| name).zip(&book.texts) {
        let file = parsed.map.find(name);
        let sections: Vec<&crate::book::Section> = parsed
            .book
            .sections
            .iter()
            .filter(|section| section.body().map(|body| body.file) == file)
            .collect();
        let found = prove::of_book(&parsed.book, &sections);
        match prove::in_order(&prove::of_model(book, text), &found) {
            Ok(words) => count += words,
            Err(fault) => {
                findings.push(fault_finding(source.name, name, &fault));
                return None;
            }
        }
        all.push_str(&found);
        all.push('\n');
    }
    let mut counts = source.words.clone();
    counts.add(&all, -1);
    counts.add(&book.added, 1);
    book.left_out.iter().for_each(|(_, words)| counts.add(words, -1));
    let left = counts.left();
    if left.is_empty() {
        return Some((count, style::of(&parsed.book)));
    }
    let show = |sign: i64| {
        let some = left.iter().filter(|(_, count)| count.signum() == sign).take(5);
        some.map(|(word, count)| format!("“{word}” × {}", count.abs())).collect::<Vec<_>>().join(", ")
    };
    let (lost, doubled) = (show(1), show(-1));
    let message = format!(
        "{} was not brought in whole: lost: {}; too often: {}; nothing was written",
        source.name,
        if lost.is_empty() { "nothing" } else { &lost },
        if doubled.is_empty() { "nothing" } else { &doubled }
    );
    findings.push(Diagnostic::new(Code::ImportProof, None, message).hint(OUR_FAULT));
    None
}

const OUR_FAULT: &str = "this is a fault of the importer; please report it with the source";

fn fault_finding(source: &str, name: &str, fault: &prove::Fault) -> Diagnostic {
    let message = format!(
        "{source} says “{}” where `{name}` would say “{}”; nothing was written",
        fault.wanted, fault.found
    );
    Diagnostic::new(Code::ImportProof, None, message).hint(OUR_FAULT)
}

fn tell_missing(book: &Book, findings: &mut Vec<Diagnostic>) {
    let Some(first) = book.missing.first() else { return };
    let more = book.missing.len() - 1;
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let message = format!(
        "the source names a picture that is not in it, or in a format that no book has: `{first}`{more}"
    );
    findings.push(
        Diagnostic::new(Code::ImportMissing, None, message)
            .hint("the report says which; put them into `images/` and name them where they belong"),
    );
}

fn report(book: &Book, source: &Source<'_>, texts: &[(String, String)], words: usize) -> Report {
    let mut rows: Vec<Row> = Vec::new();
    for (what, count) in &book.turned {
        rows.push(Row { what: (*what).to_owned(), count: *count, examples: Vec::new() });
    }
    let mut left: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (why, words) in &book.left_out {
        left.entry(why).or_default().push(words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut left: Vec<Row> = left
        .into_iter()
        .map(|(what, all)| Row { what: what.to_owned(), count: all.len(), examples: all })
        .collect();
    if !book.missing.is_empty() {
        left.push(Row {
            what: "pictures that are not there".into(),
            count: book.missing.len(),
            examples: book.missing.clone(),
        });
    }
    Report {
        name: source.name.to_owned(),
        kind: source.kind.to_owned(),
        summary: format!(
            "Texts: {}. Notes: {}. Pictures: {}. Remarks of the margin: {}. All {words} words and signs of the source stand in the manuscript, in their order, but for those that are listed as left out.",
            texts.len(),
            book.notes.len(),
            book.pictures.len(),
            book.comments.len()
        ),
        turned: rows,
        left,
        other: book.meta.other.clone(),
        texts: texts.to_vec(),
    }
}
