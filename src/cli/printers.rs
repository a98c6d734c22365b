//! Which printer: one that we know, or a publisher's file with its demands.

use super::names;
use crate::pdf::Printer;
use crate::project::{NamedPrinter, names_a_file, read_table};
use crate::reason::Reason;
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
pub(super) struct Chosen {
    /// The name, or the path of the file.
    pub name: String,
    /// The demands.
    pub printer: Printer,
}

impl Chosen {
    fn new(name: &str, printer: Printer) -> Chosen {
        Chosen { name: name.to_owned(), printer }
    }
}

/// The printer of the command line, or nobody in particular. A file is looked
/// for where the command is run, then in the book's folder.
///
/// # Errors
/// A name that we don't know, or what is wrong with the file.
pub(super) fn find(name: Option<&str>, root: &Path) -> Result<Chosen, Reason> {
    let name = name.unwrap_or(ANY);
    if !names_a_file(name) {
        return known(name);
    }
    let here = Path::new(name);
    let path = if here.exists() { here.to_owned() } else { root.join(name) };
    let text = read_table(&path).map_err(|reason| format!("the printer file {name} {reason}"))?;
    of_file(name, &text)
}

/// The printer that book.toml names.
///
/// # Errors
/// As with [`find`].
pub(super) fn of_book(named: &NamedPrinter) -> Result<Chosen, Reason> {
    match &named.text {
        Some(text) => of_file(&named.name, text),
        None => known(&named.name),
    }
}

/// The printer that we know by that name.
pub(super) fn known(name: &str) -> Result<Chosen, Reason> {
    let printer = Printer::named(&name.trim().to_lowercase()).ok_or_else(|| {
        let names = Printer::names();
        let known: Vec<&str> = names.iter().map(String::as_str).chain(["FILE.toml"]).collect();
        names::unknown("a printer that we know", name, OTHER_NAMES, &known)
    })?;
    Ok(Chosen::new(&name.trim().to_lowercase(), printer))
}

fn of_file(name: &str, text: &str) -> Result<Chosen, Reason> {
    let printer = Printer::read(text).map_err(|problem| format!("the printer file {name}: {problem}"))?;
    Ok(Chosen::new(name, printer))
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
        let known = format!("not a printer that we know: {}, FILE.toml", Printer::names().join(", "));
        assert!(said(Some("gutenberg")).unwrap_err().contains(&known));
        assert!(said(Some("Amazon")).unwrap_err().contains("did you mean `kdp`?"));
        assert!(said(Some("ours.toml")).unwrap_err().contains("does not exist"));
        assert!(said(Some("/dev/zero")).unwrap_err().contains("is a device"));
        let known = include_str!("../../crates/pdf/src/pdf/printers.toml");
        let table = known.split("[generic]\n").nth(1).unwrap().replace("any printer", "ours");
        std::fs::write(folder.join("ours.toml"), table).unwrap();
        assert_eq!(said(Some("ours.toml")).as_deref(), Ok("ours"));
        std::fs::write(folder.join("ours.toml"), "title = 1").unwrap();
        assert!(said(Some("ours.toml")).unwrap_err().starts_with("the printer file ours.toml"));
        std::fs::write(folder.join("ours.toml"), vec![b' '; 2 << 20]).unwrap();
        assert!(said(Some("ours.toml")).unwrap_err().contains("1024 KiB is the most"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
