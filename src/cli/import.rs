//! `pamphleteer import`: a transcription, or the book of another tool (`foreign`), becomes a book's folder.

mod absent;
mod foreign;
mod merge;
mod occupied;
mod pages;
mod place;
mod side;

use super::args::TrackedChanges;
use super::dictionaries;
use super::end::End;
use super::findings::Reporter;
use super::kinds;
use crate::book::file_span;
use crate::bounds;
use crate::diag::{Checked, Code, Diagnostic, Error, Severity, SourceMap, counted};
use crate::encoding::decode;
use crate::guard::guarded;
use crate::import::{
    Dialect, Positions, Recovered, Request, Summary, Unreadable, recover, text_of_positions,
};
use crate::project::{Output, Refused, WriteFolder};
use merge::merge;
use place::Places;
use std::fs;
use std::path::{Path, PathBuf};

/// What whoever imports asks for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The book's folder.
    pub into: &'a Path,
    /// Whether files that were edited since are replaced.
    pub force: bool,
    /// Who wrote the transcription.
    pub dialect: Option<Dialect>,
    /// The dictionary of a transcription's language.
    pub dictionary: Option<&'a Path>,
    /// What becomes of a Word file's tracked changes.
    pub changes: TrackedChanges,
}

/// Brings `source` in: a book of another tool by `convert`, anything else as a
/// transcription. Nothing that an editor has written is replaced, unless it is asked for.
pub(super) fn import(source: &Path, asked: Asked<'_>, reporter: &mut Reporter) -> Result<End, Error> {
    let name = source.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    // who names a dialect has a transcription
    if asked.dialect.is_none()
        && let Some(end) = foreign::import(source, asked, reporter)?
    {
        return Ok(end);
    }
    match source_of(source, &name, asked.dialect.is_some())? {
        Ok(Source::Bytes(bytes)) => {
            let text = decode(bytes).unwrap_or_else(|wrong| {
                reporter.say(&format!("warning: {name} is not UTF-8; reading it as {}\n", wrong.encoding));
                wrong.text
            });
            import_text(&name, &text, Vec::new(), asked, reporter)
        }
        Ok(Source::Positions(text, unread)) => {
            import_text(&name, &text, unread, Asked { dialect: Some(Dialect::Positions), ..asked }, reporter)
        }
        Err(finding) => faulty(vec![finding], &SourceMap::default(), reporter),
    }
}

/// Recovers the manuscript from the text of a transcription, and writes it. `unread` are findings on what of the
/// source did not become text.
fn import_text(
    name: &str,
    text: &str,
    unread: Vec<Diagnostic>,
    asked: Asked<'_>,
    reporter: &mut Reporter,
) -> Result<End, Error> {
    let Asked { into, force, dialect, .. } = asked;
    let dictionary = asked.dictionary.map(dictionaries::read).transpose()?;
    let mut sources = SourceMap::default();
    let file = sources.add(name.to_owned(), text.to_owned());
    let folder = WriteFolder::open(into, &mut || reporter.say_waiting(into))?;
    let mut findings = Vec::new();
    let side = Side::read(into, &mut sources, &mut findings)?;
    let other = occupied::finding(into, name, side.decisions.as_deref());
    // where --force asks for it all the same, nothing that was said of the other book counts for this one
    let heeded = if other.is_some() { Side::default() } else { side.clone() };
    findings.extend(other.filter(|_| !force));
    if !findings.is_empty() {
        return faulty(findings, &sources, reporter);
    }
    findings.extend(unread);
    let request = Request {
        name,
        text,
        file,
        decisions: heeded.decisions.as_deref(),
        corrections: heeded.corrections.as_deref(),
        book_toml: heeded.book_toml.as_deref(),
        dialect,
        dictionary: dictionary.as_ref(),
    };
    let Some(recovered) = recovered(&request, &mut findings) else {
        return faulty(findings, &sources, reporter);
    };
    let places = Places::new(into, force, side.decisions.as_deref());
    let places = place(recovered.files, name, places, &heeded)?;
    findings.extend(places.findings);
    if reporter.report(findings, &sources)? > 0 {
        return Ok(End::Faulty);
    }
    side.refuse_if_changed(into)?;
    folder.commit(&places.outputs)?;
    for name in &places.obsolete {
        // nothing depends on it
        let _ = fs::remove_file(into.join(name));
    }
    let read_as = (dialect != Some(Dialect::Positions)).then(|| read_as(&recovered.dialect));
    tell(&places.outputs, &recovered.summary, &read_as.unwrap_or_default(), into, reporter);
    Ok(End::Done)
}

/// The manuscript of a transcription; none where a finding is an error.
fn recovered(request: &Request<'_>, findings: &mut Vec<Diagnostic>) -> Option<Recovered> {
    let recovered = guarded(|| recover(request)).unwrap_or_else(|fall| {
        let message = format!("`{}` could not be recovered", request.name);
        Checked { value: None, findings: vec![fall.finding(&message, file_span(request.file))] }
    });
    findings.extend(recovered.findings);
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    recovered.value.filter(|_| !findings.iter().any(is_error))
}

/// Names the dialect that a transcription was read in, and what to do when it is another.
fn read_as(dialect: &str) -> String {
    let others = Dialect::names().filter(|name| !dialect.starts_with(name)).collect::<Vec<_>>().join(", ");
    format!("  read as {dialect}; --dialect reads it otherwise: {others}\n")
}

/// What an import reads.
enum Source {
    /// A text, in whatever encoding it is.
    Bytes(Vec<u8>),
    /// The text of files that know where their words stand, with findings on what of them could not be read.
    Positions(String, Vec<Diagnostic>),
}

/// The bytes of a transcription, or of its page files one after the other, or
/// the text of a file with positions; or why there is none. `is_asked` says that the dialect of a transcription was named.
fn source_of(transcription: &Path, name: &str, is_asked: bool) -> Result<Result<Source, Diagnostic>, Error> {
    let page_files = pages::files(transcription);
    if let Some(finding) = kinds::folder(transcription).filter(|_| page_files.is_empty()) {
        return Ok(Err(finding));
    }
    let files = match pages::read(transcription, &page_files) {
        Ok(files) => files,
        Err(Refused::Failed(error)) => {
            return Err(Error::io(format!("cannot read {}", transcription.display()), error));
        }
        Err(refused) => {
            let message = format!("{} {}", transcription.display(), refused.words());
            let finding = Diagnostic::new(refused.code(), None, message);
            let instead =
                matches!(refused, Refused::Missing).then(|| absent::instead(transcription)).flatten();
            return Ok(Err(match instead {
                Some(hint) => finding.hint(hint),
                None => finding,
            }));
        }
    };
    let read = guarded(|| text_of_positions(&files))
        .unwrap_or_else(|fall| Some(Err(Unreadable::Refused(fall.to_string().into()))));
    if let Some(read) = read {
        return Ok(positions(name, read, &page_files));
    }
    let bytes = files.join(&b"\n\x0c"[..]);
    let refused = bounded(name, bytes.len()).or_else(|| kinds::refuse(name, &bytes, is_asked));
    Ok(refused.map_or(Ok(Source::Bytes(bytes)), Err))
}

/// The text of files with positions; or why there is none, with the name of the page file that is damaged.
fn positions(
    name: &str,
    read: Result<Positions, Unreadable>,
    page_files: &[PathBuf],
) -> Result<Source, Diagnostic> {
    let file = |index: usize| {
        let page = page_files.get(index).and_then(|path| path.file_name());
        page.map_or_else(|| name.to_owned(), |page| page.to_string_lossy().into_owned())
    };
    match read {
        Ok(Positions { text, unread }) => {
            if let Some(finding) = bounded(name, text.len()) {
                return Err(finding);
            }
            let told = |(index, what): (usize, String)| {
                Diagnostic::new(Code::ImportUnread, None, format!("{}: {what}", file(index)))
                    .hint("compare with the original, and put in what is missing")
            };
            Ok(Source::Positions(text, unread.into_iter().map(told).collect()))
        }
        Err(Unreadable::Damaged(index, why)) => {
            let message = format!("{} is damaged: {why}", file(index));
            let hint = "make it anew with the program that wrote it, or mend it there, and import again";
            Err(Diagnostic::new(Code::ImportDamaged, None, message).hint(hint))
        }
        Err(Unreadable::Refused(why)) => {
            let finding = Diagnostic::new(Code::ImportKind, None, format!("{name} cannot be read: {why}"));
            Err(finding
                .hint("or make a plain text of it (`pdftotext -layout BOOK.pdf BOOK.txt`), and import that"))
        }
    }
}

/// The finding on a text that is longer than any that is read.
fn bounded(name: &str, length: usize) -> Option<Diagnostic> {
    let exceeded = bounds::TRANSCRIPTION.is_exceeded_by(length);
    exceeded.then(|| {
        Diagnostic::too_much(name, &bounds::TRANSCRIPTION, length, None).hint("divide it into volumes")
    })
}

/// Says what was written, and what is known of it.
fn tell(outputs: &[Output], summary: &Summary, read_as: &str, into: &Path, reporter: &mut Reporter) {
    for output in outputs {
        reporter.detail(&format!("  {} ({} bytes)\n", output.name, output.bytes.len()));
    }
    reporter.tell(&told(summary));
    reporter.tell(read_as);
    reporter.tell(&format!("wrote {} into {}\n", counted(outputs.len(), "file"), into.display()));
}

fn faulty(findings: Vec<Diagnostic>, sources: &SourceMap, reporter: &mut Reporter) -> Result<End, Error> {
    reporter.report(findings, sources)?;
    Ok(End::Faulty)
}

/// What an editor has in the folder already.
#[derive(Clone, Default)]
struct Side {
    decisions: Option<String>,
    corrections: Option<String>,
    book_toml: Option<String>,
}

impl Side {
    /// Reads the files; what is wrong with one is a finding that stops the import.
    fn read(folder: &Path, map: &mut SourceMap, findings: &mut Vec<Diagnostic>) -> Result<Side, Error> {
        let mut file = |name: &str| side::read(folder, name, map, findings);
        Ok(Side {
            decisions: file("decisions.toml")?,
            corrections: file("corrections.toml")?,
            book_toml: file("book.toml")?,
        })
    }

    /// Refuses to write when an editor has saved one of the files during the import. `book.toml` is
    /// not asked: an import never replaces it.
    fn refuse_if_changed(&self, folder: &Path) -> Result<(), Error> {
        for (name, was) in [("decisions.toml", &self.decisions), ("corrections.toml", &self.corrections)] {
            let now = side::read(folder, name, &mut SourceMap::default(), &mut Vec::new())?;
            if now != *was {
                return Err(Error::new(format!("{name} was changed during the import: import again")));
            }
        }
        Ok(())
    }
}

/// Finds a place for every file of an import.
fn place<'f>(
    files: Vec<(String, String)>,
    source: &str,
    mut places: Places<'f>,
    side: &Side,
) -> Result<Places<'f>, Error> {
    let mut decisions = String::new();
    for (name, text) in files {
        match name.as_str() {
            "decisions.toml" => decisions = next_version(side.decisions.as_deref(), text)?,
            "corrections.toml" => {
                let text = next_version(side.corrections.as_deref(), text)?;
                places.outputs.push(Output { name, bytes: text.into_bytes() });
            }
            _ => places.put(&name, text.into_bytes())?,
        }
    }
    if fs::symlink_metadata(places.folder.join(".gitignore")).is_err() {
        places.put(".gitignore", IGNORED.as_bytes().to_vec())?;
    }
    places.take_away()?;
    let decisions = place::with_written(&decisions, &places.written, source).map_err(unwritable)?;
    places.outputs.push(Output { name: "decisions.toml".to_owned(), bytes: decisions.into_bytes() });
    Ok(places)
}

/// What is made anew at every build or import: all else in the folder is the
/// editor's to keep.
const IGNORED: &str = "out/\nimport-report.html\n*.new\n";

/// The next version of a file that an editor works in.
fn next_version(old: Option<&str>, new: String) -> Result<String, Error> {
    old.map_or(Ok(new.clone()), |old| merge(old, &new)).map_err(unwritable)
}

/// TOML that was read before and cannot be read now.
fn unwritable(error: toml_edit::TomlError) -> Error {
    Error::new(format!(
        "decisions.toml and corrections.toml cannot be brought up to date: {}",
        error.message()
    ))
}

/// What was recovered, for people.
fn told(summary: &Summary) -> String {
    let s = summary;
    let told = |(first, last)| format!("  pages {first} to {last} of the old edition\n");
    let pages = s.pages.map(told).unwrap_or_default();
    format!(
        "recovered {}: all words kept, {} sure, {} to review\n  {} words and marks compared; {} left out as running heads and page numbers\n  {}, {}, {} with {}, {} with {}\n  {} across page ends, {} of them without \
         the hyphen\n{pages}  {} sure, {} estimated\n  {} to review in decisions.toml, of {} in all; {} in corrections.toml\n",
        counted(s.texts, "text"),
        counted(s.certain_ends, "page end"),
        s.doubtful,
        s.tokens,
        counted(s.furniture, "line"),
        counted(s.paragraphs, "paragraph"),
        counted(s.quotes, "quoted paragraph"),
        counted(s.lists, "list"),
        counted(s.items, "item"),
        counted(s.notes, "note"),
        counted(s.calls, "call"),
        counted(s.rejoins, "rejoin"),
        s.dropped_hyphens,
        counted(s.certain_ends, "page end"),
        s.estimated_ends,
        counted(s.doubtful, "decision"),
        s.decisions,
        counted(s.proposals, "proposal"),
    )
}
