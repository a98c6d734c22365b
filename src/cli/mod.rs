//! The command line: arguments in, findings and files out.
//!
//! The only module that prints, reads the environment and knows the time.

mod allowed;
mod args;
mod batch;
mod booklet;
mod build;
mod dictionaries;
mod edition;
mod edition_builder;
mod end;
mod examples;
mod falls;
mod findings;
mod front;
mod import;
mod kinds;
mod lists;
mod lsp;
mod manifest;
mod manual;
mod meant;
mod memory;
mod names;
mod notices;
mod offered;
mod preview;
mod printers;
mod produce;
mod production;
mod progress;
mod proof;
mod root;
mod shops;
mod stages;
mod stale;
mod style_sheet;
mod trial;
mod typesetting;
mod verdict;
mod watch;

use crate::diag::{Error, SourceMap};
use crate::guard::{self, guarded};
use crate::project::for_shell;
use args::{Cli, Command};
use clap::Parser;
use end::End;
use findings::Reporter;
pub use manual::{documents, pages};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe is the reader's business.
            let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
            let _ = meant::with_meant(error, &words.collect::<Vec<_>>()).print();
            return ExitCode::from(code);
        }
    };
    let mut reporter = Reporter::new(&cli.global);
    guard::keep_quiet();
    let end = guarded(|| dispatch(&cli.command, &mut reporter)).unwrap_or_else(|fall| {
        let finding = fall.finding("the command ended before its time", None);
        reporter.report(vec![finding], &SourceMap::default()).map(|_| End::Faulty)
    });
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Faulty) => ExitCode::from(1),
        Ok(End::Misused) => ExitCode::from(2),
        Ok(End::Failed) => ExitCode::from(3),
        Err(error) => {
            reporter.say_error(&error);
            ExitCode::from(3)
        }
    }
}

fn dispatch(command: &Command, reporter: &mut Reporter) -> Result<End, Error> {
    match command {
        Command::New { folder, style } => new(folder, style, reporter),
        Command::Build(request) if batch::is_meant(&request.editions, &request.choice) => {
            batch::build(request, reporter)
        }
        Command::Build(request) if request.watch => watch::build(&request.editions, reporter),
        Command::Build(request) => build::build(&request.editions, reporter),
        Command::Check(request) if batch::is_meant(&request.editions, &request.choice) => {
            batch::check(request, reporter)
        }
        Command::Check(request) => build::check(&request.editions, reporter),
        Command::Proof { book, out } => proof::proof(book.as_deref(), out.as_deref(), reporter),
        Command::Preview { book, port } => preview::preview(book.as_deref(), *port, reporter),
        Command::Import { transcription, into, force, dialect, dictionary, changes } => {
            let asked = import::Asked {
                into,
                force: *force,
                dialect: *dialect,
                dictionary: dictionary.as_deref(),
                changes: *changes,
            };
            import::import(transcription, asked, reporter)
        }
        Command::Lsp { dictionary } => lsp::serve(dictionary, reporter),
        Command::Explain { code: Some(code) } => manual::explain(code, reporter),
        Command::Explain { code: None } => manual::codes(),
        Command::Keys { key } => manual::keys(&key.join(" "), reporter),
        Command::Styles { book: Some(name), .. } if !name.exists() => lists::style(name, reporter),
        Command::Styles { book: Some(book), out } => style_sheet::styles(book, out.as_deref(), reporter),
        Command::Styles { book: None, .. } => lists::styles(),
        Command::Fonts { book } => lists::fonts(book.as_deref(), reporter),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { command, out } => manual::man(command.as_deref(), out.as_deref(), reporter),
        Command::Schema { file } => manual::schema(*file),
    }
}

fn new(folder: &Path, style: &str, reporter: &mut Reporter) -> Result<End, Error> {
    if !crate::project::BUILT_IN_STYLES.iter().any(|(name, _)| *name == style) {
        let known = crate::project::BUILT_IN_STYLES.map(|(name, _)| name);
        reporter.say(&format!("error: {}\n", names::unknown("a style", style, &[], &known)));
        return Ok(End::Misused);
    }
    let kept = crate::project::scaffold(folder, style, &mut || reporter.say_waiting(folder))?;
    match kept.len() {
        0 => {}
        1 => reporter.tell(&format!("kept as it was: {}\n", kept.concat())),
        _ => reporter.tell(&format!("kept as they were: {}\n", kept.join(", "))),
    }
    let quoted = for_shell(folder);
    if let Some(tool) = crate::project::tool_of(folder) {
        reporter.tell(&format!(
            "its texts look as if they were written for {tool}; who wants their marks read instead runs: pamphleteer import {quoted} --into ANOTHER-FOLDER\n"
        ));
    }
    if let Some(file) = root::file_to_import(folder) {
        let (shown, command) = (file.display(), root::importing(&file));
        reporter
            .tell(&format!("{shown} is no Markdown, and not in the book; to make one of it: {command}\n"));
    }
    reporter.tell(&format!("created a book in {}; next run: pamphleteer build {quoted}\n", folder.display()));
    Ok(End::Done)
}

/// The last second of the year 9999: dates of four digits end there.
const LAST_SECOND: u64 = 253_402_300_799;

/// The moment that `SOURCE_DATE_EPOCH` names, in seconds since 1970, when it is set
/// (reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1).
fn source_date_epoch() -> Result<Option<u64>, Error> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.trim().parse().ok());
    match seconds {
        Some(seconds) if seconds <= LAST_SECOND => Ok(Some(seconds)),
        Some(_) => Err(Error::new("SOURCE_DATE_EPOCH is later than the year 9999")),
        None => Err(Error::new("SOURCE_DATE_EPOCH is not a number of seconds since 1970")),
    }
}
