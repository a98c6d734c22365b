//! `pamphleteer import`: a transcription becomes a book's folder.

use super::findings::{Desk, plural};
use super::{End, kinds};
use crate::diag::{Diagnostic, Error, SourceMap};
use crate::import::{Request, Summary, recover};
use crate::project::{MAX_FILE, Output, Refused, decode, read_file, write_all};
use std::fs;
use std::path::Path;

/// Recovers the manuscript and writes it into the book's folder, where the
/// editor's own files stay as they are.
pub fn import(transcription: &Path, into: &Path, desk: &mut Desk) -> Result<End, Error> {
    if let Some(finding) = kinds::folder(transcription) {
        desk.report(vec![finding], &SourceMap::default())?;
        return Ok(End::Faulty);
    }
    let name = transcription.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = match read_file(transcription, MAX_FILE) {
        Ok(bytes) => bytes,
        Err(Refused::Failed(error)) => {
            return Err(Error::io(format!("cannot read {}", transcription.display()), error));
        }
        Err(refused) => {
            let message = format!("{} {}", transcription.display(), refused.words());
            desk.report(vec![Diagnostic::new(refused.code(), None, message)], &SourceMap::default())?;
            return Ok(End::Faulty);
        }
    };
    if let Some(finding) = kinds::refuse(&name, &bytes) {
        desk.report(vec![finding], &SourceMap::default())?;
        return Ok(End::Faulty);
    }
    let text = decode(bytes).unwrap_or_else(|(text, _, guess)| {
        desk.say(&format!("warning: {name} is not UTF-8; reading it as {guess}\n"));
        text
    });
    let mut sources = SourceMap::default();
    let file = sources.add(name.clone(), text.clone());
    let (decisions, corrections, book_toml) =
        (editors(into, "decisions.toml"), editors(into, "corrections.toml"), editors(into, "book.toml"));
    let recovered = recover(&Request {
        name: &name,
        text: &text,
        file,
        decisions: decisions.as_deref(),
        corrections: corrections.as_deref(),
        book_toml: book_toml.as_deref(),
        dialect: None,
    });
    let errors = desk.report(recovered.findings, &sources)?;
    let Some(recovered) = recovered.value.filter(|_| errors == 0) else { return Ok(End::Faulty) };
    let outputs: Vec<Output> =
        recovered.files.into_iter().map(|(name, text)| Output { name, bytes: text.into_bytes() }).collect();
    write_all(into, &outputs)?;
    for output in &outputs {
        desk.detail(&format!("  {} ({} bytes)\n", output.name, output.bytes.len()));
    }
    desk.tell(&told(&recovered.summary));
    desk.tell(&format!("wrote {} into {}\n", plural(outputs.len(), "file"), into.display()));
    Ok(End::Done)
}

/// What was recovered, for people.
fn told(summary: &Summary) -> String {
    let s = summary;
    let (first, last) = s.pages;
    let pages =
        if first == 0 { String::new() } else { format!("  pages {first} to {last} of the old edition\n") };
    format!(
        "recovered {}, proved over {} tokens\n  {}, {}, {} with {}, {} with {}\n  {} across page ends, {} of them without \
         the hyphen\n{pages}  {} certain, {} estimated\n  {} to review in decisions.toml, of {} in all; {} in corrections.toml\n",
        plural(s.texts, "text"),
        s.tokens,
        plural(s.paragraphs, "paragraph"),
        plural(s.quotes, "quoted paragraph"),
        plural(s.lists, "list"),
        plural(s.items, "item"),
        plural(s.notes, "note"),
        plural(s.calls, "call"),
        plural(s.rejoins, "rejoin"),
        s.dropped_hyphens,
        plural(s.certain_ends, "page end"),
        s.estimated_ends,
        plural(s.doubtful, "decision"),
        s.decisions,
        plural(s.proposals, "proposal"),
    )
}

/// A file that the editor may have in the folder already.
fn editors(folder: &Path, name: &str) -> Option<String> {
    fs::read_to_string(folder.join(name)).ok()
}
