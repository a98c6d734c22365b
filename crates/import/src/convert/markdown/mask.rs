//! Where code and comments stand in a text of Markdown: nothing is rewritten there.

use super::indented::Indented;

/// No mark that closes is further from the one that opens.
const NEAR: usize = 4096;

/// As much of a text as a mark at its beginning can take. Where a mark is not closed, its end
/// is looked for in this and not in all that follows: that would be time by the square.
pub(super) fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(NEAR)]
}

/// The same for the words of a link, or of a label.
const CLOSE: usize = 300;

/// As much of a text as the words of a link can take.
pub(super) fn close_by(text: &str) -> &str {
    &text[..text.floor_char_boundary(CLOSE)]
}

/// Where the line begins that `at` stands in, as far as anybody looks back.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(NEAR));
    text[from..at].rfind('\n').map_or(from, |end| from + end + 1)
}

/// A fenced block of code.
#[derive(Clone, Debug)]
pub(super) struct Fence {
    /// The line that opens it, without its line end.
    pub open: (usize, usize),
    /// The lines in it.
    pub body: (usize, usize),
    /// The end of the line that closes it.
    pub end: usize,
}

/// The places of code and comments.
#[derive(Clone, Debug, Default)]
pub(super) struct Mask {
    pub fences: Vec<Fence>,
    ranges: Vec<(usize, usize)>,
}

impl Mask {
    /// Looks through a text once.
    pub(super) fn of(text: &str) -> Mask {
        let mut mask = Mask::default();
        let mut at = 0;
        let mut open: Option<(Fence, char, usize)> = None;
        // how far in the fence stands that is open, and the words of the item that holds it
        let (mut opened, mut item) = (0, 0);
        let (mut plain, mut in_comment) = (0, false);
        let last_comment = text.rfind("-->").unwrap_or(0);
        let mut indented = Indented::default();
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t', '>']);
            let indent: usize =
                line[..line.len() - bare.len()].bytes().map(|b| if b == b'\t' { 4 } else { 1 }).sum();
            let end = at + line.len();
            let content = at + line.trim_end_matches('\n').len();
            // with the item that holds it a fence ends, closed or not
            if indent < item
                && !bare.trim().is_empty()
                && let Some((mut fence, ..)) = open.take()
            {
                fence.body.1 = at;
                fence.end = at;
                mask.ranges.push((fence.open.0, at));
                mask.fences.push(fence);
                (plain, item) = (at, 0);
            }
            match &mut open {
                Some((fence, sign, length)) => {
                    let run = bare.chars().take_while(|c| c == sign).count();
                    // further in by four it is a word of the code (CommonMark 0.31, §4.5)
                    if run >= *length && indent < opened + 4 && bare.trim().chars().all(|c| c == *sign) {
                        fence.body.1 = at;
                        fence.end = end;
                        mask.ranges.push((fence.open.0, end));
                        mask.fences.push(fence.clone());
                        open = None;
                        (plain, item) = (end, 0);
                    }
                }
                // what stands in a comment opens nothing (CommonMark 0.31, §4.6)
                None if in_comment => in_comment = !line.contains("-->"),
                None if bare.starts_with("<!--") && !line.contains("-->") && at < last_comment => {
                    in_comment = true;
                }
                None if indented.is_code(line) => {
                    mask.words(text, plain, at);
                    mask.ranges.push((at, end));
                    plain = end;
                }
                None => {
                    let whole = bare.len();
                    let bare = super::indented::behind_marker(bare).unwrap_or(bare).trim_start();
                    if let Some(sign) = bare.chars().next().filter(|c| matches!(c, '`' | '~')) {
                        let run = bare.chars().take_while(|c| *c == sign).count();
                        if run >= 3 && !(sign == '`' && bare[run..].contains('`')) {
                            mask.words(text, plain, at);
                            opened = indent;
                            item = indented.item(indent, bare.len() < whole);
                            open = Some((Fence { open: (at, content), body: (end, end), end }, sign, run));
                        }
                    }
                }
            }
            at = end;
        }
        match open {
            Some((fence, ..)) => mask.ranges.push((fence.open.0, text.len())),
            None => mask.words(text, plain, text.len()),
        }
        mask.ranges.sort_unstable();
        mask
    }

    /// Finds code between back-quotes, and comments, outside of fences.
    fn words(&mut self, text: &str, from: usize, to: usize) {
        let mut at = from;
        // the paragraph's end is looked for once for all marks in it: it may be long
        let mut paragraph = from;
        while let Some(next) =
            text.get(at..to).and_then(|rest| rest.find(['`', '<', '\\'])).map(|next| at + next)
        {
            let rest = &text[next..to];
            if let Some(inside) = rest.strip_prefix("<!--") {
                let end = inside.find("-->").map_or(to, |end| next + 4 + end + 3);
                self.ranges.push((next, end));
                at = end;
            } else if rest.starts_with('`') {
                let run = rest.bytes().take_while(|b| *b == b'`').count();
                if paragraph < next + run {
                    paragraph = rest.find("\n\n").map_or(to, |end| next + end).max(next + run);
                }
                let close = find_run(&text[next + run..paragraph], run);
                at = next + run;
                if let Some(close) = close {
                    self.ranges.push((next, at + close + run));
                    at += close + run;
                }
            } else {
                at = next
                    + 1
                    + rest[1..].chars().next().filter(|_| rest.starts_with('\\')).map_or(0, char::len_utf8);
            }
        }
    }

    /// The fenced block that a place stands in, its lines of back-quotes included.
    pub(super) fn fence_at(&self, at: usize) -> Option<&Fence> {
        let next = self.fences.partition_point(|fence| fence.open.0 <= at);
        self.fences[..next].last().filter(|fence| at < fence.end)
    }

    /// Whether a place is code or comment.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.code_at(at).is_some()
    }

    /// From where to where the code or the comment goes that a place stands in.
    pub(super) fn code_at(&self, at: usize) -> Option<(usize, usize)> {
        let next = self.ranges.partition_point(|(start, _)| *start <= at);
        self.ranges[..next].last().copied().filter(|(_, end)| at < *end)
    }
}

/// Where a run of exactly so many back-quotes stands.
fn find_run(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let run = text[start..].bytes().take_while(|b| *b == b'`').count();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}
