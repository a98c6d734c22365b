//! Words that an option is known to take: help lists them and shells complete
//! them. Others are taken too, since a printer may be a file and a near word is
//! told by the command, in the author's words.

use crate::diag::CODES;
use crate::epub::Store;
use crate::pdf::Printer;
use crate::project::{BUILT_IN_STYLES, Format};
use crate::reference::entries;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};
use std::ffi::OsStr;

/// A parser of words, of which some are offered.
#[derive(Clone, Copy)]
pub(super) struct Offered(fn() -> Vec<PossibleValue>);

impl TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter()))
    }
}

/// What can be made of a book.
pub(super) const FORMATS: Offered = Offered(|| {
    Format::ALL.iter().map(|(format, name)| PossibleValue::new(*name).help(format.about())).collect()
});

/// Printers that we know.
pub(super) const PRINTERS: Offered = Offered(|| {
    let all = Printer::names().into_iter().filter_map(|name| Some((Printer::named(&name)?, name)));
    all.map(|(printer, name)| PossibleValue::new(name).help(printer.title)).collect()
});

/// Shops that we know.
pub(super) const SHOPS: Offered = Offered(|| {
    let all = Store::names().into_iter().filter_map(|name| Some((Store::named(&name)?, name)));
    all.map(|(shop, name)| PossibleValue::new(name).help(shop.title)).collect()
});

/// Styles that ship with the tool.
pub(super) const STYLES: Offered =
    Offered(|| BUILT_IN_STYLES.iter().map(|(name, _)| PossibleValue::new(*name)).collect());

/// Every finding.
pub(super) const FINDINGS: Offered = Offered(findings);

/// Every finding, and all warnings at once.
pub(super) const DENIABLE: Offered = Offered(|| {
    std::iter::once(PossibleValue::new("warnings").help("All warnings")).chain(findings()).collect()
});

/// Every key, and every table of keys.
pub(super) const KEYS: Offered = Offered(|| {
    let entries = entries();
    let mut names: Vec<String> = entries.iter().map(|entry| entry.table.to_owned()).collect();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names.extend(entries.into_iter().map(|entry| entry.path));
    names.sort();
    names.dedup();
    names.into_iter().map(PossibleValue::new).collect()
});

fn findings() -> Vec<PossibleValue> {
    CODES.iter().map(|entry| PossibleValue::new(entry.name).help(entry.summary)).collect()
}
