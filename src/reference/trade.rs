//! Printers and shops: what each asks for, with its sources.

use super::markdown::{MADE, cell};
use crate::epub::Store;
use crate::pdf::Printer;
use std::fmt::Write as _;

/// docs/reference/printers.md.
pub(super) fn printers() -> String {
    let mut text = format!(
        "# Printers\n\n{MADE}\n\nFor `--printer NAME` and `outputs.printer`. The numbers are those of the day that is named; ask the \
         printer again before an order. A printer of your own is a TOML file of the same keys as a table of \
         `crates/pdf/src/pdf/printers.toml`.\n"
    );
    for (name, printer) in known_printers() {
        house(&mut text, &name, &printer.title, &printer.checked, &printer.demands());
        grounds(&mut text, &printer.sources, &printer.guesses);
    }
    text
}

/// docs/reference/shops.md.
pub(super) fn shops() -> String {
    let mut text = format!(
        "# Shops\n\n{MADE}\n\nFor `--store NAME`. The numbers are those of the day that is named; ask the shop again before you hand in \
         a book. A shop of your own is a TOML file of the same keys as a table of `crates/epub/src/epub/stores.toml`.\n"
    );
    for (name, shop) in known_shops() {
        house(&mut text, &name, &shop.title, &shop.checked, &shop.demands());
        grounds(&mut text, &shop.sources, &shop.guesses);
    }
    text
}

/// The handbook's appendix of both.
pub(super) fn handbook() -> String {
    let mut text = format!(
        "# Every Printer and Every Shop {{.appendix #reference-trade}}\n\n{MADE}\n\nWhat they ask for, as of the day that is named. Ask again \
         before you order.\n\n## Printers\n"
    );
    for (name, printer) in known_printers() {
        listed(&mut text, &name, &printer.title, &printer.checked, printer.demands());
    }
    text += "\n## Shops\n";
    for (name, shop) in known_shops() {
        listed(&mut text, &name, &shop.title, &shop.checked, shop.demands());
    }
    text
}

fn known_printers() -> impl Iterator<Item = (String, Printer)> {
    Printer::names().into_iter().filter_map(|name| Printer::named(&name).map(|printer| (name, printer)))
}

fn known_shops() -> impl Iterator<Item = (String, Store)> {
    Store::names().into_iter().filter_map(|name| Store::named(&name).map(|shop| (name, shop)))
}

fn house(text: &mut String, name: &str, title: &str, checked: &str, demands: &[(&str, String)]) {
    let _ = writeln!(text, "\n## `{name}`: {title}\n\nAs of {checked}.\n\n| | |\n|:--|:--|");
    for (label, words) in demands {
        let _ = writeln!(text, "| {label} | {} |", cell(words));
    }
}

fn grounds(text: &mut String, sources: &[String], guesses: &[String]) {
    for (head, list) in [("Sources", sources), ("Our own caution", guesses)] {
        if !list.is_empty() {
            let _ = writeln!(text, "\n{head}: {}.", list.join("; "));
        }
    }
}

/// A house as one entry of a definition list.
fn listed(text: &mut String, name: &str, title: &str, checked: &str, demands: Vec<(&str, String)>) {
    let all: Vec<String> = demands.into_iter().map(|(label, words)| format!("{label} {words}")).collect();
    let _ = writeln!(text, "\n`{name}`, {title}\n:   As of {checked}: {}.", all.join("; "));
}
