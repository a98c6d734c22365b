//! The files that an editor has in the folder already. One that cannot be read is
//! an error: taken for absent, it would be replaced by a fresh one.

use crate::diag::{Code, Diagnostic, Error, SourceMap, Span};
use crate::encoding::decode;
use crate::project::{MAX_FILE, Refused, read_file};
use std::path::Path;
use toml_edit::DocumentMut;

/// Reads a file of the editor's; none when there is none. What is wrong with it
/// is a finding that stops the import.
///
/// # Errors
/// When the machine fails.
pub(super) fn read(
    folder: &Path,
    name: &str,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<String>, Error> {
    const HINT: &str = "nothing was written; mend the file and import again";
    let path = folder.join(name);
    let bytes = match read_file(&path, MAX_FILE) {
        Ok(bytes) => bytes,
        // a link to nowhere is not nothing
        Err(Refused::Missing) if std::fs::symlink_metadata(&path).is_err() => return Ok(None),
        Err(Refused::Failed(error)) => {
            return Err(Error::io(format!("cannot read {}", path.display()), error));
        }
        Err(refused) => {
            let message = format!("`{name}` {}", refused.words());
            findings.push(Diagnostic::new(refused.code(), None, message).hint(HINT));
            return Ok(None);
        }
    };
    let text =
        match decode(bytes) {
            Ok(text) => text,
            Err(wrong) => {
                let place = wrong.place();
                let message = format!("`{name}` is not UTF-8; it looks like {}", wrong.encoding);
                let file = map.add(name, wrong.text);
                let place = Span::new(file, place.start, place.end);
                let finding = Diagnostic::new(Code::FileEncoding, place, message);
                findings.push(finding.hint(
                    "open it with that encoding, save it as UTF-8, and import again; nothing was written",
                ));
                return Ok(None);
            }
        };
    // book.toml is mended where it is read; nothing is written into it
    if name != "book.toml"
        && let Err(error) = text.parse::<DocumentMut>()
    {
        let file = map.add(name, text.clone());
        let span = error.span().map(|range| Span::new(file, range.start, range.end));
        let message =
            format!("`{name}` is not valid TOML: {}", error.message().lines().collect::<Vec<_>>().join("; "));
        findings.push(Diagnostic::new(Code::TomlSyntax, span, message).hint(HINT));
    }
    Ok(Some(text))
}
