//! What a scan makes of the small raised figures that call a note: a star, a degree sign, a quotation mark that closes
//! nothing, a second stop.

use super::super::line::Line;

/// A sign behind a word that may have been raised figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Garble {
    /// Its first byte in the transcription.
    pub at: usize,
    /// Its length in bytes.
    pub length: usize,
    /// How likely it is one: the greater, the likelier.
    pub weight: f64,
}

/// Signs that hardly any text has behind a word.
const STRANGE: &str = "*°®©™¢\\";
/// Stops, behind which a question mark stands for figures.
const STOPS: [char; 4] = ['.', ',', ';', ':'];

/// All of them in the lines of a page, in order.
pub(super) fn garbles(lines: &[Line<'_>], text: &[usize]) -> Vec<Garble> {
    let mut found = Vec::new();
    let mut quotes = Quotes::default();
    for line in text.iter().map(|at| &lines[*at]) {
        let (text, start) = (line.trimmed(), line.start());
        let mut from = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            let end = bare.trim_end_matches(['—', '-', ')', ']']).len();
            quotes.open(bare);
            if let Some((at, weight)) = garble(&bare[..end], &mut quotes) {
                found.push(Garble { at: start + from + at, length: end - at, weight });
            }
            from += word.len();
        }
    }
    found
}

/// Which quotation marks are open.
#[derive(Default)]
struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    /// Looks at the marks that a word opens.
    fn open(&mut self, word: &str) {
        self.double |= word.contains('“');
        self.single |= word.contains('‘');
    }
}

/// Where figures may begin at the end of a word, and how likely.
fn garble(word: &str, quotes: &mut Quotes) -> Option<(usize, f64)> {
    let closing = word.trim_end_matches(|c: char| STRANGE.contains(c) || "”’?".contains(c));
    let tail = &word[closing.len()..];
    if !closing.ends_with(|c: char| c.is_alphanumeric() || STOPS.contains(&c) || c == '!') || tail.is_empty()
    {
        return None;
    }
    let stopped = closing.ends_with(STOPS);
    let mut at = closing.len();
    for c in tail.chars() {
        let weight = match c {
            '”' if quotes.double => {
                quotes.double = false;
                None
            }
            '’' if quotes.single => {
                quotes.single = false;
                None
            }
            // an apostrophe at the end of a word has no stop before it
            '’' => stopped.then_some(1.5),
            '”' => Some(1.5),
            '?' => stopped.then_some(2.5),
            _ => Some(3.0),
        };
        if let Some(weight) = weight {
            return Some((at, weight));
        }
        at += c.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::line::lines;
    use super::*;

    #[test]
    fn what_scans_make_of_raised_figures() {
        for (text, wanted) in [
            ("from his fields.* And", Some("*")),
            ("the outbreak of war;? and", Some("?")),
            ("in his English.° But", Some("°")),
            ("he said “from the air.”” The nature", Some("”")),
            ("the fishing boats.’ The cession", Some("’")),
            ("“the whole of it.” The", None),
            ("the masters’ house, was it? So", None),
            ("out of place.\\*\\* He", Some("\\*\\*")),
        ] {
            let whole = format!("{text}\n");
            let found = garbles(&lines(&whole), &[0]);
            let shown: Vec<&str> = found.iter().map(|g| &whole[g.at..g.at + g.length]).collect();
            assert_eq!(shown.first().copied(), wanted, "{text}");
        }
    }
}
