//! A source that is not there.

use crate::project::nearest;
use std::fs;
use std::path::Path;

/// What to do where a source is not there: most likely its name has a slip, or it is an address.
pub(super) fn instead(source: &Path) -> Option<String> {
    let name = source.file_name()?.to_str()?;
    if ["http:", "https:"].iter().any(|scheme| source.starts_with(scheme)) {
        return Some("nothing is read from the web: save the page or the file, and import that".to_owned());
    }
    let folder = source.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?.flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let near = nearest(name, names.iter().map(String::as_str))?;
    Some(format!("there is {}", source.with_file_name(near).display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_and_an_address_are_told_apart() {
        let said = |source: &str| instead(Path::new(source));
        // tests run in the folder of the package
        assert_eq!(said("Crago.toml").as_deref(), Some("there is Cargo.toml"));
        assert_eq!(said("src/lid.rs").as_deref(), Some("there is src/lib.rs"));
        assert_eq!(said("nothing-like-it.pdf"), None);
        assert!(said("https://example.org/book.epub").is_some_and(|hint| hint.contains("save")));
    }
}
