//! The manual on demand: findings and keys explained, completions, man pages,
//! schemas, and the reference of the commands.

use super::args::{Cli, SchemaFile};
use super::end::{End, print_out};
use super::findings::Reporter;
use super::{examples, names};
use crate::diag::{CODES, Code, Error};
use crate::project::{Output, nearest, write_all};
use crate::reference::terminal::{self, Found};
use crate::reference::{Document, schema as schemas};
use clap::{Arg, Command, CommandFactory};
use std::fmt::Write as _;
use std::path::Path;

/// `pamphleteer explain CODE`.
pub(super) fn explain(code: &str, reporter: &mut Reporter) -> Result<End, Error> {
    let code = code.trim().trim_start_matches('[').trim_end_matches(']');
    let Some(found) = Code::find(code) else {
        let within = CODES.iter().map(|entry| entry.name).find(|name| name.contains(code));
        let near = nearest(code, CODES.iter().map(|entry| entry.name)).or(within);
        let hint = near.map_or_else(
            || "; `pamphleteer explain` lists them all".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        reporter.say(&format!("error: there is no finding with the code `{code}`{hint}\n"));
        return Ok(End::Misused);
    };
    let entry = found.entry();
    print_out(&format!(
        "{} ({})\n\n{}\n\n{}\n",
        entry.name, entry.severity, entry.summary, entry.explanation
    ))?;
    Ok(End::Done)
}

/// `pamphleteer explain`.
pub(super) fn codes() -> Result<End, Error> {
    print_out(&terminal::codes())?;
    Ok(End::Done)
}

/// `pamphleteer keys [KEY]`.
pub(super) fn keys(wanted: &str, reporter: &mut Reporter) -> Result<End, Error> {
    if wanted.trim().is_empty() {
        print_out(&terminal::keys())?;
        return Ok(End::Done);
    }
    match terminal::key(wanted) {
        Found::Text(text) => {
            print_out(&text)?;
            Ok(End::Done)
        }
        Found::Nothing(near) => {
            let hint = near.map_or_else(
                || "; `pamphleteer keys` lists them all".to_owned(),
                |near| format!("; did you mean `{near}`?"),
            );
            reporter.say(&format!("error: no key has to do with `{wanted}`{hint}\n"));
            Ok(End::Misused)
        }
    }
}

/// `pamphleteer completions SHELL`.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<End, Error> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pamphleteer", &mut text);
    print_out(&String::from_utf8_lossy(&text))?;
    Ok(End::Done)
}

/// `pamphleteer man [COMMAND] [--out DIR]`.
pub(super) fn man(command: Option<&str>, out: Option<&Path>, reporter: &mut Reporter) -> Result<End, Error> {
    let pages = pages()?;
    if let Some(out) = out {
        let outputs: Vec<Output> =
            pages.into_iter().map(|(name, bytes)| Output { name: format!("{name}.1"), bytes }).collect();
        write_all(out, &outputs)?;
        reporter.tell(&format!("{} man pages in {}\n", outputs.len(), out.display()));
        return Ok(End::Done);
    }
    let wanted = command.map_or_else(|| "pamphleteer".to_owned(), |command| format!("pamphleteer-{command}"));
    let Some((_, page)) = pages.iter().find(|(name, _)| *name == wanted) else {
        let known: Vec<&str> =
            pages.iter().filter_map(|(name, _)| name.strip_prefix("pamphleteer-")).collect();
        let reason = names::unknown("a command", command.unwrap_or_default(), &[], &known);
        reporter.say(&format!("error: {reason}\n"));
        return Ok(End::Misused);
    };
    print_out(&String::from_utf8_lossy(page))?;
    Ok(End::Done)
}

/// Every man page with its name: that of the tool, then one for each command.
///
/// # Errors
/// When a page cannot be written.
pub fn pages() -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut root = Cli::command();
    root.build();
    let commands = std::iter::once(&root).chain(commands(&root));
    let page = |command: &Command| {
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(command.clone()).render(&mut page);
        rendered.map_err(|error| Error::io("cannot make the man page", error))?;
        Ok((name, page))
    };
    commands.map(page).collect()
}

/// The commands, without that which prints help.
fn commands(root: &Command) -> impl Iterator<Item = &Command> {
    root.get_subcommands().filter(|command| command.get_name() != "help")
}

/// `pamphleteer schema [book|style]`.
pub(super) fn schema(file: SchemaFile) -> Result<End, Error> {
    let schema = match file {
        SchemaFile::Book => schemas::book(),
        SchemaFile::Style => schemas::style_file(),
    };
    print_out(&schemas::printed(&schema))?;
    Ok(End::Done)
}

/// The reference of the commands, for docs/reference and the handbook.
#[must_use]
pub fn documents() -> Vec<Document> {
    let mut root = Cli::command();
    root.build();
    vec![
        Document { path: "docs/reference/commands.md", text: for_docs(&root) },
        Document { path: "manuscript/handbook/reference-commands.md", text: for_handbook(&root) },
    ]
}

fn for_docs(root: &Command) -> String {
    let mut text = format!("# Commands\n\n{}\n", crate::reference::MADE);
    for command in std::iter::once(root).chain(commands(root)) {
        let name = command.get_bin_name().unwrap_or("pamphleteer");
        let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
        let _ = write!(text, "\n## `{name}`\n\n{}\n\n", about.unwrap_or_default());
        let _ =
            write!(text, "```\n{}\n```\n", command.clone().render_usage().to_string().replace("Usage: ", ""));
        for arg in arguments(command, command.get_name() == root.get_name()) {
            let _ = writeln!(text, "- `{}`: {}", said(arg), meaning(arg, "`", "`"));
        }
        let shown = examples::of(if command.get_name() == root.get_name() { "" } else { command.get_name() });
        let _ = write!(text, "\n```\n{shown}\n```\n");
    }
    text
}

fn for_handbook(root: &Command) -> String {
    let mut text = format!(
        "# Every Command and Its Options {{.appendix #reference-commands}}\n\n{}\n\nThe first list is of options that every command \
         takes. `pamphleteer help COMMAND` says the same, with examples.\n",
        crate::reference::MADE
    );
    for command in std::iter::once(root).chain(commands(root)) {
        let is_root = command.get_name() == root.get_name();
        if is_root {
            text += "\n## All commands\n";
        } else {
            let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
            let _ = write!(text, "\n## {}\n\n{}\n", command.get_name(), escaped(&about.unwrap_or_default()));
        }
        for arg in arguments(command, is_root) {
            let _ = write!(text, "\n`{}`\n:   {}\n", said(arg), meaning(arg, "`", "`"));
        }
    }
    text
}

/// The arguments of a command; those of every command only with the tool itself.
fn arguments(command: &Command, global: bool) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(move |arg| {
        arg.is_global_set() == global && !["help", "version"].contains(&arg.get_id().as_str())
    })
}

/// An argument as it is typed: `--to FORMATS`, `BOOK`.
fn said(arg: &Arg) -> String {
    let value =
        arg.get_value_names().unwrap_or_default().first().map(ToString::to_string).unwrap_or_default();
    let takes = arg.get_action().takes_values();
    match (arg.get_short(), arg.get_long()) {
        (_, None) => value,
        (None, Some(long)) if takes => format!("--{long} {value}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
    }
}

/// What an argument is for, which words it takes and what it is when left out.
fn meaning(arg: &Arg, open: &str, close: &str) -> String {
    let help = arg.get_long_help().or(arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut text = escaped(help.trim_end_matches('.'));
    let quoted = |name: &str| format!("{open}{name}{close}");
    if arg.get_action().takes_values() && !arg.is_hide_possible_values_set() {
        let values: Vec<String> =
            arg.get_possible_values().iter().map(|value| quoted(value.get_name())).collect();
        if !values.is_empty() {
            text += &format!("; one of {}", values.join(", "));
        }
    }
    let default = arg.get_default_values().first().filter(|_| arg.get_action().takes_values());
    if let Some(default) = default {
        text += &format!("; {} when nothing is said", quoted(&default.to_string_lossy()));
    }
    text + "."
}

/// Words of the help as Markdown: brackets are no link.
fn escaped(help: &str) -> String {
    crate::reference::escaped(help)
}
