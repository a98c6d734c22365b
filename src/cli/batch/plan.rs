//! Which books are meant, and where their editions go.

use super::super::args::{Choice, Editions};
use super::super::end::End;
use super::super::findings::Reporter;
use super::super::root::{book_root, out_folder};
use super::git;
use super::planned::PlannedBook;
use crate::diag::Error;
use crate::project::{CACHE, CATALOGUE, Catalogue, Listed, folder_matches, nearest, plain_name};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// The books, and what is to be kept of them where.
pub(super) struct Plan {
    /// The books in the order in which they are told of.
    pub books: Vec<PlannedBook>,
    /// All books, also those that are left out now.
    pub names: Vec<String>,
    /// Whether none is left out.
    pub is_whole: bool,
    /// The folder of the cache.
    pub cache: PathBuf,
    /// The folder of `catalogue.json`.
    pub record: PathBuf,
    /// How many errors the catalogue itself has.
    pub errors: usize,
}

/// Whether a request is about many books: several are named, or a catalogue is, or
/// there is a catalogue here and no book.
pub(crate) fn is_meant(request: &Editions, choice: &Choice) -> bool {
    match request.books.as_slice() {
        [] => choice.is_made() || catalogue_here().is_some(),
        [one] => choice.is_made() || catalogue_of(one).is_some(),
        _ => true,
    }
}

/// The catalogue that a path names: its file, or a folder that has one and no book.
fn catalogue_of(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        let inside = path.join(CATALOGUE);
        return (!path.join("book.toml").is_file() && inside.is_file()).then_some(inside);
    }
    let is_catalogue = path.extension().is_some_and(|end| end == "toml") && !path.ends_with("book.toml");
    is_catalogue.then(|| path.to_owned())
}

/// The catalogue of this folder, unless the folder is a book's: it is nearer than any book
/// in a folder above.
fn catalogue_here() -> Option<PathBuf> {
    let is_there = |name: &str| Path::new(name).is_file();
    (!is_there("book.toml") && is_there(CATALOGUE)).then(|| PathBuf::from(CATALOGUE))
}

impl Plan {
    /// Finds the books; the end of the command when that cannot be, which is said.
    pub(super) fn make(
        request: &Editions,
        choice: &Choice,
        reporter: &mut Reporter,
    ) -> Result<Result<Plan, End>, Error> {
        let catalogue = match request.books.as_slice() {
            [] => catalogue_here(),
            books => books.iter().find_map(|path| catalogue_of(path)),
        };
        let plan = match catalogue {
            Some(_) if request.books.len() > 1 => {
                reporter.say("error: a catalogue is built alone: add the other books to its `books`\n");
                return Ok(Err(End::Misused));
            }
            Some(path) => Plan::of_catalogue(&path, request, reporter)?,
            None => Plan::of_books(request, reporter)?,
        };
        match plan {
            Ok(plan) => plan.chosen(choice, reporter),
            Err(end) => Ok(Err(end)),
        }
    }

    fn of_catalogue(
        path: &Path,
        request: &Editions,
        reporter: &mut Reporter,
    ) -> Result<Result<Plan, End>, Error> {
        let read = Catalogue::read(path)?;
        let Catalogue { books: listed, out, cache, map } = read.value;
        let errors = reporter.report(read.findings, &map)?;
        if listed.is_empty() {
            return Ok(Err(End::Faulty));
        }
        let out = request.out.clone().or(out);
        let beside = path.parent().map(Path::to_owned).unwrap_or_default();
        let planned = |listed: Listed| {
            let out = folder_of(&listed.name, &listed.root, out.as_deref())?;
            Ok(PlannedBook { name: listed.name, root: listed.root, out, shared: Some(listed.shared) })
        };
        let books = listed.into_iter().map(planned).collect::<Result<Vec<_>, Error>>()?;
        let record = out.unwrap_or(beside);
        Ok(Plan { cache, record, errors, ..Plan::of_list(books) }.without_collisions(reporter))
    }

    fn of_books(request: &Editions, reporter: &mut Reporter) -> Result<Result<Plan, End>, Error> {
        let mut books: Vec<PlannedBook> = Vec::new();
        let named = request.books.iter().map(|book| Some(book.as_path()));
        let alone = request.books.is_empty().then_some(None);
        for path in named.chain(alone) {
            let Some(root) = book_root(path, reporter) else { return Ok(Err(End::Misused)) };
            let name = plain_name(&root.to_string_lossy());
            if books.iter().all(|book| book.name != name) {
                let out = folder_of(&name, &root, request.out.as_deref())?;
                books.push(PlannedBook { name, root, out, shared: None });
            }
        }
        let record = request.out.clone().unwrap_or_else(|| PathBuf::from(CACHE));
        Ok(Plan { record, ..Plan::of_list(books) }.without_collisions(reporter))
    }

    fn of_list(books: Vec<PlannedBook>) -> Plan {
        let names = books.iter().map(|book| book.name.clone()).collect();
        let cache = PathBuf::from(CACHE);
        Plan { books, names, is_whole: true, cache, record: PathBuf::new(), errors: 0 }
    }

    /// The plan, unless two books would write into one folder.
    fn without_collisions(self, reporter: &mut Reporter) -> Result<Plan, End> {
        let mut seen: BTreeMap<&Path, &str> = BTreeMap::new();
        for book in &self.books {
            if let Some(other) = seen.insert(&book.out, &book.name) {
                let (out, name) = (book.out.display(), &book.name);
                reporter.say(&format!("error: {other} and {name} would both be written into {out}: rename the folder of one of them\n"));
                return Err(End::Misused);
            }
        }
        Ok(self)
    }

    /// The plan with the books alone that are chosen.
    fn chosen(mut self, choice: &Choice, reporter: &mut Reporter) -> Result<Result<Plan, End>, Error> {
        for wanted in &choice.only {
            if !self.names.iter().any(|name| folder_matches(wanted, name)) {
                let near = nearest(wanted, self.names.iter().map(String::as_str));
                let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                reporter.say(&format!("error: `--only {wanted}` matches none of the books{hint}\n"));
                return Ok(Err(End::Misused));
            }
        }
        let is_wanted =
            |book: &PlannedBook| choice.only.iter().any(|wanted| folder_matches(wanted, &book.name));
        self.books.retain(|book| choice.only.is_empty() || is_wanted(book));
        if let Some(commit) = &choice.changed_since {
            let changed = match git::changed_since(commit, &self.books) {
                Ok(changed) => changed,
                Err(reason) => {
                    reporter.say(&format!("error: --changed-since: {reason}\n"));
                    return Ok(Err(End::Misused));
                }
            };
            self.books.retain(|book| changed.contains(&book.name));
        }
        self.is_whole = self.books.len() == self.names.len();
        Ok(Ok(self))
    }
}

/// Where the editions of a book go: below `out` in a folder that is called as the
/// book's is, or into `out` in the book's folder.
fn folder_of(name: &str, root: &Path, out: Option<&Path>) -> Result<PathBuf, Error> {
    let Some(out) = out else { return out_folder(root, None) };
    let parts = Path::new(name).components();
    let own: PathBuf = parts.filter(|part| matches!(part, Component::Normal(_))).collect();
    if own.as_os_str().is_empty() {
        let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        return Ok(out.join(real.file_name().unwrap_or_default()));
    }
    Ok(out.join(own))
}
