//! What people type who come from other tools, where one of our commands or options stands, and
//! what they mean by it.

use super::root::importing;
use crate::project::{Format, OTHER_FORMATS};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::path::Path;

/// Words of other tools, and our commands.
const COMMANDS: [(&[&str], &str); 7] = [
    (&["init", "create", "scaffold", "start", "begin"], "new DIR"),
    (&["make", "compile", "render", "run", "publish", "export", "generate", "convert"], "build"),
    (&["serve", "watch", "open", "view", "show", "dev", "live"], "preview"),
    (&["lint", "test", "validate", "verify", "doctor"], "check"),
    (&["recover", "scan", "ingest", "add"], "import SOURCE --into BOOK"),
    (&["themes", "looks", "templates", "list"], "styles"),
    (&["config", "settings", "options", "key"], "keys"),
];

/// Options of other tools, and ours.
const OPTIONS: [(&[&str], &str); 10] = [
    (&["f", "t", "format", "formats", "target"], "`--to FORMATS`"),
    (&["o", "output", "output-dir", "out-dir", "outdir", "dest", "destination"], "`--out DIR`"),
    (&["j", "threads", "parallel"], "`--jobs N`"),
    (&["w"], "`--watch`"),
    (&["strict", "werror", "fail-on-warnings"], "`--deny warnings`"),
    (&["theme", "look", "template", "css"], "`--style STYLE`"),
    (&["no-color", "no-colour", "colour"], "`--color never`"),
    (&["json"], "`--message-format json`"),
    (&["n", "dry-run"], "the command `pamphleteer check`"),
    (&["open", "serve"], "the command `pamphleteer preview`"),
];

/// What book.toml says, and no command line.
const IN_BOOK_TOML: [&str; 8] = ["title", "author", "language", "lang", "trim", "size", "font", "isbn"];

/// The error of a command line, with what is meant by the word that is not known, or what is missing. `words` are those
/// behind the tool's name.
pub(super) fn with_meant(mut error: Error, words: &[String]) -> Error {
    let command = words.first().map_or("", String::as_str);
    let string = |error: &Error, kind| match error.get(kind) {
        Some(ContextValue::String(typed)) => Some(typed.clone()),
        _ => None,
    };
    let tip = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            string(&error, ContextKind::InvalidSubcommand).and_then(|typed| of_command(&typed.to_lowercase()))
        }
        ErrorKind::UnknownArgument => {
            string(&error, ContextKind::InvalidArg).and_then(|typed| of_argument(&typed, command))
        }
        ErrorKind::MissingRequiredArgument => of_missing(words),
        _ => None,
    };
    if let Some(tip) = tip {
        error.remove(ContextKind::SuggestedSubcommand);
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// What does here what a command of another tool does.
fn of_command(typed: &str) -> Option<String> {
    let meant = format(typed).map(|format| format!("build --to {format}"));
    let meant = meant.or_else(|| ours(&COMMANDS, typed).map(str::to_owned))?;
    Some(format!("what does that here is `pamphleteer {meant}`"))
}

/// What an option means that is none of ours, or a word that is one too many.
fn of_argument(typed: &str, command: &str) -> Option<String> {
    let name = typed.trim_start_matches('-').split('=').next()?.to_lowercase();
    if !typed.starts_with('-') {
        return match command {
            "import" => {
                Some("import takes one source: put the files into a folder, and name that".to_owned())
            }
            "new" => {
                Some("a name with spaces stands in quotation marks: pamphleteer new \"my book\"".to_owned())
            }
            _ => None,
        };
    }
    if let Some(meant) = ours(&OPTIONS, &name) {
        return Some(format!("what does that here is {meant}"));
    }
    if let Some(format) = format(&name) {
        return Some(format!("what does that here is `--to {format}`"));
    }
    let is_key = IN_BOOK_TOML.contains(&name.as_str()) || name == "style";
    is_key.then(|| "that stands in book.toml, and `pamphleteer keys` lists what may stand there".to_owned())
}

/// The whole command, where something is missing from it.
fn of_missing(words: &[String]) -> Option<String> {
    match words {
        [command] if command == "new" => Some(
            "pamphleteer new my-book begins a book in a new folder, pamphleteer new . one of the texts that lie here".to_owned(),
        ),
        [command, source, ..] if command == "import" && Path::new(source).exists() => Some(importing(Path::new(source))),
        _ => None,
    }
}

/// The format that somebody means by a word.
fn format(typed: &str) -> Option<&'static str> {
    let known = Format::ALL.iter().map(|(_, name)| *name).find(|name| *name == typed);
    known.or_else(|| OTHER_FORMATS.iter().find(|(other, _)| *other == typed).map(|(_, ours)| *ours))
}

fn ours(table: &[(&[&str], &'static str)], typed: &str) -> Option<&'static str> {
    table.iter().find(|(words, _)| words.contains(&typed)).map(|(_, ours)| *ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory;

    /// Whether the tool takes what a tip names.
    fn is_taken(words: &str) -> bool {
        let words = words.replace("FORMATS", "epub").replace("STYLE", "novel");
        let words = words.replace(" N", " 2").replace("DIR", "x").replace("SOURCE", "x").replace("BOOK", "x");
        Cli::command().try_get_matches_from(words.split(' ')).is_ok()
    }

    #[test]
    fn what_is_named_is_there() {
        for (_, command) in COMMANDS {
            assert!(is_taken(&format!("pamphleteer {command}")), "{command}");
        }
        for (_, option) in OPTIONS {
            let words = option.trim_matches(|c| c != '`').trim_matches('`');
            let line = if words.starts_with("pamphleteer") {
                words.to_owned()
            } else {
                format!("pamphleteer build {words}")
            };
            assert!(is_taken(&line), "{line}");
        }
    }

    #[test]
    fn no_word_of_ours_is_taken_for_another() {
        let ours: Vec<String> = Cli::command().get_subcommands().map(|it| it.get_name().to_owned()).collect();
        assert!(
            COMMANDS.iter().flat_map(|(words, _)| *words).all(|word| !ours.contains(&(*word).to_owned()))
        );
    }
}
