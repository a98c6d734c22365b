//! Which printer: one that we know, or a publisher's file with its demands.

use crate::pdf::Printer;
use std::path::Path;

/// The printer of nobody in particular.
const ANY: &str = "generic";

/// A printer, and what it was asked for by.
pub struct Chosen {
    /// The name, or the path of the file.
    pub name: String,
    /// The demands.
    pub printer: Printer,
}

/// The printer asked for. A file is looked for where the command is run, then
/// in the book's folder.
///
/// # Errors
/// A name that we don't know, or what is wrong with the file.
pub fn find(name: Option<&str>, root: &Path) -> Result<Chosen, String> {
    let name = name.unwrap_or(ANY);
    let chosen = |printer| Chosen { name: name.to_owned(), printer };
    if let Some(printer) = Printer::named(name) {
        return Ok(chosen(printer));
    }
    if !name.contains(['.', '/']) {
        let known = Printer::names().join(", ");
        return Err(format!(
            "we don't know the printer `{name}`; we know {known}, and files such as printers/ours.toml"
        ));
    }
    let here = std::fs::read_to_string(name);
    let text = here.or_else(|_| std::fs::read_to_string(root.join(name)));
    let text = text.map_err(|problem| format!("cannot read the printer's file {name}: {problem}"))?;
    Printer::read(&text).map(chosen).map_err(|problem| format!("the printer's file {name}: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printers_are_found_by_name_or_file() {
        let folder = std::env::temp_dir().join(format!("pamphleteer-printer-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let said = |name: Option<&str>| find(name, &folder).map(|chosen| chosen.printer.title);
        assert_eq!(said(None).as_deref(), Ok("any printer"));
        assert_eq!(said(Some("kdp")).as_deref(), Ok("Amazon KDP"));
        assert!(said(Some("gutenberg")).unwrap_err().contains("we know bod"));
        assert!(said(Some("ours.toml")).unwrap_err().contains("cannot read"));
        let known = include_str!("../pdf/printers.toml");
        let table = known.split("[generic]\n").nth(1).unwrap().replace("any printer", "ours");
        std::fs::write(folder.join("ours.toml"), table).unwrap();
        assert_eq!(said(Some("ours.toml")).as_deref(), Ok("ours"));
        std::fs::write(folder.join("ours.toml"), "title = 1").unwrap();
        assert!(said(Some("ours.toml")).unwrap_err().starts_with("the printer's file ours.toml"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
