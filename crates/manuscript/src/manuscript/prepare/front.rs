//! Front matter: what blogs and other programs write about a text above it.

use super::Lifter;
use crate::diag::{Code, Diagnostic, Span};

impl Lifter<'_> {
    /// Passes what stands above the text and is no part of it; returns where the
    /// text begins. Comments and blank lines may stand before front matter.
    pub(super) fn head(&mut self, at: usize) -> usize {
        let mut front = at;
        loop {
            let rest = &self.source[front..];
            let bare = rest.trim_start();
            let next = front + rest.len() - bare.len();
            match bare.strip_prefix("<!--").and_then(|inside| inside.find("-->")) {
                Some(length) => front = next + 4 + length + 3,
                None => {
                    front = next;
                    break;
                }
            }
        }
        if front > at && !self.source[at..front].ends_with('\n') {
            return at;
        }
        let above = &self.source[front..];
        let found = length(above)
            .or_else(|| object(above))
            .or_else(|| title_block(above))
            .or_else(|| metadata(above));
        let Some(length) = found else {
            if let Some(length) = only_comments(&self.source[front..]) {
                let message =
                    "these lines look like front matter for another program, and are printed here as text";
                let hint = "delete them; put remarks into <!-- … -->";
                let span = Span::new(self.out.file, front, front + length);
                self.findings.push(Diagnostic::new(Code::MarkAccident, span, message).hint(hint));
            }
            return at;
        };
        // comments above it may say which page starts
        let mut line = at;
        while line < front {
            line = self.line(line);
        }
        front + self.front_matter_of(front, length)
    }

    /// Tells of the front matter that begins at `at`, which is no part of the
    /// text; returns its length. Its title stands in when the text has none.
    fn front_matter_of(&mut self, at: usize, length: usize) -> usize {
        let message = "these lines tell programs about the text, and are not printed";
        let end = at + self.source[at..at + length].trim_end().len();
        let hint = "say it in book.toml, write the title as a heading `# Title`, and delete them";
        let span = Span::new(self.out.file, at, end);
        self.findings.push(Diagnostic::new(Code::FrontMatter, span, message).hint(hint));
        self.out.title = title(&self.source[at..end]).map(|title| (title, span));
        length
    }
}

/// The title that front matter gives.
fn title(text: &str) -> Option<String> {
    if let Some(words) = text.strip_prefix("% ") {
        let words = over_lines(words);
        return (!words.is_empty()).then_some(words);
    }
    let from = |key: &str| {
        let at =
            text.match_indices(key).map(|(at, _)| at).find(|at| *at == 0 || text[..*at].ends_with('\n'))?;
        Some(&text[at + key.len()..])
    };
    if text.starts_with('{') {
        let value =
            text.split_once("\"title\"")?.1.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let words = &value[..value.find(['"', '\\', '\n'])?];
        return (!words.trim().is_empty()).then(|| words.trim().to_owned());
    }
    let value = ["title:", "Title:", "title =", "title="].iter().find_map(|key| from(key))?;
    let value = over_lines(value);
    let line =
        value.strip_prefix(['>', '|']).map_or(&*value, |folded| folded.trim_start_matches(['-', '+'])).trim();
    let quoted = |mark: char| line.strip_prefix(mark).and_then(|line| line.strip_suffix(mark));
    let words = quoted('"').or_else(|| quoted('\'')).unwrap_or(line).trim();
    let plain = !words.is_empty() && !words.starts_with(['[', '{', '&']);
    plain.then(|| words.replace("\\\"", "\"").replace("''", "'"))
}

/// What begins there, with the lines below it that are set in: they go on with it.
fn over_lines(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or("").trim();
    let more =
        lines.take_while(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty()).map(str::trim);
    let all: Vec<&str> = std::iter::once(first).chain(more).filter(|line| !line.is_empty()).collect();
    all.join(" ")
}

/// The length of Pandoc's title block: up to three lines that begin with `%`.
fn title_block(text: &str) -> Option<usize> {
    let mut length = 0;
    for line in text.split_inclusive('\n').take(12) {
        let goes_on = length > 0 && line.starts_with("  ") && !line.trim().is_empty();
        if !(line.starts_with("% ") || line.trim_end() == "%" || goes_on) {
            break;
        }
        length += line.len();
    }
    let ends = text[length..].lines().next().is_none_or(|line| line.trim().is_empty());
    (length > 0 && ends && text[..length].lines().filter(|line| line.starts_with('%')).count() <= 3)
        .then_some(length)
}

/// The length of the lines that MultiMarkdown has above a text: `Title: …`, others like it, and a blank line.
fn metadata(text: &str) -> Option<usize> {
    const KEYS: [&str; 14] = [
        "title",
        "subtitle",
        "author",
        "date",
        "language",
        "css",
        "copyright",
        "keywords",
        "base header level",
        "affiliation",
        "latex input",
        "latex mode",
        "quotes language",
        "html header",
    ];
    let mut length = 0;
    let mut keys = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        let is_key =
            line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key.trim().to_lowercase().as_str()));
        if !(is_key || keys > 0 && line.starts_with([' ', '\t'])) {
            return None;
        }
        keys += usize::from(is_key);
        length += line.len();
    }
    (keys >= 2 && text.to_lowercase().starts_with("title:")).then_some(length)
}

/// The length of the front matter that `text` begins with: a line of hyphens, lines of
/// which the first says `key: value`, and such a line again or one of full stops (YAML);
/// or the same with plus signs and `key = value` (TOML).
fn length(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let opens = lines.next()?;
    let (sign, ends): (char, &[&str]) = match opens.trim_end() {
        "---" => (':', &["---", "..."]),
        "+++" => ('=', &["+++"]),
        _ => return None,
    };
    let mut length = opens.len();
    let first = text[length..].lines().next()?;
    if ends.contains(&first.trim_end()) {
        // Jekyll wants the two lines even where they say nothing
        return text[length..].split_inclusive('\n').next().map(|line| length + line.len());
    }
    // Obsidian's `{}` says nothing
    if !is_pair(first, sign) && first.trim_end() != "{}" {
        return None;
    }
    for line in lines {
        length += line.len();
        if ends.contains(&line.trim_end()) {
            return Some(length);
        }
    }
    None
}

/// The length of front matter in JSON: an object of which the first line says `"key":`, and whose last bracket ends a
/// line of its own, or the only one.
fn object(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('{')?.trim_start();
    let (key, rest) = inside.strip_prefix('"')?.split_once('"')?;
    if !rest.trim_start().starts_with(':') || key.is_empty() || key.contains(char::is_whitespace) {
        return None;
    }
    let first = text.lines().next().unwrap_or("");
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        let bare = line.trim_end();
        if bare == "}" || length <= first.len() + 2 && bare.ends_with('}') {
            return Some(length);
        }
        if bare.is_empty() {
            return None;
        }
    }
    None
}

/// The length of front matter of YAML that says nothing: between its lines of hyphens or full
/// stops are comments, and no key.
fn only_comments(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let mut length = lines.next().filter(|line| line.trim_end() == "---")?.len();
    let mut comments = 0;
    for line in lines {
        let bare = line.trim_end();
        if bare == "..." || bare == "---" && comments > 1 {
            return (comments > 0).then_some(length + bare.len());
        }
        if !(bare.is_empty() || bare.starts_with("# ")) {
            return None;
        }
        comments += usize::from(!bare.is_empty());
        length += line.len();
    }
    None
}

/// Whether the line says `key: value`, or only `key:`; in TOML, with an equals sign.
fn is_pair(line: &str, sign: char) -> bool {
    let Some((key, value)) = line.split_once(sign) else { return false };
    let key = if sign == '=' { key.trim_end() } else { key };
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && (value.is_empty() || value.starts_with([' ', '\t', '\r', '\u{A0}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_told_from_a_pause() {
        for (text, wanted) in [
            ("---\ntitle: A\n---\nWords.", Some(17)),
            ("---\r\ntitle: A\r\n...\r\n", Some(20)),
            ("+++\ntitle = \"A\"\n+++\nWords.", Some(20)),
            ("---\n---\n\nWords.", Some(8)),
            ("---\n{}\n---\nWords.", Some(11)),
            ("+++\nWords.\n+++\n", None),
            ("---\n\nWords: a pause.\n\n---\n", None),
            ("---\nWords and: a pause.\n---\n", None),
            ("---\nhttps://a.org\n---\n", None),
            ("---\ntitle: never closed\n", None),
        ] {
            assert_eq!(length(text), wanted, "{text:?}");
        }
        for (text, wanted) in [
            ("{\n  \"title\": \"A\"\n}\nWords.", Some(19)),
            ("{\"title\": \"A\"}\n\nWords.", Some(15)),
            ("{\"title\": \"A\"\n\nWords.\n}", None),
            ("{words}\n}\n", None),
        ] {
            assert_eq!(object(text), wanted, "{text:?}");
        }
    }
}
