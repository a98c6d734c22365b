//! Links, tags, notes and entities in a line.

use super::Reader;
use super::brackets::Pair;
use super::names::{ENTITIES, LOOKS, OPTIONS, is_running_head};
use super::words::{bare, head_words};
use crate::import::line::{EDGE_LINE, LINE_END, UNSEEN_END};

impl Reader<'_> {
    /// `[[target|words]]`, `[http://… words]`.
    pub(super) fn link(&mut self, at: usize, to: usize) -> usize {
        if let Some(pair) = self.pairs.get(&at).filter(|p| p.end <= to).cloned() {
            let target = self.text[at + 2..pair.end - 2].to_lowercase();
            let last = pair.bars.last().map_or(at + 2, |bar| bar + 1);
            if target.starts_with("file:") || target.starts_with("image:") {
                let option = |words: &str| OPTIONS.contains(&words) || words.ends_with("px");
                let caption = &self.text[last..pair.end - 2];
                let told = !pair.bars.is_empty() && !option(caption.trim());
                self.picture(at, pair.end, told.then_some((last, pair.end - 2)));
            } else {
                self.put(at, last, "");
                self.read(last, pair.end - 2);
                self.put(pair.end - 2, pair.end, "");
            }
            return pair.end;
        }
        let rest = near(&self.text[at..to]);
        if rest.starts_with("[http")
            && let Some(close) = rest.find(']')
            && let Some(space) = rest[..close].find(' ')
        {
            self.put(at, at + space + 1, "");
            self.put(at + close, at + close + 1, "");
            return at + close + 1;
        }
        at + 1
    }

    /// `''…''` and `'''…'''`.
    pub(super) fn emphasis(&mut self, at: usize, rest: &str) -> usize {
        let marks = rest.bytes().take_while(|b| *b == b'\'').count();
        let now = match (marks, self.italic) {
            (2, _) => "_",
            (3, _) => "=",
            (5, false) => "=_",
            (5, true) => "_=",
            _ => return at + marks.max(1),
        };
        self.italic ^= marks != 3;
        self.bold ^= marks != 2;
        self.put(at, at + marks, now);
        at + marks
    }

    /// `&mdash;`, `&#8212;`.
    pub(super) fn entity(&mut self, at: usize, rest: &str) -> usize {
        let Some((name, _)) = rest[1..].get(..rest.len().min(12) - 1).and_then(|r| r.split_once(';')) else {
            return at + 1;
        };
        let coded = || {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            };
            code.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from)
        };
        let known = ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, now)| (*now).to_owned());
        let Some(now) = known.or_else(coded) else { return at + 1 };
        self.put(at, at + name.len() + 2, &now);
        at + name.len() + 2
    }

    /// `<noinclude>`, `<ref>`, `<poem>` and tags that only look well.
    pub(super) fn tag(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.text[at..to];
        if rest.starts_with("<noinclude>") {
            return self.edge(at, to);
        }
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(to, |n| at + n + 3);
            if crate::import::mark::page_mark(&self.text[at..end]).is_none() {
                self.put(at, end, "");
            }
            return end;
        }
        if rest.starts_with("<ref") && !rest.starts_with("<references") {
            return self.note(at, to);
        }
        let Some(close) = near(rest).find('>') else { return at + 1 };
        let end = at + close + 1;
        let inner = rest[1..close].trim_end_matches('/');
        let closes = inner.starts_with('/');
        let name = inner.trim_start_matches('/').split_whitespace().next().unwrap_or("").to_lowercase();
        let now = match name.as_str() {
            "poem" => {
                self.verse = if closes { self.verse.saturating_sub(1) } else { self.verse + 1 };
                ""
            }
            "blockquote" => {
                self.quote = if closes { self.quote.saturating_sub(1) } else { self.quote + 1 };
                ""
            }
            "br" if self.verse > 0 => "",
            "br" => " ",
            "i" | "em" => "_",
            "b" | "strong" => "=",
            _ if LOOKS.contains(&name.as_str()) => "",
            _ => return at + 1,
        };
        self.put(at, end, now);
        let opens = matches!(name.as_str(), "poem" | "blockquote") && !closes;
        let more = |text: &str| !text.starts_with('\n') && !text.is_empty();
        if opens && more(&self.text[end..to]) {
            let lead = if name == "poem" { "      " } else { "> " };
            self.put(end, end, &format!("{LINE_END}{lead}"));
        }
        end
    }

    /// `<ref>…</ref>` in one line; the reader of lines makes a note of it.
    pub(super) fn note(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.text[at..to];
        let Some(open) = near(rest).find('>') else { return at + 1 };
        if rest[..open].ends_with('/') {
            return at + open + 1;
        }
        let Some(close) = rest.find("</ref>") else { return at + 1 };
        let inner = self.text[at + open + 1..at + close].to_owned();
        let before = self.changes.len();
        let (verse, quote) = (std::mem::take(&mut self.verse), std::mem::take(&mut self.quote));
        self.depth += 1;
        self.read(at + open + 1, at + close);
        self.depth -= 1;
        (self.verse, self.quote) = (verse, quote);
        for (at, _) in inner.match_indices('\n').map(|(n, s)| (at + open + 1 + n, s)) {
            let taken = self.changes[before..].iter().any(|c| (c.0..c.1).contains(&at));
            if !taken {
                self.changes.push((at, at + 1, UNSEEN_END.to_string()));
            }
        }
        self.changes[before..].sort_by_key(|c| (c.0, c.1));
        at + close + "</ref>".len()
    }

    /// `<noinclude>…</noinclude>`: the head of a page, or its foot.
    pub(super) fn edge(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.text[at..to];
        let Some(close) = rest.find("</noinclude>") else { return at + 1 };
        let end = at + close + "</noinclude>".len();
        let inner = at + "<noinclude>".len()..at + close;
        let running = |(from, pair): (&usize, &Pair)| {
            let (name, arguments) = self.arguments(*from, pair);
            let words = || arguments.iter().filter(|a| a.name.is_empty());
            is_running_head(&name)
                .then(|| head_words(&words().map(|a| bare(&self.text[a.from..a.to])).collect::<Vec<_>>()))
        };
        let head = self.pairs.range(inner.clone()).find_map(running);
        let head = head.unwrap_or_else(|| bare(&self.text[inner.clone()]));
        let begins = self.fresh || self.text[inner].contains("<pagequality");
        let now = match (begins, head.is_empty()) {
            (true, true) => "\u{c}".to_owned(),
            (true, false) => format!("\u{c}{EDGE_LINE}{head}{LINE_END}"),
            (false, true) => String::new(),
            (false, false) => format!("{LINE_END}{EDGE_LINE}{head}{LINE_END}"),
        };
        self.put(at, end, &now);
        // behind a foot nothing but the head of the next page can stand
        self.fresh = !begins;
        end
    }
}

/// The beginning of a text: a tag or the address of a link is no longer than that.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(400)]
}
