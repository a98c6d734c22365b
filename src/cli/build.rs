//! `pamphleteer build` and `check`: what `produce` makes, on the disk or not.

use super::args::Editions;
use super::end::End;
use super::findings::Reporter;
use super::manifest::{Records, manifest};
use super::memory::Memory;
use super::produce::{self, Halt};
use super::production::{Made, Production};
use super::root::{book_root, out_folder};
use crate::diag::{Error, SourceMap, counted};
use crate::project::{Format, Output, Project, WriteFolder, finish_earlier};
use crate::sources::Item;
use std::path::Path;

/// Reads, sets and writes a book.
pub(super) fn build(request: &Editions, reporter: &mut Reporter) -> Result<End, Error> {
    let (end, production) = written(request, None, reporter)?;
    // the command ends here: the system takes all memory back at once, sooner than piece by piece
    std::mem::forget(production);
    Ok(end)
}

/// The same, in less time for a book of which a state was built before with that memory.
pub(super) fn build_again(
    request: &Editions,
    memory: &mut Memory,
    reporter: &mut Reporter,
) -> Result<End, Error> {
    written(request, Some(memory), reporter).map(|(end, _)| end)
}

/// Builds a book: how that ended, and what came of it.
fn written(
    request: &Editions,
    memory: Option<&mut Memory>,
    reporter: &mut Reporter,
) -> Result<(End, Option<Production>), Error> {
    let Some(root) = book_root(request.book(), reporter) else { return Ok((End::Misused, None)) };
    let out = out_folder(&root, request.out.as_deref())?;
    finish_earlier(&out, &mut || reporter.say_waiting(&out))?;
    let mut production = match produced(&root, request, memory, reporter)? {
        Ok(production) => production,
        Err(end) => return Ok((end, None)),
    };
    let errors = report(&mut production, reporter)?;
    if production.blocked {
        reporter.tell("nothing was written; the files of an earlier build are as they were\n");
        return Ok((End::Faulty, Some(production)));
    }
    write(&production, reporter)?;
    reporter.tell(&table(&production));
    Ok((if errors == 0 { End::Done } else { End::Faulty }, Some(production)))
}

/// Writes what was made. The record comes first and last, so that it is true of
/// the files at every moment.
fn write(production: &Production, reporter: &mut Reporter) -> Result<(), Error> {
    let folder = WriteFolder::open(&production.out, &mut || reporter.say_waiting(&production.out))?;
    commit(&folder, production).map(drop)
}

/// Writes what was made into a folder, its record first and last; the last one, which is
/// true of all files.
///
/// # Errors
/// When the record cannot be written as JSON, or the folder not to.
pub(super) fn commit(folder: &WriteFolder, production: &Production) -> Result<Output, Error> {
    let Records { meanwhile, whole } = manifest(production)?;
    let made = production.made.iter().map(|made| &made.output);
    let all: Vec<&Output> = [&meanwhile].into_iter().chain(made).chain([&whole]).collect();
    folder.commit(&all)?;
    Ok(whole)
}

/// Does all that `build` does, but writes nothing.
pub(super) fn check(request: &Editions, reporter: &mut Reporter) -> Result<End, Error> {
    let Some(root) = book_root(request.book(), reporter) else { return Ok(End::Misused) };
    let mut production = match produced(&root, request, None, reporter)? {
        Ok(production) => production,
        Err(end) => return Ok(end),
    };
    if production.findings.is_empty() {
        reporter.tell("no findings\n");
    }
    let errors = report(&mut production, reporter)?;
    if !production.blocked && errors > 0 {
        reporter.tell(&refusals(&production));
    }
    Ok(if errors == 0 { End::Done } else { End::Faulty })
}

/// What becomes of the book; the end of the command when nothing does, which is said.
pub(super) fn produced(
    root: &Path,
    request: &Editions,
    memory: Option<&mut Memory>,
    reporter: &mut Reporter,
) -> Result<Result<Production, End>, Error> {
    let set = produce::set(root, (None, None), request, memory, reporter.progress());
    match set.and_then(|book| book.produce(reporter.policy())) {
        Ok(production) => Ok(Ok(production)),
        Err(Halt::Fallen(finding)) => {
            reporter.report(vec![*finding], &SourceMap::default())?;
            Ok(Err(End::Faulty))
        }
        Err(Halt::Machine(error)) => Err(error),
        Err(Halt::Usage(reason)) => {
            reporter.say(&format!("error: {reason}\n"));
            Ok(Err(End::Misused))
        }
    }
}

/// Prints the findings and returns how many are errors.
fn report(production: &mut Production, reporter: &mut Reporter) -> Result<usize, Error> {
    reporter.detail(&particulars(&production.project));
    for (stage, seconds) in &production.stages {
        reporter.detail(&format!("{stage}: {seconds:.3} s\n"));
    }
    let findings = std::mem::take(&mut production.findings);
    reporter.report(findings, &production.project.sources.map)
}

/// What was read of a book, for `--verbose`.
pub(super) fn particulars(project: &Project) -> String {
    let sources = &project.sources;
    let (text, page) = (&project.style.text, &project.style.page);
    let written =
        |table: &str, name: &str| project.style.written(table, name).unwrap_or_default().replace('"', "");
    let texts = sources.matter.iter().filter(|entry| matches!(entry.item, Item::File(_))).count();
    let mut lines = format!(
        "book: {}\n  {}, {}\n  page of {} with {} lines, {} {} on {}\n",
        project.root.display(),
        counted(texts, "text"),
        counted(sources.images.len(), "picture"),
        written("page", "trim"),
        page.lines,
        text.font,
        written("text", "size"),
        written("text", "leading"),
    );
    for (name, _) in &project.font_files {
        lines += &format!("  font file {name}\n");
    }
    lines
}

/// The closing table: file, pages, size, seconds; and what is refused.
fn table(production: &Production) -> String {
    let made = &production.made;
    let width = made.iter().map(|made| made.output.name.len()).max().unwrap_or(0);
    if made.is_empty() {
        return refusals(production);
    }
    let mut text = format!("{} in {}\n", counted(made.len(), "file"), production.out.display());
    for made in made.iter().filter(|made| !made.output.name.contains('/')) {
        let pages = made.pages.map(|pages| counted(pages, "page")).unwrap_or_default();
        text += &row(&made.output.name, width, &pages, made.output.bytes.len(), made.seconds);
    }
    let images: Vec<&Made> = made.iter().filter(|made| made.output.name.contains('/')).collect();
    if let Some((folder, _)) = images.first().and_then(|made| made.output.name.rsplit_once('/')) {
        let bytes = images.iter().map(|made| made.output.bytes.len()).sum();
        let seconds = images.iter().map(|made| made.seconds).sum();
        text += &row(&format!("{folder}/"), width, &counted(images.len(), "page"), bytes, seconds);
    }
    text + &refusals(production)
}

fn row(name: &str, width: usize, pages: &str, bytes: usize, seconds: f64) -> String {
    format!("  {name:width$}  {pages:>10}  {:>6} KiB  {seconds:>6.3} s\n", bytes.div_ceil(1024))
}

/// One line for each edition that is refused, with the errors that refuse it
/// and what stands in its place.
fn refusals(production: &Production) -> String {
    let slug = &production.project.sources.meta.slug;
    let line = |(format, codes): (&Format, &Vec<&str>)| {
        let files = format.files(slug);
        let older = files.iter().find(|file| production.out.join(file).exists());
        let older = older.map_or_else(String::new, |file| format!("; {file} is of an earlier build"));
        format!("  refused: {} ({}){older}\n", format.name(), codes.join(", "))
    };
    production.refused.iter().map(line).collect()
}
