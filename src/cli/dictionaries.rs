//! The dictionaries that a user names.

use crate::diag::Error;
use crate::encoding::decode;
use crate::project::{MAX_FILE, Refused, read_file};
use crate::spelling::Dictionary;
use std::path::Path;

/// The dictionary of a `.dic` file, with the `.aff` beside it. Without one it is a list of words.
///
/// # Errors
/// When a file cannot be read, or is none of Hunspell's.
pub(super) fn read(dic: &Path) -> Result<Dictionary, Error> {
    let text = |path: &Path| {
        let bytes = match read_file(path, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(Refused::Failed(error)) => {
                return Err(Error::io(format!("cannot read {}", path.display()), error));
            }
            Err(refused) => return Err(Error::new(format!("{} {}", path.display(), refused.words()))),
        };
        Ok(decode(bytes).unwrap_or_else(|wrong| wrong.text))
    };
    let (words, rules) = (text(dic)?, dic.with_extension("aff"));
    let rules_are_there = std::fs::symlink_metadata(&rules).is_ok();
    if !rules_are_there && words.lines().any(|line| line.contains('/')) {
        let message = format!("{} has rules for its words in {}", dic.display(), rules.display());
        return Err(Error::new(format!("{message}, which is not there: put it beside it")));
    }
    let rules = if rules_are_there { text(&rules)? } else { String::new() };
    Dictionary::read(&words, &rules).map_err(|reason| Error::new(format!("{} {reason}", dic.display())))
}
