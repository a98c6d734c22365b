//! The proof that nothing was lost and nothing invented: the manuscript's own
//! files, set again at the recovered breaks, must give the transcription
//! token by token.
//!
//! The reader here knows only the manuscript's notation. From the ledger it
//! takes what the manuscript leaves out on purpose and where that stood: rules,
//! folios, running heads, hyphens at line ends, the place of each note.

mod ledger;
mod reading;
mod replay;
mod tokens;

pub(super) use ledger::{Held, LOOSE_SEAM, Ledger, Splice, Track};
use replay::set_again;
pub(super) use tokens::is_counted;
use tokens::{Token, Tokens};

/// The first place where manuscript and transcription differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where in the transcription, in bytes.
    pub at: usize,
    /// The transcription's token, empty at its end.
    pub wanted: String,
    /// The manuscript's token, empty at its end.
    pub found: String,
}

/// Proves that `files` give back `transcription`; returns the number of tokens.
pub(super) fn prove(transcription: &str, files: &[String], ledger: &Ledger) -> Result<usize, Fault> {
    let again = set_again(files, ledger);
    let mut ours = Tokens::of(&again);
    let mut theirs = Tokens::of(transcription);
    let mut count = 0;
    loop {
        match (theirs.next(), ours.next()) {
            (None, None) => return Ok(count),
            (Some(a), Some(b)) if a.same(&b) => count += 1,
            (a, b) => {
                let show = |t: &Option<Token<'_>>| t.as_ref().map_or(String::new(), |t| t.text.to_owned());
                let at = a.as_ref().map_or(transcription.len(), |t| t.at);
                return Err(Fault { at, wanted: show(&a), found: show(&b) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        Tokens::of(text).map(|t| t.text).collect()
    }

    #[test]
    fn words_and_marks_are_tokens() {
        assert_eq!(texts("a-b “c”--d\\e"), ["a", "-", "b", "“", "c", "”", "--", "d", "e"]);
        assert_eq!(texts(r"a--\-b-\c"), ["a", r"--\-", "b", "-", "c"]);
        let same = |a, b| Tokens::of(a).zip(Tokens::of(b)).all(|(a, b)| a.same(&b));
        assert!(same("a--b ---- c", "a—b —— c") && same(r"--\---", "-----") && same("a—-b", r"a--\-b"));
        assert!(!same("a--b", "a-b") && !same("a -b", "a-b") && !same("a—b", "a–b"));
    }

    #[test]
    fn a_page_end_is_set_again() {
        let track = Track {
            splices: vec![
                Splice { at: 4, skip: 0, held: Held::Literal("-".into()), seam: "" },
                Splice { at: 4, skip: 0, held: Held::Literal("---".into()), seam: "\n" },
                Splice {
                    at: 4,
                    skip: 0,
                    held: Held::Note { file: 0, label: "1".into(), part: 0 },
                    seam: "\n",
                },
            ],
            calls: Vec::new(),
            length: 0,
        };
        let mut ledger = Ledger { bodies: vec![track], ..Ledger::default() };
        ledger.notes.insert((0, "1".into()), vec![Track::default()]);
        ledger.openings.insert((0, "1".into()), ("1 ".into(), String::new()));
        let file = "whee<!-- page 2 -->led\n\n[^1]: Note.\n".to_owned();
        let wanted = "whee-\n\n---\n\n1 Note.\n\nled";
        assert_eq!(prove(wanted, std::slice::from_ref(&file), &ledger), Ok(7));
        let lost = file.replace("Note", "");
        let fault = prove(wanted, &[lost], &ledger).unwrap_err();
        assert_eq!((fault.wanted.as_str(), fault.found.as_str()), ("Note", "."));
    }
}
