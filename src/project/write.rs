//! Writing outputs: all of them or none, and never half a file.

use crate::diag::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its path relative to the folder of outputs, with `/`.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Writes all files into `folder`, which is made when it isn't there. Every
/// file is first written whole beside its place and then moved there, so that
/// a failure leaves the files of the run before as they were.
///
/// # Errors
/// When the disk is full, a folder cannot be made, a permission is missing.
pub fn write_all(folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let result = stage(folder, outputs, &mut staged).and_then(|()| {
        for (from, to) in &staged {
            fs::rename(from, to).map_err(|e| Error::io(format!("cannot write {}", to.display()), e))?;
        }
        Ok(())
    });
    if result.is_err() {
        for (from, _) in &staged {
            // What is left of a failed run; nothing more can be done about it.
            let _ = fs::remove_file(from);
        }
    }
    result
}

fn stage(folder: &Path, outputs: &[Output], staged: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Error> {
    for output in outputs {
        let to = folder.join(&output.name);
        let parent = to.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .map_err(|e| Error::io(format!("cannot make the folder {}", parent.display()), e))?;
        if to.is_dir() {
            return Err(Error::new(format!("cannot write {}: a folder stands in its place", to.display())));
        }
        let file = to.file_name().unwrap_or_default().to_string_lossy();
        let from = parent.join(format!(".{file}.{}.part", std::process::id()));
        staged.push((from.clone(), to));
        fs::write(&from, &output.bytes)
            .map_err(|e| Error::io(format!("cannot write {}", from.display()), e))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(name: &str, text: &str) -> Output {
        Output { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_failed_run_leaves_the_last_one_whole() {
        let folder = std::env::temp_dir().join(format!("pamphleteer-write-{}", std::process::id()));
        write_all(&folder, &[output("a", "1"), output("b/c", "1")]).unwrap();
        fs::create_dir(folder.join("d")).unwrap();
        assert!(write_all(&folder, &[output("a", "2"), output("d", "2")]).is_err());
        assert_eq!(fs::read_to_string(folder.join("a")).unwrap(), "1");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "no part is left behind");
        fs::remove_dir_all(&folder).unwrap();
    }
}
