//! What people type where the name of a command stands, and the command that they mean.

use crate::project::{Format, OTHER_FORMATS};

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

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

/// The error of a command line that names no command, with the one that is meant.
pub(super) fn with_meant(mut error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    if let Some(meant) = meant(&typed.to_lowercase()) {
        error.remove(ContextKind::SuggestedSubcommand);
        let tip = format!("what does that here is `pamphleteer {meant}`");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// What stands behind `pamphleteer` instead.
fn meant(typed: &str) -> Option<String> {
    let format = Format::ALL.iter().map(|(_, name)| *name).find(|name| *name == typed);
    let other = || OTHER_FORMATS.iter().find(|(other, _)| *other == typed).map(|(_, ours)| *ours);
    if let Some(format) = format.or_else(other) {
        return Some(format!("build --to {format}"));
    }
    COMMANDS.iter().find(|(words, _)| words.contains(&typed)).map(|(_, ours)| (*ours).to_owned())
}
