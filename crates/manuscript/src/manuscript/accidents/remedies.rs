//! The remedies for what Markdown may have read otherwise than it was meant, followed to the letter.

use crate::diag::Code;
use crate::manuscript::remedied::{Remedy, bare, read, table};

#[test]
fn what_a_hint_says_ends_its_finding() {
    const OF_TYPING: [Code; 5] =
        [Code::MarkLeft, Code::ListAccident, Code::LinesJoined, Code::DashMixed, Code::DashSpacing];
    let mut wrong = Vec::new();
    for Remedy { kind: message, before, after, printed } in table(include_str!("remedies.txt")) {
        let (told, _) = read(before);
        if !told.iter().any(|(_, said)| said.contains(message)) {
            wrong.push(format!("{message}: not told of {before:?}"));
        }
        let (told, words) = read(after);
        let left = told.iter().filter(|(code, _)| OF_TYPING.contains(code));
        wrong.extend(left.map(|(_, said)| format!("{message}: of {after:?} it is told that {said}")));
        if !words.contains(&bare(printed)) {
            wrong.push(format!("{message}: {after:?} prints {words:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
