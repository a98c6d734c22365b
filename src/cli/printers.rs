//! Which printer: one that we know, or a publisher's file with its demands.

use super::names;
use crate::pdf::Printer;
use std::path::Path;

/// The printer of nobody in particular.
const ANY: &str = "generic";
/// What people call printers that we know.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("amazon", "kdp"),
    ("books-on-demand", "bod"),
    ("createspace", "kdp"),
    ("ingramspark", "ingram"),
    ("kindle", "kdp"),
    ("lightning-source", "ingram"),
    ("staples", "saddle"),
];

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
        let names = Printer::names();
        let known: Vec<&str> = names.iter().map(String::as_str).chain(["FILE.toml"]).collect();
        return Err(names::unknown("a printer that we know", name, OTHER_NAMES, &known));
    }
    let here = std::fs::read_to_string(name);
    let text = here.or_else(|_| std::fs::read_to_string(root.join(name)));
    let text = text.map_err(|problem| format!("cannot read the printer file {name}: {problem}"))?;
    Printer::read(&text).map(chosen).map_err(|problem| format!("the printer file {name}: {problem}"))
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
        assert!(said(Some("gutenberg")).unwrap_err().contains("not a printer that we know: bod, "));
        assert!(said(Some("Amazon")).unwrap_err().contains("did you mean `kdp`?"));
        assert!(said(Some("ours.toml")).unwrap_err().contains("cannot read"));
        let known = include_str!("../pdf/printers.toml");
        let table = known.split("[generic]\n").nth(1).unwrap().replace("any printer", "ours");
        std::fs::write(folder.join("ours.toml"), table).unwrap();
        assert_eq!(said(Some("ours.toml")).as_deref(), Ok("ours"));
        std::fs::write(folder.join("ours.toml"), "title = 1").unwrap();
        assert!(said(Some("ours.toml")).unwrap_err().starts_with("the printer file ours.toml"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
