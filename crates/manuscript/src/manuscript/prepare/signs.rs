//! The signs that the prepared text holds for what Markdown must not see, and the
//! words that stand in attributes for it.

/// Begins the comment that stands for a fence; its number follows.
pub(in crate::manuscript) const FENCE: char = '\u{FDD0}';

/// Begins a line of verse.
pub(in crate::manuscript) const LINE: char = '\u{FDD1}';

/// One leading space of a line of verse.
pub(in crate::manuscript) const SPACE: char = '\u{FDD2}';

/// Ends the mark of a line of verse: white space to Markdown, so that
/// emphasis behaves as at the start of a line.
pub(in crate::manuscript) const LINE_END: char = '\u{2028}';

/// Holds apart what Markdown would join.
pub(in crate::manuscript) const APART: char = '\u{FDD3}';

/// Stands for the end of a line within a heading.
pub(in crate::manuscript) const TURN: char = '\u{FDE0}';

/// A verse line may be indented by so many spaces.
pub(super) const MAX_SPACES: usize = 200;

/// The class of a caption that stands for the title of its picture.
pub(in crate::manuscript) const INSTEAD: &str = "instead";

/// The class of a caption that stands above its table.
pub(in crate::manuscript) const ABOVE: &str = "above";

/// Words from several lines of verse, as prose has them: where a line begins is a space.
pub(in crate::manuscript) fn without_lines(words: &str) -> String {
    let mut joined = String::new();
    for (index, line) in words.split(LINE).enumerate() {
        if index > 0 {
            joined.truncate(joined.trim_end_matches(' ').len());
            joined.push(' ');
        }
        joined.push_str(line.trim_start_matches([SPACE, LINE_END]));
    }
    joined
}
