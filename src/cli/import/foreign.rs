//! The book of another tool: a file or a folder that `convert` reads.

use super::super::end::End;
use super::super::findings::Reporter;
use super::place::{self, Places};
use super::{Asked, IGNORED, occupied, side, unwritable};
use crate::bounds;
use crate::convert::{Changes, Converted, Kind, Request, Tree, convert, correct};
use crate::diag::{Checked, Code, Diagnostic, Error, Severity, SourceMap, counted};
use crate::guard::guarded;
use crate::import::{has_positions, is_transcription};
use crate::project::{MAX_FILE, Output, WriteFolder, read_file};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Folders that hold what tools made, or what is about the folder.
const SKIPPED: [&str; 9] =
    ["node_modules", "target", "out", "_book", "_site", "_freeze", "__pycache__", "public", "venv"];
/// How deep folders are followed.
const DEPTH: usize = 12;

/// Brings in the source; `None` when it is a transcription, or nothing that `convert` reads.
///
/// # Errors
/// When the machine fails.
pub(super) fn import(source: &Path, asked: Asked<'_>, reporter: &mut Reporter) -> Result<Option<End>, Error> {
    let name =
        source.file_name().map_or_else(|| source.display().to_string(), |n| n.to_string_lossy().into_owned());
    if source.is_dir() {
        return import_folder(source, &name, asked, reporter);
    }
    let bytes = match read_file(source, MAX_FILE) {
        Ok(bytes) => bytes,
        // the way of transcriptions says what is wrong
        Err(_) => return Ok(None),
    };
    // hOCR looks like a web page
    let kind = Kind::of_file(&name, &bytes);
    let is_old = kind == Some(Kind::Markdown) && is_transcription(&String::from_utf8_lossy(&bytes));
    if has_positions(&bytes) || kind.is_none() || is_old {
        return Ok(None);
    }
    let root = source.parent().unwrap_or(Path::new("."));
    let mut listed = Listed::default();
    if matches!(kind, Some(Kind::Html | Kind::Markdown)) {
        // pictures lie beside a page, or one folder further
        list(root, "", 1, &mut listed);
        listed.paths.insert(name.clone());
    }
    let read = |path: &str| read_file(&root.join(path), MAX_FILE).ok();
    let tree = Tree { name: name.clone(), paths: listed.paths, read: &read };
    let request = Request { name: &name, bytes: Some(&bytes), tree: &tree, changes: Changes::default() };
    bring(&request, None, asked, reporter).map(Some)
}

/// Brings in a folder; `None` when it holds the page files of a transcription.
fn import_folder(
    source: &Path,
    name: &str,
    asked: Asked<'_>,
    reporter: &mut Reporter,
) -> Result<Option<End>, Error> {
    let has_pages = !super::pages::files(source).is_empty();
    let mut listed = Listed::default();
    if !list(source, "", DEPTH, &mut listed) {
        let finding = Diagnostic::too_much(name, &bounds::ARCHIVE_FILES, listed.paths.len() + 1, None);
        return super::faulty(vec![finding], &SourceMap::default(), reporter).map(Some);
    }
    let passed_over = listed.finding(name);
    let read = |path: &str| read_file(&source.join(path), MAX_FILE).ok();
    let tree = Tree { name: name.to_owned(), paths: listed.paths, read: &read };
    let is_page = |path: &String| [".html", ".htm", ".xhtml"].iter().any(|ending| path.ends_with(ending));
    if has_pages && !tree.lists_texts() {
        return Ok(None);
    }
    if !tree.holds_markdown() && !tree.paths.iter().any(is_page) {
        return Ok(None);
    }
    let request = Request { name, bytes: None, tree: &tree, changes: Changes::default() };
    bring(&request, passed_over, asked, reporter).map(Some)
}

/// Converts, and writes what came of it. `passed_over` is the finding on files of the source that are not read.
fn bring(
    request: &Request<'_>,
    passed_over: Option<Diagnostic>,
    asked: Asked<'_>,
    reporter: &mut Reporter,
) -> Result<End, Error> {
    let Asked { into, force, changes, dialect: _, dictionary } = asked;
    if dictionary.is_some() {
        let name = request.name;
        reporter.say(&format!("warning: --dictionary is for transcriptions: `{name}` is read without it\n"));
    }
    let folder = WriteFolder::open(into, &mut || reporter.say_waiting(into))?;
    let mut sources = SourceMap::default();
    let mut findings = Vec::new();
    let decisions = side::read(into, "decisions.toml", &mut sources, &mut findings)?;
    let corrections = side::read(into, "corrections.toml", &mut sources, &mut findings)?;
    let mut places = Places::new(into, force, decisions.as_deref());
    let other = occupied::finding(into, request.name, decisions.as_deref());
    let decisions = decisions.filter(|_| other.is_none());
    findings.extend(other.filter(|_| !force));
    if !findings.is_empty() {
        return super::faulty(findings, &sources, reporter);
    }
    let request = &Request { changes: changes.meant(decisions.as_deref().unwrap_or("")), ..*request };
    let converted = guarded(|| convert(request)).unwrap_or_else(|fall| {
        let finding = fall.finding(&format!("`{}` could not be imported", request.name), None);
        Checked { value: None, findings: vec![finding] }
    });
    findings.extend(passed_over);
    findings.extend(converted.findings);
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    let Some(mut converted) = converted.value.filter(|_| !findings.iter().any(is_error)) else {
        return super::faulty(findings, &sources, reporter);
    };
    findings.extend(corrections.iter().flat_map(|words| correct(&mut converted.files, words)));
    let Converted { files, told } = converted;
    let mut asked = None;
    for (name, bytes) in files {
        match name.as_str() {
            "decisions.toml" => asked = Some(String::from_utf8_lossy(&bytes).into_owned()),
            _ => places.put(&name, bytes)?,
        }
    }
    if fs::symlink_metadata(into.join(".gitignore")).is_err() {
        places.put(".gitignore", IGNORED.as_bytes().to_vec())?;
    }
    places.take_away()?;
    let decisions = match asked {
        Some(asked) => super::next_version(decisions.as_deref(), asked)?,
        None => decisions.clone().unwrap_or_default(),
    };
    let decisions = place::with_written(&decisions, &places.written, request.name).map_err(unwritable)?;
    places.outputs.push(Output { name: "decisions.toml".to_owned(), bytes: decisions.into_bytes() });
    findings.append(&mut places.findings);
    if reporter.report(findings, &sources)? > 0 {
        return Ok(End::Faulty);
    }
    folder.commit(&places.outputs)?;
    for name in &places.obsolete {
        // nothing depends on it
        let _ = fs::remove_file(into.join(name));
    }
    for output in &places.outputs {
        reporter.detail(&format!("  {} ({} bytes)\n", output.name, output.bytes.len()));
    }
    reporter.tell(&told);
    reporter.tell(&format!("wrote {} into {}\n", counted(places.outputs.len(), "file"), into.display()));
    Ok(End::Done)
}

/// What is in a folder.
#[derive(Default)]
struct Listed {
    paths: BTreeSet<String>,
    /// Texts that are not read, with why.
    passed_over: BTreeSet<(String, &'static str)>,
}

impl Listed {
    /// Remembers what is not read, where it looks like a text of the book.
    fn pass_over(&mut self, path: &str, why: &'static str) {
        if TEXTS.iter().any(|ending| path.ends_with(ending)) {
            self.passed_over.insert((path.to_owned(), why));
        }
    }

    /// The finding on texts that are not read.
    fn finding(&self, name: &str) -> Option<Diagnostic> {
        let shown: Vec<String> =
            self.passed_over.iter().take(3).map(|(path, why)| format!("`{path}` ({why})")).collect();
        let more = self.passed_over.len() - shown.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!shown.is_empty()).then(|| {
            let message = format!("texts of {name} were not read: {}{more}", shown.join(", "));
            Diagnostic::new(Code::ImportMissing, None, message)
                .hint("put the files themselves in their place, under plain names, and import again")
        })
    }
}

/// The endings of texts.
const TEXTS: [&str; 6] = [".md", ".markdown", ".qmd", ".html", ".htm", ".xhtml"];

/// Lists the files below a folder, links left alone; false when there are more than may be.
fn list(root: &Path, inside: &str, depth: usize, listed: &mut Listed) -> bool {
    let folder = if inside.is_empty() { root.to_owned() } else { root.join(inside) };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let within =
            |name: &str| if inside.is_empty() { name.to_owned() } else { format!("{inside}/{name}") };
        let name = match entry.file_name().into_string() {
            Ok(name) => name,
            Err(name) => {
                listed.pass_over(&within(&name.to_string_lossy()), "its name is not UTF-8");
                continue;
            }
        };
        let Ok(kind) = entry.file_type() else { continue };
        let path = within(&name);
        // GitBook keeps its settings and its pictures there
        let hidden = name.starts_with('.') && !matches!(name.as_str(), ".gitbook.yaml" | ".gitbook");
        if hidden {
            continue;
        }
        if kind.is_dir() {
            if depth > 0 && !SKIPPED.contains(&name.as_str()) && !list(root, &path, depth - 1, listed) {
                return false;
            }
        } else if kind.is_file() {
            if bounds::ARCHIVE_FILES.is_exceeded_by(listed.paths.len() + 1) {
                return false;
            }
            listed.paths.insert(path);
        } else {
            listed.pass_over(&path, if kind.is_symlink() { "a link" } else { "no file" });
        }
    }
    true
}
