//! Golden files: what comes out is compared with what was accepted before.
//! `ACCEPT=1` writes what comes out; read the difference before you commit it.

#![allow(dead_code, reason = "each test binary uses other parts")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::fs;
use std::path::Path;

/// What differs from its golden files.
#[derive(Default)]
pub struct Golden {
    differences: Vec<String>,
}

impl Golden {
    /// Whether what comes out is accepted.
    pub fn accepts() -> bool {
        std::env::var_os("ACCEPT").is_some()
    }

    /// Compares a text with the file of that path from the root of the repository.
    pub fn compare(&mut self, path: impl AsRef<Path>, text: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if Golden::accepts() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            return;
        }
        let accepted = fs::read_to_string(&path).unwrap_or_default();
        if let Some(difference) = difference(&accepted, text) {
            self.differences.push(format!("{}:{difference}", path.display()));
        }
    }

    /// Says what differs, all at once.
    pub fn finish(self) {
        let all = self.differences.join("\n");
        assert!(all.is_empty(), "\n{all}\nACCEPT=1 accepts what came out");
    }
}

/// The first line that differs, with a few around it.
fn difference(was: &str, is: &str) -> Option<String> {
    if was == is {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    let at = old.iter().zip(&new).position(|(old, new)| old != new).unwrap_or(old.len().min(new.len()));
    let shown = |lines: &[&str], mark: &str| {
        lines.iter().skip(at).take(4).map(|line| format!("  {mark} {line}\n")).collect::<String>()
    };
    Some(format!("{}\n{}{}", at + 1, shown(&old, "was"), shown(&new, "is ")))
}
