//! A reissue whose texts were not recovered yet: `import` comes before `build`.

use super::for_shell;
use crate::diag::{Code, Diagnostic};
use crate::sources::{Item, Sources};
use std::path::Path;

/// The files of an editor who works on a reissue.
const EDITORS: [&str; 2] = ["decisions.toml", "corrections.toml"];

/// Says once that no text is there yet, when the book is a reissue: it names its
/// source, or has an editor's decisions. `before` findings are older than the
/// reading order.
pub(super) fn import_first(root: &Path, sources: &Sources, before: usize, findings: &mut Vec<Diagnostic>) {
    let is_text = |item: &Item| matches!(item, Item::File(_));
    let is_reissue = sources.meta.source.is_some() || EDITORS.iter().any(|name| root.join(name).is_file());
    let missing = |finding: &Diagnostic| finding.code == Code::FileMissing;
    let count = findings.iter().skip(before).filter(|f| missing(f)).count();
    if !is_reissue || count == 0 || sources.matter.iter().any(|entry| is_text(&entry.item)) {
        return;
    }
    let span = findings.iter().skip(before).find(|f| missing(f)).and_then(|f| f.span);
    let mut index = 0;
    findings.retain(|finding| {
        index += 1;
        index <= before || !missing(finding)
    });
    let texts = if count == 1 {
        "its text is not there".to_owned()
    } else {
        format!("none of its {count} texts is there")
    };
    let message = format!("this book is a reissue, and {texts} yet: import first");
    let hint = format!("run: pamphleteer import TRANSCRIPTION.txt --into {}", for_shell(root));
    findings.push(Diagnostic::new(Code::ImportFirst, span, message).hint(hint));
}
