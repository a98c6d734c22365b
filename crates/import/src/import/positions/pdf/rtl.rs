//! The order of reading of words that a page paints from left to right and that are read from right to left.
//!
//! A PDF has no other order than that of painting, in which Hebrew and Arabic stand reversed. Within a word all is
//! turned round but rows of figures and Latin letters; among words the direction in which most letters of the line are
//! read decides. These are the rules of Unicode (UAX #9) for a line without embeddings, of which turning round is its
//! own reverse.

/// Puts the words of a line, each with whether it is in italics, into the order in which they are read.
pub(super) fn in_reading_order(words: &mut [(String, bool)]) {
    let count = |wanted: fn(char) -> bool| -> usize {
        words.iter().map(|(word, _)| word.chars().filter(|c| wanted(*c)).count()).sum()
    };
    let (right_to_left, left_to_right) = (count(is_right_to_left), count(is_left_to_right));
    if right_to_left == 0 {
        return;
    }
    words.iter_mut().for_each(|(word, _)| *word = read(word));
    let mirrored = |(word, _): &(String, bool)| word.contains(is_right_to_left);
    if right_to_left > left_to_right {
        words.reverse();
        reverse_runs(words, &|word| !mirrored(word));
    } else {
        reverse_runs(words, &mirrored);
    }
}

/// Turns round each row of words of one kind.
fn reverse_runs(words: &mut [(String, bool)], kind: &dyn Fn(&(String, bool)) -> bool) {
    let mut at = 0;
    while at < words.len() {
        let length = words[at..].iter().take_while(|word| kind(word)).count();
        words[at..at + length].reverse();
        at += length.max(1);
    }
}

/// A word as it is read; one with marks of ours in it is left alone.
fn read(word: &str) -> String {
    if !word.contains(is_right_to_left) || word.contains('<') {
        return word.to_owned();
    }
    let mut clusters: Vec<String> = Vec::new();
    for c in word.chars() {
        match clusters.last_mut().filter(|_| is_mark(c)) {
            Some(last) => last.push(c),
            None => clusters.push(c.to_string()),
        }
    }
    clusters.reverse();
    let is_latin = |cluster: &String| cluster.chars().any(|c| c.is_ascii_digit() || is_left_to_right(c));
    let mut at = 0;
    while at < clusters.len() {
        let length = clusters[at..].iter().take_while(|cluster| is_latin(cluster)).count();
        clusters[at..at + length].reverse();
        at += length.max(1);
    }
    clusters.concat()
}

/// Whether it is a letter of a script that is read from right to left, with the marks over and under its letters.
fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x65F | 0x66A..=0x6EF | 0x6FA..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC)
}

/// Whether it is a mark over or under a letter.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x591..=0x5BD | 0x5BF..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670)
}

fn is_left_to_right(c: char) -> bool {
    c.is_alphabetic() && !is_right_to_left(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn painted_words_are_read_as_they_were_written() {
        for (painted, wanted) in [
            ("and םולש ימע here", "and עמי שלום here"),
            ("12 דומע ,םולש", "שלום, עמוד 12"),
            ("plain words", "plain words"),
            ("ESR-3 ןונקתה רואל", "לאור התקנון ESR-3"),
        ] {
            let mut words: Vec<(String, bool)> =
                painted.split(' ').map(|word| (word.to_owned(), false)).collect();
            in_reading_order(&mut words);
            let read: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
            assert_eq!(read.join(" "), wanted, "{painted}");
        }
    }
}
