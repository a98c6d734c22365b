//! The files of a source, as its readers see them: names with `/`, and their bytes
//! when somebody asks for them. Nothing outside of the folder can be named.

use crate::encoding;
use crate::file_names::counting_order;
use std::collections::BTreeSet;

/// A folder that was given to the import.
pub struct Tree<'a> {
    /// The folder's name.
    pub name: String,
    /// The files in it, by their path inside of it.
    pub paths: BTreeSet<String>,
    /// Reads one of them; `None` when it cannot be read.
    pub read: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

impl std::fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} with {} files", self.name, self.paths.len())
    }
}

impl Tree<'_> {
    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether a text in Markdown lies in it, or a list of texts.
    #[must_use]
    pub fn holds_markdown(&self) -> bool {
        self.paths.iter().any(|path| is_markdown(path)) || self.lists_texts()
    }

    /// Whether a `Book.txt` names texts that lie in it, or Softcover's settings lie beside chapters: these are no pages of
    /// a transcription.
    #[must_use]
    pub fn lists_texts(&self) -> bool {
        let has_chapters = || self.paths.iter().any(|path| path.starts_with("chapters/"));
        if self.has("config/book.yml") && has_chapters() {
            return true;
        }
        ["Book.txt", "manuscript/Book.txt"].iter().any(|list| {
            let names = self.text(list).unwrap_or_default();
            let folder = folder_of(list);
            let named = |name: &str| {
                self.has(&joined(folder, name.trim()))
                    || self.has(&joined(folder, &format!("chapters/{}", name.trim())))
            };
            names.lines().any(|name| !name.trim().is_empty() && named(name))
        })
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.paths.contains(path).then(|| (self.read)(path)).flatten()
    }

    /// The words of a file, with line ends as `\n`; what is not UTF-8 is read as it says it is, or as Windows-1252.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let bytes = self.bytes(path)?;
        let text = encoding::read(&bytes).into_owned();
        Some(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
    }

    /// The first of these files that is there, with its words.
    pub(super) fn first(&self, names: &[&str]) -> Option<(String, String)> {
        let name = names.iter().find(|name| self.has(name))?;
        Some(((*name).to_owned(), self.text(name)?))
    }

    /// The file that `written` names in the file `from`: beside it, or at the root, or
    /// in one of the folders from which sites serve their files.
    pub(super) fn find(&self, from: &str, written: &str, root: &str) -> Option<String> {
        let written = crate::sources::decode(written.split(['?', '#']).next().unwrap_or(written));
        let bare = written.trim_start_matches('/');
        if bare.is_empty() {
            return None;
        }
        let beside = (!written.starts_with('/')).then(|| crate::sources::path(from, &written)).flatten();
        let served = [root, "", "static", "public", "assets", "resources", "manuscript/resources", "content"];
        let from_roots = served.iter().filter_map(|folder| crate::sources::path("", &joined(folder, bare)));
        beside.into_iter().chain(from_roots).find(|path| self.has(path))
    }

    /// The files with one of these endings right in a folder, in the order in which people count.
    pub(super) fn in_folder(&self, folder: &str, endings: &[&str], deep: bool) -> Vec<String> {
        let inside = |path: &&String| {
            let rest = if folder.is_empty() {
                Some(path.as_str())
            } else {
                path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'))
            };
            let fits =
                |rest: &str| (deep || !rest.contains('/')) && endings.iter().any(|e| ends_with(rest, e));
            rest.is_some_and(fits)
        };
        let mut found: Vec<String> = self.paths.iter().filter(inside).cloned().collect();
        found.sort_by_key(|path| counting_order(path));
        found
    }
}

/// Whether a name ends so, whatever the case.
pub(super) fn ends_with(name: &str, ending: &str) -> bool {
    name.len() >= ending.len()
        && name.get(name.len() - ending.len()..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// A path inside of a folder; the folder may be the root.
pub(super) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() || folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder that a file lies in.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path, without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The way from the file `from` to the file `to`, both inside of one folder.
pub(super) fn relative(from: &str, to: &str) -> String {
    let (here, there): (Vec<&str>, Vec<&str>) =
        (folder_of(from).split('/').filter(|p| !p.is_empty()).collect(), to.split('/').collect());
    let shared = here.iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", here.len() - shared);
    up.chain(there[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A path as an address in Markdown, which white space and parentheses would end.
pub(super) fn address(path: &str) -> String {
    path.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// The endings of texts in Markdown.
pub(super) const MARKDOWN: [&str; 5] = [".md", ".markdown", ".qmd", ".rmd", ".mdx"];

/// Whether a name is that of a text.
pub(super) fn is_markdown(path: &str) -> bool {
    MARKDOWN.iter().any(|ending| ends_with(path, ending))
}
